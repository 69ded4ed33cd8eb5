"""The journal of decisions: what people decided, hash-chained, part of the truth beside vault and segments.

A decision is keyed by what lasts. An amendment is of a delivery's extraction, whose id comes from the evidence; it
survives ``reparse`` and ``rebuild``, which read it from here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from ingest.audit import present_user
from ingest.chained_log import ChainedLog
from parsers.clocks import to_utc_text

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


NO_AMENDMENT: Final = Amendment()


class DecisionJournal:
    """Append-only. Calls block for a moment: each append is on disk when it returns."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._log = ChainedLog(path)
        self._now = now

    def amend(self, extraction_id: str, amendment: Amendment, reason: str) -> None:
        """Write down a correction of one extraction, with who made it and why."""
        self._log.append(
            {
                "at": to_utc_text(self._now()),
                "user": present_user(),
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
        for line in self._log.lines():
            if line.get("action") == _AMEND:
                name = str(line["extraction_id"])
                holding[name] = msgspec.convert(line["changed"], Amendment).over(holding.get(name, NO_AMENDMENT))
        return holding

    def count(self) -> int:
        """Return how many decisions were written."""
        return self._log.count()

    def verify(self) -> int:
        """Check the whole chain and return its length.

        Raises:
            ChainBroken: The chain does not hold, or its newest lines are gone.
        """
        return self._log.verify()
