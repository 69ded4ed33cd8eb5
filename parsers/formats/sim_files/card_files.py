"""The files of a card that are read, by the names and ids of 3GPP TS 51.011 and TS 31.102; and one content of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec

NAMES: Final[Mapping[str, str]] = {
    "2fe2": "ICCID",
    "4f30": "PBR",
    "4f3a": "ADN",
    "6f07": "IMSI",
    "6f3a": "ADN",
    "6f3b": "FDN",
    "6f3c": "SMS",
    "6f40": "MSISDN",
    "6f42": "SMSP",
    "6f44": "LND",
    "6f46": "SPN",
    "6f49": "SDN",
    "6f4a": "EXT1",
    "6f4b": "EXT2",
    "6f4c": "EXT3",
    "6f4d": "BDN",
    "6f7e": "LOCI",
    "6f80": "ICI",
    "6f81": "OCI",
}
"""Id to name of the files that records are made from, and of the one that says which they are (``phone_book``)."""

NO_IDS: Final[Mapping[str, str]] = {}
_IDS: Final = {name: number for number, name in NAMES.items()}
_PATH: Final = re.compile(
    r"(?<![0-9A-Za-z])(?P<path>(?:(?:3f00|7f[0-9a-f]{2}|5f[0-9a-f]{2})[/:.]?|a0[0-9a-f]{8,30}[/:.]){0,4})(?P<id>2fe2|6f[0-9a-f]{2}|4f[0-9a-f]{2})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_EF: Final = re.compile(r"(?<![0-9A-Za-z])EF[._\- ]?(?P<name>[A-Za-z][0-9A-Za-z_]{1,14})(?![0-9A-Za-z])", re.IGNORECASE)
_BARE: Final = re.compile(rf"\W*(?P<name>{'|'.join(NAMES.values())})(?![0-9A-Za-z.])", re.IGNORECASE)
_USIM: Final = re.compile(r"usim|7fff|a0000000871002|5f3a", re.IGNORECASE)


class FileRef(msgspec.Struct, frozen=True):
    """A file of a card, as a dump names it.

    Attributes:
        name: Its name without ``EF``: one of ``NAMES``, or what the dump calls it, else its id.
        path: As the dump writes it: ``3f00/7f10/6f3c``, ``MF/DF.TELECOM/EF.SMS``. ``""``: it says only the name.
    """

    name: str
    path: str = ""

    @property
    def is_known(self) -> bool:
        """Whether records are made from it."""
        return self.name in _IDS

    @property
    def listing(self) -> str:
        """``usim`` for the application's own files, else ``sim``: cards show one file in both places."""
        return _listing_of(self.path)

    def locator(self, record: int | None) -> str:
        """Return where a record of it stands; None for a file that has no records."""
        place = self.path or f"EF.{self.name}"
        return place if record is None else f"{place} record {record}"


@lru_cache(maxsize=64)
def _listing_of(path: str) -> str:
    return "usim" if _USIM.search(path) else "sim"


class CardContent(msgspec.Struct, frozen=True):
    """One record of a file, or the whole of a file without records.

    Attributes:
        record: Number of the record, from 1. None: the file has none.
        octets: Its content. None: the dump holds a plain value instead.
        value: Plain value: ``8944...`` or ``+44...`` as a tool decoded it.
    """

    file: FileRef
    record: int | None
    octets: bytes | None
    locator: str
    value: str | None = None


def find_file(text: str, ids: Mapping[str, str] = NO_IDS) -> tuple[FileRef, int, int] | None:
    """Return the file that a text names, and where the name starts and ends. None: it names none.

    A name goes before an id: the phone book of a USIM has ids that differ from card to card.

    Args:
        text: A line, a path or a file's name.
        ids: What the card itself says of its ids.
    """
    named, numbered = _EF.search(text), _PATH.search(text)
    bare = _BARE.match(text) if named is None and numbered is None else None
    name = named or bare
    if name is None and numbered is None:
        return None
    matches = [match for match in (name, numbered) if match is not None]
    start, end = min(match.start() for match in matches), max(match.end() for match in matches)
    path = ""
    if numbered is not None:
        path = (numbered["path"] + numbered["id"]).lower()
    if name is not None and (name["name"].upper() in _IDS or numbered is None):
        return FileRef(name["name"].upper(), path), start, end
    assert numbered is not None
    number = numbered["id"].lower()
    return FileRef(ids.get(number) or NAMES.get(number, number), path), start, end
