"""What a number says of itself that is new, beside name and time, of the number before it."""

from __future__ import annotations

from parsers.records.findings import TextFinding
from parsers.records.ids import derived_id
from search.linkage.model import LineNumber
from tests.fakes.phones import Phone, campaign, instant, linked, moved_from, number, offer, the_line

OLD, NEW = number(1), number(2)


async def said_of_new(said: TextFinding, day: float = 22.1, *, others: bool = False, by: str = NEW) -> LineNumber:
    """Return a line's second number, where a number of it says something to three phones, or to others alone."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    late = [Phone(f"B/{place}", 121 + place) for place in range(2)]
    campaign("Rico", OLD, phones, range(0, 21, 2))
    campaign("Rico", NEW, [*phones, *late], range(22, 70, 2))
    for phone in late if others else phones:
        phone.text(by, day, said, sent=False)
    line = the_line(await linked(*phones, *late), "Rico")
    (held,) = (each for each in line.numbers if each.number == NEW)
    assert held.succeeds == OLD
    return held


def words(held: LineNumber) -> list[str]:
    """Return what is said of its own word."""
    return [sentence for sentence in held.basis if "that it is a new number" in sentence]


async def test_its_own_word_stands_in_the_basis_with_phones_and_records() -> None:
    without = await said_of_new(offer("Rico", "{line} flyin out"))
    held = await said_of_new(moved_from(None, "Rico"))
    assert words(without) == []
    (said,) = words(held)
    assert said.startswith(f"{NEW} said, first on {instant(22.1)[:10]}, that it is a new number, without the former")
    where = "A/0 (case OP/1), A/1 (case OP/1), A/2 (case OP/1)"
    assert said.endswith(f"(3 messages on {where}, all of which had adverts of {OLD}).")
    # behind 11 adverts of the old number and 24 of the new one
    assert {derived_id("r", f"A/{place}", "35") for place in range(3)}.issuperset(held.record_ids[:2])


async def test_not_where_the_phones_had_nothing_of_the_one_before() -> None:
    assert words(await said_of_new(moved_from(None, "Rico"), others=True)) == []


async def test_not_long_after_it_began_nor_of_the_number_before() -> None:
    assert words(await said_of_new(moved_from(None, "Rico"), 50.1)) == []
    assert words(await said_of_new(moved_from(None, "Rico"), 4.1, by=OLD)) == []


async def test_a_text_that_says_the_former_number_is_told_as_an_announcement_alone() -> None:
    held = await said_of_new(moved_from(OLD, "Rico"))
    assert words(held) == []
    assert any("was announced as the new number" in sentence for sentence in held.basis)
