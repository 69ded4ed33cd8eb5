"""The reason for two members that hold different numbers of one line: the joins that lead from one to the other."""

from __future__ import annotations

from collections.abc import Sequence

from search.linkage.edge_table import RECORDS_AN_EDGE
from search.linkage.evidence import Evidence
from search.linkage.members import Member
from search.linkage.model import Join, Line, Reason, ReasonKind, Relation
from search.linkage.weights import SAME_NUMBER_CONTACTS, SHARED_LINE

STEP_WEIGHT = 0.3
"""What each further step of a chain of numbers takes off: every join may be wrong."""


def path_reason(line: Line, a: Member, b: Member, evidence: Evidence) -> Reason:
    """Return the reason for two members through different numbers of one line: the joins between the numbers."""
    path = _shortest_chain(line.joins, set(a.numbers()), set(b.numbers()))
    labels = f"{evidence.label(a.device_id)} and {evidence.label(b.device_id)}"
    if path:
        weakest = min(path, key=lambda join: (join.weight, join.sentence))
        announced = all(join.kind.startswith("announced") for join in path)
        kind = ReasonKind.NUMBER_ANNOUNCEMENT if announced else ReasonKind.SAME_LINE
        weight = min(SHARED_LINE, weakest.weight) - STEP_WEIGHT * (len(path) - 1)
        value = f"{path[0].older} > {path[-1].newer}" if announced else line.line_id
        sentence = f"{labels} are tied to different numbers of one line: " + " ".join(join.sentence for join in path)
        records = tuple(dict.fromkeys(record for join in path for record in join.record_ids[:2]))
    else:
        kind, value, records = ReasonKind.SAME_LINE, line.line_id, ()
        weight = min([SHARED_LINE, *(join.weight for join in line.joins)])
        sentence = f"{labels} carry traffic of one line: " + " ".join(join.sentence for join in line.joins[:3])
    return Reason(
        kind=kind,
        value=value,
        a_count=a.count(),
        b_count=b.count(),
        device_count=len({row.device_id for row in line.devices if row.relation is not Relation.MENTIONS_LINE}),
        weight=round(weight if a.has_adverts or b.has_adverts else min(weight, SAME_NUMBER_CONTACTS), 3),
        sentence=sentence.strip(),
        record_ids=(*records, *a.records(1), *b.records(1))[:RECORDS_AN_EDGE],
    )


def _shortest_chain(joins: Sequence[Join], start: set[str], goal: set[str]) -> list[Join]:
    """Return the shortest chain of joins from one set of numbers to the other; empty where none connects them."""
    reached: dict[str, list[Join]] = {number: [] for number in sorted(start)}
    frontier = list(reached)
    while frontier:
        following = []
        for number in frontier:
            if number in goal:
                return reached[number]
            for join in joins:
                if number in {join.older, join.newer}:
                    other = join.newer if number == join.older else join.older
                    if other not in reached:
                        reached[other] = [*reached[number], join]
                        following.append(other)
        frontier = following
    return []
