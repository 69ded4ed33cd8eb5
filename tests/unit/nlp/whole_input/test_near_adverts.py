from __future__ import annotations

import random
from collections.abc import Container, Sequence

import msgspec
import pytest

from nlp.nicknames.name_forms import name_key
from nlp.nicknames.shared_names import SharedNames
from nlp.readings import Name
from nlp.whole_input.near_adverts import RULE, NearAdvert, lifted, moved, near_advert
from parsers.records.findings import NumberChange, NumberChangeRole
from tests.fakes.phones import finding

NAMES = ("Kofi", "Max")


def name_in(text: str, canonical: str) -> Name:
    start = text.index(canonical)
    return Name(canonical, start, start + len(canonical), 3.0, "test")


def look_again(texts: Sequence[str], keys: Container[str]) -> list[list[Name]]:
    return [[name_in(text, name) for name in NAMES if name in text and name_key(name) in keys] for text in texts]


def shared_names(wordings: int = 3) -> SharedNames:
    shared = SharedNames(threshold=0.0)
    for wording in range(wordings):
        for name in NAMES:
            shared.add(f"advert {name} {wording}", [name_in(name, name)])
    return shared


def near(key: int, text: str, odds: float) -> NearAdvert:
    return NearAdvert(key, text, f"wording {text}", odds, text)


def lifted_texts(rows: Sequence[NearAdvert], shared: SharedNames) -> list[tuple[str, str]]:
    found = lifted(lambda: iter(rows), shared, look_again)
    return [(each.near.text, each.name.canonical) for each in found if each.name is not None]


def test_a_text_that_falls_short_by_little_is_an_advert_under_the_name_of_a_line_of_its_input() -> None:
    rows = [near(1, "Kofi round till late", -1.0), near(2, "round till late", -1.0), near(3, "Kofi sends love", -4.0)]
    assert lifted_texts(rows, shared_names()) == [("Kofi round till late", "Kofi")]


def test_a_name_that_far_more_other_texts_than_adverts_bear_says_nothing() -> None:
    chats = [near(10 + at, f"Max said {word}", -4.5) for at, word in enumerate("abcdefg")]
    rows = [near(1, "Max round till late", -1.0), near(2, "Kofi round till late", -1.0), *chats]
    assert lifted_texts(rows, shared_names()) == [("Kofi round till late", "Kofi")]


def test_other_near_adverts_of_a_name_hardly_speak_against_it() -> None:
    rows = [near(at, f"Kofi says {at}", -0.5) for at in range(12)]
    assert len(lifted_texts(rows, shared_names())) == len(rows)


def test_a_long_text_speaks_for_itself() -> None:
    talk = " and we had a laugh about it all" * 2
    rows = [near(1, f"Kofi round till late{talk}", -1.0), near(2, "Max round till late, we had a laugh", -1.0)]
    assert [name for _, name in lifted_texts(rows, shared_names())] == ["Max"]


def test_one_wording_that_surely_bears_a_name_says_less_than_several() -> None:
    rows = [near(1, "Kofi round till late", -2.3), near(2, "Max round till late", -1.8)]
    assert lifted_texts(rows, shared_names(1)) == [("Max round till late", "Max")]
    assert len(lifted_texts(rows, shared_names(3))) == 2
    unsure = SharedNames(threshold=0.0)
    unsure.add("advert", [name_in("Max", "Max")._replace(strength=0.2)])
    assert not lifted_texts(rows, unsure)


def test_a_word_that_is_hardly_a_name_where_it_stands_says_less() -> None:
    rows = [near(1, "Kofi round till late", -1.5), near(2, "heard about ur Max", -1.5)]

    def weighed(texts: Sequence[str], keys: Container[str]) -> list[list[Name]]:
        return [
            [name._replace(strength=3.0 if "late" in text else -3.0) for name in names]
            for text, names in zip(texts, look_again(texts, keys), strict=True)
        ]

    assert [each.near.key for each in lifted(lambda: iter(rows), shared_names(), weighed)] == [1]


def test_copies_of_one_wording_count_once_against_a_name() -> None:
    copies = [NearAdvert(10 + at, "Max said so", "one wording", -4.5, "") for at in range(20)]
    assert lifted_texts([near(1, "Max round till late", -1.0), *copies], shared_names()) == [
        ("Max round till late", "Max")
    ]


def test_the_order_of_the_texts_does_not_matter() -> None:
    rows = [near(at, f"{NAMES[at % 2]} says {at}", -0.5 * (at % 9)) for at in range(40)]
    expected = sorted(lifted_texts(rows, shared_names(30)))
    shuffled = list(rows)
    random.Random(3).shuffle(shuffled)
    assert expected
    assert sorted(lifted_texts(shuffled, shared_names(30))) == expected


@pytest.mark.parametrize(("score", "odds"), [(0.27, -0.99), (0.001, None), (0.0, None)])
def test_what_is_far_from_an_advert_is_not_looked_at_again(score: float, odds: float | None) -> None:
    said = msgspec.structs.replace(finding("Kofi round", advert=False), advert_score=score)
    found = near_advert(1, "Kofi round", said)
    assert (found.odds if found else None) == (pytest.approx(odds, abs=0.01) if odds is not None else None)


def test_an_announcement_of_a_number_is_looked_at_again_for_its_name_alone() -> None:
    change = NumberChange(NumberChangeRole.NEW, "07700 900123", "+447700900123")
    said = [finding("new number pass it on lads", change=each) for each in (change, None)]
    found = [near_advert(1, "", msgspec.structs.replace(each, advert_score=0.3)) for each in said]
    assert [each and each.template for each in found] == ["", "new number pass it on lads"]


def test_an_advert_is_none_that_is_nearly_one() -> None:
    assert near_advert(1, "x", finding("x", advert=True)) is None


def test_what_spoke_is_said_and_the_score_is_above_one_half() -> None:
    said = moved(finding("Kofi round", advert=True), -1.0 + 2.0, RULE, 2.0)
    assert said.rules[-1] == f"{RULE}:+2.00"
    assert said.advert_score > 0.5
