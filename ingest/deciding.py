"""What people decide about links and lines: named, checked against what is held, written down, and taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import StrEnum

from ingest.assemble import Workspace
from ingest.decision_subjects import line_key, merge_keys, phone_key, sender_of_line
from ingest.errors import DecisionRefused
from search.contract import ExtractionEntry, Index
from search.linkage.decisions import Decision, DecisionOutcome, DecisionState, LineKey, PhoneKey, Verdict
from search.linkage.keys import is_stand_in
from search.linkage.linkage import compute_linkage
from search.linkage.model import Line, Linkage
from search.linkage.phrases import listed

_PAIR = 2
_NUMBERS_NAMED = 12
_HOW_TO_SPLIT = (
    "split takes two numbers of the line, one of each half: trapline decide split 07700900001 07700900002 --note WHY."
    " The report lists the numbers of each line."
)
_HOW_TO_MERGE = (
    "merge takes two lines or more, each by a number or its name: trapline decide merge 07700900001 07700900002"
    " --note WHY."
)


class Action(StrEnum):
    """What can be decided, taken back and listed."""

    CONFIRM = "confirm"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    REVOKE = "revoke"
    LIST = "list"


async def act(
    workspace: Workspace, action: Action, subjects: Sequence[str], *, note: str, cases: Sequence[str] = ()
) -> tuple[DecisionOutcome, ...]:
    """Do what was asked for and return the decisions that it is about.

    Raises:
        DecisionRefused: It cannot be made as asked.
        IndexUnreachable: The index is not there.
    """
    if action is Action.LIST:
        if subjects:
            raise DecisionRefused("trapline decide list takes no further words: it lists every decision.")
        return await decided(workspace)
    if action is Action.REVOKE:
        if len(subjects) != 1:
            raise DecisionRefused("Name the one decision that is taken back by its id. See trapline decide list.")
        return (await revoke(workspace, subjects[0], note=note),)
    return (await decide(workspace, Verdict(action.value), subjects, note=note, cases=cases),)


async def decide(
    workspace: Workspace, verdict: Verdict, subjects: Sequence[str], *, note: str, cases: Sequence[str] = ()
) -> DecisionOutcome:
    """Write down a decision and return it with what it comes to.

    Args:
        workspace: The data folder.
        verdict: ``confirm`` or ``reject`` with one line or with the two phones of a link; ``merge`` with two lines or
            more; ``split`` with two numbers.
        subjects: As the user wrote them.
        note: Why; kept with the decision.
        cases: Cases in which exhibits are looked for. Empty: all.

    Raises:
        DecisionRefused: It names nothing that is held, or would come to nothing.
        IndexUnreachable: The index is not there.
    """
    async with workspace.writing(), workspace.open_index() as index:
        held = workspace.decisions.linkage_decisions()
        entries = await index.entries()
        phones, lines, before = await _named(workspace, index, entries, verdict, subjects, cases, held)
        # Behind what is named: whoever mistyped it would write the reason for nothing.
        reason = _checked_note(note)
        detail = {
            "verdict": str(verdict),
            "note": reason,
            "extraction_ids": [name for phone in phones for name in phone.extraction_ids],
            "senders": [sender.sender for line in lines for sender in line.senders],
        }
        trial = Decision(
            decision_id="", verdict=verdict, phones=phones, lines=lines, note=reason, decided_at="", decided_by=""
        )
        outcome = _outcome("", await compute_linkage(index, decisions=(*held, trial), kept=workspace.kept))
        if outcome.state is not DecisionState.HOLDS:
            raise DecisionRefused(
                f"{outcome.sentence} Name a line by a number that the report gives it, one of several uses of a number "
                "by NUMBER@2024-03-01."
            )
        await workspace.audit.append("decide", detail)
        decision = await asyncio.to_thread(workspace.decisions.decide, verdict, phones, lines, reason)
    return DecisionOutcome(
        decision=decision,
        state=outcome.state,
        sentence=f"{before} {outcome.sentence}".strip(),
        device_ids=outcome.device_ids,
        line_ids=outcome.line_ids,
    )


async def revoke(workspace: Workspace, decision_id: str, *, note: str) -> DecisionOutcome:
    """Take a decision back and return it; what it replaced holds again.

    Raises:
        DecisionRefused: No decision has the id, or it was taken back before.
    """
    async with workspace.writing():
        held = {decision.decision_id: decision for decision in workspace.decisions.linkage_decisions()}
        known = held.get(decision_id)
        if known is None:
            raise DecisionRefused(f"No decision has the id {decision_id}. See trapline decide list.")
        if known.revoked is not None:
            raise DecisionRefused(f"{decision_id} was taken back on {known.revoked.revoked_at[:10]} already.")
        reason = _checked_note(note)
        await workspace.audit.append("decide", {"verdict": "revoke", "decision_id": decision_id, "note": reason})
        revoked = await asyncio.to_thread(workspace.decisions.revoke, decision_id, reason)
    return DecisionOutcome(decision=revoked, state=DecisionState.REVOKED, sentence=f"Taken back: {reason}")


async def decided(workspace: Workspace) -> tuple[DecisionOutcome, ...]:
    """Return every decision with what it comes to now, oldest first.

    Raises:
        IndexUnreachable: The index is not there.
    """
    async with workspace.open_index() as index:
        linkage = await compute_linkage(index, decisions=workspace.decisions.linkage_decisions())
    await workspace.audit.append("decide", {"verdict": "list", "count": len(linkage.decisions)})
    return linkage.decisions


def _checked_note(note: str) -> str:
    reason = note.encode("utf-8", "replace").decode("utf-8").strip()
    if not reason:
        raise DecisionRefused("State why (--note): the reason is kept with the decision and stands in the report.")
    return reason


async def _named(
    workspace: Workspace,
    index: Index,
    entries: Sequence[ExtractionEntry],
    verdict: Verdict,
    subjects: Sequence[str],
    cases: Sequence[str],
    held: Sequence[Decision],
) -> tuple[tuple[PhoneKey, ...], tuple[LineKey, ...], str]:
    """Return the phones or the lines that are named, and of a split what they were before it."""
    region = workspace.settings.parsers.default_region
    if verdict in {Verdict.CONFIRM, Verdict.REJECT}:
        if len(subjects) == _PAIR:
            return _pair([phone_key(subject, entries, cases) for subject in subjects]), (), ""
        if len(subjects) != 1:
            raise DecisionRefused(f"Name the two phones of a link, or one line: {verdict} takes no other number.")
        return (), (line_key(subjects[0], await _stated(workspace, index, held), entries, region),), ""
    if len(subjects) < _PAIR or (verdict is Verdict.SPLIT and len(subjects) > _PAIR):
        raise DecisionRefused(_HOW_TO_SPLIT if verdict is Verdict.SPLIT else _HOW_TO_MERGE)
    linkage = await _stated(workspace, index, held)
    if verdict is Verdict.SPLIT:
        sides = tuple(sender_of_line(subject, linkage, entries, region) for subject in subjects)
        return (), sides, before_split(sides, linkage.lines)
    return (), merge_keys(subjects, linkage, entries, region), ""


def before_split(sides: Sequence[LineKey], lines: Sequence[Line]) -> str:
    """Return of which line the sides of a split are before it, with its numbers; or that they are of several."""
    uses = {(key.sender, key.first_at) for side in sides for key in side.senders}
    found = [line for line in lines if uses.intersection((sender, first_at) for sender, first_at, _ in line.senders)]
    told = [_with_numbers(line) for line in found]
    if len(told) == 1:
        return f"Before: one line, {told[0]}."
    return f"Before: {len(told)} lines, {' and '.join(told)}." if told else ""


def _with_numbers(line: Line) -> str:
    numbers = listed(sorted({held.number for held in line.numbers if not is_stand_in(held.number)}), _NUMBERS_NAMED)
    return " with ".join(filter(None, (line.name, numbers))) or "without a number"


async def _stated(workspace: Workspace, index: Index, held: Sequence[Decision]) -> Linkage:
    return await compute_linkage(index, decisions=held, kept=workspace.kept)


def _pair(phones: Sequence[PhoneKey]) -> tuple[PhoneKey, ...]:
    if len({phone.extraction_ids for phone in phones}) < _PAIR:
        raise DecisionRefused(f"{phones[0].label} is named twice: a link is between two phones. Name the other one.")
    return tuple(sorted(phones, key=lambda phone: phone.extraction_ids))


def _outcome(decision_id: str, linkage: Linkage) -> DecisionOutcome:
    return next(outcome for outcome in linkage.decisions if outcome.decision.decision_id == decision_id)
