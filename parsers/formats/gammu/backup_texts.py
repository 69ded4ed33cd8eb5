"""Makes messages of the sections ``SMSBackup``: parts of long ones are joined as those of stored SMS are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import hexdigits
from typing import Final

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
            sms = _stored_sms(section, kind)
        except PduMalformed as malformed:
            self._book.lose("message", section.name, f"SMS ({malformed.reason})")
            return
        notices = []
        if section.replaced_count:
            notices.append("replaced_characters")
            self._book.note("characters_replaced", locator=section.name, count=section.replaced_count)
        if _written_plainly(section) is not None:
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
            extra=tuple(_details(section)),
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


def _stored_sms(section: Section, kind: SmsKind) -> StoredSms:
    """Return the SMS of a section.

    Raises:
        PduMalformed: Its text or its header is no hexadecimal, or cut off.
    """
    coding = (section.plain("Coding") or "").casefold()
    alphabet = _OCTETS if coding == _DATA else _UCS2
    written = _written_plainly(section)
    if written is not None:
        alphabet, units, is_cut = _UCS2, written.encode("utf-16-be", "surrogatepass"), False
    else:
        units = _octets(section.linked("Text") or "", "text")
        is_cut = len(units) < _stated_octets(section, 1 if coding == _DATA else 2)
    if coding.startswith(_SEPTETS) and written is None:
        # Gammu writes as many characters as there were septets; those of the extension table are two septets each.
        zeros = len(units) - len(units.rstrip(b"\0"))
        units = units[: len(units) - zeros // 2 * 2]
    number = section.text("Number") or ""
    return StoredSms(
        kind=kind,
        address=Address(number, is_word=not any(char.isdigit() for char in number)),
        service_centre=section.text("SMSC"),
        header=_header(section),
        fragment=Fragment(alphabet=alphabet, units=units),
        is_cut=is_cut,
    )


def _written_plainly(section: Section) -> str | None:
    """Return a text that stands there in characters, where the format has hexadecimal; as far as its pieces go.

    Gammu neither writes nor reads such a text; people and other programs write one. None: it is hexadecimal, or mostly,
    as a damaged one is.
    """
    joined = section.linked("Text")
    if joined is None or octets_of(joined) is not None:
        return None
    text = "".join(section.text(key) or "" for key in section.linked_keys("Text"))
    others = sum(1 for char in text if char not in hexdigits)
    return text if others * _PLAIN_SHARE > len(text) else None


def _stated_octets(section: Section, octets_a_character: int) -> int:
    """Return how many octets the text has as its length says; 0 where it says none."""
    length = section.plain("Length") or ""
    return int(length) * octets_a_character if _LENGTH.fullmatch(length) else 0


def _header(section: Section) -> Header:
    written = section.plain("UDH")
    octets = _octets(written, "header") if written else b""
    if not octets:
        return NO_HEADER
    # Older versions left the length in front out.
    if octets[0] + 1 != len(octets):
        octets = bytes([len(octets) & 0xFF]) + octets
    return read_header(octets)


def _octets(text: str, what: str) -> bytes:
    octets = octets_of(text)
    if octets is None:
        raise PduMalformed(f"its {what} is no hexadecimal")
    return octets


def _details(section: Section) -> Iterator[tuple[str, str]]:
    joined = frozenset(section.linked_keys("Text"))
    for key, written in section.entries.items():
        if key in _READ or key in joined:
            continue
        value = trimmed(written)
        if value and value != _USUAL.get(key):
            yield key, value
