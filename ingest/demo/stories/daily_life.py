"""Ordinary talk, which is most of what a handset holds, and part of which sounds like something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from ingest.demo.cast import CAST, CastHandset, Role, friends_of, member_of
from ingest.demo.world import World, chance, mobile

_TALKS = (
    ("what time u home", "about {hour}", "ok il put tea on"),
    ("did u feed the {pet}", "yeh this morning", "ta x"),
    ("happy birthday {name}!! \U0001f382", "aw thank u xx"),
    ("u watching the match", "yeh {score} already", "unbelievable"),
    ("can u lend me {money} til {day}", "iv only got a tenner", "that will do"),
    ("running {n} mins late", "no worries"),
    ("bus aint turned up again", "get the {n}", "ok"),
    ("need anything from the shop", "milk and brown bread", "white ok?", "yeh fine"),
    ("is the {thing} still for sale", "yes {money} cash", "can i come {day}"),
    ("school rang, {name} has a temperature", "il get him", "thanks"),
    ("dentist is {day} at {hour}", "ok"),
    ("u in work {day}", "on a late {hour} til 10"),
    ("im outside", "two secs"),
    ("whats the wifi password", "on the back of the box"),
    ("did u get paid", "yeh {day}", "good il send u the rent"),
    ("thinking of painting the hall", "what colour", "white or light grey", "do both"),
    ("that new line manager is a nightmare", "tell me about it"),
    ("meet u at the {place} at {hour}", "see u there"),
    ("lost my {thing} again", "look under the sofa", "found it lol"),
    ("how was the {place}", "rammed. {n} quid to park", "robbery"),
)
_SLOTS = {
    "hour": ("half 5", "6", "7.30", "quarter to 8", "9", "noon"),
    "pet": ("dog", "cat", "rabbit", "fish"),
    "name": ("Ash", "Priya", "Col", "Jodie", "Tariq", "Ellie", "Mo"),
    "score": ("1-0", "2-1", "3-3", "0-2"),
    "money": ("£20", "£15", "£40", "£5", "£60"),
    "day": ("monday", "tuesday", "weds", "thursday", "friday", "the weekend"),
    "thing": ("bike", "pram", "charger", "sofa", "purse", "drill"),
    "place": ("beach", "park", "market", "cinema", "baths", "clinic"),
}
_TALK_COUNTS = {Role.LINE: 12, Role.RUNNER: 45, Role.CUSTOMER: 110, Role.HONEST_SENDER: 90, Role.BYSTANDER: 120}


def _spoken(line: str, draw: Random) -> str:
    filled = {name: draw.choice(values) for name, values in _SLOTS.items()}
    return line.format(n=draw.randrange(2, 60), **filled)


def _life_of(world: World, member: CastHandset) -> None:
    draw = chance(f"life of {member.key}")
    friends = friends_of(member)
    span = int((member.seized_at - member.active_from).total_seconds()) - 7200
    for _ in range(_TALK_COUNTS[member.role]):
        at = member.active_from + timedelta(seconds=draw.randrange(span))
        number, _name = draw.choice(friends)
        people = (number, member.own_number) if draw.randrange(2) else (member.own_number, number)
        lines = [_spoken(line, draw) for line in draw.choice(_TALKS)]
        world.talk(at, people, lines, pace_seconds=draw.randrange(15, 300))
        if draw.randrange(4) == 0:
            world.call(at + timedelta(minutes=30), *people, draw.choice((0, 0, 35, 61, 240, 1975)))


def tell(world: World) -> None:
    """Log the private talk of everybody, and of a friend who happens to have a line's name."""
    for member in CAST:
        _life_of(world, member)
    bystander = member_of("tamarisk-HW/2")
    for days, lines in (
        (20, ("alright marlo u playing sunday", "yeh 11 a side", "il drive")),
        (55, ("tell marlo his mum rang", "he is sat next to me", "lol ok")),
        (90, ("happy birthday marlo \U0001f389 big 30", "cheers mate")),
    ):
        at = bystander.active_from + timedelta(days=days)
        world.talk(at, (bystander.own_number, mobile(69)), lines)
    sleepless = member_of("halyard-RD/7")
    # The clocks went back that night: 01:30 came twice, and a time without a zone cannot say which.
    night = datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    world.text(night, friends_of(sleepless)[1][0], sleepless.own_number, "u still up")
    world.text(
        night + timedelta(minutes=65), friends_of(sleepless)[1][0], sleepless.own_number, "clocks just went back lol"
    )
