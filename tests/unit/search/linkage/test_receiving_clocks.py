"""A phone whose clock was wrong when it received: what it holds counts, and its times date nothing."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, finding, instant, linked, number, offer, the_line

LINES_NUMBERS = (number(1), number(2), number(3))
WORDINGS = ("{line} on both 3 for 25 all day", "{line} about best of both ring now", "{line} round come quick")
DAYS = (0.11, 1.52, 2.23, 3.64, 4.05, 5.46, 6.37, 7.28)
"""Days of the broadcasts of one number; the next one begins three days after the last of them."""
NEXT_DAYS = 10
MISSED = finding("steady all day come see us")


def phones_of(count: int, shift: float, *, days: tuple[float, ...] = DAYS) -> list[Phone]:
    """Return phones that received what a line sent from three numbers, one after the other; the first by its clock."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    for place, phone in enumerate(phones):
        moved = shift if place == 0 else 0.0
        for use, sender in enumerate(LINES_NUMBERS):
            for nth, day in enumerate(days):
                at = use * NEXT_DAYS + day + place / 86_400
                phone.text(sender, at + moved, offer("Rico", WORDINGS[nth % len(WORDINGS)]), sent=False)
            phone.text(sender, use * NEXT_DAYS + 3.2 + moved, finding("u on"), sent=True)
    return phones


def clocks_named(linkage: Linkage) -> list[str]:
    said = {caveat for line in linkage.lines for caveat in line.caveats if caveat.startswith("The clock of")}
    assert said == {reason for each in linkage.traffic for reason in each.reasons if reason.startswith("The clock of")}
    return sorted(said)


@pytest.mark.parametrize(
    ("shift", "way"), [(-9.01, "9 days behind"), (4.3, "4 days and 7 hours ahead"), (1200, "ahead")]
)
async def test_what_came_by_a_wrong_clock_is_the_lines_and_the_dates_are_of_other_phones(
    shift: float, way: str
) -> None:
    right, wrong = [await linked(*phones_of(4, days)) for days in (0.0, shift)]
    line = the_line(wrong, "Rico")
    assert [held.succeeds for held in line.numbers] == [None, *LINES_NUMBERS[:2]]
    assert line.first_seen_at == instant(DAYS[0] + 1 / 86_400)
    assert [row.relation for row in line.devices] == [row.relation for row in the_line(right, "Rico").devices]
    (said,) = clocks_named(wrong)
    assert said.startswith("The clock of A/0 (case OP/1) was ")
    assert f"{way} when it received: 24 of 24 adverts stand so long " in said
    assert "the copies that 3 other phones received." in said


async def test_a_trace_keeps_the_time_of_its_record_and_says_by_how_much_it_is_out() -> None:
    phones = phones_of(3, -9.01)
    for place, phone in enumerate(phones):
        phone.text(LINES_NUMBERS[1], NEXT_DAYS + 4.5 - (9.01 if place == 0 else 0.0), MISSED, sent=False)
    linkage = await linked(*phones)
    line = the_line(linkage, "Rico")
    own = [found for found in linkage.flares if found.device_id == "dv-A/0"]
    assert {found.line_id for found in own} == {line.line_id}
    assert {round(found.clock_seconds / 86_400, 2) for found in own} == {9.01}
    assert [found.flare.started_at for found in own if found.flare.template_id == MISSED.template_id] == [
        instant(NEXT_DAYS + 4.5 - 9.01)
    ], "what the analysis missed too"
    assert {found.flare.started_at for found in own} >= {instant(day - 9.01) for day in DAYS}
    assert not [found for found in linkage.flares if found.device_id != "dv-A/0" and found.clock_seconds]


async def test_adverts_of_a_number_that_was_given_out_again_stay_with_the_use_they_are_of() -> None:
    phones = phones_of(3, -9.01)
    for place, phone in enumerate(phones):
        for day in DAYS:
            at = 400 + day + place / 86_400 - (9.01 if place == 0 else 0.0)
            phone.text(LINES_NUMBERS[0], at, offer("Echo", "{line} live two for fifteen"), sent=False)
    linkage = await linked(*phones)
    assert len(clocks_named(linkage)) == 1
    for name, count in (("Rico", 24), ("Echo", 8)):
        counts = {row.advert_count for row in the_line(linkage, name).devices if row.relation == "received_adverts"}
        assert counts == {count}


@pytest.mark.parametrize(
    ("count", "shift", "days"),
    [
        (4, 0.0, DAYS),
        (2, -9.01, DAYS),  # whose clock is wrong?
        (4, -0.9, DAYS),  # a zone
        (4, -9.01, DAYS[:1]),  # too few
        (4, 40.0, tuple(float(day) for day in range(8))),  # the same times every day fit several shifts
    ],
)
async def test_a_clock_is_not_suspected_on_less(count: int, shift: float, days: tuple[float, ...]) -> None:
    assert clocks_named(await linked(*phones_of(count, shift, days=days))) == []


async def test_a_phone_that_got_other_rounds_of_the_same_texts_has_a_right_clock() -> None:
    phones = phones_of(4, 0.0)
    later = Phone("B/1", 120)
    for nth, day in enumerate((0.3, 1.9, 2.6, 3.1, 4.7, 5.2, 6.8, 7.7)):
        later.text(LINES_NUMBERS[0], day + 30, offer("Rico", WORDINGS[nth % len(WORDINGS)]), sent=False)
    assert clocks_named(await linked(*phones, later)) == []


async def test_a_second_wrong_clock_does_not_hide_the_first() -> None:
    """Each lies as far from the other, in all broadcasts, as it does from those that are right."""
    phones = phones_of(4, -9.01)
    late = phones_of(1, 1200.3)[0]
    second = Phone("B/1", 120)
    second.rows = late.rows
    linkage = await linked(*phones, second)
    line = the_line(linkage, "Rico")
    assert [held.succeeds for held in line.numbers] == [None, *LINES_NUMBERS[:2]]
    assert [said.split(" (")[0] for said in clocks_named(linkage)] == ["The clock of A/0", "The clock of B/1"]


async def test_a_clock_by_which_half_of_much_fits_was_wrong_too() -> None:
    """Of the rest the copies that came with them are on phones that are not held."""
    phones = phones_of(3, -9.01)
    for nth in range(14):
        for use, sender in enumerate(LINES_NUMBERS[:1]):
            said = offer("Rico", WORDINGS[nth % len(WORDINGS)])
            phones[0].text(sender, use * NEXT_DAYS + nth * 0.517 + 0.03 - 9.01, said, sent=False)
    (said,) = clocks_named(await linked(*phones))
    assert "9 days behind" in said


async def test_calls_in_a_file_of_their_own_are_dated_by_the_handsets_clock() -> None:
    phones = phones_of(4, -900.0)
    calls = Phone("A/0", 100)
    calls.extraction_id = "ex-calls"
    calls.call(LINES_NUMBERS[0], 3.3 - 900, made=True)
    line = the_line(await linked(*phones, calls), "Rico")
    (contact,) = [row for row in line.devices if row.device_id == "dv-A/0" and row.relation == "contact_of_line"]
    assert LINES_NUMBERS[0] in contact.numbers


async def test_one_phone_years_from_three_others_dates_nothing_though_its_clock_is_not_known() -> None:
    phones = phones_of(4, 0.0)
    late = Phone("B/1", 120)
    for nth, day in enumerate(DAYS[:3]):
        late.text(LINES_NUMBERS[2], day - 1400.3, offer("Rico", WORDINGS[nth]), sent=False)
    line = the_line(await linked(*phones, late), "Rico")
    assert [held.succeeds for held in line.numbers] == [None, *LINES_NUMBERS[:2]]
    assert line.first_seen_at == instant(DAYS[0])
    assert any("on B/1 (case OP/1) are dated months or years from those on all" in caveat for caveat in line.caveats)


async def test_a_clock_is_known_of_a_phone_that_shows_its_senders_by_a_name_alone() -> None:
    phones, named = [Phone(f"A/{place}", 100 + place) for place in range(4)], Phone("A/9", 109)
    for nth, day in enumerate(DAYS):
        said = offer("Rico", WORDINGS[nth % len(WORDINGS)])
        for place, phone in enumerate(phones):
            phone.text(number(1), day + place / 86_400, said, sent=False)
        named.text(None, day + 1 / 1440 - 1825.2, said, sent=False, name="bits", service="whatsapp")
    for phone in phones:
        phone.text(number(1), 3.2, finding("u on"), sent=True)
    linkage = await linked(*phones, named)
    (said_of_it,) = clocks_named(linkage)
    assert said_of_it.startswith("The clock of A/9 (case OP/1) was 1,825 days and 5 hours behind when it received: ")
    line = the_line(linkage, "Rico")
    assert line.first_seen_at == instant(DAYS[0])
    assert not any("days apart" in join.sentence for join in line.joins)
