"""Numbers under which a line comes back after months and says both: that it was gone, and that the number is new.

"3 month off but Kane is on again, new phone" to those who had adverts of the number before says what the silence does
not: that no other number lay between. Without such words a gap of months breaks the order of a line's numbers, and a
new number alone says nothing of it: the line may have had others meanwhile that no phone held shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.deal_lines.line_turns import Periods, number_of
from search.linkage.instants import days_between
from search.linkage.joining.announcements import FALLS_SILENT_DAYS
from search.linkage.joining.groups import LineGroup, periods_of
from search.linkage.joining.name_changes import NEAR_DAYS
from search.linkage.keys import CHANGE_ROLES, is_number
from search.linkage.phrases import counted

MOST_DAYS: Final = 365.0
"""How long a line may have been gone. Reasoned: of the phones that a line had on its list hardly any is left then."""
_PHONES_OF_BOTH: Final = 2

_GONE: Final = re.compile(
    r"\b(?:months?|mnths?|mths?|weeks?|wks?|time|year) (?:off|away|out|inside|gone)\b|\bback (?:after|from)\b"
    r"|\bafter (?:a |the |my |our )?(?:long |lil |little |short )?(?:break|time|while|holidays?)\b"
    r"|\b(?:long|lil|little) (?:break|holidays?)\b|\bremember (?:me|us)\b"
    r"|\b(?:been|was|were) (?:away|off|gone|inside)\b|\blong time no\b|\b(?:on|back) again\b"
)
_NEW: Final = re.compile(
    r"\b(?:new|diff|different) (?:phone|fone|sim|num\w*|no|line|digits)\b|\bthis (?:num\w*|one) now\b"
)


def after_pauses(
    group: LineGroup, periods: Periods, predecessors: Mapping[str, str | None], evidence: Evidence
) -> dict[str, str]:
    """Return the numbers without a predecessor that say so, each with the last one before the pause.

    Args:
        group: The line.
        periods: When each of its numbers was in use, by turn.
        predecessors: What is known to have followed what.
        evidence: Whose texts of templates say it.
    """
    followed = {old for old in predecessors.values() if old is not None}
    found: dict[str, str] = {}
    for number in sorted(periods):
        begun = periods[number][0]
        if predecessors.get(number) is not None or begun is None or not is_number(number_of(number)):
            continue
        old = _last_before(number, begun, periods)
        if old is not None and old not in followed and _says_so(group, number, begun, number_of(old), evidence):
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
    return old if is_number(number_of(old)) and number_of(old)[:1] == number_of(number)[:1] else None


def _says_so(group: LineGroup, number: str, begun: str, old: str, evidence: Evidence) -> bool:
    """Whether one of the first adverts of a number says both to a phone that had the old one, and two got both."""
    before, after = group.spells_of(old), group.spells_of(number_of(number))
    had_old = frozenset[str]().union(*(spell.receiving for spell in before))
    has_new = frozenset[str]().union(*(spell.receiving for spell in after))
    if len(had_old & has_new) < _PHONES_OF_BOTH or not any(
        one.shares_a_name(other) for one in before for other in after
    ):
        return False
    for advert in (advert for spell in after for advert in spell.adverts):
        at = advert.edge.first_at
        if at is None or advert.device_id not in had_old or abs(days_between(begun, at)) > FALLS_SILENT_DAYS:
            continue
        text = " ".join(evidence.template_texts.get(advert.edge.other, "").lower().split())
        is_new = advert.edge.role in CHANGE_ROLES or _NEW.search(text) is not None
        if is_new and _GONE.search(text) is not None:
            return True
    return False


def pause_between(group: LineGroup, number: str, old: str) -> str | None:
    """Return the sentence on how long nothing came from either of two numbers. None: for no longer than two months."""
    ended, begun = periods_of(group, old)[1], periods_of(group, number)[0]
    days = days_between(ended, begun) if ended is not None and begun is not None else 0.0
    if days <= NEAR_DAYS:
        return None
    return f"{counted(int(days), 'day')} lie between the last advert of {old} and the first of {number}."
