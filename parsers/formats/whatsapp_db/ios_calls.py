"""Rows of ``ZWACDCALLEVENT`` in WhatsApp's own CallHistory.sqlite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.formats.whatsapp_db.kinds import service_at
from parsers.records.facts import Call, CallType
from parsers.records.values import DeletedState, Party
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableBeside, TableReader

_COLUMNS: Final = (
    *("Z1CALLEVENTS", "ZDATE", "ZDURATION", "ZOUTCOME", "ZGROUPCALLCREATORUSERJIDSTRING", "ZGROUPJIDSTRING"),
)
_AGGREGATE_COLUMNS: Final = ("ZINCOMING", "ZMISSED", "ZVIDEO")
_MOST_CALLS: Final = 1_000_000
_INCOMING, _MISSED, _VIDEO = 1, 2, 4


def _rows(store: Store) -> Iterator[Call]:
    flags: dict[int, int] = {}
    for row in store.database.rows("ZWAAGGREGATECALLEVENT", _AGGREGATE_COLUMNS):
        # What does not say whether it came in is neither.
        if len(flags) < _MOST_CALLS and row.whole("ZINCOMING") is not None:
            values = (row.whole(name) for name in _AGGREGATE_COLUMNS)
            flags[row.rowid] = sum(
                bit for bit, value in zip((_INCOMING, _MISSED, _VIDEO), values, strict=True) if value
            )
    with side_table(store.scratch_dir, str) as people:
        for row in store.database.rows("ZWACDCALLEVENTPARTICIPANT", ("Z1PARTICIPANTS", "ZJIDSTRING")):
            number, jid = row.whole("Z1PARTICIPANTS"), row.word("ZJIDSTRING")
            if number is not None and jid is not None:
                people.put(number, jid)
        for row in store.database.rows("ZWACDCALLEVENT", _COLUMNS):
            store.book.saw("call")
            yield _call(store, row, flags.get(row.whole("Z1CALLEVENTS") or 0), people)


CALLS: Final = TableReader(
    table="ZWACDCALLEVENT",
    element="call",
    read=_rows,
    with_tables=("ZWAAGGREGATECALLEVENT", "ZWACDCALLEVENTPARTICIPANT"),
    told_beside=(TableBeside("ZWAAGGREGATECALLEVENT", "Z1CALLEVENTS"), TableBeside("ZWACDCALLEVENTPARTICIPANT")),
)


def _call(store: Store, row: Row, flags: int | None, people: SideTable[str]) -> Call:
    locator = f"ZWACDCALLEVENT {row.rowid}"
    call_type = _call_type(flags)
    parties = [store.party(jid, is_owner=False) for jid in people.of(row.rowid)]
    others: list[Party] = [party for party in parties if party is not None]
    is_outgoing = call_type is CallType.OUTGOING
    creator = row.word("ZGROUPCALLCREATORUSERJIDSTRING")
    if not is_outgoing:
        # Who began the call comes first.
        others.sort(key=lambda party: party.raw != creator)
    duration = row.number("ZDURATION")
    extra = [("ZGROUPJIDSTRING", group)] if (group := row.word("ZGROUPJIDSTRING")) is not None else []
    if flags is not None and flags & _VIDEO:
        extra.append(("ZVIDEO", "1"))
    if outcome := row.whole("ZOUTCOME"):
        extra.append(("ZOUTCOME", str(outcome)))
    return Call(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("call", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.INTACT,
        service=service_at(store.place),
        call_type=call_type,
        duration_seconds=float(duration) if duration is not None and duration >= 0 else None,
        from_party=None if is_outgoing or not others else others[0],
        to=tuple(others if is_outgoing else others[1:]),
        time=store.apple_time(row, "ZDATE"),
        listing=store.listing,
        extra=tuple(extra),
    )


def _call_type(flags: int | None) -> CallType:
    if flags is None:
        return CallType.UNKNOWN
    if not flags & _INCOMING:
        return CallType.OUTGOING
    return CallType.MISSED if flags & _MISSED else CallType.INCOMING
