"""What a parser is, what it is given, and what it gives back.

A parser is a generator: parts, records and notices come out in source order, nothing is asked of it afterwards.
``parsers.reading`` drives it, and adds what holds for every format (unique locators, duplicates, the tally).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, Protocol

import msgspec

from parsers.records import ids
from parsers.records.facts import Record
from parsers.records.notices import Notice
from parsers.records.values import SourceRef
from parsers.table_mapping import TableMapping


class Tier(StrEnum):
    """How well a format is known; ``trapline formats`` shows it.

    ``proven``: read from a real export of a named tool version (of a named date, where it states none), with counts.
    ``documented``: from published text, with a round trip through our own writer. ``inferred``: from other tools or
    notes.
    """

    PROVEN = "proven"
    DOCUMENTED = "documented"
    INFERRED = "inferred"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder in the vault, with the names it came under. Parsers MUST open it for reading only.

    Attributes:
        path: Where it lies in the vault: the file, or the folder's root.
        name: Name it was dropped under, without a path.
        is_folder: Whether it is a folder delivery.
        sha256: What ids are made from: the hash of its content, and with it what its name says, where that is part of
            what it is (``said_by_name``).
        companions: Files that were taken with it by relative name: ``-wal``, ``-shm``, ``-journal``.
        content_sha256: Hash of the file; for a folder over the sorted lines ``relative path NUL sha256``. None: it is
            ``sha256``.
        folder: Name of the folder that a file lay in where it was dropped first. None: not known, or it is a folder.
    """

    path: Path
    name: str
    is_folder: bool
    sha256: str
    companions: tuple[str, ...] = ()
    content_sha256: str | None = None
    folder: str | None = None

    @property
    def stated_sha256(self) -> str:
        """The hash of its content, as records state it."""
        return self.content_sha256 or self.sha256


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What identification may look at: names and first bytes, nothing more.

    Attributes:
        name: Name it was dropped under.
        is_folder: Whether it is a folder.
        first_bytes: At most 64 KiB of the file; empty for a folder. Of JSON without its long texts, which are ``""``.
        mime_type: What libmagic makes of the first bytes; ``inode/directory`` for a folder.
        members: Names inside the archive or folder, ``/`` between, as stored. Empty for a plain file.
        member_heads: At most 64 KiB of the members that a format can be told by (``report.xml`` and the like).
        last_bytes: At most 4 KiB from the end of the file; empty for a folder.
        holds_other_octets: Whether a file whose front and end are one octet over and over holds others between them.
        tables: Names of the tables of an SQLite database, those included that only its write-ahead log holds.
        columns: Name of each of its tables to the words of its statement, the columns among them; all in lower case.
        has_sidecar: Whether the submitter stated something beside it; such a folder is one delivery, whatever it holds.
        inner_bytes: The first 512 bytes of what a gzip, bzip2 or xz file holds; empty for any other.
        is_mapped: Whether the submitter states what the columns of its tables hold.
        is_within: Whether it is a folder in the archive or folder that was dropped, of which more is known there.
    """

    name: str
    is_folder: bool
    first_bytes: bytes
    mime_type: str
    members: tuple[str, ...] = ()
    member_heads: Mapping[str, bytes] = {}
    last_bytes: bytes = b""
    holds_other_octets: bool = False
    tables: tuple[str, ...] = ()
    columns: Mapping[str, frozenset[str]] = {}
    has_sidecar: bool = False
    is_mapped: bool = False
    inner_bytes: bytes = b""
    is_within: bool = False


AMONG_OTHERS: Final = 30
"""Score of lines of a format in a text that begins otherwise: whatever tells the text itself is before it."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A parser's claim on a delivery.

    Attributes:
        score: 1 (could be) to 100 (certain: a namespace or a magic number of this format alone).
        reason: What was seen, in words: ``Cellebrite namespace in report.xml``.
        refusal: Notice code, where the format is known and cannot be read (``input_protected``). None: it can.
        is_whole: Whether everything in the archive or folder is of this one report. False: the parser takes what it
            knows of it, and other deliveries may lie there too.
    """

    score: int
    reason: str
    refusal: str | None = None
    is_whole: bool = True


class Sidecar(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the submitter states in ``<name>.trapline.toml``. None: not stated. ``table``: what columns hold."""

    case_ref: str | None = None
    exhibit_ref: str | None = None
    owner_number: str | None = None
    imei: str | None = None
    iccid: str | None = None
    make: str | None = None
    model: str | None = None
    time_zone: str | None = None
    date_order: str | None = None
    legal_power: str | None = None
    notes: str | None = None
    table: tuple[TableMapping, ...] = ()


EMPTY_SIDECAR = Sidecar()


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on hostile input. Units are in the names."""

    archive_members: int = 500_000
    container_members: int = 1_000
    archive_ratio: int = 1_000
    packed_ratio: int = 100
    packed_bytes: int = 256 * 2**20
    packed_times: int = 4
    member_bytes: int = 64 * 2**30
    text_chars: int = 16_000_000
    nesting_depth: int = 256


ShownOrder = tuple[str, str]
"""A form of dates, as the format names it, and an order of day and month that dates of this form show."""


class ReadContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a parser is told beside the delivery.

    Attributes:
        sidecar: The submitter's statements; all None where there is no sidecar.
        default_time_zone: IANA name for naive times, where the sidecar states none.
        default_region: ISO 3166 code for numbers without a country code.
        scratch_dir: The only place where a parser may write; emptied afterwards. Lies in the data folder.
        limits: Bounds on hostile input.
        orders_beside: By extraction id, what the dates of other deliveries of its device show.
    """

    sidecar: Sidecar = EMPTY_SIDECAR
    default_time_zone: str = "Europe/London"
    default_region: str = "GB"
    scratch_dir: Path
    limits: Limits = Limits()
    orders_beside: Mapping[str, tuple[ShownOrder, ...]] = {}

    @property
    def time_zone(self) -> str:
        """The zone in which naive times are read."""
        return self.sidecar.time_zone or self.default_time_zone


class PartKind(StrEnum):
    """What an extraction was read from."""

    HANDSET = "handset"
    SIM = "sim"
    MEMORY_CARD = "memory_card"
    CHAT = "chat"
    UNKNOWN = "unknown"


class ExtractionPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One extraction of a delivery: what a vendor tool read off one handset or SIM.

    A parser MUST yield a part before its first record, and MAY yield it again when it knows more (the later one
    holds). Identifiers are as written. ``case_ref`` and ``exhibit_ref`` are what the file says; the sidecar's are
    laid over them by ``ingest``.
    """

    extraction_id: str
    member: str | None
    vendor_id: str | None = None
    vendor_name: str | None = None
    kind: PartKind = PartKind.UNKNOWN
    tool: str | None = None
    tool_version: str | None = None
    format_version: str | None = None
    case_ref: str | None = None
    exhibit_ref: str | None = None
    extracted_at: str | None = None
    make: str | None = None
    model: str | None = None
    os: str | None = None
    imei: tuple[str, ...] = ()
    iccid: tuple[str, ...] = ()
    imsi: tuple[str, ...] = ()
    msisdn: tuple[str, ...] = ()
    belongs_to: str | None = None
    """Extraction id of the handset that a SIM or a memory card was read with. None: it stands alone."""
    unit: str | None = None
    """Member that was read as a delivery of its own, inside an archive or folder. None: the delivery as a whole."""
    parser: str | None = None
    """Name of the parser that read it, where it is another than the delivery's; so for the version."""
    parser_version: str | None = None
    stated_beside: tuple[str, ...] = ()
    """Fields (``exhibit_ref`` ...) that a sidecar beside the member itself states; they hold before the delivery's."""
    shown_orders: tuple[ShownOrder, ...] = ()
    """Orders of day and month that its own dates show, whatever is stated or lent; sorted."""
    untold_forms: tuple[str, ...] = ()
    """Forms of dates whose order neither its own dates nor the submitter tells; sorted."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """How many elements of one type the parser met, counted apart from what it made of them.

    A parser MUST yield one for every extraction and element type, after the last record. ``element`` is a record
    kind by its name, everything else is ``other:<source type>``.
    """

    extraction_id: str
    element: str
    count: int


ReadEvent = ExtractionPart | Record | Notice | Seen


class ExtractionParser(Protocol):
    """Reads one vendor format.

    ``identify`` MUST look at the head only. ``read`` MUST NOT keep state after the generator ends, MUST NOT write
    but in ``ctx.scratch_dir``, and MUST raise nothing but ``InputRefused``, and that before its first event.
    """

    name: ClassVar[str]
    version: ClassVar[str]
    tier: ClassVar[Tier]
    title: ClassVar[str]
    versions_seen: ClassVar[tuple[str, ...]]
    not_read: ClassVar[tuple[str, ...]]

    def identify(self, head: Head) -> Claim | None:
        """Return a claim on the delivery, or None where it is not this format."""
        ...

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield parts, records, notices and, last, what was seen; in source order."""
        ...


def names_member(parser: ExtractionParser, path: str) -> bool:
    """Whether a file is the parser's by its path alone, wherever it lies.

    A parser of files that a handset keeps under fixed names MAY say so in ``is_member_name(path)``; the files of one
    handset are then read together.
    """
    is_member_name = getattr(parser, "is_member_name", None)
    return is_member_name is not None and bool(is_member_name(path))


def reads_together(parser: ExtractionParser) -> bool:
    """Whether the parser's files of one folder are one delivery, with the media that lie beside them.

    A parser of exports that are several files MAY say so in ``reads_together``.
    """
    return bool(getattr(parser, "reads_together", False))


def reads_text(parser: ExtractionParser) -> bool:
    """Whether the parser's files are texts, in which zeros in a row are what a disk could not read.

    A parser of texts MAY say so in ``reads_text``; what it reads of archives and databases is not looked at.
    """
    return bool(getattr(parser, "reads_text", False))


def has_no_zeros(parser: ExtractionParser) -> bool:
    """Whether a text that is whole has no zero at all in the formats of a parser, which MAY say so in that name."""
    return bool(getattr(parser, "has_no_zeros", False))


def sends_files(parser: ExtractionParser) -> bool:
    """Whether a file beside the parser's, in one folder, was sent in what it reads where that names it.

    A parser of exported chats MAY say so in ``sends_files``; whatever is named there is media, also a table.
    """
    return bool(getattr(parser, "sends_files", False))


def reads_members(parser: ExtractionParser) -> bool:
    """Whether what lies inside is read by the parsers of its own formats, and its records name them.

    A parser of archives or backups whose records name other parsers MUST say so in ``reads_members``.
    """
    return bool(getattr(parser, "reads_members", False))


def keeps_member(parser: ExtractionParser, path: str) -> bool:
    """Whether a file of an archive or folder is one that the exports of a parser hold beside what is read of them.

    A parser of exports with such files (media, pages, copies of databases) MAY say so in ``keeps_member(path)``. What
    else lies beside an export was put there.
    """
    keeps = getattr(parser, "keeps_member", None)
    return keeps is not None and bool(keeps(path))


def own_members(parser: ExtractionParser, head: Head) -> tuple[str, ...]:
    """Return the files that are one report of the parser's in a folder in which other deliveries lie. Empty: none is.

    A parser of exports that are a file with folders of media beside it MAY say so in ``own_members(head)``.
    """
    found = getattr(parser, "own_members", None)
    return () if found is None else tuple(found(head))


def said_by_name(parser: ExtractionParser, delivery: Delivery, ctx: ReadContext) -> str:
    """Return what the records of a delivery say because of its name alone: equal for all names that say the same.

    Empty: they would be the same under any name. A parser whose records depend on the name of a delivery MUST say so
    in ``said_by_name(delivery, ctx)``: the same bytes under a name that says something else are another delivery.
    What the submitter states plays no part in it.
    """
    found = getattr(parser, "said_by_name", None)
    return "" if found is None else str(found(delivery, ctx))


class SourceStamp:
    """Makes the ``source`` and ``record_id`` of each record of one member of a delivery."""

    __slots__ = ("_member", "_name", "_parser", "_sha256", "_version", "record_id")

    record_id: Callable[[str, str], str]
    """Returns the derived id of the record of this kind at the locator."""

    def __init__(self, delivery: Delivery, member: str | None, parser: type[ExtractionParser]) -> None:
        self._sha256 = delivery.stated_sha256
        self._name = delivery.name
        self.record_id = ids.RecordIds(delivery.sha256, member).of
        self._member = member
        self._parser = parser.name
        self._version = parser.version

    def source(self, locator: str) -> SourceRef:
        """Return the source of the record at the locator."""
        return SourceRef(self._sha256, self._name, self._member, locator, self._parser, self._version)
