"""What is said of a phone that sent to many what no line has."""

from __future__ import annotations

import msgspec
import pytest

from search.linkage.attribution.clocks import Clocks
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.devices.traffic import NO_LINE_MADE, traffic_kinds
from search.linkage.kept import Kept
from tests.fakes.phones import Phone, campaign, finding, linked, number

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
