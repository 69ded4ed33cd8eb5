"""Of a phone that came in several files a correction takes one along: the others are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from ingest.journal import FINISHED, DeliveryRow, ExtractionRow, Journal, Step
from ingest.left_behind import LeftBehind, left_behind, left_behind_words
from tests.fakes.phones import Phone

MOVED = LeftBehind(exhibit="JT 9 (case OP X)")
AT = "2026-11-25T08:00:00.000Z"
FILES = (
    ("ex-1", "a", "JT/15", "OP X"),
    ("ex-2", "a", "JT/15", "OP X"),
    ("ex-3", "b", "jt/15", "OP X"),
    ("ex-4", "b", "JT/15", "OP X"),
    ("ex-5", "c", "JT/15", "OP OTHER"),
    ("ex-6", "d", "JT/16", "OP X"),
    ("ex-7", "e", "", ""),
    ("ex-8", "f", "", ""),
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "journal.sqlite", lambda: datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    for sha256 in dict.fromkeys(file[1] for file in FILES):
        row = DeliveryRow(
            sha256=sha256,
            name=f"{sha256}.xml",
            is_folder=False,
            size_bytes=1,
            received_at=AT,
            original_path=f"/drops/{sha256}.xml",
            stored_as="vault/x",
            state=FINISHED,
            step=Step.COMPLETE,
        )
        made.put_delivery(row)
        rows = []
        for name, of, exhibit, case in FILES:
            entry = msgspec.structs.replace(
                Phone("x", 101).entry(),
                extraction_id=name,
                file_name=f"{of}.xml",
                exhibit_ref=exhibit or None,
                case_ref=case or None,
            )
            if of == sha256:
                rows.append(
                    ExtractionRow(
                        extraction_id=name,
                        sha256=of,
                        place=len(rows),
                        step=Step.COMPLETE,
                        records_sha256="r",
                        summary=b"",
                        entry=msgspec.msgpack.encode(entry),
                    )
                )
        made.replace_extractions(sha256, rows)
    yield made
    made.close()


def test_the_other_files_of_the_exhibit_are_named_and_how_they_are_taken_along(journal: Journal) -> None:
    held = left_behind(journal, "ex-1")
    assert [entry.extraction_id for entry in held.others] == ["ex-3"]
    assert left_behind_words(held, MOVED, (("--case", None), ("--exhibit", "JT 9"))) == (
        "1 other file of JT/15 (case OP X) stays there: b.xml (ex-3). Where they are of the same phone, amend each too:"
        " trapline amend ex-3 --exhibit 'JT 9' --note WHY"
    )
    assert left_behind_words(held, held, (("--case", None), ("--exhibit", None))) == "", "the owner alone was corrected"


def test_nothing_is_left_where_the_exhibit_is_the_same_as_before(journal: Journal) -> None:
    held = left_behind(journal, "ex-1")
    now = msgspec.structs.replace(held, exhibit="jt/15 (case OP X)")
    assert left_behind_words(held, now, (("--case", "OP X"), ("--exhibit", "jt/15"))) == ""


def test_what_is_alone_in_its_exhibit_or_states_none_leaves_nothing(journal: Journal) -> None:
    for name in ("ex-6", "ex-7", "ex-none"):
        assert left_behind_words(left_behind(journal, name), MOVED, (("--exhibit", "JT/9"),)) == ""
    assert left_behind(journal, "ex-7") == LeftBehind()
