"""Says what a file is that is a piece of a delivery or lies beside one: by its name, or by a front that tells it.

A download that is not finished and one part of a split archive are no damaged archives: what is to be done is another.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Head
from parsers.errors import InputRefused

_UNFINISHED: Final = re.compile(r"\.(?:crdownload|part|partial|filepart|opdownload|download)", re.IGNORECASE)
_SPLIT: Final = re.compile(
    r"\.(?:(?:zip|7z|rar|ufdr|tar|tgz|gz|bz2|xz)\.[0-9]{3}|[zr][0-9]{2}|part[0-9]{1,4}\.rar)", re.IGNORECASE
)
_ENDS: Final = (
    (re.compile(r"\.(?:gpg|pgp)", re.IGNORECASE), "input_protected", "encrypted with PGP"),
    (re.compile(r"\.mht(?:ml)?", re.IGNORECASE), "document_not_read", "a web page that a browser saved (MHTML)"),
    (re.compile(r"\.(?:md5|sha1|sha256|sha512)", re.IGNORECASE), "program_not_read", "a list of hashes"),
)
_FRONTS: Final = (
    (b"ADSEGMENTEDFILE", "raw_extraction_not_read", "an image of AccessData FTK (.ad1)"),
    (b"ADCRYPT", "input_protected", "an encrypted image of AccessData FTK (.ad1)"),
    (b"-----BEGIN PGP MESSAGE", "input_protected", "encrypted with PGP"),
    (b"[InternetShortcut]", "program_not_read", "a link to a page (.url)"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program_not_read", "a link of Windows to a file (.lnk)"),
)
_LONGEST_END: Final = 16
_PART: Final = "archive_part"
_ZIP_END: Final = b"PK\x05\x06"
_TAR_END_BYTES: Final = 1_024


def piece_told(name: str) -> tuple[str, str] | None:
    """Return the notice code of a file that is a piece of one, and what the sentence calls it. None: it is whole."""
    end = name[-_LONGEST_END:]
    for pattern, code in ((_UNFINISHED, "download_unfinished"), (_SPLIT, _PART)):
        found = next((found for found in pattern.finditer(end) if found.end() == len(end)), None)
        if found is not None:
            return code, found[0]
    return None


def leftover_told(name: str, first_bytes: bytes) -> tuple[str, str] | None:
    """Return the notice code of what lies beside deliveries, and what the sentence calls it. None: it is none of that.

    Args:
        name: What it is called.
        first_bytes: The front of the file.
    """
    told = piece_told(name) or next(
        ((code, what) for front, code, what in _FRONTS if first_bytes.startswith(front)), None
    )
    end = name[name.rfind(".") :] if "." in name else ""
    return told or next(((code, what) for pattern, code, what in _ENDS if pattern.fullmatch(end)), None)


def first_part_told(head: Head) -> tuple[str, str] | None:
    """Return the notice code of the first part of a split archive, and what the sentence calls it.

    It begins as the archive does. None: its name is none of a part's, or it is an archive with its end: whole, whatever
    it is called.
    """
    told = piece_told(head.name)
    if head.is_folder or told is None or told[0] != _PART or _ZIP_END in head.last_bytes:
        return None
    is_tar_end = len(head.last_bytes) >= _TAR_END_BYTES and not any(head.last_bytes[-_TAR_END_BYTES:])
    return None if is_tar_end else told


def of_piece(refused: InputRefused, name: str) -> InputRefused:
    """Return why a piece of an archive is refused: for being one, and not for the damage that it looks like."""
    told = piece_told(name) if refused.code == "archive_refused" else None
    return InputRefused(*told) if told is not None else refused
