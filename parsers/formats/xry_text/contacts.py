"""Entries of phone books."""

from __future__ import annotations

import re
from typing import Final

from parsers.formats.xry_text.entities import Entity
from parsers.formats.xry_text.parties import numbers_of
from parsers.formats.xry_text.reading_state import FileState, deleted_state, is_sim, stored_in
from parsers.records.facts import Contact
from parsers.records.values import NumberRef

_UNLABELLED: Final = frozenset({"tel", "number"})
_NUMBERS: Final = frozenset({"mobile", "home", "work", "office", "fax", "pager", "main"})
_NAME_PARTS: Final = ("first name", "last name")
_UNSURE: Final = frozenset({"other"})
_NUMBER_LIKE = re.compile(r"[+(]?[0-9][0-9 ()./\-]{2,24}[0-9]")


def _refs(value: str, region: str, label: str | None) -> list[NumberRef]:
    return [NumberRef(each.raw or "", each.e164, label) for each in numbers_of(value, region)]


def read_contact(state: FileState, entity: Entity) -> Contact:
    """Return the record of a contact; the key of a number is its label."""
    region = state.part.region
    numbers: list[NumberRef] = []
    emails: list[str] = []
    handles: list[str] = []
    extra: list[tuple[str, str]] = []
    name: str | None = None
    for field in entity.fields:
        if not field.value:
            continue
        if field.key in _UNLABELLED:
            numbers += _refs(field.value, region, None)
        elif field.key in _NUMBERS or _is_number(field.key, field.value):
            numbers += _refs(field.value, region, field.name)
        elif field.key.startswith("email") and "@" in field.value:
            emails.append(field.value)
        elif field.key == "account name":
            handles.append(field.value)
        elif field.key == "name" and name is None:
            name = field.value
        else:
            extra.append((field.name, field.value))
    extra.extend(("line without key", line) for line in entity.stray)
    storage = entity.value("storage")
    return Contact(
        source=state.stamp.source(entity.locator),
        record_id=state.stamp.record_id("contact", entity.locator),
        extraction_id=state.part.extraction_id,
        deleted=deleted_state(entity),
        name=name or " ".join(filter(None, map(entity.value, _NAME_PARTS))) or None,
        numbers=tuple(numbers),
        emails=tuple(dict.fromkeys(emails)),
        handles=tuple(dict.fromkeys(handles)),
        stored_in=stored_in(storage, entity.value("related application")),
        listing="sim" if is_sim(storage) else "top",
        extra=tuple(extra),
    )


def _is_number(key: str, value: str) -> bool:
    """Whether a value under a key that may hold anything, or ``Mobile 2`` and the like, is a number."""
    first = key.partition(" ")[0]
    return (key in _UNSURE or first in _NUMBERS or first in _UNLABELLED) and bool(_NUMBER_LIKE.fullmatch(value))
