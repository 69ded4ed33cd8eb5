"""What people decide overrides what linkage finds, lasts over new drops, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from search.linkage.deal_lines.decided import NOT_FOUND
from search.linkage.decisions import (
    Decision,
    DecisionState,
    LineKey,
    PhoneKey,
    Revocation,
    SenderKey,
    Verdict,
    sender_key,
)
from search.linkage.linkage import compute_linkage
from search.linkage.model import Linkage, TermKind
from tests.fakes.phones import (
    Phone,
    campaign,
    finding,
    index_of,
    instant,
    link_between,
    members,
    moved_to,
    number,
    offer,
)

A, B, C = number(1), number(2), number(3)
OFFERS = ("{line} on both 3 for 25", "{line} back with the best ")


def about_line(verdict: Verdict, *senders: str, day: int = 1, at: tuple[float, float] | None = None) -> Decision:
    period = (None, None) if at is None else (instant(at[0]), instant(at[1]))
    keys = [SenderKey(sender=sender, first_at=period[0], last_at=period[1]) for sender in senders]
    lines = (
        tuple(LineKey(senders=(key,), label=key.sender) for key in keys)
        if verdict in {Verdict.MERGE, Verdict.SPLIT}
        else (LineKey(senders=tuple(keys), label="Rico"),)
    )
    return Decision(
        decision_id=f"dc-{verdict}-{day}", verdict=verdict, lines=lines, note="as briefed",
        decided_at=f"2024-06-{day:02d}T00:00:00.000Z", decided_by="dc 1234",
    )  # fmt: skip


def about_link(verdict: Verdict, a: Phone, b: Phone, day: int = 1) -> Decision:
    phones = tuple(PhoneKey(extraction_ids=(phone.extraction_id,), label=phone.name) for phone in (a, b))
    return Decision(
        decision_id=f"dc-{verdict}-{day}", verdict=verdict, phones=phones, note="seen together",
        decided_at=f"2024-06-{day:02d}T00:00:00.000Z", decided_by="dc 1234",
    )  # fmt: skip


async def decided(phones: list[Phone], *decisions: Decision) -> Linkage:
    return await compute_linkage(await index_of(phones), decisions=decisions)


def states(linkage: Linkage) -> list[DecisionState]:
    return [outcome.state for outcome in linkage.decisions]


def run_line(name: str, sender: str, phones: Sequence[Phone], days: Sequence[float], wording: str = OFFERS[0]) -> None:
    """Let phones get the line's adverts in two wordings, and order from it."""
    campaign(name, sender, phones, days, wording)
    campaign(name, sender, phones, [day + 0.2 for day in days], OFFERS[1] + wording)
    for phone in phones:
        phone.text(sender, days[0] + 0.4, finding("can i get 2 and 1"), sent=True)


def two_lines() -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(6)]
    run_line("Rico", A, phones[:3], range(6))
    run_line("Benny", B, phones[3:], range(6), "{line} live and direct best of both")
    return phones


async def test_a_rejected_line_is_no_line_and_links_nobody() -> None:
    phones = two_lines()
    assert {line.name for line in (await decided(phones)).lines} == {"Rico", "Benny"}
    linkage = await decided(phones, about_line(Verdict.REJECT, A))
    assert [line.name for line in linkage.lines] == ["Benny"]
    assert link_between(linkage, phones[0], phones[1]) is None
    (rejected,) = linkage.rejected_lines
    assert (rejected.numbers, rejected.decision.note) == ((A,), "as briefed")
    assert all(flare.line_id is None for flare in linkage.flares if flare.flare.sender == A)
    assert states(linkage) == [DecisionState.HOLDS]


async def test_a_confirmed_line_says_so_and_one_below_the_limit_becomes_one() -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102)]
    phones[0].text(A, 1, moved_to(B, "Rico"), sent=False)
    assert (await decided(phones)).lines == ()
    (line,) = (await decided(phones, about_line(Verdict.CONFIRM, A))).lines
    assert line.decision is not None
    assert line.decision.note == "as briefed"


async def test_merged_lines_are_one_and_their_phones_are_linked() -> None:
    phones = two_lines()
    linkage = await decided(phones, about_line(Verdict.MERGE, A, B))
    (line,) = linkage.lines
    assert {held.number for held in line.numbers} == {A, B}
    assert members(line) == {phone.name for phone in phones}
    assert any("A person took" in sentence for held in line.numbers for sentence in held.basis)
    link = link_between(linkage, phones[0], phones[5])
    assert link is not None
    assert link.band == "strong"
    assert any("as briefed" in reason.sentence for reason in link.reasons)


async def test_merging_lines_loses_no_number_of_either_though_they_were_in_use_at_once() -> None:
    phones = two_lines()
    run_line("Rico", C, phones[:3], range(3, 12))
    phones[0].text(A, 2.5, moved_to(C, "Rico"), sent=False)
    assert len((await decided(phones)).lines) == 2
    keys = tuple(
        LineKey(senders=tuple(SenderKey(sender=sender) for sender in senders), label=senders[0])
        for senders in ((A, C), (B,))
    )
    merge = msgspec.structs.replace(about_line(Verdict.MERGE, A, B), lines=keys)
    (line,) = (await decided(phones, merge)).lines
    assert {held.number for held in line.numbers} == {A, B, C}


async def test_split_numbers_are_two_lines_and_it_is_said() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    run_line("Rico", A, phones, range(6))
    phones[0].text(A, 6, moved_to(B, "Rico"), sent=False)
    run_line("Rico", B, phones, range(7, 12))
    assert len((await decided(phones)).lines) == 1
    linkage = await decided(phones, about_line(Verdict.SPLIT, A, B))
    assert [
        [held.number for held in line.numbers] for line in sorted(linkage.lines, key=lambda v: v.numbers[0].number)
    ] == [[A], [B]]
    assert all(any("keeps" in sentence for sentence in line.conflicts) for line in linkage.lines)


async def one_line_of_two_numbers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(6)]
    phones[0].text(A, 6, moved_to(B, "Rico"), sent=False)
    run_line("Rico", A, phones[:3], range(6))
    run_line("Rico", B, phones[3:], range(7, 12))
    assert [[held.number for held in line.numbers] for line in (await decided(phones)).lines] == [[A, B]]
    return phones


@pytest.mark.parametrize("verdict", [Verdict.CONFIRM, Verdict.REJECT])
async def test_of_a_line_that_is_split_later_the_half_is_confirmed_or_rejected_that_was_named(verdict: Verdict) -> None:
    phones = await one_line_of_two_numbers()
    said = about_line(verdict, A, B)
    named = msgspec.structs.replace(said, lines=(msgspec.structs.replace(said.lines[0], named=A),))
    linkage = await decided(phones, named, about_line(Verdict.SPLIT, A, B, day=2))
    decisions = {tuple(held.number for held in line.numbers): line.decision for line in linkage.lines}
    decisions |= {line.numbers: line.decision for line in linkage.rejected_lines}
    assert {numbers: decision is not None for numbers, decision in decisions.items()} == {(A,): True, (B,): False}
    first, second = linkage.decisions
    assert (first.state, len(first.line_ids)) == (DecisionState.HOLDS, 1)
    assert len(second.line_ids) == 2


async def test_a_confirmed_line_that_was_not_named_by_a_number_says_what_it_was_taken_to_have() -> None:
    phones = await one_line_of_two_numbers()
    linkage = await decided(phones, about_line(Verdict.CONFIRM, A, B), about_line(Verdict.SPLIT, A, B, day=2))
    for line, other in zip(sorted(linkage.lines, key=lambda line: line.numbers[0].number), (B, A), strict=True):
        (sentence,) = (term.sentence for term in line.evidence if "confirmed" in term.sentence)
        assert sentence.endswith(f"The line was then taken to have {other} too.")


async def test_a_split_holds_against_a_third_number_that_joins_both() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    for start, held in ((0, A), (7, B), (14, C)):
        run_line("Rico", held, phones, range(start, start + 6))
    for day, old, new in ((6, A, B), (13, B, C)):
        phones[0].text(old, day, moved_to(new, "Rico"), sent=False)
    linkage = await decided(phones, about_line(Verdict.SPLIT, A, C))
    assert not any({A, C} <= {held.number for held in line.numbers} for line in linkage.lines)
    assert {held.number for line in linkage.lines for held in line.numbers} == {A, B, C}


async def test_a_later_decision_replaces_an_earlier_one_and_taking_it_back_lets_that_hold_again() -> None:
    phones = two_lines()
    merge, split = about_line(Verdict.MERGE, A, B, day=1), about_line(Verdict.SPLIT, A, B, day=2)
    linkage = await decided(phones, merge, split)
    assert (len(linkage.lines), states(linkage)) == (2, [DecisionState.REPLACED, DecisionState.HOLDS])
    revoked = Revocation(revoked_at="2024-06-03T00:00:00.000Z", revoked_by="dc 1234", note="misread")
    back = msgspec.structs.replace(split, revoked=revoked)
    linkage = await decided(phones, merge, back)
    assert (len(linkage.lines), states(linkage)) == (1, [DecisionState.HOLDS, DecisionState.REVOKED])
    assert linkage.decisions[1].sentence == "Taken back on 2024-06-03 by dc 1234: misread"


async def test_a_merge_of_what_is_one_line_joins_nothing_and_replaces_nothing() -> None:
    phones = two_lines()
    whole = about_line(Verdict.MERGE, number(1), number(2))
    key = LineKey(senders=tuple(each for line in whole.lines for each in line.senders), label="Rico")
    again = msgspec.structs.replace(about_line(Verdict.MERGE, number(1), number(2), day=2), lines=(key, key))
    linkage = await decided(phones, whole, again)
    assert states(linkage) == [DecisionState.HOLDS, DecisionState.NO_LONGER_FITS]
    assert len(linkage.lines) == 1


async def test_a_line_confirmed_after_it_was_rejected_is_one() -> None:
    linkage = await decided(two_lines(), about_line(Verdict.REJECT, A, day=1), about_line(Verdict.CONFIRM, A, day=2))
    assert len(linkage.lines) == 2
    assert states(linkage) == [DecisionState.REPLACED, DecisionState.HOLDS]


async def test_a_rejected_link_is_listed_as_rejected_and_its_neighbours_stay() -> None:
    phones = two_lines()
    linkage = await decided(phones, about_link(Verdict.REJECT, phones[1], phones[0]))
    assert link_between(linkage, phones[0], phones[1]) is None
    assert link_between(linkage, phones[0], phones[2]) is not None
    (rejected,) = linkage.rejected_links
    assert rejected.decision is not None
    assert (rejected.a_device_id, rejected.b_device_id) == (phones[0].device_id, phones[1].device_id)


async def test_a_rejected_link_that_is_not_found_says_so() -> None:
    phones = two_lines()
    linkage = await decided(phones, about_link(Verdict.REJECT, phones[0], phones[1]),
                            about_link(Verdict.REJECT, phones[0], phones[5], day=2))  # fmt: skip
    assert [outcome.sentence for outcome in linkage.decisions] == ["", NOT_FOUND]
    assert states(linkage) == [DecisionState.HOLDS, DecisionState.HOLDS]


async def test_a_confirmed_link_is_strong_with_the_estimate_beside_it_even_where_nothing_was_found() -> None:
    phones = two_lines()
    linkage = await decided(phones, about_link(Verdict.CONFIRM, phones[0], phones[1]),
                            about_link(Verdict.CONFIRM, phones[0], phones[5], day=2))  # fmt: skip
    known, unknown = (link_between(linkage, phones[0], other) for other in (phones[1], phones[5]))
    assert known is not None
    assert unknown is not None
    assert (known.score, known.band, known.estimate is not None) == (1.0, "strong", True)
    assert (unknown.score, unknown.band, unknown.estimate) == (1.0, "strong", None)
    assert "A person confirmed" in unknown.reasons[0].sentence
    assert (known.is_by_decision, unknown.is_by_decision) == (False, True), "a person's word is no evidence"
    (rejected,) = (await decided(phones, about_link(Verdict.REJECT, phones[0], phones[1]))).rejected_links
    assert not rejected.is_by_decision


async def test_a_decision_on_a_link_outlives_another_device_id_and_says_when_it_fits_no_longer() -> None:
    phones = two_lines()
    decision = about_link(Verdict.REJECT, phones[0], phones[1])
    phones[0].device_id = "dv-another"
    (rejected,) = (await decided(phones, decision)).rejected_links
    assert {rejected.a_device_id, rejected.b_device_id} == {"dv-another", phones[1].device_id}
    linkage = await decided(phones[2:], decision)
    assert states(linkage) == [DecisionState.NO_LONGER_FITS]


async def test_a_decision_on_a_line_applies_after_new_drops_and_not_to_a_later_use_of_the_number() -> None:
    phones = two_lines()
    more = [Phone(f"B/{place}", 120 + place) for place in range(3)]
    run_line("Rico", A, more, range(5, 20))
    others = [Phone(f"C/{place}", 140 + place) for place in range(3)]
    run_line("Zed", A, others, range(300, 306), "{line} fresh in town call now")
    linkage = await decided([*phones, *more, *others], about_line(Verdict.REJECT, A, at=(0, 5)))
    assert {line.name for line in linkage.lines} == {"Benny", "Zed"}
    assert len(linkage.rejected_lines) == 1


@pytest.mark.parametrize("verdict", [Verdict.MERGE, Verdict.SPLIT, Verdict.REJECT])
async def test_a_decision_about_what_is_not_held_changes_nothing(verdict: Verdict) -> None:
    phones = two_lines()
    linkage = await decided(phones, about_line(verdict, number(8), number(9)))
    assert states(linkage) == [DecisionState.NO_LONGER_FITS]
    assert linkage.lines == (await decided(phones)).lines


async def test_decisions_give_the_same_in_any_order_of_drops() -> None:
    decisions = (about_line(Verdict.MERGE, A, B), about_line(Verdict.CONFIRM, A, day=2))
    phones = two_lines()
    assert await decided(phones, *decisions) == await decided(phones[::-1], *decisions)


async def test_a_line_that_a_phone_shows_by_a_saved_name_alone_is_decided_on_by_that_phone() -> None:
    phone = Phone("A/1", 101)
    for day in range(6):
        phone.text(None, day, offer("Rico"), sent=False, name="Rico L")
        phone.text(None, day, offer("Rico", OFFERS[1]), sent=False, name="Rico L")
        phone.text(None, day, finding("can i get 2"), sent=True, name="Rico L")
    (line,) = (await decided([phone])).lines
    keys = tuple(sender_key(*sender, {phone.device_id: (phone.extraction_id,)}) for sender in line.senders)
    assert [(key.sender, key.extraction_ids) for key in keys] == [("name:", (phone.extraction_id,))]
    phone.device_id = "dv-another"
    decision = msgspec.structs.replace(about_line(Verdict.REJECT, A), lines=(LineKey(senders=keys, label="Rico"),))
    linkage = await decided([phone], decision)
    assert (linkage.lines, len(linkage.rejected_lines)) == ((), 1)


async def test_what_people_said_of_a_line_stands_in_its_evidence_as_sentences_that_end() -> None:
    phones = two_lines()
    (line,) = (await decided(phones, about_line(Verdict.CONFIRM, A), about_line(Verdict.MERGE, A, B, day=2))).lines
    said = [term.sentence for term in line.evidence if term.sentence.startswith("A person ")]
    assert said == [
        f"A person confirmed it as a deal line on 2024-06-01: as briefed. That decision does not name {B}.",
        f"A person took {A}, {B} for one line on 2024-06-02 (as briefed).",
    ]
    lines = (await decided(phones, about_line(Verdict.CONFIRM, A))).lines
    (sentence,) = [term.sentence for held in lines for term in held.evidence if term.kind is TermKind.DECISION]
    assert sentence == "A person confirmed it as a deal line on 2024-06-01: as briefed."


async def test_what_speaks_against_one_of_two_merged_lines_stands_with_the_part_that_it_is_of() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    run_line("Rico", A, phones[:2], (0, 4, 8))
    campaign("Benny", B, phones[2:], (20, 24, 28))
    campaign("Benny", B, phones[2:], (21, 25, 29), OFFERS[1])
    phones[2].text(B, 24.5, finding("where r u"), sent=True)
    before = {line.numbers[0].number: line for line in (await decided(phones)).lines}
    (point,) = (term for term in before[B].evidence if term.weight < 0)
    (merged,) = (await decided(phones, about_line(Verdict.MERGE, A, B))).lines
    against = [term.sentence for term in merged.evidence if term.weight < 0]
    assert f"Of {B} alone: {point.sentence}" in against
