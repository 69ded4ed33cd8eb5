"""The flat export: one line a record, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from ingest.export.export_csv import COLUMNS, csv_lines

SOURCE = {"file_name": "a.ufdr", "file_sha256": "0" * 64, "member": "report.xml", "locator": "model 1"}


def rows_of(*records: dict[str, object]) -> list[dict[str, str]]:
    text = b"".join(csv_lines(records, is_first=True)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_message_is_one_line_under_the_headings() -> None:
    (row,) = rows_of(
        {
            "kind": "message",
            "source": SOURCE,
            "from": {"raw": "07700 900123", "e164": "+447700900123", "name": "Jay", "is_owner": False},
            "to": [{"raw": "60777", "e164": None, "name": None, "is_owner": None}],
            "body": 'two\nlines, "quoted"',
            "time": {"raw": "x", "utc": "2020-05-18T21:06:19.000Z", "offset_minutes": None, "basis": "stated_utc"},
            "analysis": {"is_advert": True, "line": "Rico", "template_id": None, "flare_id": None},
        }
    )
    assert tuple(row) == COLUMNS
    assert row["body"] == 'two\nlines, "quoted"'
    assert row["from_number"] == "+447700900123"
    assert row["to_numbers"] == "60777"
    assert row["line"] == "Rico"
    assert row["locator"] == "model 1"


@pytest.mark.parametrize(
    "body",
    ["=HYPERLINK(1)", "@SUM(A1)", "+A1", "-2+3+cmd|' /C calc'!A0", "\t=1", "-1-2", "+44-7700-900123"],
)
def test_no_cell_is_a_formula(body: str) -> None:
    (row,) = rows_of({"kind": "message", "source": SOURCE, "body": body})
    assert row["body"] == f"'{body}"


def test_numbers_stay_as_they_are() -> None:
    (row,) = rows_of({"kind": "message", "source": SOURCE, "body": "+44 (0)7700 900123"})
    assert row["body"] == "+44 (0)7700 900123"


def test_the_headings_stand_once() -> None:
    assert list(csv_lines([], is_first=False)) == []
