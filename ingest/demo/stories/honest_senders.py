"""Those who text many people for honest reasons, and those whom everybody has in their phone.

A takeaway, a barber, a church, a club, a choir, a taxi firm, a network, the police: all sound like a deal line in part.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.demo.cast import BARBER, CAST, CHURCH_LIST, CLUB_LIST, MARLO_OLD, TAKEAWAY_LIST, TAXI, Role
from ingest.demo.world import World, chance, mobile

_TAKEAWAY, _CHURCH = mobile(50), mobile(44)
_SEIZED_BUYERS = tuple(mobile(place) for place in (42, 46, 47, 40))

_TAKEAWAY_OFFERS = (
    (
        "2024-03-08T16:00:00",
        "Golden Wok BACK ON tonight 5 til 11, 2 for £12 on mains, brown or white rice. Call 01632 960210",
    ),
    (
        "2024-03-22T16:00:00",
        "Golden Wok on tonight 5 til 11, 3 for £15 on starters, collect or delivery. Call 01632 960210",
    ),
    (
        "2024-04-05T15:30:00",
        "Golden Wok BACK ON tonight 5 til 12, 2 for £12 on mains, brown or white rice. Call 01632 960210",
    ),
    (
        "2024-05-10T16:10:00",
        "Golden Wok new menu out now, correct cash please, free crackers over £20. Call 01632 960210",
    ),
    (
        "2024-06-07T16:05:00",
        "Golden Wok on tonight 5 til 11, 3 for £15 on starters, collect or delivery. Call 01632 960210",
    ),
)
_CHURCH_NOTES = (
    ("2024-01-13T10:00:00", "St Aidans: prayer group on tonight 7.30 in the hall, bring a plate to share"),
    ("2024-02-03T10:00:00", "St Aidans: both services on tomorrow 9 and 11, coffee after. Lifts ring Margaret"),
    ("2024-02-24T10:00:00", "St Aidans: prayer group on tonight 7.00 in the vestry, bring a plate to share"),
    ("2024-03-23T10:00:00", "St Aidans: both services on tomorrow 9 and 11, palm crosses after. Lifts ring Margaret"),
)
_CLUB_NOTES = (
    ("2024-01-16T12:00:00", "U12s training ON both pitches tonight 6 til 7, bring whites, subs £3"),
    ("2024-02-06T12:00:00", "U12s training OFF tonight pitch is frozen. Back on next week"),
    ("2024-03-05T12:00:00", "U12s training ON both pitches tonight 6 til 7.30, bring whites, subs £3"),
)
_BARBER_NOTES = (
    ("2024-02-15T09:00:00", "Fade Room: walk ins on today til 6, 2 cuts for 20, bell us to book"),
    ("2024-05-09T09:00:00", "Fade Room: walk ins on today til 7, 2 cuts for 25, bell us to book"),
)
_POLICE_TEXT = (
    "Northshire Police: this number was used to sell drugs and is now held by us. You are getting this because it was "
    "in contact with you. You are not in trouble. For free confidential help with drugs call 01632 960300."
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _bulk_senders(world: World) -> None:
    for starts_at, wording in _TAKEAWAY_OFFERS:
        key = f"takeaway-{starts_at[:10]}"
        world.broadcast(key, _at(starts_at), _TAKEAWAY, (*_SEIZED_BUYERS, *TAKEAWAY_LIST), (wording,), portion=50)
    for starts_at, wording in _CHURCH_NOTES:
        world.broadcast(f"church-{starts_at[:10]}", _at(starts_at), _CHURCH, (mobile(40), *CHURCH_LIST), (wording,))
    for starts_at, wording in _CLUB_NOTES:
        world.broadcast(f"club-{starts_at[:10]}", _at(starts_at), _CHURCH, CLUB_LIST, (wording,))
    for starts_at, wording in _BARBER_NOTES:
        recipients = (mobile(40), mobile(42), mobile(46), *TAKEAWAY_LIST[:30])
        world.broadcast(f"barber-{starts_at[:10]}", _at(starts_at), BARBER, recipients, (wording,))
    world.broadcast(
        "choir-2024-03-02",
        _at("2024-03-02T18:00:00"),
        _CHURCH,
        CHURCH_LIST[:16],
        ("Hi all its Karen from choir, my new number is 07700 900068 please save it and delete the old one x",),
    )
    recipients = (mobile(41), mobile(42), *(mobile(place) for place in range(100, 160)))
    world.broadcast("police-2024-03-20", _at("2024-03-20T11:00:00"), MARLO_OLD, recipients, (_POLICE_TEXT,))


def _everybodys_taxi(world: World) -> None:
    draw = chance("taxi")
    for member in CAST:
        if member.role in {Role.LINE, Role.RUNNER}:
            continue
        days = (member.seized_at - member.active_from).days
        for ride in range(6):
            at = member.active_from + timedelta(days=1 + ride * (days - 2) // 6, hours=draw.randrange(5))
            world.call(at, member.own_number, TAXI, draw.randrange(20, 60))
            plate = f"{draw.choice('ABCDE')}{draw.choice('XYZ')}{draw.randrange(10, 24)}"
            body = (
                f"Harbour Cars: your driver is 5 mins away, {draw.choice(('silver', 'white', 'black'))} Octavia {plate}"
            )
            world.text(at + timedelta(minutes=6), TAXI, member.own_number, body)
            world.text(at + timedelta(minutes=12), TAXI, member.own_number, "Harbour Cars: your driver is outside")


def _networks(world: World) -> None:
    draw = chance("networks")
    for member in CAST:
        for month in range(max(1, (member.seized_at - member.active_from).days // 30)):
            at = member.active_from + timedelta(days=3 + month * 30, hours=1)
            code = draw.randrange(100_000, 999_999)
            network = member.sim.network or "SunCell"
            world.text(
                at, network, member.own_number, f"Thanks for topping up £10. Your balance is £{10 + month}.{month}0"
            )
            world.text(
                at + timedelta(days=9), "60777", member.own_number, f"{code} is your sign in code. Do not share it."
            )


def _wrong_number(world: World) -> None:
    """Former customers text the number that was given to somebody else."""
    for place, day in enumerate(("2024-11-04", "2024-11-09", "2024-11-23", "2024-12-01", "2024-12-14")):
        customer = mobile(100 + place)
        lines = ("marlo u about", "wrong number mate", "sorry is this not marlo", "no just got this sim")
        world.talk(_at(f"{day}T19:0{place}:00"), (customer, MARLO_OLD), lines[: 2 + place % 3])


def tell(world: World) -> None:
    """Log the honest senders, the hub numbers, the police text and the recycled number's wrong calls."""
    _bulk_senders(world)
    _everybodys_taxi(world)
    _networks(world)
    _wrong_number(world)
