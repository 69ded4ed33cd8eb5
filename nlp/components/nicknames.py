"""Nicknames: the brand that a text goes by, wherever it stands in it.

Every word and every two words that may be a name are weighed against each other and against "no name" by a trained
model (``name_model``): by what the word is, how it is written, and what stands before and behind it. Any word can
be a name; the words that the model looks for are data (``config/lexicons``). The finder is right only in an advert,
and its name counts only there (``decisions``). The rule says what about its place gave the name.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import chain
from typing import Final

from nlp.components.adverts import BASE
from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.nicknames.letter_stretches import SPACED, stretches
from nlp.nicknames.name_asides import (
    LINE_WORDS,
    CalendarWords,
    is_of_before,
    is_of_day,
    is_of_measure,
    is_of_weather,
    with_behind_lent,
    with_greeted_below,
    with_joined_below,
    without_g,
)
from nlp.nicknames.name_context import NameContext
from nlp.nicknames.name_endings import Surroundings, without_endings
from nlp.nicknames.name_features import Candidate, candidates, every_candidate, text_parts
from nlp.nicknames.name_figures import figures_at
from nlp.nicknames.name_former import with_former_lent
from nlp.nicknames.name_forms import name_key
from nlp.nicknames.name_model import NameModel
from nlp.nicknames.name_offered import with_offered_lent
from nlp.nicknames.name_spelled import figures, is_picture, letters_apart, letters_masked, runs_at, words_of_pieces
from nlp.nicknames.name_strays import is_stray, stray_words
from nlp.nicknames.name_weights import end_of_name, with_greeting_below
from nlp.nicknames.name_words import EVERYDAY, NamePhrases, NameWord, WordGrader
from nlp.nicknames.names import canonical_name
from nlp.nicknames.word_table import MASK, KnownWords, WordTable
from nlp.readings import Name, Reading
from nlp.words.hints import LETTER_APART
from nlp.words.remembered import Remembered
from parsers.records.findings import SpanKind

RULE: Final = "nicknames/2"
_FEWEST_APART: Final = 2
_MAX_SPACED: Final = 4
"""Stretches of letters apart that are looked at in one text."""
_NO_LETTERS_OVER: Final = frozenset({SpanKind.PRICE, SpanKind.NUMBER, SpanKind.HOURS})
_MASKS_NOT: Final = frozenset({"price", "number", "hours", "drug"})
_UNMASKED: Final = {"!": "i", "|": "l"}
"""Letters that signs between letters stand for; another sign stands for none that is known."""
_MOST_PIECES: Final = 4
_PIECE: Final = EVERYDAY["person"]
"""How everyday words are at least that a picture may stand between in place of a blank."""
_SHORTEST_OVER_DRUG: Final = 4
"""Letters apart that are a name though some of them stand for drugs: ``W H I S T L E``, not ``b n w``."""

_SOLD_BEHIND: Final = re.compile(r"\W(?:b ?(?:n|&|and|/) ?w|w ?(?:n|&|and|/) ?b)(?!\w)")
_LONGEST_KEPT: Final = 40
"""Code points of a name whose canonical form and key are remembered."""

_SHORT: Final = 8
_SHORTEST: Final = 4
"""Tokens up to which a text is looked at whatever it says."""

_HOPELESS: Final = -2.5
"""Log-odds of an advert, by the rules without the name, below which a text without a price, a drug, a number or hours
is not looked at before it is known to be an advert: 2 adverts in 100 that name a line, two thirds of personal texts.
"""
_HOPELESS_SHORT: Final = -3.5
"""The same of a short text."""
_HOPELESS_MARKED: Final = -4.5
"""The same of a longer text with a price, a drug, a number or hours."""

_NAMING: Final = frozenset(
    {"start", "l:intro", "l:from", "l:real", "l:boy", "l:numfor", "l:askfor", "l:call", "l:greet", "l:with", "l:new"}
)
"""What stands before a name that is a word too."""
_OF_OFFERS: Final = frozenset({"g:W", "g:S", "r:menu"})
"""Behind such a word where it is none: ``max strength``."""
_DEFINITE: Final = "the"
_SERVING: Final = frozenset({"r:on", "r:open", "r:back", "r:off"})
_RULE_OF_LEFT: Final = {
    "l:intro": "its-x", "l:numfor": "number-for-x", "l:boy": "your-boy-x", "l:call": "call-x", "l:askfor": "call-x",
    "l:from": "from-x", "l:real": "real-x",
}  # fmt: skip
_RULE_OF_RIGHT: Final = {
    "r:here": "x-here", "r:new": "x-new-number", "r:has": "x-has", "r:does": "x-has", "r:is": "x-is",
    "r:menu": "x-menu",
}  # fmt: skip


def is_hopeless(reading: Reading) -> bool:
    """Whether a text is not worth the time that finding its name takes while nothing says that it is an advert."""
    count = len(reading.words)
    if count <= _SHORTEST or (count <= _SHORT and reading.marks):
        return False
    most = _HOPELESS_MARKED if reading.marks else _HOPELESS if count > _SHORT else _HOPELESS_SHORT
    return BASE + sum([cue.weight for cue in reading.cues]) < most


class Nicknames(Component):
    """Finds the name that a text goes by."""

    def __init__(self, lexicons: Lexicons, model: NameModel) -> None:
        phrases = NamePhrases(lexicons)
        self._model = model
        self._grader = WordGrader(lexicons, model.vocabulary, phrases)
        self._known = KnownWords(self._grader)
        self._context = NameContext(phrases)
        self._lists = self._grader.lists
        self._greetings = lexicons.terms(LexiconKind.PATTERN, "opening")
        self._vocatives = lexicons.terms(LexiconKind.PATTERN, "opening_vocative")
        self._called = lexicons.terms(LexiconKind.PATTERN, "name_called")
        self._staff = lexicons.terms(LexiconKind.PATTERN, "name_staff")
        self._also_words = lexicons.terms(LexiconKind.PATTERN, "name_also_word")
        self._days = CalendarWords(*(lexicons.terms(LexiconKind.PATTERN, name) for name in ("name_day", "name_feast")))
        self._offered = lexicons.terms(LexiconKind.PATTERN, "name_offered")
        self._weather = without_g(lexicons.terms(LexiconKind.PATTERN, "name_weather"))
        self._strays = stray_words(lexicons)
        self._not_first = lexicons.terms(LexiconKind.PATTERN, "name_not_first")
        self._not_last = lexicons.terms(LexiconKind.PATTERN, "name_not_last")
        self._keys = Remembered(name_key, _LONGEST_KEPT)
        self._canonical = Remembered(canonical_name, _LONGEST_KEPT)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not reading.ruled_out_by and not is_hopeless(reading):
            self._look(reading)

    def look_late(self, reading: Reading) -> None:
        """Find the name of an advert that was passed over: that it is one, only the model said."""
        if reading.is_advert and reading.name is None and is_hopeless(reading):
            self._look(reading)

    def _look(self, reading: Reading) -> None:
        table, weighed = self._weighed(reading)
        if weighed:
            most, best = max(weighed, key=_first)
            if most > self._model.threshold:
                reading.name = self._name(table, best, most)

    def names(self, reading: Reading, count: int = 3) -> list[Name]:
        """Return the likeliest names of a text, the likeliest first, sure or not: what ``shared_names`` weighs.

        A name that only a further candidate of the same spelling gives is left out.
        """
        table, weighed = self._weighed(reading)
        found: dict[str, Name] = {}
        in_order = sorted(weighed, key=_first, reverse=True)
        for odds, candidate in in_order:
            most, best = in_order[0]
            if odds < most and _is_and_said(table, best, candidate):
                continue
            name = self._name(table, candidate, odds)
            found.setdefault(name.canonical, name)
            if len(found) == count:
                break
        return list(found.values())

    def names_among(self, reading: Reading, keys: Container[str]) -> list[Name]:
        """Return where a text has names that are known from elsewhere, the likeliest place of each, likeliest first.

        Looks at words that by themselves are no candidates too: "wait on seven" where a line is known as Seven.

        Args:
            reading: The text.
            keys: ``nlp.nicknames.name_forms.name_key`` of each name.
        """
        table = self.table(reading)
        none = self._model.log_odds(text_parts(table))
        found: dict[str, Name] = {}

        def is_known(candidate: Candidate) -> bool:
            return self._keys[self.canonical(table, candidate)] in keys and not self._is_none(table, candidate)

        figured = chain(self._figures(table), self._pictured(reading, table))
        for candidate in chain(every_candidate(table, self._context, is_known), filter(is_known, figured)):
            key = self._keys[self.canonical(table, candidate)]
            name = self._name(table, candidate, self._model.log_odds(candidate.parts) - none)
            if key not in found or name.strength > found[key].strength:
                found[key] = name
        return sorted(found.values(), key=lambda name: -name.strength)

    def _weighed(self, reading: Reading) -> tuple[WordTable, list[tuple[float, Candidate]]]:
        """Return the candidates of a text, each with its log-odds above no name."""
        table = self.table(reading)
        log_odds = self._model.log_odds
        weighed: list[tuple[float, Candidate]] = []
        lent: dict[tuple[int, int], float] = {}
        for each in self.proposed(reading, table):
            if is_of_day(table, each, self._days):
                # None by itself: where others bear it, it may be a line all the same (``names_among``).
                continue
            if not self._is_none(table, each):
                weighed.append((log_odds(each.parts), each))
            elif (last := end_of_name(table, each)) < each.last:
                # "KING 10/10": what tells of both words that they are a name tells it of the first
                lent[each.first, last] = log_odds(each.parts)
            elif self._begins_as_none(table, each):
                # "Dzisiaj Robbo do 23": what tells of the two that they are a name tells it of the rest
                lent[each.first + 1, each.last] = log_odds(each.parts)
        if lent:
            weighed = [(max(odds, lent.get((each.first, each.last), odds)), each) for odds, each in weighed]
        none = log_odds(text_parts(table)) if weighed else 0.0
        weighed = [(odds - none, candidate) for odds, candidate in with_former_lent(table, weighed)]
        weighed = with_behind_lent(table, with_joined_below(table, with_greeting_below(table, weighed)))
        weighed = with_offered_lent(table, weighed, self._model.threshold, self._offered)
        return table, with_greeted_below(table, weighed, self._model.threshold)

    def _is_none(self, table: WordTable, candidate: Candidate) -> bool:
        return (
            self._is_staff(table, candidate)
            or self._is_word_here(table, candidate)
            or self._is_greeted(table, candidate)
            or self._says_what_is_done(table, candidate)
            or is_of_weather(table, candidate, self._weather)
            or is_of_measure(table, candidate)
            or end_of_name(table, candidate) < candidate.last
            or is_of_before(table, candidate)
            or is_stray(table, candidate, self._strays)
        )

    def _says_what_is_done(self, table: WordTable, candidate: Candidate) -> bool:
        """Whether a word at an end of a candidate is no part of a name: "ring Robbo 1st", "seen Robbo about".

        By itself "First" may be a brand, "1st" is none.
        """
        last = table.raw(candidate.last - 1).lower()
        if candidate.last - candidate.first == 1:
            return last in self._not_last and not last.isalpha()
        return last in self._not_last or self._begins_as_none(table, candidate)

    def _begins_as_none(self, table: WordTable, candidate: Candidate) -> bool:
        """Whether a candidate of several words begins with what begins no name."""
        if candidate.last - candidate.first == 1:
            return False
        first = table.raw(candidate.first).lower()
        # "bro Pops back on"
        return first in self._not_first or (candidate.first == 0 and first in self._called)

    def _is_staff(self, table: WordTable, candidate: Candidate) -> bool:
        """Whether a candidate is introduced as somebody's driver or lad; of thirteen in adverts none is the line."""
        return candidate.left == "l:person" and table.words[candidate.first - 1].normal in self._staff

    def _is_word_here(self, table: WordTable, candidate: Candidate) -> bool:
        """Whether a candidate is a word that is a name in other places: "2 max each", "max strength", "the bill"."""
        if table.words[candidate.first].normal not in self._also_words:
            return False
        if candidate.last - candidate.first > 1:
            return table.words[candidate.first + 1].grade == "number"
        is_placed = candidate.left in _NAMING or candidate.left.startswith("b:")
        return not is_placed or candidate.right in _OF_OFFERS

    def _is_greeted(self, table: WordTable, candidate: Candidate) -> bool:
        """Whether a candidate is what anybody is called, behind a greeting or with it: "HI HUN LINE IS OPEN"."""
        if (
            candidate.first > 1
            or candidate.last < 2
            or any(word.normal not in LINE_WORDS for word in table.words[2 : candidate.last])
        ):
            return False
        greeting, called = table.words[:2]
        return greeting.normal in self._greetings and not self._vocatives.isdisjoint((called.normal, called.plain))

    def canonical(self, table: WordTable, candidate: Candidate) -> str:
        """Return the canonical form of a candidate."""
        if candidate.letters:
            return canonical_name(candidate.letters)
        first, last = candidate.first, candidate.last
        if last - first > 1 and all(len(word.plain) == 1 and word.plain.isalpha() for word in table.words[first:last]):
            # ``K.T``, which is no two words.
            return canonical_name("".join(word.plain for word in table.words[first:last]))
        # "u" is no "you" in another language.
        words = table.words[max(0, first - 2) : first]
        before = [word.plain if table.language and word.plain == "u" else word.normal for word in words]
        written = without_endings(table.written(first, last), Surroundings(before, candidate.right), self._lists)
        return self._canonical[written]

    def _name(self, table: WordTable, best: Candidate, strength: float) -> Name:
        """Return a candidate as a name, whose surface takes in the word "line" (``RICO LINE``)."""
        first, last = best.first, best.last
        has_line = best.right == "r:line" and table.words[last].normal in LINE_WORDS
        end = table.end(last) if has_line else table.end(last - 1)
        rule = f"{RULE}:{_rule_of(table, best)}"
        # Of "the Rico line" the article is the line's.
        is_definite = not has_line and first > 0 and table.words[first - 1].normal == _DEFINITE
        written = f"{_DEFINITE} " * is_definite + table.written(first, last).lower()
        return Name(self.canonical(table, best), table.start(first), end, round(strength, 2), rule, written)

    def table(self, reading: Reading) -> WordTable:
        """Return the words of a reading as the finder sees them."""
        return WordTable(reading, self._known)

    def proposed(self, reading: Reading, table: WordTable) -> Iterator[Candidate]:
        """Yield the candidates of a text; also what the model is trained on."""
        yield from candidates(table, self._context)
        if reading.hints & LETTER_APART and "letter" in [word.grade for word in table.words]:
            yield from self._apart(reading, table)
        if MASK in table.gaps:
            yield from self._masked(table)
        yield from self._pictured(reading, table)
        yield from self._figures(table)

    def _figures(self, table: WordTable) -> Iterator[Candidate]:
        """Yield the candidates of a figure or a letter: ``4x4``, ``2nd Post``, ``Number 9``, ``Mr A``."""
        for figured in figures_at(table):
            yield figures(table, self._context, figured)

    def _masked(self, table: WordTable) -> Iterator[Candidate]:
        """Yield the candidates with letters masked: ``MAG!C``, ``sm*rf``."""
        for first, last in runs_at([gap == MASK for gap in table.gaps]):
            if not any(table.mark(at) in _MASKS_NOT for at in range(first, last)):
                pieces = [table.raw(first).lower()]
                for at in range(first + 1, last):
                    pieces += [_UNMASKED.get(table.raw_gap(at - 1), ""), table.raw(at).lower()]
                letters = "".join(pieces)
                if len(letters) > _FEWEST_APART:
                    yield letters_masked(table, self._context, first, last, self._grader.word(letters, letters))

    def _pictured(self, reading: Reading, table: WordTable) -> Iterator[Candidate]:
        """Yield the candidates with a picture inside the word, beside its letters or for one: ``Da🌅wn``, ``St⛈️rm``."""
        if reading.shadow.text.isascii():
            return
        for first, last in runs_at([is_picture(table.raw_gap(at)) for at in range(len(table.gaps))]):
            if last - first > _MOST_PIECES or any(table.mark(at) in _MASKS_NOT for at in range(first, last)):
                continue
            word = self._joined([table.raw(at).lower() for at in range(first, last)])
            is_in_words = all(
                EVERYDAY[each.grade] >= _PIECE and len(each.plain) > 1 for each in table.words[first:last]
            )
            # ``on🔥both``: the picture stands for a blank.
            if not is_in_words or word.grade != "unknown":
                yield letters_masked(table, self._context, first, last, word)

    def _joined(self, pieces: Sequence[str]) -> NameWord:
        """Return what is known of the word that pieces around pictures are."""
        lists = self._lists
        known = (word for word in words_of_pieces(pieces) if lists.is_word(word) or lists.is_first_name(word))
        word = next(known, "".join(pieces))
        return self._grader.word(word, word)

    def _apart(self, reading: Reading, table: WordTable) -> Iterator[Candidate]:
        """Yield the candidates whose letters stand apart: ``R I C O``, ``R.I.C.O``, ``K T``."""
        for count, match in enumerate(SPACED.finditer(reading.shadow.lower)):
            if count >= _MAX_SPACED:
                return
            for start, end in stretches(reading.shadow.text, *match.span()):
                over = [mark for mark in reading.marks if mark.start < end and start < mark.end]
                # ``K T 3 for 25``: what belongs to a price is no letter of the name.
                closed = [mark.start for mark in over if mark.kind in _NO_LETTERS_OVER]
                # ``T b n w on``: nor are those of what is sold behind it.
                sold = _SOLD_BEHIND.search(reading.shadow.lower, start + 1, end)
                stop = min([end, *closed, *([sold.start()] if sold else ())])
                letters = "".join([char for char in reading.shadow.lower[start:stop] if char.isalnum()])
                if len(letters) < _FEWEST_APART or (over and len(letters) < _SHORTEST_OVER_DRUG):
                    continue
                inside = [at for at in range(len(table)) if table.start(at) >= start and table.end(at) <= stop]
                if inside:
                    word = self._grader.word(letters, letters)
                    yield letters_apart(table, self._context, inside[0], inside[-1] + 1, word)


def _first(pair: tuple[float, Candidate]) -> float:
    return pair[0]


def _is_and_said(table: WordTable, name: Candidate, longer: Candidate) -> bool:
    """Whether a longer candidate is a name and what is said behind it: "live", "open"."""
    behind = longer.last - name.last
    return longer.first == name.first and 0 < behind <= table.words[name.last].right_most


def _rule_of(table: WordTable, best: Candidate) -> str:
    """Say what about the place of a name gave it."""
    left, right = best.left, best.right
    starts = left in {"start", "l:greet"} or left.startswith("b:")
    ends = right == "end" or right.startswith("b:")
    told = (
        (right == "r:line", "x-line"),
        (bool(best.letters), "spaced-letters-on" if right in _SERVING else "spaced-letters"),
        (left in _RULE_OF_LEFT, _RULE_OF_LEFT.get(left, "")),
        (starts and right in _SERVING, "x-on"),
        (right in _RULE_OF_RIGHT, _RULE_OF_RIGHT.get(right, "")),
        (starts and ends, "sign-off" if best.first and best.last == len(table) else "x-alone"),
        (right == "end", "last-word"),
        (not best.first, "first-word"),
    )
    return next((rule for is_told, rule in told if is_told), "in-text")
