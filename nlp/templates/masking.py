"""Masking: a text as constants and typed slots, ``{line} on both {deal} bell me``.

Constants are normal forms, so that case, stretched letters, SMS spellings, punctuation and emoji make no difference; a
greeting at the head of a text (``openings``) and kisses are left out.
Names of settlements and days of the week are slots too, whether the text is an advert or not: one wording goes to many
towns, on many days. Where to go in a town (``the flats``, ``Elm Road``) is one where a text offers or names something.
Slots of one kind that stand side by side are one slot: a text with three deals has the template of a text with one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from spacy.attrs import NORM
from spacy.language import Language

from nlp.components.component import Component
from nlp.components.places import Places
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Name, Reading
from nlp.templates.figures import FILLS
from nlp.templates.ids import template_id
from nlp.templates.openings import Openings
from nlp.words.remembered import Remembered
from nlp.words.spelling import MAX_WORD, THREE_OR_MORE
from parsers.records.findings import SpanKind

_SLOT_OF_KIND: Final = {
    SpanKind.NUMBER: "number",
    SpanKind.PRICE: "deal",
    SpanKind.DRUG: "drug",
    SpanKind.HOURS: "time",
}
_NO_PLACES: Final = (LexiconKind.ORDINARY, LexiconKind.KNOWN_WORD, LexiconKind.FIRST_NAME)
"""Kinds whose words are no place in a template, town or not: ``deal``, ``reading``, ``barry``."""
_LINK = re.compile(
    r"(?:https?://|(?<![\w.])www\.)\S{1,200}|(?<![\w@.-])[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){1,3}/\S{0,200}"
)
_NAMES: Final = (LexiconKind.FIRST_NAME, LexiconKind.TOWN, LexiconKind.SETTLEMENT)
_WORDS: Final = (*_NAMES, LexiconKind.KNOWN_WORD, LexiconKind.EVERYDAY)
"""Kinds of whose words none is another's with its last letter held down: ``wee``, ``Ann``."""
_VOWEL: Final = re.compile("[aeiouy]")
_KISSES = re.compile(r"x{3,}")
_CODE = re.compile(r"[0-9]{3}")
"""Three digits in a row inside a word: a reference, an order, a ticket (``ref4711``), another in every text."""
_DOUBLED_END: Final = re.compile(r"[^\W\d_]([^\W\d_])\1$")
_NOT_HELD: Final = frozenset({"bee", "hiss", "inn", "noo", "thee"})
"""Words that none of these has, and that end in a letter twice."""
_TWICE: Final = re.compile(r"(.)\1+")
_PRIORITY: Final = ("link", "line", "number", "deal", "time", "drug", "place")
_OFFERING: Final = frozenset({"line", "deal", "drug"})
"""Slots beside which a place near by is another each day, and who is called at the end another in each copy; in talk
("im at the station", "see you mate") it is what is said."""
SLOT_KINDS: Final = {
    "line": "line",
    "number": "number",
    "deal": "price",
    "drug": "drug",
    "time": "time",
    "digits": "number",
    "link": "free",
    "place": "place",
}
"""Kind of each slot in the words of the report's contract."""

MAX_TEMPLATE = 1000
"""Longest template text, in code points, that a finding holds; the id is of the whole."""


_DIGITS: Final = "{digits}"
_SLOT_OF_WORD: Final = {"{place}": "place", "{time}": "time"}
"""Slots that single words are by themselves."""

_NO_CONSTANTS: Final = frozenset({_DIGITS, *_SLOT_OF_WORD})
_LEAST_DAY: Final = 5
_SHORT_DAYS: Final = frozenset({"mon", "tue", "tues", "weds", "thu", "thur", "fri"})
"""Days of fewer letters that are no other words, as "sat", "sun" and the Welsh "sul" are."""
_WEEKENDS: Final = frozenset({"weekend", "weekends", "wkend", "wknd"})
_OF_A_DAY: Final = frozenset({"the", "this", "all"})
"""Before a day or a weekend, and part of the slot: "all monday", "all the weekend" and "this friday" are times."""

_BEST_OF: Final = ("best", "of")
"""Before a drug, and part of the slot: who has both has "best of both"; not in "the best of both worlds"."""
_BEHIND_BEST: Final = frozenset({"bell", "ring", "call", "text", "shout", "buzz", "holla", "message", "come", "about"})
"""Words that go on behind the drug with something new: "best of both ring me", "best of both about"."""
_SPOT_ON: Final = ("spot", "on")
_LEAST_DECORATED: Final = 2
"""Constant words of a text that a picture behind it decorates."""
_OFFERING_NEXT: Final = frozenset({
    "on", "in", "got", "get", "of", "for", "with", "some", "the", "and", "or", "new", "more", "have", "has", "need",
    "want", "no", "only", "just", "best",
})  # fmt: skip
"""Words behind which a picture of a drug stands for it."""

_OF_DEAL_ALONE: Final = frozenset({"{deal}", "{time}", "{digits}"})
"""Of a text that is nothing but a deal and its hours: "2-15 all day", "3 for 75 next hour only". Every line sends
such, so that their hours tell them apart."""


class Masking(Component):
    """Fills template, slots and template id of the reading."""

    def __init__(self, pipeline: Language, lexicons: Lexicons) -> None:
        self._normal: Callable[[str], str] = pipeline.vocab.lex_attr_getters[NORM]  # type: ignore[attr-defined]  # as in ``nlp.components.terms``
        self._constants = Remembered(self._constant_of, MAX_WORD)
        self._left_out = lexicons.terms(LexiconKind.FILLER, "decoration")
        self._openings = Openings(lexicons)
        self._after_for = lexicons.terms(LexiconKind.PATTERN, "after_for")
        self._after_to = lexicons.terms(LexiconKind.PATTERN, "after_to")
        self._function_words = lexicons.terms(LexiconKind.PATTERN, "function_word")
        self._words = _NOT_HELD.union(*(lexicons.terms(kind) for kind in _WORDS))
        self._ending_in_ing = frozenset(
            entry.term for entry in lexicons.entries if entry.term.endswith("ing") and entry.kind not in _NAMES
        )
        self._before_one = lexicons.terms(LexiconKind.PATTERN, "before_one")
        others = frozenset[str]().union(*(lexicons.terms(kind) for kind in _NO_PLACES))
        others |= lexicons.terms(LexiconKind.PATTERN, "place_and_word")
        days = lexicons.terms(LexiconKind.PATTERN, "amount_day_name")
        self._days = _WEEKENDS.union(day for day in days if len(day) >= _LEAST_DAY or day in _SHORT_DAYS)
        self._near = Places(lexicons).near
        self._places = (lexicons.terms(LexiconKind.TOWN) | lexicons.terms(LexiconKind.SETTLEMENT)) - others

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        parts: list[str] = []
        slots: list[tuple[str, str]] = []
        stretches = _stretches(reading, self._near)
        first_slot = bisect_right(reading.ends, stretches[0][0]) if stretches else len(reading.words)
        at = self._openings.length(reading.words, reading.is_word, first_slot, _name_places(reading, stretches))
        pictured: tuple[int, int] | None = None
        for start, end, slot in stretches:
            first = bisect_right(reading.ends, start, at)
            if first == len(reading.words) or reading.starts[first] >= end:
                # The token that it touches went with the stretch before it.
                continue
            self._add_words(reading, at, first, parts, slots)
            before = len(parts), len(slots)
            _add_slot(parts, slot, is_joined=True)
            slots.append((slot, reading.surface(start, end)))
            if slot != "drug" or any(map(str.isalnum, reading.shadow.text[start:end])):
                pictured = None
            elif len(parts) > before[0]:
                pictured = before
            at = bisect_left(reading.starts, end, first)
        self._add_words(reading, at, len(reading.words), parts, slots)
        if pictured is not None and pictured[0] == len(parts) - 1 and _is_decorated(parts[:-1]):
            del parts[pictured[0] :], slots[pictured[1] :]
        parts = _without_best_of(parts)
        if any(slot in _OFFERING for slot, _ in slots):
            del parts[len(parts) - self._openings.called_at_end(parts) :]
        if not parts:
            # Nothing but marks or emoji: those are the wording then.
            parts = [word for word in reading.words if word.strip()]
        said = self._hours_said(reading, stretches) if _OF_DEAL_ALONE.issuperset(parts) else []
        reading.template_id = template_id([*parts, *said])
        reading.template = " ".join(parts)[:MAX_TEMPLATE]
        reading.slots = tuple(slots)

    def _add_words(
        self, reading: Reading, first: int, last: int, parts: list[str], slots: list[tuple[str, str]]
    ) -> None:
        """Add the tokens ``first`` to ``last``, ``last`` not included, none of which is masked."""
        constants = self._constants
        found = [constants[token] for token in reading.tokens[first:last]]
        if _NO_CONSTANTS.isdisjoint(found):
            parts += filter(None, found)
            return
        for at, constant in enumerate(found, first):
            if constant == _DIGITS:
                self._add_digits(reading, at, parts, slots)
            elif constant in _SLOT_OF_WORD:
                slot = _SLOT_OF_WORD[constant]
                while slot == "time" and parts and parts[-1] in _OF_A_DAY:
                    parts.pop()
                _add_slot(parts, slot, is_joined=True)
                slots.append((slot, reading.surface(reading.starts[at], reading.ends[at])))
            elif constant:
                parts.append(constant)

    def _hours_said(self, reading: Reading, stretches: Sequence[tuple[int, int, str]]) -> list[str]:
        """Return the words of the hours of a text, figures left out: what tells it where all else is slots."""
        spans = [reading.tokens_of(start, end) for start, end, slot in stretches if slot == "time"]
        tokens = [reading.tokens[at] for span in spans for at in range(span.start, span.stop)]
        said = [self._constants[token] for token in tokens if not token[0].isdigit()]
        return [_TWICE.sub(r"\1", word) for word in said if word and word[0] != "{" and word not in FILLS]

    def _constant_of(self, token: str) -> str:
        """Return what a token is in a template: its normal form, a slot; empty: it is left out."""
        if not token[0].isalnum():
            return ""
        word = self._plainest(token, self._normal(token))
        if word[0].isdigit() or _CODE.search(token):
            return _DIGITS
        if word in self._places:
            return "{place}"
        if word in self._days:
            return "{time}"
        return "" if word in self._left_out or _KISSES.fullmatch(word) else word

    def _plainest(self, token: str, word: str) -> str:
        """Return the normal form of a token as everybody else spells it: "theee" is no "thee", "doin" is "doing"."""
        if word.endswith("in") and f"{word}g" in self._ending_in_ing and _VOWEL.search(word[:-2]):
            return f"{word}g"
        low = token.lower()
        if len(set(low)) == len(low):
            return word
        single = THREE_OR_MORE.sub(r"\1", low)
        if single == low and _DOUBLED_END.search(low) and low not in self._words:
            single = low[:-1]
        is_plainer = single != low and single in self._function_words and word not in self._function_words
        return single if is_plainer else word

    def _add_digits(self, reading: Reading, at: int, parts: list[str], slots: list[tuple[str, str]]) -> None:
        """Add a token that begins with a digit, or a code: as the word that it stands for, else as a slot."""
        word = reading.words[at]
        following = self._constants[reading.tokens[at + 1]] if at + 1 < len(reading.tokens) else ""
        if word == "4" and following in self._after_for:
            parts.append("for")
        elif word == "2" and following in self._after_to:
            parts.append("to")
        elif word == "1" and parts and parts[-1] in self._before_one:
            parts.append("one")
        else:
            _add_slot(parts, "digits", is_joined=False)
            slots.append(("digits", reading.surface(reading.starts[at], reading.ends[at])))


def _without_best_of(parts: list[str]) -> list[str]:
    """Return the parts without the "best of" that belongs to a drug."""
    found: list[str] = []
    for at, part in enumerate(parts):
        if part == "{drug}" and tuple(found[-2:]) == _BEST_OF and found[-3:-2] != ["the"]:
            behind = parts[at + 1 : at + 2]
            if not behind or behind[0][:1] == "{" or behind[0] in _BEHIND_BEST:
                del found[-2:]
                _add_slot(found, "drug", is_joined=True)
                continue
        found.append(part)
    return found


def _is_decorated(parts: Sequence[str]) -> bool:
    """Whether a picture of a drug behind these parts decorates what is said: ``call me`` and a snowflake.

    Not where it is what is offered: ``on`` and a snowflake, or a name and nothing else before it.
    """
    said = sum(part[:1] != "{" for part in parts)
    return said >= _LEAST_DECORATED and (parts[-1] not in _OFFERING_NEXT or tuple(parts[-2:]) == _SPOT_ON)


def _stretches(reading: Reading, places_in: Callable[[Reading], list[tuple[int, int]]]) -> list[tuple[int, int, str]]:
    """Return what is masked, in order of position, without overlaps: the line before numbers, prices before times."""
    proposed = [
        (mark.start, mark.end, _SLOT_OF_KIND[mark.kind])
        for mark in (*reading.marks, *reading.set_aside)
        if mark.kind in _SLOT_OF_KIND
    ]
    name = reading.name or reading.name_aside
    if name is not None:
        proposed.append((name.start, name.end, "line"))
        proposed.extend(_repeats_of_name(reading, name))
    low = reading.shadow.lower
    if "http" in low or "www." in low or "/" in low:
        proposed.extend((match.start(), match.end(), "link") for match in _LINK.finditer(low))
    if not proposed:
        return []
    if any(slot in _OFFERING for _, _, slot in proposed):
        proposed.extend((start, end, "place") for start, end in places_in(reading))
    proposed.sort(key=lambda item: (_PRIORITY.index(item[2]), item[0], -item[1]))
    taken = bytearray(len(reading.shadow.text))
    kept: list[tuple[int, int, str]] = []
    for start, end, slot in proposed:
        if b"\x01" not in taken[start:end]:
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end, slot))
    kept.sort()
    return kept


def _name_places(reading: Reading, stretches: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return first and one past the last token of each stretch that is the line's name."""
    return [
        (bisect_right(reading.ends, start), bisect_left(reading.starts, end))
        for start, end, slot in stretches
        if slot == "line"
    ]


def _repeats_of_name(reading: Reading, name: Name) -> list[tuple[int, int, str]]:
    """Return the further places where the words of the name stand."""
    first, last = reading.token_at(name.start), reading.token_at(name.end - 1) + 1
    words = [word for word in reading.words[first:last] if word != "line"]
    if not words:
        return []
    return [
        (reading.starts[at], reading.ends[at + len(words) - 1], "line")
        for at in range(len(reading.words) - len(words) + 1)
        if reading.words[at : at + len(words)] == words
    ]


def _add_slot(parts: list[str], slot: str, *, is_joined: bool) -> None:
    """Add a slot; one that follows its like, or its like and "and", is the same slot."""
    name = f"{{{slot}}}"
    if is_joined and parts:
        if parts[-1] == name:
            return
        if len(parts) > 1 and parts[-1] == "and" and parts[-2] == name:
            parts.pop()
            return
    parts.append(name)
