"""Adverts: how much a text sounds like what a line sends to its customers, and why.

Adds what the name says and how much of the text the cues explain to the cues of ``components.cues``, and turns the sum
into a score. The score is of the text alone, without any evidence of broadcast, which linkage adds.
"""

from __future__ import annotations

from itertools import compress
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.log_odds import score_of
from nlp.readings import Cue, Mark, Name, Reading

RULE: Final = "adverts/1"
THRESHOLD: Final = 0.5

BASE: Final = -2.2
"""Log-odds of a text that holds no cue: about one advert in ten."""

_NAME_WEIGHTS: Final = {
    "x-line": 2.4,
    "x-on": 0.8,
    "x-has": 0.2,
    "spaced-letters-on": 1.2,
    "spaced-letters": 0.3,
    "x-here": 0.8,
    "its-x": 0.8,
    "number-for-x": 1.0,
    "last-word": 0.3,
    "first-word": 0.0,
    "x-alone": 0.3,
}
"""Weights of the patterns that gave the name."""

_OTHER_NAME_WEIGHT: Final = 0.6
_SHORT_NAME_WEIGHT: Final = 0.6
"""What a name before "on" weighs more in a text that says little else."""

_ANCHORS: Final = frozenset(
    {"available", "off", "deal", "deals", "drugs", "stock", "same_line", "imitator", "referral", "number-change"}
)
"""Cues that only a seller's text has. Without one, being short tells nothing: "ring me", "same spot" and "no tick" are
what a line and its runner say to each other all day."""

_ONLY_SAYS_ON_WEIGHT: Final = 2.2
SHORT_WORDS: Final = 6
_FREE_WORDS: Final = 6
"""Words that no cue need explain; each further one tells a little against an advert."""

_WITH_FOLLOWER: Final = ("x-on", "x-here", "x-is", "x-has", "spaced-letters-on")
_EXPLAINING: Final = (LexiconKind.CUE, LexiconKind.DRUG, LexiconKind.STOCK)


class Adverts(Component):
    """Scores the text."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._short_available = lexicons.terms(LexiconKind.PATTERN, "short_available")
        self._openers = lexicons.terms(LexiconKind.FILLER) | lexicons.terms(LexiconKind.PATTERN, "opener")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if reading.ruled_out_by:
            return
        if reading.name is not None:
            reading.cues.append(_name_cue(reading))
        reading.cues.extend(_coverage_cues(reading))
        if self._only_says_on(reading):
            reading.cues.append(Cue("only-says-on", _ONLY_SAYS_ON_WEIGHT))
        total = reading.rule_total = BASE + sum([cue.weight for cue in reading.cues])
        reading.advert_score = score_of(total)
        reading.is_advert = reading.advert_score >= THRESHOLD

    def _only_says_on(self, reading: Reading) -> bool:
        """Whether a text of a few words says that somebody is on and nothing else."""
        if not 0 < reading.is_word.count(True) <= SHORT_WORDS or "?" in reading.words[-1]:
            return False
        words = list(compress(reading.words, reading.is_word))
        name = reading.name
        named = set() if name is None else {reading.words[at] for at in reading.tokens_of(name.start, name.end)}
        rest = [word for word in words if word not in self._openers and word not in named]
        return bool(rest) and all(word in self._short_available for word in rest)


def _name_cue(reading: Reading) -> Cue:
    assert reading.name is not None
    pattern = reading.name.rule.rpartition(":")[2]
    weight = _NAME_WEIGHTS.get(pattern, _OTHER_NAME_WEIGHT)
    if pattern == "x-on" and len(reading.words) <= SHORT_WORDS + 2:
        weight += _SHORT_NAME_WEIGHT
    return Cue(f"name:{pattern}", weight)


def _coverage_cues(reading: Reading) -> list[Cue]:
    """Weigh how much of the text the cues for an advert explain."""
    word_count = reading.is_word.count(True)
    if not word_count:
        return []
    explained = _explained(reading)
    cues: list[Cue] = []
    if word_count <= SHORT_WORDS:
        weight = round(1.5 * (explained / word_count - 0.45) / 0.55, 2)
        is_anchored = any(cue.label in _ANCHORS or cue.label.startswith("name:") for cue in reading.cues)
        cues.append(Cue("short-explained", weight if is_anchored else min(weight, 0.0)))
    unexplained = word_count - explained - _FREE_WORDS
    if unexplained > 0:
        cues.append(Cue("unexplained", round(-0.09 * min(unexplained, 25), 2)))
    return cues


def _explained(reading: Reading) -> int:
    """Return how many words the cues for an advert explain."""
    # A byte a token: as a set of tokens this was half the time of the component.
    explained = bytearray(len(reading.words))
    for kind in _EXPLAINING:
        for first, last, _ in reading.of_kind(kind):
            explained[first:last] = b"\x01" * (last - first)
    stretches: list[Mark | Name] = [*reading.marks]
    name = reading.name
    if name is not None:
        stretches.append(name)
    for stretch in stretches:
        tokens = reading.tokens_of(stretch.start, stretch.end)
        explained[tokens.start : tokens.stop] = b"\x01" * len(tokens)
    if name is not None and name.rule.endswith(_WITH_FOLLOWER):
        # "Rico on": what follows the name is part of the pattern.
        after = reading.token_at(name.end)
        while after < len(reading.words) - 1 and not reading.is_word[after]:
            after += 1
        if after < len(reading.words):
            explained[after] = 1
    return sum(compress(reading.is_word, explained))
