"""Texts of the telephone's own backup: ``000000_sms_backup`` and ``000001_mms_backup``, lists of objects in JSON.

Source: ``TelephonyBackupAgent`` of AOSP (Apache-2.0): its keys are Android's columns, its numbers are written as text.
"""

from __future__ import annotations

from typing import Final, Protocol

from parsers.android_codes import FROM, NOTIFICATION, box_of, status_of
from parsers.contract import SourceStamp
from parsers.epoch_times import MILLISECONDS, EpochClock, stated
from parsers.json_decoding import Json
from parsers.json_values import objects_in, text_in, whole_in
from parsers.phone_numbers import number_key
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.stored_text import REPLACED, decode_stored

_RECIPIENTS: Final = "recipients"
_UNKNOWN_SENDER: Final = "\u02bcUNKNOWN_SENDER!\u02bc"
_OWN_ADDRESS: Final = "insert-address-token"
_UTF8_CHARSET: Final = 106
_SECONDS_BELOW: Final = 10**11
_EXTRA: Final = ("subject", "error_code", "archived", "creator")


class PartyMaker(Protocol):
    """Makes a party of a number as written; the owner's is remembered."""

    def __call__(self, raw: str | None, *, is_owner: bool = False) -> Party | None:
        """Return the party. None: there is no number."""
        ...


class BackupMessages:
    """Makes records of the objects of one backup."""

    def __init__(self, extraction_id: str, clock: EpochClock, party: PartyMaker) -> None:
        self._extraction_id = extraction_id
        self._clock = clock
        self._party = party

    def text(self, held: dict[str, Json], replaced: int, stamp: SourceStamp, locator: str) -> Message:
        """Return a text message."""
        box = whole_in(held, "type")
        folder, direction, basis = box_of(box)
        address = _address(text_in(held, "address"))
        others = [address] if address is not None else _recipients(held)
        sent = whole_in(held, "date_sent")
        extra: list[tuple[str, str]] = [
            (key, text) for key in _EXTRA if key in held and (text := text_in(held, key)) is not None and text.strip()
        ]
        if box is not None and folder is None:
            extra.append(("type", str(box)))
        from_party, to = self._sides(held, others, direction)
        extra += self._further(held, from_party, *to)
        return Message(
            source=stamp.source(locator),
            record_id=stamp.record_id("message", locator),
            extraction_id=self._extraction_id,
            deleted=DeletedState.INTACT,
            service="sms",
            direction=direction,
            direction_basis=basis,
            from_party=from_party,
            to=to,
            body=text_in(held, "body"),
            body_notices=REPLACED if replaced else (),
            status=status_of(folder, whole_in(held, "status"), whole_in(held, "read")),
            folder=folder,
            time=self._clock.unix(whole_in(held, "date")),
            times=MessageTimes(sent=stated(self._clock.unix(sent)) if sent else None),
            extra=tuple(extra),
        )

    def multimedia(self, held: dict[str, Json], replaced: int, stamp: SourceStamp, locator: str) -> Message:
        """Return a picture message."""
        box = whole_in(held, "msg_box")
        folder, direction, basis = box_of(box)
        # Before all others, so that the owner's number is known among them.
        own = self._own(held)
        addresses = objects_in(held, "mms_addresses")
        senders = _distinct(addresses, is_sender=True)
        recipients = _distinct(addresses, is_sender=False)
        if not senders and not recipients:
            # Which of several people sent it is not said.
            listed = _recipients(held)
            is_sender = direction is Direction.INCOMING and len(listed) == 1
            senders, recipients = (listed, []) if is_sender else ([], listed)
        sender = self._party(senders[0]) if len(senders) == 1 else None
        if sender is None and direction is Direction.OUTGOING:
            sender = own
        further = recipients if sender is not None or len(senders) < 2 else [*senders, *recipients]
        to = [party for each in further if (party := self._party(each)) is not None]
        if not to and own is not None and direction is Direction.INCOMING:
            to = [own]
        subject = _subject(held)
        sent = whole_in(held, "date_sent")
        return Message(
            source=stamp.source(locator),
            record_id=stamp.record_id("message", locator),
            extraction_id=self._extraction_id,
            deleted=DeletedState.INTACT,
            service="mms",
            direction=direction,
            direction_basis=basis,
            from_party=sender,
            to=tuple(to),
            body=text_in(held, "mms_body"),
            body_notices=REPLACED if replaced else (),
            status="notification"
            if whole_in(held, "m_type") == NOTIFICATION
            else status_of(folder, None, whole_in(held, "read")),
            folder=folder,
            attachments=tuple(
                Attachment(text_in(each, "filename"), text_in(each, "mime_type"))
                for each in objects_in(held, "attachments")
            ),
            time=self._seconds(whole_in(held, "date")),
            times=MessageTimes(sent=stated(self._seconds(sent)) if sent else None),
            extra=(*((("subject", subject),) if subject is not None else ()), *self._further(held, sender, *to)),
        )

    def _sides(
        self, held: dict[str, Json], others: list[str], direction: Direction
    ) -> tuple[Party | None, tuple[Party, ...]]:
        own = self._own(held)
        parties = [party for each in others if (party := self._party(each)) is not None]
        if direction is Direction.INCOMING:
            own_side = () if own is None else (own,)
            # Which of several people sent it is not said.
            return (parties[0], own_side) if len(parties) == 1 else (None, (*own_side, *parties))
        return (own if direction is Direction.OUTGOING else None), tuple(parties)

    def _further(self, held: dict[str, Json], *named: Party | None) -> list[tuple[str, str]]:
        """Return whom the conversation has besides; that they got this text is not said."""
        listed = _recipients(held)
        if not listed or (len(listed) == 1 and any(party is not None and party.raw == listed[0] for party in named)):
            return []
        known = {number_key(party.raw, party.e164) or party.raw for party in named if party is not None}
        parties = [(each, self._party(each)) for each in listed]
        return [
            (_RECIPIENTS, each)
            for each, party in parties
            if party is not None and (number_key(party.raw, party.e164) or party.raw) not in known
        ]

    def _own(self, held: dict[str, Json]) -> Party | None:
        number = text_in(held, "self_phone")
        return self._party(number, is_owner=True) if number is not None and number.strip() else None

    def _seconds(self, count: int | None) -> Moment:
        is_milliseconds = count is not None and abs(count) > _SECONDS_BELOW
        return self._clock.unix(count, MILLISECONDS if is_milliseconds else 1)


def _address(text: str | None) -> str | None:
    return None if text is None or not text.strip() or text == _UNKNOWN_SENDER else text


def _recipients(held: dict[str, Json]) -> list[str]:
    value = held.get(_RECIPIENTS)
    listed = value if isinstance(value, list) else []
    return list(dict.fromkeys(each for each in listed if isinstance(each, str) and _address(each) is not None))


def _distinct(addresses: list[dict[str, Json]], *, is_sender: bool) -> list[str]:
    found = [
        address
        for each in addresses
        if (whole_in(each, "type") == FROM) is is_sender
        and (address := _address(text_in(each, "address"))) is not None
        and address != _OWN_ADDRESS
    ]
    return list(dict.fromkeys(found))


def _subject(held: dict[str, Json]) -> str | None:
    """Return the subject; its bytes are stored as if each were a character."""
    text = text_in(held, "sub")
    if text is None or not text.strip() or whole_in(held, "sub_cs") != _UTF8_CHARSET:
        return text if text is not None and text.strip() else None
    try:
        return decode_stored(text.encode("latin-1"))[0]
    except UnicodeEncodeError:
        return text
