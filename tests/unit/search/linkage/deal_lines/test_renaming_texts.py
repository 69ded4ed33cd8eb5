"""The text in which a line says that it changed its name stands at the question of its two names."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, finding, linked, number

LINE = number(1)


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("{line} are called domino now same number same quality", True),
        ("{line} and domino both on", False),
        ("{line} not called domino now same number that is a fake", False),
    ],
)
async def test_the_text_that_says_so_is_named_with_its_day_and_records(said: str, *, is_told: bool) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Jigsaw", LINE, phones, range(0, 10, 2))
    campaign("Domino", LINE, phones, range(12, 22, 2), "{line} active 2 for 15")
    for phone in phones:
        text = said.replace("{line}", "Jigsaw we")
        phone.text(LINE, 11, finding(text, template=said.replace("{line}", "{line} we"), line="Jigsaw", advert=True),
                   sent=False)  # fmt: skip
    (line,) = (await linked(*phones)).lines
    (sentence,) = (each for each in line.conflicts if "the analysis reads 2 names" in each)
    assert ("A text of 2024-01-12 says that it was renamed (3 messages: r-" in sentence) == is_told
