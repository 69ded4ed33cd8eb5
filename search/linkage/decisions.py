"""What people decided about links and lines, keyed by what lasts.

A decision names phones by their extractions, whose ids come from the evidence, and lines by their numbers with the
period in which each was used: device ids and line ids are computed and may change with the next drop. What decisions
come to over the evidence held now is ``rulings``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, is_number


class Verdict(StrEnum):
    """What was decided."""

    CONFIRM = "confirm"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"


class PhoneKey(msgspec.Struct, frozen=True, kw_only=True):
    """A phone or SIM: the extractions that were held of it. ``label`` is what it was called when it was decided on."""

    extraction_ids: tuple[str, ...]
    label: str


class SenderKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sender of a line and the period in which it was the line's.

    Attributes:
        sender: Telephone number, alphanumeric sender, or the kind of stand-in (``own:``, ``name:``).
        name: Folded name under which a phone shows a sender without a number, or the SIM of the phone that it is; good
            on the phone alone.
        extraction_ids: Of the phone on which a stand-in is good; empty for a number.
        first_at: First advert seen when it was decided; None: undated.
        last_at: Last advert.
    """

    sender: str
    name: str = ""
    extraction_ids: tuple[str, ...] = ()
    first_at: str | None = None
    last_at: str | None = None


class LineKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line: its senders.

    Attributes:
        label: What it was called when it was decided on.
        named: The number by which a person named it. Empty: it was named otherwise, or before that was kept.
    """

    senders: tuple[SenderKey, ...]
    label: str
    named: str = ""


class Revocation(msgspec.Struct, frozen=True, kw_only=True):
    """That a decision was taken back, by whom and why."""

    revoked_at: str
    revoked_by: str
    note: str


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of a person.

    Attributes:
        phones: Two, where it is about a link; else none.
        lines: One for a line that is confirmed or rejected, two or more for a merge, two for a split; else none.
        note: Why; never empty.
        decided_by: Account of the machine.
        revoked: None: not taken back.
    """

    decision_id: str
    verdict: Verdict
    phones: tuple[PhoneKey, ...] = ()
    lines: tuple[LineKey, ...] = ()
    note: str
    decided_at: str
    decided_by: str
    revoked: Revocation | None = None

    @property
    def subject(self) -> str:
        """What it is about, in words: the labels as they were."""
        labels = [key.label for key in self.phones] or [key.label for key in self.lines]
        return (" and " if self.phones or self.verdict is not Verdict.MERGE else ", ").join(labels)

    def not_named(self, numbers: Iterable[str]) -> list[str]:
        """Return the numbers, in order, that none of its lines had when it was taken."""
        named = {key.sender for line in self.lines for key in line.senders}
        return [number for number in numbers if number not in named]

    def no_longer_of(self, numbers: Iterable[str]) -> list[str]:
        """Return the numbers, in order, that its lines had when it was taken and that are not among these."""
        held = {key.sender for line in self.lines for key in line.senders if not key.name and is_number(key.sender)}
        return sorted(held.difference(numbers))


class DecisionState(StrEnum):
    """What a decision comes to now."""

    HOLDS = "holds"
    REVOKED = "revoked"
    REPLACED = "replaced"
    NO_LONGER_FITS = "no_longer_fits"


class DecisionOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """A decision and what it comes to over the evidence held now."""

    decision: Decision
    state: DecisionState
    sentence: str
    device_ids: tuple[str, ...] = ()
    line_ids: tuple[str, ...] = ()


def sender_key(
    sender: str,
    first_at: str | None,
    last_at: str | None,
    extractions_of_device: dict[str, tuple[str, ...]],
) -> SenderKey:
    """Return what lasts of a sender; a stand-in holds a device id, which does not."""
    for prefix in (NAME_PREFIX, OWN_PREFIX):
        if sender.startswith(prefix):
            device_id, _, name = sender.removeprefix(prefix).partition(":")
            return SenderKey(
                sender=prefix,
                name=name,
                extraction_ids=extractions_of_device.get(device_id, ()),
                first_at=first_at,
                last_at=last_at,
            )
    return SenderKey(sender=sender, first_at=first_at, last_at=last_at)
