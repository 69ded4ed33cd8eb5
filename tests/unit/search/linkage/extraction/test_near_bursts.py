from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from parsers import bucketed_rows
from search.contract import Flare
from search.linkage.extraction.edges import EdgeCollector
from search.linkage.extraction.likeness import (
    is_addressed_anew,
    is_copy,
    is_mistyped,
    is_same,
    is_variant,
    words_of_text,
)
from search.linkage.extraction.near_bursts import likeness
from tests.fakes.phones import Phone, finding, number

SECOND = 1 / 86_400
MINUTE = 60 * SECOND


def sent(phone: Phone, bodies: Sequence[str], *, first: int = 100, start: float = 0, gap: float = 20 * SECOND) -> None:
    """Send each body to a person of its own."""
    for place, body in enumerate(bodies):
        said = finding(body, advert=True)
        phone.text(number(first + place), start + place * gap, said, sent=True)


def counts(phone: Phone) -> list[int]:
    return sorted(flare.recipient_count for flare in phone.collected().flares)


def in_turn(*bodies: str, each: int) -> list[str]:
    return list(bodies) * each


BODY = "Nan here both on point till late give us a ring"


def test_copies_with_errors_of_typing_belong_to_the_broadcast() -> None:
    phone = Phone("A/1", 1)
    mistyped = ["Nan here boht on point till late gie us a ring", "nan heer both on piont till lat give us a ring"]
    sent(phone, [BODY] * 4 + mistyped + [BODY] * 4)
    (flare,) = phone.collected().flares
    assert (flare.recipient_count, flare.message_count, flare.variant_count) == (10, 10, 3)


def test_a_mistyped_copy_may_be_the_first_or_the_last() -> None:
    phone = Phone("A/1", 1)
    sent(phone, [BODY.replace("late", "alte"), *[BODY] * 8, BODY.replace("point", "pont")], gap=2 * MINUTE)
    assert counts(phone) == [10]


@pytest.mark.parametrize(
    "other",
    [
        "Nan here both on bench till late give us a ring",
        "Nan here not on point till late give us a ring",
        "Nan here both on point till 9 give us a ring",
        "is Nan in",
    ],
)
def test_a_single_text_that_merely_resembles_is_not_drawn_in(other: str) -> None:
    phone = Phone("A/1", 1)
    sent(phone, [BODY] * 5 + [other] + [BODY] * 4)
    assert counts(phone) == []


def test_a_mistyped_text_of_another_hour_is_not_drawn_in() -> None:
    phone = Phone("A/1", 1)
    sent(phone, [BODY] * 9)
    sent(phone, [BODY.replace("late", "alte")], first=200, start=9 * 20 * SECOND + 16 * MINUTE)
    assert counts(phone) == []


def test_variants_that_go_out_in_turn_are_one_flare() -> None:
    phone = Phone("A/1", 1)
    sent(phone, in_turn("Nan 24-7 Holm St Mary FAST DROPS", "Nan 24-7 Wexby FAST DROPS", each=12))
    assert counts(phone) == [24]


def test_variants_that_share_out_the_list_are_one_flare() -> None:
    phone = Phone("A/1", 1)
    sent(phone, ["Nan 24-7 Holm St Mary FAST DROPS"] * 6 + ["Nan 24-7 Wexby FAST DROPS"] * 6)
    assert counts(phone) == [12]


TYPED_ANEW = [
    ("2-15 all dayy", "2 for 15 all day"),
    ("off for an hr", "off 4 an hour"),
    ("canal street dayshift on", "Canal day shift on"),
]


@pytest.mark.parametrize(("one", "other"), TYPED_ANEW)
def test_a_text_that_is_typed_anew_for_part_of_the_list_is_one_flare(one: str, other: str) -> None:
    for bodies in (in_turn(one, other, each=10), [one] * 10 + [other] * 10):
        phone = Phone("A/1", 1)
        sent(phone, bodies)
        assert counts(phone) == [20]


@pytest.mark.parametrize(("one", "other"), TYPED_ANEW)
def test_a_text_that_is_typed_anew_to_the_same_people_is_two_flares(one: str, other: str) -> None:
    phone = Phone("A/1", 1)
    sent(phone, [one] * 10)
    sent(phone, [other] * 10, start=5 * MINUTE)
    assert counts(phone) == [10, 10]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2-15 all day", "3 for 25 all day"),
        ("off for an hr", "back in an hour"),
        ("Canal day shift on", "Canal night shift off"),
        ("on both till late", "fresh in ring me"),
    ],
)
def test_two_adverts_to_two_halves_of_a_list_are_two_flares(one: str, other: str) -> None:
    for bodies in (in_turn(one, other, each=10), [one] * 10 + [other] * 10):
        phone = Phone("A/1", 1)
        sent(phone, bodies)
        assert counts(phone) == [10, 10]


def test_two_near_offers_to_the_same_people_are_two_flares() -> None:
    phone = Phone("A/1", 1)
    sent(phone, ["Nan 24-7 Holm St Mary FAST DROPS"] * 12)
    sent(phone, ["Nan 24-7 Wexby FAST DROPS"] * 12, start=5 * MINUTE)
    assert counts(phone) == [12, 12]


def test_a_text_retyped_for_the_rest_of_the_list_and_repeated_to_some_is_one_flare() -> None:
    phone = Phone("A/1", 1)
    sent(phone, ["Nan 24-7 Holm St Mary FAST DROPS"] * 19, gap=SECOND)
    sent(phone, ["Nan 24-7 Wexby FAST DROPS"] * 3, first=200, start=20 * SECOND, gap=SECOND)
    sent(phone, ["Nan 24-7 Wexby FAST DROPS"] * 3, start=40 * SECOND, gap=SECOND)
    assert counts(phone) == [22]


def test_a_second_offer_at_once_to_most_of_the_list_is_a_flare_of_its_own() -> None:
    phone = Phone("A/1", 1)
    sent(phone, ["Nan 24-7 Holm St Mary FAST DROPS"] * 19, gap=SECOND)
    sent(phone, ["Nan 24-7 Wexby FAST DROPS"] * 12, start=20 * SECOND, first=108, gap=SECOND)
    assert counts(phone) == [12, 19]


def test_a_third_offer_to_the_list_of_the_first_is_not_joined_to_it_by_the_second() -> None:
    phone = Phone("A/1", 1)
    sent(phone, ["Nan 24-7 Holm St Mary FAST DROPS"] * 10)
    sent(phone, ["Nan 24-7 Wexby FAST DROPS"] * 10, first=200, start=4 * MINUTE)
    sent(phone, ["Nan 24-7 Orley FAST DROPS"] * 10, start=8 * MINUTE)
    assert counts(phone) == [10, 20]


def test_other_wordings_to_other_people_at_one_time_are_two_flares() -> None:
    phone = Phone("A/1", 1)
    sent(phone, in_turn("Nan on both till late ring in", "choir is at seven tonight in the hall", each=10))
    assert counts(phone) == [10, 10]


TWO_SLOTS = (
    ("Nan up n running 2 4 15 Orley Lane", "{line} up n running {deal} orley lane"),
    ("Nan up n running 3 for 25 bakery !!", "{line} up n running {deal} bakery"),
)
"""One wording with another deal and another place, of which the analysis reads the deal and the name."""
NAME_AND_HOURS = (
    ("Nan line about now 3x25 9 till late both good asap", "{line} about now {deal} {time} {drug} good asap"),
    ("Nan about now 2 for 15 both good", "{line} about now {deal} {drug} good"),
)
NAME_NOT_READ = (
    ("All on Nans 3x25 in Holm dont miss out", "all on nans {deal} in {place} dont miss out"),
    ("All on Nan 5 for 40 by the bridge dont miss out x", "all on {line} {deal} by the bridge dont miss out x"),
)
TWO_WORDINGS = (
    ("Nan up n running 2 4 15 Orley Lane", "{line} up n running {deal} orley lane"),
    ("Dark is fire today Nan 2 4 15 till late", "dark is fire today {line} {deal} {time}"),
)


def sent_in_turn(
    phone: Phone, pair: Sequence[tuple[str, str]], people: Sequence[int], *, start: float = 0, gap: float = 40 * SECOND
) -> None:
    """Send the texts, which have templates of their own, in turn, each person one."""
    said = [finding(body, template=template, advert=True) for body, template in pair]
    for place, who in enumerate(people):
        phone.text(number(who), start + place * gap, said[place % len(said)], sent=True)


@pytest.mark.parametrize("pair", [TWO_SLOTS, NAME_AND_HOURS, NAME_NOT_READ])
def test_variants_in_several_slots_that_go_out_in_turn_are_one_flare(pair: Sequence[tuple[str, str]]) -> None:
    phone = Phone("A/1", 1)
    sent_in_turn(phone, pair, range(100, 112))
    sent_in_turn(phone, pair, range(100, 300), start=1, gap=SECOND)
    assert counts(phone) == [12, 200]


def test_two_wordings_that_go_out_in_turn_are_two_flares() -> None:
    phone = Phone("A/1", 1)
    sent_in_turn(phone, TWO_WORDINGS, range(100, 124))
    assert counts(phone) == [12, 12]


@pytest.mark.parametrize("pair", [TWO_SLOTS, NAME_AND_HOURS, NAME_NOT_READ])
def test_variants_in_several_slots_to_the_same_people_are_two_flares(pair: Sequence[tuple[str, str]]) -> None:
    phone = Phone("A/1", 1)
    sent_in_turn(phone, pair[:1], range(100, 112))
    sent_in_turn(phone, pair[1:], range(100, 112), start=10 * MINUTE)
    assert counts(phone) == [12, 12]


def test_repeats_of_the_first_variant_while_the_second_goes_on_belong_to_the_broadcast() -> None:
    phone = Phone("A/1", 1)
    sent_in_turn(phone, TWO_SLOTS[:1], range(100, 200), gap=2 * SECOND)
    sent_in_turn(phone, TWO_SLOTS[1:], range(200, 300), start=4 * MINUTE, gap=15 * SECOND)
    sent_in_turn(phone, TWO_SLOTS[:1], range(190, 210), start=27 * MINUTE)
    (flare,) = phone.collected().flares
    assert (flare.recipient_count, flare.message_count) == (200, 220)


def test_the_first_wording_again_beside_another_one_is_a_flare_of_its_own() -> None:
    phone = Phone("A/1", 1)
    sent_in_turn(phone, TWO_WORDINGS[:1], range(100, 200), gap=2 * SECOND)
    sent_in_turn(phone, TWO_WORDINGS[1:], range(200, 300), start=4 * MINUTE, gap=15 * SECOND)
    sent_in_turn(phone, TWO_WORDINGS[:1], range(190, 210), start=27 * MINUTE)
    assert counts(phone) == [20, 100, 100]


def two_services(phone: Phone, named: Sequence[int], *, stated: int) -> None:
    said = finding(BODY, advert=True)
    for place in range(12):
        phone.text(number(100 + place), place * 20 * SECOND, said, sent=True)
    for first, own in enumerate(named, start=2):
        phone.own = number(own)
        for place in range(12):
            phone.text(number(100 * first + place), place * 20 * SECOND, said, sent=True, service="whatsapp")
    phone.own = number(stated)


def test_what_a_phone_sent_without_its_number_is_of_the_number_that_sent_the_same_at_that_time() -> None:
    phone = Phone("A/1", None)
    two_services(phone, [1], stated=9)
    (flare,) = phone.collected().flares
    assert (flare.recipient_count, flare.sender) == (24, number(1))


def test_two_numbers_of_a_phone_are_two_senders() -> None:
    phone = Phone("A/1", None)
    two_services(phone, [1, 2], stated=9)
    assert sorted((flare.sender or "", flare.recipient_count) for flare in phone.collected().flares) == [
        ("", 12), (number(1), 12), (number(2), 12)
    ]  # fmt: skip


def shown(phone: Phone, scratch_dir: Path | None) -> list[Flare]:
    collector = EdgeCollector(phone.extraction_id, [], scratch_dir=scratch_dir)
    for ordinal, (record, said) in enumerate(phone.rows):
        collector.add(ordinal, record, said)
    return list(collector.collected().flares)


def test_it_is_the_same_where_all_is_put_aside_on_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    phone = Phone("A/1", 1)
    for day in range(4):
        sent(phone, in_turn(BODY, BODY.replace("point", "piont"), each=6), start=day)
        sent(phone, [f"{BODY} {day}"] * 11, start=day + 0.5)
    held = shown(phone, None)
    monkeypatch.setattr(bucketed_rows, "_HELD_BYTES", 500)
    assert shown(phone, tmp_path) == held
    assert sorted(flare.recipient_count for flare in held) == [11] * 4 + [12] * 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sorry for the wait", "sorry for the wit"),
        ("hall nite on now", "hall niet on now"),
        ("three mixed bags for the price", "three mied bags for teh price"),
        ("on both ring me", "on boht rign me"),
        ("up in town with your usual", "up in town wid ur usual"),
        ("open to night ring in", "open tonight ring in"),
        ("the game is away in every week", "the game is aay in eery week"),
    ],
)
def test_errors_of_typing(one: str, other: str) -> None:
    assert is_mistyped(words_of_text(one), words_of_text(other))
    assert is_mistyped(words_of_text(other), words_of_text(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on now", "no now"),
        ("training is on tonight", "training is in tonight"),
        ("two for 15 tonight", "two for 25 tonight"),
        ("the van is hot today", "the van is not today"),
        ("meet by the station", "meet by the bakery"),
        ("sale on till monday morning", "sale on till friday morning"),
        ("", ""),
        ("🔥 🔥 🔥", "🔥 🔥"),
    ],
)
def test_other_words_are_no_errors_of_typing(one: str, other: str) -> None:
    assert not is_mistyped(words_of_text(one), words_of_text(other))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("2 4 15 al day", "2-15 ALL DAYY", True),
        ("3x25 for u 2nite", "3 for £25 4 you 2 nite", True),
        ("bk on in 1 hr ring", "back on in one hour ring", True),
        ("2 for 15 all day", "2 for 25 all day", False),
        ("open 2 til 4", "open 4 til 2", False),
        ("on for you", "off for u", False),
    ],
)
def test_texts_are_one_however_words_and_figures_are_written(one: str, other: str, *, is_one: bool) -> None:
    first, second = words_of_text(one), words_of_text(other)
    assert is_copy(first, second) is is_one
    assert is_copy(second, first) is is_one


def test_texts_are_the_same_by_their_letters() -> None:
    assert is_same(words_of_text("On NOW!! 🔥"), words_of_text("on noww"))
    assert not is_same(words_of_text("🔥"), words_of_text("!!"))
    assert is_variant(words_of_text("open in Holm till late ring"), words_of_text("open in Wexby till late ring"))
    assert not is_variant(words_of_text("on now"), words_of_text("off now"))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("{line} in town {time} {deal} asap", "{line} in the old mill {deal}", False),
        ("serving now {line} orley lane {deal}", "serving now {line} {place} road {deal} asap", True),
        ("serving now nan bakery {deal}", "serving now nans orley lane {deal}", True),
        ("{line} says last few left {deal} {time} asap", "{line} says last few left {deal}", True),
        ("{line} new stock {deal} {time}", "{line} back on {deal} {time}", False),
        ("{line} got that {drug} {deal}", "all {drug} from {line} {deal} ring", False),
        ("tell the lads training is off", "tell the girls choir is off", False),
    ],
)
def test_templates_are_one_wording_but_for_slots(one: str, other: str, *, is_one: bool) -> None:
    first, second = (words_of_text(str(place), template) for place, template in enumerate((one, other)))
    assert is_variant(first, second) is is_one
    assert is_variant(second, first) is is_one


@pytest.mark.parametrize(
    ("plain", "called"),
    [
        ("back on now", ("bro back on now", "mate back on now", "back on now")),
        ("bring a friend get one free", ("tina bring a friend get one free", "kel bring a friend get one free")),
    ],
)
def test_whom_a_text_calls_at_its_head_makes_no_other_broadcast(plain: str, called: tuple[str, ...]) -> None:
    phone = Phone("A/1", 1)
    sent(phone, [plain] * 8 + [called[0], *[plain] * 3, called[1]])
    assert counts(phone) == [13]


def test_another_word_at_the_head_of_a_short_text_is_another_text() -> None:
    phone = Phone("A/1", 1)
    sent(phone, ["rico on till ten"] * 9 + ["not on till ten"])
    assert counts(phone) == []


def test_another_figure_at_the_head_is_another_offer() -> None:
    three, five = (words_of_text(f"{count} for 25 both on til late") for count in (3, 5))
    assert not is_addressed_anew(three, five)
    assert is_addressed_anew(words_of_text("kel both on til late 25"), words_of_text("both on til late 25"))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Rico on at the flats till 9 tonight", "Rico off at the flats till 9 tonight", False),
        ("brown is in now ring me today", "white is in now ring me today", False),
        ("Rico open at the flats all day today", "Rico shut at the flats all day today", False),
        ("Rico on at the flats all day today", "Rico on at the flat all day today", True),
        ("back on at the flats all day today", "Rico on at the flats all day today", True),
    ],
)
def test_two_opposites_are_no_one_text_and_no_variants(one: str, other: str, is_one: bool) -> None:  # noqa: FBT001
    assert any(likeness(words_of_text(one), words_of_text(other))) is is_one


def test_what_stands_in_a_slot_has_no_opposite() -> None:
    template = "Rico on {drug} is in now ring me"
    texts = (words_of_text(template.replace("{drug}", drug), template) for drug in ("brown", "white"))
    assert any(likeness(*texts))


def test_two_letters_of_a_short_word_that_changed_places_are_a_slip_but_in_on_and_no() -> None:
    said, swapped = map(words_of_text, ("havin an early one so get in by 8", "havin an early one os get in by 8"))
    on, no = map(words_of_text, ("rico is on here till late", "rico is no here till late"))
    assert (is_mistyped(said, swapped), is_mistyped(on, no)) == (True, False)


def test_a_broadcast_says_how_many_of_its_messages_are_adverts() -> None:
    phone = Phone("A/1", 1)
    for place in range(12):
        phone.text(number(100 + place), place * 20 * SECOND, finding(BODY, advert=place < 8), sent=True)
    (flare,) = phone.collected().flares
    assert (flare.has_advert, flare.message_count, flare.advert_count) == (True, 12, 8)
