"""Hours: ``24/7``, ``til 11``, ``9am-11pm``, ``10 till late``, ``all night``: when the line serves.

Marked in any text, as what the template masks as a time; the decisions keep them where a line speaks.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from nlp.words.amount_codes import AROUND_THE_CLOCK, Codes
from nlp.words.hints import DIGIT
from parsers.records.findings import SpanKind

RULE: Final = "hours/2"

_NO_MORE: Final = r"(?![A-Za-z4\u00a3%])(?!\ ?[KMq\u00a3%])(?![:,/-][nz4e])"
_PART: Final = r"(?:\ [S@b]\ (?:H\ )?N|\ N)?"
_CLOCK: Final = r"(?:(?:h\ )?(?:[n4]:[nz]|z:[nz]|[n4e])(?:\ ?[kA])?)"
_PAST: Final = r"(?:[uh]\ [s>]\ [n4i])"
"""Half past eight, quarter to nine."""

_MOMENT: Final = rf"(?:(?:{_PAST}|{_CLOCK}|(?:h\ )?i(?:\ ?[kA])?){_PART}|C(?:\ p)?|h\ N)"
_END: Final = rf"(?:(?:K\ )?{_MOMENT}|H\ (?:w\ )?[CN]|w\ N(?!\ ?&)|N)"
_DAYS_BEFORE: Final = r"(?:D(?:\ ?[-/]\ ?|\ )){0,3}"
_DAYS: Final = r"(?:,?\ D(?:(?:\ ?[-/&,]\ ?|\ )D)+(?!\ [nl4]))?"
_STOP: Final = r"(?=\ ?[.,!?\n*)]|$)"
_STOP_OR_DAY: Final = r"(?=\ ?[.,!?\n*)]|\ [;D]|$)"
_SPAN_BEHIND: Final = rf"o\ {_MOMENT}\ ?'?L\ ?(?:o\ )?{_END}{_NO_MORE}"
""""About ten till ten": the line is about, from ten till ten. "About 9 to 5" and "about 3 - 4" may be a guess."""
_HOURS: Final = re.compile(
    rf"""
    (?=[Yn4zeidhuCDlacGLVURsoSA@;'])(?<![n4mzde\u00a3#:/%-])(?:
        Y
      | {_DAYS_BEFORE}n\ ?[Kb](?:\ a\ N)?(?![A-Za-z])
      | {_DAYS_BEFORE}(?:l\ (?:w\ )?(?:H\ )?N|a'\ N|c\ N)(?:\ ?&\ (?:l\ )?N)?{_DAYS}
      | {_DAYS_BEFORE}(?:G\ )?{_MOMENT}\ ?(?:[->]|'?L|\ -)\ ?(?:o\ )?{_END}{_NO_MORE}{_DAYS}
      | {_MOMENT}\ ?U\ {_END}{_NO_MORE}
      | [n4]\ n\ (?:[n4]|C){_NO_MORE}
      | '?L\ u\ s(?:\ [n4i])?{_NO_MORE}
      | {_CLOCK}(?<=[kA])/{_CLOCK}(?<=[kA]){_NO_MORE}
      | s\ {_MOMENT}\ (?:&|>)\ {_MOMENT}{_NO_MORE}
      | R\ (?:[Kw]\ )?{_MOMENT}(?:\ U\ {_END})?{_NO_MORE}
      | '?L[.]?\ ?(?:o\ )?(?:[ZU]\ )?(?:w\ (?=[nz4]))?{_END}{_NO_MORE}
      | U\ (?:w\ (?=[nz4]))?{_END}{_NO_MORE}
      | V\ Z\ {_MOMENT}\ (?:L\ )?Z\ {_END}{_NO_MORE}
      | (?:G|V\ Z)\ (?:o\ )?(?:K\ )?{_MOMENT}(?:\ L\ {_END})?{_NO_MORE}
      | (?!{_SPAN_BEHIND})[so@]\ {_CLOCK}{_PART}{_NO_MORE}
      | [s@]\ (?:H\ )?C{_NO_MORE}
      | A\ {_CLOCK}{_NO_MORE}
      | [;D]\ {_CLOCK}(?:(?<=[kA]){_NO_MORE}|{_STOP})
      | [D;]\ C{_NO_MORE}
      | (?<=<\ w\ )(?:h\ )?[n4i]{_STOP_OR_DAY}
      | (?<=<\ )(?:{_CLOCK}{_PART}{_STOP_OR_DAY}|S\ (?:n|[ih]|a)(?:\ K)?{_STOP})
      | {_CLOCK}(?<=[kA]){_PART}{_NO_MORE}{_DAYS}
      | n\ [S@]\ (?:H\ )?N
    )
    """,
    re.VERBOSE,
)
_FIRST_HOURS: Final = r"(?:first|next|nxt) (?:few |couple of |[0-9]{1,2} )?(?:hours?|hrs?)(?: onl[iy])?"
_NUMBERS: Final = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{1,2})?")
_NO_HOUR: Final = re.compile("[0-9]{3}")
_WELSH_FOR: Final = re.compile("(?:1[3-9]|2[0-9]) am")
"""No hour before noon has such a number: ``20 am 2g`` is Welsh, a sum "for" a weight."""
_NOT_ENGLISH: Final = frozenset(
    {"a", "do", "an", "am", "on", "i", "no", "me", "so", "as", "at", "by", "he", "be", "to", "one", "man", "or", "of"}
)
"""Words of English that other languages have too."""

_FOREIGN: Final = frozenset("URA")
"""Letters of words that another language has; Polish "do" counts in any text that is not plainly English."""

_SHADES: Final = ("dark t", "dark u", "dark -", "dark-")
"""A drug before its hours, "all dark til 6", unless it is the time of the other end."""

_DAYS_BEFORE_SHADE: Final = frozenset({"D C", "; C"})
_SHADE_BEHIND: Final = " dark"
"""A drug behind a day: "today dark and light"."""

_EVERY: Final = "every "
"""Of "every day" nobody learns when: of 133 in adverts of the batches for training four are hours."""

_DAYLIGHT: Final = ("dawn", "sunrise", "dusk", "morning", "mornin")

_GREETING: Final = re.compile(
    r"(?<!\w)(?<!every )"
    r"(?:morn(?:ing|in)?|afternoon|even(?:ing|in)?|hello|hi|hiya|greetings|love|blessings|salaams?)[ ,!]{1,2}$"
)

_SPACED: Final = re.compile(r"[n4] n [n4C]")
_EARLIEST: Final = 6
"""The hour from which on "8 2 11" is eight to eleven, and no list of numbers."""

_FOREIGN_AT: Final = re.compile(
    r"(?<![\w-])(?<![0-9] )(?:o|la|ne|alle|saat|um|kl|godz|prej ores|de la|ora|ores) [0-2]?[0-9](?:[:.][0-5][0-9])?"
    r"(?![\w:/-]|[.,][0-9]| ?(?:\u00a3|lire|lei|za|la|per|am|g|x)\b)"
)
"""An hour behind the word of another language for "at"."""

_HOUR: Final = r"(?:[01][0-9]|2[0-4])"
_YEARS: Final = "(?:from )?20[0-9]{2} ?(?:-|to) ?20"
_FOUR_DIGITS: Final = re.compile(
    rf"(?<![\w\u00a3.,:/-])(?!{_YEARS})"
    rf"(?:(?:from |fae )?{_HOUR}[0-5][0-9] ?(?:-|to|tae|til|till) ?{_HOUR}[0-5][0-9]"
    rf"|(?:til|till|until) {_HOUR}[03]0)(?: ?h(?:rs?)?)?(?![\w\u00a3:/-]|[.,][0-9])"
)
"""Hours as soldiers and seamen write them: ``1700-0200``, ``til 0100``; years are none, ``2019-2024``, ``til 2015``."""

_LOOK_BACK: Final = 28
_LAST_HOUR: Final = 24
_MINUTES: Final = 60


class Hours(Component):
    """Marks stretches that say when the line serves."""

    def __init__(self, lexicons: Lexicons) -> None:
        terms = lexicons.terms
        phrases = "|".join(sorted(map(re.escape, terms(LexiconKind.PATTERN, "hours_phrase"))))
        self._phrase_words = {re.split("[ -]", term)[0] for term in terms(LexiconKind.PATTERN, "hours_phrase")}
        self._phrase_words |= {"first", "next", "nxt"}
        last = "|".join(sorted(map(re.escape, terms(LexiconKind.PATTERN, "last_orders"))))
        self._phrases = re.compile(rf"(?<!\w)(?:{phrases}|{_FIRST_HOURS})(?!\w)")
        self._last = re.compile(rf"(?<!\w)(?:{last})(?: (?:is|are))?(?: at)? $")
        self._english = terms(LexiconKind.PATTERN, "function_word") - _NOT_ENGLISH
        self._foreign = frozenset().union(
            *(terms(LexiconKind.PATTERN, f"speaks_{language}") for language in ("pl", "ro", "sq", "cy", "mul"))
        )

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        low = reading.shadow.lower
        if reading.codes is not None:
            self._mark_codes(reading, reading.codes)
        if reading.hints & DIGIT and "0" in low:
            for match in _FOUR_DIGITS.finditer(low):
                if not reading.is_taken(*match.span()):
                    reading.add(Mark(SpanKind.HOURS, *match.span(), None, RULE))
        if not self._phrase_words.isdisjoint(reading.words):
            for match in self._phrases.finditer(low):
                if not reading.is_taken(*match.span()):
                    reading.add(Mark(SpanKind.HOURS, *match.span(), None, RULE))

    def _mark_codes(self, reading: Reading, codes: Codes) -> None:
        low = reading.shadow.lower
        is_foreign = not _FOREIGN.isdisjoint(codes.code) and not self._foreign.isdisjoint(reading.words)
        may_be_foreign = is_foreign or self._english.isdisjoint(reading.words)
        at = 0
        while match := _HOURS.search(codes.code, at):
            start, end = codes.starts[match.start()], codes.starts[match.end()]
            at = match.start() + 1
            if reading.is_taken(start, end):
                continue
            is_do = may_be_foreign and low.startswith("do ", start)
            letters = match.group()
            if (letters[0] in _FOREIGN or "U" in letters) and not is_foreign and not is_do:
                continue
            if not _are_hours(match.group(), low[start:end]) or _is_sender(low, start, end):
                continue
            at = match.end()
            if last := self._last.search(low, max(0, start - _LOOK_BACK), start):
                start = last.start()
            reading.add(Mark(SpanKind.HOURS, start, end, None, RULE))
        if is_foreign or (reading.language and not self._foreign.isdisjoint(reading.words)):
            for match in _FOREIGN_AT.finditer(low):
                if not reading.is_taken(*match.span()):
                    reading.add(Mark(SpanKind.HOURS, *match.span(), None, RULE))


def _is_sender(low: str, start: int, end: int) -> bool:
    """Whether a time of the day is who greets: "good morning from Sunrise"."""
    is_word = low.startswith("from ", start) and low[start:end].replace(" ", "").isalpha()
    return is_word and _GREETING.search(low, max(0, start - _LOOK_BACK), start) is not None


def _are_hours(code: str, text: str) -> bool:
    """Whether the numbers can be hours of a day: not ``til 45``, not the date of Romanian ``pana pe 12``."""
    if code == AROUND_THE_CLOCK:
        return True
    if text.startswith(_EVERY) or _NO_HOUR.search(text) or _WELSH_FOR.search(text):
        return False
    numbers = [part.replace(".", ":").partition(":") for part in _NUMBERS.findall(text)]
    if _SPACED.match(code) and (numbers[1][0] != "2" or int(numbers[0][0]) < _EARLIEST):
        return False
    if code[0] == "n" and code[1:].strip()[:1] in {"K", "b"}:
        return len(numbers) == 1 and numbers[0][0] == "24"
    if text.startswith(_SHADES) and not text.endswith(_DAYLIGHT):
        return False
    is_shade = code in _DAYS_BEFORE_SHADE and text.endswith(_SHADE_BEHIND)
    is_date = text.startswith("pana pe")
    return (
        not is_date
        and not is_shade
        and all(int(hour) <= _LAST_HOUR and int(minute or 0) < _MINUTES for hour, _, minute in numbers)
    )
