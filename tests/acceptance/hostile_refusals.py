"""The deliveries that are refused, broken or unsafe: how each is made, and what must come of it."""

from __future__ import annotations

from pathlib import Path

from ingest.demo.truth import StoredFile
from ingest.demo.writers import damage
from ingest.demo.writers.damage import Member
from ingest.demo.writers.ufdr import write_folder, write_ufdr
from tests.acceptance.hostile_cases import TOKEN, Group, HostileCase, archived, case, ends, report, xml

REFUSED: tuple[HostileCase, ...] = tuple(
    case(name, Group.REFUSED, content, suffix=suffix, codes=frozenset(codes), states=frozenset({"refused"}))
    for name, suffix, content, codes in (
        (
            "entity-bomb",
            ".xml",
            lambda: damage.value_replaced(damage.with_doctype(xml("entity-bomb"), damage.entity_bomb()), TOKEN, b"&e;"),
            {"doctype_refused"},
        ),
        (
            "external-entity",
            ".xml",
            lambda: damage.value_replaced(
                damage.with_doctype(xml("external-entity"), '<!ENTITY x SYSTEM "file:///etc/hostname">'), TOKEN, b"&x;"
            ),
            {"doctype_refused"},
        ),
        (
            "external-subset",
            ".xml",
            lambda: damage.with_doctype(xml("external-subset", "ok"), external=' SYSTEM "http://192.0.2.1/x.dtd"'),
            {"doctype_refused"},
        ),
        (
            "doctype-in-archive",
            ".ufdr",
            lambda: damage.archive_of(
                [Member(name="report.xml", content=damage.with_doctype(xml("doctype-in-archive", "ok")))]
            ),
            {"doctype_refused"},
        ),
        (
            "doctype-in-utf16",
            ".xml",
            lambda: damage.in_utf16(damage.with_doctype(xml("doctype-in-utf16", "ok"))),
            {"doctype_refused"},
        ),
        ("protected-report", ".ufdr", damage.protected_report, {"input_protected"}),
        (
            "encrypted-archive",
            ".ufdr",
            lambda: damage.marked_encrypted(archived("encrypted-archive")),
            {"input_protected"},
        ),
        ("empty", ".ufdr", lambda: b"", {"input_empty"}),
        (
            "empty-archive",
            ".ufdr",
            lambda: damage.archive_of([]),
            {"format_unknown", "input_empty", "archive_refused", "archive_damaged"},
        ),
        (
            "portable-document",
            ".pdf",
            lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
            {"document_not_read"},
        ),
        ("msab-container", ".xry", lambda: b"XRY\x00" + bytes(range(256)) * 16, {"xry_not_read"}),
        (
            "random-bytes",
            ".ufdr",
            lambda: bytes((n * n * 31 + n // 7) % 256 for n in range(20_000)),
            {"format_unknown"},
        ),
        ("database-as-ufdr", ".ufdr", lambda: b"SQLite format 3\x00" + b"\x10\x00" + bytes(4096), {"database_unknown"}),
        (
            "look-alike",
            ".ufdr",
            lambda: b'<?xml version="1.0"?><extraction><sms>hello</sms></extraction>',
            {"xml_unknown"},
        ),
        ("namespace-in-text", ".txt", lambda: b"see http://pa.cellebrite.com/report/2.0 for more", {"format_unknown"}),
        (
            "zip-bomb",
            ".ufdr",
            lambda: damage.blown_up_archive(xml("zip-bomb", "ok"), 100_000_000),
            {"archive_refused", "archive_damaged", "limit_reached"},
        ),
    )
)

_PICTURE = StoredFile(key="b", source_path="/b.jpg", local_path="files/Image/b.jpg", content=b"\xff\xd8\xff")
_MISSING = StoredFile(key="a", source_path="/a.jpg", local_path="files/Image/a.jpg", content=None)

SKIPS_OR_DAMAGE: tuple[HostileCase, ...] = (
    case(
        "cut-xml",
        Group.DAMAGED,
        lambda: damage.cut_inside(xml("cut-xml", "whole"), "cut-xml omega"),
        bodies=("cut-xml alpha", "whole"),
        codes=frozenset({"input_truncated"}),
        states=frozenset({"partial"}),
    ),
    case(
        "cut-xml-in-archive",
        Group.DAMAGED,
        lambda: damage.archive_of(
            [Member(name="Report.XML", content=damage.cut_inside(xml("cut-xml-in-archive", "whole"), "archive omega"))]
        ),
        suffix=".ufdr",
        bodies=("cut-xml-in-archive alpha", "whole"),
        codes=frozenset({"input_truncated"}),
        states=frozenset({"partial"}),
    ),
    case(
        "malformed",
        Group.DAMAGED,
        lambda: damage.value_replaced(xml("malformed"), TOKEN, b"a < b & c"),
        bodies=("malformed alpha",),
        only_these=False,
        codes=frozenset({"stretch_malformed"}),
        states=frozenset({"partial"}),
    ),
    case(
        "text-after-the-end",
        Group.DAMAGED,
        lambda: xml("text-after-the-end", "ok") + b"<project>",
        bodies=ends("text-after-the-end", "ok"),
        codes=frozenset({"document_behind_end"}),
        states=frozenset({"partial"}),
    ),
    case(
        "nested-ten-thousand-deep",
        Group.DAMAGED,
        lambda: damage.before_end(xml("nested-ten-thousand-deep", "ok"), damage.nested_models(10_000)),
        bodies=ends("nested-ten-thousand-deep", "ok"),
        codes=frozenset({"limit_reached", "input_malformed", "element_unreadable"}),
        states=frozenset({"partial", "complete_with_notices"}),
    ),
    case(
        "wrong-checksum",
        Group.DAMAGED,
        lambda: damage.with_wrong_checksum(archived("wrong-checksum")),
        suffix=".ufdr",
        bodies=ends("wrong-checksum", "fine"),
        codes=frozenset({"checksum_wrong"}),
        states=frozenset({"partial", "complete_with_notices"}),
    ),
    case(
        "same-report-twice",
        Group.WHOLE,
        lambda: archived("same-report-twice", Member(name="report.xml", content=xml("same-report-twice", "fine"))),
        suffix=".ufdr",
        bodies=ends("same-report-twice", "fine"),
        codes=frozenset({"member_repeated"}),
    ),
    HostileCase(
        name="names-a-missing-file",
        group=Group.DAMAGED,
        make=lambda folder: write_ufdr(
            folder / "names-a-missing-file.ufdr",
            report("names-a-missing-file", "ok", carries=(_PICTURE, _MISSING)),
        ),
        bodies=ends("names-a-missing-file", "ok"),
        codes=frozenset({"member_missing"}),
        states=frozenset({"complete_with_notices"}),
    ),
)

UNSAFE_ARCHIVES: tuple[HostileCase, ...] = tuple(
    case(
        name,
        Group.DAMAGED,
        content,
        suffix=".ufdr",
        codes=frozenset({"archive_refused", "archive_damaged", "member_refused", "input_truncated", "format_unknown"}),
        states=frozenset({"refused", "complete_with_notices", "partial"}),
        only_these=False,
        forbidden="root:x:0",
    )
    for name, content in (
        ("upward-member", lambda: archived("upward-member", Member(name="../../upward-evil.txt", content=b"evil"))),
        (
            "absolute-member",
            lambda: archived("absolute-member", Member(name="/tmp/absolute-evil.txt", content=b"evil")),
        ),
        ("drive-member", lambda: archived("drive-member", Member(name="C:\\evil.txt", content=b"evil"))),
        (
            "backslash-member",
            lambda: archived("backslash-member", Member(name="files\\..\\..\\evil.txt", content=b"e")),
        ),
        ("link-member", lambda: archived("link-member", Member(name="files/x", content=b"/etc/passwd", is_link=True))),
        (
            "report-is-a-link",
            lambda: damage.archive_of([Member(name="report.xml", content=b"/etc/passwd", is_link=True)]),
        ),
        (
            "two-reports",
            lambda: archived("two-reports", Member(name="report.xml", content=xml("two-reports", "other"))),
        ),
        ("cut-archive", lambda: damage.cut_archive(archived("cut-archive"))),
        ("no-end-record", lambda: damage.without_end_record(archived("no-end-record"))),
    )
)


def folder_naming_upward(folder: Path) -> Path:
    """Write a folder delivery with a message whose file lies above the folder."""
    above = StoredFile(key="f", source_path="/x", local_path="../outside.txt", content=None)
    return write_folder(
        folder / "folder-naming-upward", report("folder-naming-upward", "ok", carries=(_PICTURE, above))
    )
