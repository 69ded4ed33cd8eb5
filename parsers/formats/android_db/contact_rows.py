"""Rows of ``raw_contacts`` in contacts2.db, with their entries in ``data`` and the kinds of these in ``mimetypes``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.android_codes import PHONE_LABELS
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableBeside, TableReader

_COLUMNS: Final = ("_id", "account_type", "account_name", "account_id", "deleted", "display_name", "version", "sync1")
_DATA_COLUMNS: Final = ("raw_contact_id", "mimetype_id", "data1", "data2", "data3", "data4", "data5", "data6")
_PREFIX: Final = "vnd.android.cursor.item/"
_PHONE, _EMAIL, _NAME, _IM, _SIP = "phone_v2", "email_v2", "name", "im", "sip_address"
_EXTRA_KINDS: Final = frozenset(
    {"nickname", "organization", "note", "relation", "postal-address_v2", "website", "contact_event"}
)
_NAME_PARTS: Final = ("data4", "data2", "data5", "data3", "data6")
"""Prefix, given, middle and family name, suffix."""

_SHOWN_NUMBER = re.compile(r"(?:[^\W\d_]{1,20}:?\s){0,2}\(?(\+[0-9][0-9 ().-]{5,24}[0-9])\)?")
_SHOWS_NUMBER = re.compile(r"vnd\.(?:com\.whatsapp|org\.telegram|org\.thoughtcrime\.securesms|com\.viber)\.")
"""Entries whose first column too shows the contact's number; of any other application it may be whatever was noted."""

_MOST_KINDS: Final = 10_000
_CUSTOM: Final = 0

_STORES: Final = (
    ("whatsapp", "whatsapp"),
    ("telegram", "telegram"),
    ("securesms", "signal"),
    ("google", "google"),
    ("sim", "sim"),
    ("usim", "sim"),
)
_NO_LETTER = re.compile(r"[^a-z]+")
_ORPHAN: Final = "entry of a contact that is not there"
_ON_PHONE: Final = frozenset({"", "vnd.sec.contact.phone", "com.android.localphone", "local", "phone", "device"})


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    value: str
    label: int | None
    own_label: str | None


class _Gathered(msgspec.Struct, kw_only=True):
    """What the entries of one contact say."""

    name: str | None = None
    numbers: list[NumberRef] = []
    emails: list[str] = []
    handles: list[str] = []
    extra: list[tuple[str, str]] = []
    shown: list[NumberRef] = []
    """Numbers that an application's own entry shows beside its id of the contact."""


def _rows(store: Store) -> Iterator[Contact]:
    accounts = _accounts(store)
    with side_table(store.scratch_dir, _Entry) as entries:
        _put_aside(store, entries)
        for row in store.database.rows("raw_contacts", _COLUMNS):
            store.book.saw("contact")
            yield _contact(store, row, accounts, entries.of(row.key("_id")))
        if entries.left:
            store.book.leave_out(_ORPHAN, "table data", count=entries.left)


CONTACTS: Final = TableReader(
    table="raw_contacts",
    element="contact",
    read=_rows,
    with_tables=("data", "mimetypes", "accounts"),
    told_beside=(TableBeside("data"), TableBeside("mimetypes", "mimetype_id", referring="data")),
)


def _accounts(store: Store) -> dict[int, str]:
    """Return account id to its type; newer tables name the account by number."""
    return {
        row.key("_id"): kind
        for row in store.database.rows("accounts", ("_id", "account_type"))
        if (kind := row.word("account_type")) is not None
    }


def _put_aside(store: Store, entries: SideTable[_Entry]) -> None:
    kinds: dict[int, str] = {}
    for row in store.database.rows("mimetypes", ("_id", "mimetype")):
        if len(kinds) < _MOST_KINDS and (kind := row.word("mimetype")) is not None:
            kinds[row.key("_id")] = kind.removeprefix(_PREFIX)
    for row in store.database.rows("data", _DATA_COLUMNS):
        number, kind = row.whole("raw_contact_id"), kinds.get(row.whole("mimetype_id") or 0, "")
        value = row.word("data1") or _in_parts(kind, row)
        if number is not None and (value is not None or (_is_of_application(kind) and row.word("data3"))):
            entries.put(number, _Entry(kind, value or "", row.whole("data2"), row.word("data3")))


def _in_parts(kind: str, row: Row) -> str | None:
    """Return what the first column would say and the others do: a name in its parts, a number in its full form."""
    if kind == _NAME:
        return " ".join(part for column in _NAME_PARTS if (part := row.word(column)) is not None) or None
    return row.word("data4") if kind == _PHONE else None


def _is_of_application(kind: str) -> bool:
    return kind.startswith("vnd.") and not kind.startswith("vnd.android")


def _contact(store: Store, row: Row, accounts: dict[int, str], entries: list[_Entry]) -> Contact:
    locator = f"raw_contacts {row.rowid}"
    gathered = _Gathered()
    for entry in entries:
        _gather(gathered, entry, store.region)
    account_type = row.text("account_type") or accounts.get(row.whole("account_id") or -1)
    return Contact(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("contact", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if row.whole("deleted") else DeletedState.INTACT,
        name=gathered.name or row.word("display_name"),
        numbers=tuple(dict.fromkeys((*gathered.numbers, *_further(gathered, store.region)))),
        emails=tuple(dict.fromkeys(gathered.emails)),
        handles=tuple(dict.fromkeys(gathered.handles)),
        stored_in=_stored_in(account_type),
        listing=store.listing,
        extra=tuple(gathered.extra),
    )


def _gather(gathered: _Gathered, entry: _Entry, region: str) -> None:
    value = entry.value
    if entry.kind == _PHONE:
        is_own = entry.label is None or entry.label == _CUSTOM
        label = entry.own_label if is_own else PHONE_LABELS.get(entry.label or 0, f"type {entry.label}")
        gathered.numbers.append(NumberRef(value, to_e164(value, region), label))
    elif entry.kind == _EMAIL:
        gathered.emails.append(value)
    elif entry.kind == _NAME:
        gathered.name = gathered.name or value
    elif entry.kind in {_IM, _SIP} or "@s.whatsapp.net" in value:
        gathered.handles.append(value)
        _show(gathered, entry, region)
    elif entry.kind in _EXTRA_KINDS:
        gathered.extra.append((entry.kind, value))
    elif _is_of_application(entry.kind):
        # An application's own entry: what it calls the contact.
        gathered.extra += [(entry.kind, value)] if value else []
        _show(gathered, entry, region)
    elif not entry.kind:
        # The table that says what it is lacks it.
        gathered.extra.append(("entry of no kind", value))


def _show(gathered: _Gathered, entry: _Entry, region: str) -> None:
    """Take the number that an application's entry shows: alone (Telegram), or behind words (``Message +44...``)."""
    if not _is_of_application(entry.kind):
        return
    for text in (entry.value if _SHOWS_NUMBER.match(entry.kind) else "", entry.own_label or ""):
        found = _SHOWN_NUMBER.fullmatch(text.strip())
        e164 = to_e164(found[1], region) if found is not None else None
        if found is not None and e164 is not None:
            gathered.shown.append(NumberRef(found[1], e164))


def _further(gathered: _Gathered, region: str) -> list[NumberRef]:
    """Return the numbers that entries show and that neither a number nor an id of the contact says already."""
    known = {number.e164 for number in gathered.numbers} | {to_e164(handle, region) for handle in gathered.handles}
    return list({number.e164: number for number in gathered.shown if number.e164 not in known}.values())


def _stored_in(account_type: str | None) -> str:
    """Return where a contact is kept: ``phone``, ``sim``, or the application's name."""
    folded = (account_type or "").strip().casefold()
    if folded in _ON_PHONE:
        return "phone"
    words = frozenset(_NO_LETTER.split(folded))
    return next((name for word, name in _STORES if word in words), account_type or "phone")
