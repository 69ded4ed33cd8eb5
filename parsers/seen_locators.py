"""Locators: which source id one names, and how it stays unique where a source repeats an id.

A record id is made from the locator, so a repeated one would give two records one id. The second and every further
record of a locator gets `` #<place>`` behind it, its place among the records of the delivery: what was there first
keeps its id, and reading the same delivery again gives the same ids.
"""

from __future__ import annotations

import re
from array import array
from random import Random
from typing import ClassVar, Final

import msgspec

from parsers.records import ids
from parsers.records.facts import Record

_REPEAT = re.compile(r" #(?:[0-9]+|kb:[^ ]+(?: #[0-9]+)?)$")
_IN_CHAT: Final = " in chat "

_WORDS: Final = 1 << 21
_AT: Final = len("r-")
_DIGEST_CHARS: Final = 15
_MASKS: Final = 1 << 12
_BITS_A_MASK: Final = 3


def _masks(seed: int) -> tuple[int, ...]:
    """Return words of three bits each, the same in every process."""
    drawn = Random(seed)  # noqa: S311  # nothing secret
    return tuple(sum(1 << bit for bit in drawn.sample(range(64), _BITS_A_MASK)) for _ in range(_MASKS))


def source_id(locator: str) -> str:
    """Return the source's own id that a locator names: ``model A`` of ``model A in chat B #17``.

    Of ``kb:A #kb:B`` (a node of our own export that says of itself that it lists the fact of another) that other.
    """
    if _IN_CHAT in locator:
        return locator.partition(_IN_CHAT)[0]
    return _REPEAT.sub("", locator) if "#" in locator else locator


class SeenLocators:
    """Gives each record of one delivery an id of its own; in source order.

    16 MiB whatever the source holds. At a million records some ten ids are taken for repeated ones that are not, and
    get a place behind them which they would not need; they are unique all the same, and the same in every reading.
    """

    __slots__ = ("_place", "_sha256", "_words")

    _one: ClassVar[tuple[int, ...]] = _masks(1)
    _other: ClassVar[tuple[int, ...]] = _masks(2)

    def __init__(self, delivery_sha256: str) -> None:
        self._sha256 = delivery_sha256
        self._words = array("Q", bytes(8 * _WORDS))
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
            record_id = ids.record_id(self._sha256, first.member, record.kind, locator)
            if self._is_new(record_id):
                source = msgspec.structs.replace(first, locator=locator)
                return msgspec.structs.replace(record, source=source, record_id=record_id)

    def _is_new(self, record_id: str) -> bool:
        """Mark an id, and return whether it had not been marked.

        A Bloom filter over the digest that an id is, all bits of an id in one word (Putze, Sanders and Singler 2007):
        the memory is looked at once an id, which takes a third of the time of three looks.
        """
        digest = int(record_id[_AT : _AT + _DIGEST_CHARS], 16)
        place = digest & (_WORDS - 1)
        mask = self._one[digest >> 24 & (_MASKS - 1)] | self._other[digest >> 36 & (_MASKS - 1)]
        word = self._words[place]
        if word & mask == mask:
            return False
        self._words[place] = word | mask
        return True
