"""Rows of ``wa_contacts`` in wa.db (Android) and ``ZWAADDRESSBOOKCONTACT`` in ContactsV2.sqlite (iOS)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from parsers.formats.whatsapp_db.kinds import BROADCAST_SUFFIX, GROUP_SUFFIX, service_at
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableReader

_ANDROID_COLUMNS: Final = (
    "jid",
    "number",
    "display_name",
    "given_name",
    "family_name",
    "wa_name",
    "nickname",
    "company",
    "status",
)
_ANDROID_EXTRA: Final = ("wa_name", "nickname", "company", "status")
_IOS_COLUMNS: Final = (
    *("ZFULLNAME", "ZGIVENNAME", "ZPHONENUMBER", "ZPHONENUMBERLABEL", "ZWHATSAPPID", "ZABOUTTEXT", "ZIDENTIFIER"),
    *("ZLID", "ZUSERNAME", "ZLASTNAME", "ZFAMILYNAME"),
)
_GROUP: Final = "group in the list of contacts"


def _android_rows(store: Store) -> Iterator[Contact]:
    for row in store.database.rows("wa_contacts", _ANDROID_COLUMNS):
        if (row.text("jid") or "").endswith((GROUP_SUFFIX, BROADCAST_SUFFIX)):
            store.book.leave_out(_GROUP, f"wa_contacts {row.rowid}")
            continue
        store.book.saw("contact")
        name = row.word("display_name") or _joined(row, "given_name", "family_name") or row.word("wa_name")
        extra = tuple((column, text) for column in _ANDROID_EXTRA if (text := row.word(column)) is not None)
        yield _contact(store, row, f"wa_contacts {row.rowid}", name, (row.word("number"), None), "jid", extra)


def _ios_rows(store: Store) -> Iterator[Contact]:
    for row in store.database.rows("ZWAADDRESSBOOKCONTACT", _IOS_COLUMNS):
        store.book.saw("contact")
        name = row.word("ZFULLNAME") or _joined(row, "ZGIVENNAME", "ZLASTNAME", "ZFAMILYNAME")
        label = row.word("ZPHONENUMBERLABEL")
        own = label.removeprefix("_$!<").removesuffix(">!$_").casefold() if label is not None else None
        number = row.word("ZPHONENUMBER"), own
        extra = tuple(row.words(("ZABOUTTEXT", "ZUSERNAME")))
        locator = f"ZWAADDRESSBOOKCONTACT {row.rowid}"
        found = _contact(store, row, locator, name, number, "ZWHATSAPPID", extra)
        lid = row.word("ZLID")
        yield replace(found, handles=(*found.handles, lid)) if lid is not None else found


ANDROID_CONTACTS: Final = TableReader(table="wa_contacts", element="contact", read=_android_rows)
IOS_CONTACTS: Final = TableReader(table="ZWAADDRESSBOOKCONTACT", element="contact", read=_ios_rows)


def _joined(row: Row, *columns: str) -> str | None:
    return " ".join(part for column in columns if (part := row.word(column)) is not None) or None


def _contact(
    store: Store,
    row: Row,
    locator: str,
    name: str | None,
    number: tuple[str | None, str | None],
    jid_column: str,
    extra: tuple[tuple[str, str], ...],
) -> Contact:
    written, label = number
    jid = row.word(jid_column)
    numbers = () if written is None else (NumberRef(written, to_e164(written, store.region), label),)
    return Contact(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("contact", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.INTACT,
        name=name,
        numbers=numbers,
        handles=() if jid is None else (jid,),
        stored_in=service_at(store.place),
        listing=store.listing,
        extra=extra,
    )
