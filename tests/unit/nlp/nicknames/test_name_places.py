"""Words that are spelled like places, and names that begin with figures."""

from __future__ import annotations

import pytest

from nlp.components.normal_forms import NormalForms
from nlp.lexicons import LexiconKind, load_lexicons
from nlp.nicknames.name_figures import figures_at
from nlp.nicknames.name_forms import name_key, usual_form
from nlp.nicknames.name_model import shipped_name_model
from nlp.nicknames.name_places import is_place_shaped, is_postcode
from nlp.nicknames.name_words import NamePhrases, WordGrader
from nlp.nicknames.names import canonical_name
from nlp.nicknames.word_table import KnownWords, WordTable
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.words.folding import fold

LEXICONS = load_lexicons()
GRADER = WordGrader(LEXICONS, shipped_name_model().vocabulary, NamePhrases(LEXICONS))


@pytest.mark.parametrize("word", ["hillmorton", "llanrumney", "cippenham", "kirkholt"])
def test_an_ending_or_a_beginning_of_places_tells(word: str) -> None:
    assert is_place_shaped(word)


@pytest.mark.parametrize("word", ["ton", "elton", "rico", "ham"])
def test_short_words_are_no_places_by_their_ending(word: str) -> None:
    assert not is_place_shaped(word)


def test_a_postcode_district_has_an_area_of_two_letters_that_exists() -> None:
    assert [word for word in ("ub7", "ng11", "e1", "jb9", "t5", "rg123") if is_postcode(word)] == ["ub7", "ng11"]


def test_a_gazetteer_grades_words_that_no_other_lexicon_knows() -> None:
    assert GRADER.word("Datchet", "datchet").grade == "settlement"
    assert GRADER.word("Datchet", "datchet").is_single, "evidence, no veto"
    others = (LexiconKind.TOWN, LexiconKind.FIRST_NAME, LexiconKind.DRUG)
    known = {term for kind in others for term in LEXICONS.terms(kind)}
    assert LEXICONS.terms(LexiconKind.SETTLEMENT).isdisjoint(known)


@pytest.fixture(scope="module")
def forms() -> NormalForms:
    return NormalForms(build_pipeline(LEXICONS).vocab)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4x4 back round Holt", [(0, 3, "4x4", "fx")]),
        ("ring 4X4", [(1, 4, "4x4", "fx")]),
        ("2nd Post on now", [(0, 3, "2nd post", "fo")]),
        ("NUMBER 9 ON BOTH", [(0, 2, "number 9", "fn")]),
        ("its numba nine, bell me", [(1, 3, "number nine", "fn")]),
        ("free for a mate. No.9", [(4, 6, "number 9", "fn")]),
        ("wait for my text. Mr. A", [(4, 6, "mr a", "ft")]),
        ("no one about", []),
        ("number 1000", []),
        ("on til late 3x25", []),
        ("4 x 4", []),
        ("meet on the 2nd", []),
    ],
)
def test_names_that_begin_with_figures(forms: NormalForms, text: str, found: list[tuple[int, int, str]]) -> None:
    reading = Reading(text, fold(text))
    forms.read(reading)
    assert list(figures_at(WordTable(reading, KnownWords(GRADER)))) == found


def test_a_number_word_with_its_own_digit_is_that_number() -> None:
    assert canonical_name("SE7EN") == "Se7en"
    assert len({name_key(form) for form in ("Se7en", "7even", "Seven")}) == 1
    assert name_key("2nd Post") == name_key("Second Post")
    assert canonical_name("mr tickle") == "Mr Tickle"
    assert canonical_name("JR MALIK") == canonical_name("jr malik") == "Jr Malik"
    assert canonical_name("JR") == "JR"


def test_the_usual_form_is_the_most_frequent_with_two_exceptions() -> None:
    assert usual_form({"Kez": 3, "Kezz": 1}) == "Kez"
    assert usual_form({"2tone": 5, "Two Tone": 1}) == "2tone"
    assert usual_form({"2tone": 2, "Two Tone": 2}) == "Two Tone"
    assert usual_form({"Tickle": 3, "Mr Tickle": 1}) == "Tickle"
    assert usual_form({"Tickle": 2, "Mr Tickle": 1}) == "Mr Tickle"
    assert usual_form({"Petes": 2, "Pete": 1}) == "Pete"
    assert usual_form({"Doctor Pips": 3, "Doctor Pip": 1}) == "Doctor Pips"


def test_a_name_that_is_hardly_written_without_its_s_has_it() -> None:
    """``Macks is on`` reads as Mack's; that nobody writes Mack tells otherwise."""
    forms = {"Macks": 4, "Mack": 3}
    assert usual_form(forms) == "Mack"
    assert usual_form(forms, {"macks": 7}) == "Macks"
    assert usual_form(forms, {"macks": 7, "mack": 1}) == "Macks"
    assert usual_form(forms, {"macks": 3, "mack": 2}) == "Mack"
    assert usual_form({"Rico": 3, "Ricos": 2}, {"rico's": 3, "ricos": 1, "r1co": 1}) == "Rico"
    assert usual_form({"88": 3, "88s": 1}, {"88s": 4}) == "88"
    assert usual_form(forms, {}) == "Mack", "of neither form a wording is sure"
