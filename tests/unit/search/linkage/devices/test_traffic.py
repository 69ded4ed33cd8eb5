"""What is said of a phone that sent to many what no line has."""

from __future__ import annotations

import msgspec
import pytest

from search.linkage.attribution.clocks import Clocks
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.devices.traffic import NO_LINE_MADE, traffic_kinds
from search.linkage.kept import Kept
from tests.fakes.phones import Phone, campaign, finding, linked, number, offer

MANY = range(200, 212)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ((True,), f"It sent 1 broadcast (12 recipients), read as an advert; {NO_LINE_MADE}"),
        ((True, False), f"It sent 2 broadcasts (12 and 13 recipients), 1 of them read as an advert; {NO_LINE_MADE}"),
        ((False,), "Broadcasts of texts that are no line's adverts that were sent from it: 1."),
    ],
)
async def test_adverts_to_many_of_which_no_line_is_made_are_said(read: tuple[bool, ...], said: str) -> None:
    phone = Phone("A/1", 101)
    for day, is_advert in enumerate(read):
        text = finding(f"havin an early one so get in by {8 + day}", template=f"early {day}", advert=is_advert)
        for party in (*MANY, 220)[: 12 + day]:
            phone.text(number(party), 1.0 + day, text, sent=True)
    linkage = await linked(phone)
    assert not linkage.lines
    assert said in linkage.traffic[0].reasons


@pytest.mark.parametrize(
    ("unread", "words"),
    [(0, ""), (1, ", 1 of them no advert by its words alone"), (2, ", 2 of them no adverts by their words alone")],
)
async def test_broadcasts_of_a_line_that_are_no_adverts_by_their_words_are_told_among_its_broadcasts(
    unread: int, words: str
) -> None:
    phone, held = Phone("HW/1", 1), [Phone(f"JB/{place}", 101 + place) for place in range(8)]
    for wording in ("{line} on both 3 for 25", "{line} about til late"):
        campaign("Rico", number(1), held, range(3), wording)
        for day in range(3):
            for place, party in enumerate([*(str(each.own) for each in held), *map(number, MANY)]):
                phone.text(party, day + place / 1440, offer("Rico", wording), sent=True)
    linkage = await linked(phone, *held)
    own = [
        it for it in linkage.flares if it.device_id == phone.device_id and it.line_id and it.flare.direction == "sent"
    ]
    assert len(own) > unread
    changed = {it.flare.flare_id for it in own[:unread]}
    flares = [
        msgspec.structs.replace(it, flare=msgspec.structs.replace(it.flare, has_advert=False))
        if it.flare.flare_id in changed
        else it
        for it in linkage.flares
    ]
    facts = DeviceFacts(
        device_id=phone.device_id, label="A", own_numbers=frozenset(), sims=frozenset(), first_at=None, last_at=None,
        entries=(),
    )  # fmt: skip
    (traffic,) = traffic_kinds({phone.device_id: facts}, linkage.lines, flares, Clocks(), kept=Kept())
    said = f"Broadcasts of adverts to ten or more recipients that were sent from it: {len(own)}{words}."
    assert said in traffic.reasons


async def test_what_is_said_of_a_phone_is_said_anew_only_where_its_rows_or_broadcasts_are_others() -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102)]
    campaign("Rico", number(1), phones, [1, 3, 5])
    linkage, kept = await linked(*phones), Kept()
    devices = {
        row.device_id: DeviceFacts(
            device_id=row.device_id, label="A", own_numbers=frozenset(), sims=frozenset(), first_at=None, last_at=None,
            entries=(),
        )
        for row in linkage.lines[0].devices
    }  # fmt: skip
    before = traffic_kinds(devices, linkage.lines, linkage.flares, Clocks(), kept=kept)
    kept.end()
    assert len(before) == 2
    line = linkage.lines[0]
    further = msgspec.structs.replace(line.devices[0], traffic_count=line.devices[0].traffic_count + 1)
    grown = msgspec.structs.replace(line, devices=(further, *line.devices[1:]))
    after = {it.device_id: it for it in traffic_kinds(devices, [grown], linkage.flares, Clocks(), kept=kept)}
    for one in before:
        is_same = one.device_id != further.device_id
        assert (after[one.device_id] is one) == is_same == (after[one.device_id] == one)


async def test_whether_a_line_s_number_is_a_phone_s_own_or_its_card_was_in_it_is_said() -> None:
    """The card of a line was in a boy's phone for a day: the number of his own phone is another."""
    line_phone, other = Phone("HW/1", 1), Phone("HW/2", 2)
    held = [Phone(f"C/{place}", 101 + place) for place in range(4)]
    for phone in (line_phone, other):
        phone.iccid = ("8944100030000000017",)
    for day, wording in enumerate(("{line} on both 3 for 25", "{line} about til late ring now", "{line} best of both")):
        for place, party in enumerate((*(phone.own for phone in held), *(number(place) for place in MANY))):
            line_phone.text(party, day + place / 1440, offer("Rico", wording), sent=True)
        campaign("Rico", str(line_phone.own), held, [day], wording)
    for phone in held:
        phone.text(str(line_phone.own), 1.5, finding("u on"), sent=True)
    other.text(number(300), 2, finding("see you at six"), sent=True)
    said = {traffic.device_id: traffic.reasons for traffic in (await linked(line_phone, other, *held)).traffic}
    assert "A number of the line Rico is this phone's own number." in said[line_phone.device_id]
    assert said[other.device_id][0] == (
        "A SIM of the line Rico was read with this phone; the number of that card is not stated as the phone's own."
    )
