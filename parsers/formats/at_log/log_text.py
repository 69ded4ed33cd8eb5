"""Gives the lines of a log as the modem wrote them: in its character set, without what a terminal put in front."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from parsers.formats.at_log.answer_fields import guessed
from parsers.plain_lines import PlainLine, PlainLines
from parsers.stored_text import decode_stored

# Times between brackets or of digits alone, then who wrote: ``[12:00:00] <``, ``2024-07-08 12:00:00.123 RX:``.
_PREFIX: Final = re.compile(
    r"(?P<time>\[[^\]]{0,40}\]\s?"
    r"|(?:[0-9]{2,4}[-./][0-9]{1,2}[-./][0-9]{2,4}[ T,]{1,2})?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?"
    r"Z?:?\s)?"
    r"(?P<arrow>[<>-]{1,3}\s|(?:TX|RX|SEND|RECV)\s*:\s?)?",
    re.IGNORECASE,
)
_ELEMENT: Final = re.compile(
    r"\s*(?:AT(?:[+^*#&$%][A-Z]|D[0-9+*#]|(?:[A-Z][0-9]?)?\s*$)|[+^*#][A-Z]{2,12}:)", re.IGNORECASE
)
_RESULT: Final = re.compile(r"\s*(?:OK|ERROR|\+CM[SE] ERROR:.*)\s*")
_CLOCK: Final = re.compile(r"[0-9]:[0-9]{2}")
_SETTING: Final = re.compile(r'\s*AT\+CSCS\s*=\s*"?(?P<name>[A-Z0-9-]+)"?\s*', re.IGNORECASE)
_STATED: Final = re.compile(r'\s*\+CSCS:\s*"(?P<name>[A-Z0-9-]+)"\s*', re.IGNORECASE)
_COMMAND: Final = re.compile(r"\s*AT(?:[+^*#&$%A-Z]|\s*$)", re.IGNORECASE)
_QUESTION: Final = re.compile(r"\s*AT\+CSCS\?\s*", re.IGNORECASE)
_LATIN: Final = re.compile(r"(?:ISO-?)?8859-(?P<part>[0-9]{1,2})", re.IGNORECASE)
_CODE_PAGE: Final = re.compile(r"PCCP(?P<page>[0-9]{3,4})", re.IGNORECASE)

_OCTET_STARTS: Final = frozenset("0123456789")
_SETTING_STARTS: Final = "Aa+"
"""How commands and the answer about the character set begin."""

_Form: TypeAlias = tuple[str, str]
"""How a terminal marks lines: how its times look, and its arrow; empty where it has none."""


class LogLine(PlainLine, frozen=True, gc=False):
    """A line, with the modem's character set where it stands; None where the log does not say.

    Attributes:
        damage: Notice code of a header that was put right, or of what is left of one.
        header: What is left of a header; the line is read as one. Empty: it is none.
    """

    character_set: str | None = None
    damage: str | None = None
    header: str = ""


def without_prefix(text: str) -> str:
    """Return a line without what a terminal put before a command or an answer; any other line as it is."""
    found = _PREFIX.match(text)
    assert found is not None
    return text[found.end() :] if found.end() and _ELEMENT.match(text, found.end()) else text


def log_lines(lines: PlainLines) -> Iterator[LogLine]:
    """Yield the lines of a log, in order.

    A line that is no command and no answer loses its front where the command or answer before it had the like: so
    texts are what the modem printed, and a bracket that somebody typed stays.
    """
    settings = _Settings()
    form: _Form = ("", "")
    for line in lines.raw_lines():
        text, replaced = _decoded(line.raw, settings.codec)
        if text[:1] in _OCTET_STARTS and text.isalnum():
            # Octets, as half of the lines are: no time, no arrow and no element has its letters and digits alone.
            yield LogLine(line.number, text, replaced, line.is_ended, settings.character_set)
            continue
        found = _PREFIX.match(text)
        assert found is not None
        if _ELEMENT.match(text, found.end()):
            form = _form_of(found)
            text = text[found.end() :]
        elif form[0] or form[1]:
            text = _without_form(text, found, form)
        settings.take(text)
        yield LogLine(line.number, text, replaced, line.is_ended, settings.character_set)


class _Settings:
    """Follows the character set that a log turns to; one that the modem refuses does not hold.

    Attributes:
        character_set: In capitals. None: the log does not say.
        codec: Of the octets of the log. None: UTF-8.
    """

    def __init__(self) -> None:
        self.character_set: str | None = None
        self.codec: str | None = None
        self._before: tuple[str | None] | None = None
        self._may_be_stated = True

    def take(self, text: str) -> None:
        """Take a line: a setting, an answer about it, or its result."""
        if self._before is not None and (result := _RESULT.fullmatch(text)) is not None:
            if result[0].strip() != "OK":
                self._turn_to(self._before[0])
            self._before = None
        if text.lstrip()[:1] not in _SETTING_STARTS:
            return
        if _COMMAND.match(text):
            # Elsewhere a line like the answer is one that somebody typed.
            self._may_be_stated = _QUESTION.fullmatch(text) is not None
        found = _SETTING.fullmatch(text) or (_STATED.fullmatch(text) if self._may_be_stated else None)
        if found is not None:
            self._before = (self.character_set,)
            # A modem that has turned to UCS2 is spoken to in it.
            self._turn_to((guessed(found["name"]) or found["name"]).upper())

    def _turn_to(self, name: str | None) -> None:
        self.character_set = name
        latin, page = (form.fullmatch(name or "") for form in (_LATIN, _CODE_PAGE))
        self.codec = _known(f"iso8859-{latin['part']}" if latin else f"cp{page['page']}" if page else None)


def _form_of(found: re.Match[str]) -> _Form:
    time, arrow = found["time"] or "", (found["arrow"] or "").strip().upper()
    if not time:
        return "", arrow
    return ("[" if time[0] == "[" else "0") + (":" if _CLOCK.search(time) else ""), arrow


def _without_form(text: str, found: re.Match[str], form: _Form) -> str:
    """Return a line without the time and the arrow that the lines of the log have; all else in it was printed."""
    time, arrow = _form_of(found)
    if time != form[0]:
        return text
    end = found.end() if form[1] and arrow == form[1] else found.end("time") if time else 0
    return text[end:]


def _known(codec: str | None) -> str | None:
    try:
        return None if codec is None else codecs.lookup(codec).name
    except LookupError:
        return None


def _decoded(raw: bytes, codec: str | None) -> tuple[str, int]:
    if codec is None or raw.isascii():
        return decode_stored(raw)
    text = raw.decode(codec, "replace")
    return text, text.count("\ufffd")
