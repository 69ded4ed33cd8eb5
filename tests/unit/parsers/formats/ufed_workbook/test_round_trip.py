"""What was written as the vendor's workbook is read, in every setting of the tool."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.case import PLANS, plan_report
from ingest.demo.truth import Travel, VendorReport
from ingest.demo.writers.ufed_workbook import WorkbookForm, write_workbook
from parsers.contract import PartKind
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Account, CallType, Device, Direction, Message
from parsers.records.values import ClockBasis, DeletedState
from tests.unit.parsers.formats.table.made_tables import (
    CALLS,
    CHAT,
    CONTACTS,
    TEXTS,
    calls_of,
    contacts_of,
    messages_of,
    read_file,
    report,
    utc_of,
)

FORMS = {
    "day first": WorkbookForm(),
    "month first": WorkbookForm(month_first=True),
    "two columns": WorkbookForm(splits_times=True),
    "filtered": WorkbookForm(has_titles=False),
    "merged chats": WorkbookForm(fills_chats=False),
    "inseyets": WorkbookForm(appends_messages=True, month_first=True, splits_times=True, fills_chats=False),
}
DIRECTIONS = {Travel.IN: Direction.INCOMING, Travel.OUT: Direction.OUTGOING, Travel.DRAFT: Direction.DRAFT}


def native(result: ReadResult) -> list[Message]:
    return [message for message in messages_of(result) if message.service in {"sms", "mms"}]


def peers_of(message: Message) -> list[str | None]:
    sides = [message.from_party] if message.from_party is not None and not message.from_party.is_owner else message.to
    return [party.e164 or party.raw or party.name for party in sides if party is not None and not party.is_owner]


@pytest.mark.parametrize("form", FORMS)
def test_texts(tmp_path: Path, form: str) -> None:
    result = read_file(write_workbook(tmp_path / "HW7.xlsx", report(), FORMS[form]))
    found = native(result)
    assert [message.body for message in found] == [text.body for text in TEXTS]
    assert [message.direction for message in found] == [DIRECTIONS[text.travel] for text in TEXTS]
    assert [peers_of(message) for message in found] == [
        [peer.number or peer.written for peer in text.peers] for text in TEXTS
    ]
    assert [message.time.utc for message in found] == [utc_of(text.at) for text in TEXTS if text.at]
    assert {message.time.basis for message in found} == {ClockBasis.STATED_OFFSET}
    assert {message.time.offset_minutes for message in found} == {60, 0}, "the offset of summer time is kept"
    assert [message.deleted for message in found] == [
        DeletedState.DELETED if text.deleted else DeletedState.INTACT for text in TEXTS
    ]
    assert found[0].smsc == "+447785016005"
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize("form", FORMS)
def test_chats(tmp_path: Path, form: str) -> None:
    result = read_file(write_workbook(tmp_path / "HW7.xlsx", report(), FORMS[form]))
    one, two = (message for message in messages_of(result) if message.service == "whatsapp")
    assert (one.body, one.direction, one.direction_basis) == (
        "on whats now \U0001f44d",
        Direction.INCOMING,
        "owner_flag",
    )
    assert (two.body, two.direction) == (None, Direction.OUTGOING)
    assert one.from_party is not None
    assert (one.from_party.e164, one.from_party.name) == ("+447700900123", "Jay")
    assert [(party.e164, party.is_owner) for party in one.to] == [("+447700900999", True)]
    assert two.from_party is not None
    assert two.from_party.is_owner
    assert [attachment.name for attachment in two.attachments] == ["IMG-1.jpg"]
    assert one.thread == two.thread == "c1@chat"
    assert [one.time.utc, two.time.utc] == [utc_of(text.at) for text in CHAT.messages if text.at]


def test_calls_contacts_and_accounts(tmp_path: Path) -> None:
    result = read_file(write_workbook(tmp_path / "HW7.xlsx", report()))
    calls = calls_of(result)
    assert [call.call_type for call in calls] == [CallType.INCOMING, CallType.OUTGOING, CallType.MISSED]
    assert [call.duration_seconds for call in calls] == [65, 0, 0]
    assert [call.time.utc for call in calls] == [utc_of(call.at) for call in CALLS if call.at]
    assert calls[2].deleted is DeletedState.DELETED
    contacts = contacts_of(result)
    assert [contact.name for contact in contacts] == [contact.name for contact in CONTACTS]
    assert [(number.raw, number.label) for number in contacts[0].numbers] == [
        ("+447700900123", "Mobile"),
        ("01632 960001", "Home"),
    ]
    assert contacts[0].emails == ("jay@example.org",)
    (account,) = (record for record in result.records if isinstance(record, Account))
    assert (account.service, account.name, account.handles) == ("whatsapp", "Mo", ("447700900999@s.whatsapp.net",))
    assert [number.e164 for number in account.numbers] == ["+447700900999"]


@pytest.mark.parametrize("form", ["day first", "month first"])
def test_the_handset_and_the_case(tmp_path: Path, form: str) -> None:
    result = read_file(write_workbook(tmp_path / "HW7.xlsx", report(), FORMS[form]))
    (part,) = result.parts
    assert (part.kind, part.case_ref, part.exhibit_ref) == (PartKind.HANDSET, "OP HAZEL", "HW/7")
    assert (part.make, part.model, part.imei) == ("Nokia", "105", ("356943000000013", "356943000000021"))
    assert (part.iccid, part.imsi, part.msisdn) == (("8944100030000000221",), ("234150000000022",), ("+447700900999",))
    assert part.extracted_at == utc_of(report().holdings[0].read_at)
    assert part.tool_version == "7.60.0.114"
    (device,) = (record for record in result.records if isinstance(record, Device))
    assert device.imei == part.imei


def test_sheets_of_other_models_are_counted_and_named(tmp_path: Path) -> None:
    result = read_file(write_workbook(tmp_path / "HW7.xlsx", report()))
    (rows,) = result.tally.values()
    assert (rows["other:Locations"].seen, rows["other:Locations"].noticed) == (1, 1)


@pytest.mark.parametrize("place", [0, 4, 5, 8])
@pytest.mark.parametrize("form", ["day first", "inseyets"])
def test_a_handset_of_the_demonstration(tmp_path: Path, place: int, form: str) -> None:
    truth: VendorReport = plan_report(PLANS[place])
    holding = truth.holdings[0]
    result = read_file(write_workbook(tmp_path / "HW.xlsx", truth, FORMS[form]))
    texts = [text for text in holding.texts if text.service == "sms"]
    found = [message for message in native(result) if message.service == "sms"]
    assert [message.body for message in found] == [text.body for text in texts]
    assert [message.direction for message in found] == [DIRECTIONS[text.travel] for text in texts]
    assert [message.time.utc for message in found] == [utc_of(text.at) if text.at else None for text in texts]
    assert [peers_of(message) for message in found] == [
        [peer.number or peer.written for peer in text.peers] for text in texts
    ]
    assert len(calls_of(result)) == len(list(holding.calls))
    assert len(contacts_of(result)) == len(list(holding.contacts))
    assert all(row.is_balanced for rows in result.tally.values() for row in rows.values())
