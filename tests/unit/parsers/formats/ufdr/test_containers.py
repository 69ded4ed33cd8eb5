"""Where the report stands: archive, bare file, folder; what is refused; what else is named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from parsers.contract import Delivery, Head, Limits
from parsers.errors import InputRefused
from parsers.formats.ufdr import CellebriteParser
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from tests.unit.parsers.formats.ufdr.report_text import (
    codes,
    delivery_of,
    messages_of,
    read_delivery,
    read_text,
    report,
    sms,
    write,
)

REPORT = report(sms("m1"))
OLD = "<reports><report><general_information><report_type>cell</report_type></general_information></report></reports>"


def archive(folder: Path, *members: tuple[str, str | bytes], name: str = "x.ufdr", **options: int) -> Delivery:
    path = folder / name
    with zipfile.ZipFile(path, "w", **options) as opened:  # type: ignore[call-overload]
        for member, content in members:
            opened.writestr(member, content)
    return delivery_of(path)


def refusal_of(delivery: Delivery) -> str:
    with pytest.raises(InputRefused) as refusal:
        read_delivery(delivery)
    return refusal.value.code


def named(result: ReadResult) -> dict[str | None, int]:
    return {notice.subject: notice.count for notice in result.notices if notice.code == "member_not_read"}


@pytest.mark.parametrize("name", ["report.xml", "Report.xml", "REPORT.XML", "Extraction 1/Report.xml", "A_Report.xml"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archives(tmp_path: Path, name: str, method: int) -> None:
    result = read_delivery(archive(tmp_path, (name, REPORT), compression=method))
    (found,) = messages_of(result)
    assert found.source.member == name
    assert result.state is ReadState.COMPLETE


def test_a_localised_name_is_told_by_its_content(tmp_path: Path) -> None:
    result = read_delivery(archive(tmp_path, ("Relatório.xml", REPORT), ("other.xml", "<a/>")))
    assert messages_of(result)[0].source.member == "Relatório.xml"


def test_what_else_stands_in_an_archive_is_named(tmp_path: Path) -> None:
    files = [(f"files/Image/{number}.jpg", b"x") for number in range(3)]
    delivery = archive(
        tmp_path, ("report.xml", REPORT), ("settings.json", "{}"), ("DbData/database.db", "PGDMP"), *files
    )
    result = read_delivery(delivery)
    assert named(result) == {"settings.json": 1, "DbData/": 1, "files/": 3}
    assert result.state is ReadState.COMPLETE


def test_a_bare_report_has_no_member(tmp_path: Path) -> None:
    (found,) = messages_of(read_text(tmp_path, REPORT))
    assert found.source.member is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_a_bare_report(tmp_path: Path, encoding: str) -> None:
    (found,) = messages_of(read_text(tmp_path, report(sms("m1", body="£5 \U0001f44d")).encode(encoding)))
    assert found.body == "£5 \U0001f44d"


@pytest.mark.parametrize("name", ["Report.xml", "Nokia_2023-09-14_Report.xml"])
def test_a_folder_delivery(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "HW7"
    (folder / "files" / "Image").mkdir(parents=True)
    (folder / name).write_text(REPORT, encoding="utf-8-sig")
    (folder / "CellebriteReader.exe").write_bytes(b"MZ")
    (folder / "files" / "Image" / "a.jpg").write_bytes(b"x")
    (folder / "link").symlink_to("/etc/passwd")
    result = read_delivery(delivery_of(folder))
    assert messages_of(result)[0].source.member == name
    assert named(result) == {"CellebriteReader.exe": 1, "files/": 1}
    assert {notice.subject for notice in result.notices if notice.code == "member_refused"} == {"link"}


@pytest.mark.parametrize("name", ["Relatório.xml", "Nokia_2023-09-14_Bericht.xml"])
def test_a_localised_folder_delivery_without_files(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "HW7"
    folder.mkdir()
    (folder / name).write_text(REPORT, encoding="utf-8-sig")
    (folder / "anexo.pdf").write_bytes(b"%PDF-1.7")
    result = read_delivery(delivery_of(folder))
    assert messages_of(result)[0].source.member == name


def test_the_viewer_beside_a_report_makes_a_delivery(tmp_path: Path) -> None:
    folder = tmp_path / "HW7"
    folder.mkdir()
    (folder / "HW7.xml").write_text(REPORT, encoding="utf-8")
    assert CellebriteParser().identify(head_of(folder, "HW7", is_folder=True)) is None, "a folder of drops"
    (folder / "CellebriteReader.exe").write_bytes(b"MZ")
    assert CellebriteParser().identify(head_of(folder, "HW7", is_folder=True)) is not None


def test_a_folder_with_two_reports_is_no_delivery(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    for name in ("a_Report.xml", "b_Report.xml"):
        (folder / name).write_text(REPORT, encoding="utf-8")
    assert CellebriteParser().identify(head_of(folder, "case", is_folder=True)) is None


def test_two_reports_of_one_name_are_not_chosen_between(tmp_path: Path) -> None:
    assert refusal_of(archive(tmp_path, ("report.xml", REPORT), ("Report.xml", REPORT))) == "archive_refused"


@pytest.mark.parametrize(
    "members", [("a/report.xml", "b/report.xml"), ("a_Report.xml", "b_Report.xml"), ("old/report.xml", "report.xml")]
)
def test_two_reports_in_one_archive_are_two_deliveries(tmp_path: Path, members: tuple[str, str]) -> None:
    other = report(sms("x"))
    result = read_delivery(archive(tmp_path, (members[0], other), (members[1], REPORT)))
    assert {part.member for part in result.parts} == set(members)
    assert {message.source.member for message in messages_of(result)} == set(members)
    assert named(result) == {}


def test_a_protected_report_is_refused_with_the_remedy(tmp_path: Path) -> None:
    protected = b"\x2d\x06\x52\x6d" + b"\x00" * 64
    assert refusal_of(archive(tmp_path, ("report.xml", protected))) == "input_protected"
    assert refusal_of(write(tmp_path, protected)) == "input_protected"


def test_an_encrypted_archive_is_refused_as_protected(tmp_path: Path) -> None:
    delivery = archive(tmp_path, ("report.xml", REPORT))
    content = bytearray(delivery.path.read_bytes())
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    delivery.path.write_bytes(content)
    assert refusal_of(delivery) == "input_protected"


def test_the_old_schema_is_known_and_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="old stand-alone UFED XML"):
        read_text(tmp_path, OLD)


@pytest.mark.parametrize(
    "content",
    [
        "<extraction><message>hello</message></extraction>",
        "<project name='x'><target name='build'/></project>",
        "<project xmlns='http://maven.apache.org/POM/4.0.0'><decodedData/></project>",
        "[DeviceInfo]\nVendor=Nokia\n[Dumps]\nFileDump=x.bin\n",
        "SQLite format 3\x00",
        "reportVersion= http://pa.cellebrite.com/report/2.0",
        "<smses><sms body='http://pa.cellebrite.com/report/2.0'/></smses>",
    ],
)
def test_look_alikes_are_not_claimed(content: str) -> None:
    head = Head(name="x.ufdr", is_folder=False, first_bytes=content.encode(), mime_type="text/plain")
    assert CellebriteParser().identify(head) is None


def test_an_archive_around_a_ufdr_is_opened_and_a_look_alike_refused(tmp_path: Path) -> None:
    inner = archive(tmp_path, ("report.xml", REPORT)).path.read_bytes()
    result = read_delivery(archive(tmp_path, ("x.ufdr", inner), name="outer.zip"))
    assert {message.source.member for message in messages_of(result)} == {"x.ufdr/report.xml"}
    assert refusal_of(archive(tmp_path, ("report.xml", "<extraction/>"), name="outer.zip")) == "xml_unknown"
    database = ("data.db", b"SQLite format 3\x00")
    assert refusal_of(archive(tmp_path, database, name="outer.zip")) == "database_unknown"


def test_a_claim_says_what_was_seen(tmp_path: Path) -> None:
    delivery = archive(tmp_path, ("Report.xml", REPORT))
    claim = CellebriteParser().identify(head_of(delivery.path, "lies.txt", is_folder=False))
    assert claim is not None
    assert (claim.score, claim.reason, claim.refusal) == (100, "Cellebrite namespace in Report.xml", None)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    for prolog in ("<!DOCTYPE project>", '<!-- a --><?b c?>\n<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'):
        text = REPORT.replace("<project", prolog + "<project", 1).replace('<?xml version="1.0" encoding="utf-8"?>', "")
        assert refusal_of(write(tmp_path, text)) == "doctype_refused"
        assert refusal_of(archive(tmp_path, ("report.xml", text))) == "doctype_refused"


def test_an_unsafe_member_is_named_and_the_report_read(tmp_path: Path) -> None:
    result = read_delivery(archive(tmp_path, ("report.xml", REPORT), ("../../evil.sh", "x")))
    assert len(messages_of(result)) == 1
    assert codes(result) == {"member_refused": 1}


@pytest.mark.parametrize("name", ["../evil.xml", "/evil.xml", "..\\evil.xml", "C:/evil.xml"])
def test_unsafe_xml_beside_the_report_is_named_and_the_report_read(tmp_path: Path, name: str) -> None:
    result = read_delivery(archive(tmp_path, ("report.xml", REPORT), (name, REPORT)))
    assert len(messages_of(result)) == 1
    assert codes(result) == {"member_refused": 1}


def test_an_unsafe_report_is_refused(tmp_path: Path) -> None:
    # Which of two reports a tool would show is not told, and one that leads away is not opened.
    members = (("report.xml", REPORT), ("../report.xml", REPORT))
    assert refusal_of(archive(tmp_path, *members)) == "archive_refused"
    assert refusal_of(archive(tmp_path, ("../evil.xml", REPORT), ("notes.txt", "x"))) == "format_unknown"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_report_that_leads_out_is_not_replaced_by_one_of_nothing(tmp_path: Path, method: int) -> None:
    listed = report().replace("</project>", '<decodedData><modelType type="SMS"/></decodedData></project>')
    for rest in (report(), listed, listed.replace("utf-8", "utf-16").encode("utf-16")):
        members = (("/KB_1.xml", REPORT), ("notes.xml", rest))
        assert refusal_of(archive(tmp_path, *members, compression=method)) == "archive_refused"


@pytest.mark.parametrize("name", ["KB_Report.xml", "Extraction 1/Relatório.xml"])
def test_unsafe_xml_beside_a_report_of_any_name_that_holds_models(tmp_path: Path, name: str) -> None:
    far = REPORT.replace("<decodedData>", f"<!-- {'x' * 200_000} --><decodedData>", 1)
    for rest in (REPORT, far, REPORT.replace("utf-8", "utf-16").encode("utf-16")):
        result = read_delivery(archive(tmp_path, (name, rest), ("../evil.xml", REPORT)))
        assert len(messages_of(result)) == 1
        assert codes(result) == {"member_refused": 1}


def test_a_wrong_checksum_keeps_every_record(tmp_path: Path) -> None:
    delivery = archive(tmp_path, ("report.xml", report(sms("m1", body="abc"), sms("m2"))))
    content = delivery.path.read_bytes().replace(b"[abc]", b"[abd]")
    delivery.path.write_bytes(content)
    result = read_delivery(delivery)
    assert [each.body for each in messages_of(result)] == ["abd", "u about?"]
    assert codes(result) == {"checksum_wrong": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_an_archive_that_was_cut_off_gives_what_was_whole(tmp_path: Path) -> None:
    many = report(*(sms(f"m{number}", body=f"text {number}") for number in range(4_000)))
    delivery = archive(tmp_path, ("report.xml", many), compression=zipfile.ZIP_DEFLATED)
    delivery.path.write_bytes(delivery.path.read_bytes()[: delivery.path.stat().st_size // 2])
    result = read_delivery(delivery)
    assert 500 < len(messages_of(result)) < 4_000
    assert codes(result)["input_truncated"] >= 1
    assert result.state is ReadState.PARTIAL


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    delivery = archive(tmp_path, ("report.xml", REPORT), *((f"files/{n}", b"") for n in range(50)))
    with pytest.raises(InputRefused, match="archive_refused"):
        read_delivery(delivery, limits=Limits(archive_members=50))


@pytest.mark.parametrize("is_archive", [True, False])
def test_a_report_in_a_subfolder_is_named_as_missing(tmp_path: Path, *, is_archive: bool) -> None:
    further = report(sms("m2"))
    members = [
        ("report.xml", REPORT),
        ("SIM/sms.xml", further),
        ("SIM/notes.xml", "<notes/>"),
        ("files/x/a.xml", further),
    ]
    if is_archive:
        delivery = archive(tmp_path, *members)
    else:
        folder = tmp_path / "HW7"
        for name, content in members:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        delivery = delivery_of(folder)
    result = read_delivery(delivery)
    assert [notice.subject for notice in result.notices if notice.code == "report_not_read"] == ["SIM/sms.xml"]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
