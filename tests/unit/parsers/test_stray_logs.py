"""Logs that lie beside no database of their name: never read with another, and named."""

from __future__ import annotations

import sqlite3
import tarfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from parsers.contract import Sidecar
from parsers.errors import InputRefused
from parsers.reading import ReadResult
from parsers.stray_logs import logs_base, may_be_log
from tests.fakes.deliveries import bodies_of, codes_of, is_balanced, read_path

BOTH = ["in main", "in wal only"]
TEXT = b"<smses backup_set='x'><sms address='07700900123' date='1717245000000' type='1' body='other'/></smses>"


def pair(folder: Path) -> tuple[bytes, bytes]:
    """A database of which a text stands in the log alone, and that log."""
    path = folder / "source.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE sms (_id INTEGER PRIMARY KEY, address, date, type, body, read)")
    for table in ("pdu", "threads", "canonical_addresses", "addr", "part"):
        connection.execute(f"CREATE TABLE {table} (_id INTEGER PRIMARY KEY)")
    connection.execute("INSERT INTO sms VALUES (1, '07700900207', 1717245000000, 1, 'in main', 1)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    main = path.read_bytes()
    connection.execute("INSERT INTO sms VALUES (2, '07700900207', 1717245000000, 1, 'in wal only', 1)")
    log = path.with_name(f"{path.name}-wal").read_bytes()
    connection.close()
    return main, log


def read(folder: Path, members: dict[str, bytes], form: str) -> ReadResult:
    path = folder / ("HW7" if form == "folder" else f"HW7.{form}")
    if form == "folder":
        for name, content in members.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
    elif form == "zip":
        with ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    else:
        with tarfile.open(path, "w") as tar:
            for name, content in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                tar.addfile(entry, BytesIO(content))
    return read_path(path, sidecar=Sidecar(exhibit_ref="HW/7"))


FORMS = ("folder", "zip", "tar")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("beside", [{}, {"sms-1.xml": TEXT}], ids=["alone", "beside another"])
def test_a_log_under_its_own_name_is_read_with_its_database(
    tmp_path: Path, beside: dict[str, bytes], form: str
) -> None:
    main, log = pair(tmp_path)
    result = read(tmp_path, {"mmssms.db": main, "mmssms.db-wal": log, **beside}, form)
    assert sorted(bodies_of(result)) == sorted([*BOTH, *(["other"] if beside else [])])
    assert "log_alone" not in codes_of(result)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("beside", [{}, {"sms-1.xml": TEXT}], ids=["alone", "beside another"])
@pytest.mark.parametrize(
    ("database", "log"),
    [
        ("mmssms (1).db", "mmssms.db-wal"),
        ("mmssms.db", "mmssms.db-wal.bak"),
        ("mmssms.db", "mmssms.db-wal (1)"),
        ("mmssms.db", "mmssms_wal.txt"),
        ("HW7/mmssms.db", "HW8/mmssms.db-wal"),
        ("MMSSMS.DB", "mmssms.db-wal"),
    ],
)
def test_a_log_under_another_name_is_read_with_no_database_and_named(
    tmp_path: Path, database: str, log: str, beside: dict[str, bytes], form: str
) -> None:
    main, waiting = pair(tmp_path)
    result = read(tmp_path, {database: main, log: waiting, **beside}, form)
    assert sorted(bodies_of(result)) == sorted(["in main", *(["other"] if beside else [])])
    (notice,) = [each for each in result.notices if each.code == "log_alone"]
    assert log in str(notice.subject)
    assert "member_not_read" not in codes_of(result)
    assert is_balanced(result)


def test_a_database_with_a_log_of_its_own_keeps_it_beside_a_stray_one(tmp_path: Path) -> None:
    main, log = pair(tmp_path)
    members = {"mmssms.db": main, "mmssms.db-wal": log, "mmssms (1).db-wal": log_of_another(tmp_path)}
    result = read(tmp_path, members, "zip")
    assert (sorted(bodies_of(result)), codes_of(result)["log_alone"]) == (BOTH, 1)


def test_what_is_called_as_a_log_and_is_none_is_no_log(tmp_path: Path) -> None:
    result = read(tmp_path, {"mmssms.db": pair(tmp_path)[0], "great-wall.txt": b"x"}, "zip")
    assert "log_alone" not in codes_of(result)


def log_of_another(folder: Path) -> bytes:
    connection = sqlite3.connect(folder / "another.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE a (b)")
    log = (folder / "another.db-wal").read_bytes()
    connection.close()
    return log


def test_a_log_by_itself_is_refused_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mmssms.db-wal"
    path.write_bytes(pair(tmp_path)[1])
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert (refused.value.code, refused.value.subject) == ("log_alone", "mmssms.db-wal")


def test_a_known_databases_log_in_a_file_system_is_named(tmp_path: Path) -> None:
    main, log = pair(tmp_path)
    folder = "private/var/mobile/Library/SMS"
    members = {f"{folder}/HW7_sms.db": main, f"{folder}/sms.db-wal": log}
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, members, "zip")
    assert refused.value.code == "log_alone"
    assert f"{folder}/sms.db-wal" in str(refused.value.subject)


def test_names_of_logs() -> None:
    assert [may_be_log(name) for name in ("x/mmssms.db-wal", "a.db-wal.txt", "A_WAL.txt", "wal.db", "x-wal/a.db")] == [
        *(True, True, True, False, False)
    ]
    assert logs_base("x/mmssms.db-wal.bak") == "x/mmssms.db"
    assert logs_base("x/MMSSMS.DB-WAL") == "x/MMSSMS.DB"
    assert may_be_log("x-wal" + ".1" * 50_000 + "!")
