"""Whether a sender of adverts is a trader: somebody who sends offers of another kind to many, and some that read alike.

A fish van, a market stall and a valet sign their texts, repeat them, and their customers write back: nothing of that
tells them from a line. What does is the rest of what they send to many. The two accounts are weighed wording by
wording, and the line is believed no more than it is against the trader.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from search.linkage.weights import log_odds

_ORDINARY_SCORE: Final = 0.04
"""Advert score below which a wording reads like nothing of the kind. Of what lines broadcast and the analysis misses it
takes most for nearly adverts (0.15 to 0.5): of 304 lines of 36 development worlds 17 have a wording below 0.08, and two
of these have as many as wordings that it takes for adverts; of honest senders with such a wording nearly all have. The
bound is lower, since a line with the name of an everyday word has wordings from 0.04 on."""

ALONE: Final = 0.3
"""Of its weight, where nothing shows that a wording went to many: it bears the sender's name, came once to the one
phone that holds it, and may be a text to one person. Reasoned."""

ALONE_MOST: Final = -2.7
"""What all wordings say together that one phone alone holds, beside others that went to many. Reasoned: as one wording
that went to many."""

_WORDS_THAT_TELL: Final = 6
"""Words from which a wording says what it is about: "im here all day" is everybody's, and so may be one of which the
words are not known."""
_EVERYBODYS: Final = -1.0

_PRIOR: Final = 1.1
"""Log-odds of a line against a trader, of a sender with a wording that the analysis takes for an advert."""
_ORDINARY: Final = -2.7
_OF_ANOTHER_KIND: Final = -5.0
OF_ANOTHER_KIND_SCORE: Final = 0.01
"""Below it a wording is of another kind for certain: no wording of 400 lines of 48 development worlds is, and one or
several of each trader's are."""
_NEARLY: Final = -0.2
_NEARLY_LEAST: Final = -1.0
"""What falls short by little says hardly anything: a line by the name of Home is missed in two wordings of three."""
_LIKELY: Final = 0.55
"""Times the log-odds of a wording's score, which count up to the next: a trader's wording that is mistaken once is
mistaken in every copy, and who puns once puns again."""
_LIKELY_MOST: Final = 4.0


_SECOND_NUMBER: Final = 2.5
"""It went on under another number, once or oftener: two in five lines do, of traders hardly any. Reasoned."""


def ordinary_weight(score: float, wording: str) -> float:
    """Return what a wording that went to many says against a line; 0 where it does not read like nothing of the kind.

    Args:
        score: Its advert score.
        wording: Its words, or one word that stands for them where they are not known.
    """
    if score >= _ORDINARY_SCORE:
        return 0.0
    if score < OF_ANOTHER_KIND_SCORE:
        return _OF_ANOTHER_KIND
    return _ORDINARY if len(wording.split()) >= _WORDS_THAT_TELL else _EVERYBODYS


def against_trader(
    likely: Mapping[str, float], unlikely: Mapping[str, float], ordinary: Sequence[float], numbers: int
) -> float | None:
    """Return the log-odds of a line against a trader. None: nothing the sender broadcast is of another kind.

    Args:
        likely: Advert score of each wording that the analysis takes for an advert.
        unlikely: Of each broadcast wording that it does not.
        ordinary: Weights of those that read like nothing of the kind (``ordinary_weight``).
        numbers: How many numbers it had.
    """
    if not ordinary:
        return None
    seconding = sum(_LIKELY * min(log_odds(min(max(score, 0.5), 0.99)), _LIKELY_MOST) for score in likely.values())
    moved = _SECOND_NUMBER if numbers > 1 else 0.0
    nearly = max(_NEARLY * (len(unlikely) - len(ordinary)), _NEARLY_LEAST)
    return _PRIOR + seconding + moved + sum(ordinary) + nearly


def believed(odds: float, against: float) -> float:
    """Return the log-odds of a line where it may be somebody of no trade (``odds``) or a trader (``against``) else."""
    return -math.log(math.exp(-odds) + math.exp(-against))
