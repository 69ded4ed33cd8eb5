"""What a submitter states of one extraction: laid over what its file says.

The sidecar's case and exhibit are used, and the file's own IMEI and ICCID.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.contract import ExtractionPart, PartKind, Sidecar

NOT_A_CARD: Final = frozenset({PartKind.HANDSET, PartKind.CHAT, PartKind.UNKNOWN})
"""Kinds of parts that are the handset's, or may be."""


def sidecar_of_part(sidecar: Sidecar, part: ExtractionPart) -> Sidecar:
    """Return what the sidecar of the whole states of a part.

    Not what one beside the member itself says otherwise; no IMEI of a card beside its handset's report (one that was
    read alone was in that handset), no ICCID of a memory card.
    """
    left_out = set(part.stated_beside)
    if part.kind not in NOT_A_CARD and part.belongs_to:
        left_out.add("imei")
    if part.kind is PartKind.MEMORY_CARD:
        left_out.add("iccid")
    return msgspec.structs.replace(sidecar, **dict.fromkeys(left_out)) if left_out else sidecar


def with_stated(part: ExtractionPart, sidecar: Sidecar) -> ExtractionPart:
    """Return a part with what tells its device apart as it is used: the file's and the submitter's together."""
    stated = sidecar_of_part(sidecar, part)
    return msgspec.structs.replace(
        part,
        case_ref=stated.case_ref or part.case_ref,
        exhibit_ref=stated.exhibit_ref or part.exhibit_ref,
        imei=part.imei or ((stated.imei,) if stated.imei else ()),
        iccid=part.iccid or ((stated.iccid,) if stated.iccid else ()),
    )
