"""Walks one export from its front: the owner, contacts, chats; each message is decoded apart and let go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.contract import ExtractionPart, PartKind, SourceStamp
from parsers.formats.telegram_json.chats import Chat, Owner, chat_of
from parsers.formats.telegram_json.lone_messages import is_lone_message_next, lone_objects
from parsers.formats.telegram_json.messages import MessageMaker
from parsers.formats.telegram_json.people import account_of, contact_of, owner_of
from parsers.formats.telegram_json.senders import SenderSurvey
from parsers.json_decoding import Json, decode_json
from parsers.json_recovery import Gap, Keys, ListRule, RecoveringWalk, front_keys
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.json_values import whole_in
from parsers.member_files import MemberFiles
from parsers.part_book import PartBook
from parsers.records.facts import Record

_CHAT_KEYS: Final = frozenset({"name", "type", "id"})
_LISTS: Final = {"chats": False, "left_chats": True}
_SAID: Final = frozenset({"about"})
_READ: Final = frozenset({"messages", "contacts", *_LISTS})
_MOST_VALUE_BYTES: Final = 64 * 2**20
_MOST_SURVEYED: Final = 100_000
_SUBJECT: Final = "the export"
_NO_CHAT: Final = Chat(0)
_ZEROS: Final = "\0" * 4
"""In a text: zeros were written over it, and perhaps over the end of its chat and the beginning of the next."""

_OPENING: Final = re.compile(
    rb'"?messages"?[ \t\r\n]{0,64}:?[ \t\r\n]{0,64}\['
    rb'|"type"?[ :]{1,8}"?[a-z]{3,8}_(?:chat|group|supergroup|channel|messages)'
)
"""Where the messages of a chat begin; or its type, though their beginning is damaged."""


class ExportReader:
    """Reads one export, once."""

    def __init__(
        self,
        files: MemberFiles,
        member: str | None,
        stamp: SourceStamp,
        book: PartBook,
        maker: MessageMaker,
        region: str,
    ) -> None:
        self.owner = Owner()
        self._files = files
        self._member = member
        self._stamp = stamp
        self._book = book
        self._maker = maker
        self._region = region
        self._chat_count = 0
        self._surveyed: list[dict[str, Json]] | None = None
        self._is_account = False
        self._senders = SenderSurvey()

    def part(self) -> ExtractionPart:
        """Return the part; it knows more once the owner was read."""
        return ExtractionPart(
            extraction_id=self._book.extraction_id,
            member=self._member,
            kind=PartKind.CHAT,
            tool="Telegram Desktop",
            vendor_name=self.owner.name,
        )

    def records(self) -> Iterator[Record]:
        """Yield the records, in the order of the file; damage ends them, with a notice."""
        try:
            with self._files.opened(self._member) as stream:
                walk = RecoveringWalk(stream, _MOST_VALUE_BYTES)
                if is_lone_message_next(walk):
                    yield from self._lone_messages(walk)
                else:
                    yield from self._root(walk)
                if behind := walk.values_left():
                    self._book.leave_out("text behind the export", "end", code="element_unreadable", count=behind)
        except JsonDamaged as damaged:
            self._book.note(damaged.code, subject=_SUBJECT, ends_reading=True)
        damage = self._files.damage(self._member)
        if damage is not None:
            self._book.note(damage, subject=self._member, ends_reading=damage != "checksum_wrong")

    def _lone_messages(self, walk: RecoveringWalk) -> Iterator[Record]:
        """Yield messages that stand one behind the other, in no list and of no chat that is told."""
        place = 0
        for found in lone_objects(walk):
            if isinstance(found, Gap):
                found.note(self._book, _SUBJECT, "message", "message")
                continue
            place += 1
            held, replaced = found
            if held is None:
                self._book.lose("message", f"{_NO_CHAT.locator} message no. {place}", "message")
                continue
            record = self._maker.record(_NO_CHAT, self.owner, held, place, replaced)
            if record is not None:
                yield record

    def _root(self, walk: RecoveringWalk) -> Iterator[Record]:
        """Yield what a whole export or a single chat holds: they share their root."""
        head: dict[str, Json] = {}
        has_lists = False
        walk.enter()
        while (key := walk.next_key()) is not None:
            has_lists = has_lists or walk.kind() in {"{", "["}
            if key in _LISTS and walk.kind() == "{":
                yield from self._chats(walk, has_left=_LISTS[key])
            elif key == "messages" and walk.kind() == "[":
                self._chat_count += 1
                walk.enter()
                yield from self._messages(walk, self._chat(head, has_left=False), _ALONE)
            elif key == "personal_information":
                held = _decoded(walk)
                self.owner = owner_of(held)
                if not self._is_account:
                    yield account_of(held, self._stamp, self._book, self._region)
                self._is_account = True
            elif key == "contacts" and walk.kind() == "{":
                yield from self._contacts(walk)
            elif key in _CHAT_KEYS:
                head[key] = _decoded(walk)
            else:
                self._leave_out(walk, key)
        if not has_lists:
            self._book.leave_out("export without its lists", "root", code="element_unreadable")

    def _chats(self, walk: RecoveringWalk, *, has_left: bool) -> Iterator[Record]:
        walk.enter()
        while (key := walk.next_key()) is not None:
            if key != "list" or walk.kind() != "[":
                self._pass_over(walk, key, "list", "chats")
                continue
            walk.enter()
            while True:
                begun = self._chat_count
                try:
                    if not walk.has_next():
                        break
                    self._chat_count += 1
                    if walk.kind() == "{":
                        walk.enter()
                        yield from self._one_chat(walk, has_left=has_left)
                    else:
                        walk.skip()
                        self._book.leave_out("chat", f"chat no. {self._chat_count}", code="element_unreadable")
                except JsonDamaged as damaged:
                    # The chat that was begun is counted again where its messages are found.
                    self._chat_count = max(begun, self._chat_count - 1)
                    yield from self._chat_behind_damage(walk, damaged.code, has_left=has_left)

    def _chat_behind_damage(self, walk: RecoveringWalk, code: str, *, has_left: bool) -> Iterator[Record]:
        """Yield what is left of the chat in which the next whole message stands; damage was met between messages."""
        chat = Chat(self._chat_count, has_left=has_left)
        for gap in walk.behind(_OF_SEVERAL, code=code):
            gap.note(self._book, _SUBJECT, "message", "message")
            told = self._chat_behind(gap, chat)
            if told is chat:
                self._book.note("chat_untold", subject=_SUBJECT, locator=gap.locator)
            chat = told
        yield from self._messages(walk, chat, _OF_SEVERAL)
        yield from self._one_chat(walk, has_left=has_left)

    def _one_chat(self, walk: RecoveringWalk, *, has_left: bool) -> Iterator[Record]:
        head: dict[str, Json] = {}
        while (key := walk.next_key()) is not None:
            if key == "messages" and walk.kind() == "[":
                walk.enter()
                yield from self._messages(walk, self._chat(head, has_left=has_left), _OF_SEVERAL)
            elif key in _CHAT_KEYS:
                head[key] = _decoded(walk)
            else:
                self._pass_over(walk, key, "messages", f"chat no. {self._chat_count}")

    def _chat(self, head: dict[str, Json], *, has_left: bool) -> Chat:
        """Return the chat; what was not said before its messages is looked for behind them."""
        if not head.keys() >= _CHAT_KEYS or (not self._is_account and self._chat_count == 1):
            surveyed = self._survey()
            if self._chat_count <= len(surveyed):
                head = {**surveyed[self._chat_count - 1], **head}
        chat = chat_of(self._chat_count, head, has_left=has_left)
        is_crowded = self.owner.user is None and self._senders.has_several_others(chat)
        return msgspec.structs.replace(chat, is_crowded=True) if is_crowded else chat

    def _messages(self, walk: RecoveringWalk, chat: Chat, rule: ListRule) -> Iterator[Record]:
        """Yield the rest of a chat's messages, and behind a malformed stretch those of the chat that goes on there."""
        place, is_behind = 0, False
        before: Keys = {}
        for found in walk.elements(rule):
            place += 1
            if isinstance(found, Gap):
                found.note(self._book, _SUBJECT, "message", "message")
                last_chat, chat = chat, self._chat_behind(found, chat)
                place, is_behind = (place, True) if chat is last_chat else (0, False)
                continue
            held, replaced = found
            if held is None:
                self._book.lose("message", f"{chat.locator} message no. {place}", "message")
                continue
            if rule.opening is not None:
                if is_behind and _falls(before, held):
                    # Ids of a chat ascend: the beginning of another one stood in what is lost.
                    chat = self._untold(f"{chat.locator} message {held['id']}", has_left=chat.has_left)
                text = held.get("text")
                is_behind = isinstance(text, str) and _ZEROS in text
                before = held
            record = self._maker.record(chat, self.owner, held, place, replaced)
            if record is not None:
                yield record

    def _chat_behind(self, gap: Gap, chat: Chat) -> Chat:
        """Return the chat that goes on behind a malformed stretch."""
        self._chat_count += gap.opened
        if not gap.opening and not gap.is_filled:
            return chat
        head = front_keys(gap.front) if gap.opened else None
        if head is not None and head.keys() >= _CHAT_KEYS:
            return chat_of(self._chat_count, head, has_left=chat.has_left)
        return self._untold(gap.locator, has_left=chat.has_left)

    def _untold(self, locator: str, *, has_left: bool) -> Chat:
        self._book.note("chat_untold", subject=_SUBJECT, locator=locator)
        return Chat(self._chat_count, has_left=has_left)

    def _contacts(self, walk: JsonWalk) -> Iterator[Record]:
        place = 0
        walk.enter()
        while (key := walk.next_key()) is not None:
            if key != "list" or walk.kind() != "[":
                self._pass_over(walk, key, "list", "contacts")
                continue
            walk.enter()
            while walk.has_next():
                place += 1
                try:
                    held, _ = decode_json(walk.value())
                except ValueError:
                    held = None
                if isinstance(held, dict):
                    yield contact_of(held, place, self._stamp, self._book, self._region)
                else:
                    self._book.lose("contact", f"contact no. {place}", "contact")

    def _pass_over(self, walk: JsonWalk, key: str, wanted: str, locator: str) -> None:
        """Pass over a value. One where the records should be, and which is no list of them, could not be read."""
        is_lost = key == wanted and walk.kind() in {"{", "[", '"'}
        walk.skip()
        if is_lost:
            self._book.leave_out(f"{key} in another form", locator, code="element_unreadable")

    def _leave_out(self, walk: JsonWalk, key: str) -> None:
        if key in _READ:
            self._pass_over(walk, key, key, key)
            return
        is_said = key in _SAID or walk.kind() not in {"{", "["}
        walk.skip()
        if not is_said:
            self._book.leave_out(key, key)

    def _survey(self) -> list[dict[str, Json]]:
        """Return what each chat says of itself, wherever it says it, and take the owner; walks the file once more."""
        if self._surveyed is None:
            self._surveyed = []
            try:
                with self._files.opened(self._member) as stream:
                    self._look_through(JsonWalk(stream, _MOST_VALUE_BYTES), self._surveyed)
            except JsonDamaged:
                pass  # the reading itself comes to the same place, and says so
        return self._surveyed

    def _look_through(self, walk: JsonWalk, found: list[dict[str, Json]]) -> None:
        root: dict[str, Json] = {}
        walk.enter()
        while (key := walk.next_key()) is not None:
            if key in _LISTS and walk.kind() == "{":
                walk.enter()
                while (inner := walk.next_key()) is not None:
                    if inner == "list" and walk.kind() == "[":
                        walk.enter()
                        while walk.has_next():
                            _take_head(walk, found)
                    else:
                        walk.skip()
            elif key == "personal_information" and self.owner.user is None:
                self.owner = owner_of(_decoded(walk))
            elif key in _CHAT_KEYS:
                root[key] = _decoded(walk)
            else:
                if key == "messages":
                    found.append(root)
                self._take_senders(walk, key)

    def _take_senders(self, walk: JsonWalk, key: str) -> None:
        """Pass over a value of the root; where it is the messages of a chat exported alone, take who sent them."""
        if key != "messages" or walk.kind() != "[":
            walk.skip()
            return
        walk.enter()
        while walk.has_next():
            self._senders.add(walk.value())


def _falls(before: Keys, held: Keys) -> bool:
    """Whether the id of a message is none above that of the one before it."""
    first, second = whole_in(before, "id"), whole_in(held, "id")
    return first is not None and second is not None and second <= first


def _is_message(held: Keys) -> bool:
    return "id" in held and "type" in held and ("date" in held or "date_unixtime" in held)


_ALONE: Final = ListRule(_is_message)
_OF_SEVERAL: Final = ListRule(_is_message, _OPENING)


def _take_head(walk: JsonWalk, found: list[dict[str, Json]]) -> None:
    head: dict[str, Json] = {}
    if walk.kind() != "{":
        walk.skip()
    else:
        walk.enter()
        while (key := walk.next_key()) is not None:
            if key in _CHAT_KEYS:
                head[key] = _decoded(walk)
            else:
                walk.skip()
    if len(found) < _MOST_SURVEYED:
        found.append(head)


def _decoded(walk: JsonWalk) -> Json:
    try:
        value, _ = decode_json(walk.value())
    except ValueError as error:
        raise JsonDamaged("input_malformed") from error
    return value
