"""Sheets of pairs: what the report says of the handset, the case and the SIM, one item a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.formats.ufdr.metadata import Item, item_key
from parsers.formats.ufdr.parts import is_stated
from parsers.formats.ufed_workbook.extraction_headings import names_extraction
from parsers.records.facts import Sim
from parsers.records.values import DeletedState
from parsers.sheets.rows import Row, Sheet
from parsers.tables.word_meanings import deleted_state

_NAME_HEADINGS: Final = frozenset(
    {"name", "device", "property", "field", "item", "nom", "naam", "nombre", "nazwa", "enw"}
    | {"eigenschaft", "eigenschap", "propiedad", "propri\u00e9t\u00e9", "w\u0142a\u015bciwo\u015b\u0107"}
)
_VALUE_HEADINGS: Final = frozenset({"value", "wert", "valeur", "waarde", "valor", "warto\u015b\u0107", "gwerth"})
_COUNTS: Final = frozenset({"#", "No", "Row"})
_CATEGORY_HEADINGS: Final = (
    "category",
    "kategorie",
    "cat\u00e9gorie",
    "categorie",
    "categor\u00eda",
    "kategoria",
    "categori",
)
_EXTRACTION_HEADING: Final = "extraction"
_IDENTIFIER = re.compile(r"(?<![A-Za-z])(MSISDN|ICCID|IMSI)(?![A-Za-z])", re.IGNORECASE)
_MOST_ITEMS: Final = 20_000
_KEYS: Final = {
    "ufedphysicalanalyzerversion": "ufedpaversion",
    "physicalanalyzerversion": "ufedpaversion",
    "paversion": "ufedpaversion",
}
"""Keys of the XML report for what the workbook calls otherwise."""

_CASE_ITEMS: Final = frozenset({"casenumber", "casename", "evidencenumber", "examinername", "department", "location"})


class ItemRow(msgspec.Struct, frozen=True):
    """One row: its item, the extraction and category that it names, where it stands, and its further cells."""

    item: Item
    extraction: str | None
    category: str | None
    number: int
    further: tuple[tuple[str, str], ...] = ()


class _Headings(msgspec.Struct, frozen=True):
    name: int
    value: int
    extraction: int | None
    category: int | None
    further: tuple[tuple[int, str], ...] = ()


def items_of(sheet: Sheet) -> list[ItemRow]:
    """Return the items of a sheet, in order; titles over groups of them, and rows without a value, are none."""
    found: list[ItemRow] = []
    headings: _Headings | None = None
    for row in sheet.rows():
        begun = _headings(row)
        if begun is not None:
            headings = begun
            continue
        item = _item(row, headings, sheet.name)
        if item is not None and len(found) < _MOST_ITEMS:
            found.append(item)
    return found


def sim_records(rows: Sequence[ItemRow], sheet_name: str, stamp: SourceStamp) -> Iterator[tuple[ItemRow, Sim]]:
    """Yield each row of a card's files with its record, which is of no extraction yet.

    Its identifier is told where the row states one; all else stands beside it.
    """
    for row in rows:
        locator = f"{sheet_name} row {row.number}"
        value = row.item.text
        what = _IDENTIFIER.search(f"{row.item.name} {row.category or ''}")
        kind = what[1].casefold() if what else ""
        stated = (value,) if is_stated(value) else ()
        extra = [("Name", row.item.name), ("Value", value)]
        if row.category:
            extra.append(("Category", row.category))
        deleted = next((text for heading, text in row.further if heading.casefold().startswith("deleted")), "")
        extra += row.further
        record = Sim(
            source=stamp.source(locator),
            record_id=stamp.record_id("sim", locator),
            extraction_id="",
            deleted=deleted_state(deleted) or DeletedState.UNKNOWN,
            iccid=stated if kind == "iccid" else (),
            imsi=stated if kind == "imsi" else (),
            msisdn=stated if kind == "msisdn" else (),
            listing="simdata",
            extra=tuple(extra),
        )
        yield row, record


def names_handset(rows: Sequence[ItemRow]) -> bool:
    """Whether a sheet says which handset or card was read, by items that are called alike in every language."""
    return any(_is_identifier(row.item) for row in rows)


def _is_identifier(item: Item) -> bool:
    key = item.key.rstrip("()0123456789")
    if key == "imei":
        return imei_key(item.text) is not None
    if key == "iccid":
        return iccid_key(item.text) is not None
    return key == "imsi" and imsi_key(item.text) is not None


def is_case_item(item: Item) -> bool:
    """Whether an item is of the case, and not of the handset."""
    return item.key in _CASE_ITEMS


def _headings(row: Row) -> _Headings | None:
    words = {text.strip().casefold(): place for place, text in enumerate(row.cells) if text.strip()}
    value = next((words[word] for word in _VALUE_HEADINGS if word in words), None)
    name = next((words[word] for word in _NAME_HEADINGS if word in words), None)
    if value is None or name is None:
        return None
    extraction = next((place for word, place in words.items() if _is_of_extraction(word)), None)
    category = next((words[word] for word in _CATEGORY_HEADINGS if word in words), None)
    read = {name, value, extraction, category}
    further = tuple(
        (place, text.strip())
        for place, text in enumerate(row.cells)
        if text.strip() and place not in read and text.strip() not in _COUNTS
    )
    return _Headings(name, value, extraction, category, further)


def _is_of_extraction(heading: str) -> bool:
    return _EXTRACTION_HEADING in heading or names_extraction(heading)


def _item(row: Row, headings: _Headings | None, section: str) -> ItemRow | None:
    cells = row.cells

    def at(place: int | None) -> str | None:
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        return text or None

    if headings is not None:
        name, value = at(headings.name), at(headings.value)
        extraction, category = at(headings.extraction), at(headings.category)
    else:
        texts = [text.strip() for place, text in enumerate(cells) if text.strip() and place not in row.kinds]
        texts += [text.strip() for place, text in enumerate(cells) if text.strip() and place in row.kinds and texts]
        name, value = (texts[0], texts[1]) if len(texts) > 1 else (None, None)
        extraction = category = None
    if name is None or value is None:
        return None
    name = name.rstrip(":").rstrip()
    key = item_key(name)
    further = tuple((heading, text) for place, heading in headings.further if (text := at(place))) if headings else ()
    return ItemRow(Item(section, name, _KEYS.get(key, key), value, None), extraction, category, row.number, further)
