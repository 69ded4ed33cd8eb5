"""Numbers under which a line goes on after months, and which say so to those who had its adverts before.

"Old number gone, its Kane" tells what the silence does not, that no other number lay between, where two phones or more
that got the line's adverts all along are told so, and no phone holds any under its name from another number since: what
they were told is gone is what they had last. Without such words a gap of months breaks the order of a line's numbers,
and a new number alone says nothing of it: the line may have had others meanwhile that no phone held shows. So do words
of a break ("3 month off, on again, new phone"), of which the same could be written of goods, of phones and of rivals. A
number that the line has used before is not new, and one that sends its adverts again later is not gone; of two that
ended at once nothing tells which one it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.deal_lines.line_turns import Periods, number_of
from search.linkage.instants import days_between, periods_touch
from search.linkage.joining.announcements import FALLS_SILENT_DAYS
from search.linkage.joining.groups import LineGroup
from search.linkage.joining.name_changes import NEAR_DAYS
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom, fold_name, is_number
from search.linkage.phrases import counted

MOST_DAYS: Final = 365.0
"""How long a line may have been gone. Reasoned: of the phones that a line had on its list hardly any is left then."""
_PHONES_OF_BOTH: Final = 2


def after_pauses(
    group: LineGroup, periods: Periods, predecessors: Mapping[str, str | None], evidence: Evidence
) -> dict[str, str]:
    """Return the numbers without a predecessor that say so, each with the last one before the pause.

    Args:
        group: The line.
        periods: When each of its numbers was in use, by turn.
        predecessors: What is known to have followed what.
        evidence: What phones were told, and had from whom.
    """
    followed = {old for old in predecessors.values() if old is not None}
    found: dict[str, str] = {}
    for number in sorted(periods):
        begun = periods[number][0]
        if predecessors.get(number) is not None or begun is None or not is_number(number_of(number)):
            continue
        old = _last_before(number, begun, periods)
        if old is None or old in followed:
            continue
        after = _After(group, number_of(number), begun, number_of(old), periods[old][1] or begun, evidence)
        if after.is_told and not _used_again(number, old, begun, periods) and after.announces():
            found[number] = old
            followed.add(old)
    return found


def _last_before(number: str, begun: str, periods: Periods) -> str | None:
    """Return what was in use last before a number began; None where that was not months before, or is another form."""
    earlier = [
        (last, other)
        for other, (first, last) in periods.items()
        if number_of(other) != number_of(number)
        and first is not None
        and last is not None
        and days_between(first, begun) > 0
    ]
    last, old = max(earlier, default=("", ""))
    if not old or not NEAR_DAYS < days_between(last, begun) <= MOST_DAYS:
        return None
    is_one = all(other == old or days_between(ended, last) > FALLS_SILENT_DAYS for ended, other in earlier)
    return old if is_one and is_number(number_of(old)) and number_of(old)[:1] == number_of(number)[:1] else None


def _used_again(number: str, old: str, begun: str, periods: Periods) -> bool:
    """Whether the new number was in use before the old one ended, or that one is when the new one has begun."""
    return any(
        number_of(turn) in {number_of(number), number_of(old)}
        and turn not in {number, old}
        and (number_of(turn) == number_of(number) or days_between(begun, last or begun) > 0)
        for turn, (_, last) in periods.items()
    )


class _After:
    """A number of a line that began months after another one had ended.

    Attributes:
        is_told: Whether two phones got adverts of both, and these bear one name.
    """

    def __init__(self, group: LineGroup, number: str, begun: str, old: str, ended: str, evidence: Evidence) -> None:
        self._group = group
        self._number = number
        self._begun = begun
        self._ended = ended
        self._evidence = evidence
        before, self._spells = group.spells_of(old), group.spells_of(number)
        self._had_old = frozenset[str]().union(*(spell.receiving for spell in before))
        has_new = frozenset[str]().union(*(spell.receiving for spell in self._spells))
        self._names = frozenset[str]().union(*(spell.forms for spell in (*before, *self._spells)))
        self.is_told = len(self._had_old & has_new) >= _PHONES_OF_BOTH and any(
            one.shares_a_name(other) for one in before for other in self._spells
        )

    def announces(self) -> bool:
        """Whether the number says that it is new to two phones that had the old one; no phone has another since."""
        told = {
            said.device_id
            for said in self._evidence.announcements
            if said.sender == self._number
            and said.edge.key == UNKNOWN_NUMBER
            and not AnnouncedFrom(said.edge.role).is_from_old
            and self._is_first(said.edge.first_at)
        }
        told &= self._had_old
        return len(told) >= _PHONES_OF_BOTH and not any(map(self._lies_between, self._evidence.adverts))

    def _is_first(self, at: str | None) -> bool:
        return at is not None and abs(days_between(self._begun, at)) <= FALLS_SILENT_DAYS

    def _lies_between(self, held: Evidenced) -> bool:
        """Whether an advert under the line's name came from neither number in the time between."""
        if held.sender in self._group.numbers or fold_name(held.edge.label) not in self._names:
            return False
        return periods_touch((held.edge.first_at, held.edge.last_at), (self._ended, self._begun), 0)


def pause_between(periods: Periods, turn: str, old: str) -> str | None:
    """Return the sentence on how long nothing came from either of two turns of numbers, both among the periods.

    None: for no longer than two months, or one of them is undated.
    """
    ended, begun = periods[old][1], periods[turn][0]
    days = days_between(ended, begun) if ended is not None and begun is not None else 0.0
    if days <= NEAR_DAYS:
        return None
    up_to_then = "" if old == number_of(old) else " up to then"
    of_this_use = "" if turn == number_of(turn) else " in this use"
    return (
        f"{counted(int(days), 'day')} lie between the last advert of {number_of(old)}{up_to_then}"
        f" and the first of {number_of(turn)}{of_this_use}."
    )
