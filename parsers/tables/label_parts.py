"""The parts of a label: the number, and the name that stands before or behind it in the same text."""

from __future__ import annotations

import re
from typing import Final

from parsers.phone_numbers import to_e164

# A number, then a name: five digits or more, as a short code has.
_NUMBER_FIRST = re.compile(r"(\+?[0-9(][0-9()\s.\-/]{3,}[0-9])\s+([^\W\d_].*|[^\w\s].*)", re.DOTALL)
# A number in one piece, then a name that begins with digits: "07700900123 3", "07700900123 9 Mill St".
_NUMBERED = re.compile(r"(\+?[0-9]{10,15})\s+([0-9]{1,4}(?:\s*[^\W\d_].*)?)", re.DOTALL)
# With a stroke between them: "07700900123/Jay"; a number that is whole, so that a date and what follows are none.
_BEFORE_STROKE = re.compile(r"(\+?[0-9][0-9\s]{8,16}[0-9])\s*[/|]\s*([^\W\d_][^0-9]*)", re.DOTALL)
_ADDRESS_FIRST = re.compile(r"(\S+@\S+)\s+(\S.*)", re.DOTALL)
_BRACKETED = re.compile(r"(.*\S)\s*[<(\[]\s*(\+?[0-9][0-9\s.\-]{4,}[0-9]|\S+@\S+)\s*[>)\]]\s*", re.DOTALL)
# What an application knows somebody by, with or without a name: "Jay <987654321>", "<987654321>".
_ID_IN_ANGLES = re.compile(r"(?:(.*\S)\s*)?<\s*([0-9]{3,20})\s*>\s*", re.DOTALL)
_NUMBER_LAST = re.compile(r"([^\W\d_].*?)(?:\s+[-\u2013:|]\s*|[:|]\s*)(\+?[0-9(][0-9()\s.\-]{6,}[0-9])", re.DOTALL)
# Without a mark between them: a number that is written apart from what is in front of it, whatever that ends with.
_NUMBER_BEHIND = re.compile(
    r"([^\W\d_].*?[^\s0-9+/_]|[^\W\d_])\s*[\s/_]\s*(\+[0-9][0-9\s]{8,16}[0-9]|0[0-9\s]{9,17}[0-9])", re.DOTALL
)
_NUMBER_IN_ONE = re.compile(r"([^\W\d_].*\S)\s+(\+[0-9]{10,15}|0[0-9]{9,10})", re.DOTALL)
# With marks within it: ``Zed (+44) 7700 900123``, ``Zed 07700-900123``.
_NUMBER_MARKED = re.compile(
    r"([^\W\d_].*?[^\s0-9+/_(]|[^\W\d_])\s*[\s/_]\s*"
    r"(\(\+?[0-9]{1,5}\)[0-9\s.\-]{6,16}[0-9]|\+[0-9][0-9\s().\-]{8,22}[0-9]|0[0-9\s.\-]{9,17}[0-9])",
    re.DOTALL,
)
# What a name may begin with in place of a letter: few digits (``2Tone``, ``24/7``), what nobody writes a number with.
_LEAD = re.compile(r"(?=\S)(?:24/7(?=\s)|[1-9][0-9]{0,3}(?![0-9]))?[^\w\s+(\[<*#]*\s*")
_MOST_LEADS: Final = 3
# Before a number these are its country's code, a place in a list or a time of day, and none of them a name.
_FIGURES = re.compile(r"(?!24/7$)[0-9][0-9!-/:-@]*")
_SEPARATORS: Final = "-\u2013\u2014:|,.;/_"
_KIND_LAST = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]$")
_QUOTED_NAME = re.compile(r'"([^"]*[^\W\d_][^"]*)"\s+(.*)', re.DOTALL)
_LONG_RUN = re.compile(r"[0-9]{7}")
_BRACKETS = re.compile(r"^[(<\[](.*)[)>\]]$", re.DOTALL)
_DIGITS = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W\d_]+")
_KINDS_OF_NUMBER: Final = frozenset(
    {
        "business",
        "cell",
        "cellphone",
        "cellular",
        "default",
        "fax",
        "general",
        "home",
        "main",
        "mobile",
        "number",
        "office",
    }
    | {"other", "pager", "phone", "preferred", "sim", "tel", "telephone", "unknown", "work"}
    | {"mob", "no", "uk", "gb"}
)

_MARK_BETWEEN = re.compile(r"^[-\u2013\u2014/|:,]+\s+")
"""Between a number and the name behind it; a mark further on is the name's own (``Smith, John``)."""

FEWEST_DIGITS: Final = 5
"""Of a number, as a short code has."""


def is_kind_of_number(text: str) -> bool:
    """Whether words say what kind of number stands beside them, and not whose it is."""
    words = _WORD.findall(text.casefold())
    return bool(words) and all(word in _KINDS_OF_NUMBER for word in words)


def split_label(text: str) -> tuple[str, str | None]:
    """Return the identifier of a label and the name beside it; None: there is no name."""
    if to_e164(text) is not None:
        return text, None
    found = _NUMBERED.fullmatch(text) or _BEFORE_STROKE.fullmatch(text)
    if found is None or to_e164(found[1]) is None:
        found = _ADDRESS_FIRST.fullmatch(text) or _NUMBER_FIRST.fullmatch(text)
    if found is not None and ("@" in found[1] or len(_DIGITS.findall(found[1])) >= FEWEST_DIGITS):
        return found[1], _BRACKETS.sub(r"\1", _MARK_BETWEEN.sub("", found[2].strip(), count=1))
    bracketed = _ID_IN_ANGLES.fullmatch(text) or _BRACKETED.fullmatch(text)
    if bracketed is not None:
        return bracketed[2], bracketed[1].strip().strip('"') if bracketed[1] else None
    if text.startswith('"') and (quoted := _QUOTED_NAME.fullmatch(text)) is not None:
        text = f"{quoted[1]} {quoted[2]}"
    behind = _number_behind(text)
    if behind is not None:
        return behind
    # A tool that knows no name for somebody prints the identifier again.
    half = len(text) // 2
    if len(text) > 2 and text[half] == " " and text[:half] == text[half + 1 :]:
        return text[:half], text[:half]
    return text, None


def _number_behind(text: str, leads: int = 0) -> tuple[str, str] | None:
    """Return the number at the end of a label and the name in front of it. None: there is none.

    The kind of the number behind it (``Zed 07700 900123 (mob)``) stays with the name.
    """
    kind = _KIND_LAST.search(text)
    if kind is not None and is_kind_of_number(kind[1]):
        found = _number_behind(text[: kind.start()], leads)
        return None if found is None else (found[0], f"{found[1]} {kind[0].strip()}")
    return _behind_letters(text) or (_behind_lead(text, leads) if leads < _MOST_LEADS else None)


def _behind_letters(text: str) -> tuple[str, str] | None:
    """Return the same of a name that begins with a letter."""
    last = _NUMBER_LAST.fullmatch(text)
    if last is not None:
        return (last[2], last[1]) if to_e164(last[2]) is not None else None
    for pattern in (_NUMBER_BEHIND, _NUMBER_IN_ONE, _NUMBER_MARKED):
        last = pattern.fullmatch(text)
        # Two numbers are not one with a name.
        if last is not None and to_e164(last[2]) is not None and not _LONG_RUN.search(last[1]):
            return last[2], last[1]
    return None


def _behind_lead(text: str, leads: int) -> tuple[str, str] | None:
    """Return the same of a name that begins with something else: a picture, or few digits.

    Those are part of a name (``2Tone 07700 900123``); alone they are none, and the label is left as it stands.
    """
    found = _LEAD.match(text)
    lead = found[0] if found is not None else ""
    name, rest = lead.rstrip(), text[len(lead) :]
    if not name.strip(_SEPARATORS) or not rest:
        return None
    if rest[0] in "0+(" and _FIGURES.fullmatch(name) is not None:
        return None
    if rest[0] in "0+(" and to_e164(rest) is not None:
        # A mark that parts a number from what is no name needs a blank: ``12-07700900123`` is left as it stands.
        return (rest, name) if name != lead or not name[-1].isascii() else None
    if not rest[0].isalnum():
        return None
    behind = _number_behind(rest, leads + 1)
    return None if behind is None else (behind[0], lead + behind[1])
