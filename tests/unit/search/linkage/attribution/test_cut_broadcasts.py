"""A broadcast of one handset that was delivered twice is one, to each person once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
import pytest

from parsers.records.facts import Account
from parsers.records.values import NumberRef
from search.linkage.attribution import cut_broadcasts
from search.linkage.extraction.edges import EdgeCollector
from search.linkage.instants import to_seconds
from search.linkage.linkage import compute_linkage
from search.linkage.model import Linkage
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, finding, instant, number, offer

SECOND = 1 / 86_400
MINUTE = 60 * SECOND
PEOPLE = tuple(number(100 + place) for place in range(30))
HANDSET = "dv-A/1"


def delivery(
    name: str, people: Sequence[str], *, since: float = 0, step: float = MINUTE / 2, own: int | None = 1
) -> Phone:
    """Return a delivery of the handset that shows an advert to people, one after the other."""
    phone = Phone(name, own)
    phone.device_id = HANDSET
    for place, person in enumerate(people):
        phone.text(person, since + place * step, offer("Rico"), sent=True)
    return phone


async def delivered(*deliveries: tuple[Phone, Collection[int]]) -> Linkage:
    """Return what linkage states over deliveries, each with the rows that count in another one."""
    index = MemoryIndex()
    for phone, elsewhere in deliveries:
        own = [phone.own] if phone.own else []
        collector = EdgeCollector(phone.extraction_id, own, skip=elsewhere.__contains__)
        for ordinal, (record, said) in enumerate(phone.rows):
            collector.add(ordinal, record, said)
        found = collector.collected()
        assert {ordinal for ordinal in elsewhere if found.flare_of[ordinal] >= 0} == set()
        await index.put_entries([phone.entry()])
        await index.put_edges(phone.extraction_id, found.edges, found.flares, found.templates)
    return await compute_linkage(index)


def counted(linkage: Linkage) -> list[tuple[int, int]]:
    """Return recipients and messages of each broadcast that went out."""
    sent = [placed.flare for placed in linkage.flares if placed.flare.direction == "sent"]
    return [(flare.recipient_count, flare.message_count) for flare in sent]


@pytest.mark.parametrize("own", [1, None])
async def test_one_that_is_cut_at_the_border_of_two_deliveries_is_one(own: int | None) -> None:
    earlier = delivery("A/1", PEOPLE[:14])
    later = delivery("A/1b", PEOPLE[14:], since=7 * MINUTE, own=own)
    linkage = await delivered((earlier, ()), (later, ()))
    assert counted(linkage) == [(30, 30)]
    assert [left.device_id for left in linkage.flares_left_out] == [HANDSET]


async def test_who_got_it_again_behind_the_border_counts_once() -> None:
    earlier = delivery("A/1", PEOPLE[:14])
    later = delivery("A/1b", (*PEOPLE[12:], PEOPLE[0]), since=7 * MINUTE)
    assert counted(await delivered((earlier, ()), (later, ()))) == [(30, 33)]


async def test_the_delivery_that_shows_it_whole_says_to_how_many_it_went() -> None:
    whole, part = delivery("A/1", PEOPLE[:18]), delivery("A/1b", PEOPLE[:15])
    assert counted(await delivered((whole, range(15)), (part, ()))) == [(18, 18)]


async def test_so_it_does_where_each_holds_some_alone() -> None:
    one = delivery("A/1", PEOPLE[:24])
    other = delivery("A/1b", PEOPLE[10:], since=5 * MINUTE)
    assert counted(await delivered((one, ()), (other, range(14)))) == [(30, 30)]


@pytest.mark.parametrize("weeks", [(0,), (-2, -1, 0, 1, 2)])
async def test_so_it_does_where_each_lacks_other_threads(weeks: tuple[int, ...]) -> None:
    one, other = delivery("A/1", ()), delivery("A/1b", ())
    elsewhere: list[int] = []
    for week in weeks:
        for place, person in enumerate(PEOPLE):
            at = 7 * week + place * MINUTE / 2
            if place % 5 != 0:
                one.text(person, at, offer("Rico"), sent=True)
            if place % 5 != 1:
                elsewhere += [len(other.rows)] if place % 5 != 0 else []
                other.text(person, at, offer("Rico"), sent=True)
    assert counted(await delivered((one, ()), (other, elsewhere))) == [(30, 30)] * len(weeks)


async def test_who_got_it_twice_from_each_counts_once() -> None:
    one, other = delivery("A/1", PEOPLE[:20]), delivery("A/1b", PEOPLE[:20])
    for person in PEOPLE[:3]:
        other.text(person, 11 * MINUTE, offer("Rico"), sent=True)
    assert counted(await delivered((one, ()), (other, range(20)))) == [(20, 23)]


async def test_rounds_that_one_delivery_shows_alone_add_nobody() -> None:
    one, other = delivery("A/1", PEOPLE), delivery("A/1b", PEOPLE)
    for round_ in (1, 2):
        for place, person in enumerate(PEOPLE[:15]):
            other.text(person, (16 * round_ + place / 2) * MINUTE, offer("Rico"), sent=True)
    assert counted(await delivered((one, ()), (other, range(30)))) == [(30, 60)]


async def test_what_counts_elsewhere_whole_is_no_broadcast_of_its_own() -> None:
    one, again = delivery("A/1", PEOPLE), delivery("A/1b", PEOPLE)
    linkage = await delivered((one, ()), (again, range(len(PEOPLE))))
    assert (counted(linkage), linkage.flares_left_out) == ([(30, 30)], ())


async def test_a_pause_and_another_wording_are_another_broadcast() -> None:
    earlier = delivery("A/1", PEOPLE)
    later = delivery("A/1b", PEOPLE, since=31 * MINUTE)
    for place, person in enumerate(PEOPLE):
        later.text(person, place * MINUTE / 2, finding("cars washed, come by", advert=True), sent=True)
    assert counted(await delivered((earlier, ()), (later, ()))) == [(30, 30)] * 3


async def test_so_is_that_of_another_handset() -> None:
    one, other = delivery("A/1", PEOPLE), delivery("A/2", PEOPLE)
    other.device_id = "dv-A/2"
    assert len(counted(await delivered((one, ()), (other, ())))) == 2


async def test_and_that_of_another_number_of_it() -> None:
    one, other = delivery("A/1", PEOPLE), delivery("A/1b", PEOPLE, own=2)
    for phone, own in ((one, 1), (other, 2)):
        phone.text(PEOPLE[0], 1, offer("Rico"), sent=True)
        phone.own = number(own)
    assert len(counted(await delivered((one, ()), (other, ())))) == 2


class _Counted(float):
    """Seconds that note how often one is taken from another."""

    times = 0

    def __sub__(self, other: float) -> float:
        _Counted.times += 1
        return super().__sub__(other)


@pytest.mark.parametrize("minutes", [20, 10])
def test_each_flare_is_compared_with_what_still_goes_on_alone(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    collected = [delivery(name, PEOPLE).collected().flares[0] for name in ("A/1", "A/1b")]
    flares = [
        msgspec.structs.replace(collected[place % 2], flare_id=f"f{place:03}", started_at=at, ended_at=at)
        for place in range(200)
        for at in [instant(place * minutes * MINUTE)]
    ]
    monkeypatch.setattr(_Counted, "times", 0)
    monkeypatch.setattr(cut_broadcasts, "to_seconds", lambda at: _Counted(to_seconds(at)))
    whole, _ = cut_broadcasts.joined_broadcasts(flares, [], {flare.extraction_id: HANDSET for flare in collected})
    assert (len(whole), _Counted.times <= 2 * len(flares)) == (200 if minutes > 15 else 1, True)


@pytest.mark.parametrize(("stated", "broadcasts"), [(number(1), [(14, 17)]), (number(2), [(14, 3), (14, 14)])])
async def test_by_account_and_by_number_it_is_one_where_the_export_states_the_owners_number(
    stated: str, broadcasts: list[tuple[int, int]]
) -> None:
    """Telegram's export shows accounts, a table of the same chats numbers; three rows were not told to be the same."""
    table, export = delivery("A/1", PEOPLE[:14]), Phone("A/1b", None)
    export.device_id, export.own = HANDSET, "user5133302553"
    for place in range(14):
        export.text(f"user51333000{place:02}", place * MINUTE / 2, offer("Rico"), sent=True, service="telegram")
    own = Account(
        source=export.rows[0][0].source,
        record_id="r-own",
        extraction_id=export.extraction_id,
        service="telegram",
        handles=(export.own,),
        numbers=(NumberRef(stated, stated),),
    )
    export.rows.append((own, None))
    assert sorted(counted(await delivered((table, ()), (export, range(11))))) == broadcasts
