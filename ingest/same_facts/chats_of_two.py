"""The conversations of two in what applications exported: with whom each is, and what stands for each message in it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from datetime import datetime
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.same_facts.near_digests import DigestCounts, Digests
from ingest.same_facts.readings import BYTES_A_NAME, Reading, made_of, messages_and_calls
from ingest.segment_store.fact_digests import NO_FACT, service_family
from ingest.segment_store.segments import RecordSegment, SegmentStore
from parsers.group_ids import is_whatsapp_group
from parsers.minute_times import TO_THE_MINUTE
from parsers.records.facts import Direction, Message
from parsers.records.values import DeletedState, Party
from parsers.stored_text import as_told_alike

_WAYS: Final = frozenset({Direction.INCOMING, Direction.OUTGOING})
_SECONDS_A_MINUTE: Final = 60
_BITS: Final = 2**64 - 1

Who = tuple[str, str | None, str | None]
"""Application, number or id, and the name where neither is known: with whom a conversation is, as its reading says."""


class ChatOfTwo(msgspec.Struct, frozen=True):
    """A conversation of two in a reading, a row for each message that is a fact of its own, in its order.

    Attributes:
        keys: What stands for application, way, minute and content (the text, else that it is a file, or deleted).
        texts: What stands for the text alone; 0: it is none.
        minutes: When, in minutes since 1970.
        has_gone_out: Which way.
        is_deleted: Whether it was deleted: what it said may stand in another export.
    """

    who: Who
    ordinals: npt.NDArray[np.int64]
    keys: Digests
    texts: Digests
    minutes: npt.NDArray[np.int64]
    has_gone_out: npt.NDArray[np.bool_]
    is_deleted: npt.NDArray[np.bool_]

    @property
    def span(self) -> tuple[int, int]:
        """The first minute and the last."""
        return int(self.minutes.min()), int(self.minutes.max())

    def counts(self, first: int, last: int) -> DigestCounts:
        """Return how often each key of what was not deleted stands between two minutes, with these."""
        return DigestCounts.of([self.keys[self._rows(first, last)]])

    def deleted_count(self, first: int, last: int) -> int:
        """Return how many of its messages between two minutes, with these, were deleted."""
        return int(np.count_nonzero(self.is_deleted & (self.minutes >= first) & (self.minutes <= last)))

    def texts_of(self, keys: Digests) -> list[tuple[int, bool, int]]:
        """Return those of the keys that are texts, each once: the key, whether it went out, the text."""
        rows = np.flatnonzero(np.isin(self.keys, keys) & (self.texts != NO_FACT))
        _, first = np.unique(self.keys[rows], return_index=True)
        rows = rows[first]
        columns = self.keys[rows].tolist(), self.has_gone_out[rows].tolist(), self.texts[rows].tolist()
        return list(zip(*columns, strict=True))

    def minutes_of(self, keys: Digests) -> npt.NDArray[np.int64]:
        """Return the minute of each of its keys."""
        own, first = np.unique(self.keys, return_index=True)
        return self.minutes[first[np.searchsorted(own, keys)]]

    def _rows(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        return ~self.is_deleted & (self.minutes >= first) & (self.minutes <= last)


def chats_of_two(store: SegmentStore, reading: Reading) -> tuple[ChatOfTwo, ...]:
    """Return the conversations of two of an exported chat, or of all that an application exported.

    Raises:
        SegmentDamaged: Its records cannot be read.
    """
    digests = reading.facts.digests
    return made_of(store, reading, "chats of two", lambda segment: _chats_of_two(segment, digests), _bytes_of_chats)


class _Rows:
    """The messages of one conversation as they are found."""

    def __init__(self) -> None:
        self.whos: set[Who] = set()
        self.is_of_two = True
        self.ordinals, self.minutes = array("q"), array("q")
        self.keys, self.texts = array("Q"), array("Q")
        self.has_gone_out, self.is_deleted = bytearray(), bytearray()

    def add(self, ordinal: int, message: Message, family: str, other: Party | None) -> None:
        """Take a message with who is on its other side; nobody: it stands in no conversation of two."""
        if other is None or message.time.utc is None:
            self.is_of_two = self.is_of_two and other is not None
            return
        number = other.e164 or (other.raw.strip() if other.raw else None)
        self.whos.add((family, number, None if number else other.name))
        minute, content = message.time.utc[:TO_THE_MINUTE], _content(message)
        self.ordinals.append(ordinal)
        self.keys.append(hash((family, str(message.direction), minute, content)) & _BITS or 1)
        self.texts.append(hash(content) & _BITS or 1 if isinstance(content, str) else NO_FACT)
        self.minutes.append(int(datetime.fromisoformat(f"{minute}+00:00").timestamp()) // _SECONDS_A_MINUTE)
        self.has_gone_out.append(message.direction is Direction.OUTGOING)
        self.is_deleted.append(message.deleted is DeletedState.DELETED)

    def made(self) -> ChatOfTwo | None:
        """Return the conversation; none where it is with nobody who is the same throughout."""
        if not self.is_of_two or len(self.whos) != 1:
            return None
        return ChatOfTwo(
            next(iter(self.whos)),
            np.frombuffer(self.ordinals, dtype=np.int64),
            np.frombuffer(self.keys, dtype=np.uint64),
            np.frombuffer(self.texts, dtype=np.uint64),
            np.frombuffer(self.minutes, dtype=np.int64),
            np.frombuffer(self.has_gone_out, dtype=np.bool_),
            np.frombuffer(self.is_deleted, dtype=np.bool_),
        )


def _chats_of_two(segment: RecordSegment, digests: Digests) -> tuple[ChatOfTwo, ...]:
    found: defaultdict[tuple[str, str | Party | None], _Rows] = defaultdict(_Rows)
    for ordinal, record in messages_and_calls(segment, digests != NO_FACT):
        if isinstance(record, Message) and record.direction is not Direction.DRAFT:
            family, other = service_family(record.service), _other_side(record)
            found[family, record.thread or other].add(ordinal, record, family, other)
    made = (rows.made() for rows in found.values())
    return tuple(chat for chat in made if chat is not None)


def _other_side(message: Message) -> Party | None:
    """Return who is on the other side of a message between two; none: it is no such message, or that is not known."""
    others = [party for party in message.to if party.is_owner is not True]
    sender = message.from_party
    if message.direction not in _WAYS or is_whatsapp_group(message.thread):
        return None
    if message.direction is Direction.INCOMING:
        other = sender if sender is not None and sender.is_owner is not True and not others else None
    else:
        other = others[0] if len(others) == 1 else None
    is_known = other is not None and bool(other.e164 or other.raw or other.name) and not is_whatsapp_group(other.raw)
    return other if is_known else None


def _content(message: Message) -> str | tuple[str]:
    """Return what a message says, as every export of the chat shows it: of a file one has the name, another not."""
    if message.deleted is DeletedState.DELETED:
        return ("deleted",)
    if message.attachments or not message.body:
        return ("file",)
    return as_told_alike(message.body)


def _bytes_of_chats(chats: tuple[ChatOfTwo, ...]) -> int:
    return sum(BYTES_A_NAME * 4 + 34 * len(chat.ordinals) for chat in chats)
