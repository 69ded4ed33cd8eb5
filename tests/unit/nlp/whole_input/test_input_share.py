from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.whole_input.input_share import FEWEST, share_worth

ADVERTS = [0.5, 1.5, 2.5, 3.5] * 40
TALK = [-2.9, -2.5, -2.0, -1.5] * 40
PLAIN = [-6.0] * 3000


def test_many_adverts_speak_for_and_much_else_that_is_like_one_against() -> None:
    assert share_worth([*ADVERTS, -0.5, -1.0]) == 0.75
    assert share_worth([*TALK, 0.2]) == -1.5
    assert -0.5 < share_worth([*ADVERTS[:60], *TALK[:60]]) < 0.5


def test_how_much_plain_talk_is_on_a_phone_says_nothing() -> None:
    assert share_worth([*ADVERTS, *PLAIN]) == share_worth(ADVERTS)
    assert share_worth([*ADVERTS[:20], *TALK[:40], *PLAIN]) == share_worth([*ADVERTS[:20], *TALK[:40], *PLAIN[:100]])


def test_few_wordings_say_nothing() -> None:
    assert share_worth(ADVERTS[: FEWEST - 1]) == 0.0
    assert share_worth(ADVERTS[:FEWEST]) > 0.0
    assert share_worth([]) == 0.0


@given(st.lists(st.floats(-10.0, 10.0), max_size=300), st.randoms(use_true_random=False))
def test_it_is_bounded_and_the_order_does_not_matter(odds: list[float], rng: random.Random) -> None:
    shuffled = odds[:]
    rng.shuffle(shuffled)
    assert share_worth(shuffled) == share_worth(odds)
    assert -1.5 <= share_worth(odds) <= 0.75


@pytest.mark.parametrize("added", [0.3, 1.0])
def test_surer_texts_never_lower_the_share(added: float) -> None:
    odds = [*ADVERTS[:80], *TALK[:80]]
    assert share_worth([each + added for each in odds]) >= share_worth(odds)
