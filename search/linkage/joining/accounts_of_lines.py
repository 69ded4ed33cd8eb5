"""Accounts and channels of applications that are a line's, beside the numbers that it texts from.

A line posts in a channel what it texts, to those of its customers who came along there. Nobody rings a channel, so that
it takes nothing over from a number and is in use while the line's numbers follow each other; and most customers are
not in it, so that who got the texts alone says nothing. It is the line's where it goes by the line's name, lasts,
writes for the most part what no other line does, and reaches nobody held whom the line's numbers do not, on three
phones, or on two for a month in the wordings of several of its numbers: whoever imitates a line soon stops, or has
people of his own, or says that its numbers are the false ones; who looks for its customers writes to them alone. Where
it may be of two lines of one name, it is joined with neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import days_between, earliest, latest, periods_touch
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.keys import is_account_id
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.used_at_once import shared_wordings, soon_stops
from search.linkage.phrases import counted
from search.linkage.weights import JOIN_WEIGHTS

ACCOUNT_OF_LINE: Final = "account_of_line"
_LEAST_PHONES: Final = 3
_PHONES_OF_LASTING: Final = 2
_LASTING_DAYS: Final = 30.0
_NUMBERS_OF_LASTING: Final = 2
"""So few phones are enough of an account that lasts so long and has wordings of so many numbers of the line. Reasoned:
who writes to another's customers is held on one or two phones as well."""
_LEAST_WORDINGS: Final = 3
_SHARE_OF_ITS_WORDINGS: Final = 0.75
"""Of the wordings of the account those that the line's numbers sent too, and that stand under no other name. Reasoned:
one who copies takes some, and has as many of his own."""
_AGAINST: Final = re.compile(
    r"\b(?:fakes?|imposters?|impostors?|copycats?|scam\w*|snides?|not (?:us|me|ours?)"
    r"|(?:do not|don'?t|never|stop) (?:ring|call?|bell?|te?xt|use|trust|buy)\w* "
    r".*\b(?:old|other|numbers?|nums?|lines?))\b"
)
"""Words of an account's own that speak against the numbers, each letter once."""
_NEAR_DAYS: Final = 60.0

_Wordings = Callable[[Iterable[str]], frozenset[str]]


class AccountJoins:
    """Finds the accounts of lines.

    Args:
        spells: All spells, by place.
        others: What joins other spells.
        keeps_apart: Whether one of two spells warns of the other.
        specific: Returns those of some wordings that stand under one name alone.
    """

    def __init__(
        self,
        spells: Sequence[Spell],
        others: Iterable[PlacedJoin],
        keeps_apart: Callable[[Spell, Spell], bool],
        specific: _Wordings,
    ) -> None:
        self.joins: list[PlacedJoin] = []
        self.pairs: set[frozenset[int]] = set()
        """Places of an account and of each number of its line."""
        accounts = [spell for spell in spells if _may_be_of_a_line(spell)]
        if not accounts:
            return
        taken = {spell.place for spell in spells if spell.is_account}
        joined = [(a, b) for a, b, _ in others if not {a, b} & taken and max(a, b) < len(spells)]
        for account in accounts:
            around = [spell for spell in spells if spell.place not in taken and account.shares_a_name(spell)]
            found = []
            for line in _joined_among(around, joined):
                shared = specific(_shared(account, line))
                if _is_theirs(account, line, len(shared)) and not any(keeps_apart(account, it) for it in line):
                    found.append((line, len(shared)))
            if len(found) == 1:
                self._join(account, *found[0])

    def has(self, placed: PlacedJoin) -> bool:
        """Whether a join is of an account and a number of its line, which take nothing over from each other."""
        return frozenset(placed[:2]) in self.pairs

    def _join(self, account: Spell, line: Sequence[Spell], wordings: int) -> None:
        beside = max(line, key=lambda number: (len(shared_wordings(account, number)), -number.place))
        self.pairs.update(frozenset((account.place, number.place)) for number in line)
        join = Join(
            kind=ACCOUNT_OF_LINE,
            older=beside.sender,
            newer=account.sender,
            weight=JOIN_WEIGHTS[ACCOUNT_OF_LINE],
            sentence=(
                f"{account.sender} posted {counted(wordings, 'wording')} of the line of {beside.sender} that no other "
                f"uses, under its name, to {counted(len(account.receiving), 'phone')}; the line texted each of them."
            ),
            record_ids=merged_record_ids([it.edge for spell in (beside, account) for it in spell.adverts[:2]], 4),
        )
        self.joins.append((beside.place, account.place, join))


def _may_be_of_a_line(spell: Spell) -> bool:
    """Whether an account of an application is seen long enough, on phones enough, and not on one that sent from it."""
    return (
        is_account_id(spell.sender)
        and bool(spell.names)
        and not spell.sending
        and len(spell.receiving) >= _PHONES_OF_LASTING
        and not soon_stops(spell)
    )


def _joined_among(spells: Sequence[Spell], joined: Iterable[tuple[int, int]]) -> Iterable[list[Spell]]:
    """Return the spells by what joins them with each other."""
    group_of = {spell.place: [spell] for spell in spells}
    for a, b in joined:
        one, other = group_of.get(a), group_of.get(b)
        if one is not None and other is not None and one is not other:
            one.extend(other)
            group_of.update(dict.fromkeys((spell.place for spell in other), one))
    groups: dict[int, list[Spell]] = defaultdict(list)
    for group in group_of.values():
        groups[id(group)] = group
    return groups.values()


def _is_theirs(account: Spell, line: Sequence[Spell], wordings: int) -> bool:
    """Whether an account sends a line's wordings to its people alone, in its time.

    Args:
        account: The account.
        line: Numbers that are joined with each other, of its name.
        wordings: How many they have in common that stand under no other name.
    """
    texted = frozenset().union(*(number.recipients for number in line))
    period = earliest(number.first_at for number in line), latest(number.last_at for number in line)
    return (
        account.receiving <= texted
        and (len(account.receiving) >= _LEAST_PHONES or _lasts_with(account, line))
        and not any(map(_AGAINST.search, account.wordings - _shared(account, line)))
        and wordings >= max(_LEAST_WORDINGS, _SHARE_OF_ITS_WORDINGS * len(account.wordings))
        and periods_touch(account.period, period, _NEAR_DAYS)
    )


def _shared(account: Spell, line: Iterable[Spell]) -> frozenset[str]:
    return frozenset().union(*(shared_wordings(account, number) for number in line))


def _lasts_with(account: Spell, line: Iterable[Spell]) -> bool:
    """Whether an account goes on for a month while a line changes its number, and writes what several of these do."""
    first, last = account.period
    numbers = sum(bool(shared_wordings(account, number)) for number in line)
    lasts = first is not None and last is not None and days_between(first, last) >= _LASTING_DAYS
    return lasts and numbers >= _NUMBERS_OF_LASTING
