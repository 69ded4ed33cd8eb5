"""Archives that were split, as ``zip -s`` and ``split -b`` write them: one delivery, or one refusal that says why."""

from __future__ import annotations

import gzip
import io
import os
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import msgspec
import pytest

from ingest.completeness import fingerprint, is_complete
from ingest.deliveries import Found, belongs_to, find_deliveries
from ingest.split_sets import split_set_of
from parsers.archive_guard import open_archive
from parsers.contract import Limits

MEMBERS = {"sms.xml": os.urandom(700), "calls.xml": os.urandom(900), "note.txt": b"bell me " * 40}


def whole_zip(members: Mapping[str, bytes] = MEMBERS, packing: int = ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def numbered(folder: Path, content: bytes = b"", name: str = "HW7.zip", size: int = 500) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths, content = [], content or whole_zip()
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


Split = Callable[..., list[Path]]


def sets(folder: Path) -> list[tuple[str, ...]]:
    return [tuple(path.name for path in item.part_paths) for item in found(folder) if item.raw_parts]


def found(path: Path) -> list[Found]:
    return list(find_deliveries(path, lambda _: False))


def refusals(path: Path) -> list[tuple[str, str | None, str | None]]:
    return [(item.path.name, item.refusal, item.subject) for item in found(path)]


def test_numbered_parts_are_one_delivery(tmp_path: Path) -> None:
    paths = numbered(tmp_path / "drop", whole_zip())
    (only,) = found(tmp_path / "drop")
    assert only.path == paths[0]
    assert only.part_paths == tuple(paths)
    assert found(paths[1]) == [only], "a part that is named alone is taken with the others"
    assert [belongs_to(path, paths) for path in paths] == [False, *[True] * (len(paths) - 1)]


@pytest.mark.parametrize("size", [800, 1_700])
def test_lettered_parts_are_one_delivery_and_are_read(tmp_path: Path, size: int) -> None:
    paths = lettered(tmp_path / "drop", size)
    (only,) = found(tmp_path / "drop")
    assert (only.path.name, only.part_paths) == ("HW7.zip", tuple(paths))
    assert len(paths) == 1 + 2_000 // size
    joined = tmp_path / "joined.zip"
    joined.write_bytes(b"".join(path.read_bytes() for path in paths))
    with open_archive(joined, Limits()) as archive:
        assert not archive.refused
        read = {each.name: archive.open(each, Limits()).read(10_000) for each in archive.members}
    assert read == MEMBERS


@pytest.mark.parametrize("gone", [0, 1, -1])
@pytest.mark.parametrize("split", [numbered, lettered])
def test_a_set_that_lacks_a_part_is_none_and_waits(tmp_path: Path, split: Split, gone: int) -> None:
    paths = split(tmp_path / "drop")
    paths.pop(gone).unlink()
    assert not sets(tmp_path / "drop")
    assert refusals(tmp_path / "drop") == [(path.name, None, None) for path in paths], "each is told by itself"
    # A `.zip` without a first part beside it is looked at as any other.
    assert not any(is_complete(path) for path in paths if gone or path.suffix != ".zip")


def test_a_set_is_complete_and_changes_with_each_of_its_parts(tmp_path: Path) -> None:
    paths = numbered(tmp_path / "drop", whole_zip())
    assert is_complete(paths[0])
    before = fingerprint(paths[0])
    os.utime(paths[2], ns=(1, 1))
    assert fingerprint(paths[0]) != before


def test_names_in_capitals_are_one_set(tmp_path: Path) -> None:
    for path in lettered(tmp_path / "drop"):
        path.rename(path.with_name(path.name.upper()))
    (only,) = found(tmp_path / "drop")
    assert only.raw_parts == (b"HW7.Z01", b"HW7.Z02", b"HW7.ZIP")


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


@pytest.mark.parametrize("name", ["HW7.zip", "HW7.zip.001"])
def test_an_archive_that_is_whole_is_no_set(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(whole_zip())
    assert split_set_of(tmp_path / name) is None


def test_an_archive_whose_end_states_a_number_for_no_reason_is_whole(tmp_path: Path) -> None:
    content = bytearray(whole_zip())
    content[-18:-16] = b"\x01\x00"
    (tmp_path / "HW7.zip").write_bytes(content)
    assert split_set_of(tmp_path / "HW7.zip") is None


@pytest.mark.parametrize(
    "name", ["backup.2024.001", "log.001", "HW7.tar.001", "HW7.zip.1", "sms.z1", "HW7.part1.rar", "IMG.001.jpg"]
)
def test_other_numbered_files_are_no_parts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert split_set_of(tmp_path / name) is None
    assert [(item.path.name, item.refusal) for item in found(tmp_path)] == [(name, None)]


@pytest.mark.parametrize("ending", ["zip", "xml.gz"])
def test_numbered_copies_of_whole_archives_are_not_joined(tmp_path: Path, ending: str) -> None:
    for number in (1, 2):
        content = whole_zip({"sms.xml": b"hello " * number}) if ending == "zip" else gzip.compress(b"hello" * number)
        (tmp_path / f"backup.{ending}.{number:03}").write_bytes(content)
    (tmp_path / f"backup.{ending}.001.trapline.toml").write_text('exhibit_ref = "KB/1"\n')
    assert [(item.path.name, item.has_sidecar, item.raw_parts) for item in found(tmp_path)] == [
        (f"backup.{ending}.001", True, ()),
        (f"backup.{ending}.002", False, ()),
    ]
    assert is_complete(tmp_path / f"backup.{ending}.001")


def test_what_is_stated_of_the_whole_is_stated_of_none_of_its_numbered_copies(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"backup.zip.{number:03}").write_bytes(whole_zip())
    (tmp_path / "backup.zip.trapline.toml").write_text('exhibit_ref = "KB/1"\n')
    assert [(item.has_sidecar, item.refusal) for item in found(tmp_path)] == [
        (False, None),
        (False, None),
        (False, "sidecar_refused"),
    ]


def test_an_archive_within_that_ends_near_the_cut_does_not_end_the_set(tmp_path: Path) -> None:
    inner = whole_zip({"inner.xml": b"<smses/>"}, ZIP_STORED)
    content = whole_zip({"a.bin": os.urandom(900), "inner.zip": inner, "b.bin": os.urandom(3_000)}, ZIP_STORED)
    cut = content.index(inner) + len(inner) + 100
    paths = numbered(tmp_path / "drop", content, size=cut // 2 + 1)
    assert sets(tmp_path / "drop") == [tuple(path.name for path in paths)]
    for path in paths[2:]:
        path.unlink()
    assert not sets(tmp_path / "drop")
    assert not is_complete(paths[0])


def test_a_part_left_of_another_set_makes_it_none(tmp_path: Path) -> None:
    paths = numbered(tmp_path / "drop")
    paths[-1].with_name(f"HW7.zip.{len(paths) + 1:03}").write_bytes(whole_zip()[-200:])
    assert not sets(tmp_path / "drop")
    assert len(found(tmp_path / "drop")) == len(paths) + 1


@pytest.mark.parametrize("split", [numbered, lettered])
@pytest.mark.parametrize("packing", [ZIP_DEFLATED, ZIP_STORED])
def test_a_part_of_another_archive_of_the_same_sizes_makes_it_none(tmp_path: Path, split: Split, packing: int) -> None:
    content = whole_zip({"sms.xml": b"hello you " * 200}, packing) if split is numbered else b""
    paths = split(tmp_path / "drop", content, size=60) if content else split(tmp_path / "drop")
    assert sets(tmp_path / "drop"), "they are one as they are"
    part = bytearray(paths[1].read_bytes())
    part[40:44] = b"kent"
    paths[1].write_bytes(part)
    assert not sets(tmp_path / "drop")


def test_parts_that_are_numbered_from_zero_are_one_delivery(tmp_path: Path) -> None:
    for number, path in enumerate(numbered(tmp_path)):
        path.rename(path.with_suffix(f".{number:03}"))
    (tmp_path / "HW7.zip.trapline.toml").write_text('exhibit_ref = "HW/7"\n')
    (only,) = found(tmp_path)
    assert (only.path.name, only.has_sidecar) == ("HW7.zip.000", True)
    assert belongs_to(tmp_path / "HW7.zip.trapline.toml", list(tmp_path.iterdir()))


def test_names_in_other_letters_are_of_no_set(tmp_path: Path) -> None:
    paths = numbered(tmp_path / "drop", name="hw7.zip")
    paths[1].rename(paths[1].with_name("HW7.ZIP.002"))
    assert not sets(tmp_path / "drop")


@pytest.mark.parametrize("stating", [["HW7.zip.002"], ["HW7.zip.001", "HW7.zip.003"], ["HW7.zip", "HW7.zip.001"]])
def test_what_is_stated_of_another_part_or_twice_is_of_no_set(tmp_path: Path, stating: list[str]) -> None:
    paths = numbered(tmp_path / "drop")
    for name in stating:
        (tmp_path / "drop" / f"{name}.trapline.toml").write_text(f'exhibit_ref = "{name}"\n')
    assert not sets(tmp_path / "drop")
    told = {item.path.name for item in found(tmp_path / "drop") if item.has_sidecar}
    assert told == set(stating) & {path.name for path in paths}


def test_names_in_any_encoding_are_handed_on(tmp_path: Path) -> None:
    for path in numbered(tmp_path / "drop"):
        path.rename(path.with_name(os.fsdecode(b"Zo\xeb.zip" + path.suffix.encode())))
    (only,) = found(tmp_path / "drop")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(only), type=Found) == only
    assert all(path.is_file() for path in only.part_paths)


def test_while_the_last_of_lettered_parts_is_copied_all_wait(tmp_path: Path) -> None:
    paths = lettered(tmp_path / "drop")
    content = paths[-1].read_bytes()
    for length in (1, len(content) // 2, len(content) - 1):
        paths[-1].write_bytes(content[:length])
        assert not any(map(is_complete, paths))
    paths[-1].write_bytes(content)
    assert all(map(is_complete, paths))


def test_a_folder_is_not_looked_through_for_each_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "HW7.zip").write_bytes(whole_zip())
    paths = numbered(tmp_path, name="HW8.zip")
    monkeypatch.setattr(os, "scandir", lambda _: pytest.fail("looked through"))
    for path in (tmp_path / "HW7.zip", *paths):
        belongs_to(path, paths)
        fingerprint(path)
        assert is_complete(path)
