"""Adverts are looked up among texts that hold numbers as if each were compared with each."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

from search.linkage.adverts.said_then import AdvertsThen, SaidThen, is_said_then
from search.linkage.keys import fold_name

DAYS = (None, "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z", "2024-01-04T00:00:00Z")


def held(label: str, first: str | None, last: str | None) -> Any:
    return SimpleNamespace(edge=SimpleNamespace(label=label, first_at=first, last_at=last))


EVERY = [held(label, first, last) for label, first, last in product(("Rico", "RICO", "Max", ""), DAYS, DAYS)]


def is_one(advert: Any, said: Any) -> bool:
    """Compare one advert with one text."""
    return fold_name(advert.edge.label) == fold_name(said.edge.label) and is_said_then(advert.edge, said.edge)


def test_an_advert_is_one_of_the_texts_where_one_of_them_has_its_name_and_its_time() -> None:
    for some in [EVERY[i : i + size] for size in (1, 2, 7, 30) for i in range(0, len(EVERY), size)]:
        texts, adverts = SaidThen(some), AdvertsThen(some)
        for each in EVERY:
            assert texts.has(each) == any(is_one(each, said) for said in some)
            assert adverts.has(each) == any(is_one(advert, each) for advert in some)


def test_among_nothing_nothing_is_found() -> None:
    assert not SaidThen().has(EVERY[0])
    assert not AdvertsThen().has(EVERY[0])
