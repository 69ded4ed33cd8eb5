from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records.values import ClockBasis, Moment
from search.contract import Flare
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.extraction.flares import FlareFinder
from tests.fakes.phones import Phone, finding, instant, number, offer

SECOND = 1 / 86_400
SENDER = number(1)


@dataclass(frozen=True)
class Text:
    at: float | None
    to: tuple[str, ...]
    words: str = "on"


def found(
    texts: list[Text], *, advert: bool = True, direction: str = SENT, basis: ClockBasis = ClockBasis.STATED_UTC
) -> list[Flare]:
    finder = FlareFinder("ex-1")
    for ordinal, text in enumerate(texts):
        utc = None if text.at is None else instant(text.at)
        said = finding(text.words, template="one wording", advert=advert)
        finder.add(
            (direction, SENDER, said.template_id),
            ordinal,
            f"r-{ordinal:020x}",
            Moment(utc, utc, None, basis),
            text.to,
            said,
        )
    return [flare for flare, _ in finder.find()]


def burst(count: int, start: float = 0, gap: float = 10 * SECOND) -> list[Text]:
    return [Text(start + place * gap, (number(100 + place),)) for place in range(count)]


def test_ten_recipients_are_a_flare_and_nine_are_none() -> None:
    assert [flare.recipient_count for flare in found(burst(10))] == [10]
    assert found(burst(9)) == []


def test_pauses_of_fifteen_minutes_do_not_end_it_and_longer_ones_do() -> None:
    first, second = burst(10), burst(10, start=9 * 10 * SECOND + 15 * 60 * SECOND)
    assert [flare.message_count for flare in found(first + second)] == [20]
    later = burst(10, start=9 * 10 * SECOND + 15 * 60 * SECOND + SECOND)
    assert [flare.message_count for flare in found(first + later)] == [10, 10]


def test_repeats_belong_to_it_and_recipients_count_once() -> None:
    (flare,) = found(burst(10) + burst(5, start=200 * SECOND))
    assert (flare.recipient_count, flare.message_count) == (10, 15)


def test_one_message_to_many_counts_its_recipients() -> None:
    (flare,) = found([Text(0, tuple(number(place) for place in range(100, 112)))])
    assert (flare.recipient_count, flare.message_count, flare.first_record_id) == (12, 1, flare.last_record_id)


def test_variants_of_one_wording_are_one_flare() -> None:
    texts = [Text(text.at, text.to, "on" if place % 2 else "on!!") for place, text in enumerate(burst(12))]
    assert [flare.variant_count for flare in found(texts)] == [2]


def test_undated_messages_are_in_no_flare_and_are_counted() -> None:
    finder = FlareFinder("ex-1")
    said = finding("on", advert=True)
    for ordinal in range(12):
        finder.add((SENT, SENDER, said.template_id), ordinal, f"r-{ordinal:020x}", Moment(), (number(ordinal),), said)
    assert list(finder.find()) == []
    assert finder.undated_count == 12


def test_one_copy_is_a_received_flare() -> None:
    flares = found([Text(0, ()), Text(60 * SECOND, ()), Text(1, ())], direction=RECEIVED)
    assert [(flare.message_count, flare.recipient_count) for flare in flares] == [(2, 1), (1, 1)]


def test_the_source_need_not_be_in_order_of_time() -> None:
    texts = burst(30)
    (flare,) = found(list(reversed(texts)))
    assert (flare.started_at, flare.ended_at) == (instant(0), instant(290 * SECOND))
    assert (flare.first_record_id, flare.last_record_id) == (f"r-{29:020x}", f"r-{0:020x}")


def test_the_basis_is_that_of_the_least_firm_message() -> None:
    assert found(burst(10), basis=ClockBasis.ASSUMED_ZONE)[0].time_basis == "assumed_zone"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7200), st.integers(0, 15)), max_size=60))
def test_flares_equal_a_plain_reading_of_the_definition(rows: list[tuple[int, int]]) -> None:
    texts = [Text(second * SECOND, (number(100 + who),)) for second, who in rows]
    sessions: list[list[tuple[int, int]]] = []
    for row in sorted(rows):
        if sessions and row[0] - sessions[-1][-1][0] <= 900:
            sessions[-1].append(row)
        else:
            sessions.append([row])
    expected = [(len(s), len({who for _, who in s})) for s in sessions if len({who for _, who in s}) >= 10]
    assert [(flare.message_count, flare.recipient_count) for flare in found(texts)] == expected


def test_a_broadcast_of_an_honest_sender_is_a_flare_without_a_line_and_has_its_template() -> None:
    phone = Phone("A/1", 1)
    choir = finding("choir tonight 7.30 in the hall", template="choir tonight {time} in the hall")
    for place in range(14):
        phone.text(number(100 + place), place * SECOND, choir, sent=True)
        phone.text(number(100 + place), place * SECOND, finding(f"private {place}"), sent=True)
    collected = phone.collected()
    (flare,) = collected.flares
    assert (flare.has_advert, flare.line, flare.sender) == (False, None, number(1))
    assert [(entry.template_id, entry.message_count, entry.is_advert) for entry in collected.templates] == [
        (choir.template_id, 14, False)
    ]


def test_ordinals_point_at_their_flare() -> None:
    phone = Phone("A/1", 1)
    for place in range(12):
        phone.call(number(100), place, made=True)
        phone.text(number(100 + place), place * SECOND, offer("Rico"), sent=True)
    flare_of = phone.collected().flare_of
    assert list(flare_of) == [-1, 0] * 12
