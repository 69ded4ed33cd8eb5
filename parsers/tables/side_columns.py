"""Who is on the other side, in a table of messages or calls of which no heading says it: told by the cells.

A column of telephone numbers or of addresses of an application that stands alone among those that nobody knows is the
other side. Anything less is not guessed, but it is not passed over either: the columns are named as not read.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns, unnamed
from parsers.tables.labels import label_key, read_label
from parsers.tables.party_cells import lacks_zero, parties_of_label, shows_our_mobile

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_REACHED: Final = (Field.FROM, Field.TO, Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS)
_SENT_NAMES: Final = (Field.FROM_NAME, Field.TO_NAME)
_SHARE: Final = 0.6
_LONGEST_ADDRESS: Final = 120
_FORM_REGION: Final = "GB"
"""To tell numbers from other cells by their form; they are read in the region of the delivery."""

_COUNT = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_GROUP: Final = "@g.us"
_TELLING = re.compile(r"[^\W\d_]|[0-9]{5}")
OF_OWNER: Final = frozenset(
    {"own", "owner", "my", "device", "handset", "sim", "subscriber", "local", "self", "target", "exhibit"}
    | {"imei", "imsi", "iccid", "centre", "center", "mast", "timestamp"}
)
"""Words of headings of numbers that are of the handset read, of its network, or of no telephone."""


class SideSearch:
    """Looks through the rows of a table for the column of the other side.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._read = {column.place for found in columns.by_field.values() for column in found}
        self._filled: Counter[int] = Counter()
        self._telling: set[int] = set()
        self._addresses: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._kept: Counter[int] = Counter()
        self._ours: set[int] = set()

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for place, cell in enumerate(row.cells):
            text = cell.strip()
            if not text or place in self._read:
                continue
            self._filled[place] += 1
            if place not in self._telling and _TELLING.search(text):
                self._telling.add(place)
            lacks = lacks_zero(text)
            if lacks is not None:
                (self._lost if lacks else self._kept)[place] += 1
            if place not in self._ours and shows_our_mobile(text):
                self._ours.add(place)
            if lacks or is_address(text):
                self._addresses[place] += 1

    def found(self) -> Column | None:
        """Return the column of the other side. None: none, or several may be it."""
        if self._columns.has(*_SENT_NAMES):
            # A number beside the names of senders may be anybody's.
            return None
        found = [
            column
            for column in map(self._column, sorted(self._filled))
            if self._addresses[column.place] >= self._filled[column.place] * _SHARE
            and OF_OWNER.isdisjoint(label_key(column.heading).split())
        ]
        return found[0] if len(found) == 1 else None

    def left(self) -> tuple[str, ...]:
        """Return the headings of the columns that are not read and may say who somebody is."""
        return tuple(self._column(place).heading for place in sorted(self._telling))

    def has_lost_zeros(self, place: int) -> bool:
        """Whether numbers of a column lost a zero: none has kept it, or mobile numbers of ours stand beside them."""
        return self._lost[place] > 0 and (not self._kept[place] or place in self._ours)

    def _column(self, place: int) -> Column:
        headed = next((column for column in self._columns.all if column.place == place), None)
        return headed or Column(place, unnamed(place), read_label(""))


def side_search(columns: Columns) -> SideSearch | None:
    """Return a search. None: the rows have no sides, or a heading says who they are."""
    return SideSearch(columns) if columns.kind in _HAS_SIDES and not columns.has(*_REACHED) else None


def is_nameless(columns: Columns) -> bool:
    """Whether not even names of the sides are read."""
    return not columns.has(*_REACHED, *_SENT_NAMES, Field.NAME)


def with_side(columns: Columns, side: Column) -> Columns:
    """Return the columns with one more: that of the other side."""
    return msgspec.structs.replace(columns, by_field={**columns.by_field, Field.NUMBER: (side,)})


def is_address(text: str) -> bool:
    """Whether a cell is a telephone number, or an address of an application."""
    if len(text) > _LONGEST_ADDRESS or _COUNT.fullmatch(text) or text.endswith(_GROUP):
        return False
    parties = parties_of_label(text, _FORM_REGION)
    return bool(parties) and all(party.e164 is not None or "@" in (party.raw or "") for party in parties)
