from __future__ import annotations

import io
import os
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from ingest.completeness import fingerprint, is_complete


def archive(comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        made.writestr("report.xml", b"<project>" + Random(5).randbytes(5000) + b"</project>")
        made.comment = comment
    return buffer.getvalue()


XML = b'\xef\xbb\xbf<?xml version="1.0"?><project id="1">' + b"<model/>" * 2000 + b"</project>\r\n"


@pytest.mark.parametrize("comment", [b"", b"a comment"])
def test_an_archive_is_whole_when_its_end_is_there(tmp_path: Path, comment: bytes) -> None:
    path, content = tmp_path / "x.ufdr", archive(comment)
    for length in (1, 100, len(content) - 25, len(content) - 1):
        path.write_bytes(content[:length])
        assert is_complete(path) is (length == 1)  # a single byte is no archive that we know
    path.write_bytes(content)
    assert is_complete(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_report_is_whole_when_its_last_element_is_there(tmp_path: Path, encoding: str) -> None:
    path, content = tmp_path / "report.xml", XML.decode("utf-8-sig").encode(encoding)
    path.write_bytes(content[:-40])
    assert not is_complete(path)
    path.write_bytes(content)
    assert is_complete(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_backup_of_texts_is_whole_with_its_end(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sms.xml"
    text = "<?xml version='1.0' ?>\n<smses count='1'>" + "<sms body='x' />" * 2_000 + "\n</smses>"
    path.write_bytes(text.encode(encoding))
    assert is_complete(path)
    path.write_bytes(text[:-3].encode(encoding))
    assert not is_complete(path)


def test_what_has_no_end_of_its_own_is_whole_unless_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "messages.csv"
    path.write_bytes(b"a,b\n1,2")
    assert is_complete(path)
    path.write_bytes(b"")
    assert not is_complete(path)


def test_a_folder_is_whole_when_everything_in_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    (folder / "files").mkdir(parents=True)
    (folder / "report.xml").write_bytes(XML[:-20])
    (folder / "files" / "a.jpg").write_bytes(b"a")
    assert not is_complete(folder)
    (folder / "report.xml").write_bytes(XML)
    assert is_complete(folder)


def test_the_fingerprint_changes_with_everything_that_belongs_to_a_drop(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    (folder / "files").mkdir(parents=True)
    (folder / "report.xml").write_bytes(XML)
    seen = [fingerprint(folder)]
    assert fingerprint(folder) == seen[0]
    (folder / "files" / "a.jpg").write_bytes(b"a")
    seen.append(fingerprint(folder))
    os.utime(folder / "report.xml", ns=(1, 1))
    seen.append(fingerprint(folder))
    (tmp_path / "case.trapline.toml").write_bytes(b"")
    seen.append(fingerprint(folder))
    (folder / "files" / "a.jpg").rename(folder / "files" / "b.jpg")
    seen.append(fingerprint(folder))
    assert len(set(seen)) == 5
    (tmp_path / "neighbour").write_bytes(b"")
    assert fingerprint(folder) == seen[-1]


def test_a_folder_that_may_not_be_entered_has_a_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it would be no drop, and nobody would hear of it."""
    (tmp_path / "case" / "closed").mkdir(parents=True)
    before = fingerprint(tmp_path / "case")
    real = os.scandir

    def scandir(path: bytes) -> object:
        if path.endswith(b"closed"):
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert fingerprint(tmp_path / "case") == before


def test_a_drop_that_is_gone_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fingerprint(tmp_path / "none")
