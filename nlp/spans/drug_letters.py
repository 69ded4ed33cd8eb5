"""Single letters that are drugs: the b and w of ``1 b 1 w``, ``c 60 k 20``, ``no w til 5``.

In a message most single letters are words, initials or kisses. One is a drug beside its partner, a price or a count, or
where only a thing for sale can stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Reading, Term
from nlp.spans.drug_amounts import DrugAmounts, is_price

_PARTNERS: Final[Mapping[str, frozenset[str]]] = {
    "b": frozenset("wlcrd"),
    "w": frozenset("bdh"),
    "d": frozenset("lw"),
    "l": frozenset("dbh"),
    "h": frozenset("cwl"),
    "c": frozenset("bhkm"),
    "k": frozenset("cm"),
    "m": frozenset("kc"),
}
"""Letters beside which a letter is a drug; beside any other it is an initial."""

_NONE: Final[frozenset[str]] = frozenset()
_NO_INITIALS: Final = frozenset("aeginoruxy")
"""Letters that are words, units or kisses in a message, and no initials of a name."""

_RUN_ALLOWED: Final = frozenset("nxagur")
_RUN_MARKS: Final = frozenset({".", "-", "_", "*", "/", "~", "&", "+"})
_MAX_RUN: Final = 8
_MIN_RUN: Final = 3
"""From so many letters on that are no partners, single letters spell a name: ``w h i s t l e``."""

_SEE: Final = frozenset({"you", "me", "what", "if", "how", "4", "the", "him", "her", "us", "ya", "them", "why", "who"})
_BEFORE_SEE: Final = frozenset({"to", "you", "can", "i", "ill", "dont", "come", "will", "lets", "cant", "wanna", "me"})
_WANTS_TO: Final = frozenset(
    {"want", "need", "have", "got", "used", "going", "able", "like", "hope", "nice", "good", "try", "wants", "meant"}
)
_SURELY_BEHIND: Final = frozenset({"only", "landed", "left", "available", "restocked"})
_SURELY_BEFORE: Final = frozenset(
    {"the", "no", "any", "some", "more", "fresh", "buttery", "strong", "banging", "decent"}
)
_JOINTS: Final = frozenset({"and", "or", ",", "/", "-", "+", "&", ".", "\n", "|", "\u2022"})
_AND_THAT_IS_ENGLISH_TOO: Final[Mapping[str, Sequence[str]]] = {"pl": ["i"], "cy": ["a"]}
"""By language the word for "and" that no gloss stands for, since it is a word of English."""
_BEHIND_POLISH_W: Final = frozenset(
    {"i", "today", "tonight", "now", "from", "to", "until", "is", "are", "on", "ready", "available", "all", "fresh"}
    | {"good", "best", "new", "strong", "for", "ring", "call", "text", "already"}
)
"""Words, as English ones, before which the Polish "w" is no "in"."""
_MAX_DIGITS: Final = 2
_MAX_BETWEEN: Final = 4
"""Tokens, marks and spaces included, that may stand between two things of a list."""


class DrugLetters:
    """Knows where a letter is a drug.

    Args:
        lexicons: The pattern lexicon ``drug_grammar``.
        amounts: Counts and prices.
    """

    def __init__(self, lexicons: Lexicons, amounts: DrugAmounts) -> None:
        self._amounts = amounts
        self._before = lexicons.terms(LexiconKind.PATTERN, "letter_before")
        self._behind = lexicons.terms(LexiconKind.PATTERN, "letter_behind")
        self._no_be = lexicons.terms(LexiconKind.PATTERN, "letter_no_be")

    def is_drug(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        """Whether a letter can stand for a drug where it stands; ``terms`` are the drug terms of the text."""
        letter, at = reading.words[term.first], term.first
        if _is_polish_in(reading, at):
            return False
        before, after = _word_at(reading, at - 1), _word_at(reading, at + 1)
        if after == ")" and before != "(":
            # of a list: "a) flake b) weed"
            return False
        is_joined = before in _AND_THAT_IS_ENGLISH_TOO.get(reading.language, ())
        if _is_initial(reading, at) or (not is_joined and self._is_other_word(letter, before, after)):
            return False
        if _has_partner_beside(reading, term, terms) or self._amounts.has_amount(reading, term):
            return True
        is_end = not after or not after[0].isalnum()
        if is_end or after in self._behind or after.isdigit():
            return self._is_wanted(reading, at, before, terms) or after in _SURELY_BEHIND
        return before in _SURELY_BEFORE

    def _is_wanted(self, reading: Reading, at: int, before: str, terms: Sequence[Term]) -> bool:
        """Whether what stands before a letter, or a partner elsewhere in the text, makes it a thing."""
        letter = reading.words[at]
        partners = _PARTNERS.get(letter, _NONE)
        if any(is_letter(reading, other) and reading.words[other.first] in partners for other in terms):
            return True
        if at and is_price(reading, at - 1):
            return True
        if before.isdigit():
            is_to_be = before == "2" and at > 1 and reading.words[at - 2] in _WANTS_TO
            is_thousand = letter == "k" and reading.ends[at - 1] == reading.starts[at]
            is_taken = reading.is_taken(reading.starts[at - 1], reading.ends[at - 1])
            return len(before) <= _MAX_DIGITS and not (is_to_be or is_thousand or is_taken)
        return before in self._amounts.counts or before in self._before

    def _is_other_word(self, letter: str, before: str, after: str) -> bool:
        """Whether a letter is "be" or "see" by what stands beside it."""
        if letter == "b":
            return before in self._no_be and not before.isdigit()
        return letter == "c" and (after in _SEE or before in _BEFORE_SEE)


def is_letter(reading: Reading, term: Term) -> bool:
    """Whether a term is a single letter or sign."""
    return reading.ends[term.last - 1] - reading.starts[term.first] == 1


def is_listed(reading: Reading, term: Term, other: Term) -> bool:
    """Whether two terms stand side by side in a list: with "and", "or" or a mark between them."""
    if other.first == term.first:
        return False
    one, two = (term, other) if term.first < other.first else (other, term)
    if two.first - one.last > _MAX_BETWEEN:
        return False
    words = reading.glossed or reading.words
    gap = [word for word in words[one.last : two.first] if word.strip(" ")]
    return _is_joint(gap) or gap == _AND_THAT_IS_ENGLISH_TOO.get(reading.language)


def _is_joint(gap: Sequence[str]) -> bool:
    return not gap or (len(gap) == 1 and (gap[0] in _JOINTS or gap[0].isdigit()))


def _has_partner_beside(reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
    """Whether another drug stands beside a letter, with no more than "and" or a mark between them."""
    partners = _PARTNERS.get(reading.words[term.first], _NONE)
    for other in terms:
        if len(other.entry.canonical) > 1 or not is_listed(reading, term, other):
            continue
        if is_letter(reading, other):
            if reading.words[other.first] in partners and not _is_polish_in(reading, other.first):
                return True
            continue
        # "w flake" is "with flake"; a list of the party kind runs on without marks: "md k acid".
        is_apart = abs(other.first - term.first) > max(term.last - term.first, other.last - other.first)
        if other.entry.canonical != term.entry.canonical and (is_apart or term.entry.joins == "party"):
            return True
    return False


def _is_initial(reading: Reading, at: int) -> bool:
    """Whether a letter stands beside another one that is not its partner: ``K.D``, ``T K``, ``h o w a y``."""
    partners = _PARTNERS.get(reading.words[at], _NONE)
    run = {reading.words[at]}
    for step in (-1, 1):
        place, near = _letter_near(reading, at, step)
        if near and near not in partners and near not in _NO_INITIALS:
            return True
        for _ in range(_MAX_RUN):
            if not near:
                break
            run.add(near)
            place, near = _letter_near(reading, place, step)
    joint = _AND_THAT_IS_ENGLISH_TOO.get(reading.language, ())
    strangers = run - partners - _RUN_ALLOWED - {reading.words[at], *joint}
    return len(run) >= _MIN_RUN and bool(strangers)


def _is_polish_in(reading: Reading, at: int) -> bool:
    """Whether a W is the Polish "in": "grupa B i w piatek", but "b i w dzis"."""
    if reading.language != "pl" or reading.words[at] != "w" or reading.glossed is None:
        return False
    after = next((word for word in reading.glossed[at + 1 : at + 3] if word.strip()), "")
    return after.isalpha() and after not in _BEHIND_POLISH_W


def _letter_near(reading: Reading, at: int, step: int) -> tuple[int, str]:
    """Return the single letter beside a token, with no more than a space or a mark between them, and its place."""
    near = at + step
    tokens = reading.tokens
    if 0 <= near < len(tokens) and tokens[near] in _RUN_MARKS:
        near += step
    if not 0 <= near < len(tokens):
        return near, ""
    token = tokens[near]
    return near, token.lower() if len(token) == 1 and token.isalpha() else ""


def _word_at(reading: Reading, at: int) -> str:
    return reading.words[at] if 0 <= at < len(reading.words) else ""
