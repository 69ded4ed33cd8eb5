"""What became of the message of a row: the column that says it, else whether it was read; Android's own numbers."""

from __future__ import annotations

from typing import Final

from parsers.android_codes import NOT_SENT, box_of, status_of
from parsers.records.values import DeletedState
from parsers.table_fields import Field
from parsers.tables.columns import Column
from parsers.tables.row_view import RowView
from parsers.tables.word_meanings import deleted_state

_READ, _STATUS, _SENT = "read", "status", "sent"
_NOTHING: Final = frozenset({"null", "none", "nil"})
_ANSWERS: Final = frozenset({"1", "yes", "y", "true"})
"""What says something with the question alone that it answers."""

_LONGEST_NUMBER: Final = 4


def take_status(view: RowView) -> str | None:
    """Return the status of a row, trimmed; whether it was read only where no other column says what became of it.

    A number that nothing says the meaning of is no answer where another column has a word.
    """
    texts = sorted(view.texts(Field.STATUS), key=lambda each: (not _is_word(each[1]), each[0].label.key == _READ))
    if not texts:
        return view.take_word(Field.STATUS)
    column, text = texts[0]
    view.take_at((column.place,))
    return text.strip()


def androids_status(view: RowView) -> str | None:
    """Return the status of a row of Android's own table of texts; its numbers stay beside the record.

    They are under ``type`` (outbox, failed, queued), ``status`` (of the delivery) and ``read``. Where a program wrote
    words in place of the latter two, these are the status; that a sent text was read says nothing.
    """
    worded = {column.label.key for column, text in view.texts(Field.STATUS) if _is_word(text)}
    held = {column.label.key: _number(text) for column, text in view.texts(Field.STATUS)}
    folder, _, _ = box_of(_number(view.look(Field.TYPE) or ""))
    if folder == _SENT:
        worded.discard(_READ)
    if worded and folder not in NOT_SENT:
        return take_status(view)
    return status_of(folder, held.get(_STATUS), held.get(_READ))


def told_deletion(texts: list[tuple[Column, str]]) -> tuple[DeletedState, Column] | None:
    """Return what the cells of a row say of deletion, and which of them does. None: none is understood.

    A column that is called deleted is asked before one of states, which may be of anything: the region of an address,
    how a call ended, whether a row was copied. What is deleted by one of them is deleted.
    """
    told = [(state, column, text) for column, text in texts if (state := deleted_state(text)) is not None]
    has_own = any(column.label.speaks_of_deletion for column, _ in texts)
    for state, column, text in told:
        is_asked = column.label.speaks_of_deletion or not has_own or text.strip().casefold() not in _ANSWERS
        if state is DeletedState.DELETED and is_asked:
            return state, column
    own = [each for each in told if each[1].label.speaks_of_deletion or not has_own]
    return (own[0][0], own[0][1]) if own else None


def _is_word(text: str) -> bool:
    """Whether a cell is no bare number, and no word for an empty cell of a database."""
    plain = text.strip().casefold()
    return plain not in _NOTHING and not plain.removeprefix("-").replace(".", "", 1).isdecimal()


def _number(text: str) -> int | None:
    plain = text.strip()
    is_number = (
        len(plain) <= _LONGEST_NUMBER and plain.removeprefix("-").isascii() and plain.removeprefix("-").isdigit()
    )
    return int(plain) if is_number else None
