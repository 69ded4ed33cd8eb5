from __future__ import annotations

import random
from typing import NamedTuple

import pytest

from nlp.analysis import Analyser
from nlp.nicknames.name_forms import name_key
from nlp.nicknames.shared_names import RULE_ELSEWHERE, RULE_NOT_ELSEWHERE, SharedNames
from nlp.readings import Name
from nlp.whole_input.settling import AdvertNames, settled_names
from nlp.words.folding import fold

THRESHOLD = 0.8


class Named(NamedTuple):
    canonical: str
    strength: float
    written: str = ""


def settled(texts: list[list[Named]], wordings: list[str] | None = None) -> list[int | None]:
    wordings = wordings or [str(at) for at in range(len(texts))]
    shared = SharedNames(THRESHOLD)
    for wording, proposals in zip(wordings, texts, strict=True):
        shared.add(wording, proposals)
    return [shared.settled(wording, proposals) for wording, proposals in zip(wordings, texts, strict=True)]


def named(texts: list[list[Named]]) -> list[str]:
    """Return what each text's line is called, all texts of different wordings."""
    shared = SharedNames(THRESHOLD)
    for at, proposals in enumerate(texts):
        shared.add(at, proposals)
    found = [shared.settled(at, proposals) for at, proposals in enumerate(texts)]
    return [
        "" if best is None else shared.name(proposals[best].canonical)
        for best, proposals in zip(found, texts, strict=True)
    ]


SURE = [Named("Steady", 4.0)]
UNSURE = [Named("Both", -1.4), Named("Steady", -1.5)]


def test_other_adverts_make_an_everyday_word_a_name() -> None:
    assert settled([UNSURE, SURE, SURE]) == [1, 0, 0]
    assert settled([UNSURE]) == [None]


def test_copies_of_one_wording_support_each_other_no_more_than_one_text_does() -> None:
    copies = [UNSURE] + [[Named("Both", 1.0)]] * 20
    assert settled(copies, ["own"] * 21) == settled([UNSURE, [Named("Both", 1.0)]], ["own", "own"]) + [0] * 19
    assert settled([UNSURE, SURE, SURE], ["a", "b", "b"]) == [*settled([UNSURE, SURE], ["a", "b"]), 0]


def test_among_many_adverts_a_name_that_no_other_has_must_be_surer() -> None:
    weak = [Named("Portal", 1.2)]
    others = [[Named(f"Line {at}", 3.0)] for at in range(60)]
    assert settled([weak]) == [0]
    assert settled([weak, *others])[0] is None
    assert settled([[Named("Portal", 3.0)], *others])[0] == 0


def test_a_text_does_not_support_itself() -> None:
    assert settled([[Named("Portal", 0.5), Named("Portal", 0.4)]]) == [None]


def test_texts_without_proposals_have_no_name() -> None:
    assert settled([[], []]) == [None, None]


def test_the_order_of_the_texts_does_not_matter() -> None:
    rng = random.Random(1)
    texts = [[Named(rng.choice("ABCDE"), rng.uniform(-3, 3)) for _ in range(3)] for _ in range(200)]
    texts = [sorted(each, key=lambda name: -name.strength) for each in texts]
    order = list(range(200))
    shared, again = SharedNames(THRESHOLD), SharedNames(THRESHOLD)
    for at in order:
        shared.add(at % 50, texts[at])
    rng.shuffle(order)
    for at in order:
        again.add(at % 50, texts[at])
    assert [shared.settled(at % 50, texts[at]) for at in range(200)] == [
        again.settled(at % 50, texts[at]) for at in range(200)
    ]


def test_a_name_that_several_wordings_bear_is_known() -> None:
    shared = SharedNames(THRESHOLD)
    for wording, name in enumerate(("Seven", "7", "Portal")):
        shared.add(wording, [Named(name, 4.0)])
    assert shared.known == {"7"}
    unnamed = [Named("Both", -4.0)]
    assert shared.may_bear_known("wait on seven 15 mins", unnamed, None)
    assert shared.may_bear_known("wait on 53v3n 15 mins", [], None)
    assert not shared.may_bear_known("wait on eight 15 mins", unnamed, None)
    assert not shared.may_bear_known("seven on", [Named("Seven", 1.0)], 0)


def test_a_longer_name_beats_its_part_where_others_bear_it_or_few_bear_the_part() -> None:
    part, longer = Named("Tone", 3.0), Named("Two Tone", 1.0)
    assert settled([[part, longer], [part], [longer]])[0] == 1
    assert settled([[part, longer], [part]])[0] == 0
    other = Named("Tone Lads", 3.5)
    assert settled([[other, part], [part], [part], [part]])[0] == 1, "the part is a name of its own"


def test_a_short_name_is_given_as_the_long_one() -> None:
    shared = SharedNames(THRESHOLD)
    for wording, name in enumerate(("Bootle Tone", "Bootle Tone", "Tone", "Len", "Lenny")):
        shared.add(wording, [Named(name, 4.0)])
    assert [shared.name(name) for name in ("Tone", "Len", "Lenny")] == ["Bootle Tone", "Len", "Lenny"]
    assert shared.settled("new", [Named("Tone", -1.0)]) == 0, "what bears the long name supports the short one"


def test_keys_of_one_name() -> None:
    assert name_key("Bennys") == name_key("benny")
    assert name_key("2 Tone") == name_key("2Tone")
    assert name_key("Frank") != name_key("Frankie")


def test_a_finding_under_a_name_from_elsewhere_says_so(analyser: Analyser) -> None:
    text = "both all day steady 3 for 25"
    ((alone, names),) = analyser.find_with_names([text])
    assert alone == next(analyser.find([text]))
    steady = next(name for name in names if name.canonical == "Steady")
    (renamed,) = analyser.find_named([(text, steady)])
    assert (renamed.line, renamed.line_surface) == ("Steady", "steady")
    assert renamed.rules[-1] == RULE_ELSEWHERE
    assert renamed.advert_score == alone.advert_score
    assert ("line", "steady") in renamed.slots


def test_a_finding_whose_name_does_not_stand_says_so(analyser: Analyser) -> None:
    (found,) = analyser.find_named([("Rico line on, 3 for 25 both", None)])
    assert found.is_advert
    assert found.line is None
    assert found.rules[-1] == RULE_NOT_ELSEWHERE
    assert "{line}" not in (found.template or "")


@pytest.mark.parametrize("text", ["", "\ud800", "on", "\x00\x01", "both ready " * 5000])
def test_any_text_gives_names_or_none(analyser: Analyser, text: str) -> None:
    ((finding, names),) = analyser.find_with_names([text])
    assert finding == next(analyser.find([text]))
    assert len(names) <= 3


OTIS = [Named("Otis", 2.0), Named("Otis Grey", 0.5)]


def test_a_word_that_stands_behind_a_name_in_several_wordings_belongs_to_it() -> None:
    assert settled([OTIS, OTIS, OTIS]) == [1, 1, 1]
    assert settled([OTIS]) == [0]
    assert settled([[Named("Gigi", 2.0), Named("Gigi E", 0.5)]] * 3) == [0, 0, 0]


def test_a_word_that_stands_behind_a_name_in_most_wordings_belongs_to_it_however_unlikely_alone() -> None:
    north = [Named("AJ", 4.4), Named("AJ North", -3.3)]
    assert named([north, north, north, [Named("AJ", 3.0)]]) == ["AJ North"] * 4
    alone = [Named("AJ", 3.0)]
    assert named([north, north, north, alone, alone, alone, alone]) == ["AJ"] * 7


def test_a_number_of_things_behind_a_name_in_several_wordings_belongs_to_it() -> None:
    phones = [Named("Jonny", 4.4), Named("Jonny 2 Phones", 1.6)]
    assert settled([phones, phones, [Named("Jonny", 3.0)]]) == [1, 1, 0]
    deals = [Named("Jonny", 4.4), Named("Jonny Both Today", 1.6)]
    assert settled([deals, deals, [Named("Jonny", 3.0)]]) == [0, 0, 0]


def test_a_longer_name_that_few_bear_beside_its_part_is_the_part_and_another_word() -> None:
    womble = [Named("Womble", 3.0)]
    place = [Named("Womble Boston", 1.0), Named("Womble", 0.8)]
    assert settled([place, place, *[womble] * 8], [*"ab", *"cdefghij"])[:2] == [1, 1]


def test_figures_support_others_only_where_they_are_sure() -> None:
    unsure = [Named("20", 0.5)]
    assert settled([unsure] * 6) == [None] * 6
    assert settled([unsure, [Named("20", 3.0)], [Named("20", 3.0)]]) == [0, 0, 0]


def test_two_lines_that_sound_alike_stay_two_where_each_is_borne_often() -> None:
    def forms(often: int, seldom: int) -> set[str]:
        shared = SharedNames(THRESHOLD)
        for at in range(often):
            shared.add(f"a{at}", [Named("Mickey", 4.0)])
        for at in range(seldom):
            shared.add(f"b{at}", [Named("Mikey", 4.0)])
        assert shared.settled("b0", [Named("Mikey", 4.0)]) == 0
        return {shared.name("Mikey"), shared.name("Mickey"), shared.name("Micky")}

    assert forms(5, 3) == {"Mickey", "Mikey"}
    assert forms(5, 2) == {"Mickey"}


@pytest.mark.parametrize("other", ["Ricoo", "R I C O", "R1co", "Ricos", "R\u00edco", "The Rico"])
def test_ways_to_type_one_name_are_one_however_often_each_is_typed(other: str) -> None:
    shared = SharedNames(THRESHOLD)
    for at in range(6):
        shared.add(f"a{at}", [Named("Rico", 4.0, "rico")])
        shared.add(f"b{at}", [Named(other, 4.0, other.casefold())])
    assert shared.key_of("Rico") == shared.key_of(other)


def test_a_name_in_full_is_marked_in_full() -> None:
    shared = SharedNames(THRESHOLD)
    for at in range(4):
        shared.add(f"a{at}", [Name("Cali Corner", 0, 11, 4.0, "nicknames/2", "cali corner")])
    found = {}
    for text in ("smells thru 3 bags cali  corner", "bags thru corner"):
        shadow = fold(text).text
        at = shadow.index("corner")
        advert = AdvertNames(text, text, [Name("Corner", at, at + 6, 4.0, "nicknames/2", "corner")])
        shared.add(advert.wording, advert.proposals)
        (name,) = settled_names(shared, [advert], lambda texts, _: [[] for _ in texts])
        assert name is not None
        found[shadow[name.start : name.end]] = name.canonical
    assert found == {"cali corner": "Cali Corner", "corner": "Cali Corner"}


@pytest.mark.parametrize(
    ("known", "text", "word", "name"),
    [
        ("Tel", "tell anyone who needs telling", "tell", None),
        ("Zee", "come and see us for both", "see", None),
        ("Any Time", "anytime line is on in warrington", "anytime", "Any Time"),
        ("Bobby", "bobbys birthday so buy 2 get 1 free", "bobbys", "Bobby"),
    ],
)
def test_a_word_that_only_sounds_like_a_known_name_is_none(known: str, text: str, word: str, name: str | None) -> None:
    shared = SharedNames(THRESHOLD)
    for at in range(4):
        shared.add(f"a{at}", [Name(known, 0, 3, 4.0, "nicknames/2", known.casefold())])
    shared.add(text, [])
    start = text.index(word)
    found = Name(word.title(), start, start + len(word), 1.0, "nicknames/2", word)
    (said,) = settled_names(shared, [AdvertNames(text, text, [])], lambda texts, _: [[found] for _ in texts])
    assert (said and said.canonical) == name
