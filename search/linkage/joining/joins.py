"""Which spells are of one line, and why. Pure; each join carries its sentence and its records.

Nothing joins by one kind of evidence of content alone. What two spells may be is asked pair by pair; what a line is
made of follows from all pairs together (``groups``): two numbers in use at once that nothing joins are never of one
line, through whatever third number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from parsers.device_identity import folded_reference
from search.linkage.adverts.recurring_words import names_said, recurring_words
from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import days_between
from search.linkage.joining import gaps
from search.linkage.joining.accounts_of_lines import AccountJoins
from search.linkage.joining.announcements import (
    AnnouncementJoins,
    PlacedJoin,
    Warnings,
    names_differ,
    names_given,
    written_pairs,
)
from search.linkage.joining.asked_joins import asked_joins
from search.linkage.joining.borrowed import borrowed_joins
from search.linkage.joining.denials import Denials
from search.linkage.joining.join_sentences import name_join, not_joined, referred, renamed_or_gone
from search.linkage.joining.kept_apart import KeptApart
from search.linkage.joining.name_joins import Compared, NameJoins
from search.linkage.joining.nearer_ones import bounded_by_nearer
from search.linkage.joining.one_broadcast import broadcast_joins
from search.linkage.joining.order_numbers import OrderNumber, order_joins, without_their_announcements
from search.linkage.joining.said_names import SaidNames
from search.linkage.joining.shared_weeks import SharedWeeks
from search.linkage.joining.shown_apart import are_shown_apart
from search.linkage.joining.taken_on import taken_on_joins
from search.linkage.joining.told_beside import beside_joins
from search.linkage.kept import Kept
from search.linkage.model import Join
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.number_use.rests import Rests
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JOIN_WEIGHTS, JoinWeights

_SAID = frozenset({"announced_by_old", "one_handset", "one_broadcast"})
"""Joins that rest on more than what two numbers have in common. A new number's own word is an imitator's too."""
OWN_WORD = frozenset({"announced_by_old", "one_handset"})
"""Joins by what a line says itself, or its handset shows."""
_GOES_ON = frozenset({"name_and_customers", "name_wording_and_customers"})


class Joins:
    """Joins between spells, by place; spells of numbers that are only announced; and what was refused, by spell.

    Args:
        spells: All spells, by place.
        evidence: All that lines are made from.
        rests: Which numbers rested while others were in use.
        told: Sender and template id of adverts that somebody passed on (``told_on``).
        known: Places of spells of people whom the phones knew long before (``acquainted``).
        orders: Numbers that lines tell their customers to order from (``order_numbers``).
        kept: What was made before. None: nothing.
    """

    def __init__(
        self,
        spells: Sequence[Spell],
        evidence: Evidence,
        rests: Rests,
        told: Collection[tuple[str, str]] = frozenset(),
        known: frozenset[int] = frozenset(),
        orders: Sequence[OrderNumber] = (),
        kept: Kept | None = None,
    ) -> None:
        by_sender: dict[str, list[Spell]] = defaultdict(list)
        for spell in spells:
            by_sender[spell.sender].append(spell)
        ordered_from, order_joined = order_joins(orders, evidence, len(spells))
        changing = without_their_announcements(evidence, orders)
        announced = AnnouncementJoins(by_sender, changing, len(spells) + len(ordered_from))
        cases = {spell.place: _cases(spell, evidence) for spell in spells}
        self.announced: tuple[Spell, ...] = (*ordered_from, *announced.announced)
        self._names = NameJoins(
            spells,
            announced.claims,
            recurring_words(spells, evidence.template_texts),
            SaidNames(
                _merged(names_said(spells, evidence.template_texts), names_given(by_sender, evidence)),
                evidence.template_texts,
            ),
            written_pairs(by_sender, evidence),
            cases,
            rests,
            kept,
        )
        self._warnings = Warnings(by_sender, evidence)
        conflicts = [*announced.conflicts, *self._warnings.conflicts(evidence)]
        changes, said, apart = self._changes(announced.joins, spells, evidence)
        conflicts += said
        stated: list[PlacedJoin] = [
            *changes,
            *order_joined,
            *asked_joins(by_sender, evidence),
            *_but_for(beside_joins(by_sender, evidence), spells, self._warnings.keeps_apart),
            *_handset_joins(spells, evidence),
            *broadcast_joins(spells, evidence, cases),
            *taken_on_joins(spells, evidence),
        ]
        self._denials = Denials(spells, stated, evidence)
        conflicts += self._denials.conflicts(evidence)
        joins = [*_but_for(stated, spells, self._denials.keeps_apart)]
        self._joined = {frozenset((older, newer)) for older, newer, _ in joins} | announced.spoken_for
        self._called_back = _called_back(changes, spells, by_sender)
        went_on = {older: spells[newer] for older, newer, join in changes if _is_left(newer, join, spells)}
        passing = frozenset(spell.place for spell in spells if _is_told_on(spell, told))
        alike: dict[frozenset[int], Compared] = {}
        for compared in self._alike(_recipients_numbers(spells, evidence), known, passing):
            a, b = compared.older, compared.newer
            is_more = compared.has_more_than_a_name or not self._is_called_false(compared)
            if compared.is_enough and is_more and self._follows_on(compared, went_on.get(a.place)):
                joins.append((a.place, b.place, name_join(compared, evidence)))
            elif compared.recipients and a.shares_a_name(b):
                alike[frozenset((a.place, b.place))] = compared
        joins = [*joins, *_but_for(borrowed_joins(spells, evidence, joins), spells, self._keeps_apart)]
        accounts = AccountJoins(spells, joins, self._keeps_apart, self._names.specific)
        joins = [*(it for it in joins if it[2].kind in JOIN_WEIGHTS or not accounts.has(it)), *accounts.joins]
        self._joined |= {frozenset((older, newer)) for older, newer, _ in joins} | accounts.pairs
        for pair, compared in alike.items():
            apart += () if pair in self._joined else not_joined(compared, evidence)
        self._said = _said_of_each(joins)
        surest = self._surest_first(joins, spells)
        weeks = SharedWeeks(spells, surest, self.exclude, evidence)
        self._joined |= weeks.pairs
        self.joins: tuple[PlacedJoin, ...] = tuple(
            self._surest_first((*joins, *weeks.joins), spells) if weeks.joins else surest
        )
        self.conflicts: tuple[tuple[int, str], ...] = tuple(sorted(set(conflicts)))
        self.kept_apart: tuple[tuple[int, KeptApart], ...] = tuple(sorted(set(apart)))

    def _alike(
        self, recipients: Mapping[int, frozenset[str]], known: frozenset[int], passing: frozenset[int]
    ) -> Iterator[Compared]:
        """Yield what pairs have in common that nothing joins yet, and that are not of a line and one of its people.

        Args:
            recipients: Numbers of those who got the adverts of each spell, by its place.
            known: Places of spells of people whom the phones knew long before.
            passing: Places of those who may have passed on what others sent.
        """
        for a, b in self._names.pairs():
            if known & {a.place, b.place} or self._keeps_apart(a, b) or _is_recipient_of(a, b, recipients):
                continue  # what a friend says of a line; a recipient who passes an advert on is no number of it
            if frozenset((a.place, b.place)) in self._joined:
                continue
            compared = self._names.compared(a, b)
            if compared.recipients or not passing & {a.place, b.place}:
                yield compared  # else a friend got one text that passed on an advert of the line

    def _keeps_apart(self, a: Spell, b: Spell) -> bool:
        """Whether one of two spells warns of the other, or denies it without its number."""
        return self._warnings.keeps_apart(a, b) or self._denials.keeps_apart(a, b)

    def _is_called_false(self, compared: Compared) -> bool:
        """Whether the line of the earlier of two numbers says that whoever sends from the later one imitates it.

        Its word is that of a number to as many of the line's customers, and that sent beside it from the beginning or
        has wordings in common with it: an imitator comes later, to some of them, and calls the line's next number so.
        """
        older = compared.older
        for warner in self._warnings.accusers(compared.newer):
            began = (older.first_at, warner.first_at)
            is_early = None not in began and days_between(began[0] or "", began[1] or "") <= OVERLAP_DAYS
            tied = self.compared(older, warner)
            if (is_early or tied.wordings) and tied.recipients >= compared.recipients:
                return True
        return False

    def _follows_on(self, compared: Compared, next_one: Spell | None) -> bool:
        """Whether the later of two numbers is the line's too where the earlier one had said to which it went.

        While that is in use, whatever comes under the name is to be beside it, and not to follow a number that is gone.
        """
        newer = compared.newer
        if next_one is None or next_one.place == newer.place or newer.first_at is None:
            return True
        return not next_one.covers(newer.first_at, 0) or self.compared(next_one, newer).is_enough

    def _changes(
        self, announced: Iterable[PlacedJoin], spells: Sequence[Spell], evidence: Evidence
    ) -> tuple[list[PlacedJoin], list[tuple[int, str]], list[tuple[int, KeptApart]]]:
        """Return which announcements are changes of number, and what is said, by place, of these and of the others."""
        changes: list[PlacedJoin] = []
        said: list[tuple[int, str]] = []
        apart: list[tuple[int, KeptApart]] = []
        for older, newer, join in announced:
            if self._is_referral(older, newer, join, spells):
                sent_on = referred(join, evidence)
                apart += [(older, sent_on), (newer, sent_on)]
                continue
            changes.append((older, newer, join))
            if join.kind == "announced_by_old" and newer < len(spells) and names_differ(spells[older], spells[newer]):
                said.append((older, renamed_or_gone(join)))
        return changes, said, apart

    def _is_referral(self, older: int, newer: int, join: Join, spells: Sequence[Spell]) -> bool:
        """Whether what a number says of another is no change of number, but sends its customers to another line.

        Both go on together, and more speaks against one line than that text for it: other people, wordings and names.
        """
        if max(older, newer) >= len(spells):
            return False  # of a number that is only announced nothing else is known
        compared = self.compared(spells[older], spells[newer])
        return compared.is_at_once and join.weight + compared.weight < JoinWeights.APART

    def _surest_first(self, joins: Iterable[PlacedJoin], spells: Iterable[Spell]) -> list[PlacedJoin]:
        by_place = {spell.place: spell for spell in (*spells, *self.announced)}
        weighed = [(self._whole_weight(join, by_place), join) for join in joins]
        bounded = zip(
            bounded_by_nearer(weighed, by_place, self.compared, self._names.says_own_former),
            (join for _, join in weighed),
            strict=True,
        )
        ordered = sorted(bounded, key=lambda it: (-it[0], it[1][0], it[1][1], it[1][2].kind, it[1][2].sentence))
        return [join for _, join in ordered]

    def _whole_weight(self, placed: PlacedJoin, by_place: Mapping[int, Spell]) -> float:
        """Return the weight of a join; where a text or a handset says it, with what the adverts have in common."""
        older, newer, join = placed
        a, b = by_place[older], by_place[newer]
        if join.kind not in JOIN_WEIGHTS or a.is_announced_only or b.is_announced_only:
            return join.weight
        return join.weight + max(0.0, self.compared(a, b).weight)

    def exclude(self, a: Spell, b: Spell) -> bool:
        """Whether two spells cannot be of one line: both in use at once, and nothing joins them by themselves.

        Where the line itself says, or a handset shows, that the one is of one line with a third number, and that is
        joined with the other, they can be unless more speaks against it than for it.
        """
        if a.is_announced_only or b.is_announced_only:
            return False
        if a.sender == b.sender:
            return True  # two uses of one number with a long silence between: it may have been given out again
        if frozenset((a.place, b.place)) in self._joined:
            return False
        if self._keeps_apart(a, b):
            return True
        compared = self.compared(a, b)
        if not compared.is_at_once:
            return False
        return compared.weight < JoinWeights.APART or not (self._is_said(a, b) or self._is_said(b, a))

    def calling_back(self, a: int, b: int) -> frozenset[int]:
        """Return the places of those who announced the later of two uses of one number; none of other two spells."""
        return self._called_back.get(frozenset((a, b)), frozenset())

    def goes_on(self, older: Spell, newer: Spell, join: Join) -> bool:
        """Whether a number took over the name and customers of another one when that had ended.

        Where that is of a line that had the number before, under another name perhaps, the line has it again: whoever
        else gets a number that was given up knows nobody on its list.
        """
        if join.kind not in _GOES_ON or older.last_at is None or newer.first_at is None:
            return False
        return older.shares_a_name(newer) and gaps.follows(days_between(older.last_at, newer.first_at))

    def _is_said(self, a: Spell, b: Spell) -> bool:
        """Whether a spell is tied to one that is joined with the other by more than what they have in common."""
        return any(frozenset((third, b.place)) in self._joined for third in self._said[a.place])

    def compared(self, a: Spell, b: Spell) -> Compared:
        """Return what two spells have in common."""
        return self._names.compared(a, b)


def _but_for(
    joins: Iterable[PlacedJoin], spells: Sequence[Spell], keeps_apart: Callable[[Spell, Spell], bool]
) -> Iterator[PlacedJoin]:
    """Yield joins but for those of two spells that are kept apart; a number that is only announced has no spell."""
    for placed in joins:
        older, newer, _ = placed
        if max(older, newer) >= len(spells) or not keeps_apart(spells[older], spells[newer]):
            yield placed


def _called_back(
    changes: Iterable[PlacedJoin], spells: Sequence[Spell], by_sender: Mapping[str, Sequence[Spell]]
) -> Mapping[frozenset[int], frozenset[int]]:
    """Return, by the places of two uses of one number, the places of the numbers that announced the later one."""
    found: dict[frozenset[int], set[int]] = defaultdict(set)
    for older, newer, join in changes:
        if join.kind != "announced_by_old" or newer >= len(spells):
            continue
        later = spells[newer]
        for before in by_sender[later.sender]:
            if before is not later and (before.last_at or "~") < (later.first_at or ""):
                found[frozenset((before.place, newer))].add(older)
    return {places: frozenset(said) for places, said in found.items()}


def _said_of_each(joins: Iterable[PlacedJoin]) -> Mapping[int, set[int]]:
    """Return the places that each is joined with by more than what they have in common."""
    said: dict[int, set[int]] = defaultdict(set)
    for older, newer, join in joins:
        if join.kind in _SAID:
            said[older].add(newer)
            said[newer].add(older)
    return said


def _merged(*said: Mapping[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    return {place: frozenset().union(*(each.get(place, ()) for each in said)) for place in {*chain(*said)}}


def _is_recipient_of(a: Spell, b: Spell, recipients: Mapping[int, frozenset[str]]) -> bool:
    """Whether the number of the one got adverts of the other, and was in use since: it may have passed these on."""
    return any(one.sender in recipients[other.place] and not _had_ended(one, other) for one, other in ((a, b), (b, a)))


def _had_ended(one: Spell, other: Spell) -> bool:
    """Whether a number had sent its last advert before the first one of another: it passed none of those on."""
    return one.last_at is not None and other.first_at is not None and days_between(one.last_at, other.first_at) > 0


def _is_left(newer: int, join: Join, spells: Sequence[Spell]) -> bool:
    """Whether a number said itself to which it went, and that is seen in use."""
    return join.kind == "announced_by_old" and newer < len(spells) and spells[newer].is_broadcast


def _is_told_on(spell: Spell, told: Collection[tuple[str, str]]) -> bool:
    return bool(spell.template_ids) and all((spell.sender, template_id) in told for template_id in spell.template_ids)


def _cases(spell: Spell, evidence: Evidence) -> frozenset[str]:
    """Return the references of the cases whose phones sent or received the adverts of a spell."""
    entries = [entry for device_id in spell.sending | spell.receiving for entry in evidence.devices[device_id].entries]
    references = (folded_reference(entry.case_ref) for entry in entries)
    return frozenset(reference for reference in references if reference)


def _recipients_numbers(spells: Sequence[Spell], evidence: Evidence) -> dict[int, frozenset[str]]:
    """Return the numbers of those who surely got adverts of each spell, by its place; a runner got other texts."""
    numbers_of: dict[str, set[str]] = defaultdict(set)
    for number, device_id in evidence.own_device.items():
        numbers_of[device_id].add(number)
    got = {spell.place: spell.recipients - _told_otherwise(spell) for spell in spells}
    return {place: frozenset().union(*(numbers_of.get(party, {party}) for party in got[place])) for place in got}


def _told_otherwise(spell: Spell) -> frozenset[str]:
    """Return the phones that got of a spell what the analysis takes for no adverts alone, as far as is held.

    A line writes one thing to two of its runners, and the phone of one of them has the line's next number.
    """
    if spell.sending:
        return frozenset()
    sure = {advert.device_id for advert in spell.adverts if not advert.is_recovered}
    return spell.receiving - sure


def _handset_joins(spells: Sequence[Spell], evidence: Evidence) -> Iterator[PlacedJoin]:
    """Join numbers whose adverts one handset sent: its SIM was changed, or it holds two of one line."""
    by_device: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        for device_id in spell.sending:
            by_device[device_id].append(spell)
    for device_id in sorted(by_device):
        for a, b in combinations(by_device[device_id], 2):
            if a.sender != b.sender and _is_one_hand(a, b) and not are_shown_apart(a, b, device_id):
                older, newer = sorted((a, b), key=lambda s: (s.first_at or "~", s.place))
                under = "under one name" if a.shares_a_name(b) else "in the same wordings"
                sentence = (
                    f"{evidence.label(device_id)} sent adverts {under} from both "
                    f"{evidence.sender_label(older.sender)} and {evidence.sender_label(newer.sender)}."
                )
                records = merged_record_ids(
                    advert.edge for spell in (older, newer) for advert in spell.adverts if advert.device_id == device_id
                )
                join = Join(
                    kind="one_handset",
                    older=older.sender,
                    newer=newer.sender,
                    weight=JOIN_WEIGHTS["one_handset"],
                    sentence=sentence,
                    record_ids=records,
                )
                yield older.place, newer.place, join


def _is_one_hand(a: Spell, b: Spell) -> bool:
    if a.names and b.names:
        return a.shares_a_name(b)
    return len(a.wordings & b.wordings) > 1
