"""The two deal lines: their broadcasts, one change of number, a warning against an imitator, orders.

Marlo works from one number until 12 March 2024, then from another, which outlives the handset it was first used in.
Dezzy keeps one number. One wording is used by both. Wordings are of the kind quoted in open court.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ingest.demo.cast import DEZZY, DEZZY_CUSTOMERS, IMITATOR, MARLO_CUSTOMERS, MARLO_NEW, MARLO_OLD
from ingest.demo.world import World, chance, mobile

MARLO_NAME, DEZZY_NAME = "Marlo", "Dezzy"

_GAZ, _SHIV, _TESS, _OWEN = mobile(41), mobile(42), mobile(46), mobile(47)
"""The customers whose handsets were seized: HW/3, HW/5 (both lines), RD/5 (Dezzy), RD/6 (Marlo)."""

_MARLO_REGULARS = MARLO_CUSTOMERS[:14]
_DEZZY_REGULARS = DEZZY_CUSTOMERS[20:32]
_IMITATOR_NAME = "imitator"
"""Not a line of the truth: somebody else who uses the name Marlo."""

_ORDERS = (
    ("u about", "yh where u", "by the benches", "5 mins"),
    ("u on mate", "yes same spot"),
    ("can i get 1 n 1", "got the right money?", "yh 20", "come to the steps"),
    ("how long", "2 mins", "ok im here"),
    ("any chance of tick til thurs", "no tick"),
    ("can u drop to mine", "not today come to me"),
    ("im outside", "coming"),
    ("got 50 can i have 4", "3 mate"),
    ("u there", "ring me"),
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _spelled(wording: str) -> tuple[str, ...]:
    """Return the wording as it is sent to the portions of one list: plain, decorated, decorated otherwise."""
    return (wording, f"{wording} \U0001f525\U0001f525", f"{wording}!!")


_Slot = tuple[str, str, int]
"""Start, wording, and how many of the list it goes to (0: the regulars)."""

_MARLO_OLD_FLARES: tuple[_Slot, ...] = (
    ("2024-01-09T09:05:00", "MARLO ON BOTH 3 FOR 25 BELL ME", 210),
    ("2024-01-12T17:40:00", "Marlo line back on til 11 2 for 15 both", 0),
    ("2024-01-19T10:15:00", "MARLO ON BOTH 4 FOR 30 BELL ME", 0),
    ("2024-01-27T18:02:00", "Fresh landed best of both 7 for 50 no waiting. Marlo", 0),
    ("2024-02-03T09:31:00", "Marlo line back on til 12 3 for 25 both", 225),
    ("2024-02-10T12:20:00", "MARLO ON BOTH 3 FOR 25 BELL ME", 0),
    ("2024-02-17T19:45:00", "Marlo line back on til 10 2 for 15 both", 0),
    ("2024-02-24T11:00:00", "Fresh landed best of both 5 for 40 no waiting. Marlo", 0),
    ("2024-03-02T16:10:00", "MARLO ON BOTH 2 FOR 15 BELL ME", 0),
    ("2024-03-08T09:50:00", "Marlo line back on til 11 3 for 25 both", 240),
    ("2024-03-12T18:30:00", "Marlo new number 07700 900002 same line, this 1 going off tonight", 250),
)
_MARLO_NEW_FLARES: tuple[_Slot, ...] = (
    ("2024-03-12T19:30:00", "Its Marlo this my new number save it n delete the old 1", 260),
    ("2024-03-15T10:05:00", "MARLO ON BOTH 3 FOR 25 BELL ME", 0),
    ("2024-03-22T17:20:00", "Marlo line back on til 11 3 for 25 both", 0),
    ("2024-03-31T00:50:00", "Fresh landed best of both 7 for 50 no waiting. Marlo", 275),
    ("2024-04-04T12:00:00", "MARLO ON BOTH 4 FOR 30 BELL ME", 0),
    ("2024-04-12T18:40:00", "Marlo line back on til 12 2 for 15 both", 0),
    ("2024-04-19T09:10:00", "Fresh landed best of both 5 for 40 no waiting. Marlo", 0),
    # from here on in the handset RD/1
    ("2024-04-23T11:25:00", "Marlo line back on til 11 3 for 25 both", 190),
    ("2024-05-03T18:00:00", "MARLO ON BOTH 3 FOR 25 BELL ME", 0),
    ("2024-05-11T10:40:00", "Fresh landed best of both 7 for 50 no waiting. Marlo", 0),
    ("2024-05-18T17:05:00", "Only 1 real Marlo n its this number, dont ring no fakes. On til 10", 200),
    ("2024-05-25T19:15:00", "MARLO ON BOTH 2 FOR 15 BELL ME", 0),
)
_DEZZY_FLARES: tuple[_Slot, ...] = (
    ("2024-02-12T10:00:00", "Dezzy here open 10 til late lite n dark 2 4 £15", 120),
    ("2024-02-20T18:25:00", "dezzys on, come thru quick, 5 4 £40", 0),
    ("2024-03-01T09:15:00", "Dezzy here open 9 til late lite n dark 3 4 £25", 0),
    ("2024-03-09T11:45:00", "dezzys on, come thru quick, 3 4 £25", 0),
    ("2024-03-20T12:30:00", "Dezzy here open 10 til late lite n dark 2 4 £15", 135),
    ("2024-03-29T17:35:00", "DEZZY ON BOTH 3 FOR 25 BELL ME", 0),
    ("2024-04-08T19:00:00", "dezzys on, come thru quick, 5 4 £40", 0),
    ("2024-04-20T10:20:00", "Dezzy here open 10 til late lite n dark 3 4 £25", 0),
    ("2024-05-06T18:10:00", "dezzys on, come thru quick, 2 4 £15", 0),
    ("2024-05-21T09:55:00", "Dezzy here open 11 til late lite n dark 2 4 £15", 140),
    ("2024-05-30T20:05:00", "dezzys on, come thru quick, 3 4 £25", 0),
)


def _send(
    world: World,
    name: str,
    sender: str,
    slots: Sequence[_Slot],
    everybody: Sequence[str],
    regulars: Sequence[str],
    *,
    held: Sequence[str],
    grouped: Sequence[str] = (),
) -> None:
    for starts_at, wording, size in slots:
        recipients = (*(everybody[:size] if size else regulars), *held)
        world.broadcast(
            f"{name.lower()}-{starts_at[:10]}-{sender[-3:]}",
            _at(starts_at),
            sender,
            recipients,
            _spelled(wording) if size else (wording,),
            advert_of=name,
            as_groups=starts_at in grouped,
        )


def _orders(world: World, name: str, period: tuple[str, str], line: str, customers: Sequence[str], count: int) -> None:
    """Log orders by text and by call, spread over the period; three calls in ten are not answered."""
    draw = chance(f"orders {name} {line} {period[0]}")
    start, end = (_at(f"{day}T10:00:00") for day in period)
    span = int((end - start).total_seconds())
    for _ in range(count):
        at = start + timedelta(seconds=draw.randrange(span))
        customer = draw.choice(customers)
        world.talk(at, (customer, line), draw.choice(_ORDERS), pace_seconds=draw.randrange(20, 200))
        rings = draw.randrange(10) >= 3
        world.call(at + timedelta(minutes=14), customer, line, draw.randrange(8, 70) if rings else 0)


def tell(world: World) -> None:
    """Log what the two lines and their imitator did."""
    marlo_list = (*MARLO_CUSTOMERS[14:], *MARLO_CUSTOMERS[:14])
    _send(world, MARLO_NAME, MARLO_OLD, _MARLO_OLD_FLARES, marlo_list, _MARLO_REGULARS, held=(_GAZ, _SHIV))
    _send(
        world, MARLO_NAME, MARLO_NEW, _MARLO_NEW_FLARES, marlo_list, _MARLO_REGULARS, held=(_GAZ, _SHIV, _OWEN),
        grouped=("2024-04-04T12:00:00", "2024-04-23T11:25:00"),
    )  # fmt: skip
    _send(world, DEZZY_NAME, DEZZY, _DEZZY_FLARES, DEZZY_CUSTOMERS, _DEZZY_REGULARS, held=(_TESS, _SHIV))
    world.broadcast(
        "imitator-2024-05-16",
        _at("2024-05-16T13:00:00"),
        IMITATOR,
        (_OWEN, *MARLO_CUSTOMERS[40:60]),
        ("MARLO cheapest in town 2 for 10 all day ring this number",),
        advert_of=_IMITATOR_NAME,
    )
    marlo_buyers = (*MARLO_CUSTOMERS[:60], _GAZ, _GAZ, _SHIV)
    _orders(world, MARLO_NAME, ("2024-01-09", "2024-03-12"), MARLO_OLD, marlo_buyers, 90)
    _orders(world, MARLO_NAME, ("2024-03-13", "2024-04-19"), MARLO_NEW, (*marlo_buyers, _OWEN, _OWEN), 80)
    _orders(world, MARLO_NAME, ("2024-04-23", "2024-05-31"), MARLO_NEW, (*marlo_buyers[:61], _OWEN, _OWEN), 70)
    _orders(world, DEZZY_NAME, ("2024-02-13", "2024-05-31"), DEZZY, (*DEZZY_CUSTOMERS[:50], _TESS, _TESS, _SHIV), 110)
    for customer in (_GAZ, _SHIV):
        world.talk(_at("2024-02-05T13:11:00"), (customer, MARLO_OLD), _ORDERS[0])
    for customer, line in ((_OWEN, MARLO_NEW), (_TESS, DEZZY), (_SHIV, DEZZY)):
        world.talk(_at("2024-04-15T15:42:00"), (customer, line), _ORDERS[2])
