"""A number that one line leaves for another, and that a second line takes up at once, among the same customers."""

from __future__ import annotations

import pytest

from search.linkage.model import Line, Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, moved_from, moved_to, number, offer

GIVEN, NEXT, OTHER = number(1), number(2), number(3)
OF_RICO = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
OF_ECHO = ("{line} out now quick drop", "{line} open all day come thru", "big bits with {line} today")


def phones_of_both() -> list[Phone]:
    """Return customers of both lines, and some of each alone."""
    return [Phone(f"A/{place}", 101 + place) for place in range(6)]


def send(name: str, sender: str, phones: list[Phone], wordings: tuple[str, ...], days: range) -> None:
    for place, wording in enumerate(wordings):
        campaign(name, sender, phones, range(days.start + place, days.stop, 3), wording)


def succeeds(linkage: Linkage, name: str) -> set[tuple[str | None, str]]:
    line = the_only(linkage, name)
    return {(held.succeeds, held.number) for held in line.numbers}


def the_only(linkage: Linkage, name: str) -> Line:
    (line,) = [line for line in linkage.lines if line.name == name]
    return line


async def test_a_number_that_goes_on_under_the_name_of_another_line_is_of_both_lines_one_after_the_other() -> None:
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    for phone in phones[:4]:
        phone.text(GIVEN, 31, moved_to(NEXT, "Rico"), sent=False)
    send("Rico", NEXT, phones[:4], OF_RICO, range(32, 62))
    send("Echo", OTHER, phones[1:], OF_ECHO, range(34))
    send("Echo", GIVEN, phones[1:], OF_ECHO, range(36, 66))
    found = await linked(*phones)
    assert len(found.lines) == 2
    assert succeeds(found, "Rico") == {(None, GIVEN), (GIVEN, NEXT)}
    assert succeeds(found, "Echo") == {(None, OTHER), (OTHER, GIVEN)}


async def test_so_is_one_of_which_no_text_says_where_its_line_went_on() -> None:
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    send("Rico", NEXT, phones[:4], OF_RICO, range(32, 62))
    send("Echo", OTHER, phones[1:], OF_ECHO, range(34))
    send("Echo", GIVEN, phones[1:], OF_ECHO, range(36, 66))
    assert len((await linked(*phones)).lines) == 2


async def test_a_number_that_a_line_takes_on_beside_its_own_is_of_both_lines_wherever_the_first_goes_on() -> None:
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    for phone in phones[:4]:
        phone.text(NEXT, 31, moved_from(GIVEN, "Rico"), sent=False)
    send("Rico", NEXT, phones[:4], OF_RICO, range(32, 62))
    send("Echo", OTHER, phones[1:], OF_ECHO, range(66))
    send("Echo", GIVEN, phones[1:], OF_ECHO, range(32, 66))
    found = await linked(*phones)
    assert len(found.lines) == 2
    assert succeeds(found, "Rico") == {(None, GIVEN), (GIVEN, NEXT)}
    assert {held.number for held in the_only(found, "Echo").numbers} == {OTHER, GIVEN}
    assert "taken_on" in {join.kind for join in the_only(found, "Echo").joins}


async def test_so_is_one_whose_first_line_is_gone() -> None:
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    send("Echo", OTHER, phones[1:], OF_ECHO, range(66))
    for phone in phones[:4]:
        phone.text(GIVEN, 32, offer("Echo", "{line} has this number now, Rico is finished"), sent=False)
    send("Echo", GIVEN, phones[1:], OF_ECHO, range(33, 66))
    found = await linked(*phones)
    assert len(found.lines) == 2
    assert {held.number for held in the_only(found, "Rico").numbers} == {GIVEN}
    assert {held.number for held in the_only(found, "Echo").numbers} == {OTHER, GIVEN}


async def test_a_line_that_takes_a_name_which_another_line_of_other_phones_bears_is_one_line() -> None:
    phones, others = phones_of_both()[:4], [Phone(f"B/{place}", 301 + place) for place in range(4)]
    send("Rico", GIVEN, phones, OF_RICO, range(30))
    send("Echo", OTHER, others, OF_ECHO, range(66))
    for phone in phones:
        phone.text(GIVEN, 31, offer("Echo", "{line} here used to be Rico"), sent=False)
    send("Echo", GIVEN, phones, OF_RICO, range(32, 62))
    found = await linked(*phones, *others)
    assert sorted(sorted(held.number for held in line.numbers) for line in found.lines) == [[GIVEN], [OTHER]]


@pytest.mark.parametrize(
    ("name", "wording", "is_one"),
    [
        ("Echo", "rico is now {line} same number same people", True),
        ("Rico", "{line} now goes by echo, same number", True),
        ("Rico", "ex {line} now echo", True),
        ("Echo", "its {line} used to be rico", True),
        ("Echo", "{line} formerly known as rico all day", True),
        ("Echo", "{line} has this number now, rico is finished", False),
        ("Echo", "rico is done with it, its {line} now", False),
        ("Echo", "this line was rico, now {line}, rico has a new number", False),
        ("Rico", "this line was {line} now echo {line} has a new number", False),
        ("Rico", "the {line} has been changed to echo different people better bits", False),
        ("Rico", "{line} line now echo under new management", False),
        ("Rico", "{line} now echo {deal}", False),
        ("Rico", "{line} is now called echo, same people new number", False),
        ("Rico", "{line} is off. now its echo same people", False),
        ("Rico", "{line} and echo on now", False),
        ("Rico", "dont listen, {line} is now echo says that snake", False),
    ],
)
async def test_a_number_that_says_that_it_is_called_so_now_was_left_by_nobody(
    name: str,
    wording: str,
    is_one: bool,  # noqa: FBT001 - one of a table
) -> None:
    """Somebody of that name writes to the same phones, and somebody of the earlier one goes on elsewhere."""
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    send("Rico", NEXT, phones[2:], ("{line} all night ring", "{line} is open bell me"), range(20, 62))
    send("Echo", OTHER, phones[1:], OF_ECHO, range(66))
    for phone in phones[:4]:
        phone.text(GIVEN, 31, offer(name, wording), sent=False)
    send(
        "Echo",
        GIVEN,
        phones[:4],
        ("{line} on one till 8", "{line} deals from now", "new in with {line}"),
        range(32, 62),
    )
    found = await linked(*phones)
    of_given = [line for line in found.lines if GIVEN in {held.number for held in line.numbers}]
    assert (len(of_given) == 1) == is_one
    assert all(OTHER not in {held.number for held in line.numbers} for line in of_given) == is_one


async def test_who_sends_one_wording_under_a_name_takes_no_number_on() -> None:
    """A barber of the name that a line takes sends one text to the town, year in, year out."""
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    send("Echo", OTHER, phones[1:], ("{line} here 2 cuts for 20 til sunday",), range(66))
    send("Echo", GIVEN, phones[1:], OF_ECHO, range(33, 66))
    found = await linked(*phones)
    assert all({held.number for held in line.numbers} != {OTHER, GIVEN} for line in found.lines)


async def test_a_line_that_takes_another_name_on_all_its_numbers_is_one_line() -> None:
    phones = phones_of_both()[:4]
    for phone in phones:
        phone.text(GIVEN, 3, moved_to(NEXT, "Rico"), sent=False)
    send("Rico", GIVEN, phones, OF_RICO, range(30))
    send("Rico", NEXT, phones, OF_RICO, range(4, 42))
    send("Echo", GIVEN, phones, OF_RICO, range(31, 62))
    send("Echo", NEXT, phones, OF_RICO, range(43, 62))
    found = await linked(*phones)
    assert [sorted(held.number for held in line.numbers) for line in found.lines] == [[GIVEN, NEXT]]


async def test_a_line_that_leaves_its_name_to_who_imitates_it_is_one_line() -> None:
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    send("Rico", OTHER, phones[2:], OF_ECHO, range(15, 60))
    for phone in phones[:4]:
        phone.text(GIVEN, 31, offer("Echo", "{line} here used to be Rico"), sent=False)
    send("Echo", GIVEN, phones[:4], OF_RICO, range(32, 62))
    found = await linked(*phones)
    assert sum(GIVEN in {held.number for held in line.numbers} for line in found.lines) == 1


async def test_what_one_handset_sent_for_both_lines_is_told_by_what_few_phones_show() -> None:
    """Of its broadcasts phones show hardly any, and none on the days around the change."""
    handset, phones = Phone("B/1", None), phones_of_both()
    told = {
        "Rico": (GIVEN, NEXT, range(0, 60, 3), phones[:2], [101, 102, *range(300, 310)]),
        "Echo": (OTHER, GIVEN, range(1, 64, 3), phones[3:5], [104, 105, *range(350, 360)]),
    }
    for name, (first, second, days, held, listed) in told.items():
        wordings = OF_RICO if name == "Rico" else OF_ECHO
        for place, day in enumerate(days):
            said = offer(name, wordings[place % 3])
            sender = first if day < 30 else second
            for order, party in enumerate(listed):
                handset.text(number(party), day + order / 5000, said, sent=True)
            for phone in held if place in {0, 5, 16} else ():
                phone.text(sender, day + 0.001, said, sent=False)
    for phone in phones[:3]:
        phone.text(GIVEN, 28.5, moved_to(NEXT, "Rico"), sent=False)
    found = await linked(handset, *phones)
    assert succeeds(found, "Rico") == {(None, GIVEN), (GIVEN, NEXT)}
    assert succeeds(found, "Echo") == {(None, OTHER), (OTHER, GIVEN)}


async def test_a_longer_form_of_the_name_on_a_number_that_said_where_it_went_is_another_lines() -> None:
    for name, is_said, on_next, count in (
        ("Rico Town", True, "Rico", 2),
        ("Rico Town", False, "Rico", 1),  # nothing says that the number was left
        ("Rico Town", True, "Rico Town", 1),  # the line took the longer form there too
        ("Rico", True, "Rico", 1),
    ):
        phones = phones_of_both()
        send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
        if is_said:
            for phone in phones[:4]:
                phone.text(GIVEN, 31, moved_to(NEXT, "Rico"), sent=False)
        send(on_next, NEXT, phones[:4], OF_RICO, range(32, 90))
        send(name, GIVEN, phones[2:], OF_ECHO, range(48, 90))
        if count > 1:
            for phone in phones[:4]:
                phone.text(NEXT, 50, offer("Rico Town", "{line} got my old phone thats not us"), sent=False)
        found = await linked(*phones)
        assert len(found.lines) == count, (name, is_said, on_next)
        if count > 1:
            numbers = {frozenset((held.succeeds, held.number) for held in line.numbers) for line in found.lines}
            assert numbers == {frozenset({(None, GIVEN), (GIVEN, NEXT)}), frozenset({(None, GIVEN)})}


async def test_a_name_in_one_wording_of_a_number_that_its_line_left_is_no_second_line() -> None:
    phones = phones_of_both()
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    for phone in phones[:4]:
        phone.text(GIVEN, 31, moved_to(NEXT, "Rico"), sent=False)
        phone.text(GIVEN, 31.1, offer("Nae Mair", "{line} oan this yin, ring the new one"), sent=False)
        for place, wording in enumerate(
            ("fat bits 3 for 25 brown and white", "early birds 2 for 15 both", "dark n light")
        ):
            phone.text(GIVEN, 31.2 + place / 10, offer(None, wording), sent=False)
        phone.text(GIVEN, 31.6, finding("u about"), sent=True)
    send("Rico", NEXT, phones[:4], OF_RICO, range(32, 62))
    # another line that leaves its number says the same
    send("Echo", OTHER, phones[1:], OF_ECHO, range(20))
    for phone in phones[1:]:
        phone.text(OTHER, 20.5, offer("Nae Mair", "{line} oan this yin, ring the new one"), sent=False)
    found = await linked(*phones)
    assert {line.name for line in found.lines} == {"Rico", "Echo"}
    assert len(found.lines) == 2
    assert succeeds(found, "Rico") == {(None, GIVEN), (GIVEN, NEXT)}
    assert {held.number for held in the_only(found, "Echo").numbers} == {OTHER}


async def test_who_had_to_do_with_a_number_is_of_the_line_that_had_it_then() -> None:
    phones = phones_of_both()
    first, second = Phone("L/1", 201), Phone("L/2", 1)
    send("Rico", GIVEN, phones[:4], OF_RICO, range(20))
    send("Rico", NEXT, phones[:4], OF_RICO, range(22, 60))
    send("Echo", OTHER, phones[1:], OF_ECHO, range(40))
    send("Echo", GIVEN, phones[1:], OF_ECHO, range(42, 70))
    first.call(GIVEN, 21, made=True)
    # what the second phone sends is Echo's, whatever else it holds of the time before
    second.text(number(301), 5, finding("see u later"), sent=True)
    for place in range(12):
        second.text(number(101 + place), 45 + place / 5000, offer("Echo", OF_ECHO[0]), sent=True)
    found = await linked(*phones, first, second)
    of_rico = {(row.device_id, row.relation) for row in the_only(found, "Rico").devices}
    of_echo = {(row.device_id, row.relation) for row in the_only(found, "Echo").devices}
    assert (first.device_id, "contact_of_line") in of_rico
    assert (first.device_id, "contact_of_line") not in of_echo
    assert (second.device_id, "carries_line_sim") in of_echo
    assert (second.device_id, "carries_line_sim") not in of_rico


async def test_a_line_that_changes_its_name_beside_its_second_number_is_one_line() -> None:
    phones = phones_of_both()
    nameless = tuple(wording.replace("{line} ", "").replace(" {line}", "") for wording in OF_RICO)
    far = [Phone(f"F/{place}", 301 + place) for place in range(4)]
    for place, (named, bare) in enumerate(zip(OF_RICO, nameless, strict=True)):
        campaign("Rico", GIVEN, phones, range(10 + place, 40, 3), named)
        for phone in phones:
            for day in range(place, 40, 3):
                phone.text(OTHER, day + 0.2, finding(bare, template=named, advert=True), sent=False)
    send("Milo", OTHER, phones, OF_ECHO, range(43, 70))
    send("Milo", GIVEN, phones, OF_ECHO, range(50, 80))
    # the name goes on, in another town
    send("Rico", NEXT, far, ("{line} on here", "{line} is about", "ring {line}"), range(80))
    found = await linked(*phones, *far)
    assert {frozenset(held.number for held in line.numbers) for line in found.lines} == {
        frozenset({GIVEN, OTHER}),
        frozenset({NEXT}),
    }


async def test_a_line_that_comes_back_under_the_name_of_one_of_another_town_keeps_its_list() -> None:
    """Before its rest it sent its customers to a third one; who takes a number on brings customers of his own."""
    phones, others = phones_of_both()[:4], [Phone(f"B/{place}", 301 + place) for place in range(4)]
    send("Rico", GIVEN, phones, OF_RICO, range(30))
    for phone in phones:
        phone.text(GIVEN, 32, offer("Tango", "gone for a bit {line} looks after you all"), sent=False)
    send("Tango", NEXT, phones, ("{line} all day both", "{line} same price same spot"), range(5, 99))
    send("Echo", OTHER, others, OF_ECHO, range(60))
    send("Echo", GIVEN, phones, OF_ECHO, range(93, 120))
    found = await linked(*phones, *others)
    assert sum(GIVEN in {held.number for held in line.numbers} for line in found.lines) == 1


async def test_a_number_under_so_many_names_that_none_has_its_share_passes_to_nobody() -> None:
    phones = phones_of_both()
    names = [
        f"{first}{last}" for first in ("Ada", "Bo", "Cy", "Del", "Em") for last in ("gor", "lin", "mak", "tus", "vex")
    ]
    for place, name in enumerate(names):
        campaign(name, GIVEN, phones, (place,))
    found = await linked(*phones)
    assert all(held.succeeds is None for line in found.lines for held in line.numbers)


async def test_of_a_handset_whose_broadcasts_came_from_other_numbers_it_tells_nothing() -> None:
    """Another Rico's, which changes its number too; phones hold each broadcast, of which one bears the other name."""
    handset, phones = Phone("B/1", None), [*phones_of_both(), Phone("C/1", 201), Phone("C/2", 202)]
    send("Rico", GIVEN, phones[:4], OF_RICO, range(30))
    send("Rico", NEXT, phones[:4], OF_RICO, range(32, 62))
    send("Echo", OTHER, phones[1:6], OF_ECHO, range(34))
    send("Echo", GIVEN, phones[1:6], OF_ECHO, range(36, 66))
    for phone in phones[:4]:
        phone.text(GIVEN, 31, moved_to(NEXT, "Rico"), sent=False)
    for day in range(1, 60, 3):
        said = offer("Echo" if day == 10 else "Rico", f"{{line}} boys both sides on the {day // 9} now ring in")
        own = number(8) if day < 30 else number(9)
        for order in range(12):
            handset.text(number(201 + order), day + order / 5000, said, sent=True)
        for order, phone in enumerate(phones[6:]):
            phone.text(own, day + order / 5000, said, sent=False)
    found = await linked(handset, *phones)
    (device_id,) = {placed.device_id for placed in found.flares if placed.flare.direction == "sent"}
    numbers = {
        shown for line in found.lines for row in line.devices if row.device_id == device_id for shown in row.numbers
    }
    assert numbers == {number(8), number(9)}
