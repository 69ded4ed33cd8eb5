"""Finds what a delivery lists twice: in a chat and at top level, on the handset and on its SIM.

A record is listed in a context: its extraction, and the list in it. Two listings of one device are one fact where

* the source's own id, the content and the second are equal (in whatever contexts); where one listing does not say
  which way a message went, or has it from the role of a sender beside whom the recipients are listed too, none of them
  known as the owner, another with its id, sender and text does; of calls the type as written and the parties too,
  because a list of calls may have no id but the millisecond, in which a known caller and a withheld one rang; under an
  id that is more than that, a listing without parties is one with the listing that names some, unless others name
  others, or
* the content is equal, the contexts differ, and the times are at most two seconds apart,
* the content and the second are equal, and one of the two was deleted: its copy that a tool found beside the row (if
  there is any content),
* one is dated by the minute and the other within it, the content, the parties and the conversation are equal, the
  lists differ, and each is a text (``parsers.minute_pairing``), or
* each is a call of one second, of one length and with one party, the lists differ, and one does not say which way it
  went; where several might be meant, none is, or
* it came in, the content is equal, the extractions differ, and one is dated to the second at which the other says that
  it was sent: a card's copy of a text beside the handset's, which is dated by its arrival.

A text's line ends are alike, because what passes through XML has line feeds alone.

Two rows of one context with different ids are two facts, however equal they look: a text that was sent twice. So the
k-th of equal rows in one context pairs with the k-th in another, the k-th deleted one with the k-th that was not. What
is not dated to the second is no copy of anything in its own context, and what is dated by the minute none of what lies
seconds before or after that minute, or in another conversation. The fullest listing stands for the fact, the one that
has the second and names most parties, because a list of its own often leaves out whom a chat names; of equal ones one
that was not deleted, then the earliest. Copies are never dropped; whoever asks which one was relied upon finds both.

Memory is flat: a listing is 74 bytes, shared out by content over buckets that go to a scratch file once they are
large; each bucket is resolved alone, by sorting. ``hash`` serves as digest because both sides of every comparison
are made by one process; its salt keeps a hostile source from aiming at collisions, and nothing that comes out
depends on it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from parsers.bucketed_rows import BUCKETS, BucketedRows
from parsers.conversations import NOT_TOLD, chat_of
from parsers.duplicate_pairing import NO_PEERS, UNDATED, canonical_of, with_ids_lent
from parsers.minute_pairing import MinuteRows
from parsers.minute_times import is_by_the_minute
from parsers.records.facts import Call, CallType, Contact, Direction, Message, Record
from parsers.records.values import DeletedState, Party
from parsers.seen_locators import source_id
from parsers.service_families import service_family
from parsers.stored_text import with_line_feeds

_ROW: Final = struct.Struct("<qqiiqqqiiIi10s")
_ROW_TYPE: Final = np.dtype(
    {
        "names": [
            "content",
            "peers",
            "sender",
            "chat",
            "source_id",
            "second",
            "sent",
            "context",
            "ordinal",
            "place",
            "fullness",
            "record_id",
        ],
        "formats": ["<i8", "<i8", "<i4", "<i4", "<i8", "<i8", "<i8", "<i4", "<i4", "<u4", "<i4", "V10"],
    }
)
_SECONDS_OF_HOUR: Final = {f"{m:02}:{s:02}": m * 60 + s for m in range(60) for s in range(60)}
_INCOMING: Final = Direction.INCOMING
_OUTGOING: Final = Direction.OUTGOING
_UNKNOWN: Final = Direction.UNKNOWN
_DELETED: Final = DeletedState.DELETED
"""Named here because looking one up in its enumeration takes four times as long, and five are asked for a message."""
_IN_DIGEST: Final = 0x1F83D9ABFB41BD6B
_WAYS: Final = np.array([0, _IN_DIGEST, _IN_DIGEST, 0x2BE0CD19137E2179, 0x3C6EF372FE94F82B], dtype=np.int64)
_NO_WAY, _SUPPOSED_IN, _IN, _OUT, _OTHER_WAY = range(5)
"""Ways of a message, and what its content is mixed with for each: nothing where the way is not known."""

_IN_MIX, _OUT_MIX, _OTHER_MIX = (int(_WAYS[way]) for way in (_IN, _OUT, _OTHER_WAY))
_WAY_BITS: Final = 28
"""Above any number of parties stands the way: what says it is fuller than what does not."""

_SECOND_BIT: Final = 27
"""Between both stands whether a message is not dated by the minute alone: who has the second is fuller."""

_BY_ROLE: Final = "party_role"
_SENDER_BITS: Final = 0x7FFFFFFF
"""Of a digest of a sender. A call has there, below zero, that of its id and type without parties; 0: none."""
_DIGITS_OF_MILLISECONDS: Final = 12

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MOST_HOURS: Final = 20_000
_WAYS_OF_CALLS: Final = {CallType.OUTGOING: _OUT, CallType.UNKNOWN: _NO_WAY}
_MIXES: Final = tuple(map(int, _WAYS))
_CALL: Final = "call"
_TYPE: Final = "type"
"""Under which the type of a call is kept beside it as written."""

_ID_PREFIX: Final = "r-"
"""Record ids are kept as the ten bytes that ``parsers.records.ids`` writes behind it."""
_ID_AT: Final = len(_ID_PREFIX)

_Rows = npt.NDArray[np.void]


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """The statement that a record lists a fact that another record of the delivery stands for.

    Attributes:
        kind: Kind of the record.
        ordinal: Place of the record in its extraction, from 0, in the order in which it was read.
        record_id: Id of that record.
        canonical: Id of the record that stands for the fact; it may be in another extraction of the same device.
    """

    extraction_id: str
    kind: str
    ordinal: int
    record_id: str
    canonical: str


class DuplicateFinder:
    """Takes the records of one delivery in order, and says at the end which of them list a fact again."""

    def __init__(self, scratch_dir: Path) -> None:
        """Make a finder that may keep one unnamed file in the scratch folder."""
        self._rows = BucketedRows(scratch_dir)
        self._buckets = self._rows.buckets
        self._contexts: dict[tuple[str, str, str, bool], int] = {}
        self._counts: dict[str, int] = {}
        self._place = 0
        self._hours: dict[str, int] = {}

    def add(self, record: Record) -> None:
        """Take the next record."""
        extraction_id = record.extraction_id
        counts, contexts = self._counts, self._contexts
        ordinal = counts.get(extraction_id, 0)
        fullness, sent, sender, way, chat, by_the_minute = 0, UNDATED, 0, _OTHER_WAY, NOT_TOLD, False
        peers, second, own_id = NO_PEERS, UNDATED, hash(record.source.row or source_id(record.source.locator))
        counts[extraction_id] = ordinal + 1
        # By kind too, which tells nothing apart that the content does not, and gives the kind back at the end.
        listed = (extraction_id, record.listing, record.kind, record.deleted is _DELETED and _may_be_copy(record))
        context = contexts.get(listed)
        if context is None:
            context = contexts[listed] = len(contexts)
        if type(record) is Message:
            direction = record.direction
            body = with_line_feeds(record.body or "")
            content = base = hash(("message", body, service_family(record.service)))
            chat, by_the_minute = chat_of(record), is_by_the_minute(record.time)
            if direction is _INCOMING:
                way, content = _IN, base ^ _IN_MIX
                if record.to and record.direction_basis == _BY_ROLE and _is_owner_unknown(record):
                    way = _SUPPOSED_IN
            elif direction is _OUTGOING:
                way, content = _OUT, base ^ _OUT_MIX
            elif direction is _UNKNOWN:
                way = _NO_WAY
            else:
                content = base ^ _OTHER_MIX
            if record.from_party is not None:
                sender = hash(record.from_party.e164 or _key_of(record.from_party)) & _SENDER_BITS
            peers = _peers_of(record.from_party, record.to, direction)
            fullness = _fullness(record.from_party, record.to)
            second = self._second_of(record.time.utc)
            if direction is _INCOMING and record.times.sent is not None:
                at = self._second_of(record.times.sent.utc)
                sent = UNDATED if at == second else at
        elif type(record) is Call:
            seconds = None if record.duration_seconds is None else int(record.duration_seconds)
            way, base = (
                _WAYS_OF_CALLS.get(record.call_type, _IN),
                hash(("call", seconds, service_family(record.service))),
            )
            content = base ^ _MIXES[way]
            peers = _peers_of(record.from_party, record.to, Direction.UNKNOWN)
            own_id, sender = _ids_of_call(record, own_id, peers)
            fullness, second = _fullness(record.from_party, record.to), self._second_of(record.time.utc)
        else:
            content = base = _identity_content(record, context)
        # What was not deleted stands before what is as full.
        above = (way << _WAY_BITS) + ((not by_the_minute) << _SECOND_BIT)
        fullness = above + 2 * fullness + (record.deleted is not _DELETED)
        bucket = self._buckets[base % BUCKETS]
        listed_as = (content, peers, sender, chat, own_id, second, sent)
        bucket += _ROW.pack(
            *listed_as, context, ordinal, self._place, fullness, bytes.fromhex(record.record_id[_ID_AT:])
        )
        self._place += 1
        self._rows.added(_ROW.size)

    def resolve(self, devices: Mapping[str, int] | None = None) -> Iterator[Duplicate]:
        """Yield the duplicates by extraction (in the order of their first records) and ordinal.

        May be called once; the scratch file is gone afterwards.

        Args:
            devices: Extraction id to a number that is equal for the extractions of one device. Left out: all are of
                one device. Facts of two devices are two, however equal they look.
        """
        contexts = list(self._contexts)
        places = {extraction_id: place for place, extraction_id in enumerate(self._counts)}
        found = self._found([(devices or {}).get(extraction_id, 0) for extraction_id, *_ in contexts])
        if not len(found):
            return
        of_context = np.array([places[extraction_id] for extraction_id, *_ in contexts])
        for index in np.lexsort((found["ordinal"], of_context[found["context"]])).tolist():
            row = found[index]
            extraction_id, _, kind, _ = contexts[int(row["context"])]
            yield Duplicate(
                extraction_id=extraction_id,
                kind=kind,
                ordinal=int(row["ordinal"]),
                record_id=_ID_PREFIX + row["record_id"].tobytes().hex(),
                canonical=_ID_PREFIX + row["canonical"].tobytes().hex(),
            )

    def close(self) -> None:
        """Remove the scratch file. Safe to call twice."""
        self._rows.close()

    def _found(self, devices: list[int]) -> _Rows:
        """Return the duplicates of all buckets; ``devices`` is by context."""
        device_of = np.array(devices, dtype=np.int64)
        lists: dict[tuple[str, str, str], int] = {}
        list_of = np.array([lists.setdefault(each[:3], len(lists)) for each in self._contexts], dtype=np.int64)
        buckets = (np.frombuffer(packed, dtype=_ROW_TYPE) for packed in self._rows.portions())
        places = {extraction_id: place for place, extraction_id in enumerate(self._counts)}
        extraction_of = np.array([places[each[0]] for each in self._contexts], dtype=np.int64)
        is_call = np.array([kind == _CALL for _, _, kind, _ in self._contexts], dtype=np.bool_)
        by_context = (device_of, list_of, extraction_of, is_call)
        portions = [_duplicates_of(rows, *by_context) for rows in buckets if len(rows) > 1]
        self.close()
        return np.concatenate(portions) if portions else np.empty(0, dtype=_FOUND_TYPE)

    def _second_of(self, utc: str | None) -> int:
        """Return seconds since 1970 of an instant in the form of ``Moment.utc``."""
        if utc is None:
            return UNDATED
        hour = utc[:13]
        start = self._hours.get(hour)
        if start is None:
            if len(self._hours) >= _MOST_HOURS:
                self._hours.clear()
            days = date.fromisoformat(hour[:10]).toordinal() - _EPOCH
            start = self._hours[hour] = (days * 24 + int(hour[11:])) * 3600
        return start + _SECONDS_OF_HOUR[utc[14:19]]


_FOUND_TYPE: Final = np.dtype([("context", "<i4"), ("ordinal", "<i4"), ("record_id", "V10"), ("canonical", "V10")])


def _duplicates_of(
    rows: _Rows,
    device_of: npt.NDArray[np.int64],
    list_of: npt.NDArray[np.int64],
    extraction_of: npt.NDArray[np.int64],
    is_call: npt.NDArray[np.bool_],
) -> _Rows:
    """Return the duplicates among the rows of one bucket; the arrays are by context."""
    context = rows["context"].astype(np.int64)
    # Overflow wraps, which is what mixing a digest needs.
    content = rows["content"] ^ (device_of[context] * np.int64(0x2545F4914F6CDD1D))
    peers, from_source, second, sent = (rows[name].copy() for name in ("peers", "source_id", "second", "sent"))
    fullness = rows["fullness"].astype(np.int64)
    lists, sending = (context, list_of[context]), (sent, extraction_of[context])
    way = fullness >> _WAY_BITS
    # Only messages and calls have no way: what is neither is mixed with nothing, and has one.
    ways = None
    if (way <= _SUPPOSED_IN).any():
        ways = (
            way <= _SUPPOSED_IN,
            np.where(way == _OTHER_WAY, content, content ^ _WAYS[way]),
            rows["sender"].copy(),
            is_call[context],
        )
    from_source = with_ids_lent(from_source, rows["sender"], (content, peers), second)
    minutes = None
    if (is_rough := fullness >> _SECOND_BIT & 1 == 0).any():
        minutes = MinuteRows(is_rough, rows["chat"].astype(np.int64))
    canonical = canonical_of((content, peers), from_source, second, lists, fullness, sending, ways, minutes)
    copies = np.flatnonzero(canonical != np.arange(len(rows)))
    found = np.empty(len(copies), dtype=_FOUND_TYPE)
    for name in ("context", "ordinal", "record_id"):
        found[name] = rows[name][copies]
    found["canonical"] = rows["record_id"][canonical[copies]]
    return found


def _ids_of_call(record: Call, own_id: int, peers: int) -> tuple[int, int]:
    """Return digests of the id of a call with its type and parties, and of that without parties, below zero.

    0 in place of the second where the id is no more than the millisecond: ``call 1694706582123 #12``.
    """
    without_peers = hash((own_id, record.call_type, _types_in(record)))
    last = source_id(record.source.locator).rpartition(" ")[2]
    is_millisecond = len(last) >= _DIGITS_OF_MILLISECONDS and last.isdecimal()
    return hash((without_peers, peers)), 0 if is_millisecond else ~(without_peers & _SENDER_BITS)


def _types_in(record: Call) -> tuple[str, ...]:
    """Return the types that a call has beside it as written, because several of them become one of ours, or none."""
    return tuple(text for name, text in record.extra if name == _TYPE) if record.extra else ()


def _is_owner_unknown(record: Message) -> bool:
    """Whether no party of a message is known to be the owner, and the sender is not known to be another."""
    sender = record.from_party
    return sender is not None and sender.is_owner is None and not any(party.is_owner for party in record.to)


def _may_be_copy(record: Record) -> bool:
    """Whether a record that was deleted can be told to be the copy of another one: by its second, if it has a time.

    What an application leaves in the place of a message, without text and files, is like any picture of that second.
    """
    if not isinstance(record, Message | Call):
        return True
    if isinstance(record, Message) and not record.body and not record.attachments:
        return False
    return record.time.utc is not None and not is_by_the_minute(record.time)


def _peers_of(from_party: Party | None, to: tuple[Party, ...], direction: Direction) -> int:
    """Return a digest of the other parties by number, else as written, else by name; the owner is not one.

    Of a message that came in only the sender counts: one list names the others of its chat, another does not.
    """
    if direction is _INCOMING or (direction is _OUTGOING and len(to) == 1):
        # Nearly all of them: one party, and no set is needed.
        party = from_party if direction is _INCOMING else to[0]
        if party is None or party.is_owner is True:
            return NO_PEERS
        key = party.e164 or _key_of(party)
        return NO_PEERS if key is None else hash(key)
    keys = set()
    if from_party is not None and from_party.is_owner is not True and direction is not _OUTGOING:
        keys.add(_key_of(from_party))
    keys.update(_key_of(party) for party in to if party.is_owner is not True)
    keys.discard(None)
    if not keys:
        return NO_PEERS
    return hash(frozenset(keys)) if len(keys) > 1 else hash(keys.pop())


def _fullness(from_party: Party | None, to: tuple[Party, ...]) -> int:
    """Return how many parties a record names; the owner, whom some lists write out and some do not, is not one."""
    named = from_party is not None and from_party.is_owner is not True
    if len(to) == 1:
        return named + (to[0].is_owner is not True)
    return named + sum(1 for party in to if party.is_owner is not True) if to else int(named)


def _key_of(party: Party) -> str | None:
    return party.e164 or (party.raw.strip() if party.raw else None) or party.name


def _identity_content(record: Record, context: int) -> int:
    """Return a digest of a record without time; accounts, SIMs and devices are compared within one context only."""
    if isinstance(record, Contact):
        numbers = frozenset(number.e164 or number.raw.strip() for number in record.numbers)
        name = record.name.strip() if record.name else None
        return hash(("contact", name, numbers, frozenset(record.emails), frozenset(record.handles)))
    values = [
        getattr(record, name)
        for name in record.__struct_fields__
        if name not in ("source", "record_id", "extraction_id", "listing")
    ]
    return hash((record.kind, context, msgspec.msgpack.encode(values)))
