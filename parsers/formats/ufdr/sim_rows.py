"""SIMData models: one row of a card's files, as a name, a value and a category."""

from __future__ import annotations

import re
from typing import Final

from parsers.formats.ufdr.elements import Element, Field, Fields, fields_of, text_of
from parsers.formats.ufdr.parts import is_stated, is_word_for_none
from parsers.formats.ufdr.reading_state import (
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    stated_attributes,
)
from parsers.records.facts import Sim

SIM_DATA: Final = "SIMData"
SHOWN_AS: Final = {SIM_DATA: "SIMData (for an identifier that the card has not)"}
"""How a row that is no card is named in a notice."""
_KNOWN: Final = frozenset({"UserMapping"})
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
