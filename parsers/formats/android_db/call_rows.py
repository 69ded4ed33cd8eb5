"""Rows of ``calls`` in calllog.db, on older handsets in contacts2.db, on Samsung's of ``logs`` in logs.db."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.address_lists import addresses_in
from parsers.android_codes import CALL_TYPES, PRESENTATIONS
from parsers.records.facts import Call, CallType
from parsers.records.values import DeletedState, Party
from parsers.services import application_service
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableReader

_COLUMNS: Final = (
    *("_id", "number", "date", "duration", "type", "presentation", "name", "deleted", "features", "geocoded_location"),
    *("countryiso", "subscription_id", "sub_id", "sim_id", "phone_account_address", "via_number", "post_dial_digits"),
    *("subscription_component_name", "voicemail_uri", "transcription"),
)
_EXTRA: Final = (
    *("geocoded_location", "countryiso", "subscription_id", "sub_id", "sim_id", "via_number", "post_dial_digits"),
    *("voicemail_uri", "transcription"),
)
_OWN_COMPONENTS: Final = ("com.android.", "com.google.android.dialer", "com.samsung.", "com.sec.")
_VIDEO: Final = 1
_LOGGED_CALLS: Final = frozenset({100, 500, None})
"""Of Samsung's log: calls, and those with pictures; texts are 300 and 200, mails 400."""

_LOGGED_OTHERS: Final = "message in the log of calls"
_TYPE_OUTSIDE: Final = frozenset({6, 7})


def _rows(store: Store) -> Iterator[Call]:
    for row in store.database.rows("calls", _COLUMNS):
        store.book.saw("call")
        yield _call(store, row)


CALLS: Final = TableReader(
    table="calls",
    element="call",
    read=_rows,
    is_present=lambda columns: "number" in columns or {"date", "duration", "type"} <= columns,
    told_by=("number", "date", "type"),
)


def _logged(store: Store) -> Iterator[Call]:
    for row in store.database.rows("logs", (*_COLUMNS, "logtype")):
        if row.whole("logtype") in _LOGGED_CALLS:
            store.book.saw("call")
            yield _call(store, row, "logs")
        else:
            # The beginning of a text or mail, of which the whole stands in its own database.
            store.book.leave_out(_LOGGED_OTHERS, f"logs {row.rowid}")


LOGS: Final = TableReader(
    table="logs",
    element="call",
    read=_logged,
    is_present=lambda columns: {"number", "duration", "logtype"} <= columns,
)


def _call(store: Store, row: Row, table: str = "calls") -> Call:
    locator = f"{table} {row.rowid}"
    number = row.whole("type")
    call_type = CALL_TYPES.get(number, CallType.UNKNOWN) if number is not None else CallType.UNKNOWN
    if call_type is CallType.UNKNOWN:
        store.book.note_way(row.word("type"), locator)
    peer = store.party(row.text("number"), row.text("name"))
    own = store.party(row.text("phone_account_address"), is_owner=True) if row.word("phone_account_address") else None
    if own is not None and own.e164 is not None:
        store.learn(msisdn=own.raw)
    is_outgoing = call_type is CallType.OUTGOING
    duration = row.number("duration")
    return Call(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("call", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if row.whole("deleted") else DeletedState.INTACT,
        service=_service(row.word("subscription_component_name")),
        call_type=call_type,
        duration_seconds=float(duration) if duration is not None and duration >= 0 else None,
        from_party=own if is_outgoing else peer,
        to=_called(store, row, peer) if is_outgoing else _one(own),
        time=store.unix_time(row, "date"),
        listing=store.listing,
        extra=tuple(_extra(row, number)),
    )


def _called(store: Store, row: Row, peer: Party | None) -> tuple[Party, ...]:
    """Return who was called: of a conference the row lists all numbers in one value."""
    pieces = addresses_in(row.text("number") or "", store.region)
    if len(pieces) == 1:
        return _one(peer)
    return tuple(party for piece in pieces if (party := store.party(piece)) is not None)


def _extra(row: Row, number: int | None) -> Iterator[tuple[str, str]]:
    for name in _EXTRA:
        if (text := row.word(name)) is not None and text != "-1":
            yield name, text
    presentation = row.whole("presentation")
    if presentation is not None and presentation != 1:
        yield "presentation", PRESENTATIONS.get(presentation, str(presentation))
    if (row.whole("features") or 0) & _VIDEO:
        yield "features", "video"
    if number is not None and (number not in CALL_TYPES or number in _TYPE_OUTSIDE):
        yield "type", str(number)


def _service(component: str | None) -> str | None:
    """Return the application that made the call; None where it was the handset's own telephone."""
    if component is None or component.startswith(_OWN_COMPONENTS):
        return None
    package = component.partition("/")[0].strip()
    return application_service(package)


def _one(party: Party | None) -> tuple[Party, ...]:
    return () if party is None else (party,)
