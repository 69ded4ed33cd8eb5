"""Rows that are the further parts of a long text are no texts of their own."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Message
from search.contract import EdgeKind
from search.linkage.extraction.flare_rows import RECEIVED
from tests.fakes.phones import Phone, finding, moved_to, number, offer

SECOND = 1 / 86_400
PEOPLE = tuple(number(100 + place) for place in range(12))
FULL = "Rico on both 3 for 25 " * 6 + "right money when the "
assert len(FULL) == 153


def sent_in_parts(first: str, *further: str, pause: float = 1, by_person: bool = True) -> Phone:
    """Return a phone that sent to each of some people a text in parts; person after person, or part after part."""
    phone = Phone("A/1", 1)
    rows = [(place, part) for place in range(len(PEOPLE)) for part in range(1 + len(further))]
    for place, part in rows if by_person else sorted(rows, key=lambda row: row[1]):
        words = (first, *further)[part]
        said = finding(words, template=f"part {part}", advert=not part)
        phone.text(PEOPLE[place], (10 * place + pause * part) * SECOND, said, sent=True)
    return phone


@pytest.mark.parametrize("by_person", [True, False])
@pytest.mark.parametrize(
    "first",
    [
        FULL,
        FULL[:-1],
        FULL[:-2],
        FULL[:-3] + "€" + FULL[-1],
        "Rico \U0001f525 both 3 for 25 " + "a" * (67 - 23),
    ],
    ids=["153", "152", "a blank cut off", "a letter of two septets", "UCS-2"],
)  # fmt: skip
def test_the_second_part_is_no_broadcast_of_its_own(first: str, *, by_person: bool) -> None:
    flares = sent_in_parts(first, "lad turns up", by_person=by_person).collected().flares
    assert [(flare.message_count, flare.recipient_count) for flare in flares] == [(12, 12)]


def test_nor_is_the_third() -> None:
    flares = sent_in_parts(FULL, FULL.upper(), "lad turns up").collected().flares
    assert [(flare.message_count, flare.recipient_count) for flare in flares] == [(12, 12)]


@pytest.mark.parametrize(
    ("first", "pause"),
    [(FULL, 6), (FULL + "l", 1), (FULL[:-3], 1), ("Rico \U0001f525 both", 1)],
    ids=["later", "longer than a part", "shorter than a part", "a short text"],
)  # fmt: skip
def test_what_follows_no_full_part_is_a_text(first: str, pause: float) -> None:
    flares = sent_in_parts(first, "lad turns up", pause=pause).collected().flares
    assert len({flare.template_id for flare in flares}) == len(flares) == 2


def test_a_text_to_somebody_else_and_one_back_are_texts() -> None:
    phone = Phone("A/1", 1)
    phone.text(PEOPLE[0], 0, finding(FULL), sent=True)
    phone.text(PEOPLE[1], SECOND, finding("lad turns up"), sent=True)
    phone.text(PEOPLE[0], 2 * SECOND, finding("ok"), sent=False)
    assert sum(edge.count for edge in phone.collected().edges if edge.key in PEOPLE) == 3


def test_of_whom_nobody_says_who_he_is_no_text_is_a_part() -> None:
    phone = Phone("A/1", 1)
    for place, words in enumerate((FULL, "lad turns up")):
        phone.text("", place * SECOND, finding(words, template=f"part {place}", advert=True), sent=False)
    assert len({flare.template_id for flare in phone.collected().flares}) == 2


def test_the_same_text_again_is_no_part_of_it() -> None:
    flares = sent_in_parts(FULL, FULL).collected().flares
    assert sum(flare.message_count for flare in flares) == 2 * len(PEOPLE)


def test_the_number_in_a_further_part_is_the_texts() -> None:
    phone = Phone("A/2", 2)
    phone.text(PEOPLE[0], 0, finding(FULL, template="part 0", advert=True), sent=False)
    phone.text(PEOPLE[0], SECOND, moved_to(number(77), "Rico"), sent=False)
    assert number(77) in {edge.other for edge in phone.collected().edges if edge.kind == EdgeKind.ANNOUNCEMENT}


def test_a_received_text_in_parts_is_one() -> None:
    phone = Phone("A/2", 2)
    phone.text(PEOPLE[0], 0, finding(FULL, template="part 0", advert=True), sent=False)
    phone.text(PEOPLE[0], SECOND, offer("Rico"), sent=False)
    assert [flare.direction for flare in phone.collected().flares] == [RECEIVED]


MARKED = [
    ("(1/2) Rico on with both", "(2/2) 3 for 25 bell me"),
    ("1/2 Rico on with both", "2/2 3 for 25 bell me"),
    ("Rico on with both 1/2", "3 for 25 bell me 2/2"),
    ("pt1 Rico on with both", "pt2 3 for 25 bell me"),
    ("Rico on with both (part 1)", "3 for 25 bell me (part 2)"),
    ("1 of 2. Rico on with both", "2 of 2. 3 for 25 bell me"),
]


@pytest.mark.parametrize("by_person", [True, False])
@pytest.mark.parametrize("parts", MARKED)
def test_what_the_sender_numbered_as_a_further_part_is_no_broadcast_of_its_own(
    parts: tuple[str, str], *, by_person: bool
) -> None:
    flares = sent_in_parts(*parts, by_person=by_person).collected().flares
    assert [(flare.message_count, flare.recipient_count) for flare in flares] == [(12, 12)]


@pytest.mark.parametrize("parts", [("1/3 Rico", "2/3 both", "3/3 bell me"), ("(1/3) Rico", "(2/3) both", "(2/3) both")])
def test_nor_is_the_third_that_he_numbered_or_the_second_where_it_is_listed_again(parts: tuple[str, ...]) -> None:
    flares = sent_in_parts(*parts).collected().flares
    assert [(flare.message_count, flare.recipient_count) for flare in flares] == [(12, 12)]


@pytest.mark.parametrize("parts", [*MARKED, ("1/3 Rico", "2/3 both", "3/3 bell me")])
def test_nor_is_one_where_the_newest_row_is_the_first(parts: tuple[str, ...]) -> None:
    phone = sent_in_parts(*parts)
    phone.rows.reverse()
    assert [(flare.message_count, flare.recipient_count) for flare in phone.collected().flares] == [(12, 12)]


@pytest.mark.parametrize("parts", MARKED)
def test_a_received_text_in_numbered_parts_is_one(parts: tuple[str, str]) -> None:
    phone = Phone("A/2", 2)
    for place, words in enumerate(parts):
        phone.text(PEOPLE[0], place * SECOND, finding(words, template=f"part {place}", advert=True), sent=False)
    assert [flare.direction for flare in phone.collected().flares] == [RECEIVED]


@pytest.mark.parametrize(
    "parts",
    [
        ("(1/2) Rico", "(2/3) both"),
        ("(2/2) Rico", "(1/2) both"),
        ("1/2 for 50 Rico", "bell me 2/2"),
        ("Rico on 24/7", "both on 24/7 all week"),
        ("Rico 1/2", "both 1/2"),
        ("£1/2 Rico on", "£2/2 both mates"),
        ("Rico off 1/6", "Rico back 2/6"),
        ("Rico off 1/2", "Rico back 2/2"),
        ("1/8 on 90", "2/8 on 150 lads"),
        ("1/4 on 90", "2/4 on 150 lads"),
        ("* 1/4 Rico", "* 4/4 both"),
        ("1/2oz Rico", "2/2oz both"),
    ],
)
def test_what_continues_no_numbering_is_a_text(parts: tuple[str, str]) -> None:
    flares = sent_in_parts(*parts).collected().flares
    assert len({flare.template_id for flare in flares}) == len(flares) == 2


def test_a_part_after_more_than_the_pause_of_a_broadcast_is_a_text() -> None:
    flares = sent_in_parts("(1/2) Rico", "(2/2) both", pause=901).collected().flares
    assert len(flares) == 2


def test_a_further_part_is_a_text_where_it_alone_is_an_advert() -> None:
    phone = Phone("A/2", 2)
    phone.text(PEOPLE[0], 0, finding("(1/2) Morning all"), sent=False)
    phone.text(PEOPLE[0], SECOND, finding("(2/2) both on", advert=True), sent=False)
    assert [flare.direction for flare in phone.collected().flares] == [RECEIVED]


def test_a_further_part_is_told_where_a_number_is_written_in_two_forms() -> None:
    phone = Phone("A/2", 2)
    for place, words in enumerate(("(1/2) Rico on with both", "(2/2) 3 for 25 bell me")):
        phone.text(PEOPLE[0], place * SECOND, finding(words, advert=True), sent=False)
    (message, said) = phone.rows[1]
    assert isinstance(message, Message)
    assert message.from_party is not None
    party = msgspec.structs.replace(message.from_party, raw="0" + (message.from_party.raw or "")[3:])
    phone.rows[1] = msgspec.structs.replace(message, from_party=party), said
    assert len(phone.collected().flares) == 1


def test_the_words_of_a_numbered_part_that_is_an_advert_count() -> None:
    phone = Phone("A/2", 2)
    parts = [finding(words, advert=True) for words in ("(1/2) Rico on with both", "(2/2) 3 for 25 bell me")]
    for place, part in enumerate(parts):
        phone.text(PEOPLE[0], place * SECOND, part, sent=False)
    adverts = {edge.other for edge in phone.collected().edges if edge.kind == EdgeKind.ADVERT}
    assert adverts == {part.template_id for part in parts}
