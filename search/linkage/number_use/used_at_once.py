"""Two numbers in use at once: what tells a line's second number from an imitator, and the wordings that two share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from search.linkage.extraction.near_wordings import near_to_any
from search.linkage.instants import days_between, earliest, latest
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JoinWeights

AT_ONCE_WORDINGS = 2
_DAYS_ENOUGH = 4
_SPAN_DAYS_ENOUGH = 7.0
_MOST_MESSAGES = 0.8
"""Who imitates a line writes in other words by and by; one that on so many days writes hardly any other does not."""

_WEEKS = 14
_MANY_WEEKS = 30
"""Days on which both sent; on so many two wordings are enough."""
_ENOUGH_WORDINGS = 3
_MOST = 0.75
"""Of what either sent. Wordings that differ in a place that is not known count as several."""

_Shared = Callable[[Spell, Spell], frozenset[str]]
"""``shared_wordings``, each pair asked once."""


def shared_wordings(a: Spell, b: Spell) -> frozenset[str]:
    """Return the wordings of the first spell that the second has too, or has but for a word or two."""
    # where only one of the two is known to bear a name, one template is keyed in two ways
    same = same_templates(a, b)
    exact = (a.wordings & b.wordings) | {a.wording_of[key] for key in same}
    left = b.wordings - exact - {b.wording_of[key] for key in same}
    return exact | near_to_any(a.wordings - exact, left)


def same_templates(a: Spell, b: Spell) -> frozenset[str]:
    """Return the templates that both sent to many."""
    return (a.template_ids & b.template_ids) - a.to_few - b.to_few


def has_none_of_its_own(a: Spell, b: Spell, wordings: int) -> bool:
    """Whether the one with fewer wordings has none but those in common."""
    return AT_ONCE_WORDINGS <= wordings == min(len(a.wordings), len(b.wordings))


def at_once_weight(older: Spell, newer: Spell, wordings: int) -> float:
    """Return what tells a line's second number from an imitator: one list, and no wordings of its own.

    Both send to people whom the phones held show. The second number's list is the line's, so that nearly everybody got
    adverts of both; an imitator reaches some, and writes what the line does not.
    """
    fewest = min(len(older.wordings), len(newer.wordings))
    shared = cache(shared_wordings)
    weight = 0.0
    if has_none_of_its_own(older, newer, wordings) or _writes_what_the_other_does(older, newer, shared):
        weight += JoinWeights.NO_WORDING_OF_ITS_OWN
    elif wordings < min(fewest, AT_ONCE_WORDINGS):
        weight += JoinWeights.WORDINGS_OF_ITS_OWN
    weight += _repertoire_weight(older, newer, shared)
    one, other = _comparable_lists(older, newer)
    both, either = len(one & other), len(one | other)
    if soon_stops(older) or soon_stops(newer):
        weight -= JoinWeights.LASTS
    elif both >= JoinWeights.ONE_LIST_SHARE * either:
        weight += JoinWeights.LASTS
    if both < JoinWeights.ONE_LIST_SHARE * either:
        weight += JoinWeights.TWO_LISTS
    listed = max(_all_on_its_list(older, newer), _all_on_its_list(newer, older))
    weight += min(JoinWeights.NOBODY_OF_ITS_OWN_MOST, JoinWeights.NOBODY_OF_ITS_OWN * listed)
    return weight + max(
        JoinWeights.ONE_LIST_LEAST,
        min(JoinWeights.ONE_LIST_MOST, JoinWeights.GOT_BOTH * both + JoinWeights.GOT_ONE * (either - both)),
    )


def soon_stops(spell: Spell) -> bool:
    """Whether a number sent on few days, or within a week."""
    first, last = spell.period
    is_within = first is not None and last is not None and days_between(first, last) < _SPAN_DAYS_ENOUGH
    return spell.day_count < _DAYS_ENOUGH or is_within


def _writes_what_the_other_does(older: Spell, newer: Spell, shared_by: _Shared) -> bool:
    """Whether nearly all messages of the one with fewer wordings, on several days, are in wordings of the other."""
    fewer, more = sorted((newer, older), key=lambda spell: len(spell.wordings))
    counts = fewer.message_counts
    every = sum(counts.values())
    shared = sum(counts[wording] for wording in shared_by(fewer, more))
    return fewer.day_count >= _DAYS_ENOUGH and shared >= _MOST_MESSAGES * every


def _repertoire_weight(a: Spell, b: Spell, shared_by: _Shared) -> float:
    """Return what it weighs that both sent for weeks, and most in the wordings of the other, or much in their own."""
    days = min(a.day_count, b.day_count)
    if days < _WEEKS:
        return 0.0
    shares, own_counts = [], []
    for one, other in ((a, b), (b, a)):
        counts, shared = one.message_counts, shared_by(one, other)
        shares.append(sum(counts[wording] for wording in shared) / max(1, sum(counts.values())))
        own_counts.append((len(shared), len(counts.keys() - shared)))
    wordings = min(shared for shared, _ in own_counts)
    least = _ENOUGH_WORDINGS if days < _MANY_WEEKS else AT_ONCE_WORDINGS
    if min(shares) >= _MOST and wordings >= least:
        return JoinWeights.ONE_REPERTOIRE
    if max(shares) < _MOST and min(own for _, own in own_counts) >= AT_ONCE_WORDINGS:
        return JoinWeights.TWO_REPERTOIRES
    return 0.0


def _all_on_its_list(listed: Spell, other: Spell) -> int:
    """Return how many got adverts of the other; 0 where one is not on the list of the first, or none is held."""
    return len(other.recipients) if listed.sending and other.recipients <= listed.recipients else 0


def _comparable_lists(a: Spell, b: Spell) -> tuple[frozenset[str], frozenset[str]]:
    """Return the lists where phones held sent for both; else the phones that got adverts of both, or of one meanwhile.

    Who got those of one alone, before the other began or after it had ended, says nothing of whom that sends to.
    """
    if a.sending and b.sending:
        return a.recipients, b.recipients
    first, last = latest((a.first_at, b.first_at)), earliest((a.last_at, b.last_at))
    both = a.receiving & b.receiving
    return both | a.receiving_in(first, last), both | b.receiving_in(first, last)
