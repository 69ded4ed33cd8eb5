"""Tells a message or call whose time, or whose sides, stand under keys that are not known: in another language, say.

What such keys hold stays in ``extra``; that it is there and was not read has to be said.
"""

from __future__ import annotations

from typing import Final

from parsers.bracketed_times import is_time
from parsers.formats.xry_text.entities import Entity
from parsers.formats.xry_text.line_keys import LineKeys
from parsers.formats.xry_text.views import KEYS, SIDES, ViewKind
from parsers.phone_numbers import to_e164

_MOST_VALUE_CHARS: Final = 100
_PARTY_NUMBERS: Final = frozenset({"tel", "number"})


def has_unknown_keys(entity: Entity, kind: ViewKind, region: str, *, is_way_known: bool) -> bool:
    """Whether an entity has no time and one under an unknown key, or no sides and a number under one.

    A number below a line that is no key is of an unknown side, too, where nothing tells which way it went.

    Args:
        entity: As it was read.
        kind: What its view lists.
        region: ISO 3166 code, for numbers without a country code.
        is_way_known: Whether it is told which way it went.
    """
    unknown = [
        (field.key, field.value)
        for field in entity.fields
        if field.key not in KEYS[kind] and 0 < len(field.value) <= _MOST_VALUE_CHARS
    ]
    if entity.value("time") is None and any(is_time(value) for _, value in (*unknown, *_in_text(entity, kind))):
        return True
    if is_way_known or any(field.side in SIDES for field in entity.fields):
        return False
    if any(field.key in _PARTY_NUMBERS and field.value for field in entity.fields):
        return bool(entity.stray) or any("\n" in field.value for field in entity.fields)
    return any(to_e164(value, region) is not None for _, value in unknown)


def _in_text(entity: Entity, kind: ViewKind) -> list[tuple[str, str]]:
    """Return key and value of the lines of a text that look like the report's own, under keys that are not known."""
    keys, found = LineKeys(), []
    for line in entity.written.split("\n") if entity.written else ():
        key = keys[line]
        if "\t" in key.separator and key.has_value and key.folded not in KEYS[kind]:
            found.append((key.folded, line[key.size :].strip()[:_MOST_VALUE_CHARS]))
    return found
