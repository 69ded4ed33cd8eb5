"""Makes messages of the sections ``SMSBackup``: parts of long ones are joined as those of stored SMS are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import hexdigits
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.formats.gammu.sections import Section, octets_of, trimmed
from parsers.formats.gammu.times import moment_in
from parsers.part_book import PartBook
from parsers.records.facts import Message
from parsers.records.values import DeletedState
from parsers.sms_pdu.addresses import Address
from parsers.sms_pdu.long_messages import Slot
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sms_messages import SmsMessages
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms
from parsers.sms_pdu.user_data import NO_HEADER, Alphabet, Fragment, Header, read_header

_LENGTH: Final = re.compile(r"[0-9]{1,6}")
_KINDS: Final = {
    "deliver": SmsKind.DELIVER,
    "submit": SmsKind.SUBMIT,
    "status_report": SmsKind.STATUS_REPORT,
}
_SENT_STATES: Final = frozenset({"sent", "unsent"})
_READ_STATES: Final = frozenset({"read", "unread"})
_DATA, _SEPTETS = "8bit", "default"
_OCTETS, _UCS2 = Alphabet.DATA, Alphabet.UCS2
_USUAL: Final = {
    "Class": "-1",
    "ReplaceMessage": "0",
    "MessageReference": "0",
    "RejectDuplicates": "False",
    "ReplySMSC": "False",
}
_READ: Final = frozenset(
    {"SMSC", "PDU", "DateTime", "Sent", "State", "Number", "Name", "UDH", "Coding", "Folder", "Length"}
    | {"SMSCUnicode", "NumberUnicode", "NameUnicode"}
)
"""Keys that the message holds in fields of its own."""

_OPEN: Final = "end_unmarked"
_PLAIN: Final = "text_written_plainly"
_PLAIN_SHARE: Final = 4
"""One character in so many that is no hexadecimal digit makes a text: of English, one in two is none; of damaged
digits a few are. Chosen by reasoning, not measured."""


_ZEROS: Final = b"\0\0"


class _StoredText(msgspec.Struct, frozen=True):
    """The text of a section.

    Attributes:
        keys: Of its pieces; none where there is no text.
        octets: What its hexadecimal digits are. None: it is no hexadecimal.
        written: A text in characters, where the format has hexadecimal.
    """

    keys: list[str]
    octets: bytes | None
    written: str | None = None


class BackupTexts:
    """Turns sections into messages, in order; a long one comes when its last part was met."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self._book = book
        self._clock = clock
        self._messages = SmsMessages(stamp, book, clock, region)

    def add(self, section: Section, *, may_be_cut: bool) -> Iterator[Message]:
        """Take a section; yield what became whole by it.

        Args:
            section: The section.
            may_be_cut: Whether the file may end before the section does.
        """
        try:
            kind, basis = _kind_of(section)
            text = _stored_text(section)
            sms = _stored_sms(section, kind, text)
        except PduMalformed as malformed:
            self._book.lose("message", section.name, f"SMS ({malformed.reason})")
            return
        notices = []
        if section.replaced_count:
            notices.append("replaced_characters")
            self._book.note("characters_replaced", locator=section.name, count=section.replaced_count)
        if text.written is not None:
            notices.append(_PLAIN)
            self._book.note(_PLAIN, locator=section.name)
        if may_be_cut:
            notices.append(_OPEN)
            self._book.note(_OPEN, locator=section.name)
        slot = Slot(
            locator=section.name,
            status=section.plain("State"),
            folder=section.plain("Folder"),
            deleted=DeletedState.INTACT,
            name=section.text("Name"),
            direction_basis=basis,
            body_notices=tuple(notices),
            extra=_details(section, text.keys),
        )
        yield from self._messages.add_read(slot, sms, moment_in(section, self._clock))

    def rest(self) -> Iterator[Message]:
        """Yield the messages that parts are missing of; call it once, at the end."""
        yield from self._messages.rest()


def _kind_of(section: Section) -> tuple[SmsKind, str]:
    """Return what was stored and what says so: the type, else the state, else whether a time of delivery is there."""
    stated = _KINDS.get((section.plain("PDU") or "").casefold())
    if stated is not None:
        return stated, "message_type"
    state = (section.plain("State") or "").casefold()
    if state in _SENT_STATES:
        return SmsKind.SUBMIT, "status"
    if state in _READ_STATES:
        return SmsKind.DELIVER, "status"
    return (SmsKind.DELIVER if section.plain("Sent") else SmsKind.SUBMIT), "time"


def _stored_sms(section: Section, kind: SmsKind, text: _StoredText) -> StoredSms:
    """Return the SMS of a section.

    Raises:
        PduMalformed: Its text or its header is no hexadecimal, or cut off.
    """
    coding = (section.plain("Coding") or "").casefold()
    alphabet = _OCTETS if coding == _DATA else _UCS2
    if text.written is not None:
        alphabet, units, is_cut = _UCS2, text.written.encode("utf-16-be", "surrogatepass"), False
    elif text.octets is None:
        raise PduMalformed("its text is no hexadecimal")
    else:
        units = text.octets
        is_cut = len(units) < _stated_octets(section, 1 if coding == _DATA else 2)
    if coding.startswith(_SEPTETS) and text.written is None and units.endswith(_ZEROS):
        # Gammu writes as many characters as there were septets; those of the extension table are two septets each.
        zeros = len(units) - len(units.rstrip(b"\0"))
        units = units[: len(units) - zeros // 2 * 2]
    number = section.text("Number") or ""
    return StoredSms(
        kind=kind,
        address=Address(number, is_word=not any(map(str.isdigit, number))),
        service_centre=section.text("SMSC"),
        header=_header(section),
        fragment=Fragment(alphabet=alphabet, units=units),
        is_cut=is_cut,
    )


def _stored_text(section: Section) -> _StoredText:
    """Return the text of a section, as far as its pieces go.

    Gammu neither writes nor reads a text in characters; people and other programs write one. One that is mostly
    hexadecimal is a damaged one.
    """
    keys = section.linked_keys("Text")
    octets = octets_of("".join([section.entries[key].strip() for key in keys]))
    if octets is not None:
        return _StoredText(keys, octets)
    text = "".join(section.text(key) or "" for key in keys)
    others = sum(1 for char in text if char not in hexdigits)
    return _StoredText(keys, None, text if others * _PLAIN_SHARE > len(text) else None)


def _stated_octets(section: Section, octets_a_character: int) -> int:
    """Return how many octets the text has as its length says; 0 where it says none."""
    length = section.plain("Length") or ""
    return int(length) * octets_a_character if _LENGTH.fullmatch(length) else 0


def _header(section: Section) -> Header:
    written = section.plain("UDH")
    if not written:
        return NO_HEADER
    octets = octets_of(written)
    if octets is None:
        raise PduMalformed("its header is no hexadecimal")
    # Older versions left the length in front out.
    if octets[0] + 1 != len(octets):
        octets = bytes([len(octets) & 0xFF]) + octets
    return read_header(octets)


def _details(section: Section, keys: list[str]) -> tuple[tuple[str, str], ...]:
    """Return what the message holds in no field of its own, without what is usual; ``keys``: those of its text."""
    details = []
    held = _READ.union(keys)
    for key, written in section.entries.items():
        # Most stand there as Gammu writes them, and are not trimmed first.
        if key in held or written == _USUAL.get(key):
            continue
        value = trimmed(written)
        if value and value != _USUAL.get(key):
            details.append((key, value))
    return tuple(details)
