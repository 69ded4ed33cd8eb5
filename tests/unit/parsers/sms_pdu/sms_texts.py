"""Texts, octets and the way to read them, for the tests of stored SMS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from ingest.demo.truth import Peer, TextMessage, Travel
from ingest.demo.writers.sms_octets import packed
from parsers.clocks import Clock
from parsers.contract import Delivery, SourceStamp
from parsers.formats.pdu_lines import PduLinesParser
from parsers.part_book import PartBook
from parsers.records.facts import Message
from parsers.sms_pdu.long_messages import Slot
from parsers.sms_pdu.sms_messages import SmsMessages

JAY = Peer("+447700900123", "+447700900123")
AT = datetime(2024, 2, 5, 12, 0, 7, tzinfo=UTC)
BST = timezone(timedelta(hours=1))


def text(body: str, *, travel: Travel = Travel.IN, peer: Peer = JAY, at: datetime = AT) -> TextMessage:
    return TextMessage(key="1", at=at if travel is Travel.IN else None, travel=travel, peers=(peer,), body=body)


class Reader:
    """Reads octets as the parsers do; ``book`` holds what was noticed."""

    def __init__(self) -> None:
        self.book = PartBook("ex-1")
        delivery = Delivery(path=Path("x"), name="x", is_folder=False, sha256="0" * 64)
        stamp = SourceStamp(delivery, None, PduLinesParser)
        self._messages = SmsMessages(stamp, self.book, Clock("Europe/London"), "GB")
        self._place = 0

    def read(self, *parts: bytes, listing: str = "top") -> list[Message]:
        """Return the messages of these octets, and then of what was left."""
        found = self.add(*parts, listing=listing)
        return found + list(self._messages.rest())

    def add(self, *parts: bytes, listing: str = "top") -> list[Message]:
        found = []
        for part in parts:
            self._place += 1
            found += list(self._messages.add(Slot(locator=f"line {self._place}", listing=listing), part))
        return found

    def codes(self) -> dict[str, int]:
        return {notice.code: notice.count for notice in self.book.notices()}


def deliver(user_data: bytes, length: int, *, coding: int = 0, flags: int = 0x04, stamp: bytes | None = None) -> bytes:
    """Return a delivered SMS around user data, without a service centre."""
    head = bytes([0, flags]) + bytes.fromhex("0C9144770009103200") + bytes([coding])
    return head + (stamp or bytes.fromhex("42205021007000")) + bytes([length]) + user_data


def with_tables(septets: bytes, *, locking: int | None = None, single: int | None = None) -> bytes:
    """Return a delivered SMS whose header announces national tables."""
    elements = b""
    if single is not None:
        elements += bytes([0x24, 1, single])
    if locking is not None:
        elements += bytes([0x25, 1, locking])
    header = bytes([len(elements)]) + elements
    skipped = (len(header) * 8 + 6) // 7
    octets = bytearray(packed(septets, skipped * 7))
    octets[: len(header)] = header
    return deliver(bytes(octets), skipped + len(septets), flags=0x44)
