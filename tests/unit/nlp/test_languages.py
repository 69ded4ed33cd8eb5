from __future__ import annotations

import pytest

from nlp.analysis import Analyser
from nlp.languages import Languages
from nlp.lexicons import LexiconKind, load_lexicons


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
    assert languages.of(text.split()) == language


def test_words_are_glossed_one_by_one(languages: Languages) -> None:
    words = ["nowy", "numer", "Rico"]
    assert languages.glossed(words, "pl") == ["new", "number", "Rico"]


def test_english_phrases_are_found_in_what_others_stand_for(analyser: Analyser) -> None:
    (reading,) = analyser.readings_for_model(["rhif newydd, dileuwch yr hen un, y ddau ymlaen"])
    assert reading.language == "cy"
    assert reading.glossed is not None
    assert len(reading.glossed) == len(reading.words)
    assert {"number"} <= {term.entry.cue for term in reading.of_kind(LexiconKind.CUE)}
