"""What a reading came to: notices gathered, elements tallied, and the state that follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from parsers.contract import Seen
from parsers.duplicates import Duplicate
from parsers.records.facts import Record
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Notice, Severity, joined
from parsers.records.tally import TallyRow


class ReadState(StrEnum):
    """How far an extraction was read."""

    COMPLETE = "complete"
    COMPLETE_WITH_NOTICES = "complete_with_notices"
    PARTIAL = "partial"


def state_of(notices: Iterable[Notice]) -> ReadState:
    """Return the state that the notices of an extraction (and of its delivery as a whole) leave it in.

    ``partial`` only where the source was not read to its end, or a region of it was unreadable. What lies outside
    Trapline, and a reading that was chosen, are no fault of the reading.
    """
    counting = [
        notice for notice in notices if NOTICE_TABLE[notice.code].severity in {Severity.SKIPPED, Severity.DAMAGED}
    ]
    if any(notice.ends_reading for notice in counting):
        return ReadState.PARTIAL
    return ReadState.COMPLETE_WITH_NOTICES if counting else ReadState.COMPLETE


class NoticeBook:
    """Gathers notices: one for each code, extraction, element and subject, in the order in which each came first."""

    def __init__(self) -> None:
        self._notices: dict[tuple[str, str | None, str | None, str | None], Notice] = {}

    def add(self, notice: Notice) -> None:
        """Take a notice: counts are summed, the first locator stays."""
        key = (notice.code, notice.extraction_id, notice.element, notice.subject)
        held = self._notices.get(key)
        self._notices[key] = notice if held is None else joined(held, notice)

    def notices(self) -> tuple[Notice, ...]:
        """Return all notices."""
        return tuple(self._notices.values())

    def about(self, extraction_id: str) -> tuple[Notice, ...]:
        """Return the notices of one extraction, and those of the delivery as a whole."""
        return tuple(notice for notice in self._notices.values() if notice.extraction_id in {None, extraction_id})


class TallyBook:
    """Counts what was seen against what was kept, for each extraction and element type."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()
        self._records: Counter[tuple[str, str]] = Counter()
        self._merged: Counter[tuple[str, str]] = Counter()
        self._noticed: Counter[tuple[str, str]] = Counter()

    def add_seen(self, seen: Seen) -> None:
        """Take what the reader counted itself."""
        self._seen[seen.extraction_id, seen.element] += seen.count

    def add_record(self, record: Record) -> None:
        """Count a record that is kept."""
        key = record.extraction_id, record.kind
        # ``get``: a counter asks a method in Python for each key, known or not.
        self._records[key] = self._records.get(key, 0) + 1

    def add_duplicate(self, duplicate: Duplicate) -> None:
        """Count a kept record as merged."""
        self._merged[duplicate.extraction_id, duplicate.kind] += 1

    def add_notice(self, notice: Notice) -> None:
        """Count what a notice speaks for; one that names no element stands for nothing that was seen."""
        if notice.element is not None and notice.extraction_id is not None:
            self._noticed[notice.extraction_id, notice.element] += notice.count

    def rows(self, extraction_id: str) -> Mapping[str, TallyRow]:
        """Return the rows of one extraction by element."""
        counts = (self._seen, self._records, self._noticed)
        elements = sorted({element for counter in counts for of, element in counter if of == extraction_id})
        return {element: self._row((extraction_id, element)) for element in elements}

    def missing_seen(self) -> Iterator[Seen]:
        """Yield what was kept of elements that nothing was said to be seen of.

        For a reader that stopped before it could say what it saw: what it gave is then all that is known.
        """
        for extraction_id, element in sorted({*self._records, *self._noticed} - {*self._seen}):
            row = self._row((extraction_id, element))
            yield Seen(extraction_id=extraction_id, element=element, count=row.indexed + row.merged + row.noticed)

    def differences(self, extraction_id: str) -> Iterator[Notice]:
        """Yield a notice for each row that does not balance."""
        for element, row in self.rows(extraction_id).items():
            if not row.is_balanced:
                yield Notice(code="tally_differs", extraction_id=extraction_id, subject=element)

    def _row(self, key: tuple[str, str]) -> TallyRow:
        merged = self._merged[key]
        return TallyRow(
            seen=self._seen[key], indexed=self._records[key] - merged, merged=merged, noticed=self._noticed[key]
        )
