"""What near pairs connect is what all pairs would, and few are looked at."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from nlp.templates import near_pairs as module
from nlp.templates.near_pairs import near_pairs

_RATIO = 70.0

_texts = st.lists(st.text("abc #", min_size=4, max_size=14), unique=True, max_size=60).map(
    lambda texts: sorted(texts, key=lambda text: (len(text), text))
)


def _connected(texts: Sequence[str], pairs: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    group_of = {text: {text} for text in texts}
    for one, other in pairs:
        together = group_of[one] | group_of[other]
        for text in together:
            group_of[text] = together
    return {frozenset(group) for group in group_of.values()}


def _near(texts: Sequence[str], are_alike: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    # The scorer gives noughts below the limit, as the blocks do.
    return [pair for pair in combinations(texts, 2) if fuzz.ratio(*pair, score_cutoff=_RATIO) and are_alike(*pair)]


def _first_letters_are_alike(one: str, other: str) -> bool:
    return one[0] == other[0]


@given(texts=_texts, rows=st.integers(1, 9), enough=st.integers(2, 5))
def test_what_the_pairs_connect_is_what_all_near_pairs_connect(texts: list[str], rows: int, enough: int) -> None:
    before = module._MOST_ROWS, module._ENOUGH_OF_ONE
    module._MOST_ROWS, module._ENOUGH_OF_ONE = rows, enough  # type: ignore[misc]  # blocks that few texts fill
    try:
        found = list(near_pairs(texts, _RATIO, _first_letters_are_alike))
    finally:
        module._MOST_ROWS, module._ENOUGH_OF_ONE = before  # type: ignore[misc]  # as above
    assert _connected(texts, found) == _connected(texts, _near(texts, _first_letters_are_alike))
    # Each connects two that were apart: none is yielded in vain.
    assert len(found) == len(texts) - len(_connected(texts, found))


@pytest.mark.parametrize("seed", range(4))
def test_so_it_is_of_long_lists_whose_groups_join_while_they_are_looked_through(seed: int) -> None:
    rng = random.Random(seed)
    made = {"".join(rng.choice("abcd #") for _ in range(rng.randint(6, 11))) for _ in range(700)}
    ordered = sorted(made, key=lambda text: (len(text), text))
    connected = _connected(ordered, near_pairs(ordered, _RATIO, _are_alike))
    assert connected == _connected(ordered, _near(ordered, _are_alike))


def _are_alike(one: str, other: str) -> bool:
    return sorted(one)[-3:] == sorted(other)[-3:]


def test_of_wordings_that_are_all_near_one_another_few_are_looked_at() -> None:
    names = [f"{one}{other}{last}a" for one in "bdfgklmn" for other in "aeiou" for last in "bdfgklmn"]
    texts = sorted(f"hi {name} its # back on with # come to me" for name in names)
    asked: list[tuple[str, str]] = []

    def are_alike(one: str, other: str) -> bool:
        asked.append((one, other))
        return True

    assert len(list(near_pairs(texts, _RATIO, are_alike))) == len(texts) - 1
    assert len(asked) == len(texts) - 1
