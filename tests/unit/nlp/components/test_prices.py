"""Prices in every written form, and what is none: each text is taken for an advert, or for none, as the test says."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.analysis import Analyser
from nlp.components.prices import is_joined_deal
from nlp.lexicons import LexiconKind, load_lexicons
from nlp.spans.price_grammar import PRICES
from nlp.spans.price_lists import are_pairs, are_pairs_in_a_run, are_turned_pairs, worded_deals
from nlp.words.amount_codes import LETTER_OF_CLASS, Coder
from nlp.words.folding import fold
from parsers.records.findings import SpanKind

CODER = Coder(load_lexicons())

PIECES = st.sampled_from(
    [
        *("3", "25", "3.5", "3,5", ".5", "1/8", "24/7", "24 7", "2nd", "10s", "8th", "4", "07700", "2moz", "R1co"),
        *("for", "\u00a3", "quid", "tenner", "za", "la", "per", "half", "q", "a", "pop", "each", "til", "am", "pm"),
        *("get", "buy", "x", "xx", "nd", " ", "  ", "-", "/", ".", ",", "\n", "\t"),
    ]
)


def prices(analyser: Analyser, text: str, *, is_advert: bool = True) -> list[str]:
    (finding,) = analyser.find([text], known_adverts={text: is_advert})
    return [span.surface for span in finding.spans if span.kind is SpanKind.PRICE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3@25 7 @ \u00a350 both", ["3@25", "7 @ \u00a350"]),
        ("tw0 for fifteen, s1x f0r f0rty", ["tw0 for fifteen", "s1x f0r f0rty"]),
        ("brown a gwyn, 3 am deg ar hugain", ["3 am deg ar hugain"]),
        ("tri am ugian, deg am ddegpunt", ["tri am ugian", "deg am ddegpunt"]),
        ("ciemne i jasne, dwa za dwie dychy", ["dwa za dwie dychy"]),
        ("jasne po pi\u0105tce", ["po pi\u0105tce"]),
        ("1-10 3-25 7-50", ["1-10", "3-25", "7-50"]),
        ("2/15 8/60 w or b", ["2/15", "8/60"]),
        ("3=25, 2.4.15", ["3=25", "2.4.15"]),
        ("3.for.25 ring", ["3.for.25"]),
        ("two for fifteen, six for forty", ["two for fifteen", "six for forty"]),
        ("\u00a320 for 2, \u00a350 gets you 7", ["\u00a320 for 2", "\u00a350 gets you 7"]),
        ("\u00a315 2, \u00a325 3.", ["\u00a315 2", "\u00a325 3"]),
        ("any 3 \u00a322, any 5 for 35, all 5 4 30", ["any 3 \u00a322", "any 5 for 35", "5 4 30"]),
        ("2 slices \u00a315, 3 strips 12 quid", ["2 slices \u00a315", "3 strips 12 quid"]),
        ("1 of each 18 or half a dozen 45", ["1 of each 18", "half a dozen 45"]),
        ("100 for 30, ten for a fiver", ["100 for 30", "ten for a fiver"]),
        ("3 for 25x", ["3 for 25"]),
        ("bags is 10 bits is 5", ["10", "5"]),
        ("balls is \u00a325 and bags are \u00a310", ["\u00a325", "\u00a310"]),
        ("wraps r 15 ring", ["15"]),
        ("2 dark 4 20, 1 light only 10", ["2 dark 4 20", "1 light only 10"]),
        ("3 tan for 25 or 2 nos for 15", ["3 tan for 25", "2 nos for 15"]),
        ("3\u00a325 6\u00a345 txt only", ["3\u00a325", "6\u00a345"]),
        ("brown 3 a 25, white 5 a 40", ["3 a 25", "5 a 40"]),
        ("min 2 for 20 or no drop", ["2 for 20"]),
        ("2s 15 3s 20 5s 35", ["2s 15", "3s 20", "5s 35"]),
        ("ten each, twelve a gram", ["ten each", "twelve a gram"]),
        ("one each for the first ten people", []),
        ("3 tickets 25, 2 parcels \u00a315", ["3 tickets 25", "2 parcels \u00a315"]),
        (
            "\u00a340 the lot, oz from 160, 25 for the pair, 2 for a quid",
            ["\u00a340 the lot", "oz from 160", "25 for the pair", "2 for a quid"],
        ),
        ("20 a twist, \u00a320 draw, cali \u00a350 3.5", ["20 a twist", "\u00a320 draw", "\u00a350 3.5"]),
        ("dark \u00a31.5k a box, \u00a31k an oz", ["\u00a31.5k a box", "\u00a31k an oz"]),
        ("bring a mate n get a 10 bag free, text this 2 a friend", []),
        ("blues 100 for \u00a335, 1000 for \u00a3250", ["100 for \u00a335", "1000 for \u00a3250"]),
        ("snow 0.5 35 0.75 50 1.75 100 3.5 180", ["0.5 35", "0.75 50", "1.75 100", "3.5 180"]),
        ("buy 4 get 5th free", ["buy 4 get 5th free"]),
        ("2 for the price of 1", ["2 for the price of 1"]),
        ("pay 3 get 1 on the house", ["pay 3 get 1 on the house"]),
        ("mixed 1 an 1 for 15, 2 and 1 for 25, 2+2 for 30", ["1 an 1 for 15", "2 and 1 for 25", "2+2 for 30"]),
        ("1 b 1 w for 15 or 2 b 2 w for 28", ["1 b 1 w for 15", "2 b 2 w for 28"]),
        ("b \u00a310 w \u00a310 one each \u00a318", ["\u00a310", "\u00a310", "one each \u00a318"]),
        ("tabs 5 \u00a330, 10 \u00a350", ["5 \u00a330", "10 \u00a350"]),
        ("1 fi 10 3 fi 25", ["1 fi 10", "3 fi 25"]),
        ("dono 3 ka 25, 5 ke 40", ["3 ka 25", "5 ke 40"]),
        ("waan joogaa 3 waa 25", ["3 waa 25"]),
        ("half 40 full 75", ["half 40", "full 75"]),
        ("2 for 15s, 3 4 25s", ["2 for 15s", "3 4 25s"]),
        ("\u00a330 a 3.5, 90/g, 170/2g, 30/3.5g", ["\u00a330 a 3.5", "90/g", "170/2g", "30/3.5g"]),
        ("all 3.5 @ 45 7 @ 85", ["3.5 @ 45", "7 @ 85"]),
        ("score bags o brown, tenners each", ["score bags", "tenners each"]),
        ("y ddau 3 am 25", ["3 am 25"]),
        ("\u00a320 deals 3 fir 50, 10 deals", ["\u00a320 deals", "3 fir 50", "10 deals"]),
        ("\u00a38 SINGLE \u00a315 DOUBLE", ["\u00a38 SINGLE", "\u00a315 DOUBLE"]),
        ("send us a new face and get a 10 on the house, next 20 on me", []),
        ("green 25-3.5, 45 per 3.5", ["25-3.5", "45 per 3.5"]),
        ("mwg da mewn, 20 am 2g", ["20 am 2g"]),
        ("thc vapes landed, 1ml 35 each 3 for 90", ["35 each", "3 for 90"]),
        ("Cali tins - \u00a360 each, pods 2ml \u00a315 each", ["\u00a360 each", "\u00a315 each"]),
        ("gummies back \u00a315 a pack, white back in 20 a bag", ["\u00a315 a pack", "20 a bag"]),
        ("both on, shots a tenner", ["a tenner"]),
    ],
)
def test_deals(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("D n L out 2 15 4 30 7 50", ["2 15", "4 30", "7 50"]),
        ("both 1.10 3.25 7.50 ring", ["1.10", "3.25", "7.50"]),
        ("B : W : 1:10 : 3:25 : 7:50", ["1:10", "3:25", "7:50"]),
        ("w 3,25 only", ["3,25"]),
        ("ketty 20 1 50 3, gak 40 1 100 3", ["20 1", "50 3", "40 1", "100 3"]),
        ("sorted. \u00a310 1 \u00a325 3 \u00a350 7. ring", ["\u00a310 1", "\u00a325 3", "\u00a350 7"]),
        ("white & brown \u00a315 x2 \u00a325 x4", ["\u00a315 x2", "\u00a325 x4"]),
        ("tj hard 3425", ["3425"]),
        ("TK - both - 3/25 - 7/50 - til 11", ["3/25", "7/50"]),
        ("1/10 3/25 8/60 both", ["1/10", "3/25", "8/60"]),
        ("vals 10-10 zops 14-10", ["10-10", "14-10"]),
        ("street vals in 10-5 50-20 100-35", ["10-5", "50-20", "100-35"]),
        ("b 3/25 w 2/25 blues 10/10", ["3/25", "2/25", "10/10"]),
        ("pregabalin 3-5 diazies 5-5 both", ["3-5", "5-5"]),
        ("blues 50-25 pregabs \u00a31 a pop", ["50-25", "\u00a31 a pop"]),
        ("Kettle 2 20 3 28 10 85", ["2 20", "3 28", "10 85"]),
        ("kettle 2 18 4 35, 9 75", ["2 18", "4 35", "9 75"]),
        ("bus 2 18 3 91 7 96 both on", []),
        ("UK\nLemon 7/60 14/110 28/200\nHash", ["7/60", "14/110", "28/200"]),
    ],
)
def test_deals_of_lists(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    "text",
    ["on 9.30 til 11.45", "back 10:15 then 12:30", "ring 1450", "code 3421", "2.30 and 4.15 by the swings", "est 2015"],
)
def test_hours_and_other_numbers_are_no_lists(analyser: Analyser, text: str) -> None:
    assert prices(analyser, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 for 20 3 for 27.50", ["2 for 20", "3 for 27.50"]),
        ("1.75 for a ton", ["1.75 for a ton"]),
        ("three for twentyfive", ["three for twentyfive"]),
        ("both 3 for 2five", ["3 for 2five"]),
        ("five for forty ten for seventy five", ["five for forty", "ten for seventy five"]),
        ("3 fir 45 kit, 3 4 da 25", ["3 fir 45", "3 4 da 25"]),
        ("3 is 25 pound, 5 is 40 pound", ["3 is 25 pound", "5 is 40 pound"]),
        ("twos for 15", ["twos for 15"]),
        ("wee ones 5er", ["5er"]),
        ("white 10ers and brown 5ers", ["10ers", "5ers"]),
        ("Kez on now, green a q 55, hash a g 10, call me", ["a q 55", "a g 10"]),
        ("all weed \u00a310 a g 3.5 for 30", ["\u00a310 a g", "3.5 for 30"]),
        ("hash 10 for 3g green bottles 10 4 100ml", ["10 for 3g", "10 4 100ml"]),
        ("\u00a310 bags \u00a320 bags", ["\u00a310 bags", "\u00a320 bags"]),
        ("stones like golf balls 15 a go", ["15 a go"]),
        ("small bud \u00a36 a g", ["\u00a36 a g"]),
        ("2g + 4 pills \u00a3120", ["2g + 4 pills \u00a3120"]),
        ("2 x 3.5 75", ["2 x 3.5 75"]),
        ("juice 100ml 20", ["100ml 20"]),
        ("brown 1/16 for 55 1/8 for 100", ["1/16 for 55", "1/8 for 100"]),
        ("weed 35 for 3.5", ["35 for 3.5"]),
        ("pay 5 get 7 w or b", ["pay 5 get 7"]),
        ("4 for the price o 3", ["4 for the price o 3"]),
        ("one on the house with every 3 for 25", ["3 for 25"]),
        ("blues a pound fur 3", ["a pound fur 3"]),
        ("halves 30, wholes 50", ["halves 30", "wholes 50"]),
        ("blues \u00a31, bars \u00a32, packs 60", ["\u00a31", "\u00a32", "60"]),
        ("q-9 bk in 40", []),
        ("tings are fresh 3 4 2 5", ["3 4 2 5"]),
        ("2 4 3 0 all day", ["2 4 3 0"]),
        ("2 4 15 3 4 20", ["2 4 15", "3 4 20"]),
        ("summer deal oz 170", ["oz 170"]),
        ("any strain 2 8ths 55", ["2 8ths 55"]),
        ("\u00a320 for 2 minimum", ["\u00a320 for 2"]),
        ("rico on, 3for20 min 3", ["3for20"]),
        ("rico 0.8s \u00a350 3 for \u00a3130", ["0.8s \u00a350", "3 for \u00a3130"]),
        ("ounces 140. half 75. rico", ["ounces 140", "half 75"]),
        ("rico, three and a half 70 q 130", ["three and a half 70", "q 130"]),
        ("1s 10 3s 25 7s 50 rico on", ["1s 10", "3s 25", "7s 50"]),
        ("4 for 35 quid min two", ["4 for 35 quid"]),
        ("rico on 3 for 20 min order 2", ["3 for 20"]),
        ("tenner bags, max 3 each", ["tenner bags"]),
        ("alb 2 la 15 5 la 35, azi de la 5 la 12", ["2 la 15", "5 la 35"]),
        ("ozzy deal 5 pills 30", ["30"]),
        ("tenz n twentiez", ["tenz", "twentiez"]),
        ("pingers 4 each", ["4 each"]),
        ("10 yr un 3 am 27, 4 am y pris o 3", ["10 yr un", "3 am 27", "4 am y pris o 3"]),
        ("3 po 25, 10 za 1g, 3 cu 25", ["3 po 25", "10 za 1g", "3 cu 25"]),
        ("3 for a 25, 2 for a score", ["3 for a 25", "2 for a score"]),
    ],
)
def test_further_forms(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "oot o stock til the back o 8",
        "last orders half 10 then im off",
        "10 out of 10 as always",
        "im a fiver short, delivery a fiver fuel, \u00a35 outside the A1",
        "min order \u00a340",
        "back 3 for 20 mins then off",
        "every \u00a310 spent is a ticket",
        "running 40 behind",
        "lyrica 300 in",
        "15 late soz",
        "off 4 a bit, back soon",
        "20 quid minimum",
        "60 minimum out of town",
        "a 9 oot ae 10, ask anybody",
        "ring 10 before",
    ],
)
def test_fees_hours_and_strengths_are_no_prices(analyser: Analyser, text: str) -> None:
    assert prices(analyser, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cookies 1/8 \u00a335 Q \u00a365", ["1/8 \u00a335", "Q \u00a365"]),
        ("haze 3.5 50 7 95 14 180", ["3.5 50", "7 95", "14 180"]),
        ("8th 25 q 45 half 80 oz 150", ["8th 25", "q 45", "half 80", "oz 150"]),
        ("\u00a345 half \u00a380 oz", ["\u00a345 half", "\u00a380 oz"]),
        ("md 40/g, ket 25 a g", ["40/g", "25 a g"]),
        ("weed 20 bag or 3 for 50", ["20 bag", "3 for 50"]),
        ("\u00a310 bags, tenner bags, a tenner a bag", ["\u00a310 bags", "tenner bags", "a tenner a bag"]),
        ("a pound each, 10p a go, \u00a350 a scoop", ["a pound each", "10p a go", "\u00a350 a scoop"]),
        ("tens or twentys", ["tens", "twentys"]),
        ("pub at 40 prop at 80", ["40", "80"]),
        ("the good at 80 and the better at 110", ["80", "110"]),
        ("cones 60", ["60"]),
    ],
)
def test_menus_and_amounts(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 za 25, sztuka po 60", ["3 za 25", "sztuka po 60"]),
        ("80f za gieta, 1szt 55, 2za100", ["80f za gieta", "1szt 55", "2za100"]),
        ("kup 4 we\u017a 5", ["kup 4 we\u017a 5"]),
        ("dwie w cenie jednej", ["dwie w cenie jednej"]),
        ("3 la 25, gramul 70, 65 gramu, 10 lire punga", ["3 la 25", "gramul 70", "65 gramu", "10 lire punga"]),
        ("cumperi 5 prime\u0219ti 6", ["cumperi 5 prime\u0219ti 6"]),
        ("3 p\u00ebr 25, 60 copa, dy 110", ["3 p\u00ebr 25", "60 copa", "dy 110"]),
        ("bli 4 merr 5", ["bli 4 merr 5"]),
        ("Toni, t'dyjat 3 me 20", ["3 me 20"]),
        ("3 am 25 heno, dau am 15", ["3 am 25", "dau am 15"]),
    ],
)
def test_deals_of_other_languages(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("you get what you pay for \u00a345 an 8th", ["\u00a345 an 8th"]),
        ("cali in, u get what u pay for \u00a345 an 8th", ["\u00a345 an 8th"]),
        ("u pay for \u00a320 next time", []),
    ],
)
def test_a_saying_is_over_before_the_price(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "u owe me 40, she still owes \u00a320",
        "20% off, \u00a35 off for first timers, spend \u00a350 get a gift",
        "open 10-10, til half 9, delivery 30-40 mins",
        "brown is 10/10, 8 left, back in 20",
        "my number ends 305, flat 20, bus 45, since 2015",
        "Price is not \u00a312",
        "LS6 M14 M20 M21",
        "ring me at 10 or 11",
        "both 10 out of 10, brown 10 outta 10, 6ft has landed",
        "new batch 9.5/10 and 8.5/10",
        "white is a 10 brown is a 9, its a 10",
        "u need to give me back 20",
    ],
)
def test_what_is_no_price_in_an_advert(analyser: Analyser, text: str) -> None:
    assert prices(analyser, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Golden Wok: 2 for \u00a35 on spring rolls, pay 3 get 4, til 11",
        "Logs back in, 3 bags for 25 or \u00a310 each",
        "7 for 50, all out by tea at this rate, what a spell of bowling",
        "FLASH SALE 3 for 2 on all trainers, code SAVE20 at shop.example",
        "jumpers age 9-10, 3 for \u00a325, collect from Bedworth",
        "i owe u \u00a320 for the taxi",
    ],
)
def test_prices_of_others_are_none(analyser: Analyser, text: str) -> None:
    assert prices(analyser, text, is_advert=False) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("can i get 2 for 15 please", ["2 for 15"]),
        ("he wants 3 for 25, give him the brown", ["3 for 25"]),
        ("fam theres a guy at the shops wants 3 4 25 go quick", ["3 4 25"]),
        ("send the text out now, 3 for 25 till 12", ["3 for 25"]),
    ],
)
def test_prices_in_orders_and_talk_with_runners(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text, is_advert=False) == found


@pytest.mark.parametrize(
    ("text", "is_deal"),
    [
        ("2-15", True),
        ("5-20", True),
        ("3-24", True),
        ("8-58", True),
        ("10-22", False),
        ("9-5", False),
        ("1-10", None),
        ("10/10", False),
        ("28/30", False),
        ("2x15", True),
        ("1=2", False),
        ("3.5-30", True),
    ],
)
def test_hours_dates_and_fractions_are_no_deals(*, text: str, is_deal: bool | None) -> None:
    assert is_joined_deal(text) is is_deal


def test_a_term_of_several_words_is_one_piece() -> None:
    """``deg ar hugain`` was ten and a word; so were all but the sums that the expression itself has."""
    terms = {
        fold(entry.term).lower: LETTER_OF_CLASS[entry.cue]
        for entry in load_lexicons().of_kind(LexiconKind.PATTERN)
        if entry.cue in LETTER_OF_CLASS and " " in entry.term
    }
    assert terms["deg ar hugain"] == "j"
    assert {term: CODER.codes(f"tan {term}, ac").code for term in terms} == {
        term: f"U {letter}, w" for term, letter in terms.items()
    }


def test_a_word_has_one_class() -> None:
    """The letter of a word would hang on the order of the entries."""
    seen: dict[str, str] = {}
    for entry in load_lexicons().of_kind(LexiconKind.PATTERN):
        if entry.cue in LETTER_OF_CLASS:
            assert seen.setdefault(fold(entry.term).lower, entry.cue) == entry.cue, entry.term


@given(pieces=st.lists(PIECES, max_size=16))
def test_letters_know_where_they_stand(pieces: list[str]) -> None:
    low = fold("".join(pieces)).lower
    codes = CODER.codes(low)
    starts = codes.starts
    assert len(starts) == len(codes.code) + 1
    assert (starts[0], starts[-1]) == (0, len(low))
    assert starts == sorted(set(starts)) or not low
    for letter, start, end in zip(codes.code, starts, starts[1:], strict=False):
        assert low[start:end].isspace() == letter.isspace()


@given(pieces=st.lists(PIECES, max_size=12))
def test_what_holds_no_telling_word_and_no_digit_holds_no_price(analyser: Analyser, pieces: list[str]) -> None:
    """Texts that are not looked at for speed must have nothing to find."""
    (reading,) = analyser.readings_for_model(["".join(pieces)])
    if reading.codes is None:
        assert PRICES.search(CODER.codes(reading.shadow.lower).code) is None


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Rico on both 3f25 bell me", "3f25"),
        ("Rico on both 3fur20 bell me", "3fur20"),
        ("Rico on both 3 for 2o bell me", "3 for 2o"),
        ("Rico on both 4 for 3O bell me", "4 for 3O"),
        ("Rico on both \u00a3l5 a pop bell me", "\u00a3l5 a pop"),
        ("Rico on both \u00a325 = 3 bell me", "\u00a325 = 3"),
        ("Rico on coke 50 the gram bell me", "50 the gram"),
        ("Rico on both 3s for 25 bell me", "3s for 25"),
        ("Rico on both 4s 30 bell me", "4s 30"),
        ("Rico on both 3 fo 20 bell me", "3 fo 20"),
        ("Rico line on \U0001f7e4 3\u27a125 bell me", "3\u27a125"),
    ],
)
def test_deals_with_letters_for_digits_and_other_joints(analyser: Analyser, text: str, price: str) -> None:
    assert price in [span.surface for span in next(analyser.find([text])).spans if span.kind is SpanKind.PRICE]


@pytest.mark.parametrize("text", ["4o clock at the bridge", "lo and behold", "2olives", "xl5 tops"])
def test_a_letter_is_no_digit_in_a_word(analyser: Analyser, text: str) -> None:
    assert [span for span in next(analyser.find([text])).spans if span.kind is SpanKind.PRICE] == []


@pytest.mark.parametrize(
    "piece",
    [
        "2 15 ",
        "1.10 ",
        "3,25 ",
        "3425 ",
        "one ten ",
        "2 a 15 ",
        "vals 14-10 ",
        "20 1 ",
        "2g + ",
        "3.5 for ",
        "1/16 for 5 ",
        "\u00a310 bags ",
        "o 3 ",
    ],
)
def test_long_lists_take_bounded_time(analyser: Analyser, piece: str) -> None:
    text = piece * (8_000 // len(piece))
    for is_advert in (True, False):
        begun = process_time()
        prices(analyser, text, is_advert=is_advert)
        assert process_time() - begun < 5


@given(st.lists(st.integers(0, 600), max_size=12))
def test_pairs_are_pairs(numbers: list[int]) -> None:
    """No run is a list of deals both ways, unless a count is as large as a sum."""
    if are_pairs_in_a_run(numbers):
        assert are_pairs(numbers)
        assert len(numbers) % 2 == 0
        assert all(amount >= 3 * count for count, amount in zip(numbers[::2], numbers[1::2], strict=True))
        assert not are_turned_pairs(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "both on, villages + \u00a35",
        "further +10 both on",
        "all eighths 5 off today",
        "first one a tenner off",
        "\u00a35 cheaper than him",
    ],
)
def test_what_comes_on_top_of_a_price_or_off_it_is_none(analyser: Analyser, text: str) -> None:
    assert prices(analyser, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one ten, three twenty five, seven fifty. both", ["one ten", "three twenty five", "seven fifty"]),
        ("both on one ten three twenty-five", ["one ten", "three twenty-five"]),
        ("two fifteen, five thirty five all day, both", ["two fifteen", "five thirty five"]),
        ("brown 12 white 12", ["12", "12"]),
        ("stone 12, brown 9", ["12", "9"]),
        ("brown 12 10 til late", []),
        ("dark 8s, light 10s", ["8s", "10s"]),
        ("both 8s 2 for 15", ["2 for 15"]),
        ("white 25 not 30 this week", ["25"]),
        ("on my way, gimme 20", []),
        ("ringin on the both now 2 a 15 5 a 35", ["2 a 15", "5 a 35"]),
        ("flake 80 a g 150 a 2", ["80 a g", "150"]),
        ("cali in 20z n 50z", ["20z", "50z"]),
    ],
)
def test_amounts_by_what_stands_around_them(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


def test_deals_in_words_are_none_where_they_do_not_rise(analyser: Analyser) -> None:
    assert list(worded_deals("seven twenty one ten")) == []
    assert prices(analyser, "we meet at two thirty or one thirty", is_advert=False) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pure 3 for a ton 20. ring", ["3 for a ton 20"]),
        ("a ton fifty for 3, both", ["a ton fifty for 3"]),
        ("hundred n thirty for 2. cash", ["hundred n thirty for 2"]),
        ("a hundred and fifty for half oz", ["a hundred and fifty for half oz"]),
        ("flake one fifty for two", ["one fifty for two"]),
        ("7 for a half ton, half a ton for 7", ["7 for a half ton", "half a ton for 7"]),
        ("blues 1 hunner for twenty", ["1 hunner for twenty"]),
        ("7 for a score n a half", ["7 for a score n a half"]),
        ("7 for a ton 20 for 2", ["7 for a ton", "20 for 2"]),
        (
            "seventy for 2, twenty five for 3, ninety for a quarter",
            ["seventy for 2", "twenty five for 3", "ninety for a quarter"],
        ),
        ("cali twenty five an eighth", ["twenty five an eighth"]),
    ],
)
def test_sums_in_words_of_two_parts(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("D 2 15 L 2 15 1&1 15", ["2 15", "2 15", "1&1 15"]),
        ("both: 2 + 2 \u00a325, 1+1/18", ["2 + 2 \u00a325", "1+1/18"]),
        ("both 2 n 1 25, 13+2 100", ["2 n 1 25", "13+2 100"]),
        (
            "tabs strip of 10 \u00a335, pack of 10 for \u00a315, bag of 10 80",
            ["strip of 10 \u00a335", "pack of 10 for \u00a315", "bag of 10 80"],
        ),
        ("both 2 10s for 15, two twos for \u00a330", ["2 10s for 15", "two twos for \u00a330"]),
        ("weed 10 3.5 for 30", ["10", "3.5 for 30"]),
        ("vapes 2 x 1ml 60, 2 x q for 110", ["2 x 1ml 60", "2 x q for 110"]),
        ("green g and a half 45", ["g and a half 45"]),
        ("blues 100 for 35 1000 for 200", ["100 for 35", "1000 for 200"]),
        ("spice half g fiver g a tenner 7g 50", ["half g fiver", "g a tenner", "7g 50"]),
        ("half sheet 40 full sheet 70", ["half sheet 40", "full sheet 70"]),
        ("base 10 a g oz for 120, tenner a g oz 90", ["10 a g", "oz for 120", "tenner a g", "oz 90"]),
        ("bud 8th 35 / q 65", ["8th 35", "q 65"]),
        ("20 = 4 30 = 6 50 = 11. both", ["20 = 4", "30 = 6", "50 = 11"]),
        ("\u00a320 two \u00a327.50 three", ["\u00a320 two", "\u00a327.50 three"]),
        ("buy nine pay for seven", ["buy nine pay for seven"]),
        ("5 get 6th free, buy 5 get ur 6th free", ["5 get 6th free", "buy 5 get ur 6th free"]),
        ("spend 20 get 3, spend 40 get 7", ["spend 20 get 3", "spend 40 get 7"]),
        ("both on, spend 50 get one extra, spend 40 get one free", []),
        ("z 200. half z \u00a3100. one z \u00a3850", ["z 200", "half z \u00a3100", "one z \u00a3850"]),
        (
            "nos 24 for 25 case 240, tin of 12 for \u00a345, 2 pints 15",
            ["24 for 25", "case 240", "tin of 12 for \u00a345", "2 pints 15"],
        ),
        ("both on, thats 25 notes", ["25 notes"]),
        ("any 2 notes gets u 3", ["any 2 notes gets u 3"]),
        ("8 4 a nifty both", ["8 4 a nifty"]),
        ("sorry to those who got the damp ones. nifty", []),
        ("P0ny on tonight, 2 for 25", ["2 for 25"]),
        ("mamba \u00a35 a deal", ["\u00a35 a deal"]),
        ("8th of haze 35 q of cheese 60 oz of ammi 210", ["35", "60", "210"]),
        ("we dont do tick. fivers, tenners", ["fivers", "tenners"]),
        ("order min. \u00a340", []),
    ],
)
def test_deals_of_several_parts(analyser: Analyser, text: str, found: list[str]) -> None:
    assert prices(analyser, text) == found
