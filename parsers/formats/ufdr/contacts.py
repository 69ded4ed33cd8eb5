"""Contact and UserAccount models: entries of a phone book, and the accounts of services."""

from __future__ import annotations

from typing import Final

from parsers.contract import PartKind
from parsers.formats.ufdr.elements import Element, Field, Fields, fields_of, models_of, text_of
from parsers.formats.ufdr.reading_state import (
    Extra,
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    application_of,
    stated_attributes,
)
from parsers.phone_numbers import to_e164
from parsers.records.facts import Account, Contact
from parsers.records.values import NumberRef
from parsers.services import application_service, is_sim, phone_book

_CONTACT_KNOWN: Final = frozenset({"UserMapping", "Name", "Entries", "Source"})
_ACCOUNT_KNOWN: Final = frozenset({"UserMapping", "Name", "Username", "Entries", "Source", "ServiceType"})
_ENTRY_KNOWN: Final = frozenset({"Category", "Value", "Domain", "UserMapping"})
_NUMBER, _EMAIL, _HANDLE = "number", "email", "handle"
_TYPES: Final = {"phonenumber": _NUMBER, "emailaddress": _EMAIL, "userid": _HANDLE}
_DOMAINS: Final = {
    "phone": _NUMBER,
    "phone number": _NUMBER,
    "mobile": _NUMBER,
    "email": _EMAIL,
    "e-mail": _EMAIL,
    "email address": _EMAIL,
    "user id": _HANDLE,
    "userid": _HANDLE,
}


class _Entries:
    """The entries of a contact or account, sorted by what they are."""

    __slots__ = ("emails", "handles", "numbers")

    def __init__(self) -> None:
        self.numbers: list[NumberRef] = []
        self.emails: list[str] = []
        self.handles: list[str] = []


def read_contact(state: ReadingState, model: Element, place: ModelPlace) -> Contact:
    """Return the record of a Contact model."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    entries = _entries(state, fields, repeats, extra)
    _keep(state, place, fields, _CONTACT_KNOWN, repeats, extra)
    source = text_of(fields.get("Source"))
    return Contact(
        source=state.stamp.source(place.locator),
        record_id=state.stamp.record_id("contact", place.locator),
        extraction_id=place.part.extraction_id,
        deleted=deleted,
        name=text_of(fields.get("Name")),
        numbers=tuple(entries.numbers),
        emails=tuple(dict.fromkeys(entries.emails)),
        handles=tuple(dict.fromkeys(entries.handles)),
        stored_in=phone_book(source, is_sim_part=place.part.info.kind is PartKind.SIM),
        listing="sim" if is_sim(source) else place.listing,
        extra=tuple(extra),
    )


def read_account(state: ReadingState, model: Element, place: ModelPlace) -> Account:
    """Return the record of a UserAccount model."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    entries = _entries(state, fields, repeats, extra)
    for number in entries.numbers:
        if number.label is not None:
            # A contact's number has its label beside it, an account's has not.
            _keep_entry("PhoneNumber", number.label, number.raw, extra)
    _keep(state, place, fields, _ACCOUNT_KNOWN, repeats, extra)
    service_type = text_of(fields.get("ServiceType"))
    handles = [*entries.handles, *entries.emails]
    user_name = text_of(fields.get("Username"))
    if user_name is not None:
        handles.insert(0, user_name)
        e164 = to_e164(user_name, state.region)
        if e164 is not None and all(number.e164 != e164 for number in entries.numbers):
            entries.numbers.append(NumberRef(user_name, e164))
    source = application_of(text_of(fields.get("Source")), extra)
    if source is not None and service_type is not None:
        extra.append(("ServiceType", service_type))
    return Account(
        source=state.stamp.source(place.locator),
        record_id=state.stamp.record_id("account", place.locator),
        extraction_id=place.part.extraction_id,
        deleted=deleted,
        service=application_service(source) or application_service(service_type),
        name=text_of(fields.get("Name")),
        handles=tuple(dict.fromkeys(handles)),
        numbers=tuple(entries.numbers),
        listing=place.listing,
        extra=tuple(extra),
    )


def _keep(
    state: ReadingState,
    place: ModelPlace,
    fields: Fields,
    known: frozenset[str],
    repeats: list[tuple[str, Field]],
    extra: Extra,
) -> None:
    for name, value in fields.items():
        if name not in known:
            add_field(extra, name, value)
    add_repeats(state, place, extra, [each for each in repeats if each[0] != "Entries"])


def _entries(state: ReadingState, fields: Fields, repeats: list[tuple[str, Field]], extra: Extra) -> _Entries:
    found = _Entries()
    lists = [fields.get("Entries"), *(value for name, value in repeats if name == "Entries")]
    seen: set[tuple[str | None, ...]] = set()
    for field in lists:
        if isinstance(field, str):
            add_field(extra, "Entries", field)
    for model in (model for field in lists for model in models_of(field)):
        _add_entry(state, model, found, seen, extra)
    return found


def _add_entry(
    state: ReadingState, model: Element, found: _Entries, seen: set[tuple[str | None, ...]], extra: Extra
) -> None:
    entry = fields_of(model)
    type_name = model.get("type") or ""
    value, label = text_of(entry.get("Value")), text_of(entry.get("Category"))
    domain = text_of(entry.get("Domain"))
    for name, further in entry.items():
        if name not in _ENTRY_KNOWN:
            add_field(extra, f"{type_name or 'Entry'}.{name}", further)
    key = (model.get("id"), type_name, value, label)
    if value is None or key in seen:
        return
    seen.add(key)
    kind = _TYPES.get(type_name.casefold()) or _DOMAINS.get((domain or "").strip().casefold())
    if kind == _NUMBER:
        found.numbers.append(NumberRef(value, to_e164(value, state.region), label))
        return
    if kind == _EMAIL:
        found.emails.append(value)
    elif kind == _HANDLE:
        found.handles.append(value)
    if kind is None or label is not None:
        # What the entry is called (``WhatsApp User Id``, ``Work``) has no place beside an address.
        _keep_entry(type_name, label, value, extra)


def _keep_entry(type_name: str, label: str | None, value: str, extra: Extra) -> None:
    extra.append((".".join(part for part in (type_name, label) if part) or "Entry", value))
