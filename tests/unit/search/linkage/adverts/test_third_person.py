"""What one person tells another of a line's number."""

from __future__ import annotations

from types import SimpleNamespace

import msgspec
import pytest

from search.contract import Edge, EdgeKind
from search.linkage.adverts.third_person import told_of_others
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import Role
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number, offer

OLD, NEW, FRIEND = number(1), number(2), number(3)
HIS = "{line}s phone got took his new one is {number}"


async def numbers_told(wording: str, *, by: str, phones: int = 1, before: int = 0) -> set[str]:
    """Return the numbers of Benny's line where such a text tells the new one, after some adverts of its sender."""
    customers = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    others = [Phone(f"B/{place}", 201 + place) for place in range(max(phones, 1))]
    campaign("Benny", OLD, customers, range(0, 20, 2))
    campaign("Benny", NEW, customers, range(21, 40, 2))
    told = msgspec.structs.replace(moved_to(NEW, "Benny"), template_id="t-told", template=wording)
    for phone in others:
        campaign("Benny", by, [phone], range(before), "{line} about")
        phone.text(by, 20.5, told, sent=False)
    found = await linked(*customers, *others)
    return {held.number for line in found.lines if line.name == "Benny" for held in line.numbers}


@pytest.mark.parametrize(
    "wording", [HIS, "if u want {line} its {number} now", "save {number} thats {line} since monday"]
)
async def test_what_one_tells_a_friend_of_another_gives_the_line_no_number_of_his(wording: str) -> None:
    assert FRIEND not in await numbers_told(wording, by=FRIEND)


@pytest.mark.parametrize(
    ("wording", "phones", "before"),
    [
        (HIS, 2, 0),
        (HIS, 1, 3),
        ("{line} new number is {number} this phone is dead", 1, 0),
    ],
    ids=["to several", "after adverts", "of itself"],
)
async def test_what_goes_to_many_or_is_said_of_oneself_stays_the_senders(
    wording: str, phones: int, before: int
) -> None:
    assert FRIEND in await numbers_told(wording, by=FRIEND, phones=phones, before=before)


async def test_a_runners_phone_that_told_a_friend_gets_no_number_of_the_line() -> None:
    """He wrote to the number of another line, too, what reads like an advert; his friend only writes with him."""
    customers = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Benny", OLD, customers, range(0, 20, 2))
    campaign("Benny", NEW, customers, range(21, 40, 2))
    runner, friend, other = Phone("B/0", 3), customers[0], Phone("B/1", 202)
    told = msgspec.structs.replace(moved_to(NEW, "Benny"), template_id="t-told", template=HIS)
    runner.text(number(101), 20.5, told, sent=True)
    friend.text(FRIEND, 20.5, told, sent=False)
    for day in (25.0, 29.0):
        runner.text(number(9), day, offer(None, "cold out here"), sent=True)
    other.text(FRIEND, 23, finding("u coming five a side"), sent=False)
    found = await linked(*customers, runner, other)
    assert all(held.number != FRIEND for line in found.lines for held in line.numbers)
    rows = {(row.device_id, row.relation) for line in found.lines for row in line.devices}
    assert not {held for held in rows if held[0] in (runner.device_id, other.device_id)} - {
        (phone.device_id, "mentions_line") for phone in (runner, other)
    }


@pytest.mark.parametrize(
    ("text", "phones", "is_told"),
    [
        (HIS, 1, True),
        ("if u want {line} its {number} now", 1, True),
        (HIS, 2, False),
        ("this is {line} this phone is dead new one is {number}", 1, False),
        ("if u want more its {number} now", 1, False),
        ("phone got took if u need food ring {number} new number {line}", 1, False),
        ("New number {number} {line} here if u want bits ring that", 1, False),
    ],
)
def test_it_is_said_of_another_and_to_one(text: str, phones: int, *, is_told: bool) -> None:
    edge = Edge(
        kind=EdgeKind.ADVERT,
        key=FRIEND,
        extraction_id="ex",
        role=Role.RECEIVED,
        other="t",
        label="Benny",
        count=1,
        first_at=None,
        last_at=None,
        record_ids=(),
    )
    adverts = tuple(Evidenced(edge, f"dv-{place}", FRIEND) for place in range(phones))
    held = SimpleNamespace(announcements=adverts[:1], sent_flares=(), adverts=adverts, template_texts={"t": text})
    assert told_of_others(held) == (frozenset({(FRIEND, "t")}) if is_told else frozenset())  # type: ignore[arg-type]
