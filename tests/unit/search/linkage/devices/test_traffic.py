"""What is said of a phone that sent to many what no line has."""

from __future__ import annotations

import pytest

from search.linkage.devices.traffic import NO_LINE_MADE
from tests.fakes.phones import Phone, finding, linked, number

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
