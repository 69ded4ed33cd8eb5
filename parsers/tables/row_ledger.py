"""Counts what becomes of the rows of a file: seen, kept, named in a notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from parsers.contract import Seen
from parsers.first_values import FirstValues
from parsers.records.notices import Notice, joined

_CUT = "input_truncated"


class RowLedger:
    """The counts of one file, by extraction and element."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()
        self._missing: dict[tuple[str, str, str, str], Notice] = {}
        self._cells: Counter[str] = Counter()
        self._firsts: dict[str, str] = {}
        self._values: dict[str, FirstValues] = {}
        self.has_cut_row = False

    def see(self, part_id: str, element: str) -> None:
        """Count an element of which a record is made."""
        self._seen[part_id, element] += 1

    def miss(self, part_id: str, code: str, element: str, about: tuple[str, str], count: int = 1) -> None:
        """Count elements that give no record, as seen and as noticed.

        Args:
            part_id: Their extraction.
            code: Of the notice.
            element: Their tally row.
            about: What the notice says of them, and where the first of them stands.
            count: How many.
        """
        subject, locator = about
        self._seen[part_id, element] += count
        self.has_cut_row |= code == _CUT
        key = (part_id, code, element, subject)
        notice = Notice(
            code=code,
            extraction_id=part_id,
            count=count,
            element=element,
            first_locator=locator,
            subject=subject,
            ends_reading=code == _CUT,
        )
        held = self._missing.get(key)
        self._missing[key] = notice if held is None else joined(held, notice)

    def note(self, code: str, locator: str, count: int = 1, value: str | None = None) -> None:
        """Count something odd in cells of records; the first values of them that are short are told."""
        self._cells[code] += count
        self._firsts.setdefault(code, locator)
        if value is not None:
            self._values.setdefault(code, FirstValues()).add(value)

    def cell_notices(self, extraction_id: str) -> Iterator[Notice]:
        """Yield a notice for each thing that was odd in cells."""
        for code, count in self._cells.items():
            values = self._values.get(code)
            yield Notice(
                code=code,
                extraction_id=extraction_id,
                count=count,
                first_locator=self._firsts[code],
                subject=None if values is None else values.told,
            )

    def missing(self, moved: dict[str, str]) -> Iterator[Notice]:
        """Yield a notice for the elements that gave no record; ``moved``: extraction to the one that stands for it."""
        for notice in self._missing.values():
            part_id = notice.extraction_id or ""
            yield msgspec.structs.replace(notice, extraction_id=moved.get(part_id, part_id))

    def seen(self, moved: dict[str, str]) -> Iterator[Seen]:
        """Yield what was seen of each element."""
        for (part_id, element), count in self._seen.items():
            yield Seen(extraction_id=moved.get(part_id, part_id), element=element, count=count)
