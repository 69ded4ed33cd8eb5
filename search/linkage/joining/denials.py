"""Numbers that a line denies without writing them: "fake Rico about, only trust this number".

The name, the wordings and some of the customers are what an imitator takes over, so that these weigh nothing against
the word of the number that they were taken from. It is the word of a number that was known before the other one began,
goes on beside it, and says so while that is in use. Who began later may
be the imitator, and calls the line so; and what a line always says is no answer to anybody.

Such a text does not write whom it means. Of several numbers that it may mean, it means the one that began last; none
that the line told of itself, or whose handset sends its adverts too; none that sends the same warning at that time, as
a line does from both of its phones; and none whose wordings the line took up later, as it does not of an imitator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from nlp.changes.denied_others import denies_others
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import days_between, earliest
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.sides import sides_of
from search.linkage.keys import fold_name
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.used_at_once import shared_wordings
from search.linkage.phrases import counted, day_of

_KNOWN_DAYS: Final = 7.0
"""Days that a number sent before the other one began, to be the known one of both. Reasoned."""
_ANSWERED_DAYS: Final = 14.0
"""Days in which a line warns of somebody who began: its customers tell it soon. Reasoned."""
_AT_ONCE_DAYS: Final = 3.0
"""Days in which a line sends a warning from each of its phones."""
_TAKEN_UP: Final = 3
"""Wordings of the later number that the earlier one sent only after it, from which these are one line's."""
_OTHERS_WORD: Final = frozenset({"announced_by_new", "told_when_asked"})
"""Joins by the word of the later number alone."""

_RECORDS_SHOWN: Final = 3


class _Denial(msgspec.Struct, frozen=True):
    """A text of a spell that denies others: its dated copies, the instants of these, and its wording."""

    held: tuple[Evidenced, ...]
    instants: tuple[str, ...]
    wording: str


class Denials:
    """Finds which numbers lines deny without writing them.

    Args:
        spells: All spells, by place.
        told: Joins by what lines say themselves, or what their handsets and broadcasts show.
        evidence: All that lines are made from.
    """

    def __init__(self, spells: Sequence[Spell], told: Iterable[PlacedJoin], evidence: Evidence) -> None:
        self._said: dict[tuple[int, int], list[Evidenced]] = defaultdict(list)
        self._spells = spells
        denials = {spell.place: found for spell in spells if (found := [*_denials_of(spell, evidence.template_texts)])}
        line_of = _lines_told(spells, told) if denials else {}
        for place, texts in denials.items():
            others = [
                other
                for other in spells
                if line_of[other.place] is not line_of[place] and _may_be_denied(spells[place], other)
            ]
            for denial in texts:
                denied = _denied(denial, others, denials)
                if denied is not None:
                    self._said[place, denied.place].extend(denial.held)
        self._pairs = frozenset(map(frozenset, self._said))

    def keeps_apart(self, a: Spell, b: Spell) -> bool:
        """Whether one of two spells denies the other."""
        return frozenset((a.place, b.place)) in self._pairs

    def conflicts(self, evidence: Evidence) -> Iterator[tuple[int, str]]:
        """Yield what was refused, by place of spell."""
        for (place, denied), held in self._said.items():
            edges = [each.edge for each in held]
            line, other = (self._spells[each] for each in (place, denied))
            at = earliest(edge.first_at for edge in edges)
            on = f", first on {day_of(at)}," if at else ""
            texts = counted(sum(edge.count for edge in edges), "text")
            sentence = (
                f"{evidence.sender_label(line.sender)} warns in {texts}{on} "
                f"of whoever else sends under its name, and goes on while {evidence.sender_label(other.sender)} does, "
                "which began after it: the two are not taken for one line, whatever wordings they have in common. "
                f"See {' '.join(merged_record_ids(edges, _RECORDS_SHOWN))}."
            )
            yield from ((each, sentence) for each in (place, denied))


def _denials_of(spell: Spell, texts: Mapping[str, str]) -> Iterator[_Denial]:
    """Yield each text of a spell that denies others, as far as its copies are dated."""
    held: dict[str, list[Evidenced]] = defaultdict(list)
    if not spell.names:
        return

    def is_name(written: str) -> bool:
        return fold_name(written) in spell.forms

    for advert in spell.adverts:
        held[advert.edge.other].append(advert)
    for template_id, adverts in held.items():
        if template_id in spell.to_few or not denies_others(texts.get(template_id, ""), is_name):
            continue
        dated = tuple(each for each in adverts if each.edge.first_at is not None)
        instants = {at for each in dated for at in (each.edge.first_at, each.edge.last_at) if at is not None}
        if instants:
            yield _Denial(dated, tuple(sorted(instants)), spell.wording_of[template_id])


def _lines_told(spells: Sequence[Spell], told: Iterable[PlacedJoin]) -> dict[int, list[int]]:
    """Return the line of each spell, as what they say themselves makes it; over numbers that are only announced too."""
    pairs = [(older, newer) for older, newer, join in told if join.kind not in _OTHERS_WORD]
    return sides_of(chain((spell.place for spell in spells), *pairs), pairs)


def _may_be_denied(line: Spell, other: Spell) -> bool:
    """Whether a number began under the name of another one, to people of it, and both go on at once."""
    if other.sender == line.sender or not line.shares_a_name(other) or line.recipients.isdisjoint(other.recipients):
        return False
    if line.first_at is None or line.last_at is None or other.first_at is None:
        return False
    is_known = days_between(line.first_at, other.first_at) >= _KNOWN_DAYS
    goes_on = days_between(other.first_at, line.last_at) > OVERLAP_DAYS
    return is_known and goes_on and not _is_taken_up(line, other)


def _is_taken_up(line: Spell, other: Spell) -> bool:
    """Whether the earlier number took up wordings of the later one, more than that has from it."""
    after = [
        days_between(began, taken)
        for wording in shared_wordings(other, line)
        if (began := _first_sent(other, wording)) is not None and (taken := _first_sent(line, wording)) is not None
    ]
    taken_up = sum(days > 0 for days in after)
    return taken_up >= _TAKEN_UP and 2 * taken_up > len(after)


def _first_sent(spell: Spell, wording: str) -> str | None:
    return earliest(
        advert.edge.first_at for advert in spell.adverts if spell.wording_of.get(advert.edge.other) == wording
    )


def _denied(denial: _Denial, others: Iterable[Spell], denials: Mapping[int, Sequence[_Denial]]) -> Spell | None:
    """Return which number a text means, the last that began of those that it may mean. None: none that is held."""
    said = denial.instants[0]
    meant = [
        other
        for other in others
        if other.first_at is not None and _answers(said, other) and not _says_so_too(denial, denials.get(other.place))
    ]
    return max(meant, key=lambda other: (other.first_at or "", -other.place), default=None)


def _answers(at: str, other: Spell) -> bool:
    """Whether a number was in use when a text came that may be about it."""
    if other.first_at is None or other.last_at is None:
        return False
    since = days_between(other.first_at, at)
    return 0 <= since <= _ANSWERED_DAYS and days_between(other.last_at, at) <= OVERLAP_DAYS


def _says_so_too(denial: _Denial, others: Sequence[_Denial] | None) -> bool:
    """Whether the other number sends that warning too, at about the time of the first copy."""
    return any(
        other.wording == denial.wording
        and any(abs(days_between(denial.instants[0], at)) <= _AT_ONCE_DAYS for at in other.instants)
        for other in others or ()
    )
