"""Rows of an artifact that are one message: the tools write it once for each of its files and each of its chats.

ALEAPP writes a picture message once for each of its parts, and what a part does not hold stays empty in its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.records.facts import Message, Record
from parsers.remembered import Remembered
from parsers.tables.survey import SheetSurvey

_OF_PARTS: Final = "mms"
_IDS: Final = frozenset({"message row id", "message id", "msg id"})
_MOST_PARTS: Final = 200
"""Rows that one message is made of; a picture message that a network carries has far fewer."""


class _Parts:
    """Rows that are one message, as far as they have come."""

    def __init__(self, first: Message) -> None:
        self.first = first
        self._count = 1
        self._body = first.body
        self._notices = list(first.body_notices)
        self._files = list(first.attachments)
        self._names = {file.name for file in first.attachments}
        # In their order, each once.
        self._extra = dict.fromkeys(first.extra)

    def may_take(self, part: Message) -> bool:
        """Whether a row holds what no row before it does: no second text, and no file of a name that is there."""
        return (
            self._count < _MOST_PARTS
            and (self._body is None or part.body is None)
            and bool(self._files or part.attachments)
            and self._names.isdisjoint(file.name for file in part.attachments)
        )

    def add(self, part: Message) -> None:
        """Take a further row."""
        self._count += 1
        self._body = part.body if self._body is None else self._body
        self._notices += part.body_notices
        self._files += part.attachments
        self._names.update(file.name for file in part.attachments)
        self._extra.update(dict.fromkeys(part.extra))

    def together(self) -> Message:
        """Return the message."""
        if self._count == 1:
            return self.first
        return msgspec.structs.replace(
            self.first,
            body=self._body,
            body_notices=tuple(self._notices),
            attachments=tuple(self._files),
            extra=tuple(self._extra),
        )


class MessageRows:
    """Gives what repeats the message of a row before it that row's locator, with its own number behind.

    A locator names the source's own id, by which messages of one content are one (``parsers.duplicates``). Rows of two
    messages have two ids, however equal they look.
    """

    part_count: int
    """Rows that were parts of the message of a row before them."""

    def __init__(self, survey: SheetSurvey, stamp: SourceStamp) -> None:
        columns = [column for section in survey.sections[:1] for column in section.columns.all]
        self._headings = {column.heading for column in columns if column.label.key in _IDS}
        self._stamp = stamp
        self.part_count = 0
        self._locators: Remembered[tuple[str, ...], str] = Remembered()

    def joined(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records as ``told`` returns them; parts of one picture message, a row each, as the one that they are.

        Only rows one behind the other, with the same sides, of which no two have a text or a file of one name.
        """
        held: _Parts | None = None
        for record in records:
            if held is not None and isinstance(record, Message) and self._is_of(held, record):
                held.add(record)
                self.part_count += 1
                continue
            if held is not None:
                yield self.told(held.together())
                held = None
            if isinstance(record, Message) and self._may_have_parts(record):
                held = _Parts(record)
            else:
                yield self.told(record)
        if held is not None:
            yield self.told(held.together())

    def _ids_of(self, record: Message) -> tuple[str, ...]:
        return tuple(text for name, text in record.extra if name in self._headings)

    def _may_have_parts(self, record: Message) -> bool:
        """Whether a row may be a part: without a time and a side nothing but a number of the tool's joins two."""
        is_told = record.time.raw is not None or record.from_party is not None or bool(record.to)
        return is_told and record.service == _OF_PARTS and bool(self._ids_of(record))

    def _is_of(self, held: _Parts, part: Message) -> bool:
        """Whether a row is a further part of a message, and no message of its own."""
        first = held.first
        return (
            self._ids_of(first) == self._ids_of(part)
            and (first.service, first.time, first.direction) == (part.service, part.time, part.direction)
            and (first.from_party, first.to) == (part.from_party, part.to)
            and held.may_take(part)
        )

    def told(self, record: Record) -> Record:
        """Return a record, under the locator of the row before it that is the same message, if there is one."""
        if not self._headings or not isinstance(record, Message):
            return record
        ids = self._ids_of(record)
        if not ids:
            return record
        key = (*ids, record.time.raw or "")
        own = record.source.locator
        first = self._locators.get(key)
        if first is None:
            self._locators.keep(key, own, sum(map(len, key)))
            return record
        locator = f"{first} #{own.rpartition(' ')[2]}"
        return msgspec.structs.replace(
            record, source=self._stamp.source(locator), record_id=self._stamp.record_id(record.kind, locator)
        )
