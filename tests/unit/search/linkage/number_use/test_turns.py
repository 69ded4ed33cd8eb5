"""The turns of a number that a line left and came back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from search.linkage.instants import DAY_SECONDS
from search.linkage.number_use.turns import Told, turns_of

A, B, C = "a", "b", "c"


def at(*days: float) -> list[float]:
    return [day * DAY_SECONDS for day in days]


def turns(sent: dict[str, Iterable[float]], told: Told | None = None, number: str = A) -> list[tuple[float, float]]:
    found = turns_of(number, {key: at(*days) for key, days in sent.items()}, told or Told())
    return [(begun / DAY_SECONDS, ended / DAY_SECONDS) for begun, ended in found]


def changes(*said: tuple[str, str, float]) -> list[tuple[str, str, float]]:
    return [(old, new, day * DAY_SECONDS) for old, new, day in said]


def test_a_number_that_others_were_in_use_in_place_of_has_a_turn_each_time() -> None:
    sent = {
        A: [*range(0, 30, 5), *range(60, 90, 5), *range(120, 150, 5)],
        B: [*range(28, 58, 5), *range(160, 190, 5)],
        C: range(90, 118, 5),
    }
    assert turns(sent) == [(0, 25), (60, 85), (120, 145)]
    assert turns(sent, number=B) == [(28, 53), (160, 185)]
    assert turns(sent, number=C) == [(90, 115)]


def test_what_is_in_use_beside_it_ends_no_turn() -> None:
    beside = range(0, 120, 5)
    assert turns({A: [*range(0, 30, 5), *range(60, 90, 5)], B: beside}) == [(0, 85)]
    assert turns({A: [*range(0, 30, 5), *range(60, 90, 5)]}) == [(0, 85)], "nothing was in use meanwhile"
    weekends = [day for day in range(90) if day % 7 > 4]
    weekdays = [day for day in range(90) if day % 7 < 4]
    assert len(turns({A: weekends, B: weekdays})) == len(turns({A: weekdays, B: weekends})) == 1


@pytest.mark.parametrize("days", [[0, 40], [0, 5, 40, 45]])
def test_of_a_number_that_sends_seldom_no_silence_tells(days: list[float]) -> None:
    assert turns({A: days, B: range(6, 38, 4)}) == [(days[0], days[-1])]


def test_a_silence_of_which_both_changes_were_told_ends_a_turn() -> None:
    sent = {A: [0, 12, 27], B: [14, 20]}
    left, back = (A, B, 12.2), (B, A, 26)
    assert turns(sent, Told(changes(left, back))) == [(0, 12), (27, 27)]
    assert turns(sent, Told(changes(left), new=[(A, 27 * DAY_SECONDS)])) == [(0, 12), (27, 27)]
    for one in (left, back):
        assert turns(sent, Told(changes(one))) == [(0, 27)], "one word is no silence"
    assert turns({A: [0, 12, 18, 27], B: [14, 20]}, Told(changes(left, back))) == [(0, 27)], "it sent meanwhile"


def test_a_silence_is_asked_about_what_was_told_near_it_alone() -> None:
    """What is told of a number that goes back and forth is read once, whatever its order and how often it goes."""
    sent = {A: [80.0 * turn + day for turn in range(60) for day in (0, 6, 12)]}
    sent[B] = [at + 40 for at in sent[A]]
    said = [change for turn in range(60) for change in ((A, B, 80.0 * turn + 25), (B, A, 80.0 * turn + 79))]
    asked = _Counted(changes(*reversed(said)))
    assert len(turns({**sent}, Told(asked))) == 60
    assert asked.reads <= 2 * len(asked)


class _Counted(list[tuple[str, str, float]]):
    reads = 0

    def __iter__(self) -> Iterator[tuple[str, str, float]]:
        for each in super().__iter__():
            self.reads += 1
            yield each
