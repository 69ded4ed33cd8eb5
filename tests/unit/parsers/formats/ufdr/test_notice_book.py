"""The notices of a Cellebrite report: one for each subject, whatever came first."""

from __future__ import annotations

from parsers.formats.ufdr.notice_book import NoticeBook
from parsers.outcome import ReadState, state_of


def test_a_notice_that_ends_the_reading_ends_it_in_whatever_order() -> None:
    for first, second in ((False, True), (True, False)):
        book = NoticeBook()
        book.add("checksum_wrong", subject="report.xml", ends_reading=first)
        book.add("checksum_wrong", subject="report.xml", locator="model m1", ends_reading=second)
        (notice,) = book.notices()
        assert (notice.count, notice.first_locator) == (2, "model m1")
        assert state_of([notice]) is ReadState.PARTIAL


def test_a_vendors_name_is_printable() -> None:
    book = NoticeBook()
    book.add("element_not_read", subject="Loc\u202eation" + "x" * 80)
    (notice,) = book.notices()
    assert notice.subject == "Loc\N{REPLACEMENT CHARACTER}ation" + "x" * 71 + "..."
