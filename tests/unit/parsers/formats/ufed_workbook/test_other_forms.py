"""What the vendor's workbook is told and read by where it is stored or printed otherwise than in English as .xlsx."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.formats.ufed_workbook.claims import claim_on
from parsers.identification import head_of
from parsers.reading import ReadResult
from parsers.records.facts import CallType, Device
from parsers.records.values import DeletedState, Party
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_file
from tests.unit.parsers.formats.ufed_workbook.test_sheets import Cells, read
from tests.unit.parsers.sheets.made_workbooks import open_document

IMEI = "356943000000013"
SMS: Cells = (
    ("SMS Messages (1)",),
    ("#", "Parties", "Time", "Status", "Body", "Folder", "Source", "Deleted"),
    ("1", "From: 07700900456 Jay", "14/09/2023 16:49:42(UTC+1)", "Read", "a", "Inbox", "", ""),
)
CHAT = ("#", "Chat #", "Identifier", "Source", "Platform", "Instant Message #", "From", "Body", "Timestamp: Time")
AT = "14/09/2023 16:49:42(UTC+1)"


def imei_of(devices: list[Device]) -> list[tuple[str, ...]]:
    return [device.imei for device in devices]


def elements_of(result: ReadResult) -> set[str]:
    return {name for tally in result.tally.values() for name in tally}


def test_what_was_written_on_is_no_service(tmp_path: Path) -> None:
    rows = (
        (1, 1, "a@s.whatsapp.net", "WhatsApp", "Mobile", 1, "07700900456", "one", AT),
        (2, None, None, None, "Mobile", 2, "07700900456", "two", AT),
        (3, 2, "b", None, "Desktop", 1, "07700900456", "three", AT),
    )
    found = messages_of(read(tmp_path, {"Chats": (("Chats (2)",), CHAT, *rows)}))
    assert [message.service for message in found[:2]] == ["whatsapp", "whatsapp"]
    assert found[2].service not in {"whatsapp", "mobile", "desktop"}
    assert ("Platform", "Mobile") in found[1].extra
    assert [message.thread for message in found[:2]] == ["a@s.whatsapp.net"] * 2


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("Ger\u00e4teinformationen", ("#", "Name", "Wert")),
        ("Informacje o urz\u0105dzeniu", ("#", "Nazwa", "Warto\u015b\u0107")),
        ("Infos appareil", ("#", "Nom", "Valeur")),
        ("Apparaatgegevens", ("#", "Name", "Value")),
    ],
)
def test_a_device_sheet_in_another_language_is_told_by_its_identifiers(
    tmp_path: Path, name: str, headings: tuple[str, ...]
) -> None:
    rows = ((f"{name} (2)",), headings, (1, "IMEI", IMEI), (2, "Modell", "A12"))
    result = read(tmp_path, {name: rows, "SMS Messages": SMS})
    assert imei_of([each for each in result.records if isinstance(each, Device)]) == [(IMEI,)]
    assert f"other:{name}" not in elements_of(result)


def test_a_sheet_with_an_imei_that_is_none_is_counted(tmp_path: Path) -> None:
    rows = (("Zz (1)",), ("#", "Name", "Value"), (1, "IMEI", "none"))
    result = read(tmp_path, {"Zz": rows, "SMS Messages": SMS})
    assert not [each for each in result.records if isinstance(each, Device)]
    assert "other:Zz" in elements_of(result)


def test_a_workbook_of_opendocument_is_read_as_any(tmp_path: Path) -> None:
    device = (("Device Info (1)",), ("#", "Name", "Value"), ("1", "IMEI", IMEI))
    path = open_document(tmp_path / "HW7.ods", {"Device Info": device, "SMS Messages": SMS})
    result = read_file(path)
    assert {record.source.parser for record in result.records} == {"ufed_workbook"}
    assert imei_of([each for each in result.records if isinstance(each, Device)]) == [(IMEI,)]
    (message,) = messages_of(result)
    assert (message.deleted, message.body) == (DeletedState.INTACT, "a")


def test_an_older_workbook_is_told_by_its_sheets_and_the_titles_over_them(tmp_path: Path) -> None:
    def claimed(title: str) -> int:
        name, wide = b"SMS Messages", "Ger\u00e4te".encode("utf-16-le")
        records = b"\x85\x00\x14\x00\x07\x12\x00\x00\x00\x00" + bytes([len(name), 0]) + name
        records += b"\x85\x00\x14\x00\x07\x12\x00\x00\x00\x00" + bytes([len(wide) // 2, 1]) + wide
        shown = title.encode()
        path = tmp_path / "HW7.xls"
        stored = records + b"\xfc\x00\x20\x00" + bytes([len(shown)]) + b"\x00\x00" + shown + b"\x01\x00\x00x"
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + stored)
        claim = claim_on(head_of(path, path.name, is_folder=False))
        return 0 if claim is None else claim.score

    assert claimed("SMS Messages (4)") == 80
    assert claimed("Deleted - Chat") == 75
    assert claimed("Texts (4)") == 0


def test_copies_went_to_recipients(tmp_path: Path) -> None:
    headings = ("#", "From", "To", "Cc", "Bcc", "Body", "Time", "Folder")
    row = (1, "07700900456", "07700900457", "07700900458 Kay", "07700900459", "m", AT, "Sent")
    (message,) = messages_of(read(tmp_path, {"MMS Messages": (("MMS Messages (1)",), headings, row)}))
    assert [party.raw for party in message.to] == ["07700900457", "07700900458", "07700900459"]


def test_a_voicemail_is_a_call_that_left_one(tmp_path: Path) -> None:
    headings = ("#", "From", "Date", "Time", "Duration", "Name", "Source")
    row = (1, "+447700900456 Mo", "14/09/2023", AT, "00:00:09", "vm.amr", None)
    result = read(tmp_path, {"SMS Messages": SMS, "Voicemails": (("Voicemails (1)",), headings, row)})
    (call,) = calls_of(result)
    assert (call.call_type, call.duration_seconds) == (CallType.VOICEMAIL, 9.0)
    assert call.from_party == Party("+447700900456", "+447700900456", "Mo")
    assert ("Name", "vm.amr") in call.extra
