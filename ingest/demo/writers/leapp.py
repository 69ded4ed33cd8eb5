"""Writes truth as ALEAPP and iLEAPP do: a LAVA database with its description, and one TSV file an artifact."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Final

import msgspec

from ingest.demo.truth import Holding, Travel
from ingest.demo.writers.sqlite_files import insert, written_database

_OWN_TABLES: Final = (
    "CREATE TABLE _artifact_search_patterns (id INTEGER, module_name TEXT, artifact_name TEXT, regex TEXT);"
    "CREATE TABLE _file_path_list (id INTEGER, file_path TEXT);"
    "CREATE TABLE _lava_media_items (id TEXT); CREATE TABLE _lava_media_references (id TEXT);"
)
_WAYS: Final = {Travel.IN: "Received", Travel.OUT: "Sent", Travel.DRAFT: "Draft"}
_CHAT_WAYS: Final = {Travel.IN: "Incoming", Travel.OUT: "Outgoing", Travel.DRAFT: "Draft"}
_ICON: Final = '{} <i data-feather="phone-call" stroke="green"></i>'

Value = str | datetime | None


class LeappForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the output holds: the database with its description, the description alone, the TSV files."""

    tool: str = "ALEAPP"
    has_database: bool = True
    has_description: bool = True
    has_tsv: bool = True


FULL: Final = LeappForm()


class _Artifact(msgspec.Struct, frozen=True):
    name: str
    table: str
    category: str
    columns: Sequence[tuple[str, str]]
    rows: list[list[Value]]
    conversation: bool = False


def write_leapp(folder: Path, holding: Holding, form: LeappForm = FULL) -> Path:
    """Write the output of a run over a handset into a new folder and return it."""
    folder.mkdir(parents=True)
    artifacts = [_texts(holding), _calls(holding), _contacts(holding), _chats(holding), _others()]
    if form.has_database:
        schema = _OWN_TABLES + "".join(_create(artifact) for artifact in artifacts)
        with written_database(folder / "_lava_artifacts.db", schema) as database:
            insert(database, "_file_path_list", {"id": 1, "file_path": "data/data/x/databases/mmssms.db"})
            for artifact in artifacts:
                _fill(database, artifact)
    if form.has_description:
        described = json.dumps(_description(artifacts, form), indent=4)
        (folder / "_lava_data.lava").write_text(described, encoding="utf-8")
    if form.has_tsv:
        tsv_folder = folder / "_TSV Exports"
        tsv_folder.mkdir()
        for artifact in artifacts:
            (tsv_folder / f"{artifact.name}.tsv").write_text(_tsv(artifact), encoding="utf-8-sig", newline="")
    (folder / "index.html").write_text("<html></html>", encoding="utf-8")
    return folder


def _texts(holding: Holding) -> _Artifact:
    columns = [("date", "Date"), ("date_sent", "Date Sent"), ("type", "Type"), ("address", "Address"), ("body", "Body")]
    columns += [
        ("msg_id", "MSG ID"),
        ("thread_id", "Thread ID"),
        ("read", "Read"),
        ("service_center", "Service Center"),
    ]
    rows: list[list[Value]] = [
        [
            text.at,
            text.at if text.travel is Travel.IN else None,
            _WAYS[text.travel],
            peer.written,
            text.body,
            str(number),
            "1",
            "0" if text.status == "unread" else "1",
            text.smsc,
        ]
        for number, text in enumerate(holding.texts, 1)
        for peer in text.peers
    ]
    return _Artifact("SMS Messages", "get_sms_mms", "SMS & MMS", columns, rows, conversation=True)


def _calls(holding: Holding) -> _Artifact:
    columns = [("call_date", "Call Date"), ("partner", "Partner"), ("type", "Type")]
    columns += [("duration_in_secs", "Duration in Secs"), ("deleted", "Deleted")]
    rows: list[list[Value]] = [
        [call.at, call.peer.written, _ICON.format(call.call_type.capitalize()), str(call.duration_seconds), "0"]
        for call in holding.calls
    ]
    return _Artifact("Call logs ", "get_calllog", "Call Logs", columns, rows)


def _contacts(holding: Holding) -> _Artifact:
    rows: list[list[Value]] = [
        [contact.name, number.written] for contact in holding.contacts for number in contact.numbers
    ]
    return _Artifact("Contacts", "get_contacts", "Contacts", [("name", "Name"), ("number", "Phone Number")], rows)


def _chats(holding: Holding) -> _Artifact:
    columns = [("message_timestamp", "Message Timestamp"), ("recipients", "Recipients"), ("direction", "Direction")]
    columns += [("message", "Message"), ("group_sender", "Group Sender"), ("attachment", "Attachment")]
    rows: list[list[Value]] = []
    for chat in holding.chats:
        for message in chat.messages:
            other = message.peers[0] if message.peers else chat.participants[0]
            jid = f"{(other.number or other.written).removeprefix('+')}@s.whatsapp.net"
            came = message.travel is Travel.IN
            # The tool writes the chat as the recipient, whoever wrote.
            sides: list[Value] = [
                jid,
                _CHAT_WAYS[message.travel],
                message.body,
                jid if came else None,
            ]
            rows.append([message.at, *sides, None])
    return _Artifact("WhatsApp - Messages", "get_whatsapp_messages", "WhatsApp", columns, rows)


def _others() -> _Artifact:
    columns = [("timestamp", "Timestamp"), ("message", "Message"), ("package", "Package")]
    rows: list[list[Value]] = [[datetime(2024, 2, 5, 12, 0, tzinfo=UTC), "1 new message", "org.example"]]
    return _Artifact("Notification History", "get_notification_history", "Notifications", columns, rows)


def _create(artifact: _Artifact) -> str:
    times = {
        place for place, value in enumerate(artifact.rows[0] if artifact.rows else []) if isinstance(value, datetime)
    }
    columns = ", ".join(
        f"{column} {'INTEGER' if place in times else 'TEXT'}" for place, (column, _) in enumerate(artifact.columns)
    )
    return f"CREATE TABLE {artifact.table} ({columns});"


def _fill(database: sqlite3.Connection, artifact: _Artifact) -> None:
    for row in artifact.rows:
        # The tool stores whole seconds, and an empty text where a time is missing.
        values = [int(value.timestamp()) if isinstance(value, datetime) else value for value in row]
        insert(database, artifact.table, dict(zip((column for column, _ in artifact.columns), values, strict=True)))


def _tsv(artifact: _Artifact) -> str:
    content = StringIO()
    writer = csv.writer(content, delimiter="\t", lineterminator="\r\n")
    writer.writerow([heading for _, heading in artifact.columns])
    for row in artifact.rows:
        writer.writerow(["" if value is None else _shown(value) for value in row])
    return content.getvalue()


def _shown(value: str | datetime) -> str:
    return value if isinstance(value, str) else value.astimezone(UTC).isoformat(sep=" ")


def _description(artifacts: Sequence[_Artifact], form: LeappForm) -> dict[str, object]:
    by_category: dict[str, list[dict[str, object]]] = {}
    for artifact in artifacts:
        held: dict[str, object] = {
            "artifact_key": artifact.table,
            "name": artifact.name,
            "tablename": artifact.table,
            "column_map": dict(artifact.columns),
            "record_count": len(artifact.rows),
        }
        if artifact.conversation:
            held["data_views"] = {"conversation": {"textColumn": "body", "directionColumn": "type"}}
        by_category.setdefault(artifact.category, []).append(held)
    about = {"leapp_name": form.tool, "leapp_version": "2026.3.2", "leapp_mode": "CLI"}
    return {
        "lava_schema_version": 2,
        "parser_info": about,
        "lava_db_name": "_lava_artifacts.db",
        "artifacts": by_category,
    }
