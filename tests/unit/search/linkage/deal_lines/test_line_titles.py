from __future__ import annotations

import pytest

from search.linkage.deal_lines.line_titles import _spelled
from tests.fakes.phones import Phone, campaign, linked, number


@pytest.mark.parametrize(("counts", "words"), [
    ({}, ""),
    ({"Dutch": 9}, ""),
    ({"Dutch": 9, "DUTCH": 20}, " (as DUTCH, Dutch)"),
    (dict.fromkeys(("a", "b", "c", "d", "e", "f", "g"), 1), " (as a, b, c, d, e and in 2 more ways)"),
])  # fmt: skip
def test_the_count_of_a_name_says_which_spellings_are_in_it(counts: dict[str, int], words: str) -> None:
    assert _spelled("Dutch", counts) == words


@pytest.mark.parametrize(
    ("claimed", "bare", "name"),
    [
        ("Kezzo Real", "Kezzo", "Kezzo"),
        ("The Original Kezzo", "Kezzo", "Kezzo"),
        ("Kezzo Real", "Kezzo Real", "Kezzo Real"),
        ("Kezzo Junior", "Kezzo", "Kezzo Junior"),
        ("Real Deal", "Deals", "Real Deal"),
        ("Montreal", "Mont", "Montreal"),
    ],
)
async def test_who_says_that_he_is_the_real_one_is_called_as_the_line_that_he_imitates(
    claimed: str, bare: str, name: str
) -> None:
    """A line and a number that sends to some of its customers, under its name and that it is the real one."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    others = [Phone(f"B/{place}", 201 + place) for place in range(4)]
    for place, wording in enumerate(("{line} about til late", "ring {line} for the best", "{line} back on now")):
        campaign("Kezzo", number(1), phones, range(place, 60, 3), wording)
    campaign(claimed, number(2), [*phones[:2], *others], range(30, 50, 2), "{line} here dont go elsewhere")
    campaign(bare, number(2), [*phones[:2], *others], range(31, 50, 2), "{line} with the best of both")
    lines = {held.number: line for line in (await linked(*phones, *others)).lines for held in line.numbers}
    assert lines[number(2)] is not lines[number(1)]
    assert lines[number(2)].name == name
    is_alike = name == "Kezzo"
    assert any("2 lines of this name" in said for said in lines[number(2)].caveats) is is_alike
    assert any("2 lines of this name" in said for said in lines[number(1)].caveats) is is_alike


@pytest.mark.parametrize("full", ["Real Steve", "The Don", "Real Deal"])
async def test_one_advert_without_a_word_of_a_name_renames_no_line(full: str) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for place, wording in enumerate(("{line} about til late", "ring {line} for the best", "{line} back on now")):
        campaign(full, number(1), phones, range(place, 60, 3), wording)
    campaign(full.split()[1], number(1), phones[:1], [15], "{line} on with both")
    assert [line.name for line in (await linked(*phones)).lines] == [full]
