"""A column ``Source`` that names the file a row was read from, as sheets of AXIOM do, names no application."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.made_deliveries import of_kind, read_path

PLACE = "phone.zip\\private\\var\\CallHistoryDB\\CallHistory.storedata"


@pytest.mark.parametrize(
    ("name", "source", "service"),
    [
        ("calls.csv", PLACE, None),
        ("calls.csv", "/data/data/com.android.providers.contacts/databases/calllog.db", None),
        ("WhatsApp calls.csv", "phone.zip\\msgstore.db", "whatsapp"),
        ("calls.csv", "WhatsApp", "whatsapp"),
    ],
)
def test_a_file_is_no_service_of_a_call(tmp_path: Path, name: str, source: str, service: str | None) -> None:
    path = tmp_path / name
    path.write_text(
        f"Partners,Direction,Call Date/Time,Duration,Source\n07700900101,Incoming,2024-06-03 10:00:00,65,{source}\n",
        encoding="utf-8",
    )
    (call,) = of_kind(read_path(path), Call)
    assert call.service == service
    assert (("Source", source) in call.extra) is (source != "WhatsApp")


@pytest.mark.parametrize(
    ("source", "stored_in"), [("phone.zip\\contacts2.db", None), ("Phone", "phone"), ("SIM", "sim")]
)
def test_a_contact_is_not_stored_in_the_file_that_was_read(tmp_path: Path, source: str, stored_in: str | None) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(f"Display Name,Phone Number(s),Source\nAnn,07700900101,{source}\n", encoding="utf-8")
    (contact,) = of_kind(read_path(path), Contact)
    assert contact.stored_in == stored_in


def test_the_text_and_the_time_of_sending_under_axioms_headings(tmp_path: Path) -> None:
    zone = "Date/Time - UTC+00:00 (dd/MM/yyyy)"
    path = tmp_path / "Android SMS-MMS.csv"
    path.write_text(
        f"DeepCommunication,Direction,Type,Received {zone},Original Transmit {zone},Sender,Recipient(s)\n"
        "u about,Incoming,SMS,03/06/2024 10:11:12,03/06/2024 10:11:10,07700900101,Local User\n",
        encoding="utf-8",
    )
    (message,) = of_kind(read_path(path), Message)
    assert message.times.sent is not None
    assert (message.body, message.time.utc) == ("u about", "2024-06-03T10:11:12.000Z")
    assert message.times.sent.utc == "2024-06-03T10:11:10.000Z"
