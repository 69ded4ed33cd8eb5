"""What ties two members of one line: a number that both have to do with, or the joins between their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from search.linkage.device_links.members import Member
from search.linkage.device_links.unjoined_ties import unjoined_tie
from search.linkage.extraction.edge_table import RECORDS_AN_EDGE
from search.linkage.joining.rulings import MERGED
from search.linkage.joining.told_beside import TOLD_BESIDE
from search.linkage.model import Join, Line, ReasonKind, Relation
from search.linkage.phrases import counted
from search.linkage.weights import JOIN_PRIOR, probability

_TOLD_BY_ONE: Final = frozenset({"announced_by_old", "announced_by_new", TOLD_BESIDE})
"""Kinds of joins that rest on the word of one of the two numbers."""


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """How two members of a line are tied.

    Attributes:
        probability: That both belong to one line, if the line is one.
        device_count: On how many devices the value stands: its specificity.
        is_by_decision: A person took the lines of their numbers for one.
    """

    kind: ReasonKind
    value: str
    probability: float
    device_count: int
    sentence: str
    record_ids: tuple[str, ...]
    is_by_decision: bool = False


def tie_by_number(
    shared: Sequence[str], a: Member, b: Member, labels: Mapping[str, str], devices_of: Mapping[str, int]
) -> Tie:
    """Return the tie through the numbers in common; the second number of one line adds nothing of its own."""
    held_a, held_b = a.numbers, b.numbers
    number = max(shared, key=lambda key: (held_a[key] + held_b[key], key))
    more = f", and {counted(len(shared) - 1, 'more number')} of it" if len(shared) > 1 else ""
    return Tie(
        kind=ReasonKind.SAME_NUMBER,
        value=number,
        probability=a.probability * b.probability,
        device_count=devices_of[number],
        sentence=(
            f"{labels[a.device_id]} {a.phrase(number)} {number}, and "
            f"{labels[b.device_id]} {b.phrase(number)} it, in one period of its use{more}; "
            f"{devices_of[number]} devices held have to do with this number."
        ),
        record_ids=(*a.records_with(number), *b.records_with(number)),
    )


def tie_by_joins(line: Line, a: Member, b: Member, labels: Mapping[str, str]) -> Tie:
    """Return the tie through different numbers of one line: the surest chain of joins between them."""
    path = _surest_chain(line.joins, set(a.numbers), set(b.numbers))
    both = f"{labels[a.device_id]} and {labels[b.device_id]}"
    devices = {row.device_id for row in line.devices if row.relation is not Relation.MENTIONS_LINE}
    if path:
        announced = all(join.kind.startswith("announced") for join in path)
        kind = ReasonKind.NUMBER_ANNOUNCEMENT if announced else ReasonKind.SAME_LINE
        value = f"{path[0].older} > {path[-1].newer}" if announced else line.line_id
        said = [*_told_between(line.joins, a, b), *path]
        sentences = dict.fromkeys(join.sentence for join in said)
        sentence = f"{both} are tied to different numbers of one line: {' '.join(sentences)}"
        records = tuple(dict.fromkeys(record for join in said for record in join.record_ids[:2]))
        share = _chain_probability(path)
    else:
        kind, value, records = ReasonKind.SAME_LINE, line.line_id, ()
        sentence, records = unjoined_tie(a, b, labels) or (_no_number_words(line, a, b, labels), ())
        share = min((join_probability(join) for join in line.joins), default=1.0)
    return Tie(
        kind=kind,
        value=value,
        probability=a.probability * b.probability * share,
        device_count=len(devices),
        sentence=sentence.strip(),
        record_ids=tuple(dict.fromkeys((*records, *a.records(1), *b.records(1))))[:RECORDS_AN_EDGE],
        # of two that show no number nothing says on which side of what was merged they are
        is_by_decision=bool(a.numbers or b.numbers) and any(join.kind == MERGED for join in path or line.joins),
    )


def _told_between(joins: Sequence[Join], a: Member, b: Member) -> list[Join]:
    """Return the joins by which a number of the one gives a number of the other, surest first.

    What was inferred from names and recipients may weigh more; that a number itself gives the other is what a reader
    can see in a text, and stands first.
    """
    one, other = set(a.numbers), set(b.numbers)
    told = (
        join
        for join in joins
        if join.kind in _TOLD_BY_ONE
        and ((join.older in one and join.newer in other) or (join.newer in one and join.older in other))
    )
    return sorted(told, key=lambda join: (-join.weight, join.older, join.newer, join.kind))


def _no_number_words(line: Line, a: Member, b: Member, labels: Mapping[str, str]) -> str:
    both = f"{labels[a.device_id]} and {labels[b.device_id]} carry traffic of one line"
    if line.joins:
        return f"{both}: {' '.join(join.sentence for join in line.joins[:3])}"
    without = [labels[each.device_id] for each in (a, b) if not each.numbers]
    if len(without) == 2 or not without:
        return f"{both}; no number of it is shown by both."
    return f"{both}; {without[0]} shows no number of it."


def join_probability(join: Join) -> float:
    """Return how likely it is that a join is right."""
    return probability(JOIN_PRIOR + join.weight)


def _chain_probability(chain: Sequence[Join]) -> float:
    share = 1.0
    for join in chain:
        share *= join_probability(join)
    return share


def _surest_chain(joins: Sequence[Join], start: set[str], goal: set[str]) -> list[Join]:
    """Return the likeliest chain of joins from one set of numbers to the other; empty where none connects them."""
    reached: dict[str, list[Join]] = {number: [] for number in sorted(start)}
    open_numbers = dict.fromkeys(reached, 1.0)
    while open_numbers:
        number = max(open_numbers, key=lambda key: (open_numbers[key], -len(reached[key]), key))
        share = open_numbers.pop(number)
        if number in goal:
            return reached[number]
        for join in joins:
            if number not in {join.older, join.newer}:
                continue
            other = join.newer if number == join.older else join.older
            reaching = share * join_probability(join)
            if other not in reached or (other in open_numbers and reaching > open_numbers[other]):
                reached[other] = [*reached[number], join]
                open_numbers[other] = reaching
    return []
