"""Says what a delivery is that no parser reads: known for what it is, with what to send instead, or a census of it.

Asked last, when nobody claims the delivery; what a parser knows of its own format (a protected report) it says itself.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final, TypeAlias

from parsers.chat_lines import read_as_chat
from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.json_encoding import json_front
from parsers.leftovers import leftover_told
from parsers.mail_fronts import mail_told
from parsers.members.nokia_backups import NOKIA_BACKUP
from parsers.part_book import shown_name
from parsers.sheets.text_encoding import encoding_of_text
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.stray_logs import LOG_ALONE, LOG_MAGICS
from parsers.unreadable_texts import is_utf_32, ragged_rows
from parsers.web_pages import web_page
from parsers.xml_guard import root_tag
from parsers.zip_headers import LOCAL_MAGIC

_DOCUMENT, _ARCHIVE, _RAW, _VENDOR = (
    "document_not_read",
    "archive_form_not_read",
    "raw_extraction_not_read",
    "vendor_file_not_read",
)
_VENDORS_XML: Final = "vendor_xml_not_read"
_MEDIA, _MAIL, _WRITTEN = "media_not_read", "mail_not_read", "office_text_not_read"
_Known: TypeAlias = "tuple[str, str | None]"
"""Notice code, and what the sentence calls it."""

RTF_MAGIC: Final = b"{\\rtf"
_MAGICS: Final[tuple[tuple[int, bytes, str, str], ...]] = (
    (0, b"%PDF", _DOCUMENT, "a PDF document"),
    (0, RTF_MAGIC, _WRITTEN, "a text document (RTF)"),
    (0, b"Rar!\x1a\x07", _ARCHIVE, "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", _ARCHIVE, "7z"),
    (0, b"\x1f\x8b", _ARCHIVE, "gzip"),
    (4, b"1AY&SY", _ARCHIVE, "bzip2"),
    (0, b"\xfd7zXZ\x00", _ARCHIVE, "xz"),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE, "Zstandard"),
    (257, b"ustar", _ARCHIVE, "tar"),
    (0, b"EVF\x09\x0d\x0a\xff\x00", _RAW, "an EnCase image"),
    (0, b"EVF2\x0d\x0a\x81\x00", _RAW, "an EnCase image"),
    (0, b"ANDROID!", _RAW, "a boot image of Android"),
    (510, b"\x55\xaa", _RAW, "an image of a memory"),
    (1080, b"\x53\xef", _RAW, "an image of a file system"),
    (0, b"bplist00", "plist_not_read", "a property list of an Apple device"),
    (0, b"PGDMP", _VENDOR, "the database of a Cellebrite report (DbData/database.db)"),
    (0, b"MZ", "program_not_read", "a program for Windows"),
    (0, b"\x7fELF", "program_not_read", "a program"),
)
"""Offset, bytes, notice code, and what the sentence calls it."""

_SUFFIXES: Final = {
    ".ufd": (_RAW, "UFED's pointer to a raw extraction (.ufd)"),
    ".ufdx": (_RAW, "UFED's pointer to a raw extraction (.ufdx)"),
    ".mfdb": (_VENDOR, "a case of Magnet AXIOM (.mfdb)"),
    ".ofbx": (_VENDOR, "a backup of Oxygen Forensic Detective"),
    ".ofbr": (_VENDOR, "a backup of Oxygen Forensic Detective"),
    ".odb": (_VENDOR, "a database of Oxygen Forensic Detective"),
    ".nbu": (NOKIA_BACKUP, "a backup of Nokia PC Suite (.nbu)"),
    ".nbf": (NOKIA_BACKUP, "a backup of Nokia PC Suite (.nbf)"),
    ".nfb": (NOKIA_BACKUP, "a backup of Nokia PC Suite (.nfb)"),
    ".nfc": (NOKIA_BACKUP, "a backup of Nokia PC Suite (.nfc)"),
}
_UFDX_SUFFIX: Final = ".ufdx"
POINTERS: Final = frozenset({_SUFFIXES[".ufd"][1], _SUFFIXES[_UFDX_SUFFIX][1]})
"""Of what refuses a file that only says where a raw extraction lies: beside others it says nothing of them."""

_UFD = re.compile(rb"^\[(?:DeviceInfo|Dumps|ExtractionStatus|Backup|SHA256|General)\]\s*$", re.MULTILINE)
_UFD_KEY = re.compile(
    rb"^(?:FileDump|ExtractionType|UFED|Vendor|AcquisitionTool|MachineName|UfdVer)[^=\r\n]*=", re.MULTILINE
)
_UFDX = re.compile(rb"<(?:UFED|EvidenceID|Extractions?|DeviceInfo)\b[^>]*\b(?:TransferType|IMEI1|GUID|EvidenceID)=")
_DOCTYPE = re.compile(rb"(?:<\?xml[^>]*\?>\s*)?<!doctype\s+(html|plist)\b([^\[>]*>)?", re.IGNORECASE)
"""A document type that does no harm: of a web page; of a property list, where it declares nothing itself."""
_SPREADSHEET_ROOT = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet")
_HTML_TYPE: Final = "text/html"
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_LAVA = re.compile(rb'"lava_schema_version"\s*:')
_EMPTY_ZIP = b"PK\x05\x06"
_TYPES: Final = (
    # Named one by one: libmagic takes much that is unknown for rarer pictures, such as image/x-tga, by two bytes.
    ("image/jpeg", _MEDIA, "a picture"),
    ("image/png", _MEDIA, "a picture"),
    ("image/gif", _MEDIA, "a picture"),
    ("image/webp", _MEDIA, "a picture"),
    ("image/heic", _MEDIA, "a picture"),
    ("image/tiff", _MEDIA, "a picture"),
    ("image/bmp", _MEDIA, "a picture"),
    ("image/svg", _MEDIA, "a picture"),
    ("video/", _MEDIA, "a film"),
    ("audio/", _MEDIA, "a recording"),
    ("application/msword", _WRITTEN, "a Word document"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml", _WRITTEN, "a Word document"),
    ("application/vnd.openxmlformats-officedocument.presentationml", _WRITTEN, "a presentation"),
    ("application/vnd.oasis.opendocument.text", _WRITTEN, "a text document (ODT)"),
    ("application/vnd.ms-outlook", _MAIL, "a mail"),
    ("message/rfc822", _MAIL, "a mail"),
    ("application/mbox", _MAIL, "a box of mails"),
    ("application/x-iso9660-image", _RAW, "an image of a disc"),
    ("application/java-archive", "program_not_read", "a program for Java or Android"),
    ("application/vnd.android.package-archive", "program_not_read", "a program for Android"),
)
_MOBILEDIT_ROOT: Final = re.compile(r"(?:[\w.-]+:)?MEFEXPORT(?![\w.-])", re.IGNORECASE)
_OXYGEN = re.compile(rb"oxygen\s*forensic", re.IGNORECASE)
_VENDOR_BYTES: Final = 2_048
"""How far from its front an XML names the tool that wrote it: further down a text may speak of any."""

_WORKBOOK_XML: Final = ("workbook_form_not_read", "XML of Excel 2003 (SpreadsheetML)")
_WORD_MEMBERS: Final = (("word/", "a Word document"), ("ppt/", "a presentation"))
_DAY_AND_MONTH: Final = r"(?:[0-9]{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.? [0-9]{1,2})"
_HOUR_AND_MINUTE: Final = r"[0-9]{1,2}[:.][0-9]{2}(?: [AP]M)?"
_YEARLESS = re.compile(
    rf"(?:{_HOUR_AND_MINUTE},? {_DAY_AND_MONTH}|{_DAY_AND_MONTH},? {_HOUR_AND_MINUTE}) - [^:]{{1,100}}: ", re.IGNORECASE
)
"""How a message began on Android until 2016 in the year in which the chat was exported: ``27 Mar 21:41 - Jay: yo``."""

_CHAT_NAME = re.compile(r"whatsapp.*\.txt$|^_chat\.txt$", re.IGNORECASE)
_ODD_DELIMITERS: Final = ("~", "\u00a6", "\u00a7", "\u00ac", "#", "::", "\x1f", "\x1e", " / ", " - ")
"""What people and programs put between cells, and no spreadsheet program opens as such."""

_BLANKS: Final = {0: "zeros", 0xFF: "octets FF, as erased memory has them"}
_LOOKED_AT_LINES: Final = 300
_FEWEST_ROWS: Final = 4
_ENCRYPTED_NAME = re.compile(r"\.crypt[0-9]{1,2}$", re.IGNORECASE)
_DATABASE_SUFFIXES: Final = (".db", ".sqlite", ".sqlite3", ".sqlitedb", ".db3", ".storedata")
_LOG_SUFFIX: Final = ".log"
_LEAST_OF_RANDOM: Final = 2_048
_RANDOM_BITS: Final = 7.8
_TABLES_OF_AXIOM: Final = frozenset({"scan_artifact_hit", "hit_fragment_string"})


def unreadable(head: Head) -> InputRefused:
    """Return why a delivery is not read, in words for the one who sent it."""
    if not head.is_folder:
        for tell in _TELLERS:
            known = tell(head)
            if known is not None:
                return InputRefused(*known)
    return InputRefused("format_unknown", head.mime_type)


def _of_empty_archive(head: Head) -> _Known | None:
    if head.first_bytes.startswith(_EMPTY_ZIP):
        return "input_empty", None
    if head.first_bytes.startswith(LOCAL_MAGIC) and not head.members:
        return "archive_refused", "no file in it has a name that is safe to open and stands there once"
    return None


def _of_blank(head: Head) -> _Known | None:
    """Tell a file of one octet over and over, as a copy that failed leaves it."""
    octets = {*head.first_bytes, *head.last_bytes}
    what = _BLANKS.get(next(iter(octets))) if len(octets) == 1 else None
    return None if what is None or head.members or head.holds_other_octets else ("file_blank", what)


def _of_encoding(head: Head) -> _Known | None:
    return ("encoding_not_read", "UTF-32") if is_utf_32(head.first_bytes) else None


def _of_magic(head: Head) -> _Known | None:
    first = head.first_bytes
    if first.startswith(LOG_MAGICS):
        return LOG_ALONE, shown_name(head.name)
    for offset, magic, code, what in _MAGICS:
        # Two bytes at the end of a first sector are a sign in an image alone, and chance in a text.
        if first[offset : offset + len(magic)] == magic and (offset == 0 or not _is_text(first)):
            return code, what
    is_pointer = _UFD.search(first[:4096]) and _UFD_KEY.search(first[:65536])
    return _SUFFIXES[".ufd"] if is_pointer else None


def _of_leftover(head: Head) -> _Known | None:
    return leftover_told(head.name, head.first_bytes)


def _of_mail(head: Head) -> _Known | None:
    return mail_told(head.first_bytes, head.last_bytes, head.name)


def _of_type(head: Head) -> _Known | None:
    if head.mime_type.startswith(_HTML_TYPE):
        return web_page(head.first_bytes, head.name)
    return next(((code, what) for prefix, code, what in _TYPES if head.mime_type.startswith(prefix)), None)


def _of_name(head: Head) -> _Known | None:
    name = head.name.casefold()
    suffix = name[name.rfind(".") :] if "." in name else ""
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if _ENCRYPTED_NAME.search(name):
        return "database_encrypted", "a backup of WhatsApp"
    if name.endswith(_DATABASE_SUFFIXES) and _is_random(head.first_bytes):
        return "database_encrypted", "no SQLite header and nothing but random bytes, as SQLCipher writes it"
    return None


def _of_package(head: Head) -> _Known | None:
    """Tell what the members of an archive show."""
    if not head.members:
        return None
    names = [name.casefold() for name in head.members[:500]]
    for prefix, what in _WORD_MEMBERS:
        if any(name.startswith(prefix) for name in names):
            return _WRITTEN, what
    if "androidmanifest.xml" in names or "meta-inf/manifest.mf" in names:
        return "program_not_read", "a program for Java or Android"
    return _of_type(head)


def _of_database(head: Head) -> _Known | None:
    if not head.first_bytes.startswith(SQLITE_MAGIC):
        return None
    tables = {table.casefold() for table in head.tables}
    if tables >= _TABLES_OF_AXIOM:
        return _SUFFIXES[".mfdb"]
    return "database_unknown", None


def _of_markup(head: Head) -> _Known | None:
    """Tell XML and JSON, whose census is made from the whole file by ``parsers.census``."""
    first = head.first_bytes
    if _UFDX.search(first[:65536]):
        return _SUFFIXES[_UFDX_SUFFIX]
    if _LAVA.search(first[:4096]):
        return (
            _VENDOR,
            "the description of an ALEAPP or iLEAPP output, whose tables lie in _lava_artifacts.db beside it",
        )
    if _JSON.match(json_front(first)):
        return "json_unknown", None
    try:
        tag = root_tag(first)
    except InputRefused as refused:
        return _of_doctype(head) or (refused.code, refused.subject)
    if tag is not None and tag[:4].casefold() == "html":
        return web_page(first, head.name)
    return None if tag is None else _of_root(tag, head.name, first)


def _of_root(tag: str, name: str, first: bytes) -> _Known:
    if name.casefold().endswith(_UFDX_SUFFIX):
        return _SUFFIXES[_UFDX_SUFFIX]
    if _MOBILEDIT_ROOT.match(tag):
        return _VENDORS_XML, "the XML of MOBILedit Forensic"
    if _OXYGEN.search(first[:_VENDOR_BYTES]):
        return _VENDORS_XML, "XML of Oxygen Forensic Detective"
    return _WORKBOOK_XML if _SPREADSHEET_ROOT.search(tag) else ("xml_unknown", None)


def _of_doctype(head: Head) -> _Known | None:
    """Tell the two kinds of markup in which a document type is usual. None: it is neither, or declares something."""
    found = _DOCTYPE.match(head.first_bytes)
    if found is None:
        return None
    if found[1].lower() == b"html":
        return web_page(head.first_bytes, head.name)
    return ("plist_not_read", "a property list of an Apple device") if found[2] is not None else None


def _of_text(head: Head) -> _Known | None:
    """Tell a text that is named as a chat, and rows whose cells a character parts that is no delimiter of a table."""
    first = head.first_bytes
    if not _is_text(first):
        return None
    encoding = encoding_of_text(first)
    lines = first[encoding.mark_bytes :].decode(encoding.name, "replace").splitlines()[:_LOOKED_AT_LINES]
    if _CHAT_NAME.search(head.name):
        is_without_years = any(_YEARLESS.match(line) for line in lines)
        return "chat_without_years" if is_without_years else "chat_not_understood", None
    if not head.name.casefold().endswith(_LOG_SUFFIX) and read_as_chat(lines):
        return "chat_unknown", None
    rows = [line for line in lines if line.strip()]
    for mark in _ODD_DELIMITERS:
        widths = Counter(row.count(mark) for row in rows)
        width, count = max(widths.items(), key=lambda each: each[1], default=(0, 0))
        if width > 1 and count >= _FEWEST_ROWS and count * 5 >= len(rows) * 4:
            return "delimiter_unknown", mark
    ragged = ragged_rows(head)
    return ("table_ragged", ragged) if ragged is not None else None


def _is_text(first: bytes) -> bool:
    return b"\x00" not in first[:1024]


def _is_random(first: bytes) -> bool:
    """Whether bytes are spread as evenly as encryption leaves them."""
    if len(first) < _LEAST_OF_RANDOM:
        return False
    counts = Counter(first)
    total = len(first)
    return -sum(count / total * math.log2(count / total) for count in counts.values()) > _RANDOM_BITS


_TELLERS: Final = (
    *(
        _of_package,
        _of_empty_archive,
        _of_blank,
        _of_database,
        _of_encoding,
        _of_leftover,
        _of_magic,
        _of_markup,
        _of_mail,
        _of_type,
        _of_name,
    ),
    _of_text,
)
"""In the order in which they are asked."""
