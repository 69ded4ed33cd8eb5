"""Which of a sender's wordings are one but for a word or two, found without comparing each with each.

Two wordings that are near share three in five of the words of the longer and four in five of the shorter one. So in
whatever order words come, the first two in five of the one and one in five of the other (and one more) hold a word in
common: it is enough to compare wordings that share one of those, and with the rarest words first these are few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import ceil

from search.linkage.extraction.wording_keys import SHARE_OF_FEWER, SHARE_OF_MORE, are_near_words, words_in

Words = frozenset[str]

_FEW = 24
"""Wordings up to which each is compared with each: sooner done than an index is made."""
_MANY_WORDS = 24
"""Words of a wording from which on most others are told from it by their marks: sooner than by their words."""
_MARKS = 1024
"""Marks of words: long texts have some in common by chance."""


def without_near(wordings: Iterable[str]) -> dict[str, str]:
    """Return, for each wording, the first one that it is near to, itself where there is none."""
    split = {wording: wording.split() for wording in wordings}
    ordered = sorted(split, key=lambda wording: (len(split[wording]), wording))
    words = {wording: frozenset(split[wording]) for wording in ordered}
    kept = NearWordings(words)
    found: dict[str, str] = {}
    for wording in ordered:
        like = kept.first_near(wording)
        if like is None:
            kept.add(wording)
        found[wording] = wording if like is None else like
    return found


def near_to_any(wordings: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Return those of the wordings that are near to one of the others."""
    asked, added = list(wordings), list(others)
    if not asked or not added:
        return frozenset()
    kept = NearWordings({wording: words_in(wording) for wording in (*added, *asked)})
    for wording in added:
        kept.add(wording)
    return frozenset(wording for wording in asked if kept.first_near(wording) is not None)


class NearWordings:
    """Wordings in the order in which they were added.

    Args:
        words: The words of each wording that will be added or asked for.
    """

    def __init__(self, words: Mapping[str, Words]) -> None:
        self._words = words
        self._kept: list[str] = []
        self._kept_marks: list[int] = []
        self._is_indexed = len(words) > _FEW
        self._counts = Counter(word for held in words.values() for word in held) if self._is_indexed else Counter[str]()
        self._as_fewer: dict[str, list[int]] = defaultdict(list)
        self._as_more: dict[str, list[int]] = defaultdict(list)

    def add(self, wording: str) -> None:
        """Add a wording."""
        if self._is_indexed:
            telling, further = self._telling(wording)
            for places, words in ((self._as_fewer, telling), (self._as_more, further)):
                for word in words:
                    places[word].append(len(self._kept))
            self._kept_marks.append(_marks(self._words[wording]))
        self._kept.append(wording)

    def first_near(self, wording: str) -> str | None:
        """Return the first wording added that this one is near to."""
        words, kept = self._words, self._kept
        own = words[wording]
        if not self._is_indexed:
            return next((other for other in kept if are_near_words(own, words[other])), None)
        telling, further = self._telling(wording)
        places = {place for word in further for place in self._as_fewer.get(word, ())}
        # words that stand twice are counted once here and not in the order, so that a longer one may have come first
        places.update(
            place for word in telling for place in self._as_more.get(word, ()) if len(words[kept[place]]) > len(own)
        )
        if len(own) >= _MANY_WORDS:
            places = self._may_share(own, places)
        first = min((place for place in places if are_near_words(own, words[kept[place]])), default=None)
        return None if first is None else kept[first]

    def _may_share(self, own: Words, places: Iterable[int]) -> set[int]:
        """Return the places whose marks leave it open that they have enough of the words in common.

        Words in common have marks in common; of words with one mark each but one may be in common as well.
        """
        marks = self._kept_marks
        wanted = _marks(own)
        least = ceil(SHARE_OF_MORE * len(own)) - (len(own) - wanted.bit_count())
        return {place for place in places if (marks[place] & wanted).bit_count() >= least}

    def _telling(self, wording: str) -> tuple[list[str], list[str]]:
        """Return its rarest words: it shares one with what it is near to, if it has fewer words, or more."""
        words = self._words[wording]
        ordered = sorted(words, key=lambda word: (self._counts[word], word))
        fewer, more = (
            ordered[: len(words) - ceil(share * len(words)) + 1] for share in (SHARE_OF_FEWER, SHARE_OF_MORE)
        )
        return fewer, more


def _marks(words: Words) -> int:
    """Return a bit for each word, of so many that few words have one in common."""
    marks = 0
    for word in words:
        marks |= 1 << (hash(word) % _MARKS)
    return marks
