"""A number that is silent for months may have been given out again; to the same people it was not."""

from __future__ import annotations

import pytest

from parsers.records.findings import NumberChange, NumberChangeRole
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, the_line

LINE = number(1)
LEAVING = NumberChange(NumberChangeRole.NEW, number(2), number(2))
EARLY, LATE = range(0, 20, 4), range(160, 180, 4)
NAMELESS = ("back on til late ring me", "on now both all day")


def customers(first: int, last: int) -> list[Phone]:
    return [Phone(f"A/{place}", 101 + place) for place in range(first, last)]


def without_a_name(phones: list[Phone], days: range, wordings: tuple[str, ...] = NAMELESS) -> None:
    for place, wording in enumerate(wordings):
        for phone in phones:
            for day in days:
                phone.text(LINE, day + place / 8, finding(wording, advert=True), sent=False)


def orders(phones: list[Phone], day: float) -> None:
    for phone in phones:
        phone.text(LINE, day, finding("u about"), sent=True)


def uses(linkage: Linkage) -> int:
    return sum(held.number == LINE for line in linkage.lines for held in line.numbers)


async def test_what_bears_no_name_and_goes_to_the_same_people_after_months_is_of_the_line() -> None:
    phones = customers(0, 4)
    campaign("Rico", LINE, phones, EARLY)
    without_a_name(phones[1:], LATE)
    for day in (2, 162):
        orders(phones, day)
    assert uses(await linked(*phones)) == 1


async def test_so_is_what_one_of_them_gets_beside_the_words_of_before() -> None:
    phones = customers(0, 6)
    campaign("Rico", LINE, phones[:3], EARLY)
    without_a_name(phones[:1], EARLY, NAMELESS[:1])
    without_a_name(phones[:1], LATE, NAMELESS[1:])
    without_a_name(phones[3:], LATE, NAMELESS[:1])
    orders(phones[:3], 2)
    orders(phones[3:], 162)
    assert "A/3" in members(the_line(await linked(*phones), "Rico"))


async def test_what_goes_to_others_is_another_use_of_the_number() -> None:
    phones = customers(0, 6)
    campaign("Rico", LINE, phones[:3], EARLY)
    without_a_name(phones[3:], LATE)
    orders(phones[:3], 2)
    orders(phones[3:], 162)
    assert uses(await linked(*phones)) == 2


async def test_another_name_after_months_is_another_use_whoever_gets_it() -> None:
    phones = customers(0, 4)
    campaign("Rico", LINE, phones, EARLY)
    campaign("Echo", LINE, phones, LATE, "{line} live on n out")
    for day in (2, 162):
        orders(phones, day)
    assert uses(await linked(*phones)) == 2


async def test_of_a_number_that_two_lines_had_it_is_said_which_the_other_one_is() -> None:
    phones = customers(0, 4)
    campaign("Rico", LINE, phones, EARLY)
    campaign("Echo", LINE, phones, LATE, "{line} live on n out")
    for day in (2, 162):
        orders(phones, day)
    linkage = await linked(*phones)
    said = {line.name: " ".join(line.conflicts) for line in linkage.lines}
    assert f"{LINE} carried adverts of the line Echo too (2024-06-09 to " in said["Rico"]
    assert f"{LINE} carried adverts of the line Rico too (2024-01-01 to " in said["Echo"]


async def test_a_phone_that_carried_a_number_for_one_line_carries_none_of_the_line_that_had_it_later() -> None:
    first, later = (
        [Phone(f"{town}/{place}", 100 + 10 * at + place) for place in range(3)] for at, town in enumerate("AB")
    )
    campaign("Doc", number(1), first, range(0, 22, 2))
    campaign("Echo", number(1), later, range(45, 70, 2), "{line} here with the best ring me")
    carrying = Phone("S/1", 1)
    for day in range(1, 22, 5):
        carrying.text(number(100), day, finding("ok 5 mins"), sent=True)
    lines = (await linked(*first, *later, carrying)).lines
    carried = {
        line.name: {row.relation for row in line.devices if row.device_id == carrying.device_id} for line in lines
    }
    assert carried == {"Doc": {"carries_line_sim"}, "Echo": {"mentions_line"}}


async def test_after_weeks_what_goes_to_nobody_of_before_is_another_use_though_one_bears_no_name() -> None:
    weeks_later = range(60, 80, 4)
    first, second = customers(0, 4), customers(4, 8)
    without_a_name(first, EARLY)
    campaign("Rico", LINE, second, weeks_later)
    orders(first, 2)
    orders(second, 62)
    assert uses(await linked(*first, *second)) == 2
    both = customers(8, 9)
    without_a_name(both, EARLY)
    campaign("Rico", LINE, both, weeks_later)
    assert uses(await linked(*first, *second, *both)) == 1, "who got both knows one line"


async def test_after_two_months_one_who_got_both_is_no_doubt_where_no_wording_is_in_both() -> None:
    """A shop that was given a line's number is next door to one of its customers."""
    months_later = range(80, 100, 4)
    for wordings, expected in ((("we open at 8 brown or white",), 2), (("back on til late ring me", "now on"), 1)):
        phones = customers(0, 11)
        first, second = phones[:6], phones[5:]
        campaign("Rico", LINE, first, EARLY)
        without_a_name(first, EARLY, NAMELESS[:1])
        without_a_name(second, months_later, wordings)
        orders(first, 2)
        orders(second, 82)
        line = the_line(await linked(*phones), "Rico")
        assert ("A/9" in members(line)) == (expected == 1)


async def test_a_number_that_said_it_changes_is_anothers_sooner() -> None:
    """Sixteen days of silence are a line's rest, unless its last texts told the next number."""
    first, second = customers(0, 3), customers(3, 7)
    without_a_name(first, EARLY)
    campaign("Rico", LINE, second, range(33, 49, 4))
    orders(first, 2)
    orders(second, 34)
    assert uses(await linked(*first, *second)) == 1
    for phone in first:
        phone.text(LINE, 17, finding("new num from tomorrow", advert=True, change=LEAVING), sent=False)
    assert uses(await linked(*first, *second)) == 2


async def test_of_those_on_the_list_some_may_know_a_shop_that_has_the_number_next() -> None:
    """What the shop sends besides its one text that reads like an advert is no advert either."""
    for says_so in (False, True):
        phones = customers(0, 16)
        campaign("Echo", LINE, phones[:8], EARLY)
        orders(phones[:8], 2)
        for phone in phones[:8] if says_so else ():
            phone.text(LINE, 17, moved_to(number(2), "Echo"), sent=False)
        for phone in phones[6:]:
            phone.text(LINE, 33, finding("service wash 2 for 15 today", advert=True), sent=False)
            phone.text(LINE, 37, finding("dryers back on now"), sent=False)
        line = the_line(await linked(*phones), "Echo")
        assert ("A/15" in members(line)) != says_so


async def test_a_stranger_who_has_a_number_weeks_later_has_it_whatever_is_undated_elsewhere() -> None:
    phones = customers(0, 4)
    stranger = Phone("S/1", 1)
    campaign("Rico", LINE, phones, EARLY)
    orders(phones, 2)
    phones[0].text(LINE, None, finding("Rico on both", advert=True, line="Rico"), sent=False)
    stranger.text(number(301), 50, finding("see u at six"), sent=True)
    stranger.text(number(302), 52, finding("yeah on now channel 4", advert=True), sent=True)
    stranger.text(number(302), 70, finding("who won"), sent=True)
    line = the_line(await linked(*phones, stranger), "Rico")
    assert "S/1" not in members(line)


async def test_an_undated_advert_is_of_the_use_from_which_its_phone_got_others() -> None:
    first, second = customers(0, 4), customers(4, 10)
    campaign("Rico", LINE, first, EARLY)
    campaign("Echo", LINE, second, range(60, 100, 2), "{line} out now quick drop")
    orders(first, 2)
    orders(second, 62)
    first[0].text(number(301), 90, finding("see u at six"), sent=True)
    first[0].text(LINE, None, finding("back on til late ring me", advert=True), sent=False)
    found = await linked(*first, *second)
    assert "A/0" in members(the_line(found, "Rico"))
    assert "A/0" not in members(the_line(found, "Echo"))


async def test_a_name_among_misread_words_is_borne_over_a_silence_by_the_words_that_it_signs() -> None:
    """Words to runners are read as names as often as the line's own before the silence."""
    signed, first, second = "safe from {line} on til late", customers(0, 4), customers(4, 10)
    phones = [*first, *second]
    campaign("Vegas", LINE, first[:1], range(3, 4), signed)
    for place, said in enumerate(("Castle", "Quays", "Arches", "Fenwick", "Eastway")):
        campaign(said, LINE, first[place % 3 + 1 :][:1], range(5 + place, 6 + place), "back of {line} waiting")
    campaign("Vegas", LINE, second, range(70, 90, 4), signed)
    campaign("Vegas", LINE, second, range(71, 91, 4), "{line} live on both n out")
    orders(phones[:4], 2)
    orders(second, 72)
    assert uses(await linked(*phones)) == 1


async def test_what_bears_the_name_first_after_a_silence_is_of_the_line_that_takes_another_name_then() -> None:
    for signing, wordings, day, expected in ((2, 2, 25, 1), (1, 2, 25, 2), (2, 1, 25, 2), (2, 2, 27, 2)):
        phones = customers(0, 10)
        campaign("Ace", LINE, phones[:4], EARLY)
        for said in ("{line} ten out of ten both", "{line} all week both out")[:wordings]:
            campaign("Ace North", LINE, phones[4 : 4 + signing], range(day, day + 1), said)
        campaign("Rico", LINE, phones[4:], range(28, 70, 4), "{line} on bike 5 mins max")
        campaign("Rico", LINE, phones[4:], range(29, 71, 4), "{line} got both out now")
        campaign("Rico", LINE, phones[4:], range(30, 72, 4), "{line} shout me any time")
        for place, said in enumerate(("{line} open", "{line} live bell", "{line} deals on today")):
            campaign("Rico", LINE, phones[4:], range(31 + place, 71 + place, 4), said)
        orders(phones[:4], 2)
        orders(phones[4:], 32)
        assert uses(await linked(*phones)) == expected


@pytest.mark.parametrize(("silence", "said"), [(40, "greeted"), (40, "gone"), (75, "greeted"), (75, "gone")])
async def test_what_both_greet_with_or_the_later_says_of_the_earlier_makes_no_line_of_two(
    silence: int, said: str
) -> None:
    first, second = customers(0, 4), customers(4, 8)
    campaign("Rico", LINE, first, (1, 5, 9, 13))
    without_a_name(first, range(2, 9, 2), ("both on til late", "fire today bell"))
    for place, words in enumerate(("special all week", "about", "open", "live bell", "back on fire", "deals on")):
        campaign("Jay", LINE, second, (silence + place, silence + 7 + place), f"{{line}} {words}")
    if said == "gone":
        campaign("Rico", LINE, second[:2], (silence - 0.5,), "{line} is finished this is jay now")
    else:
        campaign("Bro", LINE, first[:2], (7.5,), "{line} whos needing")
        campaign("Bro", LINE, second[:2], (silence + 3.5,), "{line} whos needing")
    orders(second, silence + 4)
    linkage = await linked(*first, *second)
    assert {name: members(the_line(linkage, name)) & {"A/0", "A/4"} for name in ("Rico", "Jay")} == {
        "Rico": {"A/0"},
        "Jay": {"A/4"},
    }
