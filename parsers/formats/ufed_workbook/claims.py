"""Tells the vendor's workbook from other workbooks: by the title over each sheet, its headings, the sheets' names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import unescape

from parsers.contract import Claim, Head
from parsers.formats.ufed_workbook.sheet_names import SheetRole, is_vendors_name, use_of
from parsers.sheets.other_workbooks import ODS_MIME, OLE_MAGIC
from parsers.sheets.xlsx_package import WORKBOOK, is_workbook
from parsers.xml_guard import encoding_of

# Bounded, and without runs that overlap: what is looked at may have been made to keep an expression busy.
_SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\s[^>]{0,400}?\bname=\"([^\"]{0,200})\"")
_ODS_SHEET = re.compile(r"<table:table\s[^>]{0,400}?\btable:name=\"([^\"]{0,200})\"")
# MS-XLS 2.4.28, BoundSheet8: size, place, state, type, then the name: its length, how wide a character is, the text.
_OLD_SHEET = re.compile(
    rb"\x85\x00[\x08-\x46]\x00.{4}[\x00-\x02][\x00-\x06]([\x01-\x1f])([\x00\x01])(?=(.{1,62}))", re.DOTALL
)
_CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f]+")
_CONTENT: Final = "content.xml"
_TITLE = re.compile(r"<(?:\w{1,20}:)?(?:t|p)?(?:\s[^>]{0,80})?>([^<>()]{2,80})\([0-9]{1,9}\)\s{0,8}</")
_HEADINGS: Final = (
    *("Interaction Statuses", "Deleted - Instant Message", "Deleted - Chat", "Instant Message #"),
    *("Tag Note - Instant Message", "Source file information", "Participants Timestamps", "Participant photo #1"),
)
_ENTITIES: Final = {"&quot;": '"', "&apos;": "'"}
_ROLES: Final = frozenset({SheetRole.RECORDS, SheetRole.DEVICE, SheetRole.SIM})


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.is_folder:
        return None
    names, texts = _shown(head)
    if not any(use_of(name).role in _ROLES for name in names):
        return None
    listed = {" ".join(name.split()).casefold() for name in names}
    if any(title.casefold() in listed for title in _titles(texts)):
        return Claim(score=80, reason="workbook with the vendor's title over a sheet")
    heading = next((each for each in _HEADINGS if any(f">{each}<" in text for text in texts.values())), None)
    if heading is not None:
        return Claim(score=75, reason=f"workbook with the vendor's heading {heading}")
    return _claim_on_names(names, texts)


def _shown(head: Head) -> tuple[list[str], dict[str, str]]:
    """Return the names of the sheets of a workbook of any kind, and what stands at the front of its parts."""
    if head.first_bytes.startswith(OLE_MAGIC):
        # Texts of cells stand in it one behind the other, a byte a character where they need no more.
        text = _CONTROLS.sub("</><>", head.first_bytes.decode("latin-1"))
        return [_old_name(*found) for found in _OLD_SHEET.findall(head.first_bytes)], {_CONTENT: text}
    texts = {name.casefold(): _text(front) for name, front in head.member_heads.items()}
    if is_workbook(head):
        return [unescape(name, _ENTITIES) for name in _SHEET.findall(texts.get(WORKBOOK, ""))], texts
    if ODS_MIME.encode() in head.first_bytes[:200]:
        content = texts.get(_CONTENT, "")
        return [unescape(name, _ENTITIES) for name in _ODS_SHEET.findall(content)], {_CONTENT: content}
    return [], {}


def _old_name(length: bytes, is_wide: bytes, text: bytes) -> str:
    return text[: length[0] * 2].decode("utf-16-le", "replace") if is_wide[0] else text[: length[0]].decode("latin-1")


def _claim_on_names(names: list[str], texts: dict[str, str]) -> Claim | None:
    vendors = [name for name in names if is_vendors_name(name)]
    if len(vendors) >= 2:
        return Claim(score=60, reason=f"workbook with the vendor's sheets {vendors[0]} and {vendors[1]}")
    if vendors and any(use_of(name).role is SheetRole.RECORDS for name in names) and _has_parties(texts):
        return Claim(score=55, reason=f"workbook with the vendor's sheet {vendors[0]} and its heading Parties")
    return None


def _has_parties(texts: dict[str, str]) -> bool:
    """Whether a heading is what the vendor alone calls both sides of a message or a call."""
    return any(">Parties<" in text for text in texts.values())


def _titles(texts: dict[str, str]) -> Iterator[str]:
    for text in texts.values():
        for title in _TITLE.findall(text):
            yield unescape(title.strip(), _ENTITIES)


def _text(front: bytes) -> str:
    encoding, skipped = encoding_of(front)
    return front[skipped:].decode(encoding, "replace")
