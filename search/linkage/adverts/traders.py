"""Whether a sender of adverts is a trader: somebody who sends offers of another kind to many, and some that read alike.

A fish van, a market stall and a valet sign their texts, repeat them, and their customers write back: nothing of that
tells them from a line. What does is the rest of what they send to many. The two accounts are weighed wording by
wording, and the line is believed no more than it is against the trader.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.linkage.adverts.ordering import NOBODY, Ordering, bounded_weight
from search.linkage.weights import log_odds

ORDINARY_SCORE: Final = 0.04
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
"""Words from which a wording says what it is about: "im here all day" is everybody's."""
_EVERYBODYS: Final = -1.0
_ANYBODYS_WORDS: Final = 3
_ANYBODYS: Final = 2
"""Words of a wording up to which it says nothing for certain, and how many such a line may send to many."""
_UNKNOWN: Final = -1.5
"""Its words are not known: it may be everybody's. Fitted, and held back: of 1,750 wordings of lines eleven score so
low, of 310 of traders eighty."""

_PRIOR: Final = 1.1
"""Log-odds of a line against a trader, of a sender with a wording that the analysis takes for an advert."""
_ORDINARY: Final = -2.7
_OF_ANOTHER_KIND: Final = -5.0
OF_ANOTHER_KIND_SCORE: Final = 0.01
"""Below it a wording is of another kind for certain: no wording of 400 lines of 48 development worlds is, and one or
several of each trader's are."""
_FURTHER_ORDINARY: Final = 0.8
"""Times the weight of the wording before, the weightiest first: whoever writes in a tone of his own, as one line of six
that another maker wrote, is misread in several wordings. Reasoned."""
_NEARLY: Final = ((0.1, -0.2), (ORDINARY_SCORE, -0.7))
_NEARLY_LEAST: Final = -2.0
"""What falls short by little says hardly anything, from the first score on: a line by the name of Home is missed in two
wordings of three. What falls short by much says more. Fitted: of 1,750 wordings of 283 lines of 32 worlds one in a
hundred scores under 0.1 and over the bound, of 310 wordings of 53 traders twelve, a ratio of -2.5; a third of it
counts, since more of it cost one line in two hundred."""
_SURE_WORDINGS: Final = 4
_SURE_ODDS: Final = 3.0
"""So many wordings that surely are adverts, and more than there are that read like nothing of the kind, of a sender
whom no phone saved as a trader and from whom two order: who holds a line may text its customers for his church
as well, and however often he does it is one matter. A trader puns, now and then in several, and is asked whether he is
open. Reasoned."""
_LIKELY: Final = 0.55
"""Times the log-odds of a wording's score, which count up to the next: a trader's wording that is mistaken once is
mistaken in every copy, and who puns once puns again."""
_LIKELY_MOST: Final = 4.0


_TRADE_NAME: Final = -2.5
_TRADE_NAME_FURTHER: Final = -1.0
_TRADE_NAME_LEAST: Final = -4.5
"""A phone saved its number under the name of a trade, and each further one. A name may be a disguise on one. Reasoned:
one line in fifty is saved so, and every third trader on each phone."""

_TOGETHER: Final = 2
_TRADE_NAME_TOGETHER: Final = -2.5
_TOGETHER_LEAST: Final = -8.0
_TOGETHER_SECONDING: Final = 3.3
"""So many phones and all that saved it have it under the name of a trade: disguises are thought of by each for himself,
so that each further phone says what the first does. What its wordings say is bounded then, since goods that no list
knows are misread in every wording of them. Reasoned, from a seller of vapes in bars and one of tobacco."""

_SIGNED: Final = -4.0
"""Its own adverts bear the name of a trade: no disguise of one who saved it. Reasoned: as four phones that saved it."""

_SECOND_NUMBER: Final = 2.5
_FURTHER_NUMBER: Final = 1.0
_NUMBERS_MOST: Final = 5.5
"""It went on under another number, and under further ones: two in five lines do, of traders hardly any. Reasoned."""

_ORDERED: Final = 2
_ORDERED_WORDINGS: Final = 3
_ORDERS_MOST: Final = 3.0
"""What it says at most that so many and more of those who write to it order, where so many of its wordings read like
adverts; a trader with one or two is asked for what these offer. Reasoned: in thirteen worlds of three makers 97 of
98 lines to which two or more write have one who orders, of 43 other senders one."""
_MANY_ORDER: Final = 6
_WORDINGS_OF_MANY: Final = 2
"""So many who order, and half of those who write, and so many wordings that read like adverts and none like anything
else, of one whose adverts bear the name of a trade ("on Bob Builders line") and whom as many saved otherwise. Reasoned,
from the same senders as the next."""
_FURTHER_ORDERS: Final = 0.25
_FURTHER_ORDERS_MOST: Final = 5.0
"""What each further one who orders adds to that: a line whose adverts are puns on other trades ("the doctor's in") had
24 who order of 33 who write; of sixteen other senders of that maker's worlds, to which up to eleven write, none has."""


class SavedNames(NamedTuple):
    """On how many phones numbers stand under a name.

    Attributes:
        trade: Under that of a trade.
        other: Under another and under none of a trade.
    """

    trade: int = 0
    other: int = 0

    @property
    def is_together(self) -> bool:
        """Whether several phones saved the sender as a trader and none as anybody else."""
        return self.trade >= _TOGETHER and not self.other


NOT_SAVED: Final = SavedNames()


def ordinary_weight(score: float, wording: str | None, *, is_of_trade: bool = False) -> float:
    """Return what a wording that went to many says against a line; 0 where it does not read like nothing of the kind.

    Args:
        score: Its advert score.
        wording: Its words. None: they are not known.
        is_of_trade: A trade is named in it: few words say what it is about then ("nails has gaps today").
    """
    if score >= ORDINARY_SCORE:
        return 0.0
    if score < OF_ANOTHER_KIND_SCORE:
        return _OF_ANOTHER_KIND
    if wording is None:
        return _UNKNOWN
    return _ORDINARY if is_of_trade or len(wording.split()) >= _WORDS_THAT_TELL else _EVERYBODYS


def ordinary_weights(wordings: Iterable[tuple[float, str | None, bool]]) -> list[float]:
    """Return what wordings that went to many say against a line, those of few words last.

    Of these the first two are everybody's, however little they read like an advert ("here m8", "by the park"); who
    sends more of them writes of something.

    Args:
        wordings: Score and words of each, and whether they name a trade, as for ``ordinary_weight``.
    """
    weights: list[float] = []
    of_few_words: list[float] = []
    for score, wording, is_of_trade in wordings:
        is_short = wording is not None and len(wording.split()) <= _ANYBODYS_WORDS and not is_of_trade
        (of_few_words if is_short else weights).append(ordinary_weight(score, wording, is_of_trade=is_of_trade))
    of_few_words.sort(reverse=True)
    return [*weights, *(max(weight, _EVERYBODYS) for weight in of_few_words[:_ANYBODYS]), *of_few_words[_ANYBODYS:]]


def against_trader(
    likely: Mapping[str, float],
    unlikely: Mapping[str, float],
    ordinary: Sequence[float],
    numbers: int,
    saved: SavedNames = NOT_SAVED,
    ordering: Ordering = NOBODY,
    *,
    is_signed: bool = False,
    silence: float = 0.0,
) -> float | None:
    """Return the log-odds of a line against a trader. None: nothing that the sender broadcast, and no name, says trade.

    Args:
        likely: Advert score of each wording that the analysis takes for an advert.
        unlikely: Of each broadcast wording that it does not.
        ordinary: Weights of those that read like nothing of the kind (``ordinary_weight``).
        numbers: How many numbers it had.
        saved: Phones that saved one of them, under the name of a trade or another.
        ordering: Who writes to it, and who orders.
        is_signed: Its adverts bear such a name.
        silence: What it says that of those who got its adverts none or hardly any has to do with it, which is as of a
            shop; 0 or less.
    """
    nearly = max(sum(map(_nearly_weight, unlikely.values())), _NEARLY_LEAST)
    if not ordinary and not nearly and not saved.trade and not is_signed:
        return None
    seconding = sum(_LIKELY * min(log_odds(min(max(score, 0.5), 0.99)), _LIKELY_MOST) for score in likely.values())
    moved = min(_SECOND_NUMBER + _FURTHER_NUMBER * (numbers - 2), _NUMBERS_MOST) if numbers > 1 else 0.0
    kind = sum(weight * _FURTHER_ORDINARY**place for place, weight in enumerate(sorted(ordinary)))
    is_no_trader = ordering.ordering >= _ORDERED and not (saved.trade or is_signed or silence)
    if is_no_trader and _sends_adverts_for_the_most_part(likely, ordinary):
        kind = min(ordinary)
    do_most_order = ordering.ordering >= max(_MANY_ORDER, ordering.writing / 2)
    is_signed_alone = is_signed and not ordinary and saved.trade <= saved.other
    fewest = _WORDINGS_OF_MANY if do_most_order and is_signed_alone else _ORDERED_WORDINGS
    has_orders = ordering.ordering >= _ORDERED and len(likely) >= fewest
    further = min(_FURTHER_ORDERS * (ordering.ordering - _ORDERED), _FURTHER_ORDERS_MOST)
    if ordering.ordering:
        ordered = min(max(ordering.weight, 0.0), _ORDERS_MOST + further) if has_orders else 0.0
    else:
        ordered = bounded_weight(ordering)
    if saved.is_together:
        seconding = min(seconding, _TOGETHER_SECONDING)
    signed = _SIGNED if is_signed else 0.0
    return _PRIOR + seconding + moved + ordered + kind + nearly + _named(saved) + signed + silence


def _sends_adverts_for_the_most_part(likely: Mapping[str, float], ordinary: Sequence[float]) -> bool:
    """Whether wordings that surely are adverts are several, and more than those that read like nothing of the kind."""
    sure = sum(log_odds(min(max(score, 0.5), 0.99)) >= _SURE_ODDS for score in likely.values())
    return len(ordinary) > 1 and sure >= max(_SURE_WORDINGS, len(ordinary) + 1)


def _named(saved: SavedNames) -> float:
    if not saved.trade:
        return 0.0
    if saved.is_together:
        return max(_TRADE_NAME + _TRADE_NAME_TOGETHER * (saved.trade - 1), _TOGETHER_LEAST)
    return max(_TRADE_NAME + _TRADE_NAME_FURTHER * (saved.trade - 1), _TRADE_NAME_LEAST)


def _nearly_weight(score: float) -> float:
    return next((weight for least, weight in _NEARLY if score >= least), 0.0)


def believed(odds: float, against: float) -> float:
    """Return the log-odds of a line where it may be somebody of no trade (``odds``) or a trader (``against``) else."""
    return -math.log(math.exp(-odds) + math.exp(-against))
