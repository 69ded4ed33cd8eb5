"""Takes values out of decoded JSON, whatever the exporter has put in their place: a wrong type is no value."""

from __future__ import annotations

from typing import Final

from parsers.json_decoding import Json

_MOST_DIGITS: Final = 20
_MOST_SECONDS: Final = 2**53
"""Beyond it a float holds no whole number."""


def text_in(held: Json, key: str) -> str | None:
    """Return the text of a key; a number as its digits. None: there is none, or it is something else."""
    value = held.get(key) if isinstance(held, dict) else None
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def whole_in(held: Json, key: str) -> int | None:
    """Return the whole number of a key, also one that is written as text. None: there is none."""
    value = held.get(key) if isinstance(held, dict) else None
    if isinstance(value, str):
        # Nearly all such texts are digits alone.
        is_plain = value.isdecimal() and value.isascii() and len(value) <= _MOST_DIGITS
        return int(value) if is_plain else _whole_of(value.strip())
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return None


def duration_in(held: Json, key: str) -> tuple[float | None, tuple[tuple[str, str], ...]]:
    """Return the seconds of a key, and the key with what stands there where that is no duration, such as -1."""
    seconds = whole_in(held, key)
    if seconds is not None and 0 <= seconds <= _MOST_SECONDS:
        return float(seconds), ()
    written = text_in(held, key)
    return None, ((key, written),) if written else ()


def _whole_of(digits: str) -> int | None:
    is_number = digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else None


def objects_in(held: Json, key: str) -> list[dict[str, Json]]:
    """Return the objects of a list; what else stands in it is left out. Empty where there is no list."""
    value = held.get(key) if isinstance(held, dict) else None
    if value is None or not isinstance(value, list):
        return []
    return [one for one in value if isinstance(one, dict)]


def object_in(held: Json, key: str) -> dict[str, Json]:
    """Return the object of a key; empty where there is none."""
    value = held.get(key) if isinstance(held, dict) else None
    return value if isinstance(value, dict) else {}
