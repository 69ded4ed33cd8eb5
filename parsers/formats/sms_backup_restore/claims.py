"""Tells a backup of SMS Backup & Restore by its root and its first element."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.contract import AMONG_OTHERS, Claim, Head
from parsers.errors import InputRefused
from parsers.identification import MOST_XML_HEADS, is_near
from parsers.members.told_fronts import neighbour_test
from parsers.xml_guard import encoding_of, root_tag

SMSES, CALLS = "smses", "calls"

_NAME = re.compile(r"[A-Za-z_][\w.:-]*")
_TYPOGRAPHIC: Final = "\u201c-\u201f\u2033"
"""A word processor makes quotation marks these."""

_ATTRIBUTE = re.compile(
    r"""([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'"""
    rf"""|[{_TYPOGRAPHIC}]([^"{_TYPOGRAPHIC}]*)["{_TYPOGRAPHIC}])"""
)
_CALL = re.compile(r"<call\s[^<>]*\bnumber\s*=")
_TEXT = re.compile(r"<(?:sms|mms)\s[^<>]*\b(?:address|date)\s*=")
_FIRST_WHOLE = re.compile(
    r"""<(sms|mms|call)((?:\s++[A-Za-z_][\w.:-]*+\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'"""
    rf"""|[{_TYPOGRAPHIC}][^"<{_TYPOGRAPHIC}]*+["{_TYPOGRAPHIC}]))++)\s*+/?>"""
)
_OWN_MARK = re.compile(r"</?(?:smses|calls|sms|mms|call|parts?|addrs?)\b")
_AT_EDGE = re.compile(r"[^<>]{0,20000}/>\s*+<")
_OF_ELEMENT: Final = {
    "sms": frozenset({"address", "date", "type", "body"}),
    "mms": frozenset({"date", "msg_box"}),
    "call": frozenset({"number", "date", "duration", "type"}),
}
_OF_THE_APPLICATION: Final = frozenset({"readable_date", "contact_name", "protocol", "m_type", "presentation"})
_FILE_NAME = re.compile(r"(?:^|/)(?:sms|calls)-[0-9]{8,14}[^/]*\.xml$", re.IGNORECASE)
_STATED: Final = frozenset({"backup_set", "backup_date"})
_VERSION = re.compile(r"<!--\s*File Created By SMS Backup (?:&amp;|&|and) Restore v?([0-9][\w.]*)", re.IGNORECASE)
_VALUE_CHARS: Final = 100
_XML: Final = ".xml"


class BackupForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the front of a backup says; None where it does not.

    Attributes:
        root: ``smses`` or ``calls``.
        attributes: Of the root, as written.
        tool_version: From the comment that the application puts in front.
        is_certain: Whether an attribute or an element shows that it is this application's.
        has_doctype: Whether it declares a document type, which the application never does.
    """

    root: str
    attributes: dict[str, str]
    tool_version: str | None = None
    is_certain: bool = False
    has_doctype: bool = False
    lacks_front: bool = False
    """Whether it begins among the elements, as the further pieces of a file do that was split."""


def form_of(first_bytes: bytes) -> BackupForm | None:
    """Return what the first bytes show; None where they are no backup."""
    encoding, skipped = encoding_of(first_bytes)
    text = first_bytes[skipped:].decode(encoding, "replace")
    try:
        tag = root_tag(first_bytes)
    except InputRefused:
        root = re.search(r"<(smses|calls)\b", text)
        return BackupForm(root=root[1], attributes={}, has_doctype=True) if root is not None else None
    name = _NAME.match(tag) if tag is not None else None
    if tag is None or name is None or name[0] not in {SMSES, CALLS}:
        return _headless(text)
    attributes = {
        found[1]: (found[2] or found[3] or found[4] or "")[:_VALUE_CHARS] for found in _ATTRIBUTE.finditer(tag)
    }
    version = _VERSION.search(text)
    shows_element = (_TEXT if name[0] == SMSES else _CALL).search(text) is not None
    return BackupForm(
        root=name[0],
        attributes=attributes,
        tool_version=version[1] if version is not None else None,
        is_certain=shows_element or bool(_STATED & attributes.keys()) or version is not None,
    )


def _headless(text: str) -> BackupForm | None:
    """Return the form of a file that begins among the elements of the application, or inside of one.

    Its front holds a whole start tag of one; what stands before it may be any part of an element, of a picture too.
    """
    front, mark, _ = text.partition("<")
    front = front.strip().lstrip("\ufeff")
    if not mark or (front and not front.endswith(">")) or not _OWN_MARK.match(text, text.index(mark)):
        # Anything else may hold a copy of an element: a mail, a page.
        return None
    for first in _FIRST_WHOLE.finditer(text):
        names = {found[1] for found in _ATTRIBUTE.finditer(first[2])}
        kind = first[1]
        if _OF_ELEMENT[kind] <= names and names & _OF_THE_APPLICATION:
            root = CALLS if kind == "call" else SMSES
            is_certain = not front or _AT_EDGE.match(text) is not None
            return BackupForm(root=root, attributes={}, is_certain=is_certain, lacks_front=True)
    return None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if not head.is_folder and not head.members:
        form = form_of(head.first_bytes)
        return _claim(form, "the file") if form is not None else None
    forms = {name: form for name, first in head.member_heads.items() if (form := form_of(first)) is not None}
    if head.is_folder and not head.has_sidecar and not _is_one_backup(head, forms):
        return None
    for name, form in sorted(forms.items()):
        claim = _claim(form, name)
        if claim is not None and (claim.refusal is None or len(forms) == 1):
            return msgspec.structs.replace(claim, is_whole=head.is_folder and not head.has_sidecar)
    if not head.is_folder and any(_FILE_NAME.search(name) for name in _without_front(head)):
        return Claim(score=60, reason="encrypted archive around a backup", refusal="input_protected")
    return None


def _without_front(head: Head) -> list[str]:
    """Return the XML files whose fronts would have been looked at, were they not encrypted."""
    shown = [name for name in head.member_heads if name.casefold().endswith(_XML)]
    if len(shown) >= MOST_XML_HEADS:
        return []
    return [name for name in head.members if name not in head.member_heads and is_near(name)]


def _claim(form: BackupForm, where: str) -> Claim | None:
    if form.has_doctype:
        return Claim(score=90, reason=f"document type in front of {form.root} in {where}", refusal="doctype_refused")
    if form.lacks_front:
        score = 85 if form.is_certain else AMONG_OTHERS
        return Claim(score=score, reason=f"elements of SMS Backup & Restore without their root in {where}")
    if form.is_certain:
        return Claim(score=95, reason=f"root {form.root} of SMS Backup & Restore in {where}")
    return Claim(score=50, reason=f"root {form.root} in {where}") if form.root == SMSES else None


def _is_one_backup(head: Head, forms: dict[str, BackupForm]) -> bool:
    """Whether a folder holds one run of the application and nothing else, and is none in which files were collected.

    The application gives all files of one run the same number, and writes them into one folder: whatever number files
    in folders below have, those are of handsets of their own. A name says only when it ran.
    """
    if any("/" in name for name in forms):
        return False
    sets = {form.attributes.get("backup_set") for form in forms.values()}
    could_be = neighbour_test(head)
    is_alone = all(name in forms or not could_be(name) for name in head.members)
    return len(forms) > 1 and len(sets) == 1 and None not in sets and is_alone
