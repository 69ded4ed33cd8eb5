"""Says what a file is that is a piece of a delivery or lies beside one: by its name, or by a front that tells it.

A download that is not finished and one part of a split archive are no damaged archives: what is to be done is another.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from parsers.contract import Head, Limits
from parsers.errors import InputRefused
from parsers.tar_archive import is_cut, is_packed
from parsers.tar_stream import is_tar
from parsers.zip_headers import ZIP_MAGICS

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
_ZIP_END_BYTES: Final = 22 + 65_535
"""The end of a zip, with the longest comment behind it."""

_TAR_END_BYTES: Final = 1_024
_LEAST_UNPACKED_BYTES: Final = 1 << 26
_UNOPENED: Final = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


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


def first_part_told(head: Head, path: Path, limits: Limits) -> tuple[str, str] | None:
    """Return the notice code of the first part of a split archive, and what the sentence calls it.

    It begins as the archive does. None: its name is none of a part's, or it is no archive or one with its end: whole,
    whatever it is called.
    """
    told = piece_told(head.name)
    if head.is_folder or told is None or told[0] != _PART:
        return None
    return told if _is_cut_archive(head, path, limits) else None


def _is_cut_archive(head: Head, path: Path, limits: Limits) -> bool:
    first = head.first_bytes
    if first.startswith(ZIP_MAGICS):
        return _ZIP_END not in _last_bytes(path, _ZIP_END_BYTES)
    if is_packed(first):
        return is_cut(path, max(_LEAST_UNPACKED_BYTES, path.stat().st_size * limits.archive_ratio))
    if is_tar(first):
        return len(head.last_bytes) < _TAR_END_BYTES or any(head.last_bytes[-_TAR_END_BYTES:])
    return first.startswith(_UNOPENED)


def _last_bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - most))
        return file.read(most)


def of_piece(refused: InputRefused, name: str) -> InputRefused:
    """Return why a piece of an archive is refused: for being one, and not for the damage that it looks like."""
    told = piece_told(name) if refused.code in {"archive_refused", "archive_damaged"} else None
    return InputRefused(*told) if told is not None else refused
