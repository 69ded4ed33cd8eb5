"""Real databases: exact counts, and every record against the golden file."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from parsers.formats.ios_db.attributed_body import attributed_text
from tests.golden.compare import assert_golden
from tests.unit.parsers.made_deliveries import codes_of, read_path

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "ios_db"
CHANGED_BY_ITS_AUTHORS = {6, 10}
"""Messages whose ``text`` plaso's authors changed, and not their ``attributedBody``."""


@pytest.mark.parametrize(
    ("name", "counts", "codes"),
    [
        ("imessage_chat.db", {"message": 10}, {"element_not_read": 226}),
        ("AddressBook.sqlitedb", {"contact": 1}, {}),
        ("made/sms.db", {"message": 13}, {}),
        ("made/CallHistory.storedata", {"call": 3}, {}),
        ("made/AddressBook.sqlitedb", {"contact": 2}, {}),
    ],
)
def test_counts_and_records(name: str, counts: dict[str, int], codes: dict[str, int]) -> None:
    result = read_path(FIXTURES / name)
    assert Counter(record.kind for record in result.records) == counts
    assert codes_of(result) == codes
    assert_golden(result, f"ios_db/{name.replace('/', '-')}")


def test_the_attributed_text_is_the_plain_one() -> None:
    connection = sqlite3.connect(f"file:{FIXTURES / 'imessage_chat.db'}?mode=ro&immutable=1", uri=True)
    rows = connection.execute("SELECT ROWID, text, attributedBody FROM message").fetchall()
    connection.close()
    compared = [(text, attributed_text(raw)) for rowid, text, raw in rows if rowid not in CHANGED_BY_ITS_AUTHORS]
    assert len(compared) == 8
    assert all(found == (text, 0) for text, found in compared)
