"""SIMData models: one row of a card's files, as a name, a value and a category."""

from __future__ import annotations

import re
from typing import Final

from parsers.formats.ufdr.elements import Element, Field, fields_of, text_of
from parsers.formats.ufdr.parts import is_stated
from parsers.formats.ufdr.reading_state import (
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    stated_attributes,
)
from parsers.records.facts import Sim

_KNOWN: Final = frozenset({"UserMapping"})
_IDENTIFIER = re.compile(r"(?<![A-Za-z])(MSISDN|ICCID|IMSI)(?![A-Za-z])", re.IGNORECASE)


def read_sim_row(state: ReadingState, model: Element, place: ModelPlace) -> Sim:
    """Return the record of a SIMData model; its identifier where the row states one, all else in ``extra``."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    for name, field in fields.items():
        if name not in _KNOWN:
            add_field(extra, name, field)
    add_repeats(state, place, extra, repeats)
    value = text_of(fields.get("Value"))
    what = _IDENTIFIER.search(f"{text_of(fields.get('Name')) or ''} {text_of(fields.get('Category')) or ''}")
    kind = what[1].casefold() if what else ""
    stated = (value.strip(),) if value is not None and is_stated(value.strip()) else ()
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
