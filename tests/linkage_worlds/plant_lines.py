"""Traps about lines: names, wordings, numbers and customers that two lines share, and lines that change."""

from __future__ import annotations

from datetime import timedelta

from tests.linkage_worlds.building import Town, WorldBuilder
from tests.linkage_worlds.cast import Carried, Line, Phone, Stint, Trap
from tests.linkage_worlds.chance import day
from tests.linkage_worlds.happenings import Bulk
from tests.linkage_worlds.line_life import add_customers, add_line, waking
from tests.linkage_worlds.words.dealings import INVITATIONS, LATE_CUSTOMER, WRONG_NUMBERS

_RECYCLED_AFTER_DAYS = (130, 190)


def common_nickname(world: WorldBuilder, town: Town, other: Line) -> Line:
    """Add a line in another force that bears the name of a line, by chance; now and then it has a wording of it too."""
    wordings = world.new_wordings(3)
    if world.draw.random() < 0.3:
        wordings.append(other.wordings[0])
    if world.regime.twin_share and world.draw.random() < world.regime.twin_share:
        wordings = list(other.wordings)
    line = add_line(world, town, world.draw.choice(("single", "announced by old")), name=other.name, wordings=wordings)
    trap = Trap(name="common nickname", what=f"{other.key} and {line.key}", apart_lines=[(other.key, line.key)])
    world.traps.append(trap)
    return line


def shared_template(world: WorldBuilder, town: Town, other: Line) -> Line:
    """Add a line of another name that copied wordings of a line."""
    copied = other.wordings[: world.draw.choice((1, 2))]
    line = add_line(world, town, "single", wordings=[*copied, *world.new_wordings(2)])
    trap = Trap(name="shared template", what=f"{other.key} and {line.key}", apart_lines=[(other.key, line.key)])
    world.traps.append(trap)
    return line


def same_customers(world: WorldBuilder, town: Town, other: Line) -> Line:
    """Add a line that sells to most of the customers of another line of its town."""
    kept = [number for number in other.customers if world.draw.random() < 0.8]
    line = add_line(world, town, world.draw.choice(("single", "unannounced")), customers=kept)
    trap = Trap(name="same customers", what=f"{other.key} and {line.key}", apart_lines=[(other.key, line.key)])
    world.traps.append(trap)
    return line


def renamed(world: WorldBuilder, town: Town) -> Line:
    """Add a line that changes its name and keeps its number."""
    line = add_line(world, town, "renamed")
    world.traps.append(Trap(name="renamed line", what=line.key, whole_lines=[line.key]))
    return line


def two_at_once(world: WorldBuilder, town: Town) -> Line:
    """Add a line with two numbers at once."""
    line = add_line(world, town, "two at once")
    one, other = (stint.number for stint in line.stints)
    trap = Trap(
        name="two numbers at once", what=line.key, whole_lines=[line.key], no_succession=[(one, other), (other, one)]
    )
    world.traps.append(trap)
    return line


def never_seized(world: WorldBuilder, town: Town) -> Line:
    """Add a line none of whose phones is seized."""
    life = world.draw.choice(("single", "announced by old", "both ends"))
    line = add_line(world, town, life, is_seized=False)
    world.traps.append(Trap(name="line phone never seized", what=line.key, whole_lines=[line.key]))
    return line


def imitator(world: WorldBuilder, town: Town, real: Line) -> Line:
    """Add an imitator: the line's name, some of its customers, at the same time, from another number."""
    draw = world.draw
    stint = draw.choice(real.stints)
    since = stint.since + (stint.until - stint.since) * draw.uniform(0.3, 0.5)
    until = since + (stint.until - since) * draw.uniform(0.6, 0.9)
    number = world.numbers.mobile()
    fake = Line(
        key=f"imitator of {real.key}",
        town=town.name,
        case_ref=town.case_ref,
        name=stint.name,
        name_form=real.name_form,
        wordings=[world.any_wording("fake", "IMITATIONS")],
        stints=[Stint(number=number, since=since, until=until, name=stint.name)],
        customers=draw.sample(real.customers, max(8, len(real.customers) // 3)),
        regulars=[],
        seized_customers=[],
        is_imitation=True,
        elder=world.numbers.mobile(),
    )
    copies_wording = draw.random() < 0.4
    if copies_wording:
        fake.wordings.append(real.wordings[0])
    trap = Trap(
        name="imitator",
        what=f"{fake.key}{', wording copied' if copies_wording else ''}",
        apart_lines=[(real.key, fake.key)],
        no_succession=[(stint.number, number), (number, stint.number)],
    )
    world.lines.append(fake)
    world.traps.append(trap)
    if draw.random() < 0.6 * world.regime.seized_share:
        carried = Carried(world.new_card(number), since - timedelta(hours=1), until + timedelta(hours=1))
        phone = world.seize(town, "line", [carried])
        phone.friends = phone.friends[:2]
        fake.stints[0].phone = phone.key
    return fake


def live_imitator(world: WorldBuilder, fake: Line, real: Line) -> None:
    """Log what the imitator sends, and the warning of the line that it imitates."""
    draw = world.draw
    stint = fake.stints[0]
    at = stint.since + timedelta(hours=1)
    listed = [*fake.customers, *(number for number in real.seized_customers if draw.random() < 0.6)]
    claims_change = draw.random() < 0.35
    while at < stint.until - timedelta(hours=1):
        key = world.any_wording("fakechange", "IMITATED_CHANGES") if claims_change else draw.choice(fake.wordings)
        claims_change = False
        recipients = list(dict.fromkeys(draw.sample(listed, len(listed))))
        world.log.broadcast(at, stint.number, recipients, world.bulk(fake, key, stint.name), draw)
        at = waking(world, at + timedelta(days=draw.uniform(4, 9)))
    for number in draw.sample(listed, min(4, len(listed))):
        when = waking(world, stint.since + (stint.until - stint.since) * draw.uniform(0.3, 0.8))
        if when < stint.until - timedelta(hours=1):
            world.log.talk(when, (number, stint.number), draw.choice(world.bank.orders), draw)
    target = next((s for s in real.stints if s.since < stint.since < s.until), None)
    if target is not None and draw.random() < 0.6:
        at = stint.since + (min(stint.until, target.until) - stint.since) * 0.5
        key = world.any_wording("warning", "WARNINGS")
        world.log.broadcast(at, target.number, real.customers, world.bulk(real, key, target.name), draw)


def recycled_to_person(world: WorldBuilder, town: Town, line: Line) -> tuple[Phone, Phone]:
    """Give a line's number to somebody else months later; former customers text, and a new friend's phone is seized."""
    draw = world.draw
    stint = line.stints[-1]
    since = stint.until + timedelta(days=draw.uniform(*_RECYCLED_AFTER_DAYS))
    holder = world.person(town, "bystander", since, since + timedelta(days=80), stint.number)
    friend = world.person(town, "bystander", since - timedelta(days=20), since + timedelta(days=90))
    for place in range(draw.randrange(3, 7)):
        at = waking(world, since + timedelta(days=4 + 9 * place))
        lines = [text.format(name=stint.name) for text in draw.choice(WRONG_NUMBERS)]
        world.log.talk(at, (draw.choice(line.customers), holder.number), lines, draw)
    for place in range(draw.randrange(4, 9)):
        at = waking(world, since + timedelta(days=5 + 7 * place))
        world.log.talk(at, (holder.number, friend.number), draw.choice(LATE_CUSTOMER), draw)
        world.log.call(at + timedelta(hours=1), friend.number, holder.number, draw.randrange(20, 300))
    if world.regime.holders_broadcast:
        at = waking(world, since + timedelta(days=6))
        guests = [friend.number, *(world.numbers.mobile() for _ in range(15))]
        bulk = Bulk(wording="invitation", bodies=(draw.choice(INVITATIONS),))
        world.log.broadcast(at, holder.number, guests, bulk, draw)
    trap = Trap(
        name="recycled number",
        what=f"{stint.number} of {line.key}, later a private person's",
        outsiders=[(holder.key, line.key), (friend.key, line.key)],
    )
    world.traps.append(trap)
    return holder, friend


def recycled_to_line(world: WorldBuilder, town: Town, line: Line) -> Line:
    """Give a line's number to another line, months later and in another town."""
    stint = line.stints[-1]
    gap = world.draw.uniform(*_RECYCLED_AFTER_DAYS)
    since = (stint.until - day(0)).total_seconds() / 86_400 + gap
    later = add_line(world, town, "single", takes_over=(since, stint.number))
    trap = Trap(
        name="recycled number",
        what=f"{stint.number} of {line.key}, later of {later.key}",
        apart_lines=[(line.key, later.key)],
    )
    world.traps.append(trap)
    return later


def with_seized_customers(world: WorldBuilder, town: Town, line: Line, least: int, most: int) -> None:
    """Seize the phones of some customers of a line."""
    add_customers(world, town, line, world.draw.randint(least, most))
