"""How evidence and instants are shown on a page: escaped, with nothing hidden, in UTC and in UK time."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

UK = ZoneInfo("Europe/London")
_UK_MOBILE = re.compile(r"(?<![\w+])(\+44)(7\d{3})(\d{6})(?!\d)", re.ASCII)
_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])", re.ASCII)
_EMOJI_GLUE = frozenset("\u200d\ufe0e\ufe0f")
"""Zero-width joiner and variation selectors: part of how emoji are written, and marked anywhere else."""
LONGEST_SHOWN = 2_000
"""Characters of one text that a page shows; the record holds the rest."""
_LINE_ENDS = frozenset("\n\r")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Characters that count as letters or symbols and show as nothing."""


def visible(text: str | None) -> Markup:
    """Return evidence text for a page: escaped, and each character that does not show as a mark with its number.

    Marks of direction and zero-width characters can make a text look like another one. The text stands in an element
    of its own direction, so that it cannot reorder what is around it; plain ASCII cannot.
    """
    if text is None:
        return Markup("<span class='none'>not stated</span>")
    if len(text) <= LONGEST_SHOWN and text.isascii() and text.isprintable():
        return escape(text)
    cut = text[:LONGEST_SHOWN]
    if cut.isprintable() and _BLANK_LETTERS.isdisjoint(cut):
        shown = escape(cut)
    else:
        shown = Markup("").join(_shown(cut, place) for place in range(len(cut)))
    more = len(text) - len(cut)
    rest = Markup("<span class='hid'>{} more characters</span>").format(more) if more else ""
    return Markup("<bdi>{}</bdi>{}").format(shown, rest)


def _shown(text: str, place: int) -> Markup:
    character = text[place]
    if character in _LINE_ENDS:
        return Markup("") if text[place : place + 2] == "\r\n" else Markup("<span class='hid'>\u23ce</span>\n")
    if is_glue(text, place):
        return Markup(character)  # noqa: S704  # one of three characters, none of which is markup
    if is_hidden(character):
        return Markup("<span class='hid'>U+{:04X}</span>").format(ord(character))
    return escape(character)


def is_hidden(character: str) -> bool:
    """Whether the character would show as nothing, or change how others show."""
    return unicodedata.category(character) in _HIDDEN_CATEGORIES or character in _BLANK_LETTERS


def is_glue(text: str, place: int) -> bool:
    """Whether the character at the place is a part of how an emoji is written."""
    return text[place] in _EMOJI_GLUE and _is_beside_symbol(text, place)


def _is_beside_symbol(text: str, place: int) -> bool:
    before = text[place - 1] if place else ""
    return bool(before) and (
        unicodedata.category(before) in {"So", "Sk", "Mn"} or before in _EMOJI_GLUE or before in "#*0123456789"
    )


def when(instant: str | None) -> Markup:
    """Return an instant in UTC with the UK time under it; words where there is none."""
    if instant is None:
        return Markup("<span class='none'>no date</span>")
    utc = datetime.fromisoformat(instant)
    uk = utc.astimezone(UK)
    day = "" if uk.date() == utc.date() else f"{uk.day} {uk:%b} "
    return Markup("<time datetime='{}'>{} UTC<span class='uk'>{}{:%H:%M:%S} UK</span></time>").format(
        instant, f"{utc.day} {utc:%b %Y %H:%M:%S}", day, uk
    )


def day(instant: str | None) -> str:
    """Return the day of an instant in UTC; words where there is none."""
    if instant is None:
        return "no date"
    utc = datetime.fromisoformat(instant)
    return f"{utc.day} {utc:%b %Y}"


def day_and_time(instant: str) -> str:
    """Return an instant in UTC on one line, with the time in the United Kingdom behind it."""
    utc = datetime.fromisoformat(instant)
    uk = utc.astimezone(UK)
    day = "" if uk.date() == utc.date() else f"{uk.day} {uk:%b} "
    return f"{utc.day} {utc:%b %Y %H:%M} UTC ({day}{uk:%H:%M} UK)"


def period_words(begin: str | None, end: str | None) -> str:
    """Return the period that a report is about; ``end`` is exclusive. Empty where neither is given."""
    words = [f"from {day_and_time(begin)}"] if begin else []
    return ", ".join([*words, f"before {day_and_time(end)}"] if end else words)


def outside_words(instant: str | None, begin: str | None, end: str | None) -> str:
    """Return on which side of a report's period an instant lies, in brackets; empty where it lies in it.

    ``end`` is exclusive. None: not narrowed there.
    """
    if instant is None:
        return ""
    at = datetime.fromisoformat(instant)
    if begin and at < datetime.fromisoformat(begin):
        return "(before the period)"
    return "(after the period)" if end and at >= datetime.fromisoformat(end) else ""


def grouped(text: str) -> str:
    """Return a number, or a sentence of ours, with mobile numbers of the UK in groups that can be read out."""
    return _UK_MOBILE.sub(r"\1 \2 \3", text) if "+447" in text else text


def national(key: str) -> str:
    """Return a number of the UK as it is dialled there, with groups and without; empty of any other."""
    match = _UK_MOBILE.fullmatch(key)
    return f"0{match[2]} {match[3]}, 0{match[2]}{match[3]}" if match else ""


def with_zone(sentences: str) -> str:
    """Return sentences of ours in which each day says that it is one in UTC, for forms that say so nowhere else."""
    return _DAY.sub(r"\g<0> UTC", sentences)


def as_sentence(sentence: str | None) -> Markup:
    """Return a sentence of ours for a page: as ``visible``, its numbers as ``grouped`` shows them."""
    return visible(sentence if sentence is None else grouped(sentence))


def size(count: int) -> str:
    """Return a size in bytes in a unit that can be read."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{count} bytes" if unit == "bytes" else f"{amount:.1f} {unit}"
