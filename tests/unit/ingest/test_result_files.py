"""What ``--out`` writes to, and what it may replace: an earlier result alone, and evidence never."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from ingest.command_errors import OutputRefused
from ingest.earlier_results import IsEarlier, begins_as, is_export, is_none, is_report
from ingest.result_files import open_result, replaceable

EARLIER_EXPORT = b'{"schema":"trapline.record/1","record_id":"r-1"}\n'


def write_result(path: Path, content: bytes, error: Exception | None = None, is_earlier: IsEarlier = is_export) -> None:
    with open_result(path, is_earlier) as write:
        write(content)
        if error is not None:
            raise error


def test_a_result_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    with pytest.raises(RuntimeError):
        write_result(path, b"half", RuntimeError())
    assert list(tmp_path.iterdir()) == []
    write_result(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_result_that_cannot_be_written_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused):
        write_result(tmp_path / "no such folder" / "result.json", b"")


def test_an_earlier_result_and_an_empty_file_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    for held in (EARLIER_EXPORT, b""):
        path.write_bytes(held)
        write_result(path, b"new")
        assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    "held",
    [
        b"<?xml version='1.0' encoding='UTF-8'?><smses count='1'></smses>",
        b'{"schema":"trapline.linkage-report/1"}',
        b"When,Tel,Said\r\n14/09/2023 16:49,07700 900123,u about\r\n",
        b'{"@context": {}, "@graph": [\n{"@id":"kb:1","uco-core:name":"Another tool"}]}',
        b" ",
    ],
)
def test_another_file_stays_as_it_is(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "sms.xml"
    path.write_bytes(held)
    before = path.stat()
    with pytest.raises(OutputRefused, match="name another file, or remove that one first"):
        write_result(path, b"new")
    assert path.read_bytes() == held
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_person_corrects_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv.trapline.toml"
    path.write_bytes(b'[[table]]\nkind = "message"\n')
    with pytest.raises(OutputRefused):
        write_result(path, b"new", is_earlier=is_none)


def test_a_link_stays_a_link_and_what_it_leads_to_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "records.jsonl", tmp_path / "link"
    link.symlink_to(target)
    write_result(link, EARLIER_EXPORT)
    write_result(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    with pytest.raises(OutputRefused):
        write_result(link, b"newer")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    assert list(target.parent.iterdir()) == [target]


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_result(pipe, b"whole")
    reader.join(10)
    assert got == [b"whole"]
    assert pipe.is_fifo()


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    write_result(Path(os.devnull), b"gone")
    assert Path(os.devnull).is_char_device()
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)
    write_result(link, b"gone")
    assert link.is_symlink()


def test_a_folder_and_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    for path in (tmp_path, tmp_path / "one"):
        with pytest.raises(OutputRefused):
            write_result(path, b"")


def test_a_table_in_a_folder_is_told_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_bytes(b"Link ID,Band\r\nl-1,strong\r\n")
    assert replaceable(path, begins_as(b"Link ID,Band\r\n")) == path
    with pytest.raises(OutputRefused):
        replaceable(path, begins_as(b"Link ID\r\n"))


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"PK\x03\x04", b"<!DOCTYPE html>\n<title>Extraction</title>", b"{"])
def test_a_file_of_the_same_type_is_no_report_for_that(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(head + b" of another program")
    assert not is_report(path)


def pdf_of(title: bytes, objects: int) -> bytes:
    """Return a PDF as Typst ends it: what it says of itself, then a place for each of its objects, then the trailer."""
    head = b"%PDF-1.7\n"
    info = b"1 0 obj\n<</Title(" + title + b")/Creator(Typst 0.15.1)>>\nendobj\n"
    places = b"0000000000 65535 f\r\n" + b"%010d 00000 n\r\n" % len(head) * objects
    table = len(head) + len(info)
    end = b"trailer\n<</Size %d/Root 2 0 R/Info 1 0 R/ID[(a)(b)]>>\nstartxref\n%d\n%%%%EOF" % (objects + 1, table)
    return head + info + b"xref\n0 %d\n" % (objects + 1) + places + end


@pytest.mark.parametrize("objects", [2, 6_000])
def test_a_long_report_on_paper_is_an_earlier_result_too(tmp_path: Path, objects: int) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(b"Linkage report", objects))
    assert is_report(path)
    path.write_bytes(pdf_of(b"Extraction report", objects))
    assert not is_report(path)


def test_a_file_that_has_a_report_within_it_is_none(tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    path.write_bytes(pdf_of(b"Linkage report", 2) + pdf_of(b"Bundle", 2))
    assert not is_report(path)
    path.write_bytes(pdf_of(b"Linkage report", 2) + b"\nand more")
    assert not is_report(path)
