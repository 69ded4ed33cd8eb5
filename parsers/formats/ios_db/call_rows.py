"""Rows of ``ZCALLRECORD`` in CallHistory.storedata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parsers.records.facts import Call, CallType
from parsers.records.values import DeletedState, Party
from parsers.services import application_service
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableReader

_COLUMNS: Final = (
    *("ZDATE", "ZDURATION", "ZADDRESS", "ZNAME", "ZORIGINATED", "ZANSWERED", "ZREAD", "ZCALLTYPE", "ZSERVICE_PROVIDER"),
    *("ZISO_COUNTRY_CODE", "ZLOCATION", "ZUNIQUE_ID", "ZDISCONNECTED_CAUSE", "ZFILTERED_OUT_REASON", "ZHANDLE_TYPE"),
)
_EXTRA: Final = ("ZISO_COUNTRY_CODE", "ZLOCATION", "ZUNIQUE_ID")
_NUMBERED: Final = ("ZCALLTYPE", "ZDISCONNECTED_CAUSE", "ZFILTERED_OUT_REASON")
_UNKNOWN_LOCATION: Final = "<<RecentsNumberLocationNotFound>>"
_FACETIME_TYPES: Final = frozenset({8, 16})
# Core Data numbers its join tables anew with each version of the store.
_PEOPLE_TABLE = re.compile(r"z_\d+remoteparticipanthandles")
_CALL_COLUMN = re.compile(r"z_\d+remoteparticipantcalls")
_HANDLE_COLUMN = re.compile(r"z_\d+remoteparticipanthandles")


def _rows(store: Store) -> Iterator[Call]:
    handles = _handles(store)
    with side_table(store.scratch_dir, int) as people:
        _put_people_aside(store, people)
        for row in store.database.rows("ZCALLRECORD", _COLUMNS):
            store.book.saw("call")
            listed = [handles[number] for number in people.of(row.rowid) if number in handles]
            yield _call(store, row, listed)


CALLS: Final = TableReader(
    table="ZCALLRECORD",
    element="call",
    read=_rows,
    with_tables=("ZHANDLE",),
    is_present=lambda columns: bool({"zdate", "zaddress"} & columns),
    told_by=("zaddress", "zdate", "zoriginated"),
)


def is_people_table(table: str) -> bool:
    """Whether a table (by its name in lower case) joins calls to the people in them."""
    return _PEOPLE_TABLE.fullmatch(table) is not None


def _handles(store: Store) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in store.database.rows("ZHANDLE", ("ZVALUE", "ZNORMALIZEDVALUE")):
        value = row.word("ZVALUE") or row.word("ZNORMALIZEDVALUE")
        if value is not None:
            found[row.rowid] = value
    return found


def _put_people_aside(store: Store, people: SideTable[int]) -> None:
    table = next((name for name in store.database.tables if is_people_table(name)), None)
    if table is None:
        return
    columns = store.database.columns(table)
    call = next((name for name in columns if _CALL_COLUMN.fullmatch(name)), None)
    handle = next((name for name in columns if _HANDLE_COLUMN.fullmatch(name)), None)
    if call is None or handle is None:
        return
    for row in store.database.rows(table, (call, handle)):
        one, other = row.whole(call), row.whole(handle)
        if one is not None and other is not None:
            people.put(one, other)


def _call(store: Store, row: Row, listed: list[str]) -> Call:
    locator = f"ZCALLRECORD {row.rowid}"
    call_type = _call_type(row)
    address, name = row.word("ZADDRESS"), row.word("ZNAME")
    peers = [store.party(address, name, is_owner=False)] if address is not None or name is not None else []
    for each in listed:
        party = store.party(each, is_owner=False)
        if party is not None and not any(_is_same(party, peer) for peer in peers):
            peers.append(party)
    people = [peer for peer in peers if peer is not None]
    is_outgoing = call_type is CallType.OUTGOING
    duration = row.number("ZDURATION")
    return Call(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("call", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.INTACT,
        service=_service(row),
        call_type=call_type,
        duration_seconds=float(duration) if duration is not None and duration >= 0 else None,
        from_party=None if is_outgoing or not people else people[0],
        to=tuple(people if is_outgoing else people[1:]),
        time=store.apple_time(row, "ZDATE"),
        listing=store.listing,
        extra=tuple(_extra(row)),
    )


def _call_type(row: Row) -> CallType:
    originated = row.whole("ZORIGINATED")
    if originated:
        return CallType.OUTGOING
    answered = row.whole("ZANSWERED")
    if originated is None and answered is None:
        return CallType.UNKNOWN
    if answered is None:
        return CallType.INCOMING
    return CallType.INCOMING if answered else CallType.MISSED


def _service(row: Row) -> str | None:
    """Return the application of a call; None for the handset's own telephone."""
    provider = row.word("ZSERVICE_PROVIDER")
    if provider is not None:
        return application_service(provider)
    return "facetime" if row.whole("ZCALLTYPE") in _FACETIME_TYPES else None


def _extra(row: Row) -> Iterator[tuple[str, str]]:
    for name in _EXTRA:
        if (text := row.word(name)) is not None and text != _UNKNOWN_LOCATION:
            yield name, text
    for name in _NUMBERED:
        if number := row.whole(name):
            yield name, str(number)


def _is_same(one: Party, other: Party | None) -> bool:
    return other is not None and (one.raw == other.raw or (one.e164 is not None and one.e164 == other.e164))
