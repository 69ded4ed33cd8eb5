"""Traps about phones: who is no member, what is one device and what is two, what everybody has."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import msgspec

from tests.linkage_worlds.building import Town, WorldBuilder
from tests.linkage_worlds.cast import Carried, Line, Trap
from tests.linkage_worlds.chance import day
from tests.linkage_worlds.everyday import HonestSender, Hubs
from tests.linkage_worlds.happenings import FORWARDED, Bulk
from tests.linkage_worlds.line_life import waking
from tests.linkage_worlds.words.dealings import FORWARDING
from tests.linkage_worlds.words.small_talk import NAME_TALKS, WORD_TALKS


def friend_or_word(world: WorldBuilder, town: Town, line: Line) -> None:
    """Seize the phone of somebody who has a friend of a line's name, or uses the word that it is."""
    draw = world.draw
    since = line.stints[0].since
    phone = world.person(town, "bystander", since - timedelta(days=10), since + timedelta(days=120))
    friend = world.numbers.anybody()
    phone.saved[friend] = line.name
    for place in range(draw.randrange(3, 7)):
        at = waking(world, since + timedelta(days=3 + 12 * place))
        talk = WORD_TALKS.get(line.name) if draw.random() < 0.5 else None
        lines = [text.format(name=line.name) for text in talk or draw.choice(NAME_TALKS)]
        with_whom = friend if talk is None and draw.random() < 0.6 else draw.choice(phone.friends)
        people = (phone.number, with_whom) if draw.random() < 0.5 else (with_whom, phone.number)
        world.log.talk(at, people, lines, draw)
    trap = Trap(
        name="friend or word", what=f"{line.name} on {phone.key}",
        outsiders=[(phone.key, line.key)], not_numbers=[friend],
    )  # fmt: skip
    world.traps.append(trap)


def only_saved(world: WorldBuilder, town: Town, line: Line) -> None:
    """Seize a phone on which a line's number is saved, and nothing more."""
    since = line.stints[0].since
    phone = world.person(town, "bystander", since, since + timedelta(days=90))
    phone.saved[line.stints[0].number] = line.name
    trap = Trap(
        name="only saved", what=f"{line.key} on {phone.key}",
        outsiders=[(phone.key, line.key)],
    )  # fmt: skip
    world.traps.append(trap)


def police_text(world: WorldBuilder, town: Town, line: Line) -> None:
    """Let police text from a line's number after it ended: its contacts, and somebody who rang a wrong number once."""
    stint = line.stints[-1]
    at = waking(world, stint.until + timedelta(days=world.draw.randrange(2, 6)))
    phone = world.person(town, "bystander", at - timedelta(days=60), at + timedelta(days=40))
    bulk = Bulk(wording="police", bodies=(world.bank.police,), portion=60)
    contacts = [*line.customers[:40], *line.seized_customers, phone.number]
    world.log.broadcast(at, stint.number, contacts, bulk, world.draw)
    trap = Trap(
        name="police text", what=f"from {line.key} to {phone.key}",
        outsiders=[(phone.key, line.key)],
    )  # fmt: skip
    world.traps.append(trap)


def forwarded_advert(world: WorldBuilder, town: Town, line: Line) -> None:
    """Let a customer forward an advert to a friend, word for word; the friend's phone is seized."""
    draw = world.draw
    if not line.seized_customers:
        return
    customer = draw.choice(line.seized_customers)
    stint = line.stints[0]
    since = stint.since
    phone = world.person(town, "bystander", since, since + timedelta(days=80))
    at = waking(world, since + timedelta(days=11))
    bulk = msgspec.structs.replace(world.bulk(line, line.wordings[0], stint.name), line=None, service="sms")
    world.log.advert(at, customer, phone.number, msgspec.structs.replace(bulk, wording=FORWARDED + bulk.wording))
    world.log.talk(at + timedelta(minutes=1), (customer, phone.number), (draw.choice(FORWARDING), "lol block it"), draw)
    trap = Trap(
        name="forwarded advert", what=f"{line.key} by {customer} to {phone.key}",
        outsiders=[(phone.key, line.key)],
    )  # fmt: skip
    world.traps.append(trap)


def steered_by_private_number(world: WorldBuilder, town: Town, line: Line) -> None:
    """Seize a phone that talks with the private number of whoever is behind the line, and never with the line."""
    draw = world.draw
    stint = line.stints[0]
    phone = world.person(town, "runner", stint.since, stint.until)
    for place in range(draw.randrange(4, 9)):
        at = waking(world, stint.since + timedelta(days=1 + 3 * place))
        world.log.talk(at, (line.elder, phone.number), draw.choice(world.bank.talks), draw)
    trap = Trap(
        name="private number behind a line", what=f"{line.elder} of {line.key} on {phone.key}",
         outsiders=[(phone.key, line.key)],
    )  # fmt: skip
    world.traps.append(trap)


def shared_friends(world: WorldBuilder, town: Town) -> None:
    """Seize the phones of two people with the same friends, in no line."""
    draw = world.draw
    one, other = (world.person(town, "bystander", day(draw.uniform(0, 30)), day(200)) for _ in range(2))
    other.friends[:4] = one.friends[:4]
    at = waking(world, day(70))
    world.log.talk(at, (one.number, other.number), draw.choice(world.bank.talks), draw)
    trap = Trap(name="shared friends", what=f"{one.key} and {other.key}", apart_pairs=[(one.key, other.key)])
    world.traps.append(trap)


def sim_in_two_handsets(world: WorldBuilder, town: Town) -> None:
    """Move an ordinary SIM from one handset to another; both are seized, and no line is concerned."""
    draw = world.draw
    card = world.new_card()
    start, middle, end = draw.uniform(0, 30), draw.uniform(60, 90), draw.uniform(120, 160)
    one = world.seize(town, "bystander", [Carried(card, day(start), day(middle))])
    other = world.seize(town, "bystander", [Carried(card, day(middle + 0.1), day(end))])
    other.friends[:2] = one.friends[:2]
    for phone in (one, other):
        phone.is_nameless, phone.readings = False, "plain"
    trap = Trap(
        name="handset and SIM swaps", what=f"one ordinary SIM in {one.key} and {other.key}",
        apart_pairs=[(one.key, other.key)], two_devices=[(one.key, other.key)],
    )  # fmt: skip
    world.traps.append(trap)


def line_sim_found_alone(world: WorldBuilder, town: Town, line: Line) -> None:
    """Find a line's old SIM in a drawer, without the handset; only where that handset is not held."""
    stint = line.stints[0]
    if stint.phone is not None:
        return
    card = world.new_card(stint.number)
    phone = world.seize(town, "line", [Carried(card, stint.since, stint.until)])
    phone.handset, phone.friends, phone.saved = None, [], {}
    phone.is_nameless, phone.readings, phone.damage, phone.is_smart = False, "plain", "", False
    phone.keeps_sent_times, phone.is_zoneless = True, False
    stint.phone = phone.key


def exhibit_in_two_cases(world: WorldBuilder) -> None:
    """Give one exhibit reference to a phone of each case, neither of which states an identity."""
    draw = world.draw
    found = []
    for town in world.towns:
        phone = world.person(town, "bystander", day(draw.uniform(0, 20)), day(draw.uniform(90, 150)))
        phone.exhibit_ref = "LK/1"
        phone.key = f"{town.name} LK/1"
        phone.is_nameless, phone.readings = True, "plain"
        found.append(phone)
    one, other = found
    trap = Trap(
        name="exhibit in two cases", what="LK/1", two_devices=[(one.key, other.key)], apart_pairs=[(one.key, other.key)]
    )
    world.traps.append(trap)


def read_more_than_once(world: WorldBuilder) -> None:
    """Make sure that some phones are read twice, in two formats, and with the SIM apart."""
    draw = world.draw
    fitting = [p for p in world.phones if p.handset is not None and not p.is_nameless and len(p.carried) == 1]
    for phone, readings in zip(
        draw.sample(fitting, min(4, len(fitting))), ("twice", "two_formats", "sim_part", "sim_apart"), strict=False
    ):
        phone.readings = readings
    cards: dict[str, int] = {}
    for phone in world.phones:
        for held in phone.carried:
            cards[held.card.iccid] = cards.get(held.card.iccid, 0) + 1
    for phone in fitting:
        if phone.readings == "sim_apart" and cards[phone.carried[0].card.iccid] > 1:
            phone.readings = "twice"  # a card that was in two handsets fits two
        if phone.readings != "plain":
            kind = {"twice": "extracted twice", "two_formats": "two formats"}.get(phone.readings, "SIM apart")
            world.traps.append(Trap(name="read more than once", what=f"{phone.key}, {kind}", one_device=[phone.key]))


def hubs_and_honest(world: WorldBuilder, hubs: tuple[Hubs, ...], senders: list[HonestSender]) -> None:
    """Say of hubs and honest senders that they are no line's."""
    numbers = [number for hub in hubs for number in (hub.taxi, hub.surgery, hub.pizza)]
    bystanders = [phone.key for phone in world.phones if phone.role == "bystander"]
    trap = Trap(
        name="hub numbers",
        what="taxi, surgery, pizza",
        not_numbers=numbers,
        apart_without_line=list(combinations(bystanders, 2)),
    )
    world.traps.append(trap)
    for sender in senders:
        trap = Trap(
            name="honest bulk sender",
            what=sender.kind,
            not_numbers=[sender.number],
            strangers=[sender.phone] if sender.phone else [],
        )
        world.traps.append(trap)


def swapped_lines(world: WorldBuilder) -> None:
    """Say of lines that changed handset or SIM that they are one, and of their handsets that they are two."""
    by_key = {phone.key: phone for phone in world.phones}
    for line in world.lines:
        keys = list(dict.fromkeys(stint.phone for stint in line.stints if stint.phone))
        numbers = {stint.number for stint in line.stints}
        if len(line.stints) > 1 and len(numbers) == 1 and not line.other_names and len(keys) == 2:
            trap = Trap(
                name="handset and SIM swaps", what=f"{line.key}: {keys[0]}, {keys[1]}",
                two_devices=[(keys[0], keys[1])], whole_lines=[line.key],
            )  # fmt: skip
            world.traps.append(trap)
        elif len(keys) == 1 and len(by_key[keys[0]].carried) > 1:
            world.traps.append(
                Trap(name="handset and SIM swaps", what=f"{line.key}: two SIMs in {keys[0]}", whole_lines=[line.key])
            )
