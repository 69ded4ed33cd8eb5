"""A runner's number that tells a line's new number to many, while the line's own fell silent for it."""

from __future__ import annotations

import msgspec

from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number, offer, the_line

OLD, NEW, RUNNER = number(1), number(2), number(3)
WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


def customers(*, has_old: bool = True) -> list[Phone]:
    """Return phones with the adverts of a number until day 40 and of the next from day 41."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, wording in enumerate(WORDINGS):
        if has_old:
            campaign("Rico", OLD, phones, range(place, 40, 3), wording)
        campaign("Rico", NEW, phones, range(41 + place, 80, 3), wording)
    for phone in phones:
        phone.text(NEW, 50, finding("u about"), sent=True)
    return phones


async def succession(*phones: Phone) -> dict[str, str | None]:
    line = the_line(await linked(*phones), "Rico")
    return {held.number: held.succeeds for held in line.numbers}


async def test_a_number_that_sent_beside_the_line_and_tells_its_new_one_is_not_the_old_one() -> None:
    phones = customers()
    for phone in phones:
        phone.text(RUNNER, 20, offer("Rico", WORDINGS[0]), sent=False)
        phone.text(RUNNER, 41.5, moved_to(NEW, "Rico"), sent=False)
    found = await succession(*phones)
    assert (found[NEW], found[OLD]) == (OLD, None)


async def test_nor_is_one_whose_first_word_it_is_and_that_goes_on() -> None:
    phones = customers()
    for phone in phones:
        phone.text(RUNNER, 40.9, moved_to(NEW, "Rico"), sent=False)
        phone.text(RUNNER, 60, offer("Rico", WORDINGS[0]), sent=False)
    found = await succession(*phones)
    assert (found[NEW], found[OLD]) == (OLD, None)


async def test_where_no_other_number_fell_silent_for_it_the_one_that_tells_is_the_old_one() -> None:
    phones = customers(has_old=False)
    for phone in phones:
        phone.text(RUNNER, 20, offer("Rico", WORDINGS[0]), sent=False)
        phone.text(RUNNER, 40.5, moved_to(NEW, "Rico"), sent=False)
    assert await succession(*phones) == {RUNNER: None, NEW: RUNNER}


async def test_a_number_of_a_few_days_between_two_others_is_one_of_the_line() -> None:
    phones = customers()
    for phone in phones:
        phone.text(RUNNER, 40.1, offer("Rico", WORDINGS[0]), sent=False)
        phone.text(RUNNER, 40.9, moved_to(NEW, "Rico"), sent=False)
    assert await succession(*phones) == {OLD: None, RUNNER: OLD, NEW: RUNNER}


async def test_a_runner_who_told_one_phone_of_it_in_one_text_without_a_name_has_no_number_of_the_line() -> None:
    phones, runner = customers(), Phone("R/1", 3)
    told = msgspec.structs.replace(moved_to(NEW, None), is_advert=True, advert_score=0.9)
    phones[0].text(RUNNER, 41.6, told, sent=False)
    runner.text(NEW, 45, finding("feds about gonna wait", advert=True), sent=True)
    line = the_line(await linked(*phones, runner), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {OLD: None, NEW: OLD}
    assert not [said for said in line.conflicts if RUNNER in said], "nor did it send customers of its own to the line"
