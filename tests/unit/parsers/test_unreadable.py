"""What nobody reads is refused for what it is, with what to send instead; no value of it is ever shown."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import tarfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from ingest.demo.writers.container import packed
from parsers.census import is_structural
from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.unreadable import unreadable
from tests.fakes.deliveries import bodies_of, read_content, read_path

RANDOM = hashlib.shake_256(b"made up").digest(16_384)
UFD = b"[DeviceInfo]\r\nVendor=Nokia\r\nModel=105\r\n[Dumps]\r\nFileDump=EXTRACTION_FFS.zip\r\n"
UFDX = b'<?xml version="1.0"?><UFEDX EvidenceID="HW/7"><DeviceInfo Vendor="Nokia" IMEI1="356943000000013"/></UFEDX>'


UTF_32 = ("utf-32", "utf-32-le", "utf-32-be")
PLAIN = "Date/Time,Direction,Number,Message\n" + "2024-02-05T12:00:00Z,Incoming,07700 900123,caf\u00e9 \u00a320\n" * 9
CHAT = "15/07/2024, 13:00 - Jay: u about\n" * 9
TEXTS = {
    "WhatsApp Chat with Ann.rtf": CHAT,
    "chat.txt": CHAT,
    "Signal.md": "[2019-12-24, 12:23] Me: on\n" * 9,
    "HW7.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:Jay\nTEL:07700900123\nEND:VCARD\n",
    "result.json": json.dumps({"type": "personal_chat", "id": 7, "name": "Jay", "messages": []}),
}


def in_rtf(text: str) -> bytes:
    """Return a text as it is once somebody pasted it into a document."""
    return b"{\\rtf1\\ansi " + text.replace("\n", "\\par\n").encode() + b"}"


FIRST_FIELDS = ("MIME-Version: 1.0", "Content-Type: text/plain", "X-Mozilla-Status: 0001", "ARC-Seal: i=1;\r\n a=x")
MAIL = (
    "MIME-Version: 1.0\r\nFrom: kit@example.org\r\nTo: jo@example.org\r\nSubject: HW/7\r\n"
    "Date: Mon, 5 Feb 2024 10:00:00 +0000\r\n\r\nSee attached.\r\n"
)
SAVED_PAGE = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: file:///x\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    "Date: Mon, 5 Feb 2024 10:00:00 +0000\r\nContent-Type: multipart/related\r\n\r\nx\r\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEET_ML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


def page(body: str, front: str = "") -> bytes:
    """Return a web page."""
    return f"{front}<html><head><title>Jay</title></head><body>{body}</body></html>".encode()


RAGGED = "".join(
    [
        "Date/Time,Direction,Number,Message\n",
        *(f"2024-02-05T12:00:{row}Z,Incoming,07700 900123,hi{', x' * (row % 5)}\n" for row in range(10, 50)),
    ]
).encode()


def zip_of(name: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(name, "<smses count='0' backup_set='x'>" + "x" * 5_000 + "</smses>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("report.pdf", b"%PDF-1.7\n", "document_not_read", "PDF"),
        ("report.ufdr", b"%PDF-1.4\n", "document_not_read", "PDF"),
        ("report.html", b"<!DOCTYPE html><html><body>SMS</body></html>", "document_not_read", "web page"),
        ("report.rtf", b"{\\rtf1 SMS}", "office_text_not_read", "RTF"),
        *((name, in_rtf(text), "office_text_not_read", "RTF") for name, text in TEXTS.items()),
        ("screen.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(17), "media_not_read", "picture"),
        ("voice.mp3", b"ID3\x03\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + bytes(400), "media_not_read", "recording"),
        (
            "box.mbox",
            b"From kit@example.org Mon Feb  5 12:00:00 2024\nFrom: kit@example.org\nSubject: x\n\nu\n",
            "mail_not_read",
            "mail",
        ),
        ("app.plist", b"bplist00\xd1\x01\x02QaQb\x08\x0b\r" + bytes(24), "plist_not_read", "property list"),
        (
            "WhatsApp Chat with Rico.txt",
            b"Rico wrote on Monday that he is on\nJay asked him why\n",
            "chat_not_understood",
            "",
        ),
        *(
            (
                f"WhatsApp Chat with {number}.txt",
                f"{start} - Rico: on\n{start} - Jay: now\n".encode(),
                "chat_without_years",
                "",
            )
            for number, start in enumerate(("21:41, 27 Mar", "27 Mar 21:41", "Mar 27, 9:41 PM", "27 de mar., 21:41"))
        ),
        (
            "texts.txt",
            b"Date~From~Text\n1/2/24~07700900123~hi\n2/2/24~07700900123~yo\n3/2/24~07700900123~u\n",
            "delimiter_unknown",
            "~",
        ),
        ("texts.csv", RAGGED, "table_ragged", "4 in the headings, 4 to 8 in the rows"),
        ("texts.txt", RAGGED, "table_ragged", "4 in the headings, 4 to 8 in the rows"),
        *((f"texts.{name}", PLAIN.encode(name), "encoding_not_read", "UTF-32") for name in UTF_32),
        ("WhatsApp Chat with Jay.txt", CHAT.encode("utf-32-be"), "encoding_not_read", "UTF-32"),
        ("zeros.bin", bytes(4_096), "file_blank", "zeros"),
        ("mmssms.db", bytes(200_000), "file_blank", "zeros"),
        ("phone.ufdr", b"\xff" * 4_096, "file_blank", "FF"),
        ("zeros.bin", bytes(4_096) + b"\1", "format_unknown", ""),
        ("zeros.bin", b"\1" * 4_096, "format_unknown", ""),
        ("image.bin", bytes(200_000) + RANDOM + bytes(200_000), "format_unknown", ""),
        ("image.bin", b"\xff" * 2_000_000 + b"\0" + b"\xff" * 2_000_000, "format_unknown", ""),
        ("note.txt", b"Seized on 5 February - see the log\nPhone 7, in a bag\n", "format_unknown", "text/plain"),
        (
            "report.docx",
            packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
            "office_text_not_read",
            "Word",
        ),
        ("HW7.xry", b"XRY\x00" + RANDOM, "xry_not_read", "MSAB"),
        ("HW7.xrycase", RANDOM, "xry_not_read", ""),
        ("HW7.ufd", UFD, "raw_extraction_not_read", ".ufd"),
        ("HW7.txt", UFD, "raw_extraction_not_read", ".ufd"),
        ("HW7.ufdx", UFDX, "raw_extraction_not_read", ".ufdx"),
        ("HW7.e01", b"EVF\x09\x0d\x0a\xff\x00" + RANDOM, "raw_extraction_not_read", "EnCase"),
        ("database.db", b"PGDMP\x01\x0e" + RANDOM, "vendor_file_not_read", "Cellebrite"),
        ("case.ofbx", RANDOM, "vendor_file_not_read", "Oxygen"),
        ("signal.db", RANDOM, "database_encrypted", "SQLCipher"),
        ("msgstore.db.crypt14", RANDOM, "database_encrypted", "WhatsApp"),
        ("backup.crypt15", RANDOM, "database_encrypted", "WhatsApp"),
        ("HW7.7z", b"7z\xbc\xaf\x27\x1c" + RANDOM, "archive_form_not_read", "7z"),
        ("HW7.rar", b"Rar!\x1a\x07\x01\x00" + RANDOM, "archive_form_not_read", "RAR"),
        (
            "HW7.tar.gz",
            b"\x1f\x8b\x08" + RANDOM,
            "archive_refused",
            "what is packed is damaged, or takes more memory to unpack than is given",
        ),
        ("CellebriteReader.exe", b"MZ" + RANDOM, "program_not_read", "program"),
        ("app.apk", packed({"AndroidManifest.xml": b"\x03", "classes.dex": b"x"}), "program_not_read", "Android"),
        ("report.xhtml", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html/>', "document_not_read", "web page"),
        (
            "app.plist",
            b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//x" "y"><plist/>',
            "plist_not_read",
            "Apple",
        ),
        (
            "messages.html",
            (
                b"<!DOCTYPE html><html><head><title>Exported Data</title></head>"
                b'<body><div class="page_wrap"></div></body></html>'
            ),
            "web_export_not_read",
            "Telegram",
        ),
        *(("mail.eml", f"{first}\r\n{MAIL}".encode(), "mail_not_read", "a mail") for first in FIRST_FIELDS),
        ("mail.txt", MAIL.encode(), "mail_not_read", "a mail"),
        ("mail.msg", OLE + bytes(1_500) + "__substg1.0_37010102".encode("utf-16-le"), "mail_not_read", "Outlook"),
        ("mail.bin", OLE + bytes(1_500) + "__substg1.0_37010102".encode("utf-16-le"), "mail_not_read", "Outlook"),
        ("page.mht", SAVED_PAGE.encode(), "document_not_read", "MHTML"),
        ("texts.xls", SPREADSHEET_ML.encode(), "workbook_form_not_read", "Excel 2003"),
        ("texts.xls", b"<html><body><table><tr><td>Date</td></tr></table></body></html>", "workbook_form_not_read", ""),
        (
            "texts.html",
            b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>a</td></tr></table></html>',
            "workbook_form_not_read",
            "Excel",
        ),
        ("message_1.html", page('<div class="pam _3-95 _a6-g">on</div>'), "web_export_not_read", "Facebook"),
        ("message_1.html", page('<div class="_3-95">on</div>', "<!DOCTYPE html>"), "web_export_not_read", "Instagram"),
        ("chat_history.html", page("<p>on</p>"), "web_export_not_read", "Snapchat"),
        ("Jay - Text - x.html", page('<div class="hChatLog hfeed">on</div>'), "web_alone_not_read", "Google Voice"),
        ("index.html", b"<html><head><title>iLEAPP Report</title></head></html>", "tool_page_not_read", "ALEAPP"),
        ("HW7.ufdr.crdownload", b"PK\x03\x04" + bytes(300), "download_unfinished", ".crdownload"),
        ("HW7.ufdr.part", b"PK\x03\x04" + bytes(300), "download_unfinished", ".part"),
        ("HW7.xml.filepart", b"<project ", "download_unfinished", ".filepart"),
        ("HW7.z01", b"PK\x07\x08PK\x03\x04" + bytes(300), "archive_part", ".z01"),
        ("HW7.zip.002", RANDOM, "archive_part", ".zip.002"),
        ("HW7.zip.001", zip_of("sms.xml")[:-30], "archive_part", ".zip.001"),
        ("HW7.tar.gz.001", gzip.compress(RANDOM)[:-2_000], "archive_part", ".gz.001"),
        ("HW7.7z.001", b"7z\xbc\xaf\x27\x1c" + RANDOM, "archive_part", ".7z.001"),
        ("HW7.part2.rar", b"Rar!\x1a\x07\x01\x00" + RANDOM, "archive_part", ".part2.rar"),
        ("HW7.zip", b"PK\x03\x04" + bytes(300), "archive_damaged", "damaged"),
        ("HW7.ad1", b"ADSEGMENTEDFILE\x00" + bytes(200), "raw_extraction_not_read", "AccessData"),
        ("HW7.ufdx", b'<?xml version="1.0"?><UFEDExtraction EvidenceID="HW/7"/>', "raw_extraction_not_read", ".ufdx"),
        ("HW7.tar.gz.gpg", b"\x85\x02\x0c\x03" + RANDOM, "input_protected", "PGP"),
        ("HW7.url", b"[InternetShortcut]\r\nURL=https://example.org/x\r\n", "program_not_read", "link"),
        ("hashes.md5", b"d41d8cd98f00b204e9800998ecf8427e *HW7.ufdr\r\n", "program_not_read", "hashes"),
        ("report.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "document_not_read", "MHTML"),
        ("bomb2.plist", b'<!DOCTYPE plist [<!ENTITY b "c">]><plist>&b;</plist>', "doctype_refused", ""),
        ("bomb.plist", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype_refused", ""),
        ("notes.bin", RANDOM, "format_unknown", "application/octet-stream"),
    ],
)
def test_it_is_refused_for_what_it_is(name: str, content: bytes, code: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_content(content, name)
    assert refused.value.code == code
    assert said in str(refused.value.subject or "")
    assert NOTICE_TABLE[code].remedy


def test_a_case_of_another_tool_is_told_by_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "Case.mfdb"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE scan_artifact_hit (a); CREATE TABLE hit_fragment_string (a);")
    connection.close()
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "vendor_file_not_read"


def test_a_workbook_in_which_nothing_stands_is_empty(tmp_path: Path) -> None:
    """No mapping of its columns could help."""
    path = tmp_path / "HW7.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet()
        book.add_worksheet()
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "input_empty"


def test_unknown_xml_gives_its_elements() -> None:
    content = "<EXPORT><MESSAGES>" + "<MESSAGE><TEXT>secret words</TEXT></MESSAGE>" * 3 + "</MESSAGES></EXPORT>"
    with pytest.raises(InputRefused) as refused:
        read_content(content, "export.xml")
    assert refused.value.code == "xml_unknown"
    assert refused.value.subject == "root EXPORT; elements: MESSAGE 3, TEXT 3, EXPORT 1, MESSAGES 1"


def test_unknown_xml_is_counted_to_its_end_and_as_far_as_it_is_whole() -> None:
    content = f"<a xmlns='urn:x'>{'<row/>' * 40_000}<cut"
    with pytest.raises(InputRefused) as refused:
        read_content(content, "export.xml")
    assert refused.value.subject == "root a of urn:x; elements: row 40000, a 1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<a/>", "root a; elements: a 1"),
        ("<a><b/><c></b></a>", "root a; elements: a 1, b 1, c 1"),
        ("<a><b x='1' x='2'/></a>", "root a; elements: a 1"),
        ("<p:a><p:b/></p:a>", "root p:a; elements: p:a 1, p:b 1"),
        ("<a>fish & chips&nbsp;<b/></a>", "root a; elements: a 1, b 1"),
        ("<a xmlns='urn:07700900123'/>", "root a of a namespace that is not shown; elements: a 1"),
    ],
)
def test_small_and_malformed_xml_has_a_census_too(content: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_content(content, "export.xml")
    assert (refused.value.code, refused.value.subject) == ("xml_unknown", said)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            {"version": 2, "items": [{"from": "x", "text": "y"}, {"from": "x", "sent": 1}]},
            "an object with version (value), items (list of 2 items with from/text/sent)",
        ),
        (
            {"jay_123": [{"Created": "x"}], "al_456": [{"Created": "x"}]},
            "an object of 2 keys, each list; list of 1 item with Created",
        ),
        ([{"a": 1}, {"b": 2}], "a list; 2 items with a/b"),
        ({"07700900123": 1, "b": 2}, "an object with other names, b (value)"),
        ({}, "an empty object"),
    ],
)
def test_unknown_json_gives_its_keys_and_no_name_of_anybody(value: object, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_content(json.dumps(value), "export.json")
    assert (refused.value.code, refused.value.subject) == ("json_unknown", said)


def test_an_unknown_database_gives_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE talks (a); CREATE TABLE people (a);")
    connection.close()
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert (refused.value.code, refused.value.subject) == ("database_unknown", "2 tables: people, talks")


@given(
    content=st.binary(max_size=400),
    front=st.sampled_from([b"", b"<a", b"{", b"[", b"PK\x03\x04", b"SQLite format 3\x00", b"\xff\xfe"]),
)
def test_any_bytes_are_refused_with_a_known_code(content: bytes, front: bytes) -> None:
    head = Head(name="x.db", is_folder=False, first_bytes=front + content, mime_type="application/octet-stream")
    refused = unreadable(head)
    assert refused.code in NOTICE_TABLE


def test_numbers_and_addresses_are_not_structural() -> None:
    assert is_structural("sender_name")
    assert is_structural("uco-core:hasFacet")
    assert not any(map(is_structural, ["07700900123", "jay@example.org\n", "a" * 60, "\u0412\u0441\u0451"]))


@pytest.mark.parametrize("name", ["HW7.tar.gz.001", "HW7.zip.001", "sms.z01", "mmssms.r01"])
def test_a_whole_file_that_is_called_as_a_part_is_read(tmp_path: Path, name: str) -> None:
    text = b"<smses backup_set='x'><sms address='07700900123' date='1717245000000' type='1' body='on'/></smses>"
    path = tmp_path / name
    if name.endswith("gz.001"):
        with tarfile.open(path, "w:gz") as tar:
            entry = tarfile.TarInfo("sms.xml")
            entry.size = len(text)
            tar.addfile(entry, BytesIO(text))
    elif name.endswith("zip.001"):
        with ZipFile(path, "w") as archive:
            archive.writestr("sms.xml", text)
            archive.comment = b"c" * 60_000
    elif name.endswith("r01"):
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE sms (_id INTEGER PRIMARY KEY, address, date, type, body, read)")
            for table in ("pdu", "threads", "canonical_addresses", "addr", "part"):
                database.execute(f"CREATE TABLE {table} (_id INTEGER PRIMARY KEY)")
            database.execute("INSERT INTO sms VALUES (1, '07700900207', 1717245000000, 1, 'on', 1)")
            database.execute("INSERT INTO part VALUES (1)")
        database.close()
    else:
        path.write_bytes(text)
    assert bodies_of(read_path(path)) == ["on"]


MEFEXPORT = b'<?xml version="1.0"?><MEFEXPORT><MESSAGES><MESSAGE><TEXT>yo</TEXT></MESSAGE></MESSAGES></MEFEXPORT>'
OXYGEN = b'<?xml version="1.0"?><Report generator="Oxygen Forensic Detective 15"><Messages/></Report>'
NFB = "1031\t2\r\n1033\tyo\r\n".encode("utf-16")


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("report.xml", MEFEXPORT, "vendor_xml_not_read", "MOBILedit"),
        ("report.xml", OXYGEN, "vendor_xml_not_read", "Oxygen"),
        ("HW7.nbu", RANDOM, "nokia_backup_not_read", "Nokia"),
        ("HW7.nfb", NFB, "nokia_backup_not_read", "Nokia"),
    ],
)
def test_exports_of_other_tools_are_refused_by_their_own_names(
    name: str, content: bytes, code: str, words: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_content(content, name)
    assert refused.value.code == code
    assert words in (refused.value.subject or "")


GERMAN_XRY = "XRY-Export\r\nFall: E\r\nNachrichten/SMS\r\n\r\n\r\nNachrichten #\t1\r\nVon\r\nTel:\t07700900123\r\n"


@pytest.mark.parametrize("first", ["XRY-Export", "XRY Exportieren", "Exportation XRY", "XAMN Export"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_an_xry_export_in_another_language_is_refused_by_its_name(first: str, encoding: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_content(GERMAN_XRY.replace("XRY-Export", first).encode(encoding), "Nachrichten-SMS.txt")
    assert (refused.value.code, refused.value.subject) == ("xry_other_language", first)


@pytest.mark.parametrize(
    "text",
    [
        "XRY report of HW/7\r\nread on Monday\r\n",
        "We used XRY and XAMN for the exhibits.\r\nItem # 1\r\n",
        GERMAN_XRY.replace("XRY-Export", "Notes"),
    ],
)
def test_a_text_that_speaks_of_the_tool_is_no_export(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_content(text.encode(), "notes.txt")
    assert refused.value.code != "xry_other_language"


def test_a_damaged_word_document_is_refused_as_one() -> None:
    for name, code in (("report.docx", "office_text_not_read"), ("report.zip", "archive_damaged")):
        with pytest.raises(InputRefused) as refused:
            read_content(b"PK\x03\x04" + RANDOM, name)
        assert refused.value.code == code


@pytest.mark.parametrize("name", ["HW7.nbf", "HW7.zip"])
def test_an_archive_of_nokias_messages_is_refused_as_that_unless_something_else_is_in_it(
    tmp_path: Path, name: str
) -> None:
    messages = {f"predefmessages/{box}/00001A2B3C4D5E6F0010000{box}": RANDOM[:200] for box in (1, 3)}
    card = {"HW7.vcf": TEXTS["HW7.vcf"].encode()}
    for held, is_refused in ((messages, True), ({**messages, **card}, False)):
        with ZipFile(tmp_path / name, "w") as archive:
            for member, content in held.items():
                archive.writestr(member, content)
        if is_refused:
            with pytest.raises(InputRefused) as refused:
                read_path(tmp_path / name)
            assert refused.value.code == "nokia_backup_not_read"
        else:
            assert len(read_path(tmp_path / name).records) == 1


def test_a_text_that_speaks_of_a_tool_further_down_is_unknown_xml() -> None:
    text = b'<?xml version="1.0"?><Notes><N>' + b"x" * 4_000 + b"Oxygen Forensic Detective</N></Notes>"
    with pytest.raises(InputRefused) as refused:
        read_content(text, "notes.xml")
    assert refused.value.code == "xml_unknown"
