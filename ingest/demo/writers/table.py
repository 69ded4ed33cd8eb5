"""Writes truth as the tables that people make of an extraction: delimited text, or a workbook of two or three sheets.

Shares no code with the parser.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from xlsxwriter import Workbook

from ingest.demo.truth import Holding, Peer, PhoneCall, SavedContact, TextMessage, Travel

_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BOMS = {"utf-8-sig": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_CALL_WORDS = {"incoming": "Incoming", "outgoing": "Outgoing", "missed": "Missed", "rejected": "Rejected"}
_TRAVEL_WORDS = {Travel.IN: "Incoming", Travel.OUT: "Outgoing", Travel.DRAFT: "Draft"}

Cell = str | int | None


class TableForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is written.

    Attributes:
        delimiter: Between cells.
        encoding: Python name; the byte order mark of UTF-16 is written.
        line_end: Behind each row.
        ends_last: Whether a line end stands behind the last row too.
        time: ``iso``, ``day_first``, ``month_first`` or ``unix_ms``.
        splits_times: Whether day and time of day are two columns.
        zone: Zone in which times are shown; ISO times alone state it.
        headings: Other headings than the usual ones.
        above: Lines that stand above the headings.
        has_headings: Whether there is a row of them.
        declares: Whether the first line declares the delimiter, as spreadsheet programs read it.
    """

    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    ends_last: bool = True
    time: str = "iso"
    splits_times: bool = False
    zone: str = "Europe/London"
    headings: Mapping[str, str] = {}
    above: tuple[str, ...] = ()
    has_headings: bool = True
    declares: bool = False


def write_texts(path: Path, texts: Sequence[TextMessage], form: TableForm | None = None) -> Path:
    """Write texts as a delimited text, one row a text and recipient, and return its path."""
    form = form or TableForm()
    rows = [row for text in texts for row in _text_rows(text, form)]
    return _write_text(path, [*_text_headings(form)], rows, form)


def write_calls(path: Path, calls: Sequence[PhoneCall], form: TableForm | None = None) -> Path:
    """Write calls as a delimited text and return its path."""
    form = form or TableForm()
    headings = [*_times(form), "Number", "Name", "Call type", "Duration"]
    return _write_text(path, headings, [_call_row(call, form) for call in calls], form)


def write_contacts(path: Path, contacts: Sequence[SavedContact], form: TableForm | None = None) -> Path:
    """Write contacts as a delimited text, two numbers a row at most, and return its path."""
    form = form or TableForm()
    return _write_text(path, ["Name", "Mobile", "Home", "Email"], [_contact_row(each) for each in contacts], form)


def write_table_workbook(path: Path, holding: Holding, form: TableForm | None = None) -> Path:
    """Write texts, calls and contacts as sheets of a workbook, numbers as texts, and return its path."""
    form = form or TableForm()
    sheets = {
        "Texts": ([*_text_headings(form)], [row for text in holding.texts for row in _text_rows(text, form)]),
        "Calls": (
            [*_times(form), "Number", "Name", "Call type", "Duration"],
            [_call_row(call, form) for call in holding.calls],
        ),
        "Contacts": (["Name", "Mobile", "Home", "Email"], [_contact_row(each) for each in holding.contacts]),
    }
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _MADE_AT})
        for name, (headings, rows) in sheets.items():
            page = book.add_worksheet(name)
            lines: list[Sequence[Cell]] = [
                *([line] for line in form.above),
                [form.headings.get(each, each) for each in headings],
                *rows,
            ]
            for number, line in enumerate(lines):
                for place, value in enumerate(line):
                    if value is not None:
                        page.write_string(number, place, str(value))
    return path


def _write_text(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Cell]], form: TableForm) -> Path:
    stream = StringIO()
    writer = csv.writer(stream, delimiter=form.delimiter, lineterminator=form.line_end)
    if form.declares:
        stream.write(f"sep={form.delimiter}{form.line_end}")
    for line in form.above:
        stream.write(f"{line}{form.line_end}")
    if form.has_headings:
        writer.writerow([form.headings.get(each, each) for each in headings])
    writer.writerows(rows)
    text = stream.getvalue()
    if not form.ends_last:
        text = text.removesuffix(form.line_end)
    path.write_bytes(_BOMS.get(form.encoding, b"") + text.encode(form.encoding))
    return path


def _text_headings(form: TableForm) -> Sequence[str]:
    return (*_times(form), "Direction", "Number", "Name", "Message", "Status", "Deleted")


def _text_rows(text: TextMessage, form: TableForm) -> list[list[Cell]]:
    peers: Sequence[Peer | None] = text.peers or (None,)
    return [
        [
            *_time_cells(text.at, form),
            _TRAVEL_WORDS[text.travel],
            peer.written if peer else None,
            peer.name if peer else None,
            text.body,
            text.status or ("Read" if text.travel is Travel.IN else "Sent"),
            "Yes" if text.deleted else "No",
        ]
        for peer in peers
    ]


def _call_row(call: PhoneCall, form: TableForm) -> list[Cell]:
    minutes, seconds = divmod(call.duration_seconds, 60)
    return [
        *_time_cells(call.at, form),
        call.peer.written,
        call.peer.name,
        _CALL_WORDS.get(call.call_type, call.call_type),
        f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}",
    ]


def _contact_row(contact: SavedContact) -> list[Cell]:
    numbers = {number.label: number.written for number in contact.numbers}
    return [contact.name, numbers.get("Mobile"), numbers.get("Home"), "; ".join(contact.emails) or None]


def _times(form: TableForm) -> Sequence[str]:
    return ("Date", "Time") if form.splits_times else ("Date/Time",)


def _time_cells(at: datetime | None, form: TableForm) -> list[Cell]:
    if at is None:
        return [None] * len(_times(form))
    local = at.astimezone(ZoneInfo(form.zone))
    written: Mapping[str, Callable[[], str]] = {
        "iso": lambda: local.isoformat(sep=" "),
        "day_first": lambda: f"{local:%d/%m/%Y %H:%M:%S}",
        "month_first": lambda: f"{local.month}/{local.day}/{local.year} {local:%I:%M:%S %p}",
        "unix_ms": lambda: str(round((at - _EPOCH).total_seconds() * 1000)),
    }
    text = written[form.time]()
    if not form.splits_times:
        return [text]
    day, _, time = text.partition(" ")
    return [day, time]
