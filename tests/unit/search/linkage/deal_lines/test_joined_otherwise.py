from __future__ import annotations

import pytest

from search.linkage.deal_lines.joined_otherwise import said_of_apart
from search.linkage.joining.kept_apart import KeptApart
from search.linkage.joining.rulings import MERGED
from search.linkage.model import Join
from tests.fakes.phones import number


def join(older: int, newer: int, kind: str = "x") -> Join:
    return Join(kind=kind, older=number(older), newer=number(newer), weight=3.0, sentence="Joined.", record_ids=())


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


@pytest.mark.parametrize("said", [ALIKE, REFERRED])
def test_of_two_that_a_person_took_for_one_line_it_stays_said_that_nothing_else_joins_them(said: KeptApart) -> None:
    numbers = [number(1), number(2), number(3)]
    merged = f"{said.fact}; by themselves wording and time do not join them (an imitation): a person took the two for"
    assert said_of_apart([said], numbers, [join(1, 2), join(2, 3, MERGED)]) == [f"{merged} one line."]
    assert said_of_apart([said], numbers, [join(1, 3, MERGED)]) == [f"{merged} one line."]
    (through,) = said_of_apart([said], numbers, [join(1, 2), join(2, 3), join(1, 3, MERGED)])
    assert through.endswith(f"they are joined through {number(2)}.")
    assert said_of_apart([said], numbers, [join(1, 3), join(1, 3, MERGED)]) == []


class Counted(str):
    """A number of which it is counted how often it is looked up."""

    __slots__ = ()
    looked_up = 0

    def __hash__(self) -> int:
        Counted.looked_up += 1
        return super().__hash__()


def test_ways_between_the_numbers_of_a_long_line_are_searched_once_from_each() -> None:
    numbers = [Counted(number(place)) for place in range(1, 61)]
    joins = [
        Join(kind="x", older=one, newer=other, weight=3.0, sentence="Joined.", record_ids=())
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 : place + 11]
    ]
    far = [
        KeptApart(one, other, "alike", "", "wording and time", "an imitation")
        for place, one in enumerate(numbers)
        for other in numbers[place + 11 :]
    ]
    Counted.looked_up = 0
    assert len(said_of_apart(far, numbers, joins)) == len(far)
    assert Counted.looked_up < 100 * len(far)
