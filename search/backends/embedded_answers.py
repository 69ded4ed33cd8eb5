"""Edges, flares and templates that were read before, and keys of several extractions: what did not change stays read.

Linkage asks the same of the index after every drop. What a load, an amendment or a removal by this index touches is
known when it is written; whatever another connection wrote to the file makes all that is held forgotten.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final, TypeAlias, TypeVar

from search.backends.embedded_links import edge_rows, flare_rows, template_rows, template_rows_on
from search.backends.embedded_merged import Merged, order_of, with_some_anew
from search.contract import Edge, EdgeKind, Flare, TemplateEntry
from search.stored_values import keyword

_MOST_KEYS: Final = 200_000
"""Keys and extractions of a kind whose edges are held; with more all are forgotten. A million messages have 30,000."""
_WHOLE: Final = frozenset(
    {EdgeKind.ADVERT, EdgeKind.WORDING, EdgeKind.OWN_NUMBER, EdgeKind.NICKNAME, EdgeKind.ANNOUNCEMENT}
)
"""Kinds that linkage reads whole."""
_FLARES: Final = "flares"
_TEMPLATES: Final = "templates"
"""These two stand beside the kinds of edges; the keys of templates are their ids."""

HeldT = TypeVar("HeldT", Edge, Flare, TemplateEntry)
Reader: TypeAlias = "Callable[[Callable[[sqlite3.Connection], Iterable[tuple[bytes]]]], list[HeldT]]"
"""Returns what the rows hold that a question gives."""
_Touched: TypeAlias = "dict[str, set[str]]"
"""Keys by kind; flares have none."""


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
        self._by_key: dict[str, dict[str, list[Any]]] = defaultdict(dict)
        self._by_extraction: dict[str, dict[str, list[Edge]]] = defaultdict(dict)
        self._merged: dict[str, Merged] = defaultdict(Merged)
        self._whole: dict[str, list[Any]] = {}
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
        """Take note that an extraction was written; ``touched``: all keys that it had, or has (``keys_of``)."""
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
        self, kind: EdgeKind, keys: Sequence[str] | None, extraction_ids: Sequence[str] | None, read: Reader[Edge]
    ) -> list[Edge] | None:
        """Return edges as the index gives them. None: this is not held, or something was written meanwhile."""
        before = self._changes
        try:
            if keys is not None:
                return None if extraction_ids is not None else self._edges_of_keys(kind, keys, read, before)
            if extraction_ids is not None:
                return self._edges_of_extractions(kind, extraction_ids, read, before)
            if kind not in _WHOLE:
                return None
            return self._all_of(kind, lambda ids: read(lambda it: edge_rows(it, kind, None, ids)), order_of, before)
        except _Changed:
            return None

    def flares(self, read: Reader[Flare]) -> list[Flare] | None:
        """Return all flares as the index gives them. None: something was written meanwhile."""
        before = self._changes
        try:
            return self._all_of(_FLARES, lambda ids: read(lambda it: flare_rows(it, ids)), _order_of_flare, before)
        except _Changed:
            return None

    def templates(self, template_ids: Sequence[str] | None, read: Reader[TemplateEntry]) -> list[TemplateEntry] | None:
        """Return the entries of templates, or all, as the index gives them. None: something was written meanwhile."""

        def fresh(asked: Sequence[str]) -> Iterator[tuple[str, TemplateEntry]]:
            return ((keyword(entry.template_id), entry) for entry in read(lambda it: template_rows(it, asked)))

        before = self._changes
        try:
            if template_ids is not None:
                return self._of_keys(_TEMPLATES, template_ids, fresh, before)
            return self._all_of(
                _TEMPLATES, lambda ids: read(lambda it: template_rows_on(it, ids)), _order_of_template, before
            )
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

    def _edges_of_keys(self, kind: EdgeKind, keys: Sequence[str], read: Reader[Edge], before: int) -> list[Edge]:
        def fresh(asked: Sequence[str]) -> Iterator[tuple[str, Edge]]:
            return ((keyword(edge.key), edge) for edge in read(lambda it: edge_rows(it, kind, asked, None)))

        return self._of_keys(kind, keys, fresh, before)

    def _of_keys(
        self,
        kind: str,
        keys: Sequence[str],
        fresh: Callable[[Sequence[str]], Iterable[tuple[str, HeldT]]],
        before: int,
    ) -> list[HeldT]:
        """Return what is held of the keys, in their order; ``fresh`` reads it of some, each with its key."""
        asked = sorted(set(map(keyword, keys)))
        held = self._by_key[kind]
        found: dict[str, list[HeldT]] = {key: [] for key in asked if key not in held}
        for key, each in fresh(list(found)) if found else ():
            found[key].append(each)
        with self._unchanged_since(before):
            self._keep(held, found)
            return list(chain.from_iterable(map(held.__getitem__, asked)))

    def _edges_of_extractions(self, kind: EdgeKind, ids: Sequence[str], read: Reader[Edge], before: int) -> list[Edge]:
        asked = sorted(set(map(keyword, ids)))
        held = self._by_extraction[kind]
        found: dict[str, list[Edge]] = {each: [] for each in asked if each not in held}
        for edge in read(lambda it: edge_rows(it, kind, None, list(found))) if found else ():
            found[edge.extraction_id].append(edge)
        with self._unchanged_since(before):
            self._keep(held, found)
            return self._merged[kind].of({each: held[each] for each in asked})

    def _keep(self, held: dict[str, list[HeldT]], found: dict[str, list[HeldT]]) -> None:
        if len(held) > _MOST_KEYS:
            self._forget()
            raise _Changed
        held.update(found)

    def _all_of(
        self,
        kind: str,
        read: Callable[[Sequence[str] | None], list[HeldT]],
        order: Callable[[HeldT], tuple[str, ...]],
        before: int,
    ) -> list[HeldT]:
        """Return all of a kind; ``read`` reads what there is of it on some extractions, or on all (None)."""
        held, new = self._whole.get(kind), frozenset(self._new.get(kind, ()))
        found = read(None) if held is None else held
        if held is not None and new:
            found = with_some_anew(held, new, read(sorted(new)), order)
        with self._unchanged_since(before):
            self._whole[kind] = found
            self._new.pop(kind, None)
        return found

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


def _order_of_flare(flare: Flare) -> tuple[str, str]:
    """Return what the index orders flares by; those of one extraction come in their order."""
    return keyword(flare.flare_id), flare.extraction_id


def _order_of_template(entry: TemplateEntry) -> tuple[str, str]:
    """Return what the index orders entries of templates by; those of one extraction come in their order."""
    return keyword(entry.template_id), entry.extraction_id


def keys_of(connection: sqlite3.Connection, extraction_id: str) -> dict[str, set[str]]:
    """Return the keys of what is held of an extraction by kind; of flares that there are some."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind, key in connection.execute("SELECT kind, key FROM edges WHERE extraction_id = ?", (extraction_id,)):
        found[kind].add(key)
    for (key,) in connection.execute("SELECT template_id FROM templates WHERE extraction_id = ?", (extraction_id,)):
        found[_TEMPLATES].add(key)
    if connection.execute("SELECT 1 FROM flares WHERE extraction_id = ? LIMIT 1", (extraction_id,)).fetchone():
        found[_FLARES] = set()
    return found
