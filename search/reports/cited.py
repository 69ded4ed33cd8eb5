"""Records beside a sentence: which are named, of how many, and the search that lists what else there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.device_links.line_ties import ASSUMED

Item = Mapping[str, Any]

RECORDS_NAMED: Final = 4
_NUMBER: Final = re.compile(r"\+\d{7,15}")


class Cited(msgspec.Struct, frozen=True):
    """Records beside a sentence.

    Attributes:
        record_ids: Those that are named.
        words: How many of how many they are; empty where all are named, or it is not known.
        command: Lists them all, or those of them that can be asked for; empty where none is left out or none does.
    """

    record_ids: tuple[str, ...]
    words: str = ""
    command: str = ""


def cited(record_ids: Sequence[str], total: int, query: str, devices: Iterable[Item], most: int) -> Cited:
    """Return the records of a sentence.

    Args:
        record_ids: Those that the data names.
        total: How many there are; 0: not known.
        query: What finds them; empty: nothing does.
        devices: Those of the report that they are on.
        most: How many stand beside the sentence.
    """
    shown = tuple(record_ids[:most])
    if total <= len(shown):
        return Cited(shown, "..." if len(record_ids) > len(shown) else "")
    return Cited(shown, f"{len(shown)} of {total}", _command(query, devices) if query else "")


def of_reason(reason: Item, devices: Sequence[Item]) -> Cited:
    """Return the records of a reason for a link; ``devices``: its two."""
    total = reason["a_count"] + reason["b_count"] if reason["kind"] in _QUERIES else 0
    query = _QUERIES[reason["kind"]](reason["value"]) if total else ""
    return cited(reason["record_ids"], total, query, devices, RECORDS_NAMED)


def is_assumed(reason: Item) -> bool:
    """Whether a reason is that the line is one: that is said once of the line, and not of each link."""
    return reason["kind"] == "same_line" and ASSUMED in reason["sentence"]


def number_query(numbers: Collection[str]) -> str:
    """Return what finds records with any of the numbers; empty where there is none that can be asked for."""
    asked = [number for number in numbers if _NUMBER.fullmatch(number)]
    return " OR ".join(f"number:{number}" for number in asked) if len(asked) == len(numbers) else ""


_QUERIES: Final = {
    "same_number": lambda value: number_query([value]),
    "same_template": lambda value: f"template:{value}",
    "same_nickname": lambda value: f'is:advert line:"{value}"' if '"' not in value else "",
}


def _command(query: str, devices: Iterable[Item]) -> str:
    held = list(devices)
    exhibits = sorted({exhibit for device in held for exhibit in device["exhibit_refs"]})
    if all(device["exhibit_refs"] for device in held):
        named = [word for exhibit in exhibits for word in ("--exhibit", exhibit)]
    else:
        extractions = [f"extraction:{name}" for device in held for name in device["extraction_ids"]]
        query, named = f"({query}) ({' OR '.join(extractions)})", []
    words = [query] if set("\"()'") & set(query) else query.split()
    return " ".join(map(shlex.quote, ["trapline", "search", *words, *named]))
