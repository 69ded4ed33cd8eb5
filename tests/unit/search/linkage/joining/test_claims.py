"""Numbers that are new, give no old one, and say what they were called before."""

from __future__ import annotations

import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, TextFinding
from search.linkage.extraction.former_names import own_former_names
from tests.fakes.phones import Phone, campaign, finding, linked, number, predecessors

OLD, NEW = number(1), number(2)
OF_OLD = ("{line} on both 3 for 25", "{line} about til late")
OF_NEW = ("{line} best in town ring now", "shout {line} all day long")


def said_new(text: str, line: str = "Chino") -> TextFinding:
    """Return a text that says that its sender's number is new, and is no advert; ``line`` stands in it."""
    change = NumberChange(NumberChangeRole.NEW, None, None)
    return finding(text, template=text.replace(line, "{line}"), change=change)


async def lines_of(
    text: str,
    *,
    name: str = "Hendo",
    until: int = 30,
    phones_of_old: int = 4,
    cases: tuple[str, str] = ("OP/1", "OP/1"),
) -> list[set[str]]:
    """Return the numbers of each line where a new number with a new name tells it to all who get its adverts."""
    phones = [Phone(f"A/{place}", 101 + place, case=cases[1]) for place in range(4)]
    others = [Phone(f"B/{place}", 201 + place, case=cases[0]) for place in range(4)]
    getting_old = [*phones[:phones_of_old], *others[phones_of_old:]]
    for place, (before, after) in enumerate(zip(OF_OLD, OF_NEW, strict=True)):
        campaign(name, OLD, getting_old, range(place, until, 3), before)
        campaign("Chino", NEW, phones, range(32 + place, 60, 3), after)
    for phone in phones:
        phone.text(NEW, 31, said_new(text), sent=False)
    found = await linked(*phones, *others)
    return sorted(({held.number for held in line.numbers} for line in found.lines), key=sorted)


@pytest.mark.parametrize(
    "text",
    [
        "it was hendo now its Chino and this is the new number",
        "used to be hendo now Chino new number save it",
        "Chino here was hendo this is the new number",
        "hendo is now called Chino new number is this",
        "Chino formerly hendo got a new number",
    ],
)
async def test_a_new_name_and_a_new_number_in_one_text_are_the_line_that_it_says(text: str) -> None:
    assert await lines_of(text) == [{OLD, NEW}]


@pytest.mark.parametrize(
    "text",
    [
        "it was hendo now its me this is the new number",
        "Chino here better than hendo this is the new number",
        "Chino here it was never hendo now its Chino on the new number",
        "Chino here not hendo this is the new number",
        "Chino new number hendo was robbing you",
        "Chino new number this is",
        "New number Chino here it was hendo who got us robbed 3 for 25 both",
        "if u was with hendo now its Chino new number 3 for 25 both",
        "New number if u used to be with hendo now its Chino 5 for 40 both",
        "new number anyone that was on hendo now its Chino b n w 3 for 25",
        "new number it was hendo customers now its Chino",
        "new number if u was hendo customer now its Chino",
        "this was hendo now its Chinos turf new number",
        "new number Chino who was with hendo 3 for 25",
    ],
)
async def test_what_does_not_say_that_it_was_called_so_joins_nothing(text: str) -> None:
    assert await lines_of(text) == [{OLD}, {NEW}]


async def test_a_word_that_stands_where_a_name_would_is_none() -> None:
    text = "it was quiet now its busy Chino got a new number"
    assert await lines_of(text, name="Quiet") == [{OLD}, {NEW}]


async def test_who_says_the_name_of_a_line_that_goes_on_is_another_one() -> None:
    assert await lines_of("it was hendo now its Chino and this is the new number", until=60) == [{OLD}, {NEW}]


async def test_a_line_of_another_town_has_the_name_as_well() -> None:
    text = "it was hendo now its Chino and this is the new number"
    assert await lines_of(text, phones_of_old=0, cases=("OP/2", "OP/1")) == [{OLD}, {NEW}]


async def test_the_number_follows_the_one_of_the_former_name() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, (before, after) in enumerate(zip(OF_OLD, OF_NEW, strict=True)):
        campaign("Hendo", OLD, phones, range(place, 30, 3), before)
        campaign("Chino", NEW, phones, range(32 + place, 60, 3), after)
    phones[0].text(NEW, 31, said_new("it was hendo now its Chino and this is the new number"), sent=False)
    assert predecessors(await linked(*phones)) == {OLD: None, NEW: OLD}


async def test_what_a_person_says_of_his_own_number_is_of_no_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, before in enumerate(OF_OLD):
        campaign("Hendo", OLD, phones, range(place, 30, 3), before)
    for phone in phones:
        phone.text(NEW, 31, said_new("it was hendo now its Chino and this is the new number"), sent=False)
    assert predecessors(await linked(*phones)) == {OLD: None}


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("we were hendo now called Chino new number", "hendo"),
        ("it was hendo but now its just Chino", "hendo"),
        ("hendo is nw Chino", "hendo"),
        ("Chino was 2 days off, new number", ""),
        ("u knew me as lil ray now its Chino", "lil ray"),
        ("Chino new number, wasnt hendo", ""),
        ("it was cold now its warm", ""),
    ],
)
def test_the_former_name_stands_beside_the_one_of_now(text: str, former: str) -> None:
    assert own_former_names(said_new(text)) == former
