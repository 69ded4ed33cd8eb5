"""Rows of ``siminfo`` in telephony.db: the cards that were in the handset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.records.facts import Sim
from parsers.records.values import DeletedState
from parsers.store_reading import Store, TableReader

_COLUMNS: Final = ("_id", "icc_id", "number", "imsi", "display_name", "carrier_name", "mcc", "mnc", "sim_id", "card_id")
_EXTRA: Final = ("display_name", "carrier_name", "mcc", "mnc", "sim_id")


def _rows(store: Store) -> Iterator[Sim]:
    for row in store.database.rows("siminfo", _COLUMNS):
        store.book.saw("sim")
        locator = f"siminfo {row.rowid}"
        iccid, imsi, number = row.word("icc_id"), row.word("imsi"), row.word("number")
        # ``sim_id`` is the slot: 0 or more for a card that is in the handset now, -1 for one that was.
        if (row.whole("sim_id") or 0) >= 0:
            store.learn(iccid=iccid, imsi=imsi, msisdn=number)
        yield Sim(
            source=store.stamp.source(locator),
            record_id=store.stamp.record_id("sim", locator),
            extraction_id=store.extraction_id,
            deleted=DeletedState.INTACT,
            iccid=_one(iccid),
            imsi=_one(imsi),
            msisdn=_one(number),
            listing=store.listing,
            extra=(
                # What the rows of texts and calls call the card.
                ("sub_id", str(row.rowid)),
                *((name, text) for name in _EXTRA if (text := row.word(name)) is not None),
            ),
        )


SIMS: Final = TableReader(
    table="siminfo",
    element="sim",
    read=_rows,
    is_present=lambda columns: "icc_id" in columns,
)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
