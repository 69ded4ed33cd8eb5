"""Of which device a row says that it is: its exhibit or handset, else the card that it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from parsers.contract import ExtractionPart, Sidecar
from parsers.device_ids import iccid_key, imsi_key
from parsers.records.ids import extraction_id
from parsers.table_fields import Field
from parsers.tables.row_view import RowView

_EXHIBIT, _IMEI, _ICCID, _IMSI = Field.EXHIBIT, Field.IMEI, Field.ICCID, Field.IMSI
"""Named here because looking one up in its enumeration takes four times as long, and each row asks for all."""

_CARDS: Final[tuple[tuple[Field, Callable[[str], str | None]], ...]] = ((_ICCID, iccid_key), (_IMSI, imsi_key))


class RowDevice(msgspec.Struct, frozen=True):
    """What a row says of its device, as written."""

    exhibit: str | None = None
    imei: str | None = None
    iccid: str | None = None
    imsi: str | None = None


NO_DEVICE: Final = RowDevice()


def device_of_row(view: RowView, *, by_card: bool) -> RowDevice:
    """Return what a row says of its device; ``NO_DEVICE`` where it says nothing.

    Args:
        view: The row; what is returned is read from it.
        by_card: Whether rows may be told apart by their cards: where nobody says of which one item the file is, which
            may have held several.
    """
    if not view.lacks(_EXHIBIT, _IMEI):
        exhibit, imei = view.take_word(_EXHIBIT), view.take_word(_IMEI)
        if exhibit or imei:
            return RowDevice(exhibit, imei)
    if not by_card or view.lacks(_ICCID, _IMSI):
        return NO_DEVICE
    for field, key_of in _CARDS:
        written = view.look(field)
        if written is not None and key_of(written) is not None:
            word = view.take_word(field)
            return RowDevice(iccid=word) if field is _ICCID else RowDevice(imsi=word)
    return NO_DEVICE


def may_tell_by_card(sidecar: Sidecar) -> bool:
    """Whether the submitter leaves open of which exhibit, handset or card a file is."""
    return not (sidecar.exhibit_ref or sidecar.imei or sidecar.iccid)


def part_of_device(part: ExtractionPart, device: RowDevice, sha256: str) -> ExtractionPart:
    """Return the extraction of the rows of one device.

    Args:
        part: Of rows that say nothing of it.
        device: As rows name it.
        sha256: Of the delivery.
    """
    stated = (device.exhibit, device.imei, device.iccid, device.imsi)
    vendor_id = " ".join(each for each in stated if each)
    return msgspec.structs.replace(
        part,
        extraction_id=extraction_id(sha256, None, vendor_id),
        vendor_id=vendor_id,
        exhibit_ref=device.exhibit or part.exhibit_ref,
        imei=(device.imei,) if device.imei else part.imei,
        iccid=(device.iccid,) if device.iccid else part.iccid,
        imsi=(device.imsi,) if device.imsi else part.imsi,
    )
