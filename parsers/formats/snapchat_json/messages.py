"""Makes messages of the elements of a history, of the newer form (a list a conversation) and the older (two lists)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.epoch_times import EpochClock
from parsers.formats.snapchat_json.entities import without_references
from parsers.json_decoding import Json
from parsers.json_extra import others
from parsers.json_values import text_in, whole_in
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, Moment, Party
from parsers.stored_text import replaced_in

_SERVICE: Final = "snapchat"
_REPAIRED: Final = "encoding_repaired"
_RECEIVED, _SENT = "received ", "sent "
_MANY_MICROSECONDS: Final = 10**14
"""The key says microseconds and holds milliseconds; a count above this is what the key says."""

_TAKEN: Final = frozenset({"From", "To", "Created", "Content", "Text", "IsSender", "Media IDs", "Conversation Title"})
_PLAIN: Final = frozenset({"text", ""})
_WITHOUT_FILE: Final = ("status", "sticker", "share", "location")
"""How types begin that are no file: what the application did (``STATUSERASEDMESSAGE``), and what was passed on."""

_ERASED: Final = "statuserasedmessage"
"""Stands in place of a message that its sender deleted."""

_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}_")

_GROUP_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class MessageMaker:
    """Makes the records of one history.

    Attributes:
        owner: User name of the account's owner, once a message has said it.
        used: Members that messages name.
    """

    def __init__(
        self,
        stamp: SourceStamp,
        book: PartBook,
        clocks: tuple[Clock, EpochClock],
        region: str,
        owner: str | None,
        media: Mapping[str, str | None],
    ) -> None:
        """Make a maker; ``media``: what ``media_by_id`` gives."""
        self.owner = owner
        self.used: set[str] = set()
        self._media = media
        self._region = region
        self._stamp = stamp
        self._book = book
        self._clock, self._epoch = clocks

    def record(self, list_name: str, held: dict[str, Json], locator: str, replaced: int) -> Message:
        """Return the message of an element.

        Args:
            list_name: Key of its list: the other one's user name, the conversation's id, or which way it went.
            held: The element.
            locator: Where it stands.
            replaced: How many of its characters could not be text.
        """
        self._book.saw("message")
        direction, basis = _direction(list_name, held)
        stored = text_in(held, "Content")
        if stored is None:
            stored = text_in(held, "Text")
        body, unnamed = (None, 0) if stored is None else without_references(stored)
        replaced += unnamed
        notices: list[str] = []
        extra = list(_extra(held))
        if body != stored and stored is not None:
            notices.append(_REPAIRED)
            extra.insert(0, ("stored_text", stored))
            self._book.note(_REPAIRED, locator=locator)
        if replaced:
            notices += replaced_in(body, replaced)
            self._book.note("characters_replaced", locator=locator, count=replaced)
        sender, recipients, thread = self._sides(list_name, held, direction)
        return Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            deleted=DeletedState.DELETED if _kind(held) == _ERASED else DeletedState.UNKNOWN,
            service=_SERVICE,
            direction=direction,
            direction_basis=basis,
            from_party=sender,
            to=recipients,
            body=body,
            body_notices=tuple(notices),
            thread=thread,
            attachments=tuple(self._attachments(held)),
            time=self._moment(held),
            listing="chat",
            extra=tuple(extra),
        )

    def _sides(
        self, list_name: str, held: dict[str, Json], direction: Direction
    ) -> tuple[Party | None, tuple[Party, ...], str | None]:
        """Return sender, recipients and conversation. Of a group it is not said who was in it."""
        stated_sender, stated_recipient = _word(held, "From"), _word(held, "To")
        is_outgoing = direction is Direction.OUTGOING
        if is_outgoing and stated_sender is not None:
            self.owner = stated_sender
        is_owner = None if direction is Direction.UNKNOWN else is_outgoing
        sender = self._party(stated_sender, is_owner=is_owner) if stated_sender is not None else None
        if _way_of(list_name) is not None:
            other = stated_recipient
            thread = stated_sender if direction is Direction.INCOMING else stated_recipient
        else:
            # A group has a title, or its list has an id instead of a user name.
            is_group = _word(held, "Conversation Title") is not None or _GROUP_ID.fullmatch(list_name) is not None
            other = list_name if is_outgoing and not is_group else None
            thread = list_name or None
        if is_outgoing:
            return sender, (self._party(other, is_owner=False),) if other else (), thread
        return sender, (), thread

    def _party(self, name: str, *, is_owner: bool | None) -> Party:
        """Return whom a name is of: a user name, or in place of it the number of one who is not a contact."""
        return Party(raw=name, e164=to_e164(name, self._region), is_owner=is_owner)

    def _attachments(self, held: dict[str, Json]) -> Iterator[Attachment]:
        kind = _kind(held)
        ids = [one for piece in (_word(held, "Media IDs") or "").split("|") if (one := piece.strip())]
        for one in ids:
            member = self._media.get(one)
            if member is not None:
                self.used.add(member)
            yield Attachment(name=one, member=member)
        if not ids and kind not in _PLAIN and not kind.startswith(_WITHOUT_FILE):
            yield Attachment()

    def _moment(self, held: dict[str, Json]) -> Moment:
        created = text_in(held, "Created")
        if created is not None and created.strip():
            return self._clock.locale(created)
        count = whole_in(held, "Created(microseconds)")
        return self._epoch.unix(count, 1_000_000 if count is not None and abs(count) > _MANY_MICROSECONDS else 1_000)


def _way_of(list_name: str) -> Direction | None:
    """Return which way the messages of a list of the older form went. None: it is a conversation's."""
    lowered = list_name.casefold()
    if not lowered.endswith(" history"):
        return None
    if lowered.startswith(_RECEIVED):
        return Direction.INCOMING
    return Direction.OUTGOING if lowered.startswith(_SENT) else None


def _direction(list_name: str, held: dict[str, Json]) -> tuple[Direction, str | None]:
    is_sender = held.get("IsSender")
    if isinstance(is_sender, bool):
        return (Direction.OUTGOING if is_sender else Direction.INCOMING), "owner_flag"
    way = _way_of(list_name)
    return (way, "folder") if way is not None else (Direction.UNKNOWN, None)


def media_by_id(names: tuple[str, ...]) -> dict[str, str | None]:
    """Return the files of an export by the id that their names hold (``2024-04-20_b~AAA111.jpg``).

    None stands for several of one id: which of them was sent is not said.
    """
    found: dict[str, str | None] = {}
    for name in names:
        stem, dot, _ = name.rpartition("/")[2].rpartition(".")
        dated = _DATED.match(stem) if dot else None
        if dated is not None:
            key = stem[dated.end() :]
            found[key] = None if key in found else name
    return found


def _kind(held: dict[str, Json]) -> str:
    return (_word(held, "Media Type") or "").casefold()


def _extra(held: dict[str, Json]) -> Iterator[tuple[str, str]]:
    title = _word(held, "Conversation Title")
    if title is not None:
        yield "Conversation Title", title
    for key, value in held.items():
        if key in _TAKEN:
            continue
        if isinstance(value, dict | list):
            yield from others(held, (key,))
            continue
        text = str(value).lower() if isinstance(value, bool) else text_in(held, key)
        if text and not (key == "Media Type" and text.casefold() in _PLAIN):
            yield key, text


def _word(held: dict[str, Json], key: str) -> str | None:
    text = text_in(held, key)
    return text if text is not None and text.strip() else None
