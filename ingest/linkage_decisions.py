"""How decisions about links and lines stand in the journal of decisions, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from config.struct_types import prepare_types
from search.linkage.decisions import Decision, LineKey, PhoneKey, Revocation, Verdict

DECIDE: Final = "decide"
REVOKE: Final = "revoke"
_ID_HEX: Final = 20

Line = Mapping[str, object]

prepare_types(tuple[PhoneKey, ...], tuple[LineKey, ...])


def decision_line(
    verdict: Verdict, phones: Sequence[PhoneKey], lines: Sequence[LineKey], note: str
) -> dict[str, object]:
    """Return what the journal keeps of a decision, beside when and by whom."""
    return {
        "action": DECIDE,
        "verdict": str(verdict),
        "phones": msgspec.to_builtins(tuple(phones)),
        "lines": msgspec.to_builtins(tuple(lines)),
        "note": note,
    }


def revoke_line(decision_id: str, note: str) -> dict[str, object]:
    """Return what the journal keeps of a decision being taken back."""
    return {"action": REVOKE, "decision_id": decision_id, "note": note}


def decision_of(line: Line) -> Decision:
    """Return the decision that a line of the journal states; its id comes from the line's hash."""
    return Decision(
        decision_id=f"dc-{str(line['hash'])[:_ID_HEX]}",
        verdict=Verdict(str(line["verdict"])),
        phones=msgspec.convert(line["phones"], tuple[PhoneKey, ...]),
        lines=msgspec.convert(line["lines"], tuple[LineKey, ...]),
        note=str(line["note"]),
        decided_at=str(line["at"]),
        decided_by=str(line["user"]),
    )


def decisions_of(lines: Iterable[Line], until: str | None = None) -> tuple[Decision, ...]:
    """Return the decisions of the journal's lines, oldest first, each with its revocation.

    Args:
        lines: All lines of the journal, oldest first.
        until: Only what was decided before this instant (RFC 3339 with ``Z``). None: everything.
    """
    held: dict[str, Decision] = {}
    for line in lines:
        if until is not None and str(line["at"]) >= until:
            break
        if line.get("action") == DECIDE:
            decision = decision_of(line)
            held[decision.decision_id] = decision
        elif line.get("action") == REVOKE:
            name = str(line["decision_id"])
            revocation = Revocation(revoked_at=str(line["at"]), revoked_by=str(line["user"]), note=str(line["note"]))
            held[name] = msgspec.structs.replace(held[name], revoked=revocation)
    return tuple(held.values())
