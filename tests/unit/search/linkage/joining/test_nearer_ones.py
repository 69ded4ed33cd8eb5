"""Which of two numbers of one name that may both follow an earlier one goes first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from search.linkage.joining.nearer_ones import bounded_by_nearer


def spell(place: int, first_at: str, last_at: str) -> Any:
    """Return a spell of one name with all others."""
    return SimpleNamespace(
        place=place, first_at=first_at, last_at=last_at, is_announced_only=False, shares_a_name=lambda _: True
    )


LINE = spell(0, "2024-01-01T00:00:00Z", "2024-01-21T00:00:00Z")
NEAR = spell(1, "2024-01-25T00:00:00Z", "2024-03-01T00:00:00Z")
FAR = spell(2, "2024-02-03T00:00:00Z", "2024-03-01T00:00:00Z")


@pytest.mark.parametrize(
    ("near", "far", "goes_first"),
    [
        ((0, 6), (0, 6), NEAR),
        ((1, 6), (0, 4), NEAR),
        ((0, 6), (5, 6), FAR),
        ((1, 4), (1, 6), FAR),
    ],
    ids=["as much", "more", "none of the wordings", "fewer customers"],
)
def test_the_nearer_one_goes_first_where_it_has_as_much_in_common(
    near: tuple[int, int], far: tuple[int, int], goes_first: Any
) -> None:
    shared = {NEAR.place: near, FAR.place: far}

    def compared(_: Any, other: Any) -> Any:
        common, recipients = shared[other.place]
        return SimpleNamespace(common=common, recipients=recipients, change=None)

    join: Any = SimpleNamespace(kind="alike")
    weighed = [(5.0, (LINE.place, NEAR.place, join)), (6.0, (LINE.place, FAR.place, join))]
    weights = bounded_by_nearer(weighed, {held.place: held for held in (LINE, NEAR, FAR)}, compared, lambda *_: False)
    assert (NEAR if weights[0] > weights[1] else FAR) is goes_first


def test_of_many_that_follow_one_number_few_are_compared_with_each_other() -> None:
    asked: list[int] = []
    many = 60
    follow = [
        SimpleNamespace(
            place=place,
            first_at=f"2024-{2 + place // 28:02}-{1 + place % 28:02}T00:00:00Z",
            last_at="2024-12-01T00:00:00Z",
            is_announced_only=False,
            shares_a_name=lambda other: asked.append(other.place) is None,
        )
        for place in range(1, many + 1)
    ]
    join: Any = SimpleNamespace(kind="alike")
    weighed = [(6.0 - 0.01 * held.place, (LINE.place, held.place, join)) for held in follow]
    same = SimpleNamespace(common=1, recipients=1, change=None)
    weights = bounded_by_nearer(
        weighed, {held.place: held for held in (LINE, *follow)}, lambda *_: same, lambda *_: False
    )
    assert weights == [weight for weight, _ in weighed]
    assert len(asked) <= 2 * many
