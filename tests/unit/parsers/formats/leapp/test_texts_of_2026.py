"""Lists of texts as ALEAPP and iLEAPP write them since the autumn of 2026: one of both SMS and MMS, groups in full."""

from __future__ import annotations

from pathlib import Path

from tests.unit.parsers.formats.leapp.test_known_columns import AT, JAY, ME, messages, tsv
from tests.unit.parsers.made_deliveries import read_path

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
