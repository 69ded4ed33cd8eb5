"""Rows of ``ABPerson`` in AddressBook.sqlitedb, with their entries in ``ABMultiValue``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableBeside, TableReader

_COLUMNS: Final = (
    *("First", "Middle", "Last", "Prefix", "Suffix", "Organization", "Department", "JobTitle", "Nickname", "Note"),
    *("DisplayName", "CompositeNameFallback", "StoreID"),
)
_NAME: Final = ("Prefix", "First", "Middle", "Last", "Suffix")
_OTHER_NAMES: Final = ("Organization", "Nickname", "DisplayName", "CompositeNameFallback")
_EXTRA: Final = ("Organization", "Department", "JobTitle", "Nickname", "Note")
_PHONE, _EMAIL, _URL = 3, 4, 22
_HANDLES: Final = frozenset({13, 46})
_PERSON: Final = "ABPerson"
_USER_KEYS: Final = frozenset({"username", "user", "url"})
_MOST_LABELS: Final = 100_000
_OTHER_KINDS: Final = {5: "address", 12: "date", 23: "related name"}
_ORPHAN: Final = "entry of a contact that is not there"


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    number: int
    kind: int | None
    label: int | None
    value: str | None


class _Inner(msgspec.Struct, frozen=True, array_like=True):
    key: str
    value: str


class _Reached(msgspec.Struct, frozen=True):
    numbers: tuple[NumberRef, ...]
    emails: tuple[str, ...]
    handles: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]


def _rows(store: Store) -> Iterator[Contact]:
    labels = _texts(store, "ABMultiValueLabel")
    keys = _texts(store, "ABMultiValueEntryKey")
    with side_table(store.scratch_dir, _Entry) as entries, side_table(store.scratch_dir, _Inner) as inner:
        _put_aside(store, entries, inner, keys)
        people: set[int] = set()
        for row in store.database.rows(_PERSON, _COLUMNS):
            store.book.saw("contact")
            people.add(row.rowid)
            held = _held(store, entries.of(row.rowid), inner, labels)
            extra = [(name, text) for name in _EXTRA if (text := row.word(name)) is not None]
            yield _contact(store, f"{_PERSON} {row.rowid}", _name(row), held, extra)
        # Somebody's number is evidence without the row that named them.
        for number in [each for each in entries.numbers() if each not in people] if entries.left else ():
            of_nobody = entries.of(number)
            held = _held(store, of_nobody, inner, labels)
            if held.numbers or held.emails or held.handles:
                store.book.saw("contact")
                yield _contact(store, f"ABMultiValue of person {number}", None, held, [])
            else:
                store.book.leave_out(_ORPHAN, "table ABMultiValue", count=len(of_nobody))
        if entries.left:
            store.book.leave_out(_ORPHAN, "table ABMultiValue", count=entries.left)


CONTACTS: Final = TableReader(
    table="ABPerson",
    element="contact",
    read=_rows,
    with_tables=("ABMultiValue", "ABMultiValueLabel", "ABMultiValueEntry", "ABMultiValueEntryKey"),
    told_beside=(TableBeside("ABMultiValue"),),
)


def _texts(store: Store, table: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in store.database.rows(table, ("value",)):
        if len(found) < _MOST_LABELS and (text := row.word("value")) is not None:
            found[row.rowid] = text
    return found


def _put_aside(store: Store, entries: SideTable[_Entry], inner: SideTable[_Inner], keys: dict[int, str]) -> None:
    for row in store.database.rows("ABMultiValue", ("record_id", "property", "label", "value")):
        person = row.whole("record_id")
        if person is None:
            store.book.leave_out(_ORPHAN, f"ABMultiValue {row.rowid}")
            continue
        entries.put(person, _Entry(row.rowid, row.whole("property"), row.whole("label"), row.word("value")))
    for row in store.database.rows("ABMultiValueEntry", ("parent_id", "key", "value")):
        parent, value = row.whole("parent_id"), row.word("value")
        if parent is not None and value is not None:
            inner.put(parent, _Inner(keys.get(row.whole("key") or 0, ""), value))


def _held(store: Store, entries: list[_Entry], inner: SideTable[_Inner], labels: dict[int, str]) -> _Reached:
    numbers, emails, handles, extra = [], [], [], []
    for entry in entries:
        value = entry.value
        if entry.kind in _HANDLES:
            handles += [value] if value is not None else _users(inner.of(entry.number))
        elif value is None:
            extra += [(f"{_kind_name(entry.kind)} {each.key}".strip(), each.value) for each in inner.of(entry.number)]
        elif entry.kind == _PHONE:
            label = _label(labels.get(entry.label or 0))
            numbers.append(NumberRef(value, to_e164(value, store.region), label))
        elif entry.kind == _EMAIL:
            emails.append(value)
        elif entry.kind == _URL:
            extra.append(("url", value))
        else:
            extra.append((_kind_name(entry.kind), value))
    return _Reached(tuple(numbers), tuple(emails), tuple(handles), tuple(extra))


def _contact(store: Store, locator: str, name: str | None, held: _Reached, extra: list[tuple[str, str]]) -> Contact:
    """Return a contact; whose row is gone has no name, and nothing says whether it was deleted."""
    return Contact(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("contact", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.INTACT if locator.startswith(_PERSON) else DeletedState.UNKNOWN,
        name=name,
        numbers=held.numbers,
        emails=held.emails,
        handles=held.handles,
        stored_in="phone",
        listing=store.listing,
        extra=(*extra, *held.extra),
    )


def _users(inner: list[_Inner]) -> list[str]:
    return [each.value for each in inner if each.key.casefold() in _USER_KEYS]


def _kind_name(kind: int | None) -> str:
    return _OTHER_KINDS.get(kind or 0, f"property {kind}")


def _name(row: Row) -> str | None:
    """Return the name as the handset shows it: the parts that there are, else the organisation, else the nickname."""
    parts = [part for name in _NAME if (part := row.word(name)) is not None]
    if parts:
        return " ".join(parts)
    return next((text for name in _OTHER_NAMES if (text := row.word(name)) is not None), None)


def _label(stored: str | None) -> str | None:
    """Return a label in words: ``_$!<Mobile>!$_`` is the application's own ``mobile``; others are the owner's."""
    if stored is None:
        return None
    own = stored.removeprefix("_$!<").removesuffix(">!$_")
    return own.casefold() if own != stored else stored
