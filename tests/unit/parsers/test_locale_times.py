"""Printed times: what a column tells about day and month, and what it does not."""

from __future__ import annotations

import pytest

from parsers.locale_times import DAY_FIRST, MONTH_FIRST, decide_date_order, read_written_time


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2020 10:00", "14/04/2020 10:00"], DAY_FIRST),
        (["3/4/2020 1:44:08 PM", "3/16/2012 1:44:08 PM(UTC+0)"], MONTH_FIRST),
        (["03/04/2020 10:00", "05/06/2020 10:00"], None),
        (["14/04/2020 10:00", "04/16/2020 10:00"], None),
        (["2020-04-14 10:00", "", "Sep 14, 2016 4:49 PM"], None),
        (["14-04-20 10:00"], DAY_FIRST),
        (["31/31/2020 10:00", "04/16/2020 10:00"], MONTH_FIRST),
        ([], None),
    ],
)
def test_a_column_shows_its_order_or_none(column: list[str], order: str | None) -> None:
    assert decide_date_order(column) == order


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2016/09/14 16:49", (2016, 9, 14)),
        ("14 September 2016 16:49", (2016, 9, 14)),
        ("14-Sept-2016 16:49", (2016, 9, 14)),
        ("Sep 14, 2016 4:49 PM", (2016, 9, 14)),
        ("14.9.16 16.49", (2016, 9, 14)),
        ("04/04/2016 16:49", (2016, 4, 4)),
        ("14/09/99 16:49", (1999, 9, 14)),
        ("14/09/2016, 16:49", (2016, 9, 14)),
        ("Wed Sep 14 16:49:42 2016", (2016, 9, 14)),
        ("Sun Sep  4 16:49:42 UTC 2016", (2016, 9, 4)),
    ],
)
def test_dates_that_say_it_themselves_need_no_order(text: str, date: tuple[int, int, int]) -> None:
    written = read_written_time(text, None)
    assert written is not None
    assert (written.year, written.month, written.day, written.hour, written.minute) == (*date, 16, 49)


def test_a_date_that_says_it_itself_holds_against_a_stated_order() -> None:
    written = read_written_time("3/16/2012 10:00", DAY_FIRST)
    assert written is not None
    assert (written.month, written.day) == (3, 16)


@pytest.mark.parametrize(
    "text", ["", "14/09/2016", "14-Ma-2016 10:00", "14/09-2016 10:00", "10:00", "14/09/2016 10:00 CET"]
)
def test_other_forms_are_not_known(text: str) -> None:
    assert read_written_time(text, DAY_FIRST) is None


@pytest.mark.parametrize("front", ["Thu ", "Thursday, ", "thurs. "])
def test_a_weekday_in_front_says_nothing(front: str) -> None:
    written = read_written_time(f"{front}14/09/2023 16:49:10", None)
    assert written is not None
    assert (written.year, written.month, written.day, written.hour) == (2023, 9, 14, 16)
    assert decide_date_order([f"{front}14/09/2023 16:49"]) == DAY_FIRST
