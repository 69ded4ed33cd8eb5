"""What was written as a table is read: bodies to the code point, parties, instants, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.case import PLANS, plan_report
from ingest.demo.truth import TextMessage, Travel
from ingest.demo.writers.table import TableForm, write_calls, write_contacts, write_table_workbook, write_texts
from parsers.outcome import ReadState
from parsers.records.facts import CallType, Message
from parsers.records.values import ClockBasis, DeletedState
from tests.unit.parsers.formats.table.made_tables import (
    CALLS,
    CONTACTS,
    NETWORK,
    TEXTS,
    calls_of,
    contacts_of,
    messages_of,
    read_file,
    report,
    utc_of,
)

FORMS = {
    "comma": TableForm(time="day_first"),
    "semicolon": TableForm(time="day_first", delimiter=";", encoding="cp1252"),
    "tab": TableForm(time="month_first", delimiter="\t", encoding="utf-16-le", splits_times=True),
    "big end": TableForm(time="iso", encoding="utf-16-be", line_end="\n"),
    "marked": TableForm(time="unix_ms", encoding="utf-8-sig", delimiter="|"),
    "declared": TableForm(time="day_first", delimiter=";", declares=True),
    "below a title": TableForm(time="iso", above=("Exhibit HW/7", "", "Read by examiner 12"), line_end="\n"),
    "other headings": TableForm(
        headings={"Date/Time": "Timestamp", "Direction": "In/Out", "Number": "Tel", "Message": "SMS text"}
    ),
    "unended": TableForm(ends_last=False),
}


def peer_of(message: Message) -> tuple[str | None, str | None, str | None]:
    party = message.from_party or (message.to[0] if message.to else None)
    return (party.raw, party.e164, party.name) if party is not None else (None, None, None)


def told(texts: tuple[TextMessage, ...]) -> list[tuple[object, ...]]:
    """Return what each row shows: a row a recipient; letters under which a text came are no name."""
    return [
        (
            text.body,
            text.travel.value,
            (peer.written, peer.number, peer.name)
            if peer.written.lstrip("+")[0].isdigit() or peer == NETWORK
            else (None, None, peer.written),
            utc_of(text.at) if text.at else None,
            DeletedState.DELETED if text.deleted else DeletedState.INTACT,
        )
        for text in texts
        for peer in text.peers
    ]


@pytest.mark.parametrize("form", FORMS)
def test_texts(tmp_path: Path, form: str) -> None:
    result = read_file(write_texts(tmp_path / "texts.csv", TEXTS, FORMS[form]))
    found = [
        (message.body, message.direction.value, peer_of(message), message.time.utc, message.deleted)
        for message in messages_of(result)
    ]
    assert found == told(TEXTS)
    assert result.state is ReadState.COMPLETE
    assert all(row.is_balanced for rows in result.tally.values() for row in rows.values())


@pytest.mark.parametrize("form", ["comma", "tab", "marked"])
def test_calls(tmp_path: Path, form: str) -> None:
    result = read_file(write_calls(tmp_path / "calls.csv", CALLS, FORMS[form]))
    found = calls_of(result)
    assert [call.call_type for call in found] == [CallType.INCOMING, CallType.OUTGOING, CallType.MISSED]
    assert [call.duration_seconds for call in found] == [65, 0, 0]
    assert [call.time.utc for call in found] == [utc_of(call.at) for call in CALLS if call.at]
    assert found[0].from_party is not None
    assert found[0].from_party.e164 == "+447700900123"
    assert [party.e164 for party in found[1].to] == ["+447700900456"]


def test_contacts(tmp_path: Path) -> None:
    found = contacts_of(read_file(write_contacts(tmp_path / "phone book.csv", CONTACTS)))
    assert [contact.name for contact in found] == ["Jay", "=cmd|' /C calc'!A0"]
    assert [(number.raw, number.e164, number.label) for number in found[0].numbers] == [
        ("+447700900123", "+447700900123", "Mobile"),
        ("01632 960001", "+441632960001", "Home"),
    ]
    assert found[0].emails == ("jay@example.org",)


def test_a_workbook_of_several_tables(tmp_path: Path) -> None:
    result = read_file(write_table_workbook(tmp_path / "HW7.xlsx", report().holdings[0]))
    assert [message.body for message in messages_of(result)] == [row[0] for row in told(TEXTS)]
    assert (len(calls_of(result)), len(contacts_of(result))) == (3, 2)
    assert messages_of(result)[0].source.locator == "Texts row 2"
    assert result.state is ReadState.COMPLETE


def test_the_demonstrations_texts(tmp_path: Path) -> None:
    """Hundreds of texts of a made handset, with every form of number that they hold."""
    texts = tuple(
        text for text in plan_report(PLANS[5]).holdings[0].texts if text.at and text.travel is not Travel.DRAFT
    )
    result = read_file(write_texts(tmp_path / "texts.csv", texts, TableForm(time="day_first")))
    found = messages_of(result)
    assert [message.body for message in found] == [text.body for text in texts for _ in text.peers]
    assert [message.time.utc for message in found] == [utc_of(text.at) for text in texts for _ in text.peers if text.at]
    numbers = [peer.number for text in texts for peer in text.peers]
    assert [peer_of(message)[1] for message in found] == numbers
    assert {message.time.basis for message in found} == {ClockBasis.ASSUMED_ZONE}
