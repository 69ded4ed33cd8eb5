"""The dirty deliveries that are still whole, and what every hostile case is made of.

Three groups by the exit code that a run of the group alone must give. Truth that can be read is in ``bodies``; what
cannot must be named by a notice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from zlib import crc32

import msgspec

from ingest.demo.cast import imei
from ingest.demo.truth import (
    Handset,
    Holding,
    OtherElement,
    Peer,
    SavedContact,
    SavedNumber,
    StoredFile,
    TextMessage,
    Travel,
    VendorReport,
)
from ingest.demo.writers import damage
from ingest.demo.writers.damage import Member
from ingest.demo.writers.ufdr import PA_3, PA_7, PA_10, Dialect, ReportForm, report_bytes

TOKEN = "@@broken@@"
GRAVE = frozenset({"skipped", "damaged"})
"""Severities that make the exit code 4."""
STARTS_AT = datetime(2024, 2, 5, 12, 0, tzinfo=UTC)


class Group(Enum):
    """What a run of these alone ends with."""

    WHOLE = 0
    REFUSED = 3
    DAMAGED = 4


class HostileCase(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery.

    Attributes:
        make: Writes it into the folder and returns its path.
        bodies: Bodies of messages that must be exported, each once without ``duplicate_of``.
        only_these: Whether there must be no other message.
        codes: At least one of these notice codes must be given; empty: any.
        states: States that are right.
        replaced: The body, if any, that must carry ``replaced_characters``.
        forbidden: Text that must not stand in any exported body.
    """

    name: str
    group: Group
    make: Callable[[Path], Path]
    bodies: tuple[str, ...] = ()
    only_these: bool = True
    codes: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset({"complete"})
    replaced: str | None = None
    forbidden: str | None = None


def report(
    name: str,
    middle: str | None = TOKEN,
    *,
    at: datetime = STARTS_AT,
    peer: Peer | None = None,
    carries: tuple[StoredFile, ...] = (),
    **more: object,
) -> VendorReport:
    """Return a report of three texts, the one in the middle to be broken, or to carry files."""
    bodies = (f"{name} alpha", middle, f"{name} omega")
    sender = peer or Peer("+447700900123", "+447700900123", "K1")
    texts = tuple(
        TextMessage(
            key=str(n),
            at=at + timedelta(minutes=n),
            travel=Travel.IN,
            peers=(sender,),
            body=body,
            service="mms" if carries and n == 1 else "sms",
            files=carries if n == 1 else (),
        )
        for n, body in enumerate(bodies)
    )
    holding = Holding(
        handset=Handset(make="Nokia", model="105", imei=(imei(crc32(name.encode()) % 999_999),)),
        read_at=at + timedelta(days=9),
        texts=texts,
        others=more.pop("others", ()),  # type: ignore[arg-type]  # fields of the truth model
        contacts=more.pop("contacts", ()),  # type: ignore[arg-type]  # as above
    )
    stated: dict[str, object] = {"case_ref": "OP HOSTILE", "exhibit_ref": f"HF/{name}", "files": carries, **more}
    return VendorReport(key=name, holdings=(holding,), **stated)  # type: ignore[arg-type]  # as above


def xml(name: str, middle: str | None = TOKEN, dialect: Dialect = PA_7, **more: object) -> bytes:
    """Return the report of three texts as report.xml."""
    return report_bytes(report(name, middle, **more), ReportForm(dialect=dialect))  # type: ignore[arg-type]  # fields of the truth model


def ends(name: str, *middle: str) -> tuple[str, ...]:
    """Return the bodies of the report of three texts, with these in the middle."""
    return (f"{name} alpha", *middle, f"{name} omega")


def case(
    name: str,
    group: Group,
    content: Callable[[], bytes],
    *,
    suffix: str = ".xml",
    **expected: object,
) -> HostileCase:
    return HostileCase(
        name=name,
        group=group,
        make=lambda folder: damage.write(folder / f"{name}{suffix}", content()),
        **expected,  # type: ignore[arg-type]  # fields of the case
    )


def _replaced(name: str, raw: bytes, shown: str, dialect: Dialect = PA_7) -> HostileCase:
    """A body that holds bytes which cannot be text: read with U+FFFD, named, everything else untouched."""
    return case(
        name,
        Group.WHOLE,
        lambda: damage.replaced(xml(name, dialect=dialect), TOKEN, b"so " + raw + b" far"),
        bodies=ends(name, f"so {shown} far"),
        replaced=f"so {shown} far",
        codes=frozenset({"characters_replaced"}),
    )


def _markup(name: str, raw: str, shown: str, *, is_replaced: bool = False) -> HostileCase:
    """A body that is written as references and not as CDATA."""
    return case(
        name,
        Group.WHOLE,
        lambda: damage.value_replaced(xml(name), TOKEN, raw.encode()),
        bodies=ends(name, shown),
        replaced=shown if is_replaced else None,
        codes=frozenset({"characters_replaced"}) if is_replaced else frozenset(),
    )


def _kept(name: str, body: str, dialect: Dialect = PA_7) -> HostileCase:
    """A body that is odd and must come out as it is."""
    return case(name, Group.WHOLE, lambda: xml(name, body, dialect), bodies=ends(name, body))


def archived(name: str, *more: Member) -> bytes:
    return damage.archive_of([Member(name="report.xml", content=xml(name, "fine")), *more])


FFFD = "\ufffd"

DIRTY: tuple[HostileCase, ...] = (
    _replaced("raw-nul", b"\x00", FFFD),
    _replaced("raw-controls", b"\x01\x1f\x0b", FFFD * 3, PA_3),
    _replaced("raw-noncharacter", b"\xef\xbf\xbf", FFFD),
    _replaced("invalid-utf8-byte", b"\xff", FFFD),
    _replaced("latin1-pound", b"\xa3", FFFD),
    _markup("null-reference", "a&#x0;b", f"a{FFFD}b", is_replaced=True),
    _markup("control-reference", "a&#x1F;b&#8;c", f"a{FFFD}b{FFFD}c", is_replaced=True),
    _markup("lone-surrogate", "a&#xD83D;b", f"a{FFFD}b", is_replaced=True),
    _markup("lone-low-surrogate", "a&#56832;b", f"a{FFFD}b", is_replaced=True),
    _markup("reference-beyond-unicode", "a&#x110000;b", f"a{FFFD}b", is_replaced=True),
    _markup("surrogate-pair", "a&#55357;&#56832;b", "a\U0001f600b"),
    _markup("surrogate-pair-hex", "a&#xD83D;&#xDE00;b", "a\U0001f600b"),
    _markup("carriage-return-reference", "a&#13;&#10;b", "a\r\nb"),
    _markup("escaped-markup", "&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
    _markup("reference-text-in-cdata", "<![CDATA[&#x0; &amp; &#55357;&#56832;]]>", "&#x0; &amp; &#55357;&#56832;"),
    _kept("cdata-end-in-body", "a]]>b]]>c"),
    _kept("white-space", "  two  lines\n\tand a tab  "),
    _kept("script-in-body", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
    _kept("formula-in-body", '=HYPERLINK("http://x.example","y")'),
    _kept("direction-override", "pay \u202e05\u202c now\u200b\ufeff"),
    _kept("long-body", "0123456789abcdef" * 200_000),
    _kept("replacement-of-its-own", f"the phone itself stored {FFFD} here"),
    _kept("emoji-with-joiners", "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f", PA_10),
    _kept("sql-in-body", "'); DROP TABLE records; --"),
    _kept("braces-in-body", "{0} {line} %s {{deal}}"),
    case(
        "no-namespace",
        Group.WHOLE,
        lambda: damage.without_namespace(xml("no-namespace", "ok")),
        bodies=ends("no-namespace", "ok"),
    ),
    case(
        "no-mark-and-windows-lines",
        Group.WHOLE,
        lambda: xml("no-mark-and-windows-lines", "ok").removeprefix(b"\xef\xbb\xbf").replace(b"\n", b"\r\n"),
        bodies=ends("no-mark-and-windows-lines", "ok"),
    ),
    case(
        "utf16-says-utf8",
        Group.WHOLE,
        lambda: damage.in_utf16(xml("utf16-says-utf8", "gr\u00fc\u00df \U0001f600")),
        bodies=ends("utf16-says-utf8", "gr\u00fc\u00df \U0001f600"),
    ),
    case(
        "utf16-big-endian",
        Group.WHOLE,
        lambda: damage.in_utf16(xml("utf16-big-endian", "ok"), declared="utf-16", big_endian=True),
        bodies=ends("utf16-big-endian", "ok"),
    ),
    case(
        "xml-as-text-file",
        Group.WHOLE,
        lambda: xml("xml-as-text-file", "ok"),
        suffix=".txt",
        bodies=ends("xml-as-text-file", "ok"),
    ),
    case(
        "xml-as-ufdr", Group.WHOLE, lambda: xml("xml-as-ufdr", "ok"), suffix=".ufdr", bodies=ends("xml-as-ufdr", "ok")
    ),
    case("archive-as-xml", Group.WHOLE, lambda: archived("archive-as-xml"), bodies=ends("archive-as-xml", "fine")),
    case("no-extension", Group.WHOLE, lambda: archived("no-extension"), suffix="", bodies=ends("no-extension", "fine")),
    case("=cmd,formula name\u202e", Group.WHOLE, lambda: xml("n", "ok"), bodies=ends("n", "ok")),
    case(
        "labels-in-german",
        Group.WHOLE,
        lambda: xml("labels-in-german", "ok", language="de"),
        bodies=ends("labels-in-german", "ok"),
    ),
    case(
        "exhibit-is-a-path",
        Group.WHOLE,
        lambda: xml("exhibit-is-a-path", "ok", exhibit_ref="../../../../tmp/../etc/HF 1", case_ref="C:\\cases\\..\\x"),
        bodies=ends("exhibit-is-a-path", "ok"),
    ),
    case(
        "odd-names",
        Group.WHOLE,
        lambda: xml(
            "odd-names",
            "ok",
            peer=Peer("07700 900123", "+447700900123", "=cmd|'/C calc'!A1\u202egnp"),
            contacts=(SavedContact(key="c", name="@SUM(1+1)\u200f\u05d0", numbers=(SavedNumber("+447700900124"),)),),
        ),
        bodies=ends("odd-names", "ok"),
    ),
    case(
        "clock-in-1970",
        Group.WHOLE,
        lambda: xml("clock-in-1970", "ok", at=datetime(1970, 1, 1, 0, 3, tzinfo=UTC)),
        bodies=ends("clock-in-1970", "ok"),
        codes=frozenset({"clock_not_set"}),
    ),
    case(
        "clock-in-2000",
        Group.WHOLE,
        lambda: xml("clock-in-2000", "ok", at=datetime(2000, 1, 1, 0, 3, tzinfo=UTC)),
        bodies=ends("clock-in-2000", "ok"),
        codes=frozenset({"clock_not_set"}),
    ),
    case(
        "unknown-models",
        Group.WHOLE,
        lambda: xml(
            "unknown-models",
            "ok",
            others=tuple(
                OtherElement(key=str(n), element_type="HologramEvent", fields=(("X", "y"),)) for n in range(7)
            ),
        ),
        bodies=ends("unknown-models", "ok"),
        codes=frozenset({"element_not_read"}),
    ),
    case(
        "one-id-two-contents",
        Group.WHOLE,
        lambda: _with_one_id(xml("one-id-two-contents", "ok")),
        bodies=ends("one-id-two-contents", "ok"),
    ),
    case(
        "quoted-message",
        Group.WHOLE,
        lambda: _with_quote(xml("quoted-message", "ok", PA_10)),
        bodies=ends("quoted-message", "ok"),
    ),
    case(
        "repeated-field",
        Group.WHOLE,
        lambda: damage.replaced(
            xml("repeated-field"),
            f"<![CDATA[{TOKEN}]]></value>",
            b'<![CDATA[first]]></value></field><field name="Body" type="String"><value type="String">second</value>',
        ),
        bodies=ends("repeated-field", "first"),
        codes=frozenset({"field_repeated"}),
    ),
    case(
        "base64-value",
        Group.WHOLE,
        lambda: damage.replaced(
            xml("base64-value"),
            f'<value type="String"><![CDATA[{TOKEN}]]>',
            b'<value type="String" format="Base64String">aGVsbG8g8J+RjQ==',
        ),
        bodies=ends("base64-value", "hello \U0001f44d"),
    ),
    case(
        "long-attribute",
        Group.WHOLE,
        lambda: xml("long-attribute", "ok").replace(
            b' isCustomName="False"', b' isCustomName="' + b"N" * 2_000_000 + b'"', 1
        ),
        bodies=ends("long-attribute", "ok"),
    ),
    case(
        "exact-time-beyond-range",
        Group.WHOLE,
        lambda: xml("exact-time-beyond-range", "ok").replace(b"2024-02-05T12:01:00", b"0001-13-45T99:01:00"),
        bodies=ends("exact-time-beyond-range", "ok"),
        codes=frozenset({"time_unreadable"}),
    ),
)


def _with_quote(content: bytes) -> bytes:
    """Give the last message a quotation of the first, written twice as that tool does: no message of its own."""
    place = content.rindex(b'        <field name="Type" type="InstantMessageType">')
    quote = (
        b'        <multiModelField name="EmbeddedInstantMessage" type="InstantMessage">'
        b'<model type="InstantMessage" id="q" deleted_state="Intact">'
        b'<field name="Body" type="String"><value type="String"><![CDATA[a quotation]]></value></field>'
        b"</model></multiModelField>\n"
    )
    return content[:place] + quote + quote + content[place:]


def _with_one_id(content: bytes) -> bytes:
    """Give every SMS the id of the first: one id, three contents."""
    pieces = content.split(b'<model type="SMS" id="')
    first = pieces[1][:36]
    return b'<model type="SMS" id="'.join([pieces[0], *(first + piece[36:] for piece in pieces[1:])])
