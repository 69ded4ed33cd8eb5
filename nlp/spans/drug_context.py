"""What a text and what stands beside a word say of whether the word is a drug: the facts that the drug model weighs.

Orders and talk of runners count things and say where they are wanted; users say "off the brown"; health and police
texts name harm and help. Honest trades and everyday things speak against.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import DrugCandidate, Reading, Term, Verdict
from nlp.spans.drug_amounts import DrugAmounts, is_price
from nlp.spans.drug_grammar import follows_numbers
from nlp.spans.drug_letters import is_listed

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

_HARD_DRUGS: Final = frozenset({"heroin", "crack cocaine"})
_MOST: Final = 3
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
        self._things = terms(LexiconKind.PATTERN, "drug_thing")
        self._speaks = {
            entry.language: terms(LexiconKind.PATTERN, entry.cue)
            for entry in lexicons.of_kind(LexiconKind.PATTERN)
            if entry.cue.startswith("speaks_")
        }
        drugs = terms(LexiconKind.DRUG) | terms(LexiconKind.MENU)
        topics = {entry.term for entry in lexicons.of_kind(LexiconKind.EVERYDAY) if entry.cue in _TOPICS}
        self._topics = frozenset(topics) - drugs - terms(LexiconKind.PATTERN, "drug_no_topic")

    def counts(self, reading: Reading) -> dict[str, int]:
        """Return how many words of everyday things, of use and trade, and of harm a text holds, up to three of each."""
        words = set(reading.words)
        return {
            "everyday": min(_MOST, len(words & self._topics)),
            "talk": min(_MOST, len(words & self._talk)),
            "harm": min(_MOST, len(words & self._harm)),
        }

    def counted(self, reading: Reading, candidates: Sequence[DrugCandidate]) -> frozenset[int]:
        """Return the first tokens of the candidates that have a number before them and no thing behind them."""
        return frozenset(
            term.first
            for term, _ in candidates
            if self._amounts.is_counted(reading, term) and not self._has_thing_behind(reading, term.last)
        )

    def facts(
        self, reading: Reading, term: Term, candidates: Sequence[DrugCandidate], counted: frozenset[int]
    ) -> list[str]:
        """Return what stands beside one candidate; ``counted`` is of all of them."""
        after = reading.words[term.last] if term.last < len(reading.words) else ""
        others = [other for other, verdict in candidates if verdict is Verdict.THING and other.first != term.first]
        holds = {
            "thing": after in self._things,
            "stray": self._has_thing_behind(reading, term.last),
            "counted": term.first in counted,
            "counted beside": bool(counted - {term.first}),
            "priced": self._amounts.has_amount(reading, term),
            "in price": is_price(reading, term.first),
            "everyday": term.entry.term in self._everyday,
            "use beside": any(self._is_used_beside(reading, term.first, other) for other in others),
            "of two numbers": len(term.entry.canonical) > 1 and follows_numbers(reading, term),
        }
        facts = [fact for fact, is_so in holds.items() if is_so]
        if term.entry.language != "en":
            facts.append("spoken" if self._is_spoken(reading, term.entry.language) else "foreign")
        facts += [wanted] if (wanted := self._wanted(reading, term.first)) else []
        facts += sorted({f"listed {verdict}" for other, verdict in candidates if is_listed(reading, term, other)})
        return facts + _facts_of_others(term, others)

    def _is_spoken(self, reading: Reading, language: str) -> bool:
        """Whether a text is in a language, or holds a word of it."""
        return reading.language == language or not self._speaks.get(language, frozenset()).isdisjoint(reading.words)

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

    def _is_used_beside(self, reading: Reading, first: int, other: Term) -> bool:
        """Whether a term shortly before a token is used: the white of "selling brown or white"."""
        return 0 < first - other.last <= _MAX_BETWEEN and self._wanted(reading, other.first) == "use"

    def _has_thing_behind(self, reading: Reading, at: int) -> bool:
        """Whether a word that may be a thing stands at a token: "white jumper"."""
        after = reading.words[at] if at < len(reading.words) else ""
        return bool(after) and after[0].isalpha() and after not in self._behind


def _facts_of_others(term: Term, others: Sequence[Term]) -> list[str]:
    """Return what the other words of a text say that are likely drugs."""
    names = {name for other in others for name in other.entry.canonical}
    holds = {
        "beside hard drugs": not names.isdisjoint(_HARD_DRUGS),
        "beside other drugs": bool(names - _HARD_DRUGS),
        "others": any(other.entry.canonical != term.entry.canonical for other in others),
        "partner": any(other.entry.joins and other.entry.joins == term.entry.joins for other in others),
    }
    return [fact for fact, is_so in holds.items() if is_so]
