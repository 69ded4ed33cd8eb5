"""The life of a deal line: its numbers over time, its broadcasts, its customers' orders, its runner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.linkage_worlds.building import Town, WorldBuilder
from tests.linkage_worlds.cast import Card, Carried, Line, Phone, Stint
from tests.linkage_worlds.chance import day

LIVES = (
    "single", "single", "announced by old", "announced by new", "announced by new alone", "unannounced", "both ends",
    "three numbers", "new sim", "new handset",
)  # fmt: skip
"""What can happen to a line's numbers; ``two at once`` and ``renamed`` are planted as traps."""


def add_line(
    world: WorldBuilder,
    town: Town,
    life: str,
    *,
    name: str | None = None,
    wordings: list[str] | None = None,
    customers: list[str] | None = None,
    takes_over: tuple[float, str] | None = None,
    is_seized: bool | None = None,
) -> Line:
    """Add a line with its whole life and return it.

    Args:
        world: The world in the making.
        town: Where it is.
        life: One of ``LIVES``, ``two at once`` or ``renamed``.
        name: Brand. None: a new one.
        wordings: Keys of its offers. None: new ones.
        customers: Its list. None: drawn from the town.
        takes_over: Day of its first number, and that number, where another line had it. None: drawn.
        is_seized: Whether its phones are seized. None: as the regime has it.
    """
    draw, regime = world.draw, world.regime
    brand = name or world.new_name()
    size = min(draw.randint(*regime.list_size), len(town.pool))
    listed = customers or draw.sample(town.pool, size)
    line = Line(
        key=f"{brand} ({town.name} {len(world.lines)})",
        town=town.name,
        case_ref=town.case_ref,
        name=brand,
        name_form=draw.choice(("plain", "upper", "plain line", "lower", "upper line", "plain")),
        wordings=wordings or world.new_wordings(draw.randint(3, 5)),
        stints=[],
        customers=listed,
        regulars=listed[: draw.randrange(6, 20)],
        seized_customers=[],
        service="whatsapp" if draw.random() < regime.whatsapp_share else "sms",
        elder=world.numbers.mobile(),
    )
    _follow_habits(world, line, is_free=wordings is None)
    world.lines.append(line)
    start, number = takes_over or (draw.uniform(0, 60), None)
    cards = _give_numbers(world, line, life, start, number)
    _seize_phones(world, town, line, life, cards, is_seized=is_seized)
    return line


def _follow_habits(world: WorldBuilder, line: Line, *, is_free: bool) -> None:
    """Let the line leave out its name, or take wordings of another line, where the regime has such."""
    draw, regime = world.draw, world.regime
    if regime.unnamed_share:
        line.is_unnamed = draw.random() < regime.unnamed_share
    if regime.copied_share and is_free and world.lines and draw.random() < regime.copied_share:
        other = draw.choice(world.lines)
        line.wordings[:2] = [key for key in other.wordings[:2] if key.startswith("offer")]


def _give_numbers(world: WorldBuilder, line: Line, life: str, start: float, first: str | None) -> list[Card]:
    draw = world.draw
    periods = {"three numbers": 3, "single": 1, "two at once": 1, "renamed": 1}.get(life, 2)
    ends = [start]
    for _ in range(periods):
        ends.append(ends[-1] + draw.uniform(28, 60))
    cards = [world.new_card(first)]
    for place in range(1, periods):
        same = life == "new handset"
        is_same_card = same and draw.random() < 0.5
        cards.append(cards[0] if is_same_card else world.new_card(cards[0].number if same else None))
        if not same:
            line.successions.append((cards[place - 1].number, cards[place].number))
    spans = [(day(ends[place]), day(ends[place + 1])) for place in range(periods)]
    names = [line.name] * periods
    if life == "renamed":
        middle = day((ends[0] + ends[1]) / 2)
        spans, cards = [(spans[0][0], middle), (middle, spans[0][1] + timedelta(days=25))], [cards[0], cards[0]]
        line.other_names = [world.new_name()]
        names = [line.name, line.other_names[0]]
    if life == "two at once":
        other = world.new_card()
        spans, cards, names = [spans[0], (spans[0][0] + timedelta(days=4), spans[0][1])], [cards[0], other], names * 2
    line.stints = [
        Stint(number=card.number, since=since, until=until - timedelta(hours=2), name=name)
        for card, (since, until), name in zip(cards, spans, names, strict=True)
    ]
    return cards


def _seize_phones(
    world: WorldBuilder, town: Town, line: Line, life: str, cards: list[Card], *, is_seized: bool | None
) -> None:
    draw = world.draw

    def falls() -> bool:
        return draw.random() < world.regime.seized_share if is_seized is None else is_seized

    def seize(places: list[int]) -> None:
        carried = [
            Carried(cards[p], line.stints[p].since - timedelta(hours=1), line.stints[p].until + timedelta(hours=1))
            for p in places
        ]
        phone = world.seize(town, "line", carried, is_smart=True if line.service == "whatsapp" else None)
        phone.friends = phone.friends[:2]
        for place in places:
            line.stints[place].phone = phone.key

    if life in {"renamed", "new sim"}:
        if falls():
            if life == "renamed":
                merged = Carried(cards[0], line.stints[0].since - timedelta(hours=1), line.stints[1].until)
                phone = world.seize(town, "line", [merged])
                line.stints[0].phone = line.stints[1].phone = phone.key
            else:
                seize([0, 1])
        return
    for place in range(len(line.stints)):
        if falls():
            seize([place])


def live(world: WorldBuilder, line: Line, life: str) -> None:
    """Log what the line does: offers, changes, orders, talk with those who work for it."""
    for place, stint in enumerate(line.stints):
        _offers(world, line, stint)
        _orders(world, line, stint)
        _elder(world, line, stint)
        if place + 1 < len(line.stints):
            _change(world, line, life, stint, line.stints[place + 1])


def waking(world: WorldBuilder, at: datetime) -> datetime:
    """Return an instant of that day between nine in the morning and eleven at night."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        seconds=world.draw.randrange(9 * 3600, 23 * 3600)
    )


def _offers(world: WorldBuilder, line: Line, stint: Stint) -> None:
    draw = world.draw
    at = stint.since + timedelta(hours=draw.uniform(0.2, 3))
    number = 0
    while at < stint.until - timedelta(hours=1):
        key = draw.choice(line.wordings[:2] if draw.random() < 0.6 else line.wordings)
        if number > 1 and draw.random() < 0.12:
            key = world.any_wording("off", "OFF_NOTICES")
        recipients = _recipients(world, line, whole=number % 4 == 0 or draw.random() < 0.3)
        _send(world, line, stint, key, recipients, at)
        number += 1
        at = waking(world, at + timedelta(days=draw.uniform(2, 7)))


def _recipients(world: WorldBuilder, line: Line, *, whole: bool) -> list[str]:
    draw = world.draw
    chosen = list(line.customers) if whole else draw.sample(line.customers, min(len(line.customers), 24))
    if not whole and draw.random() < 0.25:
        chosen = line.regulars[: draw.randrange(4, 9)]
    listed = [number for number in line.seized_customers if number in line.customers and draw.random() < 0.75]
    chosen = [number for number in chosen if number not in line.seized_customers]
    chosen += listed
    draw.shuffle(chosen)
    return chosen


def _send(world: WorldBuilder, line: Line, stint: Stint, key: str, recipients: list[str], at: datetime) -> None:
    draw, log = world.draw, world.log
    bulk = world.bulk(line, key, stint.name, variants=draw.choice((1, 1, 2, 3)))
    way = draw.random()
    half = len(recipients) // 2
    if way < 0.07 and half >= 4:
        # a rest in the middle: by the measure two broadcasts, where each half has enough recipients
        last = log.broadcast(at, stint.number, recipients[:half], bulk, draw)
        later = last + timedelta(minutes=draw.randint(22, 55))
        log.broadcast(later, stint.number, recipients[half:], bulk, draw)
    elif way < 0.12 and half >= 4:
        # two wordings at once, each to its half
        other = world.bulk(line, draw.choice(line.wordings), stint.name)
        log.broadcast(at, stint.number, recipients[:half], bulk, draw)
        if other.wording != bulk.wording:
            log.broadcast(at + timedelta(seconds=20), stint.number, recipients[half:], other, draw)
    else:
        log.broadcast(at, stint.number, recipients, bulk, draw)


def _orders(world: WorldBuilder, line: Line, stint: Stint) -> None:
    draw = world.draw
    hours = (stint.until - stint.since).total_seconds() / 3600
    strangers = [(draw.choice(line.customers), 1) for _ in range(draw.randrange(25, 50))]
    known = [(number, draw.randrange(3, 10)) for number in line.seized_customers]
    for number, times in strangers + known:
        for _ in range(times):
            at = waking(world, stint.since + timedelta(hours=draw.uniform(1, hours - 26)))
            at = max(at, stint.since + timedelta(minutes=40))
            if at + timedelta(minutes=30) > stint.until:
                continue
            if draw.random() < 0.75:
                world.log.talk(at, (number, stint.number), draw.choice(world.bank.orders), draw, line.service)
            if draw.random() < 0.5:
                seconds = draw.randrange(6, 70) if draw.random() < 0.7 else 0
                world.log.call(at + timedelta(minutes=18), number, stint.number, seconds)


def _elder(world: WorldBuilder, line: Line, stint: Stint) -> None:
    draw = world.draw
    hours = (stint.until - stint.since).total_seconds() / 3600
    for _ in range(draw.randrange(3, 8)):
        at = stint.since + timedelta(hours=draw.uniform(1, hours - 1))
        world.log.talk(at, (line.elder, stint.number), draw.choice(world.bank.elder_talk), draw)


def _change(world: WorldBuilder, line: Line, life: str, old: Stint, new: Stint) -> None:
    if life == "three numbers":
        life = world.draw.choice(("announced by old", "announced by new", "both ends", "unannounced"))
    if life == "new sim":
        life = world.draw.choice(("announced by old", "announced by new", "unannounced"))
    ways: dict[str, Callable[[], None]] = {
        "announced by old": lambda: _announce(world, line, old, new, "old"),
        "announced by new": lambda: _announce(world, line, old, new, "new"),
        "announced by new alone": lambda: _announce(world, line, old, new, "unnamed"),
        "renamed": lambda: _announce(world, line, old, new, "renamed"),
    }
    if life == "both ends":
        _announce(world, line, old, new, "old")
        _announce(world, line, old, new, "new")
    elif life in ways:
        ways[life]()


_GROUPS = {"old": "CHANGES_FROM_OLD", "new": "CHANGES_FROM_NEW", "unnamed": "CHANGES_UNNAMED", "renamed": "RENAMED"}


def _announce(world: WorldBuilder, line: Line, old: Stint, new: Stint, kind: str) -> None:
    draw = world.draw
    key = world.any_wording(kind, _GROUPS[kind])
    bulk = world.bulk(
        line, key, new.name, old=written(world, old.number), new=written(world, new.number), old_name=old.name
    )
    sender = old if kind == "old" else new
    at = old.until - timedelta(hours=draw.uniform(1, 20)) if kind == "old" else new.since + timedelta(minutes=25)
    everybody = [*line.customers, *(n for n in line.seized_customers if n not in line.customers)]
    draw.shuffle(everybody)
    world.log.broadcast(at, sender.number, everybody, bulk, draw)


def written(world: WorldBuilder, number: str) -> str:
    """Return a number as somebody types it."""
    national = "0" + number[3:]
    return world.draw.choice(
        (national, f"{national[:5]} {national[5:]}", f"{national[:5]} {national[5:8]} {national[8:]}", number)
    )


def add_customers(
    world: WorldBuilder, town: Town, line: Line, how_many: int, *, is_listed: float = 0.85
) -> list[Phone]:
    """Seize the phones of so many customers; each was in use for a part of the line's life."""
    draw = world.draw
    first, last = line.stints[0].since, max(stint.until for stint in line.stints)
    span = (last - first).total_seconds()
    found = []
    for _ in range(how_many):
        since = first + timedelta(seconds=draw.choice((-0.2, -0.1, 0.0, 0.35)) * span)
        until = since + timedelta(seconds=draw.uniform(0.55, 1.5) * span)
        free = [n for n in line.customers if not any(n == held.card.number for p in world.phones for held in p.carried)]
        if not free:
            break
        number = draw.choice(free)
        carried = [Carried(world.new_card(number), since, until)]
        phone = world.seize(town, "customer", carried, is_smart=True if line.service == "whatsapp" else None)
        line.seized_customers.append(number)
        if draw.random() >= is_listed:
            line.customers.remove(number)
        for stint in line.stints:
            if draw.random() < 0.5:
                phone.saved[stint.number] = draw.choice((stint.name, stint.name[0], f"{stint.name} new", "D", "work"))
        found.append(phone)
    return found


def add_runner(world: WorldBuilder, town: Town, line: Line) -> Phone:
    """Seize the phone of somebody whom the line's number steers."""
    draw = world.draw
    stint = draw.choice(line.stints)
    phone = world.person(town, "runner", stint.since - timedelta(days=9), stint.until + timedelta(days=2))
    phone.saved[stint.number] = draw.choice(("M", "boss", "work 2", stint.name))
    hours = (stint.until - stint.since).total_seconds() / 3600
    for _ in range(draw.randrange(10, 22)):
        at = stint.since + timedelta(hours=draw.uniform(2, hours - 2))
        world.log.talk(at, (stint.number, phone.number), draw.choice(world.bank.runner_talk), draw)
        if draw.random() < 0.3:
            world.log.call(at + timedelta(minutes=40), stint.number, phone.number, draw.randrange(0, 80))
    return phone
