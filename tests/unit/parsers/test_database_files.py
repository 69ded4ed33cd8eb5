"""Databases in archives: with their logs, from damaged and hostile archives, and what else lies beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.writers import damage
from ingest.demo.writers.damage import Member
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.outcome import ReadState
from tests.unit.parsers.made_databases import in_wal, numbered
from tests.unit.parsers.made_deliveries import codes_of, read_path

THREADS = "CREATE TABLE threads (_id INTEGER PRIMARY KEY, recipient_ids TEXT)"


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return numbered(tmp_path / "made.db", 300, THREADS, table="sms").read_bytes()


def archive(folder: Path, *members: Member) -> Path:
    return damage.write(folder / "x.zip", damage.archive_of(members))


@pytest.mark.parametrize("ending", ["-wal", "-WAL"])
def test_a_member_is_read_with_its_log(tmp_path: Path, ending: str) -> None:
    made = in_wal(tmp_path / "m.db", [THREADS], ["CREATE TABLE sms (body)", "INSERT INTO sms VALUES ('late')"])
    log = made.with_name("m.db-wal").read_bytes()
    path = archive(
        tmp_path,
        Member(name="d/mmssms.db", content=made.read_bytes(), deflated=True),
        Member(name=f"d/mmssms.db{ending}", content=log, deflated=True),
        Member(name="d/mmssms.db-shm", content=b"x" * 100),
        Member(name="d/other.db", content=b"x"),
    )
    result = read_path(path)
    assert len(result.records) == 1
    assert codes_of(result) == {"member_not_read": 1, "column_absent": 3}


def test_a_wrong_checksum_is_named_and_every_row_read(tmp_path: Path, content: bytes) -> None:
    path = archive(tmp_path, Member(name="mmssms.db", content=content))
    path.write_bytes(damage.with_wrong_checksum(path.read_bytes()))
    result = read_path(path)
    assert len(result.records) == 300
    assert codes_of(result) == {"checksum_wrong": 1, "column_absent": 3}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_cut_archive_keeps_the_rows_that_are_there(tmp_path: Path, content: bytes) -> None:
    path = archive(tmp_path, Member(name="mmssms.db", content=content))
    path.write_bytes(damage.cut_archive(path.read_bytes()))
    result = read_path(path)
    assert 0 < len(result.records) < 300
    assert result.state is ReadState.PARTIAL


def test_one_of_two_that_is_none_does_not_hide_the_other(tmp_path: Path, content: bytes) -> None:
    members = [Member(name="a/mmssms.db", content=b"no database"), Member(name="b/mmssms.db", content=content)]
    result = read_path(archive(tmp_path, *members))
    assert len(result.records) == 300
    assert codes_of(result) == {"format_unknown": 1, "column_absent": 3}


def test_an_encrypted_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = archive(tmp_path, Member(name="mmssms.db", content=content))
    path.write_bytes(damage.marked_encrypted(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "input_protected"


def test_a_member_beyond_the_limit_is_cut_and_named(tmp_path: Path) -> None:
    content = numbered(tmp_path / "large.db", 3_000, THREADS, table="sms").read_bytes()
    path = archive(tmp_path, Member(name="mmssms.db", content=content, deflated=True))
    result = read_path(path, limits=Limits(member_bytes=100_000))
    assert 0 < len(result.records) < 3_000
    assert "limit_reached" in codes_of(result)
    assert result.state is ReadState.PARTIAL
