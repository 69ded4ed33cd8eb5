"""How evidence stands on paper: nothing hidden, and what the fonts lack as its number, which can be searched for."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from search.reports.page_text import LONGEST_SHOWN, UK, grouped, is_glue, is_hidden
from search.reports.print_fonts import covered

_LINE_END = "\u23ce"


def printable(text: str | None, none: str = "not stated") -> str:
    """Return evidence text for paper; each character that would not show stands as ``[U+202E]``.

    Args:
        text: As stored.
        none: What stands where there is none.
    """
    if text is None:
        return none
    cut = text[:LONGEST_SHOWN]
    more = f" [{len(text) - len(cut)} more characters]" if len(text) > len(cut) else ""
    if cut.isascii() and cut.isprintable():
        return cut + more
    return "".join(_shown(cut, place) for place in range(len(cut))) + more


def print_sentence(sentence: str | None) -> str:
    """Return a sentence of ours for paper: as ``printable``, its numbers as ``grouped`` shows them."""
    return printable(sentence if sentence is None else grouped(sentence))


def _shown(text: str, place: int) -> str:
    character = text[place]
    if character in "\r\n":
        return "" if text[place : place + 2] == "\r\n" else f" {_LINE_END} "
    if is_glue(text, place):
        return character
    if is_hidden(character) or (ord(character) not in covered() and not unicodedata.combining(character)):
        return f"[U+{ord(character):04X}]"
    return character


def instants(instant: str | None) -> list[str]:
    """Return an instant as two lines, UTC and UK time; one line of words where there is none."""
    if instant is None:
        return ["no date"]
    utc = datetime.fromisoformat(instant)
    uk = utc.astimezone(UK)
    day = "" if uk.date() == utc.date() else f"{uk.day} {uk:%b} "
    return [f"{utc.day} {utc:%b %Y %H:%M:%S} UTC", f"{day}{uk:%H:%M:%S} UK"]
