"""Adverts passed on: what phones had before from a sender who is another one, as far as they show."""

from __future__ import annotations

import pytest

from search.linkage.adverts.told_on import told_on
from search.linkage.attribution.index_reading import ALWAYS, IndexReading
from tests.fakes.phones import Phone, finding, index_of, number


async def passed_on(known: str, *, name: str | None) -> set[str]:
    """Return the senders of what was passed on, where three phones had a text from one that is shown as given."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    said = finding("Dave here. brown or white 5 quid", line="Dave", advert=True)
    for day in range(3):
        for phone in phones[:3]:
            phone.text(known, day, said, sent=False)
    last = finding("Dave here again. brown or white 5 quid", line="Dave", advert=True)
    if name is None:
        phones[3].text(number(9), 10, last, sent=False)
    else:
        phones[3].text(None, 10, last, sent=False, name=name, service="whatsapp")
    async with (await index_of(phones)).reading() as held, IndexReading(held, ALWAYS) as reading:
        return {sender for sender, _ in told_on(await reading.evidence())}


@pytest.mark.parametrize(
    ("known", "name", "is_told"),
    [
        ("FishVanPete", "Fishvan Pete", False),
        ("FishVanPete", "Bits", True),
        ("FishVanPete", None, True),
        (number(1), "Bits", True),
        (number(1), None, True),
    ],
)
async def test_who_is_shown_by_one_name_on_two_phones_passes_nothing_on(
    known: str, name: str | None, *, is_told: bool
) -> None:
    assert bool(await passed_on(known, name=name)) == is_told


@pytest.mark.parametrize(("day", "is_told"), [(None, True), (8, True), (12, False)])
@pytest.mark.parametrize("is_held", [False, True])
@pytest.mark.parametrize("is_listed", [False, True])
async def test_who_is_on_the_list_of_a_phone_had_it_from_there_before(
    day: float | None, *, is_held: bool, is_listed: bool, is_told: bool
) -> None:
    line, friend = Phone("A/1", 1), Phone("A/2", 200)
    phones = [line, friend, *([Phone("A/3", 9)] if is_held else [])]
    advert = finding("Dave here. brown or white 5 quid", line="Dave", advert=True)
    for to in (number(30), number(31), *([number(9)] if is_listed else [])):
        line.text(to, day, advert, sent=True)
    friend.text(number(9), 10, advert, sent=False)
    async with (await index_of(phones)).reading() as held, IndexReading(held, ALWAYS) as reading:
        found = {sender for sender, _ in told_on(await reading.evidence())}
    assert found == ({number(9)} if is_listed and is_told else set())


@pytest.mark.parametrize(("line", "is_told"), [("Dave", True), ("Big Dave", True), ("Moss", False), (None, True)])
async def test_words_under_another_name_are_another_lines(line: str | None, *, is_told: bool) -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    wording = "{line} here again brown or white 5 quid"
    for phone in phones[:3]:
        said = finding("Dave here again brown or white 5 quid", template=wording, line="Dave", advert=True)
        phone.text(number(1), 1, said, sent=False)
    last = finding(f"{line} here again brown or white 5 quid", template=wording, line=line, advert=True)
    phones[3].text(number(9), 10, last, sent=False)
    async with (await index_of(phones)).reading() as held, IndexReading(held, ALWAYS) as reading:
        assert bool({sender for sender, _ in told_on(await reading.evidence())}) == is_told
