"""Edges that were read before, with the keys that several extractions have: what did not change is not read again.

Linkage asks the same of the index after every drop. What a load, an amendment or a removal by this index touches is
known when it is written; whatever another connection wrote to the file makes all that is held forgotten.
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Final, TypeAlias

from search.backends.embedded_links import edge_rows
from search.contract import Edge, EdgeKind
from search.stored_values import keyword

_MOST_KEYS: Final = 200_000
"""Keys and extractions of a kind whose edges are held; with more all are forgotten. A million messages have 30,000."""
_WHOLE: Final = frozenset({EdgeKind.ADVERT, EdgeKind.WORDING, EdgeKind.OWN_NUMBER, EdgeKind.NICKNAME})
"""Kinds that linkage reads whole, and that have many edges."""

Reader: TypeAlias = "Callable[[Callable[[sqlite3.Connection], Iterable[tuple[bytes]]]], list[Edge]]"
"""Returns the edges of the rows that a question gives."""
_Touched: TypeAlias = "dict[str, set[str]]"
"""Keys by kind."""


class _Changed(Exception):
    """Something was written meanwhile."""


class Answers:
    """What is known of the edges of one file. Any thread may use it."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._changes = 0
        self._version: int | None = None
        self._forget()

    def _forget(self) -> None:
        self._by_key: dict[str, dict[str, list[Edge]]] = defaultdict(dict)
        self._by_extraction: dict[str, dict[str, list[Edge]]] = defaultdict(dict)
        self._whole: dict[str, list[Edge]] = {}
        self._shared: dict[tuple[str, int], set[str]] = {}
        self._new: dict[str, set[str]] = defaultdict(set)
        self._unsure: dict[tuple[str, int], set[str]] = defaultdict(set)

    @property
    def are_any(self) -> bool:
        """Whether anything is held."""
        return bool(self._by_key or self._by_extraction or self._whole or self._shared)

    def forget(self) -> None:
        """Forget everything."""
        with self._changing:
            self._changes += 1
            self._forget()

    def at(self, version: int) -> None:
        """Take note of the version of the file, as the connection that writes sees what others wrote."""
        with self._changing:
            if version != self._version:
                self._changes += 1
                self._forget()
                self._version = version

    def touch(self, extraction_id: str, touched: _Touched) -> None:
        """Take note that an extraction was written; ``touched``: all keys that it had, or has."""
        with self._changing:
            self._changes += 1
            for kind, keys in touched.items():
                for key in keys:
                    self._by_key[kind].pop(key, None)
                self._by_extraction[kind].pop(extraction_id, None)
                if kind in self._whole:
                    self._new[kind].add(extraction_id)
            for kind, least in self._shared:
                self._unsure[kind, least] |= touched.get(kind, set())

    def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None, extraction_ids: Sequence[str] | None, read: Reader
    ) -> list[Edge] | None:
        """Return edges as the index gives them. None: this is not held, or something was written meanwhile."""
        before = self._changes
        try:
            if keys is not None:
                return None if extraction_ids is not None else self._edges_of_keys(kind, keys, read, before)
            if extraction_ids is not None:
                return self._edges_of_extractions(kind, extraction_ids, read, before)
            return self._every_edge(kind, read, before) if kind in _WHOLE else None
        except _Changed:
            return None

    def shared_keys(
        self, kind: EdgeKind, least: int, ask: Callable[[Sequence[str] | None], Iterable[str]]
    ) -> list[str] | None:
        """Return the keys of a kind on at least so many extractions, in order; ``ask``: of these keys, or of all.

        None: something was written meanwhile.
        """
        before = self._changes
        held, unsure = self._shared.get((kind, least)), self._unsure.get((kind, least), set())
        if held is None:
            held = set(ask(None))
        elif unsure:
            held = (held - unsure).union(ask(sorted(unsure)))
        try:
            with self._unchanged_since(before):
                self._shared[kind, least] = held
                self._unsure.pop((kind, least), None)
        except _Changed:
            return None
        return sorted(held)

    def _edges_of_keys(self, kind: EdgeKind, keys: Sequence[str], read: Reader, before: int) -> list[Edge]:
        asked = sorted({keyword(key) for key in keys})
        held = self._by_key[kind]
        found = {key: held.get(key) for key in asked}
        missing = [key for key, edges in found.items() if edges is None]
        fresh: dict[str, list[Edge]] = {key: [] for key in missing}
        for edge in read(lambda it: edge_rows(it, kind, missing, None)) if missing else ():
            fresh[keyword(edge.key)].append(edge)
        self._keep(held, fresh, before)
        return [edge for key, edges in found.items() for edge in (fresh[key] if edges is None else edges)]

    def _edges_of_extractions(self, kind: EdgeKind, ids: Sequence[str], read: Reader, before: int) -> list[Edge]:
        asked = sorted(set(map(keyword, ids)))
        held = self._by_extraction[kind]
        found = {extraction_id: held.get(extraction_id) for extraction_id in asked}
        missing = [extraction_id for extraction_id, edges in found.items() if edges is None]
        fresh: dict[str, list[Edge]] = {extraction_id: [] for extraction_id in missing}
        for edge in read(lambda it: edge_rows(it, kind, None, missing)) if missing else ():
            fresh[edge.extraction_id].append(edge)
        self._keep(held, fresh, before)
        return sorted(
            chain.from_iterable(fresh[each] if edges is None else edges for each, edges in found.items()), key=_order
        )

    def _keep(self, held: dict[str, list[Edge]], found: dict[str, list[Edge]], before: int) -> None:
        with self._unchanged_since(before):
            if len(held) > _MOST_KEYS:
                self._forget()
                raise _Changed
            held.update(found)

    def _every_edge(self, kind: EdgeKind, read: Reader, before: int) -> list[Edge]:
        held, new = self._whole.get(kind), sorted(self._new.get(kind, ()))
        if held is None:
            edges = read(lambda it: edge_rows(it, kind, None, None))
        else:
            edges = [edge for edge in held if edge.extraction_id not in new] if new else held
            for edge in read(lambda it: edge_rows(it, kind, None, new)) if new else ():
                insort(edges, edge, key=_order)
        with self._unchanged_since(before):
            self._whole[kind] = edges
            self._new.pop(kind, None)
        return edges

    @contextmanager
    def _unchanged_since(self, before: int) -> Iterator[None]:
        """Keep out changes for the length of the block.

        Raises:
            _Changed: There was one already.
        """
        with self._changing:
            if self._changes != before:
                raise _Changed
            yield


def _order(edge: Edge) -> tuple[str, str, str, str, str]:
    """Return what the index orders edges by; those of one extraction come in their order."""
    key, role, other, label = keyword(edge.key), keyword(edge.role), keyword(edge.other), keyword(edge.label)
    return key, edge.extraction_id, role, other, label


def keys_of(connection: sqlite3.Connection, extraction_id: str) -> dict[str, set[str]]:
    """Return the keys of an extraction by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind, key in connection.execute("SELECT kind, key FROM edges WHERE extraction_id = ?", (extraction_id,)):
        found[kind].add(key)
    return found
