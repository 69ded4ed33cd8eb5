"""What a record segment says of itself, beside its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from parsers.contract import ExtractionPart
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow


class RecordMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What a record segment says of itself.

    Attributes:
        format: Registry key of the parser that read it.
        notices: Of this extraction; those of the delivery as a whole stand in each of its extractions.
        crc_sum: Sum of the CRC-32 of the records as they are handed out, duplicates marked.
        kind_counts: Records by kind, duplicates included.
        first_message_at: Earliest instant of a message that is no duplicate. None: none has one.
        minute_count: Messages whose time may be written in hours and minutes alone.
        shared_count: Messages that name several recipients; 0 also where it was read before that was kept.
        sending_count: Messages that came in and state another second at which they were sent; 0 as above.
        untold_count: Messages and calls of which the direction is not known, and a side, the time and the text are; 0
            as above, and without the calls where it was read before these counted.
        sideless_count: Messages that went out to a group, came in from nobody who is named, or show an account for the
            number of their other side; 0 as above.
        named_count: Messages whose one other side is a name without a number; 0 as above.
        paired_device: Number of its device among those of the delivery, within which facts that are listed twice were
            told. None: it was read before that was kept.
        has_repeated_hours: Whether a message or call may lie in an hour that its zone repeats, without an offset.
    """

    part: ExtractionPart
    format: str
    parser_version: str
    notices: tuple[Notice, ...]
    tally: Mapping[str, TallyRow]
    record_count: int
    crc_sum: int
    kind_counts: Mapping[str, int]
    duplicate_counts: Mapping[str, int]
    first_message_at: str | None = None
    last_message_at: str | None = None
    minute_count: int = 0
    has_repeated_hours: bool = False
    shared_count: int = 0
    sending_count: int = 0
    untold_count: int = 0
    sideless_count: int = 0
    named_count: int = 0
    paired_device: int | None = None


META_DECODER: Final = msgspec.msgpack.Decoder(RecordMeta)
