"""Walks one history: its lists one by one; each message is decoded apart and let go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from parsers.errors import InputRefused
from parsers.formats.snapchat_json.messages import MessageMaker
from parsers.json_decoding import decode_json
from parsers.json_recovery import Gap, Keys, ListRule, RecoveringWalk
from parsers.json_stream import JsonDamaged
from parsers.member_files import MemberFiles
from parsers.part_book import PartBook, shown_name
from parsers.records.facts import Record

_MOST_VALUE_BYTES: Final = 64 * 2**20


class HistoryReader:
    """Reads one file, once."""

    def __init__(self, files: MemberFiles, member: str | None, book: PartBook, maker: MessageMaker) -> None:
        self._files = files
        self._member = member
        self._book = book
        self._maker = maker
        self._subject = shown_name(member) if member is not None else "the history"

    def records(self) -> Iterator[Record]:
        """Yield the records, in the order of the file; damage ends them, with a notice."""
        subject = self._subject
        try:
            with self._files.opened(self._member) as stream:
                walk = RecoveringWalk(stream, _MOST_VALUE_BYTES)
                walk.enter()
                while (key := walk.next_key()) is not None:
                    if walk.kind() == "[":
                        yield from self._list(walk, key)
                    else:
                        walk.skip()
                        self._book.leave_out("value beside the chats", shown_name(key), code="element_unreadable")
                if behind := walk.values_left():
                    self._book.leave_out("text behind the history", "end", code="element_unreadable", count=behind)
        except JsonDamaged as damaged:
            self._book.note(damaged.code, subject=subject, ends_reading=True)
        except InputRefused as refused:
            if self._member is None:
                raise
            self._book.note(refused.code, subject=refused.about(subject))
        damage = self._files.damage(self._member)
        if damage is not None:
            self._book.note(damage, subject=subject, ends_reading=damage != "checksum_wrong")

    def _list(self, walk: RecoveringWalk, key: str) -> Iterator[Record]:
        walk.enter()
        place = 0
        for found in walk.elements(_RULE):
            place += 1
            if isinstance(found, Gap):
                found.note(self._book, self._subject, "message", "message")
                key = self._list_behind(found, key)
                place = 0 if found.opening else place
                continue
            held, replaced = found
            locator = f"{shown_name(key)} no. {place}"
            if held is not None:
                yield self._maker.record(key, held, locator, replaced)
            else:
                self._book.lose("message", locator, "message")

    def _list_behind(self, gap: Gap, key: str) -> str:
        """Return the key of the list that goes on behind a gap; empty where that is not told."""
        if not gap.opening and not gap.is_filled:
            return key
        opened = _OPENING.fullmatch(gap.opening) if gap.opened == 1 else None
        if opened is not None and opened[1] is not None:
            with suppress(ValueError):
                return str(decode_json(opened[1])[0])
        self._book.note("chat_untold", subject=self._subject, locator=gap.locator)
        return ""


def _is_message(held: Keys) -> bool:
    return "Created" in held and ("From" in held or "To" in held)


_OPENING: Final = re.compile(rb'("(?:[^"\\\n]|\\.){0,200}+")?[ \t]{0,64}:\s{0,64}\[')
_RULE: Final = ListRule(_is_message, _OPENING)
