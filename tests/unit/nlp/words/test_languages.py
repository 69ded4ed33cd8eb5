from __future__ import annotations

import pytest

from nlp.analysis import Analyser
from nlp.lexicons import LexiconKind, load_lexicons
from nlp.words.languages import Languages


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages(load_lexicons())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("y ddau ymlaen nawr tan hanner nos", "cy"),
        ("nowy numer zapisz ten stary skasuj", "pl"),
        ("am marfa noua suna acum", "ro"),
        ("jam gati me merr ne telefon numri i ri", "sq"),
        ("are you about tonight for a pint", ""),
        ("rico on", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text(languages: Languages, text: str, language: str) -> None:
    assert languages.of(text.split(), text.split()) == language


def test_words_are_glossed_one_by_one(languages: Languages) -> None:
    words = ["nowy", "numer", "Rico"]
    assert languages.glossed(words, words, "pl") == ["new", "number", "Rico"]


def test_english_phrases_are_found_in_what_others_stand_for(analyser: Analyser) -> None:
    (reading,) = analyser.readings_for_model(["rhif newydd, dileuwch yr hen un, y ddau ymlaen"])
    assert reading.language == "cy"
    assert reading.glossed is not None
    assert len(reading.glossed) == len(reading.words)
    assert {"number"} <= {term.entry.cue for term in reading.of_kind(LexiconKind.CUE)}


@pytest.mark.parametrize(
    ("text", "language", "glossed"),
    [
        ("dzwonicie dzisiaj wieczorkiem", "pl", "call today tonight"),
        ("numerkami nowymi zawsze", "pl", "number new always"),
        ("salvatii numarului nou", "ro", "save number new"),
        ("porositni sot ketu", "sq", "order today here"),
    ],
)
def test_other_endings_of_a_word_stand_for_the_same(
    languages: Languages, text: str, language: str, glossed: str
) -> None:
    assert languages.of(text.split(), text.split()) == language
    assert languages.glossed(text.split(), text.split(), language) == glossed.split()


def test_welsh_words_are_known_by_their_mutations(languages: Languages) -> None:
    for word in ("ffrindiau", "prisiau", "mhrisiau", "phrisiau", "brisiau"):
        assert languages.glossed([word, "heno"], [word, "heno"], "cy")[0] in {"friend", "price"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("Besi hapur", "sq"), ("deschis", "ro"), ("Kuba otwarte", "pl"), ("brown", ""), ("on", ""), ("it is hapur", "")],
)
def test_one_long_word_tells_the_language_of_a_short_text(languages: Languages, text: str, language: str) -> None:
    words = text.lower().split()
    assert languages.of(words, words) == language


def test_english_words_are_not_taken_for_forms_of_others(languages: Languages) -> None:
    words = ["number", "customers", "tomorrow", "sorry", "portions"]
    assert languages.glossed(words, words, "pl") == words


def test_english_phrases_are_found_in_dialects(analyser: Analyser) -> None:
    for text, plain in [("scrub the auld yin", "delete the old one"), ("no the nicht", "no the night")]:
        one, other = analyser.readings_for_model([text, plain])
        assert one.glossed == other.words
        assert {term.entry.cue for term in one.of_kind(LexiconKind.CUE)} >= {
            term.entry.cue for term in other.of_kind(LexiconKind.CUE)
        }
    (reading,) = analyser.readings_for_model(["delete the old one"])
    assert reading.glossed is None
    assert not reading.language


def test_words_that_english_spells_otherwise_are_read_in_their_language(languages: Languages) -> None:
    words, tokens = ["are", "open", "nawr", "heno", "the", "the"], ["ar", "agor", "nawr", "heno", "da", "y"]
    assert languages.of(words, tokens) == "cy"
    assert languages.glossed(words, tokens, "cy")[:2] == languages.glossed(tokens, tokens, "cy")[:2]
    assert not languages.of(["the", "thing", "are", "on", "why"], ["da", "ting", "ar", "on", "y"])
