"""Writes truth as MSAB XRY's text export: one file a view, UTF-16 with a byte order mark, CR LF.

Only forms that published readers attest, see ``parsers/formats/xry_text/README.md``. Shares no code with the parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import msgspec

from ingest.demo.truth import Holding, Peer, PhoneCall, SavedContact, TextMessage, Travel, VendorReport

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
SMS, MMS, CALLS, CONTACTS, DEVICE = (
    *("Messages/SMS", "Messages/MMS", "Calls", "Contacts/Contacts"),
    "Device/General Information",
)

_MEMBER_TIME = (2024, 1, 1, 0, 0, 0)
_STATUSES = {Travel.IN: "Read", Travel.OUT: "Sent", Travel.DRAFT: "Unsent"}
_FOLDERS = {Travel.IN: "Inbox", Travel.OUT: "Sent", Travel.DRAFT: "Drafts"}
_CALL_TYPES = {"incoming": "Received", "outgoing": "Dialed", "missed": "Missed", "rejected": "Rejected"}


class XryForm(msgspec.Struct, frozen=True, kw_only=True):
    """How the examiner's machine writes.

    Attributes:
        date_order: Order of day and month in its region: ``day_first`` (24 hours) or ``month_first`` (AM and PM).
        encoding: Python name; the byte order mark is written for UTF-16 and UTF-8 alike.
        segment_chars: Longest text of one segment; a longer one is written as several entities. None: never.
        dropped_segments: Numbers of segments that are left out of every long text, as a handset loses them.
        newer_sides: ``From:`` and ``To:`` as keys, as newer versions write them, and not as lines of their own.
        has_count: Whether the header states how many entities there are.
    """

    date_order: str = DAY_FIRST
    encoding: str = "utf-16-le"
    segment_chars: int | None = None
    dropped_segments: tuple[int, ...] = ()
    newer_sides: bool = False
    has_count: bool = True


_Pairs = list[tuple[str, str]]


class _Writer:
    def __init__(self, report: VendorReport, form: XryForm) -> None:
        self._report = report
        self._form = form
        self._zone = ZoneInfo(report.display_zone)
        self._reference = 16

    def views(self) -> Mapping[str, str]:
        """Return the text of each view that the report has anything for."""
        holdings = self._report.holdings
        texts = [(holding, text) for holding in holdings for text in holding.texts]
        entities = {
            DEVICE: list(self._device()),
            CONTACTS: [self._contact(each) for holding in holdings for each in holding.contacts],
            CALLS: [self._call(each) for holding in holdings for each in holding.calls],
            SMS: [each for holding, text in texts if text.service != "mms" for each in self._text(holding, text)],
            MMS: [each for holding, text in texts if text.service == "mms" for each in self._text(holding, text)],
        }
        return {view: self._file(view, listed) for view, listed in entities.items() if listed}

    def _file(self, view: str, entities: list[_Pairs]) -> str:
        category = view.partition("/")[0]
        count = f"{len(entities)} items" if self._form.has_count else ""
        lines = ["XRY Export", f"Case: {self._report.case_ref or ''}", view, count, ""]
        for number, pairs in enumerate(entities, 1):
            lines.append(f"{category} #\t{number}")
            lines += [f"{name}:\t{value}" if value is not None else name for name, value in pairs]
            lines.append("")
        return "\n".join([*lines, ""])

    def _device(self) -> Iterator[_Pairs]:
        holding = self._report.holdings[0]
        handset, sim = holding.handset, holding.sim
        stated: list[tuple[str, str | None]] = []
        if handset is not None:
            stated += [("Device Name", f"{handset.make} {handset.model}"), ("Manufacturer", handset.make)]
            stated += [("Model", handset.model), *(("Mobile Id (IMEI)", imei) for imei in handset.imei)]
            stated += [("Device Clock", self._time(handset.clock_at_reading, "Device"))]
        if sim is not None:
            stated += [("Subscriber Id (IMSI)", sim.imsi), ("ICCID", sim.iccid), ("MSISDN", sim.msisdn)]
        stated.append(("PC Clock", self._time(holding.read_at, "")))
        for name, value in stated:
            if value is not None:
                yield [("Attribute", name), ("Data", value)]

    def _contact(self, contact: SavedContact) -> _Pairs:
        pairs = [("Name", contact.name or "")]
        pairs += [("Tel" if saved.label == "General" else saved.label, saved.written) for saved in contact.numbers]
        pairs += [("Email Home", email) for email in contact.emails]
        pairs.append(("Storage", "SIM" if contact.on_sim else "Device"))
        return [*pairs, *([("Deleted", "Yes")] if contact.deleted else [])]

    def _call(self, call: PhoneCall) -> _Pairs:
        pairs: _Pairs = [("Call Type", _CALL_TYPES[call.call_type])]
        pairs += self._timed(call.at, "Device", zoneless=call.zoneless)
        minutes, seconds = divmod(call.duration_seconds, 60)
        pairs.append(("Duration", f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"))
        pairs += self._side("To" if call.call_type == "outgoing" else "From", call.peer)
        pairs.append(("Storage", "Device"))
        return [*pairs, *([("Deleted", "Yes")] if call.deleted else [])]

    def _text(self, holding: Holding, text: TextMessage) -> Iterator[_Pairs]:
        """Yield the entities of a text: one, or one a segment, of which the first alone carries everything."""
        parts = self._parts_of(text.body)
        if len(parts) > 1:
            self._reference = (self._reference + 1) % 256
        on_sim = text.on_sim or holding.is_sim
        for number, part in enumerate(parts, 1):
            if number in self._form.dropped_segments and len(parts) > 1:
                continue
            pairs: _Pairs = []
            for peer in text.peers:
                pairs += self._side("From" if text.travel is Travel.IN else "To", peer)
            if part is not None:
                pairs.append(("Text", part))
            if len(parts) > 1:
                pairs += [("Reference Number", str(self._reference)), ("Segments", str(len(parts)))]
                pairs.append(("Segment Number", str(number)))
            if number == 1:
                clock = "Network" if text.travel is Travel.IN else "Device"
                pairs += self._timed(text.at, clock, zoneless=text.zoneless)
                pairs.append(("Status", text.status or _STATUSES[text.travel]))
                pairs.append(("Type", "Deliver" if text.travel is Travel.IN else "Submit"))
            pairs.append(("Storage", "SIM" if on_sim else "Device"))
            if number == 1:
                pairs.append(("Folder", text.folder or _FOLDERS[text.travel]))
                pairs += [("Attachment", stored.name) for stored in text.files]
                pairs += [("Service Center", text.smsc)] if text.smsc else []
                pairs += [("Deleted", "Yes")] if text.deleted else []
            yield pairs

    def _parts_of(self, body: str | None) -> list[str | None]:
        """Return the segments, cut by UTF-16 code unit as the network does: a character can be cut in two."""
        size = self._form.segment_chars
        if body is None or size is None:
            return [body]
        units = body.encode("utf-16-le")
        pieces = [units[start : start + 2 * size] for start in range(0, len(units), 2 * size)]
        return [piece.decode("utf-16-le", "surrogatepass") for piece in pieces] or [body]

    def _side(self, side: str, peer: Peer) -> _Pairs:
        if self._form.newer_sides:
            pairs: _Pairs = [(side, peer.written)]
        else:
            pairs = [(side, None), ("Tel", peer.written)]  # type: ignore[list-item]  # None: a line of its own
        return [*pairs, *([("Name (Matched)", peer.name)] if peer.name else [])]

    def _timed(self, at: datetime | None, clock: str, *, zoneless: bool) -> _Pairs:
        text = self._time(at, clock, zoneless=zoneless)
        return [("Time", text)] if text is not None else []

    def _time(self, at: datetime | None, clock: str, *, zoneless: bool = False) -> str | None:
        if at is None:
            return None
        local = at.astimezone(self._zone)
        if self._form.date_order == DAY_FIRST:
            text = f"{local:%d/%m/%Y %H:%M:%S}"
        else:
            half = "AM" if local.hour < 12 else "PM"
            text = f"{local.month}/{local.day}/{local.year} {local.hour % 12 or 12}:{local:%M:%S} {half}"
        if not zoneless:
            hours = (local.utcoffset() or timedelta()) // timedelta(hours=1)
            text += f" UTC{hours:+d}"
        return f"{text} ({clock})" if clock else text


def xry_views(report: VendorReport, form: XryForm | None = None) -> dict[str, bytes]:
    """Return the files of the export by the name that the tool gives them: ``Messages-SMS.txt``.

    A line feed of a body is written as the file's line end.
    """
    form = form or XryForm()
    texts = _Writer(report, form).views()
    return {f"{view.replace('/', '-')}.txt": xry_bytes(text, form.encoding) for view, text in texts.items()}


def xry_bytes(text: str, encoding: str = "utf-16-le") -> bytes:
    """Return a text as the tool stores it, with byte order mark and CR LF."""
    return ("\ufeff" + text.replace("\n", "\r\n")).encode(encoding, "surrogatepass")


def write_xry_folder(folder: Path, report: VendorReport, form: XryForm | None = None) -> Path:
    """Write the export as a folder of one file a view, with the files of its messages. Return the folder."""
    folder.mkdir(parents=True)
    for name, content in _everything(report, form):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def write_xry_zip(path: Path, report: VendorReport, form: XryForm | None = None) -> Path:
    """Write the export as an archive; the same truth gives the same bytes. Return its path."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in _everything(report, form):
            archive.writestr(ZipInfo(name, _MEMBER_TIME), content, ZIP_DEFLATED)
    path.write_bytes(stream.getvalue())
    return path


def _everything(report: VendorReport, form: XryForm | None) -> Iterable[tuple[str, bytes]]:
    yield from xry_views(report, form).items()
    yield from ((stored.local_path, stored.content) for stored in report.files if stored.content is not None)
