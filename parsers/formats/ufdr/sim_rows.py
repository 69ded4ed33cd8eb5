"""SIMData models: one row of a card's files, as a name, a value and a category."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from parsers.device_ids import iccid_key, imsi_key
from parsers.formats.ufdr.elements import Element, Field, Fields, fields_of, text_of
from parsers.formats.ufdr.parts import Part, is_stated, is_word_for_none
from parsers.formats.ufdr.reading_state import (
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    stated_attributes,
)
from parsers.phone_numbers import to_e164
from parsers.records.facts import Sim
from parsers.records.values import DeletedState

SIM_DATA: Final = "SIMData"
SHOWN_AS: Final = {SIM_DATA: "SIMData (for an identifier that the card has not)"}
"""How a row that is no card is named in a notice."""
_KNOWN: Final = frozenset({"UserMapping"})
_MOST_HELD: Final = 1_000
_SLOT: Final = re.compile(
    r"(?<![A-Za-z])(?:e?SIM|USIM|UICC|slot|card|ICCID|IMSI)(?:[ _-]?(?:card|slot))?[ _#:-]*([0-9A-D])(?![0-9A-Za-z])",
    re.IGNORECASE,
)
"""A row that names the slot of its card, or the card by its number: ``SIM 2``, ``ICCID 1``."""
_NUMBER_OF: Final = re.compile(r"(?<![A-Za-z])MSISDN[ _#:-]*([0-9])(?![0-9])", re.IGNORECASE)
"""The second number of one card, unless its other identifiers are numbered too."""
_IDENTIFIER = re.compile(r"(?<![A-Za-z])(MSISDN|ICCID|IMSI)(?![A-Za-z])", re.IGNORECASE)


def is_blank_row(kind: str, model: Element) -> bool:
    """Whether a model is a row for something that the card has not: ``MSISDN 2: N/A``, ``LAI: N/A``. It is no card."""
    if kind != SIM_DATA:
        return False
    fields = fields_of(model)
    identifier, stated = _identifier(fields)
    return not stated and (bool(identifier) or is_word_for_none((text_of(fields.get("Value")) or "").strip()))


def _identifier(fields: Fields) -> tuple[str, tuple[str, ...]]:
    """Return the kind of identifier that a row is for (empty: none), and the one that it states."""
    value = (text_of(fields.get("Value")) or "").strip()
    what = _IDENTIFIER.search(f"{text_of(fields.get('Name')) or ''} {text_of(fields.get('Category')) or ''}")
    return what[1].casefold() if what else "", (value,) if is_stated(value) else ()


def read_sim_row(state: ReadingState, model: Element, place: ModelPlace) -> Sim:
    """Return the record of a SIMData model; its identifier where the row states one, all else in ``extra``."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    for name, field in fields.items():
        if name not in _KNOWN:
            add_field(extra, name, field)
    add_repeats(state, place, extra, repeats)
    kind, stated = _identifier(fields)
    return Sim(
        source=state.stamp.source(place.locator),
        record_id=state.stamp.record_id("sim", place.locator),
        extraction_id=place.part.extraction_id,
        deleted=deleted,
        iccid=stated if kind == "iccid" else (),
        imsi=stated if kind == "imsi" else (),
        msisdn=stated if kind == "msisdn" else (),
        listing="simdata",
        extra=tuple(extra),
    )


class CardRows:
    """Keeps rows of cards until the end: where all of an extraction can be of one card, they are one record.

    Few reports say which card a row is of. Two identifiers of one kind, among the rows or among what the handset shows
    of its cards, are of two, and so are rows that name different slots, or of which some name one and some name none:
    each row is then a record of its own, as is one beyond the bound.
    """

    def __init__(self) -> None:
        self._rows: defaultdict[tuple[str, DeletedState], list[Sim]] = defaultdict(list)
        self._parts: dict[str, Part] = {}
        self._region = ""
        self._count = 0

    def held(self, part: Part, row: Sim, region: str) -> Sim | None:
        """Keep a row; return it where it is not kept.

        Args:
            part: Its extraction.
            row: What it states.
            region: ISO 3166 code in which a number without a country code is read.
        """
        part.add_row(row, region)
        self._region = region
        if self._count >= _MOST_HELD:
            return row
        self._count += 1
        self._parts[part.extraction_id] = part
        self._rows[part.extraction_id, row.deleted].append(row)
        return None

    def records(self) -> Iterator[Sim]:
        """Yield the cards, and the rows of which nothing says which card they are of, in order."""
        for (extraction_id, _), rows in self._rows.items():
            part = self._parts[extraction_id]
            if not self._are_of_one(part, rows):
                yield from rows
                continue
            part.seen["sim"] -= len(rows) - 1
            yield msgspec.structs.replace(
                rows[0],
                iccid=_all(row.iccid for row in rows),
                imsi=_all(row.imsi for row in rows),
                msisdn=_all(row.msisdn for row in rows),
                extra=tuple(pair for row in rows for pair in (*_place(row, rows[0]), *row.extra)),
            )

    def _are_of_one(self, part: Part, rows: list[Sim]) -> bool:
        info = part.info
        iccids = {iccid_key(text) or text for text in (*info.iccid, *_all(row.iccid for row in rows))}
        imsis = {imsi_key(text) or text for text in (*info.imsi, *_all(row.imsi for row in rows))}
        stated = (*info.msisdn, *_all(row.msisdn for row in rows))
        numbers = {to_e164(text, self._region) or text for text in stated}
        is_named = any(row.iccid or row.imsi for row in rows)
        return len(rows) > 1 and is_named and max(map(len, (iccids, imsis, numbers, _slots(rows)))) <= 1


def _slots(rows: list[Sim]) -> set[str]:
    """Return the slots that rows name; an empty one stands for identifiers whose rows name none."""
    told = [_slot(row, _SLOT) for row in rows]
    if any(told):
        told = [slot or _slot(row, _NUMBER_OF) for slot, row in zip(told, rows, strict=True)]
    return {slot for slot, row in zip(told, rows, strict=True) if slot or row.iccid or row.imsi or row.msisdn}


def _slot(row: Sim, pattern: re.Pattern[str]) -> str:
    texts = [text for name, text in row.extra if name in {"Name", "Category"}]
    return next((found[1].casefold() for text in texts if (found := pattern.search(text)) is not None), "")


def _place(row: Sim, first: Sim) -> tuple[tuple[str, str], ...]:
    """Return where a further row stands in the report; the record itself says it of the first."""
    return () if row is first else (("SIMData", row.source.locator),)


def _all(stated: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in stated for text in texts))
