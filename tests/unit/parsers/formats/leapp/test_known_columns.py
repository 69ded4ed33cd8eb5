"""Artifacts that neither their names nor common headings tell: by what only the tools write, and by the description."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from parsers.formats.leapp.artifacts import named_artifact
from parsers.reading import ReadResult
from parsers.records.facts import Call, Message
from parsers.records.values import Attachment
from tests.unit.parsers.made_deliveries import of_kind, read_path

AT = "2024-05-10 14:30:58+00:00"
JAY, ME = "+447700900456", "+447700900100"
GOOGLE = ("Message Timestamp", "Direction", "Message Sender", "Other Participant/Conversation Name", "Message")
GOOGLE += ("Message Type", "Attachment Byte Size", "Attachment Location", "Conversation ID")
GOOGLE_ROWS = [
    [AT, "Incoming", JAY, "Jay", "u about", "text/plain", "N/A", "", "3"],
    [AT, "Outgoing", ME, "Jay", "5 mins", "text/plain", "N/A", "", "3"],
    [AT, "Incoming", JAY, "Jay", "", "image/jpeg", "1234", "/data/x/IMG_1.jpg", "3"],
]
THREADS = ("Timestamp", "Viewer ID equals Sender PK", "Sender Display Label", "Message", "Sender ID", "Thread ID")
THREAD_ROWS = [[AT, "0", "Jay K", "in", "17841400123456789", "34"], [AT, "1", "Me", "out", "17841400987654321", "34"]]


def tsv(folder: Path, name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    path = folder / "out" / "_TSV Exports" / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\ufeff" + "".join("\t".join(row) + "\r\n" for row in (headings, *rows))).encode())
    return path.parent.parent


def lava(
    folder: Path, name: str, headings: Sequence[str], rows: Sequence[Sequence[str]], view: Mapping[str, object] | None
) -> Path:
    """Write the database with its description; the view names columns by their headings, as the tools' sources do."""
    output = folder / "out"
    output.mkdir()
    columns = {f"c{place}": heading for place, heading in enumerate(headings)}
    with sqlite3.connect(output / "_lava_artifacts.db") as connection:
        connection.executescript("CREATE TABLE _artifact_search_patterns (id); CREATE TABLE _file_path_list (id);")
        connection.execute(f"CREATE TABLE get_rows ({', '.join(columns)})")
        for row in rows:
            connection.execute(f"INSERT INTO get_rows VALUES ({', '.join('?' * len(row))})", row)
    connection.close()
    described = {"name": name, "tablename": "get_rows", "column_map": columns, "record_count": len(rows)}
    about = {"artifacts": {"Any": [{**described, "data_views": {"conversation": view} if view else {}}]}}
    (output / "_lava_data.lava").write_text(json.dumps(about), encoding="utf-8")
    return output


def messages(result: ReadResult) -> list[Message]:
    return of_kind(result, Message)


@pytest.mark.parametrize("form", ["tsv", "table"])
def test_google_messages_by_the_name_that_the_tool_gives_them(tmp_path: Path, form: str) -> None:
    if form == "tsv":
        result = read_path(tsv(tmp_path, "GoogleMessages", GOOGLE, GOOGLE_ROWS))
    else:
        result = read_path(lava(tmp_path, "GoogleMessages", GOOGLE, GOOGLE_ROWS, None))
    came, went, picture = messages(result)
    assert (came.direction, came.service, came.thread) == ("incoming", "google messages", "3")
    assert came.from_party is not None
    assert (came.from_party.e164, came.from_party.name) == (JAY, "Jay")
    assert (went.direction, [each.name for each in went.to]) == ("outgoing", ["Jay"])
    assert picture.attachments == (Attachment("IMG_1.jpg", "image/jpeg", 1234),)


@pytest.mark.parametrize("form", ["tsv", "table"])
def test_an_artifact_is_told_by_its_columns(tmp_path: Path, form: str) -> None:
    if form == "tsv":
        result = read_path(tsv(tmp_path, "Instagram Threads", THREADS, THREAD_ROWS))
    else:
        result = read_path(lava(tmp_path, "Instagram Threads", THREADS, THREAD_ROWS, None))
    came, went = messages(result)
    assert (came.body, came.direction, came.service, came.thread) == ("in", "incoming", "instagram", "34")
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.name) == ("17841400123456789", "Jay K")
    assert (went.body, went.direction) == ("out", "outgoing")


@pytest.mark.parametrize("named", ["Notification List", "Gmail", "Message Receipts"])
def test_rows_of_what_is_never_read_are_counted(tmp_path: Path, named: str) -> None:
    result = read_path(tsv(tmp_path, named, ("Timestamp", "Sender", "Message"), [[AT, "Jay", "x"]] * 3))
    assert [(each.subject, each.count) for each in result.notices if each.code == "element_not_read"] == [(named, 3)]
    assert not messages(result)


def test_mails_and_lists_without_sides_are_no_messages(tmp_path: Path) -> None:
    tsv(
        tmp_path, "Post", ("Date", "From", "To", "Cc", "Subject", "Content"), [[AT, "a@x.org", "b@x.org", "", "s", "c"]]
    )
    result = read_path(tsv(tmp_path, "Notes", ("Timestamp", "Text", "Title"), [[AT, "x", "y"]] * 2))
    assert {each.subject: each.count for each in result.notices if each.code == "element_not_read"} == {
        "Notes": 2,
        "Post": 1,
    }
    assert not messages(result)


@pytest.mark.parametrize(("sent", "other"), [(1, "0"), ("human", "assistant")])
def test_the_description_says_what_columns_hold(tmp_path: Path, sent: object, other: str) -> None:
    headings = ("Timestamp", "Who", "Message", "Own", "Read Date", "Room")
    view: dict[str, object] = {"senderColumn": "c1", "directionColumn": "Own", "directionSentValue": sent}
    view["conversationDiscriminatorColumn"] = "Room"
    rows = [[AT, "jay_k", "in", other, "", "r1"], [AT, "me", "out", str(sent), "", "r1"]]
    result = read_path(lava(tmp_path, "Zz Conversations", headings, rows, view))
    assert [(each.body, each.direction, each.thread) for each in messages(result)] == [
        ("in", "incoming", "r1"),
        ("out", "outgoing", "r1"),
    ]
    senders = [each.from_party for each in messages(result)]
    assert [each.name or each.raw for each in senders if each is not None] == ["jay_k", "me"]


def test_of_several_other_words_the_description_states_nothing(tmp_path: Path) -> None:
    rows = [[AT, "?", "a", "Jay"], [AT, "out", "1", "Jay"], [AT, "?", "2", "Jay"]]
    view = {"directionColumn": "Own", "directionSentValue": 1}
    result = read_path(lava(tmp_path, "Zz Chats", ("Timestamp", "Message", "Own", "Nickname"), rows, view))
    assert [each.direction for each in messages(result)] == ["unknown", "outgoing", "unknown"]


def test_beside_a_third_word_the_other_answer_is_read(tmp_path: Path) -> None:
    rows = [[AT, "in", "0", "Jay"], [AT, "out", "1", "Jay"], [AT, "?", "2", "Jay"]]
    view = {"directionColumn": "Own", "directionSentValue": 1}
    result = read_path(lava(tmp_path, "Zz Chats", ("Timestamp", "Message", "Own", "Nickname"), rows, view))
    assert [each.direction for each in messages(result)] == ["incoming", "outgoing", "unknown"]
    assert [each.count for each in result.notices if each.code == "direction_unreadable"] == [1]


@pytest.mark.parametrize(
    ("heading", "sent", "other"),
    [
        ("Outgoing", "1", "0"),
        ("From Me", "1", "0"),
        ("Sent By Me", "True", "False"),
        ("Is Sent", "1", "0"),
        ("Is Sent?", "Yes", "No"),
        ("Sent", "1", "0"),
        ("Incoming", "0", "1"),
        ("Is Received", "0", "1"),
        ("Received", "0", "1"),
    ],
)
@pytest.mark.parametrize("keys", ["conversationDiscriminatorColumn", "threadDiscriminatorColumn"])
def test_a_description_names_a_column_whose_heading_asks(
    tmp_path: Path, heading: str, sent: str, other: str, keys: str
) -> None:
    view = {"directionColumn": heading, "directionSentValue": sent, "senderColumn": "Sender", keys: "Room"}
    rows = [[AT, "Zed", "in", other, "r1"], [AT, "Kai", "out", sent, "r1"]]
    head = ("Timestamp", "Sender", "Message", heading, "Room")
    came, went = messages(read_path(lava(tmp_path, "Wire Messages", head, rows, view)))
    assert [(each.direction, each.from_party.name) for each in (came, went) if each.from_party is not None] == [
        ("incoming", "Zed"),
        ("outgoing", "Kai"),
    ]


@pytest.mark.parametrize("heading", ["Display Name", "User Name"])
def test_the_sender_of_every_message_is_who_wrote_it(tmp_path: Path, heading: str) -> None:
    view: dict[str, object] = {"directionColumn": "From Me", "directionSentValue": 1, "senderColumn": heading}
    head = ("Timestamp", heading, "Message", "From Me", "Participants")
    rows = [[AT, "Zed", "in", "0", "Zed, Kai"], [AT, "Kai", "out", "1", "Zed, Kai"]]
    came, went = messages(read_path(lava(tmp_path, "Wire Messages", head, rows, view)))
    sides = [
        (each.from_party.name, [to.name for to in each.to]) for each in (came, went) if each.from_party is not None
    ]
    assert sides == [("Zed", ["Kai"]), ("Kai", ["Zed"])]


def test_a_sender_beside_a_label_of_the_owners_is_the_other_side(tmp_path: Path) -> None:
    view: dict[str, object] = {"directionColumn": "From Me", "directionSentValue": 1, "senderColumn": "Display Name"}
    view["sentMessageStaticLabel"] = "Local User"
    rows = [[AT, "Zed", "in", "0"], [AT, "Zed", "out", "1"]]
    head = ("Timestamp", "Display Name", "Message", "From Me")
    _, went = messages(read_path(lava(tmp_path, "Wire Messages", head, rows, view)))
    assert (went.from_party, [to.name for to in went.to]) == (None, ["Zed"])


def test_fields_under_headings_that_only_the_tools_write(tmp_path: Path) -> None:
    head = ("Timestamp", "Channel ID", "ID", "Username", "Content", "Attachment Filename")
    tsv(tmp_path, "Discord Chats", head, [[AT, "900", "911", "jay_k", "d", "a.jpg"]])
    head = ("Timestamp", "Message", "Type", "Display Name", "User Name")
    tsv(tmp_path, "Kik Messages", head, [[AT, "k", "Received", "Jay K", "jay_k9"]])
    tsv(
        tmp_path,
        "Text Now - Messages",
        ("Send Timestamp", "From ID", "Direction", "Message"),
        [[AT, JAY, "Incoming", "t"]],
    )
    head = ("Creation Timestamp", "Message Direction", "Sender Username", "Message Text")
    output = tsv(tmp_path, "Snapchat - Messages", head, [[AT, "Incoming", "jay.k9", "s"]])
    found = {each.body: each for each in messages(read_path(output))}
    discord, kik = found["d"], found["k"]
    assert discord.from_party is not None
    assert (discord.thread, discord.attachments) == ("900", (Attachment("a.jpg"),))
    assert "jay_k" in {discord.from_party.raw, discord.from_party.name}
    assert kik.from_party is not None
    assert (kik.direction, kik.from_party.raw, kik.from_party.name) == ("incoming", "jay_k9", "Jay K")
    assert {found["t"].time.utc, found["s"].time.utc} == {"2024-05-10T14:30:58.000Z"}
    assert found["t"].service == "textnow"


def test_a_call_that_was_not_answered_was_missed(tmp_path: Path) -> None:
    head = ("Call Timestamp", "Call Duration", "Party Name", "Call Direction", "Call Answered", "Thread Key")
    rows = [[AT, "00:00:00", "Jay K", "Incoming", "No", "1"], [AT, "00:01:05", "Jay K", "Incoming", "Yes", "1"]]
    result = read_path(tsv(tmp_path, "Facebook Messenger - Calls", head, rows))
    assert [each.call_type for each in of_kind(result, Call)] == ["missed", "incoming"]


@pytest.mark.parametrize("others", [[], ["447700900457@s.whatsapp.net"]])
def test_the_sender_of_a_whatsapp_message_is_not_its_recipient(tmp_path: Path, others: list[str]) -> None:
    head = ("Message Timestamp", "Recipients", "Direction", "Message", "Group Sender")
    jay = "447700900456@s.whatsapp.net"
    rows = [[AT, ",".join((jay, *others)), "Incoming", "in", jay], [AT, jay, "Outgoing", "out", jay]]
    came, went = messages(read_path(tsv(tmp_path, "WhatsApp - Messages", head, rows)))
    assert came.from_party is not None
    assert (came.from_party.raw, [each.raw for each in came.to]) == (jay, others)
    assert (went.from_party, [each.raw for each in went.to]) == (None, [jay])


@pytest.mark.parametrize(
    ("name", "service"),
    [("WhatsApp Business - Group Messages", "whatsapp business"), ("GoogleMessages", "google messages")],
)
def test_services_of_several_words(name: str, service: str) -> None:
    assert (named_artifact(name).kind, named_artifact(name).service) == ("message", service)
