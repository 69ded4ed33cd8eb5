from __future__ import annotations

import itertools
import random

import msgspec

from search.linkage.model import Relation
from tests.fakes.phones import (
    Phone,
    campaign,
    finding,
    link_between,
    linked,
    members,
    moved_from,
    moved_to,
    number,
    offer,
    the_line,
)

LINE, NEXT, THIRD = number(1), number(2), number(3)
CHAT = finding("ok see you there")


async def test_a_line_is_found_on_customers_phones_alone() -> None:
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [a, b], [0, 1, 2])
    linkage = await linked(a, b)
    line = the_line(linkage, "Rico")
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"A/1", "A/2"}
    assert [nickname[:2] for nickname in line.nicknames] == [("Rico line", 6)]
    link = link_between(linkage, a, b)
    assert link is not None
    assert link.band == "strong"
    assert link.reasons[0].kind == "same_number"
    assert link.reasons[0].record_ids


async def test_one_name_in_two_forces_stays_two_lines_and_is_weak_at_most() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    campaign("Rico", LINE, phones[:2], [0, 1, 2], "{line} on both 3 for 25")
    campaign("Rico", NEXT, phones[2:], [0, 1, 2], "{line} about best of both ring now")
    linkage = await linked(*phones)
    assert len(linkage.lines) == 2
    for a, b in itertools.product(phones[:2], phones[2:]):
        link = link_between(linkage, a, b)
        assert link is None or link.band == "weak"
    assert {(item.kind, item.value) for item in linkage.suppressed} >= {("nickname", "rico")}


async def test_a_wording_that_two_lines_use_joins_nothing() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    campaign("Rico", LINE, phones[:2], [0, 1, 2])
    campaign("Echo", NEXT, phones[2:], [0, 1, 2])
    linkage = await linked(*phones)
    assert {line.name for line in linkage.lines} == {"Rico", "Echo"}
    assert link_between(linkage, phones[0], phones[2]) is None
    assert [item for item in linkage.suppressed if item.kind == "template"]


async def test_one_name_and_wordings_in_common_without_customers_stay_below_moderate_while_in_use_at_once() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    for wording in ("{line} on", "{line} about {deal}"):
        campaign("Rico", LINE, phones[:2], range(20), wording)
        campaign("Rico", NEXT, phones[2:], [day + 0.4 for day in range(20)], wording)
    linkage = await linked(*phones)
    assert len(linkage.lines) == 2
    link = link_between(linkage, phones[0], phones[2])
    assert link is not None
    assert link.band == "weak"


async def test_an_imitator_with_the_same_name_and_customers_is_kept_apart_and_said() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(0, 40, 2), "{line} on both 3 for 25")
    campaign("Rico", NEXT, phones[:2], range(10, 40, 2), "{line} round now come quick")
    linkage = await linked(*phones)
    assert len(linkage.lines) == 2
    assert all(any("kept apart" in conflict for conflict in line.conflicts) for line in linkage.lines)


async def test_an_imitator_that_claims_to_be_the_new_number_is_not_believed_while_the_old_goes_on() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(0, 60, 2))
    for phone in phones:
        phone.text(NEXT, 10, moved_from(LINE, "Rico"), sent=False)
    campaign("Rico", NEXT, phones, range(11, 60, 3), "{line} round now come quick")
    linkage = await linked(*phones)
    real = next(line for line in linkage.lines if line.numbers[0].number == LINE)
    assert [held.number for held in real.numbers] == [LINE]
    assert any("not taken over" in conflict for conflict in real.conflicts)


async def test_a_line_that_warns_of_who_began_to_use_its_name_has_not_taken_that_number_over() -> None:
    """ "Dont ring 07700 900957 thats not Rico" reads like the end of an old number."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(0, 30, 2))
    campaign("Rico", NEXT, phones[:2], range(12, 20, 3), "{line} round now come quick")
    for phone in phones:
        phone.text(LINE, 14, moved_from(NEXT, "Rico"), sent=False)
    linkage = await linked(*phones)
    real = next(line for line in linkage.lines if line.numbers[0].number == LINE)
    assert [held.number for held in real.numbers] == [LINE]
    assert any("had long been in use" in conflict for conflict in real.conflicts)


async def test_succession_announced_by_the_old_number() -> None:
    a, b, c = Phone("A/1", 101), Phone("A/2", 102), Phone("A/3", 103)
    campaign("Rico", LINE, [a, b], range(10))
    a.text(LINE, 10, moved_to(NEXT, "Rico"), sent=False)
    campaign("Rico", NEXT, [c], range(11, 20))
    linkage = await linked(a, b, c)
    line = the_line(linkage, "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}
    link = link_between(linkage, b, c)
    assert link is not None
    assert link.band == "strong"
    assert link.reasons[0].kind == "number_announcement"


async def test_succession_announced_by_the_new_number_when_the_old_falls_silent() -> None:
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [a, b], range(10))
    for phone in (a, b):
        phone.text(NEXT, 12, moved_from(LINE, "Rico"), sent=False)
    campaign("Rico", NEXT, [a, b], range(13, 20), "{line} back on")
    line = the_line(await linked(a, b), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}


async def test_a_new_numbers_first_word_about_the_one_that_fell_silent_makes_it_the_next_however_it_is_read() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    told = msgspec.structs.replace(moved_to(LINE), is_advert=True, advert_score=0.9)
    for phone in phones:
        for day in range(10):
            phone.text(LINE, day, offer(None, "b n w ready ring me"), sent=False)
        phone.text(LINE, 3.3, finding("u on"), sent=True)
        phone.text(NEXT, 11, told, sent=False)
        for day in range(12, 20):
            phone.text(NEXT, day, offer(None, "about best of both ring now"), sent=False)
        phone.text(NEXT, 13.3, finding("u on"), sent=True)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}


async def test_a_number_that_announces_that_an_earlier_one_is_back_is_the_older_one() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", NEXT, phones, range(10))
    for phone in phones:
        phone.text(NEXT, 9.5, moved_to(LINE, "Rico"), sent=False)
    campaign("Rico", LINE, phones, range(10, 20))
    line = the_line(await linked(*phones), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: NEXT, NEXT: None}


async def test_the_first_number_that_the_third_announces_again_took_over_from_that() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for start, sender, following in ((1, LINE, NEXT), (21, NEXT, THIRD), (41, THIRD, LINE)):
        campaign("Rico", sender, phones, [start + day for day in (0, 4, 8, 14)])
        for phone in phones:
            phone.text(sender, start + 19, moved_to(following, "Rico"), sent=False)
    assert {held.number: held.succeeds for held in the_line(await linked(*phones), "Rico").numbers} == {
        LINE: None,
        NEXT: LINE,
        THIRD: NEXT,
    }, "it was announced, and was not in use again"
    campaign("Rico", LINE, phones, [61, 65, 69, 75])
    line = the_line(await linked(*phones), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: THIRD, NEXT: LINE, THIRD: NEXT}


async def test_two_numbers_that_go_on_beside_each_other_follow_on_neither_whatever_is_announced() -> None:
    for old, new, day in (
        ([*range(1, 30, 4), *range(62, 120, 4)], range(31, 120, 4), 60),
        (range(1, 120, 3), [day + 0.5 for day in range(40, 120, 3)], 40.8),
    ):
        phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
        campaign("Rico", LINE, phones, old)
        campaign("Rico", NEXT, phones, new, "{line} on both 3 for 25")
        for phone in phones:
            phone.text(NEXT, day, moved_to(LINE, "Rico"), sent=False)
        line = the_line(await linked(*phones), "Rico")
        assert {held.number: held.succeeds for held in line.numbers}[LINE] is None


async def test_a_chain_of_three_numbers_reaches_from_the_first_to_the_last() -> None:
    a, b, c = Phone("A/1", 101), Phone("A/2", 102), Phone("A/3", 103)
    campaign("Rico", LINE, [a], range(5))
    a.text(LINE, 5, moved_to(NEXT, "Rico"), sent=False)
    campaign("Rico", NEXT, [b], range(6, 12))
    b.text(NEXT, 12, moved_to(THIRD, "Rico"), sent=False)
    campaign("Rico", THIRD, [c], range(13, 20))
    linkage = await linked(a, b, c)
    line = the_line(linkage, "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE, THIRD: NEXT}
    assert members(line) == {"A/1", "A/2", "A/3"}
    link = link_between(linkage, a, c)
    assert link is not None
    assert link.band == "strong"


async def test_a_number_only_announced_belongs_to_the_line() -> None:
    a, runner = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [a], range(5))
    a.text(LINE, 5, moved_to(NEXT, "Rico"), sent=False)
    runner.text(NEXT, 8, CHAT, sent=True)
    line = the_line(await linked(a, runner), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}
    assert members(line) == {"A/1", "A/2"}


async def test_two_numbers_at_once_are_one_line_and_no_succession() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(2)]
    phones[0].text(LINE, 1, moved_to(NEXT, "Rico"), sent=False)
    campaign("Rico", LINE, phones, range(60))
    campaign("Rico", NEXT, phones, range(2, 60))
    line = the_line(await linked(*phones), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None}


async def test_a_recycled_number_breaks_and_the_later_holder_is_no_member() -> None:
    customers = [Phone("A/1", 101), Phone("A/2", 102)]
    campaign("Rico", LINE, customers, range(10))
    friend = Phone("B/1", 110)
    for day in range(400, 410):
        friend.text(LINE, day, CHAT, sent=True)
        friend.call(LINE, day, made=False)
    linkage = await linked(*customers, friend)
    assert members(the_line(linkage, "Rico")) == {"A/1", "A/2"}
    assert link_between(linkage, customers[0], friend) is None


async def test_a_number_used_by_two_lines_one_after_the_other_is_two_lines() -> None:
    early, late = [Phone("A/1", 101), Phone("A/2", 102)], [Phone("B/1", 111), Phone("B/2", 112)]
    campaign("Rico", LINE, early, range(10))
    campaign("Echo", LINE, late, range(400, 410), "{line} live on n out")
    linkage = await linked(*early, *late)
    assert {line.name: members(line) for line in linkage.lines} == {"Rico": {"A/1", "A/2"}, "Echo": {"B/1", "B/2"}}
    assert link_between(linkage, early[0], late[0]) is None
    assert any(item.kind == "number" and item.value == LINE for item in linkage.suppressed)


async def test_a_greeting_read_as_a_name_does_not_bridge_two_holders_of_a_number() -> None:
    early, late = [Phone("A/1", 101), Phone("A/2", 102)], [Phone("B/1", 111), Phone("B/2", 112)]
    for name, phones, days in (("Rico", early, range(10)), ("Echo", late, range(400, 410))):
        campaign(name, LINE, phones, days)
        campaign(name, LINE, phones, days, "{line} live on n out")
        campaign("Easy Fam", LINE, phones, days, "{line} got both in")
    linkage = await linked(*early, *late)
    assert {line.name: members(line) for line in linkage.lines} == {"Rico": {"A/1", "A/2"}, "Echo": {"B/1", "B/2"}}


async def test_a_line_that_changes_its_name_stays_one() -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102)]
    campaign("Rico", LINE, phones, range(10))
    campaign("Echo", LINE, phones, range(11, 30))
    (line,) = (await linked(*phones)).lines
    assert set(line.folded_names) == {"rico", "echo"}
    assert line.name == "Echo"
    assert any("names" in conflict for conflict in line.conflicts)


async def test_two_lines_with_the_same_customers_stay_apart_and_it_is_said() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(10), "{line} on both 3 for 25")
    campaign("Echo", NEXT, phones, range(10), "{line} live on n out")
    linkage = await linked(*phones)
    assert {line.name for line in linkage.lines} == {"Rico", "Echo"}
    (shared,) = [item for item in linkage.suppressed if item.kind == "shared_contacts"]
    assert shared.device_count == 3


async def test_a_number_that_is_only_saved_or_written_is_a_mention() -> None:
    a, b, c = Phone("A/1", 101), Phone("B/1", 111), Phone("B/2", 112)
    campaign("Rico", LINE, [a], range(5))
    b.save(LINE, "Rico")
    c.text(number(120), 3, moved_to(LINE), sent=False)
    linkage = await linked(a, b, c)
    line = the_line(linkage, "Rico")
    assert members(line) == {"A/1"}
    assert {(row.device_id, row.relation) for row in line.devices} >= {
        ("dv-B/1", Relation.MENTIONS_LINE),
        ("dv-B/2", Relation.MENTIONS_LINE),
    }
    assert link_between(linkage, a, b) is None


async def test_a_text_of_the_police_from_the_seized_number_makes_no_member_and_no_line_flare() -> None:
    customer, other = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [customer], range(10))
    notice = finding("This number has been seized by police. Help is available.")
    for phone in (customer, other):
        phone.text(LINE, 15, notice, sent=False)
    linkage = await linked(customer, other)
    assert members(the_line(linkage, "Rico")) == {"A/1"}
    assert link_between(linkage, customer, other) is None


async def test_a_persons_own_change_of_number_is_no_line() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    for phone in phones:
        phone.text(number(50), 3, moved_to(number(51)), sent=False)
        phone.text(number(60), 3, moved_to(number(61), "Sarah"), sent=False)  # mistaken for an advert
    linkage = await linked(*phones)
    assert linkage.lines == ()
    assert linkage.links == ()


async def test_a_forwarded_advert_makes_no_line_of_the_friend() -> None:
    customer, friend = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [customer], range(5))
    customer.text(friend.own, 3, offer("Rico"), sent=True)
    friend.text(customer.own, 3, offer("Rico"), sent=False)
    linkage = await linked(customer, friend)
    line = the_line(linkage, "Rico")
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"A/1"}


async def test_a_runner_with_texts_to_and_from_the_number_is_a_contact() -> None:
    customer, runner = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [customer], range(10))
    for day in range(5):
        runner.text(LINE, day, CHAT, sent=False)
        runner.text(LINE, day, CHAT, sent=True)
    linkage = await linked(customer, runner)
    rows = {row.device_id: row.relation for row in the_line(linkage, "Rico").devices}
    assert rows["dv-A/2"] == Relation.CONTACT_OF_LINE
    link = link_between(linkage, customer, runner)
    assert link is not None
    assert link.score >= 0.70
    assert {t.device_id: t.kind for t in linkage.traffic} == {
        "dv-A/1": "receives_adverts",
        "dv-A/2": "one_to_one_with_line",
    }


async def test_the_lines_own_phone_sends_and_carries_its_sim() -> None:
    phone, customer = Phone("L/1", 1), Phone("A/1", 101)
    for day in range(3):
        for place in range(12):
            phone.text(number(100 + place), day + place / 1440, offer("Rico"), sent=True)
        customer.text(LINE, day, offer("Rico"), sent=False)
    linkage = await linked(phone, customer)
    line = the_line(linkage, "Rico")
    relations = {row.relation for row in line.devices if row.device_id == "dv-L/1"}
    assert relations == {Relation.SENT_ADVERTS, Relation.CARRIES_LINE_SIM}
    assert len([placed for placed in linkage.flares if placed.line_id == line.line_id]) == 6


async def test_a_handset_without_a_known_number_gets_it_from_the_broadcasts_that_others_received() -> None:
    phone, customer = Phone("L/1", None), Phone("A/1", 101)
    for day in range(3):
        for place in range(12):
            phone.text(number(100 + place), day + place / 1440, offer("Rico"), sent=True)
        customer.text(LINE, day + 5 / 1440, offer("Rico"), sent=False)
    linkage = await linked(phone, customer)
    line = the_line(linkage, "Rico")
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"L/1", "A/1"}


async def test_one_handset_that_changes_its_sim_is_one_line() -> None:
    phone, customer = Phone("L/1", None), Phone("A/1", 101)
    for own, days in ((LINE, range(3)), (NEXT, range(4, 8))):
        phone.own = own
        for day, place in itertools.product(days, range(12)):
            phone.text(number(100 + place), day + place / 1440, offer("Rico"), sent=True)
    phone.own = None
    campaign("Rico", LINE, [customer], range(3))
    line = the_line(await linked(phone, customer), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}


async def test_a_line_known_by_a_saved_name_alone_is_found_without_a_number() -> None:
    phone = Phone("W/1", 101)
    for day in range(4):
        phone.text(None, day, offer("Rico"), sent=False, name="Rico 2")
    linkage = await linked(phone)
    line = the_line(linkage, "Rico")
    assert line.numbers == ()
    assert members(line) == {"W/1"}
    assert [placed.flare.sender for placed in linkage.flares] == ["Rico 2"] * 4


async def test_a_phone_that_wrote_to_a_sender_whom_it_shows_by_a_name_alone_is_a_contact_too() -> None:
    relations = {}
    for writes in (True, False):
        phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
        campaign("Rico", LINE, phones[1:], range(6))
        phones[1].text(LINE, 1.3, finding("u on"), sent=True)
        for day in range(6):
            phones[0].text(None, day, offer("Rico"), sent=False, name="R 2")
        if writes:
            phones[0].text(None, 2.3, finding("can i get 2"), sent=True, name="R 2")
        rows = [row for row in the_line(await linked(*phones), "Rico").devices if row.device_id == "dv-A/0"]
        assert all(row.record_ids for row in rows)
        relations[writes] = [(row.relation, row.advert_count) for row in rows]
    assert relations[False] == [(Relation.RECEIVED_ADVERTS, 6)]
    assert relations[True] == [(Relation.CONTACT_OF_LINE, 0), (Relation.RECEIVED_ADVERTS, 6)]


async def test_a_name_is_tied_to_the_number_that_others_show_and_not_to_that_of_a_later_sim_of_the_sender() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    own = Phone("L/1", 2)
    for day in range(6):
        campaign("Rico", LINE, phones[1:], [day], f"{{line}} about til {day} {'late ' * day}")
        said = offer("Rico", f"{{line}} about til {day} {'late ' * day}")
        phones[0].text(None, day, said, sent=False, name="R 2")
        for place in range(15):
            own.text(number(101 + place), day, said, sent=True)
    phones[1].text(LINE, 1.3, finding("u on"), sent=True)
    line = the_line(await linked(*phones, own), "Rico")
    (row,) = [row for row in line.devices if row.device_id == "dv-A/0"]
    assert row.numbers == (LINE,)


async def test_a_hub_links_nothing_and_is_listed() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(8)]
    for phone in phones:
        phone.call(number(500), 1, made=True)
        phone.text("84433", 1, finding("Your code is 123456"), sent=False)
    linkage = await linked(*phones)
    assert linkage.links == ()
    assert {(item.kind, item.value, item.device_count) for item in linkage.suppressed} == {
        ("number", "84433", 8),
        ("number", number(500), 8),
    }


async def test_shared_contacts_alone_link_nothing() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(2)]
    for place in range(300, 310):
        for phone in phones:
            phone.call(number(place), 1, made=True)
    assert (await linked(*phones)).links == ()


async def test_the_result_does_not_depend_on_the_order_of_drops() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(6)]
    campaign("Rico", LINE, phones[:3], range(10))
    phones[0].text(LINE, 10, moved_to(NEXT, "Rico"), sent=False)
    campaign("Rico", NEXT, phones[2:5], range(11, 20))
    campaign("Echo", THIRD, phones[3:], range(5, 15), "{line} live on n out")
    first = await linked(*phones)
    for seed in range(3):
        shuffled = list(phones)
        random.Random(seed).shuffle(shuffled)
        assert await linked(*shuffled) == first


async def test_a_customer_who_passes_adverts_on_to_friends_who_write_back_is_no_line() -> None:
    customer, friends = Phone("A/1", 101), [Phone("B/1", 111), Phone("B/2", 112)]
    campaign("Rico", LINE, [customer], range(20))
    for place, friend in enumerate(friends):
        for day in (3 + place, 9 + 2 * place):
            customer.text(friend.own, day, offer("Rico"), sent=True)
            friend.text(customer.own, day, offer("Rico"), sent=False)
            friend.text(customer.own, day + 0.5, CHAT, sent=True)
    line = the_line(await linked(customer, *friends), "Rico")
    assert [held.number for held in line.numbers] == [LINE]


async def test_two_numbers_at_once_without_names_are_one_line_by_three_wordings_and_one_list() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    shared = ["got both in ring me now", "quick ones only at finish", "parked up by the old shops"]
    for sender, own in (
        (LINE, ["off for the night back late", "fat ones hurry before it goes", "same spot as last week"]),
        (NEXT, ["half price on dark"]),
    ):
        for place, wording in enumerate([*shared, *own]):
            for day in (place, place + 20, place + 40):
                for phone in phones:
                    shift = 0.3 if sender == NEXT else 0.0
                    phone.text(sender, day + shift, finding(wording, advert=True), sent=False)
        for phone in phones:
            phone.text(sender, 3.5, finding("u about"), sent=True)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None}


WORDINGS = ("{line} on both now", "{line} round til late ring", "parked up by the shops {line}", "{line} fat ones only")


async def test_a_phone_without_a_number_that_sent_undated_adverts_is_its_lines_by_name_and_wordings() -> None:
    for shared, is_joined in ((4, True), (2, False)):
        customers = [Phone(f"A/{n}", 100 + n) for n in range(3)]
        sending = Phone("L/1", None)
        for day, wording in enumerate(WORDINGS):
            campaign("Rico", LINE, customers, [2 * day, 2 * day + 1], wording)
        for wording in (*WORDINGS[:shared], *(f"{{line}} other {n} words here" for n in range(shared, 4))):
            for person in range(12):
                sending.text(number(200 + person), None, offer("Rico", wording), sent=True)
        sending.text(number(200), 1, CHAT, sent=False)
        sending.text(number(201), 6, CHAT, sent=False)
        linkage = await linked(*customers, sending)
        line = next(line for line in linkage.lines if line.numbers)
        assert (sending.name in members(line)) is is_joined


async def test_talk_of_a_phone_that_reads_like_adverts_makes_no_line() -> None:
    phone = Phone("A/1", 101)
    for place, words in enumerate(("shop shut", "ring", "new number its carl", "both ready", "about 12", "come round")):
        said = finding(words, line="Carl" if "carl" in words else None, advert=True)
        friend = number(110 + place)
        phone.text(friend, place, CHAT, sent=False)
        phone.text(friend, place + 0.1, said, sent=True)
    assert (await linked(phone)).lines == ()


async def test_two_nameless_numbers_at_once_are_one_line_where_the_one_has_nothing_of_its_own() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    for place, wording in enumerate(
        ("got both in ring me now", "quick ones only at finish", "by the old shops til late")
    ):
        campaign_of(LINE, phones, wording, place)
        if place < 2:
            campaign_of(NEXT, phones[:3], wording, place + 0.5)
    assert len((await linked(*phones)).lines) == 1


def campaign_of(sender: str, phones: list[Phone], wording: str, start: float) -> None:
    for phone in phones:
        for day in range(0, 40, 4):
            phone.text(sender, start + day, finding(wording, advert=True), sent=False)
