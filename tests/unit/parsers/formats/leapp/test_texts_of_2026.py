"""Lists of texts as ALEAPP and iLEAPP write them since the autumn of 2026: one of both SMS and MMS, groups in full."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from parsers.records.values import Attachment, Party
from tests.unit.parsers.formats.leapp.test_known_columns import AT, JAY, ME, lava, messages, tsv
from tests.unit.parsers.made_deliveries import read_path

KIM = "+447700900702"
BOTH = (
    "Date",
    "Direction",
    "Address",
    "Body",
    "Message Type",
    "MSG ID",
    "Thread ID",
    "To Address",
    "Cc",
    "Source Table",
)
ALONE = ("Date", "Direction", "From Address", "Body", "MSG ID", "Thread ID", "To Address", "Cc")


def test_the_address_of_a_picture_message_is_who_sent_it_and_of_a_text_the_other_side(tmp_path: Path) -> None:
    tsv(
        tmp_path,
        "MMS Messages",
        ALONE,
        [[AT, "Received", JAY, "mms in", "2", "2", ME, JAY], [AT, "Sent", ME, "mms out", "3", "2", JAY, ""]],
    )
    output = tsv(
        tmp_path,
        "SMS and MMS Messages",
        BOTH,
        [
            [AT, "Received", JAY, "sms in", "SMS", "1", "2", "", "", "sms"],
            [AT, "Sent", JAY, "sms out", "SMS", "2", "2", "", "", "sms"],
            [AT, "Received", JAY, "mms in", "MMS", "2", "2", ME, JAY, "pdu"],
            [AT, "Sent", ME, "mms out", "MMS", "3", "2", JAY, "", "pdu"],
        ],
    )
    result = read_path(output)
    found = [
        (each.body, each.service, each.from_party.e164 if each.from_party else None, [party.e164 for party in each.to])
        for each in messages(result)
        if "SMS and MMS" in (each.source.member or "")
    ]
    assert found == [
        ("sms in", "sms", JAY, []),
        ("sms out", "sms", None, [JAY]),
        ("mms in", "mms", JAY, [ME]),
        ("mms out", "mms", ME, [JAY]),
    ]
    assert [each.body for each in messages(result) if each.duplicate_of is not None] == ["mms in", "mms out"]


GROUPS = ("Message Timestamp", "Sender", "Chat Contact ID", "Message", "Chat Name", "Chat Participants", "Service")
GROUPS += ("Message Direction", "Destination Caller ID", "Chat ID")


def test_the_members_of_a_group_are_its_sides_and_its_id_is_nobody(tmp_path: Path) -> None:
    both = f"{JAY}, {KIM}"
    rows = [
        [AT, KIM, "chat1234567890", "group in", "Crew", both, "iMessage", "Incoming", ME, "20"],
        [AT, "", "chat1234567890", "group out", "Crew", both, "iMessage", "Outgoing", ME, "20"],
        [AT, JAY, JAY, "alone in", "", JAY, "SMS", "Incoming", ME, "3"],
        [AT, "", JAY, "alone out", "", JAY, "SMS", "Outgoing", ME, "3"],
    ]
    kim, jay = Party(KIM, KIM), Party(JAY, JAY)
    found = messages(read_path(tsv(tmp_path, "SMS", GROUPS, rows)))
    assert [(each.body, each.from_party, each.to, each.thread) for each in found] == [
        ("group in", kim, (jay,), "20"),
        ("group out", None, (jay, kim), "20"),
        ("alone in", jay, (), "3"),
        ("alone out", None, (jay,), "3"),
    ]
    assert [("Chat Contact ID", "chat1234567890") in each.extra for each in found] == [True, True, False, False]


def test_a_file_is_called_as_lava_says_of_its_reference_and_a_list_of_mms_is_mms(tmp_path: Path) -> None:
    head = ("Date", "Direction", "From Address", "Body", "Media", "To Address")
    rows = [[AT, "Received", JAY, "", each, ME] for each in ("ref1", "ref2", "ref3")]
    output = lava(tmp_path, "MMS Messages", head, rows, None)
    about = (output / "_lava_data.lava").read_text(encoding="utf-8")
    (output / "_lava_data.lava").write_text(about.replace('"Any"', '"SMS & MMS"'), encoding="utf-8")
    with sqlite3.connect(output / "_lava_artifacts.db") as connection:
        connection.executescript(
            "CREATE TABLE _lava_media_items (id, source_path, extraction_path, type);"
            "CREATE TABLE _lava_media_references (id, media_item_id, module_name, artifact_name, name);"
            "INSERT INTO _lava_media_items VALUES ('i1', 'data/app_parts/PART_1', 'x/i1.jpg', 'image/jpeg');"
            "INSERT INTO _lava_media_references VALUES ('ref1', 'i1', 'm', 'a', 'pic.jpg');"
            "INSERT INTO _lava_media_references VALUES ('ref2', 'i1', 'm', 'a', '');"
        )
    connection.close()
    shown, called, lost = messages(read_path(output))
    assert [each.attachments for each in (shown, called, lost)] == [
        (Attachment("pic.jpg", "image/jpeg"),),
        (Attachment("PART_1", "image/jpeg"),),
        (Attachment("ref3"),),
    ]
    assert {("media_reference", "ref1"), ("media_path", "data/app_parts/PART_1")} <= set(shown.extra)
    assert {shown.service, called.service, lost.service} == {"mms"}
