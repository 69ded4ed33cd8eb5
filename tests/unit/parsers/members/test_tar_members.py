"""A tar of deliveries gives what a zip of them gives, however it is packed; what is unsafe or cut off is named."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from pathlib import Path
from typing import IO, Final
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.writers.container import packed, packed_tar
from parsers.archive_names import is_unsafe_name
from parsers.contract import Delivery, Limits
from parsers.errors import InputRefused
from parsers.members.sources import UnpackBudget, open_members
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Message
from parsers.tar_archive import inner_bytes, is_tar_file, open_tar
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

CARD: Final = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nTEL:07700900123\r\nEND:VCARD\r\n"
ROWS: Final = "Date/Time,Direction,Number,Message\n2024-02-05T12:00:00Z,Incoming,07700 900123,{body}\n"
FIXTURES: Final = Path(__file__).resolve().parents[3] / "fixtures"
PACKINGS: Final = ("", "gz", "bz2", "xz")


def csv(body: str) -> bytes:
    return ROWS.format(body=body).encode()


MEMBERS: Final = {"a.csv": csv("one"), f"{'deep/' * 30}b.csv": csv("two"), "c.vcf": CARD}


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def bodies(result: ReadResult) -> list[str | None]:
    return [message.body for message in of_kind(result, Message)]


def kept(archive: Path) -> dict[str, bytes]:
    """Return what is read of each member of an archive."""
    spent: list[int] = []
    with open_tar(archive, Limits(), archive.parent, spent.append) as tar:
        return {name: b"".join(tar.pieces(name)) for name in tar.places}


def entry(name: str, kind: bytes, target: str = "", size: int = 0) -> tarfile.TarInfo:
    about = tarfile.TarInfo(name)
    about.type, about.linkname, about.size = kind, target, size
    return about


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_gives_what_a_zip_gives(tmp_path: Path, packing: str, form: int) -> None:
    zipped = read_path(put(tmp_path / "drop.zip", packed(MEMBERS)))
    result = read_path(put(tmp_path / "drop.bin", packed_tar(MEMBERS, packing=packing, form=form)))
    assert bodies(result) == bodies(zipped) == ["one", "two"]
    assert [(part.member, part.parser) for part in result.parts] == [
        (part.member, part.parser) for part in zipped.parts
    ]
    assert codes_of(result) == codes_of(zipped)
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_report_that_is_a_folder_is_read_as_one(tmp_path: Path, packing: str) -> None:
    with ZipFile(FIXTURES / "xry_text" / "HW7.zip") as archive:
        members = {f"./HW7/{name}": archive.read(name) for name in archive.namelist()}
    alone = read_path(FIXTURES / "xry_text" / "HW7.zip")
    result = read_path(put(tmp_path / "drop.tar", packed_tar(members, packing=packing)))
    assert len(result.records) == len(alone.records) > 0
    assert len(result.parts) == len(alone.parts)


def test_archives_in_one_another_have_one_level_whatever_they_are(tmp_path: Path) -> None:
    one = packed_tar({"one.csv": csv("one"), "one.vcf": CARD}, packing="gz")
    two = packed_tar({"two.csv": csv("two"), "in.tar.gz": one}, packing="xz")
    result = read_path(put(tmp_path / "drop.zip", packed({"three.csv": csv("three"), "out.tar.xz": two})))
    assert sorted(filter(None, bodies(result))) == ["three", "two"]
    assert codes_of(result)["nested_too_deep"] == 1
    nested = read_path(put(tmp_path / "drop.tar", packed_tar({"in.tgz": one, "a.csv": csv("zero")})))
    assert sorted(filter(None, bodies(nested))) == ["one", "zero"]


def test_what_is_unsafe_is_refused_and_named(tmp_path: Path) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name in ("../out.csv", "/etc/a.csv", "C:/a.csv", "twice.csv", "twice.csv"):
            tar.addfile(entry(name, tarfile.REGTYPE, size=len(csv("no"))), io.BytesIO(csv("no")))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
            tar.addfile(entry(f"x{kind.decode()}.csv", kind, "/etc/passwd" * 20))
        tar.addfile(entry("folder", tarfile.DIRTYPE))
        tar.addfile(entry("a.csv", tarfile.REGTYPE, size=len(csv("yes"))), io.BytesIO(csv("yes")))
    result = read_path(put(tmp_path / "drop.tar", content.getvalue()))
    assert bodies(result) == ["yes"]
    assert codes_of(result)["member_refused"] == 10
    assert not (tmp_path.parent / "out.csv").exists()


def test_an_xml_file_that_stands_there_twice_refuses_all(tmp_path: Path) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for _ in range(2):
            tar.addfile(entry("report.xml", tarfile.REGTYPE, size=4), io.BytesIO(b"<a/>"))
    with pytest.raises(InputRefused) as refused:
        read_path(put(tmp_path / "drop.tar", content.getvalue()))
    assert refused.value.code == "archive_refused"


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_copy_that_was_cut_off_gives_what_lies_before(tmp_path: Path, packing: str) -> None:
    filler = bytes(range(256)) * 4_000
    whole = packed_tar({"a.csv": csv("one"), "b.bin": filler, "c.csv": csv("two")}, packing=packing)
    path = put(tmp_path / "drop", whole[: len(whole) - (600_000 if not packing else len(whole) // 3)])
    if packing == "bz2":
        # Its first block holds nearly all of it, and nothing of a block is known before its end.
        assert is_tar_file(put(tmp_path / "whole", whole))
        return
    result = read_path(path)
    assert bodies(result)[:1] == ["one"]
    assert codes_of(result)["input_truncated"] >= 1
    assert result.state is ReadState.PARTIAL


def test_a_damaged_octet_of_a_small_packed_tar_costs_what_stands_behind_it(tmp_path: Path) -> None:
    """All of it lies in the octets that are unpacked at once."""
    rows = "".join(f"2024-02-05T12:00:{at % 60:02}Z,Incoming,07700 900123,text {at * 37 % 1009}\n" for at in range(400))
    table = b"Date/Time,Direction,Number,Message\n" + rows.encode()
    content = bytearray(gzip.compress(packed_tar({"a.csv": csv("one"), "b.csv": table})))
    content[len(content) * 3 // 4] ^= 0xFF
    archive = put(tmp_path / "x.tar.gz", bytes(content))
    assert kept(archive)["a.csv"] == csv("one")
    assert "input_malformed" in codes_of(read_path(archive))


def test_several_streams_behind_each_other_are_one(tmp_path: Path) -> None:
    whole = packed_tar(MEMBERS)
    pieces = [whole[place : place + 700] for place in range(0, len(whole), 700)]
    for packing in ("gz", "bz2", "xz"):
        path = put(tmp_path / packing, b"".join(_packed_alone(piece, packing) for piece in pieces) + b"\x00" * 8)
        assert kept(path) == {name: MEMBERS[name] for name in MEMBERS}


def _packed_alone(piece: bytes, packing: str) -> bytes:
    return {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[packing](piece)


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, packing: str) -> None:
    path = put(tmp_path / "drop.tar", packed_tar({"a.csv": b"a" * 200_000_000}, packing=packing))
    with pytest.raises(InputRefused) as refused:
        read_path(path, limits=Limits(archive_ratio=10))
    assert refused.value.code == "archive_refused"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "drop.tar", packed_tar({f"{number}.csv": b"" for number in range(20)}))
    with pytest.raises(InputRefused), open_tar(path, Limits(archive_members=10), tmp_path, int):
        pass


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
@pytest.mark.parametrize(("name", "parser"), [("a.csv", "table"), ("a.vcf", "vcard")])
def test_a_packed_file_is_read_as_the_file_that_it_is(tmp_path: Path, packing: str, name: str, parser: str) -> None:
    content = csv("one") if name == "a.csv" else CARD
    path = put(tmp_path / f"{name}.{packing}", _packed_alone(content, packing))
    assert not is_tar_file(path)
    alone, result = read_path(put(tmp_path / name, content)), read_path(path)
    assert [type(each) for each in result.records] == [type(each) for each in alone.records]
    assert bodies(result) == bodies(alone)
    assert [(part.parser, part.member) for part in result.parts] == [(parser, name)]
    assert codes_of(result) == codes_of(alone)
    assert result.state is ReadState.COMPLETE


def test_packed_files_in_an_archive_are_read_beside_others(tmp_path: Path) -> None:
    members = {
        "a.csv.gz": gzip.compress(csv("one")),
        "b.csv": csv("two"),
        "HW7.db.gz": gzip.compress(b"\x01\x02" * 900),
    }
    result = read_path(put(tmp_path / "drop.zip", packed(members)))
    assert bodies(result) == ["one", "two"]
    assert [notice.subject for notice in result.notices if notice.code == "member_not_read"] == ["HW7.db.gz"]


def test_a_packed_file_that_is_cut_off_gives_what_came_out(tmp_path: Path) -> None:
    rows = "".join(f"2024-02-05T12:00:{second:02}Z,Incoming,07700 900123,{second * 7919}\n" for second in range(60))
    content = ROWS.format(body="one").encode() + rows.encode()
    result = read_path(put(tmp_path / "a.csv.gz", gzip.compress(content)[:-200]))
    assert 1 < len(bodies(result)) < 61
    assert "input_truncated" in codes_of(result)
    assert result.state is ReadState.PARTIAL


def test_a_packed_file_that_unpacks_to_what_no_export_is_is_refused(tmp_path: Path) -> None:
    bomb = put(tmp_path / "a.csv.gz", gzip.compress(ROWS.format(body="x").encode() + bytes(80 << 20)))
    with pytest.raises(InputRefused) as refused:
        read_path(bomb)
    assert refused.value.code == "archive_refused"


def test_a_packed_single_file_is_no_level_of_archives(tmp_path: Path) -> None:
    inner = packed(
        {"c.csv.gz": gzip.compress(csv("one")), "d.csv": csv("two"), "run.log.gz": gzip.compress(b"\x01" * 9)}
    )
    result = read_path(put(tmp_path / "in.zip.gz", gzip.compress(inner)))
    assert bodies(result) == ["one", "two"]
    assert [notice.subject for notice in result.notices if notice.code == "member_not_read"] == ["in.zip/run.log.gz"]
    outer = read_path(put(tmp_path / "out.zip", packed({"in.zip": inner, "e.csv": csv("three")})))
    assert sorted(filter(None, bodies(outer))) == ["one", "three", "two"]
    assert "nested_too_deep" not in codes_of(outer)


@pytest.mark.parametrize(("times", "code"), [(4, None), (5, "packed_too_deep"), (50, "packed_too_deep")])
def test_a_file_may_be_packed_four_times_over(tmp_path: Path, times: int, code: str | None) -> None:
    content = csv("one")
    for _ in range(times):
        content = gzip.compress(content)
    path = put(tmp_path / f"a.csv{'.gz' * times}", content)
    if code is None:
        assert bodies(read_path(path)) == ["one"]
        return
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == code


def test_bounds_of_one_packed_file_are_settings(tmp_path: Path) -> None:
    twice = put(tmp_path / "a.csv.gz.gz", gzip.compress(gzip.compress(csv("one"))))
    assert bodies(read_path(twice, limits=Limits(packed_times=2))) == ["one"]
    large = put(tmp_path / "b.csv.gz", gzip.compress(csv("one" * 9_000)))
    assert len(bodies(read_path(large, limits=Limits(packed_bytes=2**20, packed_ratio=1)))) == 1
    assert len(bodies(read_path(large, limits=Limits(packed_bytes=1, packed_ratio=999)))) == 1
    for path, limits, code in (
        (twice, Limits(packed_times=1), "packed_too_deep"),
        (large, Limits(packed_bytes=2**10, packed_ratio=1), "archive_refused"),
    ):
        with pytest.raises(InputRefused) as refused:
            read_path(path, limits=limits)
        assert refused.value.code == code


@pytest.mark.parametrize("root", ["", "HW7/"])
def test_packed_files_of_a_handset_are_not_opened(tmp_path: Path, root: str) -> None:
    store = f"{root}data/data/com.android.providers.telephony/databases/mmssms.db"
    logs = [f"{root}data/log/dropbox/a.txt.gz", f"{root}data/system/x.gz", f"{root}logs/b.csv.gz"]
    members = {store: (FIXTURES / "android_db" / "mmssms.db").read_bytes()}
    members |= dict.fromkeys(logs, gzip.compress(csv("no")))
    result = read_path(put(tmp_path / "fs.zip", packed(members)))
    assert len(result.parts) == 1
    assert set(codes_of(result)) <= {"member_not_read", "member_outside"}
    assert result.state is ReadState.COMPLETE


def test_a_packed_file_beside_the_folder_of_a_handset_is_read(tmp_path: Path) -> None:
    store = "HW7/data/data/com.android.providers.telephony/databases/mmssms.db"
    members = {store: (FIXTURES / "android_db" / "mmssms.db").read_bytes(), "a.csv.gz": gzip.compress(csv("one"))}
    assert "one" in bodies(read_path(put(tmp_path / "drop.zip", packed(members))))


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
@pytest.mark.parametrize(("is_cut", "code"), [(False, "input_empty"), (True, "packed_cut")])
def test_of_a_packed_file_out_of_which_nothing_comes_it_says_why(
    tmp_path: Path, packing: str, *, is_cut: bool, code: str
) -> None:
    content = _packed_alone(csv("one") * 20, packing)[:20] if is_cut else _packed_alone(b"", packing)
    with pytest.raises(InputRefused) as refused:
        read_path(put(tmp_path / "a.csv", content))
    assert refused.value.code == code


def test_a_packed_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
    content = lzma.compress(csv("one"), lzma.FORMAT_XZ, filters=filters)
    with pytest.raises(InputRefused) as refused:
        read_path(put(tmp_path / "a.csv.xz", content))
    assert refused.value.code == "archive_refused"


def test_a_note_is_no_bzip2_by_its_first_three_letters(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_path(put(tmp_path / "BZh.txt", b"BZh is what it was\n"))
    assert refused.value.code not in {"archive_form_not_read", "packed_cut"}


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
@pytest.mark.parametrize("behind", [b"some octets behind it", b"x"])
def test_octets_behind_what_is_packed_cost_none_of_it(tmp_path: Path, packing: str, behind: bytes) -> None:
    result = read_path(put(tmp_path / f"a.csv.{packing}", _packed_alone(csv("one"), packing) + behind))
    assert bodies(result) == ["one"]
    assert codes_of(result)["packed_behind_end"] == 1
    assert "input_malformed" not in codes_of(result)
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_further_stream_that_is_cut_off_is_no_octets_behind(tmp_path: Path) -> None:
    result = read_path(put(tmp_path / "a.csv.gz", gzip.compress(csv("one")) + gzip.compress(csv("two"))[:3]))
    assert codes_of(result)["input_truncated"] == 1


@pytest.mark.parametrize("packing", ["gz", "xz"])
def test_the_torn_row_of_a_packed_file_that_is_cut_off_is_none(tmp_path: Path, packing: str) -> None:
    bodies_whole = [f"hello number {number * 7919}" for number in range(600)]
    rows = "".join(f"2024-02-05T12:00:00Z,Incoming,07700 900123,{body}\n" for body in bodies_whole)
    content = _packed_alone(b"Date/Time,Direction,Number,Message\n" + rows.encode(), packing)
    for place in range(len(content) // 2, len(content) // 2 + 4):
        result = read_path(put(tmp_path / f"a.csv.{packing}", content[:place]))
        assert 0 < len(bodies(result)) < len(bodies_whole)
        assert bodies(result) == bodies_whole[: len(bodies(result))]
        assert codes_of(result)["input_truncated"] == 1
        assert "end_unmarked" not in codes_of(result)


def test_a_packed_single_file_is_held_closer_than_an_archive_of_files(tmp_path: Path) -> None:
    """Zeros shrink to a thousandth, which no export does."""
    piece = gzip.compress(ROWS.format(body="x").encode() + bytes(32 << 20))
    written: list[int] = []
    path = put(tmp_path / "a.csv.gz", piece * 20)
    budget = UnpackBudget(path.stat().st_size, Limits())
    spend = budget.spend
    budget.spend = lambda size: (written.append(size), spend(size))[1]  # type: ignore[method-assign,func-returns-value]
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    with pytest.raises(InputRefused) as refused, open_members(delivery, Limits(), tmp_path, budget):
        pass
    assert refused.value.code == "archive_refused"
    assert sum(written) <= 1 << 28


def test_a_packed_file_of_no_known_format_is_refused_for_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_path(put(tmp_path / "a.pdf.gz", gzip.compress(b"%PDF-1.7\n" + bytes(range(200)))))
    assert refused.value.code in {"document_not_read", "members_unknown"}


def test_a_packed_tar_is_told_by_its_first_block_even_where_bzip2_gives_it_late(tmp_path: Path) -> None:
    noise = bytes((number * number >> 3) & 0xFF for number in range(1_500_000))
    path = put(tmp_path / "drop", packed_tar({"noise.bin": noise}, packing="bz2"))
    assert len(inner_bytes(path, path.read_bytes()[:16])) == 512
    assert kept(path) == {"noise.bin": noise}


NAMES = st.text(alphabet="ab/.\u00e9", min_size=1, max_size=120).filter(lambda name: not name.endswith("/"))
"""Of files: a name that ends in a slash is a folder's."""


@given(
    members=st.dictionaries(NAMES, st.binary(max_size=1_500), max_size=6),
    form=st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    packing=st.sampled_from(PACKINGS),
)
@settings(max_examples=60, deadline=None)
def test_what_is_packed_comes_out(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes], form: int, packing: str
) -> None:
    path = put(tmp_path_factory.mktemp("tar") / "a", packed_tar(members, packing=packing, form=form))
    wanted: dict[str, bytes] = {}
    with tarfile.open(path) as tar:
        for about in tar.getmembers():
            content: IO[bytes] | None = tar.extractfile(about)
            assert content is not None
            wanted[about.name] = content.read()
    found = kept(path) if members else {}
    for name, content_read in found.items():
        assert not is_unsafe_name(name)
        assert any(each.removeprefix("./") == name and wanted[each] == content_read for each in wanted)
    assert len(found) == len(members) or any(each.startswith((".", "/")) or "/" in each for each in members)


@given(junk=st.binary(max_size=3_000), place=st.integers(0, 4_000), packing=st.sampled_from(PACKINGS))
@settings(max_examples=80, deadline=None)
def test_damage_gives_members_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int, packing: str
) -> None:
    whole = packed_tar(MEMBERS, packing=packing)
    path = put(tmp_path_factory.mktemp("tar") / "a", whole[:place] + junk + whole[place + len(junk) // 2 :])
    codes = {"archive_refused"}
    try:
        kept(path)
    except InputRefused as refused:
        codes.add(refused.code)
    assert codes == {"archive_refused"}


CHAT: Final = b"15/07/2024, 13:00 - Jay: u about\n15/07/2024, 13:01 - Kay: 5 mins\n"


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("name", ["drop.tar", "EXHIBIT", "WhatsApp Chat with Jay.txt"])
def test_an_archive_is_no_text_whatever_stands_in_it(tmp_path: Path, name: str, form: int) -> None:
    members = {"WhatsApp Chat with Jay.txt": CHAT, "HW/WhatsApp Chat with Ray.txt": CHAT, "HW/a.csv": csv("one")}
    result = read_path(put(tmp_path / name, packed_tar(members, form=form)))
    assert sorted(map(str, bodies(result))) == ["5 mins", "5 mins", "one", "u about", "u about"]
    assert not any("ustar" in str(body) for body in bodies(result))


def test_a_file_that_is_cut_is_said_to_be_so_once(tmp_path: Path) -> None:
    store = (FIXTURES / "android_db" / "mmssms.db").read_bytes()
    packed_store = gzip.compress(store)
    cut = put(tmp_path / "mmssms.db.gz", packed_store[: len(packed_store) * 5 // 6])
    assert codes_of(read_path(cut))["input_truncated"] == 1
    content = packed_tar({"SMS.csv": csv("one"), "mmssms.db": store})
    torn = read_path(put(tmp_path / "drop.tar", content[: content.index(store[:64]) + len(store) * 5 // 6]))
    subjects = sorted(str(notice.subject) for notice in torn.notices if notice.code == "input_truncated")
    assert subjects == ["None", "mmssms.db"]  # the archive lacks whatever stood behind it
    assert codes_of(torn)["input_truncated"] == 2
