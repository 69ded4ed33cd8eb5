"""What the readers of single elements share while one file is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parsers.contract import SourceStamp
from parsers.epoch_times import EpochClock
from parsers.formats.sms_backup_restore.element_stream import BackupElement
from parsers.formats.sms_backup_restore.values import NULL, Parties
from parsers.part_book import PartBook
from parsers.records.facts import Message
from parsers.remembered import Remembered

_REPLACED = ("replaced_characters",)


class FileState:
    """One file of the backup.

    Attributes:
        listing: ``top``; in a delivery with several files of one kind the file's place.
        note_way: Counts a message or call of unknown direction by what is written where it would stand.
        text_shapes: What texts become but for their own attributes, by all the others.
    """

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: EpochClock, parties: Parties, listing: str) -> None:
        self.stamp = stamp
        self.extraction_id = book.extraction_id
        self.note_way: Callable[[str | None, str], None] = book.note_way
        self.clock = clock
        self.parties = parties
        self.listing = listing
        self.text_shapes = Remembered[tuple[str, ...], Message]()

    @staticmethod
    def others_of(
        values: Mapping[str, str], on_the_record: frozenset[str], left_out: frozenset[str]
    ) -> list[tuple[str, str]]:
        """Return the attributes that no attribute of the record holds, in source order."""
        return [
            (name, value)
            for name, value in values.items()
            if name not in on_the_record and name not in left_out and value and value != NULL
        ]

    @staticmethod
    def body_notices(found: BackupElement, *names: str) -> tuple[str, ...]:
        """Return what has to be said of a body that stands in one of the attributes."""
        return _REPLACED if found.replaced and any(name in found.replaced for name in names) else ()
