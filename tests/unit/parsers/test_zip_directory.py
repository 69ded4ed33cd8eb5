"""The directory of a zip, where ``zipfile`` refuses what is no damage."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest

from parsers.zip_directory import entries_of


def zip64_of(parts: int) -> bytes:
    """Return a zip with the end of one of more than 4 GiB, which states of how many parts it is."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("sms.xml", b"<smses/>")
    content = out.getvalue()
    end = content.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack_from("<HLL", content, end + 10)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, parts - 1, parts - 1, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", parts - 1, end, parts)
    return content[:end] + end64 + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", *[0xFFFF] * 4, *[0xFFFFFFFF] * 2, 0)


@pytest.mark.parametrize("parts", [1, 3])
def test_a_large_archive_of_joined_parts_has_its_entries(tmp_path: Path, parts: int) -> None:
    path = tmp_path / "HW7.zip"
    path.write_bytes(zip64_of(parts))
    assert [info.filename for info in entries_of(path)] == ["sms.xml"]


def test_what_is_no_archive_has_none(tmp_path: Path) -> None:
    path = tmp_path / "HW7.zip"
    path.write_bytes(zip64_of(3)[:-30])
    with pytest.raises(BadZipFile):
        entries_of(path)
