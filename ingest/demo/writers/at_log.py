"""Writes truth as the log of a handset that was asked with AT commands, in PDU mode or in text mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from ingest.demo.truth import Holding, PhoneCall, SavedContact, TextMessage, Travel
from ingest.demo.writers.sms_octets import sms_octets

_STATUS: Final = {
    (Travel.IN, False): (1, "REC READ"),
    (Travel.IN, True): (0, "REC UNREAD"),
    (Travel.OUT, False): (3, "STO SENT"),
    (Travel.DRAFT, False): (2, "STO UNSENT"),
}
_CALL_STORES: Final = {"outgoing": "DC", "missed": "MC", "incoming": "RC"}


class LogForm(msgspec.Struct, frozen=True, kw_only=True):
    """How the log was taken.

    Attributes:
        text_mode: Whether the modem decodes texts itself.
        character_set: In text mode: ``GSM`` or ``UCS2`` (all texts in hexadecimal). None: the log does not say.
        has_details: In text mode, whether the type of number and the length stand behind the time.
        has_echo: Whether the commands stand in the log.
    """

    text_mode: bool = False
    character_set: str | None = None
    has_details: bool = False
    has_echo: bool = True
    line_end: str = "\r\n"


def log_text(holding: Holding, form: LogForm | None = None) -> str:
    """Return the log of a handset."""
    form = form or LogForm()
    return "".join(f"{line}{form.line_end}" for line in _lines(holding, form))


def write_log(path: Path, holding: Holding, form: LogForm | None = None) -> Path:
    """Write the log and return its path."""
    path.write_bytes(log_text(holding, form).encode())
    return path


def _lines(holding: Holding, form: LogForm) -> Iterator[str]:
    handset, sim = holding.handset, holding.sim
    if handset is not None:
        yield from _asked("AT+CGMI", [handset.make], form)
        yield from _asked("AT+CGMM", [handset.model], form)
        yield from _asked("AT+CGSN", list(handset.imei[:1]), form)
    if sim is not None:
        yield from _asked("AT+CIMI", [sim.imsi or ""], form)
        yield from _asked("AT+CCID", [f'+CCID: "{sim.iccid}"'], form)
        yield from _asked("AT+CNUM", [f'+CNUM: "",{_text(sim.msisdn or "", form)},145'], form)
    yield from _asked("AT+CSCA?", [f"+CSCA: {_text('+447785016005', form)},145"], form)
    if form.character_set is not None:
        yield from _asked(f'AT+CSCS="{form.character_set}"', [], form)
    yield from _asked(f"AT+CMGF={int(form.text_mode)}", [], form)
    for store, on_sim in (("SM", True), ("ME", False)):
        texts = [text for text in holding.texts if text.on_sim is on_sim]
        yield from _asked(f'AT+CPMS="{store}"', ["+CPMS: 1,20,1,20,1,20"], form)
        yield from _asked('AT+CMGL="ALL"' if form.text_mode else "AT+CMGL=4", list(_texts(texts, form)), form)
        contacts = [contact for contact in holding.contacts if contact.on_sim is on_sim]
        yield from _asked(f'AT+CPBS="{store}"', [], form)
        yield from _asked("AT+CPBR=1,250", list(_contacts(contacts, form)), form)
    for call_type, store in _CALL_STORES.items():
        calls = [call for call in holding.calls if call.call_type == call_type]
        yield from _asked(f'AT+CPBS="{store}"', [], form)
        yield from _asked("AT+CPBR=1,20", list(_calls(calls, form)), form)


def _asked(command: str, answers: list[str], form: LogForm) -> Iterator[str]:
    if form.has_echo:
        yield command
    yield from answers
    if answers:
        yield ""
    yield "OK"


def _texts(texts: Iterable[TextMessage], form: LogForm) -> Iterator[str]:
    index = 0
    for reference, text in enumerate(texts, 1):
        number, word = _STATUS[text.travel, text.status == "unread"]
        if form.text_mode:
            index += 1
            yield from _in_text_mode(text, index, word, form)
            continue
        for octets in sms_octets(text, reference=reference):
            index += 1
            yield f"+CMGL: {index},{number},,{len(octets) - 1 - octets[0]}"
            yield octets.hex().upper()


def _in_text_mode(text: TextMessage, index: int, status: str, form: LogForm) -> Iterator[str]:
    peer = text.peers[0].written if text.peers else ""
    time = f'"{_time(text.at)}"' if text.at is not None and text.travel is Travel.IN else ""
    details = ""
    if form.has_details:
        details = f",{145 if peer.startswith('+') else 129},{len(text.body or '')}"
    yield f'+CMGL: {index},"{status}",{_text(peer, form)},,{time}{details}'
    body = text.body or ""
    yield body.encode("utf-16-be").hex().upper() if form.character_set == "UCS2" else body.replace("\n", form.line_end)


def _contacts(contacts: Iterable[SavedContact], form: LogForm) -> Iterator[str]:
    for place, contact in enumerate(contacts, 1):
        number = contact.numbers[0].written
        kind = 145 if number.startswith("+") else 129
        yield f'+CPBR: {place},"{number}",{kind},{_text(contact.name or "", form)}'


def _calls(calls: Iterable[PhoneCall], form: LogForm) -> Iterator[str]:
    for place, call in enumerate(calls, 1):
        number = call.peer.written
        kind = 145 if number.startswith("+") else 129
        time = f',"{call.at:%y/%m/%d}","{call.at:%H:%M:%S}"' if call.at is not None else ""
        yield f'+CPBR: {place},"{number}",{kind},{_text(call.peer.name or "", form)}{time}'


def _text(text: str, form: LogForm) -> str:
    return f'"{text.encode("utf-16-be").hex().upper() if form.character_set == "UCS2" else text}"'


def _time(at: datetime) -> str:
    offset = at.utcoffset()
    assert offset is not None
    return f"{at:%y/%m/%d,%H:%M:%S}{int(offset.total_seconds()) // 900:+03}"
