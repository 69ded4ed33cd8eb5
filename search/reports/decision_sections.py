"""The sections of the report that show what people decided, with note and date."""

from __future__ import annotations

from collections.abc import Iterable

from search.linkage.decisions import Decision, DecisionOutcome, DecisionState, Verdict
from search.linkage.model import Line, RejectedLine
from search.reports.scope import Scope, Shown

Section = dict[str, object]


def verdict_section(decision: Decision | None) -> Section | None:
    """Return the decision that holds of a line or a link; None where nobody decided."""
    if decision is None:
        return None
    return {
        "decision_id": decision.decision_id,
        "verdict": str(decision.verdict),
        "note": decision.note,
        "decided_at": decision.decided_at,
        "decided_by": decision.decided_by,
    }


def line_verdict_section(line: Line, outcomes: Iterable[DecisionOutcome]) -> Section | None:
    """Return the decision that holds of a line, and whether the line was split since: no part of it is what was meant.

    Args:
        line: The line.
        outcomes: All decisions.
    """
    decision = line.decision
    section = verdict_section(decision)
    if section is None or decision is None:
        return None
    section["is_before_split"] = bool(decision.no_longer_of([held.number for held in line.numbers])) and any(
        outcome.decision.verdict is Verdict.SPLIT
        and outcome.state is DecisionState.HOLDS
        and outcome.decision.decided_at >= decision.decided_at
        and line.line_id in outcome.line_ids
        for outcome in outcomes
    )
    return section


def rejected_line_section(line: RejectedLine) -> Section:
    """Return what a person said is no line, and which of its numbers that decision does not name."""
    return {
        "line_id": line.line_id,
        "name": line.name,
        "numbers": list(line.numbers),
        "numbers_not_decided": line.decision.not_named(line.numbers),
        "device_ids": list(line.device_ids),
        "first_seen_at": line.first_seen_at,
        "last_seen_at": line.last_seen_at,
        "decision": verdict_section(line.decision),
    }


def outcome_section(outcome: DecisionOutcome) -> Section:
    """Return one decision, what it is about, and what it comes to now."""
    decision = outcome.decision
    revoked = decision.revoked
    return {
        "decision_id": decision.decision_id,
        "verdict": str(decision.verdict),
        "about": "link" if decision.phones else "line",
        "subject": decision.subject,
        "numbers": sorted({sender.sender for key in decision.lines for sender in key.senders if not sender.name}),
        "extraction_ids": sorted({name for key in decision.phones for name in key.extraction_ids}),
        "note": decision.note,
        "decided_at": decision.decided_at,
        "decided_by": decision.decided_by,
        "state": str(outcome.state),
        "sentence": outcome.sentence,
        "device_ids": list(outcome.device_ids),
        "line_ids": list(outcome.line_ids),
        "revoked": None
        if revoked is None
        else {"revoked_at": revoked.revoked_at, "revoked_by": revoked.revoked_by, "note": revoked.note},
    }


def outcome_sections(outcomes: Iterable[DecisionOutcome]) -> list[Section]:
    """Return the decisions in their order."""
    return [outcome_section(outcome) for outcome in outcomes]


def decision_sections(outcomes: Iterable[DecisionOutcome], scope: Scope, shown: Shown) -> list[Section]:
    """Return the decisions that concern what the report shows, by id; one that is not narrowed shows all."""
    return [
        outcome_section(outcome)
        for outcome in sorted(outcomes, key=lambda outcome: outcome.decision.decision_id)
        if not (scope.cases or scope.exhibits)
        or shown.device_ids.intersection(outcome.device_ids)
        or shown.line_ids.intersection(outcome.line_ids)
    ]
