"""Changes of number that a text announces, as joins between spells.

The old number's word is enough: it says itself where its customers shall go on. The new number's word is taken where
it names the old one and the old one falls silent, else it may be an imitation. A new number that names no old one
("new number, save it") only makes a join by name and recipients likelier (``name_joins``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.counting_order import counting_order
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.linkage.instants import days_between, earliest
from search.linkage.joining.both_new import of_others
from search.linkage.joining.claims import Claims, says_name_of
from search.linkage.joining.slips import slips
from search.linkage.keys import OWN_PREFIX, UNKNOWN_NUMBER, AnnouncedFrom, fold_name, is_number
from search.linkage.model import Join
from search.linkage.number_use.names import as_read
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.uses import GAP_DAYS
from search.linkage.phrases import counted, day_of
from search.linkage.weights import JOIN_WEIGHTS, PLAIN_ANNOUNCEMENT, LineWeights

ANNOUNCED_PAD_DAYS = 30.0
"""An announcement lies in its sender's spell or close to it; later the number may be another's."""
AFTER_ANNOUNCEMENT_DAYS = 120.0
"""How long after an announcement the new number may first be seen in use on the phones held."""
FALLS_SILENT_DAYS = 14.0
"""The old number must not go on for longer, where the new one alone announces the change."""
_FIRST_WORD_DAYS = 1.0
"""From a number's first advert to what it says of another one, at most, for a first word."""
_DAYS_OF_A_LINE = 4
_TIMES_AS_MANY_DAYS = 3
"""How many days a line's number sent on at least, and how many times the days of one that speaks for it."""
_LABELS_SHOWN = 3
_ADVERTS_OF_A_LINE = 3

_ANNOUNCED_BY = {"announced_by_old": "the old number", "announced_by_new": "the new number"}

PlacedJoin = tuple[int, int, Join]
"""Places of the older and of the newer spell, and the join."""


class AnnouncementJoins:
    """Takes announcements one by one.

    Attributes:
        conflicts: What was refused, by place of spell.
        claims: What numbers say of themselves that are new and give no old one.
        spoken_for: Places of two spells of which the one tells the next number of the other's line.
    """

    def __init__(self, by_sender: Mapping[str, Sequence[Spell]], evidence: Evidence, next_place: int) -> None:
        self._by_sender = by_sender
        self._evidence = evidence
        self._next_place = next_place
        self._by_form: dict[str, list[Spell]] = defaultdict(list)
        for spells in by_sender.values():
            for spell in spells:
                for form in spell.forms:
                    self._by_form[form].append(spell)
        self._announced: dict[tuple[int, str], Spell] = {}
        self._said: dict[tuple[int, int, str], list[tuple[Spell, Spell, Evidenced]]] = defaultdict(list)
        self.conflicts: list[tuple[int, str]] = []
        self.claims = Claims()
        self.spoken_for: set[frozenset[int]] = set()
        for announcement in sorted(evidence.announcements, key=_announcement_order):
            self._take(announcement)
        self._leave_out_wrong()

    @property
    def joins(self) -> list[PlacedJoin]:
        """One join for each pair and kind, however many phones hold the announcement."""
        return [
            (old, new, _announced_join(kind, held[0][0], held[0][1], [said for _, _, said in held], self._evidence))
            for (old, new, kind), held in self._said.items()
        ]

    @property
    def announced(self) -> list[Spell]:
        """Spells of numbers that are only announced."""
        return list(self._announced.values())

    def _leave_out_wrong(self) -> None:
        told = [
            (held[0][0], held[0][1], [said for _, _, said in held])
            for (_, _, kind), held in self._said.items()
            if kind == "announced_by_old"
        ]
        given = [
            (one, other, [said]) for said, one, other in _spells_of(self._evidence.with_other_number, self._by_sender)
        ]
        for old, wrong, sentence in slips(told, given):
            self._leave_out(old, wrong, sentence)
        kept = [each for each in told if (each[0].place, each[1].place, "announced_by_old") in self._said]
        for old, wrong, sentence in of_others(kept, self._evidence):
            self._leave_out(old, wrong, sentence)

    def _leave_out(self, old: Spell, wrong: Spell, sentence: str) -> None:
        self.conflicts.append((old.place, sentence))
        del self._said[old.place, wrong.place, "announced_by_old"]
        del self._announced[old.place, wrong.sender]

    def _take(self, announcement: Evidenced) -> None:
        edge = announcement.edge
        role = AnnouncedFrom(edge.role)
        named = edge.other if role.is_from_old else edge.key
        if named == announcement.sender:
            return  # no number takes over from itself, whichever of two readings of the sender is wrong
        speaking = [
            s for s in self._by_sender.get(announcement.sender, ()) if s.covers(edge.first_at, ANNOUNCED_PAD_DAYS)
        ]
        speaking = [s for s in speaking if _may_speak(s, announcement)]
        if not speaking:
            return  # a person's own change of number, or what a customer says of the line's: the sender is no line's
        spell = min(speaking, key=lambda s: (s.last_at is None, s.place))
        if named == UNKNOWN_NUMBER:
            self.claims.note(spell, announcement)
        elif role.is_from_old:
            self._join_from_old(spell, named, announcement)
        else:
            self._join_from_new(spell, named, announcement)

    def _join_from_old(self, old: Spell, number: str, announcement: Evidenced) -> None:
        at = announcement.edge.first_at or old.last_at
        following = [s for s in self._by_sender.get(number, ()) if s is not old and _goes_on_after(s, at)]
        if not following and any(_had_ended_when(s, old, at) for s in self._by_sender.get(number, ())):
            # whose first word is about a number that others sent from until then has taken its place, however it is put
            self._join_from_new(old, number, announcement)
            return
        if not following:
            # it names a number that it had before under the same name, which rests: that number is no new one
            following = [s for s in self._by_sender.get(number, ()) if s is not old and _rests_at(s, old, at)]
        spoken_for = [(new, line) for new in following if (line := self._spoken_for(old, new, at)) is not None]
        if spoken_for:
            for new, line in spoken_for:
                self._add(line, new, "announced_by_another", announcement)
                if not _told_a_friend(old):
                    self._add(old, new, "speaks_for", announcement)
                self.spoken_for.add(frozenset((old.place, line.place)))
            return
        if not following and is_number(number):
            self._add(old, self._only_announced(old, number, at), "announced_by_old", announcement)
        for new in following:
            self._add(old, new, "announced_by_old", announcement)

    def _spoken_for(self, speaking: Spell, new: Spell, at: str | None) -> Spell | None:
        """Return the spell of the number that the new one took over from, where a runner or a friend tells of it.

        It has the name and recipients of the new one, sent on many more days than the one that speaks, and fell silent
        by then. The one that speaks sent beside it; or it is the first that it sent, when the new one was in use
        already, or before it went on beside that one. Only a line's own number falls silent for the next.
        """
        if at is None or new.first_at is None or speaking.first_at is None or new.is_announced_only:
            return None
        goes_on = speaking.last_at is not None and days_between(new.first_at, speaking.last_at) > OVERLAP_DAYS
        is_first_word = days_between(speaking.first_at, at) <= _FIRST_WORD_DAYS and (
            goes_on or days_between(new.first_at, speaking.first_at) > 0
        )
        fewest_days = max(_DAYS_OF_A_LINE, _TIMES_AS_MANY_DAYS * speaking.day_count)
        for line in sorted({spell for form in new.forms for spell in self._by_form[form]}, key=lambda s: s.place):
            # first what costs least: of a line with many numbers all are asked at each announcement
            if line.day_count < fewest_days or line.last_at is None:
                continue
            if line in (speaking, new) or line.sender in (speaking.sender, new.sender):
                continue
            is_beside = days_between(speaking.first_at, line.last_at) > OVERLAP_DAYS
            if (
                (is_beside or is_first_word)
                and -OVERLAP_DAYS <= days_between(line.last_at, at) <= ANNOUNCED_PAD_DAYS
                and line.shares_a_name(new)
                and not line.recipients.isdisjoint(new.recipients)
            ):
                return line
        return None

    def _join_from_new(self, new: Spell, number: str, announcement: Evidenced) -> None:
        at = announcement.edge.first_at or new.first_at
        before = [s for s in self._by_sender.get(number, ()) if s is not new and _was_used_before(s, at)]
        if not before and is_number(number) and not self._by_sender.get(number):
            self._add(self._only_announced(new, number, at), new, "announced_by_new", announcement)
        for old in before:
            reason = _refused(old, new, at, is_named=says_name_of(announcement, old))
            if reason is None:
                self._add(old, new, "announced_by_new", announcement)
            else:
                sentence = (
                    f"{new.sender} announced itself as the new number of {number}; this was not taken over: {reason}"
                )
                self.conflicts.append((old.place, sentence))
                self.conflicts.append((new.place, sentence))

    def _only_announced(self, line_spell: Spell, number: str, at: str | None) -> Spell:
        # one for each line that names the number: two lines that name one number are not joined by it
        key = (line_spell.place, number)
        if key not in self._announced:
            self._announced[key] = Spell(self._next_place, number, (), at)
            self._next_place += 1
        return self._announced[key]

    def _add(self, old: Spell, new: Spell, kind: str, announcement: Evidenced) -> None:
        self._said[old.place, new.place, kind].append((old, new, announcement))


def _told_a_friend(spell: Spell) -> bool:
    """Whether a number is held by one or two texts, to one phone: a runner or a customer may tell of the line too."""
    return not spell.is_broadcast and spell.advert_count <= LineWeights.FEW_ADVERTS and len(spell.receiving) <= 1


def _rests_at(spell: Spell, naming: Spell, at: str | None) -> bool:
    """Whether a spell under the same name had ended by then, not so long before that it may be another's."""
    if at is None or spell.last_at is None or not (spell.names and naming.names) or names_differ(spell, naming):
        return False
    return 0 <= days_between(spell.last_at, at) <= GAP_DAYS


def written_pairs(by_sender: Mapping[str, Sequence[Spell]], evidence: Evidence) -> dict[tuple[int, int], bool]:
    """Return places of spells of which the first wrote the second's number in its time or close to it.

    Nothing is announced by that: a line names its next number, and the number of one who imitates it too.

    Returns:
        Whether it did so before anything came from that number: who warns of an imitator has seen him.
    """
    written: dict[tuple[int, int], bool] = {}
    for said, one, other in _spells_of(evidence.with_other_number, by_sender):
        at, begun = said.edge.first_at, other.first_at
        is_before = at is not None and begun is not None and days_between(at, begun) >= 0
        pair = one.place, other.place
        written[pair] = written.get(pair, False) or is_before
    return written


def names_given(by_sender: Mapping[str, Sequence[Spell]], evidence: Evidence) -> dict[int, frozenset[str]]:
    """Return, by place of spell, the names under which it gives others' numbers: "ring 07700 900123, say Vegas"."""
    given: dict[int, set[str]] = defaultdict(set)
    for said, one, other in _spells_of(evidence.with_other_number, by_sender):
        name = fold_name(said.edge.label)
        if name in other.forms:
            given[one.place].add(name)
    return {place: frozenset(names) for place, names in given.items()}


class Warnings:
    """What senders say of numbers that others send from under their name.

    Args:
        by_sender: The spells of each sender.
        evidence: All that lines are made from.
    """

    def __init__(self, by_sender: Mapping[str, Sequence[Spell]], evidence: Evidence) -> None:
        self._said: dict[frozenset[int], Counter[tuple[str, str]]] = defaultdict(Counter)
        self._accusers: dict[int, dict[int, Spell]] = defaultdict(dict)
        for said, one, other in _spells_of(evidence.warned, by_sender):
            # of a number that was silent when this one began, and was lost perhaps, it is its own all the same
            if _goes_on_after(other, one.first_at):
                if one.shares_a_name(other) and other.covers(said.edge.first_at, ANNOUNCED_PAD_DAYS):
                    self._accusers[other.place][one.place] = one
                self._said[frozenset((one.place, other.place))][said.sender, said.edge.other] += said.edge.count

    def keeps_apart(self, a: Spell, b: Spell) -> bool:
        """Whether one of two spells says that whoever sends from the number of the other imitates it."""
        return frozenset((a.place, b.place)) in self._said

    def accusers(self, spell: Spell) -> tuple[Spell, ...]:
        """Return the spells of other numbers of its name that say that whoever sends from a spell's number imitates it.

        Whose name he took is not known by that: one more line may be called so, or nearly; and an imitator may say so
        of the line.
        """
        return tuple(self._accusers.get(spell.place, {}).values())

    def conflicts(self, evidence: Evidence) -> Iterator[tuple[int, str]]:
        """Yield what was refused, by place of spell."""
        for places, told in self._said.items():
            for (sender, number), count in told.items():
                sentence = (
                    f"{evidence.sender_label(sender)} warns in {counted(count, 'text')} of whoever sends from "
                    f"{number}: the two are not taken for one line."
                )
                yield from ((place, sentence) for place in places)


def _spells_of(
    texts: Iterable[Evidenced], by_sender: Mapping[str, Sequence[Spell]]
) -> Iterator[tuple[Evidenced, Spell, Spell]]:
    """Yield each text in which a number stands with the spells of its sender, then, and those of the number."""
    for said in texts:
        for one in by_sender.get(said.sender, ()) if said.edge.other in by_sender else ():
            if one.covers(said.edge.first_at, ANNOUNCED_PAD_DAYS):
                yield from ((said, one, other) for other in by_sender[said.edge.other] if one is not other)


def names_differ(a: Spell, b: Spell) -> bool:
    """Whether both carry names and the main one of neither may be one of the other's."""
    return bool(a.names) and bool(b.names) and not a.shares_a_name(b)


def _announcement_order(announcement: Evidenced) -> tuple[str, str, str, str, str]:
    edge = announcement.edge
    return (edge.first_at or "~", edge.key, edge.other, edge.role, edge.extraction_id)


def _may_speak(spell: Spell, announcement: Evidenced) -> bool:
    """Whether an announcement may be the line's whose number it came from.

    Of a text or two of one person's that read like adverts nobody else holds any; what that person tells a friend of a
    line's new number is no word of the line. A line announces its number to whom it sends adverts.
    """
    if AnnouncedFrom(announcement.edge.role).is_advert or spell.is_broadcast:
        return True
    if spell.sending:
        # Its own phone shows to how many it sent them.
        return spell.sent_count >= SMALLEST_RECIPIENTS
    is_theirs = announcement.device_id in spell.receiving or len(spell.receiving) > 1
    return is_theirs or spell.advert_count >= _ADVERTS_OF_A_LINE


def _refused(old: Spell, new: Spell, at: str | None, *, is_named: bool) -> str | None:
    """Return why the word of a new number is not taken. None: it is; ``is_named``: it says the old one's name."""
    if old.sending & new.sending:
        return None
    if names_differ(old, new) and not is_named:
        one, other = (as_read(spell.adverts, spell.common_names.names[0]) or spell.names[0] for spell in (old, new))
        return f"the analysis reads the name {one} in the adverts of {old.sender} and {other} in those of {new.sender}."
    if at is not None and old.last_at is not None and days_between(at, old.last_at) > FALLS_SILENT_DAYS:
        return "the old number went on with adverts of its own, so it may be an imitation."
    began = None if old.first_at is None or new.first_at is None else days_between(new.first_at, old.first_at)
    if began is not None and began > OVERLAP_DAYS:
        return "the old number began to send only when the other one had long been in use, so it may be an imitation."
    return None


def _goes_on_after(spell: Spell, at: str | None) -> bool:
    if at is None or spell.first_at is None or spell.last_at is None:
        return True
    return days_between(at, spell.last_at) >= 0 and days_between(at, spell.first_at) <= AFTER_ANNOUNCEMENT_DAYS


def _had_ended_when(spell: Spell, speaking: Spell, at: str | None) -> bool:
    """Whether a spell had ended when the number spoke that began to send no earlier than that."""
    if spell is speaking or at is None or spell.last_at is None or speaking.first_at is None:
        return False
    return days_between(spell.last_at, at) >= 0 and days_between(speaking.first_at, at) <= _FIRST_WORD_DAYS


def _was_used_before(spell: Spell, at: str | None) -> bool:
    if at is None or spell.first_at is None or spell.last_at is None:
        return True
    return days_between(spell.first_at, at) >= 0 and days_between(spell.last_at, at) <= AFTER_ANNOUNCEMENT_DAYS


def _announced_join(kind: str, old: Spell, new: Spell, said: Sequence[Evidenced], evidence: Evidence) -> Join:
    edges = [announcement.edge for announcement in said]
    at = earliest(edge.first_at for edge in edges)
    on = f", first on {day_of(at)}" if at else ""
    # the phone that sent it shows most, and is named first
    first_named = {evidence.label(each.device_id) for each in said if _is_own(each, evidence)}
    labels = sorted(
        {evidence.label(each.device_id) for each in said},
        key=lambda label: (label not in first_named, counting_order(label)),
    )
    more = f" and {len(labels) - _LABELS_SHOWN} more" if len(labels) > _LABELS_SHOWN else ""
    held = f"({counted(sum(edge.count for edge in edges), 'message')} on {', '.join(labels[:_LABELS_SHOWN])}{more})."
    from_number, to_number = evidence.sender_label(old.sender), evidence.sender_label(new.sender)
    if kind == "speaks_for":
        when = f"{on}," if on else ""
        sentence = f"{from_number} told{when} that {to_number} is the line's, for which another one fell silent {held}"
    else:
        by = _ANNOUNCED_BY.get(kind) or evidence.sender_label(said[0].sender)
        sentence = f"{to_number} was announced as the new number of {from_number} by {by}{on} {held}"
    is_plain = len(labels) == 1 and not any(AnnouncedFrom(edge.role).is_advert for edge in edges)
    return Join(
        kind=kind,
        older=old.sender,
        newer=new.sender,
        weight=JOIN_WEIGHTS[kind] + (PLAIN_ANNOUNCEMENT if is_plain else 0.0),
        sentence=sentence,
        record_ids=merged_record_ids(edges),
        at=at,
        said_in=frozenset((edge.extraction_id, edge.key) for edge in edges),
    )


def _is_own(said: Evidenced, evidence: Evidence) -> bool:
    """Whether the phone that holds an announcement sent it."""
    edge = said.edge
    speaker = edge.key if AnnouncedFrom(edge.role).is_from_old else edge.other
    return speaker.startswith(OWN_PREFIX) or speaker in evidence.devices[said.device_id].own_numbers
