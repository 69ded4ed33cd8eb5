"""Which extraction each row of a file is of: the one that it names, else that of its exhibit or handset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import msgspec

from parsers.contract import Delivery, ExtractionPart
from parsers.records.ids import extraction_id
from parsers.sheets.rows import Row
from parsers.table_fields import Field
from parsers.tables.columns import Columns
from parsers.tables.row_view import RowView

_EXHIBIT, _IMEI = Field.EXHIBIT, Field.IMEI
"""Named here because looking one up in its enumeration takes four times as long, and each row asks for all."""

_MOST_PARTS: Final = 1_000


class NamedParts(Protocol):
    """The extractions of a file whose rows name them.

    Attributes:
        own_numbers: The owner's numbers, as written, by extraction id; of each extraction that is begun already.
    """

    own_numbers: Mapping[str, Sequence[str]]

    def places(self, columns: Columns) -> tuple[int, ...]:
        """Return the columns of a table that name the extraction."""
        ...

    def part_of(self, name: str | None) -> ExtractionPart | None:
        """Return the extraction of a row. None: it names none that is known."""
        ...

    def note(self, name: str | None, locator: str) -> None:
        """Count a row of a record that names none, where that matters."""
        ...


class RowParts:
    """The extractions of the rows of one file.

    Attributes:
        first_id: Of the first that was begun. None: none was.
    """

    def __init__(self, delivery: Delivery, part: ExtractionPart) -> None:
        self._delivery = delivery
        self._part = part
        self._named: NamedParts | None = None
        self._columns: Columns | None = None
        self._places: tuple[int, ...] = ()
        self._held: dict[tuple[str | None, str | None], ExtractionPart] = {}
        self.first_id: str | None = None

    def take_named(self, named: NamedParts) -> None:
        """Take the extractions that rows name; the one of rows that name nothing is among them."""
        self._named = named
        if self._part.extraction_id in named.own_numbers:
            self.first_id = self._part.extraction_id

    def begin(self, part: ExtractionPart) -> ExtractionPart:
        """Return a part that begins."""
        self.first_id = self.first_id or part.extraction_id
        return part

    def begin_own(self) -> ExtractionPart:
        """Return the extraction of rows that name nothing, which begins before any row."""
        self._held[None, None] = self._part
        return self.begin(self._part)

    def name_in(self, row: Row, columns: Columns) -> str | None:
        """Return what a row calls its extraction. None: it does not say."""
        if self._named is None:
            return None
        if columns is not self._columns:
            self._columns, self._places = columns, self._named.places(columns)
        for place in self._places:
            text = row.cells[place].strip() if place < len(row.cells) else ""
            if text:
                return text
        return None

    def note(self, name: str | None, locator: str) -> None:
        """Count a row of which a record is made, where it should name an extraction that is known and does not."""
        if self._named is not None:
            self._named.note(name, locator)

    def of_row(self, view: RowView, name: str | None) -> tuple[ExtractionPart, bool]:
        """Return the extraction of a row, and whether it is a new one.

        Args:
            view: The row.
            name: What it calls its extraction. None: it does not say.
        """
        listed = self._named.part_of(name) if self._named is not None else None
        if listed is not None:
            return listed, False
        exhibit = imei = None
        if not view.lacks(_EXHIBIT, _IMEI):
            exhibit, imei = view.take_word(_EXHIBIT), view.take_word(_IMEI)
        key = (exhibit, imei)
        if len(self._held) >= _MOST_PARTS and key not in self._held:
            key = (None, None)
        held = self._held.get(key)
        if held is not None:
            return held, False
        part = self._part if key == (None, None) else self._own_of(exhibit, imei)
        self._held[key] = part
        return part, True

    def moved(self) -> dict[str, str]:
        """Return the extraction of rows that name nothing, where none is of it, with the one that stands for it."""
        own_id = self._part.extraction_id
        held = {part.extraction_id for part in self._held.values()} or {own_id}
        # What stands above the headings is of no row's extraction: it goes with the first.
        return {} if own_id in held else {own_id: self.first_id or own_id}

    def _own_of(self, exhibit: str | None, imei: str | None) -> ExtractionPart:
        vendor_id = " ".join(each for each in (exhibit, imei) if each)
        return msgspec.structs.replace(
            self._part,
            extraction_id=extraction_id(self._delivery.sha256, None, vendor_id),
            vendor_id=vendor_id,
            exhibit_ref=exhibit or self._part.exhibit_ref,
            imei=(imei,) if imei else self._part.imei,
        )
