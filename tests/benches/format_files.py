"""One truth of many texts as the file of each format, and the least that reading that file can cost."""

from __future__ import annotations

import csv
import json
import sqlite3
import tarfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

import msgspec
from lxml import etree

from ingest.demo.bulk_texts import bulk_report
from ingest.demo.truth import (
    ChatThread,
    Holding,
    Peer,
    SavedContact,
    SavedNumber,
    TextMessage,
    Travel,
    VendorReport,
)
from ingest.demo.writers.adb_backup import write_adb_backup
from ingest.demo.writers.android_db import write_texts as write_android_texts
from ingest.demo.writers.at_log import write_log
from ingest.demo.writers.axiom_xml import write_axiom
from ingest.demo.writers.case_jsonld import write_case
from ingest.demo.writers.container import packed
from ingest.demo.writers.gammu import write_smsbackup
from ingest.demo.writers.ios_db import write_messages as write_ios_messages
from ingest.demo.writers.itunes_backup import write_itunes_backup
from ingest.demo.writers.leapp import LeappForm, write_leapp
from ingest.demo.writers.meta_json import thread_export, write_thread
from ingest.demo.writers.nokia_backup import write_ncc
from ingest.demo.writers.pdu_lines import write_pdu_lines
from ingest.demo.writers.signal_text import write_signal_chat
from ingest.demo.writers.sim_files import write_script
from ingest.demo.writers.sms_backup_restore import messages_backup
from ingest.demo.writers.snapchat_json import chat_history, write_history
from ingest.demo.writers.table import write_table_workbook
from ingest.demo.writers.table import write_texts as write_table_texts
from ingest.demo.writers.telegram_json import chat_export, write_export
from ingest.demo.writers.ufdr import PA_7, PA_10, ReportForm, write_bare
from ingest.demo.writers.ufed_workbook import write_workbook
from ingest.demo.writers.vcard import write_cards
from ingest.demo.writers.vmg import VmgStyle
from ingest.demo.writers.vmg import write_messages as write_vmessages
from ingest.demo.writers.whatsapp_db import write_chat_storage, write_msgstore
from ingest.demo.writers.whatsapp_text import ANDROID_UK, write_chat
from ingest.demo.writers.xry_text import xry_views

JAY: Final = Peer("jay.k", None, "Jay")
OWNER: Final = Peer("kit", None, "Kit")


class Format(msgspec.Struct, frozen=True):
    """One row of the bench.

    Attributes:
        make: Writes the file into a folder and returns its path.
        floor: Reads its container and does nothing with it; returns how much it saw.
        reads_by: What the floor is, in words.
    """

    make: Callable[[Path, VendorReport], Path]
    floor: Callable[[Path], int]
    reads_by: str


def truth_of(count: int) -> VendorReport:
    """Return so many texts of one handset, of which two fifths are distinct."""
    report = bulk_report(count)
    (holding,) = report.holdings
    return msgspec.structs.replace(report, holdings=(msgspec.structs.replace(holding, texts=tuple(holding.texts)),))


def _holding(report: VendorReport) -> Holding:
    return report.holdings[0]


def _chat(report: VendorReport, service: str) -> ChatThread:
    """Return the texts as one conversation of two."""
    messages = tuple(msgspec.structs.replace(text, service=service, peers=(JAY,)) for text in _holding(report).texts)
    return ChatThread(key="jay.k", service=service, account="kit", participants=(JAY,), messages=messages, name="Jay")


def _chatting(report: VendorReport) -> Holding:
    peer = Peer("07700 900123", "+447700900123", "Jay")
    texts = tuple(msgspec.structs.replace(text, service="whatsapp", peers=(peer,)) for text in _holding(report).texts)
    chat = ChatThread(key="c", service="whatsapp", account="+447700900999", participants=(peer,), messages=texts)
    return msgspec.structs.replace(_holding(report), texts=(), chats=(chat,))


def _short(report: VendorReport) -> tuple[TextMessage, ...]:
    """Return the texts that a card can store: those in one alphabet, sent or received."""
    return tuple(text for text in _holding(report).texts if text.travel is not Travel.DRAFT)


def _contacts(report: VendorReport) -> tuple[SavedContact, ...]:
    """Return as many contacts as there are texts: one for each, with the number of its party."""
    return tuple(
        SavedContact(key=text.key, name=f"Contact {text.key}", numbers=(SavedNumber(text.peers[0].written),))
        for text in _holding(report).texts
    )


def _card(report: VendorReport) -> Holding:
    return msgspec.structs.replace(_holding(report), texts=_short(report))


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def by_elements(path: Path) -> int:
    """Count the elements of XML by their ends, and drop them."""
    count = 0
    for _event, element in etree.iterparse(str(path), events=("end",), huge_tree=True, recover=True):
        count += 1
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    return count


def by_rows(path: Path) -> int:
    """Fetch every row of every table."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sum(1 for name in names for _row in connection.execute(f'SELECT * FROM "{name}"'))
    finally:
        connection.close()


def by_json(path: Path) -> int:
    """Decode the whole file, with the standard library."""
    return len(json.loads(path.read_bytes()))


def by_lines(encoding: str) -> Callable[[Path], int]:
    """Return a floor that decodes the lines of a text and takes each apart at its first colon."""

    def floor(path: Path) -> int:
        with path.open(encoding=encoding, errors="replace", newline="") as lines:
            return sum(1 for line in lines if line.partition(":"))

    return floor


def by_csv(path: Path) -> int:
    """Read the rows of a delimited text with the standard library."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        return sum(1 for _row in csv.reader(rows))


def by_sheets(path: Path) -> int:
    """Count the elements of every sheet of a workbook."""
    count = 0
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/") and name.endswith(".xml"):
                with archive.open(name) as sheet:
                    for _event, element in etree.iterparse(sheet, events=("end",)):
                        count += 1
                        element.clear()
    return count


def by_octets(path: Path) -> int:
    """Turn the last word of every line to octets where it is hexadecimal."""
    count = 0
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            try:
                count += len(bytes.fromhex(line.rpartition(" ")[2]))
            except ValueError:
                continue
    return count


def by_tsv_files(folder: Path) -> int:
    """Read the rows of every file of tab-separated text."""
    count = 0
    for path in folder.rglob("*.tsv"):
        with path.open(encoding="utf-8-sig", newline="") as rows:
            count += sum(1 for _row in csv.reader(rows, delimiter="\t"))
    return count


def by_backup(path: Path) -> int:
    """Inflate a backup, go through its archive, and inflate and decode the lists of texts in it."""
    _magic, _version, _is_deflated, _encryption, archive = path.read_bytes().split(b"\n", 4)
    count = 0
    with tarfile.open(fileobj=BytesIO(zlib.decompress(archive)), mode="r:") as members:
        for member in members:
            file = members.extractfile(member)
            if file is not None and member.name.endswith("_backup"):
                count += len(json.loads(zlib.decompress(file.read())))
    return count


def by_databases(folder: Path) -> int:
    """Fetch every row of every database of a folder, whatever it is called."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return sum(by_rows(path) for path in files if path.read_bytes()[:15] == b"SQLite format 3")


_MEMBERS: Final[Mapping[str, Callable[[Path], int]]] = {
    "sms-1.xml": by_elements,
    "texts.csv": by_csv,
    "WhatsApp Chat with Jay.txt": by_lines("utf-8"),
    "pdus.txt": by_octets,
}


def write_zip(path: Path, report: VendorReport) -> Path:
    """Write a quarter of the texts in each of four formats, packed as a unit packs what it has of several handsets."""
    texts = _holding(report).texts
    quarters = [_with_texts(report, texts[at :: len(_MEMBERS)]) for at in range(len(_MEMBERS))]
    with TemporaryDirectory() as name:
        folder = Path(name)
        _written(folder / "sms-1.xml", messages_backup(quarters[0]))
        write_table_texts(folder / "texts.csv", _holding(quarters[1]).texts)
        write_chat(folder / "WhatsApp Chat with Jay.txt", _chat(quarters[2], "whatsapp"), ANDROID_UK)
        write_pdu_lines(folder / "pdus.txt", _short(quarters[3]))
        return _written(path, packed({name: (folder / name).read_bytes() for name in _MEMBERS}))


def _with_texts(report: VendorReport, texts: Sequence[TextMessage]) -> VendorReport:
    holding = msgspec.structs.replace(_holding(report), texts=tuple(texts))
    return msgspec.structs.replace(report, holdings=(holding,))


def by_members(path: Path) -> int:
    """Unpack an archive, and read each file as its own format's floor does."""
    with TemporaryDirectory() as folder, ZipFile(path) as archive:
        archive.extractall(folder)
        return sum(floor(Path(folder) / name) for name, floor in _MEMBERS.items())


FORMATS: Final[dict[str, Format]] = {
    "ufdr 7": Format(
        lambda folder, report: write_bare(folder / "report.xml", report, ReportForm(dialect=PA_7)),
        by_elements,
        "iterparse",
    ),
    "ufdr 10": Format(
        lambda folder, report: write_bare(folder / "report.xml", report, ReportForm(dialect=PA_10)),
        by_elements,
        "iterparse",
    ),
    "ufed_workbook": Format(
        lambda folder, report: write_workbook(folder / "a.xlsx", report), by_sheets, "iterparse of the sheets"
    ),
    "xry_text": Format(
        lambda folder, report: _written(folder / "Messages-SMS.txt", xry_views(report)["Messages-SMS.txt"]),
        by_lines("utf-16"),
        "lines",
    ),
    "table csv": Format(
        lambda folder, report: write_table_texts(folder / "texts.csv", _holding(report).texts), by_csv, "csv.reader"
    ),
    "table xlsx": Format(
        lambda folder, report: write_table_workbook(folder / "texts.xlsx", _holding(report)),
        by_sheets,
        "iterparse of the sheets",
    ),
    "sms_backup": Format(
        lambda folder, report: _written(folder / "sms-1.xml", messages_backup(report)), by_elements, "iterparse"
    ),
    "whatsapp_text": Format(
        lambda folder, report: write_chat(folder / "WhatsApp Chat with Jay.txt", _chat(report, "whatsapp"), ANDROID_UK),
        by_lines("utf-8"),
        "lines",
    ),
    "signal_text": Format(
        lambda folder, report: write_signal_chat(folder / "Jay.txt", _chat(report, "signal")),
        by_lines("utf-8"),
        "lines",
    ),
    "android_db": Format(
        lambda folder, report: write_android_texts(folder / "mmssms.db", _holding(report)), by_rows, "sqlite3 rows"
    ),
    "ios_db": Format(
        lambda folder, report: write_ios_messages(folder / "sms.db", _holding(report)), by_rows, "sqlite3 rows"
    ),
    "whatsapp_db": Format(
        lambda folder, report: write_msgstore(folder / "msgstore.db", _chatting(report)), by_rows, "sqlite3 rows"
    ),
    "whatsapp_db ios": Format(
        lambda folder, report: write_chat_storage(folder / "ChatStorage.sqlite", _chatting(report)),
        by_rows,
        "sqlite3 rows",
    ),
    "pdu_lines": Format(
        lambda folder, report: write_pdu_lines(folder / "pdus.txt", _short(report)), by_octets, "octets of lines"
    ),
    "at_log": Format(
        lambda folder, report: write_log(folder / "at.log", _holding(report)), by_octets, "octets of lines"
    ),
    "gammu": Format(
        lambda folder, report: write_smsbackup(folder / "a.smsbackup", _short(report)), by_lines("utf-8"), "lines"
    ),
    "vmg": Format(
        lambda folder, report: write_vmessages(folder / "a.vmg", _holding(report).texts, VmgStyle.NOKIA_UTF8),
        by_lines("utf-8"),
        "lines",
    ),
    "nokia_backup": Format(
        lambda folder, report: write_ncc(folder / "Messages.ncc", _holding(report).texts), by_lines("utf-16"), "lines"
    ),
    "axiom_xml": Format(lambda folder, report: write_axiom(folder / "a.xml", report), by_elements, "iterparse"),
    "telegram_json": Format(
        lambda folder, report: write_export(folder / "result.json", chat_export(_chat(report, "telegram"), OWNER)),
        by_json,
        "json.loads",
    ),
    "meta_json": Format(
        lambda folder, report: write_thread(folder / "message_1.json", thread_export(_chat(report, "facebook"), OWNER)),
        by_json,
        "json.loads",
    ),
    "snapchat_json": Format(
        lambda folder, report: write_history(
            folder / "chat_history.json", chat_history((_chat(report, "snapchat"),), "kit")
        ),
        by_json,
        "json.loads",
    ),
    "case_jsonld": Format(lambda folder, report: write_case(folder / "a.jsonld", report), by_json, "json.loads"),
    "adb_backup": Format(
        lambda folder, report: write_adb_backup(folder / "a.ab", _holding(report)),
        by_backup,
        "inflate, tarfile, json.loads",
    ),
    "leapp lava": Format(
        lambda folder, report: (
            write_leapp(folder / "output", _holding(report), LeappForm(has_tsv=False)) / "_lava_artifacts.db"
        ),
        by_rows,
        "sqlite3 rows",
    ),
    "leapp tsv": Format(
        lambda folder, report: write_leapp(
            folder / "output", _holding(report), LeappForm(has_database=False, has_description=False)
        ),
        by_tsv_files,
        "csv.reader",
    ),
    "sim_files": Format(
        lambda folder, report: write_script(folder / "card.script", _card(report)), by_octets, "octets of lines"
    ),
    "itunes_backup": Format(
        lambda folder, report: write_itunes_backup(folder / "backup", _holding(report)),
        by_databases,
        "sqlite3 rows of all databases",
    ),
    "zip of four": Format(
        lambda folder, report: write_zip(folder / "all.zip", report), by_members, "unzip, then each file's own floor"
    ),
    "vcard": Format(
        lambda folder, report: write_cards(folder / "contacts.vcf", _contacts(report), "3.0"),
        by_lines("utf-8"),
        "lines",
    ),
}
