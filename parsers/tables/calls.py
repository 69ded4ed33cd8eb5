"""Rows that are calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.directions import unread_way
from parsers.language_words import english_cell
from parsers.phone_numbers import to_e164
from parsers.records.facts import Call, CallType, Direction
from parsers.records.values import NO_MOMENT, Party
from parsers.services import application_service, names_file
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.known_headings import CALLING_LINE, DIALLED
from parsers.tables.row_people import RowPeople, with_name
from parsers.tables.row_state import RowState
from parsers.tables.row_view import RowView
from parsers.tables.span_parts import seconds_of_parts
from parsers.tables.spans import SpanUnit, before_remark, days_in, seconds_in
from parsers.tables.word_meanings import (
    call_went,
    names_line_called,
    outcome_of,
    says_taken,
    states_way,
    thing_carried,
    unknown_kind,
)

CAME_IN: Final = frozenset({CallType.INCOMING, CallType.MISSED, CallType.REJECTED, CallType.VOICEMAIL})
"""What the other side made."""

_UNKNOWN: Final = Direction.UNKNOWN
_NUMBERED: Final = (Field.FROM, Field.TO, Field.NUMBER)
_NAMED: Final = (Field.FROM, Field.FROM_NAME, Field.TO, Field.TO_NAME, Field.NAME)
_CLOCK = re.compile(r"[0-9]:[0-5][0-9]|[0-9]\s*[ap]\.?\s?m\b|[0-9]{9}", re.IGNORECASE)
"""A time of day; a count of seconds has one too."""

_FIRST_CLOCK = re.compile(r"(?<![0-9])([0-9]{1,2}):([0-9]{2})")
_VOICEMAILS: Final = frozenset({"voicemail", "voicemails"})
"""Lists of calls of which each left a voicemail."""

_IN_A_VOICEMAIL: Final = frozenset({CallType.INCOMING, CallType.UNKNOWN, CallType.MISSED})
_LONGEST_NAME: Final = 200
_TEXTS: Final = frozenset({None, "sms", "mms", "rcs"})
_OF_HANDSETS: Final = frozenset({"from", "to", "from number", "to number", "caller", "callee"})
"""Headings of both sides in lists of a handset's calls."""

_YES_NO: Final = frozenset({"yes", "no", "true", "false", "1", "0"})
_PLAIN_CALLS: Final = frozenset(
    {"call", "calls", "voice call", "phone call", "voice", "telephony", "com.apple.telephony", "cellular", "phonebook"}
)

_KINDS_TOO: Final = frozenset({"line", "session"})
"""Applications, and kinds of calls: only ``LINE`` is written as its maker writes it."""

_HEADS_KINDS: Final = frozenset({"type", "call type", "service", "service type", "call service"})
"""Headings below which a kind of call may stand; below ``App`` and ``Source`` an application does."""


def read_call(state: RowState, view: RowView, locator: str, extraction_id: str) -> Call:
    """Return the record of a row. The vendor's words stay beside it: several of them become one of ours."""
    senders, recipients, others = state.sides(view)
    is_list = not (senders or recipients or others)
    if is_list:
        others = [party for _, text in view.take_all(Field.PARTICIPANTS) for _, party in state.parties_in(text)]
    service = _service(state, view)
    people = RowPeople(state, view, service)
    senders, recipients, others = map(people.told, (senders, recipients, others))
    sender = senders[0] if senders else None
    went = _went(state, view, locator, sender, recipients)
    if went in _IN_A_VOICEMAIL and state.listing in _VOICEMAILS:
        went = CallType.VOICEMAIL
    if went in CAME_IN and sender is None:
        strangers = [party for party in others if not party.is_owner]
        # Of several who are listed together nobody is said to have called.
        sender = strangers[0] if len(strangers) == 1 or (strangers and not is_list) else None
        others = [party for party in others if party is not sender]
    elif went is CallType.OUTGOING and sender is None:
        sender = next((party for party in others if party.is_owner), None)
        others = [party for party in others if party is not sender]
    if sender is None and (
        went is CallType.OUTGOING or any(column.label.key == CALLING_LINE for column, _ in view.callers())
    ):
        sender = state.caller(view)
    way = Direction.INCOMING if went in CAME_IN else Direction.OUTGOING if went is CallType.OUTGOING else _UNKNOWN
    if not _may_be_own(state, view, others):
        sender, recipients, others = with_name(way, sender, recipients, others)
    if sender is not None and recipients:
        others = state.without_own(view, others)
    if went is CallType.UNKNOWN:
        _note_unknown(state, view, locator, sender, (*recipients, *others))
    time = state.moment(view, Field.TIME)
    if time is NO_MOMENT:
        time = state.moment(view, Field.RECEIVED if went in CAME_IN else Field.SENT)
    deleted = state.deleted(view)
    seconds = _duration(state, view, locator)
    view.take_places(Field.ROW)
    state.note_contrary(locator, way, sender, recipients)
    return Call(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("call", locator),
        extraction_id=extraction_id,
        deleted=deleted,
        service=service,
        call_type=went,
        duration_seconds=seconds,
        from_party=sender,
        to=(*recipients, *senders[1:], *others),
        time=time,
        listing=state.listing,
        extra=tuple(view.extra()),
    )


def _went(state: RowState, view: RowView, locator: str, sender: Party | None, recipients: list[Party]) -> CallType:
    """Return how a call went by what its row states, else by the name of its table.

    How it ended does not turn the way that the name says; of rows with both sides, or with one that tells the way, and
    of a call that was answered in a list of those that were not, the name says nothing.
    """
    type_text, status = state.stated(view, Field.TYPE), _status(view)
    role = role_of(sender, recipients)
    if state.lists_open_side(view) and not any(party.is_owner for party in (sender, *recipients) if party is not None):
        # Both sides are listed, and one of them is not read.
        role = None
    went = call_went(state.stated(view, Field.DIRECTION), type_text, status, role)
    if went is CallType.UNKNOWN and role is None and not (sender or recipients) and _is_dialled(view):
        return CallType.OUTGOING
    has_both = bool(sender and recipients) or state.lists_open_side(view)
    named = state.named_way(view, TableKind.CALL) if role is None and not has_both else None
    if named is None or any(map(states_way, (type_text, status))):
        return went
    if went is not CallType.UNKNOWN and named.way != Direction.OUTGOING.value:
        return went
    if named.is_of_ending and (_lasted(view) or any(map(says_taken, (type_text, status)))):
        return went
    went = call_went(named.way, None if named.way == Direction.OUTGOING.value else type_text, status, role)
    if went is not CallType.UNKNOWN:
        state.note_named(locator, named.basis)
    return went


def _note_unknown(
    state: RowState, view: RowView, locator: str, sender: Party | None, recipients: Sequence[Party]
) -> None:
    """Count a call of which the direction is not known, by what would tell it."""
    kind = unknown_kind(view.look(Field.TYPE))
    state.note_way(view, locator, (sender, recipients), kind)
    if kind is None and _is_owner_untold(view, sender, recipients):
        state.ledger.note("sides_untold", locator)


def _is_owner_untold(view: RowView, sender: Party | None, recipients: Sequence[Party]) -> bool:
    """Whether a call of a handset names both sides, and says of neither that it is the owner.

    What is called as no handset's own list is (``A Number``, ``MSISDN``), or has a type, may be a network's: there the
    line that was asked about is one of many.
    """
    if sender is None or not recipients or view.look(Field.TYPE) is not None or view.look(Field.DIRECTION) is not None:
        return False
    heads = [column.label.key for field in (Field.FROM, Field.TO) for column in view.columns_of(field)]
    return bool(heads) and _OF_HANDSETS.issuperset(heads)


def _is_dialled(view: RowView) -> bool:
    """Whether the one column of parties is of numbers that were dialled, and no other says that a call went otherwise.

    Words that are not known may say that.
    """
    heads = [column.label.key for column in view.columns_of(Field.NUMBER)]
    if not heads or not DIALLED.issuperset(heads) or view.callers():
        return False
    return unread_way(view.look(Field.DIRECTION)) is None and unknown_kind(view.look(Field.TYPE)) is None


def _may_be_own(state: RowState, view: RowView, others: Sequence[Party]) -> bool:
    """Whether a number beside a name may be the owner's, or a name beside a number that of a line."""
    held = {column.place for field in _NUMBERED for column, _ in view.texts(field)}
    if held & state.same_numbers:
        return True
    named = [text for field in _NAMED for _, text in view.texts(field)]
    if any(names_line_called(text) or thing_carried(text) is not None for text in named):
        return True
    own = {to_e164(text, state.region) for text in view.own()}
    return any(party.e164 in own - {None} for party in others)


def _lasted(view: RowView) -> bool:
    """Whether a row states that the call lasted."""
    return any(
        (seconds_in(text, column.label.unit) or before_remark(text, column.label.unit) or 0) > 0
        for column, text in view.texts(Field.DURATION)
    )


def _duration(state: RowState, view: RowView, locator: str) -> float | None:
    """Return the seconds of a call. None: the row states none, or in no form and unit that are known."""
    held = next(view.texts(Field.DURATION), None)
    if held is None:
        return None
    column, text = held
    if column.label.is_minutes_alone and len(view.columns_of(Field.DURATION)) > 1:
        return _duration_of_parts(state, view, locator)
    unit = column.label.unit
    seconds = days_in(text, unit)
    if seconds is not None:
        state.ledger.note("duration_of_days", locator)
        return seconds
    seconds = seconds_in(text, unit)
    if seconds is not None:
        view.take_at((column.place,))
        return seconds
    seconds = before_remark(text, unit)
    if unit is SpanUnit.UNKNOWN and seconds is None:
        state.ledger.note("duration_unit_unknown", locator, value=column.heading)
    elif seconds is None and any(map(str.isdigit, text)):
        state.ledger.note("duration_unreadable", locator, value=text)
    return seconds


def _duration_of_parts(state: RowState, view: RowView, locator: str) -> float | None:
    """Return the seconds of a call whose minutes and seconds stand apart.

    None: they contradict, are no counts, or may be of the time of day.
    """
    held = [(column, text) for column, text in view.texts(Field.DURATION) if column.label.is_minutes_alone]
    cells = [(column.label.unit, text) for column, text in held if column.label.unit is not None]
    seconds = seconds_of_parts(cells) if _has_clock(view) and not _repeat_clock(view, cells) else None
    if seconds is not None:
        view.take_at(column.place for column, _ in held)
    else:
        state.ledger.note("duration_unreadable", locator, value=" ".join(text.strip() for _, text in held))
    return seconds


def _has_clock(view: RowView) -> bool:
    """Whether a time of a row holds a time of day: else hours and minutes in columns of their own may be that."""
    return any(
        column.label.is_time_of_day or _CLOCK.search(text) is not None
        for field in TIME_FIELDS
        for column, text in view.texts(field)
    )


def _repeat_clock(view: RowView, cells: Sequence[tuple[SpanUnit, str]]) -> bool:
    """Whether hours and minutes in columns of their own are those of a time of the row."""
    if len(cells) < 2 or cells[0][0] is not SpanUnit.HOURS:
        return False
    parts = tuple(text.strip().zfill(2) for _, text in cells[:2])
    found = (_FIRST_CLOCK.search(text) for field in TIME_FIELDS for _, text in view.texts(field))
    return any(clock is not None and (clock[1].zfill(2), clock[2]) == parts for clock in found)


def _service(state: RowState, view: RowView) -> str | None:
    """Return the application that a row names, else the one of its table. None: the handset's own."""
    held = [(column, text) for column, text in view.texts(Field.SERVICE) if not names_file(text)]
    source = held[0][1] if held else view.filled.get(Field.SERVICE)
    service = application_service(english_cell(source)) if source is not None and len(source) <= _LONGEST_NAME else None
    is_kind = service in _KINDS_TOO and bool(held) and held[0][0].label.key in _HEADS_KINDS
    if service in _PLAIN_CALLS or (is_kind and source is not None and source.strip() != "LINE"):
        service = None
    if service is not None:
        view.take_at(column.place for column, _ in held[:1])
    elif source is None and state.service not in _TEXTS:
        # The name of the file or of the artifact: "WhatsApp - Call Logs".
        service = state.service
    return service


def _status(view: RowView) -> str | None:
    """Return what the row says of how the call ended; ``Yes`` and ``No`` say it with their heading."""
    said = [
        f"{column.heading} {text}" if text.strip().casefold() in _YES_NO else text
        for column, text in view.texts(Field.STATUS)
    ]
    return next((text for text in said if outcome_of(text) is not None), said[0] if said else None)


def role_of(sender: Party | None, recipients: list[Party]) -> Direction | None:
    """Return the direction that the sides themselves show: the owner on one, or nobody on the other."""
    if sender is not None and (sender.is_owner or not recipients):
        return Direction.OUTGOING if sender.is_owner else Direction.INCOMING
    if recipients and (sender is None or any(party.is_owner for party in recipients)):
        return Direction.INCOMING if any(party.is_owner for party in recipients) else Direction.OUTGOING
    return None
