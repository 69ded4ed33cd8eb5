"""The last advert of a line and its numbers, until when they were in use, and the letters of phones with that."""

from __future__ import annotations

from typing import Any

import pytest

from search.reports.last_seen import ADVERT, ANNOUNCED, last_word, number_words, used_words
from search.reports.page import page_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from tests.fakes.phones import Phone, campaign, finding, moved_to, number
from tests.unit.search.reports.test_inferred_senders import report_of, sending

LINE, NEXT = number(1), number(2)


def phones_of(day: float) -> list[Phone]:
    """Return two customers of a line whose last advert is of day 18, and one who rang its number on a day."""
    held = [Phone(f"A/{place}", 101 + place) for place in range(2)]
    campaign("Rico", LINE, held, range(0, 20, 2))
    held[0].text(LINE, 1.5, finding("can i get 2"), sent=True)
    later = Phone("B/1", 201)
    for place in range(3):
        later.text(LINE, day + place, finding("u about"), sent=True)
        later.text(LINE, day + place + 0.1, finding("who is this"), sent=False)
    return [*held, later]


async def test_a_number_that_was_in_use_after_its_last_advert_says_until_when() -> None:
    report = await report_of(*phones_of(70))
    (line,) = report["lines"]
    (held,) = line["numbers"]
    assert (held["last_seen_at"][:10], held["last_used_at"][:10]) == ("2024-01-19", "2024-03-13")
    page = render_html(report)
    assert '<span class="small">last advert</span>' in page
    assert '<span class="small">in use until 13 Mar 2024</span>' in page
    assert "in use until 13 Mar 2024 by texts or calls" in page
    (printed,) = print_data(report)["overview"]
    assert (printed["last_word"], printed["used"]) == (ADVERT, "in use until 13 Mar 2024")


@pytest.mark.parametrize(("day", "letter", "mentions"), [
    (70, "a", ["traffic_after_last_advert"]),
    (200, "m", ["traffic_not_with_line"]),
])  # fmt: skip
async def test_traffic_after_the_last_advert_has_a_letter_of_its_own_while_the_number_may_be_the_lines(
    day: float, letter: str, mentions: list[str]
) -> None:
    report = await report_of(*phones_of(day))
    (line,) = report["lines"]
    assert [row["mentions"] for row in line["devices"] if row["relation"] == "mentions_line"] == [mentions]
    page = page_of(report)
    (table,) = page.matrix
    assert dict(table.rows.items)["dv-B/1"] == (letter,)
    assert [held for held, _ in page.letters] == ["R", "C", letter]
    assert all(held["last_used_at"] is None or held["last_used_at"][:7] < "2024-07" for held in line["numbers"])


async def test_a_number_that_was_only_announced_has_no_last_advert() -> None:
    held = [Phone(f"A/{place}", 101 + place) for place in range(2)]
    campaign("Rico", LINE, held, range(0, 20, 2))
    for phone in held:
        phone.text(LINE, 19, moved_to(NEXT, "Rico"), sent=False)
    report = await report_of(*held)
    (line,) = report["lines"]
    assert {each["number"]: each["is_announced_only"] for each in line["numbers"]} == {LINE: False, NEXT: True}
    assert number_words(next(each for each in line["numbers"] if each["number"] == NEXT)) == "announced, no advert seen"


def use(last: str, used: str | None = None, *, is_announced_only: bool = False) -> dict[str, Any]:
    return {"last_seen_at": last, "last_used_at": used, "is_announced_only": is_announced_only}


def test_the_last_of_a_line_is_an_advert_unless_an_announcement_alone_came_last() -> None:
    first, announced = use("2024-05-01T10:00:00Z"), use("2024-05-03T10:00:00Z", is_announced_only=True)
    assert last_word({"numbers": [first, announced], "last_seen_at": announced["last_seen_at"]}) == ANNOUNCED
    assert last_word({"numbers": [first, announced], "last_seen_at": first["last_seen_at"]}) == ADVERT


def test_use_on_the_day_of_the_last_advert_is_not_told() -> None:
    held = use("2024-05-01T10:00:00Z", "2024-05-01T12:00:00Z")
    assert (number_words(held), used_words({"numbers": [held], "last_seen_at": held["last_seen_at"]})) == ("", "")


@pytest.mark.parametrize(("own", "letters"), [(1, "S N"), (None, "S n")])
async def test_a_phone_whose_sending_number_is_inferred_has_the_letter_that_says_so(
    own: int | None, letters: str
) -> None:
    (table,) = page_of(await report_of(*sending(own))).matrix
    assert dict(table.rows.items)["dv-HW/7"] == (letters,)
