"""Decodes one JSON value as exporters write it, which is not always as the standard says."""

from __future__ import annotations

import json
import re
from typing import Final, TypeAlias

import msgspec

from parsers.stored_text import SURROGATE, decode_stored

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

# Telegram has written control characters so, which JSON does not know.
_HEX_ESCAPE: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


def decode_json(raw: bytes) -> tuple[Json, int]:
    r"""Return a value as Python has it, and how many characters of it were replaced by U+FFFD.

    Read besides strict JSON are raw control characters in texts, and the escape ``\xNN``, which exporters have
    written; an invalid byte run and a lone surrogate become one U+FFFD each.

    Raises:
        ValueError: It is no JSON, or nested deeper than can be read.
    """
    try:
        return msgspec.json.decode(raw), 0
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    text, replaced = decode_stored(raw)
    try:
        value: Json = json.loads(_HEX_ESCAPE.sub(r"\1\\u00\2", text), strict=False)
        value, lone = _without_lone(value)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value, replaced + lone


def _without_lone(value: Json) -> tuple[Json, int]:
    """Return a value with each lone surrogate of its texts and names replaced, and their number."""
    if isinstance(value, str):
        return SURROGATE.subn("\ufffd", value) if SURROGATE.search(value) else (value, 0)
    if isinstance(value, list):
        pairs = [_without_lone(inner) for inner in value]
        return [inner for inner, _ in pairs], sum(count for _, count in pairs)
    if isinstance(value, dict):
        held: dict[str, Json] = {}
        total = 0
        for key, inner in value.items():
            name, in_name = SURROGATE.subn("\ufffd", key)
            while in_name and (name in held or name in value):
                name += "\ufffd"
            held[name], count = _without_lone(inner)
            total += count + in_name
        return held, total
    return value, 0
