"""Reads the hand-written batches: texts with their truth marked in place, ``[[kind|surface]]``.

``corpora/PROVENANCE.toml`` says who wrote each batch, of what kind it is, and whether it is for training or for test.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

_MARK = re.compile(r"\[\[([^|\]]*)\|(.*?)\]\]", re.DOTALL)
_CORPORA: Final = files("nlp.training").joinpath("corpora")
ADVERT: Final = "advert"
OPERATIONAL: Final = frozenset({"order", "runner", "drug_talk", "wrong_number"})
"""Families of texts about a line that are no adverts."""


class Marked(msgspec.Struct, frozen=True):
    """A marked stretch: ``text[start:end] == surface``; ``values`` are drugs' canonical names, else empty."""

    kind: str
    start: int
    end: int
    surface: str
    values: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """A change of number that a text announces; number None is the sender's own."""

    role: str
    number: str | None = None


class GoldText(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its truth.

    Attributes:
        batch: Name of the batch.
        family: ``advert``, or what else it is.
        sender: The line that sends an advert, whether it is named or not. None: not an advert.
        line: The name as the line usually calls itself. None: the text names none, or is no advert.
        wording: Equal for the adverts of one batch that are made from one template. None: not an advert.
        language: ISO 639 code.
    """

    batch: str
    family: str
    text: str
    language: str
    marks: tuple[Marked, ...] = ()
    sender: str | None = None
    line: str | None = None
    wording: str | None = None
    change: Change | None = None

    @property
    def is_advert(self) -> bool:
        """Whether a line sends this to its customers."""
        return self.family == ADVERT

    @property
    def is_operational(self) -> bool:
        """Whether it is about a line and no advert."""
        return self.family in OPERATIONAL

    def marked(self, kind: str) -> list[Marked]:
        """Return the marks of one kind, in order."""
        return [mark for mark in self.marks if mark.kind == kind]


class _Row(msgspec.Struct):
    k: str
    t: str
    lang: str = "en"
    line: str | None = None
    by: str | None = None
    tpl: str | None = None
    nc: Change | None = None


class BatchEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A batch in ``PROVENANCE.toml``.

    ``use`` is ``train``, ``names`` (for the model of names alone), ``test``, or ``replies`` (for test, of what
    people write to those who text many; no advert among it).
    """

    name: str
    use: str
    sha256: str
    written: str
    about: str


@cache
def batch_entries() -> tuple[BatchEntry, ...]:
    """Return the batches by name."""
    stated = tomllib.loads(_CORPORA.joinpath("PROVENANCE.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(entry, BatchEntry) for entry in stated["batch"])


def batch_names(use: str) -> list[str]:
    """Return the names of the batches for ``train`` or ``test``."""
    return [entry.name for entry in batch_entries() if entry.use == use]


def read_batches(names: Sequence[str]) -> list[GoldText]:
    """Return the texts of the batches, in order."""
    return [text for name in names for text in _read_batch(name)]


def _read_batch(name: str) -> Iterator[GoldText]:
    decoder = msgspec.json.Decoder(_Row)
    for line in _CORPORA.joinpath(f"{name}.jsonl").read_bytes().splitlines():
        if line.strip():
            yield _gold(name, decoder.decode(line))


def _gold(batch: str, row: _Row) -> GoldText:
    pieces: list[str] = []
    marks: list[Marked] = []
    length = place = 0
    for found in _MARK.finditer(row.t):
        before, surface = row.t[place : found.start()], found[2]
        kind, _, values = found[1].partition(":")
        pieces += (before, surface)
        length += len(before)
        marks.append(Marked(kind, length, length + len(surface), surface, tuple(filter(None, values.split("+")))))
        length += len(surface)
        place = found.end()
    pieces.append(row.t[place:])
    is_advert = row.k == ADVERT
    return GoldText(
        batch=batch,
        family=row.k,
        text="".join(pieces),
        language=row.lang,
        marks=tuple(marks),
        sender=row.by if is_advert else None,
        line=row.line if is_advert else None,
        wording=row.tpl if is_advert else None,
        change=row.nc,
    )
