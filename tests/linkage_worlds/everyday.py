"""What every phone holds beside any line: friends, the taxi, the network, the surgery; and honest bulk senders."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import msgspec

from tests.linkage_worlds.building import Town, WorldBuilder
from tests.linkage_worlds.cast import Phone
from tests.linkage_worlds.chance import day
from tests.linkage_worlds.happenings import Bulk
from tests.linkage_worlds.line_life import waking
from tests.linkage_worlds.words.bulk_senders import COLOURS, NETWORK, SURGERY, TAXI
from tests.linkage_worlds.words.names import HOURS

_TALKS = {"line": 5, "runner": 16, "customer": 26, "bystander": 24, "honest": 18}
NETWORK_LABEL, CODE_LABEL = "OneMobile", "63433"


class Hubs(msgspec.Struct, frozen=True):
    """Numbers that everybody of a town has."""

    taxi: str
    surgery: str
    pizza: str


def filled(draw: Random, text: str) -> str:
    """Return a wording of an honest sender with its slots filled."""
    return text.format(
        n=draw.randrange(2, 9), money=draw.choice((5, 8, 10, 12, 15, 20)), till=draw.choice(HOURS),
        colour=draw.choice(COLOURS),
    )  # fmt: skip


def live_everyday(world: WorldBuilder) -> tuple[Hubs, ...]:
    """Log the ordinary life of every phone, and return the hubs of the towns."""
    hubs = tuple(Hubs(world.numbers.other(), world.numbers.other(), world.numbers.other()) for _ in world.towns)
    for phone in world.phones:
        if phone.handset is None:
            continue
        _friends(world, phone)
        town = 0 if phone.case_ref == world.towns[0].case_ref else 1
        if phone.role in {"customer", "bystander", "honest"}:
            _services(world, phone, hubs[town])
        _network(world, phone)
    return hubs


def _moment(world: WorldBuilder, phone: Phone) -> datetime:
    span = (phone.until - phone.since).total_seconds()
    at = waking(world, phone.since + timedelta(seconds=world.draw.uniform(0, span)))
    return min(max(at, phone.since + timedelta(minutes=5)), phone.until - timedelta(minutes=40))


def _friends(world: WorldBuilder, phone: Phone) -> None:
    draw = world.draw
    if not phone.friends:
        return
    for _ in range(_TALKS[phone.role] + draw.randrange(0, 8)):
        at = _moment(world, phone)
        own = phone.number_at(at) or phone.number
        friend = draw.choice(phone.friends)
        people = (own, friend) if draw.random() < 0.5 else (friend, own)
        if draw.random() < 0.45:
            world.log.talk(at, people, draw.choice(world.bank.talks), draw)
        else:
            world.log.talk(at, people, [_chatter(world) for _ in range(draw.randrange(1, 4))], draw)
        if draw.random() < 0.3:
            world.log.call(at + timedelta(minutes=31), *people, draw.randrange(0, 400))


def _chatter(world: WorldBuilder) -> str:
    """Return a text that no other phone holds by chance: two of the public collection as one."""
    return " ".join(world.draw.sample(world.bank.ham, 2))


def _services(world: WorldBuilder, phone: Phone, hubs: Hubs) -> None:
    draw = world.draw
    for _ in range(draw.randrange(2, 5)):
        at = _moment(world, phone)
        own = phone.number_at(at) or phone.number
        world.log.call(at, own, hubs.taxi, draw.randrange(15, 60))
        world.log.text(at + timedelta(minutes=4), hubs.taxi, own, filled(draw, TAXI[0]))
        world.log.text(at + timedelta(minutes=9), hubs.taxi, own, TAXI[1])
    if draw.random() < 0.6:
        at = _moment(world, phone)
        own = phone.number_at(at) or phone.number
        world.log.text(at, hubs.surgery, own, filled(draw, draw.choice(SURGERY)))
        world.log.call(at + timedelta(minutes=20), own, hubs.pizza, 55)
    phone.saved[hubs.taxi] = draw.choice(("Arrow Cars", "taxi"))


def _network(world: WorldBuilder, phone: Phone) -> None:
    for _ in range(2):
        at = _moment(world, phone)
        own = phone.number_at(at) or phone.number
        world.log.text(at, NETWORK_LABEL, own, filled(world.draw, NETWORK[world.draw.randrange(2)]))
        world.log.text(at + timedelta(minutes=2), CODE_LABEL, own, filled(world.draw, NETWORK[2]))


class HonestSender(msgspec.Struct, frozen=True):
    """Somebody who texts many. ``phone``: key of its phone, where that is seized."""

    kind: str
    number: str
    phone: str | None


def add_honest_senders(world: WorldBuilder) -> list[HonestSender]:
    """Add the honest bulk senders; the phones of some are seized, and some seized phones are on their lists."""
    draw, found = world.draw, []
    for sender in world.bank.bulk_senders:
        town = draw.choice(world.towns)
        number, key = world.numbers.mobile(), None
        if draw.random() < 0.35:
            phone = world.person(town, "honest", day(draw.uniform(0, 20)), day(draw.uniform(150, 260)), number)
            key = phone.key
        listed = draw.sample(town.pool, min(len(town.pool), draw.randrange(14, 60)))
        seized = [
            phone
            for phone in world.phones
            if phone.case_ref == town.case_ref and phone.key != key and (phone.role != "line" or draw.random() < 0.2)
        ]
        listed += [phone.number for phone in draw.sample(seized, min(len(seized), draw.randrange(3, 9)))]
        listed = list(dict.fromkeys(number for number in listed if number))
        _send_honestly(world, town, sender.kind, sender.wordings, number, listed)
        found.append(HonestSender(sender.kind, number, key))
    return found


def _send_honestly(
    world: WorldBuilder, town: Town, kind: str, wordings: tuple[str, ...], number: str, listed: list[str]
) -> None:
    draw = world.draw
    times = 1 if kind == "person_with_new_number" else draw.randrange(3, 7)
    at = day(draw.uniform(22, 60))
    for _ in range(times):
        place = draw.randrange(len(wordings))
        bulk = Bulk(
            wording=f"{town.name} {kind} {place}",
            bodies=(filled(draw, wordings[place]),),
            portion=draw.randrange(10, 40),
            pause_seconds=(30, 600),
        )
        draw.shuffle(listed)
        world.log.broadcast(waking(world, at), number, listed, bulk, draw)
        at += timedelta(days=draw.uniform(8, 25))
