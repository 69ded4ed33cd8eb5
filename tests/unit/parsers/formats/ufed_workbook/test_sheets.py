"""Sheets as scripts for real reports show them: titles, headings, cells of several lines, what is missing or odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from parsers.contract import PartKind, Sidecar
from parsers.errors import InputRefused
from parsers.formats.ufed_workbook.sheet_names import SheetRole, use_of
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import CallType, Direction, Sim
from parsers.records.values import DeletedState, Party
from parsers.table_fields import TableKind
from parsers.table_mapping import read_mappings
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, contacts_of, messages_of, read_file

Cells = Sequence[Sequence[str | int | float | None]]
SMS = ("#", "Parties", "Time", "Status", "Body", "Folder", "Source", "Deleted")
DEVICE: Cells = (
    ("Device Info (2)",),
    ("#", "Name", "Value"),
    (1, "IMEI", "356943000000013"),
    (2, "MSISDN", "+447700900999"),
)


def workbook(tmp_path: Path, sheets: Mapping[str, Cells]) -> Path:
    path = tmp_path / "HW7.xlsx"
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, place, value)
                    elif value is not None:
                        page.write_number(number, place, value)
    return path


def read(tmp_path: Path, sheets: Mapping[str, Cells], **sidecar: str) -> ReadResult:
    return read_file(workbook(tmp_path, sheets), sidecar=Sidecar(**sidecar))


def sms(*rows: Sequence[str | int | float | None]) -> Cells:
    return ((f"SMS Messages ({len(rows)})",), SMS, *rows)


@pytest.mark.parametrize(
    ("name", "role", "kind"),
    [
        ("SMS Messages", SheetRole.RECORDS, TableKind.MESSAGE),
        ("SMS Message(s)", SheetRole.RECORDS, TableKind.MESSAGE),
        ("Chats Message(s)", SheetRole.RECORDS, TableKind.MESSAGE),
        ("Chats (2)", SheetRole.RECORDS, TableKind.MESSAGE),
        ("Call Log", SheetRole.RECORDS, TableKind.CALL),
        ("Contacts", SheetRole.RECORDS, TableKind.CONTACT),
        ("Device Information", SheetRole.DEVICE, None),
        ("Timeline", SheetRole.OUTSIDE, None),
        ("Sheet1", SheetRole.UNKNOWN, None),
    ],
)
def test_sheets_are_told_by_their_names(name: str, role: SheetRole, kind: TableKind | None) -> None:
    use = use_of(name)
    assert (use.role, use.kind) == (role, kind)


def test_the_timeline_which_repeats_everything_is_not_read(tmp_path: Path) -> None:
    row = (1, "From:  07700900123 Jay", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    timeline = (
        ("Timeline (1)",),
        ("#", "Type", "Timestamp", "Party", "Body"),
        (1, "SMS", "x", "07700900123", "u about"),
    )
    result = read(tmp_path, {"SMS Messages": sms(row), "Timeline": timeline})
    assert [message.body for message in messages_of(result)] == ["u about"]
    (rows,) = result.tally.values()
    assert rows["other:Timeline"].seen == 1


def test_one_fact_on_two_sheets_is_one(tmp_path: Path) -> None:
    row = (1, "From:  +447700900123 Jay", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    headings = (
        "#",
        "Chat #",
        "Identifier",
        "Participants",
        "Source",
        "Instant Message #",
        "From",
        "To",
        "Body",
        "Timestamp: Time",
    )
    chat = (
        1,
        1,
        "t1",
        "+447700900123 Jay",
        None,
        1,
        "+447700900123 Jay",
        None,
        "u about",
        "14/09/2023 16:49:42(UTC+1)",
    )
    result = read(tmp_path, {"SMS Messages": sms(row, row), "Chats": (("Chats (1)",), headings, chat)})
    found = messages_of(result)
    assert len(found) == 3
    assert [message.duplicate_of is not None for message in found] == [False, False, True]
    (rows,) = result.tally.values()
    assert (rows["message"].indexed, rows["message"].merged) == (2, 1), "two equal rows of one sheet are two facts"


def test_what_the_sim_holds_too_is_listed_twice(tmp_path: Path) -> None:
    cells = ("From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox")
    result = read(
        tmp_path, {"SMS Messages": sms((1, *cells, "Phone", None), (2, *cells, "SIM", None)), "Device Info": DEVICE}
    )
    assert [message.listing for message in messages_of(result)] == ["sms messages", "sim"]
    assert sum(message.duplicate_of is not None for message in messages_of(result)) == 1


def test_numbers_that_a_spreadsheet_holds_as_numbers(tmp_path: Path) -> None:
    headings = ("#", "Number", "Name", "Date", "Time", "Duration", "Direction", "Source", "Deleted")
    rows = (
        (1, 447700900123, "Jay", "14/09/2023", "16:49:42(UTC+1)", "00:00:05", "Incoming", None, None),
        (2, 7700900124, "Kay", "14/09/2023", "16:49:43(UTC+1)", "00:00:05", "Incoming", None, "Yes"),
    )
    result = read(tmp_path, {"Call Log": (("Call Log (2)",), headings, *rows), "Device Info": DEVICE})
    assert [call.from_party.e164 for call in calls_of(result) if call.from_party] == ["+447700900123", "+447700900124"]
    assert [call.deleted for call in calls_of(result)] == [DeletedState.INTACT, DeletedState.DELETED]
    assert codes_of(result)["zero_restored"] == 1


def test_entries_of_a_contact(tmp_path: Path) -> None:
    entries = (
        "Phone-_$!<Mobile>!$_: +44 7700 900123\r\nPhone-: 60777\r\nEmail-Home: jay@example.org\r\n"
        "User ID-WhatsApp User Id: 447700900123@s.whatsapp.net\r\nUser ID-Username: jay_99\r\n"
        "Web address-Professional: http://example.org/a:b\r\nsecond line"
    )
    headings = ("#", "Name", "Interaction Statuses", "Entries", "Source", "Account")
    row = (1, "Jay", None, entries, "Phone", None)
    result = read(tmp_path, {"Contacts": (("Contacts (1)",), headings, row)})
    (contact,) = contacts_of(result)
    assert [(number.raw, number.e164, number.label) for number in contact.numbers] == [
        ("+44 7700 900123", "+447700900123", "Mobile"),
        ("60777", None, None),
    ]
    assert contact.emails == ("jay@example.org",)
    assert contact.handles == ("447700900123@s.whatsapp.net", "jay_99")
    assert contact.stored_in == "phone"
    assert contact.extra == (("Web address-Professional", "http://example.org/a:b\nsecond line"),)


def test_a_chat_without_messages_is_counted_apart(tmp_path: Path) -> None:
    headings = ("#", "Chat #", "Participants", "Source", "Instant Message #", "From", "To", "Body", "Timestamp: Time")
    rows = (
        (1, 1, "07700900123 Jay", "WhatsApp", 1, "07700900123 Jay", None, "hi", "14/09/2023 16:49:42(UTC+1)"),
        (2, None, None, None, 2, "07700900123 Jay", None, "there", "14/09/2023 16:49:43(UTC+1)"),
        (3, None, None, None, None, None, None, None, None),
        (4, 2, "07700900124 Kay", "Signal", None, None, None, None, None),
        (5, 3, "07700900125", "Signal", 1, "07700900125", None, "yo", "14/09/2023 16:49:44(UTC+1)"),
    )
    result = read(tmp_path, {"Chats": (("Chats (3)",), headings, *rows), "Device Info": DEVICE})
    assert [(message.body, message.service, message.thread) for message in messages_of(result)] == [
        ("hi", "whatsapp", "1"),
        ("there", "whatsapp", "1"),
        ("yo", "signal", "3"),
    ]
    (counted,) = result.tally.values()
    assert counted["other:Chat"].seen == 1
    assert result.state is ReadState.COMPLETE


def test_a_list_shorter_than_its_title_says_so(tmp_path: Path) -> None:
    row = (1, "From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    result = read(tmp_path, {"SMS Messages": (("SMS Messages (480)",), SMS, row)})
    assert codes_of(result)["count_short"] == 1
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_list_that_goes_on_in_another_sheet_is_one_list(tmp_path: Path) -> None:
    row = (1, "From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    sheets = {"SMS Messages": (("SMS Messages (2)",), SMS, row), "SMS Messages (2)": (SMS, row)}
    result = read(tmp_path, sheets)
    assert [message.duplicate_of for message in messages_of(result)] == [None, None]
    assert "count_short" not in codes_of(result)


def test_an_order_that_no_date_of_the_workbook_tells_is_not_guessed(tmp_path: Path) -> None:
    row = (1, "From:  07700900123", "03/04/2024 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    (message,) = messages_of(read(tmp_path, {"SMS Messages": sms(row), "Device Info": DEVICE}))
    assert (message.time.raw, message.time.utc) == ("03/04/2024 16:49:42(UTC+1)", None)
    shown = (*DEVICE, (3, "Extraction start date/time", "4/21/2024 1:00:00 PM(UTC+1)"))
    (message,) = messages_of(read(tmp_path, {"SMS Messages": sms(row), "Device Info": shown}))
    assert message.time.utc == "2024-03-04T15:49:42.000Z", "a date of the report itself tells it"
    (message,) = messages_of(read(tmp_path, {"SMS Messages": sms(row), "Device Info": DEVICE}, date_order="day_first"))
    assert message.time.utc == "2024-04-03T15:49:42.000Z"


def test_a_sim_among_the_extractions_is_a_part_of_its_own(tmp_path: Path) -> None:
    device = (
        ("Device Info (4)",),
        ("#", "Name", "Value", "Extraction"),
        (1, "IMEI", "356943000000013", "Logical"),
        (2, "Detected Phone Model", "105", "Logical"),
        (3, "ICCID", "8944100030000000221", "SIM card"),
        (4, "Selected Manufacturer", "SIM Card", "SIM card"),
    )
    sim_data = (
        ("SIM Data (1)",),
        ("#", "Name", "Value", "Category"),
        (1, "MSISDN 1", "+447700900999", "SIM / USIM MSISDN"),
    )
    row = (1, "From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    result = read(tmp_path, {"Device Info": device, "SIM Data": sim_data, "SMS Messages": sms(row)})
    handset, sim = result.parts
    assert (handset.kind, sim.kind, sim.belongs_to) == (PartKind.HANDSET, PartKind.SIM, handset.extraction_id)
    assert (handset.imei, sim.iccid) == (("356943000000013",), ("8944100030000000221",))
    assert handset.msisdn == ("+447700900999",)
    assert [record.listing for record in result.records if isinstance(record, Sim)] == ["top", "simdata"]
    assert messages_of(result)[0].extraction_id == handset.extraction_id


@pytest.mark.parametrize("heading", ["Extraction", "Source Extraction"])
@pytest.mark.parametrize(
    "name", ["SIM Card", "SIM Card 1", "SIM", "SIM (UICC)", "USIM", "Carte SIM", "SIM-Karte", "UICC", "Logical - SIM"]
)
def test_an_extraction_is_a_sims_by_its_name(tmp_path: Path, heading: str, name: str) -> None:
    device = (
        ("Device Info (3)",),
        ("#", "Name", "Value", heading),
        (1, "IMEI", "356943000000013", "Logical"),
        (2, "ICCID", "8944100030000000221", name),
        (3, "MSISDN", "+447700900999", name),
    )
    result = read(tmp_path, {"Device Info": device})
    handset, sim = result.parts
    assert (handset.kind, sim.kind, sim.belongs_to) == (PartKind.HANDSET, PartKind.SIM, handset.extraction_id)
    assert [(record.iccid, record.msisdn) for record in result.records if isinstance(record, Sim)] == [
        (("8944100030000000221",), ("+447700900999",))
    ]
    assert sim.vendor_name == name


@pytest.mark.parametrize(
    ("name", "item", "value"),
    [
        ("Galaxy A10 Dual SIM", "IMSI", "234150000000001"),
        ("File System", "ICCID", "8944100030000000221"),
        ("Logical with SIM", "IMEI", "356943000000021"),
        ("Simple", "ICCID", "8944100030000000221"),
    ],
)
def test_another_reading_is_no_sim(tmp_path: Path, name: str, item: str, value: str) -> None:
    device = (
        ("Device Info (2)",),
        ("#", "Name", "Value", "Extraction"),
        (1, "IMEI", "356943000000013", "Logical"),
        (2, item, value, name),
    )
    result = read(tmp_path, {"Device Info": device})
    assert [part.kind for part in result.parts] == [PartKind.HANDSET, PartKind.HANDSET]


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("SIM-free Nokia 105", (("IMEI", "356943000000021"), ("Detected Phone Model", "105"))),
        ("Sim's phone", (("IMEI", "356943000000021"),)),
        ("SIM Card", (("IMEI", "356943000000021"),)),
        ("SIM", (("IMSI", "234150000000001"), ("Detected Phone Model", "105"))),
        ("Advanced Logical (handset with SIM)", (("IMSI", "234150000000001"),)),
        ("Logical (SIM not present)", (("IMSI", "234150000000001"),)),
        ("Dual  SIM logical", (("IMSI", "234150000000001"),)),
        ("SIM unlocked", (("IMSI", "234150000000001"),)),
        ("SD Card phone", (("IMEI", "356943000000021"),)),
    ],
)
def test_a_handset_whose_name_speaks_of_a_card_stays_one(
    tmp_path: Path, name: str, items: tuple[tuple[str, str], ...]
) -> None:
    device = (
        ("Device Info (3)",),
        ("#", "Name", "Value", "Extraction"),
        (1, "IMEI", "356943000000013", "Logical"),
        *((number, *item, name) for number, item in enumerate(items, 2)),
    )
    first, second = read(tmp_path, {"Device Info": device}).parts
    assert (first.kind, second.kind) == (PartKind.HANDSET, PartKind.HANDSET)
    stated = dict(items)
    assert second.imei == tuple(filter(None, [stated.get("IMEI")]))
    assert second.model == stated.get("Detected Phone Model")


def test_the_owners_number_of_the_report_tells_the_direction(tmp_path: Path) -> None:
    headings = ("#", "Chat #", "Instant Message #", "From", "To", "Body", "Timestamp: Time", "Source")
    rows = (
        (1, 1, 1, "07700 900999 Mo", "07700900123 Jay", "one", "14/09/2023 16:49:42(UTC+1)", "Signal"),
        (2, 1, 2, "07700900123 Jay", "07700 900999 Mo", "two", "14/09/2023 16:49:43(UTC+1)", "Signal"),
    )
    result = read(tmp_path, {"Chats": (("Chats (1)",), headings, *rows), "Device Info": DEVICE})
    assert [message.direction for message in messages_of(result)] == [Direction.OUTGOING, Direction.INCOMING]


def test_a_sheet_in_another_language_that_looks_like_records_counts_as_missing(tmp_path: Path) -> None:
    row = (1, "From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    foreign = (("#", "De", "Hora", "Corpo"), (1, "07700900123", "14/09/2023 16:49:42(UTC+1)", "bom dia a todos"))
    places = (("#", "Nome", "Latitude"), (1, "Casa", 51.5))
    result = read(tmp_path, {"SMS Messages": sms(row), "Bate-papos": foreign, "Lugares": places})
    codes = {notice.element: notice.code for notice in result.notices if notice.element}
    assert codes["other:Bate-papos"] == "element_unreadable"
    assert codes["other:Lugares"] == "element_not_read"


def test_a_workbook_of_another_tool_is_not_claimed(tmp_path: Path) -> None:
    sheets = {"Messages": (("Date", "Number", "Text"), ("2024-01-02 10:00:00", "07700900123", "hi"))}
    result = read(tmp_path, sheets)
    assert messages_of(result)[0].source.parser == "table"


def test_a_workbook_without_any_records_is_refused_with_its_columns(tmp_path: Path) -> None:
    sheets = {"Contacts": (("Contacts (1)",), ("alpha", "beta"), ("2024-01-02 10:00:00", "07700900123"))}
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, sheets)
    assert (refused.value.code, refused.value.subject) == ("table_unknown", "sheet 'Contacts': columns alpha, beta")


def test_a_mapping_in_the_sidecar_is_over_the_vendors_headings(tmp_path: Path) -> None:
    row = (1, "From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    path = workbook(tmp_path, {"SMS Messages": sms(row)})
    stated = read_mappings(
        [{"kind": "message", "columns": {"parties": ["Parties"], "body": ["Folder"], "time": ["Time"]}}]
    )
    result = read_file(path, sidecar=Sidecar(table=stated))
    assert (messages_of(result)[0].body, messages_of(result)[0].source.parser) == ("Inbox", "table")


def test_instant_messages_without_a_source_are_texts_of_the_handset(tmp_path: Path) -> None:
    """As in the vendor's report, where native texts became instant messages and an empty source is the handset."""
    rows: Cells = (
        ("Instant Messages (2)",),
        ("#", "From", "To", "Body", "Timestamp-Time", "Source"),
        ("1", "+447700900123 Jay", "", "u about", "14/09/2023 17:49:42(UTC+1)", ""),
        ("2", "+447700900123 Jay", "", "on here", "14/09/2023 17:50:42(UTC+1)", "WhatsApp"),
    )
    found = messages_of(read(tmp_path, {"Device Info": DEVICE, "Instant Messages": rows}))
    assert [(message.body, message.service) for message in found] == [("u about", "sms"), ("on here", "whatsapp")]


def test_a_filtered_workbook_without_titles_is_the_vendors_by_its_device_and_its_parties(tmp_path: Path) -> None:
    calls: Cells = (
        ("#", "Parties", "Direction", "Duration", "Time", "Deleted"),
        (1, "From: +447700900123 Jay", "Incoming", "00:00:05", "13/09/2023 16:49:42(UTC+1)", ""),
    )
    result = read(tmp_path, {"Calls": calls, "Device Info": DEVICE[1:]})
    (call,) = calls_of(result)
    assert call.source.parser == "ufed_workbook"
    assert call.deleted is DeletedState.INTACT
    assert result.parts[0].imei == ("356943000000013",)


def test_what_else_a_row_of_the_sim_says_is_kept(tmp_path: Path) -> None:
    rows: Cells = (("SIM Data (1)",), ("#", "Name", "Value", "Deleted"), (1, "LND 1", "07700900123", "Yes"))
    sims = [record for record in read(tmp_path, {"SIM Data": rows}).records if isinstance(record, Sim)]
    assert [sim.deleted for sim in sims] == [DeletedState.DELETED]
    assert sims[0].extra == (("Name", "LND 1"), ("Value", "07700900123"), ("Deleted", "Yes"))


def test_a_report_in_german(tmp_path: Path) -> None:
    at = ("14.09.2023", "16:49:42(UTC+1)")
    texts = (
        ("SMS-Nachrichten (2)",),
        ("#", "Ordner", "Beteiligte", "Zeitstempel: Datum", "Zeitstempel: Uhrzeit", "Nachricht", "Gelöscht"),
        (1, "Posteingang", "Von: +447700900123 Jay", *at, "u about", None),
        (2, "Gesendet", "An: +447700900123 Jay", *at, "omw", "Ja"),
    )
    people = (
        ("Kontakte (1)",),
        ("#", "Name", "Einträge", "Quelle"),
        (1, "Jay", "Telefon-Mobil: +447700900123\nE-Mail-Privat: j@example.org", "SIM-Karte"),
    )
    result = read(tmp_path, {"SMS-Nachrichten": texts, "Kontakte": people})
    came, sent = messages_of(result)
    assert (came.service, came.direction, sent.direction) == ("sms", Direction.INCOMING, Direction.OUTGOING)
    assert (came.deleted, sent.deleted) == (DeletedState.INTACT, DeletedState.DELETED)
    assert (came.time.utc, came.time.offset_minutes) == ("2023-09-14T15:49:42.000Z", 60)
    (contact,) = contacts_of(result)
    assert [(number.raw, number.label) for number in contact.numbers] == [("+447700900123", "Mobil")]
    assert (contact.emails, contact.stored_in) == (("j@example.org",), "sim")


@pytest.mark.parametrize(("broken", "kept"), [("sheet1.xml", 0), ("sheet2.xml", 1)])
def test_a_sheet_whose_content_is_damaged_is_not_lost_in_silence(tmp_path: Path, broken: str, kept: int) -> None:
    row = (1, "From:  07700900123", "14/09/2023 16:49:42(UTC+1)", "Read", "u about", "Inbox", "Phone", None)
    path = workbook(tmp_path, {"SMS Messages": sms(row), "Device Info": DEVICE})
    with ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    place = path.read_bytes().index(broken.encode()) + len(broken)
    content = bytearray(path.read_bytes())
    content[place : place + 12] = b"\xff" * 12
    path.write_bytes(content)
    result = read_file(path)
    assert len(messages_of(result)) == kept
    assert codes_of(result)["checksum_wrong"] == 1


CHATS = ("#", "Chat #", "Identifier", "Participants", "Source", "Account", "From", "To", "Body", "Timestamp: Time")
AT = "14/09/2023 16:49:42(UTC+1)"


def snapchat(*rows: tuple[str | None, str | None, str]) -> Cells:
    """Rows of one chat: who is in it, from whom, to whom."""
    made = [
        (place, 1, "jay.k9", who, "Snapchat", "me_own", sender, to, f"text {place}", AT)
        for place, (sender, to, who) in enumerate(rows, start=1)
    ]
    return ((f"Chats ({len(made)})",), CHATS, *made)


def test_a_label_begins_with_what_the_application_knows_its_person_by(tmp_path: Path) -> None:
    two = "jay.k9 Jay\r\nme_own Me"
    result = read(tmp_path, {"Chats": snapchat(("jay.k9 Jay", "me_own Me", two), ("me_own Me", "jay.k9 Jay", two))})
    jay, owner = Party("jay.k9", None, "Jay"), Party("me_own", None, "Me", is_owner=True)
    came, gone = messages_of(result)
    assert (came.direction, came.from_party, came.to) == (Direction.INCOMING, jay, (owner,))
    assert (gone.direction, gone.from_party, gone.to) == (Direction.OUTGOING, owner, (jay,))


def test_names_of_the_handsets_own_texts_stay_whole(tmp_path: Path) -> None:
    row = (1, "From: dave.work new", AT, "Read", "u about", "Inbox", "Phone", None)
    (message,) = messages_of(read(tmp_path, {"SMS Messages": sms(row)}))
    assert message.from_party == Party(name="dave.work new")


def test_the_account_names_the_owner_among_those_in_the_chat(tmp_path: Path) -> None:
    who = "jay.k9 Jay\r\nme_own Me\r\nkay_b Kay"
    (came,) = messages_of(read(tmp_path, {"Chats": snapchat(("jay.k9 Jay", None, who))}))
    assert (came.direction, came.direction_basis) == (Direction.INCOMING, "owner_flag")
    assert came.to == (Party("me_own", None, "Me", is_owner=True), Party("kay_b", None, "Kay"))


def test_the_account_names_the_owner_of_calls(tmp_path: Path) -> None:
    headings = ("#", "Parties", "Time", "Duration", "Direction", "Account", "Source")
    rows = [
        (1, "From: jay.k9 Jay\r\nTo: me_own Me", AT, "00:01:05", "Incoming", "me_own", "Snapchat"),
        (2, "From: me_own Me\r\nTo: jay.k9 Jay", AT, "00:01:05", None, "me_own", "Snapchat"),
    ]
    came, gone = calls_of(read(tmp_path, {"Call Log": (("Call Log (2)",), headings, *rows)}))
    jay, owner = Party("jay.k9", None, "Jay"), Party("me_own", None, "Me", is_owner=True)
    assert (came.call_type, came.from_party, came.to) == (CallType.INCOMING, jay, (owner,))
    assert (gone.call_type, gone.from_party, gone.to) == (CallType.OUTGOING, owner, (jay,))
