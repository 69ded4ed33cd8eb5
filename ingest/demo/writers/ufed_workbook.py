"""Writes truth as Cellebrite's Excel report: one sheet a model, a title over each, headings below it.

Only forms that published scripts attest, see ``parsers/formats/ufed_workbook/README.md``. Shares no code with the
parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from xlsxwriter import Workbook

from ingest.demo.truth import (
    ChatThread,
    Holding,
    OtherElement,
    OwnedAccount,
    Peer,
    PhoneCall,
    SavedContact,
    TextMessage,
    Travel,
    VendorReport,
)

_FOLDERS = {Travel.IN: "Inbox", Travel.OUT: "Sent", Travel.DRAFT: "Drafts"}
_STATUSES = {Travel.IN: "Read", Travel.OUT: "Sent", Travel.DRAFT: "Unsent"}
_DIRECTIONS = {"incoming": "Incoming", "outgoing": "Outgoing", "missed": "Incoming", "rejected": "Incoming"}
_CALL_STATUSES = {"missed": "Missed", "rejected": "Rejected"}
_MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)

Cell = str | int | None
Rows = Sequence[Sequence[Cell]]


class WorkbookForm(msgspec.Struct, frozen=True, kw_only=True):
    """How the tool was set.

    Attributes:
        month_first: Whether its region writes the month first, and counts to 12; else day first and to 24.
        has_titles: Whether a title stands over each sheet; filtered exports begin with the headings.
        splits_times: Whether a message's time is in two columns, its day and its time of day.
        fills_chats: Whether every row of a chat repeats what holds for all of it; else its first row alone says it.
        appends_messages: Whether the sheets of messages are called as Inseyets calls them.
        sheet_order: Names of sheets in another order than the usual one; those that are not named follow.
    """

    month_first: bool = False
    has_titles: bool = True
    splits_times: bool = False
    fills_chats: bool = True
    appends_messages: bool = False
    sheet_order: tuple[str, ...] = ()


class _Sheet(msgspec.Struct, frozen=True):
    name: str
    headings: Sequence[str]
    rows: Rows


def write_workbook(path: Path, report: VendorReport, form: WorkbookForm | None = None) -> Path:
    """Write the first holding of the report as a workbook and return its path. The same bytes each time."""
    writer = _Writer(report, form or WorkbookForm())
    sheets = {sheet.name: sheet for sheet in writer.sheets(report.holdings[0]) if sheet.rows}
    names = [*(name for name in writer.form.sheet_order if name in sheets)]
    names += [name for name in sheets if name not in names]
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": report.made_at or _MADE_AT})
        for name in names:
            _write(book, sheets[name], has_title=writer.form.has_titles)
    return path


def _write(book: Workbook, sheet: _Sheet, *, has_title: bool) -> None:
    page = book.add_worksheet(sheet.name)
    lines: list[Sequence[Cell]] = [[f"{sheet.name} ({len(sheet.rows)})"]] if has_title else []
    lines += [sheet.headings, *sheet.rows]
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            if isinstance(value, int):
                page.write_number(number, place, value)
            elif value is not None:
                page.write_string(number, place, value)


class _Writer:
    def __init__(self, report: VendorReport, form: WorkbookForm) -> None:
        self.form = form
        self._report = report
        self._zone = ZoneInfo(report.display_zone)

    def sheets(self, holding: Holding) -> Iterator[_Sheet]:
        tail = " Message(s)" if self.form.appends_messages else " Messages"
        yield _Sheet("Summary", ("Name", "Value"), [*self._summary(holding)])
        yield _Sheet("Device Info", ("#", "Name", "Value"), [*_numbered(self._device(holding))])
        yield _Sheet(
            "Contacts",
            ("#", "Name", "Interaction Statuses", "Entries", "Source", "Account", "Deleted"),
            [*_numbered(map(self._contact, holding.contacts))],
        )
        yield _Sheet(
            "Call Log",
            ("#", "Parties", "Date", "Time", "Duration", "Direction", "Status", "Source", "Deleted"),
            [*_numbered(map(self._call, holding.calls))],
        )
        times = ("Date", "Time") if self.form.splits_times else ("Time",)
        headings = ("#", "Parties", *times, "Status", "Body", "Folder", "SMSC", "Source", "Deleted")
        texts = [text for text in holding.texts if text.service == "sms"]
        yield _Sheet(f"SMS{tail}", headings, [*_numbered(map(self._text, texts))])
        pictures = [text for text in holding.texts if text.service == "mms"]
        rows = [[*self._text(text), *_file_names(text, 2)] for text in pictures]
        yield _Sheet(f"MMS{tail}", (*headings, "Attachment #1", "Attachment #2"), [*_numbered(rows)])
        yield _Sheet("Chats", self._chat_headings(), [*_numbered(self._chats(holding))])
        yield _Sheet(
            "User Accounts",
            ("#", "Name", "Username", "Entries", "Service Type", "Source"),
            [*_numbered(map(self._account, holding.accounts))],
        )
        yield from self._others(holding.others)

    def _summary(self, holding: Holding) -> Iterator[list[str]]:
        report = self._report
        pairs = (
            ("Case number", report.case_ref),
            ("Evidence number", report.exhibit_ref),
            ("Examiner name", report.examiner),
            ("UFED Physical Analyzer version", report.tool_version),
            ("Extraction start date/time", self._time(holding.read_at)),
        )
        yield from ([name, value] for name, value in pairs if value)

    def _device(self, holding: Holding) -> Iterator[list[str]]:
        handset, sim = holding.handset, holding.sim
        if handset is not None:
            yield ["Detected Phone Vendor", handset.make]
            yield ["Detected Phone Model", handset.model]
            for place, imei in enumerate(handset.imei):
                yield ["IMEI" if place == 0 else "IMEI2", imei]
            if handset.os:
                yield ["OS Type", handset.os]
            if handset.os_version:
                yield ["OS Version", handset.os_version]
        if sim is not None:
            yield from (
                [name, value]
                for name, value in (("ICCID", sim.iccid), ("IMSI", sim.imsi), ("MSISDN", sim.msisdn))
                if value
            )

    def _contact(self, contact: SavedContact) -> list[str | None]:
        entries = [f"Phone-{number.label}: {number.written}" for number in contact.numbers]
        entries += [f"Email-Home: {email}" for email in contact.emails]
        source = "SIM" if contact.on_sim else None
        return [contact.name, None, "\r\n".join(entries), source, None, "Yes" if contact.deleted else None]

    def _call(self, call: PhoneCall) -> list[str | None]:
        role = "To" if call.call_type == "outgoing" else "From"
        minutes, seconds = divmod(call.duration_seconds, 60)
        day, time = self._split(call.at)
        return [
            _party(role, call.peer),
            day,
            time,
            f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}",
            _DIRECTIONS.get(call.call_type),
            _CALL_STATUSES.get(call.call_type, "Established" if call.duration_seconds else "Unknown"),
            None,
            "Yes" if call.deleted else None,
        ]

    def _text(self, text: TextMessage) -> list[str | None]:
        role = "From" if text.travel is Travel.IN else "To"
        times = self._split(text.at) if self.form.splits_times else (self._time(text.at),)
        return [
            "\n".join(_party(role, peer) for peer in text.peers) or None,
            *times,
            text.status or _STATUSES[text.travel],
            text.body,
            text.folder or _FOLDERS[text.travel],
            text.smsc,
            "SIM" if text.on_sim else "Phone",
            "Yes" if text.deleted else None,
        ]

    def _chat_headings(self) -> Sequence[str]:
        return (
            *("#", "Chat #", "Identifier", "Start Time: Date", "Start Time: Time", "Name", "Participants", "Source"),
            *("Account", "Deleted - Chat", "Instant Message #", "From", "To", "Body", "Status"),
            *("Timestamp: Date", "Timestamp: Time", "Attachment #1", "Deleted - Instant Message"),
            *("Tag Note - Instant Message", "Source file information"),
        )

    def _chats(self, holding: Holding) -> Iterator[list[Cell]]:
        for number, chat in enumerate(holding.chats, start=1):
            first = self._of_chat(number, chat)
            for place, text in enumerate(chat.messages, start=1):
                of_chat = first if place == 1 or self.form.fills_chats else [None] * len(first)
                yield [*of_chat, place, *self._of_message(chat, text)]

    def _of_chat(self, number: int, chat: ChatThread) -> list[Cell]:
        people = [*map(_labelled, chat.participants), *([f"{chat.account} (owner)"] if chat.account else [])]
        return [
            *(number, f"{chat.key}@chat", None, None, chat.name, "\r\n".join(people)),
            *(chat.service.title() if chat.service != "whatsapp" else "WhatsApp", chat.account, None),
        ]

    def _of_message(self, chat: ChatThread, text: TextMessage) -> list[Cell]:
        owner = f"{chat.account} (owner)" if chat.account else None
        others = "\r\n".join(_labelled(peer) for peer in text.peers)
        came_in = text.travel is Travel.IN
        day, _ = self._split(text.at)
        return [
            others if came_in else owner,
            owner if came_in else others,
            text.body,
            text.status or "Read",
            day,
            self._time(text.at),
            *_file_names(text, 1),
            "Yes" if text.deleted else None,
            None,
            "msgstore.db : 0x1A2B (Table: messages)",
        ]

    def _account(self, account: OwnedAccount) -> list[str | None]:
        entry = f"Phone-{account.number.label}: {account.number.written}" if account.number else None
        return [account.name, account.username, entry, None, account.service]

    def _others(self, others: Iterable[OtherElement]) -> Iterator[_Sheet]:
        by_type: dict[str, list[OtherElement]] = {}
        for other in others:
            by_type.setdefault(other.element_type, []).append(other)
        for element_type, found in by_type.items():
            headings = ["#", *(name for name, _ in found[0].fields), "Source"]
            rows = [[place, *(value for _, value in each.fields), None] for place, each in enumerate(found, start=1)]
            yield _Sheet(f"{element_type}s", headings, rows)

    def _split(self, at: datetime | None) -> tuple[str | None, str | None]:
        if at is None:
            return None, None
        day, _, time = self._time_text(at).partition(" ")
        return day, time

    def _time(self, at: datetime | None) -> str | None:
        return None if at is None else self._time_text(at)

    def _time_text(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        offset = local.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset is not None else 0
        zone = f"(UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60}"
        zone += f":{abs(minutes) % 60:02})" if minutes % 60 else ")"
        if self.form.month_first:
            half = "AM" if local.hour < 12 else "PM"
            hour = (local.hour + 11) % 12 + 1
            return f"{local.month}/{local.day}/{local.year} {hour}:{local.minute:02}:{local.second:02} {half}{zone}"
        return f"{local.day:02}/{local.month:02}/{local.year} {local:%H:%M:%S}{zone}"


def _numbered(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows, start=1):
        yield [number, *row]


def _party(role: str, peer: Peer) -> str:
    return f"{role}:  {_labelled(peer)}"


def _labelled(peer: Peer) -> str:
    return f"{peer.written} {peer.name}" if peer.name else peer.written


def _file_names(text: TextMessage, count: int) -> list[str | None]:
    names = [file.name for file in text.files][:count]
    return [*names, *[None] * (count - len(names))]
