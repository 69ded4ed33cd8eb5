"""Gathers what stands before the models: the project, the extractions, the case, the metadata items.

Items are free text that staff type or that the tool prints, repeat (one for each extraction, several IMEIs on one
handset), and change their names from version to version; they are compared without case, spaces and the prefix
``DeviceInfo``. Case information is told by ``fieldType``, because its labels are in the language of the tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from parsers.formats.ufdr.elements import Element, mend, name_of
from parsers.xml_guard import attributes_of, unmark

_MOST_EXTRACTIONS: Final = 256
"""Extractions of one report that are told apart. Records that name one beyond the first 256 are kept with the first;
metadata items that do are left out and counted, for they are no other handset's. Only a report that was made to keep a
reader busy has so many."""

_PREFIX = re.compile(r"^deviceinfo(?=.)")
_SPACES = re.compile(r"[\s_./-]+")
_CASE_NUMBER, _CASE_NAME, _EVIDENCE = "casenumber", "casename", "evidencenumber"
_CASE_TYPES: Final = {
    "casenumber": _CASE_NUMBER,
    "casename": _CASE_NAME,
    "evidencenumber": _EVIDENCE,
    "evidenceid": _EVIDENCE,
    "exhibitnumber": _EVIDENCE,
    "exhibitreference": _EVIDENCE,
}
_NUMERIC_DATE = re.compile(r"^\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}\b")


class Item(msgspec.Struct, frozen=True, gc=False):
    """One metadata item. ``vendor_id`` is the extraction that it names; None: none."""

    section: str
    name: str
    key: str
    text: str
    vendor_id: str | None
    note: str | None = None


class ExtractionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the list of extractions, its attributes as written."""

    vendor_id: str
    name: str | None = None
    kind: str | None = None
    device_name: str | None = None
    full_name: str | None = None
    is_partial: bool = False


def item_key(name: str) -> str:
    """Return the form of an item's name by which it is compared: ``Detected model`` is ``detectedmodel``."""
    return _PREFIX.sub("", _SPACES.sub("", name).casefold())


class ReportHeader:
    """What a report says of itself, as far as it was read.

    Attributes:
        left_out_count: Metadata items that name an extraction beyond those that are told apart.
        unlisted_count: Entries of the list of extractions that are beyond those.
    """

    def __init__(self) -> None:
        self.project: dict[str, str] = {}
        self.extractions: list[ExtractionInfo] = []
        self.items: list[Item] = []
        self.left_out_count = 0
        self.unlisted_count = 0
        self._case: dict[str, str] = {}
        self._vendor_ids: set[str] = set()

    def _is_kept(self, vendor_id: str) -> bool:
        """Whether an extraction is told apart: each of the first that are named."""
        if len(self._vendor_ids) < _MOST_EXTRACTIONS:
            self._vendor_ids.add(vendor_id)
        return vendor_id in self._vendor_ids

    def add_project(self, root: Element, *, has_marks: bool) -> None:
        """Keep the attributes of the root."""
        attributes = attributes_of(root)
        self.project = {name: unmark(value)[0] if has_marks else value for name, value in attributes}

    def add_extraction(self, element: Element) -> None:
        """Keep one ``extractionInfo``; an id that is listed twice is kept once."""
        vendor_id = (element.get("id") or "").strip()
        if not self._is_kept(vendor_id):
            self.unlisted_count += 1
            return
        if self.info_of(vendor_id) is not None:
            return
        self.extractions.append(
            ExtractionInfo(
                vendor_id=vendor_id,
                name=element.get("name"),
                kind=element.get("type"),
                device_name=element.get("deviceName"),
                full_name=element.get("fullName"),
                is_partial=(element.get("IsPartialData") or "").casefold() == "true",
            )
        )

    def add_case(self, element: Element, *, has_marks: bool) -> None:
        """Keep the fields of ``caseInformation``: by ``fieldType``, else by their English name."""
        if has_marks:
            mend(element)
        for field in element:
            text = _text_below(field)
            key = _CASE_TYPES.get(item_key(field.get("fieldType") or "")) or _CASE_TYPES.get(
                item_key(field.get("name") or "")
            )
            if key and text and key not in self._case:
                self._case[key] = text

    def add_metadata(self, element: Element, *, has_marks: bool) -> None:
        """Keep the items of one ``metadata`` section of the project."""
        if has_marks:
            mend(element)
        section = element.get("section") or ""
        for child in element:
            if name_of(child) != "item":
                continue
            name = child.get("name") or ""
            vendor_id = child.get("sourceExtraction") or child.get("extractionId")
            notes = (value for _, value in attributes_of(child) if value.casefold().startswith("last known use"))
            text = _text_below(child)
            if text is not None:
                vendor_id = vendor_id.strip() if vendor_id else None
                if vendor_id is not None and not self._is_kept(vendor_id):
                    self.left_out_count += 1
                    continue
                self.items.append(Item(section, name, item_key(name), text, vendor_id, next(notes, None)))

    @property
    def case_ref(self) -> str | None:
        """The case number, else the case name; trimmed."""
        return self._case_value(_CASE_NUMBER) or self._case_value(_CASE_NAME)

    @property
    def exhibit_ref(self) -> str | None:
        """The evidence number, trimmed."""
        return self._case_value(_EVIDENCE)

    def exhibit_ref_of(self, vendor_id: str | None) -> str | None:
        """The evidence number that an item states of one extraction, else the report's: a SIM may have its own."""
        if vendor_id is None:
            return self.exhibit_ref
        own = (item.text for item in self.items if item.vendor_id == vendor_id and _is_evidence(item))
        return next(own, None) or self.exhibit_ref

    def _case_value(self, key: str) -> str | None:
        held = self._case.get(key)
        if held:
            return held
        items = [item for item in self.items if _CASE_TYPES.get(item.key) == key and item.text]
        # One that names no extraction speaks for the report.
        return next((item.text for item in sorted(items, key=lambda item: item.vendor_id is not None)), None)

    @property
    def date_order(self) -> str | None:
        """The order of day and month, where one of the dates can only be read one way. None: not told."""
        orders = set()
        for item in self.items:
            date = _NUMERIC_DATE.match(item.text)
            if date and int(date[1]) > 12 >= int(date[2]):
                orders.add("day_first")
            elif date and int(date[2]) > 12 >= int(date[1]):
                orders.add("month_first")
        return orders.pop() if len(orders) == 1 else None

    def vendor_ids(self) -> list[str | None]:
        """Return the ids of the extractions: as listed, then those that only an item names. ``[None]``: no list."""
        listed = [extraction.vendor_id for extraction in self.extractions]
        named = [item.vendor_id for item in self.items if item.vendor_id is not None]
        ids = list(dict.fromkeys([*listed, *named]))
        return [*ids] if ids else [None]

    def items_of(self, vendor_id: str | None, *, with_unassigned: bool) -> list[Item]:
        """Return the items of one extraction, and with them those that name none."""
        return [
            item
            for item in self.items
            if (item.vendor_id == vendor_id if item.vendor_id is not None else with_unassigned)
        ]

    def info_of(self, vendor_id: str | None) -> ExtractionInfo | None:
        """Return the list's entry of the extraction."""
        return next((held for held in self.extractions if held.vendor_id == vendor_id), None)


def _is_evidence(item: Item) -> bool:
    return _CASE_TYPES.get(item.key) == _EVIDENCE and bool(item.text)


def _text_below(element: Element) -> str | None:
    """Return the trimmed text of an item or field; its own, or that of a ``value`` in it. None: empty."""
    text = element.text
    if not text or text.isspace():
        text = next((child.text for child in element if child.text), None)
    return (text.strip() or None) if text else None


def first_text(items: Iterable[Item], keys: Iterable[str]) -> str | None:
    """Return the text of the first item under the first of the keys that has one."""
    by_key: Mapping[str, str] = _first_by_key(items)
    return next((by_key[key] for key in keys if key in by_key), None)


def _first_by_key(items: Iterable[Item]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in items:
        found.setdefault(item.key, item.text)
    return found
