"""Parties of messages and calls: the identifier as written, its key form, the name shown, whose it is."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from parsers.formats.ufdr.elements import Element, Field, fields_of, models_of, text_of, texts_of
from parsers.formats.ufdr.reading_state import Extra, ReadingState, add_field
from parsers.language_words import fold, sides
from parsers.phone_numbers import to_e164
from parsers.records.values import Party

_CACHED_PARTIES: Final = 32_768
_KNOWN: Final = frozenset({"Identifier", "Role", "Name", "IsPhoneOwner", "Status", "UserMapping"})
_ROLES: Final = {"From": "from", "To": "to", "General": "general"}
_OWNER: Final = {"true": True, "false": False}

RoleParty = tuple[str, Party]
"""Role in lower case (``""`` where none is stated) and the party."""


def party(state: ReadingState, identifier: str | None, name: str | None = None, owner: str | None = None) -> Party:
    """Return the party; equal ones are one object.

    Args:
        state: Holds the parties that were made before.
        identifier: As written: number, short code, handle, ``System Message``. Blank is None.
        name: As written. A name that is a number stands for a missing identifier.
        owner: ``IsPhoneOwner`` as written.
    """
    key = (identifier, name, owner)
    held = state.parties.get(key)
    if held is not None:
        return held
    raw = identifier if identifier and not identifier.isspace() else None
    shown = name if name and not name.isspace() else None
    e164 = to_e164(raw, state.region) if raw else None
    if raw is None and shown is not None:
        e164 = to_e164(shown, state.region)
        raw = shown if e164 else None
        shown = None if e164 else shown
    made = Party(raw, e164, shown, _OWNER.get(owner.strip().casefold()) if owner else None)
    if len(state.parties) >= _CACHED_PARTIES:
        state.parties.clear()
    state.parties[key] = made
    return made


def read_party(state: ReadingState, model: Element, extra: Extra | None = None) -> RoleParty | None:
    """Return role and party of a Party model; None where it names nobody.

    Further fields go to ``extra``, further values of its fields to the state.
    """
    fields = fields_of(model, state.further)
    identifier, name = _word(fields.get("Identifier")), _word(fields.get("Name"))
    role, owner = _word(fields.get("Role")), _word(fields.get("IsPhoneOwner"))
    found = state.parties.get((identifier, name, owner)) or party(state, identifier, name, owner)
    if extra is not None and not fields.keys() <= _KNOWN:
        for field_name, value in fields.items():
            if field_name not in _KNOWN:
                add_field(extra, f"Party.{field_name}", value)
    if found.raw is None and found.name is None and found.is_owner is None:
        if extra is not None and not len(model):
            _keep_stray(extra, model)
        return None
    return (_ROLES.get(role) or _role_of(role) if role else ""), found


@lru_cache(maxsize=256)
def _role_of(role: str) -> str:
    """Return a role in lower case, of the two sides the English word: a report has the language of its tool."""
    folded = fold(role.strip())
    told = [side for side in ("from", "to") if folded in map(fold, sides()[side])]
    return told[0] if len(told) == 1 else role.strip().casefold()


def _keep_stray(extra: Extra, value: Element) -> None:
    """Keep a value that stands where a Party should, under the name of the field."""
    above = value.getparent()
    if above is not None:
        add_field(extra, above.get("name", ""), value.text)


def _word(field: Field) -> str | None:
    return field if field is None or isinstance(field, str) else text_of(field)


def read_parties(state: ReadingState, fields: Sequence[Field], extra: Extra | None = None) -> list[RoleParty]:
    """Return the parties of fields that hold Party models; one that a further field lists again is left out."""
    found: list[RoleParty] = []
    for field in fields:
        if field is None or isinstance(field, str):
            if field and extra is not None:
                add_field(extra, "Parties", field)
            continue
        earlier = found[:] if len(fields) > 1 else ()
        for model in field[:]:  # type: ignore[index]  # see fields_of
            each = read_party(state, model, extra)
            if each is not None and each not in earlier:
                found.append(each)
    if state.further:
        if extra is not None:
            for name, value in state.further:
                add_field(extra, f"Party.{name}", value)
        state.further.clear()
    return found


def field_parties(state: ReadingState, role: str, field: Field, extra: Extra | None = None) -> list[RoleParty]:
    """Return the parties of a field that is one number, several numbers (3.0) or Party models (later)."""
    models = read_parties(state, [field], extra) if models_of(field) else []
    if models:
        return [(role, found) for _, found in models]
    return [(role, party(state, text)) for text in texts_of(field) if not text.isspace()]


def owned(found: Party, own_keys: Container[str | None]) -> Party:
    """Return the party marked as the owner where its number is one of the handset's own; else as it is."""
    if found.is_owner is None and (found.e164 or found.raw) in own_keys:
        return msgspec.structs.replace(found, is_owner=True)
    return found
