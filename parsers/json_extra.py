"""Keeps the values of an object that no field of a record holds, as pairs of name and text, within bounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from parsers.json_decoding import Json
from parsers.json_values import text_in
from parsers.part_book import shown_name

_DEEPEST: Final = 8
_MOST: Final = 100
_LONGEST: Final = 2_000
_SHOWN: Final = 80
_FURTHER: Final = "further values"
_WHOLE: Final = "whole in the original"


def flat(name: str, value: Json, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the texts in a value, each with the names that lead to it."""
    if isinstance(value, dict | list) and depth == _DEEPEST:
        yield name, json.dumps(value, ensure_ascii=False)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(f"{name}.{key}", inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from flat(name, inner, depth + 1)
    elif text := str(value).lower() if isinstance(value, bool) else text_in({name: value}, name):
        yield name, text


def others(
    held: dict[str, Json], keys: Iterable[str], meant: Callable[[str], str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the texts of keys that a reader does not know; what is too many or too long is said to be.

    Args:
        held: The element.
        keys: Those of its keys that nothing else takes.
        meant: Makes of a text as stored the one that is meant.
    """
    found = _pairs(held, keys)
    for name, text in islice(found, _MOST):
        if meant is not None:
            name, text = meant(name), meant(text)  # noqa: PLW2901
        is_plain = len(name) <= _SHOWN and name.isprintable()
        yield name if is_plain else shown_name(name), text if len(text) <= _LONGEST else _short(text)
    if next(found, None) is not None:
        yield _FURTHER, _WHOLE


def _pairs(held: dict[str, Json], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        value = held[key]
        # Nearly all of them are texts.
        if isinstance(value, str):
            if value:
                yield key, value
        else:
            yield from flat(key, value)


def _short(text: str) -> str:
    return f"{text[:_SHOWN]} ... ({len(text)} characters, {_WHOLE})"
