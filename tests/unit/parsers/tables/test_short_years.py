"""A year of two digits in front is read where the whole column shows it, and day and year are not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from parsers.contract import Limits, Sidecar
from parsers.locale_times import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, YEAR_OPEN, read_written_time
from parsers.mapping_proposal import propose
from parsers.tables.short_years import ShortYears, short_year_order
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

AUTUMN = ("23/09/14", "23/09/15", "23/09/29", "23/10/03", "23/10/30", "23/11/07", "23/12/24", "23/12/31")

SORTED = sorted(
    f"{day:02d}/{month:02d}/{year}" for day in range(1, 29) for month in (1, 4, 10) for year in (21, 22, 23)
)
"""Texts of three years, as a spreadsheet program sorts them where they are no dates."""


def table(dates: Sequence[str], heading: str = "Date") -> str:
    rows = [f"{each} 16:49,Incoming,07700900123,text {place}" for place, each in enumerate(dates)]
    return "\n".join((f"{heading},Direction,Number,Message", *rows, ""))


def days(tmp_path: Path, dates: Sequence[str], sidecar: Sidecar | None = None) -> list[str | None]:
    result = read_text(tmp_path, table(dates), sidecar=sidecar or Sidecar())
    return [each.time.utc and each.time.utc[:10] for each in messages_of(result)]


@pytest.mark.parametrize(
    "dates",
    [
        AUTUMN,
        [each.replace("/", "-") for each in AUTUMN],
        [each.replace("/", ".") for each in AUTUMN],
        AUTUMN[::-1],
        # Days that are years as well, in an order that years do not have.
        ("23/09/14", "23/09/15", "23/09/20", "23/10/02", "23/10/05"),
        ("23/12/30", "23/12/31", "24/01/01", "24/01/02"),
        ("12/12/30", "13/01/02", "13/01/05", "13/01/30", "13/02/04"),
        ("23/09/14", "23/09/14", "23/09/20", "23/09/29"),
    ],
)
def test_the_year_is_in_front(tmp_path: Path, dates: Sequence[str]) -> None:
    assert days(tmp_path, dates) == [f"20{each[:2]}-{each[3:5]}-{each[6:]}" for each in dates]
    codes = codes_of(read_text(tmp_path, table(dates)))
    assert (codes["year_first_assumed"], codes.get("clock_not_set")) == (len(dates), None)


def test_in_two_columns(tmp_path: Path) -> None:
    rows = [f"{each},16:49,Incoming,07700900123,a" for each in AUTUMN]
    result = read_text(tmp_path, "\n".join(("Date,Time,Direction,Number,Message", *rows, "")))
    (first, *_) = messages_of(result)
    assert (first.time.utc, first.time.raw) == ("2023-09-14T15:49:00.000Z", "23/09/14 16:49")


@pytest.mark.parametrize(
    "dates",
    [
        # Few of them.
        ("23/09/14", "23/10/31"),
        ("23/09/14", "23/09/14", "23/09/29"),
        # Three years.
        ("21/12/14", "21/12/31", "22/03/09", "22/11/01", "23/02/17"),
        # The last day of a year and the first, or two days that lie thirty years apart.
        ("23/12/31", "24/01/01"),
        # Parties apart from each other.
        ("23/09/14", "23/12/31", "23/09/15", "23/10/01"),
    ],
)
def test_neither_is_guessed(tmp_path: Path, dates: Sequence[str]) -> None:
    assert days(tmp_path, dates) == [None] * len(dates)
    assert codes_of(read_text(tmp_path, table(dates)))["day_month_order_unknown"] == len(dates)
    # What the submitter states holds.
    stated = days(tmp_path, dates, Sidecar(date_order=DAY_FIRST))
    assert stated == [f"20{each[6:]}-{each[3:5]}-{each[:2]}" for each in dates]


@pytest.mark.parametrize(
    "dates",
    [
        ("14/09/23", "15/09/23", "29/09/23", "03/10/23"),
        ("23/09/14",),
        ("14/09/23",),
        ("14/09/23", "14/09/23", "14/09/23"),
        ("14/09/23", "15/09/23"),
        ("22/09/12", "23/10/13"),
        ("29/12/22", "31/12/22", "01/01/23", "14/01/23"),
        # In no order, and from the last to the first.
        ("14/09/23", "02/10/23", "20/09/23", "14/09/23", "13/03/22"),
        ("13/10/23", "12/10/23", "11/10/23", "10/10/23"),
        # A clock that was not right.
        ("12/10/31", "14/10/31", "15/10/31"),
        ("13/09/23", "14/09/23", "01/01/04", "15/09/23"),
        # The same day of the month again and again, and every second day.
        ("14/07/23", "14/08/23", "14/09/23"),
        ("28/12/23", "28/12/23", "30/12/23", "01/01/24"),
        # Years that pass quickly: a few old texts of a card.
        ("14/09/12", "20/11/15", "03/02/19", "23/05/23"),
        # A day of two years, and what comes once a month or once a year.
        ("14/09/22", "14/09/23"),
        ("28/12/23", "28/01/24"),
        ("15/10/23", "15/11/23", "15/12/23", "15/01/24", "15/02/24"),
        ("14/02/22", "14/02/23", "14/02/24"),
        ("25/12/18", "25/12/19", "25/12/20", "25/12/21", "25/12/22", "25/12/23"),
        ("15/10/12", "15/03/14", "15/01/19", "15/07/23"),
        # Sorted as text, or by party.
        ("25/12/21", "25/12/22", "25/12/23", "31/12/21", "31/12/22", "31/12/23"),
        ("20/10/20", "20/10/21", "20/11/22", "20/12/20"),
        SORTED,
        SORTED[::-1],
        [each.replace("/", ".") for each in SORTED],
        [each for each in SORTED if each[6:] != "21"],
        [each for each in SORTED if each[6:] == "23"],
        [each for each in SORTED if each[:2] > "19"],
        [each for each in SORTED if each[:2] in {"27", "28"}],
        [each for each in SORTED if each[:2] in {"13", "17", "23"}],
        # Of a card that was used for twenty years, sorted as text.
        [f"{day:02d}/{month:02d}/{4 + (day * month) % 20:02d}" for day in range(1, 29) for month in (2, 5, 11)],
    ],
)
def test_the_day_is_in_front(tmp_path: Path, dates: Sequence[str]) -> None:
    assert days(tmp_path, dates) == [f"20{each[6:]}-{each[3:5]}-{each[:2]}" for each in dates]
    assert "year_first_assumed" not in codes_of(read_text(tmp_path, table(dates)))


def test_years_of_four_digits_show_nothing_of_it(tmp_path: Path) -> None:
    assert days(tmp_path, ("23/09/14", "14/09/2023", "23/10/31"))[1] == "2023-09-14"


def test_what_is_stated_otherwise(tmp_path: Path) -> None:
    assert days(tmp_path, AUTUMN, Sidecar(date_order=DAY_FIRST))[0] == "2014-09-23"
    result = read_text(tmp_path, table(AUTUMN), sidecar=Sidecar(date_order=MONTH_FIRST))
    assert (messages_of(result)[0].time.utc or "")[:10] == "2023-09-14"
    assert codes_of(result)["sidecar_disagrees"] == 1
    headed = messages_of(read_text(tmp_path, table(AUTUMN, "Date (dd/mm/yy)")))
    assert (headed[0].time.utc or "")[:10] == "2014-09-23"
    for order, day in (("yy/MM/dd", "2023-09-14"), ("yyyy/MM/dd", "2014-09-23")):
        result = read_text(tmp_path, table(AUTUMN[:1], f"Date ({order})"))
        assert (messages_of(result)[0].time.utc or "")[:10] == day
        assert "year_first_assumed" not in codes_of(result)


def survey(*texts: str) -> ShortYears:
    found = ShortYears()
    for text in texts:
        found.add(text)
    return found


def test_other_columns_of_the_file_tell_it() -> None:
    two = survey("23/09/14", "23/09/15")
    assert short_year_order(two, ()) is None
    assert short_year_order(two, (survey(*AUTUMN),)) == YEAR_FIRST
    assert short_year_order(survey("23/09/14"), (survey(*AUTUMN),)) == YEAR_FIRST
    assert short_year_order(two, (survey("14/09/23", "15/09/23", "31/09/23"),)) is None
    assert short_year_order(survey("14/09/2023"), (survey(*AUTUMN),)) is None
    far = survey("23/09/14", "23/10/31")
    assert short_year_order(far, ()) == YEAR_OPEN
    assert short_year_order(far, (survey("14/09/23", "15/09/23", "31/09/23"),)) is None
    assert short_year_order(far, (survey(*SORTED),)) is None
    # One day that agrees with the others as it is usually written, or either way with none of them.
    assert short_year_order(survey("14/09/23"), (survey(*AUTUMN),)) is None
    assert short_year_order(survey("14/09/18"), (survey(*AUTUMN),)) == YEAR_OPEN


def test_a_list_sorted_as_text_says_nothing_of_one_day_beside_it() -> None:
    assert short_year_order(survey("14/09/23"), (survey(*SORTED),)) is None


def test_a_proposal_says_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for dates, order in ((AUTUMN, YEAR_FIRST), (("23/09/14", "23/10/31"), "not told"), (("14/09/23",), DAY_FIRST)):
        path.write_text(table(dates))
        (proposed,) = propose(path, Limits())
        assert proposed.date_order == order


def test_a_year_of_four_digits_is_never_in_question() -> None:
    found = read_written_time("03/04/2023 10:00", YEAR_FIRST)
    assert found is not None
    assert (found.year, found.is_ambiguous) == (2023, True)
