from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import TextFinding
from tests.fakes.phones import Phone, campaign, finding, linked, moved_from, number, offer, the_line

LINE = number(1)
MISSED = finding("steady all day come see us")
ANSWER = finding("5 mins")
NEARLY = msgspec.structs.replace(finding("half hour then all good"), advert_score=0.4)


def customers(count: int) -> list[Phone]:
    """Return phones with a line that the analysis sees on ten days, in two wordings."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(count)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    campaign("Rico", LINE, phones, range(1, 21, 2), "{line} about til late")
    return phones


async def traces_of(phones: list[Phone], said: TextFinding) -> list[str]:
    """Return the time bases of the line's received flares of the text's wording."""
    linkage = await linked(*phones)
    line = the_line(linkage, "Rico")
    return [
        placed.flare.time_basis
        for placed in linkage.flares
        if placed.line_id == line.line_id and placed.flare.template_id == said.template_id
    ]


async def test_an_advert_that_the_analysis_missed_is_found_by_its_coming_to_several_phones_at_once() -> None:
    phones = customers(3)
    for place, phone in enumerate(phones):
        phone.text(LINE, 10.5 + place / 1440, MISSED, sent=False)
    assert await traces_of(phones, MISSED) == ["stated_offset"] * 3


async def test_the_same_answer_to_two_customers_who_order_in_the_same_minutes_is_no_advert() -> None:
    phones = customers(2)
    for place, phone in enumerate(phones):
        phone.text(LINE, 10.5 + place / 1440, finding("u about"), sent=True)
        phone.text(LINE, 10.501 + place / 1440, ANSWER, sent=False)
    assert await traces_of(phones, ANSWER) == []


async def test_an_advert_that_comes_to_one_phone_as_if_it_were_an_answer_is_an_advert_on_all() -> None:
    phones = customers(4)
    phones[0].text(LINE, 10.499, finding("u about"), sent=True)
    for place, phone in enumerate(phones):
        phone.text(LINE, 10.5 + place / 1440, MISSED, sent=False)
    assert len(await traces_of(phones, MISSED)) == 4


async def test_an_advert_right_after_a_text_to_its_sender_is_one_where_other_phones_got_it_in_those_minutes() -> None:
    said = offer("Rico", "{line} two minutes wait")
    for away, expected in ((1 / 1440, 3), (0.2, 2)):
        phones = customers(3)
        phones[0].text(LINE, 10.499, finding("u about"), sent=True)
        phones[0].text(LINE, 10.5, said, sent=False)
        for phone in phones[1:]:
            phone.text(LINE, 10.5 + away, said, sent=False)
        assert len(await traces_of(phones, said)) == expected, "at other times of the day it may be an answer"


async def test_the_same_answer_that_reads_like_an_advert_to_two_customers_who_order_is_no_trace() -> None:
    said = offer("Rico", "{line} til late")
    phones = customers(2)
    for place, phone in enumerate(phones):
        phone.text(LINE, 10.5 + place / 1440, finding("u about"), sent=True)
        phone.text(LINE, 10.501 + place / 1440, said, sent=False)
    assert await traces_of(phones, said) == []


async def test_a_text_on_one_phone_alone_is_talk() -> None:
    phones = customers(3)
    phones[0].text(LINE, 10.5, MISSED, sent=False)
    assert await traces_of(phones, MISSED) == []


async def test_how_a_text_reads_is_not_asked_where_the_sending_phone_is_held_and_shows_no_broadcast_of_it() -> None:
    counts = []
    for days in (range(0, 20, 2), range(0, 8, 2)):
        (phone,), own = customers(1), Phone("B/1", 1)
        for day in days:
            for place in range(12):
                own.text(number(200 + place), day + place / 10_000, offer("Rico"), sent=True)
        phone.text(LINE, 10.5, NEARLY, sent=False)
        counts.append(len(await traces_of([phone, own], NEARLY)))
    assert counts == [0, 1], "what a phone sent before or after what it holds may be gone"


async def test_the_last_text_of_a_number_is_recovered_only_in_a_wording_that_it_had_before() -> None:
    phones = customers(3)
    for day, said in ((5.5, MISSED), (30, MISSED), (31, finding("this phone was seized"))):
        for phone in phones:
            phone.text(LINE, day, said, sent=False)
    assert len(await traces_of(phones, MISSED)) == 6
    assert await traces_of(phones, finding("this phone was seized")) == []


async def test_texts_of_police_or_a_service_behind_the_last_advert_are_none_and_make_nobody_a_member() -> None:
    later = [
        msgspec.structs.replace(finding(text), advert_score=score)
        for text, score in (
            ("this phone is evidence in a case", 0.0),
            ("whoever ran this number is in custody", 0.03),
            ("free advice at the health centre on tuesday", 0.01),
        )
    ]
    phones = customers(3)
    innocent = [Phone("N/1", 301), Phone("N/2", 302)]
    for day, said in enumerate([*later, *later[:2]], 22):
        for phone in [*phones, *innocent]:
            phone.text(LINE, day, said, sent=False)
    assert [await traces_of([*phones, *innocent], said) for said in later] == [[], [], []]
    line = the_line(await linked(*phones, *innocent), "Rico")
    theirs = {row.relation for row in line.devices if row.device_id in {phone.device_id for phone in innocent}}
    assert theirs == {"mentions_line"}, "whoever has the texts of the police alone is no member"


async def test_offers_repeated_on_a_third_day_make_a_line_surer() -> None:
    twice, thrice = [Phone("A/1", 101), Phone("A/2", 102)], [Phone("A/1", 101), Phone("A/2", 102)]
    for phones, days in ((twice, 2), (thrice, 3)):
        for day in range(days):
            for phone in phones:
                phone.text(LINE, day, offer("Rico"), sent=False)
    lines = [the_line(await linked(*phones), "Rico") for phones in (twice, thrice)]
    assert lines[0].probability < lines[1].probability


async def test_broadcasts_of_one_wording_go_on_after_the_last_advert_that_the_analysis_saw() -> None:
    phones = customers(3)
    for day in (22, 25, 28):
        for phone in phones:
            phone.text(LINE, day, MISSED, sent=False)
    assert len(await traces_of(phones, MISSED)) == 9


async def test_whoever_has_a_line_by_a_last_text_of_no_name_of_it_alone_only_mentions_it() -> None:
    phones, other = customers(3), Phone("B/1", 150)
    campaign("Rico", LINE, phones, range(20), "{line} quality all night")
    # mistaken for an advert, and for a name
    notice = msgspec.structs.replace(offer("This", "number was seized by the police"), advert_score=0.66)
    for phone in (*phones, other):
        phone.text(LINE, 40, notice, sent=False)
    line = the_line(await linked(*phones, other), "Rico")
    assert {row.relation for row in line.devices if row.device_id == other.device_id} == {"mentions_line"}


async def test_what_police_text_between_two_uses_of_a_number_is_no_lines_advert() -> None:
    phones = customers(3)
    notice = finding("this number was used to sell drugs and is held by the police")
    for phone in phones:
        phone.text(LINE, 40, notice, sent=False)
    campaign("Echo", LINE, phones[:2], range(320, 330), "{line} live on n out")
    linkage = await linked(*phones)
    assert {p.line_id for p in linkage.flares if p.flare.template_id == notice.template_id} == {None}


async def test_nor_what_they_text_while_a_number_is_silent_for_months_though_its_next_holder_is_misread() -> None:
    phones = customers(3)
    notice = msgspec.structs.replace(finding("the line that used this number is closed"), advert_score=0.03)
    for phone in phones:
        phone.text(LINE, 22, notice, sent=False)
        phone.text(LINE, 102, finding("4 for 10 on cakes last few", advert=True), sent=False)
    linkage = await linked(*phones)
    assert the_line(linkage, "Rico")
    assert {p.line_id for p in linkage.flares if p.flare.template_id == notice.template_id} == {None}


async def test_nor_where_the_line_has_the_same_wording_before_and_after_and_what_it_sent_meanwhile_ends_a_silence() -> (
    None
):
    found = []
    for meanwhile in ((), range(13, 98, 9)):
        phones = customers(3)
        campaign("Rico", LINE, phones, [*range(0, 10, 2), 100, 102, 104])
        for day in meanwhile:
            for phone in phones:
                phone.text(LINE, day, msgspec.structs.replace(finding("good stuff now"), advert_score=0.2), sent=False)
        said = msgspec.structs.replace(finding("you know where we are"), advert_score=0.03)
        for phone in phones:
            phone.text(LINE, 50, said, sent=False)
        found.append(bool(await traces_of(phones, said)))
    assert found == [False, True]


RUNNER_TALK = [
    msgspec.structs.replace(finding(text), advert_score=0.02)
    for text in ("how much you holding", "stay in til i ring", "you at the flat yet", "train is at half six")
]


async def test_talk_with_a_runner_between_two_handsets_of_one_sim_is_no_broadcast() -> None:
    first, second, runner = Phone("B/1", 1), Phone("B/2", 1), Phone("A/1", 101)
    for phone, days in ((first, range(0, 12, 3)), (second, range(24, 36, 3))):
        for day in days:
            for place in range(12):
                phone.text(number(101 + place), day + place / 10_000, offer("Rico"), sent=True)
    campaign("Rico", LINE, [runner], [*range(0, 12, 3), *range(24, 36, 3)])
    for day in range(11, 23):
        for place, said in enumerate(RUNNER_TALK):
            holder = first if day < 17 else second
            holder.text(number(101), day + 0.3 + place / 24, said, sent=True)
            runner.text(LINE, day + 0.3 + place / 24, said, sent=False)
    linkage = await linked(first, second, runner)
    line = the_line(linkage, "Rico")
    assert {placed.flare.template_id for placed in linkage.flares if placed.line_id == line.line_id} == {
        offer("Rico").template_id
    }


async def test_what_reads_like_nothing_of_the_kind_is_talk_though_it_comes_again() -> None:
    (runner,) = customers(1)
    for day in range(3, 12):
        runner.text(
            LINE, day + 0.3, msgspec.structs.replace(finding("bring the money up"), advert_score=0.002), sent=False
        )
    assert await traces_of([runner], finding("bring the money up")) == []


async def test_an_answer_in_the_words_of_an_advert_is_none_where_no_other_phone_got_it_then() -> None:
    """In one spelling the analysis takes the words for an advert, in another it does not."""
    words = "walk down the alley by the shop"
    loud, quiet = finding(words.upper(), template=words, advert=True), finding(words, template=words)
    phones = customers(3)
    phones[2].text(LINE, 15.5, loud, sent=False)
    phones[1].text(LINE, 14.5, quiet, sent=False)
    phones[0].text(LINE, 10.499, finding("u about"), sent=True)
    phones[0].text(LINE, 10.5, loud, sent=False)
    linkage = await linked(*phones)
    traces = {placed.device_id for placed in linkage.flares if placed.flare.template_id == loud.template_id}
    assert phones[0].device_id not in traces


async def test_a_few_words_within_half_an_hour_of_an_order_are_an_answer_and_a_name_or_more_words_are_none() -> None:
    for said, minutes, expected in (
        (offer(None, "off til 12"), 20, 0),
        (offer(None, "off til 12"), 40, 1),
        (offer("Rico", "{line} off til 12"), 20, 1),
        (offer(None, "off til 12 then on all night"), 20, 1),
    ):
        phones = customers(3)
        phones[0].text(LINE, 10.5, finding("u about"), sent=True)
        phones[0].text(LINE, 10.5 + minutes / 1440, said, sent=False)
        assert len(await traces_of(phones, said)) == expected


async def test_what_a_runner_is_told_again_and_again_in_the_midst_of_talk_is_no_advert() -> None:
    told = msgspec.structs.replace(finding("top up the phone on the way"), advert_score=0.13)
    for is_talk, expected in ((True, 0), (False, 5)):
        phones = customers(2)
        runner = phones[0]
        for day in range(1, 16, 3):
            if is_talk:
                runner.text(LINE, day + 0.49, finding("done"), sent=True)
            runner.text(LINE, day + 0.5, told, sent=False)
        assert len(await traces_of(phones, told)) == expected


async def test_a_text_of_the_police_is_no_advert_for_one_phone_whose_clock_is_a_day_ahead() -> None:
    """Too few broadcasts came to that phone to tell that its clock was wrong."""
    ahead = 26 / 24
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    late, stranger = Phone("B/1", 150), Phone("C/1", 160)
    for wording in ("{line} on both 3 for 25", "{line} about til late", "{line} ring now"):
        campaign("Rico", LINE, phones, range(10), wording)
    late.text(LINE, 9 + ahead, offer("Rico"), sent=False)
    notice = msgspec.structs.replace(finding("this number has been seized by the police"), advert_score=0.02)
    for phone in (*phones, stranger):
        phone.text(LINE, 9.5, notice, sent=False)
    late.text(LINE, 9.5 + ahead, notice, sent=False)
    linkage = await linked(*phones, late, stranger)
    line = the_line(linkage, "Rico")
    assert stranger.device_id not in {row.device_id for row in line.devices if row.relation != "mentions_line"}


async def test_a_broadcast_that_calls_the_sender_s_number_new_after_a_silence_is_of_another_holder() -> None:
    """The line's own new number says so when it begins; one that it used for weeks is new to somebody else alone."""
    phones = [*customers(4), Phone("N/1", 301), Phone("N/2", 302)]
    said = moved_from(None)
    for phone in phones[3:]:
        phone.text(LINE, 75, said, sent=False)
    assert await traces_of(phones, said) == []
    theirs = {phone.device_id for phone in phones[4:]}
    assert not theirs & {row.device_id for row in the_line(await linked(*phones), "Rico").devices if row.advert_count}


SHORT = msgspec.structs.replace(finding("no short money"), advert_score=0.4)


@pytest.mark.parametrize(("phones_with_it", "traces"), [(1, 0), (2, 2)])
async def test_a_text_of_three_words_that_reads_like_an_advert_is_one_where_another_phone_has_it(
    phones_with_it: int, traces: int
) -> None:
    phones = customers(3)
    for place, phone in enumerate(phones[:phones_with_it]):
        phone.text(LINE, 10.5 + place / 1440, SHORT, sent=False)
    assert len(await traces_of(phones, SHORT)) == traces


async def test_so_it_is_where_it_comes_again_on_other_days() -> None:
    phones = customers(3)
    for day in (10.5, 12.5, 14.5):
        phones[0].text(LINE, day, SHORT, sent=False)
    assert len(await traces_of(phones, SHORT)) == 3


@pytest.mark.parametrize(("is_held", "is_named"), [(True, False), (True, True), (False, False)])
async def test_words_to_one_of_whom_the_sending_phone_is_held_are_no_advert_for_an_advert_in_those_words(
    *, is_held: bool, is_named: bool
) -> None:
    phones, sender = customers(3), Phone("S/1", 1)
    for day in range(0, 20, 2):
        for place in range(15):
            sender.text(number(101 + place), day, offer("Rico"), sent=True)
    said = finding("rico be quick its gettin busy" if is_named else "be quick its gettin busy", template="busy")
    said = msgspec.structs.replace(said, advert_score=0.2)
    like_an_advert = finding("be quick its gettin busy mate", template="busy", advert=True)
    for day, text in ((10.5, said), (15.5, like_an_advert)):
        phones[0].text(LINE, day, text, sent=False)
        sender.text(number(100), day, text, sent=True)
    found = await linked(*phones, *([sender] if is_held else []))
    came = [placed for placed in found.flares if placed.flare.template_id == said.template_id]
    assert any(placed.flare.started_at.startswith("2024-01-11") for placed in came) == (not is_held)
