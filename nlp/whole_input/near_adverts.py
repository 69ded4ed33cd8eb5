"""Near adverts: texts that fall short of an advert by little, and bear a name that adverts of their input bear.

By itself ``kofi round till late`` may be about a friend; beside "Kofi on both, 3 for 25" and "KOFI LINE open" it is
the line's. One wording that surely bears the name is enough, several say more. A name says so only where adverts are a
good part of the texts that bear it: a ``Max`` who is in a phone's chats as well says nothing. What speaks against a
name are texts that fall short by much, each by the chance that it is none of the line's: a line half of whose adverts
fall short by little is a line all the same. One step: what is lifted supports no other text, so that the order of the
texts does not matter.

On eleven batches that were left out of training it raises F1 from 0.853 to 0.896 (0.888 where two wordings had to bear
the name and each near advert counted against it), and of the personal texts that were left out, beside those of a
batch, it flags one more in 2,203.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from math import fsum
from typing import Final, NamedTuple

import msgspec

from nlp.log_odds import chance_of, odds_of, score_of
from nlp.nicknames.shared_names import SharedNames
from nlp.readings import Name
from nlp.whole_input.settling import LookAgain
from parsers.records.findings import NumberChangeRole, TextFinding

RULE: Final = "adverts/2:named-elsewhere"
"""Rule of a text that is an advert since adverts of the input bear the name in it; what it adds stands behind."""

_WORTH: Final = 2.5
"""Log-odds that the name of a line adds at most."""
_USUAL_WORTH: Final = 1.9
"""What it adds where by itself it is as likely a name as not; ``_LESS_SURE`` less where one wording alone bears it."""
_LESS_SURE: Final = 0.3
_OF_STRENGTH: Final = 0.3
"""What each of the name's own log-odds adds: ``heard about ur nan`` hardly names Nando, ``Kofi til late`` does Kofi."""
_COUNTED_FROM: Final = -5.0
"""Log-odds from which a text that bears the name and is no advert counts against it; below, it has another topic."""
_LONG_WORDS: Final = 20
"""Words from which on a text speaks for itself: of fifteen batches and the personal texts as one input four adverts so
long were lifted and seven others, five of them personal."""
_LOOKED_AT_ONCE: Final = 256
"""Texts that are read again together: step by step over many is quicker than one by one."""
_LEAST_SHARE: Final = 0.4
"""Share of the wordings that bear a name which are adverts, at least."""


class NearAdvert(NamedTuple):
    """A text that is no advert by itself.

    Attributes:
        key: As the caller gives it, another for each text.
        wording: Equal for texts that are no support for each other: its template id.
        odds: Log-odds above those of an advert; below nought.
        template: Its template; empty where it announces a change of number, whose wording anybody may have.
    """

    key: int
    text: str
    wording: str
    odds: float
    template: str


class Lifted(NamedTuple):
    """A near advert that is one beside the others of its input, with what makes it one.

    Attributes:
        name: The name that it bears. None: no name of a line.
        worth: Log-odds that the name or the wording adds.
        rule: Which of them.
    """

    near: NearAdvert
    name: Name | None
    worth: float
    rule: str


def near_advert(key: int, text: str, finding: TextFinding) -> NearAdvert | None:
    """Return what is to be looked at again once the whole input is known. None: an advert, or far from one."""
    if finding.is_advert:
        return None
    odds = odds_of(finding.advert_score)
    template = finding.template or "" if finding.number_change.role is NumberChangeRole.NONE else ""
    return NearAdvert(key, text, finding.template_id, odds, template) if odds >= _COUNTED_FROM else None


def lifted(rows: Callable[[], Iterable[NearAdvert]], shared: SharedNames, look_again: LookAgain) -> Iterator[Lifted]:
    """Yield the near adverts that are adverts beside the others, in order.

    Args:
        rows: Gives all near adverts of the input; asked twice. What is held between are the names of those that bear
            name that some wording surely bears.
        shared: What all adverts of the input propose.
        look_again: Asked only where the words of a text say that it may bear a known name.
    """
    borne: dict[int, list[Name]] = {}
    against: dict[str, dict[Hashable, float]] = defaultdict(dict)
    for near, names in _looked_at(rows(), shared, look_again):
        doubt = 1.0 - chance_of(near.odds + _WORTH)
        for each in names:
            of_key = against[shared.key_of(each.canonical)]
            of_key[near.wording] = max(doubt, of_key.get(near.wording, 0.0))
        if names and near.odds + _WORTH >= 0.0 and len(near.text.split()) < _LONG_WORDS:
            borne[near.key] = names
    # Exact, so that the order of the texts does not matter.
    totals = {key: fsum(doubts.values()) for key, doubts in against.items()}
    wordings = {key: shared.wordings_of(key) for key in against} if borne else {}
    for near in rows() if borne else ():
        for name in borne.get(near.key, ()):
            key = shared.key_of(name.canonical)
            worth = _worth(name, is_known=key in shared.known)
            if near.odds + worth >= 0.0 and _speaks(
                len(wordings[key]) - (near.wording in wordings[key]), totals[key] - against[key].get(near.wording, 0.0)
            ):
                yield Lifted(near, name._replace(canonical=shared.name(name.canonical)), worth, RULE)
                break


def _looked_at(
    rows: Iterable[NearAdvert], shared: SharedNames, look_again: LookAgain
) -> Iterator[tuple[NearAdvert, list[Name]]]:
    """Yield the near adverts whose words say that they may bear a known name, each with those that it does bear."""
    wanted = (near for near in rows if shared.may_bear_borne(near.text))
    while portion := list(islice(wanted, _LOOKED_AT_ONCE)):
        yield from zip(portion, look_again([near.text for near in portion], shared.borne), strict=True)


def moved(finding: TextFinding, odds: float, rule: str, worth: float) -> TextFinding:
    """Return a finding with the score that the rest of its input gives it, and with what moved it there.

    Args:
        finding: Told whether it is an advert.
        odds: Its log-odds, with what moved it.
        rule: What moved it.
        worth: By how much.
    """
    return msgspec.structs.replace(finding, advert_score=score_of(odds), rules=(*finding.rules, f"{rule}:{worth:+.2f}"))


def _worth(name: Name, *, is_known: bool) -> float:
    """Return the log-odds that a name adds to the text that bears it."""
    return round(min(_WORTH, _USUAL_WORTH + _OF_STRENGTH * name.strength) - (0.0 if is_known else _LESS_SURE), 2)


def _speaks(adverts: int, others: float) -> bool:
    """Whether enough of the further wordings of a name are adverts; of the others each counts by its doubt."""
    return adverts > 0 and adverts >= _LEAST_SHARE * (adverts + others)
