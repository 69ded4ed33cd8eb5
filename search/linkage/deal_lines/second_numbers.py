"""Second numbers of a line by the word of one of two: which came to be in use beside which.

A line that changes its number and soon has a second phone says of both that they are on. Two numbers at once are no
succession between those two; the one that began first is the line's number after all, and follows the one before it.
"""

from __future__ import annotations

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.deal_lines.line_turns import LineTurns
from search.linkage.instants import days_between
from search.linkage.joining.announcements import FALLS_SILENT_DAYS
from search.linkage.keys import AnnouncedFrom


def second_numbers(turns: LineTurns, evidence: Evidence) -> dict[str, frozenset[str]]:
    """Return the turns of numbers that came to be in use beside others, each with the turns of these others.

    One of two tells customers the other one, and no text says that it takes over: "2 phones now this n 07700 900123 use
    any". What it tells was not in use long before, and it goes on itself, which the words may say outright. Of the two
    the one that began later is the second one; where that is not known, the one that is told.

    Args:
        turns: The turns of the line's numbers.
        evidence: All that lines are made from.
    """
    found: dict[str, set[str]] = {}
    for said in evidence.with_other_number:
        told = said.edge.first_at
        if told is None or said.edge.other == said.sender:
            continue
        number, teller = turns.since(said.edge.other, told), turns.at(said.sender, told)
        pair = _in_order(number, teller, said, turns)
        if pair is not None:
            first, second = pair
            found.setdefault(second, set()).add(first)
    return {number: frozenset(others) for number, others in found.items()}


def _in_order(number: str, teller: str, said: Evidenced, turns: LineTurns) -> tuple[str, str] | None:
    """Return the number that began first and the one beside it. None: the words are of no second number."""
    told, last = said.edge.first_at, turns.periods.get(teller, (None, None))[1]
    begun, teller_begun = (turns.periods.get(turn, (None, None))[0] for turn in (number, teller))
    if told is None or begun is None or last is None or days_between(told, begun) < -FALLS_SILENT_DAYS:
        return None
    is_said = AnnouncedFrom(said.edge.role) is AnnouncedFrom.BESIDE
    if not is_said and days_between(told, last) <= FALLS_SILENT_DAYS:
        return None
    is_first = teller_begun is not None and days_between(begun, teller_begun) > 0
    return (number, teller) if is_first else (teller, number)
