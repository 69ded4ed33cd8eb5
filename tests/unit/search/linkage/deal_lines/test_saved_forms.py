from __future__ import annotations

import pytest

from search.linkage.deal_lines.saved_forms import _bears
from tests.fakes.phones import Phone, campaign, linked, number


@pytest.mark.parametrize(("saved", "is_borne"), [
    ("Marble", True), ("MARBLE", True), ("Marble new", True), ("Marbles", False), ("Jo plumber", False),
])  # fmt: skip
def test_a_contact_bears_a_lines_name_among_its_words(saved: str, *, is_borne: bool) -> None:
    assert _bears(saved, ("marble",)) is is_borne


async def test_phones_that_saved_a_line_under_its_name_are_told_beside_the_adverts() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Rico", number(9), phones, range(10))
    campaign("Rico", number(9), phones, range(10, 20), "{line} about til late")
    for phone, name in zip(phones, ("Rico", "Rico new", "Boss", None), strict=True):
        if name is not None:
            phone.save(number(9), name)
    (line,) = (await linked(*phones)).lines
    assert line.name_saved_on == 0
    assert line.name_basis.endswith(" 2 phones saved a number of it under that name (as Rico, Rico new).")
    assert [(held.number, held.name, len(held.record_ids)) for held in line.saved_names] == [
        (number(9), "Boss", 1), (number(9), "Rico", 1), (number(9), "Rico new", 1)
    ]  # fmt: skip
