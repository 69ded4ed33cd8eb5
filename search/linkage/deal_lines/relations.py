"""What each device has to do with a line, one row a relation.

A number that is only saved, and a name or number that is only talked about, is a mention. Traffic with a number
outside the line's own use of it is a mention too: the number may have been another's. Texts to many that have the
number on their list are no contact, nor are a few that only came in when the line had ended: police and the network
text a seized line's customers from its own number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import inf

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import advert_of_broadcast
from search.linkage.deal_lines.holders_talk import is_with_holder
from search.linkage.deal_lines.last_texts import demote_last_texts
from search.linkage.deal_lines.line_rows import inferred_numbers
from search.linkage.deal_lines.line_surroundings import LineSurroundings, NumberEdges, Surroundings
from search.linkage.deal_lines.private_texts import Private
from search.linkage.deal_lines.proven_sims import add_proven
from search.linkage.deal_lines.relation_rows import Recovered, RelationRows
from search.linkage.deal_lines.single_texts import SingleTexts, add_single, received_about
from search.linkage.deal_lines.unset_clocks import had_no_other_holder, is_unset, is_unset_at, without_unset_dates
from search.linkage.deal_lines.use_edges import is_right_before
from search.linkage.instants import days_between, earliest, latest, periods_touch
from search.linkage.joining.groups import LineGroup
from search.linkage.kept import Kept
from search.linkage.keys import SENT_ADVERT_ROLES, TALK_ROLES, TRAFFIC_ROLES, Role
from search.linkage.model import LineDevice, Mention, PlacedFlare, Relation

RECEIVED_TEXTS_THAT_COUNT = 3
"""Texts from the line's number, none an advert and none answered, that are one-to-one traffic although they came before
its first or after its last advert. One or two may be a notice from whoever holds the number now; in between, one is
enough."""

_TEXTS_BESIDE_BROADCASTS = 2
"""The same beside texts of the number that went to many: one may be another of these that no other phone held shows."""

_TEXTS_ABOUT_A_NOTICE = 2
"""Each way."""

_DAYS_AFTER_IT_LEFT = 7.0
"""Once a line has gone on under another number, who first has to do with the old one so much later has to do with
whoever has it now: in five worlds strangers got such numbers from nine days on. Reasoned."""

_DAYS_SEEN = 3
"""Days of adverts from a number that show until when the line had it: of one or two the later ones may be lost."""

_ADVERT_ROLES = frozenset({Role.RECEIVED_ADVERT, Role.SENT_ADVERT})
_SIM_PAD_DAYS = 30.0


def relate(
    groups: Sequence[LineGroup],
    evidence: Evidence,
    edges: NumberEdges,
    flares: Iterable[PlacedFlare] = (),
    kept: Kept | None = None,
) -> dict[str, tuple[LineDevice, ...]]:
    """Return the rows of each line, by line id; rows by device and relation.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        edges: Edges of their numbers.
        flares: All broadcasts.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    around = Surroundings(groups, evidence, edges, flares)
    return {group.line_id: kept.made(_rows_of, group.line_id, group, around.of(group)) for group in groups}


def _rows_of(group: LineGroup, around: LineSurroundings) -> tuple[LineDevice, ...]:
    """Return the rows of a line, by device and relation."""
    return _Relations(around).of(group)


class _Relations:
    def __init__(self, around: LineSurroundings) -> None:
        self._around = around

    def of(self, group: LineGroup) -> tuple[LineDevice, ...]:
        rows, around = RelationRows(), self._around
        recovered: Recovered = defaultdict(Counter)
        self._add_adverts(group, rows, recovered)
        self._add_resent(group, rows, recovered)
        self._add_unread(group, rows, recovered)
        single: SingleTexts = defaultdict(list)
        for number in group.numbers:
            self._add_traffic(group, number, rows, single)
        add_single(single, rows)
        self._add_talk_by_name(group, rows)
        _add_unanswered(group, rows)
        self._add_sims(group, rows)
        add_proven(group, rows, around.proven, around.held_by_others)
        demote_last_texts(group, rows)
        members = {device_id for device_id, relation in rows.every() if relation is not Relation.MENTIONS_LINE}
        self._add_mentions(group, rows)
        kept = [row for row in rows.every() if row[1] is not Relation.MENTIONS_LINE or row[0] not in members]
        return tuple(
            rows.line_device(
                row,
                recovered.get(row, {}),
                self._stated(*row, group.numbers),
                inferred_numbers(row, rows.edges(*row), group.numbers, around.edges.traffic, around.device_of),
            )
            for row in sorted(kept)
        )

    def _stated(self, device_id: str, relation: Relation, numbers: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the records that state the numbers of a device, or of a SIM that it has, as its own."""
        if relation not in {Relation.CARRIES_LINE_SIM, Relation.MENTIONS_LINE}:
            return []
        facts = self._around.devices[device_id]
        stating = [facts, *(held for sim in sorted(facts.sims) for held in self._around.with_sim[sim])]
        return [
            (number, next(filter(None, (held.stated_in.get(number) for held in stating)), ())) for number in numbers
        ]

    def _add_adverts(self, group: LineGroup, rows: RelationRows, recovered: Recovered) -> None:
        for spell in group.spells:
            for advert in spell.adverts:
                if not spell.is_to_one(advert):
                    is_sent = advert.edge.role in SENT_ADVERT_ROLES
                    relation = Relation.SENT_ADVERTS if is_sent else Relation.RECEIVED_ADVERTS
                    number = spell.sender if spell.has_number else None
                    rows.add(advert.device_id, relation, number, [advert.edge])
                    if advert.is_recovered:
                        recovered[advert.device_id, relation][number] += advert.edge.count

    def _add_resent(self, group: LineGroup, rows: RelationRows, recovered: Recovered) -> None:
        """Add who sent a line's adverts on to many, and who got them so; their number is none of the line's."""
        for resent in self._around.resent:
            sources = [source for source in resent.sources if source in group.numbers]
            for advert in resent.adverts:
                at = advert.edge.first_at, advert.edge.last_at
                if any(group.is_in_use(source, *at) for source in sources):
                    is_sent = advert.edge.role in SENT_ADVERT_ROLES
                    relation = Relation.SENT_ADVERTS if is_sent else Relation.RECEIVED_ADVERTS
                    rows.add_resent(advert.device_id, relation, resent, advert)
                    if advert.is_recovered:
                        recovered[advert.device_id, relation][None] += advert.edge.count

    def _add_unread(self, group: LineGroup, rows: RelationRows, recovered: Recovered) -> None:
        """Add who broadcast from a number while the line used it, where the analysis takes nothing of it for an advert.

        Police who hold the phone write after that.
        """
        found: set[str] = set()
        for device_id, flare in ((each.device_id, each.flare) for each in self._around.unread):
            number = flare.sender
            if (
                number in group.numbers
                and group.is_in_use(number, flare.started_at, flare.ended_at)
                and (number, device_id) not in self._around.held_by_others
                and (device_id in found or not rows.has(device_id, Relation.SENT_ADVERTS))
            ):
                found.add(device_id)
                recovered[device_id, Relation.SENT_ADVERTS][number] += flare.message_count
                rows.add(device_id, Relation.SENT_ADVERTS, number, [advert_of_broadcast(flare, number)])

    def _add_traffic(self, group: LineGroup, number: str, rows: RelationRows, single: SingleTexts) -> None:
        held: dict[str, list[Edge]] = defaultdict(list)
        for edge in self._around.edges.traffic.get(number, ()):
            device_id = self._around.device_of.get(edge.extraction_id)
            if device_id is None:
                continue
            # a phone that sends nothing to many sent it to the line alone: it asks in the words of its advert
            is_order = edge.role == Role.SENT_ADVERT and device_id not in self._around.broadcasting
            held[device_id].append(msgspec.structs.replace(edge, role=Role.SENT) if is_order else edge)
        spells = group.spells_of(number)
        ended = None if self._may_be_anothers(number) else latest(spell.used_until for spell in spells)
        if ended is not None:
            rows.end(number, ended)
        after = None if any(spell.is_announced_only for spell in spells) else ended
        for device_id, edges in held.items():
            in_use = self._in_use(group, number, device_id, edges)
            of_number = self._around.private.get(number)
            private = Private(in_use) if of_number is None else of_number.of(device_id, in_use)
            if _is_contact(group, number, private):
                rows.add(device_id, Relation.CONTACT_OF_LINE, number, private.edges)
            else:
                received = received_about(group, number, private)
                if received:
                    single[device_id].append((number, received))
                # what came in or went out in bulk is no contact, and an advert is no mention
                others = [edge for edge in edges if edge.role not in _ADVERT_ROLES]
                rows.mention_traffic(device_id, number, others, after)

    def _may_be_anothers(self, number: str) -> bool:
        """Whether another line, or somebody of none, is known to have had a number."""
        is_held = any(number == held for held, _ in self._around.held_by_others)
        return is_held or len(self._around.lines_of_number.get(number, ())) > 1

    def _add_talk_by_name(self, group: LineGroup, rows: RelationRows) -> None:
        """Add the phones that wrote to a sender whom they show by a name alone, with what they wrote."""
        found = {
            (advert.device_id, advert.edge.key)
            for spell in group.spells
            for advert in spell.adverts
            if (spell.sender, advert.device_id) in self._around.wrote_to and not spell.is_to_one(advert)
        }
        for device_id, key in sorted(found):
            rows.add(device_id, Relation.CONTACT_OF_LINE, None, self._around.edges.by_name.get(key, ()))

    def _in_use(self, group: LineGroup, number: str, device_id: str, edges: Iterable[Edge]) -> list[Edge]:
        """Return the one-to-one traffic of a device with a number while it was the line's."""
        edges = [edge for edge in edges if edge.role in TRAFFIC_ROLES]
        is_never_set = any(map(is_unset, edges)) and is_unset_at(self._around.devices[device_id].last_at)
        if is_never_set and self._is_its_only_holder(group, number, device_id):
            edges = without_unset_dates(edges)
        traffic = [edge for edge in edges if not self._is_with_another(group, number, edge)]
        dated = [edge for edge in traffic if edge.first_at is not None]
        left_at = group.left_at(number)
        in_use = [
            edge
            for edge in dated
            if group.uses_at(number, edge.first_at, edge.last_at)
            and not (left_at is not None and days_between(left_at, edge.first_at or "") > _DAYS_AFTER_IT_LEFT)
            and not self._is_with_another_line(group, number, edge)
        ]
        if not any(edge.role in TALK_ROLES for edge in in_use) and any(edge.role in TALK_ROLES for edge in dated):
            in_use = [edge for edge in in_use if not self._goes_on_with_another_line(group, number, edge)]
        if (in_use or not dated) and self._is_with_one_line(group, number, device_id):
            in_use += [edge for edge in traffic if edge.first_at is None]
        return in_use

    def _is_its_only_holder(self, group: LineGroup, number: str, device_id: str) -> bool:
        """Whether nobody but this line is known to have had a number, by what other phones hold."""
        around = self._around
        traffic = around.edges.traffic.get(number, ())
        return not self._may_be_anothers(number) and had_no_other_holder(
            group, number, traffic, device_id, around.device_of
        )

    def _is_with_another(self, group: LineGroup, number: str, edge: Edge) -> bool:
        """Whether all traffic of an edge is with somebody to whom the number was given out."""
        return any(
            is_with_holder(edge, period, group.spells_of(number))
            for (held, _), period in self._around.held_by_others.items()
            if held == number
        )

    def _is_with_another_line(self, group: LineGroup, number: str, edge: Edge) -> bool:
        """Whether traffic outside a line's use of a number lies nearer to another line's use of it, or in that."""
        others = self._around.lines_of_number.get(number, ())
        if len(others) < 2 or edge.first_at is None or edge.last_at is None:
            return False
        apart = group.days_from_use(number, edge.first_at, edge.last_at)
        nearest = min(
            other.days_from_use(number, edge.first_at, edge.last_at) for other in others if other is not group
        )
        # of a use without a date nothing says how far it is
        return apart > 0 and (nearest == 0 or nearest < apart < inf)

    def _goes_on_with_another_line(self, group: LineGroup, number: str, edge: Edge) -> bool:
        """Whether what came in ends while another line used the number: the phone wrote or rang then alone.

        What a talk consists of is with one line, and what came first may be the notice with which this one left.
        """
        others = (other for other in self._around.lines_of_number.get(number, ()) if other is not group)
        return not group.uses_at(number, edge.last_at, edge.last_at) and any(
            other.uses_at(number, edge.last_at, edge.last_at) for other in others
        )

    def _is_with_one_line(self, group: LineGroup, number: str, device_id: str) -> bool:
        """Whether undated traffic on the device can be with this line alone, by when the device was in use."""
        if len(self._around.lines_of_number.get(number, ())) != 1:
            return False
        facts = self._around.devices[device_id]
        if is_unset_at(facts.last_at):
            return self._is_its_only_holder(group, number, device_id)
        return self._is_in_use_on(group, number, facts.first_at, facts.last_at)

    def _add_sims(self, group: LineGroup, rows: RelationRows) -> None:
        for number in group.numbers:
            own = self._around.with_own_number.get(number, ())
            carrying = {facts.device_id: facts for facts in own}
            for facts in own:
                # one SIM and one number leave no doubt which is which; then the card names the number elsewhere too
                if len(facts.own_numbers) == 1 and sum(not sim.startswith("imsi:") for sim in facts.sims) == 1:
                    carrying |= {held.device_id: held for sim in facts.sims for held in self._around.with_sim[sim]}
            for device_id, facts in carrying.items():
                if facts.first_at is None and len(self._around.lines_of_number.get(number, ())) > 1:
                    # nothing is dated: of several lines that had the number, it is of the one whose adverts it sent
                    is_used = rows.has(device_id, Relation.SENT_ADVERTS)
                else:
                    is_used = self._is_in_use_on(
                        group, number, *facts.period_of(number)
                    ) and not self._sent_for_another(group, number, device_id)
                if is_used and (number, device_id) not in self._around.held_by_others:
                    rows.carry(device_id, number, self._around.held_late.get((number, device_id)))
                else:
                    rows.mention(device_id, number, Mention.OWN_NUMBER)

    def _sent_for_another(self, group: LineGroup, number: str, device_id: str) -> bool:
        """Whether the device sent adverts from the number, and none of this line: it had the number from another."""
        sent_for = [
            line
            for line in self._around.lines_of_number.get(number, ())
            if any(device_id in spell.sending for spell in line.spells_of(number))
        ]
        return bool(sent_for) and all(line is not group for line in sent_for)

    def _is_in_use_on(self, group: LineGroup, number: str, first_at: str | None, last_at: str | None) -> bool:
        """Whether the line had the number in a period, or about then, and no other line had it in that period."""
        if first_at is None or last_at is None:
            return True
        period = (first_at, last_at)
        if _is_had_in(group, number, period, 0):
            return True
        left_at, days = group.left_at(number), sum(spell.day_count for spell in group.spells_of(number))
        if left_at is not None and days >= _DAYS_SEEN and days_between(left_at, first_at) > _DAYS_AFTER_IT_LEFT:
            return False
        others = (other for other in self._around.lines_of_number.get(number, ()) if other is not group)
        return _is_had_in(group, number, period, _SIM_PAD_DAYS) and not any(
            _is_had_in(other, number, period, 0) for other in others
        )

    def _add_mentions(self, group: LineGroup, rows: RelationRows) -> None:
        mentioned = [(number, edge) for number in group.numbers for edge in self._around.edges.mentions.get(number, ())]
        named = [(None, edge) for held in self._around.edges.named.values() for edge in held]
        for number, edge in (*mentioned, *named):
            device_id = self._around.device_of.get(edge.extraction_id)
            if device_id is not None:
                rows.mention(device_id, number, Mention.WRITTEN, [edge])


def _is_contact(group: LineGroup, number: str, private: Private) -> bool:
    """Whether traffic with a line's number is more than bulk texts: answered, or private texts that came in.

    Args:
        group: The line.
        number: The number.
        private: Traffic of a device with it while it was the line's, without what went to many.
    """
    if any(edge.role in TALK_ROLES for edge in private.edges):
        return not _answers_a_notice(group, number, private.edges)
    received = [edge for edge in private.edges if edge.role == Role.RECEIVED]
    # of what is left beside broadcasts it is not known when it came, if its times are those of all together
    is_within = private.is_dated and any(
        group.is_in_use(number, edge.first_at, edge.last_at) or is_right_before(group, number, edge)
        for edge in received
    )
    within = _TEXTS_BESIDE_BROADCASTS if private.is_beside else 1
    least = within if is_within else RECEIVED_TEXTS_THAT_COUNT
    return sum(edge.count for edge in received) >= least


def _add_unanswered(group: LineGroup, rows: RelationRows) -> None:
    """Add as recipients those off the list who never wrote or rang: who carries for a line talks with it."""
    for spell in group.spells:
        for advert in spell.adverts if spell.off_the_list else ():
            is_off = advert.edge.other in spell.off_the_list
            if is_off and not rows.has(advert.device_id, Relation.CONTACT_OF_LINE):
                number = spell.sender if spell.has_number else None
                rows.add(advert.device_id, Relation.RECEIVED_ADVERTS, number, [advert.edge])


def _is_had_in(group: LineGroup, number: str, period: tuple[str, str], pad_days: float) -> bool:
    return any(
        spell.first_at is None or periods_touch(spell.period, period, pad_days) for spell in group.spells_of(number)
    )


def _answers_a_notice(group: LineGroup, number: str, in_use: Sequence[Edge]) -> bool:
    """Whether all traffic came after the number's last advert, and began with a text that came in.

    Police text whoever was in touch with a number from it, and some ask who that is. Who wants to buy writes first.
    That another number of the line goes on says nothing of who holds this one: of two phones the one is seized.
    """
    received = [edge for edge in in_use if edge.role == Role.RECEIVED]
    answers = [edge for edge in in_use if edge.role in TALK_ROLES]
    began, ended = (
        earliest(edge.first_at for edge in received),
        latest(spell.used_until for spell in group.spells_of(number)),
    )
    first_answer = earliest(edge.first_at for edge in answers)
    if began is None or ended is None or first_answer is None or any(edge.first_at is None for edge in in_use):
        return False
    is_after = days_between(ended, began) > 0 and days_between(began, first_answer) >= 0
    return is_after and max(sum(edge.count for edge in held) for held in (received, answers)) <= _TEXTS_ABOUT_A_NOTICE
