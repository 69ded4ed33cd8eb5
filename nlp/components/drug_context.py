"""Whether a text that is no advert is about drugs: orders, talk with runners, private talk, health and police texts.

Facts of the text and of what stands beside a word, each with a weight on the log-odds that an ambiguous word is a drug.
Orders and talk of runners count things and say where they are wanted; users say "off the brown"; health and police
texts name harm and help. Honest trades and everyday things speak against. The weights were fitted to the batches for
training (logistic regression, the batches left out one at a time to choose the facts) and are rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from nlp.components.drug_amounts import DrugAmounts
from nlp.lexicons import Entry, LexiconKind, Lexicons
from nlp.readings import Mark, Reading, Term
from parsers.records.findings import SpanKind

_TRADES: Final = frozenset(
    {
        "food_trade",
        "trade",
        "taxi",
        "courier",
        "retail",
        "event",
        "group",
        "betting",
        "prize",
        "transport",
        "official",
        "home",
    }
)
_TOPICS: Final = frozenset(
    {
        "food",
        "drink",
        "trade",
        "shop",
        "club",
        "sport",
        "transport",
        "work",
        "party",
        "sell",
        "animal",
        "colour_goods",
        "official",
    }
)
"""Classes of everyday words that speak against drugs; ``kin`` and ``life`` do not, customers have both."""

_CAPS: Final[Mapping[str, float]] = {
    "trade": 3,
    "everyday": 3,
    "harm": 3,
    "order": 2,
    "maybe_order": 2,
    "kin": 2,
    "talk": 2,
}

WEIGHTS: Final[Mapping[str, float]] = {
    "use": 2.1,
    "counted": 1.8,
    "use_beside": 1.5,
    "sure_slang": 1.4,
    "harm": 1.3,
    "wish": 1.3,
    "wrong_number": 1.0,
    "maybe_order": 0.7,
    "sure": 0.7,
    "counted_beside": 0.6,
    "order": 0.6,
    "police": 0.6,
    "talk": 0.6,
    "slang": 0.3,
    "health": -0.5,
    "several": -0.6,
    "stray": -0.6,
    "everyday": -0.7,
    "first": -0.8,
    "colour": -1.1,
    "kin": -1.1,
    "number": -1.1,
    "trade": -1.4,
}
"""Log-odds by fact."""

LEANING: Final = -0.6
"""Log-odds from which on a word is a drug: where one more found still gains more than one more invented costs."""

_SHARES: Final = {"low": 1.0, "med": 1.0, "high": 0.4}
_COLOURS: Final = frozenset({"colour", "shade", "tan", "emoji"})
_MAX_BETWEEN: Final = 3


class DrugContext:
    """Knows what texts about drugs say.

    Args:
        lexicons: The pattern lexicon ``drug_grammar``, the everyday words and the words for drugs.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        terms = lexicons.terms
        self._amounts = DrugAmounts(lexicons)
        self._behind = terms(LexiconKind.PATTERN, "drug_behind")
        self._use = terms(LexiconKind.PATTERN, "drug_use")
        self._wish = terms(LexiconKind.PATTERN, "drug_wish")
        self._between = terms(LexiconKind.PATTERN, "drug_between")
        self._talk = terms(LexiconKind.PATTERN, "drug_talk")
        self._everyday = terms(LexiconKind.PATTERN, "drug_everyday")
        self._harm = terms(LexiconKind.PATTERN, "drug_health")
        drugs = terms(LexiconKind.DRUG) | terms(LexiconKind.MENU)
        topics = {entry.term for entry in lexicons.of_kind(LexiconKind.EVERYDAY) if entry.cue in _TOPICS}
        self._topics = frozenset(topics) - drugs - terms(LexiconKind.PATTERN, "drug_no_topic")

    def drugs(self, reading: Reading, marks: Sequence[Mark]) -> Iterator[Mark]:
        """Yield those of the ambiguous drug marks that the text bears out."""
        facts = self.facts(reading, marks)
        total = sum(WEIGHTS.get(name, 0.0) * value for name, value in facts.items())
        counted = self.counted(reading, marks)
        for mark in marks:
            of_mark = self.facts_of_mark(reading, mark, marks, counted)
            if total + sum(WEIGHTS.get(name, 0.0) * value for name, value in of_mark.items()) >= LEANING:
                yield mark

    def facts(self, reading: Reading, marks: Sequence[Mark]) -> dict[str, float]:
        """Return what the text as a whole says; ``marks`` are its drug marks, sure ones included."""
        words = set(reading.words)
        facts: dict[str, float] = {}
        for term in reading.of_kind(LexiconKind.LOOKALIKE):
            name, share = _fact_of_family(term.entry)
            if name:
                facts[name] = facts.get(name, 0.0) + share
        facts["everyday"] = len(words & self._topics)
        facts["talk"] = len(words & self._talk)
        facts["harm"] = len(words & self._harm)
        for name, cap in _CAPS.items():
            facts[name] = min(facts.get(name, 0.0), cap)
        facts["sure"] = any(mark.rule.endswith("low") for mark in marks)
        facts["several"] = len({mark.canonical for mark in marks}) > 1
        facts["number"] = any(mark.kind is SpanKind.NUMBER for mark in reading.marks)
        return facts

    def counted(self, reading: Reading, marks: Sequence[Mark]) -> frozenset[int]:
        """Return where the marks begin that have a number before them and no thing behind them."""
        entries = {term.first: term.entry for term in reading.of_kind(LexiconKind.DRUG)}
        return frozenset(mark.start for mark in marks if self._is_counted(reading, mark, entries))

    def facts_of_mark(
        self, reading: Reading, mark: Mark, marks: Sequence[Mark], counted: frozenset[int]
    ) -> dict[str, float]:
        """Return what one mark and what stands beside it say; ``counted`` is of all ``marks``."""
        tokens = reading.tokens_of(mark.start, mark.end)
        facts: dict[str, float] = {self._tier(reading, mark, _entry_at(reading, tokens.start)): 1.0}
        facts["stray"] = self._has_thing_behind(reading, tokens.stop)
        facts["counted"] = mark.start in counted
        facts["counted_beside"] = bool(counted - {mark.start})
        if mark.start not in counted:
            facts[self._wanted(reading, tokens.start)] = 1.0
        facts["use_beside"] = any(self._is_used_beside(reading, tokens.start, other) for other in marks)
        facts["first"] = tokens.start == 0
        return facts

    def _tier(self, reading: Reading, mark: Mark, entry: Entry | None) -> str:
        """Tell how everyday a word is: a colour, "both" or the like; slang; slang that is seldom innocent."""
        is_letter = mark.end - mark.start == 1 and reading.tokens[reading.token_at(mark.start)].isalpha()
        if entry is not None and not is_letter:
            if (entry.joins in _COLOURS or len(entry.canonical) > 1) and not mark.rule.endswith("med"):
                return "colour"
            if entry.term in self._everyday:
                return "colour"
        return "sure_slang" if is_letter or mark.rule.endswith("med") else "slang"

    def _wanted(self, reading: Reading, first: int) -> str:
        """Tell whether a word of use or of wish stands before a token: "off the brown", "need more white"."""
        at = first - 1
        for _ in range(_MAX_BETWEEN):
            if at < 0:
                return ""
            word = reading.words[at]
            if word in self._use or (word == "on" and at and reading.words[at - 1] == "back"):
                return "use"
            if word in self._wish:
                return "wish"
            if word not in self._between and word.strip():
                return ""
            at -= 1
        return ""

    def _is_used_beside(self, reading: Reading, first: int, other: Mark) -> bool:
        """Whether a mark shortly before a token is used: the white of "selling brown or white"."""
        tokens = reading.tokens_of(other.start, other.end)
        return 0 < first - tokens.stop <= _MAX_BETWEEN and self._wanted(reading, tokens.start) == "use"

    def _is_counted(self, reading: Reading, mark: Mark, entries: Mapping[int, Entry]) -> bool:
        tokens = reading.tokens_of(mark.start, mark.end)
        entry = entries.get(tokens.start)
        if entry is None or self._has_thing_behind(reading, tokens.stop):
            return False
        return self._amounts.is_counted(reading, Term(tokens.start, tokens.stop, entry))

    def _has_thing_behind(self, reading: Reading, at: int) -> bool:
        """Whether a word that may be a thing stands at a token: "white jumper"."""
        after = reading.words[at] if at < len(reading.words) else ""
        return bool(after) and after[0].isalpha() and after not in self._behind


def _fact_of_family(entry: Entry) -> tuple[str, float]:
    share = _SHARES[entry.ambiguity]
    if entry.cue in _TRADES:
        return "trade", share
    if entry.cue in {"order", "runner"}:
        return ("order" if share > _SHARES["high"] else "maybe_order"), 1.0
    if entry.cue in {"kin", "wrong_number", "health", "police"}:
        return entry.cue, share
    return "", 0.0


def _entry_at(reading: Reading, first: int) -> Entry | None:
    """Return the entry of the drug term that begins at a token."""
    return next((term.entry for term in reading.of_kind(LexiconKind.DRUG) if term.first == first), None)
