"""What narrows a verb: days are whole days of the settings' zone, and a record without an instant is in no period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from ingest.selection import Selection, as_held, bound_of, is_no_day, not_held


class Held(msgspec.Struct, frozen=True):
    case_ref: str | None
    exhibit_ref: str | None


@pytest.mark.parametrize(
    ("text", "is_end", "utc"),
    [
        ("2020-01-18", False, "2020-01-18T00:00:00.000Z"),
        ("2020-01-18", True, "2020-01-19T00:00:00.000Z"),
        ("2020-05-18", False, "2020-05-17T23:00:00.000Z"),
        ("2020-05-18", True, "2020-05-18T23:00:00.000Z"),
        ("2020-05-18T21:00Z", True, "2020-05-18T21:00:00.000Z"),
        ("2020-05-18T21:00-03:00", False, "2020-05-19T00:00:00.000Z"),
        ("20200518", False, "2020-05-17T23:00:00.000Z"),
        ("20200518", True, "2020-05-18T23:00:00.000Z"),
        ("2020-05-18 21:00", False, "2020-05-18T20:00:00.000Z"),
        ("11/12/2026", False, "2026-12-11T00:00:00.000Z"),
        ("24/11/2026", True, "2026-11-25T00:00:00.000Z"),
        ("1/6/2026 09:30", False, "2026-06-01T08:30:00.000Z"),
    ],
)
def test_a_bound_is_read_in_the_zone_of_the_settings(text: str, *, is_end: bool, utc: str) -> None:
    assert bound_of(text, "Europe/London", is_end=is_end) == utc


@pytest.mark.parametrize("text", ["30/02/2024", "2024-02-30", "31/04/2024", "1/13/2024"])
def test_a_day_that_the_calendar_has_not_is_told_from_what_is_no_day(text: str) -> None:
    assert is_no_day(text)
    assert not any(map(is_no_day, ("29/02/2024", "2024-02-29", "yesterday", "30/02/2024 09:30", "20240230")))


@pytest.mark.parametrize(
    ("text", "zone", "is_end", "utc"),
    [
        ("9999-12-31", "Europe/London", True, "9999-12-31T23:59:59.999Z"),
        ("9999-12-31T23:59-05:00", "Europe/London", False, "9999-12-31T23:59:59.999Z"),
        ("0001-01-01", "Europe/Berlin", False, "0001-01-01T00:00:00.000Z"),
    ],
)
def test_a_bound_beyond_the_calendar_leaves_nothing_out(text: str, zone: str, *, is_end: bool, utc: str) -> None:
    assert bound_of(text, zone, is_end=is_end) == utc


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(), ""),
        (Selection(cases=("A",)), ""),
        (Selection(cases=("a",)), "case a"),
        (Selection(cases=("A", "C"), exhibits=("jb/2",)), "case C, exhibit jb/2"),
        (Selection(cases=("B",), exhibits=("JB/2",)), "together"),
    ],
)
def test_what_nothing_held_has_is_said(selection: Selection, said: str) -> None:
    """An empty answer to a slip must not pass for nothing found."""
    sentence = not_held(selection, [Held("A", "JB/2"), Held("B", None)])
    assert said in sentence
    assert bool(sentence) == bool(said)


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(cases=("a",)), "The cases held are: A, B. "),
        (Selection(exhibits=("jb/2",)), "The cases held are: A, B. "),
        (Selection(cases=("A",), exhibits=("jb/2",)), "The exhibits of these cases held are: JB/2. "),
        (Selection(cases=("B",), exhibits=("jb/2",)), "jb/2. trapline status"),
    ],
)
def test_what_there_is_is_named_beside_it(selection: Selection, told: str) -> None:
    assert told in not_held(selection, [Held("A", "JB/2"), Held("B", None), Held("A", "JB/2"), Held(None, None)])


def test_of_many_cases_the_first_are_named() -> None:
    sentence = not_held(Selection(cases=("a",)), [Held(f"OP {number:03}", None) for number in range(45)])
    assert "OP 019 and 25 more. " in sentence


@pytest.mark.parametrize("text", ["", "yesterday", "31/02/2020", "2020-13-01"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the message is datetime's own
        bound_of(text, "Europe/London", is_end=False)


def test_an_exhibit_is_unique_only_within_its_case() -> None:
    selection = Selection(cases=("A",), exhibits=("JB/2",))
    assert selection.includes(Held("A", "JB/2"))
    assert not selection.includes(Held("B", "JB/2"))
    assert not selection.includes(Held("A", None))
    assert Selection().includes(Held(None, None))


def test_a_period_begins_with_its_first_instant_and_ends_before_its_last() -> None:
    selection = Selection(since="2020-05-18T00:00:00.000Z", until="2020-05-19T00:00:00.000Z")
    assert selection.includes_instant("2020-05-18T00:00:00Z")
    assert not selection.includes_instant("2020-05-19T00:00:00Z")
    assert not selection.includes_instant(None)
    assert Selection().includes_instant(None)


def test_days_ago_are_whole_days() -> None:
    day = datetime.now(UTC).date()
    assert bound_of("7d", "UTC", is_end=False) == f"{day - timedelta(days=7)}T00:00:00.000Z"
    assert bound_of("0 days", "UTC", is_end=True) == f"{day + timedelta(days=1)}T00:00:00.000Z"


@pytest.mark.parametrize("text", ["13/13/2026", "24/11/26", "d", "7w", "-7d", "2026/11/24"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|isoformat"):
        bound_of(text, "UTC", is_end=False)


def test_what_is_asked_for_is_found_whatever_its_capitals_and_spaces() -> None:
    held = [Held("DRG- 236/23", "HW/40"), Held("DRG- 236/23", "hw/40"), Held(None, "KT/13")]
    asked = Selection(cases=("drg-236/23", "X"), exhibits=("Hw/40", "kt/ 13"), since="s")
    assert as_held(asked, held) == Selection(
        cases=("DRG- 236/23", "X"), exhibits=("HW/40", "hw/40", "KT/13"), since="s"
    )
    exact = Selection(exhibits=("hw/40",))
    assert as_held(exact, held) == exact


def test_an_exhibit_that_differs_in_marks_alone_is_named() -> None:
    held = [Held("OP X", "JT/11"), Held("OP X", "JT/1"), Held("OP X", None)]
    assert "Nothing is held of exhibit jt-11. Exhibits like it: JT/11. " in not_held(
        Selection(exhibits=("jt-11",)), held
    )
    assert "Exhibits like it" not in not_held(Selection(exhibits=("KM/1", "--")), held)
