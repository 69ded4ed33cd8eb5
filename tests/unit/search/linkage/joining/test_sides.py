"""What pairs hold together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.linkage.joining.sides import sides_of

_PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)))


def test_what_is_joined_over_others_is_one_side_and_what_nothing_joins_is_alone() -> None:
    sides = sides_of("abcde", [("a", "b"), ("d", "c"), ("c", "b")])
    assert sorted(sides["a"]) == ["a", "b", "c", "d"]
    assert sides["a"] is sides["d"]
    assert sides["e"] == ["e"]


def test_a_pair_with_what_is_not_among_the_things_joins_nothing() -> None:
    assert sides_of("ab", [("a", "x"), ("x", "b")]) == {"a": ["a"], "b": ["b"]}


@given(_PAIRS)
def test_the_order_of_pairs_and_of_each_changes_no_side(pairs: list[tuple[int, int]]) -> None:
    turned = [(b, a) for a, b in reversed(pairs)]
    one, other = (
        {thing: sorted(side) for thing, side in sides_of(range(13), each).items()} for each in (pairs, turned)
    )
    assert one == other
    assert all(thing in side and all(one[each] == side for each in side) for thing, side in one.items())
