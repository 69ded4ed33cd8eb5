"""Joins of two numbers that no text announces: by name, wordings, recipients and time together.

None of them joins alone: names are common words, wordings are copied, customers buy from several lines. Each adds its
weight, and what is missing takes some away. One number after the other is what a line does that loses its phone; two
at once under one name to the same people is what an imitator does, and only a line's own second number sends the
same wordings too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

import msgspec

from search.contract import Edge
from search.linkage.instants import days_between
from search.linkage.joining import gaps
from search.linkage.joining.announcements import names_differ
from search.linkage.joining.claims import Claims
from search.linkage.joining.close_names import are_close_names
from search.linkage.joining.name_changes import (
    WEIGHTS,
    NameChange,
    has_dropped_name,
    unsaid_change,
)
from search.linkage.joining.recipients_in_common import is_one_list, recipient_weight
from search.linkage.joining.said_names import SaidNames
from search.linkage.kept import Kept
from search.linkage.keys import NAME_PREFIX
from search.linkage.number_use.names import SHORTEST_PART, grouped_forms, initials_of
from search.linkage.number_use.one_number import OVERLAP_DAYS, may_be_one_number, may_be_one_phone
from search.linkage.number_use.rests import Rests
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.used_at_once import (
    AT_ONCE_WORDINGS,
    at_once_weight,
    has_none_of_its_own,
    same_templates,
    shared_wordings,
    soon_stops,
)
from search.linkage.weights import JoinWeights

_SENDERS_OF_A_WORDING = 6
"""A wording of more senders than this says nothing of which two are one, whatever name it carries: "new number, its
Jo" is what every Jo writes."""
_ENOUGH_WORDINGS = 3
_ENOUGH_RECIPIENTS = 3


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What two spells have in common, the earlier one first.

    Attributes:
        gap_days: From the last advert of the one to the first of the other; negative: used at once. None: undated.
        common: Wordings in common, ``wordings`` those that stand under one name alone.
        share: Share that the wordings in common have of those of the side that has more.
        weight: Sum of the weights.
        is_written: The one wrote the other's number, and that speaks for one line.
        is_given: The earlier one did before anything came from the other, which is in use beside it, under its name.
        change: What is between their names. None: these do not differ.
        former: Texts in which the later number, as a new one, says that it was called as the earlier one is.
        has_no_case: No recipient got adverts of both, and no case holds phones of both.
        may_be_one_number: One is shown by a saved name alone, on other phones than got the other's adverts, or is a
            phone that does not say its number and has on its list whoever got the other's: it may be that very number,
            so that use at once says nothing against one line.
        may_be_one_phone: One is a phone without a number of its own that holds undated adverts, in use while the other
            number was: it may be that number's phone, so that their times say nothing.
    """

    older: Spell
    newer: Spell
    gap_days: float | None
    common: int
    wordings: int
    share: float
    recipients: int
    weight: float
    is_written: bool
    is_given: bool = False
    change: NameChange | None
    former: tuple[Edge, ...] = ()
    has_no_case: bool = False
    may_be_one_number: bool = False
    may_be_one_phone: bool

    @property
    def is_at_once(self) -> bool:
        """Whether both were in use together for longer than a change of number takes."""
        return gaps.is_at_once(self.gap_days) and not self.may_be_one_number

    @property
    def is_known_by_name(self) -> bool:
        """Whether one is shown by a saved name, nothing of it is dated, and much else is alike."""
        by_name = self.older.sender.startswith(NAME_PREFIX) or self.newer.sender.startswith(NAME_PREFIX)
        return by_name and self.wordings > 0 and self.weight >= JoinWeights.ENOUGH_UNDATED

    @property
    def has_more_than_a_name(self) -> bool:
        """Whether they have more in common than a name and customers, which an imitator has of a line too."""
        return bool(self.wordings or self.is_written or self.former)

    @property
    def is_enough(self) -> bool:
        """Whether it joins them: never a name and a time alone."""
        is_placed = self.gap_days is not None or self.may_be_one_phone or self.is_known_by_name
        enough = JoinWeights.ENOUGH
        if self.is_at_once:
            is_short = not self.is_given and (soon_stops(self.older) or soon_stops(self.newer))
            enough = JoinWeights.ENOUGH_SOON_STOPS if is_short else JoinWeights.ENOUGH_AT_ONCE
        is_shown = bool(self.recipients or self.wordings)
        return self.weight >= enough and is_placed and is_shown


class NameJoins:
    """Compares spells.

    Args:
        spells: All spells.
        claims: What numbers say of themselves that are new.
        recurring: Words that may be a name that was not read, by place.
        said: The names of other senders that a spell says.
        written: Places of two of which the first wrote the second's number, and whether before the second's adverts.
        cases: Case references of the devices of each spell, by place; empty where none is known.
        rests: Which numbers rested while others were in use.
        kept: What was made before. None: nothing.
    """

    def __init__(
        self,
        spells: Sequence[Spell],
        claims: Claims,
        recurring: Mapping[int, frozenset[str]],
        said: SaidNames,
        written: Mapping[tuple[int, int], bool],
        cases: Mapping[int, frozenset[str]],
        rests: Rests,
        kept: Kept | None = None,
    ) -> None:
        self._spells = spells
        self._kept = kept or Kept()
        self._compared: dict[tuple[int, int], Compared] = {}
        self._cases = cases
        self._rests = rests
        self._claims = claims
        self._recurring = recurring
        self._said = said
        self._written = written
        self._names_of: dict[str, set[str]] = defaultdict(set)
        self._senders_of: Counter[str] = Counter()
        self._is_specific_of: dict[str, bool] = {}
        self._specific_counts: dict[int, int] = {}
        for spell in spells:
            self._senders_of.update(spell.wordings)
            for wording in spell.wordings:
                self._names_of[wording] |= set(spell.names[:1])

    def pairs(self) -> Iterator[tuple[Spell, Spell]]:
        """Yield pairs of spells of different senders that may be of one line, each once, in order.

        They share a name, several wordings, or a wording and a list; or the one says the other's number or name.
        """
        found: set[tuple[int, int]] = set()
        by_wording: dict[str, list[int]] = defaultdict(list)
        for spell in self._spells:
            for wording in spell.wordings:
                by_wording[wording].append(spell.place)
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for places in by_wording.values():
            if len(places) <= _SENDERS_OF_A_WORDING:
                for pair in combinations(sorted(places), 2):
                    shared[pair] += 1
        for key, places in self._by_template().items():
            for a, b in combinations(places, 2):
                shared[a, b] += self._spells[a].wording_of[key] != self._spells[b].wording_of[key]
        found.update(pair for pair, count in shared.items() if count > 1 or (count and self._share_a_list(*pair)))
        found.update((min(pair), max(pair)) for pair in self._written)
        found.update(self._same_name())
        found.update(self._claims.pairs(self._spells))
        for a, b in sorted(found):
            if self._spells[a].sender != self._spells[b].sender:
                yield self._spells[a], self._spells[b]

    def _share_a_list(self, a: int, b: int) -> bool:
        one, other = self._spells[a].recipients, self._spells[b].recipients
        return is_one_list(len(one & other), len(one | other))

    def _by_template(self) -> dict[str, list[int]]:
        """Return the places of spells by template, of templates that few use, and not all under one key."""
        places: dict[str, list[int]] = defaultdict(list)
        for spell in self._spells:
            for key in spell.template_ids - spell.to_few:
                places[key].append(spell.place)
        return {key: held for key, held in places.items() if 1 < len(held) <= _SENDERS_OF_A_WORDING}

    def _same_name(self) -> Iterator[tuple[int, int]]:
        by_form: dict[str, set[int]] = defaultdict(set)
        for spell in self._spells:
            for form in spell.forms:
                by_form[form].add(spell.place)
        for form, places in by_form.items():
            alike = places | by_form.get(initials_of(form), set())
            for length in range(SHORTEST_PART, len(form)):
                alike |= by_form.get(form[:length], set()) | by_form.get(form[-length:], set())
            for a, b in product(places, alike):
                if a != b:
                    yield min(a, b), max(a, b)

    def compared(self, a: Spell, b: Spell) -> Compared:
        """Return what two spells have in common, and what it weighs."""
        pair = a.place, b.place
        known = self._compared.get(pair)
        if known is None:
            known = self._compared[pair] = self._newly_compared(a, b)
        return known

    def _newly_compared(self, a: Spell, b: Spell) -> Compared:
        older, newer = sorted((a, b), key=lambda s: (s.first_at or "~", s.place))
        shared = self._kept.made(shared_wordings, (a, b), a, b)
        # a template that is keyed in two ways is specific where both keys are: one may have lost a word that is no name
        common = {a.wording_of[key] for key in same_templates(a, b) if not self._is_specific(b.wording_of[key])}
        wordings = self.specific(shared - common)
        share = self._share(a, b, wordings)
        recipients = len(a.recipients & b.recipients)
        gap = self._rests.days_between(older, newer)
        is_one = may_be_one_number(a, b)
        is_at_once = gaps.is_at_once(gap) and not is_one
        has_no_case = not recipients and are_in_other_cases(a, b, self._cases)
        before = self._written.get((older.place, newer.place))
        is_written = before is not None or (newer.place, older.place) in self._written
        is_given = bool(before and is_at_once and set(older.names) & set(newer.names))
        claimed = self._claim_weight(older, newer)
        is_bridged = claimed > 0.0 and recipients > 1 and bool(set(older.names) & set(newer.names))
        change, former = None, tuple[Edge, ...]()
        if names_differ(older, newer):
            is_said = self._is_said(older, newer, is_written=is_written, is_claimed=claimed > 0.0 and recipients > 1)
            former = self._claims.of_former(newer, older) if is_said and claimed and recipients > 1 else ()
            change = (
                NameChange.SAID
                if is_said
                else unsaid_change(older, newer, gap, len(shared), recipients, is_written=is_written)
            )
        weight = (
            self._name_weight(
                older,
                newer,
                has_most=_are_most(share, len(wordings)) or (is_at_once and has_none_of_its_own(a, b, len(shared))),
                change=change,
            )
            + self._wording_weight(older, newer, shared, wordings, least=AT_ONCE_WORDINGS if is_at_once else 1)
            + (0.0 if is_one and not recipients else recipient_weight(older, newer, recipients, is_at_once=is_at_once))
            + (JoinWeights.NO_CASE if has_no_case else 0.0)
            + (0.0 if is_one and gaps.is_at_once(gap) else gaps.weight(gap, is_bridged=is_bridged))
            + (JoinWeights.NAMELESS_FAR if gaps.is_far(gap) and not (older.names and newer.names) else 0.0)
            + (claimed if recipients else 0.0)
            + (JoinWeights.CLAIMS_FORMER_NAME if former else 0.0)
            + (JoinWeights.WRITTEN if is_written and gaps.follows(gap) else 0.0)
            # who holds two brands sends one list the same words under both: what tells a second number tells nothing
            + (self._at_once_weight(older, newer, len(shared)) if is_at_once and change is None else 0.0)
            + (JoinWeights.GIVEN if is_given else 0.0)
            + _alike_weight(older, newer, len(shared), recipients)
        )
        return Compared(
            older=older,
            newer=newer,
            gap_days=gap,
            common=len(shared),
            wordings=len(wordings),
            share=share,
            recipients=recipients,
            weight=round(weight, 3),
            is_written=is_written and (is_given or gaps.follows(gap)),
            is_given=is_given,
            change=change,
            has_no_case=has_no_case,
            former=former,
            may_be_one_number=is_one,
            may_be_one_phone=(gap is None and len(wordings) >= _ENOUGH_WORDINGS and may_be_one_phone(older, newer)),
        )

    def _at_once_weight(self, older: Spell, newer: Spell, wordings: int) -> float:
        return self._kept.made(at_once_weight, (older, newer), older, newer, wordings)

    def specific(self, wordings: Iterable[str]) -> frozenset[str]:
        """Return wordings that stand under one name only; those under several are copied and join nothing."""
        return frozenset(wording for wording in wordings if self._is_specific(wording))

    def _is_specific(self, wording: str) -> bool:
        known = self._is_specific_of.get(wording)
        if known is None:
            names = self._names_of[wording]
            known = self._senders_of[wording] <= _SENDERS_OF_A_WORDING and (
                len(names) <= 1 or len(grouped_forms(dict.fromkeys(names, 1))) == 1
            )
            self._is_specific_of[wording] = known
        return known

    def _wording_weight(
        self, older: Spell, newer: Spell, shared: Collection[str], specific: Collection[str], *, least: int
    ) -> float:
        if not shared:
            fewest = min(len(older.offers), len(newer.offers))
            further = min(fewest, _ENOUGH_WORDINGS) - 1
            return JoinWeights.NO_WORDING + JoinWeights.NO_WORDING_FURTHER * further if fewest else 0.0
        fewest = min(len(older.wordings), len(newer.wordings))
        weight = min(JoinWeights.SHARED_WORDINGS_MOST, JoinWeights.SHARED_WORDING * len(specific))
        if older.shares_a_name(newer):
            copied = sum(self._senders_of[wording] <= _SENDERS_OF_A_WORDING for wording in set(shared) - set(specific))
            weight += min(JoinWeights.COPIED_WORDINGS_MOST, JoinWeights.COPIED_WORDING * copied)
        share = self._share(older, newer, specific)
        if _are_most(share, len(specific)):
            return weight + JoinWeights.MOST_WORDINGS
        if share >= JoinWeights.HALF_SHARE and len(specific) >= least:
            return weight + JoinWeights.HALF_OF_WORDINGS
        is_within = 1 < len(shared) == fewest
        return weight + (JoinWeights.ALL_OF_FEWER_WORDINGS if is_within and specific else 0.0)

    def _share(self, a: Spell, b: Spell, specific: Collection[str]) -> float:
        """Return the share that the wordings in common have of those of the side that has more."""
        return len(specific) / max(self._specific_count(a), self._specific_count(b), 1)

    def _specific_count(self, spell: Spell) -> int:
        """Return how many of the wordings of a spell stand under one name only."""
        count = self._specific_counts.get(spell.place)
        if count is None:
            count = self._specific_counts[spell.place] = len(self.specific(spell.wordings))
        return count

    def _name_weight(self, older: Spell, newer: Spell, *, has_most: bool, change: NameChange | None) -> float:
        if change is not None:
            return WEIGHTS[change]
        if not older.names or not newer.names:
            if self._recurring.get(older.place, frozenset()) & self._recurring.get(newer.place, frozenset()):
                return JoinWeights.UNREAD_NAME
            return JoinWeights.NAMELESS if has_most else JoinWeights.NAMELESS_FEW_WORDINGS
        if has_dropped_name(older, newer):
            return JoinWeights.DROPPED_NAME
        if set(older.names) & set(newer.names):
            return JoinWeights.SAME_NAME
        return JoinWeights.CLOSE_NAMES if are_close_names(older, newer) else JoinWeights.NAME_FORMS

    def _is_said(self, older: Spell, newer: Spell, *, is_written: bool, is_claimed: bool) -> bool:
        """Whether the one of two names that follow each other is said under the other.

        The later number says it in its adverts, or where it told people of the earlier one that it is new. The later
        name in the earlier one's texts counts where they are tied besides: the one wrote the other's number; or the
        later number told that it is new, and the earlier one said that it is called so now.
        """
        if not gaps.follows(self._rests.days_between(older, newer)):
            return False
        if self._said.says(newer, older) or (is_claimed and self._claims.of_former(newer, older)):
            return True
        is_tied = is_written or (is_claimed and self._said.tells_its_next(older, newer))
        return is_tied and self._said.says(older, newer)

    def says_own_former(self, older: Spell, newer: Spell) -> bool:
        """Whether the later of two spells says of itself that it was called as the earlier one is."""
        return self._said.says_own_former(newer, older) or bool(self._claims.of_former(newer, older))

    def _claim_weight(self, older: Spell, newer: Spell) -> float:
        if not self._claims.made_by(newer) or newer.is_announced_only:
            return 0.0
        begun = self._claims.first_at(newer) or newer.first_at
        if older.last_at is not None and begun is not None and days_between(begun, older.last_at) > OVERLAP_DAYS:
            return 0.0
        return JoinWeights.CLAIMS_TO_BE_NEW


def are_in_other_cases(a: Spell, b: Spell, cases: Mapping[int, frozenset[str]]) -> bool:
    """Whether both are of known cases, and no case holds phones of both."""
    one, other = (cases.get(spell.place, frozenset()) for spell in (a, b))
    return bool(one and other) and one.isdisjoint(other)


def _are_most(share: float, wordings: int) -> bool:
    """Whether the wordings in common are more than one who copies takes."""
    return (share >= JoinWeights.MOST_SHARE and wordings > 1) or (
        share >= JoinWeights.HALF_SHARE and wordings >= _ENOUGH_WORDINGS
    )


def _alike_weight(older: Spell, newer: Spell, wordings: int, recipients: int) -> float:
    """Return what it weighs that the one of two nameless numbers sends nothing of its own, to nobody of its own.

    Who imitates a line uses its name, so that it is no doubt here that both were in use at once.
    """
    if older.names or newer.names or not 1 < wordings == min(len(older.wordings), len(newer.wordings)):
        return 0.0
    is_one_list = recipients >= _ENOUGH_RECIPIENTS and recipients == min(len(older.recipients), len(newer.recipients))
    return JoinWeights.NOTHING_OF_ITS_OWN if is_one_list else 0.0
