"""Cuts a Gammu file into its sections: a name in brackets, then keys and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.plain_lines import PlainLines
from parsers.sms_pdu.alphabets import ucs2_to_text

_NAME: Final = re.compile(r"\[([^\]]{1,200})\]\s*")
_BEGUN_NAME: Final = re.compile(r"\[[A-Za-z]*[0-9]*")
_MOST_KEY_CHARS: Final = 201
_COMMENTS: Final = ";#"
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r"}
_MOST_ENTRIES: Final = 20_000


class Section(msgspec.Struct, frozen=True):
    """One section.

    Attributes:
        name: As written: ``SMSBackup003``.
        locator: Where it stands.
        entries: Keys to values, both as written; of a key that stands twice the first.
        is_open: Whether the file ends in it without a line end.
        replaced_count: Characters of it that were replaced by U+FFFD.
        loose_count: Lines of it that are neither entry nor comment.
        is_name_behind: Whether the file ends inside the name of another one behind it.
        repeated_count: Lines of it whose key has another value before: a section whose name is lost stands in it.
    """

    name: str
    locator: str
    entries: dict[str, str]
    is_open: bool = False
    replaced_count: int = 0
    loose_count: int = 0
    repeated_count: int = 0
    is_name_behind: bool = False

    @property
    def kind(self) -> str:
        """The name without its number."""
        return self.name.rstrip("0123456789")

    @property
    def last_key(self) -> str | None:
        """The key that stands last. None: it is empty."""
        return next(reversed(self.entries), None)

    def plain(self, key: str) -> str | None:
        """Return a value that stands without quotes, trimmed. None: there is none."""
        value = self.entries.get(key)
        return trimmed(value) if value is not None else None

    def text(self, key: str) -> str | None:
        """Return a text: its form in hexadecimal, which holds every character, else the one in quotes.

        None: there is none, or it is empty.
        """
        coded = self.entries.get(f"{key}Unicode", "").strip()
        octets = octets_of(coded) if coded else None
        if octets is not None:
            return ucs2_to_text(octets)[0] or None
        value = self.entries.get(key)
        if value is None:
            return None
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), value[1:-1])
        return value or None

    def linked_keys(self, key: str) -> list[str]:
        """Return the keys of a value that is cut into pieces, ``key00``, ``key01`` ... as they follow."""
        keys: list[str] = []
        while (piece := f"{key}{len(keys):02}") in self.entries:
            keys.append(piece)
        return keys


def octets_of(text: str) -> bytes | None:
    """Return the octets that hexadecimal digits are, two each and nothing between them. None: they are none."""
    try:
        octets = bytes.fromhex(text)
    except ValueError:
        return None
    # It takes white space between octets.
    return octets if len(octets) * 2 == len(text) else None


def trimmed(value: str) -> str:
    """Return a value that stands without quotes, without what stands around it."""
    return value.strip().strip('"')


def sections_of(lines: PlainLines) -> Iterator[Section]:
    """Yield the sections, in order; what stands before the first is left out, as it is comment."""
    name: str | None = None
    text = ""
    start = number = replaced = loose = repeated = 0
    entries: dict[str, str] = {}
    for texts, replaced_counts in lines.text_batches():
        for stored, replaced_count in zip(texts, replaced_counts, strict=False):
            number += 1
            text = stored.strip()
            if not text:
                continue
            first = text[0]
            found = _NAME.fullmatch(text) if first == "[" else None
            if found is not None:
                if name is not None:
                    yield Section(
                        name,
                        f"line {start}",
                        entries,
                        replaced_count=replaced,
                        loose_count=loose,
                        repeated_count=repeated,
                    )
                name, start, entries = found[1].strip(), number, {}
                replaced = loose = repeated = 0
                continue
            if name is None or first in _COMMENTS:
                continue
            replaced += replaced_count
            key, equals, value = text.partition("=")
            key = key.rstrip()
            if not equals or not 0 < len(key) <= _MOST_KEY_CHARS or len(entries) >= _MOST_ENTRIES:
                loose += 1
                continue
            # One blank behind the sign is the writer's.
            value = value[1:] if value[:1].isspace() else value
            repeated += entries.setdefault(key, value) != value
    if name is not None:
        is_name_behind = not lines.is_ended and _BEGUN_NAME.fullmatch(text) is not None
        yield Section(
            name,
            f"line {start}",
            entries,
            is_open=not lines.is_ended and not is_name_behind,
            replaced_count=replaced,
            loose_count=loose,
            repeated_count=repeated,
            is_name_behind=is_name_behind,
        )
