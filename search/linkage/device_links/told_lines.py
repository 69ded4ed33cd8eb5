"""What a link says of the lines that its two devices have in common: the surest each, how many more there are in one.

Two customers of dozens of lines have a reason or two for each of these. They say the same of one line after another,
and of a hundred such phones each two are a link: a report would be full of them. All lines of a link are named by it
(``line_ids``), and what is said of each stands with the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final, TypeAlias

from search.linkage.extraction.edge_table import RECORDS_AN_EDGE
from search.linkage.model import Reason, ReasonKind
from search.linkage.phrases import counted

OfLine: TypeAlias = "tuple[str, float, tuple[Reason, ...], frozenset[str]]"
"""A line of which two devices are members: id, how likely both are of it, what ties them in it, and its names."""

ASSUMED: Final = "is a deal line is taken to be"
"""Stands in the reason that says how sure the line is: one of the line, whatever the two phones."""

LINES_TOLD: Final = 5
"""Lines of which a link gives each reason by itself; one more is told instead of counted."""

_TOO: Final = {
    ReasonKind.SAME_NUMBER: "Both have to do with one number of each of {}",
    ReasonKind.NUMBER_ANNOUNCEMENT: "Both are tied to different numbers, of which texts tell, of each of {}",
    ReasonKind.SAME_LINE: "Both carry traffic of each of {}",
}


def told_reasons(of_lines: Sequence[OfLine]) -> list[Reason]:
    """Return what ties two devices: of the likeliest lines each reason, of the others one of each kind.

    The weights of all add up to what they are one by one.
    """
    if len(of_lines) <= LINES_TOLD + 1:
        return list(chain.from_iterable(tied for _, _, tied, _ in of_lines))
    ordered = sorted(of_lines, key=lambda held: (-held[1], held[0]))
    told = [reason for _, _, tied, _ in ordered[:LINES_TOLD] for reason in tied]
    return [*told, *_counted_in_one(reason for _, _, tied, _ in ordered[LINES_TOLD:] for reason in tied)]


def _counted_in_one(reasons: Iterable[Reason]) -> Iterable[Reason]:
    """Yield one reason for those of a kind; how sure lines are is another matter than what ties two devices in them."""
    alike: dict[tuple[ReasonKind, bool], list[Reason]] = defaultdict(list)
    for reason in reasons:
        alike[reason.kind, ASSUMED in reason.sentence].append(reason)
    for (_, is_assumed), held in alike.items():
        yield held[0] if len(held) == 1 else _one_of(held, is_assumed=is_assumed)


def _one_of(held: Sequence[Reason], *, is_assumed: bool) -> Reason:
    lines = counted(len(held), "more line")
    sentence = (
        f"That each of {lines} {ASSUMED} as sure as its own evidence makes it; see there."
        if is_assumed
        else f"{_TOO[held[0].kind].format(lines)} too; see the phones and numbers of each."
    )
    records = dict.fromkeys(chain.from_iterable(reason.record_ids for reason in held))
    return Reason(
        kind=held[0].kind,
        value=lines,
        a_count=sum(reason.a_count for reason in held),
        b_count=sum(reason.b_count for reason in held),
        # the rarest of them tells most
        device_count=min(reason.device_count for reason in held),
        weight=round(sum(reason.weight for reason in held), 3),
        sentence=sentence,
        record_ids=tuple(records)[:RECORDS_AN_EDGE],
        is_by_decision=all(reason.is_by_decision for reason in held),
    )
