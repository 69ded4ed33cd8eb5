"""Exhibits that are one device by the IMEI that they state, and may be two handsets: a clone bears another's IMEI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from search.contract import ExtractionEntry
from search.linkage.attribution.evidence import own_numbers_of
from search.linkage.instants import days_between, earliest, latest

_DAYS_AT_ONCE: Final = 7.0
"""In use together at least. Reasoned: one handset that is read again elsewhere has the same texts, or later ones."""


class _Exhibit(NamedTuple):
    name: str
    numbers: frozenset[str]
    first_at: str | None
    last_at: str | None


def may_be_two(entries: Sequence[ExtractionEntry]) -> Iterator[str]:
    """Yield a sentence for each two exhibits of one IMEI that state different numbers and were in use at once.

    Args:
        entries: The extractions of one device.
    """
    if len({(entry.case_ref, entry.exhibit_ref) for entry in entries}) < 2 or not any(it.imei for it in entries):
        return
    held: dict[tuple[str, str], list[ExtractionEntry]] = defaultdict(list)
    for entry in entries:
        if entry.exhibit_ref is not None and entry.imei:
            held[entry.exhibit_ref, entry.case_ref or ""].append(entry)
    for one, other in combinations([_exhibit(*key, held[key]) for key in sorted(held)], 2):
        first, last = latest((one.first_at, other.first_at)), earliest((one.last_at, other.last_at))
        are_told_apart = one.numbers and other.numbers and not one.numbers & other.numbers
        if are_told_apart and first is not None and last is not None and days_between(first, last) >= _DAYS_AT_ONCE:
            yield (
                f"{one.name} and {other.name} state one IMEI and different numbers of their own, and both have "
                f"messages from {first[:10]} to {last[:10]}: they may be two handsets, one of which bears the other's "
                "IMEI. What is said of this device is then of two."
            )


def _exhibit(exhibit_ref: str, case_ref: str, entries: Sequence[ExtractionEntry]) -> _Exhibit:
    return _Exhibit(
        f"{exhibit_ref} (case {case_ref})" if case_ref else exhibit_ref,
        frozenset[str]().union(*map(own_numbers_of, entries)),
        earliest(entry.first_message_at for entry in entries),
        latest(entry.last_message_at for entry in entries),
    )
