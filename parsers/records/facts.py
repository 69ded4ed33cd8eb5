"""The six kinds of record: message, call, contact, account, sim, device.

A record is one fact as the source states it. ``source`` is required. Analysis never changes a record; what it
finds points at ``record_id``. What belongs to the extraction as a whole and can be corrected later (case,
exhibit, device) is not copied into each record: the export joins it (``parsers.records.export``).

``listing`` names the place in the source where the record was listed (``top``, ``chat``, ``sim`` ...): the same
fact listed in two places is one fact (``parsers.duplicates``), two rows of one list are two.
``extra`` keeps fields of the source that no other field holds, as pairs of name and text, in source order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

import msgspec

from parsers.records.meanings import Meaning
from parsers.records.values import (
    NO_MOMENT,
    NO_TIMES,
    Attachment,
    DeletedState,
    DeviceClock,
    MessageTimes,
    Moment,
    NumberRef,
    Party,
    SourceRef,
)


class Direction(StrEnum):
    """Which way a message went, seen from the handset it was read from."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    DRAFT = "draft"
    UNKNOWN = "unknown"


class CallType(StrEnum):
    """How a call went. ``missed`` and ``rejected`` are for calls that came in."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    MISSED = "missed"
    REJECTED = "rejected"
    VOICEMAIL = "voicemail"
    UNKNOWN = "unknown"


_MISSED, _REJECTED = CallType.MISSED, CallType.REJECTED


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="message"):
    """An SMS, MMS or chat message.

    Attributes:
        service: ``sms``, ``mms``, or the application in lower case (``whatsapp``, ``imessage``). None: not stated.
        direction_basis: What the direction was read from: ``folder``, ``party_role``, ``status``, ``owner_flag`` ...
        body: Exactly as stored, white space included. None where the source has no body; an empty body is ``""``.
        body_notices: What could not be text: ``replaced_characters``, ``joined_parts``, ``truncated`` ...
        thread: The source's own id of the conversation.
    """

    source: SourceRef
    record_id: str
    extraction_id: str
    deleted: DeletedState = DeletedState.UNKNOWN
    duplicate_of: str | None = None
    service: Annotated[str | None, Meaning.CODE] = None
    direction: Direction = Direction.UNKNOWN
    direction_basis: Annotated[str | None, Meaning.CODE] = None
    from_party: Party | None = msgspec.field(default=None, name="from")
    to: tuple[Party, ...] = ()
    body: Annotated[str | None, Meaning.TEXT] = None
    body_notices: tuple[str, ...] = ()
    thread: str | None = None
    status: Annotated[str | None, Meaning.CODE] = None
    folder: Annotated[str | None, Meaning.CODE] = None
    smsc: str | None = None
    attachments: tuple[Attachment, ...] = ()
    time: Moment = NO_MOMENT
    times: MessageTimes = NO_TIMES
    listing: str = "top"
    extra: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "message"


class Call(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="call"):
    """A call. ``duration_seconds`` is as stated; 0 is a stated zero, None is not stated.

    A call that the owner made and nobody took went out, whatever its list calls it: a call is ``missed`` or
    ``rejected`` by the owner alone.
    """

    source: SourceRef
    record_id: str
    extraction_id: str
    deleted: DeletedState = DeletedState.UNKNOWN
    duplicate_of: str | None = None
    service: Annotated[str | None, Meaning.CODE] = None
    call_type: CallType = CallType.UNKNOWN
    duration_seconds: Annotated[float | None, Meaning.DURATION] = None
    from_party: Party | None = msgspec.field(default=None, name="from")
    to: tuple[Party, ...] = ()
    time: Moment = NO_MOMENT
    listing: str = "top"
    extra: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "call"

    def __post_init__(self) -> None:
        if (self.call_type is _MISSED or self.call_type is _REJECTED) and self._is_of_owner():
            msgspec.structs.force_setattr(self, "call_type", CallType.OUTGOING)

    def _is_of_owner(self) -> bool:
        sender = self.from_party
        return sender is not None and sender.is_owner is True and not any(party.is_owner for party in self.to)


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="contact"):
    """An entry of a phone book. ``stored_in``: ``phone``, ``sim``, or the application's name; None: not stated."""

    source: SourceRef
    record_id: str
    extraction_id: str
    deleted: DeletedState = DeletedState.UNKNOWN
    duplicate_of: str | None = None
    name: Annotated[str | None, Meaning.PERSON_NAME] = None
    numbers: tuple[NumberRef, ...] = ()
    emails: Annotated[tuple[str, ...], Meaning.EMAIL] = ()
    handles: Annotated[tuple[str, ...], Meaning.HANDLE] = ()
    stored_in: str | None = None
    listing: str = "top"
    extra: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "contact"


class Account(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="account"):
    """An account with a service, usually the owner's own."""

    source: SourceRef
    record_id: str
    extraction_id: str
    deleted: DeletedState = DeletedState.UNKNOWN
    duplicate_of: str | None = None
    service: Annotated[str | None, Meaning.CODE] = None
    name: Annotated[str | None, Meaning.PERSON_NAME] = None
    handles: Annotated[tuple[str, ...], Meaning.HANDLE] = ()
    numbers: tuple[NumberRef, ...] = ()
    listing: str = "top"
    extra: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "account"


class Sim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="sim"):
    """A SIM card as the source describes it; identifiers as written."""

    source: SourceRef
    record_id: str
    extraction_id: str
    deleted: DeletedState = DeletedState.UNKNOWN
    duplicate_of: str | None = None
    imei: Annotated[tuple[str, ...], Meaning.HANDSET_ID] = ()
    iccid: Annotated[tuple[str, ...], Meaning.SIM_ID] = ()
    imsi: Annotated[tuple[str, ...], Meaning.SUBSCRIBER_ID] = ()
    msisdn: Annotated[tuple[str, ...], Meaning.PHONE] = ()
    listing: str = "top"
    extra: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "sim"


class Device(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="device"):
    """A handset as the source describes it; identifiers as written."""

    source: SourceRef
    record_id: str
    extraction_id: str
    deleted: DeletedState = DeletedState.UNKNOWN
    duplicate_of: str | None = None
    imei: Annotated[tuple[str, ...], Meaning.HANDSET_ID] = ()
    iccid: Annotated[tuple[str, ...], Meaning.SIM_ID] = ()
    imsi: Annotated[tuple[str, ...], Meaning.SUBSCRIBER_ID] = ()
    msisdn: Annotated[tuple[str, ...], Meaning.PHONE] = ()
    make: str | None = None
    model: str | None = None
    os: str | None = None
    clock: DeviceClock | None = None
    listing: str = "top"
    extra: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "device"


Record = Message | Call | Contact | Account | Sim | Device

RECORD_KINDS: tuple[type[Record], ...] = (Message, Call, Contact, Account, Sim, Device)
"""Every kind of record, in the order in which pages and tallies list them."""
