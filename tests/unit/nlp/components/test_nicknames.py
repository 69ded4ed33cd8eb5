from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.analysis import Analyser
from nlp.components.nicknames import Nicknames
from nlp.lexicons import load_lexicons
from nlp.nicknames.name_model import shipped_name_model
from nlp.nicknames.names import canonical_name
from nlp.readings import Reading
from parsers.records.findings import SpanKind, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("surface", "canonical"),
    [
        ("R1CO", "Rico"),
        ("rico line", "Rico"),
        ("Rico's", "Rico"),
        ("ricooo", "Rico"),
        ("RICO", "Rico"),
        ("lj", "LJ"),
        ("AJ", "AJ"),
        ("aj2", "AJ2"),
        ("TJ2", "TJ2"),
        ("Ty7", "Ty7"),
        ("Ed", "Ed"),
        ("scouse mo", "Scouse Mo"),
        ("Frank", "Frank"),
        ("FRANKIE", "Frankie"),
        ("Jimmy", "Jimmy"),
        ("Lee", "Lee"),
        ("M0", "Mo"),
        ("Shugggie", "Shuggie"),
        ("zeeeko", "Zeeko"),
        ("miiikey", "Mikey"),
        ("Smoggg", "Smog"),
        ("leeee", "Lee"),
        ("0J", "OJ"),
        ("Dre10", "Dre10"),
        ("Rico'll", "Rico"),
        ("$unny", "Sunny"),
        ("Smi1er", "Smiler"),
        ("Bi11y", "Billy"),
        ("D3NN1S", "Dennis"),
        ("Nan's Kitchen", "Nans Kitchen"),
    ],
)
def test_canonical_forms(surface: str, canonical: str) -> None:
    assert canonical_name(surface) == canonical
    assert canonical_name(canonical) == canonical


@pytest.mark.parametrize("cased", [str, str.lower, str.upper])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Miss May on both 3 for 25 bell me", "Miss May"),
        ("morning its Big Will got flake and hard 2 for 15", "Big Will"),
        ("best of both about ring Miss May", "Miss May"),
        ("Lady May line new number 07700900123 save it", "Lady May"),
        ("happy new year from Miss May all deals on", "Miss May"),
        ("Black Will on both 3 for 25 bell me", "Black Will"),
        ("Nan Tresk on both 3 for 25 bell me", "Nan Tresk"),
        ("its Sergeant Frost back with the best b&w", "Sergeant Frost"),
        ("Duke Tresk on both 3 for 25 bell me", "Duke Tresk"),
        ("Princess Zuko here open til 11 fresh batch of both", "Princess Zuko"),
    ],
)
def test_a_title_and_a_name_are_one_name_however_they_are_written(
    find: Find, text: str, line: str, cased: Callable[[str], str]
) -> None:
    assert find(cased(text)).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Rico will be on at 10 both 3 for 25", "Rico"),
        ("Uncle Si on both may close early tonight", "Uncle Si"),
        ("Rico may open late tonight, both 3 for 25", "Rico"),
    ],
)
def test_what_forms_a_verb_is_no_part_of_a_name(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line", "surface"),
    [
        ("RICO LINE on both 3 for 25", "Rico", "RICO LINE"),
        ("Bobby both bits 3-25 5-40", "Bobby", "Bobby"),
        ("harry b n w 2 for 15", "Harry", "harry"),
        ("Molly dark and light 3 for 25", "Molly", "Molly"),
        ("Charlie heroin and crack all day", "Charlie", "Charlie"),
        ("its Rico, back on, bell me", "Rico", "Rico"),
        ("Yo Dave, rico on both, bell me", "Rico", "rico"),
        ("Rico here. On both til 11", "Rico", "Rico"),
        ("on both til late, bell me. Rico", "Rico", "Rico"),
        ("on both til late, bell me - rico x", "Rico", "rico"),
        ("R1co back on, best of both", "Rico", "R1co"),
        ("ricooo on both 2 4 15", "Rico", "ricooo"),
        ("Rico's new number, save it, on both", "Rico", "Rico's"),
        ("R I C O on both til 11", "Rico", "R I C O"),
        ("Scouse Ty back on, best of both", "Scouse Ty", "Scouse Ty"),
        ("LJ on both 7 for 50", "LJ", "LJ"),
        ("Anywhere line on both 7 for 50", "Anywhere", "Anywhere line"),
        ("new number for Rico on both bell me", "Rico", "Rico"),
        ("Frankie on both bell me", "Frankie", "Frankie"),
        ("Wakey wakey Robbo here, both on, 3 for 25", "Robbo", "Robbo"),
        ("best in town Dan 2 for 15 dont miss out", "Dan", "Dan"),
        ("Bill back on best of both 2 4 15", "Bill", "Bill"),
        ("Si back on 3 for 25", "Si", "Si"),
        ("max on both til 11", "Max", "max"),
    ],
)
def test_name_in_any_position(find: Find, text: str, line: str, surface: str) -> None:
    finding = find(text)
    assert (finding.line, finding.line_surface) == (line, surface)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Compass on both, 3 for 25", "Compass"),
        ("Sunday line on both 3 for 25 bell me", "Sunday"),
        ("both back on, 3 for 25. Steady", "Steady"),
        ("Salop Ken here, both on, 3 for 25", "Salop Ken"),
        ("Uncle Des is back, brown and white, 3 for 25", "Uncle Des"),
        ("czesc tu Kuba, nowe topy, 2 za 20, dzwon", "Kuba"),
        ("ketu Besi, koka e mire 1g 70, merrni", "Besi"),
        ("T7 on both 2-15", "T7"),
        ("K.T on both 3 for 25", "KT"),
        ("w h i s t l e on both til 3", "Whistle"),
        ("R.ocky on both 3 for 25", "Rocky"),
        ("O_ZZY ON BOTH 3 FOR 25", "Ozzy"),
        ("Hej B.olek ma obydwa kolory po 10", "Bolek"),
        ("T.Bone on both 3 for 25", "T Bone"),
        ("C L A R E i s o n, both 3 for 25", "Clare"),
        ("L U C O 2 mins away, both 3 for 25", "Luco"),
        ("K A S E Y 3 4 25 both on", "Kasey"),
        ("Manny on both 2 for 15", "Manny"),
        ("DURA\U0001f50bCELL on both 3 for 25", "Dura Cell"),
        ("$unny back on both 3 for 25", "Sunny"),
        ("rico onn both 3 for 25", "Rico"),
        ("dont come to the flat no more, both on, ring Rico 1st", "Rico"),
        ("its the old vinny line, now on 07700 900153", "Vinny"),
        ("Old Town line on both 3 for 25", "Old Town"),
        ("both on 3 for 25, ring rico first", "Rico"),
        ("First on now with both", "First"),
        ("Gus & Tilly on both, 3 for 25", "Gus & Tilly"),
        ("gus+tilly on, both 3 for 25", "Gus & Tilly"),
        ("Zee & Co on now 3 for 25 both", "Zee & Co"),
        ("K & T line active both", "KT"),
    ],
)
def test_names_that_are_words_pairs_digits_or_foreign(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    "text",
    [
        "My lad Kev will meet you. Both on, 3 for 25",
        "Our driver Sam is on his way round. Both 3 for 25",
        "Jamie doesnt work for us no more, dont pay him. Both on 3 for 25",
        "Hi Mark, both on, 3 for 25",
    ],
)
def test_people_are_not_the_line(find: Find, text: str) -> None:
    assert find(text).line is None


def test_the_rule_says_what_gave_the_name(find: Find) -> None:
    for text, rule in (
        ("RICO LINE on both 3 for 25", "x-line"),
        ("its Rico, both on, bell me", "its-x"),
        ("both on til late, 3 for 25. Rico", "sign-off"),
        ("R I C O on both til 11", "spaced-letters-on"),
    ):
        assert f"nicknames/2:{rule}" in find(text).rules


def test_a_longer_name_is_not_cut(find: Find) -> None:
    """A pair whose parts stand well alone is still one name, and "line" belongs to the surface."""
    finding = find("SCOUSE TY LINE on both 2 for 15 ring dont text")
    assert (finding.line, finding.line_surface) == ("Scouse Ty", "SCOUSE TY LINE")


@pytest.mark.parametrize(
    "text",
    [
        "on both til late bell me",
        "our line is back on, best of both, bell me",
        "Back on. Both. 3 for 25. Bell me",
        "quick 1s only 3 for 25 til 10",
        "yo rico u about?",
        "Rico says hi, hes well excited for his party",
        "1st 10 callers get extra",
    ],
)
def test_no_name_is_invented(find: Find, text: str) -> None:
    assert find(text).line is None


def test_which_one_is_free_is_no_name(find: Find) -> None:
    assert find("5th one free lads n lasses, both on 3 for 25. ask smoggs when u come").line == "Smoggs"
    first = find("1st 10 callers get extra")
    assert first.is_advert
    assert not [span for span in first.spans if span.kind is SpanKind.PRICE]


def test_a_known_name_is_found_wherever_it_stands(analyser: Analyser) -> None:
    text = "dont go elsewhere wait on seven 15 mins, both on, 3 for 25"
    ((_, names),) = analyser.find_with_names([text])
    assert "Seven" not in [name.canonical for name in names]
    ((found,),) = analyser.names_among([text], {"7", "rico"})
    assert (found.canonical, text[found.start : found.end]) == ("Seven", "seven")
    assert analyser.names_among(["both on, 3 for 25"], {"3", "25"}) == [[]]


@pytest.mark.parametrize(
    ("text", "name", "longer"),
    [
        ("Saint live in Heavitree. 4 for 30", "Saint", "Saint Live"),
        ("PENFOLD MENU 1 for 10 / 3 for 25 mix any", "Penfold", "Penfold Menu"),
    ],
)
def test_a_name_and_what_is_said_of_it_are_not_proposed_as_a_longer_name(
    analyser: Analyser, text: str, name: str, longer: str
) -> None:
    proposed = [each.canonical for _, names in analyser.find_with_names([text]) for each in names]
    assert proposed[0] == name
    assert longer not in proposed


def test_what_is_not_sure_is_still_proposed(analyser: Analyser) -> None:
    """Other texts of the input may settle it (``nlp.nicknames.shared_names``)."""
    (reading,) = analyser.readings_for_model(["both all day steady 3 for 25"])
    names = Nicknames(load_lexicons(), shipped_name_model()).names(reading)
    assert "Steady" in [name.canonical for name in names]
    assert names == sorted(names, key=lambda name: -name.strength)


@pytest.mark.parametrize(
    ("text", "surface", "canonical"),
    [
        ("Q!MBO on both 3 for 25", "Q!MBO", "Qimbo"),
        ("Q U I M B O: b, w 3 for 25", "Q U I M B O", "Quimbo"),
        ("Zor\U0001f98avak on both 3 for 25", "Zor\U0001f98avak", "Zorvak"),
        ("both out, ring St\u26c8rm", "St\u26c8rm", "Storm"),
        ("ring Da\U0001f305wn both 3 for 25", "Da\U0001f305wn", "Dawn"),
        ("L\U0001f34bM\U0001f34bN on both", "L\U0001f34bM\U0001f34bN", "Lemon"),
        ("its only early but the marble line is up", "marble line", "Marble"),
        ("tung, linja e Quimbit aktive, merr", "Quimbit", "Quimbi"),
        ("Quimbo Two Coats on the road, 3 for 25", "Quimbo Two Coats", "Quimbo Two Coats"),
        ("two hats tony on, 3 for 25", "two hats tony", "Two Hats Tony"),
        ("Elvis of Ulverston still on, 3 for 25", "Elvis of Ulverston", "Elvis Of Ulverston"),
        ("Maes Y Coed on til late 3 for 25", "Maes Y Coed", "Maes Y Coed"),
        ("Bell Maes y Coed now 3 for 25 on", "Maes y Coed", "Maes Y Coed"),
        ("Old Red Ray across the water, 3 for 25", "Old Red Ray", "Old Red Ray"),
    ],
)
def test_candidates_of_odd_forms(analyser: Analyser, text: str, surface: str, canonical: str) -> None:
    """What is proposed, whether or not it is chosen."""
    (reading,) = analyser.readings_for_model([text])
    finder = Nicknames(load_lexicons(), shipped_name_model())
    names = {(name.canonical, text[name.start : name.end]) for name in finder.names(reading, count=9)}
    assert (canonical, surface) in names


def test_a_picture_between_words_stands_for_a_blank(analyser: Analyser) -> None:
    (reading,) = analyser.readings_for_model(["Quimbo on\U0001f525both 3 for 25, text\U0001f4f1now"])
    finder = Nicknames(load_lexicons(), shipped_name_model())
    assert {name.canonical for name in finder.names(reading, count=99)}.isdisjoint({"Onboth", "Textnow"})


def test_the_article_of_the_line_is_none_of_its_name(analyser: Analyser) -> None:
    (of_line,), (of_name,) = (
        names
        for _, names in analyser.find_with_names(
            ["all aboard for the Quimbo line 3 for 25", "all aboard for the Quimbo 3 for 25"]
        )
    )
    assert (of_line.written, of_name.written) == ("quimbo", "the quimbo")


@pytest.mark.parametrize("text", ["both out now 3 for 25", "on from two till late", "the others are dry, we are on"])
def test_three_everyday_words_are_no_candidate(analyser: Analyser, text: str) -> None:
    (reading,) = analyser.readings_for_model([text])
    finder = Nicknames(load_lexicons(), shipped_name_model())
    assert all(name.canonical.count(" ") < 2 for name in finder.names(reading, count=9))


def test_an_advert_that_was_passed_over_is_looked_at_again(analyser: Analyser) -> None:
    text = "sorry mum i will ring you about the school later on, love you loads. its Quimbo line on"
    (reading,) = analyser.readings_for_model([text])
    finder = Nicknames(load_lexicons(), shipped_name_model())
    reading.name = None
    reading.cues = [cue._replace(weight=-9.0) for cue in reading.cues]
    reading.marks = []
    found: list[str] = []
    for is_advert in (False, True):
        reading.is_advert = is_advert
        finder.read(reading)
        finder.look_late(reading)
        found.append(_canonical(reading))
    assert found == ["", "Quimbo"]


def _canonical(reading: Reading) -> str:
    return "" if reading.name is None else reading.name.canonical


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Dzisiaj Wujek do 23", "dzisiaj wujek"),
        ("Azi Mihai 2 la 15", "azi mihai"),
        ("Heno Marek, 2 am 15", "heno marek"),
        ("Sot Landi 2 per 15", "sot landi"),
        ("gd stuff bk in bell me", "gd stuff"),
    ],
)
def test_a_word_for_when_or_how_good_begins_no_name(analyser: Analyser, text: str, whole: str) -> None:
    (reading,) = analyser.readings_for_model([text])
    finder = Nicknames(load_lexicons(), shipped_name_model())
    assert whole not in {name.canonical.lower() for name in finder.names(reading, count=9)}


def test_what_tells_of_a_name_behind_a_word_for_when_tells_of_the_rest_of_it(find: Find) -> None:
    assert find("Dziś Marek na linii, 2 za 15").line == "Marek"


def test_a_word_for_when_costs_no_name_behind_it(analyser: Analyser) -> None:
    texts = ["Dzisiaj Wujek do 23", "Wujek jest, dzwon", "Wujek ma nowy towar"]
    readings = analyser.readings_for_model(texts)
    finder = Nicknames(load_lexicons(), shipped_name_model())
    assert [finder.names(reading, count=1)[0].canonical for reading in readings] == ["Wujek"] * 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HI HUN LINE IS OPEN X 3 4 20 X", None),
        ("Hiya Luv line is open 3 for 25", None),
        ("Hi Rico line is open 3 for 25", "Rico"),
        ("HIYA LUV RICO LINE ON 3 FOR 25", "Rico"),
    ],
)
def test_what_anybody_is_called_behind_a_greeting_is_no_name(find: Find, text: str, name: str | None) -> None:
    assert find(text).line == name


def test_words_that_join_others_in_the_texts_language_are_no_first_names(find: Find) -> None:
    finding = find("si e aici, buna si alba si neagra")  # "and" in Romanian
    assert finding.is_advert
    assert finding.line is None


@pytest.mark.parametrize(
    "text",
    ["both on 2 max each ring", "5 mins max ring me both on", "on both max value 3 for 25",
     "No bill needed both on 3 for 25", "pay the bill get 3 for 25 both", "will bill u later both on",
     "don call after 10 both on"],
)  # fmt: skip
def test_words_that_are_names_too_are_none_within_a_sentence(find: Find, text: str) -> None:
    assert find(text).line is None


@pytest.mark.parametrize("text", ["Dave y Tom not answering, 3 for 25", "Rico y u off today 3 for 25"])
def test_y_between_words_that_are_no_place_asks_why(find: Find, text: str) -> None:
    assert " y " not in (find(text).line_surface or "").casefold()
