"""Hostile files of every entry but the vendor's report (which has a module of its own): what each must come to.

Texts that hurt regular expressions, values that nest, names that lead out of the folder, statements that a database
would run, entities that multiply. Each is small on disk; what is asked is that it costs no more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

_ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
_SMS = '<smses count="1"><sms address="07700900456" date="1715351458724" type="1" body="{}" /></smses>'
_XRY = (
    "XRY Export\r\nx\r\nMessages/SMS\r\n\r\n\r\nMessages #\t1\r\nFrom\r\nTel:\t07700900456\r\n"
    "Text:\tx{}\r\nType:\tDeliver\r\n\r\n"
)
_SHEET = (
    '<?xml version="1.0"?>{}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Time</t></is></c><c r="B1" t="inlineStr"><is><t>Tel</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Text</t></is></c></row>{}</sheetData></worksheet>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}"><sheets><sheet name="SMS" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class HostileExport(msgspec.Struct, frozen=True):
    """One file.

    Attributes:
        name: Of the file, with its folders.
        content: Makes it.
        messages: How many messages must come out of it, however they are.
        codes: Notices of which one must be given; empty: none need be.
    """

    name: str
    content: Callable[[], bytes]
    messages: int = 0
    codes: frozenset[str] = frozenset()


def _text(name: str, text: str, messages: int = 0, *codes: str) -> HostileExport:
    return HostileExport(name, text.encode, messages, frozenset(codes))


def _doctype(root: str) -> str:
    return f'<!DOCTYPE {root} [<!ENTITY a "aaaaaaaaaa">{_ENTITIES}]>'


def _archive(*members: tuple[str, bytes | str]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def _workbook(doctype: str, rows: str) -> bytes:
    return _archive(*_PARTS.items(), ("xl/worksheets/sheet1.xml", _SHEET.format(doctype, rows)))


def _leading_out() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in ("../../../slipped.xml", "/slipped.xml", "C:\\slipped.xml", "sms-1.xml"):
            archive.writestr(name, _SMS.format("inside"))
        link = ZipInfo("link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _database(folder: Path, script: str) -> bytes:
    path = folder / "made.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    content = path.read_bytes()
    path.unlink()
    return content


def exports(scratch: Path) -> tuple[HostileExport, ...]:
    """Return the files; ``scratch`` is a folder to make databases in."""
    bomb = _archive(("sms-1.xml", _SMS.format("x")), ("sms-2.xml", b'<smses count="1">' + b" " * 100_000_000))
    columns = "_id INTEGER PRIMARY KEY, thread_id, address, date, type, body"
    row = "INSERT INTO sms (address, date, type, body) VALUES ('07700900456', 1715351458724, 1, 'kept')"
    fragment = '<Fragment name="Message">{}</Fragment><Fragment name="Partner">+447700900456</Fragment>'
    hits = '<Artifacts><Artifact name="Android SMS"><Hits><Hit>{}</Hit>{}</Hits></Artifact></Artifacts>'
    return (
        _text("bomb.xml", f'<?xml version="1.0"?>{_doctype("smses")}{_SMS.format("&j;")}', 0, "doctype_refused"),
        _text("axiom.xml", _doctype("Artifacts") + hits.format(fragment.format("&j;"), ""), 0, "doctype_refused"),
        _text(
            "deep axiom.xml", hits.format(fragment.format("kept"), "<a>" * 5_000 + "</a>" * 5_000), 1, "limit_reached"
        ),
        _text(
            "Info.plist",
            f'<?xml version="1.0"?>{_doctype("plist")}<plist><dict><key>IMEI</key><string>&j;</string></dict></plist>',
            0,
            "doctype_refused",
        ),
        HostileExport("bomb.xlsx", lambda: _workbook(_doctype("worksheet"), ""), codes=frozenset({"doctype_refused"})),
        HostileExport(
            "far.xlsx",
            lambda: _workbook("", '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
            codes=frozenset({"element_unreadable"}),
        ),
        HostileExport("bomb.zip", lambda: bomb, codes=frozenset({"archive_refused"})),
        HostileExport(
            "packed.zip",
            lambda: _archive(("a.zip", _archive(("b.zip", bomb)))),
            codes=frozenset({"archive_refused", "nested_too_deep"}),
        ),
        HostileExport("slip.zip", _leading_out, 1, frozenset({"member_refused"})),
        HostileExport(
            "view.db",
            lambda: _database(
                scratch,
                "CREATE VIEW sms AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS _id,"
                " n AS thread_id, n AS address, n AS date, n AS type, n AS body FROM r; CREATE TABLE threads (_id);",
            ),
            codes=frozenset({"table_not_plain"}),
        ),
        HostileExport(
            "trigger.db",
            lambda: _database(
                scratch,
                f"CREATE TABLE sms ({columns}, made AS (length(zeroblob(500000000))) VIRTUAL); {row}; CREATE TRIGGER t"
                " AFTER INSERT ON sms BEGIN DELETE FROM sms; END;",
            ),
            1,
        ),
        _text(
            "chat_history.json",
            f'{{"a": [{{"From": "x", "Media Type": "TEXT", "Created": "", "IsSender": false, '
            f'"Content": {"[" * 50_000}{"]" * 50_000}}}]}}',
            0,
            "element_unreadable",
        ),
        _text(
            "tg/result.json",
            '{"name": "x", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "type": "message",'
            f' "date_unixtime": "1", "from_id": "user1", "text": {"[" * 50_000}{"]" * 50_000}}}, {{"id": 2,'
            ' "type": "message", "date_unixtime": "1688551201", "from_id": "user1", "text": "kept"}]}',
            1,
            "element_unreadable",
        ),
        _text(
            "WhatsApp Chat with A.txt",
            "25/12/2023, 14:05 - A: x\n25/12/2023, 14:05 - "
            + "a" * 500_000
            + "\n["
            + "1/" * 200_000
            + "\n"
            + " " * 500_000
            + "\n25/12/2023, 14:06 - B: y\n"
            + "\u200e" * 300_000
            + "\n",
            3,
        ),
        _text(
            "t.csv",
            'Time,Tel,Direction,Text\n"'
            + "1/" * 100_000
            + '",'
            + "07700900456 " * 10_000
            + ",In,x\n2023-09-13 18:45,"
            + "(" * 50_000
            + ",In,y\n2023-09-13 18:45,07700900456,In,=cmd|' /C calc'!A0\n",
            3,
            "time_unreadable",
        ),
        HostileExport(
            "xry.txt",
            lambda: (
                b"\xff\xfe"
                + _XRY.format(
                    "\r\n"
                    + " " * 300_000
                    + ":\r\n"
                    + "a :" * 100_000
                    + "\r\n"
                    + "#" * 200_000
                    + "\r\nTime:\t"
                    + "1/" * 50_000
                ).encode("utf-16-le")
            ),
            1,
        ),
        _text(
            "v.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:"
            + "a" * 300_000
            + "\r\nTEL;"
            + "TYPE=a;" * 30_000
            + ":07700900456\r\nN:"
            + "\\;" * 200_000
            + "\r\n"
            + " x" * 200_000
            + "\r\nEND:VCARD\r\n",
        ),
        _text(
            "at.log",
            "AT+CMGL=4\r\n+CMGL: 1,1,,"
            + "9" * 50_000
            + "\r\n"
            + "0" * 300_000
            + '\r\n+CPBR: 1,"'
            + '"' * 200_000
            + "\r\nOK\r\n",
            0,
            "element_unreadable",
        ),
        _text(
            "pdus.txt",
            "0791447758100650040C914497716247010000909010711423400A2050EC468B81C4733A\n"
            + "0A " * 200_000
            + "\n"
            + "<" * 200_000
            + "\n",
            1,
            "element_unreadable",
        ),
        _text(
            "g.smsbackup",
            '[SMSBackup00]\nNumber = "07700900456"\nState = Read\nText00 = '
            + " =" * 100_000
            + "\n"
            + "[" * 200_000
            + "\n",
            1,
            "text_written_plainly",
        ),
        _text(
            "sms-1.xml",
            '<smses count="2"><sms '
            + 'a="b" ' * 100_000
            + 'address="1" date="1" type="1" body="x"/>'
            + _SMS.format("kept").removeprefix('<smses count="1">'),
            1,
            "element_unreadable",
        ),
        _text(
            "card.script",
            "# file: EF.SMS (6f3c)\nupdate_record 1 " + "A7:" * 200_000 + "\n# " + "6f3c " * 100_000 + "\n",
        ),
    )
