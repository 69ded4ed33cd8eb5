"""A number of a line that few adverts show, which is in use again weeks after the last of them: whose it is then."""

from __future__ import annotations

from msgspec.structs import replace

from search.linkage.model import LineDevice, Linkage, Relation
from tests.fakes.phones import Phone, campaign, finding, link_between, linked, members, number, offer, the_line

LINE = number(1)
ENDED = 15
"""Day of the line's last advert."""
CUSTOMERS = {"A/0", "A/1"}
WEAK_BELOW = 0.70


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(2)]
    campaign("Rico", LINE, phones, (0, 8, ENDED))
    return phones


def in_use_from(day: float, *, friends: int = 3) -> Phone:
    """Return a phone with the line's number and ordinary talk of three weeks from a day on."""
    phone = Phone("B/1", 1)
    for later in range(21):
        friend = number(301 + later % max(friends, 1))
        if friends:
            phone.text(friend, day + later, finding(f"see you at work {later}"), sent=True)
            phone.text(friend, day + later + 0.1, finding(f"alright then {later}"), sent=False)
    return phone


def ask(phone: Phone, who: str, day: float, answer: str | None, *, asked: str = "u on") -> None:
    """Let somebody ask a phone for the line, and the phone answer that; None: it does not."""
    phone.text(who, day, finding(asked), sent=False)
    if answer is not None:
        phone.text(who, day + 0.01, finding(answer), sent=True)


async def judged(phone: Phone, *more: Phone) -> Linkage:
    return await linked(*customers(), phone, *more)


def held(linkage: Linkage) -> set[str]:
    return members(the_line(linkage, "Rico"))


def carrying(linkage: Linkage) -> LineDevice:
    """Return the row of the phone that carries the line's SIM."""
    rows = the_line(linkage, "Rico").devices
    return next(row for row in rows if row.relation is Relation.CARRIES_LINE_SIM and row.device_id == "dv-B/1")


async def test_who_tells_strangers_who_order_that_they_have_the_wrong_number_is_another() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "think u got the wrong person", asked="can i get 2")
    assert held(await judged(phone)) == CUSTOMERS


async def test_so_is_who_told_one_who_seems_to_order() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate")
    linkage = await judged(phone)
    assert held(linkage) == CUSTOMERS
    why = next(item.why for item in linkage.suppressed if item.value == LINE)
    assert "told 1 number that wrote there that whoever they ask for is not there" in why


async def test_so_is_who_tells_a_friend_again_and_again_who_is_a_customer_of_the_line() -> None:
    phone = in_use_from(ENDED + 13)
    phone.text(number(101), ENDED + 13.5, finding("happy birthday mate"), sent=True)
    for day in (ENDED + 16, ENDED + 20, ENDED + 24):
        ask(phone, number(101), day, "stop texting me this is my phone now")
    phone.text(number(101), ENDED + 30, finding("good luck today"), sent=True)
    assert held(await judged(phone)) == CUSTOMERS


async def test_so_is_who_knows_some_of_its_customers_and_refuses_as_many() -> None:
    phone = in_use_from(ENDED + 13)
    phone.text(number(102), ENDED + 14, finding("love u x"), sent=True)
    phone.text(number(102), ENDED + 14.1, finding("what size is she"), sent=False)
    for day in (ENDED + 16, ENDED + 20):
        ask(phone, number(101), day, "wrong number")
    assert held(await judged(phone)) == CUSTOMERS


async def test_the_lines_phone_that_sends_again_after_three_weeks_is_its_own_whatever_it_tells_one() -> None:
    phone = in_use_from(ENDED + 20)
    ask(phone, number(401), ENDED + 25, "wrong number mate")
    for place in range(12):
        phone.text(number(501 + place), ENDED + 22 + place / 1440, offer("Rico"), sent=True)
    assert "B/1" in held(await judged(phone))


async def test_so_is_one_of_whose_new_broadcast_customers_show_copies() -> None:
    phone, buying = in_use_from(ENDED + 20), customers()
    ask(phone, number(401), ENDED + 25, "wrong number mate")
    campaign("Rico", LINE, buying, (ENDED + 30,))
    assert "B/1" in held(await linked(*buying, phone))


async def test_a_runners_phone_with_the_lines_card_and_ordinary_talk_is_a_member_and_weakly_linked() -> None:
    phone = in_use_from(ENDED + 12)
    linkage = await judged(phone)
    assert "B/1" in held(linkage)
    assert carrying(linkage).late_days == 12
    link = link_between(linkage, Phone("A/0", 101), phone)
    assert link is not None
    assert link.score < WEAK_BELOW
    assert any("first shows 12 days after the last advert" in reason.sentence for reason in link.reasons)


async def test_a_holder_who_puts_off_a_stranger_and_sells_to_others_is_the_lines_for_sure() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate")
    for place in range(2):
        ask(phone, number(601 + place), ENDED + 18 + place, "ok walk up", asked=f"can i get {place} of both")
    linkage = await judged(phone)
    assert carrying(linkage).late_days is None
    link = link_between(linkage, Phone("A/0", 101), phone)
    assert link is not None
    assert link.score > WEAK_BELOW


async def test_a_phone_that_only_got_orders_is_the_lines_for_sure() -> None:
    phone = Phone("B/1", 1)
    for place in range(4):
        ask(phone, number(601 + place), ENDED + 13 + 3 * place, None, asked=f"can i get {place} of both")
    assert carrying(await judged(phone)).late_days is None


async def test_a_customer_who_was_put_off_twice_and_served_else_was_not_refused() -> None:
    phone = in_use_from(ENDED + 13)
    for day in (ENDED + 16, ENDED + 20):
        ask(phone, number(101), day, "wrong number")
    ask(phone, number(101), ENDED + 24, "5 mins by the shop")
    assert "B/1" in held(await judged(phone))


async def test_a_phone_whose_talk_is_with_customers_is_the_lines_whomever_it_puts_off() -> None:
    phone = in_use_from(ENDED + 13, friends=0)
    for later in range(14):
        customer = number(101 + later % 2)
        phone.text(customer, ENDED + 13 + later, finding(f"by the shop {later}"), sent=True)
        phone.text(customer, ENDED + 13.1 + later, finding(f"there now {later}"), sent=False)
    ask(phone, number(401), ENDED + 20, "wrong number mate")
    assert "B/1" in held(await judged(phone))


async def test_nor_does_one_text_free_a_phone_that_is_in_use_days_after_the_last_advert() -> None:
    phone = in_use_from(ENDED + 5)
    ask(phone, number(401), ENDED + 20, "wrong number mate")
    linkage = await judged(phone)
    assert carrying(linkage).late_days is None


async def test_one_with_the_card_that_sent_the_adverts_is_not_late() -> None:
    phone, seized = in_use_from(ENDED + 13), Phone("L/1", 1)
    phone.iccid = seized.iccid = ("8944110000000000001",)
    for place in range(12):
        seized.text(number(501 + place), ENDED - 2 + place / 1440, offer("Rico"), sent=True)
    ask(phone, number(401), ENDED + 20, "wrong number mate")
    assert carrying(await judged(phone, seized)).late_days is None


async def test_the_friend_of_a_new_holder_is_no_contact_of_the_line_though_the_phone_shows_him_later() -> None:
    """His phone was read in part: the friend shows talk with the number from before the first text on it."""
    phone, friend = in_use_from(ENDED + 13), Phone("C/1", 301)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="Rico u on")
    for day in (ENDED + 8, ENDED + 11, ENDED + 23):
        friend.text(LINE, day, finding(f"car failed mot {day}"), sent=True)
        friend.text(LINE, day + 0.01, finding(f"can you bring the drill {day}"), sent=False)
    assert held(await judged(phone, friend)) == CUSTOMERS


async def test_who_writes_with_the_number_right_after_the_last_advert_is_its_contact_still() -> None:
    phone, runner = in_use_from(ENDED + 13), Phone("C/1", 310)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="Rico u on")
    for day in (ENDED + 2, ENDED + 23):
        runner.text(LINE, day, finding(f"where u {day}"), sent=True)
        runner.text(LINE, day + 0.01, finding(f"by the shop {day}"), sent=False)
    assert held(await judged(phone, runner)) == {*CUSTOMERS, "C/1"}


async def test_the_line_s_next_handset_goes_on_with_its_customers_whatever_it_tells_a_stranger() -> None:
    """One of those who got the adverts orders each day and is answered; runners write, and a stranger is put off."""
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="can i get 2")
    for later in range(14):
        ask(phone, number(101), ENDED + 14 + later, "ok 5 mins", asked="can i get 1")
    linkage = await judged(phone)
    assert "B/1" in held(linkage)
    assert carrying(linkage).late_days is None


async def test_so_does_one_with_which_two_customers_have_calls_for_days() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate")
    for later in range(0, 12, 3):
        for customer in (101, 102):
            phone.call(number(customer), ENDED + 14 + later, made=later % 2 == 0)
    linkage = await judged(phone)
    assert "B/1" in held(linkage)
    assert carrying(linkage).late_days is None


async def test_customers_who_ask_on_in_vain_make_no_line_of_a_new_holder() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="can i get 2")
    for later in range(0, 10, 2):
        ask(phone, number(101), ENDED + 14 + later, None)
    assert held(await judged(phone)) == CUSTOMERS


async def test_a_friend_of_a_new_holder_may_have_been_a_customer() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="can i get 2")
    for later in range(14):
        ask(phone, number(101), ENDED + 14 + later, "alright then", asked="see you at work")
    assert held(await judged(phone)) == CUSTOMERS


async def test_who_puts_a_customer_off_day_by_day_does_not_go_on_with_him() -> None:
    """He shows nothing of his own: whose phone it is stays open, and no link is strong by that alone."""
    phone = in_use_from(ENDED + 13, friends=0)
    phone.text(number(101), ENDED + 13.5, finding("happy birthday mate"), sent=True)
    for later in range(5):
        ask(phone, number(101), ENDED + 14 + later, "wrong number mate", asked="can i get 2")
    linkage = await judged(phone)
    assert all(link.score < WEAK_BELOW for link in linkage.links if "dv-B/1" in {link.a_device_id, link.b_device_id})
    assert carrying(linkage).late_days is not None


def is_late_and_weak(linkage: Linkage) -> bool:
    links = [link for link in linkage.links if "dv-B/1" in {link.a_device_id, link.b_device_id}]
    return carrying(linkage).late_days is not None and all(link.score < WEAK_BELOW for link in links)


async def test_friends_who_once_write_what_reads_like_an_order_make_no_line_of_a_new_holder() -> None:
    phone = in_use_from(ENDED + 13)
    for friend in (301, 302):
        ask(phone, number(friend), ENDED + 20, "come round", asked="u about")
    assert is_late_and_weak(await judged(phone))


async def test_nor_do_orders_that_a_phone_does_not_answer_which_writes_with_friends() -> None:
    phone = in_use_from(ENDED + 13)
    for place in range(3):
        ask(phone, number(601 + place), ENDED + 14 + place, None, asked=f"can i get {place}")
    assert is_late_and_weak(await judged(phone))


async def test_nor_those_whom_a_phone_refuses_that_shows_little_else() -> None:
    phone = Phone("B/1", 1)
    for day in range(3):
        phone.text(number(301), ENDED + 13 + day, finding(f"see you {day}"), sent=True)
    for place in range(2):
        ask(phone, number(601 + place), ENDED + 14 + place, "wrong number mate", asked=f"can i get {place}")
    assert is_late_and_weak(await judged(phone))


async def test_calls_that_only_come_in_from_customers_say_nothing() -> None:
    phone = in_use_from(ENDED + 13)
    for later in range(0, 12, 3):
        for customer in (101, 102):
            phone.call(number(customer), ENDED + 14 + later, made=False)
    assert is_late_and_weak(await judged(phone))


async def test_whom_the_line_and_a_new_holder_ring_alike_are_no_customers() -> None:
    """Taxis, a takeaway: both ring them, and nobody there asks the line for anything."""
    phone, seized = in_use_from(ENDED + 13), Phone("L/1", 1)
    for place in range(12):
        seized.text(number(501 + place), ENDED - 2 + place / 1440, offer("Rico"), sent=True)
    for day in range(0, 9, 2):
        for taxi in (701, 702):
            phone.call(number(taxi), ENDED + 14 + day, made=True)
            seized.call(number(taxi), ENDED - 12 + day, made=True)
    assert is_late_and_weak(await judged(phone, seized))


async def test_a_denial_stands_whatever_closes_it() -> None:
    for closes in ("no worries", "its ok mate", "yeah sorry wrong number mate"):
        phone = in_use_from(ENDED + 13)
        ask(phone, number(401), ENDED + 20, "wrong number mate", asked="Rico can i get 2")
        ask(phone, number(401), ENDED + 20.02, closes, asked="o sorry")
        assert held(await judged(phone)) == CUSTOMERS, closes


async def test_an_order_that_is_served_after_it_voids_the_denial() -> None:
    phone = in_use_from(ENDED + 13)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="Rico can i get 2")
    ask(phone, number(401), ENDED + 20.02, "ok 5 mins", asked="can i get 2 tho")
    assert "B/1" in held(await judged(phone))


async def test_those_who_only_ring_the_lines_next_handset_do_not_speak_against_those_who_order() -> None:
    phone = Phone("B/1", 1)
    for place in range(4):
        ask(phone, number(601 + place), ENDED + 20 + place, "5 mins", asked=f"can i get {place}")
    for place in range(6):
        phone.call(number(611 + place), ENDED + 21, made=False)
    linkage = await judged(phone)
    assert "B/1" in held(linkage)
    assert carrying(linkage).late_days is None


async def test_those_whom_a_phone_serves_day_by_day_are_no_people_of_its_own() -> None:
    """What they ask is nearly an order ("you in"), as that of friends is, but they write nothing else."""
    phone = Phone("B/1", 1)
    ask(phone, number(401), ENDED + 20, "wrong number mate", asked="can i get 2")
    nearly = replace(finding("you in"), order_score=0.75)
    for later in range(15):
        other = number(601 + later % 3)
        phone.text(other, ENDED + 13 + later, nearly, sent=False)
        phone.text(other, ENDED + 13.01 + later, finding(f"by the shop {later}"), sent=True)
    assert "B/1" in held(await judged(phone))
