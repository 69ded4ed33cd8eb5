"""Two phones of a line send one text at once, each to a part of the list: each sends from its own number."""

from __future__ import annotations

from search.contract import Flare
from search.linkage.attribution.own_numbers import own_numbers
from tests.fakes.phones import instant, number

OWN, SECOND = number(1), number(2)
DEVICES = {"ex-L": "L", "ex-M": "M", "ex-C": "C", "ex-D": "D"}
STATED = {"L": OWN, "C": number(101), "D": number(102)}
LISTS = {"L": {number(101), number(102)}}


def flare(day: int, phone: str, sender: str | None) -> Flare:
    return Flare(
        flare_id=f"fl-{day}-{phone}",
        extraction_id=phone,
        direction="received" if sender else "sent",
        sender=sender,
        template_id="t-1",
        has_advert=True,
        started_at=instant(day),
        ended_at=instant(day + 0.01),
        time_basis="stated_offset",
        recipient_count=12,
        message_count=12,
        variant_count=1,
        first_record_id="r-1",
        last_record_id="r-2",
    )


def broadcasts(at_once: int) -> list[Flare]:
    """Return what two phones show of broadcasts that this one sent, the first ones beside a second phone."""
    found = []
    for day in range(16):
        shown = (OWN, SECOND) if day < at_once else (OWN, OWN) if day % 2 else (SECOND, SECOND)
        found += [flare(day, "ex-L", None), flare(day, "ex-C", shown[0]), flare(day, "ex-D", shown[1])]
    return found


def senders(flares: list[Flare], stated: dict[str, str]) -> set[str | None]:
    own = own_numbers(DEVICES, flares, stated, LISTS)
    return {own.at("L", each.started_at) for each in flares if each.extraction_id == "ex-L"}


def test_a_number_that_phones_show_in_turn_with_the_stated_one_is_a_second_sim() -> None:
    assert senders(broadcasts(at_once=0), STATED) == {OWN, SECOND}


def test_a_number_that_phones_show_beside_the_stated_one_is_another_phones() -> None:
    assert senders(broadcasts(at_once=4), STATED) == {OWN}


def test_a_number_that_another_handset_states_is_that_ones() -> None:
    assert senders(broadcasts(at_once=0), {**STATED, "M": SECOND}) == {OWN}


def test_what_another_handset_sent_then_from_the_number_shown_it_sent() -> None:
    flares = broadcasts(at_once=0)
    beside = [flare(day, "ex-M", None) for day in range(0, 16, 2)]
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    assert senders([*flares, *beside], {**unstated, "M": SECOND}) == {OWN}
