"""One handset with two SIMs and two lines: a broadcast that no phone shows is from the number of its name."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from parsers.records.values import Party
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, finding, instant, linked, number, offer

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


KIT = (
    "{line} about 2 for 15",
    "{line} back on with the loud",
    "rain or shine {line} out til late",
    "loyalty means a lot {line} looks after his own",
)
"""Wordings that both lines of one holder use."""


def of_one_kit(
    shown: Collection[int], *, names: tuple[str, str] = ("Keely", "Donny"), days: int = 24, unread: int | None = None
) -> tuple[Phone, list[Phone]]:
    """Return a handset with two cards that sends every day, from each in turn, and the customers of each.

    Args:
        shown: Days of which the customers hold what was sent.
        names: What the adverts from each card bear.
        days: How long.
        unread: A day of which no analysis reads a name in what was sent, or takes it for an advert.
    """
    handset = Phone("B/1", 1)
    phones = [[Phone(f"{name}/{n}", first + n) for n in range(2)] for name, first in (("C", 100), ("D", 200))]
    for day in range(days):
        card = day % 2
        wording = KIT[(day // 2 + card) % len(KIT)]
        said = offer(names[card], wording)
        if day == unread:
            said = finding(f"{names[card]} {wording}", template=wording)
        handset.own = None  # the records do not say from which SIM
        for place, party in enumerate(LISTS[("Keely", "Donny")[card]]):
            handset.text(party, day + place / 5000, said, sent=True)
        handset.own = KEELY
        for place, phone in enumerate(phones[card] if day in shown else []):
            phone.text((KEELY, DONNY)[card], day + place / 5000, said, sent=False)
    return handset, [*phones[0], *phones[1]]


async def sent_from(phones: tuple[Phone, list[Phone]]) -> tuple[Linkage, dict[int, str | None]]:
    """Return the linkage, and the number of what the handset sent by the day."""
    handset, customers = phones
    linkage = await linked(handset, *customers)
    day_of = {instant(day)[:10]: day for day in range(40)}
    placed = [each.flare for each in linkage.flares if each.flare.direction == "sent"]
    return linkage, {day_of[flare.started_at[:10]]: flare.sender for flare in placed}


async def test_two_lines_of_one_holder_that_share_their_wordings_stay_two() -> None:
    linkage, sent = await sent_from(of_one_kit(set(range(24)) - {5, 10}))
    assert numbers_of(linkage) == {"Keely": [KEELY], "Donny": [DONNY]}
    assert not [line.conflicts for line in linkage.lines if line.conflicts]
    assert sent == {day: (KEELY, DONNY)[day % 2] for day in range(24)}


async def test_a_few_broadcasts_that_phones_show_tell_two_names_of_a_handset_that_states_one_number() -> None:
    linkage, sent = await sent_from(of_one_kit({2, 5, 8, 9, 14, 17}))
    assert numbers_of(linkage) == {"Keely": [KEELY], "Donny": [DONNY]}
    assert sent == {day: (KEELY, DONNY)[day % 2] for day in range(24)}


async def test_one_line_that_sends_from_two_cards_of_a_handset_in_turn_stays_one() -> None:
    linkage, sent = await sent_from(of_one_kit(set(range(24)) - {5, 10}, names=("Keely", "Keely")))
    assert numbers_of(linkage) == {"Keely": [KEELY, DONNY]}
    assert sent[6] == KEELY
    assert sent[7] == DONNY


async def test_copies_that_are_no_adverts_to_the_analysis_show_the_number_too() -> None:
    _, sent = await sent_from(of_one_kit(range(24), unread=9))
    assert sent[9] == DONNY


async def test_a_wording_that_two_names_share_tells_no_broadcast_in_which_no_name_is_read() -> None:
    """Between two broadcasts of the one number it has that one, whichever name stood in its wording elsewhere."""
    handset, customers = of_one_kit(range(24))
    said = finding("on now", template=KIT[0])
    for place, party in enumerate(LISTS["Donny"]):
        handset.own = None
        handset.text(party, 5.2 + place / 5000, said, sent=True)
    handset.own = KEELY
    linkage = await linked(handset, *customers)
    told = [placed for placed in linkage.flares if any("name in it" in caveat for caveat in placed.caveats)]
    assert not told


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


async def test_what_records_say_of_each_text_stands_against_the_name_in_it() -> None:
    """The handset's records state from which card each text went, also the one under Donny's name from Keely's."""
    handset, customers = two_lines({5, 10})
    for place, (record, said) in enumerate(handset.rows):
        is_keelys = "Keely" in (record.body or "") or (record.time.utc or "")[:10] == instant(5)[:10]
        card = KEELY if is_keelys else DONNY
        handset.rows[place] = (msgspec.structs.replace(record, from_party=Party(raw=card, e164=card)), said)
    linkage = await linked(handset, *customers)
    sent = {
        placed.flare.started_at[:10]: placed.flare.sender
        for placed in linkage.flares
        if placed.flare.direction == "sent"
    }
    assert sent[instant(5)[:10]] == KEELY
    assert sent[instant(3)[:10]] == DONNY
    assert not any("name in it" in caveat for placed in linkage.flares for caveat in placed.caveats)
