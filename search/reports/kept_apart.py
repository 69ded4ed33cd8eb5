"""What was shared and kept from linking, as a table that can be read: many rows of one kind are one row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

Item = Mapping[str, Any]

ROWS_OF_A_KIND: Final = 6
"""Rows that say the same and stand one by one; more are summed up."""
_DIGITS: Final = re.compile(r"\d+")
_LINE_ID: Final = re.compile(r"\((ln-[^)\s]+)\)")
_KINDS: Final = {
    "number": ("number", "numbers"),
    "template": ("wording", "wordings"),
    "nickname": ("nickname", "nicknames"),
    "shared_contacts": ("shared contacts", "pairs of lines"),
}


class KeptApart(msgspec.Struct, frozen=True):
    """One row: things that were kept from linking for one reason.

    Attributes:
        what: In words; of several with their count.
        items: The thing itself; of several those on most phones.
        total: How many there are.
        phones: On how many phones; of several from the fewest to the most.
        why: As the data says; numbers in which several differ stand as the least and the greatest.
    """

    what: str
    items: tuple[Item, ...]
    total: int
    phones: str
    why: str


def kept_apart(suppressed: Sequence[Item], line_titles: Mapping[str, str], phones: Collection[str]) -> list[KeptApart]:
    """Return the rows, what stands alone first.

    Args:
        suppressed: As in the report.
        line_titles: How the page names each line.
        phones: Names of all devices.
    """
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in suppressed:
        alike = _DIGITS.sub("#", _of_any_phone(item["why"], phones))
        groups.setdefault((item["kind"], alike), []).append(item)
    single = [
        _row([_titled(item, line_titles)]) for held in groups.values() if len(held) <= ROWS_OF_A_KIND for item in held
    ]
    summed = [
        _row([_titled({**item, "why": _of_any_phone(item["why"], phones)}, line_titles) for item in held])
        for held in groups.values()
        if len(held) > ROWS_OF_A_KIND
    ]
    return [*single, *summed]


def _of_any_phone(why: str, phones: Collection[str]) -> str:
    """Return a sentence about one phone so that it is true of several."""
    name, had, rest = why.partition(" had ")
    return f"A phone{had}{rest}" if name in phones else why


def _row(held: Sequence[Item]) -> KeptApart:
    one, many = _KINDS.get(held[0]["kind"], (held[0]["kind"].replace("_", " "),) * 2)
    counts = [item["device_count"] for item in held]
    least, most = min(counts), max(counts)
    return KeptApart(
        what=one if len(held) == 1 else f"{len(held)} {many}",
        items=tuple(sorted(held, key=lambda item: (-item["device_count"], item["value"]))[:ROWS_OF_A_KIND]),
        total=len(held),
        phones=str(most) if least == most else f"{least} to {most}",
        why=_ranged([item["why"] for item in held]),
    )


def _ranged(sentences: Sequence[str]) -> str:
    """Return sentences that differ in numbers alone as one."""
    columns = [sorted(set(column), key=_size) for column in zip(*map(_DIGITS.findall, sentences), strict=True)]
    ranges = iter([column[0] if len(column) == 1 else f"{column[0]} to {column[-1]}" for column in columns])
    return _DIGITS.sub(lambda _: next(ranges), sentences[0])


def _size(digits: str) -> tuple[int, str]:
    """Return what orders whole numbers, of however many digits: a name in a sentence may have thousands."""
    significant = digits.lstrip("0")
    return len(significant), significant


def _titled(item: Item, line_titles: Mapping[str, str]) -> Item:
    line_ids = _LINE_ID.findall(item["value"]) if item["kind"] == "shared_contacts" else []
    if not line_ids or any(line_id not in line_titles for line_id in line_ids):
        return item
    return {**item, "value": " and ".join(line_titles[line_id] for line_id in line_ids)}
