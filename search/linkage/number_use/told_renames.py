"""Texts in which a sender says both what it was called and what it is called now.

"Frank Two is now Marcus, same number same people", "ex Room 9 now Otis", "Vegas, used to be Rico". The two names stand
beside each other, with nothing but such words between them: "Echo has this number now, Rico is finished" says of two
lines that the one follows the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched, words_of
from search.linkage.keys import fold_name

WARNS: Final = frozenset(
    map(
        unstretched,
        (
            *("not", "dont", "don", "never", "aint", "ain", "isnt", "isn", "wasnt", "wont", "cant", "t", "none"),
            *("nobody", "fake", "fakes", "snake", "snakes", "rat", "rats", "grass", "scam", "scammer", "scammers"),
            *("liar", "lying", "beware", "watch", "careful", "ignore", "avoid", "block", "blank", "warning"),
            *("steer", "robbers", "robber", "robbed", "robbing", "robs", "copy", "copying", "copycat"),
            *("pretending", "claiming", "saying", "posing", "imitating", "bunk", "shit", "rubbish", "garbage"),
            "trash",
        ),
    )
)
"""What speaks of somebody else, or says that a name is not the sender's."""

_LONGEST_NAME: Final = 3
_MOST_BETWEEN: Final = 6
"""Words between the two names: "Rico line is now going by the name Vegas"."""
_LINE: Final = frozenset(map(unstretched, ("line", "lines", "s", "ting", "team", "lot", "the")))
_TO_THE_NEXT: Final = frozenset(
    map(
        unstretched,
        (
            *(
                "is",
                "are",
                "s",
                "its",
                "it",
                "now",
                "called",
                "known",
                "as",
                "goes",
                "go",
                "going",
                "by",
                "under",
                "name",
            ),
            *("names", "new", "changed", "changes", "changing", "to", "been", "just", "renamed", "becomes", "became"),
            *("were", "we", "re", "im", "call", "us", "me", "this", "got", "has", "have", "a"),
        ),
    )
)
_SAY_NEXT: Final = frozenset(
    map(unstretched, ("now", "called", "known", "name", "changed", "changing", "renamed", "becomes", "became"))
)
"""One of these is among what stands between a former name and the one behind it."""
_TO_THE_FORMER: Final = frozenset(
    map(
        unstretched,
        (
            *("was", "were", "ex", "used", "use", "to", "be", "formerly", "previously", "fka", "once", "called"),
            *("known", "as", "before", "old", "name", "we", "us", "i", "that", "who", "which", "now", "here", "its"),
        ),
    )
)
_SAY_FORMER: Final = frozenset(
    map(unstretched, ("was", "were", "ex", "used", "use", "formerly", "previously", "fka", "once"))
)
"""The same between a name and the former one behind it."""


def tells_its_new_name(
    adverts: Iterable[Evidenced], texts: Mapping[str, str], before: Collection[str], after: Collection[str]
) -> bool:
    """Whether a text says that whoever was called by the one name is called by the other now.

    Args:
        adverts: Of one sender.
        texts: Constants and slots of templates, by id.
        before: Folded names that it had.
        after: That it has.
    """
    former, next_ones = (frozenset(map(unstretched, names)) for names in (before, after))
    return any(WARNS.isdisjoint(words) and _tells(words, former, next_ones) for words in spoken_words(adverts, texts))


def spoken_words(adverts: Iterable[Evidenced], texts: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the words of each text, the name that is read there in its place."""
    for advert in adverts:
        name = [unstretched(fold_name(word)) for word in advert.edge.label.split()]
        found: list[str] = []
        for word in words_of(texts.get(advert.edge.other, "")):
            found += name if word == SLOT_MARK else [word]
        yield found


def _tells(words: Sequence[str], former: Collection[str], next_ones: Collection[str]) -> bool:
    had, has = _places(words, former), _places(words, next_ones)
    return any(
        _are_linked(words[end:start], _TO_THE_NEXT, _SAY_NEXT) for _, end in had for start, _ in has if end < start
    ) or any(
        _are_linked(words[end:start], _TO_THE_FORMER, _SAY_FORMER) for _, end in has for start, _ in had if end < start
    )


def _places(words: Sequence[str], names: Collection[str]) -> list[tuple[int, int]]:
    """Return where a name begins and where what stands behind it does."""
    return [
        (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1)
        if unstretched("".join(words[start:end])) in names
    ]


def _are_linked(between: Sequence[str], linking: Collection[str], saying: Collection[str]) -> bool:
    return (
        len(between) <= _MOST_BETWEEN and not set(saying).isdisjoint(between) and {*linking, *_LINE}.issuperset(between)
    )
