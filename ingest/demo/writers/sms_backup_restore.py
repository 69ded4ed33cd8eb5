"""Writes truth as SMS Backup & Restore backs it up: one XML file of messages, one of calls.

The forms are those of the application's page "Fields in XML backup files" and of the sample in ``tests/fixtures``;
characters beyond the first plane are written as two references, as the application does, although XML forbids it.
Shares no code with the parser.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ingest.demo.truth import Peer, PhoneCall, StoredFile, TextMessage, Travel, VendorReport

_MEMBER_TIME = (2024, 1, 1, 0, 0, 0)
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    "<!--File Created By SMS Backup & Restore v10.19.015 on 20/02/2024 10:00:00-->\n"
    '<?xml-stylesheet type="text/xsl" href="sms.xsl"?>\n'
)
_NAMES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}
_BOXES = {Travel.IN: 1, Travel.OUT: 2, Travel.DRAFT: 3}
_UNSENT_BOXES = {"outbox": 4, "failed": 5, "queued": 6}
_DELIVERIES = {"delivered": 0, "pending": 32}
_CALL_TYPES = {"incoming": 1, "outgoing": 2, "missed": 3, "voicemail": 4, "rejected": 5}
_PLACEHOLDER = "insert-address-token"
_FROM, _TO = 137, 151


def escaped(text: str) -> str:
    """Return a text as the application writes it into an attribute."""
    return "".join(_escaped_character(char) for char in text)


def _escaped_character(char: str) -> str:
    code = ord(char)
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"&#{0xD800 + high};&#{0xDC00 + low};"
    is_reference = code < 0x20 or 0xD800 <= code <= 0xDFFF
    return f"&#{code};" if is_reference else _NAMES.get(char, char)


def _tag(name: str, values: Iterable[tuple[str, str | int | None]]) -> str:
    return " ".join(
        [f"<{name}", *(f'{key}="{"null" if value is None else escaped(str(value))}"' for key, value in values)]
    )


def _milliseconds(at: datetime | None) -> int:
    return 0 if at is None else round(at.timestamp() * 1_000)


def _box(text: TextMessage) -> int:
    return _UNSENT_BOXES.get(text.status or "", _BOXES[text.travel])


def _sms(text: TextMessage) -> Iterator[str]:
    """Yield one element a recipient, as Android keeps a text to several."""
    for peer in text.peers or (Peer("null"),):
        values = (
            *(("protocol", 0), ("address", peer.written), ("date", _milliseconds(text.at)), ("type", _box(text))),
            *(("subject", None), ("body", text.body), ("toa", None), ("sc_toa", None), ("service_center", text.smsc)),
            *(("read", 0 if text.status == "unread" else 1), ("status", _DELIVERIES.get(text.status or "", -1))),
            *(("locked", 0), ("date_sent", _milliseconds(text.at) if text.travel is Travel.IN else 0), ("sub_id", 1)),
            *(("readable_date", "20 Feb 2024 10:00:00"), ("contact_name", peer.name or "(Unknown)")),
        )
        yield f"  {_tag('sms', values)} />\n"


def _part(place: int, stored: StoredFile) -> str:
    values = (
        *(("seq", place), ("ct", stored.content_type or "application/octet-stream"), ("name", stored.name)),
        *(("chset", None), ("cl", stored.name), ("text", None)),
        ("data", b64encode(stored.content or b"").decode("ascii")),
    )
    return f"      {_tag('part', values)} />\n"


def _mms(text: TextMessage, own_number: str | None) -> str:
    """Return one element with its parts, and an address for the sender and for each recipient."""
    own = own_number or _PLACEHOLDER
    names = [peer.name for peer in text.peers if peer.name]
    values = (
        *(
            ("date", _milliseconds(text.at)),
            ("msg_box", _box(text)),
            ("m_type", 132 if text.travel is Travel.IN else 128),
        ),
        *(("address", "~".join(peer.written for peer in text.peers)), ("m_id", f"id-{text.key}"), ("sub", None)),
        *(("read", 1), ("date_sent", 0), ("contact_name", ", ".join(names) or "(Unknown)")),
    )
    layout = (("seq", -1), ("ct", "application/smil"), ("name", "smil.xml"), ("text", "<smil/>"))
    body = (("seq", 0), ("ct", "text/plain"), ("name", None), ("chset", 106), ("text", text.body))
    pieces = [f"  {_tag('mms', values)}>\n    <parts>\n", f"      {_tag('part', layout)} />\n"]
    pieces += [f"      {_tag('part', body)} />\n"] if text.body is not None else []
    pieces += [_part(place, stored) for place, stored in enumerate(text.files, 1)]
    came_in = text.travel is Travel.IN
    # Of what came in the first peer sent it, and the others got it too.
    senders = [text.peers[0].written] if came_in else [_PLACEHOLDER]
    recipients = [*(peer.written for peer in text.peers[came_in:]), *([own] if came_in else [])]
    addresses = [(address, _FROM) for address in senders] + [(address, _TO) for address in recipients]
    pieces.append("    </parts>\n    <addrs>\n")
    for address, kind in addresses:
        pieces.append(f"      {_tag('addr', (('address', address), ('type', kind), ('charset', 106)))} />\n")
    return "".join([*pieces, "    </addrs>\n  </mms>\n"])


def _call(call: PhoneCall) -> str:
    values = (
        *(("number", call.peer.written), ("duration", call.duration_seconds), ("date", _milliseconds(call.at))),
        *(("type", _CALL_TYPES[call.call_type]), ("presentation", 1), ("subscription_id", "8944110000000000017")),
        *(("post_dial_digits", ""), ("subscription_component_name", None), ("readable_date", "20 Feb 2024 10:00:00")),
        ("contact_name", call.peer.name or "(Unknown)"),
    )
    return f"  {_tag('call', values)} />\n"


def _file(root: str, report: VendorReport, elements: list[str]) -> bytes:
    stated = (
        *(("count", len(elements)), ("backup_set", f"set-{report.key}")),
        *(("backup_date", _milliseconds(report.holdings[0].read_at)), ("type", "full")),
    )
    return "".join([_HEAD, _tag(root, stated), ">\n", *elements, f"</{root}>"]).encode()


def messages_backup(report: VendorReport) -> bytes:
    """Return the file of texts and picture messages."""
    elements: list[str] = []
    for holding in report.holdings:
        own = holding.sim.msisdn if holding.sim is not None else None
        for text in holding.texts:
            elements += [_mms(text, own)] if text.service == "mms" else _sms(text)
    return _file("smses", report, elements)


def calls_backup(report: VendorReport) -> bytes:
    """Return the file of calls."""
    return _file("calls", report, [_call(call) for holding in report.holdings for call in holding.calls])


def write_backup_zip(path: Path, report: VendorReport) -> Path:
    """Write both files as an archive, as the application can; the same truth gives the same bytes."""
    stream = BytesIO()
    stamp = f"{report.holdings[0].read_at:%Y%m%d%H%M%S}"
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in (("calls", calls_backup(report)), ("sms", messages_backup(report))):
            archive.writestr(ZipInfo(f"{name}-{stamp}.xml", _MEMBER_TIME), content, ZIP_DEFLATED)
    path.write_bytes(stream.getvalue())
    return path
