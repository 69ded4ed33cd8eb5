"""Whatever people decide in whatever order: what a decision that holds says is so, and every decision has a state."""

from __future__ import annotations

import asyncio
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from search.linkage.decisions import Decision, DecisionState, LineKey, SenderKey, Verdict
from search.linkage.linkage import compute_linkage
from search.linkage.model import Linkage
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, index_of, moved_to, number

NUMBERS = [number(place) for place in range(1, 6)]
"""The first two are of one line; the others are lines of their own."""
VERDICTS = st.sampled_from(list(Verdict))
PAIRS = st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=2, unique=True)


@cache
def index() -> MemoryIndex:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(12)]
    for place, sender in enumerate(NUMBERS):
        held = phones[:3] if place < 2 else phones[3 * place - 3 : 3 * place]
        name, start = ("Rico", place * 8) if place < 2 else (f"Line{place}", 0)
        for wording in ("{line} on both 3 for 25", f"{{line}} wording {name}"):
            campaign(name, sender, held, range(start, start + 6), wording)
        for phone in held:
            phone.text(sender, start + 0.5, finding("can i get 2"), sent=True)
    phones[0].text(NUMBERS[0], 7, moved_to(NUMBERS[1], "Rico"), sent=False)
    return asyncio.run(index_of(phones))


def linked(*decisions: Decision) -> Linkage:
    return asyncio.run(compute_linkage(index(), decisions=decisions))


def decision(place: int, verdict: Verdict, pair: list[str]) -> Decision:
    keys = [LineKey(senders=(SenderKey(sender=sender),), label=sender) for sender in pair]
    lines = tuple(keys) if verdict in {Verdict.MERGE, Verdict.SPLIT} else (keys[0],)
    return Decision(
        decision_id=f"dc-{place}", verdict=verdict, lines=lines, note="x", decided_by="dc 1234",
        decided_at=f"2024-06-01T00:00:{place:02d}.000Z",
    )  # fmt: skip


def sets_of(linkage: Linkage) -> list[set[str]]:
    return [{held.number for held in line.numbers} for line in linkage.lines] + [
        set(line.numbers) for line in linkage.rejected_lines
    ]


def test_without_decisions_there_are_four_lines() -> None:
    assert sorted(map(sorted, sets_of(linked()))) == [NUMBERS[:2], *[[held] for held in NUMBERS[2:]]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VERDICTS, PAIRS), max_size=6))
def test_what_holds_is_so(said: list[tuple[Verdict, list[str]]]) -> None:
    decisions = [decision(place, verdict, pair) for place, (verdict, pair) in enumerate(said)]
    linkage = linked(*decisions)
    groups = sets_of(linkage)
    rejected = set().union(*(line.numbers for line in linkage.rejected_lines))
    assert [outcome.decision for outcome in linkage.decisions] == decisions
    assert set().union(*groups) == set(NUMBERS)
    assert sum(map(len, groups)) == len(NUMBERS)
    for outcome in linkage.decisions:
        assert outcome.state in {DecisionState.HOLDS, DecisionState.REPLACED}
        if outcome.state is DecisionState.HOLDS:
            senders = [key.senders[0].sender for key in outcome.decision.lines]
            together = any(set(senders) <= group for group in groups)
            match outcome.decision.verdict:
                case Verdict.MERGE:
                    assert together
                case Verdict.SPLIT:
                    assert not together
                case Verdict.REJECT:
                    assert set(senders) <= rejected
                case Verdict.CONFIRM:
                    assert not set(senders) & rejected
    if decisions:
        assert linkage.decisions[-1].state is DecisionState.HOLDS
