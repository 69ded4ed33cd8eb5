"""Texts without end, for big files: deterministic, bounded in memory, with a fixed share of distinct bodies.

They have the shape of a line phone's store: broadcasts of one wording, short replies, ordinary talk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ingest.demo.truth import Handset, Holding, Peer, Sim, TextMessage, Travel, VendorReport

_STARTS_AT = datetime(2023, 3, 1, 7, 30, tzinfo=UTC)
_ADVERTS = (
    "Marlo on, both 3 for {price} til {hour} bell me",
    "MARLO LINE back on till {hour}, {deal} 4 {price} quick 1s only",
    "Best of both all day {deal} for {price} no waiting ring Marlo",
    "Fresh batch just landed {deal} for {price}. Marlo",
)
_OPENERS = ("u about", "can i see u", "yes mate", "alright", "im", "just", "u still", "ok", "nah", "gimme", "bell me")
_MIDDLES = ("by the shop", "near the bridge", "on the corner", "outside", "at the park", "round the back", "at mine")
_ENDINGS = ("in {n} mins", "for {n}", "at {n}", "got {n}", "bring change for {n}", "number {n}", "its {n} now")


def _body(number: int) -> str:
    """Return the text of this number; different numbers give different texts."""
    if number % 10 < 4:
        advert = _ADVERTS[number % len(_ADVERTS)]
        return advert.format(price=20 + number % 60, hour=1 + number % 11, deal=2 + number % 6) + f" ref{number}"
    opener, middle = _OPENERS[number % len(_OPENERS)], _MIDDLES[number // 11 % len(_MIDDLES)]
    return f"{opener} {middle} {_ENDINGS[number // 77 % len(_ENDINGS)].format(n=number)}"


def _peer(place: int) -> Peer:
    number = 100 + place * 7 % 800
    if place % 3:
        return Peer(f"+447700900{number}", f"+447700900{number}", f"C{number}" if place % 2 else None)
    return Peer(f"07700900{number}", f"+447700900{number}")


class ManyTexts:
    """An iterable of ``count`` texts, ``distinct`` of them with a body of their own; can be iterated again."""

    def __init__(self, count: int, distinct: int) -> None:
        self._count = count
        self._distinct = max(1, distinct)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[TextMessage]:
        for place in range(self._count):
            travel = Travel.OUT if place % 10 < 6 else Travel.IN
            yield TextMessage(
                key=str(place),
                at=_STARTS_AT + timedelta(seconds=place * 19),
                travel=travel,
                peers=(_peer(place),),
                # Copies of one text stand together, as those of a broadcast do, and new texts come all along.
                body=_body(place * self._distinct // self._count),
                smsc=None if place % 2 else "+447700900001",
            )


def bulk_report(message_count: int, distinct_count: int | None = None) -> VendorReport:
    """Return a report with so many texts; two fifths of them are distinct where the number is not given."""
    distinct = message_count * 2 // 5 if distinct_count is None else distinct_count
    holding = Holding(
        handset=Handset(make="Nokia", model="TA-1203", imei=("356938035643809",)),
        sim=Sim(iccid="8944100030201234567", imsi="234150999999999", msisdn="+447700900000"),
        read_at=_STARTS_AT + timedelta(days=400),
        texts=ManyTexts(message_count, distinct),
    )
    return VendorReport(
        key=f"bulk-{message_count}-{distinct}",
        holdings=(holding,),
        case_ref="OP MEASURE",
        exhibit_ref="BM/1",
        examiner="DFU",
        made_at=_STARTS_AT + timedelta(days=401),
    )
