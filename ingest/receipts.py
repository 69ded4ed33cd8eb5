"""Receipts, in the shape of ``receipt.schema.json``, and the exit code that they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from ingest.copying import CopiedFile
from ingest.custody import EMPTY_SHA256, Held
from ingest.deliveries import LITTER, Found, shown_path
from ingest.entries import Summary
from ingest.exit_codes import ExitCode, gravest
from ingest.healing import Healing
from ingest.outcomes import Receipt
from parsers.errors import InputRefused
from parsers.members.litter import litter_subject
from parsers.records.ids import derived_id, extraction_id
from parsers.records.notice_codes import NOTICE_TABLE
from search.contract import ExtractionEntry

UNKNOWN_SHA256: Final = "0" * 64
"""Stands for the hash of what could not be read; nothing has this hash."""
NO_ROOM: Final = "no_room"
"""Key of a receipt whose extraction waits for the index because the disk of the index is full."""
REFUSED_BEFORE: Final = "refused_before"
"""Key of a receipt of what was refused before the run that read it: when (RFC 3339)."""
LOADED_NOW: Final = "loaded_now"
"""Key of a receipt of what was held, and whose records the index got in this run."""
HEALED: Final = "vault_healed"
"""Key of a receipt of what was held: what was wrong with the copy in the vault, which the delivery replaced."""
DAMAGED_COPY: Final = "vault_damage"
"""Key of a receipt of what was held: what is wrong with the copy in the vault, and the delivery could not mend."""
DAMAGED_SEGMENT: Final = "segment_damage"
"""Key of a receipt of an extraction that the index lacks since its segment is damaged: what is wrong with it."""
GRAVE: Final = frozenset({"skipped", "damaged"})
"""Severities of notices that tell of a loss in reading."""
_NO_IDENTITY: Final = "identity_missing"
_OUR_FAULT: Final = "is_our_fault"
_RECEIPT_DECODER: Final = msgspec.json.Decoder(dict[str, object])


class Taken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Custody of a delivery, as its receipts state it.

    Attributes:
        parts: Of an archive that was split the parts as they came, in order; the hash is of their bytes joined.
    """

    sha256: str
    received_at: str
    stored_as: str | None
    original_path: str
    parts: tuple[CopiedFile, ...] = ()


class Effort(msgspec.Struct, frozen=True, kw_only=True):
    """What working on a delivery took: wall time from its arrival to the index, and its reader's memory."""

    elapsed_seconds: float
    peak_memory_bytes: int | None
    message_count: int


def with_room(receipt: bytes) -> bytes:
    """Return a stored receipt without the word that the disk was full: its records were loaded since."""
    held = _RECEIPT_DECODER.decode(receipt)
    return receipt if held.pop(NO_ROOM, None) is None else msgspec.json.encode(held)


def custody_of(held: Held) -> Taken:
    """Return custody as the vault has it."""
    manifest = held.manifest
    return Taken(
        sha256=manifest.stated_sha256,
        received_at=manifest.received_at,
        stored_as=held.stored_as,
        original_path=manifest.original_path,
        parts=manifest.parts,
    )


def receipt_of(entry: ExtractionEntry, summary: Summary, custody: Taken, effort: Effort) -> Receipt:
    """Return the receipt of an extraction that was read."""
    rate = effort.message_count / effort.elapsed_seconds if effort.message_count and effort.elapsed_seconds else None
    sidecar = {name: value for name, value in msgspec.structs.asdict(summary.sidecar).items() if value is not None}
    return {
        **renewed(entry),
        "member": summary.meta.part.member,
        "messages_per_second": None if rate is None else round(rate, 1),
        "elapsed_seconds": round(effort.elapsed_seconds, 3),
        "peak_memory_bytes": effort.peak_memory_bytes,
        "custody": msgspec.to_builtins(custody),
        "stated_by_submitter": sidecar,
        "reason": None,
        "remedy": None,
        "already_held": False,
    }


def renewed(entry: ExtractionEntry) -> Receipt:
    """Return the part of a receipt that can change later: what the catalogue says of the extraction now."""
    names = (
        *("extraction_id", "file_name", "sha256", "size_bytes", "format", "tool", "tool_version", "case_ref"),
        *("exhibit_ref", "device_id", "state", "superseded_by", "part_kind", "parser_version", "nlp_version"),
        *("lexicon_version", "make", "model", "imei", "iccid", "imsi", "msisdn"),
    )
    fields: Receipt = {}
    for name in names:
        value = getattr(entry, name)
        fields[name] = list(value) if isinstance(value, tuple) else value
    if entry.is_number_corrected:
        fields["is_number_corrected"] = True
    # Case and exhibit together tell a device apart: who stated both has nothing left to state.
    is_told_apart = bool(entry.case_ref and entry.exhibit_ref)
    fields["tally"] = {element: dict(row) for element, row in entry.tally.items()}
    fields["notices"] = [
        {**notice, "remedy": None} if is_told_apart and notice.get("code") == _NO_IDENTITY else dict(notice)
        for notice in entry.notices
    ]
    return fields


def refused_receipt(
    refusal: InputRefused,
    custody: Taken,
    *,
    name: str,
    size_bytes: int,
    elapsed_seconds: float,
) -> Receipt:
    """Return the receipt of something of which nothing was read."""
    notice = _stated(refusal.code, refusal.subject)
    has_content = custody.sha256 not in {UNKNOWN_SHA256, EMPTY_SHA256}
    return {
        # What could not be read, or is empty, is told apart by its place; the id is of the whole delivery.
        "extraction_id": extraction_id(custody.sha256, None, None)
        if has_content
        else derived_id("ex", custody.sha256, custody.original_path),
        "file_name": name,
        "sha256": custody.sha256,
        "size_bytes": size_bytes,
        "format": None,
        "tool": None,
        "tool_version": None,
        "case_ref": None,
        "exhibit_ref": None,
        "device_id": None,
        "state": "refused",
        "superseded_by": None,
        "tally": {},
        "notices": [notice],
        "messages_per_second": None,
        "elapsed_seconds": round(elapsed_seconds, 3),
        "peak_memory_bytes": None,
        "custody": msgspec.to_builtins(custody),
        "reason": notice["sentence"],
        "remedy": notice["remedy"],
        "already_held": False,
    }


def _stated(code: str, subject: str | None, count: int = 1) -> dict[str, object]:
    """Return a notice that is about no extraction, as receipts state it."""
    row = NOTICE_TABLE[code]
    return {
        "code": code,
        "severity": str(row.severity),
        "count": count,
        "sentence": row.sentence.format(subject=subject or "it"),
        "remedy": row.remedy,
        "first_locator": None,
    }


def with_litter(receipt: Receipt, names: Sequence[str]) -> Receipt:
    """Return a receipt that names what systems and programs left beside the delivery."""
    notices = receipt["notices"]
    assert isinstance(notices, list)
    return {**receipt, "notices": [*notices, _stated(LITTER, litter_subject(names), len(names))]}


def with_healing(receipt: Receipt, healing: Healing | None) -> Receipt:
    """Return a receipt that says what came of a damaged copy in the vault; None: it was sound."""
    if healing is None:
        return receipt
    return {**receipt, DAMAGED_COPY: healing.left} if healing.left else {**receipt, HEALED: healing.damage}


def is_of_litter(receipt: Receipt) -> bool:
    """Whether it is the receipt of something that holds nothing but what systems and programs leave beside files."""
    notices = receipt["notices"]
    assert isinstance(notices, list)
    return receipt["state"] == "refused" and all(notice.get("code") == LITTER for notice in notices)


def untaken(found: Found, received_at: str, refusal: InputRefused, elapsed_seconds: float) -> Receipt:
    """Return the receipt of something that never reached the vault."""
    custody = Taken(
        sha256=EMPTY_SHA256 if refusal.code == "input_empty" and not found.is_folder else UNKNOWN_SHA256,
        received_at=received_at,
        stored_as=None,
        original_path=shown_path(found.raw_path),
    )
    name = shown_path(found.raw_path.rsplit(b"/", 1)[-1] or found.raw_path)
    return refused_receipt(refusal, custody, name=name, size_bytes=0, elapsed_seconds=elapsed_seconds)


def with_fault(receipt: Receipt, detail: Sequence[str]) -> Receipt:
    """Return a refused receipt that says that the fault is ours, and where in our code it lies."""
    return {**receipt, _OUR_FAULT: True, "fault": list(detail)}


def exit_code(receipts: Iterable[Receipt]) -> int:
    """Return the exit code of a run: 0 whole, 3 all refused, 4 partial or some refused, 5 waits, 70 our fault."""
    made = list(receipts)
    # What systems leave beside files is no failure of a run that read others.
    return gravest(*map(_code_of, [receipt for receipt in made if not is_of_litter(receipt)] or made))


def _code_of(receipt: Receipt) -> ExitCode:
    if receipt.get(_OUR_FAULT):
        return ExitCode.INTERNAL
    if receipt.get("waits_for_index"):
        return ExitCode.NO_INDEX
    if receipt["state"] == "refused":
        return ExitCode.REFUSED
    notices = receipt["notices"]
    assert isinstance(notices, list)
    if receipt.get(DAMAGED_COPY) or receipt.get(DAMAGED_SEGMENT):
        return ExitCode.PARTIAL
    is_grave = any(isinstance(notice, Mapping) and notice["severity"] in GRAVE for notice in notices)
    return ExitCode.PARTIAL if is_grave else ExitCode.WHOLE
