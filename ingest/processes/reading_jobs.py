"""What the service asks of the reading process, and what it gets back. Imports no parser."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from config.settings import ParserSettings
from ingest.copying import LeftOut
from ingest.deliveries import Found
from ingest.segment_store.record_meta import RecordMeta
from ingest.segment_store.segment_file import SealedFile
from parsers.contract import Limits, ShownOrder, Sidecar


def limits_of(settings: ParserSettings) -> Limits:
    """Return the bounds on hostile input."""
    return Limits(
        archive_members=settings.archive_members,
        container_members=settings.container_members,
        archive_ratio=settings.archive_ratio,
        packed_ratio=settings.packed_ratio,
        packed_bytes=settings.packed_bytes,
        packed_times=settings.packed_times,
        member_bytes=settings.member_bytes,
        text_chars=settings.text_chars,
        nesting_depth=settings.nesting_depth,
    )


class ParsedPart(msgspec.Struct, frozen=True, kw_only=True):
    """One extraction that was read, its segment under its temporary name."""

    sealed: SealedFile
    meta: RecordMeta


class FindRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A path as bytes, and folders that are not entered."""

    raw_path: bytes
    raw_excluded: tuple[bytes, ...]


class FoundAll(msgspec.Struct, frozen=True, kw_only=True):
    """The deliveries at a path, sorted."""

    deliveries: tuple[Found, ...]


class DeliveryRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery, and how it is to be read.

    Attributes:
        sidecar: Path of the sidecar that came with it, or lies in the vault. None: there is none.
        content_sha256: Hash of the content, where ``sha256`` is another key.
        folder: Name of the folder that a file came from; see ``parsers.contract.Delivery``.
    """

    path: str
    name: str
    is_folder: bool
    sha256: str
    companions: tuple[str, ...]
    sidecar: str | None
    content_sha256: str | None = None
    folder: str | None = None
    default_time_zone: str
    default_region: str
    limits: Limits


class NameRequest(DeliveryRequest, frozen=True, kw_only=True):
    """A delivery of which is asked what its name says.

    Attributes:
        scratch_dir: Where parsers may write; made and removed.
    """

    scratch_dir: str


class NameSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What the name of a delivery says.

    Attributes:
        said: What of its records it alone says; see ``parsers.contract.said_by_name``.
        parser: Name of the parser that would read it. None: none does.
        sidecar: What the submitter states. None: nothing, or nothing that can be used.
    """

    said: str
    parser: str | None
    sidecar: Sidecar | None


class SidecarsRequest(msgspec.Struct, frozen=True):
    """Paths of sidecars in the vault. None: a delivery that has none."""

    paths: tuple[str | None, ...]
    default_region: str


class SidecarsRead(msgspec.Struct, frozen=True):
    """What sidecars state. None: there is none, or it cannot be used."""

    sidecars: tuple[Sidecar | None, ...]


class ParseRequest(DeliveryRequest, frozen=True, kw_only=True):
    """One delivery of the vault.

    Attributes:
        earlier_sidecars: Paths of those that the same content came with before, oldest first.
        left_out: What lay in a folder delivery and was not taken.
        work_dir: Where segments are written under temporary names; exists and is empty.
        texts_dir: Where distinct texts are written in portions; exists and is empty.
        is_of_two_devices: Whether the same content is held as another device's too.
        orders_beside: As ``parsers.contract.ReadContext`` has it.
    """

    earlier_sidecars: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...]
    work_dir: str
    texts_dir: str
    is_of_two_devices: bool = False
    orders_beside: Mapping[str, tuple[ShownOrder, ...]] = {}
    compression_level: int
    portion_texts: int


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a delivery gave, in source order. Seconds are wall time."""

    parts: tuple[ParsedPart, ...]
    sidecar: Sidecar
    elapsed_seconds: float
    peak_memory_bytes: int


class SpillRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A record segment whose texts are wanted in portions."""

    extraction_id: str
    records: str
    texts_dir: str
    portion_texts: int


class Spilled(msgspec.Struct, frozen=True, kw_only=True):
    """How many portions were written."""

    portion_count: int
