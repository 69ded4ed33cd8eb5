"""Makes messages and calls of the elements of a chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.epoch_times import EpochClock
from parsers.formats.telegram_json.chats import Chat, Owner, direction_of, parties_of, party_of, user_of
from parsers.json_decoding import Json
from parsers.json_extra import flat, others
from parsers.json_values import duration_in, text_in, whole_in
from parsers.part_book import PartBook
from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.values import Attachment, Moment, Party
from parsers.remembered import Remembered
from parsers.stored_text import replaced_in

SERVICE: Final = "telegram"

_FILES: Final[Mapping[str, str | None]] = {"file": None, "photo": "image/jpeg", "contact_vcard": "text/vcard"}
_SIZES: Final = {"file": "file_size", "photo": "photo_file_size", "contact_vcard": "contact_vcard_file_size"}
_NOT_EXPORTED: Final = "("
_EXTRA: Final = (
    "date", "edited", "edited_unixtime", "author", "via_bot", "forwarded_from", "forwarded_from_id", "saved_from",
    "reply_to_message_id", "reply_to_peer_id", "media_type", "sticker_emoji", "duration_seconds", "performer", "title",
    "self_destruct_period_seconds", "place_name", "address", "live_location_period_seconds", "game_title",
    "game_description", "game_link", "paid_stars_amount",
)  # fmt: skip
_NESTED: Final = (
    "contact_information", "location_information", "poll", "todo_list", "invoice_information", "inline_bot_buttons",
    "giveaway_information", "giveaway_results",
)  # fmt: skip
_LEFT_OUT: Final = frozenset(
    {"id", "type", "text_entities", "reactions", "thumbnail", "thumbnail_file_size", "width", "height", "media_spoiler"}
)
"""What says no more than the text and its file do, and what others thought of it."""

_MESSAGES: Final = frozenset({None, "message"})
_SAYING: Final = frozenset({"text", "date", "date_unixtime", "from", "from_id", *_FILES, *_NESTED})
_KNOWN: Final = _SAYING | {*_EXTRA, *_LEFT_OUT, *_SIZES.values(), "file_name", "mime_type"}
_KNOWN_OF_CALL: Final = _LEFT_OUT | {
    "date", "date_unixtime", "actor", "actor_id", "action", "discard_reason", "duration_seconds",
}  # fmt: skip
_MOST_KNOWN: Final = 4_096
_Keys: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]"
_Sides: TypeAlias = "tuple[Direction, str | None, Party | None, tuple[Party, ...]]"
_REJECTED: Final = frozenset({"busy"})
_MISSED: Final = "missed"


class MessageMaker:
    """Makes the records of one export."""

    def __init__(
        self,
        stamp: SourceStamp,
        book: PartBook,
        clocks: tuple[Clock, EpochClock],
        region: str,
        files: Mapping[str, str] | None,
    ) -> None:
        """Make a maker.

        Args:
            stamp: Of the export.
            book: Takes what is seen and noticed.
            clocks: For times with a zone of their own, and for counted ones.
            region: For labels that are numbers.
            files: Path in the export to the member that holds it. None: nothing was delivered beside the JSON.
        """
        self.used: set[str] = set()
        self._stamp = stamp
        self._book = book
        self._clock, self._epoch = clocks
        self._region = region
        self._files = files
        self._chat: Chat | None = None
        self._owner: Owner | None = None
        self._chat_extra: tuple[tuple[str, str], ...] = ()
        self._known: dict[tuple[str | None, str | None], _Sides] = {}
        self._beside: Remembered[tuple[str, ...], _Keys] = Remembered()

    def record(
        self, chat: Chat, owner: Owner, held: dict[str, Json], place: int, replaced: int
    ) -> Message | Call | None:
        """Return the record of an element. None: it is a service message that is no call, and counted."""
        number = text_in(held, "id")
        locator = f"{chat.locator} message {number}" if number is not None else f"{chat.locator} message no. {place}"
        kind = text_in(held, "type")
        if kind == "service":
            action = text_in(held, "action") or "unknown"
            if action == "phone_call":
                return self._call(chat, owner, held, locator)
            self._book.leave_out(f"service message {action}", locator)
            return None
        if kind not in _MESSAGES and _SAYING.isdisjoint(held):
            # What the application cannot show it does not export either: ``unsupported``, and no more than an id.
            self._book.leave_out(f"message {kind}", locator, code="element_unreadable")
            return None
        self._book.saw("message")
        sender_id = text_in(held, "from_id")
        direction, basis, from_party, to = self._sides(chat, owner, sender_id, text_in(held, "from"))
        time, counted = self._moment(held)
        body = body_of(held.get("text"))
        if replaced:
            self._book.note("characters_replaced", locator=locator, count=replaced)
        return Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            service=SERVICE,
            direction=direction,
            direction_basis=basis,
            from_party=from_party,
            to=to,
            body=body,
            body_notices=replaced_in(body, replaced),
            thread=chat.number or chat.name,
            attachments=() if _FILES.keys().isdisjoint(held) else tuple(self._attachments(held, locator)),
            time=time,
            listing="chat",
            extra=(*self._chat_extra, *_as_written("from_id", sender_id), *counted, *self._extra(held)),
        )

    def _call(self, chat: Chat, owner: Owner, held: dict[str, Json], locator: str) -> Call:
        self._book.saw("call")
        sender_id = text_in(held, "actor_id")
        direction, _, from_party, to = self._sides(chat, owner, sender_id, text_in(held, "actor"))
        reason = text_in(held, "discard_reason")
        call_type = CallType.UNKNOWN
        if direction is Direction.OUTGOING:
            call_type = CallType.OUTGOING
        elif direction is Direction.INCOMING:
            call_type = CallType.INCOMING
            if reason == _MISSED:
                call_type = CallType.MISSED
            elif reason in _REJECTED:
                call_type = CallType.REJECTED
        seconds, written = duration_in(held, "duration_seconds")
        time, counted = self._moment(held)
        return Call(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("call", locator),
            extraction_id=self._book.extraction_id,
            service=SERVICE,
            call_type=call_type,
            duration_seconds=seconds,
            from_party=from_party,
            to=to,
            time=time,
            listing="chat",
            extra=(
                *self._chat_extra,
                *_as_written("actor_id", sender_id),
                *counted,
                *((("discard_reason", reason),) if reason else ()),
                *written,
                *_words(held, ("date",)),
                *others(held, [key for key in held if key not in _KNOWN_OF_CALL]),
            ),
        )

    def _sides(self, chat: Chat, owner: Owner, sender_id: str | None, name: str | None) -> _Sides:
        """Return direction, what says so, sender and recipients; worked out once for each sender of a chat."""
        if chat is not self._chat or owner is not self._owner or len(self._known) >= _MOST_KNOWN:
            self._chat, self._owner, self._chat_extra = chat, owner, tuple(_chat_extra(chat))
            self._known.clear()
        sides = self._known.get((sender_id, name))
        if sides is None:
            direction, basis = direction_of(chat, owner, sender_id, name)
            is_owner = None if direction is Direction.UNKNOWN else direction is Direction.OUTGOING
            sender = party_of(user_of(sender_id), name, self._region, is_owner=is_owner)
            sides = (direction, basis, *parties_of(chat, owner, sender_id, sender, direction, self._region))
            self._known[sender_id, name] = sides
        return sides

    def _extra(self, held: dict[str, Json]) -> Iterator[tuple[str, str]]:
        """Yield what no field holds; which keys are such is worked out once for messages with the same ones."""
        keys = tuple(held)
        beside = self._beside.get(keys)
        if beside is None:
            beside = (
                tuple(key for key in _EXTRA if key in held),
                tuple(key for key in _NESTED if key in held),
                tuple(key for key in keys if key not in _KNOWN),
            )
            self._beside.keep(keys, beside, sum(map(len, keys)))
        words, nested, unknown = beside
        yield from _words(held, words)
        for name in nested:
            yield from flat(name, held[name])
        text = held.get("text")
        if not isinstance(text, str):
            yield from _links(text)
        if unknown:
            yield from others(held, unknown)

    def _moment(self, held: dict[str, Json]) -> tuple[Moment, tuple[tuple[str, str], ...]]:
        """Return the time, and beside it the counted one where that is none.

        The counted time holds; the other is the exporting computer's local one, and all that older exports have. A
        count that is no instant is noticed by its clock.
        """
        count, written = whole_in(held, "date_unixtime"), text_in(held, "date")
        if count is None:
            return self._clock.iso(written or ""), ()
        counted = self._epoch.unix(count, 1)
        if counted.utc is not None or not written:
            return counted, ()
        return self._clock.iso(written), (("date_unixtime", str(count)),)

    def _attachments(self, held: dict[str, Json], locator: str) -> Iterator[Attachment]:
        for key, content_type in _FILES.items():
            path = text_in(held, key) if key in held else None
            if path is None:
                continue
            name = text_in(held, "file_name") if key == "file" else None
            member = None
            if not path.startswith(_NOT_EXPORTED):
                name = name or path.rpartition("/")[2]
                member = None if self._files is None else self._files.get(path)
                if member is not None:
                    self.used.add(member)
                elif self._files is not None:
                    self._book.note("member_missing", subject=path, locator=locator)
            yield Attachment(
                name=name,
                content_type=text_in(held, "mime_type") if key == "file" else content_type,
                size_bytes=whole_in(held, _SIZES[key]),
                member=member,
            )


def body_of(text: Json) -> str | None:
    """Return a text as it was written: a string, one object with a text, or pieces that are either."""
    if isinstance(text, str):
        return text
    if isinstance(text, dict):
        text = [text]
    if not isinstance(text, list):
        return None
    pieces = [piece if isinstance(piece, str) else text_in(piece, "text") or "" for piece in text]
    return "".join(pieces)


def _as_written(key: str, sender_id: str | None) -> tuple[tuple[str, str], ...]:
    """Return a sender's id with its key, where the party has it in another form."""
    return ((key, sender_id),) if sender_id is not None and user_of(sender_id) != sender_id else ()


def _chat_extra(chat: Chat) -> Iterator[tuple[str, str]]:
    if chat.name and not chat.is_pair:
        yield "chat", chat.name
    if chat.kind is not None:
        yield "chat_type", chat.kind
    if chat.has_left:
        yield "chat_left", "true"


def _words(held: dict[str, Json], keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key in keys:
        value = text_in(held, key)
        if value:
            yield key, value


def _links(text: Json) -> Iterator[tuple[str, str]]:
    for piece in text if isinstance(text, list) else [text]:
        href = text_in(piece, "href")
        if href:
            yield "link", href
