"""Decodes one JSON value as exporters write it, which is not always as the standard says."""

from __future__ import annotations

import json
import re
from typing import Final, TypeAlias

import msgspec

from parsers.stored_text import SURROGATE, decode_stored

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_KEY_END: Final = b'":'

# Telegram has written control characters so, which JSON does not know.
_HEX_ESCAPE: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


def decode_json(raw: bytes) -> tuple[Json, int]:
    r"""Return a value as Python has it, and how many characters of it were replaced by U+FFFD.

    Read besides strict JSON are raw control characters in texts, and the escape ``\xNN``, which exporters have
    written; an invalid byte run and a lone surrogate become one U+FFFD each. Of a key that an object has twice the last
    value stands under it, and earlier ones that differ beside it (``text (earlier)``).

    Raises:
        ValueError: It is no JSON, or nested deeper than can be read.
    """
    try:
        plain: Json = msgspec.json.decode(raw)
        if not repeats_a_key(raw, plain):
            return plain, 0
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    text, replaced = decode_stored(raw)
    try:
        value: Json = json.loads(_HEX_ESCAPE.sub(r"\1\\u00\2", text), strict=False, object_pairs_hook=_every_value)
        value, lone = _without_lone(value)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value, replaced + lone


def repeats_a_key(raw: bytes, decoded: Json) -> bool:
    """Whether an object in a value may have a key twice: more keys stand in it than came out.

    Told by what ends a key, which texts may hold too, in both alike. The decoder takes the last value and says nothing.
    """
    try:
        return raw.count(_KEY_END) > msgspec.json.encode(decoded).count(_KEY_END)
    except (ValueError, OverflowError, RecursionError):
        # What cannot be written is a number beyond 64 bits.
        return False


def _every_value(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    held = dict(pairs)
    if len(held) == len(pairs):
        return held
    for key, value in pairs:
        if held[key] != value:
            name = f"{key} (earlier)"
            while name in held:
                name += "'"
            held[name] = value
    return held


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
