"""Rows of ``call_log`` in msgstore.db."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.formats.whatsapp_db.jids import Jids
from parsers.formats.whatsapp_db.kinds import service_at
from parsers.records.facts import Call, CallType
from parsers.records.values import DeletedState
from parsers.side_table import side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableBeside, TableReader

_COLUMNS: Final = (
    *("jid_row_id", "from_me", "call_id", "timestamp", "duration", "video_call", "call_result", "group_jid_row_id"),
)
_PARTICIPANTS: Final = "call_log_participant_v2"
_ANSWERED: Final = 5


def _rows(store: Store) -> Iterator[Call]:
    jids = Jids(store)
    with side_table(store.scratch_dir, int) as people:
        for row in store.database.rows(_PARTICIPANTS, ("call_log_row_id", "jid_row_id")):
            call, person = row.whole("call_log_row_id"), row.whole("jid_row_id")
            if call is not None and person is not None:
                people.put(call, person)
        for row in store.database.rows("call_log", _COLUMNS):
            store.book.saw("call")
            yield _call(store, jids, row, people.of(row.rowid))


CALLS: Final = TableReader(
    table="call_log",
    element="call",
    read=_rows,
    with_tables=("jid", "jid_map", "chat", _PARTICIPANTS),
    is_present=lambda columns: {"jid_row_id", "from_me"} <= columns,
    told_by=("timestamp",),
    told_beside=(TableBeside("jid", "jid_row_id"),),
)


def _call(store: Store, jids: Jids, row: Row, people: list[int]) -> Call:
    locator = f"call_log {row.rowid}"
    caller = jids.of(row.whole("jid_row_id"))
    peer = store.party(caller, jids.names.get(caller or ""), is_owner=False)
    # Of a group call that came in the others were called as the owner was.
    others = [jid for jid in dict.fromkeys(map(jids.of, people)) if jid is not None and jid != caller]
    called = [store.party(jid, jids.names.get(jid), is_owner=False) for jid in others]
    call_type = _call_type(row)
    is_outgoing = call_type is CallType.OUTGOING
    duration = row.number("duration")
    extra = [(name, text) for name in ("call_id", "call_result") if (text := row.word(name)) is not None]
    if row.whole("video_call"):
        extra.append(("video_call", "1"))
    if (group := jids.of(row.whole("group_jid_row_id"))) is not None:
        extra.append(("group_jid", group))
    return Call(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("call", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.INTACT,
        service=service_at(store.place),
        call_type=call_type,
        duration_seconds=float(duration) if duration is not None and duration >= 0 else None,
        from_party=store.owner if is_outgoing else peer,
        to=tuple([party for party in ((peer if is_outgoing else None), *called) if party is not None]),
        time=store.unix_time(row, "timestamp"),
        listing=store.listing,
        extra=tuple(extra),
    )


def _call_type(row: Row) -> CallType:
    from_me = row.whole("from_me")
    if from_me is None:
        return CallType.UNKNOWN
    if from_me:
        return CallType.OUTGOING
    is_answered = row.whole("call_result") == _ANSWERED or (row.number("duration") or 0) > 0
    return CallType.INCOMING if is_answered else CallType.MISSED
