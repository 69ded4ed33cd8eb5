"""A text as a row of letters, one a piece: what the grammars of prices and of hours read instead of words.

``3 for 25, half 45`` is ``n f n, h n``. Classes of words come from the lexicons (``config/lexicons/amounts.toml``), so
that a grammar says how quantities, money and times combine and never which words there are; it is a plain regular
expression over few letters, and quick. Spaces, line breaks and marks stand for themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Final, NamedTuple

from nlp.lexicons import LexiconKind, Lexicons
from nlp.words.folding import fold
from nlp.words.remembered import Remembered
from nlp.words.spelling import LEET, MAX_WORD

LETTER_OF_CLASS: Final[Mapping[str, str]] = {
    "amount_count_word": "i",
    "amount_money_word": "j",
    "amount_note": "t",
    "amount_notes": "T",
    "amount_currency": "q",
    "amount_currency_letter": "Q",
    "amount_unit": "u",
    "amount_half": "h",
    "amount_between_deal": "b",
    "amount_per_noun": "p",
    "amount_article": "a",
    "amount_definite": "H",
    "amount_each": "E",
    "amount_of": "V",
    "amount_for": "f",
    "amount_for_foreign": "Z",
    "amount_per": "r",
    "amount_for_each": "J",
    "amount_equals": "I",
    "amount_only": "y",
    "amount_any": "c",
    "amount_all": "l",
    "amount_both": "B",
    "amount_pay": "v",
    "amount_get": "g",
    "amount_you": "W",
    "amount_free": "F",
    "amount_another": "X",
    "amount_price_noun": "P",
    "amount_bogof": "$",
    "amount_and": "&",
    "amount_off": "_",
    "amount_count_noun": "K",
    "amount_half_of_day": "k",
    "amount_until": "L",
    "amount_until_foreign": "U",
    "amount_from": "G",
    "amount_from_foreign": "R",
    "amount_about": "o",
    "amount_before_after": "s",
    "amount_to": ">",
    "amount_day_name": "D",
    "amount_relative_day": ";",
    "amount_back": "<",
    "amount_part_of_day": "N",
    "amount_long_time": "M",
    "amount_time_of_day": "C",
    "amount_in": "S",
    "amount_at": "@",
    "amount_times": "x",
    "amount_am": "A",
}
"""Letter of each class of words."""

NUMBER: Final = "n"
"""A whole number of up to three digits; ``4`` stands for itself, ``m`` is one of four, ``z`` are any other digits."""

TENTHS: Final = "d"
"""``3.5`` and ``.5``: a weight; ``e`` is ``1.50`` and ``9.30``, money or an hour."""

ORDINAL: Final = "O"
AROUND_THE_CLOCK: Final = "Y"
WORD: Final = "w"
"""Any other word."""

COUNTED_DRUG: Final = "~"
"""A word of the drug lexicons that a price counts."""

OTHER_MARK: Final = "*"
TAKEN: Final = "#"
"""What is no part of a price or an hour, a telephone number for one."""

_TENS: Final = "(?:twenty|twenny|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)"
_OF_TWO_PARTS: Final = rf"""
    (?:(?:hundred|hunner|ton)\ (?:n|and|an|&)\ |ton\ )
    (?:(?:ten|fifteen|{_TENS})(?:[ -]five)?|[1-9][05](?!\ (?:for|f|4|@)(?!\w)))
    (?![\w%]|[-/:.=@][0-9]|\ [\u00a30-9]|\ (?:x|a|an|each|min|mins|bag|bags|ton)(?!\w))
  | (?:one|two|three)\ {_TENS}(?=\ for\ )
  | half\ (?:a\ )?ton(?!\w)
"""
"""Sums of more than a hundred in words, and half of one: ``a ton 20``, ``hundred n thirty``, ``one fifty for 2``."""

_OTHER_PIECES: Final = r"""
        [^\W\d_]++(?:'[^\W\d_]++)*+(?![0-9])
      | (?=[0-9])(?:
            24(?:\ ?[/\-.:]\ ?7(?![0-9])(?:\ ?/?\ ?365(?![0-9]))? | /24(?![0-9/])
              | \ 7(?![0-9]|\ ?(?:for|fr|4|x|-|=|@|la|za)\ ?\u00a3?[0-9]))
          | 1[/\u2044](?:16|[248])(?![0-9/])
          | 2(?:mo|mr|mara|da|ni|ny)[^\W\d_]*
          | [1-9]\ (?:hundred|hunner)(?!\w)
          | (?<=\u00a3)[1-9](?:\.[0-9]{1,2})?k(?!\w)
          | [0-9]{1,3},[0-9]{3}(?![0-9,])
          | [0-9]++(?:st|nd|rd|ths?|'?s|z|ers?)(?![^\W_])
          | [2-9](?:five)(?![^\W_])
          | (?<![0-9][.,])(?:(?:[0-9]|1[0-4])\.[0-9](?:s(?![^\W_]))?|[0-9]{1,3}\.[0-9]{2}|[0-9],5)(?![0-9]|[.,][0-9])
          | [0-9]++
        )
      | (?<![\w.])\.[0-9]{1,2}(?![\w.])
      | (?:for|fur|fer|fr|fa|x|za|la|per|at|pay|buy|get|(?<=[0-9])f)(?=[0-9])
      | [^\W\d_]+(?=[0-9]{1,2}(?:for|fr|x|4|-|@)\u00a3?[0-9]{2})
      | [^\W\d_]++(?:'[^\W\d_]++|[0-9]\w*+)*+
      | .
"""
"""A piece that is no sum of two words."""

_OF_TWO_WORDS: Final = (
    *("24", "clock"),
    *("ton ", "f ton", "f a ton", "hundred", "hunner", "ty for ", "enny for "),
)
"""What stands in each sum of two words, and where a letter that looks like a digit is read by the word behind."""
_EDGES: Final = ("", " ")

_LETTER_DIGIT: Final = re.compile(r"(?:(?<![^\W\u00a3])|(?<=[0-9][xf]))(?:[0-9]o|l[0-9o])(?!\w)(?! ?clock)")
"""A sum of two digits of which one is the letter that looks like it: ``2o``, ``\u00a3l5``."""

_LETTERS_FOR_TEN: Final = "lo"
"""Letters alone that are a sum of two digits in that way."""

_MARKS: Final = frozenset("-/=@:.,&%!?()'\n")
_NOTES_OF: Final = frozenset(map(str, (5, 10, 12, 15, 16, 18, 20, 25, 30, 35, 40, 50, 60, 70, 80, 100)))
"""Sums that are said as ``10s``."""

_SAID_AS_COUNTS: Final = frozenset("1234678")
"""Counts that are said as ``3s for 25``; they combine as a weight does. ``5s`` and ``10s`` are notes."""

_SPELLED_SUMS: Final = frozenset("ijtT")
"""Letters of numbers and notes in words."""

_MAX_NUMBER: Final = 3
_MAX_LONG_NUMBER: Final = 4
_QUARTERS: Final = frozenset({"0.25", "0.75", "1.75"})
"""Weights with two decimals: half and quarter of an eighth."""
_THREE_OR_MORE: Final = re.compile(r"([^\W\d_])\1{2,}")


class Codes:
    """A text as letters, one a piece and one for the spaces between two; ``code`` holds them.

    ``low`` is the shadow in lower case, with digits for the letters that stand for digits in sums.
    """

    __slots__ = ("_starts", "_steps", "code", "low")

    def __init__(self, code: str, steps: Sequence[Sequence[int]], low: str) -> None:
        self.code = code
        self.low = low
        # How many code points each letter stands for, and one more at the end.
        self._steps = steps
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Code point of the shadow where each letter's piece starts, and the length of the shadow."""
        if self._starts is None:
            # Most texts hold no price and no hour: nobody asks.
            self._starts = list(accumulate(chain.from_iterable(self._steps), initial=0))[:-1]
        return self._starts

    def without(self, stretches: Iterable[tuple[int, int]]) -> Codes:
        """Return the letters with those of some stretches of the shadow blotted out."""
        letters = list(self.code)
        for start, end in stretches:
            first = bisect_right(self.starts, start) - 1
            last = bisect_left(self.starts, end)
            letters[first:last] = TAKEN * (last - first)
        return self._changed(letters)

    def with_letters(self, places: Iterable[int], letter: str) -> Codes:
        """Return the letters with another one at some places of ``code``; the same where there is none."""
        letters = list(self.code)
        for place in places:
            letters[place] = letter
        return self._changed(letters)

    def _changed(self, letters: Sequence[str]) -> Codes:
        changed = Codes("".join(letters), self._steps, self.low)
        changed._starts = self._starts
        return changed


class Coder:
    """Turns texts into letters. One for all texts."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = {
            fold(entry.term).lower: LETTER_OF_CLASS[entry.cue]
            for entry in lexicons.of_kind(LexiconKind.PATTERN)
            if entry.cue in LETTER_OF_CLASS
        }
        # A term of several words is one piece: the words of it, each by itself, are told otherwise.
        several = sorted((term for term in self._words if " " in term), key=lambda term: (-len(term), term))
        terms = [rf"{re.escape(term)}(?!\w)" for term in several]
        self._pieces = re.compile(
            rf"(?:{'|'.join([*terms, _OF_TWO_PARTS, _OTHER_PIECES])})\ *+", re.VERBOSE | re.DOTALL
        )
        self._first_of_several = frozenset(term.split(" ")[0] for term in several)
        self._letters = Remembered(self._letters_of, MAX_WORD)
        self._stretches = Remembered(self._told, MAX_WORD)

    def codes(self, low: str) -> Codes:
        """Return the letters of a shadow in lower case."""
        known = self._stretches
        stretches = low.split(" ")
        if (
            "  " in low
            or low[:1] in _EDGES
            or low[-1] == " "
            or any(sign in low for sign in _OF_TWO_WORDS)
            or not self._first_of_several.isdisjoint(stretches)
        ):
            told = [self._told(low)]
        else:
            told = [known[stretch] for stretch in stretches]
        codes, steps, lows = zip(*told, strict=True)
        return Codes(" ".join(codes), steps, " ".join(lows))

    def _told(self, low: str) -> _Told:
        """Return what is known of any text in lower case."""
        if low.isalpha() and low != _LETTERS_FOR_TEN:
            # One piece: what the expressions below would say too.
            return _Told(self._letters[low], (len(low), 1), low)
        if "f0r" in low:
            low = low.replace("f0r", "for")
        low = _LETTER_DIGIT.sub(_in_digits, low)
        letters = self._letters
        pieces = self._pieces.findall(low)
        steps: list[int] = []
        for piece in pieces:
            bare = len(piece.rstrip(" ")) if piece[-1] == " " else 0
            steps += (bare, len(piece) - bare) if bare else (len(piece),)
        return _Told("".join([letters[piece] for piece in pieces]), (*steps, 1), low)

    def _letters_of(self, piece: str) -> str:
        """Return the letter of a piece, and a space where spaces follow."""
        bare = piece.rstrip(" ")
        return (self._letter(bare) if bare else "") + (" " if bare != piece else "")

    def _letter(self, piece: str) -> str:
        first = piece[0]
        if piece in self._words:
            return self._words[piece]
        if " " in piece and not piece.startswith("24"):
            return _letter_of_two_words(piece)
        if (first.isdecimal() and first.isascii()) or (first == "." and len(piece) > 1):
            return _letter_of_digits(piece)
        if first.isalnum():
            return self._words.get(_THREE_OR_MORE.sub(r"\1", piece)) or self._sum_in_leet(piece)
        return " " if first in "\t\r" else _letter_of_mark(first)

    def _sum_in_leet(self, piece: str) -> str:
        """Return the letter of a number or a note in which figures stand for letters (``tw0``), else a word."""
        letter = WORD if piece.isalpha() else self._words.get(piece.translate(LEET), WORD)
        return letter if letter in _SPELLED_SUMS else WORD


class _Told(NamedTuple):
    """What is known of a stretch of a text.

    Attributes:
        code: Its letters.
        steps: How many code points each stands for, and one more for the space behind the stretch.
        low: The stretch with digits for letters that stand for digits.
    """

    code: str
    steps: tuple[int, ...]
    low: str


def _in_digits(match: re.Match[str]) -> str:
    return match.group().replace("o", "0").replace("l", "1")


def _letter_of_two_words(piece: str) -> str:
    """Tell a count of some hundreds from a sum, which is a note where it is tons: ``a ton 20``."""
    return "i" if piece[0].isdecimal() else "t" if "ton" in piece else "j"


def _letter_of_digits(piece: str) -> str:
    if piece.isdecimal():
        return _letter_of_number(piece)
    if piece.endswith(("er", "five")):
        return _letter_of_note(piece)
    if piece.startswith("24") and piece[2:].strip(" /-.:").startswith(("7", "24")):
        return AROUND_THE_CLOCK
    if piece[1] in "/\u2044" or piece in {"8th", "8ths"}:
        return "u"
    if piece[-1] in "sz" and "." not in piece:
        count = piece.removesuffix("ers").rstrip("'sz")
        return "T" if count in _NOTES_OF else TENTHS if count in _SAID_AS_COUNTS else WORD
    # "0.8s" are weights.
    return (
        ORDINAL
        if piece[-1].isalpha() and piece[-1] != "k" and "." not in piece
        else _letter_of_fraction(piece.rstrip("s"))
    )


def _letter_of_note(piece: str) -> str:
    """Tell a note from other words: ``5er``, ``10er``; ``2five`` is twenty-five."""
    is_sum = piece.endswith("five") or piece[:-2] in _NOTES_OF
    return ("j" if piece.endswith("five") else "t") if is_sum else WORD


def _letter_of_fraction(piece: str) -> str:
    if piece[-1] == "k":
        return "m"  # "1.5k": a sum of four digits
    if piece[0] == "." or piece[-2] in ".," or piece in _QUARTERS:
        return TENTHS
    return "m" if "," in piece else "e"


def _letter_of_number(piece: str) -> str:
    if piece == "4":
        return piece
    if piece == "247":
        return AROUND_THE_CLOCK
    if piece == "241":
        return LETTER_OF_CLASS["amount_bogof"]
    if piece[0] == "0" or len(piece) > _MAX_LONG_NUMBER:
        return "z"
    return NUMBER if len(piece) <= _MAX_NUMBER else "m"


def _letter_of_mark(mark: str) -> str:
    if mark in "\u00a3\u20ac":
        return "\u00a3"
    if mark == "+":
        return "&"
    return mark if mark in _MARKS else OTHER_MARK
