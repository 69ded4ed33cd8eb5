"""Exports of several files: alone, as a folder, as an archive; what is one export and what is not."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from ingest.demo.writers.damage import packed_otherwise
from ingest.processes.parsing import holds_report
from parsers.contract import Head, PartKind, Sidecar
from parsers.errors import InputRefused
from parsers.formats.xry_text.claims import claim_on
from parsers.formats.xry_text.same_handset import any_contradict
from parsers.records.facts import Device, Sim
from tests.unit.parsers.formats.xry_text.export_text import (
    bodies_of,
    calls_of,
    codes,
    entity,
    export,
    message,
    messages_of,
    parser_of,
    read_bytes,
    read_path,
    read_text,
    stored,
)

IMEI = "356943000000013"


def device(*pairs: tuple[str, str], view: str = "Device/General Information") -> bytes:
    category = view.partition("/")[0]
    entities = [
        entity(category, number, ("Attribute", name), ("Data", value)) for number, (name, value) in enumerate(pairs, 1)
    ]
    return stored(export(*entities, view=view))


SMS = stored(export(message(1, "hello")))
CALL = stored(export(entity("Calls", 1, ("Call Type", "Missed"), ("From", "07700 900456")), view="Calls"))
HANDSET = device(("Mobile Id (IMEI)", IMEI), ("Manufacturer", "Nokia"), ("Model", "105"))
WHOLE = {"Messages-SMS.txt": SMS, "Calls.txt": CALL, "Device-General Information.txt": HANDSET}


def folder_of(root: Path, files: dict[str, bytes], name: str = "HW7") -> Path:
    folder = root / name
    for member, content in files.items():
        path = folder / member
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zip_of(root: Path, files: dict[str, bytes]) -> Path:
    path = root / "HW7.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return path


@pytest.mark.parametrize("make", [folder_of, zip_of])
def test_a_folder_or_archive_of_views_is_one_extraction(tmp_path: Path, make: object) -> None:
    path = make(tmp_path, WHOLE)  # type: ignore[operator]  # one of the two above
    assert parser_of(path).name == "xry_text"
    result = read_path(path)
    (part,) = result.parts
    assert (part.imei, part.make, part.model, part.kind) == ((IMEI,), "Nokia", "105", PartKind.HANDSET)
    assert {record.kind for record in result.records} == {"device", "call", "message"}
    assert {record.extraction_id for record in result.records} == {part.extraction_id}
    assert messages_of(result)[0].source.member == "Messages-SMS.txt"
    assert calls_of(result)[0].source.member == "Calls.txt"
    assert codes(result) == {"zone_assumed": 1}


@pytest.mark.parametrize("name", ["Calls.txt", "Calls-Log"])
def test_a_view_that_is_packed_in_a_way_that_is_not_opened_is_named(tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path, {"Messages-SMS.txt": SMS, name: CALL})
    path.write_bytes(packed_otherwise(path.read_bytes(), name))
    result = read_path(path)
    assert len(messages_of(result)) == len(result.records) == 1
    (notice,) = [notice for notice in result.notices if notice.code != "zone_assumed"]
    assert (notice.code, notice.subject) == ("packing_not_read", f"{name}: Deflate64, method 9")


def test_a_folder_in_an_archive(tmp_path: Path) -> None:
    result = read_path(zip_of(tmp_path, {f"HW7/{name}": content for name, content in WHOLE.items()}))
    assert len(result.parts) == 1
    assert messages_of(result)[0].source.member == "HW7/Messages-SMS.txt"


def test_the_parts_of_an_archive_are_told_apart_by_folder(tmp_path: Path) -> None:
    card = device(("Subscriber Id (IMSI)", "234150000000001"), ("Device Type", "SIM card"))
    files = {f"Handset/{name}": content for name, content in WHOLE.items()}
    files |= {"SIM/Device.txt": card, "SIM/Messages-SMS.txt": SMS}
    result = read_path(zip_of(tmp_path, files))
    handset, sim = result.parts
    assert (handset.kind, sim.kind, sim.imsi) == (PartKind.HANDSET, PartKind.SIM, ("234150000000001",))
    assert [record.kind for record in result.records if isinstance(record, Device | Sim)] == ["device", "sim"]
    assert (handset.member, sim.member) == ("Handset", "SIM")


def test_two_exports_in_one_folder_of_an_archive(tmp_path: Path) -> None:
    other = stored(export(message(1, "other")))
    files = {"A Messages-SMS.txt": SMS, "B Messages-SMS.txt": other, "A Calls.txt": CALL}
    result = read_path(zip_of(tmp_path, files))
    assert [part.member for part in result.parts] == ["a", "b"]
    by_body = {each.body: each.extraction_id for each in messages_of(result)}
    assert by_body["hello"] == calls_of(result)[0].extraction_id != by_body["other"]


def test_a_folder_of_one_export_is_one_delivery(tmp_path: Path) -> None:
    assert holds_report(folder_of(tmp_path, WHOLE))
    assert holds_report(folder_of(tmp_path, {**WHOLE, "media/a.jpg": b"\xff\xd8", "Report.pdf": b"%PDF"}, "with media"))
    numbered = {f"{n:02}_{name}": content for n, (name, content) in enumerate(WHOLE.items())}
    assert holds_report(folder_of(tmp_path, numbered, "numbered"))
    named = {f"HW7 {name}": content for name, content in WHOLE.items()}
    assert holds_report(folder_of(tmp_path, named, "named"))
    log = stored(export(message(1, "x"), view="Log"))
    assert holds_report(folder_of(tmp_path, {**WHOLE, "XRY Log.txt": log}, "with a log"))
    assert holds_report(folder_of(tmp_path, {**WHOLE, "SIM/Messages-SMS.txt": SMS}, "with a folder"))


@pytest.mark.parametrize("stated", ["Exhibit: HW/3", "Case: OP HAZEL", ""])
def test_what_one_view_states_holds_for_its_folder(tmp_path: Path, stated: str) -> None:
    stating = stored(export(message(1, "x"), case=stated))
    path = folder_of(tmp_path, {**WHOLE, "Messages-SMS.txt": stating})
    assert holds_report(path)
    (part,) = read_path(path).parts
    assert part.exhibit_ref == ("HW/3" if stated.startswith("Exhibit") else None)


def test_another_export_in_a_folder_below_is_none_of_the_one_above(tmp_path: Path) -> None:
    below = {f"HW8/{name}": content for name, content in WHOLE.items()}
    assert not holds_report(folder_of(tmp_path, {**WHOLE, **below}))
    other = stored(export(message(1, "x"), case="Case: A"))
    assert not holds_report(folder_of(tmp_path, {**WHOLE, "HW8/Messages-SMS.txt": other}, "of another case"))
    stated = {**WHOLE, "SIM/Messages-SMS.txt": SMS, "SIM.trapline.toml": b""}
    assert not holds_report(folder_of(tmp_path, stated, "with a sidecar"))


@pytest.mark.parametrize(
    "files",
    [
        {"Messages-SMS.txt": SMS},
        {"HW7 Messages-SMS.txt": SMS, "HW8 Calls.txt": CALL},
        {"Messages-SMS.txt": SMS, "Messages-SMS (2).txt": stored(export(message(1, "other")))},
        {"Messages-SMS.txt": SMS, "Calls.txt": CALL, "other.ufdr": b"PK\x03\x04"},
        {"Messages-SMS.txt": SMS, "Calls.txt": CALL, "Calls.txt.trapline.toml": b""},
        {"Messages-SMS.txt": SMS, "Calls.txt": CALL, "HW8/notes.csv": b"a,b"},
        {"Messages-SMS.txt": stored(export(message(1, "x"), case="Case: A")), "Calls.txt": CALL},
        {"a/Messages-SMS.txt": SMS, "a/Calls.txt": CALL},
    ],
)
def test_a_folder_in_which_deliveries_were_collected_is_none(tmp_path: Path, files: dict[str, bytes]) -> None:
    assert not holds_report(folder_of(tmp_path, files))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (".DS_Store", b"\0\0\0\1Bud1", "member_not_read"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0", "member_not_read"),
        ("._Calls.txt", b"\0\5\x16\7", "member_not_read"),
        ("readme.txt", b"made by kiosk 4", "member_not_read"),
        ("Notes.txt", b"", "member_not_read"),
        ("x.dat", b"\0\1\2", "member_not_read"),
        ("x.xml", b"<x/>", "member_not_read"),
        ("x.json", b"{}", "member_not_read"),
        ("x.csv", b"a,b\n1,2\n", "table_unknown"),
        ("x.vcf", b"", "member_not_read"),
        ("x.xlsx", b"PK\x03\x04xx", "archive_damaged"),
        ("Chats.txt", SMS[:7], "input_truncated"),
    ],
)
def test_what_no_reader_reads_beside_the_views_is_named(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    folder = folder_of(tmp_path, {**WHOLE, name: content})
    assert holds_report(folder)
    result = read_path(folder)
    (part,) = result.parts
    assert part.imei == (IMEI,)
    assert {record.kind for record in result.records} == {"device", "call", "message"}
    assert codes(result) == {"zone_assumed": 1, code: 1}


def test_what_another_reader_reads_beside_the_views_is_read_and_they_stay_together(tmp_path: Path) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zed\r\nTEL:07700900555\r\nEND:VCARD\r\n"
    folder = folder_of(tmp_path, {**WHOLE, "contacts.vcf": card})
    assert holds_report(folder)
    result = read_path(folder)
    handset, beside = sorted(result.parts, key=lambda part: not part.imei)
    assert {record.kind for record in result.records if record.extraction_id == handset.extraction_id} == {
        *("device", "call", "message")
    }
    assert [record.kind for record in result.records if record.extraction_id == beside.extraction_id] == ["contact"]


MORE = device(("ICCID", "8944110065432100112"), ("Manufacturer", "Nokia"))
OTHER_SMS = stored(export(message(1, "other")))
OTHER = device(("Mobile Id (IMEI)", "356943000000021"), ("Manufacturer", "Nokia"), ("Model", "105"))


@pytest.mark.parametrize("mark", [" (2)", " 2", "-2"])
@pytest.mark.parametrize("make", [folder_of, zip_of])
def test_lists_in_several_files_are_of_the_one_handset(tmp_path: Path, make: object, mark: str) -> None:
    files = {**WHOLE, f"Messages-SMS{mark}.txt": OTHER_SMS}
    path = make(tmp_path, files)  # type: ignore[operator]  # one of the two above
    assert path.is_file() or holds_report(path)
    result = read_path(path)
    (part,) = result.parts
    assert part.imei == (IMEI,)
    assert sorted(bodies_of(result)) == ["hello", "other"]


def test_a_section_of_the_handset_in_two_files(tmp_path: Path) -> None:
    files = {**WHOLE, "Device-General Information (2).txt": MORE}
    folder = folder_of(tmp_path, files)
    assert holds_report(folder)
    for path in (folder, zip_of(tmp_path, files)):
        result = read_path(path)
        (part,) = result.parts
        assert (part.imei, part.iccid) == ((IMEI,), ("8944110065432100112",))
        assert len([record for record in result.records if isinstance(record, Device)]) == 1


@pytest.mark.parametrize("mark", [" (2)", " 2", "-2"])
def test_two_handsets_in_one_folder_are_two(tmp_path: Path, mark: str) -> None:
    files = {**WHOLE, f"Device-General Information{mark}.txt": OTHER, f"Messages-SMS{mark}.txt": OTHER_SMS}
    assert not holds_report(folder_of(tmp_path, files))
    result = read_path(zip_of(tmp_path, files))
    assert sorted(part.imei for part in result.parts) == [(IMEI,), ("356943000000021",)]
    imei_of = {part.extraction_id: part.imei[0] for part in result.parts}
    by_body = {each.body: imei_of[each.extraction_id] for each in messages_of(result)}
    assert by_body == {"hello": IMEI, "other": "356943000000021"}


@pytest.mark.parametrize(("front", "make"), [(8 * 1024, folder_of), (16 * 1024, zip_of)])
def test_a_value_that_the_end_of_the_front_cuts_speaks_for_no_second_handset(
    tmp_path: Path, front: int, make: object
) -> None:
    def with_case(chars: int) -> bytes:
        remarks = [(f"Remark {number}", "r" * 200) for number in range(front // 540)]
        return device((f"Case {chars:04}", "c" * chars), *remarks, ("Mobile Id (IMEI)", IMEI))

    place = with_case(1).index(IMEI.encode("utf-16-le"))
    missing = (front - 10 - place) // 2 + 1
    assert 0 < missing < 1_000
    files = {
        **WHOLE,
        "Device-General Information.txt": with_case(1),
        "Device-General Information (2).txt": with_case(missing),
    }
    path = make(tmp_path, files)  # type: ignore[operator]  # one of the two above
    assert path.is_file() or holds_report(path)
    (part,) = read_path(path).parts
    assert part.imei == (IMEI,)


def test_very_many_files_of_one_handset_are_compared_in_linear_time() -> None:
    stated = [{"imei": frozenset({IMEI})}, *({"imei": frozenset({IMEI, str(number)})} for number in range(2))] * 20_000
    started = time.process_time()
    assert not any_contradict(stated)
    assert time.process_time() - started < 5
    assert any_contradict([*stated, {"imei": frozenset({"356943000000021"})}])


def test_a_folder_with_a_sidecar_is_a_delivery_whatever_it_holds(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"Messages-SMS.txt": SMS, "notes.txt": b"call the lab"})
    result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    assert bodies_of(result) == ["hello"]
    assert codes(result) == {"member_not_read": 1, "zone_assumed": 1}


def test_files_of_messages_are_found_in_the_delivery(tmp_path: Path) -> None:
    mms = message(1, "look", tail="Type:\tDeliver\nAttachment:\tC:\\x\\IMG_1.JPG\nAttachment:\tgone.jpg")
    folder = folder_of(
        tmp_path,
        {**WHOLE, "Messages-MMS.txt": stored(export(mms, view="Messages/MMS")), "media/img_1.jpg": b"\xff\xd8"},
    )
    found = next(each for each in messages_of(read_path(folder)) if each.service == "mms")
    assert [(each.name, each.member) for each in found.attachments] == [
        ("IMG_1.JPG", "media/img_1.jpg"),
        ("gone.jpg", None),
    ]


def test_a_device_whole(tmp_path: Path) -> None:
    pairs = (
        ("Device Name", "Nokia 105"), ("Manufacturer", "Nokia"), ("Model", "RM-908"), ("Mobile Id (IMEI)", IMEI),
        ("Mobile Id (IMEI)", "356943000000021"), ("Subscriber Id (IMSI)", "234150000000001"),
        ("ICCID", "8944110000000000017"),
        ("MSISDN", "+447700900100"), ("IMEI/MEID", "N/A"), ("Operating System", "Series 30"), ("Security Code", "1234"),
        ("Device Clock", "14/09/2023 16:20:42"), ("PC Clock", "14/09/2023 16:10:42"),
    )  # fmt: skip
    result = read_bytes(tmp_path, device(*pairs), name="Device.txt")
    (only,) = result.records
    assert isinstance(only, Device)
    assert only.imei == (IMEI, "356943000000021")
    assert (only.imsi, only.iccid, only.msisdn) == (("234150000000001",), ("8944110000000000017",), ("+447700900100",))
    assert (only.make, only.model, only.os) == ("Nokia", "RM-908", "Series 30")
    assert only.clock is not None
    assert only.clock.error_seconds == 600
    assert {("Security Code", "1234"), ("Device Name", "Nokia 105"), ("IMEI/MEID", "N/A")} <= set(only.extra)
    assert result.parts[0].extracted_at == "2023-09-14T15:10:42.000Z"


def test_pairs_in_either_order_and_odd_ones(tmp_path: Path) -> None:
    entities = (
        entity("Device", 1, ("Data", IMEI), ("Attribute", "IMEI/MEID")),
        entity("Device", 2, ("Attribute", "Model"), ("Data", "105"), ("Attribute", "Revision"), ("Data", "1")),
        entity("Device", 3, ("Data", "alone")),
        entity("Device", 4, ("Serial", "77")),
        entity("Device", 5, ("Attribute", "Empty"), ("Data", "")),
    )
    (only,) = read_text(tmp_path, export(*entities, view="Device/General Information")).records
    assert isinstance(only, Device)
    assert (only.imei, only.model) == ((IMEI,), "105")
    assert {("Revision", "1"), ("Data", "alone"), ("Serial", "77")} <= set(only.extra)


def head_of_bytes(content: bytes, name: str = "x.txt") -> Head:
    return Head(name=name, is_folder=False, first_bytes=content[:65_536], mime_type="text/plain")


@pytest.mark.parametrize(
    "content",
    [
        SMS, b"\xef\xbb\xbf" + export(message(1, "x")).encode(), export(message(1, "x")).encode("utf-16-be"),
        stored("\n\n   \n" + export(message(1, "x"))),
        stored(export(message(1, "x")).replace("XRY Export", "  xry export ")),
        stored(export(view="Pictures/Something new")),
    ],
)  # fmt: skip
def test_a_report_is_known_by_its_first_lines(content: bytes) -> None:
    claim = claim_on(head_of_bytes(content, "anything.bin"))
    assert claim is not None
    assert (claim.score, claim.refusal) == (100, None)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"XRY", stored("the XRY Export of\nthis\nMessages/SMS\n"), stored("XRY Export"),
        stored("XRY Export\n\n\n\n\n"),
        stored("a\nXRY Export\nCase: x\nMessages/SMS\n"), b"XRY Export\x00", bytes(range(256)) * 40,
        b"13/09/2023, 18:45 - Jay: XRY Export\n", b"<?xml version='1.0'?><a>XRY Export</a>",
    ],
)  # fmt: skip
def test_what_only_mentions_it_is_not_claimed(content: bytes) -> None:
    assert claim_on(head_of_bytes(content)) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("HW7.xry", b"XRY\x00" + bytes(99), "container"),
        ("HW7.xrycase", b"\x01\x02" + bytes(99), "container"),
        ("report.xml", b"<?xml version='1.0'?><XamnReport xmlns='http://example.org/XRY'>", "Extended XML"),
        ("report.xml", b"<?xml version='1.0'?><MSAB_Export><View/></MSAB_Export>", "Extended XML"),
        ("report.xml", b"<?xml version='1.0'?><Report xmlns='http://www.msab.com/xamn'/>", "Extended XML"),
    ],
)
def test_other_output_of_the_tools_is_refused_with_what_to_send(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        parser_of(path)
    assert refused.value.code == "xry_not_read"
    assert said in str(refused.value.subject)


def test_a_view_of_an_archive_that_is_damaged_is_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Messages-SMS.txt", stored(export(message(1, "u about"))))
        archive.writestr("Calls.txt", stored(export(entity("Calls", 1, ("Call Type", "Missed")), view="Calls")))
    content = bytearray(path.read_bytes())
    place = content.index(b"Calls.txt") + len(b"Calls.txt")
    content[place : place + 12] = b"\xff" * 12
    path.write_bytes(content)
    result = read_path(path)
    assert bodies_of(result) == ["u about"]
    assert codes(result)["checksum_wrong"] == 1


def test_general_information_without_device_in_front_is_the_handsets(tmp_path: Path) -> None:
    attributes = (("Mobile Id (IMEI)", IMEI), ("Model", "105"))
    result = read_bytes(tmp_path, device(*attributes, view="General Information"))
    (record,) = result.records
    assert isinstance(record, Device)
    assert (record.imei, record.model) == ((IMEI,), "105")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Mobile Id (IMEI)", IMEI, "element_unreadable"),
        ("ICCID", "8944100030000000221", "element_unreadable"),
        ("MSISDN", "+447700900999", "element_unreadable"),
        ("IMEI", "N/A", "element_not_read"),
        ("Network", "Acme", "element_not_read"),
    ],
)
def test_identity_in_a_view_of_another_name_is_named_as_skipped(
    tmp_path: Path, name: str, value: str, code: str
) -> None:
    result = read_bytes(tmp_path, device((name, value), view="Hardware"))
    assert [notice.code for notice in result.notices] == [code]


@pytest.mark.parametrize(
    ("view", "name", "value"),
    [
        ("Device/Accounts", "Phone Number", "+447700900123"),
        ("Device/Accounts", "MSISDN", "+447700900123"),
        ("Web/Accounts", "Phone Number", "+447700900123"),
        ("Web/Forms", "IMEI", IMEI),
        ("Device/Event Log", "ICCID", "8944100030000000221"),
        ("Device/Network Information", "IMSI", "234150000000001"),
        ("Hardware", "Phone Number", "+447700900123"),
    ],
)
def test_identity_in_lists_of_other_things_is_outside_by_design(
    tmp_path: Path, view: str, name: str, value: str
) -> None:
    result = read_bytes(tmp_path, device(("Service", "WhatsApp"), (name, value), view=view))
    assert [notice.code for notice in result.notices] == ["element_not_read"]
