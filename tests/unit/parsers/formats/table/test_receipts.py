"""A table of receipts says whom a message reached and when: it gives no messages, and is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.outcome import ReadState
from parsers.records.tally import TallyRow
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

HEADINGS = (
    "Receipt Timestamp", "Read Timestamp", "Played Timestamp", "Message Timestamp", "Recipient JID",
    "Recipient WA Name", "Chat JID", "Chat Name", "Message", "Message Type (as stored)", "Key ID",
)  # fmt: skip
ROW = "2021-06-14 18:55:56+00:00\t\t\t\t447700900123@s.whatsapp.net\t\t\t\t\t\t\n"
NAME = "WhatsApp - Message Receipts Per Recipient.tsv"


@pytest.mark.parametrize("name", [NAME, "renamed.tsv"])
def test_receipts_are_counted_and_no_messages(tmp_path: Path, name: str) -> None:
    result = read_text(tmp_path, "\t".join(HEADINGS) + "\n" + ROW * 9, name=name)
    assert not result.records
    assert codes_of(result) == {"element_not_read": 9}
    (rows,) = result.tally.values()
    assert rows == {"other:receipts": TallyRow(seen=9, noticed=9)}
    assert result.state is ReadState.COMPLETE


def test_messages_whose_receipts_stand_beside_them_are_messages(tmp_path: Path) -> None:
    content = "Receipt Time,Date,From,To,Message\n,05/07/2024 12:00:00,07700900123,07700900456,u about\n"
    for name in ("texts with receipts.csv", "message receipts.csv"):
        assert [message.body for message in messages_of(read_text(tmp_path, content, name=name))] == ["u about"]
