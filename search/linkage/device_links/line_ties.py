"""What ties each two members of a line, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from search.linkage.device_links.members import Member
from search.linkage.device_links.pairs import OfLine, bounded
from search.linkage.device_links.paths import Tie, tie_by_joins, tie_by_number
from search.linkage.model import Line, Reason, ReasonKind
from search.linkage.weights import PRIOR_LOG_ODDS, log_odds

ASSUMED = "is a deal line is taken to be"
"""Stands in the reason that says how sure the line is: one of the line, whatever the two phones."""
_WORDS = ((0.98, "very likely"), (0.9, "likely"), (0.7, "more likely than not"), (0.0, "an open question"))


def ties_of(
    line: Line, members: Sequence[Member], labels: Mapping[str, str], devices_of: Mapping[str, int]
) -> list[tuple[tuple[str, str], OfLine]]:
    """Return each two members of a line, with what ties them in it.

    Args:
        line: The line.
        members: Its members, by device id.
        labels: How sentences name them, by device id.
        devices_of: How many members of lines have to do with each of its numbers.
    """
    found, names = [], frozenset(line.folded_names)
    for a, b in combinations(members, 2):
        shared = sorted(a.numbers.keys() & b.numbers.keys())
        tie = tie_by_number(shared, a, b, labels, devices_of) if shared else tie_by_joins(line, a, b, labels)
        reasons = tuple(_line_reasons(line, tie, a, b, len(members)))
        held = OfLine(
            line.line_id,
            tie.probability * line.probability,
            reasons,
            names,
            tuple(each.hub.against(labels[each.device_id], _name(line)) for each in (a, b) if each.hub is not None),
            by_contact=not (a.has_adverts and b.has_adverts),
        )
        found.append(((a.device_id, b.device_id), held))
    return found


def _line_reasons(line: Line, tie: Tie, a: Member, b: Member, members: int) -> Iterable[Reason]:
    """Yield what ties the two, weighed as if the line were certain, and what doubt about the line takes off."""
    tied, both = log_odds(bounded(tie.probability)), log_odds(bounded(tie.probability * line.probability))
    yield Reason(
        kind=tie.kind,
        value=tie.value,
        a_count=a.count_with(tie.value) if tie.kind is ReasonKind.SAME_NUMBER else a.count,
        b_count=b.count_with(tie.value) if tie.kind is ReasonKind.SAME_NUMBER else b.count,
        device_count=tie.device_count,
        weight=round(tied - PRIOR_LOG_ODDS, 3),
        sentence=tie.sentence,
        record_ids=tie.record_ids,
        is_by_decision=tie.is_by_decision,
    )
    yield Reason(
        kind=ReasonKind.SAME_LINE,
        value=line.line_id,
        a_count=a.count,
        b_count=b.count,
        device_count=members,
        weight=round(both - tied, 3),
        sentence=f"That {_name(line)} {ASSUMED} {_in_words(line.probability)}; see its evidence.",
        record_ids=line.record_ids,
    )


def _name(line: Line) -> str:
    return f"the line {line.name}" if line.name else "a line without a name"


def _in_words(share: float) -> str:
    return next(words for least, words in _WORDS if share >= least)
