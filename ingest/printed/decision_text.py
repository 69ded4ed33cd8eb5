"""Decisions as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.printed.output import visible
from search.linkage.decisions import DecisionOutcome, DecisionState
from search.linkage.keys import is_number

_WORDS = {
    DecisionState.HOLDS: "holds",
    DecisionState.REVOKED: "taken back",
    DecisionState.REPLACED: "replaced",
    DecisionState.NO_LONGER_FITS: "fits nothing held now",
}
_EMPTY = "Nothing was decided yet: trapline decide confirm|reject|merge|split."


def decision_lines(outcomes: Iterable[DecisionOutcome]) -> Iterator[str]:
    """Yield one decision after the other: what, about what, when and by whom, why, and what it comes to."""
    is_empty = True
    for outcome in outcomes:
        is_empty = False
        decision = outcome.decision
        about = "link" if decision.phones else "line"
        what = f"{decision.verdict} {about}: {visible(decision.subject)}"
        yield f"{decision.decision_id}  {what}  [{_WORDS[outcome.state]}]"
        for line in decision.lines:
            numbers = sorted({key.sender for key in line.senders if not key.name and is_number(key.sender)})
            if numbers and numbers != [line.label]:
                yield f"    {visible(line.label)} is: {', '.join(map(visible, numbers))}"
        yield f"    {decision.decided_at[:10]} by {visible(decision.decided_by)}: {visible(decision.note)}"
        if outcome.sentence:
            yield f"    {visible(outcome.sentence)}"
    if is_empty:
        yield _EMPTY
