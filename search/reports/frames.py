"""The constant words of a template and its slots, told apart, and the example that shows the wording best.

A slot stands in brackets wherever it is shown: on a page its frame alone would be lost when the text is copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from search.reports.page_text import LONGEST_SHOWN

_SLOT: Final = re.compile(r"\{([a-z][a-z_ ]{0,19})\}")
_WORD: Final = re.compile(r"\w+")

_LINE: Final = "line"
_NAME: Final = "name"

Item = Mapping[str, Any]


def pieces(text: str) -> list[tuple[bool, str]]:
    """Return a template as pieces: whether each is a slot, and its words or the name of the slot in brackets."""
    found: list[tuple[bool, str]] = []
    for place, piece in enumerate(_SLOT.split(text)):
        if place % 2:
            found.append((True, f"[{piece}]"))
        elif piece:
            found.append((False, piece))
    return found


def shown_pieces(text: str) -> list[tuple[bool, str]]:
    """Return the same for a page: of a very long wording the beginning, and how many characters more there are."""
    found: list[tuple[bool, str]] = []
    left = LONGEST_SHOWN
    for is_slot, piece in pieces(text):
        if left <= 0:
            break
        found.append((is_slot, piece if is_slot else piece[:left]))
        left -= len(piece)
    more = sum(len(piece) for _, piece in pieces(text)) - sum(len(piece) for _, piece in found)
    return [*found, (True, f"[{more} more characters]")] if more else found


def with_neutral_slots(template: Item) -> Item:
    """Return a wording as pages show it: what no line uses names a firm, a club or a person, and no line."""
    if template["line_ids"]:
        return template
    slots = [{**slot, "name": _NAME if slot["name"] == _LINE else slot["name"]} for slot in template["slots"]]
    return {**template, "text": template["text"].replace(f"{{{_LINE}}}", f"{{{_NAME}}}"), "slots": slots}


def says_more(template: Item | None, text: str | None) -> bool:
    """Whether a text says anything beside the wording as it is shown."""
    return bool(text) and (template is None or "".join(piece for _, piece in pieces(template["text"])) != text)


def fitting(template: Item, texts: Iterable[Item]) -> list[Item]:
    """Return texts of a template, those first that hold most of its constant words; else in the order given."""
    constant = _words("".join(piece for is_slot, piece in pieces(template["text"]) if not is_slot))

    def lacks(item: Item) -> int:
        return -len(constant & _words(item["text"]))

    return sorted(texts, key=lacks)


def example_of(template: Item) -> Item | None:
    """Return that of the template's examples which shows the wording best."""
    return next(iter(fitting(template, template["examples"])), None)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def told_in(slot: Mapping[str, Any], template: Mapping[str, Any]) -> str:
    """Return in how many of its messages the values of a slot are listed; empty where it is all of them.

    A wording is gathered from several phones: where all texts of one have the same value, it may be among the words,
    and those have a value too.
    """
    if template.get("variant_count") == 1:
        held = template["message_count"]
        told = sum(value["count"] for value in slot["values"])
        return f" · counted in {told:,} of the {held:,} messages, which are all one text" if told < held else ""
    told, held = sum(value["count"] for value in slot["values"]), template["message_count"]
    return f" · in {told:,} of the {held:,} messages; others may have it among their words" if told < held else ""
