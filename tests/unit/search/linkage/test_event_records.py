from __future__ import annotations

import msgspec
import pytest

from search.contract import EdgeKind
from search.linkage.linkage import compute_linkage
from tests.fakes.index_loads import edge, entry
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, finding, instant, linked, number

ICCID = "8944100030000000017"


async def test_a_sim_in_two_handsets_points_at_the_records_that_state_it() -> None:
    index = MemoryIndex()
    for name in ("a", "b"):
        await index.put_entries([entry(f"ex-{name}", device_id=f"dv-{name}", iccid=(ICCID,))])
    (event,) = (await compute_linkage(index)).events
    assert event.record_ids == ()
    for name in ("a", "b"):
        stated = edge(EdgeKind.SIM, event.value, f"ex-{name}", role="carried", record_ids=(f"r-{name}",))
        await index.put_edges(f"ex-{name}", [stated], [], [])
    (event,) = (await compute_linkage(index)).events
    assert event.kind == "sim_in_another_handset"
    assert event.record_ids == ("r-a", "r-b")


@pytest.mark.parametrize(
    ("second_from", "at"), [(5, None), (21, instant(21))], ids=["in use beside each other", "one after the other"]
)
async def test_when_a_sim_changed_its_handset_is_told_only_where_the_messages_show_it(
    second_from: int, at: str | None
) -> None:
    """A boy's own phone has a line's card for a day: that it was in use before says nothing of that day."""
    held = [Phone("HW/1", 1), Phone("HW/2", 2)]
    for phone, begun in zip(held, (0, second_from), strict=True):
        phone.iccid = (ICCID,)
        for day in range(begun, begun + 20):
            phone.text(number(300), day, finding("see you at six"), sent=True)
    (event,) = (await linked(*held)).events
    assert event.at == at


async def test_a_handset_that_was_read_again_points_at_what_each_reading_states_of_it() -> None:
    index = MemoryIndex()
    for name, newer in (("a", "ex-b"), ("b", None)):
        await index.put_entries([entry(f"ex-{name}", device_id="dv-1", superseded_by=newer)])
        stated = edge(EdgeKind.HANDSET, "35694300000001", f"ex-{name}", role="carried", record_ids=(f"r-{name}",))
        await index.put_edges(f"ex-{name}", [stated], [], [])
    (event,) = (await compute_linkage(index)).events
    assert event.kind == "extracted_again"
    assert event.sentence.endswith(
        " was read in 2 extractions: 1 of them gave way to another reading that covers it, and is kept."
    )
    assert event.record_ids == ("r-a", "r-b")


async def test_a_number_with_two_sims_points_at_the_sims_that_state_it_and_at_no_text() -> None:
    index, own = MemoryIndex(), "+447700900001"
    for place, name in enumerate(("a", "b", "c")):
        iccid = f"894410003000000{place}017"
        await index.put_entries([entry(f"ex-{name}", device_id=f"dv-{name}", iccid=(iccid,), msisdn=(own,))])
        stated = [
            edge(EdgeKind.SIM, iccid, f"ex-{name}", role="carried", record_ids=(f"r-{name}",)),
            edge(EdgeKind.OWN_NUMBER, own, f"ex-{name}", role="stated", count=0, record_ids=()),
        ]
        sent = tuple(f"r-sent-{count}" for count in range(5))
        texts = [edge(EdgeKind.OWN_NUMBER, own, f"ex-{name}", role="sent", record_ids=sent)] if place == 0 else []
        await index.put_edges(f"ex-{name}", [*stated, *texts], [], [])
    (event,) = (await compute_linkage(index)).events
    assert event.kind == "number_on_another_sim"
    assert event.record_ids == ("r-a", "r-b", "r-c")


@pytest.mark.parametrize(
    ("whose", "said"),
    [
        ({}, ""),
        ({"is_number_of_submitter": False}, ""),
        ({"is_number_of_submitter": True}, " Of b the submitter alone says so: nothing that was read of it states"),
        ({"is_number_corrected": True}, " Of b a person said so who corrected it: nothing that was read of it states"),
    ],
    ids=["its file", "its file and its submitter", "its submitter", "a correction"],
)
async def test_a_number_by_a_persons_word_alone_is_said_to_be_that_and_has_no_record(
    whose: dict[str, bool], said: str
) -> None:
    """The label of a bag was misread: two handsets have one number with two SIMs, and the file of one states it."""
    index, own = MemoryIndex(), "+447700900001"
    for place, (name, by) in enumerate({"a": {}, "b": whose}.items()):
        iccid = f"894410003000000{place}017"
        held = entry(f"ex-{name}", device_id=f"dv-{name}", exhibit_ref=name, case_ref=None, iccid=(iccid,))
        await index.put_entries([msgspec.structs.replace(held, msisdn=(own,), **by)])
        role = "owner" if by else "stated"
        stated = [
            edge(EdgeKind.SIM, iccid, f"ex-{name}", role="carried", record_ids=(f"r-{name}",)),
            edge(EdgeKind.OWN_NUMBER, own, f"ex-{name}", role=role, count=0, record_ids=()),
        ]
        await index.put_edges(f"ex-{name}", stated, [], [])
    (event,) = (await compute_linkage(index)).events
    assert event.sentence.startswith(f"{own} is stated as the own number with 2 different SIMs, on a, b.{said}")
    assert event.sentence.count(".") == (2 if said else 1)
    assert event.record_ids == (("r-a",) if said else ("r-a", "r-b"))
