"""Near wordings of one sender: the same as when each is compared with each, in time that grows with their number."""

from __future__ import annotations

import random

import pytest

from search.linkage.extraction import near_wordings
from search.linkage.extraction.near_wordings import near_to_any, without_near
from search.linkage.extraction.wording_keys import are_near_words, words_in


def are_near(one: str, other: str) -> bool:
    return are_near_words(words_in(one), words_in(other))


def compared_with_each(wordings: set[str]) -> dict[str, str]:
    kept: list[str] = []
    found = {}
    for wording in sorted(wordings, key=lambda wording: (len(wording.split()), wording)):
        found[wording] = next((other for other in kept if are_near(wording, other)), wording)
        if found[wording] == wording:
            kept.append(wording)
    return found


def made_wordings(count: int, vocabulary: int, seed: int) -> set[str]:
    draw = random.Random(seed)
    words = [f"w{place}" for place in range(vocabulary)]
    found = set()
    while len(found) < count:
        said = draw.choices(words, k=draw.randint(1, 14))
        found.add(" ".join(said))
        said[draw.randrange(len(said))] = draw.choice(words)
        found.add(" ".join(said))
    return found


@pytest.mark.parametrize(("count", "vocabulary"), [(10, 8), (60, 12), (400, 20), (700, 300)])
def test_the_first_near_wording_is_found_as_if_each_were_compared_with_each(count: int, vocabulary: int) -> None:
    wordings = made_wordings(count, vocabulary, seed=count)
    assert without_near(wordings) == compared_with_each(wordings)
    asked, others = made_wordings(count, vocabulary, seed=1), made_wordings(count // 2, vocabulary, seed=2)
    near = {wording for wording in asked if any(are_near(wording, other) for other in others)}
    assert near_to_any(asked, others) == near


def test_a_sender_of_twelve_thousand_wordings_is_compared_in_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0

    def counted(words: frozenset[str], others: frozenset[str]) -> bool:
        nonlocal steps
        steps += 1
        return are_near_words(words, others)

    monkeypatch.setattr(near_wordings, "are_near_words", counted)
    draw = random.Random(3)
    words = [f"w{place}" for place in range(3_000)]
    weights = [1 / (place + 1) for place in range(3_000)]  # as often as the words of a language
    wordings = {" ".join(draw.choices(words, weights, k=draw.randint(5, 14))) for _ in range(12_000)}
    assert len(without_near(wordings)) == len(wordings)
    assert steps < 200 * len(wordings)  # each with each would be six thousand


def test_three_words_are_near_to_the_same_with_one_more_and_to_nothing_else() -> None:
    assert are_near("quick only finish", "quick only midnight finish")
    assert not are_near("quick only finish", "quick only midnight start")
    assert not are_near("on now", "on now lads")
    assert not are_near("quick only finish", "quick only on the finish")


def test_long_wordings_are_told_apart_without_comparing_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0

    def counted(words: frozenset[str], others: frozenset[str]) -> bool:
        nonlocal steps
        steps += 1
        return are_near_words(words, others)

    monkeypatch.setattr(near_wordings, "are_near_words", counted)
    draw = random.Random(4)
    words = [f"w{place}" for place in range(2_000)]
    unlike = {" ".join(draw.choices(words, k=150)) for _ in range(300)}
    changed = {" ".join([*wording.split()[:-20], *draw.choices(words, k=20)]) for wording in sorted(unlike)[:30]}
    found = without_near(unlike | changed)
    assert found == compared_with_each(unlike | changed)
    assert len(set(found.values())) == len(unlike)
    assert steps < 10 * len(found)
