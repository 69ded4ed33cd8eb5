"""One handset with two SIMs and two lines: a broadcast that no phone shows is from the number of its name."""

from __future__ import annotations

import msgspec

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, instant, linked, number, offer

KEELY, DONNY = number(1), number(2)
LISTS = {"Keely": [number(100 + place) for place in range(12)], "Donny": [number(200 + place) for place in range(12)]}
SENDERS = {"Keely": KEELY, "Donny": DONNY}


def two_lines(unseen: set[int], *, days: int = 16) -> tuple[Phone, list[Phone]]:
    """Return a handset that states one number and sends for each line every second day, and customers of each."""
    handset = Phone("B/1", 1)
    phones = {
        "Keely": [Phone(f"C/{n}", 100 + n) for n in range(3)],
        "Donny": [Phone(f"D/{n}", 200 + n) for n in range(3)],
    }
    for day in range(days):
        name = ("Keely", "Donny")[day % 2]
        said = offer(name, "{line} about 2 for 15" if name == "Keely" else "{line} back on with the loud")
        handset.own = None  # the records do not say from which SIM
        for place, party in enumerate(LISTS[name]):
            handset.text(party, day + place / 5000, said, sent=True)
        handset.own = KEELY
        for place, phone in enumerate(phones[name] if day not in unseen else []):
            phone.text(SENDERS[name], day + place / 5000, said, sent=False)
    return handset, [*phones["Keely"], *phones["Donny"]]


def numbers_of(linkage: Linkage) -> dict[str | None, list[str]]:
    return {line.name: [held.number for held in line.numbers] for line in linkage.lines}


async def test_a_broadcast_that_no_phone_shows_stays_with_its_name() -> None:
    handset, customers = two_lines({5, 10})
    linkage = await linked(handset, *customers)
    assert numbers_of(linkage) == {"Keely": [KEELY], "Donny": [DONNY]}
    told = [placed for placed in linkage.flares if any("name in it" in caveat for caveat in placed.caveats)]
    assert [(placed.flare.sender, placed.sender_is_inferred) for placed in told] == [(DONNY, True)]


async def test_a_name_that_is_hardly_shown_is_tied_to_no_number() -> None:
    handset, customers = two_lines({1, 3, 5, 7, 9, 11})
    linkage = await linked(handset, *customers)
    assert not [placed for placed in linkage.flares if any("name in it" in caveat for caveat in placed.caveats)]


async def test_a_line_that_changed_its_number_has_each_in_its_time() -> None:
    """From day 14 on Keely has a third number, and what no phone shows of either line stays with the line's number."""
    later = number(3)
    handset, customers = two_lines({5, 10, 18, 21}, days=32)
    for phone in customers[:3]:
        for place, (record, said) in enumerate(phone.rows):
            day = (record.time.utc or "") >= instant(14)
            if day and record.from_party is not None:
                party = msgspec.structs.replace(record.from_party, raw=later, e164=later)
                phone.rows[place] = (msgspec.structs.replace(record, from_party=party), said)
    linkage = await linked(handset, *customers)
    assert numbers_of(linkage) == {"Keely": [KEELY, later], "Donny": [DONNY]}
    sent = [
        (placed.flare.started_at[:10], placed.flare.sender)
        for placed in linkage.flares
        if placed.flare.direction == "sent"
    ]
    assert (instant(10)[:10], KEELY) in sent
    assert (instant(18)[:10], later) in sent
    assert (instant(21)[:10], DONNY) in sent


async def test_a_second_sim_of_which_two_phones_hold_the_broadcasts_is_no_other_phone() -> None:
    handset, customers = two_lines({5, 10})
    linkage = await linked(handset, *customers[:2], *customers[3:5])
    assert numbers_of(linkage) == {"Keely": [KEELY], "Donny": [DONNY]}
    sent = [placed.flare.sender for placed in linkage.flares if placed.flare.direction == "sent"]
    assert sorted(sent) == [KEELY] * 8 + [DONNY] * 8


async def test_where_the_sim_was_changed_the_time_tells_the_number_and_not_the_name() -> None:
    """A name that only the first SIM's broadcasts are shown under says nothing of what came later."""
    handset, phones = Phone("B/1", None), [Phone(f"C/{n}", 100 + n) for n in range(3)]
    for day in range(12):
        name = "Keely" if day in {0, 1, 2, 8} else "Donny"
        said = offer(name, f"{{line}} about {'2 for 15' if name == 'Keely' else 'til late'}")
        for place, party in enumerate(LISTS["Keely"]):
            handset.text(party, day + place / 5000, said, sent=True)
        for place, phone in enumerate(phones if day != 8 else []):
            phone.text(KEELY if day < 6 else DONNY, day + place / 5000, said, sent=False)
    sent = {
        placed.flare.started_at[:10]: placed.flare.sender
        for placed in (await linked(handset, *phones)).flares
        if placed.flare.direction == "sent"
    }
    assert sent[instant(8)[:10]] == DONNY
