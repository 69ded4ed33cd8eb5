"""Outcome: the state that notices leave, and the sum of the tally."""

from __future__ import annotations

import pytest

from parsers.contract import Seen
from parsers.duplicates import Duplicate
from parsers.outcome import NoticeBook, ReadState, TallyBook, state_of
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow
from tests.unit.parsers.made_records import EXTRACTION, OTHER_EXTRACTION, message


@pytest.mark.parametrize(
    ("notices", "state"),
    [
        ([], ReadState.COMPLETE),
        ([Notice(code="element_not_read", count=900), Notice(code="zone_assumed")], ReadState.COMPLETE),
        ([Notice(code="element_unreadable")], ReadState.COMPLETE_WITH_NOTICES),
        ([Notice(code="zone_assumed"), Notice(code="checksum_wrong")], ReadState.COMPLETE_WITH_NOTICES),
        ([Notice(code="element_unreadable"), Notice(code="input_truncated", ends_reading=True)], ReadState.PARTIAL),
        ([Notice(code="element_not_read", ends_reading=True)], ReadState.COMPLETE),
    ],
)
def test_the_state_follows_from_the_notices(notices: list[Notice], state: ReadState) -> None:
    assert state_of(notices) is state


def test_notices_of_one_thing_are_one_with_the_sum_and_the_first_place() -> None:
    book = NoticeBook()
    book.add(Notice(code="element_unreadable", extraction_id=EXTRACTION, subject="SMS", count=2))
    book.add(Notice(code="member_missing", subject="a.jpg"))
    book.add(Notice(code="element_unreadable", extraction_id=EXTRACTION, subject="SMS", first_locator="model A"))
    book.add(
        Notice(
            code="element_unreadable",
            extraction_id=EXTRACTION,
            subject="SMS",
            first_locator="model B",
            ends_reading=True,
        )
    )
    book.add(Notice(code="element_unreadable", extraction_id=OTHER_EXTRACTION, subject="SMS"))
    first, second, third = book.notices()
    assert (first.count, first.first_locator, first.ends_reading) == (4, "model A", True)
    assert (second.subject, third.count) == ("a.jpg", 1)
    assert book.about(OTHER_EXTRACTION) == (second, third)


def test_the_tally_counts_each_side_apart() -> None:
    book = TallyBook()
    for locator in ("model A", "model B", "model D"):
        book.add_record(message(locator))
    book.add_record(message("model E", extraction_id=OTHER_EXTRACTION))
    book.add_duplicate(Duplicate(extraction_id=EXTRACTION, kind="message", ordinal=1, record_id="r-1", canonical="r-0"))
    book.add_notice(Notice(code="element_unreadable", extraction_id=EXTRACTION, element="message", count=2))
    book.add_notice(Notice(code="zone_assumed", extraction_id=EXTRACTION, count=50))
    book.add_seen(Seen(extraction_id=EXTRACTION, element="message", count=4))
    book.add_seen(Seen(extraction_id=EXTRACTION, element="message", count=1))
    assert book.rows(EXTRACTION) == {"message": TallyRow(seen=5, indexed=2, merged=1, noticed=2)}
    assert list(book.differences(EXTRACTION)) == []
    assert [notice.subject for notice in book.differences(OTHER_EXTRACTION)] == ["message"]
    assert list(book.missing_seen()) == [Seen(extraction_id=OTHER_EXTRACTION, element="message", count=1)]
