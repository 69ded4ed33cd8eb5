"""Broadcasts as one list: from which phone one came that none is seen to have sent."""

from __future__ import annotations

from typing import Any

import pytest

from search.reports.broadcasts import broadcasts_of, sender_words

SHOP = "+447700900401"
TRACE = {
    "flare_id": "fl-1", "device_id": "dv-2", "direction": "received", "sender": SHOP, "template_id": "t-1",
    "line_id": None, "started_at": "2024-05-07T09:00:03Z", "ended_at": "2024-05-07T09:00:03Z", "recipient_count": 1,
    "message_count": 1, "time_basis": "stated_utc", "first_record_id": "r-1", "last_record_id": "r-1",
}  # fmt: skip
LABELS = {"dv-1": "SH/1", "dv-2": "CU/1", "dv-3": "SH/2"}


def phone(name: str, number: str, messages: int, first: str | None) -> dict[str, Any]:
    last = first and f"{first[:10]}T21:00:00Z"
    return {
        "device_id": name, "msisdn": [number], "message_count": messages,
        "first_message_at": first, "last_message_at": last,
    }  # fmt: skip


@pytest.mark.parametrize(("held", "words"), [
    ([phone("dv-2", "+447700900001", 9, "2024-05-07T09:00:03Z")], "not held"),
    ([phone("dv-1", SHOP, 75, None)], "SH/1 has this number, and its messages have no readable time"),
    ([phone("dv-1", SHOP, 75, "2024-05-07T09:00:00Z")], "SH/1 has this number, and is not seen to have sent it"),
    ([phone("dv-1", SHOP, 75, "2024-06-07T09:00:00Z")], "not held"),
    ([phone("dv-1", SHOP, 75, "2024-05-06T09:00:00Z")], "not held"),
    ([phone("dv-1", SHOP, 0, None)], "SH/1 has this number, and is not seen to have sent it"),
    (
        [phone("dv-3", SHOP, 5, "2024-05-07T09:00:00Z"), phone("dv-1", SHOP, 75, None)],
        (
            "SH/1 has this number, and its messages have no readable time; SH/2 has this number, and is not seen to "
            "have sent it"
        ),
    ),
])  # fmt: skip
def test_a_phone_that_has_the_number_of_a_sender_is_no_phone_that_is_not_held(
    held: list[dict[str, Any]], words: str
) -> None:
    (row,) = broadcasts_of([TRACE])
    assert sender_words(row, held, LABELS) == words


def test_of_a_sender_that_is_not_stated_no_phone_is_held() -> None:
    (row,) = broadcasts_of([{**TRACE, "sender": None}])
    assert sender_words(row, [phone("dv-1", SHOP, 75, None)], LABELS) == "not held"
