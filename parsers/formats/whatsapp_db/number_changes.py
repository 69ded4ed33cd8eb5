"""Rows of ``message_system_number_change`` in msgstore.db: a contact has another number from then on.

The line in the chat (``message``) says it to the owner and has no text of its own. That one person has both numbers is
what a contact says, so that either is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.formats.whatsapp_db.jids import Jids
from parsers.formats.whatsapp_db.kinds import PERSON_SUFFIX, service_at
from parsers.phone_numbers import to_e164
from parsers.records.facts import Contact
from parsers.records.values import DeletedState, NumberRef
from parsers.store_reading import Store, TableReader

_TABLE: Final = "message_system_number_change"
_COLUMNS: Final = {"old_jid_row_id": "old", "new_jid_row_id": "new"}


def _rows(store: Store) -> Iterator[Contact]:
    jids = Jids(store)
    for row in store.database.rows(_TABLE, tuple(_COLUMNS)):
        store.book.saw("contact")
        locator = f"{_TABLE} {row.rowid}"
        found = [(jid, label) for column, label in _COLUMNS.items() if (jid := jids.of(row.whole(column))) is not None]
        numbers = [
            NumberRef(
                jid.removesuffix(PERSON_SUFFIX), to_e164(f"+{jid.removesuffix(PERSON_SUFFIX)}", store.region), label
            )
            for jid, label in found
            if jid.endswith(PERSON_SUFFIX)
        ]
        yield Contact(
            source=store.stamp.source(locator),
            record_id=store.stamp.record_id("contact", locator),
            extraction_id=store.extraction_id,
            deleted=DeletedState.INTACT,
            numbers=tuple(numbers),
            handles=tuple(jid for jid, _ in found),
            stored_in=service_at(store.place),
            listing=store.listing,
        )


NUMBER_CHANGES: Final = TableReader(table=_TABLE, element="contact", read=_rows)
