"""Tells a Cellebrite report from its look-alikes, by what stands at the front of it."""

from __future__ import annotations

import re
import struct
from enum import StrEnum
from typing import Final
from unicodedata import normalize

import msgspec

from parsers.contract import Claim, Head
from parsers.errors import InputRefused
from parsers.formats.ufdr.elements import NAMESPACE
from parsers.members.handset_files import folder_of, last_of
from parsers.members.neighbours import TAR_SUFFIXES, could_be_delivery
from parsers.members.told_fronts import format_told, named_member, refused_by
from parsers.members.user_exports import is_export_far_down
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.xml_guard import encoding_of, root_tag
from parsers.zip_headers import LOCAL_MAGIC

PROTECTED_MAGIC: Final = b"\x2d\x06\x52\x6d"
"""First bytes of a report.xml that was exported with a password."""

_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1
_NAME = re.compile(r"^(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_NAMESPACE_OF = re.compile(r"""\bxmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)["']""")
_VENDOR_ATTRIBUTE = re.compile(r"\b(?:reportVersion|extractionType|containsGarbage|NodeCount|ModelCount)\s*=")
_OLD_SCHEMA = re.compile(r"<general_information\b|<selected_manufacture|<report_type\b")
_VENDOR_CHILD = re.compile(r"<(?:sourceExtractions|caseInformation|decodedData|taggedFiles)\b|<metadata\s+section=")


_REPORT_WORDS: Final = frozenset(
    {
        "report",
        "relatório",
        "relatorio",
        "bericht",
        "rapport",
        "informe",
        "reporte",
        "relazione",
        "raport",
        "отчет",
        "отчёт",
    }
)
"""What the vendor's tool calls its report, by language; from delivered file names, and the word itself."""
_READER_PROGRAM: Final = "cellebritereader"
"""The vendor's viewer, which is put beside a report; it has no other reason to lie in a folder."""


_BESIDE_OTHERS: Final = 90
"""Highest score where other reports lie in the same archive."""


_TOLD_BY_SUFFIX: Final = (
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".vcf", ".vmg", ".ab", ".backup", ".smsbackup", ".zip"),
    *TAR_SUFFIXES,
)
"""Ends of names of what may be a delivery, of which identification does not look at the front."""
_VIEWERS: Final = "dbdata"
"""The folder of the database that the vendor's viewer opens instead of the report."""


class ReportForm(StrEnum):
    """What the first bytes of an XML file show."""

    WITH_NAMESPACE = "namespace"
    WITHOUT_NAMESPACE = "attributes"
    OLD_SCHEMA = "old schema"
    PROTECTED = "protected"
    DOCTYPE = "doctype"


def form_of(first_bytes: bytes) -> ReportForm | None:
    """Return what the first bytes (64 KiB are enough) show; None where it is no report of the vendor."""
    if first_bytes.startswith(PROTECTED_MAGIC):
        return ReportForm.PROTECTED
    try:
        tag = root_tag(first_bytes)
    except InputRefused:
        return ReportForm.DOCTYPE if NAMESPACE in _text(first_bytes) else None
    name = _NAME.match(tag) if tag is not None else None
    if tag is None or name is None:
        return None
    if name[1] == "reports":
        return ReportForm.OLD_SCHEMA if _OLD_SCHEMA.search(_text(first_bytes)) else None
    return _project_form(tag, first_bytes) if name[1] == "project" else None


def _project_form(tag: str, first_bytes: bytes) -> ReportForm | None:
    """Many programs have a root called ``project``: the namespace tells, or the vendor's attributes and children."""
    namespaces = _NAMESPACE_OF.findall(tag)
    if NAMESPACE in namespaces:
        return ReportForm.WITH_NAMESPACE
    is_vendors = not namespaces and _VENDOR_ATTRIBUTE.search(tag) and _VENDOR_CHILD.search(_text(first_bytes))
    return ReportForm.WITHOUT_NAMESPACE if is_vendors else None


def _text(first_bytes: bytes) -> str:
    encoding, skipped = encoding_of(first_bytes)
    return first_bytes[skipped:].decode(encoding, "replace")


def is_report_name(name: str) -> bool:
    """Whether a member can be the report by its name: XML at the root, or in one folder that holds everything."""
    return name.casefold().endswith(".xml") and name.count("/") <= 1


def is_plain_name(name: str) -> bool:
    """Whether the member is called ``report.xml``, in any case."""
    return name.rpartition("/")[2].casefold() == "report.xml"


def choose_report(names: list[str]) -> list[str]:
    """Return the names that stand for the report: one where the choice is clear, else all that contend.

    The one at the root holds before one in a folder, and ``report.xml`` before ``<name>_Report.xml``.
    """
    for depth in (0, 1):
        level = [name for name in names if name.count("/") == depth]
        plain = [name for name in level if is_plain_name(name)]
        if plain or level:
            return plain or level
    return []


def is_one_delivery(reports: list[str], members: tuple[str, ...]) -> bool:
    """Whether a folder is the vendor's delivery of one report, and not a folder in which deliveries were collected.

    The vendor calls the file ``Report.xml`` or ``<name>_Report.xml`` (translated in other languages) and puts
    ``files`` or its viewer beside it. Several reports, or archives of their own, are several deliveries.
    """
    if len(reports) != 1:
        return False
    folders = {name.partition("/")[0].casefold() for name in members if "/" in name}
    if any(_is_delivery_of_its_own(name) for name in members):
        return False
    stem = normalize("NFC", reports[0]).casefold().removesuffix(".xml")
    has_reader = any("/" not in name and name.casefold().startswith(_READER_PROGRAM) for name in members)
    return stem.rpartition("_")[2] in _REPORT_WORDS or "files" in folders or has_reader


def is_exported_file(name: str) -> bool:
    """Whether a member is a file of the handset that the tool put beside its report."""
    return "files" in name.casefold().split("/")[:-1][:2]


def _is_delivery_of_its_own(name: str) -> bool:
    folder, _, last = name.casefold().rpartition("/")
    return not is_exported_file(name) and (last.endswith(".ufdr") or (bool(folder) and is_plain_name(last)))


def others_beside(head: Head, report: str) -> frozenset[str]:
    """Return the files beside a report that are deliveries of other formats: somebody put them there.

    Told by their fronts, as databases that a handset keeps under such a name, or by the ends of their names; but for
    the report itself in another form, which the tool names as it. What lies in ``files`` is the tool's.
    """
    folder = folder_of(report)
    prefix = f"{folder}/" if folder else ""
    stem = _stem(report)
    others = set()
    for name in head.members:
        below = name.removeprefix(prefix)
        if name == report or not name.startswith(prefix) or is_exported_file(below) or not could_be_delivery(name):
            continue
        if name in head.member_heads:
            told = format_told(head, name) or refused_by(name, head.member_heads[name])
            is_store = head.member_heads[name].startswith(SQLITE_MAGIC)
            is_other = is_store or (told is not None and told != "ufdr")
        else:
            is_other = name.casefold().endswith(_TOLD_BY_SUFFIX) and _stem(name) != stem
            is_other = is_other or is_export_far_down(name)
        if is_other or named_member(name) is not None:
            others.add(name)
    return frozenset(others)


def _stem(name: str) -> str:
    return normalize("NFC", last_of(name)).casefold().rpartition(".")[0]


def report_of(head: Head) -> str | None:
    """Return the report of a folder that is the vendor's delivery of one report, whatever else was put there."""
    forms = _forms(head)
    chosen = choose_report(list(forms))
    return chosen[0] if chosen and is_one_delivery(list(forms), head.members) else None


def own_members(head: Head) -> tuple[str, ...]:
    """Return the files of a report in a folder in which deliveries of other formats were put beside it."""
    report = report_of(head) if head.is_folder else None
    others = frozenset() if report is None else others_beside(head, report)
    return tuple(name for name in head.members if name not in others) if others else ()


def _forms(head: Head) -> dict[str, ReportForm]:
    forms = {
        name: form
        for name, first_bytes in head.member_heads.items()
        if is_report_name(name) and (form := form_of(first_bytes)) is not None
    }
    return {name: form for name, form in forms.items() if "/" not in name} if head.is_folder else forms


def _is_alone(report: str, reports: list[str], members: tuple[str, ...]) -> bool:
    """Whether an archive holds nothing but the delivery of one report."""
    folder = f"{report.rpartition('/')[0]}/" if "/" in report else ""
    # A second one of the same name but for capitals is not told apart by any tool; the reader refuses both.
    same = report.casefold()
    others = [name for name in reports if name.casefold() != same and not is_exported_file(name)]
    if len(members) == sum(name.casefold() == same for name in members):
        return True
    if others or not all(name.startswith(folder) for name in members):
        return False
    return is_one_delivery([report.removeprefix(folder)], tuple(name.removeprefix(folder) for name in members))


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.members or head.is_folder:
        return _claim_on_members(head)
    return _claim(form_of(head.first_bytes), "the file")


def _claim_on_members(head: Head) -> Claim | None:
    forms = _forms(head)
    chosen = choose_report(list(forms))
    has_several = len({name.casefold() for name in chosen}) > 1
    if has_several or (head.is_folder and not is_one_delivery(list(forms), head.members)):
        return None  # reports under names of their own are several deliveries
    if chosen:
        claim = _claim(forms[chosen[0]], chosen[0])
        is_alone = head.is_folder or _is_alone(chosen[0], list(forms), head.members)
        if claim is None or claim.refusal is not None or (is_alone and not others_beside(head, chosen[0])):
            return claim
        return msgspec.structs.replace(claim, score=min(claim.score, _BESIDE_OTHERS), is_whole=False)
    if not head.is_folder and any(is_plain_name(name) for name in head.members) and _has_encrypted(head.first_bytes):
        return Claim(score=90, reason="encrypted archive around a report.xml", refusal="input_protected")
    return None


def _claim(form: ReportForm | None, where: str) -> Claim | None:
    match form:
        case None:
            return None
        case ReportForm.WITH_NAMESPACE:
            return Claim(score=100, reason=f"Cellebrite namespace in {where}")
        case ReportForm.WITHOUT_NAMESPACE:
            return Claim(score=80, reason=f"root element and attributes of a Cellebrite report in {where}")
        case ReportForm.OLD_SCHEMA:
            reason = "old stand-alone UFED XML (root 'reports'), whose schema is not published"
            return Claim(score=70, reason=reason, refusal="format_unknown")
        case ReportForm.PROTECTED:
            # Below the claim on an archive of several deliveries, which it must not hide.
            return Claim(score=98, reason="report.xml exported with a password", refusal="input_protected")
        case ReportForm.DOCTYPE:
            return Claim(score=80, reason=f"document type declaration in {where}", refusal="doctype_refused")


def _has_encrypted(first_bytes: bytes) -> bool:
    if len(first_bytes) < _LOCAL.size or not first_bytes.startswith(LOCAL_MAGIC):
        return False
    return bool(_LOCAL.unpack_from(first_bytes)[2] & _ENCRYPTED)


def is_kept_beside(path: str) -> bool:
    """Whether a file is one that the tool put beside its report: off the handset, or its viewer's database."""
    return is_exported_file(path) or _VIEWERS in path.casefold().split("/")[:-1]
