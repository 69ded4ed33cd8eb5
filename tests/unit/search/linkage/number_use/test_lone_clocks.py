"""A phone whose clock was wrong by years shows no use of the number of its own, though no advert bears a name."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, finding, instant, linked, members, number

LINE = number(1)
WORDINGS = ("quick ones only be fast", "fat ones parked by the shops", "got both in come round")
OTHERS = ("two for one all night long", "same place back of the shops", "deals all weekend come see")


async def beside(count: int, shift: float, wordings: tuple[str, ...] = WORDINGS) -> Linkage:
    """Return the linkage of phones that got a number's adverts in a fortnight, and one that dates three elsewhere."""
    phones, odd = [Phone(f"A/{place}", 101 + place) for place in range(count)], Phone("Z/1", 150)
    for place, phone in enumerate(phones):
        phone.text(LINE, 3.5, finding("u on"), sent=True)
        for turn in range(12):
            said = finding(WORDINGS[turn % 3], advert=True)
            phone.text(LINE, 1.37 * turn + place / 86_400, said, sent=False)
    odd.text(LINE, 3.5 + shift, finding("u on"), sent=True)
    for turn in range(3):
        said = finding(wordings[turn % len(wordings)], advert=True)
        odd.text(LINE, 1.37 * turn + shift, said, sent=False)
    return await linked(*phones, odd)


@pytest.mark.parametrize("shift", [-1500.0, -400.0, 400.0])
async def test_what_one_phone_dates_years_away_in_the_same_words_is_of_the_line_and_dates_nothing(shift: float) -> None:
    (line,) = (await beside(4, shift)).lines
    assert line.first_seen_at == instant(0)
    assert line.last_seen_at == instant(1.37 * 11 + 3 / 86_400)
    assert "Z/1" in members(line)
    assert any("its clock may have been wrong" in caveat for caveat in line.caveats)


@pytest.mark.parametrize(
    ("count", "shift", "wordings"),
    [
        (4, -1500.0, OTHERS),  # who had the number before
        (4, -1500.0, (*WORDINGS[:2], OTHERS[0])),
        (4, -1500.0, WORDINGS[:1]),  # everybody's words
        (4, 200.0, WORDINGS),  # a line may rest for some months
        (2, -1500.0, WORDINGS),  # which of them is wrong is not known
    ],
)
async def test_else_the_number_was_given_out_again(count: int, shift: float, wordings: tuple[str, ...]) -> None:
    periods = {line.first_seen_at for line in (await beside(count, shift, wordings)).lines}
    assert instant(0) in periods
    assert instant(shift) in periods
