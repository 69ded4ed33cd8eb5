"""Short texts that make sense to one person alone, and talk that only a line uses so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.adverts.line_talk import FLOOR
from nlp.adverts.plain_talk import CEILING, RULE, WORTH
from nlp.analysis import Analyser
from nlp.log_odds import score_of
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\u00a3300", "amount"),
        ("\u00a350 pls", "amount"),
        ("7 quid", "amount"),
        ("yeah its 11 quid", "amount"),
        ("be about 9 pounds mate", "amount"),
        ("light snow on the A66", "weather"),
        ("heavy rain on the M6 northbound", "weather"),
        ("yes craig sent me ur name", "introduced"),
        ("hi my cousin gave me your number", "introduced"),
        ("hiya got ur number off big tony", "introduced"),
        ("Sammy better than Vegas now", "compared"),
        ("JJ got a B in maths! lol", "school_mark"),
        ("cold out here xx", "cold"),
        ("lend us a tenner Hunter got deals", "lent"),
        ("im off it now dont even mention Sam", "given_up"),
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
        ("doc u serving redruth", "asked_line"),
        ("the usual. how many ye wantin", "asked_count"),
        ("haw ye got any", "asked_line"),
        ("erm good lad", "laughed"),
        ("send this out to all the parents: coach leaves at 8", "to_send"),
        ("text everyone training moved to 7", "to_send"),
        ("got eggs again, large. 2 trays for \u00a39 will be round friday", "ware"),
        ("benjis been rubbish lately", "gossip"),
        ("lemmys gone right downhill, half of it were dust", "gossip"),
        ("New number as the old phone's under a car lol, delete it, Doc the mechanic", "signed"),
        ("screen cleaner, the good stuff, just landed. 2 bottles for 15. Also rags, ask for Tony at the desk", "ware"),
        ("aldi back about half 5", "errand"),
        ("the launderette back about 8.15 tho", "errand"),
        ("nans back about quarter to 3 xx", "errand"),
        ("im at the vets back at 4ish", "errand"),
        ("the doctors back about 8.15", "errand"),
        ("B&M back about 12", "errand"),
        ("gone to shops back at 4", "errand"),
        ("in asda back by 6", "errand"),
        ("Skye got star of the week haha", "praised"),
        ("dex got man of the match lol", "praised"),
        ("Skip is full tell Si", "to_tell"),
        ("do us a favour knock a bit off x", "haggled"),
        ("Remy not answerin", "no_answer"),
        ("stay away from Pablo and that lot", "kept_away"),
        ('u seen this lol "Rico on all day best of both 3 for 25"', "quoted"),
    ],
)
def test_talk_between_two_is_no_advert(find: Find, text: str, kind: str) -> None:
    found = find(text)
    assert not found.is_advert
    assert {f"{RULE}:{kind}:{worth:+.2f}" for worth in (WORTH, CEILING)} & set(found.rules)


@pytest.mark.parametrize("text", ["feds about fam", "Rico quick", "oi bk of Northfield 3 waiting fam"])
def test_of_what_the_models_are_sure_a_known_name_may_make_an_advert(find: Find, text: str) -> None:
    found = find(text)
    assert not found.is_advert
    assert found.advert_score == score_of(CEILING)


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
        "Ring rico quick",
        "Both banging quick",
        "Fresh white quick",
        "down Fenwick with brown",
        "round Fenwick with white",
        "bizzies about off till 6 ring later",
        "feds about line off till 8",
        "police about back at 6",
        "phone better be ringing both on fire",
        "you better be quick both on",
        'got this "rico on both fire bell now" tell ur mates',
        'seen this "new batch best in town" 3 for 25 rico',
        "No not text only ring",
        "no it's rico im on",
        "NO GO TO RICO ONLY",
        "Rico line: new opening times 10am-2am",
        "Rico got juice and brown, 2 bottles for 15",
        "Fresh brown rolls and white rocks 3 rolls for 25 The Baker",
        "send all ur mates my way 3 for 25 rico",
        "how many u want both on rico",
        "sorry its been rubbish lately, new batch 3 for 25 rico",
        "Correct money please, I'm not a bank. The Plumber",
        "2 boxes for 15 Xanax, Dex line",
        "3 pots for 25 both",
        "2 loads for 20 Dex",
        "3 tubs for 40, line on til 2",
        "menu: haze, stardawg, edibles, vapes",
        "Dex on all day. Vapes",
        "2 for 25 all week, Terry the gardener",
        "Back on, Sid the barber",
        "others gone downhill, Dex still on best b and w 3 for 25",
        "Dex line, best in the ends apparently",
        "haha back on, Dex line, b n w, 3 for 25",
        "haha 3 for 25 then",
        "Fresh food in how many u want",
        "Dex on, dont use others, u serving bits",
        "Send this out to your mates: Dex line on, 2 for 15, one free each",
        "text everyone u know my new number 07700 900222",
        "Send this round to all ur friends: one free each",
        "Dex's mate does drops today, both on 3 for 25",
        "Rico back about 5",
        "Big Al back about half 5",
        "Uncle back about 8",
        "shop back at 5 both on",
        "town at 4, back about 6",
        "hat trick!! 3 for 25 keano man of the match brown/white",
        "Skip is full tell your mates",
        "Rico is full up tell evry1",
        "Rico is full tell evryone",
        "Rico is full tell peeps",
        "Rico is full tell regulars",
        "Rico is full tell the lads",
        "Rico is full tell m8s",
        "Man of the match tonite gets a freebie. Rico open 24hrs",
        "live n direct Rico star of the week freebies for regulars",
        "Rico star of the week, active til 12",
        "tell ya mates star of the week",
        "Coop back at 6",
        "Beach back at 6",
        "The Vet back at 6",
        "Chemist back at 6",
        "Uncles back at 6",
        "in town back about 5",
        "out in town back in 10",
        "town run back in 10",
        "fone not answering",
        "mob not answering the phone",
        "Rico is full of both",
        "knock a fiver off if u bring a mate",
        "other phone not answering ring this",
        "stay away from Pablo, only ring this one",
        "10 quid bags both on",
        "6 quid a bit, light on",
        "20 quid a g ring",
        "snow on both ring me",
        "Light snow on the menu, ring rico",
        "snow on the road now ring kenzo",
        "got ur number off daz, im on 24/7 with both",
    ],
)
def test_adverts_that_begin_like_talk_are_none_of_it(find: Find, text: str) -> None:
    assert not any(rule.startswith(RULE) for rule in find(text).rules)


@pytest.mark.parametrize(
    "text",
    [
        "txts are long, find Rico on whatsapp this number",
        "join up cos whatsapp keep banning me",
        "welcome to Rico telegram, orders in here only now",
        "2 phones ringing keep trying me Rico",
        "card machine broke lol cash only 3x25",
        "Rate my both lol 7 4 50 Cash on",
        "whatsapp only from now on guys signal is rubbish up here",
        "different batch, half what u normally do",
        "2 cars out no waiting",
        "bank holiday deals ask me",
        "Ma phone's getting switched aff. Use 07700 900 731",
        "only real Stretch is this phone dont be had",
    ],
)
def test_what_only_a_line_says_is_an_advert(find: Find, text: str) -> None:
    found = find(text)
    assert found.is_advert
    assert any("line-talk:" in rule for rule in found.rules)


@pytest.mark.parametrize(
    "text",
    [
        "join me at work they keep taking me for a mug",
        "Join the union! They keep taking our breaks",
        "Join our telegram. They keep blocking us - residents",
        "join signal group, facebook keep banning me lol",
        "telegram. search @StMarysChoir, its our new home",
        "both lines busy keep trying - Surgery",
        "Orders go through this chat from now - Avon rep Jean",
        "5x10 press ups both arms",
        "2x10 both reps then cash machine",
        "Add Kelly on whatsapp instead x",
        "Add Beths Bakes on whatsapp only please",
        "Two cars out tonight no waiting. 01632 960771. Mo",
        "2 cars out tonight no waiting, ring Two Tone Taxis",
        "2 cars out no waiting tonight. B4 Radio",
        "4 cars on and no waiting, get home safe x",
        "free delivery over \u00a320, whole town. reply menu",
        "Kidzone: free delivery over \u00a335 ends midnight",
        "every 6th one free bring ur card. Memo",
        "15 minutes to anywhere in Leeds from here, perfect house",
        "Ferry's off. nothing til tuesday they say",
        "The doc says take half what you normally take for 3 days",
        "Half what you normally pay for your energy. Ask us how",
        "only give him half what you normally give him he was sick last night",
        "Weekend deals text us for a table, The Plough",
        "Bank holiday deals ask me about mattresses, Dreamz",
        "Whatsapp only now my texts cost 10p each lol",
        "snapchat only now sorry insta got hacked",
        "Im on whatsapp only now cos im abroad x",
        "get on telegram menu is on there updated daily",
        "Find Auntie Jean on whatsapp this number",
        "Add Danny on snap only he dont do texts",
        "Free delivery over \u00a315 on all pizzas",
        "5th one free with your coffee",
        "the train line is now called the Lioness line",
        "Northern line is now called something else lol",
        "Twitter is now called X, same app",
        "our salon is now called Luxe, same people",
        "only real problem is this phone dont charge",
        "only real friend is this phone lol",
        "someone using my name on facebook ignore it this is me",
        "someone is using our school name, ignore, not us",
        "some clown using our company name, not us",
        "thats me done for today ring after 8",
        "thats mum done for today ring after 8",
        "thats work done for today ring u after 8",
        "thats the kids done for today, ring after 8",
        "DJ deals 2 for \u00a310 tickets both nights!!",
        "DJ doubles 2 for \u00a312 at the bar",
        "DJ special 3 for \u00a345 lights n speakers hire",
        "live now on bbc",
        "is the heating now on",
    ],
)
def test_clubs_firms_and_friends_say_what_lines_say(find: Find, text: str) -> None:
    assert not any("line-talk:" in rule for rule in find(text).rules)


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


@pytest.mark.parametrize(
    "text", ["txts are long, find Rico on whatsapp this number", "2 phones ringing keep trying me Rico"]
)
def test_what_a_form_alone_makes_an_advert_names_no_line(find: Find, text: str) -> None:
    found = find(text)
    assert found.is_advert
    assert found.line is None


@pytest.mark.parametrize("text", ["yh on", "join up cos whatsapp keep banning me"])
def test_an_explanation_says_what_form_of_words_told(analyser: Analyser, find: Find, text: str) -> None:
    explained = "\n".join(analyser.explain(text))
    said = "only lines use so" if find(text).is_advert else "with whom one talks already"
    assert said in explained
    assert (f"{FLOOR:+.2f}" if find(text).is_advert else "-6.00") in explained


def test_an_explanation_asks_the_models_of_what_the_first_look_leaves_to_them(analyser: Analyser, find: Find) -> None:
    text = "come on telegram mate whatsapp keep banning me x"
    assert not any(rule.startswith("first-look") for rule in find(text).rules)
    assert "First look" not in "\n".join(analyser.explain(text))


@pytest.mark.parametrize(
    "text",
    [
        "Rico better than ever now, both on 3 for 25",
        "Rico better than the rest now",
        "Rico got b in for 15",
        "still here on both til late",
        "cold out here but Rico on, both",
        "im off now back at 6",
        "Rico got a B and W deal in for 20",
    ],
)
def test_a_line_that_speaks_so_of_itself_advertises(find: Find, text: str) -> None:
    assert find(text).is_advert
