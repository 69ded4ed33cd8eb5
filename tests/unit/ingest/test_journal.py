from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from ingest.errors import DataFolderNewer
from ingest.journal import FINISHED, STARTED, DeliveryRow, ExtractionRow, Journal, LoadRow, Step
from ingest.migrations import MIGRATIONS, SCHEMA_VERSION

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
SHA = "a" * 64


def now() -> datetime:
    return NOW


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "journal.sqlite", now)
    yield made
    made.close()


def delivery(**changed: object) -> DeliveryRow:
    row = DeliveryRow(
        sha256=SHA,
        name="x.xml",
        is_folder=False,
        size_bytes=12,
        received_at="2026-11-25T08:00:00.000Z",
        original_path="/drops/x.xml",
        stored_as="vault/aa/content",
        state=STARTED,
        step=Step.RECEIVED,
    )
    return msgspec.structs.replace(row, **changed)


def extraction(name: str = "ex-1", **changed: object) -> ExtractionRow:
    row = ExtractionRow(
        extraction_id=name, sha256=SHA, place=0, step=Step.SEGMENTED, records_sha256="b" * 64, summary=b"summary"
    )
    return msgspec.structs.replace(row, **changed)


def test_a_delivery_counts_as_failed_until_its_last_write(journal: Journal) -> None:
    journal.put_delivery(delivery(), journal.begin_arrival(Path("/drops/x.xml")))
    assert [row.sha256 for row in journal.deliveries(STARTED)] == [SHA]
    journal.set_delivery(SHA, state=FINISHED, step=Step.COMPLETE)
    assert journal.deliveries(STARTED) == []
    held = journal.delivery(SHA)
    assert held is not None
    assert (held.state, held.step, held.updated_at) == (FINISHED, Step.COMPLETE, "2026-11-25T08:30:00.000Z")


def test_an_unfinished_arrival_of_the_same_path_is_replaced(journal: Journal) -> None:
    first = journal.begin_arrival(Path("/drops/x"))
    second = journal.begin_arrival(Path("/drops/x"))
    assert [row.arrival_id for row in journal.arrivals(STARTED)] == [second] != [first]
    journal.end_arrival(second, "refused", refusal=b"{}")
    assert journal.arrivals(STARTED) == []


def test_a_path_in_any_encoding_is_kept(journal: Journal) -> None:
    journal.begin_arrival(Path("/drops/\udcff.xml"))
    assert journal.arrivals()[0].original_path == b"/drops/\xff.xml"


def test_what_a_delivery_no_longer_gives_is_named_and_gone(journal: Journal) -> None:
    journal.put_delivery(delivery())
    journal.replace_extractions(SHA, [extraction("ex-1"), extraction("ex-2", place=1)])
    assert journal.replace_extractions(SHA, [extraction("ex-2")]) == ["ex-1"]
    assert [row.extraction_id for row in journal.extractions()] == ["ex-2"]


def test_records_that_were_analysed_hold_until_newer_ones_are(journal: Journal) -> None:
    """An export beside a new reading must find records and findings that belong together."""
    journal.put_delivery(delivery())
    journal.replace_extractions(SHA, [extraction()])
    journal.set_extraction("ex-1", findings_sha256="f" * 64)
    journal.replace_extractions(SHA, [extraction(records_sha256="c" * 64, summary=b"newer")])
    held = journal.extraction("ex-1")
    assert held is not None
    assert (held.records_sha256, held.findings_sha256, held.summary) == ("b" * 64, "f" * 64, b"summary")
    ahead = held.ahead()
    assert (ahead.records_sha256, ahead.findings_sha256, ahead.summary) == ("c" * 64, None, b"newer")


def test_records_that_were_not_analysed_are_replaced_at_once(journal: Journal) -> None:
    journal.put_delivery(delivery())
    journal.replace_extractions(SHA, [extraction()])
    journal.replace_extractions(SHA, [extraction(records_sha256="c" * 64)])
    held = journal.extraction("ex-1")
    assert held is not None
    assert held == held.ahead()
    assert held.records_sha256 == "c" * 64


def test_loads_are_kept_by_index(journal: Journal) -> None:
    journal.set_load("ex-1", "embedded", LoadRow("f1", "e1"))
    journal.set_load("ex-1", "elastic tl", LoadRow("f2", "e2"))
    assert journal.loads("embedded") == {"ex-1": LoadRow("f1", "e1")}
    journal.forget_loads("embedded")
    assert journal.loads("embedded") == {}
    assert journal.loads("elastic tl") == {"ex-1": LoadRow("f2", "e2")}


def test_a_column_that_is_not_known_is_a_fault_of_ours(journal: Journal) -> None:
    with pytest.raises(KeyError):
        journal.set_extraction("ex-1", nothing="x")


def test_a_transaction_that_fails_leaves_nothing(journal: Journal) -> None:
    journal.put_delivery(delivery())
    with pytest.raises(sqlite3.IntegrityError):
        journal.replace_extractions(SHA, [extraction("ex-1"), extraction("ex-2", sha256="z" * 64)])
    assert journal.extractions() == []


def test_a_copy_is_whole_and_apart(journal: Journal, tmp_path: Path) -> None:
    journal.put_delivery(delivery())
    journal.copy_to(tmp_path / "copy.sqlite")
    copy = Journal(tmp_path / "copy.sqlite", now)
    assert [row.sha256 for row in copy.deliveries()] == [SHA]
    assert copy.check_integrity() == "ok"
    copy.close()


def make_version_1(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(MIGRATIONS[0])
    connection.execute(
        "INSERT INTO deliveries VALUES (?, 'x.xml', 0, 12, '2026-11-01T00:00:00.000Z', '/drops/x.xml',"
        " 'vault/aa/content', 'finished', 'complete', NULL, '2026-11-01T00:00:00.000Z')",
        (SHA,),
    )
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def test_a_journal_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    make_version_1(path)
    journal = Journal(path, now)
    assert [row.sha256 for row in journal.deliveries()] == [SHA]
    assert [(row.original_path, row.state, row.sha256) for row in journal.arrivals()] == [
        (b"/drops/x.xml", "held", SHA)
    ]
    assert journal.watched(Path("/drops/x.xml")) is None
    assert [(row.sha256, row.stated_sha256, row.said_by_name) for row in journal.deliveries_of(SHA)] == [
        (SHA, SHA, None)
    ]
    assert journal.brought_from(Path("/drops/x.xml")) == [SHA]
    journal.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    make_version_1(path)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE watched (path TEXT)")
    connection.close()
    with pytest.raises(sqlite3.OperationalError):
        Journal(path, now)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'arrivals'").fetchone() == (0,)
    connection.close()


def test_a_newer_journal_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(DataFolderNewer, match="newer Trapline"):
        Journal(path, now)
