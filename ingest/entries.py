"""What is known of an extraction as a whole: the file's statements, the submitter's over them, corrections over both.

The sidecar's case, exhibit and owner are used, and the file's own IMEI and ICCID; where both state a thing and
disagree, both are kept (the sidecar in custody, the file in its records) and a notice says so. A correction made
later is over both and is no disagreement: the journal of decisions has it, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ingest.decisions import Amendment
from ingest.segment_store.finding_segments import Recipe
from ingest.segment_store.record_meta import RecordMeta
from parsers.contract import ExtractionPart, ShownOrder, Sidecar
from parsers.device_identity import Identity, identity_of
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.phone_numbers import number_key, to_e164
from parsers.records.notice_codes import NOTICE_TABLE, sentence_of
from parsers.records.notices import Notice, Severity
from parsers.records.tally import TallyRow
from parsers.stated_parts import NOT_A_CARD, sidecar_of_part, with_stated
from search.contract import ExtractionEntry
from search.linkage.phrases import counted
from search.reports.page_text import day_and_time

COMPLETE, WITH_NOTICES, PARTIAL, SUPERSEDED = "complete", "complete_with_notices", "partial", "superseded"


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What reading one extraction gave beside its records; kept in the journal.

    Attributes:
        sidecar_name: Name of the sidecar in the vault that it was read with. None: none, or a version that did not say.
        lent_orders: What others of its device showed when it was read, of ``meta.part.untold_forms``; sorted.
        elapsed_seconds: Of reading the whole delivery, wall time.
    """

    meta: RecordMeta
    sidecar: Sidecar
    sidecar_name: str | None = None
    lent_orders: tuple[ShownOrder, ...] = ()
    elapsed_seconds: float
    peak_memory_bytes: int


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What holds of an extraction after everything was laid over: identifiers as written.

    Attributes:
        is_owner_stated: The number is the submitter's word, or a later correction, and not the file's.
        is_owner_corrected: It is a later correction.
        time_zone: That which the submitter states. None: none.
    """

    case_ref: str | None
    exhibit_ref: str | None
    make: str | None
    model: str | None
    imei: tuple[str, ...]
    iccid: tuple[str, ...]
    imsi: tuple[str, ...]
    msisdn: tuple[str, ...]
    is_owner_stated: bool = False
    is_owner_corrected: bool = False
    time_zone: str | None = None
    notices: tuple[Notice, ...]


def stated(summary: Summary, amendment: Amendment, region: str) -> Stated:
    """Lay the submitter's statements and later corrections over what the file says."""
    part = summary.meta.part
    sidecar = sidecar_of_part(summary.sidecar, part)
    together = with_stated(part, summary.sidecar)
    owner = _chosen(amendment.owner_number, sidecar.owner_number)
    is_owner_stated = bool(owner) or (amendment.owner_number is None and "owner_number" in part.stated_beside)
    imei, iccid = together.imei, together.iccid
    notices = [*summary.meta.notices, *_disagreements(part, sidecar, region)]
    if not (part.belongs_to or _has_key(imei, iccid, part.imsi) or _has_code(notices, "identity_missing")):
        notices.append(Notice(code="identity_missing", extraction_id=part.extraction_id))
    return Stated(
        case_ref=_chosen(amendment.case_ref, sidecar.case_ref, part.case_ref),
        exhibit_ref=_chosen(amendment.exhibit_ref, sidecar.exhibit_ref, part.exhibit_ref),
        make=part.make or sidecar.make,
        model=part.model or sidecar.model,
        imei=imei,
        iccid=iccid,
        imsi=part.imsi,
        msisdn=(owner,) if owner else () if amendment.owner_number == "" else part.msisdn,
        is_owner_stated=is_owner_stated,
        is_owner_corrected=bool(amendment.owner_number),
        time_zone=sidecar.time_zone,
        notices=tuple(notices),
    )


def identity(part: ExtractionPart, held: Stated) -> Identity:
    """Return what tells the extraction's device apart."""
    return identity_of(
        part.extraction_id,
        imei=held.imei,
        iccid=held.iccid,
        imsi=held.imsi,
        case_ref=held.case_ref,
        exhibit_ref=held.exhibit_ref,
        belongs_to=part.belongs_to,
    )


class FileFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What custody says of the delivery."""

    file_name: str
    sha256: str
    size_bytes: int


def entry_of(
    file: FileFacts,
    meta: RecordMeta,
    held: Stated,
    recipe: Recipe,
    *,
    device_id: str,
    superseded_by: str | None,
    skipped_counts: Mapping[str, int],
) -> ExtractionEntry:
    """Return the catalogue entry of an extraction."""
    part = meta.part
    counts = {kind: meta.kind_counts.get(kind, 0) - meta.duplicate_counts.get(kind, 0) for kind in meta.kind_counts}
    return ExtractionEntry(
        extraction_id=part.extraction_id,
        device_id=device_id,
        file_name=file.file_name,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        format=meta.format,
        tool=part.tool,
        tool_version=part.tool_version,
        parser_version=meta.parser_version,
        nlp_version=recipe.nlp_version,
        lexicon_version=recipe.lexicon_version,
        case_ref=held.case_ref,
        exhibit_ref=held.exhibit_ref,
        part_kind=part.kind,
        state=SUPERSEDED if superseded_by is not None else outcome_of(held.notices),
        superseded_by=superseded_by,
        tally={element: _tally_row(row, skipped_counts.get(element, 0)) for element, row in meta.tally.items()},
        notices=tuple(_told(notice, held, meta) for notice in held.notices),
        make=held.make,
        model=held.model,
        imei=held.imei,
        iccid=held.iccid,
        imsi=held.imsi,
        msisdn=held.msisdn,
        is_number_of_submitter=not held.is_owner_corrected and _is_number_beside_file(part, held),
        is_number_corrected=held.is_owner_corrected and _is_number_beside_file(part, held),
        message_count=counts.get("message", 0),
        call_count=counts.get("call", 0),
        contact_count=counts.get("contact", 0),
        skipped_counts=skipped_counts,
        first_message_at=meta.first_message_at,
        last_message_at=meta.last_message_at,
    )


def _is_number_beside_file(part: ExtractionPart, held: Stated) -> bool:
    """Whether the submitter's word, or a later correction, is all that a number rests on: the file states another."""
    if not held.is_owner_stated or "owner_number" in part.stated_beside:
        return held.is_owner_stated
    in_file, now = ({number_key(raw, to_e164(raw)) for raw in numbers} for numbers in (part.msisdn, held.msisdn))
    return in_file.isdisjoint(now)


def _told(notice: Notice, held: Stated, meta: RecordMeta) -> dict[str, object]:
    """Return a notice as receipts and reports have it, in the light of what the submitter states and of what was read.

    One of times without a zone gives no advice to state what is stated; one of a file that ends before its end says how
    much was read, and up to when.
    """
    told = notice_object(notice)
    if notice.code == "zone_assumed" and held.time_zone is not None and notice.subject == held.time_zone:
        sentence = f"Times without a zone were read as {held.time_zone} time, as the submitter states."
        return {**told, "sentence": sentence, "remedy": None}
    if notice.code != "input_truncated":
        return told
    read = [counted(count, kind) for kind in _KINDS_COUNTED if (count := meta.kind_counts.get(kind, 0))]
    words = " and ".join(filter(None, [", ".join(read[:-1]), *read[-1:]])) or "nothing"
    first, last = meta.first_message_at, meta.last_message_at
    period = ""
    if first and last:
        is_one = first == last
        period = (
            f", of {day_and_time(first)}"
            if is_one
            else f", messages from {day_and_time(first)} to {day_and_time(last)}"
        )
    # A file that states its number says how many are missing in a notice of its own.
    rest = "" if any(_has_code(held.notices, code) for code in _MISSING_COUNTED) else "; how much followed is not known"
    return {**told, "sentence": f"{told['sentence']} Read up to there: {words}{period}{rest}."}


_MISSING_COUNTED: Final = ("count_cut", "count_short")
_KINDS_COUNTED: Final = ("message", "call", "contact")


def _tally_row(row: TallyRow, skipped: int) -> dict[str, int]:
    """Return the counts of an element; what counts in another extraction of the device is merged."""
    counts: dict[str, int] = msgspec.structs.asdict(row)
    return {**counts, "indexed": row.indexed - skipped, "merged": row.merged + skipped}


def outcome_of(notices: Sequence[Notice]) -> str:
    """Return ``complete``, ``complete_with_notices`` or ``partial``."""
    if any(notice.ends_reading for notice in notices):
        return PARTIAL
    return WITH_NOTICES if any(_severity(notice) in _GRAVE for notice in notices) else COMPLETE


def is_damaged(notices: Sequence[Notice]) -> bool:
    """Whether something of the source is damaged, or was not read to its end."""
    return any(notice.ends_reading or _severity(notice) is Severity.DAMAGED for notice in notices)


_GRAVE: Final = frozenset({Severity.SKIPPED, Severity.DAMAGED})


def notice_object(notice: Notice) -> dict[str, object]:
    """Return a notice as receipts and reports have it."""
    row = NOTICE_TABLE[notice.code]
    return {
        "code": notice.code,
        "severity": str(row.severity),
        "count": notice.count,
        "sentence": sentence_of(notice),
        "remedy": row.remedy,
        "first_locator": notice.first_locator,
        "subject": notice.subject,
        "element": notice.element,
    }


def _severity(notice: Notice) -> Severity:
    return NOTICE_TABLE[notice.code].severity


def _chosen(*values: str | None) -> str | None:
    """Return the first value that is stated; an empty one states that there is none."""
    return next((value for value in values if value is not None), None) or None


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _has_key(imei: Sequence[str], iccid: Sequence[str], imsi: Sequence[str]) -> bool:
    return any(map(imei_key, imei)) or any(map(iccid_key, iccid)) or any(map(imsi_key, imsi))


def _has_code(notices: Sequence[Notice], code: str) -> bool:
    return any(notice.code == code for notice in notices)


def _disagreements(part: ExtractionPart, sidecar: Sidecar, region: str) -> Iterator[Notice]:
    def number(raw: str) -> str | None:
        return number_key(raw, to_e164(raw, region))

    compared: tuple[tuple[str, str | None, tuple[str, ...], Callable[[str], str | None]], ...] = (
        ("case_ref", sidecar.case_ref, _one(part.case_ref), _folded),
        ("exhibit_ref", sidecar.exhibit_ref, _one(part.exhibit_ref), _folded),
        ("owner_number", sidecar.owner_number, part.msisdn, number),
        ("imei", sidecar.imei, part.imei, imei_key),
        ("iccid", sidecar.iccid, part.iccid, iccid_key),
        ("make", sidecar.make if part.kind in NOT_A_CARD else None, _one(part.make), _folded),
        ("model", sidecar.model if part.kind in NOT_A_CARD else None, _one(part.model), _folded),
    )
    for name, submitted, written, key in compared:
        if submitted and written and key(submitted) not in map(key, written):
            yield Notice(code="sidecar_disagrees", extraction_id=part.extraction_id, subject=name)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
