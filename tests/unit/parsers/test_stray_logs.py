"""Logs that lie beside no database of their name: read with the one that they can belong to, else named."""

from __future__ import annotations

import sqlite3
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


def pair(folder: Path, *, extra: int = 0) -> tuple[bytes, bytes]:
    """A database of which a text stands in the log alone, and that log."""
    path = folder / f"source-{extra}.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {extra or 4096}")
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


def read(folder: Path, members: dict[str, bytes], *, is_folder: bool) -> ReadResult:
    path = folder / ("HW7" if is_folder else "HW7.zip")
    if is_folder:
        for name, content in members.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
    else:
        with ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    return read_path(path, sidecar=Sidecar(exhibit_ref="HW/7"))


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize("beside", [{}, {"sms-1.xml": TEXT}], ids=["alone", "beside another"])
@pytest.mark.parametrize(
    ("database", "log"),
    [
        ("mmssms (1).db", "mmssms.db-wal"),
        ("mmssms - Copy.db", "mmssms.db-wal"),
        ("mmssms.db", "mmssms.db-wal.bak"),
        ("mmssms.db", "mmssms.db-wal.txt"),
        ("mmssms.db", "mmssms.db-wal (1)"),
        ("db/mmssms.db", "wal/mmssms.db-wal"),
        ("mmssms.db", "mmssms_db-wal"),
        ("MMSSMS.DB", "mmssms.db-wal"),
    ],
)
def test_a_log_is_read_with_the_one_database_that_it_fits(
    tmp_path: Path, database: str, log: str, beside: dict[str, bytes], *, is_folder: bool
) -> None:
    main, waiting = pair(tmp_path)
    result = read(tmp_path, {database: main, log: waiting, **beside}, is_folder=is_folder)
    assert sorted(bodies_of(result)) == sorted([*BOTH, *(["other"] if beside else [])])
    assert codes_of(result)["log_joined"] == 1
    assert not {"log_alone", "member_not_read"} & set(codes_of(result))
    assert is_balanced(result)


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize(
    "case", ["another name", "two databases", "two logs", "page size", "no log mode", "damaged", "another database"]
)
def test_a_log_that_is_not_certain_is_named_as_skipped(tmp_path: Path, case: str, *, is_folder: bool) -> None:
    main, log = pair(tmp_path)
    members = {"mmssms (1).db": main, "mmssms.db-wal": log}
    if case == "another name":
        members = {"mmssms_HW7.db": main, "mmssms.db-wal": log}
    elif case == "two databases":
        members["mmssms (2).db"] = main
    elif case == "two logs":
        members["x/mmssms.db-wal"] = log
    elif case == "page size":
        members["mmssms.db-wal"] = pair(tmp_path, extra=1024)[1]
    elif case == "no log mode":
        members["mmssms (1).db"] = main[:18] + b"\x01\x01" + main[20:]
    elif case == "damaged":
        members["mmssms.db-wal"] = log[:100] + bytes([log[100] ^ 1]) + log[101:]
    else:
        members["mmssms.db-wal"] = log_of_another(tmp_path)
    result = read(tmp_path, members, is_folder=is_folder)
    assert set(bodies_of(result)) == {"in main"}
    assert codes_of(result)["log_alone"] == (2 if case == "two logs" else 1)
    assert "log_joined" not in codes_of(result)
    assert is_balanced(result)


def log_of_another(folder: Path) -> bytes:
    connection = sqlite3.connect(folder / "another.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE a (b)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("INSERT INTO a VALUES (?)", ("somebody else's " * 220,))
    log = (folder / "another.db-wal").read_bytes()
    connection.close()
    return log


def test_a_log_by_itself_is_refused_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mmssms.db-wal"
    path.write_bytes(pair(tmp_path)[1])
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "log_alone"


def test_a_known_databases_log_in_a_file_system_is_named(tmp_path: Path) -> None:
    main, log = pair(tmp_path)
    folder = "private/var/mobile/Library/SMS"
    members = {f"{folder}/HW7_sms.db": main, f"{folder}/sms.db-wal": log}
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, members, is_folder=False)
    assert refused.value.code == "log_alone"
    assert f"{folder}/sms.db-wal" in str(refused.value.subject)


def test_names_of_logs() -> None:
    assert [may_be_log(name) for name in ("x/mmssms.db-wal", "a.db-wal.txt", "wal.db", "walk.txt", "wallet.db")] == [
        *(True, True, False, False, False)
    ]
    assert logs_base("x/mmssms.db-wal.bak") == "x/mmssms.db"
