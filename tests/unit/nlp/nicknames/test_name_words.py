"""What a word is by itself, what stands around it, and that the model that is shipped fits the code."""

from __future__ import annotations

import pytest

from nlp.components.normal_forms import NormalForms
from nlp.lexicons import load_lexicons
from nlp.nicknames.name_context import NameContext
from nlp.nicknames.name_features import candidates, every_candidate, text_parts
from nlp.nicknames.name_model import shipped_name_model
from nlp.nicknames.name_parts import features_of
from nlp.nicknames.name_words import EVERYDAY, NamePhrases, WordGrader
from nlp.nicknames.word_table import MAX_WORDS, KnownWords, WordTable
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.training.names_reading import NamedText, renamed
from nlp.words.folding import fold

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
        ("dostepnosc", "foreign"),
        ("kj", "initials"),
        ("T7", "digits"),
        ("25", "number"),
        ("heroin", "drug"),
        ("G", "letter"),
        ("aboot", "dialect"),
        ("Manny", "first-name"),
        ("D4", "digits"),
        ("d4", "function"),
        ("onn", "function"),
        ("bothh", "function"),
        ("Lee", "first-name"),
        ("it'll", "function"),
        ("zorvak'll", "unknown"),
    ],
)
def test_grades(word: str, grade: str) -> None:
    normal = {"manny": "many", "d4": "the"}.get(word.lower(), word.lower())
    assert GRADER.word(word, normal).grade.replace("name-word", "first-name") == grade
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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("DURA\U0001f50bCELL on", "DURA CELL"),
        ("T\U0001f50bK on", "T K"),
        ("$unny on", "$unny"),
        ("38 on both", "38"),
        ("ring Sonny", "Sonny"),
        ("em seven here", "em seven"),
    ],
)
def test_candidates_that_are_hidden_or_numbers(forms: NormalForms, text: str, written: str) -> None:
    table = table_of(forms, text)
    found = {table.written(one.first, one.last) for one in candidates(table, CONTEXT)}
    assert written in found
    assert "ring Sonny" not in found


def test_a_number_in_a_sentence_is_no_candidate(forms: NormalForms) -> None:
    table = table_of(forms, "be there in 15 mins")
    assert not [found for found in candidates(table, CONTEXT) if table.raw(found.first) == "15"]


def test_every_word_may_be_looked_at(forms: NormalForms) -> None:
    table = table_of(forms, "dont wait on seven")
    every = [(found.first, found.last, found.parts) for found in every_candidate(table, CONTEXT, lambda _: True)]
    assert (3, 4) in [(first, last) for first, last, _ in every]
    wanted = list(every_candidate(table, CONTEXT, lambda found: found.first == 3))
    assert [(found.first, found.last, found.parts) for found in wanted] == [each for each in every if each[0] == 3]
    assert (3, 4) not in [(found.first, found.last) for found in candidates(table, CONTEXT)]


def test_long_texts_cost_no_more(forms: NormalForms) -> None:
    assert len(table_of(forms, "rico on both " * 1000)) == MAX_WORDS


def test_the_model_knows_the_features_of_the_code(forms: NormalForms) -> None:
    """A renamed feature weighs nothing, without a word: the model would have to be trained again."""
    model = shipped_name_model()
    table = table_of(forms, "Rico on both, Salop Ken line here. its LJ")
    parts = [part for found in candidates(table, CONTEXT) for part in found.parts] + text_parts(table)
    weighed = [part for part in parts if model.log_odds([part])]
    assert len(weighed) > 0.9 * len(parts)
    assert {part[0] for part in weighed} >= {"own", "sides", "beyond", "told", "pair", "place", "none"}
    assert all(features_of(part) for part in parts if part[0] != "none-case")


def test_renaming_keeps_capitals_and_all_mentions() -> None:
    text = NamedText("a", "RICO on. rico's back, Rico", frozenset({"rico"}), "RICO", "Rico", "w")
    (found,) = renamed([text], ["salop ken"], 0)
    assert found.text == "SALOP KEN on. salop ken's back, Salop Ken"
    assert found.names == {"salopken"}


def _kinds_of_parts(table: WordTable, surface: str) -> dict[str, tuple[str, ...]]:
    """Return the parts of the candidate with these words, by kind."""
    for each in candidates(table, CONTEXT):
        if " ".join(table.raw(at) for at in range(each.first, each.last)) == surface:
            return {part[0]: part for part in each.parts}
    raise AssertionError(surface)


@pytest.mark.parametrize(
    ("text", "surface", "is_known"),
    [
        ("Postman Pat has nothing on us, both 3 for 25", "Postman Pat", True),
        ("Postman Pat has nothing on us, both 3 for 25", "Pat", True),
        ("Gordon Ramsay cant cook like this. hard 3 for 25", "Gordon", True),
        ("Gordon on both 3 for 25", "Gordon", False),
        ("running low on w", "running low", True),
        ("gettin short on b", "gettin short", True),
        ("Low Key on both 3 for 25", "Low Key", False),
    ],
)
def test_what_everybody_knows_by_name_is_marked_as_such(
    forms: NormalForms, text: str, surface: str, *, is_known: bool
) -> None:
    assert ("known" in _kinds_of_parts(table_of(forms, text), surface)) == is_known


def test_whoever_speaks_of_himself_beside_a_name_and_what_is_said_of_it_are_weighed(forms: NormalForms) -> None:
    other = _kinds_of_parts(table_of(forms, "Darren got pulled last night so we walk up, both on"), "Darren")
    own = _kinds_of_parts(table_of(forms, "Darren got both on 3 for 25"), "Darren")
    assert "voice" in other
    assert "voice" not in own
    assert own["then"][-1] == "both"
