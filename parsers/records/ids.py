"""Ids are derived, never random: reading the same evidence again gives the same ids.

Each id is a prefix that names what it is of, and 80 bits of BLAKE2b in lower-case hexadecimal: short enough to
print in a report and to read over a telephone; 2^40 records of one kind before a collision is likely.
"""

from __future__ import annotations

from hashlib import blake2b

_ID_BYTES = 10
_PERSON = b"trapline"
_ABSENT = "\x00"


def derived_id(prefix: str, *parts: str | None) -> str:
    """Return the id of what the parts name; None and an empty string are different parts."""
    text = "\x1f".join(_ABSENT if part is None else part for part in parts)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_ID_BYTES, person=_PERSON).hexdigest()
    return f"{prefix}-{digest}"


def extraction_id(delivery_sha256: str, member: str | None, vendor_extraction_id: str | None) -> str:
    """Return the id of one extraction of a delivery.

    Args:
        delivery_sha256: Hash of the file or folder as delivered.
        member: Report inside the delivery. None where the delivery is the report.
        vendor_extraction_id: The vendor's own id of the part; None where the report has only one.
    """
    return derived_id("ex", delivery_sha256, member, vendor_extraction_id)


def record_id(delivery_sha256: str, member: str | None, kind: str, locator: str) -> str:
    """Return the id of a record from its source file, its kind and its locator."""
    return derived_id("r", delivery_sha256, member, kind, locator)


class RecordIds:
    """Makes the ids of the records of one member; equal to ``record_id``, with what is common hashed once."""

    __slots__ = ("_hash",)

    def __init__(self, delivery_sha256: str, member: str | None) -> None:
        common = f"{delivery_sha256}\x1f{_ABSENT if member is None else member}\x1f"
        self._hash = blake2b(common.encode("utf-8", "surrogatepass"), digest_size=_ID_BYTES, person=_PERSON)

    def of(self, kind: str, locator: str) -> str:
        """Return the id of the record of this kind at the locator."""
        digest = self._hash.copy()
        digest.update(f"{kind}\x1f{locator}".encode("utf-8", "surrogatepass"))
        return f"r-{digest.hexdigest()}"
