"""The start of a message in an exported chat: date and time as the exporter writes them, in brackets or before a dash.

``25/12/2023, 14:05 - Jay: yo`` (Android), ``[25/12/2023, 14:05:01] Jay: yo`` (iOS). Which of the three numbers of the
date is the day is not decided here: one line does not say it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

_MARK = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_BLANK = "[ \u00a0\u2009\u202f]"
_EARLY = (
    r"a\.?_?m\.?|öö|sa|yb|午前|上午|凌晨|清晨|早上|오전|π\.?_?μ\.?|ص|e_paradites|pd|gh|pg|ਪੂ\.ਦੁ\.|पूर्वाह्न|ق\.ظ\.?|ب\.ن|غ\.م\."
    r"|முற்பகல்|ಪೂರ್ವಾಹ್ನ|ጥዋት|לפנה״צ|de\.|dop\.|priešpiet|f\.h\.|r\.n\."
    r"|p\.d\.|paradite|vorm\.|vm\.?|f\.?m\.?|ap\.|mat\.|priekšp\.|i\.?b\.?|SF|Safiya|WD|AN|TO|BN|N\u2019ụtụtụ|Àárọ̀|go\.öň"
    r"|Z\.MU\.|prije_podne|\u043f\u0440\u0435_\u043f\u043e\u0434\u043d\u0435|\u043f\u0440\u0438\u0458\u0435_\u043f\u043e\u0434\u043d\u0435|\u043f\u0440\u0435\u0442\u043f\u043b\."
    r"|\u0434\u043f|\u0410\u041c|\u0422\u041e|\u0442\u04a3|\u04af\.\u04e9\."
    r"|غ\.م|صباحًا|چ\.ب|পূৰ্বাহ্ন|පෙ\.ව\.|ກ່ອນທ່ຽງ|နံနက်|ቅ\.ቀ\.|上晝|上昼"
)
_LATE = (
    r"p\.?_?m\.?|ös|ch|yh|午後|下午|中午|晚上|오후|μ\.?_?μ\.?|م|e_pasdites|md|gd|ptg|ਬਾ\.ਦੁ\.|अपराह्न|ب\.ظ\.?|د\.ن|غ\.و\."
    r"|பிற்பகல்|ಅಪರಾಹ್ನ|ከሰዓት|אחה״צ|du\.|odp\.|pop\.|popiet|e\.h\.|i\.n\."
    r"|m\.d\.|pasdite|nam\.|nm\.?|e\.?m\.?|ip\.|soir|pēcp\.|e\.?b\.?|YM|Yamma|WB|ANW|TK|PN|N\u2019abalị|Ọ̀sán|go\.soň"
    r"|Z\.MW\.|po_podne|\u043f\u043e_\u043f\u043e\u0434\u043d\u0435|\u043f\u043e\u043f\u043e\u0434\u043d\u0435"
    r"|\u043f\u043e\u043f\u043b\.|\u043f\u043f|\u041f\u041c|\u0422\u041a|\u0442\u043a|\u04af\.\u0445\."
    r"|غ\.و|مساءً|چ\.ك|অপৰাহ্ন|ප\.ව\.|ຫຼັງທ່ຽງ|ညနေ|ድ\.ቀ\.|下晝|下昼"
)
"""Halves of the day as languages have them in Unicode's tables (CLDR, abbreviated and, where phones print it, wide).
What is one half in one language and the other in another is not here, nor is a single letter."""

# Right-to-left exports have marks of no width behind the numbers, and a comma of their own.
_START = re.compile(
    rf"""[{_MARK}]*
    (?P<bracket>\[)? (?P<moment>
    (?P<era>[RH](?=\d))? (?P<one>\d{{1,4}}) [{_MARK}]* (?P<mark>[./-]) _?(?P<two>\d{{1,2}}) [{_MARK}]*
    (?P=mark) _?(?P<reign>[RH](?=\d))? (?P<three>\d{{1,4}})
    (?: \.(?=[,\s]) | _?\u0433\. | _?(?P<buddhist>BE|B\.E\.|\u0e1e\.\u0e28\.) )?
    (?: [,\u060c][{_MARK}]*_* | _+ ) (?: (?:klo|kl\.?|um|alle|às|à|a\ las) _+ )?
    (?: (?P<before>{_EARLY}|{_LATE}) _? )?
    (?P<hour>\d{{1,2}}) (?: [:.] | _?h_? ) (?P<minute>\d{{2}}) (?: _min )?
    (?: (?: [:.] | (?<=min)_ ) (?P<second>\d{{2}}) (?: _s )? )?
    (?: _? (?P<after>{_EARLY}|{_LATE}) | _?\u0447\. )?
    ) (?(bracket) \] _? | (?: _ [-\u2013\u2014] | (?(second) (?P<colon>:) | (?!) ) ) _ )
    """.replace("_", _BLANK),
    re.VERBOSE | re.IGNORECASE,
)
# Vietnamese: ``21:15, 20/07/2023 - Jay: yo``.
_TIME_FIRST = re.compile(
    rf"""[{_MARK}]*
    (?P<bracket>\[)? (?P<moment>
    (?P<hour>\d{{1,2}}) : (?P<minute>\d{{2}}) (?: :(?P<second>\d{{2}}) )? (?: _ (?P<after>{_EARLY}|{_LATE}) )?
    (?P<before>) (?P<era>) (?P<reign>) (?P<buddhist>) (?P<colon>) ,?_+
    (?P<one>\d{{1,2}}) (?P<mark>[./-]) (?P<two>\d{{1,2}}) (?P=mark) (?P<three>\d{{2}}|\d{{4}})
    ) (?(bracket) \] _? | _ [-\u2013\u2014] _ )
    """.replace("_", _BLANK),
    re.VERBOSE | re.IGNORECASE,
)
_IS_LATE = re.compile(_LATE.replace("_", _BLANK), re.IGNORECASE)
START_CHARS: Final = 80
"""The longest start is below this; a body is not scanned for what can only stand in front of it."""

_NOON: Final = 12
_BUDDHIST_FROM: Final = 2552
_BUDDHIST_AHEAD: Final = 543
"""Years that a handset set to Thai counts more; WhatsApp was released in 2009, which is 2552 there."""
_BUDDHIST_CENTURY: Final = 2500
_ERA_AHEAD: Final = {"R": 2018, "H": 1988}
"""What is added to a year of the Japanese calendar: Reiwa 1 is 2019, Heisei 21 is 2009."""

_ERA_DIGITS: Final = (1, 2)
_BUDDHIST_DIGITS: Final = (2, 4)

_PARTS: Final = (
    *("bracket", "moment", "era", "one", "mark", "two", "reign", "three", "buddhist"),
    *("before", "hour", "minute", "second", "after", "colon"),
)
"""In the order in which they stand where the date is first."""

_LENGTHS: Final = frozenset({(1, 1), (1, 2), (2, 1), (2, 2), (4, 1), (4, 2), (1, 4), (2, 4)})


class Layout(msgspec.Struct, frozen=True):
    """How one exporter writes its starts; an export keeps to one.

    Attributes:
        mark: What stands between the numbers of a date.
        year: ``first``, ``last``, or ``short`` where all three numbers have two digits at most.
        is_before_colon: Whether a colon ends it, as on an iPhone until about 2016: ``24/3/14, 13:59:59: Jay: yo``.
    """

    is_bracketed: bool
    mark: str
    year: str
    has_seconds: bool
    has_halves: bool
    is_time_first: bool = False
    is_before_colon: bool = False


# One object for all starts of a layout: it is looked up for each of them.
_layout: Final = lru_cache(maxsize=256)(Layout)


class LineStart(msgspec.Struct, frozen=True, gc=False):
    """What stands at the front of a line.

    Attributes:
        raw: Date and time as written.
        numbers: The numbers of the date, in the order in which they are written.
        clock: Hour, minute and second. The hour is 24 or more where the text is no time of day.
        end: Where the rest of the line begins.
    """

    raw: str
    numbers: tuple[int, int, int]
    clock: tuple[int, int, int]
    layout: Layout
    end: int


def read_start(line: str) -> LineStart | None:
    """Return the start of a message that stands at the front of the line, or None."""
    front = line[:START_CHARS]
    found = _START.match(front)
    is_time_first = found is None
    if found is not None:
        parts = found.groups()
    elif (found := _TIME_FIRST.match(front)) is not None:
        parts = found.group(*_PARTS)
    else:
        return None
    bracket, moment, era, one, mark, two, reign, three, buddhist, before, hour, minute, second, after, colon = parts
    digits = (_year_digits(one, era), _year_digits(three, reign or buddhist))
    if digits not in _LENGTHS:
        return None
    half = before or after or None
    numbers = (_year(int(one), era), int(two), _year(int(three), reign or buddhist))
    year = "first" if digits[0] == 4 else "last" if digits[1] == 4 else "short"
    return LineStart(
        raw=moment,
        numbers=numbers,
        clock=(_hour(int(hour), half), int(minute), int(second or 0)),
        layout=_layout(
            bracket is not None, mark, year, second is not None, half is not None, is_time_first, bool(colon)
        ),
        end=found.end(),
    )


def _year_digits(written: str, era: str | None) -> int:
    """Return how many digits a number of a date has: four where it is a year of an era, none where it can be none."""
    if not era:
        return len(written)
    return 4 if len(written) in (_ERA_DIGITS if era.upper() in _ERA_AHEAD else _BUDDHIST_DIGITS) else 0


def _year(number: int, era: str | None) -> int:
    """Return the year of the common era; an iPhone states that of its calendar (``2565 BE``, ``R4``)."""
    if era:
        if (ahead := _ERA_AHEAD.get(era.upper())) is not None:
            return number + ahead
        return number + (_BUDDHIST_CENTURY if number < 100 else 0) - _BUDDHIST_AHEAD
    return number if number < _BUDDHIST_FROM else number - _BUDDHIST_AHEAD


def _hour(hour: int, half: str | None) -> int:
    """Return the hour of the day; ``16:49 PM`` is 16:49, and ``0:08 a. m.`` is 0:08."""
    if half is None or hour > _NOON:
        return hour
    return hour % _NOON + (_NOON if _IS_LATE.fullmatch(half) else 0)
