"""What speaks for a sender being a deal line: a name that is read in one wording counts where somebody answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from parsers.records.findings import TextFinding
from search.linkage.adverts.ordering import Ordering, bounded_weight
from search.linkage.adverts.sure_orders import NO_ORDERS, SureOrders
from search.linkage.adverts.traders import NOT_SAVED, SavedNames, against_trader, ordinary_weight, ordinary_weights
from search.linkage.deal_lines.line_evidence import evidence_of
from search.linkage.deal_lines.line_facts import Facts, is_told_on
from search.linkage.deal_lines.trade_names import is_trade_name
from search.linkage.model import TermKind
from search.linkage.number_use.spells import Spell
from tests.fakes.phones import Phone, campaign, finding, linked, number, offer

SENDER = number(1)


def phones_with_notices() -> list[Phone]:
    """Phones that got one wording that reads like an advert with a name, and another that reads like none."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(2)]
    campaign("Harvest", SENDER, phones, range(0, 28, 7), "{line} boxes ready, both doors open")
    for phone in phones:
        phone.text(SENDER, 2, finding("choir at 7 today, please park with care"), sent=False)
    return phones


async def test_one_wording_that_nobody_answers_makes_no_line_whatever_name_is_read_in_it() -> None:
    assert (await linked(*phones_with_notices())).lines == ()


async def test_the_same_wording_makes_a_line_where_those_who_got_it_order() -> None:
    phones = phones_with_notices()
    for phone in phones:
        phone.text(SENDER, 1.5, finding("u on"), sent=True)
    (line,) = (await linked(*phones)).lines
    assert line.name == "Harvest"


async def test_one_of_a_long_list_who_writes_with_the_sender_is_no_answer() -> None:
    phone, own = Phone("A/1", 101), Phone("A/2", 1)
    said = "{line} boxes ready, both doors open"
    campaign("Harvest", SENDER, [phone], range(0, 28, 7), said)
    wording = finding("Harvest " + said, template=said, line="Harvest", advert=True)
    for day in range(0, 28, 7):
        for place in range(30):
            own.text(number(200 + place), day + place / 10_000, wording, sent=True)
    own.text(number(200), 3, finding("see you at home"), sent=True)
    own.text(number(200), 3.1, finding("ok"), sent=False)
    own.text([number(200 + place) for place in range(12)], 5, finding("choir at 7 today"), sent=True)
    assert (await linked(phone, own)).lines == ()


async def test_texts_that_read_like_adverts_make_no_line_where_they_are_few_among_much_talk() -> None:
    lines = []
    for talk in (20, 5):
        phone = Phone("A/1", 101)
        for place in range(3):
            phone.text(SENDER, place, finding("lucky on", line="Lucky", advert=True), sent=False)
        for place in range(talk):
            phone.text(SENDER, 5 + place, finding(f"dont forget the milk {place}"), sent=False)
            phone.text(SENDER, 5.1 + place, finding(f"ok mum {place}"), sent=True)
        lines.append(len((await linked(phone)).lines))
    assert lines == [0, 1]


async def test_a_phone_that_told_all_friends_of_its_number_sends_no_adverts_to_single_ones() -> None:
    own = Phone("A/1", 1)
    own.text([number(200 + place) for place in range(12)], 1, finding("hi all its Gareth, new number"), sent=True)
    for place in range(12):
        own.text(number(200 + place), 2 + place, finding(f"see you at {place}"), sent=False)
    for place in range(3):
        said = finding(f"Gareth and us {place}", line="Gareth", advert=True)
        own.text(number(200 + place), 3 + place, said, sent=True)
    assert (await linked(own)).lines == ()


async def test_a_trader_one_of_whose_wordings_reads_like_an_advert_is_no_line_though_customers_answer() -> None:
    lines = []
    for score in (0.005, 0.3):
        van = Phone("A/1", 1)
        news = ("cod landed this morning", "no van on monday, roads shut")
        catch = [msgspec.structs.replace(finding(each), advert_score=score) for each in news]
        for day in range(12):
            for place in range(15):
                said = (offer("Trev", "best of both, ring {line}"), *catch)[day % 3]
                van.text(number(200 + place), day + place / 10_000, said, sent=True)
        for place in range(6):
            van.text(number(200 + place), 6.5, order("two please"), sent=False)
            van.text(number(200 + place), 6.6, finding("ok"), sent=True)
        lines.append(len((await linked(van)).lines))
    assert lines == [0, 1], "a wording that falls short by little says nothing against a line"


def order(said: str, score: float = 0.95) -> TextFinding:
    """Return what the analysis says of a text of a line's customer."""
    return msgspec.structs.replace(finding(said), order_score=score)


@pytest.mark.parametrize("is_own_phone_held", [False, True])
async def test_of_two_senders_alike_in_all_else_the_one_from_whom_people_order_is_the_line(
    *,
    is_own_phone_held: bool,
) -> None:
    found = []
    for score in (0.05, 0.95):
        phones = [Phone(f"A/{place}", 100 + place) for place in range(6)]
        own = Phone("A/9", 1)
        boxes = msgspec.structs.replace(offer("Fern", "{line} boxes ready, both doors open"), advert_score=0.85)
        for day in range(0, 28, 7):
            for phone in phones:
                phone.text(SENDER, day, boxes, sent=False)
            for place in range(12):
                own.text(number(100 + place), day + place / 10_000, boxes, sent=True)
        for place, phone in enumerate(phones):
            for text in range(3):
                asked = order(f"are you on today {text}", score)
                phone.text(SENDER, 3 + text, asked, sent=True)
                own.text(number(100 + place), 3 + text, asked, sent=False)
        held = [own] if is_own_phone_held else phones
        found.append([[(term.weight, term.sentence) for term in line.evidence] for line in (await linked(*held)).lines])
    assert [len(lines) for lines in found] == [0, 1]
    (evidence,) = found[1]
    assert (
        2.5,
        "Of 6 recipients of its adverts that wrote to it 6 wrote what reads like an order to a line.",
    ) in evidence


async def test_a_seized_phone_that_is_on_the_list_is_one_recipient() -> None:
    phones, own = [Phone(f"A/{place}", 200 + place) for place in range(2)], Phone("A/9", 1)
    said = offer("Fern", "{line} boxes ready, both doors open")
    for day in range(0, 28, 7):
        for place in range(12):
            own.text(number(200 + place), day + place / 10_000, said, sent=True)
        for phone in phones:
            phone.text(SENDER, day, said, sent=False)
    for place in range(5):
        own.text(number(200 + place), 3, order("u about"), sent=False)
    for phone in phones:
        phone.text(SENDER, 3, order("u about"), sent=True)
    (line,) = (await linked(own, *phones)).lines
    assert "5 recipients of its adverts text or call the sender too." in {term.sentence for term in line.evidence}


def test_where_several_write_and_nobody_orders_their_writing_is_no_reason_for_a_line() -> None:
    terms = {term.sentence: term.weight for term in evidence_of(counts(ordering=Ordering(4, 0, -3.4))).terms}
    assert terms[f"4 recipients wrote to it; {NONE_ORDERS}"] == -3.0
    assert not any("text or call the sender too" in sentence for sentence in terms)
    one = evidence_of(counts(ordering=Ordering(1, 0, -0.3))).terms
    assert any("text or call the sender too" in term.sentence for term in one), "one who does not order may be a friend"


def test_one_recipient_texts_or_calls() -> None:
    few = {term.sentence for term in evidence_of(counts(replies=1, answering=1, receiving=2)).terms}
    assert "1 recipient of its adverts texts or calls the sender too." in few
    many = {term.sentence for term in evidence_of(counts(replies=1, answering=1)).terms}
    assert any(said.startswith("No more than 1 of 8 phones that received its adverts texts or calls") for said in many)


def test_a_dozen_who_order_speak_for_a_sender_of_puns_and_two_hardly_do() -> None:
    puns = {"likely": {"dont let him tell u different": 0.81, "bits r fat": 0.64}, "unlikely": {"its on": 0.16}}
    weights = []
    for ordering in (Ordering(24, 2, 1.0), Ordering(24, 4, 3.0), Ordering(24, 12, 10.5), Ordering(60, 40, 40.0)):
        evidence = evidence_of(counts(**puns, named=0, days=2, ordering=ordering))
        (weight,) = (term.weight for term in evidence.terms if " an order to a line." in term.sentence)
        weights.append((weight, evidence.probability >= 0.5))
    assert weights == [(0.5, False), (1.5, False), (4.5, True), (4.5, True)]


def trader_on_one_phone(score: float, *, is_repeated: bool = True) -> Phone:
    """A phone that got five copies of one wording that reads like an advert, and news that bear the same name."""
    phone = Phone("A/1", 101)
    deal = finding("lads Kutz here, 2 cuts for 20", line="Kutz", advert=True)
    news = ("Kutz shut today, chair broken", "Kutz: walk ins all day, skin fade 12 quid", "back monday, Kutz")
    for place in range(5):
        phone.text(SENDER, 5 * place, deal, sent=False)
    for place, said in enumerate(news * 2 if is_repeated else news[:1]):
        phone.text(SENDER, 1 + 2.5 * place, scored(said, score), sent=False)
    phone.text(SENDER, 12, finding("thanks"), sent=True)
    return phone


def scored(said: str, score: float) -> TextFinding:
    """Return what the analysis says of a text that it takes for no advert."""
    return msgspec.structs.replace(finding(said), advert_score=score)


async def test_a_trader_whose_other_texts_bear_its_name_is_no_line_on_one_phone_either() -> None:
    stated = [len((await linked(trader_on_one_phone(score))).lines) for score in (0.005, 0.1)]
    assert stated == [0, 1], "a wording that falls short by little says nothing against a line"


async def test_one_text_to_one_person_in_which_the_name_stands_makes_no_trader_of_a_line() -> None:
    (line,) = (await linked(trader_on_one_phone(0.005, is_repeated=False))).lines
    assert any("not read like an advert for drugs" in term.sentence for term in line.evidence)


async def test_what_recovery_adds_to_the_adverts_is_said_apart() -> None:
    (line,) = (await linked(trader_on_one_phone(0.1))).lines
    assert line.numbers[0].basis[0] == "5 adverts from this number on A/1 (case OP/1)."
    assert line.numbers[0].basis[1].startswith("6 further messages from it there, no adverts by their words alone,")
    assert line.evidence[0].sentence.startswith(
        "The analysis takes 1 text of it for adverts, in 5 messages on 1 phone. 6 "
    )
    assert [(row.advert_count, row.recovered_count) for row in line.devices if row.advert_count] == [(11, 6)]


async def test_a_text_under_the_name_of_a_line_that_others_had_before_makes_no_second_line_of_that_name() -> None:
    """Who passes an advert on writes with friends; that phone is not held."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    campaign("Rico", number(2), phones, range(0, 20, 2))
    campaign("Rico", number(2), phones, range(1, 20, 2), "{line} about til late")
    friend, others = Phone("B/1", 150), [Phone(f"B/{place}", 150 + place) for place in range(2, 5)]
    friend.text(SENDER, 10.5, offer("Rico", "got this off someone is it you {line} about til late"), sent=False)
    for place, phone in enumerate(others):
        phone.text(SENDER, 9 + place, finding("u coming sunday"), sent=True)
        phone.text(SENDER, 9.1 + place, finding("yeah see you there"), sent=False)
    stated = await linked(*phones, friend, *others)
    assert [line.numbers[0].number for line in stated.lines] == [number(2)]
    assert SENDER not in {placed.flare.sender for placed in stated.flares}
    assert "passed on" in {left.flare.sender: left.why for left in stated.flares_left_out}[SENDER]
    alone = await linked(friend, *others)
    assert SENDER in {placed.flare.sender for placed in alone.flares}, "nobody is seen to have had it before"


async def test_a_text_that_holds_the_words_of_adverts_that_others_had_before_is_no_broadcast() -> None:
    said = "{line} running late but coming now"
    shown = []
    for wording in (f"got this off someone is it you {said}", "{line} got this off someone is it you"):
        phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
        campaign("Rico", number(2), phones, range(0, 20, 2), said)
        friend = Phone("B/1", 150)
        friend.text(SENDER, 10.5, offer("Kezza", wording), sent=False)
        linkage = await linked(*phones, friend)
        assert [line.name for line in linkage.lines] == ["Rico"]
        shown.append(SENDER in {placed.flare.sender for placed in linkage.flares})
    assert shown == [False, True]


async def test_what_a_held_phone_broadcasts_speaks_against_a_line_by_its_words() -> None:
    stated = []
    for news in ("cod and haddock landed early this morning", "here all day"):
        van = Phone("A/1", 1)
        for day in range(12):
            for place in range(15):
                said = (offer("Trev", "best of both, ring {line}"), scored(news, 0.03))[day % 2]
                van.text(number(200 + place), day + place / 10_000, said, sent=True)
        for place in range(6):
            van.text(number(200 + place), 6.5, order("two please"), sent=False)
        stated.append(len((await linked(van)).lines))
    assert stated == [0, 1], "the shorter one may be anybody's"


def trader_that_is_saved(names: Sequence[str], *, wordings: Sequence[str], near: float | None) -> list[Phone]:
    """Phones that got a trader's texts, of which one reads like an advert, ordered, and saved it under the names."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    for place, said in enumerate(wordings):
        campaign("Cloud", SENDER, phones, range(place, 28, 4), said)
    for place, phone in enumerate(phones):
        if near is not None:
            for later, said in enumerate(
                ("blue one is back in today", "all the new ones in til 8", "we close at 6 today")
            ):
                phone.text(SENDER, 3.3 + later, scored(said, near), sent=False)
        phone.text(SENDER, 1.5 + place, order("got any mango"), sent=True)
    for phone, name in zip(phones, names, strict=False):
        phone.save(SENDER, name)
    return phones


NONE_ORDERS = "none of those texts reads like an order surely enough to count (from a score of 0.88)."
ONE_DEAL = ("{line} 5 for 25 while they last",)
DEALS = (*ONE_DEAL, "{line} on both til late", "{line} best of both ring now", "back on with {line} 3 for 25")


async def test_a_sender_whom_two_phones_saved_as_a_trade_is_no_line_by_one_wording() -> None:
    stated = [
        len((await linked(*trader_that_is_saved(names, wordings=ONE_DEAL, near=0.3))).lines)
        for names in (("Cloud 9 Vapes", "vape shop"), ("Cloud", "C 2"), ("Taxi",))
    ]
    assert stated == [0, 1, 1]


async def test_a_line_that_is_saved_under_a_disguise_stays_one_by_its_wordings() -> None:
    (line,) = (await linked(*trader_that_is_saved(("Jo nails", "Taxi"), wordings=DEALS, near=None))).lines
    assert "1 phone saved its number under the name of a trade." in line.evidence[-1].sentence


@pytest.mark.parametrize(("day", "is_told"), [(20.5, True), (120.0, False)])
async def test_a_name_of_a_trade_beside_texts_with_a_later_owner_of_the_number_is_not_held_against_the_line(
    day: float, *, is_told: bool
) -> None:
    phones = trader_that_is_saved(("", "Taxi"), wordings=DEALS, near=None)
    phones[0].text(SENDER, day, finding("hi tap dripping again"), sent=True, name="Dave Plumber")
    (line,) = (await linked(*phones)).lines
    assert any("under the name of a trade" in term.sentence for term in line.evidence) == is_told


def test_wordings_that_fall_short_by_much_speak_for_a_trader_and_those_by_little_hardly() -> None:
    near, by_much, none = (
        against_trader({"on": 0.9}, dict.fromkeys("abc", score), (), 1) for score in (0.3, 0.05, 0.001)
    )
    assert near is not None
    assert by_much is not None
    assert near - by_much > 1
    assert none is None, "what reads like nothing of the kind is weighed by its words"


def test_orders_of_several_tell_a_line_from_a_trader_where_several_wordings_read_like_adverts() -> None:
    few, many = ({f"on {place}": 0.9 for place in range(count)} for count in (2, 3))
    ordered = Ordering(writing=6, ordering=5, weight=4.0)
    gained = [
        (against_trader(likely, {}, (-5.0,), 1, ordering=ordering) or 0.0)
        - (against_trader(likely, {}, (-5.0,), 1) or 0.0)
        for likely in (few, many)
        for ordering in (ordered, Ordering(writing=6, ordering=1, weight=1.0), Ordering(6, 0, -4.0))
    ]
    assert gained[:2] == [0.0, 0.0]
    assert gained[3] > 0.0 == gained[4]
    # that nobody orders tells a trader however few of his wordings read like adverts
    assert gained[2::3] == pytest.approx([-4.0, -4.0])


@pytest.mark.parametrize(
    ("ordering", "weight"),
    [
        (Ordering(2, 0, -2.0), -2.0),
        (Ordering(4, 0, -5.0), -3.0),
        (Ordering(7, 0, -5.9), -5.25),
        (Ordering(30, 0, -40.0), -6.0),
        (Ordering(30, 1, -40.0), -3.0),
        (Ordering(3, 1, 2.0), 0.5),
        (Ordering(12, 4, 6.0), 1.5),
        (Ordering(24, 12, 10.5), 4.5),
    ],
)
def test_the_bounds_of_what_orders_say_widen_with_how_many_write(ordering: Ordering, weight: float) -> None:
    assert bounded_weight(ordering) == weight


def test_each_further_number_and_each_further_wording_of_another_kind_tells_less() -> None:
    by_numbers = [against_trader({"on": 0.9}, {}, (-5.0,), count) or 0.0 for count in (1, 2, 3, 9, 10)]
    gained = [later - earlier for earlier, later in pairwise(by_numbers)]
    assert gained[0] > gained[1] > 0.0 == gained[-1]
    by_kind = [against_trader({"on": 0.9}, {}, (-5.0,) * count, 1) or 0.0 for count in (1, 2, 3)]
    lost = [earlier - later for earlier, later in pairwise(by_kind)]
    assert 5.0 > lost[0] > lost[1] > 0.0


def test_only_where_each_number_sent_what_was_passed_on_is_a_group_told_on() -> None:
    passed, other, announced = (
        cast("Spell", SimpleNamespace(sender=sender, template_ids=frozenset(templates)))
        for sender, templates in ((SENDER, {"t-1"}), (number(2), {"t-2"}), (number(3), set()))
    )
    told = {(SENDER, "t-1")}
    assert is_told_on([passed], told)
    assert is_told_on([passed, announced], told)
    assert not is_told_on([passed, other], told)
    assert not is_told_on([announced], told)


def test_a_wording_of_which_no_words_are_kept_says_more_than_a_short_one_and_less_than_a_long_one() -> None:
    long, short, unknown = "blue one is back in today", "im here", None
    weights = [ordinary_weight(0.02, words) for words in (long, unknown, short)]
    assert weights == sorted(weights)
    assert len(set(weights)) == 3


def counts(**others: object) -> Facts:
    """Return what is counted of a sender of two wordings, each only just an advert, to eight phones held."""
    known: dict[str, object] = {
        "likely": {"stock landed ring": 0.89, "about til 6": 0.65},
        "unlikely": {},
        "ordinary": (),
        "numbers": 1,
        "is_landline": False,
        "saved": NOT_SAVED,
        "is_signed": False,
        "copies": 40,
        "recovered": 0,
        "phones": 8,
        "named": 2,
        "receiving": 8,
        "replies": 5,
        "talking": 0,
        "answering": 5,
        "listed": 0,
        "ordering": Ordering(0, 0, 0.0),
        "sure_orders": NO_ORDERS,
        "two_way": 0,
        "days": 9,
        "has_broadcast": True,
        "has_offer": True,
        "is_private": False,
        "is_rare": False,
        "is_singly": False,
        "is_told_on": False,
        "is_known_before": False,
    }
    return Facts(**{**known, **others})  # type: ignore[arg-type]


def is_line(**others: object) -> bool:
    return evidence_of(counts(**others)).probability >= 0.5


def test_phones_that_all_saved_a_sender_as_a_trader_outweigh_how_its_adverts_read() -> None:
    misread = {"got the bars in 5 for 25 ring me": 0.99, "on till 11 local drop": 0.97, "new in 4 for 20": 0.95}
    saved = [SavedNames(1, 0), SavedNames(2, 0), SavedNames(2, 1), SavedNames(4, 0)]
    assert [is_line(likely=misread, saved=each) for each in saved] == [True, False, True, False]
    (reason,) = [
        term.sentence
        for term in evidence_of(counts(likely=misread, saved=SavedNames(4, 0))).terms
        if term.kind is TermKind.TRADE
    ]
    assert reason.startswith("4 phones saved its number under the name of a trade, none under another. ")


def test_a_sender_to_whom_hardly_any_of_those_who_got_its_adverts_write_is_a_shop() -> None:
    assert [is_line(replies=replies) for replies in (2, 3)] == [False, True]
    assert is_line(receiving=4, replies=1), "four phones are too few to tell"
    assert is_line(replies=1, talking=7, listed=30), "the sending phone shows who talks with it"
    assert any("No more than 2 of 8 phones" in term.sentence for term in evidence_of(counts(replies=2)).terms)


def test_a_landline_is_no_line_by_two_wordings() -> None:
    assert not is_line(is_landline=True)
    assert is_line(is_landline=True, likely={f"{place}": 0.95 for place in range(4)})
    (reason,) = [
        term.sentence for term in evidence_of(counts(is_landline=True)).terms if term.kind is TermKind.LANDLINE
    ]
    assert reason == "Its number begins with +441, +442 or +443, from which shops and offices text."


def test_a_sender_that_signs_with_a_trade_is_none_by_two_wordings_and_one_by_four() -> None:
    assert [
        is_trade_name(name)
        for name in ("Tyre Mick", "Nails by Em", "Kaz Cuts", "Corner Shop Ali", "Mick", "Taxi", "Young Mick")
    ] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert not is_line(is_signed=True)
    assert is_line(is_signed=True, likely={f"{place}": 0.95 for place in range(4)})


def test_and_one_by_two_wordings_where_most_of_the_many_who_write_to_it_order() -> None:
    told = {"on": 0.98, "on today": 0.65}
    ordering = [Ordering(17, 12, 12.4), Ordering(17, 4, 2.0), Ordering(40, 8, 2.0), Ordering(0, 0, 0.0)]
    assert [is_line(is_signed=True, likely=told, ordering=each) for each in ordering] == [True, False, False, False]
    saved = [SavedNames(1, 2), SavedNames(2, 0)]
    found = [is_line(is_signed=True, likely=told, ordering=ordering[0], saved=each) for each in saved]
    assert found == [True, False], "who saved it call it a trader"


async def test_texts_from_a_landline_are_weighed_as_such() -> None:
    place = "+441632960123"
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    campaign("Salty", place, phones, range(0, 28, 4), "{line} on both til late")
    for phone in phones:
        phone.text(place, 1.5, finding("u on"), sent=True)
    (line,) = (await linked(*phones)).lines or (None,)
    assert line is None or any("+441" in term.sentence for term in line.evidence)


def test_one_text_on_one_phone_makes_no_line_of_somebody_who_writes_with_others() -> None:
    once = {"likely": {"on the house": 0.97}, "named": 1, "receiving": 1, "replies": 0, "phones": 1, "days": 1}
    beside = {**once, "has_broadcast": False, "two_way": 3}
    assert [is_line(**beside, copies=copies) for copies in (1, 3)] == [False, True]
    broadcast = {**once, "unlikely": {"new number": 0.4}, "recovered": 4, "receiving": 5, "replies": 3}
    assert [is_line(**broadcast, copies=copies) for copies in (5, 8)] == [False, True]


def test_of_several_wordings_of_a_line_one_is_surely_an_advert() -> None:
    others = {"closed friday": 0.3, "two chairs today": 0.3}
    assert [is_line(likely={"open til 6": score}, unlikely=others, named=1) for score in (0.97, 0.86)] == [True, False]
    unsure = evidence_of(counts(likely={"open til 6": 0.86}, unlikely=others))
    assert [term.weight for term in unsure.terms if "surely" in term.sentence] == [-3.5]
    alone = evidence_of(counts(likely={"open til 6": 0.86}))
    assert [term.weight for term in alone.terms if "surely" in term.sentence] == [-1.3]
    assert not [term for term in evidence_of(counts()).terms if "surely" in term.sentence]


def test_that_nobody_answers_speaks_for_a_trader_as_well_as_against_a_line() -> None:
    misread = {"today only": 0.92, "closed for rain back tomorrow": 0.9, "only": 0.7, "this week only": 0.93}
    wash = {"likely": misread, "unlikely": {"full valet this week at": 0.0}, "ordinary": (-5.0,), "named": 5, "days": 6}
    assert is_line(**wash, receiving=9, replies=5)
    assert not is_line(**wash, receiving=9, replies=0, answering=0)


def test_offers_that_come_again_count_where_somebody_answers_or_one_is_surely_an_advert() -> None:
    doubtful = {"today only": 0.81, "closed for rain": 0.82, "this week only": 0.87}
    few = {"receiving": 2, "replies": 0, "answering": 0, "phones": 2, "days": 3}
    assert TermKind.DAYS not in {term.kind for term in evidence_of(counts(**few, likely=doubtful)).terms}
    for others in ({"likely": {**doubtful, "on both 3 for 25": 0.97}}, {"likely": doubtful, "two_way": 1}):
        assert TermKind.DAYS in {term.kind for term in evidence_of(counts(**few, **others)).terms}


def test_a_few_words_that_name_a_trade_are_not_everybodys() -> None:
    said = "nails has gaps today"
    assert ordinary_weight(0.02, said, is_of_trade=True) < ordinary_weight(0.02, said)
    assert ordinary_weights([(0.02, "gel nails", True), (0.02, "im here", False)]) == [
        ordinary_weight(0.02, "gel nails", is_of_trade=True),
        ordinary_weight(0.02, "im here"),
    ]


def test_orders_of_two_leave_what_went_to_a_few_private_and_no_more() -> None:
    private = {"is_private": True, "is_singly": True, "likely": {"on both 3 for 25": 0.97}, "copies": 3, "phones": 2}
    few = {**private, "receiving": 1, "replies": 1, "answering": 1, "has_broadcast": False, "named": 1, "days": 1}
    chances = [evidence_of(counts(**few, sure_orders=each)).probability for each in _SURE]
    assert chances == sorted(chances)
    assert [chance >= 0.5 for chance in chances] == [False, False, True, True]


@pytest.mark.parametrize(("sure", "ordering", "is_a_line"), [
    (SureOrders(2, 2, 5.0), Ordering(0, 0, 0.0), True),
    (SureOrders(2, 1, 5.0), Ordering(2, 1, 0.5), True),
    (SureOrders(2, 2, 5.0), Ordering(1, 0, -1.4), False),
    (SureOrders(1, 1, 3.2), Ordering(0, 0, 0.0), False),
    (SureOrders(3, 3, 2.4), Ordering(0, 0, 0.0), True),  # who writes 30 texts each, all of them orders
])  # fmt: skip
def test_friends_who_ask_somebody_among_much_talk_make_no_line_of_what_he_wrote_to_one(
    sure: SureOrders,
    ordering: Ordering,
    is_a_line: bool,  # noqa: FBT001 - one of a table
) -> None:
    told = {f"{place} back about 5": 0.97 for place in ("aldi", "mams", "the launderette", "bank")}
    private = {"is_private": True, "is_singly": True, "likely": told, "copies": 6, "phones": 1, "has_broadcast": False}
    few = {**private, "receiving": 0, "replies": 0, "talking": 1, "answering": 1, "listed": 1, "days": 0}
    assert is_line(**few, sure_orders=sure, ordering=ordering) == is_a_line


_SURE = (NO_ORDERS, SureOrders(1, 1, 3.2), SureOrders(2, 1, 6.4), SureOrders(3, 2, 9.6))


@pytest.mark.parametrize(("phones", "is_line"), [(6, False), (2, True)])
async def test_what_several_phones_got_at_once_says_of_what_a_sender_writes(
    phones: int,
    is_line: bool,  # noqa: FBT001 - one of a table
) -> None:
    held = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for place, said in enumerate(("{line} on the round, white and brown in", "no brown today, white only, {line}")):
        for phone in held:
            for day in (place, 10 + place, 80 + place):
                phone.text(SENDER, day, finding(said, template=said, line="Dave", advert=True), sent=False)
    for phone in held:
        phone.text(SENDER, 3, finding("save me one please"), sent=True)
    for day, said in ((44, "hot cross buns, ring to reserve yours today"), (46, "sourdough is sold out until friday")):
        for phone in held[:phones]:
            phone.text(SENDER, day, msgspec.structs.replace(finding(said), advert_score=0.002), sent=False)
    assert bool((await linked(*held)).lines) == is_line


@pytest.mark.parametrize(("writing", "said"), [
    (1, f"One recipient wrote to it; {NONE_ORDERS}"),
    (3, f"3 recipients wrote to it; {NONE_ORDERS}"),
])  # fmt: skip
def test_texts_to_a_line_that_are_no_orders_are_said_in_plain_words(writing: int, said: str) -> None:
    assert said in {term.sentence for term in evidence_of(counts(ordering=Ordering(writing, 0, -1.0))).terms}


def test_texts_for_a_church_are_one_matter_of_who_sends_adverts_for_the_most_part() -> None:
    def against(
        sure: int, of_another_kind: int, saved: SavedNames = NOT_SAVED, *, silence: float = 0.0, ordering: int = 2
    ) -> float:
        likely = {f"on {place}": 0.97 for place in range(sure)}
        orders = Ordering(2, ordering, 0.0)
        found = against_trader(likely, {}, (-5.0,) * of_another_kind, 1, saved, orders, silence=silence)
        return found or 0.0

    assert against(4, 3) == against(4, 1) > 0
    for several in (against(4, 4), against(3, 2), against(4, 3, SavedNames(1, 0)), against(4, 3, silence=-0.8)):
        assert several < 0
    assert max(against(4, 3, ordering=1), against(4, 3, ordering=0)) < 0, "a shop is written to, and asked for goods"


async def test_a_line_whose_holder_texts_its_customers_for_his_church_stays_one() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    wordings = ("{line} on both", "{line} about til late", "ring {line} for light", "{line} out now")
    adverts = [msgspec.structs.replace(offer("Rico", said), advert_score=0.97) for said in wordings]
    notices = [
        msgspec.structs.replace(finding(f"{about} at the church hall on sunday all welcome"), advert_score=0.005)
        for about in ("harvest supper", "evening prayer", "bible study")
    ]
    for phone in phones:
        for day in range(28):
            phone.text(SENDER, day, adverts[day % 4], sent=False)
        for place, notice in enumerate(notices):
            phone.text(SENDER, 5.4 + 7 * place, notice, sent=False)
    for phone in phones[:2]:
        phone.text(SENDER, 3.5, finding("u on"), sent=True)
    (line,) = (await linked(*phones)).lines
    assert line.name == "Rico"


@pytest.mark.parametrize(("puns", "notices"), [(4, 3), (5, 4)])
async def test_a_shop_that_puns_again_and_again_and_is_asked_whether_it_is_open_is_none(
    puns: int, notices: int
) -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    said = ("{line} on both", "{line} about til late", "ring {line} for light", "{line} out now", "{line} fresh today")
    adverts = [msgspec.structs.replace(offer("Greenos", each), advert_score=0.97) for each in said[:puns]]
    of_the_shop = (
        "vape coils half price at greenos shop high street all week",
        "new elf bars in at the shop come down and see us today",
        "closing early on friday for the stocktake sorry all customers",
        "student discount ten percent with card on all liquids",
    )
    for phone in phones:
        for day in range(28):
            phone.text(SENDER, day, adverts[day % puns], sent=False)
        for place, each in enumerate(of_the_shop[:notices]):
            notice = msgspec.structs.replace(finding(each), advert_score=0.005)
            phone.text(SENDER, 5.4 + 5 * place, notice, sent=False)
    phones[0].text(SENDER, 3.5, finding("you open"), sent=True)
    assert not (await linked(*phones)).lines
