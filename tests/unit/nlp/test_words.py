"""Folding, tokenising and normal forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English

from nlp.lexicons import load_lexicons
from nlp.pipeline import make_speller
from nlp.words.folding import fold
from nlp.words.spelling import Speller
from nlp.words.tokenisation import SmsTokeniser

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=120)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return make_speller(load_lexicons())


@pytest.fixture(scope="module")
def tokeniser() -> SmsTokeniser:
    return SmsTokeniser(English().vocab)


@given(body=ANY_TEXT)
def test_every_code_point_of_a_shadow_knows_its_own(body: str) -> None:
    shadow = fold(body)
    assert len(shadow.lower) == len(shadow.text)
    starts = shadow.starts if shadow.starts is not None else tuple(range(len(body)))
    assert len(starts) == len(shadow.text)
    assert list(starts) == sorted(starts)
    assert all(0 <= start < len(body) for start in starts)
    shadow.text.encode("utf-8")


@pytest.mark.parametrize(
    ("body", "shadow"),
    [
        ("R\u0456c\u043e", "Rico"),
        ("\U0001f161\U0001f158\U0001f152\U0001f15e", "RICO"),
        ("\uff13 for \uff12\uff15", "3 for 25"),
        ("ri\u200bco\u2019s", "rico's"),
        ("z\u0142oty\u00a010", "zloty 10"),
        ("7\ufe0f\u20e3", "7"),
        ("\U0001f44d\U0001f3fd ok", "\U0001f44d ok"),
        ("\U0001f468\U0001f3fe\u200d\U0001f373", "\U0001f468\u200d\U0001f373"),
        ("\U0001f3c3\u200d\u2642\ufe0f", "\U0001f3c3"),
    ],
)
def test_decorated_letters_become_plain(body: str, shadow: str) -> None:
    assert fold(body).text == shadow


@given(text=ANY_TEXT)
def test_tokens_joined_with_their_spaces_are_the_text(tokeniser: SmsTokeniser, text: str) -> None:
    shadow = fold(text).text
    assert tokeniser(shadow).text == shadow


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("3for25", ["3", "for", "25"]),
        ("\u00a325", ["\u00a3", "25"]),
        ("b&w", ["b", "&", "w"]),
        ("2-50", ["2", "-", "50"]),
        ("\U0001f525Rico\U0001f525", ["\U0001f525", "Rico", "\U0001f525"]),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467x", ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "x"]),
        ("10pm", ["10", "pm"]),
        ("4u 0.5 r1co", ["4", "u", "0.5", "r1co"]),
        ("rico's on...now", ["rico's", "on", "...", "now"]),
    ],
)
def test_messages_fall_into_their_parts(tokeniser: SmsTokeniser, text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokeniser(text)] == tokens


@pytest.mark.parametrize(
    ("word", "normal"),
    [
        ("ONNNN", "on"),
        ("2moro", "tomorrow"),
        ("u", "you"),
        ("b0th", "both"),
        ("R1CO", "rico"),
        ("ricooo", "rico"),
        ("bell", "bell"),
        ("Dee", "dee"),
        ("Ann", "ann"),
        ("dayy", "day"),
        ("weekk", "week"),
        ("goodd", "good"),
        ("alll", "all"),
        ("it's", "its"),
        ("4", "4"),
        ("10s", "10s"),
        ("", ""),
    ],
)
def test_normal_forms(speller: Speller, word: str, normal: str) -> None:
    assert speller.normal(word) == normal


@given(word=st.text(max_size=50))
def test_normal_form_of_a_known_word_stays(speller: Speller, word: str) -> None:
    normal = speller.normal(word)
    assert bool(normal) == bool(word)
    if normal in speller.known:
        assert speller.normal(normal) in speller.known
