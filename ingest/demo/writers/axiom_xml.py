"""Writes truth as AXIOM Examine exports it: artifacts, their hits, and each value as a named fragment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import msgspec

from ingest.demo.truth import Holding, Peer, PhoneCall, TextMessage, Travel, VendorReport

_Row = dict[str, str | None]

_WAYS: Final = {Travel.IN: "Incoming", Travel.OUT: "Outgoing", Travel.DRAFT: "Draft"}
_CALLS: Final = {"incoming": "Incoming", "outgoing": "Outgoing", "missed": "Missed", "rejected": "Rejected"}
_PATTERNS: Final = {"dd/MM/yyyy": "%d/%m/%Y", "MM/dd/yyyy": "%m/%d/%Y", "yyyy-MM-dd": "%Y-%m-%d"}
_LOCAL_USER: Final = "Local User <{}>"
_CDATA_END: Final = "]]>"


class AxiomForm(msgspec.Struct, frozen=True, kw_only=True):
    """How the export is made.

    Attributes:
        platform: ``Android`` or ``iOS``; their artifacts have names of their own.
        offset_minutes: Zone in which times are shown, as the names of their fragments state it.
        pattern: Order of day, month and year, as the names state it.
        half_days: Whether hours are counted to twelve.
        with_partner: Whether the other side stands in one fragment, and not in sender and recipients.
        base64: What a picture is written as in its hit. None: pictures are left out.
    """

    platform: str = "Android"
    offset_minutes: int = 0
    pattern: str = "dd/MM/yyyy"
    half_days: bool = False
    with_partner: bool = False
    base64: str | None = None


PLAIN: Final = AxiomForm()


def write_axiom(path: Path, report: VendorReport, form: AxiomForm = PLAIN) -> Path:
    """Write the holdings of a report, each an item of evidence, and return the path."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<Artifacts>"]
    for name, rows in _artifacts(report, form):
        lines += [f"  <Artifact name={quoteattr(name)}>", "    <Hits>"]
        lines += [_hit(row) for row in rows]
        lines += ["    </Hits>", "  </Artifact>"]
    lines.append("</Artifacts>")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _artifacts(report: VendorReport, form: AxiomForm) -> Iterator[tuple[str, list[_Row]]]:
    is_android = form.platform == "Android"
    contacts = "Android Contacts" if is_android else "Apple Contacts - iOS"
    texts = "Android SMS/MMS" if is_android else "iOS iMessage/SMS/MMS"
    makers = (
        (f"{form.platform} Device Information", _device_rows),
        ("SIM Card Activity", _sim_rows),
        (texts, _text_rows),
        (f"{form.platform} Call Logs", _call_rows),
        (contacts, _contact_rows),
        (f"{form.platform} WhatsApp Accounts Information", _account_rows),
        (f"{form.platform} WhatsApp Messages", _chat_rows),
        ("Pictures", _picture_rows),
    )
    for name, rows_of in makers:
        rows = [row for holding in report.holdings for row in rows_of(holding, form, report.exhibit_ref)]
        if rows:
            yield name, rows


def _hit(row: _Row) -> str:
    fragments = (
        f"        <Fragment name={quoteattr(key)}>{_value(text)}</Fragment>"
        for key, text in row.items()
        if text is not None
    )
    return "\n".join(("      <Hit>", *fragments, "      </Hit>"))


def _value(text: str) -> str:
    is_plain = "\n" not in text and "<" not in text and "&" not in text
    return escape(text) if is_plain else f"<![CDATA[{text.replace(_CDATA_END, ']]]]><![CDATA[>')}]]>"


def _tail(exhibit: str | None, *, deleted: bool = False) -> _Row:
    return {
        "Source": "HW7.zip\\data\\data\\com.android.providers.telephony\\databases\\mmssms.db",
        "Recovery Method": "Carving" if deleted else "Parsing",
        "Location": "Table: sms(_id: 17)",
        "Evidence number": exhibit,
    }


def _zoned(name: str, form: AxiomForm) -> str:
    hours, minutes = divmod(abs(form.offset_minutes), 60)
    sign = "-" if form.offset_minutes < 0 else "+"
    return f"{name} - UTC{sign}{hours:02}:{minutes:02} ({form.pattern})"


def _time(at: datetime | None, form: AxiomForm) -> str | None:
    if at is None:
        return None
    local = at.astimezone(timezone(timedelta(minutes=form.offset_minutes)))
    day, clock = local.strftime(_PATTERNS[form.pattern]), local.strftime("%H:%M:%S")
    if form.half_days:
        clock = local.strftime("%I:%M:%S %p").lstrip("0")
    fraction = f".{local.microsecond // 1000:03}" if local.microsecond and not form.half_days else ""
    return f"{day} {clock}{fraction}"


def _text_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    own = holding.sim.msisdn if holding.sim is not None else None
    for text in holding.texts:
        yield {
            **_sides(text, form, own),
            "Message": text.body,
            "Message Direction": _WAYS[text.travel],
            _zoned("Received Date/Time", form): _time(text.at, form) if text.travel is Travel.IN else None,
            _zoned("Sent Date/Time", form): None if text.travel is Travel.IN else _time(text.at, form),
            "Status": (text.status or "read").capitalize(),
            "Service Center": text.smsc,
            **_tail(exhibit, deleted=text.deleted),
        }


def _sides(text: TextMessage, form: AxiomForm, own: str | None) -> _Row:
    others = ", ".join(peer.written for peer in text.peers)
    names = ", ".join(peer.name for peer in text.peers if peer.name is not None) or None
    if form.with_partner:
        return {"Partner": others, "Partner Name": names}
    owner = _LOCAL_USER.format(own) if own is not None else "Local User"
    if text.travel is Travel.IN:
        return {"Sender": others, "Sender Name": names, "Recipient(s)": owner}
    return {"Sender": owner, "Recipient(s)": others, "Recipient Name": names}


def _call_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    for call in holding.calls:
        yield {
            "Partner": call.peer.written,
            "Partner Name": call.peer.name,
            "Direction": _call_way(call),
            "Call Status": "Missed" if call.call_type == "missed" else None,
            _zoned("Call Date/Time", form): _time(call.at, form),
            "Call Duration (Seconds)": str(call.duration_seconds),
            **_tail(exhibit, deleted=call.deleted),
        }


def _call_way(call: PhoneCall) -> str:
    return "Incoming" if call.call_type == "missed" else _CALLS.get(call.call_type, call.call_type)


def _contact_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    del form
    for contact in holding.contacts:
        yield {
            "Display Name": contact.name,
            "Phone Number(s)": "\n".join(number.written for number in contact.numbers) or None,
            "Email(s)": "\n".join(contact.emails) or None,
            **_tail(exhibit, deleted=contact.deleted),
        }


def _device_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    del form
    handset = holding.handset
    if handset is not None:
        sim = holding.sim
        yield {
            "Manufacturer": handset.make,
            "Model": handset.model,
            "OS Version": handset.os_version,
            "IMEI": "\n".join(handset.imei) or None,
            "ICCID": sim.iccid if sim is not None else None,
            "IMSI": sim.imsi if sim is not None else None,
            "Serial Number": handset.serial,
            **_tail(exhibit),
        }


def _sim_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    del form
    sim = holding.sim
    if sim is not None:
        yield {"ICCID": sim.iccid, "IMSI": sim.imsi, "Phone Number": sim.msisdn, **_tail(exhibit)}


def _account_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    del form
    for account in holding.accounts:
        number = account.number.written if account.number is not None else None
        yield {"Phone Number": number, "WhatsApp Name": account.name, **_tail(exhibit)}


def _chat_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    for chat in holding.chats:
        for message in chat.messages:
            came = message.travel is Travel.IN
            other: Peer = message.peers[0] if message.peers else chat.participants[0]
            jid = f"{(other.number or other.written).removeprefix('+')}@s.whatsapp.net"
            yield {
                "Sender": jid if came else "Local User",
                "Sender Name": other.name if came else None,
                "Receiver": "Local User" if came else jid,
                "Message": message.body,
                "Message Status": "Received" if came else "Sent",
                _zoned("Message Sent Date/Time", form): _time(message.at, form),
                "_ThreadID": chat.key,
                **_tail(exhibit, deleted=message.deleted),
            }


def _picture_rows(holding: Holding, form: AxiomForm, exhibit: str | None) -> Iterable[_Row]:
    del holding
    if form.base64 is not None:
        yield {"File Name": "IMG_0001.jpg", "Image": form.base64, **_tail(exhibit)}
