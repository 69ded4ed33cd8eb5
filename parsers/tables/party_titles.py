"""Rows of a party alone over the messages or calls with that party: ``07700 900201 (Kay)``, ``Chat with 07700900201``.

The party is the other side of all rows below, up to the next row of one cell, where none of them has one of its own.
A name without a number is none, and neither is an officer: such a row ends what the one above it says.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.phone_numbers import to_e164
from parsers.sheets.rows import MOST_COLUMNS, Row
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.label_parts import split_label
from parsers.tables.labels import read_label
from parsers.tables.rows_below import DATED_KINDS
from parsers.tables.side_columns import is_nameless
from parsers.tables.time_cells import is_dated

_REGION: Final = "GB"
"""Of the region here it is only asked whether a text is a number."""

_WITH = re.compile(
    r"(?:conversation|chat|messages?|texts?|sms|calls?|thread|correspondence|dialogue|exchange)\s+"
    r"(?:with|to\s?(?:/|and|&)\s?from|from\s?(?:/|and|&)\s?to)\s*[:\-\u2013]?\s*(\S.*)",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:contact|(?:other )?party|with|to/from)\s*[:=]\s*(\S.*)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_OF_OWNER: Final = frozenset(
    {"own", "owner", "my", "me", "self", "device", "handset", "phone", "mobile", "telephone", "number", "sim", "line"}
    | {
        "subscriber",
        "local",
        "user",
        "account",
        "target",
        "suspect",
        "exhibit",
        "msisdn",
        "imei",
        "imsi",
        "case",
        "ref",
    }
)
"""Words beside a number that is the handset's, or nobody's."""

_OF_NOBODY: Final = frozenset(
    {"officer", "constable", "sergeant", "inspector", "detective", "police", "examiner", "analyst", "reviewer"}
    | {"reviewed", "checked", "produced", "exhibited", "seized", "solicitor"}
    | {"to", "from", "messages", "message", "texts", "text", "sms", "calls", "call", "chat", "chats", "conversation"}
)
"""Words beside the number of somebody who read the handset, or of a way that does not say whose number it is."""

_RANKS = re.compile(r"\b(?:T?DC|PC|PCSO|CSO|DS|PS|DI|DCI)\b")
_MOST_TOLD: Final = 20

_SEVERAL = re.compile(r"[,;&\n]|\sand\s", re.IGNORECASE)
_RUN = re.compile(r"(?<![0-9])\+?[0-9](?:[0-9 ()\-]{5,20}[0-9])(?![0-9])")
_LONGEST: Final = 120
_OTHERS: Final = (Field.FROM, Field.TO, Field.FROM_NAME, Field.TO_NAME, Field.PARTIES, Field.PARTICIPANTS, Field.CHAT)
_DATED: Final = DATED_KINDS | {TableKind.MIXED}
_MOST_CELLS: Final = 3
"""Of such a row: a number, a name and the number of the row."""

_OWN: Final = (Field.NUMBER, Field.NAME)
_TOLD_BY: Final = (Field.BODY, Field.ATTACHMENT, Field.DURATION, *TIME_FIELDS)
ABOVE: Final = Column(MOST_COLUMNS, "the row of a party above them", read_label("number"))
"""Stands for a column of the other side in a table that has none: beyond all cells, so that no row has one there."""

BETWEEN: Final = "rows of one cell between its rows"
OVER: Final = "the number over its headings"


class PartyTitles:
    """Looks through the rows of a table for such rows.

    Args:
        columns: What its headings say.
        over: The row over the headings. None: there is none.

    Attributes:
        first: The party of the rows up to the first such row, as the row over the headings says with words in front of
            it: without them it may be the owner, unless the headings come again below rows of other parties written
            alike, and none of this one. None: it says none.
        count: Such rows.
    """

    def __init__(self, columns: Columns, over: Row | None) -> None:
        self._is_asked = columns.kind in _DATED and not columns.has(*_OTHERS)
        self._is_nameless = is_nameless(columns)
        self._places = {field: columns.places(field) for field in (*_OWN, *_TOLD_BY, Field.ROW)}
        self._rows = frozenset(columns.places(Field.ROW))
        self._told = frozenset(place for field in _TOLD_BY for place in self._places[field])
        self._own = frozenset(place for field in _OWN for place in self._places[field])
        self.count = 0
        self.first: str | None = None
        self._is_over = False
        self._over: str | None = None
        self._last: str | None = None
        self._headed: set[tuple[str | None, bool]] = set()
        self._before_count = 0
        self._is_assumed = False
        if over is not None and self._is_asked and len(found := self._filled(over)) == 1:
            party = party_of(over.cells[found[0]])
            self._is_over = party is not None
            self._over = party
            self.first = party if _is_headed(over.cells[found[0]]) else None
        self._is_led = self.first is not None
        self._led_count = self._lost_count = self._own_count = self._unsure_count = 0

    def title(self, row: Row) -> str | None:
        """Return the party that a row names, and that is all it holds. None: it is no such row."""
        cells = row.cells
        if not self._is_asked or len(cells) - cells.count("") > _MOST_CELLS:
            return None
        filled = self._filled(row)
        if not filled or len(filled) > len(_OWN):
            return None
        numbers = [place for place in filled if place in self._places[Field.NUMBER]]
        if numbers and self._own.issuperset(filled):
            names = [cells[place].strip() for place in filled if place not in numbers]
            number = cells[numbers[0]].strip()
            if len(numbers) == 1 and party_of(number) is not None:
                return f"{number} ({names[0]})" if names else number
            return None
        if len(filled) > 1 or filled[0] in self._places[Field.BODY] or filled[0] in self._own:
            return None
        return party_of(cells[filled[0]])

    def take(self, row: Row) -> bool:
        """Take a row; return whether it is of a party alone in a table that has no column of the other side."""
        if not self._is_asked:
            return False
        self._last = self.title(row)
        if self._last is not None:
            self.count += 1
            self._is_led = True
            return self._is_nameless
        if self.has_own(row):
            self._own_count += self.count > 0 or self.first is not None
        elif self.ends(row):
            self._unsure_count += 1
            self._is_led = False
        elif not self._told.isdisjoint(self._filled(row)):
            self._led_count += self._is_led
            self._lost_count += not self._is_led
            self._before_count += not (self._is_led or self.count or self._unsure_count)
        return False

    def take_headings(self) -> None:
        """Take a row that repeats the headings."""
        if self._last is not None:
            self._headed.add(_shape_of(self._last))

    def end(self) -> None:
        """Say that no more rows come: what stands over the first headings is a party as what stands over others is."""
        if self.first is not None or self._over is None or not self._is_nameless or not self._headed:
            return
        if not self._before_count:
            # No row is of it.
            return
        number, is_named = _shape_of(self._over)
        if all(each != number and named == is_named for each, named in self._headed):
            self.first = self._over
            self._is_assumed = True
            self._led_count += self._before_count
            self._lost_count -= self._before_count

    def ends(self, row: Row) -> bool:
        """Whether a row holds one cell that may name another party, or a part of the table that is of nobody's."""
        filled = self._filled(row)
        is_lone = len(filled) == 1 and filled[0] not in self._places[Field.BODY]
        return is_lone and not is_dated(row.cells[filled[0]])

    def has_own(self, row: Row) -> bool:
        """Whether a row has a party of its own."""
        return any(place < len(row.cells) and not _is_blank(row.cells[place]) for place in self._own)

    @property
    def are_found(self) -> bool:
        """Whether the rows below such rows are of the party that these name."""
        return self._led_count > 0 and not self._own_count

    def unsure(self) -> str | None:
        """Return where a party may stand, where the rows do not show that one does. None: nowhere."""
        if not self._is_nameless or (self.are_found and not self._lost_count and not self._is_assumed):
            return None
        if self._is_over and (self._is_assumed or not (self.first is not None and self.are_found)):
            return OVER
        return BETWEEN if self._unsure_count or self.count else None

    def _filled(self, row: Row) -> list[int]:
        return [place for place, text in enumerate(row.cells) if not _is_blank(text) and place not in self._rows]


class LedRows:
    """Keeps the party that the last such row names, while the rows of a table are read.

    Args:
        own: The owner's numbers, as keys; what stands over the first headings is no party where it is one of them.
    """

    def __init__(self, own: frozenset[str]) -> None:
        self._own = own
        self._held: tuple[PartyTitles, str | None] | None = None
        self._told: set[str] = set()

    def take(self, titles: PartyTitles, party: str) -> None:
        """Take such a row of a table."""
        self._held = titles, party

    def is_of_owner(self, party: str | None) -> bool:
        """Whether a party over the first headings is the owner."""
        return party is not None and _shape_of(party)[0] in self._own

    def told(self, party: str) -> str:
        """Return what a notice says of a party that was taken; of the first ones alone who it is."""
        if len(self._told) < _MOST_TOLD:
            self._told.add(party)
        return f": {party}" if party in self._told else ""

    def party(self, titles: PartyTitles, row: Row) -> str | None:
        """Return the party of a row of a table. None: it has one of its own, or none is named."""
        if self._held is None or self._held[0] is not titles:
            self._held = titles, None if self.is_of_owner(titles.first) else titles.first
        if titles.ends(row) and not titles.has_own(row):
            self._held = titles, None
        return None if titles.has_own(row) else self._held[1]


def party_of(text: str) -> str | None:
    """Return the party that a text names and nothing else, without the words in front of it. None: it names none."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST:
        return None
    found = _WITH.fullmatch(plain)
    if found is not None and _SEVERAL.search(found[1]):
        return None
    called = found or _CALLED.fullmatch(plain)
    who = plain if called is None else called[1]
    number, name = split_label(who)
    words = frozenset(_WORD.findall((name or "").casefold()))
    if to_e164(number, _REGION) is None or words & (_OF_OWNER | _OF_NOBODY) or _RANKS.search(name or ""):
        return None
    return who


def _shape_of(party: str) -> tuple[str | None, bool]:
    """Return the number of a party, and whether a name stands beside it."""
    number, name = split_label(party)
    return to_e164(number, _REGION), bool(name)


def number_in_name(name: str) -> str | None:
    """Return the telephone number in the name of a sheet or file. None: there is none."""
    return next((found for found in _RUN.findall(name) if to_e164(found, _REGION) is not None), None)


def _is_headed(text: str) -> bool:
    """Whether words in front of a party say that it is one: without them it may be the owner, over a whole table."""
    return _WITH.fullmatch(text.strip()) is not None or _CALLED.fullmatch(text.strip()) is not None


def _is_blank(text: str) -> bool:
    return not text or text.isspace()
