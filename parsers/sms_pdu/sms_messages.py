"""Makes message records of stored SMS; what is no text is counted and noticed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.part_book import PartBook
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_MOMENT, Moment
from parsers.sms_pdu.long_messages import LongMessage, Part, PartJoiner, Slot
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms, read_stored_sms
from parsers.sms_pdu.timestamps import moment_of
from parsers.sms_pdu.user_data import Alphabet, Fragment, fragment_text, message_class_of, text_of

_REPLACED: Final = "replaced_characters"
_DELIVER, _STATUS_REPORT = SmsKind.DELIVER, SmsKind.STATUS_REPORT
_GSM7, _UCS2, _DATA, _COMPRESSED = Alphabet.GSM7, Alphabet.UCS2, Alphabet.DATA, Alphabet.COMPRESSED
_INCOMING, _OUTGOING = Direction.INCOMING, Direction.OUTGOING
"""Named here because looking one up in its enumeration takes four times as long, and many are asked for an SMS."""


class SmsMessages:
    """Turns stored SMS into messages, in source order; a long one comes when its last part was met."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self._stamp = stamp
        self._book = book
        self._clock = clock
        self._region = region
        self._joiner = PartJoiner()

    def add(
        self, slot: Slot, octets: bytes, *, has_service_centre: bool = True, may_be_cut: bool = False
    ) -> Iterator[Message]:
        """Take the octets of a stored SMS; yield what became whole by it. Octets that are no SMS are noticed."""
        try:
            sms = read_stored_sms(octets, has_service_centre=has_service_centre, may_be_cut=may_be_cut)
        except PduMalformed as malformed:
            self._book.lose("message", slot.locator, f"SMS ({malformed.reason})")
            return
        yield from self.add_read(slot, sms)

    def add_read(self, slot: Slot, sms: StoredSms, moment: Moment | None = None) -> Iterator[Message]:
        """Take a stored SMS that was read already; see ``add``. ``moment``: its time, where that is no time stamp."""
        if sms.kind is _STATUS_REPORT:
            self._book.leave_out("SMS status report", slot.locator)
            return
        if sms.header.port is not None:
            # Addressed to an application (WAP push, settings, a business card): nobody wrote or read it as a text.
            self._book.leave_out(f"SMS to port {sms.header.port}", slot.locator)
            return
        if moment is None:
            moment = NO_MOMENT if sms.time_stamp is None else moment_of(sms.time_stamp, self._clock)
        concat = sms.header.concat
        if concat is None or concat.total == 1:
            yield self._lone(slot, sms, moment)
            return
        second = None if moment.utc is None else int(datetime.fromisoformat(moment.utc).timestamp())
        for whole in self._joiner.add(Part(slot, sms, moment, second), concat):
            yield self._message(whole)
        self._note_repeated()

    def rest(self) -> Iterator[Message]:
        """Yield the messages that parts are missing of; call it once, at the end of the source."""
        for message in self._joiner.rest():
            yield self._message(message)
        self._note_repeated()

    def _note_repeated(self) -> None:
        for locator in self._joiner.repeated:
            self._book.leave_out("repeated part of a long message", locator)
        self._joiner.repeated.clear()

    def _lone(self, slot: Slot, sms: StoredSms, moment: Moment) -> Message:
        """Return the message of an SMS that is no part; whole text, as nearly all are, is not asked for gaps."""
        fragment = sms.fragment
        if sms.is_cut or not (fragment.alphabet is _GSM7 or fragment.alphabet is _UCS2):
            return self._message(LongMessage(1, {1: Part(slot, sms, moment, None)}))
        body, replaced = fragment_text(fragment)
        if body is None or replaced:
            return self._message(LongMessage(1, {1: Part(slot, sms, moment, None)}))
        said = slot.body_notices
        notices = said if len(said) < 2 else tuple(dict.fromkeys(said))
        details = _details(sms)
        extra = (*slot.extra, *details) if details else slot.extra
        return self._made(slot, sms, moment, body, notices, extra)

    def _message(self, long: LongMessage) -> Message:
        places = sorted(long.parts)
        parts = [long.parts[place] for place in places]
        first = parts[0]
        slot, sms = first.slot, first.sms
        extra = list(slot.extra)
        body, notices = self._body(long, parts, extra)
        extra += _details(sms)
        if len(places) > 1:
            extra += [(f"part {place}", long.parts[place].slot.locator) for place in places]
        return self._made(slot, sms, first.moment, body, notices, tuple(extra))

    def _made(
        self,
        slot: Slot,
        sms: StoredSms,
        moment: Moment,
        body: str | None,
        notices: tuple[str, ...],
        extra: tuple[tuple[str, str], ...],
    ) -> Message:
        self._book.saw("message")
        incoming = sms.kind is _DELIVER
        address, locator = sms.address, slot.locator
        party = address.party(self._region, slot.name)
        if address.replaced_count:
            self._book.note("characters_replaced", locator=locator, count=address.replaced_count)
        return Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            deleted=slot.deleted,
            service="sms",
            direction=_INCOMING if incoming else _OUTGOING,
            direction_basis=slot.direction_basis,
            from_party=party if incoming else None,
            to=(party,) if party is not None and not incoming else (),
            body=body,
            body_notices=notices,
            status=slot.status,
            folder=slot.folder,
            smsc=sms.service_centre,
            time=moment,
            listing=slot.listing,
            extra=extra,
        )

    def _body(
        self, long: LongMessage, parts: list[Part], extra: list[tuple[str, str]]
    ) -> tuple[str | None, tuple[str, ...]]:
        """Return the text and what is to be said of it; data that is no text goes to ``extra``."""
        locator = parts[0].slot.locator
        notices = ["joined_parts"] if len(parts) > 1 else []
        fragments = [part.sms.fragment for part in parts]
        # By identity: an enumeration hashes itself in Python.
        is_data = any(fragment.alphabet is _DATA or fragment.alphabet is _COMPRESSED for fragment in fragments)
        if is_data:
            extra.append(("user_data", b"".join(fragment.units for fragment in fragments).hex()))
        body, replaced = text_of(fragments) if len(parts) == long.total else _text_with_gaps(long)
        if body is None:
            notices.append("not_text")
            self._book.note("body_not_text", locator=locator)
        elif is_data:
            notices.append("data_read_as_text")
        if replaced:
            notices.append(_REPLACED)
            self._book.note("characters_replaced", locator=locator, count=replaced)
        missing = long.total - len(parts)
        if missing:
            notices.append("missing_parts")
            self._book.note("segments_missing", locator=locator, count=missing)
        if any(part.sms.is_cut for part in parts):
            notices.append("truncated")
            self._book.note("body_truncated", locator=locator)
        notices += [said for part in parts for said in part.slot.body_notices]
        return body, tuple(dict.fromkeys(notices))


def _text_with_gaps(long: LongMessage) -> tuple[str | None, int]:
    """Return the text with a mark for each missing part, and how many characters were replaced."""
    pieces: list[str] = []
    replaced = 0
    run: list[Fragment] = []
    for place in range(1, long.total + 2):
        part = long.parts.get(place)
        if part is not None:
            run.append(part.sms.fragment)
            continue
        text, count = text_of(run)
        if text is None:
            return None, 0
        pieces.append(text)
        replaced += count
        run = []
        if place <= long.total:
            pieces.append(f"[part {place} missing]")
    return "".join(pieces), replaced


def _details(sms: StoredSms) -> list[tuple[str, str]]:
    """Return what the octets state beside the text, where it is not what every text has."""
    details: list[tuple[str, str]] = []
    if sms.protocol:
        details.append(("protocol", f"{sms.protocol:02X}"))
    # A coding scheme of 0 is the default, which states no class.
    message_class = message_class_of(sms.coding_scheme) if sms.coding_scheme else None
    if message_class is not None:
        details.append(("class", str(message_class)))
    if sms.header.has_unread or (sms.header.octets and sms.fragment.alphabet is _DATA):
        details.append(("header", sms.header.octets.hex()))
    if sms.rest:
        details.append(("octets behind", sms.rest.hex()))
    return details
