"""A number of a line that was given out again after weeks, to somebody whose talk reads like an advert once."""

from __future__ import annotations

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_from, moved_to, number, offer, the_line

LINE, FRIEND = number(1), number(301)
CUSTOMERS = range(3)


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", LINE, phones, range(30))
    return phones


def holder_from(day: float, *, people: int = 1) -> Phone:
    """Return an ordinary phone with the line's number, in use from a day on."""
    phone = Phone("B/1", 1)
    for later in range(10):
        phone.text(FRIEND, day + later, finding(f"see you at work {later}"), sent=True)
        phone.text(FRIEND, day + later + 0.1, finding(f"alright then {later}"), sent=False)
    for place in range(people):
        phone.text(number(301 + place), day + 5 + place / 1440, offer(None, "friday pay day"), sent=True)
    return phone


async def judged(holder: Phone, *more: Phone) -> tuple[Linkage, set[str]]:
    linkage = await linked(*customers(), holder, *more)
    return linkage, members(the_line(linkage, "Rico"))


async def test_who_got_the_number_later_and_writes_to_one_what_reads_like_an_advert_is_no_member() -> None:
    linkage, held = await judged(holder_from(90))
    assert held == {"A/0", "A/1", "A/2"}
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "B/1" in why[LINE]
    assert "1 text of it read" in why[LINE]


async def test_nor_who_got_it_three_weeks_after_the_last_advert() -> None:
    _, held = await judged(holder_from(50))
    assert held == {"A/0", "A/1", "A/2"}


async def test_nor_is_the_friend_who_got_that_text() -> None:
    friend = Phone("B/2", 301)
    friend.text(LINE, 95, offer(None, "friday pay day"), sent=False)
    friend.text(LINE, 95.1, finding("u rich now"), sent=True)
    _, held = await judged(holder_from(90), friend)
    assert held == {"A/0", "A/1", "A/2"}


async def test_a_phone_that_sends_to_many_after_a_silence_is_the_lines() -> None:
    _, held = await judged(holder_from(90, people=12))
    assert "B/1" in held


async def test_a_phone_in_use_while_customers_get_adverts_from_its_number_is_the_lines() -> None:
    _, held = await judged(holder_from(20))
    assert "B/1" in held


async def judged_after(*, writes_first: bool) -> set[str]:
    """Return the members beside the customers, of phones that write with the number days after its last advert."""
    other = Phone("C/1", 310)
    notice = finding("this number is held by the police, ring 101 if you need help")
    said = [(notice, False), (finding("who is this, i never had this number"), True)]
    for place, (text, sent) in enumerate(reversed(said) if writes_first else said):
        other.text(LINE, 33 + place / 100, text, sent=sent)
    linkage = await linked(*customers(), other)
    return members(the_line(linkage, "Rico")) - {"A/0", "A/1", "A/2"}


async def test_who_answers_what_came_from_the_number_after_its_last_advert_is_no_contact_of_the_line() -> None:
    assert await judged_after(writes_first=False) == set()


async def test_who_writes_to_it_first_is_one() -> None:
    assert await judged_after(writes_first=True) == {"C/1"}


def new_holder(day: float) -> Phone:
    """Return a phone that states the line's number and none of whose texts reads like an advert."""
    phone = Phone("B/1", 1)
    for later in range(10):
        phone.text(FRIEND, day + later, finding(f"see you at work {later}"), sent=True)
        phone.text(FRIEND, day + later + 0.1, finding(f"alright then {later}"), sent=False)
    return phone


async def test_a_phone_that_got_the_number_three_weeks_later_and_sent_no_advert_carries_no_sim_of_the_line() -> None:
    linkage, held = await judged(new_holder(51))
    assert held == {"A/0", "A/1", "A/2"}
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "B/1 (case OP/1) had this number at another time" in why[LINE]


async def test_a_phone_with_the_number_in_use_days_after_the_last_advert_carries_the_lines_sim() -> None:
    _, held = await judged(new_holder(36))
    assert "B/1" in held


async def test_a_silence_is_long_by_how_often_the_number_sent() -> None:
    daily, seldom = customers(), [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", LINE, seldom, range(0, 30, 3))
    for phones, is_other in ((daily, True), (seldom, False)):
        held = members(the_line(await linked(*phones, new_holder(39)), "Rico"))
        assert ("B/1" not in held) == is_other


async def test_who_writes_with_the_new_holder_is_no_contact_of_the_line() -> None:
    friend = Phone("B/2", 301)
    for later in range(3):
        friend.text(LINE, 51 + later, finding(f"see you at work {later}"), sent=False)
        friend.text(LINE, 51 + later + 0.1, finding(f"alright then {later}"), sent=True)
    _, held = await judged(new_holder(51), friend)
    assert held == {"A/0", "A/1", "A/2"}


async def test_who_wrote_with_the_line_too_is_its_contact() -> None:
    runner = Phone("B/2", 301)
    runner.text(LINE, 10, finding("where u"), sent=True)
    runner.text(LINE, 51, finding("who is this"), sent=True)
    _, held = await judged(new_holder(51), runner)
    assert held == {"A/0", "A/1", "A/2", "B/2"}


async def test_the_lines_own_sim_in_another_handset_weeks_later_is_its_sim() -> None:
    own = Phone("C/1", 1)
    wording = offer("Rico")
    for day in range(5):
        for place in range(15):
            own.text(number(101 + place), day + place / 10_000, wording, sent=True)
    later = new_holder(51)
    own.iccid = later.iccid = ("8944110068256270017",)
    _, held = await judged(later, own)
    assert {"B/1", "C/1"} <= held


async def held_of_few_adverts(*, is_left: bool, got_on: int = 40) -> set[str]:
    """Return the members where one broadcast of the number is all that is held of it, and another got it on a day."""
    phones = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", LINE, phones, (24,))
    campaign("Rico", number(2), phones, range(26, 34))
    if is_left:
        for phone in phones:
            phone.text(LINE, 25, moved_to(number(2), "Rico"), sent=False)
    return members(the_line(await linked(*phones, new_holder(got_on)), "Rico"))


async def test_of_a_number_that_was_given_up_a_few_adverts_show_when() -> None:
    assert "B/1" not in await held_of_few_adverts(is_left=True)


async def test_a_number_that_its_line_said_it_left_is_anothers_days_later() -> None:
    assert "B/1" not in await held_of_few_adverts(is_left=True, got_on=32)
    assert "B/1" in await held_of_few_adverts(is_left=True, got_on=28)


async def test_the_number_says_so_in_a_text_that_is_no_advert_too() -> None:
    for says_so in (False, True):
        phones = customers()
        if says_so:
            phones[0].text(LINE, 29.5, moved_to(number(2)), sent=False)
        held = members(the_line(await linked(*phones, new_holder(36)), "Rico"))
        assert ("B/1" in held) != says_so


async def test_of_another_they_may_be_a_sample_that_lacks_later_ones() -> None:
    assert "B/1" in await held_of_few_adverts(is_left=False)


def kept_handset(days: range) -> Phone:
    """Return a phone that states the line's number last, and with which one wrote on these days."""
    phone = Phone("B/1", 1)
    for day in days:
        phone.text(FRIEND, day, finding(f"see you at work {day}"), sent=True)
        phone.text(FRIEND, day + 0.1, finding(f"alright then {day}"), sent=False)
    return phone


async def test_a_handset_kept_for_a_new_number_shows_when_it_had_it() -> None:
    holder = Phone("B/1", 1)
    for day in range(0, 120, 3):
        holder.own = number(320) if day < 80 else LINE
        holder.text(FRIEND, day, finding(f"see you at work {day}"), sent=True)
    _, held = await judged(holder)
    assert held == {"A/0", "A/1", "A/2"}


async def test_a_handset_in_use_all_along_that_sent_none_of_the_adverts_got_the_number_later() -> None:
    linkage, held = await judged(kept_handset(range(-20, 90, 2)))
    assert held == {"A/0", "A/1", "A/2"}
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "B/1 (case OP/1) had this number at another time" in why[LINE]


async def test_one_that_wrote_with_a_customer_in_that_time_carries_the_lines_sim() -> None:
    holder = kept_handset(range(-20, 90, 2))
    holder.text(number(101), 12, finding("5 mins"), sent=True)
    _, held = await judged(holder)
    assert "B/1" in held


async def test_one_that_was_not_in_use_for_weeks_after_carries_it_too() -> None:
    _, held = await judged(kept_handset(range(-20, 34, 2)))
    assert "B/1" in held


async def test_one_text_of_such_a_handset_that_reads_like_an_advert_is_none_of_the_line() -> None:
    """Whichever number it went out from: nothing shows that."""
    for own in (number(320), LINE):
        holder = kept_handset(range(-20, 90, 2))
        holder.own = own
        holder.text(FRIEND, 5.5, offer(None, "friday pay day"), sent=True)
        holder.own = LINE
        _, held = await judged(holder)
        assert held == {"A/0", "A/1", "A/2"}


async def held_with_friends(
    *, is_customer_known_before: bool = True, others: int = 2, is_left: bool = True, do_they_show: str = "the old"
) -> set[str]:
    """Return the members where a handset in use all along wrote with a customer, and with other phones held.

    These show it from another number then, or its calls or what they wrote to it or what they got from it as of the
    line's number.
    """
    holder = kept_handset(range(-20, 90, 2))
    if is_customer_known_before:
        holder.text(number(101), -8, finding("is the kettle on"), sent=True)
    holder.text(number(101), 12, finding("have you fed the dog"), sent=True)
    friends = []
    for place in range(others):
        friends.append(Phone(f"C/{place}", 330 + place))
        holder.text(number(330 + place), 13 + place, finding("any jobs going at yours"), sent=True)
        if do_they_show == "calls":
            friends[-1].call(LINE, 13 + place, made=False)
        else:
            said, shown = (
                finding(f"any jobs going at yours {place}"),
                number(320) if do_they_show == "the old" else LINE,
            )
            friends[-1].text(shown, 13 + place, said, sent=do_they_show == "writing")
    phones = customers()
    if is_left:
        for phone in phones:
            phone.text(LINE, 29.5, moved_to(number(2), "Rico"), sent=False)
        campaign("Rico", number(2), phones, range(31, 40))
    return members(the_line(await linked(*phones, holder, *friends), "Rico"))


async def test_a_friend_of_old_may_be_a_customer_of_the_line_that_left_the_number() -> None:
    assert "B/1" not in await held_with_friends()


async def test_one_who_came_with_the_adverts_is_a_customer_of_the_phone_and_so_are_most_whom_it_writes_to() -> None:
    assert "B/1" in await held_with_friends(is_customer_known_before=False)
    assert "B/1" in await held_with_friends(others=1)


async def test_a_friend_who_gets_its_adverts_shows_that_the_phone_is_the_lines_if_it_never_left_the_number() -> None:
    assert "B/1" in await held_with_friends(is_left=False)


async def test_and_so_do_those_who_have_to_do_with_the_number_while_it_sends_adverts() -> None:
    """Runners get none of these."""
    for way in ("getting", "writing", "calls"):
        assert "B/1" in await held_with_friends(do_they_show=way), way


async def held_from_among_adverts(
    *, is_left: bool = True, same_people: int = 2, began: int = 20, until: int = 90, customer: int | None = None
) -> set[str]:
    """Return the members where a phone that states the number shows texts from a day among its adverts on."""
    phones = customers()
    if is_left:
        for phone in phones:
            phone.text(LINE, 29.5, moved_to(number(2), "Rico"), sent=False)
        campaign("Rico", number(2), phones, range(31, 40))
    holder = Phone("B/1", 1)
    for day in range(began, until, 2):
        for place in range(3):
            friend = place if place < same_people or day < 30 else 10 + place
            holder.text(number(301 + friend), day + place / 10, finding(f"see you at work {day}"), sent=True)
    if customer is not None:
        holder.text(number(customer), began + 3, finding("5 mins"), sent=True)
    return members(the_line(await linked(*phones, holder), "Rico"))


async def test_a_phone_in_use_from_among_the_adverts_of_a_number_that_was_left_got_it_later() -> None:
    assert "B/1" not in await held_from_among_adverts()


async def test_it_did_not_if_the_line_never_left_it_or_nothing_shows_that_it_is_the_same_persons() -> None:
    assert "B/1" in await held_from_among_adverts(is_left=False)
    assert "B/1" in await held_from_among_adverts(same_people=1)
    assert "B/1" in await held_from_among_adverts(until=38)


async def test_nor_if_it_wrote_with_a_customer_or_hardly_an_advert_went_out_while_it_was_in_use() -> None:
    assert "B/1" in await held_from_among_adverts(customer=101)
    assert "B/1" in await held_from_among_adverts(began=28)


def newcomer(*, people: int = 12, day: float = 90) -> Phone:
    """Return a phone whose owner tells many that the line's number is his new one, and writes to one of offers."""
    phone = holder_from(day)
    for place in range(people):
        phone.text(number(301 + place), day + place / 1440, moved_from(None), sent=True)
    return phone


async def test_who_tells_many_weeks_later_that_this_is_his_new_number_is_another() -> None:
    linkage, held = await judged(newcomer())
    assert held == {"A/0", "A/1", "A/2"}
    (why,) = {item.why for item in linkage.suppressed if item.kind == "number" and item.value == LINE}
    assert "told many that it is its new number" in why


async def test_also_where_the_line_went_on_from_a_phone_that_states_no_number() -> None:
    phone = Phone("L/1", None)
    for day in range(120):
        for place in CUSTOMERS:
            phone.text(number(101 + place), day, offer("Rico"), sent=True)
    _, held = await judged(newcomer(), phone)
    assert "B/1" not in held
    assert "L/1" in held


async def test_not_who_tells_it_days_after_the_adverts_or_sends_offers_to_many() -> None:
    selling = newcomer()
    for place in range(12):
        selling.text(number(301 + place), 100 + place / 1440, offer("Rico"), sent=True)
    for holder in (newcomer(day=36), selling):
        linkage = await linked(*customers(), holder)
        assert not [item for item in linkage.suppressed if "told many" in item.why]


async def judged_asked(holder: Phone) -> set[str]:
    """Return the members where every customer who is held asks the number's new holder for the line."""
    phones = customers()
    for place, phone in enumerate(phones):
        asked = finding(f"can i get {place}")
        phone.text(LINE, 96, asked, sent=True)
        holder.text(number(101 + place), 96, asked, sent=False)
        holder.text(number(101 + place), 96.1, finding("wrong number mate"), sent=True)
    return members(the_line(await linked(*phones, holder), "Rico"))


async def test_nor_is_he_one_where_customers_ask_him_for_the_line() -> None:
    assert await judged_asked(holder_from(90)) == {"A/0", "A/1", "A/2"}


async def test_he_is_where_his_advert_went_to_who_orders_or_to_several_or_soon_after_the_lines() -> None:
    ordering = holder_from(90)
    ordering.text(FRIEND, 92, finding("can i get 2"), sent=False)
    for holder in (ordering, holder_from(90, people=3), holder_from(42)):
        assert "B/1" in await judged_asked(holder)


async def test_and_where_it_bears_a_name_or_others_got_it() -> None:
    for said in (offer("Rico", "{line} friday pay day"), offer("Rico")):
        holder = new_holder(90)
        holder.text(FRIEND, 95, said, sent=True)
        assert "B/1" in await judged_asked(holder)


def ordered_from(day: float, *, customers: int, friends: int) -> Phone:
    """Return a phone with the line's number, in use from a day on, to whom people write who order, and others."""
    phone = Phone("B/1", 1)
    for place in range(customers + friends):
        asked = f"can i get {place} of each" if place < customers else f"see you at nans on sunday {place}"
        phone.text(number(401 + place), day + place, finding(asked), sent=False)
        phone.text(number(401 + place), day + place + 0.1, finding(f"yeah no worries {place}"), sent=True)
    return phone


async def test_who_is_ordered_from_by_most_who_write_weeks_after_the_last_advert_has_the_lines_card() -> None:
    _, held = await judged(ordered_from(48, customers=4, friends=2))
    assert "B/1" in held


async def test_who_has_people_of_his_own_and_is_asked_by_customers_who_do_not_know_is_another() -> None:
    _, held = await judged(ordered_from(48, customers=4, friends=6))
    assert "B/1" not in held


async def test_nor_is_the_phone_that_customers_ask_months_later_of_the_line() -> None:
    _, held = await judged(ordered_from(120, customers=4, friends=0))
    assert "B/1" not in held
