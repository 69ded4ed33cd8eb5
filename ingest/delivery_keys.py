"""The key of a delivery: what tells it from every other one, in the vault, in the journal and in all ids.

It is the SHA-256 of the content wherever that says everything. Of two exported chats to people who never answered the
bytes are the same, and the names of the files alone say to whom the texts went; an export without an identity of its
own can come, byte by byte the same, from two handsets that only their sidecars tell apart. Then what the name says,
and the device, are part of the key. Receipts and records state the hash of the content in any case.
"""

from __future__ import annotations

import hashlib

from parsers.contract import ExtractionPart, Sidecar
from parsers.device_identity import folded_reference
from parsers.device_ids import iccid_key, imei_key, imsi_key


def delivery_key(content_sha256: str, said_by_name: str, device: str | None, number: int = 1) -> str:
    """Return the key of a delivery.

    Args:
        content_sha256: Hash of the content.
        said_by_name: What of its records its name alone says. Empty: nothing.
        device: As ``stated_device`` gives it, where the same content is held of another device. None: it is not.
        number: Above 1 where another delivery has the key already.
    """
    if not said_by_name and device is None and number == 1:
        return content_sha256
    further = () if device is None and number == 1 else (device or "", str(number))
    text = "\0".join((content_sha256, said_by_name, *further))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stated_device(sidecar: Sidecar) -> str | None:
    """Return the device that a sidecar states, in the order in which devices are told apart. None: it states none."""
    for name, key in (("imei", imei_key(sidecar.imei or "")), ("iccid", iccid_key(sidecar.iccid or ""))):
        if key:
            return f"{name} {key}"
    case_ref, exhibit_ref = folded_reference(sidecar.case_ref), folded_reference(sidecar.exhibit_ref)
    return f"exhibit {case_ref or ''}\n{exhibit_ref}" if exhibit_ref else None


def states_another_device(sidecar: Sidecar, held: Sidecar) -> bool:
    """Whether two sidecars are of two devices: by the surest thing that both state, else because both state one."""
    for key, one, other in (
        (imei_key, sidecar.imei, held.imei),
        (iccid_key, sidecar.iccid, held.iccid),
        (folded_reference, sidecar.exhibit_ref, held.exhibit_ref),
    ):
        if one and other and key(one) and key(other):
            if key is not folded_reference or key(one) != key(other):
                return key(one) != key(other)
            cases = folded_reference(sidecar.case_ref), folded_reference(held.case_ref)
            return None not in cases and cases[0] != cases[1]
    return stated_device(sidecar) is not None and stated_device(held) is not None


def names_its_device(part: ExtractionPart) -> bool:
    """Whether an extraction says by itself of which device it is; a sidecar's exhibit then makes no other of it."""
    keys = (*map(imei_key, part.imei), *map(iccid_key, part.iccid), *map(imsi_key, part.imsi))
    return part.belongs_to is not None or any(keys)
