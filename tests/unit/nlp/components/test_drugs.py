"""Drugs: what a word stands for beside the others, what a mark covers, and where a word is none.

Which texts are adverts is told, so that nothing here depends on how adverts are found.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pytest

from nlp.analysis import Analyser, build_analyser
from nlp.spans.drug_model import shipped_drug_model
from nlp.spans.price_model import shipped_price_model
from parsers.records.findings import SpanKind

BOTH = ("crack cocaine", "heroin")


def drugs(analyser: Analyser, text: str, *, is_advert: bool) -> list[tuple[str, str]]:
    finding = next(analyser.find([text], {text: is_advert}))
    return [(s.canonical or "", s.surface) for s in finding.spans if s.kind is SpanKind.DRUG]


def both(surface: str) -> list[tuple[str, str]]:
    return [(name, surface) for name in BOTH]


def both_letters(heroin: str, crack: str) -> list[tuple[str, str]]:
    return [("heroin", heroin), ("crack cocaine", crack)]


@pytest.mark.parametrize(
    "surface",
    [
        "brown n white",
        "B&W",
        "b+w",
        "b/w",
        "D n L",
        "light and dark",
        "h & c",
        "bnw",
        "b0th",
        "baith",
        "brown x white",
        "b + w",
        "light + dark",
    ],
)
def test_two_drugs_of_one_expression_have_one_surface(analyser: Analyser, surface: str) -> None:
    assert drugs(analyser, f"im about now, {surface}, 3 for 25", is_advert=True) == both(surface)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brown or white, tenners", [("heroin", "brown"), ("crack cocaine", "white")]),
        ("brown, white, all day", [("heroin", "brown"), ("crack cocaine", "white")]),
        ("brown and white both in stock", both("brown and white")),
        ("rocks n brown, 3 for 25", [("crack cocaine", "rocks"), ("heroin", "brown")]),
        ("b - w, all day", both_letters("b", "w")),
        ("brown 10 white 15", [("heroin", "brown"), ("crack cocaine", "white")]),
        ("no w til 5 just b sorry", [("crack cocaine", "w"), ("heroin", "b")]),
    ],
)
def test_words_that_stand_apart_have_entries_of_their_own(
    analyser: Analyser, text: str, expected: list[tuple[str, str]]
) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("best of both just landed, 3 for 25", "both"),
        ("on now, both flavours, 2 for 15", "both"),
        ("Got the Best Of BOTH 3 for 25", "BOTH"),
    ],
)
def test_of_a_phrase_around_both_the_word_is_marked(analyser: Analyser, text: str, surface: str) -> None:
    assert drugs(analyser, text, is_advert=True) == both(surface)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2b 1w at the park", both_letters("b", "w")),
        ("he wants 3d 2l, go", both_letters("d", "l")),
        ("2brown 1white pls", [("heroin", "brown"), ("crack cocaine", "white")]),
        ("2cb and 4mmc tonight?", [("other", "2cb"), ("mephedrone", "4mmc")]),
    ],
)
def test_words_that_are_written_in_one_with_their_count(
    analyser: Analyser, text: str, expected: list[tuple[str, str]]
) -> None:
    assert drugs(analyser, text, is_advert=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dk n lt 3 for 25", both("dk n lt")),
        ("brwn wht 2 for 15", [("heroin", "brwn"), ("crack cocaine", "wht")]),
        ("flk 1 for 60, chz 8th 25", [("cocaine", "flk"), ("cannabis", "chz")]),
        ("rcoks 3 for 25", [("crack cocaine", "rcoks")]),
        ("the whole lot of them, lt of fun", []),
    ],
)
def test_misspellings_need_a_price_or_a_partner(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h & c ready", both("h & c")),
        ("k 25 c 70 m 30", [("ketamine", "k"), ("cocaine", "c"), ("MDMA", "m")]),
    ],
)
def test_c_is_crack_beside_heroin_alone(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("white 1 for 60 2 for 110", "cocaine"),
        ("white 1 for 10 3 for 25", "crack cocaine"),
        ("white in now, brown later", "crack cocaine"),
        ("tenners on the white", "crack cocaine"),
        ("white 80 a g, ket 25 a g", "cocaine"),
        ("white 3 grams for 150", "cocaine"),
        ("blues and whites, 50 for 20", "benzodiazepines"),
    ],
)
def test_white_takes_its_meaning_from_the_text(analyser: Analyser, text: str, name: str) -> None:
    found = drugs(analyser, text, is_advert=True)
    assert [canonical for canonical, surface in found if surface.startswith("white")] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("got hard n soft, 10s 15s", "heroin"),
        ("hard 2 for 15 soft 0.5 for 30", "cocaine"),
        ("soft 1 for 40", "cocaine"),
    ],
)
def test_soft_takes_its_meaning_from_what_stands_beside_hard(analyser: Analyser, text: str, name: str) -> None:
    assert [canonical for canonical, surface in drugs(analyser, text, is_advert=True) if surface == "soft"] == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("subs 2 for 7, green tenner a bottle", [("buprenorphine", "subs"), ("methadone", "green")]),
        ("green 20 for 100ml", [("methadone", "green")]),
        ("green 3.5 for 30, coke 60 a g", [("cannabis", "green"), ("cocaine", "coke")]),
        ("buds 3 for 5, valium 10 for 8", [("pregabalin", "buds"), ("benzodiazepines", "valium")]),
        ("buds 10 a g", [("cannabis", "buds")]),
        ("dark choc 3 for 25, white choc 3 for 25", [("heroin", "dark choc"), ("crack cocaine", "white choc")]),
        ("top flake 80 a g", [("cocaine", "flake")]),
        ("flake 1 for 80, pub 1 for 40", [("cocaine", "flake"), ("cocaine", "pub")]),
    ],
)
def test_words_of_the_trade_take_their_meaning_from_what_is_sold_beside_them(
    analyser: Analyser, text: str, expected: list[tuple[str, str]]
) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\U0001f7e4\u26aa on, 3 for 25", both("\U0001f7e4\u26aa")),
        ("\U0001f7e4 \u26aa on, 3 for 25", [("heroin", "\U0001f7e4"), ("crack cocaine", "\u26aa")]),
        ("\U0001f7e4 n \u26aa on, 3 for 25", [("heroin", "\U0001f7e4"), ("crack cocaine", "\u26aa")]),
        ("\u2744\u2744\u2744 the neet marra", [("cocaine", "\u2744\u2744\u2744")]),
    ],
)
def test_pictures_side_by_side_are_one_mention(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(drugs(analyser, text, is_advert=True)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c0ke 60 a g", [("cocaine", "c0ke")]),
        ("w.h.i.t.e only, tenners", [("crack cocaine", "w.h.i.t.e")]),
        ("h e r o i n 3 for 25", [("heroin", "h e r o i n")]),
        ("c*ke 60 a g", [("cocaine", "c*ke")]),
        ("whiteee n browwn 3 for 25", both("whiteee n browwn")),
        ("bruwn in, tenners", [("heroin", "bruwn")]),
        ("the dark's landed", [("heroin", "dark")]),
    ],
)
def test_hidden_and_stretched_spellings(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u26aa\ufe0f\U0001f7e4 3 for 25", both("\u26aa\ufe0f\U0001f7e4")),
        ("\u26aa\ufe0f \U0001f7e4 3 for 25", [("crack cocaine", "\u26aa\ufe0f"), ("heroin", "\U0001f7e4")]),
        ("\u2744\ufe0f 1 for 60", [("cocaine", "\u2744\ufe0f")]),
        ("\u2744\ufe0f flake 1 for 90", [("cocaine", "flake")]),
        ("\U0001f48a xanax 10 for 15", [("benzodiazepines", "xanax")]),
        ("winter is here \u2744\ufe0f brown 3 for 25", [("heroin", "brown")]),
        ("quimbo ❄️❄️ on now, 3 for 100", [("cocaine", "❄️❄️")]),
    ],
)
def test_emoji_stand_for_drugs_or_decorate(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brązowy i biały, 3 za 25", both("brązowy i biały")),
        ("mam koks i trawę", [("cocaine", "koks"), ("cannabis", "trawę")]),
        ("maro si alba, 3 la 25", both("maro si alba")),
        ("iarba buna, coca 60", [("cannabis", "iarba"), ("cocaine", "coca")]),
        ("kam kafe dhe të bardhë", both("kafe dhe të bardhë")),
        ("kam bar, 7 për 60", [("cannabis", "bar")]),
        ("brown a gwyn heno", both("brown a gwyn")),
        ("jest b i w od rana", both("b i w")),
        ("czynne, b i w. dzwoń", both("b i w")),
        ("mam w i b, 3 za 25", both("w i b")),
        ("b si w acum, suna", both("b si w")),
        ("b dhe w hapur sot", both("b dhe w")),
        ("grupa b i w piątek", []),
        ("klasa b i w środę sprawdzian", []),
        ("witamina b i w niedzielę rosół", []),
        ("linia b i w centrum tramwaje stoją", []),
        ("at the bar till late, 3 for 25", []),
    ],
)
def test_other_languages(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert drugs(analyser, text, is_advert=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "lad in a white van, both phones on",
        "about all day, both fones on",
        "on till it gets dark, 3 for 25",
        "you both get a free one",
        "k.d. on till 11",
        "w h i s t l e on till 3",
        "menu b) lunch 60 d) dinner 30 reply with the letter",
        "new numbers 07700 900123 and 07700 900124 both on till late",
        "dont b late, c u soon",
        "working hard for you lot, love and light",
        "jus landd wiv fresh food dnt sleep on it",
    ],
)
def test_what_is_no_drug_in_an_advert(analyser: Analyser, text: str) -> None:
    assert drugs(analyser, text, is_advert=True) == []


def test_a_word_that_is_rarely_anything_but_a_drug_is_no_line(analyser: Analyser) -> None:
    text = "2CB 4 for 30 meow 2g for 30"
    assert drugs(analyser, text, is_advert=True) == [("other", "2CB"), ("mephedrone", "meow")]
    assert next(analyser.find([text], {text: True})).line is None


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("white only, \u00a370, ring now", "cocaine"),
        ("one for \u00a360 two for \u00a3120 of the white", "cocaine"),
        ("white only, \u00a310, ring now", "crack cocaine"),
        ("white, one for 10 two for 18", "crack cocaine"),
    ],
)
def test_what_white_costs_tells_powder_from_rocks(analyser: Analyser, text: str, drug: str) -> None:
    assert drugs(analyser, text, is_advert=True) == [(drug, "white")]


def test_plurals_of_letters_are_one_expression(analyser: Analyser) -> None:
    assert drugs(analyser, "on now, Bs and Ws, 3 for 25", is_advert=True) == both("Bs and Ws")


def test_words_of_the_menu_need_a_price(analyser: Analyser) -> None:
    assert drugs(analyser, "gold 90 silver 50", is_advert=True) == [("cocaine", "gold"), ("cocaine", "silver")]
    assert drugs(analyser, "as good as gold, ring now", is_advert=True) == []
    assert drugs(analyser, "gold 90 silver 50", is_advert=False) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can i get 2 brown 1 white", [("heroin", "brown"), ("crack cocaine", "white")]),
        ("1 b 1 w", [("heroin", "b"), ("crack cocaine", "w")]),
        ("been off the gear 3 months now", [("heroin", "gear")]),
        ("ive only got 4 b n 7 w left", [("heroin", "b"), ("crack cocaine", "w")]),
        ("stop asking me for brown, wrong number", [("heroin", "brown")]),
        ("Drug alert: strong brown in town, carry naloxone", [("heroin", "brown")]),
        ("they found heroin in the loft", [("heroin", "heroin")]),
        ("your methadone is ready at the chemist", [("methadone", "methadone")]),
    ],
)
def test_texts_about_drugs_that_are_no_adverts(analyser: Analyser, text: str, expected: list[tuple[str, str]]) -> None:
    assert drugs(analyser, text, is_advert=False) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2 white loaves and a brown please",
        "paint it white or light grey? both look nice",
        "green ticket please, the white one is lost",
        "Harry and Charlie are both coming to tea",
        "Charlie the dog needs a walk",
        "snow forecast for tonight, take care on the roads",
        "milk, cheese and eggs please",
        "speed limit is 30 on that road",
        "the rock concert is at 8",
        "kit for Saturday: white shirts, dark shorts",
    ],
)
def test_everyday_words_are_no_drugs(analyser: Analyser, text: str) -> None:
    assert drugs(analyser, text, is_advert=False) == []


@pytest.mark.parametrize(
    "piece",
    [
        "b ",
        "b w ",
        "b.w*",
        "2 brown ",
        "w-h-",
        "both \u2744 ",
        "c*k ",
        "white n brown 3 for 25 ",
        "2b ",
        "wht brwn ",
        "draw mix ",
    ],
)
def test_time_does_not_explode(analyser: Analyser, piece: str) -> None:
    text = piece * (8_000 // len(piece))
    for is_advert in (True, False):
        begun = process_time()
        drugs(analyser, text, is_advert=is_advert)
        assert process_time() - begun < 5


def test_the_model_judges_what_the_grammar_lets_through(analyser: Analyser) -> None:
    assert drugs(analyser, "everyone who rings goes in the draw on sunday, 3 for 25", is_advert=True) == []
    assert drugs(analyser, "need more brown by 6, two left", is_advert=False) == [("heroin", "brown")]
    assert drugs(analyser, "the brown dog is back in the garden", is_advert=False) == []
    assert drugs(analyser, "brown 10 white 10 mix 3 for 25", is_advert=True) == both_letters("brown", "white")


def test_the_drug_and_price_models_name_their_versions(analyser: Analyser) -> None:
    (finding,) = analyser.find(["brown n white, 3 for 25"])
    assert shipped_drug_model().version in finding.nlp_version
    assert shipped_price_model().version in finding.nlp_version


def test_a_word_of_a_unit_that_no_model_knows_is_judged_by_its_kind() -> None:
    """A lexicon of a unit works without training: what is seen of a word is more than the word."""
    with TemporaryDirectory() as folder:
        entry = '[[entry]]\nterm = "zibblo"\ncanonical = "heroin"\nambiguity = "med"\n'
        head = '[lexicon]\nname = "unit"\nkind = "drug"\nsource = "a unit"\ndate = 2026-11-25\n'
        Path(folder, "unit.toml").write_text(head + entry, encoding="utf-8")
        analyser = build_analyser([Path(folder)])
    assert drugs(analyser, "zibblo in, 3 for 25 ring me", is_advert=True) == [("heroin", "zibblo")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I only do the brown what come off this phone, 3 for 25", [("heroin", "brown")]),
        ("brown n wht 3 for 25", both("brown n wht")),
        ("My cuz is in the white A class. 3 for 20 sorted", []),
        ("Proper flake 80, council mix 40", [("cocaine", "flake"), ("cocaine", "council mix")]),
        ("Powder coke 60, xanax 2 each", [("cocaine", "Powder coke"), ("benzodiazepines", "xanax")]),
    ],
)
def test_a_word_of_another_thing_is_no_drug_and_one_product_is_one(
    analyser: Analyser, text: str, found: list[tuple[str, str]]
) -> None:
    assert sorted(drugs(analyser, text, is_advert=True)) == sorted(found)
