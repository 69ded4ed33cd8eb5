"""What lies in an archive or folder is read as if it had been dropped alone, each member by its own reader."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from ingest.demo.writers.container import packed, packed_tar, write_archive, write_collection
from ingest.demo.writers.damage import marked_encrypted
from ingest.processes.parsing import holds_report
from parsers.contract import Delivery, Limits, PartKind, ReadContext, Sidecar
from parsers.errors import InputRefused
from parsers.formats.table import TableParser
from parsers.formats.vcard import VCardParser
from parsers.outcome import ReadState
from parsers.part_devices import devices_of
from parsers.reading import ReadResult, read
from parsers.records.facts import Call, Message, Record
from tests.contract.test_parsers import COMPANIONS, fixture_names
from tests.unit.parsers.formats.sms_backup_restore.backup_text import backup
from tests.unit.parsers.formats.sms_backup_restore.backup_text import sms as texts
from tests.unit.parsers.formats.ufdr.report_text import report, sms
from tests.unit.parsers.made_databases import database
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01"
TEXTS = "Date/Time,Direction,Number,Message\n2024-02-05T12:00:00Z,Incoming,07700 900123,{body}\n"
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nTEL:07700900123\r\nEND:VCARD\r\n"
NAMES = [name for name in fixture_names() if not name.startswith("container/")]


def csv(body: str = "u about") -> bytes:
    return TEXTS.format(body=body).encode()


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def with_companions(name: str) -> dict[str, bytes]:
    """Return a fixture and the logs of a database beside it, by their own names."""
    paths = [FIXTURES / f"{name}{suffix}" for suffix in ("", *COMPANIONS)]
    return {path.name: path.read_bytes() for path in paths if path.exists()}


def bodies(result: ReadResult) -> list[str | None]:
    return [message.body for message in of_kind(result, Message)]


def bare(record: Record) -> Record:
    """Return a record without what names the delivery that it came in."""
    blank = msgspec.structs.replace(record, record_id="", extraction_id="", duplicate_of=None)
    source = msgspec.structs.replace(record.source, file_sha256="", file_name="", member=None)
    if isinstance(blank, Message):
        attachments = tuple(msgspec.structs.replace(each, member=None, kept_at=None) for each in blank.attachments)
        blank = msgspec.structs.replace(blank, attachments=attachments)
    return msgspec.structs.replace(blank, source=source, listing="")


@pytest.mark.parametrize("name", NAMES)
def test_a_member_gives_the_records_that_it_gives_alone(tmp_path: Path, name: str) -> None:
    base = name.rpartition("/")[2]
    beside = {f"HW7/{base}{suffix}": FIXTURES / f"{name}{suffix}" for suffix in ("", *COMPANIONS)}
    members = {member: path.read_bytes() for member, path in beside.items() if path.exists()}
    alone = read_path(FIXTURES / name)
    result = read_path(write_archive(tmp_path / "drop.zip", {**members, "HW8.csv": csv("other")}))
    ours = [record for record in result.records if not str(record.source.member).startswith("HW8.csv")]
    assert [bare(record) for record in ours] == [bare(record) for record in alone.records]
    assert all(str(record.source.member).startswith(f"HW7/{base}") for record in ours)
    assert len({record.record_id for record in result.records}) == len(result.records)
    assert Counter(codes_of(result)) - Counter(codes_of(alone)) <= Counter({"columns_assumed": 1})


def test_each_member_is_an_extraction_that_names_its_reader(tmp_path: Path) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {"a.csv": csv(), "b.vcf": CARD, "c.jpg": JPEG}))
    assert [(part.member, part.parser, part.parser_version) for part in result.parts] == [
        ("a.csv", "table", TableParser.version),
        ("b.vcf", "vcard", VCardParser.version),
    ]
    assert codes_of(result)["member_not_read"] == 1
    assert result.state is ReadState.COMPLETE


DOCTYPE = '<!DOCTYPE x [<!ENTITY e "x">]>'
REFUSED = {
    "sms.xml": backup(texts("an attack"), head=DOCTYPE).encode(),
    "report.xml": report(sms("1", body="an attack")).replace("<project", f"{DOCTYPE}<project", 1).encode(),
    "Report.xml": b"\x2d\x06\x52\x6d" + bytes(range(256)) * 8,
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("folder", ["", "other/"])
@pytest.mark.parametrize(
    ("whole", "content"),
    [
        ("a.csv", csv()),
        ("x/texts.xml", backup(texts("u about")).encode()),
        ("HW7/Report.xml", report(sms("1", body="u about")).encode()),
    ],
)
def test_a_member_that_is_refused_does_not_hide_a_whole_one(
    tmp_path: Path, name: str, folder: str, whole: str, content: bytes
) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {folder + name: REFUSED[name], whole: content}))
    assert bodies(result) == ["u about"]
    (notice,) = [notice for notice in result.notices if notice.code in {"doctype_refused", "input_protected"}]
    assert (folder + name).startswith(str(notice.first_locator))
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_an_attack_beside_a_report_is_named(tmp_path: Path) -> None:
    members = {"Report.xml": report(sms("1", body="u about")).encode(), "texts.xml": REFUSED["sms.xml"]}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert bodies(result) == ["u about"]
    assert codes_of(result)["doctype_refused"] == 1


def test_archives_may_be_packed_in_one_another_once(tmp_path: Path) -> None:
    one = packed({"one.csv": csv("one"), "one.vcf": CARD})
    two = packed({"two.csv": csv("two"), "in.zip": one})
    result = read_path(write_archive(tmp_path / "drop.zip", {"three.csv": csv("three"), "out.zip": two}))
    assert bodies(result) == ["two", "three"]
    assert {record.source.member for record in result.records} == {"three.csv", "out.zip/two.csv"}
    notice = next(notice for notice in result.notices if notice.code == "nested_too_deep")
    assert notice.subject == "out.zip/in.zip"


def test_a_report_may_be_packed_in_two_archives(tmp_path: Path) -> None:
    chat = fixture("whatsapp_text/WhatsApp Chat - Jay.zip")
    inner = packed({"WhatsApp Chat - Jay.zip": chat, "x.vcf": CARD})
    result = read_path(write_archive(tmp_path / "drop.zip", {"inner.zip": inner}))
    alone = read_path(FIXTURES / "whatsapp_text/WhatsApp Chat - Jay.zip")
    assert bodies(result) == bodies(alone)
    assert {record.source.member for record in of_kind(result, Message)} == {
        f"inner.zip/WhatsApp Chat - Jay.zip/{alone.records[0].source.member}"
    }


@pytest.mark.parametrize("name", ["mmssms.bak", "copies/mmssms (1).db", "old-sms.sqlite"])
def test_a_database_is_read_whatever_its_member_is_called(tmp_path: Path, name: str) -> None:
    members = {"sms.xml": fixture("sms_backup_restore/modified_sms_v2.xml"), name: fixture("android_db/mmssms.db")}
    result = read_path(write_archive(tmp_path / "a.zip", members))
    assert {record.source.parser for record in result.records} == {"sms_backup_restore", "android_db"}


def test_two_handsets_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    database = fixture("android_db/mmssms.db")
    result = read_path(write_archive(tmp_path / "drop.zip", {"HW7/mmssms.db": database, "HW8/mmssms.db": database}))
    assert [part.member for part in result.parts] == ["HW7/mmssms.db", "HW8/mmssms.db"]
    # The same texts on two handsets are two facts each.
    assert len(result.records) == 18
    assert all(record.duplicate_of is None for record in result.records)


def test_databases_of_one_file_system_are_of_one_handset(tmp_path: Path) -> None:
    members = {
        "/private/var/mobile/Library/SMS/sms.db": fixture("ios_db/made/sms.db"),
        "/private/var/mobile/Library/CallHistoryDB/CallHistory.storedata": fixture("ios_db/made/CallHistory.storedata"),
        "/private/var/mobile/Containers/Shared/AppGroup/1/ChatStorage.sqlite": fixture(
            "whatsapp_db/ChatStorage.sqlite"
        ),
        "/private/var/mobile/Containers/Shared/AppGroup/2/other.sqlite": b"SQLite format 3\x00",
    }
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    first, second = result.parts
    assert {first.parser, second.parser} == {"ios_db", "whatsapp_db"}
    assert second.belongs_to == first.extraction_id
    assert codes_of(result)["member_not_read"] == 1
    assert {record.source.member for record in result.records} <= set(members)


SAMSUNG = "data/data/com.sec.android.provider.logsprovider/databases/logs.db"
LOGS = (
    "CREATE TABLE logs (_id INTEGER PRIMARY KEY, number, date, duration, type, name, logtype NOT NULL, m_content)",
    "INSERT INTO logs VALUES (1, '07700900123', 1707134400250, 0, 3, 'Jay', 100, NULL)",
)


@pytest.mark.parametrize(
    "beside",
    [
        "",
        "data/data/com.android.providers.telephony/databases/mmssms.db",
        "data/data/com.sec.android.provider.logsprovider/databases/contacts2.db",
    ],
)
@pytest.mark.parametrize("prefix", ["", "Dump/", "HW-7/a/b/c/d/"])
def test_the_log_of_samsung_is_read_at_its_place_in_the_file_system(tmp_path: Path, prefix: str, beside: str) -> None:
    logs = database(tmp_path / "made.db", *LOGS).read_bytes()
    members = {
        f"{prefix}{SAMSUNG}": logs,
        f"{prefix}data/data/com.app/databases/logs.db": fixture("ios_db/made/sms.db"),
    }
    if beside:
        members[f"{prefix}{beside}"] = fixture("android_db/mmssms.db")
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert {part.parser or "android_db" for part in result.parts} == {"android_db"}
    assert len(result.parts) == 1
    assert [call.time.raw for call in of_kind(result, Call)] == ["1707134400250"]
    assert bool(of_kind(result, Message)) is bool(beside)
    left = [notice.subject for notice in result.notices if notice.code == "member_not_read"]
    assert left == [f"{prefix}data/data/com.app/databases/logs.db"]


@pytest.mark.parametrize(
    ("kept", "place"),
    [
        ("ios_db/made/CallHistory.storedata", "private/var/mobile/Library/CallHistoryDB/CallHistoryTemp.storedata"),
        ("android_db/calllog.db", "data/user_de/0/com.android.providers.contacts/databases/calllog_shadow.db"),
    ],
)
def test_calls_before_the_first_unlocking_are_read(tmp_path: Path, kept: str, place: str) -> None:
    logs = {f"{place}{suffix}": FIXTURES / f"{kept}{suffix}" for suffix in ("", *COMPANIONS)}
    members = {name: path.read_bytes() for name, path in logs.items() if path.exists()}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert of_kind(result, Call)
    assert "member_not_read" not in codes_of(result)


def test_a_stray_file_does_not_hide_a_handset_packed_from_its_root(tmp_path: Path) -> None:
    members = {"/private/var/mobile/Library/SMS/sms.db": fixture("ios_db/imessage_chat.db"), "readme.txt": b"as sent\n"}
    alone = read_path(write_archive(tmp_path / "alone.zip", dict(list(members.items())[:1])))
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert bodies(result) == bodies(alone) != []
    assert [notice.subject for notice in result.notices if notice.code == "member_not_read"] == ["readme.txt"]
    nested = read_path(write_archive(tmp_path / "outer.zip", {"in/i.zip": packed(members)}))
    assert bodies(nested) == bodies(alone)


def test_names_that_cannot_be_written_cost_themselves(tmp_path: Path) -> None:
    backup = '<smses count="1"><sms address="07700900123" date="1715351458724" type="1" body="{}"/></smses>'
    names = ["a/" * 1500 + "s.xml", "a/" * 400 + "s.xml", "n" * 3000 + ".xml", "s1.xml", "s2.xml", "z.xml"]
    members = {name: backup.format(f"text {place}").encode() for place, name in enumerate(names)}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert sorted(filter(None, bodies(result))) == ["text 0", "text 1", "text 3", "text 4", "text 5"]
    refused = [notice for notice in result.notices if notice.code in {"member_refused", "archive_refused"}]
    assert [(notice.code, (notice.subject or "")[:3], notice.count) for notice in refused] == [
        ("member_refused", "nnn", 1)
    ]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_folder_with_a_sidecar_is_one_exhibit(tmp_path: Path) -> None:
    members = {"texts.csv": csv(), "again.csv": csv(), "people.vcf": CARD, "mmssms.db": fixture("android_db/mmssms.db")}
    folder = write_collection(tmp_path / "HW7", members)
    with pytest.raises(InputRefused):
        read_path(folder)
    result = read_path(folder, sidecar=Sidecar(case_ref="OP HAZEL", exhibit_ref="HW/7"))
    assert {part.member for part in result.parts} == set(members)
    # One exhibit: what two files of it list is one fact.
    copies = [record for record in of_kind(result, Message) if record.duplicate_of is not None]
    assert [record.source.member for record in copies] == ["texts.csv"]
    # An exhibit without its case is no device.
    untold = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    assert not [record for record in untold.records if record.duplicate_of is not None]


def test_a_card_in_the_folder_of_one_exhibit_was_read_with_its_handset(tmp_path: Path) -> None:
    members = {"mmssms.db": fixture("android_db/mmssms.db"), "a card.script": fixture("sim_files/card.script")}
    own = {"a card.script.trapline.toml": b'exhibit_ref = "HW/7A"\n'}
    for stated, exhibit in (({}, None), (own, "HW/7A")):
        folder = write_collection(tmp_path / f"HW7 {exhibit}", {**members, **stated})
        parts = {part.kind: part for part in read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7")).parts}
        card, handset = parts[PartKind.SIM], parts[PartKind.HANDSET]
        assert (card.exhibit_ref, card.belongs_to) == (exhibit, handset.extraction_id)
        assert card.stated_beside == (("exhibit_ref",) if exhibit else ())
    apart = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.belongs_to for part in apart.parts] == [None, None]


def test_a_member_that_is_stated_to_be_another_exhibit_is_apart(tmp_path: Path) -> None:
    members = {"a.csv": csv(), "b.csv": csv(), "b.csv.trapline.toml": b'exhibit_ref = "HW/8"\n'}
    folder = write_collection(tmp_path / "HW7", members)
    result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    assert [(part.member, part.exhibit_ref) for part in result.parts] == [("a.csv", None), ("b.csv", "HW/8")]
    assert all(record.duplicate_of is None for record in result.records)


def test_a_sidecar_beside_a_member_is_of_that_member(tmp_path: Path) -> None:
    members = {
        "HW7.csv": csv(),
        "HW7.csv.trapline.toml": b'exhibit_ref = "HW/7"\nimei = "356943000000013"\n',
        "HW8.csv": csv(),
        "HW9.csv": csv(),
        "HW9.csv.trapline.toml": b"exhibit_ref = 7\n",
    }
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [(part.member, part.exhibit_ref, part.imei) for part in result.parts] == [
        ("HW7.csv", "HW/7", ("356943000000013",)),
        ("HW8.csv", None, ()),
    ]
    assert codes_of(result)["sidecar_refused"] == 1


@pytest.mark.parametrize("folder", ["", "OP1/"])
def test_a_sidecar_in_capitals_is_one_and_a_wrong_name_is_told(tmp_path: Path, folder: str) -> None:
    stated = b'exhibit_ref = "HW/7"\n'
    members = {
        f"{folder}HW7.csv": csv(),
        f"{folder}HW7.CSV.TRAPLINE.TOML": stated,
        f"{folder}HW8.csv": csv("other"),
        f"{folder}HW8.csv.trapline.toml.txt": stated,
    }
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.exhibit_ref for part in result.parts] == ["HW/7", None]
    (notice,) = [notice for notice in result.notices if notice.code == "sidecar_refused"]
    assert str(notice.subject).endswith("that of HW8.csv is called HW8.csv.trapline.toml")


def test_a_table_with_the_mark_of_a_sidecar_in_its_name_is_read(tmp_path: Path) -> None:
    members = {"HW7.trapline.txt": csv(), "HW8.trapline": csv("other")}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert bodies(result) == ["u about", "other"]
    assert "sidecar_refused" not in codes_of(result)


def test_the_pages_of_an_export_are_told_once(tmp_path: Path) -> None:
    page = b'<!doctype html><html><body><div class="_2ph_ _a6-g">x</div></body></html>'
    pages = {f"HW7/fb/inbox/{chat}/message_1.html": page for chat in ("ann", "jay", "kit")}
    result = read_path(write_archive(tmp_path / "drop.zip", {"HW7/a.csv": csv(), **pages, "HW8/start.html": page}))
    notices = [notice for notice in result.notices if notice.code == "web_export_not_read"]
    assert [(notice.count, notice.subject, notice.first_locator) for notice in notices] == [
        (3, "HW7/fb/inbox: an export of Facebook or Instagram", "HW7/fb/inbox/ann/message_1.html"),
        (1, "HW8/start.html: an export of Facebook or Instagram", "HW8/start.html"),
    ]


def test_a_saved_page_beside_a_delivery_is_no_workbook(tmp_path: Path) -> None:
    page = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>a</td></tr></table></html>'
    result = read_path(write_archive(tmp_path / "drop.zip", {"a.csv": csv(), "saved.html": page}))
    assert (codes_of(result)["member_not_read"], result.state) == (1, ReadState.COMPLETE)
    with pytest.raises(InputRefused, match="workbook_form_not_read"):
        read_path(write_archive(tmp_path / "page.zip", {"saved.html": page, "note.txt": b"by kiosk 4"}))


@pytest.mark.parametrize("suffix", [".ufdr", ".zip"])
def test_a_protected_member_is_named_and_costs_no_other(tmp_path: Path, suffix: str) -> None:
    locked = marked_encrypted(packed({"report.xml": b"<project/>", "a.csv": csv()}))
    result = read_path(write_archive(tmp_path / "drop.zip", {"a.csv": csv(), f"HW8{suffix}": locked}))
    assert bodies(result) == ["u about"]
    notice = next(notice for notice in result.notices if notice.code == "input_protected")
    assert str(notice.subject).startswith(f"HW8{suffix}: ")
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_an_archive_with_a_password_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "drop.zip"
    path.write_bytes(marked_encrypted(packed({"a.csv": csv(), "b.vcf": CARD})))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "input_protected"


@pytest.mark.parametrize(
    ("good", "locked", "content"),
    [
        ("HW7/report.xml", "HW8/report.xml", report(sms("m1", body="u about")).encode()),
        ("report.xml", "files/Text/a.txt", report(sms("m1", body="u about")).encode()),
        ("sms-20240220100000.xml", "calls-20240220100000.xml", backup(texts("u about")).encode()),
        ("_chat.txt", "IMG-1.jpg", b"[25/12/2023, 14:00:01] Jay: u about\n[25/12/2023, 14:00:02] Al: k\n"),
        ("a.csv", "b.csv", csv()),
        ("a.csv", "mmssms.db", csv()),
    ],
)
def test_a_member_with_a_password_is_named_and_costs_no_other(
    tmp_path: Path, good: str, locked: str, content: bytes
) -> None:
    path = tmp_path / "drop.zip"
    path.write_bytes(marked_encrypted(packed({locked: content, good: content}), locked))
    result = read_path(path)
    assert bodies(result)[0] == "u about"
    assert [notice.subject for notice in result.notices if notice.code == "member_locked"] == [locked]
    assert not {locked, locked.partition("/")[0] + "/"} & {
        notice.subject for notice in result.notices if notice.code != "member_locked"
    }
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize("locked", ["report.xml", "sms-20240220100000.xml", "HW8.ufdr", "mmssms.db"])
@pytest.mark.parametrize("beside", ["a.jpg", "z.jpg"])
def test_where_all_that_could_be_read_needs_a_password_it_is_refused_as_such(
    tmp_path: Path, locked: str, beside: str
) -> None:
    path = tmp_path / "drop.zip"
    path.write_bytes(marked_encrypted(packed({beside: JPEG, locked: b"x" * 99}), locked))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "input_protected"


def test_a_refusal_names_a_delivery_that_was_left_out_because_it_stands_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "drop.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/notes.xml", "<a/>")
        archive.writestr("sms-20240614000000.xml", "<smses/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("sms-20240614000000.xml", "<smses />")
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert (refused.value.code, refused.value.subject) == ("archive_refused", "twice in it: sms-20240614000000.xml")


def test_what_nobody_knows_is_refused_with_what_lies_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_path(write_archive(tmp_path / "drop.zip", {"a.jpg": JPEG, "b.jpg": JPEG, "c.log": b"nothing"}))
    assert (refused.value.code, refused.value.subject) == ("members_unknown", "2 .jpg, 1 .log")


def test_a_backup_deep_in_an_archive_is_not_taken_for_an_encrypted_one(tmp_path: Path) -> None:
    for folder in ("a/b/c/", "a/b/c/d/e/"):
        members = {f"{folder}sms-20240220100000.xml": SMS, "people.vcf": CARD}
        result = read_path(write_archive(tmp_path / "drop.zip", members))
        assert {part.parser for part in result.parts} == {"sms_backup_restore", "vcard"}


def test_an_only_member_is_refused_for_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_path(write_archive(tmp_path / "drop.zip", {"report.pdf": b"%PDF-1.7\n"}))
    assert refused.value.code == "document_not_read"


def test_a_fault_of_a_reader_costs_its_member_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("parsers.formats.vcard.VCardParser.read", fail)
    result = read_path(write_archive(tmp_path / "drop.zip", {"a.csv": csv(), "b.vcf": CARD, "c.csv": csv("more")}))
    assert bodies(result) == ["u about", "more"]
    notice = next(notice for notice in result.notices if notice.code == "reader_failed")
    assert (notice.subject, notice.ends_reading) == ("b.vcf", True)


def test_unsafe_names_are_named_and_never_written(tmp_path: Path) -> None:
    members = {"../../evil.csv": csv("evil"), "/etc/passwd": b"x", "a.csv": csv(), "b.vcf": CARD}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert bodies(result) == ["u about"]
    assert codes_of(result)["member_refused"] == 2
    assert not list(tmp_path.rglob("evil*"))


def test_more_files_than_the_limit_end_the_reading(tmp_path: Path) -> None:
    members = {f"{number}.csv": csv(str(number)) for number in range(6)}
    result = read_path(write_archive(tmp_path / "drop.zip", members), limits=Limits(container_members=4))
    assert bodies(result) == ["0", "1", "2", "3"]
    assert [(notice.count, notice.first_locator) for notice in result.notices if notice.code == "container_limit"] == [
        (2, "4.csv")
    ]
    assert result.state is ReadState.PARTIAL


def test_what_may_be_a_delivery_is_looked_at_before_notes_and_pictures(tmp_path: Path) -> None:
    members = {f"{number}.txt": b"a note" for number in range(4)} | {f"{number}.jpg": JPEG for number in range(4)}
    path = write_archive(tmp_path / "drop.zip", {**members, "z.csv": csv()})
    result = read_path(path, limits=Limits(container_members=3))
    assert bodies(result) == ["u about"]
    over = [(notice.count, notice.first_locator) for notice in result.notices if notice.code == "container_limit"]
    assert over == [(2, "2.txt")]
    assert sum(notice.count for notice in result.notices if notice.code == "member_not_read") == 6


def test_a_refusal_says_that_not_all_was_looked_at(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "drop.zip", {f"{number}.txt": b"a note" for number in range(4)})
    with pytest.raises(InputRefused) as refused:
        read_path(path, limits=Limits(container_members=3))
    assert (refused.value.code, refused.value.subject) == ("members_unknown_so_far", "4 .txt")


def test_archives_in_archives_share_what_they_may_unpack_to(tmp_path: Path) -> None:
    bomb = packed({f"{number}.csv": bytes(30 * 2**20) for number in range(4)})
    members = {"a.csv": csv(), **{f"{number}.zip": bomb for number in range(3)}}
    result = read_path(write_archive(tmp_path / "drop.zip", members), limits=Limits(archive_ratio=100))
    assert bodies(result) == ["u about"]
    assert codes_of(result)["archive_refused"] >= 1


def test_a_damaged_member_that_is_not_told_any_more_is_damage_and_no_other_file(tmp_path: Path) -> None:
    content = packed({"a.csv": csv("first"), "b.vcf": CARD})
    place = content.index(b"b.vcf") + len(b"b.vcf")
    path = tmp_path / "drop.zip"
    path.write_bytes(content[:place] + b"\xff" * 12 + content[place + 12 :])
    result = read_path(path)
    assert bodies(result) == ["first"]
    assert [(notice.code, notice.subject) for notice in result.notices if notice.subject == "b.vcf"] == [
        ("checksum_wrong", "b.vcf")
    ]


def test_an_archive_of_which_nothing_but_damage_is_told_says_so(tmp_path: Path) -> None:
    content = packed({"a.csv": csv("first")})
    place = content.index(b"a.csv") + len(b"a.csv")
    path = tmp_path / "drop.zip"
    path.write_bytes(content[:place] + b"\xff" * 12 + content[place + 12 :])
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert (refused.value.code, refused.value.subject) == ("members_damaged", "a.csv")


def test_many_files_that_nothing_reads_are_named_up_to_a_bound(tmp_path: Path) -> None:
    members = {f"{number}.txt": b"a note" for number in range(300)}
    result = read_path(write_archive(tmp_path / "drop.zip", {**members, "z.csv": csv()}))
    named = [notice for notice in result.notices if notice.code == "member_not_read"]
    assert sum(notice.count for notice in named) == 300
    assert len(named) <= 51


def test_a_damaged_sidecar_in_an_archive_is_said(tmp_path: Path) -> None:
    stated = b'case_ref = "OP HAZEL"\nexhibit_ref = "HW/7"\n'
    content = packed({"a.csv": csv("first"), "a.csv.trapline.toml": stated})
    name = b"a.csv.trapline.toml"
    place = content.index(name) + len(name)
    path = tmp_path / "drop.zip"
    path.write_bytes(content[:place] + b"\xff" * 12 + content[place + 12 :])
    result = read_path(path)
    assert bodies(result) == ["first"]
    assert codes_of(result)["checksum_wrong"] == 1


def test_a_damaged_member_is_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    content = packed({"a.csv": csv("first") + csv("second").split(b"\n", 1)[1], "b.vcf": CARD}, method=0)
    path = tmp_path / "drop.zip"
    path.write_bytes(content.replace(b"second", b"secund"))
    result = read_path(path)
    assert bodies(result) == ["first", "secund"]
    assert [(notice.code, notice.subject) for notice in result.notices if notice.code == "checksum_wrong"] == [
        ("checksum_wrong", "a.csv")
    ]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_bytes(csv("secret"))
    folder = write_collection(tmp_path / "HW7", {"a.csv": csv(), "b.vcf": CARD})
    (folder / "link.csv").symlink_to(secret)
    result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    assert bodies(result) == ["u about"]
    assert codes_of(result)["member_refused"] == 1


def test_an_export_of_several_files_is_one_extraction(tmp_path: Path) -> None:
    members = {
        "HW8/HW8 Calls.txt": fixture("xry_text/HW8 Calls.txt"),
        "HW8/HW8 Messages-SMS.txt": fixture("xry_text/HW8 Messages-SMS.txt"),
        "a.csv": csv(),
    }
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.parser for part in result.parts] == ["xry_text", "table"]


def test_nothing_stays_in_the_scratch_folder_when_the_reading_is_left(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "drop.zip", {"a.csv": csv(), "b.vcf": CARD})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    events = read(
        Delivery(path=path, name="drop.zip", is_folder=False, sha256="0" * 64), ReadContext(scratch_dir=scratch)
    )
    assert isinstance(events, Generator)
    next(events)
    events.close()
    assert list(scratch.iterdir()) == []
    shutil.rmtree(scratch)


def test_of_files_that_are_read_together_one_with_a_sidecar_stands_alone(tmp_path: Path) -> None:
    backup = '<smses count="1"><sms address="07700900123" date="1715351458724" type="1" body="{}" /></smses>'
    members = {
        "one.xml": backup.format("first").encode(),
        "one.xml.trapline.toml": b'exhibit_ref = "JB/2"\n',
        "two.xml": backup.format("second").encode(),
    }
    together = read_path(
        write_archive(tmp_path / "plain.zip", {"one.xml": members["one.xml"], "two.xml": members["two.xml"]})
    )
    assert len(together.parts) == 1
    apart = read_path(write_archive(tmp_path / "stated.zip", members))
    assert {part.member: part.exhibit_ref for part in apart.parts} == {"one.xml": "JB/2", "two.xml": None}
    assert sorted(map(str, bodies(apart))) == ["first", "second"]


CHAT = (
    b'{"name": "Jay", "type": "personal_chat", "id": 2, "messages": [{"id": 1, "type": "message", "from_id": "user2",'
)
TELEGRAM = CHAT + b' "date_unixtime": "1707134400", "text": "yo", "photo": "photos/1.jpg"}]}'
META = json.dumps(
    {
        "participants": [{"name": "Jay"}, {"name": "Kit"}],
        "messages": [{"sender_name": "Jay", "timestamp_ms": 1707134400000, "content": "hiya"}],
        "title": "Jay",
    }
).encode()
SNAPCHAT = b'{"Received Saved Chat History": [{"From": "jay", "Media Type": "TEXT", "Text": "alright"}]}'
SMS = b'<smses count="1"><sms address="07700900123" date="1715351458724" type="1" body="first" /></smses>'
EXPORTS = {
    "telegram_json": ({"result.json": TELEGRAM, "photos/1.jpg": JPEG}, "yo"),
    "meta_json": ({"messages/inbox/jay_1/message_1.json": META, "profile/profile.json": b"{}"}, "hiya"),
    "snapchat_json": ({"json/chat_history.json": SNAPCHAT, "json/friends.json": b"{}"}, "alright"),
}
BESIDE = {
    "backup of texts": {"SMS/sms.xml": SMS},
    "table": {"HW8/calls/texts.csv": csv("first")},
    "archive": {"HW8/drop.zip": packed({"sms.xml": SMS})},
    "chat of another name": {"HW8/jay.json": TELEGRAM.replace(b'"yo"', b'"first"')},
    "export of another application": {"Telegram/result.json": TELEGRAM.replace(b'"yo"', b'"first"')},
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize("prefix", ["", "Export/"])
@pytest.mark.parametrize("parser", EXPORTS)
def test_what_lies_beside_an_export_is_read_too(
    tmp_path: Path, parser: str, prefix: str, beside: dict[str, bytes]
) -> None:
    own, body = EXPORTS[parser]
    members = {**{f"{prefix}{name}": content for name, content in own.items()}, **beside}
    if parser == "meta_json" and not prefix and "HW8/jay.json" in beside:
        return  # The rest of an account is JSON in folders of any name.
    folder = write_collection(tmp_path / "HW7", members)
    for result in (
        read_path(write_archive(tmp_path / "drop.zip", members)),
        read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7")),
    ):
        assert sorted(map(str, bodies(result))) == sorted([body, "first"])
        assert parser in {part.parser for part in result.parts}
        if parser == "telegram_json":
            (photo,) = {file.member for message in of_kind(result, Message) for file in message.attachments} - {None}
            assert photo == f"{prefix}photos/1.jpg"
    assert not holds_report(folder)


DUMPS = (
    *("at_log/text_mode.log", "at_log/pdu_mode.log", "gammu/phone.backup", "gammu/texts.smsbackup"),
    *("sim_files/EF_SMS.bin", "sim_files/card.script", "sim_files/fsdump.json", "pdu_lines/pdus.txt"),
)
STORES = (
    "axiom_xml/HW7 Export.xml",
    *("android_db/made/mmssms.db", "ios_db/made/sms.db", "whatsapp_db/made/msgstore.db"),
    *("whatsapp_text/WhatsApp Chat with +44 7700 900456.txt", "sms_backup_restore/sms-20240220100000.xml"),
)


@pytest.mark.parametrize("folder", ["", "HW7/reading/of/card/"])
@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("dump", DUMPS)
def test_a_dump_beside_what_its_reader_alone_takes_of_an_archive_is_read_too(
    tmp_path: Path, dump: str, store: str, folder: str
) -> None:
    members = {**with_companions(store), f"{folder}{dump.rpartition('/')[2]}": fixture(dump)}
    expected = len(read_path(FIXTURES / store).records) + len(read_path(FIXTURES / dump).records)
    collected = write_collection(tmp_path / "HW7", members)
    for result in (
        read_path(write_archive(tmp_path / "drop.zip", members)),
        read_path(collected, sidecar=Sidecar(exhibit_ref="HW/7")),
    ):
        assert len(result.records) == expected
        assert "member_not_read" not in codes_of(result)


NO_CHATS = [store for store in STORES if not store.startswith("whatsapp_text/")]


@pytest.mark.parametrize("place", ["", "HW7/", "HW7/Sms/Inbox/"])
@pytest.mark.parametrize("other", [*NO_CHATS, *DUMPS, "vcard/contacts.vcf", "telegram_json/made_account.json"])
def test_what_lies_beside_files_of_messages_is_read_too(tmp_path: Path, other: str, place: str) -> None:
    members = {f"{place}1.vmg": fixture("vmg/nokia.vmg")}
    members |= {f"{place and 'HW7/'}{name}": content for name, content in with_companions(other).items()}
    expected = len(read_path(FIXTURES / "vmg/nokia.vmg").records) + len(read_path(FIXTURES / other).records)
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert len(result.records) == expected
    assert "member_not_read" not in codes_of(result)


CHAT_LINES = b"25/12/2023, 14:05 - Jay: one.vcf (file attached)\n25/12/2023, 14:06 - Mo: yo\n"


UFED = report(sms("m1", body="u about?"))
BESIDE_REPORT = {
    "sms.xml": SMS,
    "SMS/sms.xml": SMS,
    "texts.csv": csv("first"),
    "WhatsApp Chat with Jay.txt": b"25/12/2023, 14:05 - Jay: first\n",
    "result.json": TELEGRAM.replace(b'"yo"', b'"first"'),
    "drop.smsbackup": fixture("gammu/texts.smsbackup"),
}


@pytest.mark.parametrize("other", BESIDE_REPORT)
@pytest.mark.parametrize("prefix", ["", "HW7/"])
@pytest.mark.parametrize("has_files", [False, True])
def test_what_lies_beside_a_report_of_a_tool_is_read_too(
    tmp_path: Path, other: str, prefix: str, *, has_files: bool
) -> None:
    own = {"Report.xml": UFED.encode(), **({"files/Image/a.jpg": JPEG} if has_files else {})}
    own |= {"Report.csv": csv("the report in another form"), "settings.json": b"{}"}
    members = {f"{prefix}{name}": content for name, content in (*own.items(), (other, BESIDE_REPORT[other]))}
    folder = write_collection(tmp_path / "drop", members)
    results = [read_path(write_archive(tmp_path / "drop.zip", members))]
    results += [read_path(folder)] if not prefix else [read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))]
    for result in results:
        assert {part.parser for part in result.parts} >= {"ufdr"}
        assert len({part.parser for part in result.parts}) == 2
        assert "u about?" in bodies(result)
        assert "the report in another form" not in bodies(result)
        assert {*result.states.values()} == {ReadState.COMPLETE}
    assert holds_report(folder) is not bool(prefix)


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("data/media/0/Download/WhatsApp Chat with Jay.txt", b"25/12/2023, 14:05 - Jay: first\n"),
        ("sdcard/SMSBackupRestore/sms-20240505.xml", SMS),
    ],
)
def test_what_a_user_exported_to_the_storage_of_the_handset_is_read_as_of_it(
    tmp_path: Path, place: str, content: bytes
) -> None:
    store = "data/data/com.android.providers.telephony/databases/mmssms.db"
    members = {store: fixture("android_db/mmssms.db"), place: content, "data/media/0/Download/notes.txt": b"yo"}
    result = read_path(write_archive(tmp_path / "FFS.zip", members))
    assert "first" in bodies(result)
    assert len(result.records) == len(read_path(FIXTURES / "android_db/mmssms.db").records) + 1
    assert len(set(devices_of(result.parts).values())) == 1


KEPT = {
    "data/media/0/Download/WhatsApp Chat - Jay.zip": ("_chat.txt", b"[25/12/2023, 14:05:00] Jay: first\n"),
    "sdcard/sms.zip": ("sms-20240505.xml", SMS),
    "storage/emulated/0/Backups/texts.ZIP": ("texts.csv", csv("first")),
    "private/var/mobile/Media/Downloads/a.zip": ("texts.csv", csv("first")),
}


@pytest.mark.parametrize("place", KEPT)
def test_an_archive_that_a_user_kept_in_the_storage_of_the_handset_is_read_as_of_it(tmp_path: Path, place: str) -> None:
    store = "data/data/com.android.providers.telephony/databases/mmssms.db"
    member, content = KEPT[place]
    members = {store: fixture("android_db/mmssms.db"), place: packed({member: content})}
    (tmp_path / "FFS.tar").write_bytes(packed_tar(members))
    for path in (write_archive(tmp_path / "FFS.zip", members), tmp_path / "FFS.tar"):
        result = read_path(path)
        assert "first" in bodies(result)
        assert len(set(devices_of(result.parts).values())) == 1
        assert "member_not_read" not in codes_of(result)


def test_a_backup_that_a_user_kept_in_the_storage_is_read_as_of_it(tmp_path: Path) -> None:
    store = "data/data/com.android.providers.telephony/databases/mmssms.db"
    name = "data/media/0/backup.ab"
    members = {store: fixture("android_db/mmssms.db"), name: fixture("adb_backup/HW7.ab")}
    result = read_path(write_archive(tmp_path / "FFS.zip", members))
    assert {part.parser for part in result.parts} >= {"android_db", "adb_backup"}
    assert len(set(devices_of(result.parts).values())) == 1


@pytest.mark.parametrize("place", ["data/media/0/Android/data/com.game/files/a.zip", "data/data/com.game/files/a.zip"])
def test_what_applications_keep_packed_is_no_archive_of_the_user(tmp_path: Path, place: str) -> None:
    store = "data/data/com.android.providers.telephony/databases/mmssms.db"
    members = {store: fixture("android_db/mmssms.db"), place: packed({"texts.csv": csv("first")})}
    assert "first" not in bodies(read_path(write_archive(tmp_path / "FFS.zip", members)))


def test_an_archive_of_the_user_in_which_nothing_is_known_is_outside(tmp_path: Path) -> None:
    store = "data/data/com.android.providers.telephony/databases/mmssms.db"
    members = {store: fixture("android_db/mmssms.db"), "sdcard/a.zip": packed({"a.jpg": JPEG, "b.bin": b"xx"})}
    result = read_path(write_archive(tmp_path / "FFS.zip", members))
    assert codes_of(result) == {"member_not_read": 1}
    assert {*result.states.values()} == {ReadState.COMPLETE}


def test_an_archive_of_the_user_beyond_the_depth_that_is_read_is_skipped(tmp_path: Path) -> None:
    store = "data/data/com.android.providers.telephony/databases/mmssms.db"
    members = {store: fixture("android_db/mmssms.db"), "sdcard/a.zip": packed({"a.csv": csv(), "b.vcf": CARD})}
    result = read_path(write_archive(tmp_path / "drop.zip", {"FFS.zip": packed(members), "c.vcf": CARD}))
    assert codes_of(result)["nested_too_deep"] == 1


BESIDE_CHAT = [
    *(("two.vcf", CARD), ("texts.csv", csv()), ("1.vmg", fixture("vmg/nokia.vmg"))),
    ("book.zip", packed({"a.vcf": CARD})),
]
CHAT_AND_FILES = {"WhatsApp Chat with Jay.txt": CHAT_LINES, "one.vcf": CARD, "notes.bin": b"as arranged"}


@pytest.mark.parametrize(("name", "content"), BESIDE_CHAT)
def test_a_delivery_beside_an_exported_chat_is_read_too(tmp_path: Path, name: str, content: bytes) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {**CHAT_AND_FILES, name: content}))
    assert Counter(part.parser for part in result.parts)["whatsapp_text"] == 1
    assert len(result.parts) == 2
    assert {*result.states.values()} == {ReadState.COMPLETE}


@pytest.mark.parametrize(("name", "content"), BESIDE_CHAT)
def test_what_lies_in_the_archive_of_an_export_and_no_message_names_is_named(
    tmp_path: Path, name: str, content: bytes
) -> None:
    result = read_path(write_archive(tmp_path / "WhatsApp Chat with Jay.zip", {**CHAT_AND_FILES, name: content}))
    assert [notice.subject for notice in result.notices if notice.code == "report_not_read"] == [name]
    assert {*result.states.values()} == {ReadState.COMPLETE_WITH_NOTICES}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("chat", ["WhatsApp Chat with Jay.txt", "_chat.txt"])
def test_what_a_chat_names_is_an_attachment_wherever_it_does(tmp_path: Path, chat: str, encoding: str) -> None:
    lines = "".join(f"24/12/2023, {n // 60:02}:{n % 60:02} - Mo: line {n} of many\n" for n in range(1000))
    lines += CHAT_LINES.decode() + "25/12/2023, 14:07 - Mo: Zoé.csv (file attached)\n"
    members = {chat: lines.encode(encoding), "one.vcf": CARD, "Zoe\u0301.csv": csv()}
    result = read_path(write_archive(tmp_path / "Jay.zip", members))
    assert len(result.records) == 1003
    assert [each.member for each in of_kind(result, Message)[-1].attachments] == ["Zoe\u0301.csv"]
    assert {part.parser or "whatsapp_text" for part in result.parts} == {"whatsapp_text"}
    assert {message.direction for message in of_kind(result, Message)} == {"incoming", "outgoing"}
    assert {*result.states.values()} == {ReadState.COMPLETE}


@pytest.mark.parametrize("parser", EXPORTS)
def test_the_file_system_of_a_handset_beside_an_export_is_read_too(tmp_path: Path, parser: str) -> None:
    own, body = EXPORTS[parser]
    texts = fixture("android_db/made/mmssms.db")
    members = {f"HW7/{name}": content for name, content in own.items()}
    members["HW7/data/data/com.android.providers.telephony/databases/mmssms.db"] = texts
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert {part.parser for part in result.parts} == {parser, "android_db"}
    assert body in bodies(result)


CARD_FILES = {
    "3F00/2FE2": bytes.fromhex("98442000000021436587"),
    "3F00/7F10/6F40": b"Own" + b"\xff" * 11 + bytes.fromhex("07914477009000f0ffffffffffff"),
    "3F00/7F20/6F07": bytes.fromhex("082943510000007007"),
}


@pytest.mark.parametrize("place", ["", "SIM/"])
@pytest.mark.parametrize("other", ["sim_files/card.script", "android_db/made/mmssms.db", "pdu_lines/pdus.txt"])
def test_what_lies_beside_the_files_of_a_card_is_read_too(tmp_path: Path, other: str, place: str) -> None:
    members = {f"{place}{name}": content for name, content in CARD_FILES.items()}
    alone = read_path(write_archive(tmp_path / "card.zip", members))
    beside = read_path(FIXTURES / other)
    members.update(with_companions(other))
    members["readme.txt"] = b"Taken on 5 February"
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert len(alone.records) == 1
    assert len(result.records) == len(beside.records) + 1
    assert alone.parts[0].iccid in {part.iccid for part in result.parts}
    assert codes_of(result).get("member_not_read") == 1


@pytest.mark.parametrize("place", ["", "HW7/"])
@pytest.mark.parametrize("other", ["android_db/made/mmssms.db", "pdu_lines/pdus.txt", "gammu/texts.smsbackup"])
def test_what_lies_in_a_folder_of_a_card_is_read_too(tmp_path: Path, other: str, place: str) -> None:
    beside = {f"{place}{name}": content for name, content in with_companions(other).items()}
    folder = write_collection(tmp_path / "drop", {**CARD_FILES, **beside, "readme.txt": b"Taken on 5 February"})
    assert holds_report(folder)
    result = read_path(folder)
    assert len(result.records) == len(read_path(FIXTURES / other).records) + 1
    assert [part.iccid for part in result.parts if part.iccid] == [("89440200000012345678",)]
    assert codes_of(result).get("member_not_read") == 1


def on_a_mac(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files with what a Mac packs beside each, on a disk of its own kind and on any other."""
    double = bytes.fromhex("0005160700020000") + b"Mac OS X".ljust(16) + bytes(60)
    places = {name: name.rpartition("/") for name in members}
    packed_beside = {f"__MACOSX/{folder}{slash}._{last}": double for folder, slash, last in places.values()}
    copied_beside = {f"{folder}{slash}._{last}": double for folder, slash, last in places.values()}
    return {**members, **packed_beside, **copied_beside, ".DS_Store": b"\0\0\0\1Bud1"}


ON_A_MAC = {
    "card": CARD_FILES,
    "tool": {"_TSV Exports/SMS Messages.tsv": fixture("table/SMS Messages.tsv"), "index.html": b"<html>"},
    "chat": {"result.json": TELEGRAM, "photos/1.jpg": JPEG},
    "table": {"texts.csv": csv()},
}


@pytest.mark.parametrize("folder", ["", "HW7/"])
@pytest.mark.parametrize("members", ON_A_MAC.values(), ids=ON_A_MAC)
def test_what_a_mac_packs_beside_files_is_no_evidence(tmp_path: Path, members: dict[str, bytes], folder: str) -> None:
    placed = {f"{folder}{name}": content for name, content in members.items()}
    alone = read_path(write_archive(tmp_path / "alone.zip", placed))
    result = read_path(write_archive(tmp_path / "mac.zip", on_a_mac(placed)))
    assert [bare(record) for record in result.records] == [bare(record) for record in alone.records]
    assert result.records
    assert set(codes_of(result)) <= {*codes_of(alone), "member_not_read", "litter_left_out"}


def test_a_backup_in_the_folder_of_one_exhibit_keeps_its_handset(tmp_path: Path) -> None:
    with ZipFile(FIXTURES / "itunes_backup/HW7.zip") as archive:
        members = {f"backup/{name}": archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    folder = write_collection(tmp_path / "HW7", {**members, "note.txt": b"Taken on 5 February"})
    result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    alone = read_path(FIXTURES / "itunes_backup/HW7.zip")
    assert {part.imei for part in result.parts} == {part.imei for part in alone.parts}
    assert len(result.records) == len(alone.records)


@pytest.mark.parametrize("parser", EXPORTS)
def test_an_output_of_a_tool_hides_nothing_that_lies_beside_it(tmp_path: Path, parser: str) -> None:
    own, body = EXPORTS[parser]
    members = {
        **{f"Phone/{name}": content for name, content in own.items()},
        "ALEAPP_Output_1/_TSV Exports/SMS Messages.tsv": fixture("table/SMS Messages.tsv"),
    }
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert {part.parser for part in result.parts} == {parser, "leapp"}
    assert body in bodies(result)


@pytest.mark.parametrize("parser", EXPORTS)
def test_two_accounts_are_two_extractions(tmp_path: Path, parser: str) -> None:
    own, body = EXPORTS[parser]
    members = {f"{name}/{member}": content for name in ("Jay", "Kit") for member, content in own.items()}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.parser for part in result.parts] == [parser, parser]
    assert bodies(result) == [body, body]


@pytest.mark.parametrize("parser", EXPORTS)
def test_an_export_alone_is_one_delivery(tmp_path: Path, parser: str) -> None:
    own, body = EXPORTS[parser]
    for prefix in ("", "Export/"):
        members = {f"{prefix}{name}": content for name, content in own.items()}
        result = read_path(write_archive(tmp_path / "drop.zip", members))
        assert bodies(result) == [body]
        assert len(result.parts) == 1
        assert holds_report(write_collection(tmp_path / f"x{prefix}", members) / prefix)


@pytest.mark.parametrize("depth", [4, 7])
@pytest.mark.parametrize("parser", EXPORTS)
def test_an_export_of_several_files_is_one_however_far_down_it_lies(tmp_path: Path, parser: str, depth: int) -> None:
    own, body = EXPORTS[parser]
    place = "".join(f"d{level}/" for level in range(depth))
    members = {f"{place}Export/{name}": content for name, content in own.items()}
    if parser == "meta_json":
        members[f"{place}Export/messages/inbox/kit_2/message_1.json"] = own["messages/inbox/jay_1/message_1.json"]
    members["note.txt"] = b"Taken on 5 February"
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert {*bodies(result)} == {body}
    assert [part.parser for part in result.parts] == [parser]


@pytest.mark.parametrize("parser", EXPORTS)
def test_a_sidecar_beside_a_folder_in_an_archive_is_of_that_folder(tmp_path: Path, parser: str) -> None:
    own, body = EXPORTS[parser]
    members = {f"Export/{name}": content for name, content in own.items()}
    members["Export.trapline.toml"] = b'exhibit_ref = "JB/2"\n'
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.exhibit_ref for part in result.parts] == ["JB/2"]
    assert bodies(result) == [body]


def test_a_sidecar_without_its_delivery_is_named(tmp_path: Path) -> None:
    members = {"a.csv": csv(), "b.csv.trapline.toml": b'exhibit_ref = "JB/2"\n'}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert codes_of(result)["sidecar_refused"] == 1
    assert bodies(result) == ["u about"]


def test_a_folder_in_which_a_file_has_a_sidecar_is_a_folder_of_deliveries(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "HW7", {"result.json": TELEGRAM})
    assert holds_report(folder)
    (folder / "result.json.trapline.toml").write_bytes(b'exhibit_ref = "JB/2"\n')
    assert not holds_report(folder)


def test_what_cannot_be_read_in_an_archive_in_an_archive_is_named_with_its_place(tmp_path: Path) -> None:
    deep = packed({"a.csv": csv(), "b.csv": csv()})
    inner = packed({"deep.zip": deep, "c.csv": csv(), "x.7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(40)})
    result = read_path(write_archive(tmp_path / "drop.zip", {"inner.zip": inner, "d.csv": csv()}))
    assert {(notice.code, notice.subject) for notice in result.notices if notice.code != "identity_missing"} >= {
        ("nested_too_deep", "inner.zip/deep.zip"),
        ("archive_form_not_read", "inner.zip/x.7z: 7z"),
    }


def with_a_picture(folder: Path, shown: str) -> bytes:
    """Return sms.db with one message that has one picture, which is shown under a name."""
    path = database(
        folder / "sms.db",
        "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)",
        "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT)",
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id, date, is_from_me INTEGER)",
        "CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, transfer_name TEXT)",
        "CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER)",
        "INSERT INTO message VALUES (1, 'look', NULL, 700000000, 0)",
        f"INSERT INTO attachment VALUES (5, '~/Library/SMS/Attachments/ab/IMG_1.jpg', '{shown}')",
        "INSERT INTO message_attachment_join VALUES (1, 5)",
    )
    content = path.read_bytes()
    path.unlink()
    return content


HANDSET = "HW7/private/var/mobile/Library/SMS"


@pytest.mark.parametrize("shown", ["IMG_1.jpg", "holiday.jpg"])
@pytest.mark.parametrize(
    ("place", "pictures", "found"),
    [
        ("HW7", ["HW7/media/img_1.JPG"], "HW7/media/img_1.JPG"),
        ("HW7", ["HW8/IMG_1.jpg"], None),
        ("HW7", ["HW7/a/IMG_1.jpg", "HW7/b/IMG_1.jpg"], None),
        (HANDSET, [f"{HANDSET}/Attachments/ab/IMG_1.jpg", "IMG_1.jpg"], f"{HANDSET}/Attachments/ab/IMG_1.jpg"),
    ],
    ids=["in its folder", "another's", "two of that name", "of the handset"],
)
def test_a_picture_beside_a_database_among_others_is_found(
    tmp_path: Path, place: str, pictures: list[str], found: str | None, shown: str
) -> None:
    members = {f"{place}/sms.db": with_a_picture(tmp_path, shown), "texts.csv": csv(), **dict.fromkeys(pictures, JPEG)}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    (attachment,) = (each for message in of_kind(result, Message) for each in message.attachments)
    assert (attachment.name, attachment.member) == (shown, found)


CHAT = "15/07/2024, 13:00 - Jay: u about\n15/07/2024, 13:01 - Kay: 5 mins\n"
XML = backup(texts("far down")).encode()
DEEP: dict[str, tuple[str, bytes, list[str]]] = {
    "chat": ("WhatsApp Chat with Jay.txt", CHAT.encode(), ["u about", "5 mins"]),
    "backup": ("sms-1.xml", XML, ["far down"]),
    "table": ("texts.csv", csv("far down"), ["far down"]),
}
AT_TOP: dict[str, tuple[str, bytes]] = {
    "chat": ("WhatsApp Chat with Ray.txt", CHAT.replace("u about", "top").encode()),
    "backup": ("sms-2.xml", XML.replace(b"far down", b"top")),
    "report": ("report.xml", report(sms("top")).encode()),
}


@pytest.mark.parametrize("depth", [1, 4, 5, 6, 40])
@pytest.mark.parametrize("top", list(AT_TOP))
@pytest.mark.parametrize("deep", list(DEEP))
def test_a_delivery_is_read_however_far_down_it_lies(tmp_path: Path, top: str, deep: str, depth: int) -> None:
    name, content, wanted = DEEP[deep]
    beside, other = AT_TOP[top]
    place = "".join(f"d{level}/" for level in range(depth))
    result = read_path(write_archive(tmp_path / "drop.zip", {f"{place}{name}": content, beside: other}))
    assert not [each for each in wanted if each not in bodies(result)]
    assert "member_not_read" not in codes_of(result)


def test_a_tar_without_an_end_to_its_name_is_told_in_an_archive(tmp_path: Path) -> None:
    tar = packed_tar({"WhatsApp Chat with Jay.txt": CHAT.encode()})
    result = read_path(write_archive(tmp_path / "drop.zip", {"EXHIBIT": tar, "sms-2.xml": AT_TOP["backup"][1]}))
    assert Counter(bodies(result)) == Counter(["u about", "5 mins", "top"])


@pytest.mark.parametrize("name", ["HW2/m.db", "backup.db", "HW2/texts.sqlite"])
@pytest.mark.parametrize("beside", ["HW1/sms.xml", "report.xml"])
def test_a_database_under_a_name_of_its_own_is_read_beside_others(tmp_path: Path, name: str, beside: str) -> None:
    other = SMS if beside == "HW1/sms.xml" else UFED.encode()
    members = {beside: other, name: fixture("android_db/mmssms.db")}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert "android_db" in {part.parser for part in result.parts}
    assert len({part.parser for part in result.parts}) == 2


def test_an_archive_beside_a_report_is_read_too(tmp_path: Path) -> None:
    members = {"report.xml": UFED.encode(), "HW2/b.zip": packed({"s.xml": SMS}), "files/Archives/c.zip": packed({})}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert {part.parser for part in result.parts} == {"ufdr", "sms_backup_restore"}


@pytest.mark.parametrize("parser", ["telegram_json", "ufdr"])
def test_exports_of_a_tool_beside_a_report_at_the_top_are_one_output(tmp_path: Path, parser: str) -> None:
    report = {"report.xml": fixture("ufdr/3gs-report.xml")} if parser == "ufdr" else EXPORTS[parser][0]
    tables = {"SMS Messages.tsv": fixture("table/SMS Messages.tsv"), "Call logs .tsv": fixture("table/Call logs .tsv")}
    members = {**report, **{f"_TSV Exports/{name}": content for name, content in tables.items()}}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.parser for part in result.parts] == [parser, "leapp"]
    assert "member_not_read" not in codes_of(result)
