"""Whether two texts are one wording: the same but for errors of typing, or but for what stands in slots.

What stands in a slot is told by the words around it, and by the template of the analysis, in which it is masked: two
texts with another deal and another place have few words in common and one template but for the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search.linkage.extraction.wording_groups import words_of_body
from search.linkage.extraction.wording_keys import are_near_words, unstretched
from search.linkage.extraction.written_out import written_out

_LEAST_WORDS, _LEAST_LETTERS = 3, 10
"""Of shorter texts too many are alike by chance: "on now", "on noww", "no now"."""
_LEAST_SHARE_SAME = 1 / 3
"""Of the words: whoever types badly still gets the short ones right."""
_LEAST_SHARE_AROUND = 0.5
"""Of the words: what stands around a slot. The name of a place may be three words, and that of another one."""
_LETTERS_A_SLIP = 4
"""At most one letter in so many is wrong."""
_SHORT, _LONG = 3, 6
"""Letters of a word: in one of two none is wrong ("on", "in", "no"), but both may be swapped; in a short one none is
another ("now", "not"), in a long one two may be."""
_SWAPPED = 2
_OTHER_WAY_ROUND = (frozenset(("on", "no")), frozenset(("am", "ma")))
"""Words of two letters that are another word the other way round: all else is a slip of the thumb ("os" for "so")."""
_NO_DIGIT = re.compile(r"[^0-9]+")


_CALLED = frozenset(
    ["babe", "babes", "boss", "bro", "bruv", "cuz", "darling", "fam", "hun", "lad", "love", "m8", "mate", "pal"]
)
"""What anybody is called at the head of a text that goes to many: ``bro back on`` beside ``back on``."""
_OPPOSITES = tuple(
    frozenset(pair)
    for pair in (
        ("on", "off"), ("open", "closed"), ("open", "shut"), ("back", "gone"), ("up", "down"),
        ("brown", "white"), ("dark", "light"),
    )
)  # fmt: skip
"""Words of which one says what the other denies, or sells what the other does not: two texts, not one with a slot."""
_OPPOSED = frozenset().union(*_OPPOSITES)
_LINE_SLOT = "{line}"
_WORDS_ENOUGH = 4
"""Words behind the first from which on it may be any word, and a name that the analysis does not know."""

_DECORATIONS = ((0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (1, 1))
"""Words at the beginning and at the end that may be a greeting or a farewell, and no part of the wording."""


class Words(NamedTuple):
    """The words of a text, without stretched letters in order and as a set, and as they are written.

    Attributes:
        framed: The words of its template: what is constant, and slots in braces.
        spelt: The text with what stands for other words written out; None where nothing does.
        compounds: Words side by side, written as one.
        opposed: Of its words those that have an opposite; of a template only what stands in no slot.
    """

    ordered: tuple[str, ...]
    written: tuple[str, ...]
    distinct: frozenset[str]
    letters: int
    framed: tuple[str, ...] = ()
    spelt: Words | None = None
    compounds: frozenset[str] = frozenset()
    opposed: frozenset[str] = frozenset()


def words_of_text(body: str, template: str | None = None) -> Words:
    """Return the words of a text. ``template``: constants, and slots in braces; None: it has no slots to compare."""
    plain, spelt = _words(words_of_body(body)), _words(written_out(body))
    framed = () if template is None else tuple(_framed(template))
    compounds = frozenset(unstretched(first + second) for first, second in pairwise(plain.ordered))
    opposed = _OPPOSED.intersection(plain.written if template is None else words_of_body(template))
    spelt_otherwise = None if spelt.ordered == plain.ordered else spelt
    return plain._replace(framed=framed, spelt=spelt_otherwise, compounds=compounds, opposed=opposed)


def _words(words: Iterable[str]) -> Words:
    written = tuple(words)
    ordered = tuple(map(unstretched, written))
    return Words(ordered, written, frozenset(ordered), sum(map(len, ordered)))


def _framed(template: str) -> Iterator[str]:
    for word in template.split():
        if _is_slot(word):
            yield word
        else:
            yield from map(unstretched, words_of_body(word))


def _is_slot(word: str) -> bool:
    return word.startswith("{") and word.endswith("}")


def is_same(one: Words, other: Words) -> bool:
    """Whether two texts have the same letters and digits, some at least."""
    if one.letters != other.letters or not one.letters:
        return False  # sooner told than by comparing them
    return one.ordered == other.ordered or "".join(one.ordered) == "".join(other.ordered)


def is_copy(one: Words, other: Words) -> bool:
    """Whether two texts are one but for errors of typing and for how its words and figures are written."""
    if is_same(one, other) or is_mistyped(one, other):
        return True
    if one.spelt is None and other.spelt is None:
        return False
    first, second = one.spelt or one, other.spelt or other
    return is_same(first, second) or is_mistyped(first, second)


def is_mistyped(one: Words, other: Words) -> bool:
    """Whether two texts are word for word the same but for errors of typing. Another figure is another offer."""
    first, second = one.ordered, other.ordered
    fewer, most = min(len(first), len(second)), max(one.letters, other.letters)
    if fewer < _LEAST_WORDS or most < _LEAST_LETTERS or abs(len(first) - len(second)) > 1:
        return False
    if abs(one.letters - other.letters) * _LETTERS_A_SLIP > most:
        return False
    begin = _same_at_start(first, second)
    end = _same_at_start(first[begin:][::-1], second[begin:][::-1])
    middle, other_middle = one.written[begin : len(first) - end], other.written[begin : len(second) - end]
    if len(first) != len(second):  # one word was written as two
        if max(len(middle), len(other_middle)) > 2 or begin + end < _LEAST_SHARE_SAME * fewer:
            return False
        middle, other_middle = ("".join(middle),), ("".join(other_middle),)
    elif (
        begin + end + sum(map(str.__eq__, first[begin:], second[begin : len(second) - end])) < _LEAST_SHARE_SAME * fewer
    ):
        return False
    slips = 0
    for word, other_word in zip(middle, other_middle, strict=True):
        found = _slips(word, other_word)
        if found is None:
            return False
        slips += found
    return slips * _LETTERS_A_SLIP <= most


def is_addressed_anew(one: Words, other: Words) -> bool:
    """Whether two texts are one but for whom they call at their head: ``Gaz back on``, ``bro back on``, ``back on``."""
    shorter, longer = sorted((one, other), key=lambda words: len(words.ordered))
    if not shorter.ordered or len(longer.ordered) < 2:
        return False
    if longer.ordered[1:] == shorter.ordered:
        return _begins_with_call(longer)
    return longer.ordered[1:] == shorter.ordered[1:] and all(map(_begins_with_call, (one, other)))


def _begins_with_call(words: Words) -> bool:
    if words.framed[:1] == (_LINE_SLOT,) or words.ordered[0] in _CALLED:
        return True
    # another figure is another offer: "3 for 25 both on til late"
    return words.ordered[0].isalpha() and len(words.ordered) > _WORDS_ENOUGH


def are_opposed(one: Words, other: Words) -> bool:
    """Whether one text has a word, and the other in its stead the opposite: ``on at the flats``, ``off at ...``."""
    alone, other_alone = one.opposed - other.opposed, other.opposed - one.opposed
    return bool(alone and other_alone) and any(
        not pair.isdisjoint(alone) and not pair.isdisjoint(other_alone) for pair in _OPPOSITES
    )


def is_variant(one: Words, other: Words) -> bool:
    """Whether two texts are one but for what stands in slots: another place, another name, deal or hour."""
    return (
        are_near_words(one.distinct, other.distinct)
        or _has_one_slot(one.ordered, other.ordered)
        or _is_of_compounds(one, other)
        or _is_refilled(one.framed, other.framed)
    )


def _is_of_compounds(one: Words, other: Words) -> bool:
    """Whether two texts are one but for one slot, where either writes as one word what the other writes as two."""
    if one.compounds.isdisjoint(other.distinct) and other.compounds.isdisjoint(one.distinct):
        return False
    return _has_one_slot(_written_as(one.ordered, other), _written_as(other.ordered, one))


def _written_as(words: tuple[str, ...], other: Words) -> tuple[str, ...]:
    """Return the words with those as one that another text writes as one: ``day shift`` and ``dayshift``."""
    found: list[str] = []
    for word in words:
        both = unstretched(found[-1] + word) if found else ""
        if both in other.distinct:
            found[-1] = both
        else:
            found.append(word)
    return tuple(found)


def _is_refilled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two templates are one wording whose slots are filled otherwise.

    Slots that stand in one of them alone are left out: hours may be given or not, a place may be read or not. Besides
    they may differ in one stretch (a place or a name that was not read) and in a decoration at an end. Some slot
    is the same. Slots alone tell no wording: of the constant words of the one that has fewer, half are the other's too.
    """
    shared = frozenset(one) & frozenset(other)
    if len(shared) < _LEAST_WORDS or not any(map(_is_slot, shared)):
        return False
    first, second = (tuple(word for word in words if word in shared or not _is_slot(word)) for words in (one, other))
    longer = max(first, second, key=len)
    if sum(word in shared for word in longer) < _LEAST_SHARE_AROUND * len(longer):
        return False  # sooner told than by comparing them
    fewest = min(sum(not _is_slot(word) for word in words) for words in (first, second))
    if sum(not _is_slot(word) for word in shared) < max(1, _LEAST_SHARE_AROUND * fewest):
        return False
    least = _LEAST_SHARE_AROUND * len(longer)
    return any(
        _has_one_slot(part, other_part, least)
        for part in _without_decoration(first)
        for other_part in _without_decoration(second)
    )


def _without_decoration(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for begin, end in _DECORATIONS:
        if not any(map(_is_slot, (*words[:begin], *words[len(words) - end :]))):
            yield words[begin : len(words) - end]


def _has_one_slot(first: tuple[str, ...], second: tuple[str, ...], least: float = _LEAST_WORDS) -> bool:
    """Whether two texts begin and end with the same words, half of the longer one and some at least."""
    begin = _same_at_start(first, second)
    same = begin + _same_at_start(first[begin:][::-1], second[begin:][::-1])
    return same >= max(_LEAST_WORDS, least, _LEAST_SHARE_AROUND * max(len(first), len(second)))


def _same_at_start(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    count = 0
    for word, other_word in zip(first, second, strict=False):
        if word != other_word:
            break
        count += 1
    return count


@lru_cache(maxsize=4_096)
def _slips(word: str, other: str) -> int | None:
    """Return how many slips make the one word of the other. None: they are two words."""
    short, other_short = unstretched(word), unstretched(other)
    if short == other_short:
        return 0
    if _NO_DIGIT.sub("", word) != _NO_DIGIT.sub("", other):
        return None
    # as it is written too: a lost letter may leave two of one kind side by side
    pairs = ((word, other), (short, other_short), (_as_said(short), _as_said(other_short)))
    slips = min(OSA.distance(one, another, score_cutoff=2) for one, another in pairs)
    longest = max(len(short), len(other_short))
    if longest == _SWAPPED and short[::-1] == other_short and {short, other_short} not in _OTHER_WAY_ROUND:
        return 1
    if longest < _SHORT or slips > (2 if longest >= _LONG else 1):
        return None
    if longest == _SHORT and len(short) == len(other_short) and sorted(short) != sorted(other_short):
        return None
    return slips


def _as_said(word: str) -> str:
    """Return a word with what texts write by ear written in one way: ``ur`` and ``your``, ``wid`` and ``with``."""
    return word.replace("you", "u").replace("th", "d").replace("ing", "in")
