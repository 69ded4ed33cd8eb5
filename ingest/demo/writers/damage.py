"""Breaks vendor files on purpose, in the ways that arrive in practice or as an attack.

Each function takes whole bytes or writes one file, changes one thing, and leaves everything else as it was, so that a
test knows which records must still come out. Nothing here is dangerous by itself: sizes stay small.
"""

from __future__ import annotations

import stat
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

from ingest.demo.writers.ufdr.dialects import NAMESPACE

_TIME = (2024, 1, 1, 0, 0, 0)
_BOM = b"\xef\xbb\xbf"
_LOCAL_HEADER, _CENTRAL_HEADER, _END_RECORD = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def replaced(content: bytes, token: str, raw: bytes) -> bytes:
    """Return the content with the token's one occurrence replaced by raw bytes, which need not be text.

    Raises:
        ValueError: The token is not there exactly once.
    """
    if content.count(token.encode()) != 1:
        raise ValueError(f"token {token!r} stands there {content.count(token.encode())} times")
    return content.replace(token.encode(), raw)


def value_replaced(content: bytes, token: str, raw: bytes) -> bytes:
    """Return the content with the CDATA section that consists of the token replaced by raw markup or references."""
    return replaced(content, f"<![CDATA[{token}]]>", raw)


def cut_inside(content: bytes, token: str) -> bytes:
    """Return the content up to the middle of the token: a copy that was broken off."""
    place = content.index(token.encode())
    return content[: place + len(token) // 2]


def in_utf16(content: bytes, *, declared: str = "utf-8", big_endian: bool = False) -> bytes:
    """Return the text in UTF-16 with a byte order mark; the XML declaration may still say something else."""
    text = content.removeprefix(_BOM).decode().replace('encoding="utf-8"', f'encoding="{declared}"', 1)
    codec, mark = ("utf-16-be", b"\xfe\xff") if big_endian else ("utf-16-le", b"\xff\xfe")
    return mark + text.encode(codec)


def without_namespace(content: bytes) -> bytes:
    """Return the report as a program leaves it that re-saved it without its namespace."""
    return content.replace(f' xmlns="{NAMESPACE}"'.encode(), b"", 1)


def with_doctype(content: bytes, subset: str = "", *, external: str = "") -> bytes:
    """Return the report with a document type declaration after the XML declaration."""
    inner = f" [{subset}]" if subset else ""
    return content.replace(b"?>", f"?>\n<!DOCTYPE project{external}{inner}>".encode(), 1)


def entity_bomb(levels: int = 12) -> str:
    """Return an internal subset whose last entity ``e`` expands ten times a level."""
    rows = ['<!ENTITY e0 "lol">']
    rows += [f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, levels)]
    return "".join([*rows, f'<!ENTITY e "&e{levels - 1};">'])


def nested_models(depth: int) -> bytes:
    """Return a modelType with models nested so deep; to be put before ``</decodedData>``."""
    start = b'<model type="Hologram" id="h" deleted_state="Intact"><modelField name="In" type="Hologram">'
    return b'<modelType type="Hologram">' + start * depth + b"</modelField></model>" * depth + b"</modelType>"


def before_end(content: bytes, markup: bytes) -> bytes:
    """Return the report with further markup as the last thing in its decoded data."""
    return content.replace(b"  </decodedData>", markup + b"\n  </decodedData>", 1)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One member of an archive. ``is_link``: a symbolic link whose target is the content."""

    name: str
    content: bytes
    deflated: bool = False
    is_link: bool = False


def archive_of(members: Sequence[Member]) -> bytes:
    """Return an archive of exactly these members, names as given: twice the same name, upward paths, links."""
    stream = BytesIO()
    with warnings.catch_warnings(), ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a name that it has already
        for member in members:
            info = ZipInfo("x", _TIME)
            info.filename = member.name  # the constructor would repair what we want broken
            info.create_system = 3
            mode = (stat.S_IFLNK | 0o777) if member.is_link else (stat.S_IFREG | 0o644)
            info.external_attr = mode << 16
            info.compress_type = ZIP_DEFLATED if member.deflated else ZIP_STORED
            archive.writestr(info, member.content)
    return stream.getvalue()


def with_wrong_checksum(archive: bytes, member_count: int = 1) -> bytes:
    """Return the archive with the checksums of its first members changed, in both places where they stand."""
    changed = bytearray(archive)
    for signature, offset in ((_LOCAL_HEADER, 14), (_CENTRAL_HEADER, 16)):
        place = -1
        for _ in range(member_count):
            place = archive.index(signature, place + 1)
            changed[place + offset] ^= 0xFF
    return bytes(changed)


def marked_encrypted(archive: bytes, name: str = "") -> bytes:
    """Return the archive with the encryption flag set on every member; its content is noise to a reader.

    Args:
        archive: The archive.
        name: How the names of those begin that are marked.
    """
    changed = bytearray(archive)
    for place in _flags_of(archive, name):
        changed[place] |= 1
    return bytes(changed)


def packed_otherwise(archive: bytes, name: str = "", method: int = 9) -> bytes:
    """Return the archive with another packing method stated of every member (9: Deflate64), or as above."""
    changed = bytearray(archive)
    for place in _flags_of(archive, name):
        changed[place + 2 : place + 4] = method.to_bytes(2, "little")
    return bytes(changed)


def _flags_of(archive: bytes, name: str) -> Iterator[int]:
    """Yield where the flags of the members whose names begin so stand; their method follows."""
    for signature, offset, name_offset in ((_LOCAL_HEADER, 6, 30), (_CENTRAL_HEADER, 8, 46)):
        place = archive.find(signature)
        while place >= 0:
            if archive.startswith(name.encode(), place + name_offset):
                yield place + offset
            place = archive.find(signature, place + 1)


def cut_archive(archive: bytes, share: float = 0.6) -> bytes:
    """Return the first part of the archive, without its directory, as a copy that was broken off."""
    return archive[: min(int(len(archive) * share), archive.rindex(_CENTRAL_HEADER) - 1)]


def without_end_record(archive: bytes) -> bytes:
    """Return the archive with all its members whole and its end record missing."""
    return archive[: archive.rindex(_END_RECORD)]


def blown_up_archive(report: bytes, padding_bytes: int, report_name: str = "report.xml") -> bytes:
    """Return an archive whose report has a comment of blanks so long that it packs a thousand to one."""
    padded = report.replace(b"<images />", b"<images /><!--" + b" " * padding_bytes + b"-->", 1)
    return archive_of([Member(name=report_name, content=padded, deflated=True)])


def protected_report() -> bytes:
    """Return an archive like a protected .ufdr: its report starts with the vendor's magic number."""
    return archive_of([Member(name="report.xml", content=b"\x2d\x06\x52\x6d" + bytes(range(256)) * 8)])


def write(path: Path, content: bytes) -> Path:
    """Write the bytes and return the path."""
    path.write_bytes(content)
    return path
