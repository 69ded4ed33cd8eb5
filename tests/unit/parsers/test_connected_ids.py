"""Which ids belong together does not depend on the order of the joins."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.connected_ids import ConnectedIds

_IDS = "abcdefgh"
_PAIRS = st.lists(st.tuples(st.sampled_from(_IDS), st.sampled_from(_IDS)), max_size=12)


def _named(pairs: list[tuple[str, str]]) -> dict[str, str]:
    ids = ConnectedIds(_IDS)
    for one, other in pairs:
        ids.join(one, other)
    return ids.named()


@given(pairs=_PAIRS, order=st.randoms(use_true_random=False))
def test_joins_in_any_order_make_the_same_groups(pairs: list[tuple[str, str]], order: Random) -> None:
    shuffled = list(pairs)
    order.shuffle(shuffled)
    assert _named(shuffled) == _named(pairs)


@given(pairs=_PAIRS)
def test_a_group_is_what_can_be_reached_and_is_named_by_its_least(pairs: list[tuple[str, str]]) -> None:
    reached = {each: {each} for each in _IDS}
    for _ in _IDS:
        for one, other in pairs:
            both = reached[one] | reached[other]
            for each in both:
                reached[each] = reached[each] | both
    assert _named(pairs) == {each: min(group) for each, group in reached.items()}


def test_what_is_joined_is_told() -> None:
    ids = ConnectedIds(_IDS)
    ids.join("c", "b")
    ids.join("b", "a")
    assert ids.root("a") == ids.root("c")
    assert ids.root("a") != ids.root("d")
    assert ids.root("c") == "a"


def test_an_id_that_was_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        ConnectedIds("ab").root("z")
