"""Archives: what is refused, what is kept of a damaged one."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.archive_guard import Archive, open_archive
from parsers.archive_names import is_unsafe_name
from parsers.contract import Limits
from parsers.errors import InputRefused

_LIMITS = Limits()
_BODY = b"".join(b"line %d of many\n" % number for number in range(20_000))


def _write(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def _content(archive: Archive, name: str, limits: Limits = _LIMITS) -> tuple[bytes, str | None]:
    member = next(each for each in archive.members if each.name == name)
    stream = archive.open(member, limits)
    pieces = []
    while piece := stream.read(4096):
        pieces.append(piece)
    return b"".join(pieces), stream.damage


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_members_are_streamed_whole(tmp_path: Path, method: int) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY), ("files/x.jpg", b""), method=method)
    with open_archive(path, _LIMITS) as archive:
        assert [member.name for member in archive.members] == ["report.xml", "files/x.jpg"]
        assert _content(archive, "report.xml") == (_BODY, None)
        assert _content(archive, "files/x.jpg") == (b"", None)


@pytest.mark.parametrize("method", METHODS)
def test_members_are_read_by_turns(tmp_path: Path, method: int) -> None:
    contents = [Random(seed).randbytes(200_000) for seed in (1, 2)]
    path = _write(tmp_path / "a.zip", *zip("ab", contents, strict=True), method=method)
    with open_archive(path, _LIMITS) as archive:
        first, second = archive.members
        streams = [archive.open(member, _LIMITS) for member in (first, second, first)]
        found = [b"", b"", b""]
        while any(pieces := [stream.read(10_000) for stream in streams]):
            found = [held + piece for held, piece in zip(found, pieces, strict=True)]
    assert found == [*contents, contents[0]]
    assert [stream.damage for stream in streams] == [None] * 3


def test_zip64_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("report.xml", "w", force_zip64=True) as stream:
        stream.write(_BODY)
    with open_archive(path, _LIMITS) as opened:
        assert _content(opened, "report.xml") == (_BODY, None)


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/x", "C:/x", "c:x", "\\\\host\\x", "a\\..\\b", "", "x\x00y"]
)
def test_names_that_leave_the_archive_are_unsafe(name: str) -> None:
    assert is_unsafe_name(name)


def test_a_name_that_is_longer_than_any_path_of_a_handset_is_unsafe() -> None:
    assert is_unsafe_name("a/" * 2_048 + "b")
    assert not is_unsafe_name("a/" * 2_047 + "b")


@pytest.mark.parametrize("name", ["report.xml", "files/Image/a..b.jpg", "a/.../b", "files/ü.txt"])
def test_ordinary_names_are_safe(name: str) -> None:
    assert not is_unsafe_name(name)


def test_unsafe_members_are_refused_and_the_others_read(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../evil", b"x")
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("good", b"y")
        archive.writestr("folder/", b"")
    with open_archive(path, _LIMITS) as opened:
        assert set(opened.refused) == {"../evil", "link"}
        assert [member.name for member in opened.members] == ["good"]


def test_backslashes_in_all_names_stand_between_folders(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("a\\b\\c.txt", b"one"), ("a\\", b""), ("..\\evil", b"x"))
    with open_archive(path, _LIMITS) as opened:
        assert [member.name for member in opened.members] == ["a/b/c.txt"]
        assert opened.refused == ("../evil",)
        assert _content(opened, "a/b/c.txt") == (b"one", None)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(path.read_bytes()[:60])
    with open_archive(cut, _LIMITS) as opened:
        assert [member.name for member in opened.members] == ["a/b/c.txt"]
    with open_archive(_write(tmp_path / "b.zip", ("a\\b", b"one"), ("a/c", b"two")), _LIMITS) as opened:
        assert [member.name for member in opened.members] == ["a\\b", "a/c"]


def test_a_handset_packed_from_its_root_is_read_whatever_lies_beside_it(tmp_path: Path) -> None:
    store = "/private/var/mobile/Library/SMS/sms.db"
    names = (store, "readme.txt", "/etc/passwd", "/private/../../x", "//private/x")
    path = _write(tmp_path / "a.zip", *((name, _BODY) for name in names))
    with open_archive(path, _LIMITS) as opened:
        assert [member.name for member in opened.members] == [store, "readme.txt"]
        assert opened.refused == names[2:]
    path.write_bytes(path.read_bytes()[:1_000])
    with open_archive(path, _LIMITS) as opened:
        assert not opened.has_end
        assert [member.name for member in opened.members] == [store]


def test_one_place_of_a_handset_under_two_names_is_no_member(tmp_path: Path) -> None:
    names = ("/data/data/a.db", "data/data/a.db", "/data/data/b.db")
    with open_archive(_write(tmp_path / "a.zip", *((name, b"x") for name in names)), _LIMITS) as opened:
        assert [member.name for member in opened.members] == ["/data/data/b.db"]
        assert opened.refused == names[:2]


def _write_twice(path: Path, name: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(name, b"two")
    return path


def test_a_name_that_stands_twice_is_no_member(tmp_path: Path) -> None:
    with open_archive(_write_twice(tmp_path / "a.zip", "files/x.jpg"), _LIMITS) as opened:
        assert opened.members == ()
        assert opened.refused == ("files/x.jpg", "files/x.jpg")


def test_two_reports_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="archive_refused"):
        open_archive(_write_twice(tmp_path / "a.zip", "report.xml"), _LIMITS)


@pytest.mark.parametrize("cut_bytes", [0, 60])
def test_of_two_files_of_one_name_neither_is_read_and_both_are_named(tmp_path: Path, cut_bytes: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", b"zero")
        archive.writestr("b.xml", b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("b.xml", b"two")
        archive.writestr("c.xml", b"three")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - cut_bytes])
    with open_archive(path, _LIMITS) as opened:
        assert [member.name for member in opened.members] == ["a.xml", "c.xml"]
        assert opened.refused == ("b.xml", "b.xml")
        assert opened.has_end is (cut_bytes == 0)


def test_of_two_reports_of_one_name_in_a_copy_that_was_cut_off_none_is_chosen(tmp_path: Path) -> None:
    path = _write_twice(tmp_path / "a.zip", "A/Report.xml")
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(InputRefused, match="archive_refused"):
        open_archive(path, _LIMITS)


def test_a_wrong_checksum_keeps_every_byte(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY), method=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[len("report.xml") + 30 + 500] ^= 0x01
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened:
        found, damage = _content(opened, "report.xml")
    assert len(found) == len(_BODY)
    assert damage == "checksum_wrong"


def test_broken_packing_keeps_what_came_before(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = b"\xff" * 64
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened:
        found, damage = _content(opened, "report.xml")
    assert damage == "checksum_wrong"
    assert _BODY.startswith(found[:1000])
    assert len(found) > 1000


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_that_was_cut_off_gives_its_front(tmp_path: Path, method: int) -> None:
    path = _write(tmp_path / "a.zip", ("settings.json", b"{}"), ("report.xml", _BODY), method=method)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with open_archive(path, _LIMITS) as opened:
        assert not opened.has_end
        found, damage = _content(opened, "report.xml")
    assert damage == "input_truncated"
    assert found
    assert _BODY.startswith(found)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x05\x06 nothing")
    with pytest.raises(InputRefused) as refusal:
        open_archive(path, _LIMITS)
    assert refusal.value.code == "archive_damaged"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", *((f"{number}.txt", b"") for number in range(20)))
    with pytest.raises(InputRefused) as refusal:
        open_archive(path, Limits(archive_members=19))
    assert refusal.value.code == "archive_refused"


def test_a_stated_count_is_refused_before_the_directory_is_read(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("a", b""))
    content = bytearray(path.read_bytes())
    struct.pack_into("<HH", content, content.rfind(b"PK\x05\x06") + 8, 65_000, 65_000)
    path.write_bytes(content)
    with pytest.raises(InputRefused, match="archive_refused"):
        open_archive(path, Limits(archive_members=64_000))


def test_the_count_of_a_larger_record_counts_where_a_locator_leads_to_it(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("a", b""))
    content = path.read_bytes()
    end = content.rfind(b"PK\x05\x06")
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 65_000, 65_000, 47, end - 47)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
    path.write_bytes(content[:end] + record + locator + content[end:])
    with pytest.raises(InputRefused, match="archive_refused"):
        open_archive(path, Limits(archive_members=64_000))


def test_the_mark_of_a_larger_record_in_what_is_packed_states_no_count(tmp_path: Path) -> None:
    packed = b"PK\x06\x06" + b"\xff" * 60
    path = _write(tmp_path / "a.zip", ("a", packed), method=zipfile.ZIP_STORED)
    with open_archive(path, _LIMITS) as archive:
        assert _content(archive, "a") == (packed, None)


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("bomb", b"\x00" * (8 << 20)))
    with pytest.raises(InputRefused, match="archive_refused"):
        open_archive(path, Limits(archive_ratio=100))


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("bomb", b"\x00" * (8 << 20)))
    content = bytearray(path.read_bytes())
    directory = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, directory + 24, 1000)
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened:
        found, damage = _content(opened, "bomb", Limits(archive_ratio=100))
    assert damage == "limit_reached"
    assert len(found) < 2 << 20


def test_an_encrypted_member_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", b"x"))
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened:
        assert opened.members[0].is_encrypted
        with pytest.raises(InputRefused, match="input_protected"):
            opened.open(opened.members[0], _LIMITS)


def test_an_encrypted_member_among_others_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("locked.xml", b"x" * 50), ("open.xml", b"y" * 50), method=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as archive:
        assert (archive.refused, archive.locked) == ((), ("locked.xml",))
        assert [member.name for member in archive.members] == ["open.xml"]
        assert list(archive.left_out()) == [("member_locked", "locked.xml")]


@pytest.mark.parametrize(
    ("stored", "name"), [("Zo\u00eb.txt".encode(), "Zo\u00eb.txt"), (b"\x81bung.txt", "\u00fcbung.txt")]
)
@pytest.mark.parametrize("has_end", [True, False])
def test_a_name_without_the_flag_for_utf8_is_read_as_what_it_is(
    tmp_path: Path, stored: bytes, name: str, *, has_end: bool
) -> None:
    stand_in = "x" * len(stored)
    path = _write(tmp_path / "a.zip", (stand_in, b"content"), method=zipfile.ZIP_STORED)
    content = path.read_bytes().replace(stand_in.encode(), stored)
    path.write_bytes(content if has_end else content[: content.index(b"PK\x01\x02")])
    with open_archive(path, _LIMITS) as archive:
        assert [member.name for member in archive.members] == [name]
        assert _content(archive, name)[0] == b"content"


def test_a_name_that_is_said_to_be_utf8_and_is_none_costs_no_directory(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("\u00e9\u00e9.txt", b"content"), ("\u00fc.txt", b"other"))
    path.write_bytes(path.read_bytes().replace("\u00e9\u00e9.txt".encode(), b"\xe9\xff\xfe\xfa.txt"))
    with open_archive(path, _LIMITS) as archive:
        assert archive.has_end
        odd, other = archive.members
        assert odd.name == b"\xe9\xff\xfe\xfa.txt".decode("cp437")
        assert other.name == "\u00fc.txt"
        assert _content(archive, odd.name) == (b"content", None)


def test_another_packing_method_is_refused_by_name(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY), method=zipfile.ZIP_BZIP2)
    content = path.read_bytes().replace(struct.pack("<HHH", 46, 0, 12), struct.pack("<HHH", 46, 0, 9))
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened, pytest.raises(InputRefused, match="Deflate64") as refused:
        opened.open(opened.members[0], _LIMITS)
    assert refused.value.code == "packing_not_read"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packing_keeps_what_is_whole_and_names_what_is_not(tmp_path: Path, method: int) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY * 20), ("b", b"c"), method=method)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with open_archive(path, _LIMITS) as cut:
        content, damage = _content(cut, "report.xml")
        assert (_BODY * 20).startswith(content)
        assert damage == "input_truncated"
    broken = bytearray(whole)
    broken[len(whole) // 2 : len(whole) // 2 + 40] = bytes(40)
    path.write_bytes(broken)
    with open_archive(path, _LIMITS) as opened:
        content, damage = _content(opened, "report.xml")
        assert damage == "checksum_wrong"
        assert _content(opened, "b") == (b"c", None)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packing_has_the_same_bounds(tmp_path: Path, method: int) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", bytes(40_000_000)), method=method)
    with pytest.raises(InputRefused):
        open_archive(path, Limits(archive_ratio=100))


def test_lzma_is_not_given_more_memory_than_it_needs(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY), method=zipfile.ZIP_LZMA)
    content = bytearray(path.read_bytes())
    place = content.index(bytes((5, 0)), 40)
    content[place + 3 : place + 7] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened:
        assert _content(opened, "report.xml") == (b"", "limit_reached")


def test_bytes_missing_in_the_middle_cost_no_member_before_them(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("a.xml", b"first" * 50), ("b.xml", _BODY), ("c.xml", b"third"))
    content = path.read_bytes()
    place = content.index(b"b.xml") + 200
    path.write_bytes(content[:place] + content[place + 30 :])
    with open_archive(path, _LIMITS) as opened:
        assert _content(opened, "a.xml") == (b"first" * 50, None)
        assert _content(opened, "b.xml")[1] is not None
        assert _content(opened, "c.xml") == (b"third", None)
        assert opened.refused == ()


def test_a_member_that_does_not_begin_where_it_should_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.zip", ("a.xml", b"first"), ("b.xml", b"second"))
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x03\x04", 4)
    content[place : place + 4] = bytes(4)
    path.write_bytes(content)
    with open_archive(path, _LIMITS) as opened:
        assert opened.refused == ("b.xml",)
        assert _content(opened, "a.xml") == (b"first", None)
        assert _content(opened, "b.xml") == (b"", "checksum_wrong")


def test_an_archive_in_front_of_another_is_named(tmp_path: Path) -> None:
    front = _write(tmp_path / "a.zip", ("first.xml", b"one"), ("second.xml", b"two")).read_bytes()
    path = _write(tmp_path / "b.zip", ("third.xml", b"three"))
    path.write_bytes(front + path.read_bytes())
    with open_archive(path, _LIMITS) as opened:
        assert [member.name for member in opened.members] == ["third.xml"]
        assert opened.refused == ("first.xml", "second.xml")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_to_an_archive_gives_bytes_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    path = _write(tmp_path / "a.zip", ("report.xml", _BODY[:3000]), ("b", b"c"))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content[: data.draw(st.integers(1, len(content)))]))
    try:
        with open_archive(path, _LIMITS) as opened:
            for member in opened.members:
                stream = opened.open(member, _LIMITS)
                while stream.read(1024):
                    pass
    except InputRefused:
        return


def test_bytes_missing_in_the_middle_are_damage_and_no_error(tmp_path: Path) -> None:
    path = _write(tmp_path / "cut.zip", ("report.xml", _BODY), method=zipfile.ZIP_STORED)
    content = path.read_bytes()
    path.write_bytes(content[:60] + content[61:])
    with open_archive(path, _LIMITS) as opened:
        content, damage = _content(opened, "report.xml")
        assert content.startswith(_BODY[:10])
        assert damage == "checksum_wrong"
