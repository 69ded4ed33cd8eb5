"""What the model of changes of number sees of a text, and of each number in it.

Of a text: its words, each two in a row, and which letters (``change_letters``) stand before which. Of a number: the
letters and words on both sides, near it, in its sentence and beyond. And of both what the rules say.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final, NamedTuple

from nlp.changes.change_letters import OTHER, STOP, Row

_OPEN: Final = "<"
_END: Final = ">"
_MUTE: Final = frozenset({OTHER, ","})
"""Letters that say nothing by standing before another."""

_NEAR: Final = 6
_NEAR_WORDS: Final = 3
_WINDOW: Final = 10
_PAIR_WINDOW: Final = 8
"""How far apart two letters are still seen together."""

_STEM: Final = 5
_LENGTHS: Final = (1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6)
_LONG: Final = 7
_MOST_PLACES: Final = 2
_MOST_NUMBERS: Final = 3


class Answer(NamedTuple):
    """What a text says of a number.

    Attributes:
        role: ``new`` or ``old``.
        number: Which of the numbers of the text, in order; None: the sender's own.
    """

    role: str
    number: int | None = None


def features_of_text(row: Row, families: Collection[str], ruled: Answer | None) -> list[str]:
    """Return what holds for a text; each stands there once.

    Args:
        row: The text.
        families: Families of look-alikes whose words it holds.
        ruled: What the rules say.
    """
    words = [_OPEN, *row.words, _END]
    found = dict.fromkeys(words)
    found.update(dict.fromkeys([f"{one} {other}" for one, other in pairwise(words)]))
    found.update(dict.fromkeys([f"{word[:_STEM]}-" for word in row.words if len(word) > _STEM and word.isalpha()]))
    code = row.code.replace(",", OTHER)
    for at, one in enumerate(code, 1):
        if one != OTHER:
            for other in code[at : at + _PAIR_WINDOW]:
                if other != OTHER:
                    found[f"{one}~{other}"] = None
    said = "none" if ruled is None else f"{ruled.role}{'' if ruled.number is None else ' number'}"
    length = sum(map(str.isalnum, row.words))
    return [
        *found,
        f"=rules {said}",
        f"=words {_LENGTHS[length - 1] if 0 < length <= len(_LENGTHS) else _LONG}",
        f"=numbers {min(_MOST_PLACES, len(row.places))}",
        *[f"=family {family}" for family in families],
    ]


def features_of_number(row: Row, which: int, ruled: Answer | None, *, are_same: bool) -> list[str]:
    """Return what holds for one of the numbers of a text.

    Args:
        row: The text.
        which: Which of the numbers, in order.
        ruled: What the rules say.
        are_same: Whether all numbers of the text are one.
    """
    place, count = row.places[which], len(row.places)
    before, after = _OPEN + row.code[:place], row.code[place + 1 :] + _END
    words_before, words_after = [_OPEN, *row.words[:place]], [*row.words[place + 1 :], _END]
    own = before.rpartition(STOP)[2][-_WINDOW:]
    following = after.partition(STOP)[0][:_WINDOW]
    said = "none" if ruled is None else f"{ruled.role} {'this' if ruled.number == which else 'another'}"
    found = [
        f"=rules {said}",
        f"=at {min(which, _MOST_PLACES)} of {min(count, _MOST_NUMBERS)}",
        f"=before {min(_NEAR, len(own))}",
        f"=after {min(_NEAR, len(following))}",
        f"{words_before[-1]} N {words_after[0]}",
    ]
    if count > 1:
        found.append("=same" if are_same else "=differ")
    for size in range(1, _NEAR + 1):
        found += (f"{before[-size:]}N", f"N{after[:size]}")
    for size in range(1, _NEAR_WORDS + 1):
        found += (f"{' '.join(words_before[-size:])} N", f"N {' '.join(words_after[:size])}")
    found += [f"{before[-one:]}N{after[:other]}" for one in (1, 2) for other in (1, 2)]
    found += [f"<{word}" for word in dict.fromkeys(words_before[len(words_before) - len(own) :])]
    found += [f">{word}" for word in dict.fromkeys(words_after[: len(following)])]
    sides = (
        ("<<", own),
        (">>", following),
        ("<<<", before[: len(before) - len(own)]),
        (">>>", after[len(following) :]),
    )
    return found + [f"{side}{letter}" for side, code in sides for letter in dict.fromkeys(code) if letter not in _MUTE]
