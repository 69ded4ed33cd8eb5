"""Writes texts as lines of hexadecimal: as modems give them, or as records of a card's SMS file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ingest.demo.truth import TextMessage, Travel
from ingest.demo.writers.sms_octets import SmsForm, sms_octets

_RECORD_OCTETS: Final = 176
_STATUS: Final = {Travel.IN: 0x01, Travel.OUT: 0x05, Travel.DRAFT: 0x07}


def card_records(texts: Iterable[TextMessage], form: SmsForm | None = None) -> Iterator[bytes]:
    """Yield the records of a card's SMS file; a deleted text has the status free."""
    for reference, text in enumerate(texts, 1):
        status = 0x00 if text.deleted else _STATUS[text.travel]
        if text.travel is Travel.IN and text.status == "unread" and not text.deleted:
            status = 0x03
        for octets in sms_octets(text, form, reference=reference):
            yield (bytes([status]) + octets).ljust(_RECORD_OCTETS, b"\xff")


def pdu_lines(texts: Iterable[TextMessage], form: SmsForm | None = None) -> Iterator[str]:
    """Yield each part of each text as a modem gives it."""
    for reference, text in enumerate(texts, 1):
        for octets in sms_octets(text, form, reference=reference):
            yield octets.hex().upper()


def write_pdu_lines(path: Path, texts: Iterable[TextMessage], form: SmsForm | None = None) -> Path:
    """Write a line for each part of each text, and return the path."""
    path.write_text("".join(f"{line}\n" for line in pdu_lines(texts, form)), encoding="ascii")
    return path


def write_card_lines(path: Path, texts: Iterable[TextMessage], form: SmsForm | None = None) -> Path:
    """Write a line for each record of a card's SMS file, the last one unused, and return the path."""
    records = [*card_records(texts, form), b"\0".ljust(_RECORD_OCTETS, b"\xff")]
    lines = [record.hex().upper() for record in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return path
