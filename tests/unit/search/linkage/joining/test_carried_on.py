"""A line without a name that goes on under another number, of which no text says anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from search.linkage.decisions import Decision, LineKey, SenderKey, Verdict
from search.linkage.joining.carried_on import CARRIED_ON
from search.linkage.linkage import compute_linkage
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, index_of, linked, moved_to, number, predecessors

LINE, NEXT, THIRD, FOURTH = number(1), number(2), number(3), number(4)
KEPT = "got both in come round"
OF_LINE = ("quick ones only be fast", "fat ones parked by the shops", KEPT)
"""In turns of three: what it sends last is what goes on."""
OF_NEXT = (KEPT, "two for one all night long", "same place back of the shops")
TURNS = ("red bits", "big ones", "old stuff", "top notch", "low price", "next batch")
ENDS = 16
"""Day of the last of nine adverts, of which one comes on every other day."""


def customers(count: int = 5, first: int = 101) -> list[Phone]:
    """Return phones that were in use for weeks before."""
    phones = [Phone(f"A/{first + place}", first + place) for place in range(count)]
    for place, phone in enumerate(phones):
        phone.text(number(400 + place), -30, finding("see you at six"), sent=True)
        phone.text(number(400 + place), 60, finding("see you at six"), sent=True)
    return phones


def sends(phones: Iterable[Phone], sender: str, start: float, wordings: Sequence[str], *, orders: bool = True) -> None:
    """Let phones that write to a number get unnamed adverts of it on every other day for two weeks and more."""
    for phone in phones:
        if orders:
            phone.text(sender, start + 0.5, finding("u on"), sent=True)
        for turn in range(9):
            said = finding(wordings[turn % len(wordings)], advert=True)
            phone.text(sender, start + 2 * turn, said, sent=False)


def carried(
    phones: list[Phone], *, pause: float = 2.0, own: Sequence[str] = OF_NEXT, line: Sequence[str] = OF_LINE
) -> list[Phone]:
    """Let phones get the adverts of two numbers, one after the other."""
    sends(phones, LINE, 0, line)
    sends(phones, NEXT, ENDS + pause, own)
    return phones


def are_one(linkage: Linkage) -> bool:
    """Whether the two numbers are one line; both are of lines."""
    of = {held.number: line.line_id for line in linkage.lines for held in line.numbers}
    return of[LINE] == of[NEXT]


@pytest.mark.parametrize("pause", [0.5, 2.0, 6.5])
async def test_last_words_that_are_the_first_of_the_next_number_to_all_of_its_people_are_the_lines(
    pause: float,
) -> None:
    linkage = await linked(*carried(customers(), pause=pause))
    assert predecessors(linkage) == {LINE: None, NEXT: LINE}
    (line,) = linkage.lines
    (join,) = line.joins
    assert join.kind == CARRIED_ON
    assert "5 phones" in join.sentence
    assert join.record_ids


async def test_one_of_five_may_be_left_behind_and_a_phone_that_was_seized_before_says_nothing() -> None:
    phones = customers()
    sends(phones, LINE, 0, OF_LINE)
    sends(phones[:4], NEXT, ENDS + 2, OF_NEXT)
    seized = [Phone(f"B/{place}", 201 + place) for place in range(3)]
    sends(seized, LINE, 0, OF_LINE)
    assert are_one(await linked(*phones, *seized))


async def test_phones_that_change_over_with_it_are_linked_but_not_strongly() -> None:
    """Another line may have come with the words and the list."""
    phones = carried(customers(8))
    early, late = Phone("E/1", 301), Phone("E/2", 302)
    sends([early], LINE, 0, OF_LINE)
    sends([late], NEXT, ENDS + 2, OF_NEXT)
    linkage = await linked(*phones, early, late)
    assert are_one(linkage)
    (score,) = [link.score for link in linkage.links if {link.a_device_id, link.b_device_id} == {"dv-E/1", "dv-E/2"}]
    assert 0.70 <= score < 0.95


@pytest.mark.parametrize(
    "given",
    [
        {"pause": 8.0},
        {"pause": -6.0},  # two runners' phones, or two dealers: both in use at once
        {"line": (OF_LINE[2], *OF_LINE[:2])},  # two dealers of a town: what the one sent long before it stopped
        {"own": (*OF_NEXT[1:], KEPT)},  # as before: what the other sends later
        {"line": ("back on now", *OF_LINE[:2])[::-1], "own": ("back on now", *OF_NEXT[1:])},  # everybody's words
        {"own": (KEPT,)},  # somebody's standing text
        {  # another line's words once, among many of its own
            "line": (*(f"{word} come and see us" for word in TURNS), *OF_LINE),
            "own": (KEPT, *(f"{word} right by the park" for word in TURNS)),
        },
    ],
)
async def test_what_two_lines_of_a_town_have_in_common_joins_nothing(given: dict[str, object]) -> None:
    assert not are_one(await linked(*carried(customers(), **given)))  # type: ignore[arg-type]  # its keywords


@pytest.mark.parametrize(("of_line", "of_next"), [(5, 0), (0, 5), (3, 3)])
async def test_customers_of_two_lines_are_no_list_that_goes_over(of_line: int, of_next: int) -> None:
    """A customer list that is sold goes to a line that has people of its own."""
    both, others = customers(4), customers(of_line + of_next, 201)
    sends([*both, *others[:of_line]], LINE, 0, OF_LINE)
    sends([*both, *others[of_line:]], NEXT, ENDS + 2, OF_NEXT)
    assert not are_one(await linked(*both, *others))


def handset(own: int, start: float, wordings: Sequence[str], parties: Sequence[str]) -> Phone:
    """Return the phone of a number that sends its adverts to these parties."""
    phone = Phone(f"H/{own}", own)
    for turn in range(9):
        for place, party in enumerate(parties):
            said = finding(wordings[turn % len(wordings)], advert=True)
            phone.text(party, start + 2 * turn + place / 86_400, said, sent=True)
    return phone


@pytest.mark.parametrize(("kept", "count"), [(20, 1), (9, 2)])
async def test_two_handsets_have_one_list(kept: int, count: int) -> None:
    parties = [number(101 + place) for place in range(40)]
    old, new = (
        handset(1, 0, OF_LINE, parties[:20]),
        handset(2, ENDS + 2, OF_NEXT, [*parties[:kept], *parties[20:][kept:]]),
    )
    linkage = await linked(*carried(customers()), old, new)
    assert len(linkage.lines) == count


async def test_who_is_on_the_list_is_a_customer_and_no_number_of_the_line() -> None:
    old = handset(1, 0, OF_LINE, [NEXT, *(number(101 + place) for place in range(12))])
    assert not are_one(await linked(*carried(customers()), old))


async def test_a_number_that_two_lines_may_have_gone_to_is_of_neither() -> None:
    phones = customers()
    sends(phones, LINE, 0, OF_LINE)
    other = ("deals all weekend come see", "ring for the good stuff", "open til late by the park")
    sends(phones, THIRD, 0.3, other)
    sends(phones, NEXT, ENDS + 2, (KEPT, "two for one all night long"))
    sends(phones, NEXT, ENDS + 2.2, (other[2],))
    assert not any(line.joins for line in (await linked(*phones)).lines)


async def test_three_phones_show_no_list() -> None:
    assert not are_one(await linked(*carried(customers(3))))


@pytest.mark.parametrize("sent_by", ["another line", "a shop to its list"])
async def test_words_of_a_third_sender_are_of_nobody(sent_by: str) -> None:
    phones, others = carried(customers()), customers(12, 201)
    shop = Phone("S/1", 90)
    if sent_by == "another line":
        sends(others[:3], THIRD, 5, (KEPT, "ring for the good stuff"))
    else:
        for turn, other in enumerate(others):
            shop.text(other.own, 5 + turn / 8640, finding(KEPT), sent=True)
    assert not are_one(await linked(*phones, *others, shop))


async def test_of_two_that_begin_neither_is_the_line() -> None:
    phones = carried(customers())
    sends(phones, THIRD, ENDS + 3, ("deals all weekend come see", "ring for the good stuff"))
    assert not are_one(await linked(*phones))


async def test_a_line_with_a_name_that_begins_then_may_be_the_line_renamed() -> None:
    phones = carried(customers())
    campaign("Rico", THIRD, phones, range(ENDS + 1, ENDS + 12, 2))
    campaign("Rico", THIRD, phones, range(ENDS + 2, ENDS + 13, 2), "{line} about til late")
    sends(phones, THIRD, ENDS + 1, ("deals all weekend come see",))
    assert not are_one(await linked(*phones))


@pytest.mark.parametrize("one_of", [LINE, NEXT])
async def test_a_shop_that_sends_a_dealers_words_is_none_of_his_numbers(one_of: str) -> None:
    phones = customers()
    for sender, start, wordings in ((LINE, 0, OF_LINE), (NEXT, ENDS + 2, OF_NEXT)):
        sends(phones, sender, start, wordings, orders=sender != one_of)
        if sender == one_of:
            for phone in phones:
                phone.save(sender, "Mamas Pizza")
                phone.text(sender, start + 3.3, finding("is my table for two ok"), sent=True)
    linkage = await linked(*phones)
    assert not any(join.kind == CARRIED_ON for line in linkage.lines for join in line.joins)


async def test_a_shop_that_texts_from_two_numbers_is_no_line() -> None:
    phones = customers()
    for sender, start, wordings in ((LINE, 0, OF_LINE), (NEXT, ENDS + 2, OF_NEXT)):
        sends(phones, sender, start, wordings, orders=False)
        for phone in phones:
            phone.save(sender, "Mamas Pizza")
    linkage = await linked(*phones)
    assert not any(line.joins for line in linkage.lines)


@pytest.mark.parametrize(("one", "other", "count"), [("Tosh", "Riz", 2), ("Tosh", "Tosh new", 1)])
async def test_phone_books_have_one_name_for_a_line(one: str, other: str, count: int) -> None:
    phones = carried(customers())
    phones[0].save(LINE, one)
    phones[1].save(NEXT, other)
    assert len((await linked(*phones)).lines) == count


async def test_a_number_that_writes_on_was_not_given_up() -> None:
    phones = carried(customers())
    phones[2].text(LINE, ENDS + 5, finding("nah im away this week"), sent=False)
    assert not are_one(await linked(*phones))


async def test_customers_who_ring_the_old_number_in_vain_keep_nothing_apart() -> None:
    phones = carried(customers())
    phones[2].text(LINE, ENDS + 5, finding("u on"), sent=True)
    phones[3].call(LINE, ENDS + 6, made=True)
    assert are_one(await linked(*phones))


async def test_a_number_that_was_in_use_before_is_somebody_elses() -> None:
    phones = carried(customers())
    phones[2].text(NEXT, 3, finding("u on"), sent=True)
    assert not are_one(await linked(*phones))


async def test_the_phone_of_another_dealer_was_in_use_before() -> None:
    phones, other = carried(customers()), Phone("D/1", 2)
    other.text(number(401), -20, finding("see you at six"), sent=True)
    assert not are_one(await linked(*phones, other))


async def test_a_number_that_told_of_another_one_went_there() -> None:
    phones = carried(customers())
    for phone in phones:
        phone.text(LINE, ENDS + 0.1, moved_to(FOURTH), sent=False)
    assert not are_one(await linked(*phones))


async def test_lines_that_sign_otherwise_are_judged_by_their_names() -> None:
    phones = carried(customers())
    for place, phone in enumerate(phones):
        phone.text(
            NEXT, ENDS + 9 + place / 1440, finding("Rico on both ring now", line="Rico", advert=True), sent=False
        )
    assert not are_one(await linked(*phones))


def decision(verdict: Verdict, *sides: tuple[str, ...]) -> Decision:
    """Return a decision about lines of these numbers."""
    lines = tuple(
        LineKey(senders=tuple(SenderKey(sender=sender) for sender in side), label=side[0], named=side[0])
        for side in sides
    )
    return Decision(
        decision_id=f"dc-{verdict}", verdict=verdict, lines=lines, note="as briefed",
        decided_at="2024-06-01T00:00:00.000Z", decided_by="dc 1234",
    )  # fmt: skip


@pytest.mark.parametrize("named", [LINE, NEXT])
@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.CONFIRM])
async def test_what_a_person_said_of_one_of_them_is_not_carried_to_the_other(verdict: Verdict, named: str) -> None:
    index = await index_of(carried(customers()))
    linkage = await compute_linkage(index, decisions=[decision(verdict, (named,))])
    assert not any(line.joins for line in linkage.lines)
    left = [held.number for line in linkage.lines for held in line.numbers]
    assert sorted(left) == ([LINE, NEXT] if verdict is Verdict.CONFIRM else [LINE if named == NEXT else NEXT])


async def test_a_person_may_keep_them_apart_and_confirm_or_reject_the_whole() -> None:
    index = await index_of(carried(customers()))
    split = await compute_linkage(index, decisions=[decision(Verdict.SPLIT, (LINE,), (NEXT,))])
    confirmed = await compute_linkage(index, decisions=[decision(Verdict.CONFIRM, (LINE, NEXT))])
    rejected = await compute_linkage(index, decisions=[decision(Verdict.REJECT, (LINE, NEXT))])
    assert (len(split.lines), len(confirmed.lines), len(rejected.lines)) == (2, 1, 0)
    assert [line.numbers for line in rejected.rejected_lines] == [(LINE, NEXT)]
