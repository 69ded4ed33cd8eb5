"""A handset that changed its number, and does not state either: what it sent is cited and told of the right one."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from nlp.changes.further_numbers import RULE_BESIDE
from parsers.records.facts import Message
from parsers.records.findings import Span, SpanKind, TextFinding
from search.linkage.decisions import Verdict
from search.linkage.linkage import compute_linkage
from search.linkage.model import ReasonKind, TermKind
from search.reports.build import build_report, report_bytes
from tests.fakes.phones import Phone, finding, index_of, link_between, linked, moved_to, number, offer
from tests.unit.search.linkage.test_decisions import about_line
from tests.unit.search.reports.recorded import recorded

FIRST, NEXT, FURTHER = number(1), number(2), number(3)
CUSTOMERS = 14
OTHERS = [number(300 + place) for place in range(10)]


def gives(*numbers: str) -> TextFinding:
    said = finding(f"Rico two phones now {' or '.join(numbers)}")
    spans = tuple(Span(SpanKind.NUMBER, 0, 0, written, written, "test") for written in numbers)
    return msgspec.structs.replace(said, spans=spans, rules=(RULE_BESIDE,), advert_score=0.4)


def to_all(sender: Phone, sending: str, customers: list[Phone], day: float, said: TextFinding) -> None:
    for place, phone in enumerate(customers):
        sender.text(phone.own, day + place * 1e-4, said, sent=True)
        phone.text(sending, day + place * 1e-4 + 3e-5, said, sent=False)
    for place, other in enumerate(OTHERS):
        sender.text(other, day + (len(customers) + place) * 1e-4, said, sent=True)


def phones() -> tuple[Phone, Phone, list[Phone]]:
    """Return the handset that changed its number, one of the number that it gave besides, and customers."""
    handset, second = Phone("T/1", None), Phone("T/2", 3)
    customers = [Phone(f"A/{place}", 100 + place) for place in range(CUSTOMERS)]
    for day in (0, 4, 8, 12):
        to_all(handset, FIRST, customers, day, offer("Rico"))
    to_all(handset, FIRST, customers, 14, moved_to(NEXT, "Rico"))
    for day in (16, 20, 24, 28, 32):
        to_all(handset, NEXT, customers, day, offer("Rico"))
    to_all(handset, NEXT, customers, 26, gives(NEXT, FURTHER))
    for day in (27, 29, 31):
        to_all(second, FURTHER, customers, day + 0.5, offer("Rico"))
    customers[0].text(NEXT, 21, finding("u about"), sent=True)
    customers[0].text(NEXT, 21.01, finding("yh come"), sent=False)
    return handset, second, customers


@pytest.fixture(name="report")
async def made_report() -> dict[str, Any]:
    handset, second, customers = phones()
    index = await recorded([handset, second, *customers])
    made = await build_report(index, software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
    return dict(json.loads(report_bytes(made)))


def test_what_a_handset_sent_after_it_changed_its_number_is_not_told_of_the_old_one(report: dict[str, Any]) -> None:
    (line,) = report["lines"]
    said = {
        held["number"]: [(each["said_by"], each["sender"], each["message_count"]) for each in held["announcements"]]
        for held in line["numbers"]
    }
    assert said == {
        FIRST: [],
        NEXT: [("old", FIRST, 2 * CUSTOMERS + len(OTHERS))],
        FURTHER: [("unclear", NEXT, 2 * CUSTOMERS + len(OTHERS))],
    }
    (further,) = (held for held in line["numbers"] if held["number"] == FURTHER)
    assert any(f"by the word of {NEXT}" in each and "(38 messages on T/1" in each for each in further["basis"])


async def test_records_of_a_number_are_of_its_own_time_and_adverts_are_counted_alone() -> None:
    handset, second, customers = phones()
    linkage = await linked(handset, second, *customers)
    at = {
        record.record_id: record.time.utc or ""
        for phone in (handset, second, *customers)
        for record, _ in phone.rows
        if isinstance(record, Message)
    }
    changed = "2024-01-16"
    (line,) = linkage.lines
    for row in line.devices:
        for share in row.shares:
            for record_id in share.record_ids:
                assert (at[record_id] < changed) == (share.number == FIRST), (row.device_id, share.number)
    link = link_between(linkage, handset, customers[0])
    assert link is not None
    (reason,) = (reason for reason in link.reasons if reason.kind is ReasonKind.SAME_NUMBER)
    assert reason.value == NEXT
    # five broadcasts of adverts and the text that gave the other number; not what the two wrote to each other
    assert reason.a_count <= 6
    assert all(at[record_id] >= changed for record_id in reason.record_ids)


async def test_the_link_of_two_phones_says_first_what_the_number_of_one_said_of_the_others() -> None:
    handset, second, customers = phones()
    link = link_between(await linked(handset, second, *customers), handset, second)
    assert link is not None
    (sentence, *_) = (reason.sentence for reason in link.reasons if "tied to different numbers" in reason.sentence)
    assert sentence.partition(": ")[2].startswith(f"{NEXT} and {FURTHER} are in use beside each other by the word of")
    held = {record.record_id for record, said in handset.rows if said is not None and RULE_BESIDE in said.rules}
    assert not held.isdisjoint(next(r for r in link.reasons if r.sentence == sentence).record_ids)


async def test_after_a_split_who_wrote_to_one_number_speaks_for_that_one_alone() -> None:
    handset, second, customers = phones()
    for customer in customers[:3]:
        handset.text(customer.own, 21, finding("u about for 3"), sent=False)
    decision = about_line(Verdict.SPLIT, FIRST, NEXT)
    held = await index_of([handset, second, *customers])
    linkage = await compute_linkage(held, decisions=[decision])
    said = {
        line.numbers[0].number: [
            term.sentence for term in line.evidence if term.kind in (TermKind.ANSWERS, TermKind.ORDERS)
        ]
        for line in linkage.lines
        if FIRST in (number.number for number in line.numbers) or NEXT in (number.number for number in line.numbers)
    }
    assert len(said) == 2
    assert not any("wrote" in each or "text or call" in each for each in said[FIRST])
    assert any("Of 3 recipients" in each for each in said[NEXT])
