"""Which of the listed extractions a row is of, by the name that the sheets of records have for it too.

As the XML report's elements are: what names none that is listed, or several, is kept with the first handset, and said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from parsers.contract import ExtractionPart
from parsers.formats.ufdr.parts import Part, are_several_handsets
from parsers.formats.ufed_workbook.extraction_headings import names_extraction
from parsers.part_book import PartBook, shown_name
from parsers.records.notices import Notice
from parsers.tables.columns import Columns

_BETWEEN = re.compile(r"\s*(?:;|\r?\n|_x000D_)\s*")
_SEVERAL: Final = 2
_MOST_NAMES: Final = 100
_FURTHER: Final = "further names"


class RowExtractions:
    """The extractions of one workbook, by their names.

    Attributes:
        own_numbers: The owner's numbers by extraction id, of each extraction.
    """

    own_numbers: Mapping[str, Sequence[str]]

    def __init__(self, parts: Sequence[Part], main: Part, listed: Sequence[str]) -> None:
        """Take the extractions.

        Args:
            parts: All of them.
            main: The one of rows that name none.
            listed: Names that the sheets of items have for them. Empty: they name none, and there is one extraction.
        """
        self._main = main
        self._is_one = len(parts) < _SEVERAL
        by_vendor = {part.info.vendor_id: part for part in parts}
        self._parts = {
            name: main if self._is_one else by_vendor[name] for name in listed if self._is_one or name in by_vendor
        }
        self._folded = _folded(self._parts)
        self._are_handsets = are_several_handsets(parts)
        self._notices = PartBook(main.extraction_id)
        self._unlisted: set[str] = set()
        self._infos = {part.extraction_id: part.info for part in parts}
        self._all = parts
        self.own_numbers = {}

    def take_cards(self) -> None:
        """Take what the rows of cards said of their extractions, once all of them were read."""
        self._infos = {part.extraction_id: part.with_rows(part.info) for part in self._all}
        if not self._is_one:
            self.own_numbers = self._numbers()

    def info_of(self, part: Part) -> ExtractionPart:
        """Return what is known of an extraction."""
        return self._infos[part.extraction_id]

    def card_of(self, name: str | None, locator: str) -> Part:
        """Return the extraction of a row of a card's files; one that names none which is known is noted.

        Args:
            name: What it calls it. None: it says nothing.
            locator: Where it stands.
        """
        self.note(name, locator)
        return (self._found(name) if name is not None else None) or self._main

    def places(self, columns: Columns) -> tuple[int, ...]:
        """Return the columns of a table that name the extraction."""
        return tuple(
            column.place
            for column in columns.all
            if column not in columns.beside and names_extraction(column.label.key)
        )

    def part_of(self, name: str | None) -> ExtractionPart | None:
        """Return the extraction of a row by what it calls it. None: there is only one, or it names none that is known.

        Args:
            name: As written. None: it says nothing.
        """
        found = self._found(name) if name is not None and not self._is_one else None
        return None if found is None else self._infos[found.extraction_id]

    def note(self, name: str | None, locator: str) -> None:
        """Count a row of a record that names no extraction which is known, where that matters.

        Args:
            name: What it calls its extraction. None: it says nothing.
            locator: Where it stands.
        """
        if name is None:
            if self._are_handsets:
                self._notices.note("extraction_unstated", locator=locator)
        elif self._found(name) is None:
            shown = shown_name(name)
            if len(self._unlisted) < _MOST_NAMES:
                self._unlisted.add(shown)
            self._notices.note(
                "extraction_unknown", subject=shown if shown in self._unlisted else _FURTHER, locator=locator
            )

    def notices(self) -> Iterator[Notice]:
        """Yield what was noted; rows that all call the only extraction alike, which nothing lists, say nothing new."""
        if self._parts or len(self._unlisted) >= _SEVERAL:
            yield from self._notices.notices()

    def _found(self, name: str) -> Part | None:
        """Return the extraction of a name. None: none is listed so, or the name is that of several."""
        found = self._one(name)
        if found is not None or _BETWEEN.search(name) is None:
            return found
        every = [self._one(each) for each in _BETWEEN.split(name) if each]
        return every[0] if every and all(each is every[0] for each in every) else None

    def _one(self, name: str) -> Part | None:
        return self._parts.get(name) or self._folded.get(_fold(name))

    def _numbers(self) -> dict[str, tuple[str, ...]]:
        """Return the owner's numbers: those of its handset and of all that was read with it.

        Where nothing says that there are several handsets, every number is of the one.
        """
        of_handset: dict[str, list[str]] = {}
        for info in self._infos.values():
            of_handset.setdefault(self._handset_of(info), []).extend(info.msisdn)
        return {each: tuple(of_handset[self._handset_of(info)]) for each, info in self._infos.items()}

    def _handset_of(self, info: ExtractionPart) -> str:
        return (info.belongs_to or info.extraction_id) if self._are_handsets else self._main.extraction_id


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _folded(parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return them by names whose capitals and spaces are alike; names that differ in nothing else tell nothing."""
    counts = Counter(map(_fold, parts))
    return {_fold(name): part for name, part in parts.items() if counts[_fold(name)] == 1}
