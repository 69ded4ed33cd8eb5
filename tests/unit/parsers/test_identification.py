"""Identification: names and first bytes decide, an extension never does, and no system library is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from parsers.errors import InputRefused
from parsers.identification import head_of

REPORT = b'<?xml version="1.0"?><project xmlns="http://pa.cellebrite.com/report/2.0">' + b" " * 70_000 + b"</project>"


def test_libmagic_and_its_database_are_the_packaged_ones() -> None:
    """In a process of its own: whatever imported python-magic first decides for the whole process."""
    script = (
        "import pylibmagic; from pathlib import Path; from parsers.identification import mime_type_of;"
        "mime_type_of(b'x'); print(pylibmagic.data); print(Path('/proc/self/maps').read_text())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    packaged, *mapped = done.stdout.splitlines()
    magics = {line.split()[-1] for line in mapped if "magic.so" in line or "magic.mgc" in line}
    assert {Path(name).name for name in magics} >= {"magic.mgc"}
    assert {str(Path(name).parent) for name in magics} == {packaged}
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0"?><project/>', "text/xml"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"just text\n", "text/plain"),
        (bytes(1_000), "application/octet-stream"),
    ],
)
def test_the_content_is_looked_at_and_not_the_name(tmp_path: Path, content: bytes, mime_type: str) -> None:
    path = tmp_path / "handset.ufdr"
    path.write_bytes(content)
    head = head_of(path, "handset.ufdr", is_folder=False)
    assert head.mime_type == mime_type
    assert head.first_bytes == content
    assert head.last_bytes == content[-4096:]
    assert head.members == ()


def test_first_and_last_bytes_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"a" * 100_000 + b"end")
    head = head_of(path, "a.xml", is_folder=False)
    assert len(head.first_bytes) == 65_536
    assert (len(head.last_bytes), head.last_bytes[-3:]) == (4_096, b"end")


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("name", ["report.xml", "Report.XML", "Handset_2020-05-18_Report.xml", "export/Relatório.xml"])
def test_an_archive_shows_its_names_and_the_front_of_its_report(tmp_path: Path, name: str, method: int) -> None:
    path = tmp_path / "handset.zip"
    with ZipFile(path, "w", method) as archive:
        archive.writestr("files/Image/a.jpg", b"\xff\xd8")
        archive.writestr(name, REPORT)
        archive.writestr("a/b/c/d/e/deep.xml", b"<x/>")
    head = head_of(path, "handset.zip", is_folder=False)
    assert set(head.members) == {"files/Image/a.jpg", name, "a/b/c/d/e/deep.xml"}
    assert dict(head.member_heads) == {name: REPORT[:65_536]}


def test_an_archive_without_its_end_shows_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "cut.ufdr"
    with ZipFile(path, "w") as archive:
        archive.writestr("report.xml", REPORT)
        archive.writestr("files/a.jpg", b"\xff" * 10_000)
    path.write_bytes(path.read_bytes()[: len(REPORT) + 5_000])
    head = head_of(path, "cut.ufdr", is_folder=False)
    assert "report.xml" in head.members
    assert head.member_heads["report.xml"].startswith(b"<?xml")


def test_many_xml_members_are_not_all_read(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with ZipFile(path, "w") as archive:
        for number in range(100):
            archive.writestr(f"{number:03}.xml", b"<x/>")
        archive.writestr("z/report.xml", b"<project/>")
    head = head_of(path, "many.zip", is_folder=False)
    assert len(head.members) == 101
    assert len(head.member_heads) == 32
    assert "z/report.xml" in head.member_heads


def test_a_folder_shows_its_names_and_follows_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "delivery"
    (folder / "files" / "Image").mkdir(parents=True)
    (folder / "Report.xml").write_bytes(REPORT)
    (folder / "files" / "Image" / "a.jpg").write_bytes(b"\xff\xd8")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "report.xml").write_bytes(b"<project/>")
    (folder / "link").symlink_to(outside)
    (folder / "report.xml").symlink_to(outside / "report.xml")
    os.mkfifo(folder / "pipe.xml")
    head = head_of(folder, "delivery", is_folder=True)
    assert (head.is_folder, head.mime_type, head.first_bytes) == (True, "inode/directory", b"")
    assert head.members == ("Report.xml", "files/Image/a.jpg")
    assert dict(head.member_heads) == {"Report.xml": REPORT[:65_536]}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "input_missing"), (b"", "input_empty"), (b"PK\x03\x04 and no archive behind it", "archive_damaged")],
)
def test_what_cannot_be_looked_at_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "handset.ufdr"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputRefused) as caught:
        head_of(path, "handset.ufdr", is_folder=False)
    assert caught.value.code == code


def test_members_of_texts_and_databases_show_their_front(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    (folder / "deep" / "er" / "est" / "of" / "all").mkdir(parents=True)
    (folder / "data" / "data" / "app").mkdir(parents=True)
    looked_at = ("Calls.TXT", "deep/er/b.txt", "deep/er/est/of/c.txt", "d.log", "f.db", "6F3C")
    for name in (*looked_at, "deep/er/est/of/all/c.txt", "data/data/app/c.txt", "e.jpg", "g.pdf"):
        (folder / name).write_bytes(b"x" * 20_000)
    head = head_of(folder, "export", is_folder=True)
    assert {name: len(first) for name, first in head.member_heads.items()} == dict.fromkeys(looked_at, 8_192)
    assert not head.has_sidecar
    assert head_of(folder, "export", is_folder=True, has_sidecar=True).has_sidecar


def test_many_text_members_are_not_all_read(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with ZipFile(path, "w") as archive:
        for number in range(100):
            archive.writestr(f"{number:03}.txt", b"x")
        archive.writestr("report.xml", b"<project/>")
    head = head_of(path, "many.zip", is_folder=False)
    assert len(head.member_heads) == 65
    assert "report.xml" in head.member_heads
