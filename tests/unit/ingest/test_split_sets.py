"""Archives that were split, as ``zip -s`` and ``split -b`` write them: one delivery, or one refusal that says why."""

from __future__ import annotations

import io
import os
import struct
import tarfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from ingest.completeness import fingerprint, is_complete
from ingest.deliveries import Found, belongs_to, find_deliveries
from ingest.split_sets import SplitSet, split_set_of
from parsers.archive_guard import open_archive
from parsers.contract import Limits

MEMBERS = {"sms.xml": os.urandom(700), "calls.xml": os.urandom(900), "note.txt": b"bell me " * 40}


def whole_zip() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    return out.getvalue()


def numbered(folder: Path, content: bytes, name: str = "HW7.zip", size: int = 500) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = []
    for number, at in enumerate(range(0, len(content), size), start=1):
        paths.append(folder / f"{name}.{number:03}")
        paths[-1].write_bytes(content[at : at + size])
    return paths


def lettered(folder: Path, size: int = 800, name: str = "HW7") -> list[Path]:
    """Write the members as a zip of several parts: places count from the part that a member begins in."""
    folder.mkdir(exist_ok=True)
    stream, places = bytearray(b"PK\x07\x08"), []
    source = ZipFile(io.BytesIO(whole_zip()))
    for info in source.infolist():
        places.append(len(stream))
        stream += whole_zip()[info.header_offset : info.header_offset + 30 + len(info.filename) + info.compress_size]
    directory_at = len(stream)
    for info, place in zip(source.infolist(), places, strict=True):
        fields = (20, 20, 0, info.compress_type, 0, 33, info.CRC, info.compress_size, info.file_size)
        name_bytes = info.filename.encode()
        stream += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", *fields, len(name_bytes), 0, 0, place // size, 0, 0, place % size
        )
        stream += name_bytes
    count, length = len(places), len(stream) - directory_at
    last, begun = (len(stream) + 21) // size, directory_at // size
    stream += struct.pack("<4s4H2LH", b"PK\x05\x06", last, begun, count, count, length, directory_at % size, 0)
    cuts = [bytes(stream[at : at + size]) for at in range(0, len(stream), size)]
    names = [f"{name}.z{number:02}" for number in range(1, len(cuts))] + [f"{name}.zip"]
    for each, content in zip(names, cuts, strict=True):
        (folder / each).write_bytes(content)
    return [folder / each for each in names]


def found(path: Path) -> list[Found]:
    return list(find_deliveries(path, lambda _: False))


def refusals(path: Path) -> list[tuple[str, str | None, str | None]]:
    return [(item.path.name, item.refusal, item.subject) for item in found(path)]


def test_numbered_parts_are_one_delivery(tmp_path: Path) -> None:
    paths = numbered(tmp_path / "drop", whole_zip())
    (only,) = found(tmp_path / "drop")
    assert only.path == paths[0]
    assert only.parts == tuple(path.name for path in paths)
    assert found(paths[1]) == [only], "a part that is named alone is taken with the others"
    assert [belongs_to(path, paths) for path in paths] == [False, *[True] * (len(paths) - 1)]


@pytest.mark.parametrize("size", [800, 1_700])
def test_lettered_parts_are_one_delivery_and_are_read(tmp_path: Path, size: int) -> None:
    paths = lettered(tmp_path / "drop", size)
    (only,) = found(tmp_path / "drop")
    assert (only.path.name, only.parts) == ("HW7.zip", tuple(path.name for path in paths))
    assert len(paths) == 1 + 2_000 // size
    joined = tmp_path / "joined.zip"
    joined.write_bytes(b"".join(path.read_bytes() for path in paths))
    with open_archive(joined, Limits()) as archive:
        assert not archive.refused
        read = {each.name: archive.open(each, Limits()).read(10_000) for each in archive.members}
    assert read == MEMBERS


@pytest.mark.parametrize("gone", [0, 1, -1])
def test_what_is_missing_of_numbered_parts_is_named(tmp_path: Path, gone: int) -> None:
    paths = numbered(tmp_path / "drop", whole_zip())
    paths[gone].unlink()
    ((name, refusal, subject),) = refusals(tmp_path / "drop")
    assert (refusal, subject) == ("archive_part_missing", paths[gone].name)
    assert name == (paths[1].name if gone == 0 else paths[0].name)
    assert not is_complete(tmp_path / "drop" / name)


@pytest.mark.parametrize("gone", [0, 1, -1])
def test_what_is_missing_of_lettered_parts_is_named(tmp_path: Path, gone: int) -> None:
    paths = lettered(tmp_path / "drop")
    paths[gone].unlink()
    ((name, refusal, subject),) = refusals(tmp_path / "drop")
    assert (refusal, subject) == ("archive_part_missing", paths[gone].name)
    assert not is_complete(tmp_path / "drop" / name)


def test_a_set_is_complete_and_changes_with_each_of_its_parts(tmp_path: Path) -> None:
    paths = numbered(tmp_path / "drop", whole_zip())
    assert is_complete(paths[0])
    before = fingerprint(paths[0])
    os.utime(paths[2], ns=(1, 1))
    assert fingerprint(paths[0]) != before


def test_a_part_beyond_those_that_the_last_one_states_is_named_alone(tmp_path: Path) -> None:
    lettered(tmp_path / "drop")
    (tmp_path / "drop" / "HW7.z07").write_bytes(b"of another")
    assert [item.path.name for item in found(tmp_path / "drop") if not item.parts] == ["HW7.z07"]


def test_names_in_capitals_are_one_set(tmp_path: Path) -> None:
    for path in lettered(tmp_path / "drop"):
        path.rename(path.with_name(path.name.upper()))
    (only,) = found(tmp_path / "drop")
    assert only.parts == ("HW7.Z01", "HW7.Z02", "HW7.ZIP")


@pytest.mark.parametrize("sidecar", ["HW7.zip.001.trapline.toml", "HW7.zip.trapline.toml"])
def test_the_sidecar_of_a_set_is_that_of_its_first_part_or_of_the_whole(tmp_path: Path, sidecar: str) -> None:
    paths = numbered(tmp_path / "drop", whole_zip())
    (tmp_path / "drop" / sidecar).write_text('exhibit_ref = "HW/7"\n')
    (only,) = found(tmp_path / "drop")
    assert (only.has_sidecar, only.sidecar_path.name) == (True, sidecar)
    assert belongs_to(tmp_path / "drop" / sidecar, paths)


def test_two_sets_and_a_whole_archive_in_one_folder_are_three(tmp_path: Path) -> None:
    numbered(tmp_path / "drop", whole_zip())
    numbered(tmp_path / "drop", whole_zip(), name="HW8.zip")
    (tmp_path / "drop" / "HW9.zip").write_bytes(whole_zip())
    assert refusals(tmp_path / "drop") == [
        ("HW7.zip.001", None, None),
        ("HW8.zip.001", None, None),
        ("HW9.zip", None, None),
    ]


def test_a_tar_that_lacks_its_last_part_is_told_by_its_end(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    paths = numbered(tmp_path / "drop", out.getvalue(), name="HW7.tar", size=2_048)
    assert split_set_of(paths[1]) == SplitSet(lead="HW7.tar.001", parts=tuple(path.name for path in paths))
    for path in paths[1:]:
        path.unlink()
    paths[0].write_bytes(b"x" * 2_048)
    assert refusals(tmp_path / "drop") == [("HW7.tar.001", "archive_part_missing", "HW7.tar.002")]


@pytest.mark.parametrize("name", ["HW7.zip", "HW7.zip.001"])
def test_an_archive_that_is_whole_is_no_set(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(whole_zip())
    assert split_set_of(tmp_path / name) is None


def test_an_archive_whose_end_states_a_number_for_no_reason_is_whole(tmp_path: Path) -> None:
    content = bytearray(whole_zip())
    content[-18:-16] = b"\x01\x00"
    (tmp_path / "HW7.zip").write_bytes(content)
    assert split_set_of(tmp_path / "HW7.zip") is None


@pytest.mark.parametrize("name", ["backup.2024.001", "log.001", "HW7.zip.1", "sms.z1", "HW7.part1.rar", "IMG.001.jpg"])
def test_other_numbered_files_are_no_parts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert split_set_of(tmp_path / name) is None
    assert [(item.path.name, item.refusal) for item in found(tmp_path)] == [(name, None)]
