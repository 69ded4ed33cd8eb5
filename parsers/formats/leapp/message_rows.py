"""Rows of an artifact that are one message: the tools write it once for each of its files and each of its chats."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.records.facts import Message, Record
from parsers.remembered import Remembered
from parsers.tables.survey import SheetSurvey

_IDS: Final = frozenset({"message row id", "message id", "msg id"})


class MessageRows:
    """Gives what repeats the message of a row before it that row's locator, with its own number behind.

    A locator names the source's own id, by which messages of one content are one (``parsers.duplicates``). Rows of two
    messages have two ids, however equal they look.
    """

    def __init__(self, survey: SheetSurvey, stamp: SourceStamp) -> None:
        columns = [column for section in survey.sections[:1] for column in section.columns.all]
        self._headings = {column.heading for column in columns if column.label.key in _IDS}
        self._stamp = stamp
        self._locators: Remembered[tuple[str, ...], str] = Remembered()

    def told(self, record: Record) -> Record:
        """Return a record, under the locator of the row before it that is the same message, if there is one."""
        if not self._headings or not isinstance(record, Message):
            return record
        ids = tuple(text for name, text in record.extra if name in self._headings)
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
