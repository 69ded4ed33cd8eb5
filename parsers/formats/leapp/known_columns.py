"""What the headings of the tools mean that a table of anybody's would not say, and what a description says of them.

A description tells of a conversation which column holds its text, time, sender and thread, and what a sent one says.
Only what no heading tells already is taken from either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.formats.leapp.artifacts import Artifact
from parsers.records.facts import Direction
from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.columns import Column, Columns, assigned, headings_of
from parsers.tables.labels import label_key
from parsers.tables.sections import Section
from parsers.tables.survey import SheetSurvey
from parsers.tables.word_meanings import ANDROID_CALL_TYPES, ANDROID_TEXT_TYPES, direction_word

_SAID: Final = {
    "creation timestamp": Field.TIME,
    "message created time": Field.TIME,
    "channel id": Field.THREAD,
    "thread key": Field.THREAD,
    "conversation key": Field.THREAD,
    "attachment filename": Field.ATTACHMENT,
    "attachment location": Field.ATTACHMENT,
    "file attachment": Field.ATTACHMENT,
    "call answered": Field.STATUS,
    "author": Field.FROM,
    "sender display label": Field.FROM_NAME,
    "other participant conversation name": Field.NAME,
    "viewer id equals sender pk": Field.DIRECTION,
}
_OTHERS_NAME: Final = "name"
"""In a list of calls with both sides (``from_id``, ``to_id``) it is the other one's."""

_SENT_BY_OWNER: Final = {"viewer id equals sender pk": "1"}
_OF_VIEW: Final = (
    ("textColumn", Field.BODY),
    ("timeColumn", Field.TIME),
    ("directionColumn", Field.DIRECTION),
    ("senderColumn", Field.FROM),
    ("conversationDiscriminatorColumn", Field.THREAD),
    ("threadDiscriminatorColumn", Field.THREAD),
)
_DIRECTION_COLUMN, _SENT_VALUE, _SENT_LABEL = "directionColumn", "directionSentValue", "sentMessageStaticLabel"
_SENT_LABELS: Final = frozenset({_SENT_LABEL, "sentMessageLabelColumn"})
_GOES_BY: Final = frozenset({"display name", "nickname", "name", "full name", "username", "user name", "screen name"})
"""Headings of what anybody goes by; ``Contact`` and ``Partner Name`` are the other side's."""

_USER_NAMES: Final = frozenset({"username", "user name", "screen name", "handle"})
_HANDSET_SIDES: Final = (Field.FROM, Field.TO, Field.NUMBER, Field.PARTIES)
_SIDES: Final = (*_HANDSET_SIDES, Field.FROM_NAME, Field.TO_NAME)
_DATED: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_SUBJECT: Final = "subject"
_OF_MAIL: Final = frozenset({"cc", "bcc", "email", "from email", "to email", "mailbox"})
UNSENT_BOXES: Final = {"4": "outbox", "5": "failed", "6": "queued"}
"""Android's numbers of boxes of texts that were not sent, which older scripts write."""

_TEXT_TYPES: Final = {**ANDROID_TEXT_TYPES, **UNSENT_BOXES}
_YES: Final = frozenset({"1", "true", "yes"})
_NO: Final = frozenset({"0", "false", "no"})
_ANDROIDS_TOOL: Final = "aleapp"
_MOST_WORDS: Final = 8


def with_tools_columns(columns: Columns, artifact: Artifact) -> Columns:
    """Return the columns of an artifact with what the tool's headings and its description say of them besides."""
    if columns.kind not in _DATED:
        return columns
    if columns.kind is TableKind.CALL:
        columns = _without_others_name(columns)
    return _with_user_names(_with_view(_with_said(columns), artifact))


def holds_messages(headings: Sequence[str]) -> bool:
    """Whether the rows below some headings have a text, a time, and a sender or a direction, and are no mails."""
    columns = _with_said(_messages(headings))
    keys = {column.label.key for column in columns.all}
    is_mail = _SUBJECT in keys and not keys.isdisjoint(_OF_MAIL)
    return not is_mail and _has_text_and_time(columns) and columns.has(*_SIDES, Field.DIRECTION)


def has_text_and_time(headings: Sequence[str]) -> bool:
    """Whether the rows below some headings have a text and a time."""
    return _has_text_and_time(_with_said(_messages(headings)))


def take_stated_ways(survey: SheetSurvey, artifact: Artifact, tool: str | None) -> None:
    """Have the cells of a column of directions say what they mean, where the description or the heading states it.

    The one other word that stands there is for what came in; of several others nothing is stated.

    Args:
        survey: Of the artifact's rows.
        artifact: What the description says of it.
        tool: Which wrote the output. None: it does not say.
    """
    section = survey.sections[0]
    _take_boxes(section, artifact, tool)
    ways = section.columns.by_field.get(Field.DIRECTION, ())
    sent = _sent_value(ways[0], artifact) if len(ways) == 1 else None
    if sent is None or direction_word(sent) is Direction.OUTGOING:
        return
    held = _held(survey, ways[0].place)
    went = {text for text in held if text.casefold() == sent or {text.casefold(), sent} <= _YES}
    others = held - went
    said = dict.fromkeys(went, Direction.OUTGOING.value)
    answers = {text for text in others if _is_no(text, sent)}
    # Beside Yes and No, or 1 and 0, another number is of something else, and the answer is one all the same.
    for text in others if len(others) == 1 else answers:
        said[text] = Direction.INCOMING.value
    words = section.words.get(Field.DIRECTION.value, {})
    section.words = {**section.words, Field.DIRECTION.value: {**words, **said}}


def _take_boxes(section: Section, artifact: Artifact, tool: str | None) -> None:
    """Have Android's numbers under ``Type`` mean what they do in its tables of texts and calls."""
    types = section.columns.by_field.get(Field.TYPE, ())
    if len(types) != 1 or types[0].label.key != "type":
        return
    if section.columns.kind is TableKind.CALL:
        said = ANDROID_CALL_TYPES if _lists_androids_calls(artifact, tool) else {}
    else:
        said = _TEXT_TYPES if artifact.service == "sms" else {}
    if said:
        words = section.words.get(Field.TYPE.value, {})
        section.words = {**section.words, Field.TYPE.value: {**said, **words}}


def _lists_androids_calls(artifact: Artifact, tool: str | None) -> bool:
    """Whether the numbers of a list of calls are Android's: on iOS 1 is a telephone call, whichever way it went.

    Outputs that do not say which tool wrote them call the one ``Call Logs`` and the other ``Call History``.
    """
    return "log" in artifact.name.casefold() if tool is None else tool.casefold() == _ANDROIDS_TOOL


def _messages(headings: Sequence[str]) -> Columns:
    return assigned(headings_of(Row(number=1, cells=list(headings))), TableKind.MESSAGE)


def _has_text_and_time(columns: Columns) -> bool:
    return columns.has(Field.BODY) and columns.has(*TIME_FIELDS)


def _with_said(columns: Columns) -> Columns:
    for column in columns.all:
        field = _SAID.get(column.label.key)
        is_of_kind = field is not Field.STATUS or columns.kind is TableKind.CALL
        if field is not None and column.label.field is None and is_of_kind:
            columns = _with(columns, column, field)
    return columns


def _without_others_name(columns: Columns) -> Columns:
    """Leave the name of the other side, where both sides have columns, to who tells which it is."""
    names = columns.by_field.get(Field.NAME, ())
    if len(names) != 1 or names[0].label.key != _OTHERS_NAME or not (columns.has(Field.FROM) and columns.has(Field.TO)):
        return columns
    return msgspec.structs.replace(
        columns, by_field={key: held for key, held in columns.by_field.items() if key is not Field.NAME}
    )


def _with_view(columns: Columns, artifact: Artifact) -> Columns:
    for key, field in _OF_VIEW:
        name = artifact.view.get(key)
        column = next((each for each in columns.all if _is_named(each, artifact, name)), None)
        if column is None:
            continue
        columns = _retaken(columns, column, field, artifact)
        if any(column in held for held in columns.by_field.values()):
            continue
        if field is Field.FROM and (columns.has(*_SIDES, Field.NAME) or _SENT_LABEL in artifact.view):
            # With a label for the owner of its own the column names the other side, whoever wrote.
            field = Field.NAME  # noqa: PLW2901
        columns = _with(columns, column, field)
    return columns


def _retaken(columns: Columns, column: Column, field: Field, artifact: Artifact) -> Columns:
    """Return the columns with one of them read as a description says, where its heading alone leaves that open.

    ``Sent`` may head a time or an answer. What a person goes by is the other side's, unless the sender of every message
    is said to stand there: it is where what the owner sent has no label of its own.
    """
    if (
        field is Field.DIRECTION
        and not columns.has(field)
        and any(columns.by_field.get(each) == (column,) for each in (Field.SENT, Field.RECEIVED))
    ):
        return _moved(columns, column, field)
    is_writers = field is Field.FROM and artifact.view.keys().isdisjoint(_SENT_LABELS)
    if is_writers and column.label.key in _GOES_BY and not columns.has(*_SIDES):
        names = columns.by_field.get(Field.NAME, (column,))
        return _moved(columns, column, Field.FROM_NAME) if names == (column,) else columns
    return columns


def _moved(columns: Columns, column: Column, field: Field) -> Columns:
    """Return the columns with one read as another field than by its heading."""
    by_field = {
        each: left
        for each, held in columns.by_field.items()
        if (left := tuple(own for own in held if own is not column))
    }
    return msgspec.structs.replace(columns, by_field={**by_field, field: (column,)})


def _with_user_names(columns: Columns) -> Columns:
    """Take the name of a user for the other side, beside one that is shown; for who wrote, where no side is named."""
    names = [column for column in columns.by_field.get(Field.HANDLE, ()) if column.label.key in _USER_NAMES]
    if len(names) != 1 or columns.has(*_HANDSET_SIDES):
        return columns
    if columns.has(Field.NAME):
        return _with(columns, names[0], Field.NUMBER)
    if columns.has(Field.FROM_NAME):
        return _with(columns, names[0], Field.FROM)
    return columns if columns.has(Field.DIRECTION) else _with(columns, names[0], Field.FROM)


def _with(columns: Columns, column: Column, field: Field) -> Columns:
    """Return the columns with one more, unless another one is of the field, or of any time where it is one."""
    if columns.has(*(TIME_FIELDS if field in TIME_FIELDS else (field,))):
        return columns
    return msgspec.structs.replace(columns, by_field={**columns.by_field, field: (column,)})


def _is_named(column: Column, artifact: Artifact, name: str | None) -> bool:
    """Whether a description names a column, by its heading or by its name in the table."""
    return bool(name) and label_key(column.heading) in {
        label_key(name or ""),
        label_key(artifact.headings.get(name or "", "")),
    }


def _sent_value(column: Column, artifact: Artifact) -> str | None:
    if _is_named(column, artifact, artifact.view.get(_DIRECTION_COLUMN)):
        return (artifact.view.get(_SENT_VALUE) or "").casefold() or None
    return _SENT_BY_OWNER.get(column.label.key)


def _is_no(text: str, sent: str) -> bool:
    """Whether a cell is the other answer than the one that stands for what was sent."""
    return (sent in _YES and text.casefold() in _NO) or (sent in _NO and text.casefold() in _YES)


def _held(survey: SheetSurvey, place: int) -> set[str]:
    held: set[str] = set()
    rows = survey.sheet.rows()
    next(rows, None)
    for row in rows:
        text = row.cells[place].strip() if place < len(row.cells) else ""
        if text:
            held.add(text)
        if len(held) > _MOST_WORDS:
            break
    return held
