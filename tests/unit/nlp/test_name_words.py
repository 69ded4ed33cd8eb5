"""What a word is by itself, what stands around it, and that the model that is shipped fits the code."""

from __future__ import annotations

import pytest

from nlp.components.normal_forms import NormalForms
from nlp.folding import fold
from nlp.lexicons import load_lexicons
from nlp.name_features import NameContext, candidates, features_of, text_parts
from nlp.name_model import shipped_name_model
from nlp.name_words import EVERYDAY, NamePhrases, WordGrader
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.training.names_reading import NamedText, renamed
from nlp.word_table import MAX_WORDS, KnownWords, WordTable

LEXICONS = load_lexicons()
PHRASES = NamePhrases(LEXICONS)
GRADER = WordGrader(LEXICONS, shipped_name_model().vocabulary, PHRASES)
CONTEXT = NameContext(PHRASES)


@pytest.fixture(scope="module")
def forms() -> NormalForms:
    return NormalForms(build_pipeline(LEXICONS).vocab)


def table_of(forms: NormalForms, text: str) -> WordTable:
    reading = Reading(text, fold(text))
    forms.read(reading)
    return WordTable(reading, KnownWords(GRADER))


@pytest.mark.parametrize(
    ("word", "grade"),
    [
        ("the", "function"),
        ("Kizzy", "first-name"),
        ("zorvak", "unknown"),
        ("serving", "verb"),
        ("lads", "person"),
        ("Stockport", "town"),
        ("tuesday", "day"),
        ("gargoyle", "dictionary"),
        ("podszywa", "foreign"),
        ("kj", "initials"),
        ("T7", "digits"),
        ("25", "number"),
        ("heroin", "drug"),
        ("G", "letter"),
        ("aboot", "dialect"),
    ],
)
def test_grades(word: str, grade: str) -> None:
    assert GRADER.word(word, word.lower()).grade == grade
    assert grade in EVERYDAY


def test_longest_phrase_counts(forms: NormalForms) -> None:
    table = table_of(forms, "ask for rico, not for dave")
    assert CONTEXT.before(table, 2) == "l:askfor"
    assert CONTEXT.before(table, 5) == "l:for"
    table = table_of(forms, "rico has a new number")
    assert CONTEXT.behind(table, 1) == "r:new"


def test_a_border_ends_a_phrase(forms: NormalForms) -> None:
    table = table_of(forms, "im on. its rico\nback")
    assert CONTEXT.before(table, 3) == "l:intro"
    assert CONTEXT.behind(table, 4) == "b:line"


@pytest.mark.parametrize("kind", ["phone", "our", "bus"])
def test_a_kind_of_line_is_no_brand(forms: NormalForms, kind: str) -> None:
    table = table_of(forms, f"the {kind} line is back")
    assert CONTEXT.behind(table, 2) != "r:line"


def test_the_middle_of_a_sentence_is_passed_over(forms: NormalForms) -> None:
    table = table_of(forms, "we should really go and see that soon because mum said so")
    assert [found.first for found in candidates(table, CONTEXT) if found.last - found.first == 1] == []


def test_long_texts_cost_no_more(forms: NormalForms) -> None:
    assert len(table_of(forms, "rico on both " * 1000)) == MAX_WORDS


def test_the_model_knows_the_features_of_the_code(forms: NormalForms) -> None:
    """A renamed feature weighs nothing, without a word: the model would have to be trained again."""
    model = shipped_name_model()
    table = table_of(forms, "Rico on both, Salop Ken line here. its LJ")
    parts = [part for found in candidates(table, CONTEXT) for part in found.parts] + text_parts(table)
    weighed = [part for part in parts if model.log_odds([part])]
    assert len(weighed) > 0.9 * len(parts)
    assert {part[0] for part in weighed} >= {"own", "case", "left", "right", "both", "pair", "place", "none"}
    assert all(features_of(part) for part in parts if part[0] != "none-case")


def test_renaming_keeps_capitals_and_all_mentions() -> None:
    text = NamedText("a", "RICO on. rico's back, Rico", frozenset({"rico"}), "RICO", "Rico", "w")
    (found,) = renamed([text], ["salop ken"], 0)
    assert found.text == "SALOP KEN on. salop ken's back, Salop Ken"
    assert found.names == {"salopken"}
