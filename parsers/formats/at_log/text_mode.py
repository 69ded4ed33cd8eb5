"""Makes messages of answers in text mode, where the modem has decoded what it stores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.formats.at_log.answer_fields import Field, decoded, decoded_address, gsm_text, guessed, is_time, time_of
from parsers.formats.at_log.answers import international, listing_of
from parsers.formats.at_log.damaged_headers import stated_in
from parsers.formats.at_log.log_lines import ANSWER, UNASKED, Piece
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_MOMENT, ClockBasis, DeletedState, Party
from parsers.sms_pdu.alphabets import data_to_text, ucs2_to_text
from parsers.sms_pdu.user_data import Alphabet, alphabet_of

_RECEIVED: Final = "REC"
_CENTRE_PLACE: Final = 8
"""Status, number, name, time, type, first octet, protocol, coding; or name, type, octet, protocol, coding, validity."""

_REPLACED, _OPEN = "replaced_characters", "end_unmarked"


class TextModeMessages:
    """Makes one message of one answer; parts of long texts stay apart, because text mode leaves their places out."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clock: Clock, region: str) -> None:
        self._stamp = stamp
        self._book = book
        self._clock = clock
        self._region = region

    def message(self, piece: Piece, index: int | None, store: str | None) -> Message | None:
        """Return the message of an answer. None: it is a status report, which is counted.

        Args:
            piece: The answer with its lines.
            index: Where the message is stored; ``+CMGR`` does not repeat it.
            store: The store that the log has turned to. None: it does not say.
        """
        fields, character_set = piece.fields, piece.line.character_set
        is_unasked = piece.name in UNASKED
        if piece.line.header:
            status, number, time = stated_in(piece.line)
            fields = tuple([Field(text, is_quoted=True) for text in (status, number, "", time)])
        elif piece.name == "+CMGL":
            index = fields[0].number
            fields = fields[1:]
        elif is_unasked:
            # It was handed on as it came in, so no status and no store are stated.
            store, fields = None, (Field("", is_quoted=True), *fields)
        if len(fields) > 2 and is_time(fields[2].text) and not (len(fields) > 3 and is_time(fields[3].text)):
            # Some handsets leave the name out.
            fields = (*fields[:2], Field("", is_quoted=False), *fields[2:])
        locator = f"{store or 'store'} {index}" if index is not None else piece.line.locator
        if len(fields) > 2 and fields[1].number is not None and fields[2].number is not None:
            self._book.leave_out("SMS status report", locator)
            return None
        self._book.saw("message")
        status = fields[0].text.strip().upper()
        came_in = is_unasked or status.startswith(_RECEIVED)
        body, notices, extra = self._body(piece, fields, locator, came_in=came_in)
        if piece.line.header:
            extra = (*extra, ("header", piece.line.header))
        number = decoded_address(fields[1].text, character_set) if len(fields) > 1 else ""
        type_field = fields[4] if piece.name == "+CMGL" and len(fields) > 4 else _type_of(fields, came_in=came_in)
        number = international(number, type_field)
        name = decoded(fields[2].text, character_set) if len(fields) > 2 else ""
        is_told = came_in or bool(status)
        party = None
        if number or name:
            party = Party(number or None, to_e164(number, self._region) if number else None, name or None)
        stamp = fields[3].text.strip() if len(fields) > 3 and (fields[3].is_quoted or "/" in fields[3].text) else ""
        return Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            deleted=DeletedState.UNKNOWN if is_unasked else DeletedState.INTACT,
            service="sms",
            direction=Direction.INCOMING if came_in else Direction.OUTGOING if is_told else Direction.UNKNOWN,
            direction_basis="message_type" if is_unasked else "status" if is_told else None,
            from_party=party if came_in else None,
            to=(party,) if party is not None and not came_in else (),
            body=body,
            body_notices=notices,
            status=status or None,
            smsc=None if piece.name == "+CMGL" else _service_centre(fields, character_set),
            time=time_of(stamp, self._clock, ClockBasis.NETWORK) if stamp else NO_MOMENT,
            listing=listing_of(store),
            extra=extra,
        )

    def unbegun(self, pieces: Sequence[Piece], listing: str) -> Message:
        """Return the message of lines that stand in no answer where texts were asked for: nothing says whose it is."""
        locator = pieces[0].line.locator
        self._book.saw("message")
        self._book.note("message_unbegun", locator=locator)
        is_header = pieces[0].kind is ANSWER
        return Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            service="sms",
            body="\n".join([piece.line.text for piece in pieces[is_header:]]),
            listing=listing,
            extra=(("header", pieces[0].line.text.strip()),) if is_header else (),
        )

    def _body(
        self, piece: Piece, fields: tuple[Field, ...], locator: str, *, came_in: bool
    ) -> tuple[str | None, tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Return the text, what is to be said of it, and the digits that it was read from."""
        stored = "\n".join(piece.data)
        notices: list[str] = []
        body: str | None = stored
        character_set = piece.line.character_set
        coding = _coding_of(fields, came_in=came_in)
        digits = stored.strip()
        if coding in {Alphabet.UCS2, Alphabet.DATA} and _is_octets(digits):
            octets = bytes.fromhex(digits)
            body = ucs2_to_text(octets)[0] if coding is Alphabet.UCS2 else data_to_text(octets)
        elif (in_gsm := decoded(stored, character_set)) != stored and gsm_text(stored) is not None:
            body = in_gsm
            if character_set is None:
                self._book.note("encoding_assumed", subject="the alphabet of GSM", locator=locator)
        elif character_set is not None:
            body = decoded(digits, character_set) if decoded(digits, character_set) != digits else stored
        elif (read := guessed(digits)) is not None:
            body = read
            notices.append("hex_read_as_text")
            self._book.note("hex_read_as_text", locator=locator)
        if body is None:
            notices.append("not_text")
            self._book.note("body_not_text", locator=locator)
        if piece.replaced_count:
            notices.append(_REPLACED)
            self._book.note("characters_replaced", locator=locator, count=piece.replaced_count)
        if piece.is_open:
            notices.append(_OPEN)
            self._book.note("end_unmarked", locator=locator)
        return body, tuple(notices), (("stored_text", stored),) if body != stored else ()


def _type_of(fields: tuple[Field, ...], *, came_in: bool) -> Field | None:
    place = 4 if came_in else 3
    return fields[place] if len(fields) > place else None


def _coding_of(fields: tuple[Field, ...], *, came_in: bool) -> Alphabet | None:
    """Return how the text is coded, where the details of ``+CMGR`` say so."""
    # Status, sender, name, time, type, first octet, protocol, coding ...; what was submitted has no time.
    place = 7 if came_in else 6
    number = fields[place].number if len(fields) > place + 1 else None
    return alphabet_of(number) if number is not None and number <= 0xFF else None


def _service_centre(fields: tuple[Field, ...], character_set: str | None) -> str | None:
    """Return the service centre, where the details of ``+CMGR`` and ``+CMT`` state it. None: they do not.

    Source: 3GPP TS 27.005, ``<sca>,<tosca>,<length>`` behind the coding, and behind how long a submitted text holds.
    """
    if len(fields) <= _CENTRE_PLACE or not fields[_CENTRE_PLACE].is_quoted:
        return None
    number = decoded_address(fields[_CENTRE_PLACE].text, character_set)
    type_field = fields[_CENTRE_PLACE + 1] if len(fields) > _CENTRE_PLACE + 1 else None
    return international(number, type_field) or None


def _is_octets(text: str) -> bool:
    return len(text) % 2 == 0 and bool(text) and all(char in "0123456789abcdefABCDEF" for char in text)
