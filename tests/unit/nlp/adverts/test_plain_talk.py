"""Short texts that make sense to one person alone, and talk that only a line uses so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.adverts.line_talk import FLOOR
from nlp.adverts.plain_talk import RULE
from nlp.analysis import Analyser
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\u00a3300", "amount"),
        ("\u00a350 pls", "amount"),
        ("yh on", "answer"),
        ("ok kettle on xx", "answer"),
        ("same, telly on", "answer"),
        ("no bring right money", "answer"),
        ("no ask Omar", "answer"),
        ("ring wen ur there", "when_you"),
        ("brown xx", "colour"),
        ("Westmoor quick", "place"),
        ("come bk of Fenwick", "place"),
        ("bk of Fenwick 3 waiting", "place"),
        ("oi bk of Northfield 3 waiting fam", "place"),
        ("St Annes quick", "place"),
        ("bk of St Annes 3 waiting", "place"),
        ("bk of the park 3 waiting", "waiting"),
        ("oi ring wen ur there yh", "when_you"),
        ("Sam down the road has died lol", "died"),
        ("Dex took \u00a330 off me and never came back", "taken"),
        ("feds about fam", "police"),
        ("old bill at Castle Green go round", "police"),
        ("round Fenwick with Linda", "place"),
        ("Castle Green is shut off big crash", "road"),
        ("phone better be on all night", "ordered"),
        ("snow forecast tmrw", "weather"),
        ("Merry Christmas to you and yours from Adil and family xx", "wish"),
        ("Fit24: opening hours over Christmas 8 til 4", "opening"),
        ("Lovely service today thank you all", "thanks"),
        ("add me on snap its jess", "own_account"),
        ("im on whatsapp now", "own_account"),
        ('u seen this lol "Rico on all day best of both 3 for 25"', "quoted"),
    ],
)
def test_talk_between_two_is_no_advert(find: Find, text: str, kind: str) -> None:
    found = find(text)
    assert not found.is_advert
    assert f"{RULE}:{kind}:-6.00" in found.rules


@pytest.mark.parametrize(
    "text",
    [
        "\u00a310 each 3 for \u00a325",
        "No brown till tomorrow, sorry. White I can do.",
        "be quick",
        "sorry all car has died, back on at 6 with both",
        "Nobody does it better b n w 3 for 25",
        "Happy new year from Elaine, Kev and the kids. Jack's on all weekend",
        "come bk ov bingo 10 min, both, 3 for 25",
        "Opening hours 12 til 10. Bud is sticky this time not dry, an 8th 25. Tash x",
        "were on whatsapp now add +44 7700 900 318 for the menu. mikey",
        '"best in brum numb face in seconds" RS3 ring and find out',
    ],
)
def test_adverts_that_begin_like_talk_are_none_of_it(find: Find, text: str) -> None:
    assert not any(rule.startswith(RULE) for rule in find(text).rules)


@pytest.mark.parametrize(
    "text",
    [
        "txts are long, find Rico on whatsapp this number",
        "get telegram n search @rico x thats Rico new home",
        "join up cos whatsapp keep banning me",
        "welcome to Rico telegram, orders in here only now",
        "2 phones ringing keep trying me Rico",
        "card machine broke lol cash only 3x25",
        "Rate my both lol 7 4 50 Cash on",
    ],
)
def test_what_only_a_line_says_is_an_advert(find: Find, text: str) -> None:
    found = find(text)
    assert found.is_advert
    assert any("line-talk:" in rule for rule in found.rules)


@pytest.mark.parametrize(
    "text",
    [
        "get telegram its better than whatsapp",
        "whatsapp keeps crashing",
        "insta keeps banning me",
        "join the group chat for sunday",
        "find us on facebook",
        "find Jess on insta shes mad",
        "can i get 2 4 15 on both, only got 14.50",
        "both pls 3 4 25 bk of bingo in 5",
    ],
)
def test_people_move_between_applications_too(find: Find, text: str) -> None:
    assert not find(text).is_advert


@pytest.mark.parametrize("text", ["yh on", "join up cos whatsapp keep banning me"])
def test_an_explanation_says_what_form_of_words_told(analyser: Analyser, find: Find, text: str) -> None:
    explained = "\n".join(analyser.explain(text))
    said = "only lines use so" if find(text).is_advert else "with whom one talks already"
    assert said in explained
    assert (f"{FLOOR:+.2f}" if find(text).is_advert else "-6.00") in explained
