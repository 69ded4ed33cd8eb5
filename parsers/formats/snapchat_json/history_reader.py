"""Walks one history: its lists one by one; each message is decoded apart and let go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.errors import InputRefused
from parsers.formats.snapchat_json.messages import MessageMaker
from parsers.json_stream import JsonDamaged, JsonWalk
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

    def records(self) -> Iterator[Record]:
        """Yield the records, in the order of the file; damage ends them, with a notice."""
        subject = shown_name(self._member) if self._member is not None else "the history"
        try:
            with self._files.opened(self._member) as stream:
                walk = JsonWalk(stream, _MOST_VALUE_BYTES)
                walk.enter()
                while (key := walk.next_key()) is not None:
                    if walk.kind() == "[":
                        yield from self._list(walk, key)
                    else:
                        walk.skip()
                        self._book.leave_out("value beside the chats", shown_name(key), code="element_unreadable")
                if not walk.is_at_end():
                    self._book.leave_out("text behind the history", "end", code="element_unreadable")
        except JsonDamaged as damaged:
            self._book.note(damaged.code, subject=subject, ends_reading=True)
        except InputRefused as refused:
            if self._member is None:
                raise
            self._book.note(refused.code, subject=refused.subject or subject)
        damage = self._files.damage(self._member)
        if damage is not None:
            self._book.note(damage, subject=subject, ends_reading=damage != "checksum_wrong")

    def _list(self, walk: JsonWalk, key: str) -> Iterator[Record]:
        walk.enter()
        shown = shown_name(key)
        for place, (held, replaced) in enumerate(walk.objects(), start=1):
            locator = f"{shown} no. {place}"
            if held is not None:
                yield self._maker.record(key, held, locator, replaced)
            else:
                self._book.lose("message", locator, "message")
