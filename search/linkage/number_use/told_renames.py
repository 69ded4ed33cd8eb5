"""Texts in which a sender says both what it was called and what it is called now.

"Frank Two is now Marcus, same number same people", "ex Room 9 now Otis", "Vegas, used to be Rico". The two names stand
beside each other in one sentence, with nothing but such words between them, and the text says that the name alone
changed: "Echo has this number now, Rico is finished" and "Rico line now Echo, different people" say of two lines that
the one follows the other, and "Rico is now Echo" may say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched, words_of
from search.linkage.keys import fold_name

IMITATES: Final = frozenset(
    map(
        unstretched,
        (
            *("fake", "fakes", "snake", "snakes", "rat", "scam", "scammer", "scammers", "robbed", "ignore", "copying"),
            *("copycat", "pretending", "claiming", "posing", "imitating"),
        ),
    )
)
"""What is said of one who uses a line's name."""

WARNS: Final = IMITATES | frozenset(
    map(
        unstretched,
        (
            *("not", "dont", "don", "never", "aint", "ain", "isnt", "isn", "wasnt", "wont", "cant", "t", "none"),
            *("nobody", "rats", "grass", "liar", "lying", "beware", "watch", "careful", "avoid", "block", "blank"),
            *("warning", "steer", "robbers", "robber", "robbing", "robs", "copy", "saying", "bunk", "shit", "rubbish"),
            *("garbage", "trash"),
        ),
    )
)
"""What speaks of somebody else, or says that a name is not the sender's."""

_LONGEST_NAME: Final = 3
_MOST_BETWEEN: Final = 6
"""Words between the two names: "Rico is now going by the name Vegas"."""
_SENTENCE_END: Final = re.compile(r"[.!?;\n]+")
_NUMBER: Final = "{number}"
"""A text that gives a number says where somebody went."""
_OTHER_HOLDER: Final = frozenset(
    map(
        unstretched,
        (
            *("different", "diff", "management", "managed", "owner", "owners", "owned", "took", "taken", "taking"),
            *("takes", "takeover", "gone", "finished", "done", "retired", "quit", "left", "moved", "sold", "sells"),
            *("bought", "hands", "another", "other", "others", "instead", "replaced", "replaces", "nicked", "locked"),
            *("jail", "inside", "shut", "closed", "dead", "both", "better", "hes", "shes", "theyre"),
        ),
    )
)
"""What says that somebody else has the number now, or that the first one went."""
_NEW_OTHERS: Final = frozenset(
    map(
        unstretched,
        (
            *("people", "peoples", "faces", "crew", "team", "lads", "boys", "man", "men", "guy", "guys", "boss"),
            *("bosses", "runner", "runners", "number", "num", "no", "phone", "fone", "sim", "line", "one", "lot"),
        ),
    )
)
"""Behind "new"."""
_NAMING: Final = frozenset(
    map(
        unstretched,
        (
            *("called", "known", "name", "names", "renamed", "goes", "going", "ex", "used", "use", "formerly"),
            *("previously", "fka", "we", "were", "us", "im"),
        ),
    )
)
"""One of these between the two names says that the one is the other's."""
_ONES_OWN: Final = frozenset(
    map(
        unstretched,
        (
            *("people", "peoples", "team", "crew", "lads", "boys", "faces", "gear", "bits", "food", "quality"),
            *("service", "us", "man", "guy", "guys", "ting", "lot"),
        ),
    )
)
"""Behind "same". That the number is the same says nothing of who has it."""
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
                "the",
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
    for advert in adverts:
        text = texts.get(advert.edge.other, "")
        spoken = [_spoken(advert, sentence) for sentence in _SENTENCE_END.split(text)]
        words = [word for sentence in spoken for word in sentence]
        if _NUMBER in text or not _is_of_one(words, former):
            continue
        is_same = any(one == "same" and other in _ONES_OWN for one, other in pairwise(words))
        if any(_tells(sentence, former, next_ones, is_same=is_same) for sentence in spoken):
            return True
    return False


def _is_of_one(words: Sequence[str], former: Collection[str]) -> bool:
    """Whether a text speaks of one holder: warns of nobody, says of nobody that he went and names nobody again."""
    places = _places(words, former)
    first_end = max((end for start, end in places if start == places[0][0]), default=0)
    is_named_again = any(start >= first_end for start, _ in places)
    return (
        WARNS.isdisjoint(words)
        and _OTHER_HOLDER.isdisjoint(words)
        and not any(one == "new" and other in _NEW_OTHERS for one, other in pairwise(words))
        and not is_named_again
    )


def spoken_words(adverts: Iterable[Evidenced], texts: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the words of each text, the name that is read there in its place."""
    for advert in adverts:
        yield _spoken(advert, texts.get(advert.edge.other, ""))


def _spoken(advert: Evidenced, text: str) -> list[str]:
    name = [unstretched(fold_name(word)) for word in advert.edge.label.split()]
    found: list[str] = []
    for word in words_of(text):
        found += name if word == SLOT_MARK else [word]
    return found


def _tells(words: Sequence[str], former: Collection[str], next_ones: Collection[str], *, is_same: bool) -> bool:
    """Whether a sentence does; ``is_same``: the text says that the people or what they sell are the same."""
    had, has = _places(words, former), _places(words, next_ones)
    return any(
        _are_linked(words[end:start], _TO_THE_NEXT, _SAY_NEXT)
        and (is_same or not _NAMING.isdisjoint((*words[max(begin - 1, 0) : begin], *words[end:start])))
        for begin, end in had
        for start, _ in has
        if end < start
    ) or any(
        _are_linked(words[end:start], _TO_THE_FORMER, _SAY_FORMER)
        and (is_same or not _NAMING.isdisjoint(words[end:start]))
        for _, end in has
        for start, _ in had
        if end < start
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
    return len(between) <= _MOST_BETWEEN and not set(saying).isdisjoint(between) and set(linking).issuperset(between)
