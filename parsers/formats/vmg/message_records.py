"""Makes a message of what lies in an envelope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec
from msgspec.structs import replace

from parsers.clocks import Clock, is_compact_time
from parsers.contract import SourceStamp
from parsers.epoch_times import MILLISECONDS, EpochClock
from parsers.formats.vmg.bodies import begins_with_properties, body_of
from parsers.formats.vmg.envelopes import Contents, Envelope, contents_of
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_MOMENT, ClockBasis, Moment, Party
from parsers.remembered import Remembered
from parsers.stored_text import REPLACED
from parsers.vcard_properties import KnownLines, Property, properties_of

_TYPES: Final = {"DELIVER": Direction.INCOMING, "SUBMIT": Direction.OUTGOING}
_BOXES: Final = {
    "INBOX": Direction.INCOMING,
    **dict.fromkeys(("SENT", "SENTBOX", "SENDBOX", "OUTBOX", "SENT ITEMS"), Direction.OUTGOING),
    **dict.fromkeys(("DRAFT", "DRAFTS", "DRAFTBOX"), Direction.DRAFT),
}
_INCOMING, _OUTGOING, _DRAFT = Direction.INCOMING, Direction.OUTGOING, Direction.DRAFT
"""Named here because looking one up in its enumeration takes four times as long, and several are asked for a text."""

_STATUS_KEYS: Final = ("X-IRMC-STATUS", "X-MESSAGE-STATUS", "X-READ")
_BOX_KEYS: Final = ("X-IRMC-BOX", "X-BOX")
_KIND_KEYS: Final = ("X-IRMC-TYPE", "X-IRMS-TYPE")
_TYPE_KEY, _TIME_KEY, _VERSION_KEY, _DATE_KEY = "X-MESSAGE-TYPE", "X-NOK-DT", "VERSION", "DATE"
_ADDRESSES: Final = ("TEL", "FROMTEL", "EMAIL")
"""The second is what a backup program of MediaTek's phones calls the first."""

_NAMING: Final = frozenset({_VERSION_KEY, "N", "FN"})
_USUAL: Final = frozenset({_VERSION_KEY, _TYPE_KEY, _TIME_KEY, *_STATUS_KEYS, *_BOX_KEYS})

_COUNTED: Final = re.compile(r"(?P<seconds>[0-9]{9,11})|[0-9]{12,14}")
_DOTTED: Final = re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{1,2}))?")
_NOKIA_DIGITS: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z")
_NUMBER: Final = re.compile(r"[0-9]+")
_OPEN_DAY: Final = re.compile(r"([0-9]{1,2})([-/ ])([0-9]{1,2})\2(?:[0-9]{2}){1,2}(?=[ T,])")
"""Day and month before a year, in whichever order; between full stops the day stands first."""

_LONGEST_DAY: Final = 20
_UNENDED: Final = ("end_unmarked",)
"""What a body says of itself whose end is not there."""

_NOKIA_BOX: Final = "X-IRMC-BOX"
"""Of IrMC, and so written by others too: whose body begins with properties before its date is none of Nokia's."""
_SUBJECT_OF_LINES: Final = "line of a message"


class _Card(msgspec.Struct, frozen=True):
    """A card: whose it is, and what it says besides. ``party`` is None where it names nobody."""

    party: Party | None
    beside: tuple[tuple[str, str], ...] = ()


_UNKNOWN: Final = _Card(Party())
"""A card that was not read before."""


class MessageMaker:
    """Makes the records of one file."""

    def __init__(self, stamp: SourceStamp, book: PartBook, clocks: tuple[Clock, EpochClock], region: str) -> None:
        self._stamp = stamp
        self._book = book
        self._clock, self._epoch = clocks
        self._region = region
        self._known_lines: KnownLines = Remembered()
        self._known_cards: Remembered[tuple[bytes, ...], _Card | None] = Remembered()

    def records(self, envelope: Envelope, *, is_last: bool) -> Iterator[Message]:
        """Yield the message of an envelope; none where nothing is in it that a message has."""
        if envelope.is_too_large:
            self._book.lose("message", envelope.locator, "message (larger than the limit)")
            return
        contents = contents_of(envelope)
        if not envelope.is_begun:
            self._book.note("message_unbegun", locator=envelope.locator)
        if not envelope.is_ended or not contents.is_body_ended:
            if is_last:
                self._book.note("input_truncated", locator=envelope.locator, ends_reading=True)
            else:
                self._book.note("message_unended", locator=envelope.locator)
        if contents.body is None and not contents.outer and not contents.inner:
            self._book.lose("message", envelope.locator, "message (without sender and text)")
            return
        yield self._message(envelope, contents)

    def _message(self, envelope: Envelope, contents: Contents) -> Message:
        locator = envelope.locator
        self._book.saw("message")
        head = self._properties(contents.head, locator)
        of_head = _texts(head)
        kind = (_first(of_head, *_KIND_KEYS) or "").upper()
        names = {each.name for each in head}
        is_nokia = _TIME_KEY in names or (_NOKIA_BOX in names and not begins_with_properties(contents.body))
        body = body_of(contents.body, is_nokia=is_nokia)
        stated = _texts(body.properties) | of_head
        date, marked = stated.get(_DATE_KEY), of_head.get(_TIME_KEY)
        moment, beside = self._moment(date, marked)
        box, status, word = _first(stated, *_BOX_KEYS), _first(stated, *_STATUS_KEYS), stated.get(_TYPE_KEY)
        direction, basis = _direction_of(box, status, word)
        sender, to, of_cards = self._parties(direction, contents, locator)
        notices = () if contents.is_body_ended else _UNENDED
        if body.replaced:
            notices = (*REPLACED, *notices)
            self._book.note("characters_replaced", locator=locator, count=body.replaced)
        if body.is_mended:
            self._book.note("markup_broken", locator=locator)
        if contents.has_own_lines:
            self._book.note("structure_in_text", locator=locator)
        if word and direction is Direction.UNKNOWN:
            beside = (*beside, (_TYPE_KEY, word))
        return Message(
            source=self._stamp.source(locator),
            record_id=self._stamp.record_id("message", locator),
            extraction_id=self._book.extraction_id,
            service="mms" if "MMS" in kind else "sms",
            direction=direction,
            direction_basis=basis,
            from_party=sender,
            to=to,
            body=body.text,
            body_notices=notices if body.text is not None else (),
            status=status,
            folder=box,
            time=moment,
            extra=(*beside, *_extra((*head, *body.properties)), *of_cards),
        )

    def _properties(self, lines: Sequence[bytes], locator: str) -> list[Property]:
        found = []
        for held in properties_of(lines, self._known_lines):
            if held is None:
                self._book.leave_out(_SUBJECT_OF_LINES, locator, code="element_unreadable")
            else:
                found.append(held)
        return found

    def _moment(self, date: str | None, marked: str | None) -> tuple[Moment, tuple[tuple[str, str], ...]]:
        """Return the time, and the other writing of it.

        ``X-NOK-DT`` is marked as UTC. Phones have written their local time so: where the body's date, which is
        local, has the same digits, the mark proves no zone, and the local time holds. It proves the order of day and
        month all the same.
        """
        if marked and not (date and _has_same_digits(date, marked)):
            beside = ((_DATE_KEY.title(), date),) if date else ()
            return self._clock.iso(marked, ClockBasis.DEVICE_LOCAL), beside
        if not date:
            return NO_MOMENT, ()
        told = _told_apart(date, marked) if marked else None
        moment = self._local(date) if told is None else replace(self._local(told), raw=date)
        return moment, ((_TIME_KEY, marked),) if marked else ()

    def _local(self, date: str) -> Moment:
        counted = _COUNTED.fullmatch(date) if date.isdigit() and not is_compact_time(date) else None
        if counted is not None:
            return self._epoch.unix(int(date), 1 if counted["seconds"] else MILLISECONDS)
        dotted = _DOTTED.fullmatch(date) if date[4:5] == "." else None
        if dotted is None:
            return self._clock.locale(date, ClockBasis.DEVICE_LOCAL)
        year, *rest = (int(each or 0) for each in dotted.groups())
        month, day, hour, minute, second = rest
        written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        return replace(self._clock.iso(written, ClockBasis.DEVICE_LOCAL), raw=date)

    def _parties(
        self, direction: Direction, contents: Contents, locator: str
    ) -> tuple[Party | None, tuple[Party, ...], tuple[tuple[str, str], ...]]:
        """Return sender, recipients, and what their cards say besides.

        The message's own card is the sender's, those further in are recipients'. What was sent may have one card
        alone, which is the other side's then.
        """
        outer, inner = self._cards(contents.outer, locator), self._cards(contents.inner, locator)
        beside: tuple[tuple[str, str], ...] = ()
        for held in (*outer, *inner):
            beside += held.beside
        senders = [held.party for held in outer if held.party is not None]
        others = [held.party for held in inner if held.party is not None]
        if not others and (direction is _OUTGOING or direction is _DRAFT):
            senders, others = [], senders
        elif not senders and direction is _INCOMING and len(others) == 1:
            senders, others = others, []
        return (senders[0] if senders else None), (*senders[1:], *others), beside

    def _cards(self, cards: Sequence[Sequence[bytes]], locator: str) -> list[_Card]:
        return [held for card in cards if (held := self._card(card, locator)) is not None]

    def _card(self, card: Sequence[bytes], locator: str) -> _Card | None:
        key = tuple(card)
        known = self._known_cards.get(key, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        held = self._properties(card, locator)
        stated = _by_name(held)
        address = next((stated[name] for name in _ADDRESSES if name in stated), None)
        raw = address.text if address is not None else None
        bare = raw.strip() if raw is not None else None
        name = _first(_texts(held), "FN") or " ".join(
            part for each in held if each.name == "N" for part in reversed(each.fields[:2]) if part.strip()
        )
        party = None
        if raw or name:
            e164 = to_e164(raw, self._region) if raw else None
            party = Party(raw, e164, name if name and name != bare else None)
        beside = tuple(
            (each.name, each.text)
            for each in held
            if each is not address and each.name not in _NAMING and each.text.strip()
        )
        made = _Card(party, beside) if party is not None or beside else None
        if len(held) == len(key):
            # Nothing in it has to be said again.
            self._known_cards.keep(key, made, sum(map(len, key)))
        return made


def _by_name(properties: Sequence[Property]) -> dict[str, Property]:
    """Return of each name the first property that is not blank."""
    # The later overwrites: from the last to the first.
    return {held.name: held for held in reversed(properties) if held.text.strip()}


def _texts(properties: Sequence[Property]) -> dict[str, str]:
    """Return of each name the first text that is not blank, without the blanks around it."""
    texts: dict[str, str] = {}
    for held in properties:
        if held.name not in texts and (text := held.text.strip()):
            texts[held.name] = text
    return texts


def _first(texts: Mapping[str, str], *names: str) -> str | None:
    """Return the first of the texts with some names, by the order of the names. None: there is none."""
    for name in names:
        text = texts.get(name)
        if text is not None:
            return text
    return None


def _direction_of(stated_box: str | None, status: str | None, word: str | None) -> tuple[Direction, str | None]:
    """Return the direction and what it rests on; type and box that contradict each other state none."""
    box = _BOXES.get((stated_box or "").upper())
    by_type = _TYPES.get((word or "").upper())
    if box is Direction.DRAFT:
        return Direction.DRAFT, "folder"
    if (status or "").upper() == "DRAFT":
        return Direction.DRAFT, "status"
    if by_type is not None and box in {None, by_type}:
        return by_type, "message_type"
    if by_type is None and box is not None:
        return box, "folder"
    return Direction.UNKNOWN, None


def _has_same_digits(date: str, marked: str) -> bool:
    """Whether a date shows what the mark shows, in whatever order and with or without seconds and century."""
    stated = _NOKIA_DIGITS.fullmatch(marked)
    if stated is None:
        return False
    front, _, clock = date.rpartition(" ")
    if clock == f"{stated[4]}:{stated[5]}:{stated[6]}" and len(front) <= _LONGEST_DAY:
        # The times of a day differ in their clock alone, and that is the same.
        is_same = _is_day(front, marked[:8])
        if is_same is not None:
            return is_same
    written = _NUMBER.findall(date)
    if len(written) not in {5, 6}:
        return False
    time = [int(each) for each in stated.groups()[3:]]
    return _is_same_day(written[:3], marked[:8]) and list(map(int, written[3:])) == time[: len(written) - 3]


def _told_apart(date: str, marked: str) -> str | None:
    """Return a date with its day as a mark of the same digits states it. None: no such day stands in it."""
    found = _OPEN_DAY.match(date)
    if found is None or {int(found[1]), int(found[3])} != {int(marked[4:6]), int(marked[6:8])}:
        return None
    return f"{marked[:4]}-{marked[4:6]}-{marked[6:8]}{date[found.end() :]}"


@lru_cache(maxsize=1_024)
def _is_day(text: str, day: str) -> bool | None:
    """Whether a text shows the day of eight digits. None: there are not three numbers in it."""
    numbers = _NUMBER.findall(text)
    return _is_same_day(numbers, day) if len(numbers) == 3 else None


def _is_same_day(numbers: list[str], day: str) -> bool:
    """Whether three numbers are year, month and day of eight digits, in whatever order and with or without century."""
    century = 10_000 if any(len(number) == 4 for number in numbers) else 100
    shown = (int(day[:4]) % century, int(day[4:6]), int(day[6:]))
    return sorted(map(int, numbers)) == sorted(shown)


def _extra(stated: Sequence[Property]) -> Iterator[tuple[str, str]]:
    for held in stated:
        if held.name not in _USUAL and held.name != _DATE_KEY and held.text.strip():
            yield held.name, held.text
