"""Rows that are messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.application_lines import SYSTEM_STATUS, is_system
from parsers.directions import Reading, stated_direction
from parsers.file_names import files_in
from parsers.language_words import english_cell
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, Party
from parsers.services import before_account, is_sim, message_service, names_file
from parsers.sheets.rows import CELL_LIMIT_CHARS
from parsers.stored_text import REPLACED
from parsers.table_fields import Field, TableKind
from parsers.tables.chats import note_side, with_chat
from parsers.tables.row_people import RowPeople, key_of, with_name
from parsers.tables.row_state import RowState
from parsers.tables.row_view import RowView
from parsers.tables.sender_ids import with_sender_id
from parsers.tables.word_meanings import message_direction

_INCOMING, _UNKNOWN = Direction.INCOMING, Direction.UNKNOWN
_BODY, _ROW, _CHAT_NUMBER = Field.BODY, Field.ROW, Field.CHAT_NUMBER
_SIDES: Final = (Field.FROM, Field.FROM_NAME, Field.TO, Field.TO_NAME, Field.NUMBER, Field.NAME, Field.PARTIES)
_THREADS: Final = (Field.THREAD, Field.CHAT)
_UNDER_LETTERS: Final = frozenset({"sms", "mms"})
"""What may come under letters in place of a number."""
_TEXT_SERVICES: Final = frozenset({None, "sms", "mms", "rcs"})
_SERVICE_WORD = re.compile(r"\b(sms|mms|imessage|rcs|whatsapp|telegram|snapchat)\b", re.IGNORECASE)
_LONGEST_NAME: Final = 200
Sides = tuple[Party | None, list[Party]]
_TRUNCATED: Final = "truncated"
_END_UNMARKED: Final = "end_unmarked"


def read_message(state: RowState, view: RowView, locator: str, extraction_id: str) -> Message:
    """Return the record of a row; what rows have in common that differ in text and times alone is made once."""
    key = state.alike.key_of(view)
    known = state.alike.known(key) if key is not None else None
    if known is not None:
        view.take_at(known.taken)
        view.take_places(_ROW)
        body, notices = _body(state, view, locator)
        time, times = state.message_times(view, known.message.direction)
        if known.message.direction is _UNKNOWN:
            state.note_way(view, locator, (known.message.from_party, known.message.to))
        state.note_named(locator, known.message.direction_basis)
        _note_sides(state, view, locator, known.message)
        return msgspec.structs.replace(
            known.message,
            source=state.stamp.source(locator),
            record_id=state.stamp.record_id("message", locator),
            body=body,
            body_notices=notices,
            time=time,
            times=times,
            extra=tuple(view.extra()),
        )
    chosen = state.people.chosen_count
    message = _message(state, view, locator, extraction_id)
    if key is not None and chosen == state.people.chosen_count:
        # What was chosen is counted each time that it is.
        state.alike.keep(key, view, message)
    return message


def _message(state: RowState, view: RowView, locator: str, extraction_id: str) -> Message:
    source = _source(view)
    type_text = state.stated(view, Field.TYPE)
    service = _service(state, source, type_text)
    folder, status = view.take_word(Field.FOLDER), state.status(view)
    senders, recipients, others = state.sides(view)
    is_of_application = bool(senders or others) and all(map(is_system, senders or others))
    if is_of_application:
        _keep_sides(view, status)
        senders, recipients, others, status = [], [], [], SYSTEM_STATUS
    people = RowPeople(state, view, service)
    senders, recipients, others = map(people.told, (senders, recipients, others))
    sender = senders[0] if senders else None
    listed = people.told(_apart(_listed(state, view), sender)) if not is_of_application else []
    sender = None if sender is None else _flagged(sender, listed)
    recipients = [_flagged(each, listed) for each in recipients]
    stated = (("direction", state.stated(view, Field.DIRECTION)), ("type", type_text))
    is_native = service in _TEXT_SERVICES
    sides = _telling(state, view, (sender, recipients or [party for party in listed if party.is_owner]))
    direction, basis = message_direction(stated, folder, status, sides, is_native=is_native, named=_named(state, view))
    if is_of_application:
        direction, basis = Direction.UNKNOWN, None
    state.note_named(locator, basis)
    status = status or _unsent(direction, type_text)
    if direction is _INCOMING and sender is None and others:
        sender = others.pop(0)
    if direction is Direction.OUTGOING and sender is None:
        sender = state.caller(view)
    if direction is Direction.OUTGOING and sender in recipients:
        # A list that names the chat as the sender of what the owner wrote.
        sender = None
    # A number or a name of the sender that stands in a second column is nobody else's.
    seconds, others = _without(sender, senders[1:]), _without(sender, others)
    sender, recipients, others = with_name(direction, sender, recipients, others)
    if sender is not None and recipients:
        others = state.without_own(view, others)
    # A second sender is no recipient, but losing it would be worse.
    recipients = [*recipients, *seconds, *others]
    if listed and not recipients:
        sender = sender or _sender_among(listed, direction)
        recipients = [party for party in listed if sender is None or not _is_one(party, sender)]
        view.take_all(Field.PARTICIPANTS)
    if direction is _UNKNOWN and not is_of_application:
        state.note_way(view, locator, (sender, recipients))
    sender, recipients = with_chat(state, view, direction, sender, recipients)
    if service in _UNDER_LETTERS and direction is not Direction.OUTGOING:
        sender = with_sender_id(sender)
    body, notices = _body(state, view, locator)
    time, times = state.message_times(view, direction)
    deleted = state.deleted(view)
    thread = _thread(state, view, locator)
    view.take_places(Field.ROW)
    message = Message(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("message", locator),
        extraction_id=extraction_id,
        deleted=deleted,
        service=service,
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=tuple(recipients),
        body=body,
        body_notices=notices,
        thread=thread,
        status=status,
        folder=folder,
        smsc=view.take_word(Field.SMSC),
        attachments=_attachments(view),
        time=time,
        times=times,
        listing="sim" if is_sim(source) else state.listing,
        extra=tuple(view.extra()),
    )
    _note_sides(state, view, locator, message)
    return message


def _telling(state: RowState, view: RowView, sides: Sides) -> Sides:
    """Return the sides of a row as far as they tell its way: where the other is not read, the owner alone does."""
    if not state.lists_open_side(view):
        return sides
    sender, recipients = sides
    is_told = sender is not None and sender.is_owner is not None
    return (sender, recipients) if is_told else (None, [])


def _note_sides(state: RowState, view: RowView, locator: str, message: Message) -> None:
    note_side(state, view, locator, message)
    state.note_contrary(locator, message.direction, message.from_party, message.to)


def _named(state: RowState, view: RowView) -> Reading | None:
    named = None if state.lists_open_side(view) else state.named_way(view, TableKind.MESSAGE)
    way = named.direction if named is not None else None
    return (way, named.basis) if way is not None and named is not None else None


def _unsent(direction: Direction, type_text: str | None) -> str | None:
    """Return the type of a message that was not sent, which is its status where no column has one. None: it is none."""
    is_unsent = direction is Direction.OUTGOING and stated_direction(None, english_cell(type_text)) is not None
    return type_text.strip() if is_unsent and type_text is not None else None


def _keep_sides(view: RowView, status: str | None) -> None:
    """Keep beside a line of the application what the row writes as its sides and its status."""
    for field in (*_SIDES, *((Field.STATUS,) if status else ())):
        for column, _ in view.texts(field):
            view.keep(column.place)


def _listed(state: RowState, view: RowView) -> list[Party]:
    """Return those whom the row lists as the participants of its chat."""
    texts = [text for _, text in view.texts(Field.PARTICIPANTS)] or [view.filled.get(Field.PARTICIPANTS, "")]
    return [party for text in texts for _, party in state.parties_in(text)]


def _apart(listed: list[Party], sender: Party | None) -> list[Party]:
    """Return the participants; names with commas between are several people's where the sender is one of them."""
    name = sender.name if sender is not None else None
    parted: list[Party] = []
    for party in listed:
        names = [each.strip() for each in (party.name or "").split(",")]
        is_list = party.raw is None and len(names) > 1 and name in names
        parted += [msgspec.structs.replace(party, name=each) for each in names if each] if is_list else [party]
    return parted


def _sender_among(listed: list[Party], direction: Direction) -> Party | None:
    """Return who of the participants sent a message, where its direction leaves one alone. None: it does not."""
    if direction not in {Direction.INCOMING, Direction.OUTGOING}:
        return None
    sides = [party for party in listed if bool(party.is_owner) is (direction is Direction.OUTGOING)]
    return sides[0] if len(sides) == 1 else None


def _thread(state: RowState, view: RowView, locator: str) -> str | None:
    """Return what a chat is called, or its number; that stays beside the record where another chat has it too."""
    thread = next((word for field in _THREADS if (word := view.take_word(field))), None)
    if thread is not None:
        return thread
    number, name = view.look(_CHAT_NUMBER), view.filled.get(_CHAT_NUMBER)
    if name is None or number is None or name.strip() == number.strip():
        return view.take_word(_CHAT_NUMBER)
    state.ledger.note("chat_number_again", locator)
    return name


def _source(view: RowView) -> str | None:
    """Return the application or store that a row names; a path stays beside the record."""
    text = view.look(Field.SERVICE)
    if text is None or len(text) > _LONGEST_NAME or "/" in text or names_file(text):
        return None
    # With an account behind it, the cell stays beside the record.
    return english_cell(before_account(text) or view.take_word(Field.SERVICE))


def _service(state: RowState, source: str | None, type_text: str | None) -> str | None:
    word = _SERVICE_WORD.search(type_text) if type_text is not None else None
    by_type = word[1].casefold() if word is not None else state.service
    if source is not None:
        return message_service(source, by_type)
    return by_type


def _flagged(party: Party, listed: list[Party]) -> Party:
    """Return a side, marked as the owner where the list of participants marks the same one."""
    if party.is_owner is not None or not any(each.is_owner and _is_one(each, party) for each in listed):
        return party
    return msgspec.structs.replace(party, is_owner=True)


def _is_one(one: Party, other: Party) -> bool:
    return key_of(one) == key_of(other)


def _without(side: Party | None, parties: Iterable[Party]) -> list[Party]:
    """Return the parties that are not a side once more, nor its number or its name alone."""
    once_more = set[tuple[str | None, str | None]]()
    if side is not None:
        once_more = {(side.raw, side.name), (side.raw, None), (None, side.name)}
    return [party for party in parties if (party.raw, party.name) not in once_more]


def _body(state: RowState, view: RowView, locator: str) -> tuple[str | None, tuple[str, ...]]:
    body, _, replaced = view.body(_BODY)
    notices: tuple[str, ...] = ()
    if replaced:
        notices += REPLACED
        state.ledger.note("characters_replaced", locator, replaced)
    if body is not None and len(body) == CELL_LIMIT_CHARS and state.is_workbook:
        notices += (_TRUNCATED,)
        state.ledger.note("cell_at_limit", locator)
    if view.row.is_unended and body is not None:
        notices += (_END_UNMARKED,)
    return body, notices


def _attachments(view: RowView) -> tuple[Attachment, ...]:
    found = []
    for column, text in view.take_all(Field.ATTACHMENT):
        for line in files_in(text):
            name = line.strip().replace("\\", "/").rpartition("/")[2]
            if name:
                found.append(Attachment(name=name))
        if "/" in text or "\\" in text:
            view.keep(column.place)
    return tuple(found)
