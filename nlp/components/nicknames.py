"""Nicknames: the brand that a text goes by, wherever it stands in it.

Patterns over normal forms propose names, each with a strength; the strongest counts, and only in an advert
(``decisions``). A pattern says how a brand introduces itself, never which names there are: any word will do before
"line", while a first word or a sign-off must not be an ordinary word. People who are greeted or named otherwise are
not the line. The words that patterns look for are data (``config/lexicons/patterns.toml``).
"""

from __future__ import annotations

import re
from typing import Final

from nlp.components.adverts import can_still_be_advert
from nlp.components.component import Component
from nlp.hints import LETTER_APART
from nlp.lexicons import LexiconKind, Lexicons
from nlp.names import canonical_name
from nlp.readings import Name, Reading
from nlp.word_table import WordTable
from parsers.records.findings import SpanKind

RULE: Final = "nicknames/1"

_SPACED = re.compile(r"(?<![\w'])[a-z](?:\W{1,2}[a-z]){2,8}(?![\w'])")
_NAME_SHAPE = re.compile(r"[^\W\d_][\w'$@]{1,14}$")
_LETTER_NAMES = frozenset("BCDEFGHJLMNOPQSTVWZ")
"""Capitals that are no word of their own in a message (A, I, K, R, U, X, Y are)."""

_KISSES = frozenset({"x", "xx", "xo"})
_PLACE_WORDS = frozenset({"in", "at", "the", "of", "near", "with", "to", "by"})
_SELVES = frozenset({"boy", "girl", "man", "lad"})
_NUMBER_NOUNS = frozenset({"number", "line", "digits"})
_MAX_PROPOSED = 24
"""Names proposed in one text; more are not looked at, so that a long text costs no more than a short one."""

_MAX_DETERMINERS = 4
_FROM_TAIL_WORDS = 5
"""How near the end "from X" must stand to be a signature."""


class Nicknames(Component):
    """Finds the name that a text goes by."""

    def __init__(self, lexicons: Lexicons) -> None:
        terms = lexicons.terms
        self._never = terms(LexiconKind.NOT_NAME, "never")
        self._never_before_line = terms(LexiconKind.NOT_NAME, "before_line") | self._never
        self._fillers = terms(LexiconKind.FILLER)
        self._ordinary = terms(LexiconKind.KNOWN_WORD) | self._never | self._fillers
        self._ordinary |= frozenset(word for term in terms(LexiconKind.CUE) for word in term.split())
        single = (LexiconKind.DRUG, LexiconKind.STOCK, LexiconKind.LOOKALIKE)
        self._taken = frozenset(term for kind in single for term in terms(kind) if " " not in term)
        self._prefixes = terms(LexiconKind.PATTERN, "name_prefix")
        self._suffixes = terms(LexiconKind.PATTERN, "name_suffix")
        self._followers = terms(LexiconKind.PATTERN, "name_follower")
        self._weak_followers = terms(LexiconKind.PATTERN, "name_weak_follower")
        self._inner_followers = terms(LexiconKind.PATTERN, "name_inner_follower")
        self._crews = terms(LexiconKind.PATTERN, "name_crew")
        self._intros = terms(LexiconKind.PATTERN, "name_intro")
        self._determiners = terms(LexiconKind.PATTERN, "name_determiner")
        self._calls = terms(LexiconKind.PATTERN, "name_call")
        self._line_words = terms(LexiconKind.PATTERN, "name_line")
        self._openers = terms(LexiconKind.PATTERN, "opener")
        self._no_names = self._never | self._taken | self._ordinary
        self._introducing = self._line_words | self._intros | self._calls | _SELVES | {"is", "for", "4", "from"}

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not can_still_be_advert(reading):
            return
        table = WordTable(reading, self._openers)
        if not table.words:
            return
        found = [name for name in (self._spaced_name(reading), self._sign_off(table)) if name is not None]
        self._propose(table, found)
        if not found and self._is_name(table, 0) and table.is_capitalised(0) and not table.is_shouted:
            found.append(table.name(0, self._last_of(table, 0), 1.0, f"{RULE}:first-word"))
        if found:
            reading.name = _strongest(found)

    def _propose(self, table: WordTable, found: list[Name]) -> None:
        """Add the names that single words propose; most words are ordinary and are passed over at once."""
        last = len(table.words) - 1
        for at, word in enumerate(table.words):
            if len(found) >= _MAX_PROPOSED:
                break
            name = self._introduced(table, at) if word in self._introducing else None
            if name is None and at < last and (word not in self._no_names or table.words[at + 1] in self._followers):
                name = self._before_follower(table, at)
            if name is not None:
                found.append(name)

    def _introduced(self, table: WordTable, at: int) -> Name | None:
        """Return the name that a word introduces: "X line", "its X", "new number for X", "ring X", "from X"."""
        word, before = table.words[at], table.word(at - 1)
        if word in self._line_words and at and self._may_be_before_line(table, at - 1):
            return table.name(self._first_of(table, at - 1), at, 6.0, f"{RULE}:x-line", through=at + 1)
        if word in self._intros or (word == "is" and before in {"this", "it"}):
            return self._after_intro(table, at + 1, 5.0, "its-x")
        if word in {"for", "4"} and before in {*_NUMBER_NOUNS, "ask"}:
            return self._after_intro(table, at + 1, 5.0, "number-for-x")
        is_from = word == "from" and at >= len(table.words) - _FROM_TAIL_WORDS
        if is_from or (word in _SELVES and before == "your"):
            return self._after_intro(table, at + 1, *((2.5, "from-x") if is_from else (4.5, "your-boy-x")))
        is_called = word in self._calls and table.word(at + 1) not in self._calls
        if is_called and at + 1 < len(table.words) and self._is_name(table, at + 1):
            return table.name(at + 1, self._last_of(table, at + 1), 3.5, f"{RULE}:call-x")
        return None

    def _before_follower(self, table: WordTable, at: int) -> Name | None:
        """Return a name before "on", "back", "here" or "new number", or alone in its clause."""
        after, second = table.word(at + 1), table.word(at + 2)
        is_letter = self._is_letter_name(table, at)
        if not after or not (is_letter or self._is_name(table, at)):
            return None
        starts = table.starts_clause(self._first_of(table, at))
        if is_letter and not starts:
            return None
        if starts and after == "here":
            rule, strength = "x-here", 5.0
        elif after == "new" and second in _NUMBER_NOUNS:
            rule, strength = "x-new-number", 5.0
        elif starts and self._is_said_to_be_on(table, at):
            rule, strength = "x-on", 4.0
        elif starts and after in self._weak_followers and not table.has_stop_between(at):
            rule, strength = "x-has", 3.8
        elif after in self._inner_followers and table.is_capitalised(at) and not table.is_shouted:
            rule, strength = "x-is", 3.0
        elif starts and table.ends_clause(at):
            rule, strength = "x-alone", 3.0
        else:
            return None
        return table.name(self._first_of(table, at), at + 1, strength, f"{RULE}:{rule}")

    def _is_said_to_be_on(self, table: WordTable, at: int) -> bool:
        """Whether the words behind a name say that it serves: "on", "is back", "and the boys"."""
        after, second = table.word(at + 1), table.word(at + 2)
        if after in self._followers and not table.has_stop_between(at):
            return True
        return (after == "is" and second in self._followers) or (after == "and" and second in self._crews)

    def _after_intro(self, table: WordTable, at: int, strength: float, rule: str) -> Name | None:
        """Return the name behind an introduction, determiners between them not counted: "its da real BILLY"."""
        for _ in range(_MAX_DETERMINERS):
            word = table.word(at)
            is_prefix = word in self._prefixes and at + 1 < len(table.words) and self._is_name(table, at + 1)
            if word not in self._determiners or is_prefix:
                break
            at += 1
        if at >= len(table.words) or not self._is_name(table, at, allow_ordinary=table.is_capitalised(at)):
            return None
        return table.name(at, self._last_of(table, at), strength, f"{RULE}:{rule}")

    def _sign_off(self, table: WordTable) -> Name | None:
        """Return the name at the end of a text: behind a mark or a line break, or written with a capital."""
        at = len(table.words) - 1
        while at > 0 and table.words[at] in _KISSES:
            at -= 1
        if at <= 0 or table.is_marked(at):
            return None
        raw = table.raw(at)
        if len(raw) == 1 and raw.isalpha() and raw.isupper() and table.has_stop_between(at - 1):
            return table.name(at, at + 1, 3.4, f"{RULE}:initial")
        first = self._first_of(table, at)
        if first == 0 or not (self._is_name(table, at) or (first < at and self._is_name(table, first))):
            return None
        if table.starts_clause(first):
            return table.name(first, at + 1, 3.6, f"{RULE}:sign-off")
        stands_out = table.is_capitalised(first) and not table.is_shouted
        if stands_out and table.words[first - 1] not in _PLACE_WORDS:
            return table.name(first, at + 1, 2.0, f"{RULE}:last-word")
        return None

    def _spaced_name(self, reading: Reading) -> Name | None:
        """Return a name whose letters stand apart: ``R I C O``, ``R.I.C.O``."""
        match = _SPACED.search(reading.shadow.lower) if reading.hints & LETTER_APART else None
        if match is None:
            return None
        letters = "".join(char for char in match.group() if char.isalpha())
        is_drug = any(
            mark.kind is SpanKind.DRUG and mark.start < match.end() and match.start() < mark.end
            for mark in reading.marks
        )
        if is_drug or letters in self._ordinary or letters in self._taken:
            return None
        after = reading.words[min(reading.token_at(match.end()), len(reading.words) - 1)]
        rule = "spaced-letters-on" if after in self._followers else "spaced-letters"
        return Name(canonical_name(letters), match.start(), match.end(), 4.5, f"{RULE}:{rule}")

    def _is_name(self, table: WordTable, at: int, *, allow_ordinary: bool = False) -> bool:
        """Whether a word can be a name: a word of letters that is no ordinary word."""
        word = table.words[at]
        if word in self._no_names:
            is_allowed = allow_ordinary and not (word in self._never or word in self._taken or word in self._fillers)
            if not is_allowed:
                return False
        return _NAME_SHAPE.match(word) is not None and not table.is_marked(at)

    def _is_letter_name(self, table: WordTable, at: int) -> bool:
        """Whether a word is a single capital that serves: "T up n about"."""
        raw = table.raw(at)
        return len(raw) == 1 and raw in _LETTER_NAMES and table.word(at + 1) in self._followers

    def _may_be_before_line(self, table: WordTable, at: int) -> bool:
        word = table.words[at]
        return _NAME_SHAPE.match(word) is not None and word not in self._never_before_line and not table.is_marked(at)

    def _first_of(self, table: WordTable, at: int) -> int:
        """Return where a name that ends at a word begins: ``Scouse Ty``, ``Tee Tee``, ``Danny boy``."""
        if not at or table.has_mark_between(at - 1):
            return at
        before = table.words[at - 1]
        if before in self._prefixes or before == table.words[at]:
            return at - 1
        belongs = table.words[at] in self._suffixes or self._is_title_pair(table, at - 1)
        return at - 1 if belongs and self._is_name(table, at - 1) else at

    def _last_of(self, table: WordTable, at: int) -> int:
        """Return the word behind a name that begins at a word."""
        following = at + 1
        if following >= len(table.words) or table.has_mark_between(at):
            return following
        word = table.words[following]
        is_same = word == table.words[at] or word in self._suffixes
        belongs = table.words[at] in self._prefixes or self._is_title_pair(table, at)
        return following + 1 if is_same or (belongs and self._is_name(table, following)) else following

    def _is_title_pair(self, table: WordTable, at: int) -> bool:
        """Whether a word and the next both begin with a capital, in a text where that says something."""
        return table.is_capitalised(at) and table.is_capitalised(at + 1) and not table.is_shouted


def _strongest(found: list[Name]) -> Name:
    """Return the strongest name; among equals the one that is proposed most often, then the first."""
    counts: dict[str, int] = {}
    for name in found:
        counts[name.canonical] = counts.get(name.canonical, 0) + 1
    return max(found, key=lambda name: (name.strength, counts[name.canonical], -name.start))
