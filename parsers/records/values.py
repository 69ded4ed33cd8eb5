"""Value types that records are made of: what the source says (``raw``) beside what we make of it.

All are frozen. Unknown is None and never zero, an empty string or false.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from parsers.records.meanings import Meaning


class ClockBasis(StrEnum):
    """What the instant of a moment rests on."""

    STATED_OFFSET = "stated_offset"
    STATED_UTC = "stated_utc"
    NETWORK = "network"
    DEVICE_LOCAL = "device_local"
    ASSUMED_ZONE = "assumed_zone"
    NONE = "none"


class DeletedState(StrEnum):
    """What the source says about deletion. ``unknown`` is not ``deleted``."""

    INTACT = "intact"
    DELETED = "deleted"
    UNKNOWN = "unknown"


class SourceRef(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Where a record stands in the evidence; enough to find it again by hand.

    Attributes:
        file_sha256: Hash of the delivery (a folder's hash is over its sorted files).
        file_name: Name of the delivery, without a path.
        member: Path inside the delivery. None where the delivery is the file itself.
        locator: Element id, row id or offset inside the member; unique for a kind within the member.
        parser: Registry key of the parser.
        parser_version: Version of the parser; changes whenever its output does.
        row: Digest that names the row of the evidence which the source says that it lists, where the locator does not:
            what lists one row twice lists one fact. None: the locator names it, or nothing does. Not exported.
    """

    file_sha256: Annotated[str, Meaning.HASH]
    file_name: str
    member: str | None
    locator: Annotated[str, Meaning.LOCATOR]
    parser: str
    parser_version: str
    row: str | None = None


class Party(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One side of a message or a call.

    Attributes:
        raw: The identifier as the source writes it: a number, short code, handle or ``Private``.
        e164: ``+`` and digits where the raw form is a telephone number, else None.
        name: The name the source shows for the party.
        is_owner: Whether the party is the owner of the handset. None where the source does not say.
    """

    raw: Annotated[str | None, Meaning.PHONE] = None
    e164: Annotated[str | None, Meaning.PHONE] = None
    name: Annotated[str | None, Meaning.PERSON_NAME] = None
    is_owner: bool | None = None


class NumberRef(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A telephone number as written, its key form, and its label in a contact."""

    raw: Annotated[str, Meaning.PHONE]
    e164: Annotated[str | None, Meaning.PHONE] = None
    label: Annotated[str | None, Meaning.LABEL] = None


class Moment(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A time as the source writes it, and the instant that we read from it.

    Attributes:
        raw: Text as exported. None where the source gives no time.
        utc: RFC 3339 with ``Z``, milliseconds where the source has a fraction. None where no instant is known.
        offset_minutes: Minutes east of UTC that the source states, -840 to 840. None is not 0.
        basis: What the instant rests on.
    """

    raw: str | None = None
    utc: Annotated[str | None, Meaning.INSTANT] = None
    offset_minutes: int | None = None
    basis: ClockBasis = ClockBasis.NONE


NO_MOMENT = Moment()
"""The moment of a record whose source gives no time."""


class MessageTimes(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The further times of a message, where the source has them. Each is None where it does not."""

    sent: Moment | None = None
    received: Moment | None = None
    read: Moment | None = None
    delivered: Moment | None = None


NO_TIMES = MessageTimes()


class Attachment(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A file that a message carries.

    Attributes:
        name: As it is shown, which is not always what it is called where it is kept.
        member: Its path inside the delivery, where it was delivered.
        kept_at: Its path on the handset as stored, where that is known and ``member`` is not; never exported.
    """

    name: str | None = None
    content_type: str | None = None
    size_bytes: int | None = None
    member: str | None = None
    kept_at: str | None = None


class DeviceClock(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The handset's clock beside the examiner's, where the source has both.

    Attributes:
        device_time: The handset's own time when it was read.
        extraction_time: The examiner's time when it was read.
        error_seconds: Device minus extraction, seconds. None where one of the two has no instant.
        time_zone: Zone that the handset was set to, as written.
    """

    device_time: Moment | None = None
    extraction_time: Moment | None = None
    error_seconds: int | None = None
    time_zone: str | None = None
