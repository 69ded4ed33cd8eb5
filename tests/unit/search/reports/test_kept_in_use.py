"""Numbers that a text gave up and that stayed in use."""

from __future__ import annotations

from typing import Any

from search.reports.kept_in_use import kept_in_use
from tests.unit.search.reports.test_line_parts import A, B, held, said

SAID = "By a text from +44 7700 900001 of 1 Feb 2024 09:00 UTC (09:00 UK) its new number is +44 7700 900002; "


def handed(by: str = "old") -> dict[str, Any]:
    return {"said_by": by, "old_number": A, "sentence": "."}


def new(*announcements: dict[str, Any], by: str = "old") -> dict[str, Any]:
    return held(B, "02-01", "04-01", last_used_at=None, handovers=[handed(by)], announcements=list(announcements))


def old(last: str, used: str | None = None, first: str = "01-01") -> dict[str, Any]:
    return held(A, first, last, last_used_at=used and f"2024-{used}T09:00:00Z")


def test_adverts_long_after_a_text_gave_their_number_up_are_to_be_checked() -> None:
    assert list(kept_in_use([new(said("its 07700 900002", 2)), old("02-20")])) == [
        f"{SAID}adverts from +44 7700 900001 went on until 20 Feb 2024."
    ]


def test_so_are_texts_and_calls() -> None:
    assert list(kept_in_use([new(said("its 07700 900002", 2)), old("01-30", "02-19")])) == [
        f"{SAID}texts or calls with +44 7700 900001 went on until 19 Feb 2024."
    ]


def test_what_the_new_number_said_counts_alike() -> None:
    (sentence,) = kept_in_use([new(said("07700 900001 is dead", 2, by="new", sender=B), by="new"), old("02-20")])
    assert sentence.startswith("By a text from +44 7700 900002 of 1 Feb 2024 09:00 UTC (09:00 UK) it took over from")


def test_a_change_that_took_days_and_a_number_that_came_back_are_not() -> None:
    told = new(said("its 07700 900002", 2))
    assert list(kept_in_use([told, old("02-07")])) == []
    assert list(kept_in_use([told, old("01-30"), old("05-01", first="04-02")])) == []


def test_nor_is_what_a_phone_with_a_wrong_clock_alone_dates() -> None:
    assert list(kept_in_use([new({**said("x", 2), "wrong_clock_count": 2}), old("02-20")])) == []
