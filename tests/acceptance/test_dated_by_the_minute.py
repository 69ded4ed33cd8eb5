"""A chat that was exported from a handset whose database was read as well: each message counts once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.acceptance.command_line import CommandLine

SIDECAR = 'case_ref = "OP MINUTE"\nexhibit_ref = "HW/7"\n'
SCHEMA = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, raw_string TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT);
CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT, status INTEGER,
                      timestamp INTEGER, message_type INTEGER, text_data TEXT);
INSERT INTO jid VALUES (1, '447700900123', 's.whatsapp.net', '447700900123@s.whatsapp.net');
INSERT INTO chat VALUES (1, 1, NULL);
INSERT INTO message VALUES (1, 1, 0, 'A', 0, 1694706582123, 0, 'u about'), (2, 1, 1, 'B', 5, 1694706592123, 0, 'omw'),
                           (3, 1, 0, 'C', 0, 1694706702123, 0, 'only here');
"""
EXPORT = (
    "14/09/2023, 16:49 - +44 7700 900123: u about\n"
    "14/09/2023, 16:49 - Me: omw\n"
    "14/09/2023, 16:50 - Me: in the export alone\n"
)


@pytest.mark.parametrize("folder", ["", "com.whatsapp.w4b/databases/"])
def test_each_message_counts_once(tmp_path: Path, folder: str) -> None:
    drops = tmp_path / "drops"
    database = drops / "handset" / f"{folder}msgstore.db"
    export = drops / "WhatsApp Chat with +44 7700 900123.txt"
    database.parent.mkdir(parents=True)
    with sqlite3.connect(database) as connection:
        connection.executescript(SCHEMA)
    connection.close()
    export.write_text(EXPORT, encoding="utf-8")
    delivered = (drops / "handset", export) if folder else (database, export)
    for path in delivered:
        path.with_name(f"{path.name}.trapline.toml").write_text(SIDECAR, encoding="utf-8")
    command_line = CommandLine(tmp_path)
    for path in reversed(delivered):
        assert command_line.run("ingest", path, "--json").code == 0
    records = [record for record in command_line.records() if record["kind"] == "message"]
    by_id = {record["record_id"]: record for record in records}
    assert len({record["device_id"] for record in records}) == 1
    copies = {record["body"]: by_id[record["duplicate_of"]] for record in records if record["duplicate_of"]}
    assert {body: standing["body"] for body, standing in copies.items()} == {"u about": "u about", "omw": "omw"}
    counted = sorted(record["body"] for record in records if record["duplicate_of"] is None)
    assert counted == ["in the export alone", "omw", "only here", "u about"]


def test_a_chat_that_was_exported_again_under_another_name_counts_once(tmp_path: Path) -> None:
    """Months later the number was saved, and the chat has gone on."""
    said = ["u about", "omw", "where", "usual place", "here", "2 min"]
    later = [*said, "in the later export alone"]
    drops = tmp_path / "drops"
    command_line = CommandLine(tmp_path)
    for other, bodies in (("+44 7700 900123", said), ("Sam", later)):
        path = drops / other / f"WhatsApp Chat with {other}.txt"
        path.parent.mkdir(parents=True)
        senders = [(other, "Me")[number % 2] for number in range(len(bodies))]
        lines = [
            f"14/09/2023, 16:4{at} - {who}: {body}\n"
            for at, (who, body) in enumerate(zip(senders, bodies, strict=True))
        ]
        path.write_text("".join(lines), encoding="utf-8")
        path.with_name(f"{path.name}.trapline.toml").write_text(SIDECAR, encoding="utf-8")
        assert command_line.run("ingest", path, "--json").code == 0
    records = [record for record in command_line.records() if record["kind"] == "message"]
    assert len(records) == len(said) + len(later)
    assert sorted(record["body"] for record in records if record["duplicate_of"] is None) == sorted(later)
