"""What the verbs of the service give back, beside receipts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Receipt = dict[str, object]
"""One line of ``trapline ingest --json``, in the shape of ``receipt.schema.json``."""


class ExtractionStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Where one extraction is."""

    extraction_id: str
    device_id: str | None
    file_name: str
    sha256: str
    case_ref: str | None
    exhibit_ref: str | None
    state: str
    step: str
    """Last step that ended: ``segmented``, ``analysed``, ``loaded``, ``verified`` or ``complete``."""
    message_count: int
    is_waiting: bool
    """Whether its segments wait for the index."""


class DeliveryStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that is not finished: refused, failed, or begun."""

    sha256: str | None
    file_name: str
    original_path: str
    received_at: str
    state: str
    """``refused``, ``failed: started`` ..."""
    reason: str | None
    was_read: bool = False
    """Whether extractions of it are held: what was read before stands."""


class WaitingDrop(msgspec.Struct, frozen=True, kw_only=True):
    """A drop in a watched folder that looks cut off, and is taken as it is at ``until`` unless it changes before."""

    path: str
    why: str
    until: str


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What the data folder holds and what waits."""

    data_dir: str
    schema_version: int
    index_backend: str
    index_is_ready: bool
    index_detail: str
    extractions: tuple[ExtractionStatus, ...]
    deliveries: tuple[DeliveryStatus, ...]
    waiting_count: int
    """Extractions whose segments wait for the index."""
    unfinished_count: int
    """Deliveries that were started and not ended; the next run ends them."""
    decision_count: int
    audit_count: int
    waits_for_room: bool = False
    """Whether something waits because no room was left on the disk of the index."""
    waiting_drops: tuple[WaitingDrop, ...] = ()
    """What a running watch has seen, and does not take yet."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that ``verify`` looked at. ``detail`` says what is wrong; empty where it is sound."""

    name: str
    """``vault``, ``segments``, ``audit``, ``decisions`` or ``index``."""
    subject: str
    is_sound: bool
    detail: str = ""


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What ``verify`` found."""

    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every check was sound."""
        return all(check.is_sound for check in self.checks)


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What ``rebuild`` did.

    ``damaged`` names extractions whose segments must be read again; ``refused`` is the receipts of deliveries that had
    to be read again for others of their devices, and could not.
    """

    loaded: int
    removed: int
    damaged: tuple[str, ...] = ()
    refused: tuple[Receipt, ...] = ()


class BackupManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: SHA-256 by path relative to the data folder.

    ``faults`` are sentences about what did not match its checksum, or was missing, in the folder that was copied; empty
    too in a backup that was made before it was asked.
    """

    created_at: str
    software_version: str
    schema_version: int
    files: Mapping[str, str]
    faults: tuple[str, ...] = ()
