from __future__ import annotations

import pytest

from search.linkage.deal_lines.joined_otherwise import said_of_apart
from search.linkage.joining.kept_apart import KeptApart
from search.linkage.model import Join
from tests.fakes.phones import number


def join(older: int, newer: int) -> Join:
    return Join(kind="x", older=number(older), newer=number(newer), weight=3.0, sentence="Joined.", record_ids=())


def apart(fact: str, beside: str = "") -> KeptApart:
    one, other = number(1), number(3)
    return KeptApart(one, other, f"{one} {fact} {other}", beside, "wording and time", "an imitation")


ALIKE, REFERRED = apart("is like"), apart("sent its customers to", "both sent adverts, and ")


@pytest.mark.parametrize("said", [ALIKE, REFERRED])
def test_two_numbers_of_one_line_are_said_to_be_joined_through_others(said: KeptApart) -> None:
    numbers = [number(1), number(2), number(3)]
    (sentence,) = said_of_apart([said], numbers, [join(1, 2), join(2, 3)])
    assert sentence == (
        f"{said.fact}; by themselves wording and time do not join them: they are joined through {number(2)}."
    )
    assert said_of_apart([said], numbers, [join(1, 2), join(2, 3), join(1, 3)]) == []


def test_what_is_said_of_a_number_of_another_line_stays() -> None:
    lacks = "wording and time do not bear out one line, so they were kept apart (an imitation)."
    assert said_of_apart([ALIKE, REFERRED], [number(1), number(2)], [join(1, 2)]) == [
        f"{ALIKE.fact}; {lacks}",
        f"{REFERRED.fact}; both sent adverts, and {lacks}",
    ]
