"""Two numbers in use at once: a line's second number, and one who imitates it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from parsers.records.findings import Span, SpanKind, TextFinding
from search.linkage.joining.join_sentences import name_join
from search.linkage.joining.name_changes import NameChange
from search.linkage.number_use.names import are_forms, counted_names
from tests.fakes.phones import Phone, campaign, finding, linked, moved_from, moved_to, number, offer, predecessors

LINE, NEXT = number(1), number(2)
FIRST, SECOND, OWN = "{line} on both 3 for 25 all day", "{line} about best of both ring now", "{line} round come quick"
ORDER = finding("u on")


def with_number(said: TextFinding, written: str) -> TextFinding:
    """Return a text that gives a number, of which it says nothing."""
    return msgspec.structs.replace(said, spans=(Span(SpanKind.NUMBER, 0, 0, written, written, "test"),))


def customers(count: int) -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    for phone in phones:
        phone.text(LINE, 3.5, ORDER, sent=True)
    return phones


async def test_a_second_number_with_the_same_wordings_to_the_same_phones_is_the_lines() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
    for wording in (FIRST, SECOND):
        campaign("Rico", NEXT, phones, range(4, 36, 3), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None}


async def test_two_names_with_the_same_wordings_for_one_list_are_two_lines_of_one_holder() -> None:
    listed = [number(100 + place) for place in range(20)]
    for name, lines in (("Vegas", 2), ("Rico", 1)):
        first, second = Phone("L/1", 1), Phone("L/2", 2)
        for place, wording in enumerate((FIRST, SECOND, OWN, "{line} live til late")):
            for day in range(place, 60, 4):
                first.text(listed, day, offer("Rico", wording), sent=True)
                second.text(listed, day + 0.5, offer(name, wording), sent=True)
        for phone in (first, second):
            for party in listed[:6]:
                phone.text(party, 3, ORDER, sent=False)
        assert len((await linked(first, second)).lines) == lines


async def test_a_number_that_begins_late_and_ends_before_the_other_does_took_nothing_over() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, (0, 4, 9, 15), wording)
        campaign("Rico", NEXT, phones, (10, 12, 14), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None}


async def test_an_imitator_that_copies_wordings_and_reaches_half_of_the_phones_stays_apart() -> None:
    phones = customers(6)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
    for wording in (FIRST, SECOND):
        campaign("Rico", NEXT, phones[:3], range(4, 36, 3), wording)
    assert len((await linked(*phones)).lines) == 2


async def test_who_writes_words_of_its_own_to_every_phone_is_an_imitator_on_a_few_days_and_the_line_on_many() -> None:
    for days, count in ((range(4, 36, 12), 2), (range(4, 36, 3), 1)):
        phones = customers(4)
        for wording in (FIRST, SECOND):
            campaign("Rico", LINE, phones, range(0, 40, 3), wording)
        for wording in (FIRST, OWN):
            campaign("Rico", NEXT, phones, days, wording)
        assert len((await linked(*phones)).lines) == count


async def test_lists_of_two_held_phones_that_hardly_overlap_are_of_two_lines() -> None:
    listed = [number(100 + place) for place in range(24)]
    for theirs, count in ((listed[:20], 1), (listed[14:], 2)):
        first, second = Phone("L/1", 1), Phone("L/2", 2)
        for day in range(0, 20, 3):
            first.text(listed[:20], day, offer("Rico", FIRST), sent=True)
            second.text(theirs, day + 25, offer("Rico", FIRST), sent=True)
        for phone in (first, second):
            for place in range(14, 20):
                phone.text(listed[place], 3, ORDER, sent=False)
                phone.text(listed[place], 27, ORDER, sent=False)
        assert len((await linked(first, second)).lines) == count


async def test_numbers_that_overlap_for_days_are_no_change_of_number() -> None:
    for begins, count in ((21, 1), (16, 2)):
        phones = customers(4)
        campaign("Rico", LINE, phones, range(0, 21, 2), FIRST)
        campaign("Rico", NEXT, phones[:2], range(begins, 40, 3), OWN)
        phones[0].text(NEXT, 30, ORDER, sent=True)
        assert len((await linked(*phones)).lines) == count


async def test_a_phone_that_does_not_say_its_number_may_be_the_number_that_its_list_got_adverts_from() -> None:
    # Its clock is wrong by days, so that its broadcasts stand beside nobody's.
    for on_list, count in ((6, 1), (3, 2)):
        holder, phones = Phone("L/1", None), customers(6)
        listed = [*(number(100 + place) for place in range(on_list)), *(number(200 + place) for place in range(20))]
        for day in range(0, 40, 4):
            for place, wording in enumerate((FIRST, SECOND)):
                holder.text(listed, day + place + 1.5, offer("Rico", wording), sent=True)
        for party in listed[-6:]:
            holder.text(party, 5, ORDER, sent=False)
        for wording in (FIRST, SECOND):
            campaign("Rico", LINE, phones, range(0, 40, 4), wording)
        assert len((await linked(holder, *phones)).lines) == count


async def test_two_saved_names_without_a_number_on_two_phones_may_be_one_number() -> None:
    one, other = Phone("A/1", 101), Phone("A/2", 102)
    for phone, name, start in ((one, "Work", 0.0), (other, "R", 0.3)):
        for day in range(0, 40, 4):
            for place, wording in enumerate((FIRST, SECOND)):
                phone.text(None, start + day + place, offer("Rico", wording), sent=False, name=name)
        phone.text(None, start + 2.5, ORDER, sent=True, name=name)
    (line,) = (await linked(one, other)).lines
    assert {device.device_id for device in line.devices} == {"dv-A/1", "dv-A/2"}


async def test_a_second_number_that_on_many_days_sends_one_wording_of_the_line_is_the_lines() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
    campaign("Rico", NEXT, phones, range(4, 36, 5), FIRST)
    (line,) = (await linked(*phones)).lines
    assert {held.number for held in line.numbers} == {LINE, NEXT}


async def test_one_wording_of_the_line_on_two_days_makes_no_second_number() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
    campaign("Rico", NEXT, phones[:5], (10,), FIRST)
    phones[0].text(NEXT, 15, ORDER, sent=True)
    assert len((await linked(*phones)).lines) == 2


async def test_two_lines_of_one_name_and_the_same_wordings_with_other_customers_stay_apart() -> None:
    here, there = customers(4), [Phone(f"B/{place}", 200 + place) for place in range(4)]
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, here, range(0, 40, 3), wording)
        campaign("Rico", NEXT, there, range(4, 36, 3), wording)
    assert len((await linked(*here, *there)).lines) == 2


async def test_a_name_and_a_wording_weeks_later_are_of_one_line_in_one_case_and_of_two_in_two() -> None:
    for case, count in (("OP/1", 1), ("OP/2", 2)):
        old = [Phone(f"A/{place}", 100 + place) for place in range(2)]
        new = [Phone(f"B/{place}", 200 + place, case=case) for place in range(2)]
        for phone in (*old, *new):
            phone.text(LINE if phone in old else NEXT, 0.5 if phone in old else 60, ORDER, sent=True)
        for wording in (FIRST, SECOND):
            campaign("Rico", LINE, old, range(0, 20, 3), wording)
        for wording in (FIRST, OWN):
            campaign("Rico", NEXT, new, range(60, 80, 3), wording)
        assert len((await linked(*old, *new)).lines) == count


async def test_a_number_that_has_the_name_and_customers_and_no_wording_of_the_line_took_nothing_over() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(0, 30, 3), wording)
    campaign("Rico", NEXT, phones[:2], range(62, 80, 3), OWN)
    campaign("Rico", NEXT, phones[:2], range(62, 80, 3), "{line} new ting come see")
    assert len((await linked(*phones)).lines) == 2


async def test_a_second_number_whose_customers_are_all_on_the_list_of_the_lines_phone_is_the_lines() -> None:
    holder = Phone("L/1", 1)
    phones = customers(4)
    listed = [number(100 + place) for place in range(30)]
    for day in range(0, 40, 3):
        holder.text(listed, day, offer("Rico", FIRST), sent=True)
        holder.text(listed, day + 0.1, offer("Rico", OWN), sent=True)
    for wording in (FIRST, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
    campaign("Rico", NEXT, phones, range(4, 36, 3), FIRST)
    campaign("Rico", NEXT, phones, range(4, 36, 3), SECOND)
    (line,) = (await linked(holder, *phones)).lines
    assert {held.number for held in line.numbers} == {LINE, NEXT}


def test_a_slip_of_the_thumb_is_a_form_and_another_word_is_none() -> None:
    assert are_forms("storm", "sorm")
    assert are_forms("kaiser", "kiaser")
    assert not are_forms("benny", "denny")
    assert not are_forms("mikey", "miley")
    assert not are_forms("dom", "dm")


@pytest.mark.parametrize(
    ("spelled", "name"), [("jj", "jay jay"), ("tj", "teejay"), ("t5", "tee five"), ("cj", "ceejay")]
)
def test_a_name_that_is_spelled_in_letters_is_its_initials(spelled: str, name: str) -> None:
    assert are_forms(spelled, name)


@pytest.mark.parametrize(
    ("one", "other"), [("joy", "joey"), ("kes", "kezz"), ("bily", "billie"), ("fil", "phil"), ("k", "kay")]
)
def test_names_that_are_spelled_alike_are_none_of_each_other(one: str, other: str) -> None:
    assert not are_forms(one, other)


async def test_a_name_that_is_a_slip_of_a_word_is_no_name() -> None:
    phones = customers(2)
    plain = "ready now ring me"
    for day in range(6):
        for phone in phones:
            phone.text(LINE, day, finding(plain, template=plain, advert=True), sent=False)
    for phone in phones:
        slipped = finding("reday now ring me", template="{line} now ring me", line="Reday", advert=True)
        phone.text(LINE, 7, slipped, sent=False)
    (line,) = (await linked(*phones)).lines
    assert line.name is None


async def test_a_name_counts_by_its_wordings_and_not_by_their_copies() -> None:
    phones = customers(3)
    campaign("Lively", LINE, phones, range(0, 60, 2), "{line} all night ring")
    campaign("Rico", LINE, phones, [1, 3, 5], FIRST)
    campaign("Rico", LINE, phones, [7, 9, 11], SECOND)
    (line,) = (await linked(*phones)).lines
    assert line.name == "Rico"
    assert counted_names([]) == {}


async def test_a_chat_that_shows_a_saved_name_is_with_the_number_whose_broadcasts_come_beside() -> None:
    known, chat = Phone("A/1", 101), Phone("A/2", 102)
    for day in range(5):
        said = offer("Rico", FIRST)
        known.text(LINE, day, said, sent=False)
        chat.text(None, day + 0.001, said, sent=False, name="R")
    (line,) = (await linked(known, chat)).lines
    assert {device.device_id for device in line.devices} == {"dv-A/1", "dv-A/2"}


async def test_a_saved_name_stands_for_the_number_that_the_contacts_have() -> None:
    chat, other = Phone("A/1", 101), Phone("A/2", 102)
    chat.save(LINE, "R")
    for day in range(5):
        chat.text(None, day, offer("Rico", FIRST), sent=False, name="R")
        other.text(LINE, day + 30, offer("Rico", SECOND), sent=False)
    (line,) = (await linked(chat, other)).lines
    assert [held.number for held in line.numbers] == [LINE]
    assert {device.device_id for device in line.devices} == {"dv-A/1", "dv-A/2"}


async def test_greetings_make_no_further_broadcasts() -> None:
    phone = Phone("A/1", 101)
    for place in range(12):
        greeting = ("yo", "hi mate", "safe bro")[place % 3]
        text = f"{greeting} Rico on both 3 for 25 all day"
        said = finding(text, template=text, line="Rico", advert=True)
        phone.text(number(300 + place), place / 1000, said, sent=True)
    (flare,) = phone.collected().flares
    assert flare.recipient_count == 12


async def test_a_second_number_that_comes_after_the_change_of_the_first_took_nothing_over() -> None:
    phones, third = customers(4), number(3)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(0, 12, 2), wording)
        campaign("Rico", NEXT, phones, range(13, 40, 3), wording)
        campaign("Rico", third, phones, range(24, 42, 3), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE, third: None}


async def test_an_announced_successor_comes_before_the_one_that_began_sooner() -> None:
    phones, third = customers(4), number(3)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(0, 12, 2), wording)
        campaign("Rico", third, phones, range(13, 44, 3), wording)
        campaign("Rico", NEXT, phones, range(16, 40, 3), wording)
    phones[0].text(LINE, 11, moved_to(NEXT, "Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE, third: None}


async def test_of_two_numbers_at_once_the_one_that_falls_silent_is_followed() -> None:
    phones, third = customers(4), number(3)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(0, 22, 3), wording)
        campaign("Rico", NEXT, phones, range(1, 43, 3), wording)
        campaign("Rico", third, phones, range(24, 46, 3), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None, third: LINE}


async def test_two_numbers_that_share_out_the_customers_of_a_line_are_one_line_by_their_whole_repertoire() -> None:
    """Each sends all of the line's wordings for weeks, to a list of its own that hardly overlaps the other's."""
    listed = [number(100 + place) for place in range(30)]
    for day_count, theirs, count in ((16, (FIRST, SECOND, OWN), 1), (8, (FIRST, SECOND, OWN), 2), (16, (FIRST,), 2)):
        first, second = Phone("L/1", 1), Phone("L/2", 2)
        for day in range(day_count):
            for place, wording in enumerate((FIRST, SECOND, OWN)):
                first.text(listed[:20], 2 * day + place / 10, offer("Rico", wording), sent=True)
            for place, wording in enumerate(theirs):
                second.text(listed[12:], 2 * day + 1 + place / 10, offer("Rico", wording), sent=True)
        for phone in (first, second):
            for place in range(12, 20):
                phone.text(listed[place], 3, ORDER, sent=False)
        assert len((await linked(first, second)).lines) == count


async def test_who_copies_half_of_a_lines_wordings_for_weeks_and_has_as_many_of_its_own_imitates_it() -> None:
    copied = (FIRST, SECOND)
    for theirs, count in (((*copied, OWN, "{line} new box"), 2), (copied, 1)):
        phones = customers(7)
        for place, wording in enumerate((*copied, "{line} deliveries til late", "{line} morning all")):
            campaign("Rico", LINE, phones, [day + place / 10 for day in range(0, 60, 2)], wording)
        for place, wording in enumerate(theirs):
            campaign("Rico", NEXT, phones[:5], [day + 0.5 + place / 10 for day in range(1, 50, 3)], wording)
        assert len((await linked(*phones)).lines) == count


async def test_a_number_that_rests_for_the_next_one_and_comes_back_was_followed_by_it_and_followed_on_it() -> None:
    for days, expected in ((range(25, 45), LINE), (range(25, 34, 3), None)):
        phones = customers(4)
        for wording in (FIRST, SECOND):
            campaign("Rico", LINE, phones, (*range(24), *range(46, 60)), wording)
            campaign("Rico", NEXT, phones, days, wording)
        (line,) = (await linked(*phones)).lines
        returned = NEXT if expected is not None else None
        assert {held.number: held.succeeds for held in line.numbers} == {LINE: returned, NEXT: expected}, (
            "of three days it is not told whether the number rested for another"
        )
        assert any("was in use again" in sentence for held in line.numbers for sentence in held.basis) == bool(returned)
        is_at_once = any("at the same time" in join.sentence for join in line.joins)
        assert is_at_once == (expected is None)


async def test_of_a_number_that_sends_seldom_it_is_not_told_whether_it_rested() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, (0, 4, 30), wording)
        campaign("Rico", NEXT, phones, range(6, 28, 3), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None}


@pytest.mark.parametrize(("between", "expected"), [((), LINE), ((8,), None)])
async def test_a_number_that_sends_seldom_rested_where_both_changes_were_told(
    between: tuple[int, ...], expected: str | None
) -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, (0, 4, *between, 14, 40), wording)
        campaign("Rico", NEXT, phones, (7, 9), wording)
    for phone in phones:
        phone.text(LINE, 5, moved_to(NEXT, "Rico"), sent=False)
        phone.text(NEXT, 10, moved_to(LINE, "Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers}[NEXT] == expected


async def test_a_clock_that_was_reset_for_a_while_dates_no_use_of_a_number() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, (0, 4, 8), wording)
        campaign("Rico", NEXT, phones, (12, 16, 20), wording)
    since = -(365.25 * 54)  # to 1970
    phones[0].text(NEXT, since, offer("Rico", FIRST), sent=False)
    phones[1].text(NEXT, since + 1, offer("Rico", OWN), sent=False)
    for phone in phones:
        phone.text(LINE, 9, moved_to(NEXT, "Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}


async def test_who_became_a_customer_when_the_first_number_had_ended_is_no_doubt_about_the_second() -> None:
    phones = customers(9)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones[:4], range(0, 40, 3), wording)
    for wording in (FIRST, OWN):
        campaign("Rico", NEXT, phones[:4], range(4, 36, 3), wording)
        campaign("Rico", NEXT, phones[4:], range(44, 80, 3), wording)
    assert len((await linked(*phones)).lines) == 1


async def test_what_is_announced_while_the_old_number_goes_on_did_not_take_over_from_it() -> None:
    third = number(3)
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(0, 27, 2), wording)
        campaign("Rico", NEXT, phones, range(17, 60, 2), wording)
        campaign("Rico", third, phones, range(28, 60, 2), wording)
    for phone in phones:
        phone.text(LINE, 16, moved_to(NEXT, "Rico"), sent=False)
        phone.text(LINE, 26.5, moved_to(third, "Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None, third: LINE}


async def test_a_number_that_ended_was_taken_over_and_not_one_that_rested() -> None:
    third = number(3)
    phones = customers(4)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(30), wording)
        campaign("Rico", NEXT, phones, [*range(32), *range(60, 90)], wording)
        campaign("Rico", third, phones, range(33, 58), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers}[third] == LINE


async def test_a_number_that_rests_is_named_again_and_is_not_listed_as_another_one() -> None:
    phones = customers(6)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones[:4], range(50, 100, 3), wording)
    campaign("Rico", NEXT, phones[4:], range(4, 36, 3), OWN)
    phones[5].text(NEXT, 5.5, ORDER, sent=True)
    for phone in phones[:4]:
        phone.text(LINE, 95, moved_to(NEXT, "Rico"), sent=False)
    linkage = await linked(*phones)
    assert [[held.number for held in line.numbers] for line in linkage.lines] == [[LINE, NEXT]]


async def test_a_weekend_number_with_words_of_its_own_is_the_lines_where_the_other_stops_for_it() -> None:
    """The tests' year begins on a Monday: the line sends from Monday to Thursday, its other number from Friday on."""
    weekend = ("{line} fri crew is on", "{line} sunday service")
    for days, count in (
        ((4, 6, 11, 12, 18, 20, 25, 27), 1),  # Fridays to Sundays
        ((4, 6, 11, 12, 18, 20, 25, 27, 32, 33), 1),
        ((1, 4, 9, 13, 17, 21, 24, 28), 2),  # days of his own choice: an imitator
    ):
        phones = customers(4)
        for phone in phones:
            phone.text(NEXT, 12.5, ORDER, sent=True)
        campaign("Rico", LINE, phones, (0, 3, 7, 9, 14, 16, 21, 22, 28, 30, 35, 37), FIRST)
        campaign("Rico", LINE, phones, (2, 10, 17, 24, 31), SECOND)
        for place, wording in enumerate(weekend):
            campaign("Rico", NEXT, phones, days[place::2], wording)
        lines = (await linked(*phones)).lines
        assert len(lines) == count
        assert ("one_week" in {join.kind for line in lines for join in line.joins}) == (count == 1)
        assert all(held.succeeds is None for line in lines for held in line.numbers)


async def test_days_of_the_week_alone_join_nobody_who_sends_to_others() -> None:
    phones = customers(6)
    for phone in phones:
        phone.text(NEXT, 12.5, ORDER, sent=True)
    campaign("Rico", LINE, phones[:4], (0, 3, 7, 9, 14, 16, 21, 22, 28, 30, 35, 37), FIRST)
    campaign("Rico", LINE, phones[:4], (2, 10, 17, 24, 31), SECOND)
    campaign("Rico", NEXT, phones[2:], (4, 6, 11, 12, 18, 20, 25, 27), "{line} fri crew is on")
    assert len((await linked(*phones)).lines) == 2


async def test_a_weekend_number_stays_the_lines_when_that_changes_its_number() -> None:
    later = number(3)
    phones = customers(4)
    for phone in phones:
        phone.text(NEXT, 12.5, ORDER, sent=True)
        phone.text(later, 30.5, ORDER, sent=True)
    for sender, days in ((LINE, (0, 3, 7, 9, 14, 16)), (later, (21, 22, 28, 30, 35, 37))):
        campaign("Rico", sender, phones, days, FIRST)
        campaign("Rico", sender, phones, days[::2], SECOND)
    campaign("Rico", NEXT, phones, (5, 12, 18, 19, 26, 27, 33, 34), "{line} fri crew is on")
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: None, later: LINE}


async def test_a_number_used_for_days_beside_another_comes_to_the_line_by_the_change_that_it_announces() -> None:
    """Too little is seen of it to tell it from an imitator of the number beside; what the line says of it does."""
    for theirs, count in ((FIRST, 1), ("{line} selling up cheap", 2)):
        phones, third = customers(4), number(3)
        for place, wording in enumerate((FIRST, SECOND, OWN)):
            campaign("Rico", LINE, phones, range(place, 60, 3), wording)
            campaign("Rico", third, phones, range(34 + place, 60, 3), wording)
        campaign("Rico", NEXT, phones[:3], (29, 31), theirs)
        campaign("Rico", NEXT, phones[:3], (30,), "{line} back on")
        phones[0].text(NEXT, 32, moved_to(third, "Rico"), sent=False)
        phones[1].text(NEXT, 32, moved_to(third, "Rico"), sent=False)
        assert len((await linked(*phones)).lines) == count


async def test_what_one_phone_dates_later_does_not_undo_a_change_that_the_old_number_announced() -> None:
    for late, expected in ((1, LINE), (2, None)):
        phones = customers(4)
        for wording in (FIRST, SECOND):
            campaign("Rico", LINE, phones, range(0, 20, 2), wording)
            campaign("Rico", NEXT, phones, range(21, 60, 3), wording)
        for phone in phones:
            phone.text(LINE, 20, moved_to(NEXT, "Rico"), sent=False)
        campaign("Rico", LINE, phones[:late], (49,), OWN)
        (line,) = (await linked(*phones)).lines
        assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: expected}


async def test_a_number_of_one_day_on_which_the_old_one_sent_last_lies_between_that_and_the_next() -> None:
    phones, third = customers(4), number(3)
    for wording in (FIRST, SECOND):
        campaign("Rico", LINE, phones, range(0, 21, 2), wording)
        campaign("Rico", NEXT, phones, (19.8,), wording)
        campaign("Rico", third, phones, range(24, 46, 3), wording)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE, third: NEXT}


async def test_a_saved_name_whose_texts_have_no_time_is_the_lines_by_its_name_and_wordings() -> None:
    for theirs, count in (((FIRST, SECOND), 1), ((FIRST, "{line} selling up cheap", "{line} back on"), 2)):
        phones, chat = customers(4), Phone("A/9", 109)
        for wording in (FIRST, SECOND, OWN):
            campaign("Rico", LINE, phones, range(0, 40, 3), wording)
        for wording in theirs:
            chat.text(None, None, offer("Rico", wording), sent=False, name="R")
        chat.text(None, None, ORDER, sent=True, name="R")
        lines = (await linked(*phones, chat)).lines
        assert len(lines) == count


async def test_an_imitator_of_both_numbers_of_a_line_is_not_brought_in_by_the_first() -> None:
    """He sends after the first one ended, and beside the second; what he copied of the one he copied of the other."""
    phones, third = customers(6), number(3)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 20, 3), wording)
        campaign("Rico", third, phones, range(22, 60, 3), wording)
    campaign("Rico", NEXT, phones[:5], (10,), FIRST)
    campaign("Rico", NEXT, phones[:4], (33,), "{line} selling up cheap")
    assert len((await linked(*phones)).lines) == 2


@pytest.mark.parametrize(
    ("wordings", "recipients", "said"),
    [
        (0, 4, ", with 4 recipients in common."),
        (1, 0, ", with 1 wording that no other line uses."),
        (2, 1, ", with 2 wordings that no other line uses and 1 recipient in common."),
    ],
)
def test_why_two_numbers_are_one_lines_is_said_without_what_they_do_not_share(
    wordings: int, recipients: int, said: str
) -> None:
    older, newer = (
        SimpleNamespace(sender=sender, names=("rico",), adverts=(), shares_a_name=lambda _: True)
        for sender in (LINE, NEXT)
    )
    compared: Any = SimpleNamespace(
        older=older, newer=newer, gap_days=-9.0, former=(), wordings=wordings, recipients=recipients, is_at_once=True,
        weight=4.0, is_written=False, change=None, has_no_case=False,
    )  # fmt: skip
    evidence: Any = SimpleNamespace(sender_label=str)
    join = name_join(compared, evidence)
    assert join.sentence == f"{LINE} and {NEXT} sent adverts under one name, at the same time{said}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (NameChange.SAID, "under two names, of which the one says the other, at the same time"),
        (NameChange.UNSAID, "under two names, of which neither says the other, at the same time"),
        (NameChange.TAKEN_UP, "under two names, the later one from 0 days after the earlier one fell silent on"),
        (NameChange.LIST_TAKEN_UP, "under two names, the later one from 0 days after the earlier one fell silent on"),
    ],
)
def test_of_two_names_nothing_is_said_that_is_not_known(change: NameChange, said: str) -> None:
    older, newer = (
        SimpleNamespace(sender=sender, adverts=(), wordings={}, recipients=(), shares_a_name=lambda _: False)
        for sender in (LINE, NEXT)
    )
    compared: Any = SimpleNamespace(
        older=older, newer=newer, gap_days=-9.0, former=(), common=4, wordings=4, recipients=4, is_at_once=True,
        weight=4.0, is_written=False, change=change, has_no_case=False,
    )  # fmt: skip
    evidence: Any = SimpleNamespace(sender_label=str)
    assert f"{LINE} and {NEXT} sent adverts {said}" in name_join(compared, evidence).sentence


async def test_phones_that_share_two_numbers_of_a_line_share_one_more_number() -> None:
    phones = customers(4)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
        campaign("Rico", NEXT, phones, range(4, 36, 3), wording)
    reasons = [reason.sentence for link in (await linked(*phones)).links for reason in link.reasons]
    assert any("and 1 more number of it" in sentence for sentence in reasons)


@pytest.mark.parametrize("days", [(52, 53), (52, 53, 54, 55, 56)])
async def test_who_copies_a_line_for_days_is_neither_its_second_number_nor_what_followed_one_that_is_gone(
    days: tuple[int, ...],
) -> None:
    phones, further = customers(3), ("{line} live til late", "steady with {line} tonight", "{line} same as ever bell")
    for wording in (FIRST, SECOND, OWN, *further):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
    for phone in phones:
        phone.text(LINE, 40, moved_to(NEXT, "Rico"), sent=False)
    for wording in (FIRST, SECOND, OWN, *further):
        campaign("Rico", NEXT, phones, range(41, 80, 3), wording)
    for wording in (FIRST, SECOND):
        campaign("Rico", number(3), phones, days, wording)
    line, other = sorted((await linked(*phones)).lines, key=lambda line: len(line.numbers), reverse=True)
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}
    assert [held.number for held in other.numbers] == [number(3)]


@pytest.mark.parametrize(
    ("silent_days", "is_said", "predecessor"),
    [(40, False, LINE), (70, False, None), (70, True, LINE), (100, True, LINE), (400, True, None)],
)
async def test_a_line_that_was_gone_for_long_and_says_that_its_number_is_new_took_over_from_the_one_before(
    *, silent_days: int, is_said: bool, predecessor: str | None
) -> None:
    phones = customers(4)
    back = 30 + silent_days
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 31, 3), wording)
        campaign("Rico", NEXT, phones, range(back, back + 30, 3), wording)
    if is_said:
        for phone in phones:
            phone.text(NEXT, back, moved_from(None, "Rico"), sent=False)
    found = {held.number: held.succeeds for line in (await linked(*phones)).lines for held in line.numbers}
    assert found == {LINE: None, NEXT: predecessor}


@pytest.mark.parametrize(("day", "lines"), [(9.5, 1), (20.5, 2), (None, 2)])
async def test_a_number_that_the_line_gave_its_customers_before_it_sent_is_the_lines(
    day: float | None, lines: int
) -> None:
    """One that soon stops may be an imitator's; but no line gives that before he began. Of one in use it may warn."""
    phones = customers(6)
    for place, wording in enumerate((FIRST, SECOND, OWN, "{line} live til late")):
        campaign("Rico", LINE, phones, range(place, 60, 4), wording)
    for phone in phones if day is not None else ():
        text = finding(f"if this is busy try Rico on {NEXT} {day}", line="Rico", advert=True)
        phone.text(LINE, day or 0, with_number(text, NEXT), sent=False)
    campaign("Rico", NEXT, phones[:5], (10,), FIRST)
    campaign("Rico", NEXT, phones[:5], (11, 13), SECOND)
    assert len((await linked(*phones)).lines) == lines


@pytest.mark.parametrize(("is_told", "before"), [(True, None), (False, LINE)])
async def test_a_number_that_was_told_as_a_second_one_follows_none_however_late_it_is_seen(
    is_told: bool,  # noqa: FBT001  # a case of the test
    before: str | None,
) -> None:
    """The line goes on for weeks on the number that told it; what comes then follows that one, not the second."""
    phones, third = customers(4), number(3)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 34, 3), wording)
        campaign("Rico", third, phones, range(39, 70, 3), wording)
        campaign("Rico", NEXT, phones, [35], wording)
    said = with_number(offer("Rico", "{line} got 2 phones now this n {number} use any"), NEXT)
    for phone in phones if is_told else ():
        phone.text(LINE, 11, said, sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {
        LINE: None,
        NEXT: before,
        third: LINE if is_told else NEXT,
    }


@pytest.mark.parametrize("is_mutual", [False, True])
async def test_what_follows_two_numbers_that_each_tell_of_the_other_follows_the_earlier_one(
    is_mutual: bool,  # noqa: FBT001  # a case of the test
) -> None:
    phones, third = customers(4), number(3)
    for wording in (FIRST, SECOND, OWN):
        campaign("Rico", LINE, phones, range(0, 40, 3), wording)
        campaign("Rico", NEXT, phones, range(2, 40, 3), wording)
        campaign("Rico", third, phones, range(42, 80, 3), wording)
    said = offer("Rico", "{line} got 2 phones now this n {number} use any")
    for phone in phones:
        phone.text(LINE, 5.2, with_number(said, NEXT), sent=False)
        if is_mutual:
            phone.text(NEXT, 5.4, with_number(said, LINE), sent=False)
    assert predecessors(await linked(*phones)) == {LINE: None, NEXT: None, third: LINE}
