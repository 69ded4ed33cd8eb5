"""The neutral truth model: what really was on a handset, before any vendor's tool writes it down.

The demonstration case and every test fixture are stated in these types; each writer renders the same truth in one
vendor's form, so that what a parser reads can be compared with what was put in. It knows no vendor and no parser.

``written`` is always what the vendor's file shows, ``number`` the E.164 form that a right reading gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec


class Peer(msgspec.Struct, frozen=True, gc=False):
    """The other side of a text or a call.

    Attributes:
        written: As the vendor's file writes it: ``07700 900123``, ``+447700900123``, ``SunCell``, ``60777``.
        number: E.164 form. None where it is no telephone number.
        name: The name the vendor's file shows beside it. None: it shows none.
    """

    written: str
    number: str | None = None
    name: str | None = None


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that the tool exported beside the report.

    Attributes:
        source_path: Path on the handset, ``/`` between.
        local_path: Path in the delivery, ``/`` between: ``files/Image/a.jpg``.
        content: Its bytes. None: the report names it and it is not in the delivery.
    """

    key: str
    source_path: str
    local_path: str
    content: bytes | None = b""
    content_type: str | None = None
    tag: str = "Image"
    deleted: bool = False

    @property
    def name(self) -> str:
        """The file's own name, without a path."""
        return self.local_path.rsplit("/", 1)[-1]


class Travel(StrEnum):
    """Which way a text went, seen from the handset."""

    IN = "incoming"
    OUT = "outgoing"
    DRAFT = "draft"


class TextMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One text or chat message.

    Attributes:
        key: Unique in its extraction; the vendor's ids are made from it.
        at: Instant with a zone. None: the handset keeps no time for it (sent items of basic phones).
        zoneless: Whether the vendor's file writes the time without its offset.
        peers: The sender of an incoming text (one), or the recipients of another.
        body: Exactly as stored. None: no body at all; ``""`` is an empty one.
        folder: As the vendor's file shows it. None: the usual one for the direction.
        on_sim: Whether it was read from the SIM's own store and not the handset's.
        advert_of: Name of the deal line whose advert this is. None: it is no advert.
        flare: Key of the broadcast that it belongs to. None: it stands alone.
    """

    key: str
    at: datetime | None
    travel: Travel
    peers: tuple[Peer, ...]
    body: str | None
    zoneless: bool = False
    service: str = "sms"
    status: str | None = None
    folder: str | None = None
    deleted: bool = False
    smsc: str | None = None
    files: tuple[StoredFile, ...] = ()
    on_sim: bool = False
    advert_of: str | None = None
    flare: str | None = None


class PhoneCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call. ``call_type`` is one of the record contract's; an unanswered outgoing call is ``outgoing`` with 0 s."""

    key: str
    at: datetime | None
    call_type: str
    peer: Peer
    duration_seconds: int = 0
    deleted: bool = False
    zoneless: bool = False


class SavedNumber(msgspec.Struct, frozen=True, gc=False):
    """A number of a phone-book entry. ``label`` is the vendor's category: ``Mobile``, ``Home``, ``General``."""

    written: str
    number: str | None = None
    label: str = "Mobile"


class SavedContact(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the phone book, on the handset or on the SIM."""

    key: str
    name: str | None
    numbers: tuple[SavedNumber, ...] = ()
    emails: tuple[str, ...] = ()
    on_sim: bool = False
    deleted: bool = False


class OwnedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The owner's account with a service."""

    key: str
    service: str
    name: str | None = None
    username: str | None = None
    number: SavedNumber | None = None


class ChatThread(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation in an application.

    Attributes:
        account: The owner's id in it, as written.
        participants: Everybody but the owner.
        messages: In the order in which the vendor's file lists them, which need not be the order of time.
    """

    key: str
    service: str
    account: str | None
    participants: tuple[Peer, ...]
    messages: tuple[TextMessage, ...]
    name: str | None = None
    is_group: bool = False


class OtherElement(msgspec.Struct, frozen=True, kw_only=True):
    """An element of a type that Trapline does not read, or that nobody has seen yet."""

    key: str
    element_type: str
    fields: tuple[tuple[str, str], ...] = ()


class Handset(msgspec.Struct, frozen=True, kw_only=True):
    """A telephone, with identifiers as the vendor's file writes them."""

    make: str
    model: str
    imei: tuple[str, ...] = ()
    os: str | None = None
    os_version: str | None = None
    serial: str | None = None
    clock_at_reading: datetime | None = None
    time_zone: str | None = None


class Sim(msgspec.Struct, frozen=True, kw_only=True):
    """A SIM card, with identifiers as the vendor's file writes them."""

    iccid: str | None = None
    imsi: str | None = None
    msisdn: str | None = None
    network: str | None = None


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool read off one handset or one SIM in one pass: one extraction.

    ``texts`` and the other collections are iterated more than once and may be lazy. ``sim`` beside a handset is the
    card that was in it; a SIM read apart has a holding of its own, without a handset.
    """

    handset: Handset | None = None
    sim: Sim | None = None
    method: str = "Logical"
    read_at: datetime
    texts: Iterable[TextMessage] = ()
    calls: Iterable[PhoneCall] = ()
    contacts: Iterable[SavedContact] = ()
    accounts: Iterable[OwnedAccount] = ()
    chats: Iterable[ChatThread] = ()
    others: Iterable[OtherElement] = ()

    @property
    def is_sim(self) -> bool:
        """Whether a SIM was read, and no handset."""
        return self.handset is None and self.sim is not None


class VendorReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a vendor's tool: a handset and the SIMs that were read with it.

    Attributes:
        key: What the vendor's own ids are made from; another key is another run of the tool.
        display_zone: IANA zone that the tool was told to show times in.
        language: ISO 639-1 code of the tool's own labels.
    """

    key: str
    holdings: tuple[Holding, ...]
    case_ref: str | None = None
    exhibit_ref: str | None = None
    examiner: str | None = None
    tool_version: str | None = None
    made_at: datetime | None = None
    display_zone: str = "UTC"
    language: str = "en"
    files: tuple[StoredFile, ...] = ()
