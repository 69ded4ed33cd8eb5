"""Telephone numbers of seven digits or more, in any text: ``07700 900123``, ``O77OO-9OO123``, spelled in words.

Told from other digits by form: what begins like a number of this country or with an international prefix; other
digits only behind a word that announces a number. Price runs, dates, codes, card and account numbers are none.
"""

from __future__ import annotations

import re

from nlp.components.component import Component
from nlp.readings import Mark, Reading
from nlp.words.hints import DIGIT, SPELLED_DIGIT
from parsers.phone_numbers import to_e164
from parsers.records.findings import SpanKind

RULE = "numbers/1"

_RUN = re.compile(
    r"(?<![\w\u00a3$.,])(?:[+(]{0,2}[0-9]|o(?=[o ]{0,3}[0-9]))(?:[ \-.()_*/]{0,3}(?:[0-9ol]|i(?=[0-9]))){6,31}(?![\w%])"
)
_DIGITS = re.compile(r"[0-9oli]+")
_LETTERS = str.maketrans("oli", "011")
"""Letters that are written for digits."""

_NOUGHTS = re.compile(r"o7(?:[ \-]?[1-9o]){9}")
"""A mobile number of this country with every nought as an O, of which it may have many: ``O77OO9OOO78``."""

_WEIGHT = re.compile(r"0[.][0-9]{1,2} ")
"""A weight before its price: ``0.5 20 1 35 7 180`` is a list of deals."""

_DEALS = re.compile(r"[1-9][0-9]?[/-][1-9][0-9]{1,2},? [1-9][0-9]?[/-][1-9]")
"""Deals side by side: ``7/60 14/110 28/200``."""

_DATE = re.compile(r"[+(]{0,2}[0-3]?[0-9][./\-](?:0?[1-9]|1[0-2])[./\-](?:20)?[0-9]{2}(?![0-9])")
_ANNOUNCED = re.compile(
    r"(?:call|ring|bell|text|txt|tel|phone|mob|mobile|number|num|no|on|is|whatsapp|contact|fone)[.:\- ]{0,3}$"
)

_OTHER = re.compile(
    r"(?<!\w)(?:(?:ref|reference|code|pin|otp|account|acc|a/c|acct|card|sort code|invoice|serial|imei|id|policy"
    r"|tracking)(?: ?(?:number|num|no|is))?|(?:order|booking) ?(?:number|num|no|is|id|ref|#|:))[.:#\- ]{0,3}$"
)
_WORD_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_WORDS_OF_DIGITS = re.compile("zero|nought|one|two|three|four|five|six|seven|eight|nine")
_REPEATS = {"double": 2, "dubble": 2, "treble": 3, "triple": 3}
_SPELLED = re.compile(r"zero|double|dubble|treble|triple|seven|hundred|\boh\b")
_MIN_DIGITS = 7
_MAX_SPELLED = 16
"""Words of digits that are read as one number."""

_WHOLE = re.compile(r"(?:0[127]|(?:00)?447)[0-9]{9}")
"""What is told with digits and words mixed, as a whole: by length and by how a number of this country begins."""
_MOST_PIECES = 14

_LOOK_BACK = 24
"""Code points before a run of digits in which a word says what the digits are."""


class Numbers(Component):
    """Marks telephone numbers; canonical is the E.164 form."""

    def __init__(self, region: str = "GB") -> None:
        self._region = region

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if reading.hints & DIGIT:
            self._mark_digits(reading)
        if reading.hints & SPELLED_DIGIT:
            self._mark_spelled(reading)

    def _mark_digits(self, reading: Reading) -> None:
        low = reading.shadow.lower
        at = 0
        while match := _RUN.search(low, at):
            end = _end_of_number(low, match.start(), match.end())
            if end is None:
                at = _end_of_group(low, match.start())
                continue
            self._mark(reading, match.start(), end, low[match.start() : end].translate(_LETTERS))
            at = end

    def _mark(self, reading: Reading, start: int, end: int, digits: str) -> None:
        e164 = to_e164(digits, self._region)
        reading.add(Mark(SpanKind.NUMBER, start, end, e164, RULE))

    def _mark_spelled(self, reading: Reading) -> None:
        if not _SPELLED.search(reading.shadow.lower):
            return
        if not self._mark_words(reading) and reading.hints & DIGIT:
            self._mark_mixed(reading)

    def _mark_words(self, reading: Reading) -> bool:
        """Mark numbers told in words; say whether there were any."""
        words = reading.words
        if sum(1 for word in words if word in _WORD_DIGITS or word in _REPEATS) < _MIN_DIGITS - 2:
            return False
        first = found = 0
        while first < len(words):
            last, digits = _spelled_from(reading, first)
            if len(digits) >= _MIN_DIGITS and digits[0] in "07":
                self._mark(reading, reading.starts[first], reading.ends[last - 1], digits)
                first = last
                found += 1
            else:
                # "new one. oh double seven": the number may begin at a later word.
                first += 1
        return found > 0

    def _mark_mixed(self, reading: Reading) -> None:
        """Mark numbers told in digits with a few words among them: ``0 double 7 double 0 900 355``."""
        first = 0
        while first < len(reading.words):
            mixed = _mixed_from(reading, first)
            if mixed is None:
                first += 1
                continue
            last, digits = mixed
            self._mark(reading, reading.starts[first], reading.ends[last - 1], digits)
            first = last


def _spelled_from(reading: Reading, first: int) -> tuple[int, str]:
    """Return the token behind the digits that are spelled from a token on, and the digits."""
    digits: list[str] = []
    repeat = 1
    at = last = first
    while at < len(reading.words) and len(digits) < _MAX_SPELLED:
        word = reading.words[at]
        if word in _REPEATS:
            repeat = _REPEATS[word]
        elif word in _WORD_DIGITS:
            digits.append(_WORD_DIGITS[word] * repeat)
            repeat, last = 1, at + 1
        elif word == "hundred" and digits and len(digits[-1]) == 1:
            # "Nine hundred": the two noughts of 900.
            digits.append("00")
            last = at + 1
        elif digits and (written := _written_digits(reading.tokens[at].lower())):
            digits.append(written)
            last = at + 1
        elif reading.is_word[at] or not digits:
            break
        at += 1
    return last, "".join(digits)


def _mixed_from(reading: Reading, first: int) -> tuple[int, str] | None:
    """Return the token behind the number that is told from a token on, and its digits; None: none is."""
    if reading.is_taken(reading.starts[first], reading.ends[first]):
        return None
    digits, repeat, has_word = "", 1, False
    for at in range(first, min(first + _MOST_PIECES, len(reading.words))):
        word = reading.words[at]
        if word in _REPEATS:
            repeat, has_word = _REPEATS[word], True
            continue
        if word == "hundred" and digits[-1:].strip("0"):
            digits, has_word = digits + "00", True
        elif piece := _piece(reading, at):
            # "Double 70": the first digit twice.
            digits, repeat = digits + piece[0] * (repeat - 1) + piece, 1
            has_word = has_word or (len(word) > 1 and word in _WORD_DIGITS)
        elif reading.is_word[at] or not digits:
            return None
        if has_word and _WHOLE.fullmatch(digits) and not _goes_on(reading, at + 1):
            return at + 1, digits
    return None


def _piece(reading: Reading, at: int) -> str:
    """Return the digits that a token stands for; empty: none."""
    token = reading.tokens[at].lower()
    spelled = _WORD_DIGITS.get(reading.words[at]) or _written_digits(token)
    return spelled or _written_digits(f"0{token[1:]}" if token[0] == "o" else token)


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether the digits go on at a token: a double digit or a hundred behind a whole number is a part of it."""
    return at < len(reading.words) and (reading.words[at] in _REPEATS or reading.words[at] == "hundred")


def _written_digits(token: str) -> str:
    """Return the digits that a token is written with, letters and words for them included: ``9oo``, ``3one8``."""
    if not token[0].isdigit():
        return ""
    plain = _WORDS_OF_DIGITS.sub(lambda match: _WORD_DIGITS[match.group()], token).translate(_LETTERS)
    return plain if plain.isdigit() and len(plain) <= _MAX_SPELLED else ""


def _end_of_group(low: str, start: int) -> int:
    """Return where the first group of digits of a run that is no number ends."""
    match = _DIGITS.search(low, start)
    return match.end() if match else start + 1


def _end_of_number(low: str, start: int, end: int) -> int | None:
    """Return where the number that begins a run of digits ends; None where the run begins with none."""
    before = low[max(0, start - _LOOK_BACK) : start]
    if _DATE.match(low, start) or _WEIGHT.match(low, start) or _DEALS.match(low, start) or _OTHER.search(before):
        return None
    run = low[start:end]
    if (run.count("o") + run.count("l")) * 2 > len(run) and not _NOUGHTS.fullmatch(run):
        return None
    groups = [(match.end(), match.group()) for match in _DIGITS.finditer(low, start, end)]
    is_announced = _ANNOUNCED.search(before) is not None
    return _whole_groups(groups, is_international="+" in run[:2], is_announced=is_announced)


def _whole_groups(groups: list[tuple[int, str]], *, is_international: bool, is_announced: bool) -> int | None:
    """Return where the longest run of whole groups ends that has as many digits as such a number has."""
    first = groups[0][1].translate(_LETTERS)
    if is_international or first.startswith("00"):
        low, high = 9, 15
    elif first.startswith("0"):
        low, high = 10, 11
    elif "".join(group for _, group in groups).startswith(("447", "441", "442")):
        low, high = 12, 12
    elif first.startswith("7") and (is_announced or len(first) >= 4):
        low, high = (_MIN_DIGITS if is_announced else 10), 10
    elif is_announced and len(first) >= 3:
        low, high = _MIN_DIGITS, 15
    else:
        return None
    # One group of two digits or fewer at the start is a price or a count, unless the digits are spaced singly.
    best: int | None = None
    count = 0
    for at, (end, group) in enumerate(groups):
        count += len(group)
        if count > high:
            break
        if low <= count:
            if best is not None and at and len(group) <= 2 and count != high:
                break
            best = end
    return best
