"""Names under which a phone shows the senders of its chats, and the numbers that they stand for."""

from __future__ import annotations

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.saved_senders import senders_of_names
from search.linkage.keys import NAME_PREFIX, Role
from tests.fakes.phones import instant, number

FIRST, SECOND = number(1), number(2)
DEVICES = {"ex-W": "W", "ex-C": "C", "ex-D": "D"}


def came(day: float, phone: str, sender: str, wording: str) -> Flare:
    return Flare(
        flare_id=f"fl-{day}-{phone}-{sender}",
        extraction_id=phone,
        direction="received",
        sender=sender,
        template_id=wording,
        has_advert=True,
        started_at=instant(day),
        ended_at=instant(day),
        time_basis="stated_offset",
        recipient_count=1,
        message_count=1,
        variant_count=1,
        first_record_id="r-1",
        last_record_id="r-1",
    )


def shown_as(name: str) -> Edge:
    return Edge(
        kind=EdgeKind.ADVERT, key=f"{NAME_PREFIX}ex-W:{name}", role=Role.RECEIVED, other="t-1", extraction_id="ex-W",
        count=1, record_ids=("r-1",),
    )  # fmt: skip


def at_once(days: range) -> list[Flare]:
    """Return broadcasts that two numbers of a line send at once, and a phone shows under two names."""
    return [
        each
        for day in days
        for each in (
            came(day, "ex-C", FIRST, f"t-{day}"),
            came(day, "ex-D", SECOND, f"t-{day}"),
            came(day, "ex-W", "Bits", f"t-{day}"),
            came(day, "ex-W", "Shop", f"t-{day}"),
        )
    ]


def test_of_two_numbers_at_once_the_second_name_stands_for_the_one_that_the_first_does_not() -> None:
    alone = [each for day in (1, 2, 3) for each in (came(day, "ex-C", FIRST, "t-1"), came(day, "ex-W", "Bits", "t-1"))]
    senders = senders_of_names(DEVICES, [shown_as("Bits"), shown_as("Shop")], [], [*alone, *at_once(range(10, 14))])
    assert senders.at(("W", "Bits"), instant(12)) == FIRST
    assert senders.at(("W", "Shop"), instant(12)) == SECOND


def test_where_nothing_tells_the_two_names_apart_neither_has_a_number() -> None:
    senders = senders_of_names(DEVICES, [shown_as("Bits"), shown_as("Shop")], [], at_once(range(10, 14)))
    assert senders.at(("W", "Bits"), instant(12)) is None
    assert senders.at(("W", "Shop"), instant(12)) is None
