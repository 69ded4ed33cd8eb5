"""What is said of each use of a line's number: what it took over from, and on what evidence, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.counting_order import counting_order
from search.linkage.deal_lines.line_turns import LineTurns, number_of
from search.linkage.deal_lines.long_pauses import pause_between
from search.linkage.deal_lines.own_word_new import OwnWord, own_word_new
from search.linkage.deal_lines.row_counts import AdvertCounts
from search.linkage.extraction.edge_table import RECORDS_AN_EDGE, merged_record_ids
from search.linkage.instants import lies_within
from search.linkage.joining.groups import LineGroup
from search.linkage.joining.order_numbers import numbers_to_order_from
from search.linkage.model import Handover, Join
from search.linkage.number_use.rests import Rests
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted, listed

SAID_BY: Final = {"announced_by_old": "old", "announced_by_new": "new"}
"""Which number said that a new one takes over, by kind of join."""
_RECORDS_A_NUMBER = 8
_ONE_RECOVERED = "no advert by its words alone, counts as such by how it came or by the line's name in it."
_RECOVERED = "no adverts by their words alone, count as such by how they came or by its name in them."


class Use(NamedTuple):
    """What the report says of a number at once: all of it, or one of its turns where it has several.

    Attributes:
        joins: What joins it with others.
        told: Of these what was told first in this use.
        place: Which of several turns it is, from 1. None: it has one.
        is_back: It took over from a number for which it had rested.
        pause: How long nothing came from either number in between, as a sentence. None: for no longer than two months.
    """

    group: LineGroup
    number: str
    first: str | None
    last: str | None
    succeeds: str | None
    joins: tuple[Join, ...]
    told: tuple[Join, ...]
    place: int | None = None
    is_back: bool = False
    pause: str | None = None


def uses_of(
    group: LineGroup,
    number: str,
    turns: LineTurns,
    predecessors: Mapping[str, str | None],
    returned: Collection[str],
    period: tuple[str | None, str | None],
) -> Iterable[Use]:
    """Yield what is said of a number: of each of its turns, in order, where it has several."""
    joins = tuple(group.joins_of(number))
    olds = {turn: number_of(old) for turn in turns.of.get(number, (number,)) if (old := predecessors.get(turn))}
    pauses = {turn: pause_between(turns.periods, turn, old) for turn in olds if (old := predecessors[turn])}
    if turns.is_one(number):
        is_back, pause = number in returned, pauses.get(number)
        yield Use(group, number, *period, olds.get(number), joins, joins, is_back=is_back, pause=pause)
        return
    for place, turn in enumerate(turns.of[number], start=1):
        about = tuple(join for join in joins if turns.is_about(turn, join))
        told = tuple(join for join in about if turns.is_told_in(turn, join))
        old, pause = olds.get(turn), pauses.get(turn)
        yield Use(group, number, *turns.periods[turn], old, about, told, place, is_back=place > 1, pause=pause)


def basis_of(use: Use, evidence: Evidence, counts: AdvertCounts | None) -> Iterable[str]:
    """Yield what shows the use of a number, what joins it with others, and what it took over from, in sentences.

    ``counts``: its adverts in the rows of phones. None: no row has any.
    """
    if use.place is None or use.place == 1:
        yield from _seen(use, evidence, counts)
        yield from evidence.accounts.sentences_of(use.number)
    yield from sorted({join.sentence for join in use.joins})
    predecessor = use.succeeds
    own_word = _own_word(use, evidence)
    if own_word is not None:
        yield own_word.sentence
    if use.place == 1:
        yield "It was in use again later, when other numbers of the line had been in use."
    if use.is_back and predecessor is not None:
        yield f"It rested while {predecessor} was in use, and was in use again when that one fell silent."
    elif use.is_back:
        yield "It rested while other numbers of the line were in use, and was in use again."
    elif predecessor is not None and not any(
        join.newer == use.number and join.older == predecessor for join in use.joins
    ):
        yield f"{predecessor} fell silent before this number began."
    if use.pause is not None:
        yield use.pause


def _own_word(use: Use, evidence: Evidence) -> OwnWord | None:
    """Return what a number said of itself where no text says which one it took over from. None: nothing."""
    old = use.succeeds
    is_announced = any(
        join.kind.startswith("announced") and {use.number, old} == {join.newer, join.older} for join in use.joins
    )
    if old is None or is_announced:
        return None
    return own_word_new(use.group, use.number, use.first, old, evidence)


def _seen(use: Use, evidence: Evidence, counts: AdvertCounts | None) -> Iterable[str]:
    group, number = use.group, use.number
    spells = [spell for spell in group.spells_of(number) if not spell.is_announced_only]
    held = counts if counts is not None and (counts.read or counts.further) else _of_spells(spells)
    if held.read or held.further:
        where = _phones(held.phones or held.further_phones, evidence)
        # one wording on one phone counts together, over all times of use
        all_times = "" if use.place is None else ", in all its times of use together,"
        yield f"{counted(held.read, 'advert') if held.read else 'No advert'} from this number{all_times} on {where}."
        if held.further:
            why = _ONE_RECOVERED if held.further == 1 else _RECOVERED
            is_there = held.further_phones <= (held.phones or held.further_phones)
            there = "there" if is_there else f"on {_phones(held.further_phones, evidence)}"
            yield f"{counted(held.further, 'further message')} from it {there}, {why}"
    elif number in numbers_to_order_from(group.joins):
        yield "No advert from this number was seen; it is known from what customers were told."
    else:
        yield "No advert from this number was seen; it was only announced."


def _phones(device_ids: Iterable[str], evidence: Evidence) -> str:
    return listed(sorted((evidence.label(device_id) for device_id in device_ids), key=counting_order), 3)


def _of_spells(spells: Iterable[Spell]) -> AdvertCounts:
    """Return the adverts of a number that no row has: they went to one phone alone, or their sender shows no number."""
    adverts = [advert for spell in spells for advert in spell.adverts]
    read = [advert for advert in adverts if not advert.is_recovered]
    further = [advert for advert in adverts if advert.is_recovered]
    return AdvertCounts(
        read=sum(advert.edge.count for advert in read),
        further=sum(advert.edge.count for advert in further),
        phones=frozenset(advert.device_id for advert in read),
        further_phones=frozenset(advert.device_id for advert in further),
    )


def handovers_of(use: Use, evidence: Evidence) -> Iterable[Handover]:
    """Yield what announced the number in this use."""
    for join in use.joins:
        said_by = SAID_BY.get(join.kind)
        if join.newer == use.number and said_by is not None:
            yield Handover(said_by, evidence.sender_label(join.older), join.sentence, join.said_in)


def records_of(use: Use, evidence: Evidence, rests: Rests) -> tuple[str, ...]:
    """Return records of announcements first, then of adverts of the number in this use."""
    edges = [advert.edge for spell in use.group.spells_of(use.number) for advert in spell.adverts]
    adverts = merged_record_ids(edges) if use.place is None else _records_within(use, edges, rests)[:RECORDS_AN_EDGE]
    own_word = _own_word(use, evidence)
    announced = [*own_word.record_ids[:2]] if own_word is not None else []
    announced += [record for join in use.told for record in join.record_ids[:2]]
    return tuple(dict.fromkeys((*announced, *adverts)))[:_RECORDS_A_NUMBER]


def _records_within(use: Use, edges: Iterable[Edge], rests: Rests) -> Sequence[str]:
    """Return records of one of several turns, one a day first; what is undated is of the first turn.

    Of the records of an edge that goes on in a later turn the first one alone has an instant that is known here.
    """
    found: list[tuple[str, str]] = [held for held in rests.records(use.number) if _is_within(use, held[0])]
    undated: list[str] = []
    for edge in edges:
        if edge.first_at is None:
            undated += edge.record_ids if use.place == 1 else ()
        elif _is_within(use, edge.first_at):
            of_it = (
                edge.record_ids if edge.last_at is not None and _is_within(use, edge.last_at) else edge.record_ids[:1]
            )
            found += ((edge.first_at, record_id) for record_id in of_it)
    of_days: dict[str, str] = {}
    for at, record_id in sorted(found):
        of_days.setdefault(at[: len("2024-01-31")], record_id)
    return list(dict.fromkeys((*of_days.values(), *(record_id for _, record_id in sorted(found)), *undated)))


def _is_within(use: Use, at: str) -> bool:
    return lies_within(at, use.first, use.last, 0)
