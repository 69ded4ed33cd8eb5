"""The journal of decisions: what people decided, hash-chained, part of the truth beside vault and segments.

A decision is keyed by what lasts: one about a link by extractions, one about a line by its numbers. An amendment is of
a delivery's extraction, whose id comes from the evidence; it survives ``reparse`` and ``rebuild``, which read it from
here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from config.struct_types import prepare_types
from ingest.audit import present_user
from ingest.chained_log import ChainedLog, Line
from ingest.linkage_decisions import decision_line, decision_of, decisions_of, revoke_line
from parsers.clocks import to_utc_text
from search.linkage.decisions import Decision, LineKey, PhoneKey, Verdict

_AMEND: Final = "amend"


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """What was corrected. None: left as it is; an empty string: nothing is to be stated."""

    case_ref: str | None = None
    exhibit_ref: str | None = None
    owner_number: str | None = None

    def over(self, earlier: Amendment) -> Amendment:
        """Return this amendment laid over an earlier one."""
        return Amendment(
            case_ref=earlier.case_ref if self.case_ref is None else self.case_ref,
            exhibit_ref=earlier.exhibit_ref if self.exhibit_ref is None else self.exhibit_ref,
            owner_number=earlier.owner_number if self.owner_number is None else self.owner_number,
        )


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """One correction as it was written down."""

    extraction_id: str
    amendment: Amendment
    at: str
    by: str
    reason: str


prepare_types(Amendment)
NO_AMENDMENT: Final = Amendment()


class DecisionJournal:
    """Append-only. Calls block for a moment: each append is on disk when it returns."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._log = ChainedLog(path)
        self._now = now

    def amend(self, extraction_id: str, amendment: Amendment, reason: str) -> None:
        """Write down a correction of one extraction, with who made it and why."""
        self._append(
            {
                "action": _AMEND,
                "extraction_id": extraction_id,
                "reason": reason,
                "changed": {
                    name: value for name, value in msgspec.structs.asdict(amendment).items() if value is not None
                },
            }
        )

    def amendments(self) -> dict[str, Amendment]:
        """Return what holds now, by extraction id.

        Raises:
            ChainBroken: The journal does not hold together.
        """
        holding: dict[str, Amendment] = {}
        for each in self.amended():
            holding[each.extraction_id] = each.amendment.over(holding.get(each.extraction_id, NO_AMENDMENT))
        return holding

    def amended(self) -> tuple[Amended, ...]:
        """Return every correction, oldest first.

        Raises:
            ChainBroken: The journal does not hold together.
        """
        return tuple(
            Amended(
                extraction_id=str(line["extraction_id"]),
                amendment=msgspec.convert(line["changed"], Amendment),
                at=str(line["at"]),
                by=str(line["user"]),
                reason=str(line["reason"]),
            )
            for line in self._log.lines()
            if line.get("action") == _AMEND
        )

    def decide(self, verdict: Verdict, phones: Sequence[PhoneKey], lines: Sequence[LineKey], note: str) -> Decision:
        """Write down a decision about a link or a line, with who made it and why."""
        return decision_of(self._append(decision_line(verdict, phones, lines, note)))

    def revoke(self, decision_id: str, note: str) -> Decision:
        """Write down that a decision was taken back, and return it so.

        Raises:
            KeyError: No decision has the id.
        """
        self._append(revoke_line(decision_id, note))
        return {held.decision_id: held for held in self.linkage_decisions()}[decision_id]

    def linkage_decisions(self, until: str | None = None) -> tuple[Decision, ...]:
        """Return what was decided about links and lines, oldest first; ``until``: before this instant.

        Raises:
            ChainBroken: The journal does not hold together.
        """
        return decisions_of(self._log.lines(), until)

    def _append(self, fields: Mapping[str, object]) -> Line:
        return self._log.append({"at": to_utc_text(self._now()), "user": present_user(), **fields})

    def count(self) -> int:
        """Return how many decisions were written."""
        return self._log.count()

    def verify(self) -> int:
        """Check the whole chain and return its length.

        Raises:
            ChainBroken: The chain does not hold, or its newest lines are gone.
        """
        return self._log.verify()
