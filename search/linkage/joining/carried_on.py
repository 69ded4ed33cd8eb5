"""Lines without a name that go on under another number, though nothing says so.

The last words of the one number are the first ones of the next, within days, and nearly all who got the one get the
other. Each of that is chance or a copy now and then: two dealers of a town sell to the same people, copy each other's
words, and may begin when another ends. So all of it must hold at once, on several phones, and more: nobody else has
these words; the old number is heard of no more, and the new one had not been used; nothing else began that might be the
line; each is surely a line by itself; no phone book has other names for the two, no text tells another number, and no
person decided about one of them alone. What two wordings say is weighed elsewhere (``name_joins``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import days_between, earliest, latest
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.groups import LineGroup
from search.linkage.joining.rulings import Rulings
from search.linkage.keys import TRAFFIC_ROLES, UNKNOWN_NUMBER, Role, fold_name
from search.linkage.model import Join
from search.linkage.number_use.names import share_a_form
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted
from search.linkage.weights import JoinWeights

CARRIED_ON: Final = "carried_on"
SURELY_A_LINE: Final = 0.9
"""Probability of either number's being a line by itself: a shop whose one text reads like an advert has less."""
_SOON_DAYS: Final = 7.0
"""From the last advert of the one to the first of the other. Reasoned: lines send each week."""
_RIVAL_DAYS: Final = 14.0
"""How long after the end of the one another line that begins may be the line too."""
_AT_THE_END_DAYS: Final = 1.0
_LEAST_PHONES: Final = 4
_NEARLY_ALL: Final = 0.75
_MOST: Final = 0.5
_LEAST_WORDS: Final = 4
"""Of a wording: "back on now" is everybody's."""
_LEAST_WORDINGS: Final = 2
"""Of either: people who tell their friends of a new number in the same words have no others."""
_SHARE_OF_WORDINGS: Final = 1 / 3
"""Of the side that has fewer wordings, those in common: a line that goes on sends more than one of a dozen again."""
_FROM_IT: Final = frozenset({Role.RECEIVED, Role.CALLED_BY})


class _End(NamedTuple):
    """The last number of a line, or the first one: its spells of adverts there, and the instant."""

    group: LineGroup
    spells: tuple[Spell, ...]
    at: str

    @property
    def number(self) -> str:
        return self.spells[0].sender

    @property
    def phones(self) -> frozenset[str]:
        """Phones that got its adverts by a clock that is not known to be wrong."""
        return frozenset[str]().union(*(spell.receiving - spell.out_of_time for spell in self.spells))

    @property
    def wordings(self) -> frozenset[str]:
        return frozenset[str]().union(*(spell.wordings for spell in self.spells))

    @property
    def listed(self) -> frozenset[str]:
        """Whom it went to from phones that are held; nobody where none is."""
        return frozenset[str]().union(*(spell.recipients for spell in self.spells if spell.sending))


class CarriedOn:
    """Finds the lines of which one goes on what the other was.

    Args:
        groups: All groups of spells, whether they are lines or not.
        lines: Line ids of those that surely are lines by themselves, whatever a person said of them.
        evidence: All that lines are made from.
        traffic: Edges of kind number of their numbers, by number.
        rulings: What people decided.
    """

    def __init__(
        self,
        groups: Sequence[LineGroup],
        lines: Collection[str],
        evidence: Evidence,
        traffic: Mapping[str, Sequence[Edge]],
        rulings: Rulings,
    ) -> None:
        self._groups = groups
        self._lines = [group for group in groups if group.line_id in lines]
        self._evidence = evidence
        self._traffic = traffic
        self._rulings = rulings

    def joins(self) -> list[PlacedJoin]:
        """Return the joins; none where a line may go on as two, or two as one."""
        unnamed = [group for group in self._lines if not group.names and not _is_told_of(group)]
        ended = [end for group in unnamed if (end := _last_of(group)) is not None]
        begun = [end for group in unnamed if (end := _first_of(group)) is not None]
        pairs: list[tuple[_End, _End, frozenset[str]]] = [
            (older, newer, phones)
            for older, newer in product(ended, begun)
            if older.group is not newer.group
            and 0.0 <= days_between(older.at, newer.at) <= _SOON_DAYS
            and (phones := self._gone_over(older, newer))
            and self._is_undisputed(older, newer, phones)
        ]
        olds = Counter(older.group.line_id for older, _, _ in pairs)
        news = Counter(newer.group.line_id for _, newer, _ in pairs)
        return [
            self._placed(older, newer, phones)
            for older, newer, phones in pairs
            if olds[older.group.line_id] == news[newer.group.line_id] == 1
        ]

    def _gone_over(self, older: _End, newer: _End) -> frozenset[str]:
        """Return the phones that got both, the last words of the one as the first of the other; none if too few."""
        common = older.wordings & newer.wordings
        fewest = min(len(older.wordings), len(newer.wordings))
        if fewest < _LEAST_WORDINGS or len(common) < _SHARE_OF_WORDINGS * fewest:
            return frozenset()
        both = older.phones & newer.phones
        one, other = (self._held_then(end.phones, older, newer) for end in (older, newer))
        if len(both) < max(_LEAST_PHONES, _NEARLY_ALL * len(one), _NEARLY_ALL * len(other)):
            return frozenset()
        lists = older.listed, newer.listed
        if all(lists) and len(lists[0] & lists[1]) < _NEARLY_ALL * max(map(len, lists)):
            return frozenset()
        carried = {
            wording: _got(older, wording, is_last=True) & _got(newer, wording, is_last=False) & both
            for wording in common
            if self._is_of_these(wording, older, newer)
        }
        most = max(map(len, carried.values()), default=0)
        return both if most >= max(_LEAST_PHONES - 1, _MOST * len(both)) else frozenset()

    def _held_then(self, phones: Iterable[str], older: _End, newer: _End) -> frozenset[str]:
        """Return the phones without those that hold nothing of the time of the one, or of the other."""
        held = []
        for device_id in phones:
            facts = self._evidence.devices[device_id]
            begins_later = facts.first_at is not None and days_between(older.at, facts.first_at) > 0
            if not begins_later and (facts.last_at is None or days_between(newer.at, facts.last_at) >= 0):
                held.append(device_id)
        return frozenset(held)

    def _is_of_these(self, wording: str, older: _End, newer: _End) -> bool:
        """Whether a wording offers something, is no few words, and nobody else has it, in adverts or other bulk."""
        own = {spell.place for end in (older, newer) for spell in end.group.spells}
        senders = {spell.sender for end in (older, newer) for spell in end.group.spells}
        templates = {
            key
            for end in (older, newer)
            for spell in end.spells
            for key, of in spell.wording_of.items()
            if of == wording
        }
        is_offer = all(any(wording in spell.offers for spell in end.spells) for end in (older, newer))
        return (
            is_offer
            and len(wording.split()) >= _LEAST_WORDS
            and not any(
                spell.place not in own and (wording in spell.wordings or not templates.isdisjoint(spell.template_ids))
                for group in self._groups
                for spell in group.spells
            )
            and not any(
                flare.template_id in templates and sender not in senders for _, flare, sender in self._evidence.flares
            )
        )

    def _is_undisputed(self, older: _End, newer: _End, phones: frozenset[str]) -> bool:
        """Whether nothing speaks against it: a decision, a name, another number, use of either, another line."""
        places = [[spell.place for spell in end.group.spells] for end in (older, newer)]
        return (
            self._rulings.line_verdict(places[0]) is self._rulings.line_verdict(places[1])
            and not any(self._rulings.keep_apart(a, b) for a, b in product(*places))
            and self._may_be_of_one_name(older, newer)
            and not self._is_another_told(older, newer)
            and self._is_left(older, newer)
            and self._is_fresh(newer, older)
            and not self._may_be_another(older, newer, phones)
        )

    def _may_be_of_one_name(self, older: _End, newer: _End) -> bool:
        """Whether phone books do not have the two under other names."""
        one, other = ({fold_name(it.label) for it in self._of(end) if it.label} for end in (older, newer))
        return not one or not other or share_a_form(one, other)

    def _of(self, end: _End) -> Iterator[Edge]:
        for number in end.group.numbers:
            yield from self._traffic.get(number, ())

    def _is_another_told(self, older: _End, newer: _End) -> bool:
        """Whether a text tells another number that the one went to, or the other came from."""
        known = {*older.group.numbers, *newer.group.numbers, UNKNOWN_NUMBER}
        return any(
            (said.edge.key in older.group.numbers and said.edge.other not in known)
            or (said.edge.other in newer.group.numbers and said.edge.key not in known)
            for said in self._evidence.announcements
        )

    def _is_left(self, older: _End, newer: _End) -> bool:
        """Whether nobody texted or rang from the old number once the new one was in use."""
        return not any(
            edge.role in _FROM_IT
            and edge.last_at is not None
            and days_between(newer.at, edge.last_at) > _AT_THE_END_DAYS
            for edge in self._traffic.get(older.number, ())
        )

    def _is_fresh(self, newer: _End, older: _End) -> bool:
        """Whether the new number was not in use while the old one was, nor was its handset, nor is it a customer's."""
        holder = self._evidence.devices.get(self._evidence.own_device.get(newer.number, ""))
        since = [edge.first_at for edge in self._traffic.get(newer.number, ()) if edge.role in TRAFFIC_ROLES]
        used = earliest([*since, holder.first_at if holder is not None else None])
        is_customer = any(newer.number in spell.recipients for spell in older.group.spells) or (
            holder is not None and holder.device_id in older.group.recipients
        )
        return not is_customer and (used is None or days_between(older.at, used) >= 0)

    def _may_be_another(self, older: _End, newer: _End, phones: frozenset[str]) -> bool:
        """Whether another line began about then that most of these phones got."""
        return any(
            group is not older.group
            and group is not newer.group
            and (begun := earliest(spell.first_at for spell in group.spells)) is not None
            and 0.0 <= days_between(older.at, begun) <= _RIVAL_DAYS
            and len(phones & group.recipients) >= _MOST * len(phones)
            for group in self._lines
        )

    def _placed(self, older: _End, newer: _End, phones: Collection[str]) -> PlacedJoin:
        days = counted(max(0, round(days_between(older.at, newer.at))), "day")
        join = Join(
            kind=CARRIED_ON,
            older=older.number,
            newer=newer.number,
            weight=JoinWeights.CARRIED_ON,
            sentence=f"{newer.number} began {days} after the last advert of {older.number}, with the words that this "
            f"had sent last and nobody else sends, to {counted(len(phones), 'phone')} that had got these; neither "
            "carries a name, and no text says that the number was changed.",
            record_ids=merged_record_ids(
                [advert.edge for end in (older, newer) for spell in end.spells for advert in spell.adverts[:2]], 4
            ),
        )
        a = max(older.spells, key=lambda spell: (spell.last_at or "", -spell.place))
        b = min(newer.spells, key=lambda spell: (spell.first_at or "~", spell.place))
        return a.place, b.place, join


def _is_told_of(group: LineGroup) -> bool:
    """Whether a number of it is only announced, or its adverts bear some name that does not stand for it."""
    return any(spell.is_announced_only for spell in group.spells) or any(
        advert.edge.label for spell in group.spells for advert in spell.adverts
    )


def _last_of(group: LineGroup) -> _End | None:
    at = latest(spell.last_at for spell in group.spells)
    return _end(group, at, [spell for spell in group.spells if spell.last_at == at])


def _first_of(group: LineGroup) -> _End | None:
    at = earliest(spell.first_at for spell in group.spells)
    return _end(group, at, [spell for spell in group.spells if spell.first_at == at])


def _end(group: LineGroup, at: str | None, ends: Sequence[Spell]) -> _End | None:
    """Return an end of a line, with all uses of its number; None where it is not known, or is no number."""
    if at is None or len({spell.sender for spell in ends}) != 1 or not ends[0].has_number:
        return None
    return _End(group, tuple(group.spells_of(ends[0].sender)), at)


def _got(end: _End, wording: str, *, is_last: bool) -> frozenset[str]:
    """Return the phones that got a wording within a day of the end, or of the beginning."""
    return frozenset(
        advert.device_id
        for spell in end.spells
        for advert in spell.adverts
        if spell.wording_of[advert.edge.other] == wording
        and advert.device_id in spell.receiving - spell.out_of_time
        and (at := advert.edge.last_at if is_last else advert.edge.first_at) is not None
        and abs(days_between(at, end.at)) <= _AT_THE_END_DAYS
    )
