"""Makes messages and contacts of coded lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parsers.clocks import Clock
from parsers.contract import Delivery, ExtractionParser, SourceStamp
from parsers.formats.nokia_backup.coded_lines import CodedLine, coded_line, unfolded
from parsers.formats.nokia_backup.finishing import Finish, Finisher
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.plain_lines import PlainLine
from parsers.records.facts import Contact, Direction, Message, Record
from parsers.records.values import NO_MOMENT, Moment, NumberRef, Party
from parsers.sms_pdu.addresses import Address
from parsers.sms_pdu.long_messages import Slot
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sms_messages import SmsMessages
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms
from parsers.sms_pdu.user_data import NO_HEADER, Alphabet, Fragment, Header, read_header

_MESSAGE_KIND, _CONTACT_KIND, _SIM = "PIT_MESSAGE_", "PIT_CONTACT", "_SIM"
_FOLDER, _TEXT, _CENTRE, _TIME, _OTHER_TIME, _HEADER = "1031", "1033", "1040", "1041", "1060", "1049"
_SENDER, _RECIPIENT = "1080", "1081"
_OF_NOBODY: Final = "@"
"""The recipient of a template."""

_KINDS: Final = {
    "INBOX": Direction.INCOMING,
    "OUTBOX": Direction.OUTGOING,
    "TEMPLATE": Direction.DRAFT,
}
_FOLDERS: Final = {"2": Direction.INCOMING, "3": Direction.OUTGOING, "5": Direction.DRAFT}
_NAME, _EMAIL = "202", "205"
_NUMBERS: Final = ("208", "209", "210", "211", "212", "213", "219")
_READ: Final = frozenset({_TEXT, _CENTRE, _TIME, _HEADER, _SENDER, _RECIPIENT})
_READ_OF_CONTACT: Final = frozenset({_NAME, _EMAIL, *_NUMBERS})
_USUAL: Final = frozenset(
    {("1035", "0"), ("1036", "3"), ("1038", "0"), ("1039", "0"), ("1045", "255"), ("1050", "255"), ("1055", "0")}
    | {("1058", "10"), ("1059", "0"), ("1066", "1"), (_FOLDER, "2"), (_FOLDER, "3"), (_FOLDER, "4"), (_FOLDER, "5")}
)
"""What every message has, and what its kind says already."""

_OPEN: Final = "end_unmarked"
"""Said of what stands in a line without its end: it may be cut off, also before the header that makes it a part."""

_OCTETS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{1,3}){1,140}")


class LineRecords:
    """Makes the records of one delivery, line by line; a long message comes when its last part was met."""

    def __init__(
        self, delivery: Delivery, parser: type[ExtractionParser], book: PartBook, clock: Clock, region: str
    ) -> None:
        self._stamp = SourceStamp(delivery, None, parser)
        self._book = book
        self._clock = clock
        self._region = region
        self._messages = SmsMessages(self._stamp, book, clock, region)
        self._finisher = Finisher(delivery, parser, is_member=False)

    def of(self, line: PlainLine, place: str) -> Iterator[Record]:
        """Yield what a line makes whole; what gives no record is counted by its kind.

        Args:
            line: The line.
            place: What its locator begins with: the path of the file in the backup; empty where it is the delivery.
        """
        if not line.text.strip("\r\0 "):
            return
        locator = f"{place} {line.locator}" if place else line.locator
        coded = coded_line(line.text.strip("\r\ufeff"))
        if coded is None:
            self._book.leave_out("line of a backup", locator, code="element_unreadable")
            return
        if line.replaced_count:
            self._book.note("characters_replaced", locator=locator, count=line.replaced_count)
        kind = coded.kind or ""
        if kind.startswith(_MESSAGE_KIND) or (not kind and coded.has(_TEXT)):
            yield from self._message(coded, line, locator)
        elif kind.startswith(_CONTACT_KIND):
            yield self._contact(coded, locator)
        else:
            self._book.leave_out(f"line {kind}".strip(), locator)

    def rest(self) -> Iterator[Message]:
        """Yield the messages that parts are missing of; call it once, at the end."""
        for message in self._messages.rest():
            yield self._finisher.finished(message)

    def _message(self, coded: CodedLine, line: PlainLine, locator: str) -> Iterator[Message]:
        box = (coded.kind or "").removeprefix(_MESSAGE_KIND) or None
        senders = [value for _, value in coded.all_of(_SENDER)]
        recipients = [value for _, value in coded.all_of(_RECIPIENT) if value != _OF_NOBODY]
        direction, basis = _direction_of(box, coded.first(_FOLDER), senders, recipients)
        came_in = direction is Direction.INCOMING
        others = senders if came_in or not recipients else recipients
        try:
            header = _header(coded.first(_HEADER))
        except PduMalformed as malformed:
            self._book.lose("message", locator, f"SMS ({malformed.reason})")
            return
        if coded.has_tabs:
            self._book.note("structure_in_text", locator=locator)
        text = unfolded(coded.first(_TEXT) or "")
        sms = StoredSms(
            kind=SmsKind.DELIVER if came_in else SmsKind.SUBMIT,
            address=_address(others[0] if others else ""),
            service_centre=coded.first(_CENTRE),
            header=header,
            fragment=Fragment(alphabet=Alphabet.UCS2, units=text.encode("utf-16-be", "surrogatepass")),
        )
        to = None if came_in else tuple(Party(raw, to_e164(raw, self._region)) for raw in others)
        moment, beside = self._moment(coded)
        further = senders[1:] + recipients if came_in else (senders if others is recipients else [])
        extra = [(_SENDER if raw in senders else _RECIPIENT, raw) for raw in further]
        finish = Finish(to=to, direction=direction, basis=basis, has_body=coded.has(_TEXT))
        self._finisher.hold(locator, finish)
        said = (("replaced_characters", line.replaced_count > 0), (_OPEN, not line.is_ended))
        notices = tuple(what for what, holds in said if holds)
        slot = Slot(locator=locator, folder=box, body_notices=notices, extra=(*beside, *extra, *_details(coded, _READ)))
        for message in self._messages.add_read(slot, sms, moment):
            yield self._finisher.finished(message)

    def _moment(self, coded: CodedLine) -> tuple[Moment, tuple[tuple[str, str], ...]]:
        """Return the time, and the code it stands under where that is not the usual one."""
        written = coded.first(_TIME)
        if written is not None:
            return self._clock.iso(written), ()
        other = coded.first(_OTHER_TIME)
        return (self._clock.iso(other), (("time", _OTHER_TIME),)) if other is not None else (NO_MOMENT, ())

    def _contact(self, coded: CodedLine, locator: str) -> Contact:
        self._book.saw("contact")
        is_sim = (coded.kind or "").endswith(_SIM)
        numbers = coded.all_of(*_NUMBERS)
        names = [value for _, value in coded.all_of(_NAME)]
        return Contact(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("contact", locator),
            extraction_id=self._book.extraction_id,
            name=names[0] if names else None,
            numbers=tuple(NumberRef(value, to_e164(value, self._region), code) for code, value in numbers),
            emails=tuple(value for _, value in coded.all_of(_EMAIL)),
            stored_in="sim" if is_sim else "phone",
            listing="sim" if is_sim else "phone",
            extra=(*((_NAME, name) for name in names[1:]), *_details(coded, _READ_OF_CONTACT)),
        )


def _direction_of(
    box: str | None, folder: str | None, senders: list[str], recipients: list[str]
) -> tuple[Direction, str | None]:
    """Return the direction and what it rests on: the folder, else which side is stated."""
    by_folder = _KINDS.get(box or "") or (_FOLDERS.get(folder or "") if box is None else None)
    if by_folder is not None:
        return by_folder, "folder"
    if bool(senders) is not bool(recipients):
        return (Direction.INCOMING if senders else Direction.OUTGOING), "party_role"
    return Direction.UNKNOWN, None


def _address(number: str) -> Address:
    return Address(number, is_word=not any(map(str.isdigit, number)))


def _header(written: str | None) -> Header:
    """Return the header of a part, whose octets stand there as decimal numbers behind how many they are.

    Raises:
        PduMalformed: It is longer than it says, or no octets.
    """
    if written is None:
        return NO_HEADER
    numbers = [int(each) for each in written.split(",")] if _OCTETS.fullmatch(written) else []
    if len(numbers) < 2 or max(numbers) > 0xFF:
        raise PduMalformed("its header is no octets")
    octets = bytes(numbers)
    return read_header(octets[1:] if octets[0] == len(octets) - 1 else octets)


def _details(coded: CodedLine, read: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the fields that the record holds in none of its own, without what is usual."""
    return tuple(
        (code, value)
        for number, (code, value) in enumerate(coded.fields)
        if value and code not in read and (code, value) not in _USUAL and not (number == 0 and coded.kind)
    )
