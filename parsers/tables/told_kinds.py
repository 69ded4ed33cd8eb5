"""Tables whose headings name time, sides and type, and not what the rows are: told by the cells of the type alone.

Networks list calls and texts under ``A Number``, ``B Number``, ``Start Time``, ``Type`` with or without a duration. The
rows are calls and texts where the type of each that has a telephone number says so (``VOICE``, ``MOC``, ``SMS-MT``), no
cell names a thing that is neither and may be either (``Voice note``), and most rows have such a number. With one side
alone some type says which way it went (``SMS-MT``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from parsers.number_headings import may_be_number
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.bill_words import names_carried_alone
from parsers.tables.columns import Columns, columns_of, kind_of
from parsers.tables.traffic_words import heads_kinds
from parsers.tables.word_meanings import direction_word, service_of_text, thing_carried, thing_named

_SHARE: Final = 0.8
_MOST_WORDS: Final = 40
"""A column of more different cells is one of remarks or of names."""

_LONGEST: Final = 40
_SEVERAL: Final = 2
_SIDES: Final = (Field.FROM, Field.TO, Field.NUMBER)
_PEOPLE: Final = (Field.NAME, Field.EMAIL, Field.HANDLE, Field.ENTRIES)
_FORWARDED: Final = frozenset({"forward", "forwarded", "forwarding", "fwd", "divert", "diverted"})
_FORM_REGION: Final = "GB"
"""To tell numbers from other cells by their form."""

_CALL, _MESSAGE = TableKind.CALL.value, TableKind.MESSAGE.value


def untold_columns(rows: Iterable[Row], name: str) -> tuple[Row, Columns] | None:
    """Return the first row of headings that name time, sides and type, and not what the rows are. None: there is none.

    Args:
        rows: The first rows of a sheet that was not recognised.
        name: Its name, else that of the file.
    """
    for row in rows:
        columns = columns_of(row, name, TableKind.CALL)
        if columns is None or not columns.has(Field.TIME, Field.SENT, Field.RECEIVED) or not columns.has(*_SIDES):
            continue
        if _type_places(columns) and kind_of(columns.all, name) is None:
            return row, columns
    return None


def kind_by_cells(head: Row, columns: Columns, rows: Iterable[Row]) -> TableKind | None:
    """Return what the rows below a row of headings are by their types; calls stands for texts among them, too.

    None: their cells do not tell it.

    Args:
        head: The row of headings.
        columns: Its columns, read as those of calls.
        rows: All rows of the sheet.
    """
    held: dict[int, Counter[str]] = {place: Counter() for place in _type_places(columns)}
    sides = [place for field in _SIDES for place in columns.places(field)]
    count = numbered = 0
    for row in rows:
        if row.is_over or row.number <= head.number:
            continue
        count += 1
        if not any(may_be_number(text, _FORM_REGION) for text in _cells(row, sides)):
            continue
        numbered += 1
        for place, texts in list(held.items()):
            texts.update(text.strip() for text in _cells(row, (place,)))
            if len(texts) > _MOST_WORDS or any(len(text) > _LONGEST for text in texts):
                del held[place]
    if numbered < count * _SHARE:
        return None
    kinds = [kind for texts in held.values() if (kind := _kind(texts, numbered, columns)) is not None]
    return kinds[0] if kinds else None


def _type_places(columns: Columns) -> tuple[int, ...]:
    return tuple(
        column.place
        for column in columns.all
        if column in columns.by_field.get(Field.TYPE, ())
        or (column.label.field in {None, Field.SERVICE} and heads_kinds(column.label.key))
    )


def _cells(row: Row, places: Sequence[int]) -> list[str]:
    return [row.cells[place] for place in places if place < len(row.cells) and row.cells[place].strip()]


def _kind(texts: Counter[str], numbered: int, columns: Columns) -> TableKind | None:
    sure = [text for text in texts if _is_carried(text)]
    if any(thing_named(text) is not None for text in texts if text not in sure):
        # ``Voice note`` is a message and ``Video call`` none.
        return None
    if not sure or sum(texts[text] for text in sure) < numbered:
        # A row without a type would be a call that nothing calls one.
        return None
    things = {thing_carried(text) for text in sure}
    has_both_sides = columns.has(Field.FROM) and columns.has(Field.TO)
    is_of_one_thing = len(things) < _SEVERAL or columns.has(*_PEOPLE)
    if not has_both_sides and (is_of_one_thing or not any(direction_word(text) for text in sure)):
        # A list of people has numbers, days and one type, too; whom to call or text when has two, and no direction.
        return None
    if _CALL in things:
        return TableKind.CALL
    if _MESSAGE not in things:
        return None
    is_native = all(service_of_text(text) is not None for text in sure if thing_carried(text) == _MESSAGE)
    return TableKind.CALL if is_native else TableKind.MESSAGE


def _is_carried(text: str) -> bool:
    if names_carried_alone(text):
        return True
    words = text.casefold().replace("-", " ").split()
    rest = " ".join(word for word in words if word not in _FORWARDED)
    return len(rest.split()) < len(words) and names_carried_alone(rest)
