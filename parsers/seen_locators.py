"""Locators: which source id one names, and how it stays unique where a source repeats an id.

A record id is made from the locator, so a repeated one would give two records one id. The second and every further
record of a locator gets `` #<place>`` behind it, its place among the records of the delivery: what was there first
keeps its id, and reading the same delivery again gives the same ids.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.records import ids
from parsers.records.facts import Record

_REPEAT = re.compile(r" #[0-9]+$")
_IN_CHAT: Final = " in chat "

# 16 MiB whatever the source holds. At a million records three ids are taken for repeated ones that are not, and get a
# place behind them which they would not need; they are unique all the same, and the same in every reading.
_BITS: Final = 1 << 27
_MASK: Final = _BITS - 1
_ID_PREFIX: Final = "r-"


def source_id(locator: str) -> str:
    """Return the source's own id that a locator names: ``model A`` of ``model A in chat B #17``."""
    if _IN_CHAT in locator:
        return locator.partition(_IN_CHAT)[0]
    return _REPEAT.sub("", locator) if "#" in locator else locator


class SeenLocators:
    """Gives each record of one delivery an id of its own; in source order."""

    __slots__ = ("_bits", "_place")

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)
        self._place = -1

    def unique(self, record: Record) -> Record:
        """Return the record, with a place in its locator (and the id made from it) where the locator was seen."""
        self._place += 1
        if self._is_new(record.record_id):
            return record
        first = record.source
        locator = first.locator
        while True:
            locator = f"{locator} #{self._place}"
            record_id = ids.record_id(first.file_sha256, first.member, record.kind, locator)
            if self._is_new(record_id):
                source = msgspec.structs.replace(first, locator=locator)
                return msgspec.structs.replace(record, source=source, record_id=record_id)

    def _is_new(self, record_id: str) -> bool:
        """Mark an id, and return whether it had not been marked: a Bloom filter over the digest that an id is."""
        digest = int(record_id[len(_ID_PREFIX) :], 16)
        bits = self._bits
        one, two, three = digest & _MASK, digest >> 26 & _MASK, digest >> 53 & _MASK
        is_new = not (bits[one >> 3] >> (one & 7) & bits[two >> 3] >> (two & 7) & bits[three >> 3] >> (three & 7) & 1)
        bits[one >> 3] |= 1 << (one & 7)
        bits[two >> 3] |= 1 << (two & 7)
        bits[three >> 3] |= 1 << (three & 7)
        return is_new
