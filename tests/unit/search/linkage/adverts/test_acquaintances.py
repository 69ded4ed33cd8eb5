"""What a friend says of a line reads like an advert now and then, and the friend is no number of it, and no line."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer, the_line

LINE, FRIEND = number(1), number(300)
WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


def customers() -> list[Phone]:
    """Return phones with the adverts of a line that falls silent on day 60, and orders."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, wording in enumerate(WORDINGS):
        campaign("Rico", LINE, phones, range(place, 60, 3), wording)
    for phone in phones:
        phone.text(LINE, 2.5, finding("u about"), sent=True)
    return phones


def talk(phone: Phone, since: float) -> None:
    for day in range(5):
        phone.text(FRIEND, since + day, finding("u coming for tea"), sent=True)
        phone.text(FRIEND, since + day + 0.1, finding("yeah be there in ten"), sent=False)


@pytest.mark.parametrize(("since", "is_friend"), [(20, True), (62, False)])
async def test_whom_a_phone_wrote_with_for_weeks_before_is_no_next_number_of_a_line(
    since: float,
    is_friend: bool,  # noqa: FBT001  # a case of the test
) -> None:
    """A line's next number writes to its customers as a stranger, and they order from then on."""
    phones = customers()
    talk(phones[0], since)
    phones[0].text(FRIEND, 61.5, offer("Rico", WORDINGS[1]), sent=False)
    line = the_line(await linked(*phones), "Rico")
    assert [held.number for held in line.numbers] == [LINE, *([] if is_friend else [FRIEND])]


async def test_a_phone_that_only_writes_with_the_friend_is_no_member() -> None:
    phones, other = customers(), Phone("B/1", 150)
    talk(phones[0], 20)
    talk(other, 20)
    phones[0].text(FRIEND, 61.5, offer("Rico", WORDINGS[1]), sent=False)
    assert "B/1" not in members(the_line(await linked(*phones, other), "Rico"))


async def test_two_texts_of_a_friend_that_read_like_adverts_make_no_line() -> None:
    for since, count in ((0, 0), (39, 1)):
        phone = Phone("A/1", 101)
        for place in range(3):
            phone.text(FRIEND, since + place / 5, finding("see you at home"), sent=True)
        for place in range(4):
            said = finding(f"jigsaws got the best stuff {place}", line="Jigsaw", advert=True)
            phone.text(FRIEND, 40 + place, said, sent=False) if count or place < 2 else None
        assert len((await linked(phone)).lines) == count


async def test_a_held_phone_that_says_a_lines_name_to_one_person_has_no_number_of_the_line() -> None:
    for told, is_line in ((1, False), (12, True)):
        phones, own = customers(), Phone("C/1", 300)
        own.text(
            [number(101), *(number(400 + place) for place in range(told - 1))],
            61.5,
            offer("Rico", WORDINGS[1]),
            sent=True,
        )
        phones[0].text(FRIEND, 61.5, offer("Rico", WORDINGS[1]), sent=False)
        line = the_line(await linked(*phones, own), "Rico")
        assert ("C/1" in members(line)) == is_line
