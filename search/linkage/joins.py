"""Which spells are of one line, and why. Pure; each join carries its sentence and its records.

Nothing joins by one kind of evidence of content alone: not a name (common ones exist in every force), not a wording
(they are copied), not customers (they buy from several lines). An announcement joins because the number itself says
where it goes on; one by the new number alone only where the old one falls silent, else it may be an imitation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from search.linkage.edge_table import merged_record_ids
from search.linkage.evidence import Evidence, Evidenced
from search.linkage.instants import days_between, earliest
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom, is_number
from search.linkage.model import Join
from search.linkage.phrases import counted, day_of
from search.linkage.spells import Spell
from search.linkage.weights import JOIN_WEIGHTS

ANNOUNCED_PAD_DAYS = 30.0
"""An announcement lies in its sender's spell or close to it; later the number may be another's."""
AFTER_ANNOUNCEMENT_DAYS = 120.0
"""How long after an announcement the new number may first be seen in use on the phones held."""
FALLS_SILENT_DAYS = 14.0
"""The old number must not go on for longer, where the new one alone announces the change."""
NEAR_DAYS = 60.0
CLOSE_DAYS = 30.0
OVERLAP_DAYS = 7.0
"""Two numbers that are both in use for longer are in use at once."""


_LABELS_SHOWN = 3


class Joins(msgspec.Struct, frozen=True, kw_only=True):
    """Joins between spells, by place; spells of numbers that are only announced; and what was refused, by spell."""

    joins: tuple[tuple[int, int, Join], ...]
    announced: tuple[Spell, ...]
    conflicts: tuple[tuple[int, str], ...]


def find_joins(spells: Sequence[Spell], evidence: Evidence) -> Joins:
    """Return which spells are of one line."""
    by_sender: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_sender[spell.sender].append(spell)
    finder = _AnnouncementJoins(by_sender, evidence, len(spells))
    for announcement in sorted(evidence.announcements, key=_announcement_order):
        finder.take(announcement)
    joins = [*finder.joins, *_handset_joins(spells, evidence)]
    conflicts = list(finder.conflicts)
    specific = _specific_templates(spells)
    already = {frozenset((older, newer)) for older, newer, _ in joins}
    for a, b in _same_name_pairs(spells):
        if frozenset((a.place, b.place)) not in already:
            join = _name_join(a, b, specific, evidence)
            if join is not None:
                joins.append((a.place, b.place, join))
            elif a.customers & b.customers:
                conflicts += _not_joined(a, b)
    return Joins(
        joins=tuple(sorted(joins, key=lambda join: (join[0], join[1], join[2].kind, join[2].sentence))),
        announced=tuple(finder.announced),
        conflicts=tuple(sorted(set(conflicts))),
    )


def _announcement_order(announcement: Evidenced) -> tuple[str, str, str, str, str]:
    edge = announcement.edge
    return (edge.first_at or "~", edge.key, edge.other, edge.role, edge.extraction_id)


class _AnnouncementJoins:
    """Joins by announced changes of number."""

    def __init__(self, by_sender: dict[str, list[Spell]], evidence: Evidence, next_place: int) -> None:
        self._by_sender = by_sender
        self._evidence = evidence
        self._next_place = next_place
        self._announced: dict[tuple[int, str], Spell] = {}
        self._said: dict[tuple[int, int, str], list[tuple[Spell, Spell, Evidenced]]] = defaultdict(list)
        self.conflicts: list[tuple[int, str]] = []

    @property
    def joins(self) -> list[tuple[int, int, Join]]:
        """One join for each pair and kind, however many phones hold the announcement."""
        return [
            (old, new, _announced_join(kind, held[0][0], held[0][1], [said for _, _, said in held], self._evidence))
            for (old, new, kind), held in self._said.items()
        ]

    @property
    def announced(self) -> list[Spell]:
        return list(self._announced.values())

    def take(self, announcement: Evidenced) -> None:
        edge = announcement.edge
        role = AnnouncedFrom(edge.role)
        named = edge.other if role.is_from_old else edge.key
        speaking = [
            s for s in self._by_sender.get(announcement.sender, ()) if s.covers(edge.first_at, ANNOUNCED_PAD_DAYS)
        ]
        if not speaking:
            return  # a person's own change of number: the sender is no line's
        spell = min(speaking, key=lambda s: (s.last_at is None, s.place))
        if named == UNKNOWN_NUMBER:
            self._join_unnamed(spell, announcement)
        elif role.is_from_old:
            self._join_from_old(spell, named, announcement)
        else:
            self._join_from_new(spell, named, announcement)

    def _join_from_old(self, old: Spell, number: str, announcement: Evidenced) -> None:
        at = announcement.edge.first_at
        following = [s for s in self._by_sender.get(number, ()) if _goes_on_after(s, at)]
        if not following:
            self._add(old, self._only_announced(old, number, at), "announced_by_old", announcement)
        for new in following:
            self._add(old, new, "announced_by_old", announcement)
            if _names_differ(old, new):
                sentence = (
                    f"{old.sender} announced {number}, whose adverts carry another name: the line was renamed, "
                    "or the number went to another line."
                )
                self.conflicts.append((old.place, sentence))

    def _join_from_new(self, new: Spell, number: str, announcement: Evidenced) -> None:
        at = announcement.edge.first_at
        before = [s for s in self._by_sender.get(number, ()) if s is not new and _was_used_before(s, at)]
        if not before and is_number(number) and not self._by_sender.get(number):
            self._add(self._only_announced(new, number, at), new, "announced_by_new", announcement)
        for old in before:
            reason = self._refused(old, new, at)
            if reason is None:
                self._add(old, new, "announced_by_new", announcement)
            else:
                sentence = (
                    f"{new.sender} announced itself as the new number of {number}; this was not taken over: {reason}"
                )
                self.conflicts.append((old.place, sentence))
                self.conflicts.append((new.place, sentence))

    def _join_unnamed(self, new: Spell, announcement: Evidenced) -> None:
        """Join a number that announces itself without naming the old one to the one line of its name before it."""
        at = announcement.edge.first_at
        candidates = [
            spell
            for spells in self._by_sender.values()
            for spell in spells
            if spell is not new
            and set(spell.names) & set(new.names)
            and spell.customers & new.customers
            and _was_used_before(spell, at)
            and self._refused(spell, new, at) is None
        ]
        if candidates and len({spell.sender for spell in candidates}) == 1:
            self._add(candidates[-1], new, "announced_by_new", announcement)

    def _refused(self, old: Spell, new: Spell, at: str | None) -> str | None:
        if old.sending & new.sending:
            return None
        if _names_differ(old, new):
            return "their adverts carry different names."
        if at is not None and old.last_at is not None and days_between(at, old.last_at) > FALLS_SILENT_DAYS:
            return "the old number went on with adverts of its own, so it may be an imitation."
        return None

    def _only_announced(self, line_spell: Spell, number: str, at: str | None) -> Spell:
        # one for each line that names the number: two lines that name one number are not joined by it
        key = (line_spell.place, number)
        if key not in self._announced:
            self._announced[key] = Spell(self._next_place, number, (), at)
            self._next_place += 1
        return self._announced[key]

    def _add(self, old: Spell, new: Spell, kind: str, announcement: Evidenced) -> None:
        self._said[old.place, new.place, kind].append((old, new, announcement))


def _announced_join(kind: str, old: Spell, new: Spell, said: Sequence[Evidenced], evidence: Evidence) -> Join:
    edges = [announcement.edge for announcement in said]
    at = earliest(edge.first_at for edge in edges)
    by = "the old number" if kind == "announced_by_old" else "the new number"
    on = f", first on {day_of(at)}" if at else ""
    labels = sorted({evidence.label(announcement.device_id) for announcement in said})
    more = f" and {len(labels) - _LABELS_SHOWN} more" if len(labels) > _LABELS_SHOWN else ""
    sentence = (
        f"{new.sender} was announced as the new number of {old.sender} by {by}{on} "
        f"({counted(sum(edge.count for edge in edges), 'message')} on {', '.join(labels[:_LABELS_SHOWN])}{more})."
    )
    return Join(
        kind=kind,
        older=old.sender,
        newer=new.sender,
        weight=JOIN_WEIGHTS[kind],
        sentence=sentence,
        record_ids=merged_record_ids(edges),
        at=at,
    )


def _goes_on_after(spell: Spell, at: str | None) -> bool:
    if at is None or spell.first_at is None or spell.last_at is None:
        return True
    return days_between(at, spell.last_at) >= 0 and days_between(at, spell.first_at) <= AFTER_ANNOUNCEMENT_DAYS


def _was_used_before(spell: Spell, at: str | None) -> bool:
    if at is None or spell.first_at is None or spell.last_at is None:
        return True
    return days_between(spell.first_at, at) >= 0 and days_between(spell.last_at, at) <= AFTER_ANNOUNCEMENT_DAYS


def _names_differ(a: Spell, b: Spell) -> bool:
    return bool(a.names) and bool(b.names) and not set(a.names) & set(b.names)


def _handset_joins(spells: Sequence[Spell], evidence: Evidence) -> Iterator[tuple[int, int, Join]]:
    """Join numbers whose adverts one handset sent under one name: its SIM was changed, or it holds two."""
    by_device: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        for device_id in spell.sending:
            by_device[device_id].append(spell)
    for device_id in sorted(by_device):
        for a, b in combinations(by_device[device_id], 2):
            if a.sender != b.sender and set(a.names) & set(b.names):
                older, newer = sorted((a, b), key=lambda s: (s.first_at or "~", s.place))
                sentence = (
                    f"{evidence.label(device_id)} sent adverts under one name from both "
                    f"{_shown(older)} and {_shown(newer)}."
                )
                records = merged_record_ids(
                    advert.edge for spell in (older, newer) for advert in spell.adverts if advert.device_id == device_id
                )
                yield older.place, newer.place, _join("one_handset", older, newer, sentence, records)


def _same_name_pairs(spells: Sequence[Spell]) -> Iterator[tuple[Spell, Spell]]:
    """Yield pairs of established spells of different senders that share a name, the earlier one first."""
    by_name: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        if spell.is_established:
            for name in spell.names:
                by_name[name].append(spell)
    seen = set()
    for name in sorted(by_name):
        for a, b in combinations(by_name[name], 2):
            if a.sender != b.sender and (a.place, b.place) not in seen:
                seen.add((a.place, b.place))
                first, second = sorted((a, b), key=lambda s: (s.first_at or "~", s.place))
                yield first, second


def _specific_templates(spells: Iterable[Spell]) -> frozenset[str]:
    """Return wordings that stand under one name only; those under several are copied and join nothing."""
    names_of: dict[str, set[str]] = defaultdict(set)
    for spell in spells:
        for advert in spell.adverts:
            names_of[advert.edge.other] |= set(spell.names[:1])
    return frozenset(template_id for template_id, names in names_of.items() if len(names) <= 1)


def _name_join(a: Spell, b: Spell, specific: frozenset[str], evidence: Evidence) -> Join | None:
    """Join two numbers of one name where wording, customers and time say the same; None where they do not."""
    if a.last_at is None or b.first_at is None or a.first_at is None:
        return None
    gap = days_between(a.last_at, b.first_at)
    is_at_once = gap < -OVERLAP_DAYS
    wordings = a.template_ids & b.template_ids & specific
    half = max(2, -(-min(len(a.template_ids), len(b.template_ids)) // 2))
    customers = a.customers & b.customers
    if is_at_once:
        # an imitator has the name and some of the customers too, at the same time; wordings in number tell it apart
        is_seen_twice = a.is_broadcast and b.is_broadcast
        kind = "name_wording_and_customers" if is_seen_twice and customers and len(wordings) >= half else None
    elif customers and wordings and gap <= NEAR_DAYS:
        kind = "name_wording_and_customers"
    elif len(customers) > 1 and gap <= CLOSE_DAYS:
        kind = "name_and_customers"
    else:
        kind = "name_and_wording" if len(wordings) >= half and gap <= NEAR_DAYS else None
    if kind is None:
        return None
    when = "at the same time" if is_at_once else f"{max(0, round(gap))} days apart"
    sentence = (
        f"{_shown(a, evidence)} and {_shown(b, evidence)} sent adverts under one name, {when}, with "
        f"{counted(len(wordings), 'wording')} that no other line uses and {counted(len(customers), 'customer')} "
        "in common."
    )
    records = merged_record_ids([advert.edge for spell in (a, b) for advert in spell.adverts[:2]], 4)
    return _join(kind, a, b, sentence, records)


def _not_joined(a: Spell, b: Spell) -> list[tuple[int, str]]:
    sentence = (
        f"{_shown(a)} and {_shown(b)} sent adverts under one name to some of the same customers; wording and time do "
        "not bear out one line, so they were kept apart (an imitation, or two lines of one name)."
    )
    return [(a.place, sentence), (b.place, sentence)]


def _join(kind: str, older: Spell, newer: Spell, sentence: str, record_ids: tuple[str, ...]) -> Join:
    return Join(
        kind=kind,
        older=older.sender,
        newer=newer.sender,
        weight=JOIN_WEIGHTS[kind],
        sentence=sentence,
        record_ids=record_ids,
    )


def _shown(spell: Spell, evidence: Evidence | None = None) -> str:
    """Return how a sentence names the sender: its number, or the phone on which it has none."""
    if spell.has_number or ":" not in spell.sender:
        return spell.sender
    device_id = spell.sender.split(":")[1]
    place = evidence.label(device_id) if evidence is not None else f"device {device_id}"
    return f"a sender without a number on {place}"
