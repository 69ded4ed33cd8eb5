"""An advert that came right after the phone had written to its number: an answer, or a copy of what goes to all."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, finding, linked, number, offer

LINE = number(1)
OWN_WORDS = offer(None, "about bell me both on")
_HOUR = 1 / 24


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ((5, 6, 7), 3),
        ((5, 6, 6.5), 2),  # not on the day after
        ((5, 6 + 4 * _HOUR, 7), 2),  # at another time of day
    ],
)
async def test_words_that_come_daily_at_one_time_are_no_answer_to_what_the_phone_wrote_just_then(
    days: tuple[float, ...], count: int
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    phone = phones[0]
    for place, day in enumerate(sorted(days)):
        at = day + 4 * _HOUR
        if place == 1:
            phone.text(LINE, at - 1 / 1440, finding("is it same as yday"), sent=True)
        phone.text(LINE, at, OWN_WORDS, sent=False)
    flares = [it.flare for it in (await linked(*phones)).flares if it.device_id == phone.device_id]
    template_id = OWN_WORDS.template_id
    assert sum(it.message_count for it in flares if it.template_id == template_id) == count
