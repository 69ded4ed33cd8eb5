"""A decision as a person reads it: what it covers, so that nobody confirms numbers unseen."""

from __future__ import annotations

from ingest.printed.decision_text import decision_lines
from search.linkage.decisions import Decision, DecisionOutcome, DecisionState, LineKey, SenderKey, Verdict


def test_a_decision_names_the_numbers_that_it_covers() -> None:
    senders = (
        SenderKey(sender="+447700900002"),
        SenderKey(sender="+447700900001", first_at="2024-01-01T00:00:00.000Z"),
        SenderKey(sender="name:", name="him", extraction_ids=("ex-1",)),
    )
    decision = Decision(
        decision_id="dc-1",
        verdict=Verdict.CONFIRM,
        lines=(LineKey(senders=senders, label="Remy"),),
        note="test purchase",
        decided_at="2026-12-01T00:00:00.000Z",
        decided_by="pc",
    )
    outcome = DecisionOutcome(decision=decision, state=DecisionState.HOLDS, sentence="")
    assert "    Remy is: +447700900001, +447700900002" in list(decision_lines([outcome]))


def test_a_number_is_not_said_to_be_itself() -> None:
    sides = tuple(LineKey(senders=(SenderKey(sender=key),), label=key) for key in ("+447700900001", "+447700900002"))
    decision = Decision(
        decision_id="dc-1", verdict=Verdict.SPLIT, lines=sides, note="x", decided_at="2026-12-01", decided_by="pc"
    )
    told = "Kept apart: +447700900001 on one side, +447700900002, +447700900003 on the other."
    lines = list(decision_lines([DecisionOutcome(decision=decision, state=DecisionState.HOLDS, sentence=told)]))
    assert not [line for line in lines if " is: " in line]
    assert lines[-1] == f"    {told}"
