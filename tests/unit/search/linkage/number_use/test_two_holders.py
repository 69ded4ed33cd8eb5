"""A number that two who send to many had one after the other: their lists tell that they are two."""

from __future__ import annotations

import msgspec

from parsers.records.findings import TextFinding
from search.linkage.model import Linkage, Relation
from tests.fakes.phones import Phone, finding, linked, members, number, offer, the_line

LINE = number(1)
OFFERS = (offer("Rico"), offer("Rico", "{line} about til late"))
NAMELESS = tuple(finding(text, advert=True) for text in ("on both 3 for 25", "about til late"))
TICKETS = (
    msgspec.structs.replace(finding("2 tickets left for sat 40 each ring me", advert=True), advert_score=0.7),
    finding("new kits in all sizes, first come first served"),
)
"""What a seller of tickets sends; one of it reads like an advert."""


def phones(town: str, first: int, count: int = 3) -> list[Phone]:
    return [Phone(f"{town}/{place}", first + place) for place in range(count)]


def strangers(first: int, count: int = 25) -> list[str]:
    return [number(first + place) for place in range(count)]


def broadcast(
    said: tuple[TextFinding, ...], days: range, to: list[Phone], beside: list[str], sender: Phone | None
) -> None:
    """Let a number send each text on each day to some phones, and from a phone that is held to others besides."""
    for day in days:
        for place, text in enumerate(said):
            at = day + place / 4
            for phone in to:
                phone.text(LINE, at, text, sent=False)
            for step, party in enumerate([*(phone.own or "" for phone in to), *beside] if sender else []):
                sender.text(party, at + step / 10_000, text, sent=True)


def ordered(customers: list[Phone], sender: Phone | None, days: tuple[float, ...] = (3.4, 9.4)) -> None:
    for phone in customers:
        for day in days:
            phone.text(LINE, day, finding("u about"), sent=True)
            if sender:
                sender.text(phone.own, day, finding("u about"), sent=False)


class World:
    """A line on a number, of whose phone nothing is seen after four weeks, and somebody who sends from it later.

    ``later``: what he sends; ``gap``: days of silence; ``kept``: how many of the line's list are on his.
    """

    def __init__(
        self,
        later: tuple[TextFinding, ...] = TICKETS,
        *,
        gap: int = 20,
        kept: int = 0,
        beside: int = 25,
        first: tuple[TextFinding, ...] = OFFERS,
    ) -> None:
        self.customers, self.others = phones("C", 101), phones("H", 151)
        self.line, self.later = Phone("L/1", 1), Phone("T/1", 1)
        self.listed = strangers(200, beside)
        self.begins = 29 + gap
        broadcast(first, range(0, 30, 3), self.customers, self.listed, self.line)
        ordered(self.customers, self.line)
        his = [*self.listed[:kept], *strangers(300, beside - kept)]
        broadcast(later, range(self.begins, self.begins + 25, 5), self.others, his, self.later)
        for phone in self.others:
            phone.text(LINE, self.begins + 1.4, finding("save me 2 for saturday"), sent=True)
            self.later.text(phone.own, self.begins + 1.4, finding("save me 2 for saturday"), sent=False)

    async def linked(self, *, without: tuple[Phone, ...] = ()) -> Linkage:
        every = (*self.customers, *self.others, self.line, self.later)
        return await linked(*(phone for phone in every if phone not in without))

    async def is_one(self, *, without: tuple[Phone, ...] = ()) -> bool:
        """Whether the later sender, or who got his texts, is told to be of the line."""
        (line, *_) = (await self.linked(without=without)).lines
        return bool(members(line) & {"T/1", "H/0", "H/1", "H/2"}) and "C/0" in members(line)


async def test_a_seller_of_tickets_who_got_a_lines_number_is_none_of_the_line_and_no_line() -> None:
    """Neither his phone nor those who got his texts: the two lists have nobody in common."""
    for gap in (10, 20, 35):
        for later in (TICKETS, (TICKETS[1], finding("last few left, 20 each, ring me"))):
            found = await World(later, gap=gap).linked()
            assert members(the_line(found, "Rico")) == {"C/0", "C/1", "C/2", "L/1"}, (gap, later[0].template)
            assert len(found.lines) == 1
            assert not [link for link in found.links if "T/1" in link.a_device_id + link.b_device_id]


async def test_the_line_says_so_in_words() -> None:
    said = " ".join(the_line(await World().linked(), "Rico").conflicts)
    assert (
        f"{LINE} was given out anew: until 2024-01-28 L/1 (case OP/1) sent from it, from 2024-02-19 T/1 (case OP/1) "
        "sent from it; of the 28 and 28 parties to whom the two sent none is the same" in said
    )


async def test_another_line_that_got_the_number_is_a_line_of_its_own() -> None:
    world = World((offer("Echo", "{line} live on n out"), offer("Echo", "{line} best in town ring me")))
    ordered(world.others, world.later, (world.begins + 2.4, world.begins + 6.4))
    found = await world.linked()
    assert members(the_line(found, "Rico")) == {"C/0", "C/1", "C/2", "L/1"}
    assert members(the_line(found, "Echo")) == {"H/0", "H/1", "H/2", "T/1"}


async def test_so_it_is_where_neither_bears_a_name() -> None:
    assert not await World(first=NAMELESS).is_one()


async def test_who_on_the_list_goes_to_the_match_makes_no_doubt() -> None:
    assert not await World(kept=1).is_one()


async def test_of_one_whose_phone_is_not_held_those_stand_who_got_his_texts_after_a_month() -> None:
    for gap, is_one in ((35, False), (12, True)):
        world = World(gap=gap)
        assert await world.is_one(without=(world.later,)) == is_one, "a line may rest for two weeks"
    world = World(gap=35)
    assert not await world.is_one(without=(world.line,))
    # counter-example: two phones that are new on a line's list are no strangers for that
    assert await world.is_one(without=(world.later, world.others[0]))


async def test_a_line_that_changed_its_phone_and_got_its_list_together_anew_is_one() -> None:
    """Those who rang it are on the new list, a fifth of before."""
    assert await World(NAMELESS[1:] + TICKETS, first=NAMELESS, kept=6).is_one()


async def test_a_line_that_moved_to_other_customers_is_one_by_its_name_or_by_its_words() -> None:
    moved = (offer("Rico", "{line} live on n out"), offer("Rico", "{line} best in town ring me"))
    assert await World(moved).is_one(), "by its name"
    assert await World(NAMELESS, first=NAMELESS).is_one(), "by its words"


async def test_a_line_that_moved_is_one_by_whom_its_phones_write_with_and_by_its_card() -> None:
    for tie in ("people", "customers", "card"):
        world = World(first=NAMELESS)
        for place in range(3):
            boss = number(400 + place)
            for phone, day in ((world.line, 4), (world.later, world.begins + 3)) if tie == "people" else ():
                phone.text(boss, day, finding("how much u got left"), sent=False)
        for party in world.listed[:8] if tie == "customers" else ():
            world.later.text(party, world.begins + 3, finding("whats that"), sent=False)
        if tie == "card":
            world.line.iccid = world.later.iccid = ("8944100000000000011",)
        assert await world.is_one(), tie


async def test_short_lists_miss_each_other_by_chance() -> None:
    for beside, is_one in ((6, True), (25, False)):
        assert await World(beside=beside).is_one() == is_one


async def test_two_handsets_with_one_number_at_once_are_no_two_holders() -> None:
    """The one still writes when the other begins."""
    world = World(first=NAMELESS)
    world.line.text(number(201), world.begins + 4, finding("u want same again"), sent=True)
    assert await world.is_one()


async def test_a_line_that_rests_on_one_phone_is_one_whoever_is_new_on_its_list() -> None:
    world = World(first=NAMELESS)
    broadcast(NAMELESS, range(world.begins, world.begins + 20, 4), [], strangers(300), world.line)
    found = await world.linked(without=(world.later,))
    assert {row.relation for line in found.lines for row in line.devices if row.device_id == "dv-L/1"} >= {
        Relation.SENT_ADVERTS
    }
    assert len(found.lines) == 1
