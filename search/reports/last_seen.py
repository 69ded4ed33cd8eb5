"""When a line and its numbers were seen last: their last advert, and until when texts and calls show a number in use.

A line that sends no more adverts, or none that a phone held shows, may take orders for months.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from search.linkage.instants import latest
from search.linkage.model import LineDevice, LineNumber
from search.reports.page_text import day

Item = Mapping[str, Any]

ADVERT: Final = "last advert"
ANNOUNCED: Final = "last announced"
NO_ADVERT: Final = "announced, no advert seen"
"""What stands at a number without an advert, under the time."""
_DAY_CHARS: Final = len("2024-01-31")


def last_used(numbers: Iterable[LineNumber], devices: Sequence[LineDevice]) -> dict[tuple[str, str | None], str]:
    """Return the last text or call with each number that came after its last advert, by number and begin of its use.

    Of several uses of a number it is that of the last one.
    """
    talked: dict[str, str | None] = {}
    for share in (share for row in devices for share in row.shares):
        talked[share.number] = latest((talked.get(share.number), share.last_used_at))
    of_last = {use.number: use for use in sorted(numbers, key=lambda use: use.last_seen_at or "")}
    return {
        (number, use.first_seen_at): at
        for number, use in of_last.items()
        if (at := talked.get(number)) is not None and use.last_seen_at is not None and at > use.last_seen_at
    }


def last_word(line: Item) -> str:
    """Return what the time at which a line was seen last is of."""
    last = [held for held in line["numbers"] if held["last_seen_at"] == line["last_seen_at"]]
    return ANNOUNCED if last and all(held["is_announced_only"] for held in last) else ADVERT


def used_words(line: Item) -> str:
    """Return until when a line's numbers were in use after its last advert; empty where nothing shows that."""
    at = latest(held["last_used_at"] for held in line["numbers"])
    return f"in use until {day(at)}" if _is_later_day(at, line["last_seen_at"]) else ""


def number_words(held: Item) -> str:
    """Return what stands under the time at which a number was seen last; empty where it is the time of its adverts."""
    words = [NO_ADVERT] if held["is_announced_only"] else []
    if _is_later_day(held["last_used_at"], held["last_seen_at"]):
        words.append(f"in use until {day(held['last_used_at'])} by texts or calls")
    return "; ".join(words)


def _is_later_day(at: str | None, last: str | None) -> bool:
    """Whether an instant lies on a day (UTC) after that of the last advert."""
    return at is not None and last is not None and at[:_DAY_CHARS] > last[:_DAY_CHARS]
