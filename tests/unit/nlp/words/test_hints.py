"""A hint that is missing must rule out what is behind it; else a finding would be lost for speed."""

from __future__ import annotations

from functools import reduce
from itertools import accumulate
from operator import or_

from hypothesis import given
from hypothesis import strategies as st

from nlp.components.normal_forms import NormalForms
from nlp.components.telephone_numbers import _RUN, _SPELLED
from nlp.lexicons import load_lexicons
from nlp.nicknames.letter_stretches import SPACED
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.words.amount_codes import Coder
from nlp.words.folding import fold
from nlp.words.hints import DIGIT, LETTER_APART, SPELLED_DIGIT, hints_of
from nlp.words.tokenisation import split

_PIECES = st.sampled_from(
    [
        "r", "i", "O", "'", "$", "@", "_", ".", "-", " ", "  ", "\n", "x", "4", "25", "oh", "seven", "double", "til",
        "all ", "one", "half ", "for", "get", "quid", "pound", "\u00a3", "tenner", "ties", "five", "ten ", "noon", "to",
        "\u0130", "\uff14", "\u00bd", "\u2167", "\u212a", "\U0001f525", "pm", "g",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=14).map("".join),
    st.lists(_PIECES, max_size=10).map(" ".join),
    st.text(max_size=60),
)


@given(text=_TEXTS)
def test_a_missing_hint_rules_out_what_it_stands_for(text: str) -> None:
    shadow = fold(text)
    low = shadow.lower
    hints = 0
    for token in split(shadow.text).words:
        hints |= hints_of(token)
    assert bool(hints & DIGIT) == any(char in "0123456789" for char in low)
    assert not _RUN.search(low) or hints & DIGIT
    assert not _SPELLED.search(low) or hints & SPELLED_DIGIT
    assert not SPACED.search(low) or hints & LETTER_APART


@given(text=_TEXTS)
def test_tokens_stand_where_they_say(text: str) -> None:
    text = fold(text).text
    tokens = split(text)
    assert "".join(word + space for word, space in zip(tokens.words, tokens.spaces, strict=True)) == text
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert text[start : start + len(word)] == word
        assert text[start:end] == word or (word.isspace() and text[start:end] == word[:-1])


_forms = NormalForms(build_pipeline(load_lexicons()).vocab)


@given(text=_TEXTS)
def test_tokens_of_stretches_between_spaces_are_those_of_the_text(text: str) -> None:
    reading = Reading(text, fold(text))
    _forms.read(reading)
    tokens = split(reading.shadow.text)
    assert (reading.tokens, reading.starts, reading.ends) == (tokens.words, tokens.starts, tokens.ends)
    assert reading.hints == reduce(or_, map(hints_of, tokens.words), 0)
    assert len(reading.words) == len(reading.is_word) == len(tokens.words)


_coder = Coder(load_lexicons())
_AMOUNTS = st.sampled_from(
    [
        "24",
        "7",
        "365",
        "2o",
        "l5",
        "lo",
        "f0r",
        "o",
        "clock",
        "hanner",
        "cant",
        "nos",
        "10",
        "1/8",
        "3for25",
        ".5",
        "0.5",
        "mo",
    ]
)
_PRICED = st.one_of(_TEXTS, st.lists(st.one_of(_AMOUNTS, _PIECES), max_size=10).map(" ".join))


@given(text=_PRICED)
def test_letters_of_stretches_between_spaces_are_those_of_the_text(text: str) -> None:
    low = fold(text).lower
    codes, whole = _coder.codes(low), _coder._told(low)
    assert (codes.code, codes.low) == (whole.code, whole.low)
    assert codes.starts == list(accumulate(whole.steps[:-1], initial=0))
    assert len(codes.starts) == len(codes.code) + 1
