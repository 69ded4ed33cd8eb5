"""Members of a line that hold the same messages are to be checked; others of the report are not the line's."""

from __future__ import annotations

from typing import Any

from search.reports.same_phones import same_phones

LABELS = {"dv-1": "A/9", "dv-2": "A/1", "dv-3": "B/1"}


def device(*others: str) -> dict[str, Any]:
    held = [{"device_id": other, "number_count": 3, "record_ids": ["r-1", "r-2", "r-3"]} for other in others]
    return {"same_messages": held}


def test_each_two_members_are_told_of_once_by_their_names_with_records() -> None:
    devices = {"dv-1": device("dv-2"), "dv-2": device("dv-1"), "dv-3": device()}
    (sentence,) = same_phones({"dv-1", "dv-2", "dv-3"}, devices, LABELS)
    assert sentence.startswith("The first messages of A/1 and A/9 are the same: the first texts or calls to 3 numbers ")
    assert "(r-1 and r-2, for one)" in sentence


def test_a_phone_that_is_none_of_the_lines_or_not_in_the_report_is_left_out() -> None:
    devices = {"dv-1": device("dv-2", "dv-9"), "dv-2": device("dv-1")}
    assert list(same_phones({"dv-1", "dv-9"}, devices, LABELS)) == []
    assert list(same_phones({"dv-1"}, {"dv-1": {}}, LABELS)) == []
