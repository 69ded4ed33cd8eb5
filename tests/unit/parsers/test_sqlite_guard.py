"""Databases of the vault: read whole, read-only, with nothing executed; what is broken is counted."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.census import database_census
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.sqlite_database import EvidenceDatabase
from parsers.sqlite_pages import DamagedPage, DatabasePages, table_names
from parsers.sqlite_records import Value, record_values
from tests.unit.parsers.made_databases import (
    PAGE,
    damage_page,
    database,
    in_wal,
    leaves_of,
    leaves_of_schema,
    numbered,
    opened,
    overwrite,
    rewrite_schema,
    root_of,
    rowids,
)


def codes(path: Path, table: str = "t") -> dict[str, int]:
    """Return the notices of a database once a table was read."""
    with opened(path) as found:
        for _ in found.rows(table, ("body",)):
            pass
        return {notice.code: notice.count for notice in found.notices(None, "x.db")}


def test_rows_come_by_rowid_with_the_columns_that_exist(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        "CREATE TABLE Sms (_id INTEGER PRIMARY KEY, Body TEXT, n INTEGER, x)",
        "INSERT INTO sms VALUES (7, 'seven', 1, NULL), (3, 'three', 2.5, x'00ff')",
        "ALTER TABLE sms ADD COLUMN later INTEGER DEFAULT -1",
    )
    with opened(path) as found:
        first, second = found.rows("SMS", ("_ID", "body", "n", "x", "later", "absent"))
        assert (first.rowid, first.whole("_ID"), first.text("body"), first.number("n")) == (3, 3, "three", 2.5)
        assert (first.raw("x"), first.whole("later"), first.has("absent")) == (b"\x00\xff", -1, False)
        assert (second.has("x"), second.raw("x"), second.text("n")) == (True, None, "1")
        assert found.columns("sms") == {"_id", "body", "n", "x", "later"}
        assert list(found.rows("nothing", ("a",))) == []


def test_rows_that_stand_in_the_log_alone_are_read(tmp_path: Path) -> None:
    path = in_wal(tmp_path / "x.db", ["CREATE TABLE t (body)"], ["INSERT INTO t VALUES ('late')"])
    assert rowids(path) == [1]
    path.with_name("x.db-wal").unlink()
    assert rowids(path) == []


def test_tables_that_stand_in_the_log_alone_are_known(tmp_path: Path) -> None:
    path = in_wal(tmp_path / "x.db", [], ["CREATE TABLE t (body)", "INSERT INTO t VALUES ('late')"])
    assert table_names(path) == ("t",)
    assert rowids(path) == [1]


def test_the_evidence_is_not_touched_and_the_copy_is_removed(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    path = in_wal(vault / "x.db", ["CREATE TABLE t (body)"], ["INSERT INTO t VALUES ('late')"])
    before = {
        each.name: (hashlib.sha256(each.read_bytes()).digest(), each.stat().st_mtime_ns) for each in vault.iterdir()
    }
    vault.chmod(0o500)
    try:
        assert rowids(path) == [1]
    finally:
        vault.chmod(0o700)
    after = {
        each.name: (hashlib.sha256(each.read_bytes()).digest(), each.stat().st_mtime_ns) for each in vault.iterdir()
    }
    assert before == after


def test_a_log_that_is_cut_or_damaged_is_named(tmp_path: Path) -> None:
    rows = [f"INSERT INTO t VALUES ('row {n}')" for n in range(20)]
    path = in_wal(tmp_path / "x.db", ["CREATE TABLE t (body)"], rows)
    log = path.with_name("x.db-wal")
    whole = log.read_bytes()
    assert codes(path) == {}
    log.write_bytes(whole[:-100])
    assert codes(path) == {"wal_damaged": 1}
    assert rowids(path) == list(range(1, 20))
    broken = bytearray(whole)
    broken[32 + 10 * (PAGE + 24) + 200] ^= 1
    log.write_bytes(bytes(broken))
    assert codes(path) == {"wal_damaged": 1}
    assert rowids(path) == list(range(1, 11))
    log.write_bytes(whole + whole[32 : 32 + 24 + PAGE].replace(whole[40:48], b"\x00" * 8))
    assert codes(path) == {}


@pytest.mark.parametrize(
    "log",
    [bytes(5_000), bytes(range(200)) * 30, b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x82" + bytes(5_000)],
    ids=["zeros", "no log", "cut in its header", "no header"],
)
def test_a_log_that_holds_no_page_is_named_unless_it_is_empty(tmp_path: Path, log: bytes) -> None:
    path = in_wal(tmp_path / "x.db", ["CREATE TABLE t (body)", "INSERT INTO t VALUES ('early')"], [])
    path.with_name("x.db-wal").write_bytes(log)
    assert rowids(path) == [1]
    assert codes(path) == {"wal_damaged": 1}
    path.with_name("x.db-wal").write_bytes(b"")
    assert codes(path) == {}


def test_a_log_of_another_database_is_named(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 10)
    other = in_wal(tmp_path / "y.db", ["CREATE TABLE t (body)"], ["INSERT INTO t VALUES ('late')"])
    log = bytearray(other.with_name("y.db-wal").read_bytes())
    log[8:12] = (8_192).to_bytes(4, "big")
    path.with_name("x.db-wal").write_bytes(bytes(log))
    assert codes(path) == {"wal_damaged": 1}


@pytest.mark.parametrize("raw", [bytes(24 + PAGE), b"\x00\x00\x00\x02\x00\x00\x00\x02\x01\x01\x01\x01"])
@pytest.mark.parametrize("place", [0, 7])
def test_frames_of_a_log_that_a_damaged_one_hides_are_named(tmp_path: Path, place: int, raw: bytes) -> None:
    rows = [f"INSERT INTO t VALUES ('row {n}')" for n in range(20)]
    path = in_wal(tmp_path / "x.db", ["CREATE TABLE t (body)"], rows)
    overwrite(path.with_name("x.db-wal"), 32 + place * (24 + PAGE), raw)
    assert rowids(path) == list(range(1, place + 1))
    assert codes(path) == {"wal_damaged": 1}


def test_a_change_that_was_never_completed_is_left_out_and_named(tmp_path: Path) -> None:
    work = numbered(tmp_path / "work.db", 200)
    connection = sqlite3.connect(work, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE t SET body = 'changed ' || body")
    connection.execute("DELETE FROM t WHERE _id < 100")
    path = tmp_path / "x.db"
    path.write_bytes(work.read_bytes())
    path.with_name("x.db-journal").write_bytes(work.with_name("work.db-journal").read_bytes())
    connection.close()
    assert path.read_bytes() != b""
    with opened(path) as found:
        rows = list(found.rows("t", ("body",)))
        assert [row.rowid for row in rows] == list(range(1, 201))
        assert not any((row.text("body") or "").startswith("changed") for row in rows)
        assert [notice.code for notice in found.notices(None, "x.db")] == ["change_unfinished"]


def test_text_that_is_no_text(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        "CREATE TABLE t (body TEXT)",
        "INSERT INTO t VALUES (CAST(x'61fffe62' AS TEXT)), (CAST(x'6100' AS TEXT)), (CAST(x'eda0bdedb880' AS TEXT))",
    )
    with opened(path) as found:
        assert [row.text_and_replaced("body") for row in found.rows("t", ("body",))] == [
            ("a\ufffdb", 1),
            ("a\x00", 0),
            ("\U0001f600", 0),
        ]


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = database(
        tmp_path / "x.db",
        "CREATE TABLE t (body TEXT)",
        "INSERT INTO t VALUES ('gr\u00fc\u00df \U0001f600')",
        encoding=encoding,
    )
    with opened(path) as found:
        (row,) = found.rows("t", ("body",))
        assert row.text("body") == "gr\u00fc\u00df \U0001f600"
    with opened(path) as found:
        found._connection = None
        (row,) = found.rows("t", ("body",))
        assert row.text("body") == "gr\u00fc\u00df \U0001f600"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(84)])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert table_names(path) == ()
    with pytest.raises(InputRefused), opened(path):
        pass


# hostile schemas


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE VIEW t AS WITH RECURSIVE n(body) AS (SELECT 1 UNION ALL SELECT body + 1 FROM n) SELECT * FROM n",),
        ("CREATE VIRTUAL TABLE t USING fts4(body)", "INSERT INTO t VALUES ('x')"),
        ("CREATE TABLE t (body PRIMARY KEY) WITHOUT ROWID", "INSERT INTO t VALUES ('x')"),
    ],
)
def test_what_is_no_plain_table_is_not_read(tmp_path: Path, statements: tuple[str, ...]) -> None:
    path = database(tmp_path / "x.db", *statements)
    with opened(path) as found:
        assert "t" in found.not_plain
        assert list(found.rows("t", ("body",))) == []


def test_generated_columns_and_indexes_of_the_evidence_are_never_computed(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        "CREATE TABLE t (a, bomb AS (hex(zeroblob(400000000))) VIRTUAL, kept AS (a || 'x') STORED, body)",
        "INSERT INTO t (a, body) VALUES ('1', 'one'), ('2', 'two')",
        "CREATE INDEX i ON t (kept)",
    )
    started = time.process_time()
    with opened(path) as found:
        assert found.columns("t") == {"a", "body"}
        assert [row.text("body") for row in found.rows("t", ("a", "body", "bomb"))] == ["one", "two"]
    with opened(path) as found:
        found._connection = None
        assert [row.text("body") for row in found.rows("t", ("a", "body"))] == ["one", "two"]
    assert time.process_time() - started < 5


def test_triggers_of_the_evidence_do_not_run(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 3, "CREATE TRIGGER g AFTER DELETE ON t BEGIN DELETE FROM t; END")
    assert rowids(path) == [1, 2, 3]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t AS SELECT hex(randomblob(900000000)) AS body",
        "ATTACH 'other.db' AS o",
        "CREATE TABLE t (body); DROP TABLE t",
        "CREATE TABLE t (body) -- " + "x" * 300_000,
        "CREATE TABLE t (" + "(" * 5_000 + ")",
        "DELETE FROM sqlite_schema",
        "\x00",
    ],
)
def test_a_statement_of_the_schema_does_nothing(tmp_path: Path, sql: str) -> None:
    path = numbered(tmp_path / "x.db", 3)
    rewrite_schema(path, "t", sql=sql)
    started = time.process_time()
    with opened(path) as found:
        list(found.rows("t", ("body",)))
    assert time.process_time() - started < 5
    assert not (tmp_path / "other.db").exists()


def test_collations_and_functions_of_the_application_need_not_be_known(tmp_path: Path) -> None:
    """Android's contacts are sorted by LOCALIZED, which only Android has."""
    path = numbered(tmp_path / "x.db", 3)
    rewrite_schema(
        path, "t", sql="CREATE TABLE t (_id INTEGER PRIMARY KEY, body TEXT COLLATE LOCALIZED CHECK (is_mine(body)))"
    )
    with opened(path) as found:
        assert [row.rowid for row in found.rows("t", ("body",))] == [1, 2, 3]


# damage


def test_a_damaged_page_costs_its_own_rows(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db")
    leaves = leaves_of(path, "t")
    assert len(leaves) > 20
    damage_page(path, leaves[5])
    damage_page(path, leaves[11], b"\xff" * PAGE)
    found = rowids(path)
    assert found == sorted(set(found))
    lost = 2_000 - len(found)
    assert 0 < lost < 2 * 100
    assert codes(path) == {"table_damaged": 2}


def test_every_leaf_may_be_damaged(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 300)
    whole = path.read_bytes()
    leaves = leaves_of(path, "t")
    for leaf in leaves:
        path.write_bytes(whole)
        damage_page(path, leaf)
        assert 0 < len(rowids(path)) < 300
        assert codes(path) == {"table_damaged": 1}


def test_a_file_that_was_cut_keeps_the_pages_that_are_there(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db")
    whole = path.read_bytes()
    for share in (0.3, 0.5, 0.9, 0.999):
        path.write_bytes(whole[: int(len(whole) * share)])
        found = rowids(path)
        assert 0 < len(found) < 2_000
        assert "input_truncated" in codes(path)


def test_a_damaged_list_of_tables_is_named(tmp_path: Path) -> None:
    many = [f"CREATE TABLE u{n} (a, b, c, d, e, f, g)" for n in range(200)]
    path = numbered(tmp_path / "x.db", 3, *many)
    (schema_leaf, *_) = leaves_of_schema(path)
    damage_page(path, schema_leaf)
    with opened(path) as found:
        assert 0 < len(found.tables) < 200
        notices = {notice.code: notice for notice in found.notices(None, "x.db")}
        assert notices["table_damaged"].ends_reading


@pytest.mark.parametrize("source", ["empty table", "table", "leaf of the list"])
def test_a_page_of_a_sound_table_in_place_of_one_of_the_list_of_tables_is_damage(tmp_path: Path, source: str) -> None:
    many = [f"CREATE TABLE u{n} (a, b, c, d, e, f, g)" for n in range(200)]
    path = numbered(tmp_path / "x.db", 3, *many)
    first, *_, last = leaves_of_schema(path)
    taken = {"empty table": root_of(path, "u199"), "table": root_of(path, "t"), "leaf of the list": last}[source]
    content = path.read_bytes()
    damage_page(path, first, content[(taken - 1) * PAGE : taken * PAGE])
    with opened(path) as found:
        assert "u199" in found.tables
        assert "u0" not in found.tables
        assert found.not_plain == set()
        (notice,) = found.notices(None, "x.db")
        assert (notice.code, notice.subject, notice.ends_reading) == ("table_damaged", "list of tables", True)
        assert notice.count >= 1
    assert "damaged" in database_census(path)


def test_what_sqlite_calls_malformed_is_never_whole(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 3)
    copy = EvidenceDatabase(path, None, has_journal=False, is_malformed=True)
    assert [notice.subject for notice in copy.notices(None, "x.db")] == ["list of tables"]
    copy.close()
    assert codes(path) == {}


def test_a_tree_in_circles_ends(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db")
    root = root_of(path, "t")
    content = path.read_bytes()
    page = bytearray(content[(root - 1) * PAGE : root * PAGE])
    leaves = leaves_of(path, "t")
    for n in range(int.from_bytes(page[3:5], "big")):
        place = int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big")
        page[place : place + 4] = leaves[0].to_bytes(4, "big")
    damage_page(path, root, bytes(page))
    started = time.process_time()
    found = rowids(path)
    assert len(found) == len(set(found))
    assert time.process_time() - started < 5
    damage_page(path, root, bytes(page[:8]) + root.to_bytes(4, "big") + bytes(page[12:]))
    rowids(path)
    assert codes(path)["table_damaged"] >= 1


def _leaf_place(leaf: int, cell: int) -> int:
    """Return the offset of the pointer to a cell of a leaf."""
    return (leaf - 1) * PAGE + 8 + 2 * cell


@pytest.mark.parametrize("pointer", [0xFFFF, 0x0004, PAGE - 1])
def test_a_pointer_that_leads_to_no_cell_is_damage(tmp_path: Path, pointer: int) -> None:
    path = numbered(tmp_path / "x.db", 300)
    overwrite(path, _leaf_place(leaves_of(path, "t")[1], 0), pointer.to_bytes(2, "big"))
    assert len(rowids(path)) == 299
    assert codes(path) == {"table_damaged": 1}


def test_a_pointer_that_another_repeats_is_damage_and_gives_no_row_twice(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 300)
    place = _leaf_place(leaves_of(path, "t")[1], 0)
    overwrite(path, place, path.read_bytes()[place + 2 : place + 4])
    found = rowids(path)
    assert (len(found), len(set(found))) == (299, 299)
    assert codes(path) == {"table_damaged": 1}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_cells_that_a_page_does_not_count_are_damage(tmp_path: Path, count: int) -> None:
    """SQLite itself reads over it: the rows of the leaf, or of all leaves below, are gone without a word."""
    path = numbered(tmp_path / "x.db", 300)
    whole = path.read_bytes()
    for page in (root_of(path, "t"), leaves_of(path, "t")[1]):
        path.write_bytes(whole)
        overwrite(path, (page - 1) * PAGE + 3, count.to_bytes(2, "big"))
        assert 0 < len(rowids(path)) < 300
        assert codes(path) == {"table_damaged": 1}


@pytest.mark.parametrize(("kept", "lost"), [(1, 3), (3, 1)])
def test_a_page_that_stands_in_place_of_another_is_damage(tmp_path: Path, kept: int, lost: int) -> None:
    path = numbered(tmp_path / "x.db", 300)
    leaves = leaves_of(path, "t")
    whole = path.read_bytes()
    before = rowids(path)
    damage_page(path, leaves[lost], whole[(leaves[kept] - 1) * PAGE : leaves[kept] * PAGE])
    found = rowids(path)
    assert len(found) == len(set(found))
    cells = int.from_bytes(whole[(leaves[lost] - 1) * PAGE + 3 :][:2], "big")
    assert len(found) == len(before) - cells
    assert codes(path) == {"table_damaged": 1}


@pytest.mark.parametrize("place", [0, 1, -1])
def test_an_empty_page_in_place_of_another_is_damage(tmp_path: Path, place: int) -> None:
    path = numbered(tmp_path / "x.db", 300, "CREATE TABLE empty (a)")
    root = root_of(path, "empty")
    content = path.read_bytes()
    damage_page(path, leaves_of(path, "t")[place], content[(root - 1) * PAGE : root * PAGE])
    assert 0 < len(rowids(path)) < 300
    assert codes(path) == {"table_damaged": 1}


def test_a_damaged_rowid_costs_no_other_row(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 300)
    leaf = leaves_of(path, "t")[0]
    place = _leaf_place(leaf, 5)
    cell = (leaf - 1) * PAGE + int.from_bytes(path.read_bytes()[place : place + 2], "big")
    assert path.read_bytes()[cell + 1] == 6
    overwrite(path, cell + 1, b"\x7f")
    with opened(path) as found:
        rows = [(row.rowid, (row.text("body") or "").split()[1]) for row in found.rows("t", ("body",))]
        assert [number for _, number in rows] == [str(n) for n in range(1, 301)]
        assert rows[5] == (127, "6")
        assert found.damaged_pages == {"t": 1}


def test_the_last_page_may_be_cut(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 300)
    overwrite(path, 28, bytes(4))
    last = max(leaves_of(path, "t"))
    path.write_bytes(path.read_bytes()[: last * PAGE - 100])
    with opened(path) as found:
        bodies = [row.text("body") for row in found.rows("t", ("body",))]
        assert len(bodies) == 298
        assert all(body is not None and body.endswith("0000") for body in bodies)
        assert found.unreadable_rows == {"t": 1}
    assert codes(path) == {"input_truncated": 1, "table_damaged": 1}


@pytest.mark.parametrize("padding", [1, 512, PAGE, 5_000])
def test_padding_behind_the_last_page_is_no_cut(tmp_path: Path, padding: int) -> None:
    path = numbered(tmp_path / "x.db", 300)
    path.write_bytes(path.read_bytes() + bytes(padding))
    assert rowids(path) == list(range(1, 301))
    assert codes(path) == {"padding_behind_end": 1}


def test_a_row_whose_overflow_is_broken_is_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        "CREATE TABLE t (body)",
        "INSERT INTO t VALUES ('a'), (hex(zeroblob(20000))), ('c')",
    )
    leaf = leaves_of(path, "t")[0]
    content = path.read_bytes()
    page = content[(leaf - 1) * PAGE : leaf * PAGE]
    place = int.from_bytes(page[8 + 2 : 8 + 4], "big")
    chain = page.index(b"0" * 100, place)
    while page[chain : chain + 1] == b"0":
        chain += 1
    overwrite(path, (leaf - 1) * PAGE + chain, (10_000).to_bytes(4, "big"))
    with opened(path) as found:
        assert [row.text("body") for row in found.rows("t", ("body",))] == ["a", "c"]
        assert found.unreadable_rows == {"t": 1}


def test_a_value_that_is_too_large_does_not_stop_the_others(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db", "CREATE TABLE t (body)", "INSERT INTO t VALUES ('a'), (hex(zeroblob(200000))), ('c')"
    )
    with opened(path, Limits(text_chars=1_000)) as found:
        assert [len(row.text("body") or "") for row in found.rows("t", ("body",))] == [1, 400_000, 1]


def test_any_damage_gives_rows_and_notices_in_bounded_time(tmp_path: Path) -> None:
    whole = numbered(tmp_path / "whole.db", 400).read_bytes()

    @settings(max_examples=120, deadline=None)
    @given(
        changes=st.lists(st.tuples(st.integers(90, len(whole) - 1), st.binary(min_size=1, max_size=64)), max_size=12),
        size=st.integers(len(whole) // 2, len(whole)),
    )
    def check(changes: list[tuple[int, bytes]], size: int) -> None:
        content = bytearray(whole[:size])
        for place, raw in changes:
            content[place : place + len(raw)] = raw
        with TemporaryDirectory() as folder:
            path = Path(folder) / "x.db"
            path.write_bytes(bytes(content))
            try:
                with opened(path) as found:
                    for table in found.tables:
                        rows = list(found.rows(table, ("body",)))
                        assert len(rows) < 10_000
                    list(found.notices(None, "x.db"))
            except InputRefused:
                return

    check()


values = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.binary(max_size=30),
    st.sampled_from([0, 1, -1, 127, 128, 32_767, 2**23, 2**31, 2**47, "x" * 5_000, b"y" * 9_000]),
)


@settings(max_examples=25, deadline=None)
@given(
    changes=st.lists(st.tuples(st.sampled_from(["add", "cut", "drop"]), st.integers(0, 400), st.integers(0, 3_000))),
    page_bytes=st.sampled_from([512, 1024, 4096, 65_536]),
    vacuums=st.sampled_from([0, 1, 2]),
    shreds=st.booleans(),
)
def test_pages_that_sqlite_wrote_are_whole(
    *, changes: list[tuple[str, int, int]], page_bytes: int, vacuums: int, shreds: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute(f"PRAGMA auto_vacuum = {vacuums}")
        connection.execute(f"PRAGMA secure_delete = {int(shreds)}")
        connection.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, a)")
        connection.execute("BEGIN")
        for change, key, size in [*changes, *[("add", n * 7919 % 401, n * 31 % 700) for n in range(150)], *changes]:
            if change == "add":
                connection.execute("INSERT OR REPLACE INTO t VALUES (?, ?)", (key, "x" * size))
            elif change == "cut":
                connection.execute("UPDATE t SET a = substr(a, 1, ?) WHERE k >= ?", (size // 9, key))
            else:
                connection.execute("DELETE FROM t WHERE k BETWEEN ? AND ?", (key, key + 5))
        connection.execute("COMMIT")
        connection.close()
        with DatabasePages(path) as pages:
            assert all(pages.is_whole(row.root) for row in pages.schema())
            assert not pages.is_short
            assert not pages.has_padding


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(values, values, values), max_size=60),
    page_bytes=st.sampled_from([512, 1024, 4096, 65_536]),
    uses_log=st.booleans(),
)
def test_both_readers_read_the_same(*, rows: list[tuple[Value, Value, Value]], page_bytes: int, uses_log: bool) -> None:
    """What is saved from a damaged database is what SQLite would have read of a whole one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        if uses_log:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (a, k INTEGER PRIMARY KEY, b, c)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO t (a, b, c) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
        engine = connection.execute("SELECT k, a, k, b, c FROM t ORDER BY k").fetchall()
        with DatabasePages(path) as pages:
            (root,) = (row.root for row in pages.schema())
            saved = []
            for row in pages.rows(root):
                assert not isinstance(row, DamagedPage)
                assert row.payload is not None
                saved.append((row.rowid, *record_values(row.payload, (0, 1, 2, 3), pages.encoding)))
        connection.close()
    assert [(rowid, a, b, c) for rowid, a, _, b, c in saved] == [(rowid, a, b, c) for rowid, a, _, b, c in engine]
