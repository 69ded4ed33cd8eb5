from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.templates.ids import template_id
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    "variant",
    [
        "Marlo line on both 7 for 50 bell me",
        "RICO LINE ON BOTH 3 FOR 25 BELL ME",
        "rico line onnn both 3for25 belll me!!!",
        "\U0001f525\U0001f525 Rico line on both, 3-25, bell me \U0001f525",
        "yo R1CO line on b&w 1 4 55 2 4 100 bell me x",
        "Rico line on both 3 for 25... bell me xx",
        "Rico on both 3 for 25 bell me",
        "Rico line\non both\n3 for 25\nbell me",
        "Ethan, Rico line on both 3 for 25 bell me",
        "hi Sarah Rico line on both 3 for 25 bell me",
    ],
)
def test_variants_of_one_wording_have_one_id(find: Find, variant: str) -> None:
    assert find(variant).template_id == find("Rico line on both 3 for 25 bell me").template_id


@pytest.mark.parametrize("greeting", ["Shwmae Gwen, ", "siema mordo ", "Salut frate, ", "hi luv ", "Kev, ", "yo Kath "])
def test_a_greeting_is_no_part_of_a_wording(find: Find, greeting: str) -> None:
    text = "Otis line on both 3 for 25 bell me"
    assert find(greeting + text).template_id == find(text).template_id


@pytest.mark.parametrize("greeting", ["Kath its Otis. ", "its Otis. ", "alright Kath? this is Otis, "])
def test_who_says_first_who_writes_says_the_same(find: Find, greeting: str) -> None:
    text = "white like snow with Otis, 3 for 25, bell me"
    assert find(greeting + text).template_id == find(text).template_id


def test_a_first_name_before_a_wording_that_names_the_line_is_no_part_of_it(find: Find) -> None:
    assert find("Kath dark n light, bell Otis 3 for 25").line == "Otis"
    assert find("Kath dark n light, bell Otis 3 for 25").template == find("dark n light, bell Otis 3 for 25").template
    assert find("Kath on both 3 for 25").template == find("Otis on both 3 for 25").template


def test_a_first_name_of_whom_something_is_said_is_a_part_of_the_wording(find: Find) -> None:
    template = find("Kath is done with that name, its Otis now, both 3 for 25").template or ""
    assert template.startswith("kath is done")
    called = find("Frank Two is now Marcus, same number same people").template or ""
    assert called.startswith("frank two is now")
    assert (find("Kev this is now Rico, both on 3 for 25").template or "").startswith("this is now")


@pytest.mark.parametrize("text", ["suntem on", "jestesmy on", "add me on roblox"])
def test_a_word_that_is_never_a_name_by_itself_is_no_slot_of_one(find: Find, text: str) -> None:
    assert find(text).line is None
    assert "{line}" not in (find(text).template or "")


@pytest.mark.parametrize(
    ("text", "name"), [("U Maksa znowu koks 60 za sztuke", "Maks"), ("Twm nol, coke 60 y gram", "Twm")]
)
def test_names_of_other_languages_are_brought_to_their_form(find: Find, text: str, name: str) -> None:
    assert find(text).line == name


@pytest.mark.parametrize(
    "other",
    ["Rico line on both bell me", "Rico line off til 3 for 25 bell me", "Rico line back on both 3 for 25 ring me"],
)
def test_another_sentence_has_another_id(find: Find, other: str) -> None:
    assert find(other).template_id != find("Rico line on both 3 for 25 bell me").template_id


def test_template_shows_constants_and_slots(find: Find) -> None:
    finding = find("RICO LINE on both 3 for 25 bell me til 11 on 07700 900123")
    assert finding.template == "{line} on {drug} {deal} bell me {time} on {number}"
    assert finding.slots == (
        ("line", "RICO LINE"),
        ("drug", "both"),
        ("deal", "3 for 25"),
        ("time", "til 11"),
        ("number", "07700 900123"),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico line on in Hastings 3 for 25", "Marlo line on in Swindon 7 for 50"),
        ("Rico line out Cromer, Sheringham and Holt til 11", "rico line out fakenham til late"),
        ("Kitty's Bakes van is in Hexham today with rye bread", "Kitty's Bakes van is in Alnwick today with rye bread"),
    ],
)
def test_towns_are_slots_whatever_the_text_is(find: Find, one: str, other: str) -> None:
    assert find(one).template_id == find(other).template_id
    assert "{place}" in (find(one).template or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico: buy 5 get 1 free all monday", "Rico: buy 5 get 1 free all thurs"),
        ("Rico: buy 5 get 1 free all monday", "RICO: buy 5 get 1 free all the weekend!"),
        ("happy weds people Rico on", "happy friday people Rico on"),
        ("Rico back at it monday ring early", "rico back at it this friday, ring early"),
        ("Kuba dziala w sobote do 22", "Kuba dziala w niedziele do 22"),
    ],
)
def test_days_of_the_week_are_slots(find: Find, one: str, other: str) -> None:
    assert find(one).template_id == find(other).template_id
    assert "{time}" in (find(one).template or "")


@pytest.mark.parametrize("word", ["sat", "sun", "wed"])
def test_words_that_are_days_too_stay_words(find: Find, word: str) -> None:
    assert "{time}" not in (find(f"she {word} there for you").template or "")


@pytest.mark.parametrize("word", ["deal", "reading", "bath", "sandwich"])
def test_words_that_are_towns_too_stay_words(find: Find, word: str) -> None:
    assert "{place}" not in (find(f"got a {word} for you").template or "")


def test_bulk_texts_of_others_have_templates_too(find: Find) -> None:
    one, other = find("Your taxi ref 4471 is outside"), find("YOUR TAXI, ref 9902, is outside!")
    assert not one.is_advert
    assert one.template_id == other.template_id
    assert one.template == "your taxi ref {digits} is outside"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico line on both 3 for 25 quote ref4711", "Rico line on both 3 for 25 quote ref98120"),
        ("Your order AB12345 is on its way", "your order GX90210 is on its way"),
    ],
)
def test_codes_of_letters_and_digits_are_slots(find: Find, one: str, other: str) -> None:
    assert find(one).template_id == find(other).template_id


def test_a_word_with_a_digit_or_two_is_no_code(find: Find) -> None:
    assert find("meet at gate B2 by the shop").template_id != find("meet at gate C7 by the shop").template_id


def test_sms_spellings_make_no_difference(find: Find) -> None:
    one, other = find("see u 2moro at the avalible table"), find("See you tomorrow at the available table")
    assert one.template_id == other.template_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico on til late, come out 2 play", "rico on til late come out to play"),
        ("pingers for the rave Rico", "Pingers 4 theee rave, RICO"),
        ("its Rico, doin 3 for 25 both", "ITS RICO DOING 7 FOR 50 BOTH"),
        ("Rico proper brown nooo crumbs 2 for 15", "Rico proper brown no crumbs 3 for 25"),
        ("Rico onn with both till 9", "Rico on with both till 10"),
        ("Rico backk with both bell mee", "Rico back with both bell me"),
        ("re loaded Rico on with both", "RELOADED RICO ON WITH BOTH"),
        ("Rico re-stocked come and see", "Rico restocked come and see"),
        ("Rico on every day both 3 for 25", "rico on everyday both 4 for 30"),
        ("Rico on any time u need both", "Rico on anytime u need both"),
    ],
)
def test_everyday_spellings_make_no_difference(find: Find, one: str, other: str) -> None:
    """Figures for "to" and "for", stretched words that have two letters alike in none, and dropped ends."""
    assert find(one).template_id == find(other).template_id


@pytest.mark.parametrize(
    "text", ["Rico on again both 3 for 25", "cousin Rico on both 3 for 25", "thin bags both Rico on"]
)
def test_words_that_end_so_keep_their_end(find: Find, text: str) -> None:
    assert "ing" not in (find(text).template or "")


@pytest.mark.parametrize("text", ["wee bits for all, Rico", "by the inn at 5, Rico", "busy bee today lads, Rico"])
def test_words_that_end_in_a_letter_twice_keep_both(find: Find, text: str) -> None:
    assert not {"wee", "inn", "bee"}.isdisjoint((find(text).template or "").split())


def test_addresses_are_masked(find: Find) -> None:
    one, other = find("pay the fee at http://rm-fee.example/a1"), find("pay the fee at https://other.example/b?c=2")
    assert one.template_id == other.template_id
    assert one.slots == (("link", "http://rm-fee.example/a1"),)


def test_texts_without_words_have_ids_of_their_own(find: Find) -> None:
    ids = {find(text).template_id for text in ("", "!", "\U0001f525", "\U0001f44d")}
    assert len(ids) == 4


def test_id_is_the_same_on_every_machine() -> None:
    assert template_id(["{line}", "on"]) == template_id(("{line}", "on"))
    assert template_id(["{line}", "on"]) == "t-4934417675f0141a"


@pytest.mark.parametrize("called", ["bro {}", "love {}", "mate {}", "{} mate", "{} bro x", "Dave morning all, {}"])
@pytest.mark.parametrize("text", ["back on both 3 for 25 Rico", "new batch just landed, Rico"])
def test_whom_a_text_calls_is_no_part_of_its_wording(find: Find, called: str, text: str) -> None:
    assert find(called.format(text)).template_id == find(text).template_id


@pytest.mark.parametrize(("one", "other"), [("love you all", "you all"), ("bring a mate round", "bring a round")])
def test_what_is_said_of_love_and_of_a_mate_is_part_of_it(find: Find, one: str, other: str) -> None:
    assert find(one).template_id != find(other).template_id


def test_a_mate_that_is_spoken_of_at_the_end_stays(find: Find) -> None:
    assert find("Rico on both bring a mate").template_id != find("Rico on both bring a").template_id


def test_a_text_that_is_a_call_alone_keeps_it(find: Find) -> None:
    assert (find("bro").template, find("yes mate").template) == ("bro", "yes mate")


@pytest.mark.parametrize("place", ["the flats", "Elm Road", "bus stop", "Harbour Rd", "the co-op"])
@pytest.mark.parametrize(
    "text", ["Rico: on. 3 for 25. {}.", "Rico - 3 for 25 - {} - now", "Rico on all day back in {}"]
)
def test_where_to_go_is_a_slot_of_an_offer(find: Find, text: str, place: str) -> None:
    assert find(text.format(place)).template_id == find(text.format("the station")).template_id


def test_where_to_go_is_none_of_talk(find: Find) -> None:
    assert find("im at the station").template_id != find("im at the flats").template_id


@pytest.mark.parametrize("spoken_of", ["Mate is", "Love is", "Pal was"])
def test_of_whom_something_is_said_is_not_called(find: Find, spoken_of: str) -> None:
    assert find(f"{spoken_of} on 3 for 25 till 9").template.startswith(spoken_of.lower())
