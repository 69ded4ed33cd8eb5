"""Lines and links after people's decisions.

What a person confirmed stands as confirmed, what one rejected is listed as rejected and joins nothing; the estimate
stays beside the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from search.linkage.attribution.senders import is_withheld
from search.linkage.deal_lines.line_evidence import LineEvidence
from search.linkage.decisions import Decision, DecisionOutcome, DecisionState, Verdict
from search.linkage.instants import earliest, latest
from search.linkage.joining.groups import LineGroup, parts_of
from search.linkage.joining.rulings import MERGED, Rulings
from search.linkage.model import (
    Band,
    Estimate,
    Line,
    Link,
    Reason,
    ReasonKind,
    RejectedLine,
    Suppressed,
    Term,
    TermKind,
)
from search.linkage.phrases import day_of, ended, listed
from search.linkage.weights import LineWeights

NOT_FOUND = "No link of these two phones is found now; the decision is kept for one that may be found later."
CONFIRMED_LINE = 0.999
"""Probability that a confirmed line is one, as far as links rest on it: a person may err too."""


def decided_evidence(
    groups: Sequence[LineGroup],
    weighed: Mapping[str, LineEvidence],
    rulings: Rulings,
    weigh: Callable[[Sequence[LineGroup]], Mapping[str, LineEvidence]],
) -> dict[str, LineEvidence]:
    """Return the evidence of each group, by line id; with the person's word where one confirmed or merged it.

    What speaks against a part of a merged one alone still stands there, beside the estimate of the whole.

    Args:
        groups: All groups.
        weighed: What speaks for each and against it, by line id.
        rulings: What people decided.
        weigh: Weighs groups: the parts of merged ones.
    """
    decided = dict(weighed)
    parts = {group.line_id: parts_of(group) for group in groups if any(join.kind == MERGED for join in group.joins)}
    of_parts = weigh([part for held in parts.values() for part in held]) if parts else {}
    for group in groups:
        held = weighed[group.line_id]
        said = [join.sentence for join in group.joins if join.kind == MERGED]
        least = 0.0
        decision = rulings.line_verdict(spell.place for spell in group.spells)
        if decision is not None and decision.verdict is Verdict.CONFIRM:
            said.insert(0, _confirmed(decision, group))
            least = CONFIRMED_LINE
        if said:
            terms = (
                *held.terms,
                *_against_parts(held, parts.get(group.line_id, ()), of_parts),
                *(Term(TermKind.DECISION, 0.0, sentence) for sentence in said),
            )
            decided[group.line_id] = msgspec.structs.replace(
                held, terms=terms, probability=max(held.probability, least)
            )
    return decided


def _against_parts(
    whole: LineEvidence, parts: Iterable[LineGroup], weighed: Mapping[str, LineEvidence]
) -> Iterable[Term]:
    """Yield what speaks against a part alone, with the part that it is of; not what speaks against the whole too."""
    said = {term.kind for term in whole.terms if term.weight < 0.0}
    for part in parts:
        for term in weighed[part.line_id].terms:
            if term.weight < 0.0 and term.kind not in said:
                of = listed(part.numbers, len(part.numbers)) or "a part without a number"
                yield msgspec.structs.replace(term, sentence=f"Of {of} alone: {term.sentence}")


def _confirmed(decision: Decision, group: LineGroup) -> str:
    """Return what a person confirmed, and in which numbers the line differs from what was decided on."""
    others, gone = decision.not_named(group.numbers), decision.no_longer_of(group.numbers)
    sentence = ended(f"A person confirmed it as a deal line on {day_of(decision.decided_at)}: {decision.note}")
    if others:
        sentence = f"{sentence} That decision does not name {', '.join(others)}."
    if gone:
        sentence = f"{sentence} The line was then taken to have {' and '.join(gone)} too."
    return sentence


def accepted_groups(
    groups: Iterable[LineGroup], weighed: Mapping[str, LineEvidence], rulings: Rulings
) -> tuple[list[LineGroup], list[RejectedLine]]:
    """Return the groups that are lines, and those that a person said are none."""
    accepted, rejected = [], []
    for group in groups:
        decision = rulings.line_verdict(spell.place for spell in group.spells)
        if decision is not None and decision.verdict is Verdict.REJECT:
            rejected.append(
                RejectedLine(
                    line_id=group.line_id,
                    name=decision.lines[0].label,
                    numbers=group.numbers,
                    device_ids=tuple(sorted(_devices(group))),
                    first_seen_at=earliest(spell.first_at for spell in group.spells),
                    last_seen_at=latest(spell.last_at for spell in group.spells),
                    decision=decision,
                )
            )
        elif weighed[group.line_id].probability >= LineWeights.LEAST_PROBABILITY and (
            decision is not None or not _is_of_nobody(group)
        ):
            accepted.append(group)
    return accepted, rejected


def _is_of_nobody(group: LineGroup) -> bool:
    """Whether nothing but one phone's not knowing who sent them holds adverts of several names together.

    What several phones got alike from such a sender holds together by itself.
    """
    is_known = len(group.names) < 2 or not all(is_withheld(spell.sender) for spell in group.spells)
    return not is_known and len(_devices(group)) < 2


def _devices(group: LineGroup) -> frozenset[str]:
    return frozenset().union(*(spell.sending | spell.receiving for spell in group.spells))


def suppressed_nobodys(
    groups: Iterable[LineGroup], weighed: Mapping[str, LineEvidence], rulings: Rulings
) -> list[Suppressed]:
    """Return the groups that are no line because who sent their adverts is not known and these bear several names."""
    return [
        Suppressed(
            kind="number",
            value="withheld or damaged",
            device_count=1,
            why=f"Adverts under {len(group.names)} names, {', '.join(group.names)}, whose sender the one phone that "
            "got them does not state: they are not taken for one line.",
            device_ids=_devices(group),
        )
        for group in groups
        if weighed[group.line_id].probability >= LineWeights.LEAST_PROBABILITY
        and _is_of_nobody(group)
        and rulings.line_verdict(spell.place for spell in group.spells) is None
    ]


def decided_lines(lines: Iterable[Line], groups: Iterable[LineGroup], rulings: Rulings) -> list[Line]:
    """Return the lines with the decision about each, and with the senders by which one is decided on."""
    group_of = {group.line_id: group for group in groups}
    return [
        msgspec.structs.replace(
            line,
            senders=tuple((spell.sender, *spell.period) for spell in group_of[line.line_id].spells),
            decision=rulings.line_verdict(spell.place for spell in group_of[line.line_id].spells),
        )
        for line in lines
    ]


def decided_links(links: Sequence[Link], rulings: Rulings) -> tuple[list[Link], list[Link]]:
    """Return the links, those that a person confirmed among them, and the rejected ones."""
    held: list[Link] = []
    rejected: list[Link] = []
    open_pairs = dict(rulings.pairs)
    for link in links:
        decision = open_pairs.pop((link.a_device_id, link.b_device_id), None)
        if decision is None:
            held.append(link)
        elif decision.verdict is Verdict.REJECT:
            rejected.append(msgspec.structs.replace(link, decision=decision))
        else:
            estimate = Estimate(score=link.score, band=link.band)
            held.append(
                msgspec.structs.replace(link, decision=decision, score=1.0, band=Band.STRONG, estimate=estimate)
            )
    for (a, b), decision in open_pairs.items():
        if decision.verdict is Verdict.CONFIRM:
            reason = Reason(
                kind=ReasonKind.SAME_LINE,
                value="",
                a_count=0,
                b_count=0,
                device_count=2,
                weight=0.0,
                sentence="A person confirmed this link. What is held gives no reason of its own.",
                record_ids=(),
            )
            held.append(
                Link(
                    a_device_id=a,
                    b_device_id=b,
                    score=1.0,
                    band=Band.STRONG,
                    line_ids=(),
                    reasons=(reason,),
                    against=(),
                    decision=decision,
                )
            )
    order = sorted(held, key=lambda link: (-link.score, link.a_device_id, link.b_device_id))
    return order, sorted(rejected, key=lambda link: (link.a_device_id, link.b_device_id))


def outcomes_of(
    groups: Iterable[LineGroup],
    lines: Iterable[Line],
    rejected: Iterable[RejectedLine],
    rejected_links: Iterable[Link],
    rulings: Rulings,
) -> list[DecisionOutcome]:
    """Return what each decision comes to, oldest first; of a rejected link that is not found, that it is not."""
    listed = {line.line_id for line in lines} | {line.line_id for line in rejected}
    places = {spell.place: group.line_id for group in groups for spell in group.spells if group.line_id in listed}
    found = {link.decision.decision_id for link in rejected_links if link.decision is not None}
    return [
        msgspec.structs.replace(outcome, sentence=NOT_FOUND) if _is_idle(outcome, found) else outcome
        for outcome in rulings.outcomes(places)
    ]


def _is_idle(outcome: DecisionOutcome, found: Collection[str]) -> bool:
    """Whether it rejects a link of two phones between which there is none."""
    decision = outcome.decision
    is_holding = outcome.state is DecisionState.HOLDS and decision.verdict is Verdict.REJECT
    return is_holding and bool(decision.phones) and decision.decision_id not in found
