"""A word that greets is a line's name only where a text says so."""

from __future__ import annotations

import pytest

from search.linkage.model import Line
from tests.fakes.phones import Phone, finding, linked, number, offer

LINE = number(1)


async def line_of(name: str, *wordings: str) -> Line:
    """Return the line of a number that sends these wordings, all under a name as the analysis reads it."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for phone in phones:
        phone.text(LINE, 0.5, finding("u on"), sent=True)
        for turn in range(3 * len(wordings)):
            phone.text(LINE, 1.1 * turn, offer(name, wordings[turn % len(wordings)]), sent=False)
    (line,) = (await linked(*phones)).lines
    return line


@pytest.mark.parametrize("name", ["Morning", "Mornin", "MORNIIING", "Gm", "Wagwan", "Evenin", "Hiya"])
async def test_who_greets_each_day_has_no_name_by_that(name: str) -> None:
    line = await line_of(name, "{line} on both 3 for 25", "{line} best of both ring now", "yo {line} back on til late")
    assert (line.name, line.nicknames) == (None, ())


async def test_a_time_of_day_is_no_signature() -> None:
    line = await line_of("Morning", "{line} on both 3 for 25", "both landed about from early {line}")
    assert line.name is None


@pytest.mark.parametrize(
    "wordings",
    [
        ("{line} on both 3 for 25", "its {line} both landed"),
        ("{line} on both 3 for 25", "{line} line open til late"),
        ("{line} on both 3 for 25", "both landed bell me {line}"),
        ("{line} on both 3 for 25", "ring {line} for the best", "text {line} for both"),
    ],
)
async def test_a_line_may_be_called_so(wordings: tuple[str, ...]) -> None:
    assert (await line_of("Morning", *wordings)).name == "Morning"


@pytest.mark.parametrize("name", ["Flames", "Snowflake", "Ghost", "Sunny", "Mornington", "Boss", "Happy", "Rocket"])
async def test_a_brand_that_is_an_everyday_word_or_an_emojis_name_is_one(name: str) -> None:
    line = await line_of(name, "{line} on both 3 for 25", "{line} best of both ring now")
    assert line.name == name


async def test_beside_a_greeting_the_lines_name_stands() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for phone in phones:
        phone.text(LINE, 0.5, finding("u on"), sent=True)
        for turn in range(6):
            phone.text(LINE, 1.1 * turn, offer("Morning", f"{{line}} on both {turn} ways ring now"), sent=False)
        phone.text(LINE, 8, offer("Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert line.name == "Rico"


async def test_a_given_name_is_one_though_it_greets_as_well() -> None:
    wordings = (
        "{line} on both 3 for 25 bell me",
        "{line} back on 2 for 15 all day",
        "{line} about til late white n brown",
    )
    assert (await line_of("Ayo", *wordings)).name == "Ayo"
