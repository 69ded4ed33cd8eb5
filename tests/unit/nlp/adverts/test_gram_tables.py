"""Tables of stretches: what they find is what stands there, in whatever texts lie beside each other."""

from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.adverts.gram_tables import GramTables, WordNumbers
from nlp.adverts.key_tables import NONE, KeyTable

_WORDS = st.sampled_from(["on", "now", "both", "?", "new"])
_TEXTS = st.lists(st.lists(_WORDS, max_size=6), max_size=4)
_GRAMS = st.dictionaries(st.lists(_WORDS, min_size=1, max_size=4).map(tuple), st.integers(0, 99))


@given(texts=_TEXTS, grams=_GRAMS)
def test_every_stretch_is_found_where_it_stands(texts: list[list[str]], grams: dict[tuple[str, ...], int]) -> None:
    numbers = WordNumbers(chain.from_iterable(grams), 1)
    laid = numbers.laid_out(texts)
    begins = [at for words in texts for at in range(len(words) + 1)]
    found = GramTables(grams, numbers).found(laid.words)
    told = [
        (int(laid.text_of[place]), begins[place], size, int(number))
        for size, (places, values) in enumerate(found, 1)
        for place, number in zip(places, values, strict=True)
    ]
    expected = [
        (text, at, size, grams[name])
        for text, words in enumerate(texts)
        for size in range(1, 5)
        for at in range(len(words) - size + 1)
        if (name := tuple(words[at : at + size])) in grams
    ]
    assert sorted(told) == sorted(expected)


@given(values=st.dictionaries(st.integers(0, 2**40), st.integers(0, 99)), others=st.lists(st.integers(0, 2**40)))
def test_a_table_gives_the_value_of_each_key(values: dict[int, int], others: list[int]) -> None:
    keys = [*values, *others]
    assert KeyTable.of(values).found(np.array(keys, np.int64)).tolist() == [values.get(key, NONE) for key in keys]
