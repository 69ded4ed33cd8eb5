"""A phone with the next number of a line got texts of the one before: it worked for it, and passed nothing on."""

from __future__ import annotations

from tests.fakes.phones import Phone, campaign, finding, linked, number, offer

OLD, NEW, FALSE = number(1), number(2), number(3)
WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best", "{line} live all day")


async def test_what_two_runners_were_told_alike_keeps_no_number_of_the_line_from_the_next_one() -> None:
    """An imitator who began in between had taken its place."""
    customers = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(WORDINGS):
        campaign("Nixon", OLD, customers, range(place, 30, 4), wording)
    runner, other = Phone("SM/9", 2), Phone("SM/8", 201)
    for turn, day in enumerate((32, 36, 40, 44)):
        for place, customer in enumerate(customers):
            sent = offer("Nixon", WORDINGS[turn])
            runner.text(str(customer.own), day + place / 1440, sent, sent=True)
            customer.text(NEW, day + place / 1440, sent, sent=False)
    told = finding("someone coming to u in 5 blue coat")
    runner.text(OLD, 10, told, sent=False)
    other.text(OLD, 10 + 4 / 1440, told, sent=False)
    others = [Phone(f"B/{place}", 301 + place) for place in range(2)]
    campaign("Nixon", FALSE, others, range(31, 60, 5), WORDINGS[0])
    lines = (await linked(runner, other, *customers, *others)).lines
    assert sorted(sorted(held.number for held in line.numbers) for line in lines) == [[OLD, NEW], [FALSE]]
