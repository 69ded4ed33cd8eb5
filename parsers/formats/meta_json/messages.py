"""Makes messages and calls of the elements of a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from msgspec.structs import replace

from parsers.contract import SourceStamp
from parsers.epoch_times import EpochClock
from parsers.formats.meta_json.texts import REPAIRED, repaired, repaired_in, stored_in
from parsers.formats.meta_json.threads import Thread, direction_of, party_of
from parsers.json_decoding import Json
from parsers.json_extra import others
from parsers.json_values import duration_in, object_in, objects_in, text_in, whole_in
from parsers.part_book import PartBook
from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.values import Attachment, DeletedState, Moment, Party
from parsers.remembered import Remembered
from parsers.stored_text import replaced_in

_FILES: Final = ("photos", "videos", "audio_files", "gifs", "files", "media")
_BEYOND_TEXT: Final = frozenset(
    (*_FILES, "sticker", "share", "reactions", "type", "call_duration", "is_unsent", "isUnsent")
)
_PLAIN: Final = frozenset({"sender_name", "senderName", "timestamp_ms", "timestamp", "content", "text"})
_LEFT_OUT: Final = frozenset(
    {"is_geoblocked_for_viewer", "is_unsent_image_by_messenger_kid_parent", "magic_words", "bumped_message_metadata"}
)
"""What the application says to itself; a message with keys of these two kinds alone is a text and its time."""

_KNOWN: Final = _BEYOND_TEXT | _PLAIN | _LEFT_OUT
_KNOWN_OF_CALL: Final = _KNOWN | {"missed"}

_MOST_KNOWN: Final = 4_096
_MOST_RECIPIENTS: Final = 1_024
_Sides: TypeAlias = "tuple[Direction, str | None, Party | None, tuple[Party, ...]]"
_MARK: Final = "messages/"
_CALL_TYPES: Final = frozenset({"call", "videocall", "video_call"})


class MessageMaker:
    """Makes the records of one file of a conversation.

    Attributes:
        used: Members that messages name.
    """

    def __init__(
        self,
        stamp: SourceStamp,
        book: PartBook,
        epoch: EpochClock,
        region: str,
        service: str,
        files: Mapping[str, str] | None,
    ) -> None:
        """Make a maker; ``files``: end of a path to the member that has it, None where the file came alone."""
        self.used: set[str] = set()
        self._stamp = stamp
        self._book = book
        self._epoch = epoch
        self._region = region
        self._service = service
        self._files = files
        self._thread: Thread | None = None
        self._chat: tuple[tuple[str, str], ...] = ()
        self._plain: Remembered[tuple[str, ...], bool] = Remembered()
        self._known: dict[str | None, _Sides] = {}
        self._people: list[tuple[str, Party]] = []

    def record(
        self, thread: Thread, owner: str | None, held: dict[str, Json], locator: str, replaced: int
    ) -> Message | Call:
        """Return the record of an element."""
        sender = repaired_in(held, "sender_name", "senderName")
        direction, basis, from_party, to = self._sides(thread, owner, sender, locator)
        if direction is Direction.UNKNOWN and sender and (thread.owner or owner) is None:
            self._book.note("owner_untold", locator=locator)
        keys = tuple(held)
        is_plain = self._plain.get(keys)
        if is_plain is None:
            is_plain = _PLAIN.union(_LEFT_OUT).issuperset(keys)
            self._plain.keep(keys, is_plain, sum(map(len, keys)))
        if not is_plain and ("call_duration" in held or (text_in(held, "type") or "").casefold() in _CALL_TYPES):
            return self._call(held, locator, direction, from_party, to)
        self._book.saw("message")
        stored = stored_in(held, "content", "text")
        body = None if stored is None else repaired(stored)
        notices: list[str] = []
        extra: list[tuple[str, str]] = []
        if stored is not None and body != stored:
            notices.append(REPAIRED)
            extra.append(("stored_text", stored))
            self._book.note(REPAIRED, locator=locator)
        if replaced:
            notices += replaced_in(body, replaced)
            self._book.note("characters_replaced", locator=locator, count=replaced)
        message = Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            service=self._service,
            direction=direction,
            direction_basis=basis,
            from_party=from_party,
            to=to,
            body=body,
            body_notices=tuple(notices),
            thread=thread.path or thread.title,
            attachments=() if is_plain else tuple(self._attachments(held, locator)),
            time=self._moment(held),
            listing="chat",
            extra=(*extra, *self._chat, *(() if is_plain else _extra(held))),
        )
        if is_plain:
            return message
        is_unsent = held.get("is_unsent") is True or held.get("isUnsent") is True
        return replace(message, deleted=DeletedState.DELETED) if is_unsent else message

    def _sides(self, thread: Thread, owner: str | None, sender: str | None, locator: str) -> _Sides:
        """Return direction, what says so, sender and recipients; worked out once for each sender of a file."""
        if thread is not self._thread:
            self._begin(thread, owner, locator)
        sides = self._known.get(sender)
        if sides is None:
            direction, basis = direction_of(thread, owner, sender)
            is_owner = None if direction is Direction.UNKNOWN else direction is Direction.OUTGOING
            sides = (
                direction,
                basis,
                party_of(sender, self._region, is_owner=is_owner),
                self._recipients(thread, sender),
            )
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[sender] = sides
        return sides

    def _begin(self, thread: Thread, owner: str | None, locator: str) -> None:
        """Take what a conversation says of all its messages; of the people of a crowd the owner alone."""
        self._thread = thread
        self._chat = (("chat", thread.title),) if thread.title and not thread.is_pair else ()
        self._known.clear()
        own, people = thread.owner or owner, thread.people
        # Of two of one name nothing tells which is the owner.
        is_told = own is not None and people.count(own) == 1
        if len(people) > _MOST_RECIPIENTS:
            self._book.note("recipients_left_out", locator=locator)
            people = (own,) if own is not None and is_told else ()
        self._people = [
            (name, party)
            for name in people
            if (party := party_of(name, self._region, is_owner=name == own if is_told else None)) is not None
        ]

    def _call(
        self, held: dict[str, Json], locator: str, direction: Direction, from_party: Party | None, to: tuple[Party, ...]
    ) -> Call:
        self._book.saw("call")
        seconds, written = duration_in(held, "call_duration")
        call_type = CallType.UNKNOWN
        if direction is Direction.OUTGOING:
            call_type = CallType.OUTGOING
        elif direction is Direction.INCOMING:
            call_type = CallType.MISSED if held.get("missed") is True or seconds == 0 else CallType.INCOMING
        content = repaired_in(held, "content", "text")
        return Call(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("call", locator),
            extraction_id=self._book.extraction_id,
            service=self._service,
            call_type=call_type,
            duration_seconds=seconds,
            from_party=from_party,
            to=to,
            time=self._moment(held),
            listing="chat",
            extra=(*((("content", content),) if content else ()), *written, *_unknown(held, _KNOWN_OF_CALL)),
        )

    def _recipients(self, thread: Thread, sender: str | None) -> tuple[Party, ...]:
        """Return who takes part besides the sender. A group states who is in it, and not since when."""
        if not sender or (thread.is_pair and sender not in thread.people):
            return ()
        names = [name for name, _ in self._people]
        place = names.index(sender) if sender in names else None
        return tuple(party for number, (_, party) in enumerate(self._people) if number != place)

    def _moment(self, held: dict[str, Json]) -> Moment:
        count = held.get("timestamp_ms")
        # The class itself, as nearly every message has it; a truth value is a whole number in Python.
        if type(count) is not int:
            count = whole_in(held, "timestamp_ms")
        return self._epoch.unix(whole_in(held, "timestamp") if count is None else count)

    def _attachments(self, held: dict[str, Json], locator: str) -> Iterator[Attachment]:
        found = [one for key in _FILES for one in objects_in(held, key)]
        sticker = object_in(held, "sticker")
        found += [sticker] if sticker else []
        for one in found:
            uri = repaired_in(one, "uri")
            if not uri:
                continue
            member = None
            if self._files is not None:
                member = self._files.get(end_of(uri))
                if member is not None:
                    self.used.add(member)
                elif "://" not in uri:
                    self._book.note("member_missing", subject=uri, locator=locator)
            yield Attachment(name=uri.rpartition("/")[2] or uri, member=member)


def end_of(path: str) -> str:
    """Return the end of a path that an export and its files have in common: from its folder of messages on."""
    return path[path.find(_MARK) :] if _MARK in path else path.removeprefix("./")


def _unknown(held: dict[str, Json], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    return others(held, [key for key in held if key not in known], repaired)


def _extra(held: dict[str, Json]) -> Iterator[tuple[str, str]]:
    kind = text_in(held, "type")
    if kind and kind.casefold() not in {"generic", "text"}:
        yield "type", kind
    share = object_in(held, "share")
    for key in share:
        value = repaired_in(share, key)
        if value:
            yield f"share.{key}", value
    for reaction in objects_in(held, "reactions"):
        by = repaired_in(reaction, "actor") or ""
        yield "reaction", f"{repaired_in(reaction, 'reaction') or ''} {by}".strip()
    yield from _unknown(held, _KNOWN)
