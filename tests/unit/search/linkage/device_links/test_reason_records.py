from __future__ import annotations

import pytest

from parsers.records.facts import Message
from search.contract import EdgeKind
from search.linkage.linkage import compute_linkage
from search.linkage.model import Link, ReasonKind
from tests.fakes.index_loads import edge
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, link_between, linked, moved_to, number

LINE, NEXT = number(1), number(2)


def numbers_of(phones: list[Phone]) -> dict[str, tuple[str, set[str | None]]]:
    return {
        record.record_id: (phone.name, {party.e164 for party in (record.from_party, *record.to) if party is not None})
        for phone in phones
        for record, _ in phone.rows
        if isinstance(record, Message)
    }


def of_kind(link: Link | None, kind: ReasonKind) -> list[tuple[str, ...]]:
    assert link is not None
    return [reason.record_ids for reason in link.reasons if reason.kind is kind]


async def test_a_reason_of_one_number_counts_and_names_records_of_that_number_on_either_phone() -> None:
    a, b = phones = [Phone("A/1", 101), Phone("A/2", 102)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    for phone in phones:
        phone.text(LINE, 20, moved_to(NEXT, "Rico"), sent=False)
    campaign("Rico", NEXT, [a], range(21, 27, 2))
    campaign("Rico", NEXT, [b], range(21, 61, 2))
    link = link_between(await linked(a, b), a, b)
    assert link is not None
    (reason,) = [reason for reason in link.reasons if reason.kind is ReasonKind.SAME_NUMBER]
    held = numbers_of(phones)
    assert {held[record][0] for record in reason.record_ids} == {"A/1", "A/2"}
    assert all(reason.value in held[record][1] for record in reason.record_ids)
    texts = [[reason.value in named for name, named in held.values() if name == phone.name] for phone in phones]
    assert (reason.a_count, reason.b_count) == tuple(map(sum, texts))


@pytest.mark.parametrize("times", [(9, 2, 7), (2, 9, 7), (9, 7, 2)])
async def test_of_wordings_on_as_many_phones_the_rarest_is_in_the_fewest_messages(times: tuple[int, int, int]) -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102)]
    for place, words in enumerate(("both", "all day", "best")):
        days = range(place * 20, place * 20 + times[place])
        campaign("Rico", LINE, phones, days, f"{{line}} on {words}")
    link = link_between(await linked(*phones), *phones)
    assert link is not None
    (reason,) = [reason for reason in link.reasons if reason.kind is ReasonKind.SAME_TEMPLATE]
    assert (reason.a_count, reason.b_count) == (2, 2)
    assert "the rarest is in 2 messages on A/1" in reason.sentence


async def test_each_reason_names_a_few_records_of_both_phones() -> None:
    a, b = phones = [Phone("A/1", 101), Phone("A/2", 102)]
    campaign("Rico", LINE, phones, range(0, 40, 2))
    for phone in phones:
        phone.text(number(400), 3, finding("see you"), sent=True)
    phones += [Phone(f"N/{place}", 300 + place) for place in range(8)]
    linkage = await linked(*phones)
    link = link_between(linkage, a, b)
    assert link is not None
    held = numbers_of(phones)
    kinds = {reason.kind for reason in link.reasons}
    assert kinds >= {ReasonKind.SAME_NUMBER, ReasonKind.SAME_LINE, ReasonKind.SAME_TEMPLATE, ReasonKind.SAME_NICKNAME}
    assert ReasonKind.SHARED_CONTACTS in kinds
    for reason in link.reasons:
        assert 0 < len(reason.record_ids) <= 4
        if reason.kind is not ReasonKind.SAME_LINE:
            assert {held[record][0] for record in reason.record_ids} == {"A/1", "A/2"}


async def test_one_sim_on_two_phones_names_the_record_of_it_on_each() -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102)]
    campaign("Rico", LINE, phones, range(6))
    index = MemoryIndex()
    for phone in phones:
        phone.iccid = ("8944100030000000017",)
    bare = link_between(await linked(*phones), *phones)
    assert of_kind(bare, ReasonKind.SAME_SIM) == [()]
    assert bare is not None
    (sim,) = [reason.value for reason in bare.reasons if reason.kind is ReasonKind.SAME_SIM]
    for phone in phones:
        found = phone.collected()
        stated = edge(EdgeKind.SIM, sim, phone.extraction_id, role="carried", record_ids=(f"r-{phone.name}",))
        await index.put_entries([phone.entry()])
        await index.put_edges(phone.extraction_id, [*found.edges, stated], found.flares, found.templates)
    link = link_between(await compute_linkage(index), *phones)
    assert of_kind(link, ReasonKind.SAME_SIM) == [("r-A/1", "r-A/2")]
