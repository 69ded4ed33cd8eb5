"""Greetings that are read as a line's name: "Morning on both 3 for 25" of a line that is called otherwise, or nothing.

A line may be called by any word, this one too. Then somewhere it says so (``its Morning``, ``Morning line``, at the end
of a text), or the word stands in several wordings where nobody greets. At the head of a text it greets, however often:
who greets does so every day. A boast in that place (``Flames on``) greets nobody, and says no less than a brand does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched, words_of
from search.linkage.keys import fold_name


def _words(*words: str) -> frozenset[str]:
    return frozenset(map(unstretched, words))


GREETINGS: Final = _words(
    *("morning", "mornings", "mornin", "morn", "mrng", "mornen", "goodmorning", "gudmorning", "gudmornin", "gmorning"),
    *("gm", "afternoon", "aftanoon", "goodafternoon", "evening", "evenings", "evenin", "goodevening", "goodevenin"),
    *("hello", "helo", "hallo", "hullo", "hi", "hiya", "hiyaa", "heya", "hey", "howdy", "greetings", "yo"),
    *("wagwan", "wagwarn", "wagwaan", "wag1", "alright", "alreet", "awrite", "ayup", "eyup", "sup", "wassup"),
)
"""As words of wordings are: folded, every letter once. None that is a given name as well."""
_GREETS: Final = GREETINGS | _words("ayo")
"""Before another word that greets."""

_SAYS: Final = _words("its", "itz", "is", "im", "from", "called")
_LINE: Final = _words("line", "lines", "ln", "hotline")
_OF_TIME: Final = _words(
    *("in", "this", "the", "good", "gud", "every", "each", "tomorrow", "tmrw", "tomoz", "tomo", "all", "till", "til"),
    *("until", "early", "from", "since", "by", "sunday", "saturday", "friday", "monday"),
)
"""Before a time of day that is one."""
_LEAST_WORDS: Final = 3
_ELSEWHERE: Final = 2


def without_greeting_words(adverts: Sequence[Evidenced], texts: Mapping[str, str]) -> tuple[Evidenced, ...]:
    """Return the adverts without names that greet, of senders of whom no text shows that they are called so.

    Args:
        adverts: Edges of kind advert, senders resolved.
        texts: Constants and slots of their templates.
    """
    wordings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for advert in adverts:
        if (name := _greeting(advert.edge.label)) is not None:
            wordings[advert.sender, name].add(texts.get(advert.edge.other, ""))
    greeting = {key for key, held in wordings.items() if not _is_called_so(key[1], held)}
    return tuple(_unnamed(advert, greeting) for advert in adverts) if greeting else tuple(adverts)


def _greeting(label: str) -> str | None:
    name = unstretched(fold_name(label)) if label else ""
    return name if name in GREETINGS else None


def _unnamed(advert: Evidenced, greeting: set[tuple[str, str]]) -> Evidenced:
    if (advert.sender, _greeting(advert.edge.label)) not in greeting:
        return advert
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, label=""))


def _is_called_so(name: str, wordings: set[str]) -> bool:
    """Whether a text says that its sender is called so, or several have the word where nobody greets."""
    elsewhere = 0
    for text in wordings:
        words = words_of(text)
        places = [place for place, word in enumerate(words) if word in {SLOT_MARK, name}]
        if any(_says_so(words, place) for place in places):
            return True
        elsewhere += any(not _is_at_head(words, place) and not _is_time(words, place) for place in places)
    return elsewhere >= _ELSEWHERE


def _says_so(words: Sequence[str], place: int) -> bool:
    if words[place + 1 : place + 2] and words[place + 1] in _LINE:
        return True
    if place and words[place - 1] in _SAYS and words[place] == SLOT_MARK:
        return True
    is_last = place == len(words) - 1 and len(words) >= _LEAST_WORDS
    return is_last and words[place] == SLOT_MARK and not _is_time(words, place)


def _is_time(words: Sequence[str], place: int) -> bool:
    return place > 0 and words[place - 1] in _OF_TIME


def _is_at_head(words: Sequence[str], place: int) -> bool:
    return all(word in _GREETS for word in words[:place])
