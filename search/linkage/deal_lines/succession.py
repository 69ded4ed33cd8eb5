"""The numbers of a line in order: which took over from which, and on what evidence.

Two numbers in use at once are no succession, even where one announced the other; a gap breaks it, visibly, unless the
later number says that the line is back from it (``long_pauses``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.deal_lines.interleaved import are_interleaved
from search.linkage.deal_lines.line_turns import LineTurns, Periods, number_of
from search.linkage.deal_lines.line_uses import basis_of, handovers_of, records_of, uses_of
from search.linkage.deal_lines.long_pauses import after_pauses
from search.linkage.deal_lines.row_counts import AdvertCounts
from search.linkage.deal_lines.second_numbers import second_numbers
from search.linkage.instants import days_between
from search.linkage.joining.announcements import FALLS_SILENT_DAYS
from search.linkage.joining.borrowed import borrowed_numbers
from search.linkage.joining.groups import LineGroup, periods_of
from search.linkage.joining.name_changes import NEAR_DAYS
from search.linkage.joining.order_numbers import numbers_to_order_from
from search.linkage.joining.told_beside import TOLD_BESIDE
from search.linkage.keys import UNKNOWN_NUMBER, is_account_id
from search.linkage.model import Join, LineNumber
from search.linkage.number_use.one_number import OVERLAP_DAYS, WITHIN_DAYS
from search.linkage.number_use.rests import Rests
from search.linkage.number_use.uses import GAP_DAYS

_PHONES_GONE_OVER: Final = 2


def numbers_of(
    group: LineGroup,
    evidence: Evidence,
    devices_by_number: Mapping[str, Iterable[str]],
    counts: Mapping[str, AdvertCounts],
    rests: Rests,
) -> list[LineNumber]:
    """Return the numbers of the line, sorted, each with dates, what it succeeds, and the evidence in sentences.

    Of applications whose accounts are no telephone numbers the ids of the accounts stand among them.

    Args:
        group: The line.
        evidence: All that lines are made from.
        devices_by_number: Devices with traffic of each number.
        counts: Adverts of each number in the rows of phones.
        rests: Which numbers rested while others were in use.
    """
    accounts = {spell.sender for spell in group.spells if is_account_id(spell.sender)}
    periods = {number: periods_of(group, number) for number in group.numbers}
    # what customers are told to order from is in use beside what tells them, and what is borrowed in place of another
    told = numbers_to_order_from(group.joins) | borrowed_numbers(group.joins)
    turns = LineTurns(group, {number: held for number, held in periods.items() if number not in told}, evidence, rests)
    in_turn = msgspec.structs.replace(group, joins=turns.joins)
    new, beside = _said_to_be_new(turns, evidence), second_numbers(turns, evidence)
    predecessors = _predecessors(in_turn, turns.periods, turns.rests, new, beside)
    predecessors.update(after_pauses(in_turn, turns.periods, predecessors, evidence))
    returned = _returned(in_turn, turns.periods, turns.rests, predecessors)
    predecessors.update(returned)
    periods.update({account: periods_of(group, account) for account in accounts})
    held = {**devices_by_number, **{account: _devices_of(group, account) for account in accounts}}
    return [
        LineNumber(
            number=number,
            first_seen_at=use.first,
            last_seen_at=use.last,
            device_ids=tuple(sorted(set(held.get(number, ())))),
            succeeds=use.succeeds,
            basis=tuple(basis_of(use, evidence, counts.get(number))),
            handovers=tuple(handovers_of(use, evidence)),
            record_ids=records_of(use, evidence, rests),
            is_announced_only=all(spell.is_announced_only for spell in group.spells_of(number)),
        )
        for number in sorted(accounts.union(group.numbers))
        for use in uses_of(group, number, turns, predecessors, returned, periods[number])
    ]


def _devices_of(group: LineGroup, account: str) -> frozenset[str]:
    """Return the devices that sent or got adverts of an account."""
    return frozenset().union(*(spell.sending | spell.receiving for spell in group.spells_of(account)))


def _said_to_be_new(turns: LineTurns, evidence: Evidence) -> frozenset[str]:
    """Return the turns of numbers whose first texts say that they are new ones, and not of which."""
    return frozenset(
        turn
        for said in evidence.announcements
        if said.edge.key == UNKNOWN_NUMBER and said.edge.first_at is not None
        for turn in turns.of.get(said.sender, ())
        if (begun := turns.periods[turn][0]) is not None
        and abs(days_between(begun, said.edge.first_at)) <= FALLS_SILENT_DAYS
    )


def _predecessors(
    group: LineGroup,
    periods: Periods,
    rests: Rests,
    new: Collection[str],
    beside: Mapping[str, Collection[str]],
) -> dict[str, str | None]:
    """Return the number that each took over from; what is announced comes first.

    A number that fell silent has one successor: the announced one, else the one that began nearest to its end. What
    began later, while that one was in use, is a second number beside it, unless that one rested for it; so is what was
    announced and began while the old number was in use, where another one was announced and began when it ended. What
    was told to be in use beside another follows none, and is followed by none that follows that other.
    """
    found: dict[str, str | None] = dict.fromkeys(periods)
    unsaid = []
    for number in periods:
        announced = [
            join
            for join in group.joins
            if join.newer == number
            and join.older in periods
            and join.older != number
            and join.kind.startswith("announced")
        ]
        taken_over = [
            join
            for join in announced
            if _is_said_back(group, join, rests)
            or (
                (
                    not _at_once(periods[join.older], periods[number], join)
                    or _has_rested(join, rests)
                    or _is_late_on_one_phone(group, join, periods)
                )
                and not _is_beside(number, join.older, group.joins, periods)
            )
        ]
        if taken_over:
            # the last number before this one is the one that it took over from
            found[number] = max(taken_over, key=lambda join: (periods[join.older][1] or "", join.older)).older
        else:
            # what a number beside it says of it ("this one and ... are on") is no word on which it took over from
            unsaid.append(number)
    # what rested for one number and came back is followed by another one when it ends
    rested: set[str] = set()
    followed: set[str] = set()
    for number, old in found.items():
        if old is not None:
            (rested if _went_on(periods, old, number) else followed).add(old)
    # of a number that came back later less tells that it was taken over than of one that ended as near
    at_once = {frozenset(map(number_of, (join.older, join.newer))) for join in group.joins if join.kind == TOLD_BESIDE}
    near = sorted(
        (is_rest, gap + (OVERLAP_DAYS if _comes_back(old, periods) else 0.0), old, number)
        for number in unsaid
        if number not in beside
        for is_rest, gap, old in _in_turn(
            _before(group, number, periods, rests, GAP_DAYS if number in new else NEAR_DAYS), beside, periods
        )
        if _is_bare(old) == _is_bare(number) and frozenset((number_of(old), number_of(number))) not in at_once
    )
    for is_rest, _, old, number in near:
        taken = rested if is_rest else followed
        if found[number] is None and old not in taken:
            found[number] = old
            taken.add(old)
    return found


def _is_bare(turn: str) -> bool:
    """Whether a number bears neither country nor trunk code, as ids of an application's accounts do (Telegram's).

    An account goes on whatever number a line has; that one follows the other is stated where somebody says so alone.
    """
    return not number_of(turn).startswith(("+", "0"))


def _returned(
    group: LineGroup, periods: Periods, rests: Rests, predecessors: Mapping[str, str | None]
) -> dict[str, str]:
    """Return what came back after a rest, with the number that it took over from then: the one that it rested for.

    A number has one predecessor in the report: that before its first use, where there is one.
    """
    found: dict[str, str] = {}
    for number, old in sorted(predecessors.items()):
        if old is None or predecessors.get(old) is not None or not _went_on(periods, old, number):
            continue
        announced = [
            join
            for join in group.joins
            if (join.newer, join.older) == (number, old) and join.kind.startswith("announced")
        ]
        has_rested = rests.gap_days(old, number) is not None or any(
            _has_rested(join, rests) or _is_said_back(group, join, rests) for join in announced
        )
        if has_rested and (old not in found or (periods[number][1] or "") > (periods[found[old]][1] or "")):
            found[old] = number
    return {**found, **_called_back(group, periods, rests, predecessors)}


def _called_back(
    group: LineGroup, periods: Periods, rests: Rests, predecessors: Mapping[str, str | None]
) -> dict[str, str]:
    """Return the first numbers of a line that a later one announced again after a rest, with the last that did.

    Others may have been in use in between: 1, 2, 3 and 1 again.
    """
    found: dict[str, tuple[str, str]] = {}
    for join in group.joins:
        back, old, told = join.newer, join.older, join.at
        if told is None or not join.kind.startswith("announced") or back not in periods or old not in periods:
            continue
        first, last, begun = periods[back][0], periods[back][1], periods[old][0]
        if predecessors.get(back) is not None or first is None or last is None or begun is None:
            continue
        is_over = days_between(told, periods[old][1] or told) <= FALLS_SILENT_DAYS
        has_rested = days_between(begun, told) > FALLS_SILENT_DAYS and rests.is_silent(back, begun, told)
        if first < begun <= told < last and is_over and has_rested:
            found[back] = max((told, old), found.get(back, ("", "")))
    return {back: old for back, (_, old) in found.items()}


def _comes_back(turn: str, periods: Periods) -> bool:
    """Whether a number has a later turn."""
    return any(
        number_of(other) == number_of(turn) and (held[0] or "") > (periods[turn][0] or "")
        for other, held in periods.items()
    )


def _went_on(periods: Periods, old: str, number: str) -> bool:
    """Whether a number went on after the one that took over from it had ended."""
    ended, last = periods[number][1], periods[old][1]
    return ended is not None and last is not None and days_between(ended, last) > 0


def _at_once(old: tuple[str | None, str | None], new: tuple[str | None, str | None], join: Join) -> bool:
    """Whether the old number went on for long after the new one was in use."""
    begun = new[0] or join.at
    return begun is not None and old[1] is not None and days_between(begun, old[1]) > FALLS_SILENT_DAYS


def _has_rested(join: Join, rests: Rests) -> bool:
    """Whether the old number rested while the one that was announced was in use."""
    return rests.gap_days(join.older, join.newer, is_announced=join.kind == "announced_by_old") is not None


def _is_said_back(group: LineGroup, join: Join, rests: Rests) -> bool:
    """Whether the new number announced the old one again later, and that one sent nothing in between.

    Both are said outright; how often the old one sends need not tell that it rested.
    """
    told = join.at
    return told is not None and any(
        back.older == join.newer
        and back.newer == join.older
        and back.kind.startswith("announced")
        and back.at is not None
        and back.at > told
        and rests.is_silent(join.older, told, back.at)
        for back in group.joins
    )


def _is_late_on_one_phone(group: LineGroup, join: Join, periods: Periods) -> bool:
    """Whether the old number went on after the change that it announced by what one phone alone dates.

    What it sends goes to many. Where two other phones that got its adverts got those of the line's later numbers since,
    and none of its own, that phone's clock is wrong, or the text came late. Of a number that came back later a phone
    that kept texts of this turn and of a later one may have got them late too.
    """
    begun, (_, ended), old = periods[join.newer][0], periods[join.older], number_of(join.older)
    if join.kind != "announced_by_old" or begun is None:
        return False
    late: set[str] = set()
    gone_over: set[str] = set()
    for spell in group.spells:
        for advert in spell.adverts:
            last = advert.edge.last_at
            is_after = last is not None and days_between(begun, last) > FALLS_SILENT_DAYS
            if spell.sender == old and is_after:
                # what began after this turn is of a later one
                if advert.edge.first_at is None or ended is None or days_between(advert.edge.first_at, ended) >= 0:
                    late.add(advert.device_id)
            elif is_after:
                gone_over.add(advert.device_id)
    had_old = {device_id for spell in group.spells_of(old) for device_id in spell.receiving}
    return len(late) <= 1 and len(gone_over & had_old - late) >= _PHONES_GONE_OVER


def _is_beside(number: str, old: str, joins: Iterable[Join], periods: Periods) -> bool:
    """Whether a number was announced by one that went on until another one that was announced for it began."""
    begun, ended = periods[number][0], periods[old][1]
    if begun is None or ended is None or days_between(begun, ended) <= WITHIN_DAYS:
        return False
    others = {
        join.newer for join in joins if join.older == old and join.newer != number and join.kind.startswith("announced")
    }
    return any(
        first is not None and -WITHIN_DAYS <= days_between(ended, first) <= NEAR_DAYS
        for first in (periods[other][0] for other in others if other in periods)
    )


def _before(
    group: LineGroup, number: str, periods: Periods, rests: Rests, most_days: float
) -> Iterable[tuple[bool, float, str]]:
    """Yield the numbers that fell silent about when this one began, whether for a rest alone, and the days between.

    A line that was gone for long and says so is on a new number; where nothing says so such a gap breaks the order.
    """
    first, last = periods[number]
    if first is None or last is None:
        return
    for other, (other_first, other_last) in periods.items():
        if (
            number_of(other) == number_of(number)
            or other_first is None
            or other_last is None
            or days_between(other_first, first) <= 0
        ):
            continue
        rested = rests.gap_days(other, number)
        if rested is not None and rested <= NEAR_DAYS:
            yield True, abs(rested), other
        if days_between(other_last, last) <= 0 and days_between(first, other_last) > WITHIN_DAYS:
            continue  # what goes on for longer than this number was not taken over by it
        gap = days_between(other_last, first)
        if -OVERLAP_DAYS <= gap <= most_days and not are_interleaved(group, other, number, periods):
            yield False, abs(gap), other


def _in_turn(
    before: Iterable[tuple[bool, float, str]], beside: Mapping[str, Collection[str]], periods: Periods
) -> Iterable[tuple[bool, float, str]]:
    """Return what is before a number without those that were in use beside another one of these.

    Of numbers that each tell of the other the one that began first is left.
    """
    found = list(before)
    others = {old for _, _, old in found}
    left = others - {old for old in others if not others.isdisjoint(beside.get(old, ()))}
    if others and not left:
        left = {min(others, key=lambda old: (periods[old][0] or "~", old))}
    return [each for each in found if each[2] in left]
