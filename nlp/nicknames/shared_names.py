"""Names in common: what the other adverts of one input say of the name of each.

Judged alone, ``both steady 3 for 25`` names nobody; beside ``Steady line on`` it does. Adverts support the names that
are the best candidates of others, and among many adverts a name that no other supports has to be surer. What supports
is a wording: copies of one text, and one text with other prices, are one. Names that several wordings surely bear are
known: they are looked for in the other adverts at words that by themselves are no candidates. Pure: takes what the
finder proposes, gives which proposal stands, the same in any order, and leaves the findings of the texts alone as they
are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from functools import lru_cache
from math import fsum, log1p
from typing import Final, NamedTuple, Protocol, TypeAlias

from nlp.log_odds import chance_of
from nlp.nicknames.name_forms import as_written, name_key, usual_form
from nlp.nicknames.name_spoken import FIGURES
from nlp.nicknames.name_ties import NameUse, tied_names
from nlp.nicknames.name_writings import are_two, letters_told_apart
from nlp.nicknames.names import canonical_name

RULE_ELSEWHERE: Final = "nicknames/2:named-elsewhere"
"""Rule of a name that stands because other texts of the input bear the same one."""

RULE_NOT_ELSEWHERE: Final = "nicknames/2:not-named-elsewhere"
"""Rule of a text whose name does not stand, since no other text of the input bears it or another one stands better."""

_WORTH: Final = 2.0
_PER_WORDING: Final = 4.0
_UNSUPPORTED: Final = -0.9
_FEW_WORDINGS: Final = 20
"""Number of other wordings at which a name that none of them has is held against half as much as among ever so many."""
_MIN_SUPPORT: Final = 0.3
_SURE: Final = 0.35
_KNOWN: Final = 1.5
"""Wordings, each by its chance to be right, from which on a name is looked for in all other adverts."""
_BORNE: Final = 0.8
"""The same from which on it is looked for in near adverts: one wording that surely bears it."""
_LONGER_LESS: Final = 3.0
"""Log-odds by which a longer name that others bear may fall short of its part."""
_PART_SUPPORT: Final = 2.0
"""Wordings that bear a part from which on a longer name that none bears is that part and another word."""
_WHOLE_LESS: Final = 3.5
"""Log-odds by which a longer name may fall short of its part in one text to count as its whole there."""
_ALWAYS_LESS: Final = 8.0
"""The same of a word that stands beside the part in most of its wordings: ``AJ North``, a direction."""
_ALWAYS: Final = 0.5
"""Share of the wordings of a part, of three at least, in which a word beside it stands that always does."""
_FEWEST_ALWAYS: Final = 3
_MOST_ADDED: Final = 2
_SHORTEST_ADDED: Final = 3
"""Letters of the word that a whole has more than its part: ``Otis Grey``, not ``Gigi e``."""
_FEWEST_OF_WHOLE: Final = 2
_SHARE_BEHIND: Final = 0.25
"""Share of the wordings of a part in which its whole stands, at least, where the word that it adds stands behind."""
_SHARE_BEFORE: Final = 0.4
"""The same where it stands before: ``man like Fitz`` is no ``Like Fitz``."""
_LEAST_OF_PART: Final = 0.2
"""Support of a longer name, against that of its part, below which it is the part and another word."""
_ROUND_SUM: Final = re.compile(r"\d?\d?[05]|\d")
_WORD: Final = re.compile(r"[^\W_][\w']{0,30}")
_MOST_CODE_POINTS: Final = 1_000


_Shares: TypeAlias = dict[str, dict[Hashable, float]]
_Seen: TypeAlias = dict[Hashable, tuple[float, str]]
"""Chance of each wording to bear a name, by the key of the name."""
_Forms: TypeAlias = dict[str, dict[str, set[Hashable]]]
"""Wordings that bear each form of a name, by the key of the name."""
_Apart: TypeAlias = Mapping[str, Mapping[str, str]]


class Proposal(Protocol):
    """A name that a text may go by; ``strength`` is its log-odds above no name, judged alone."""

    @property
    def canonical(self) -> str:
        """The name."""

    @property
    def strength(self) -> float:
        """The log-odds."""

    @property
    def written(self) -> str:
        """The name as it stands in the text, in small letters, "the" before it included."""


class _Tied(NamedTuple):
    """What the names of an input come to.

    Attributes:
        main: Key of the name that stands for each, by key.
        forms: How the line usually calls itself, by key of the name that stands for others.
        shares: Chance of each wording to bear a name, by the same; ``sums`` of each name.
        own: The same of each name by itself, by key.
        apart: Keys of the ways to write a name that are names of their own, by their letters, by the key of all.
        known: Keys of the names that several wordings surely bear; ``known_words``: of their words.
        borne: Keys of those that one wording surely bears at least; ``borne_words``: of their words.
    """

    main: dict[str, str]
    forms: dict[str, str]
    shares: dict[str, dict[Hashable, float]]
    own: dict[str, dict[Hashable, float]]
    sums: dict[str, float]
    apart: _Apart
    known: frozenset[str]
    known_words: frozenset[str]
    borne: frozenset[str]
    borne_words: frozenset[str]


class SharedNames:
    """Gathers the proposals of the adverts of an input, then settles each. Grows with the distinct wordings."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._shares: dict[str, dict[Hashable, float]] = {}
        self._wordings: set[Hashable] = set()
        self._forms: dict[str, dict[str, set[Hashable]]] = {}
        self._written: dict[str, dict[str, set[Hashable]]] = {}
        self._longer: dict[tuple[str, str, bool], tuple[_Seen, _Seen]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._tied: _Tied | None = None

    def add(self, wording: Hashable, proposals: Sequence[Proposal], numbers: Collection[str] = ()) -> None:
        """Take in an advert; one that was taken in before changes nothing.

        Args:
            wording: Equal for texts that are no support for each other: the template id of the text alone.
            proposals: Its likeliest names, the likeliest first.
            numbers: The telephone numbers in it, equal where they are one.
        """
        self._wordings.add(wording)
        if proposals:
            best = proposals[0]
            key = name_key(best.canonical)
            shares = self._shares.setdefault(key, {})
            self._forms.setdefault(key, {}).setdefault(best.canonical, set()).add(wording)
            # Round sums are the likeliest candidates of many adverts that name no line: only sure ones support another.
            is_amount = best.strength <= self._threshold and _ROUND_SUM.fullmatch(best.canonical) is not None
            shares[wording] = max(shares.get(wording, 0.0), 0.0 if is_amount else chance_of(best.strength))
            self._note_longer(key, wording, proposals)
            if best.strength > self._threshold:
                self._numbers.setdefault(key, set()).update(numbers)
                self._written.setdefault(key, {}).setdefault(best.written, set()).add(wording)
            self._tied = None

    def _note_longer(self, key: str, wording: Hashable, proposals: Sequence[Proposal]) -> None:
        """Note the names that are hardly less likely than the best and hold it as a part."""
        best = proposals[0]
        words = set(best.canonical.casefold().split())
        for other in proposals[1:]:
            added = set(other.canonical.casefold().split()) - words
            # "2 Phones" behind a name is a number of things; of one word more, or of these two, a name is made longer.
            things = [word for word in added if not (word.isdecimal() or word in FIGURES)]
            is_whole = len(things) == 1 and len(added) <= _MOST_ADDED and len(other.canonical.split()) > len(words)
            if is_whole and other.strength > best.strength - _ALWAYS_LESS and len(*things) >= _SHORTEST_ADDED:
                is_behind = other.canonical.casefold().startswith(best.canonical.casefold())
                is_near = other.strength > best.strength - _WHOLE_LESS
                seen = self._longer.setdefault((key, name_key(other.canonical), is_behind), ({}, {}))[is_near]
                # A word that always stands there is as likely as its part.
                strength = other.strength if is_near else best.strength
                seen[wording] = max(seen.get(wording, (0.0, "")), (chance_of(strength), other.canonical))

    def settled(self, wording: Hashable, proposals: Sequence[Proposal]) -> int | None:
        """Return which proposal of an advert stands beside all that were taken in; None: no name."""
        others = len(self._wordings) - (wording in self._wordings)
        unsupported = _UNSUPPORTED * others / (others + _FEW_WORDINGS)
        best, most = None, self._threshold
        supports = self._supports([self._key_in_input(proposal.canonical) for proposal in proposals], wording)
        for at, (proposal, support) in enumerate(zip(proposals, supports, strict=True)):
            bonus = _WORTH * log1p(_PER_WORDING * support)
            odds = proposal.strength + bonus + (unsupported if support < _MIN_SUPPORT else 0.0)
            if odds > most:
                best, most = at, odds
        return best if best is None else _longer(best, proposals, supports)

    @property
    def known(self) -> frozenset[str]:
        """Keys of the names that several wordings surely bear, and of those that they stand for."""
        return self._ties().known

    @property
    def borne(self) -> frozenset[str]:
        """Keys of the names that one wording surely bears at least, and of those that they stand for."""
        return self._ties().borne

    def may_bear_borne(self, text: str) -> bool:
        """Whether a text may bear one of the names that adverts surely bear, by its words alone."""
        return not self._ties().borne_words.isdisjoint(map(_key_of_word, _WORD.findall(text[:_MOST_CODE_POINTS])))

    def may_bear_known(self, text: str, proposals: Sequence[Proposal], settled: int | None) -> bool:
        """Whether an advert may bear a known name that is none of its proposals, by its words alone.

        Args:
            text: The advert.
            proposals: Its likeliest names.
            settled: Which of them stands so far.
        """
        tied = self._ties()
        if settled is not None and name_key(proposals[settled].canonical) in tied.known:
            return False
        if tied.known_words.isdisjoint(map(_key_of_word, _WORD.findall(text[:_MOST_CODE_POINTS]))):
            return False
        return not all(name_key(proposal.canonical) in tied.known for proposal in proposals) or not proposals

    def name(self, canonical: str) -> str:
        """Return the form by which the line usually calls itself: that of most wordings, the long one of two."""
        tied = self._ties()
        key = self._key_in_input(canonical)
        return tied.forms[tied.main[key]] if key in tied.main else canonical

    def is_form(self, canonical: str) -> bool:
        """Whether a wording bears a name in this form, but for spaces and an S behind it.

        Asked of words that by themselves are no candidates: "Tell" is no ``Tel`` and "see" no ``Zee``, though they
        sound alike; ``4 Corners`` is ``4corners``, and "Bobbys birthday" is of ``Bobby``.
        """
        forms = {form.replace(" ", "").casefold() for form in self._forms.get(name_key(canonical), ())}
        written = canonical.replace(" ", "").casefold()
        return written in forms or written.removesuffix("s") in forms

    def key_of(self, canonical: str) -> str:
        """Return the key of the name that stands for this one in the input."""
        key = self._key_in_input(canonical)
        return self._ties().main.get(key, key)

    def wordings_of(self, key: str) -> frozenset[Hashable]:
        """Return the wordings that likely bear the name of a key (``key_of``)."""
        shares = self._ties().shares.get(key, {})
        return frozenset(wording for wording, share in shares.items() if share >= _SURE)

    def _key_in_input(self, canonical: str) -> str:
        """Return the key of a name as the input has it: that of a name of its own, where it is one."""
        key = name_key(canonical)
        alike = self._ties().apart.get(key)
        return key if alike is None else alike.get(letters_told_apart(canonical) or "", key)

    def _ties(self) -> _Tied:
        if self._tied is None:
            self._tied = self._made()
        return self._tied

    def _with_wholes(self) -> tuple[_Shares, _Forms]:
        """Return the chances and the forms, those names added that hold the best one of several wordings as a part.

        ``Otis`` with ``Grey`` behind it in a quarter of the wordings is ``Otis Grey``, though ``Otis`` is likelier
        in each.
        """
        shares = {key: dict(found) for key, found in self._shares.items()}
        forms = {key: {form: set(seen) for form, seen in found.items()} for key, found in self._forms.items()}
        for (part, whole, is_behind), (far, near) in self._longer.items():
            count = len(self._shares[part])
            share_of_whole = _SHARE_BEHIND if is_behind else _SHARE_BEFORE
            is_always = is_behind and len(far.keys() | near.keys()) >= max(_FEWEST_ALWAYS, _ALWAYS * count)
            seen = far | near if is_always else near
            if len(seen) >= max(_FEWEST_OF_WHOLE, share_of_whole * count):
                for wording, (share, form) in seen.items():
                    known = shares.setdefault(whole, {})
                    known[wording] = max(share, known.get(wording, 0.0))
                    forms.setdefault(whole, {}).setdefault(form, set()).add(wording)
        return shares, forms

    def _made(self) -> _Tied:
        all_shares, all_forms = self._with_wholes()
        apart = _told_apart(all_shares, all_forms)
        written = {key: _counts(self._written.get(key, {})) for key in all_forms}
        usual = {key: usual_form(_counts(forms), written[key]) for key, forms in all_forms.items()}
        uses = {
            key: NameUse(
                usual[key],
                {wording for wording, share in shares.items() if share >= _SURE},
                self._numbers.get(key, frozenset()),
            )
            for key, shares in all_shares.items()
        }
        main = tied_names({key: use for key, use in uses.items() if use.wordings})
        main = {key: main.get(key, key) for key in uses}
        together: _Shares = {}
        for key, shares in all_shares.items():
            all_of = together.setdefault(main[key], {})
            for wording, share in shares.items():
                all_of[wording] = max(share, all_of.get(wording, 0.0))
        # Exact, so that the order in which the texts came does not matter.
        sums = {key: fsum(shares.values()) for key, shares in together.items()}
        known, borne = (frozenset(key for key in uses if sums[main[key]] >= least) for least in (_KNOWN, _BORNE))
        words, borne_words = (_words_of(keys, all_forms) for keys in (known, borne))
        forms = {key: as_written(form, written[key]) for key, form in usual.items()}
        return _Tied(main, forms, together, all_shares, sums, apart, known, words, borne, borne_words)

    def _supports(self, keys: Sequence[str], wording: Hashable) -> list[float]:
        """Return how many other wordings have each name as their best candidate, each by its chance to be right.

        Of two that are one name (``Womble``, ``Womble Boston``) each has its own, by which one is told as the part.
        """
        main = self._ties().main
        mains = [main.get(key) for key in keys]
        return [
            self._own_support(key, wording) if mains.count(name) > 1 else self._support(name, wording)
            for key, name in zip(keys, mains, strict=True)
        ]

    def _support(self, main: str | None, wording: Hashable) -> float:
        tied = self._ties()
        return 0.0 if main is None else max(0.0, tied.sums[main] - tied.shares[main].get(wording, 0.0))

    def _own_support(self, key: str, wording: Hashable) -> float:
        return fsum(share for other, share in self._ties().own.get(key, {}).items() if other != wording)


def _counts(wordings: Mapping[str, Collection[Hashable]]) -> dict[str, int]:
    return {each: len(found) for each, found in wordings.items()}


def _told_apart(shares: _Shares, forms: _Forms) -> _Apart:
    """Give names that are written alike, each in letters of its own and in several wordings, keys of their own.

    The one that most wordings bear keeps the key, and with it what is written in any other way.

    Args:
        shares: Changed in place, as ``forms`` is.
        forms: By the key.
    """
    apart: dict[str, dict[str, str]] = {}
    for key in sorted(forms):
        borne: dict[str, set[Hashable]] = defaultdict(set)
        for form, wordings in forms[key].items() if len(forms[key]) > 1 else ():
            if (letters := letters_told_apart(form)) is not None:
                borne[letters] |= {wording for wording in wordings if shares[key][wording] >= _SURE}
        several = sorted((len(wordings), letters) for letters, wordings in borne.items())
        for count, letters in several[:-1]:
            if are_two(letters, count, several[-1][1], several[-1][0]):
                own = apart.setdefault(key, {})[letters] = f"{key} {letters}"
                written = [form for form in forms[key] if letters_told_apart(form) == letters]
                forms[own] = {form: forms[key].pop(form) for form in written}
                shares[own] = {wording: shares[key][wording] for found in forms[own].values() for wording in found}
        if key in apart:
            kept = set[Hashable]().union(*forms[key].values())
            shares[key] = {wording: share for wording, share in shares[key].items() if wording in kept}
    return apart


def _words_of(keys: Collection[str], forms: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return the keys of all words of the forms of names."""
    return frozenset(_key_of_word(word) for key in keys for form in (key, *forms[key]) for word in form.split())


@lru_cache(maxsize=50_000)
def _key_of_word(word: str) -> str:
    return name_key(canonical_name(word))


def _longer(best: int, proposals: Sequence[Proposal], supports: Sequence[float]) -> int:
    """Return the longer name that the best one is a part of, if others bear it or few bear the part; else the best."""
    words = set(proposals[best].canonical.casefold().split())
    for at, (proposal, support) in enumerate(zip(proposals, supports, strict=True)):
        if words < set(proposal.canonical.casefold().split()):
            more = proposal.strength - proposals[best].strength
            is_borne = support >= max(_MIN_SUPPORT, _LEAST_OF_PART * supports[best])
            if more > -_LONGER_LESS if is_borne else more > 0 and supports[best] < _PART_SUPPORT:
                return at
    return best
