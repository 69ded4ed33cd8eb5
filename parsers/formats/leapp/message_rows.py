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

        Only rows one behind the other, with the same sides, of which no two have a text.
        """
        held: Message | None = None
        for record in records:
            together = None if held is None or not isinstance(record, Message) else self._together(held, record)
            if together is not None:
                self.part_count += 1
                held = together
                continue
            if held is not None:
                yield self.told(held)
                held = None
            if isinstance(record, Message) and record.service == _OF_PARTS and self._ids_of(record):
                held = record
            else:
                yield self.told(record)
        if held is not None:
            yield self.told(held)

    def _ids_of(self, record: Message) -> tuple[str, ...]:
        return tuple(text for name, text in record.extra if name in self._headings)

    def _together(self, held: Message, part: Message) -> Message | None:
        """Return a message with a further part of it. None: the other is a message of its own."""
        is_one = (
            self._ids_of(held) == self._ids_of(part)
            and (held.service, held.time, held.direction) == (part.service, part.time, part.direction)
            and (held.from_party, held.to) == (part.from_party, part.to)
            and (held.body is None or part.body is None)
            and (held.attachments or part.attachments)
        )
        if not is_one:
            return None
        return msgspec.structs.replace(
            held,
            body=part.body if held.body is None else held.body,
            body_notices=(*held.body_notices, *part.body_notices),
            attachments=(*held.attachments, *part.attachments),
            extra=(*held.extra, *(each for each in part.extra if each not in held.extra)),
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
