"""A runner who writes to a line's customers from his own phone, and says so, gives the line no number."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, TextFinding
from search.linkage.deal_lines.disowning_words import disowns_itself, sends_for_another
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer, predecessors, the_line

LINE, RUNNER = number(1), number(300)
NOT_THIS = "{line} says hes on ring {number} not this"


def customers(days: tuple[float, ...] = (1, 4, 9, 20, 24), count: int = 4) -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(count)]
    campaign("Rico", LINE, phones, list(days))
    for phone in phones:
        phone.text(LINE, 2.5, finding("u about"), sent=True)
    return phones


def ring(wording: str, given: str = LINE) -> TextFinding:
    change = NumberChange(NumberChangeRole.NEW, given, given)
    return finding(f"Rico {wording} {given}", template=wording, line="Rico", advert=True, change=change)


def send(held: list[Phone], wording: str, day: float = 15, given: str = LINE) -> None:
    for place, phone in enumerate(held):
        phone.text(RUNNER, day + place / 2000, ring(wording, given), sent=False)


def friend() -> Phone:
    phone = Phone("B/1", 110)
    for day in (12, 16, 18):
        phone.text(RUNNER, day, finding("see u at church"), sent=False)
        phone.text(RUNNER, day + 0.1, finding("yes see u there"), sent=True)
    return phone


@pytest.mark.parametrize(
    "wording",
    [
        NOT_THIS,
        "{line} on ring {number} dont ring me on this",
        "{line} here texting u off mine ring the normal {number}",
        "on behalf of {line} both in use {number}",
        "{line} about ring {number} cant answer on this one",
        "{line} on use {number} dont save this number",
        "messaging yous from my own phone {line} is on {number}",
    ],
)
async def test_a_number_that_disowns_itself_is_none_of_the_line(wording: str) -> None:
    held = customers()
    send(held, wording)
    linkage = await linked(*held, friend())
    assert predecessors(linkage) == {LINE: None}
    assert "B/1" not in members(the_line(linkage, "Rico"))
    assert not [link for link in linkage.links if "dv-B/1" in {link.a_device_id, link.b_device_id}]
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "it is not joined" in why[RUNNER]


async def test_who_sent_it_is_a_member_that_sent_adverts_and_the_traces_are_the_lines() -> None:
    held = customers(count=12)
    phone = Phone("C/1", 300)
    for place, _ in enumerate(held):
        phone.text(number(101 + place), 15 + place / 2000, ring(NOT_THIS), sent=True)
    send(held, NOT_THIS)
    linkage = await linked(*held, phone)
    line = the_line(linkage, "Rico")
    assert ("dv-C/1", "sent_adverts") in {(row.device_id, row.relation) for row in line.devices}
    traces = [placed for placed in linkage.flares if placed.flare.sender == RUNNER]
    assert len(traces) == 1 + len(held)
    assert {placed.line_id for placed in traces} == {line.line_id}
    # each record counts once, though the broadcast has it too
    rows = {row.device_id: row for row in line.devices if row.relation in {"sent_adverts", "received_adverts"}}
    (sent,) = rows["dv-C/1"].unjoined
    assert (rows["dv-C/1"].advert_count, sent.number, sent.count) == (12, RUNNER, 12)
    # what the rows have is what the first sentence of the evidence adds up to
    said = next(term.sentence for term in line.evidence if term.kind == "wordings")
    others = sum(each.count for row in rows.values() for each in row.unjoined)
    assert others == 24
    assert f"{sum(row.advert_count for row in rows.values()) - others} messages on 12 phones." in said
    assert said.endswith(f" 24 more messages of it came from {RUNNER}, which is not joined to it.")
    link = next(link for link in linkage.links if {link.a_device_id, link.b_device_id} == {"dv-C/1", "dv-A/0"})
    assert any(
        f"sent 12 messages of the line, all on 2024-01-16, from {RUNNER}, a number that is not joined to it; they name "
        f"{LINE} as the number to ring; A/0" in reason.sentence
        for reason in link.reasons
    )


async def test_a_line_that_leaves_its_number_says_so_too() -> None:
    held = customers(days=())
    campaign("Rico", RUNNER, held, [1, 4, 9])
    send(held, NOT_THIS)
    campaign("Rico", LINE, held, [16, 20, 24])
    assert predecessors(await linked(*held)) == {RUNNER: None, LINE: RUNNER}


@pytest.mark.parametrize("days", [(1, 4, 9), (14, 20, 24), (16, 20, 24)])
async def test_the_number_that_it_gives_was_the_lines_for_some_time_and_goes_on(days: tuple[float, ...]) -> None:
    held = customers(days)
    send(held, NOT_THIS)
    linkage = await linked(*held)
    assert not [item for item in linkage.suppressed if "it is not joined" in item.why]


@pytest.mark.parametrize(
    "wording",
    [
        "{line} on both numbers this and {number}",
        "{line} second phone {number} ring any",
        "{line} 2nd phone on as well {number} still on dont call me on private",
        "{line} both phones on {number} and this dont ring me after midnight",
        "{line} on both lines {number} is busy use either dont text me just ring",
        "{line} on 2 phones now ring either {number} dont txt this one just ring it",
        "{line} about {drug} {deal} cant get thru on {number} ring this. dont call me withheld",
        "{line} both phones on {number} or this never msg me on whatsapp",
        "{line} on same as {number} dont save me under my name",
        "{line} on {number} and this number dont ring me if u want tick",
    ],
)
async def test_a_second_number_of_the_line_does_not_disown_itself(wording: str) -> None:
    held = customers()
    send(held, wording)
    linkage = await linked(*held)
    assert not [item for item in linkage.suppressed if "it is not joined" in item.why]


async def test_a_number_that_sends_an_offer_too_is_the_lines() -> None:
    held = customers()
    send(held, NOT_THIS)
    for phone in held:
        phone.text(RUNNER, 17, offer("Rico"), sent=False)
    linkage = await linked(*held)
    assert RUNNER in predecessors(linkage)


@pytest.mark.parametrize(
    "wording",
    [
        "{line} on {drug} {deal} ring {number} dont ring this",
        "{line} on {number} dont text me ring",
        "{line} on {number} dont ring me late",
        "ring {number} dont call this private {line}",
        "{line} on ring {number} not this sunday or this",
        "{line} on {number} this is my own number {number}",
        "{line} {number} dont ring this just text",
    ],
)
def test_what_says_when_or_how_to_ring_it_or_offers_something_disowns_nothing(wording: str) -> None:
    assert not disowns_itself(wording)


@pytest.mark.parametrize(
    "wording",
    [
        "{line} on dont ring this ring {number}",
        "dont ring me ring {number} its {line}",
        "its me from {line} texting off mine because the main one is flat ring the normal {number} in half hours",
    ],
)
def test_what_gives_the_number_to_ring_in_its_place_disowns_itself(wording: str) -> None:
    assert disowns_itself(wording)


@pytest.mark.parametrize(("times", "is_runner"), [(3, True), (4, False)])
async def test_who_stands_in_for_a_line_does_so_now_and_then(
    times: int,
    is_runner: bool,  # noqa: FBT001 - one of a table
) -> None:
    held = customers(days=(1, 4, 9, 20, 24, 40, 60))
    for time in range(times):
        send(held, NOT_THIS, day=15 + 7 * time)
    linkage = await linked(*held)
    assert any("it is not joined" in item.why for item in linkage.suppressed) == is_runner


@pytest.mark.parametrize(("asked", "answered", "is_runner"), [(0.95, 0.0, False), (0.76, 0.48, False), (0.76, 0, True)])
async def test_a_number_where_somebody_orders_is_the_lines(
    asked: float,
    answered: float,
    is_runner: bool,  # noqa: FBT001 - one of a table
) -> None:
    held, customer = customers(), Phone("B/1", 110)
    send(held, NOT_THIS)
    order, answer = finding("need 2 n 2 pls"), finding("come to the shop 5 mins")
    customer.text(RUNNER, 16, msgspec.structs.replace(order, order_score=asked), sent=True)
    customer.text(RUNNER, 16.01, msgspec.structs.replace(answer, order_score=answered), sent=False)
    linkage = await linked(*held, customer)
    assert any("it is not joined" in item.why for item in linkage.suppressed) == is_runner


async def test_what_the_lines_own_phone_writes_to_a_runner_is_no_order() -> None:
    held, phone = customers(count=12), Phone("C/1", 1)
    send(held, NOT_THIS)
    for day in (1, 4, 9):
        for place, _ in enumerate(held):
            phone.text(number(101 + place), day + place / 2000, offer("Rico"), sent=True)
    phone.text(RUNNER, 14, msgspec.structs.replace(finding("how much u got"), order_score=0.95), sent=True)
    linkage = await linked(*held, phone)
    assert [item for item in linkage.suppressed if "it is not joined" in item.why]


async def test_a_runner_who_gives_the_number_again_shortly_before_the_line_leaves_it_is_one_still() -> None:
    held = customers(days=(1, 4, 9, 20))
    send(held, NOT_THIS)
    send(held, "{line} here texting u off mine ring the normal {number}", day=22)
    campaign("Rico", number(2), held, (24, 27, 30))
    linkage = await linked(*held)
    assert RUNNER not in predecessors(linkage)


async def test_one_who_gives_a_number_that_was_silent_for_long_is_not_told_for_a_runner_by_it() -> None:
    held = customers(days=(1, 4, 9, 20))
    send(held, NOT_THIS)
    send(held, "{line} here texting u off mine ring the normal {number}", day=40)
    linkage = await linked(*held)
    assert not [item for item in linkage.suppressed if "it is not joined" in item.why]


@pytest.mark.parametrize(("is_seen", "is_runner"), [(True, True), (False, False)])
async def test_what_the_lines_next_number_writes_to_a_runner_is_no_order_either(
    is_seen: bool,  # noqa: FBT001 - one of a table
    is_runner: bool,  # noqa: FBT001 - one of a table
) -> None:
    held, phone = customers(count=12), Phone("C/1", 300)
    for place, _ in enumerate(held):
        phone.text(number(101 + place), 15 + place / 2000, ring(NOT_THIS), sent=True)
    send(held, NOT_THIS)
    if is_seen:
        campaign("Rico", number(2), held, (26, 29, 33))
    phone.text(number(2), 28, msgspec.structs.replace(finding("go the pub 2 waiting"), order_score=0.95), sent=False)
    linkage = await linked(*held, phone)
    assert any("it is not joined" in item.why for item in linkage.suppressed) == is_runner


FOR_THE_LINE = (
    "{line} on {time} {deal} ring the line {number}",
    "message from {line} {drug} on {time} call {number} not me",
)


@pytest.mark.parametrize("wordings", [FOR_THE_LINE[:1], FOR_THE_LINE[1:], FOR_THE_LINE])
async def test_nor_is_one_the_lines_that_offers_once_or_twice_what_the_line_sells_and_gives_its_number(
    wordings: tuple[str, ...],
) -> None:
    held = customers(count=12)
    phone = Phone("C/1", 300)
    for later, wording in enumerate(wordings):
        send(held, wording, day=15 + later / 24)
        for place, _ in enumerate(held):
            phone.text(number(101 + place), 15 + later / 24 + place / 2000, ring(wording), sent=True)
    linkage = await linked(*held, friend(), phone)
    assert predecessors(linkage) == {LINE: None}
    relations = {(row.device_id, row.relation) for row in the_line(linkage, "Rico").devices}
    assert ("dv-C/1", "sent_adverts") in relations
    assert ("dv-C/1", "carries_line_sim") not in relations


async def test_one_that_does_so_often_is() -> None:
    held = customers(count=12)
    for day in (15, 16, 17):
        send(held, FOR_THE_LINE[0], day=day)
    assert RUNNER in predecessors(await linked(*held, friend()))


@pytest.mark.parametrize(
    "wording",
    [
        "{line} on {deal} ring {number}",
        "{line} on {deal} ring the line {number} or this",
        "{line} on {deal} ring the line {number} {time}",
        "{line} on {deal} ring the line {number} after nine",
        "{line} new number {deal} call {number} not me as well",
        "{line} this phone for texts ring the line {number}",
        "text phone {line} {drug} on call the line on {number}",
        "{line} 4 orders text the line {number} {drug} on",
        "{line} text line {drug} on ring the line {number}",
    ],
)
def test_what_gives_a_number_beside_its_own_sends_for_nobody_else(wording: str) -> None:
    assert not sends_for_another(wording)


@pytest.mark.parametrize("wording", FOR_THE_LINE)
def test_what_says_whose_number_it_gives_sends_for_it(wording: str) -> None:
    assert sends_for_another(wording)
    assert not disowns_itself(wording)


@pytest.mark.parametrize(("wording", "said"), [(NOT_THIS, "rung and not this"), (FOR_THE_LINE[0], "one to ring")])
async def test_the_reason_says_no_more_than_the_texts(wording: str, said: str) -> None:
    held = customers()
    send(held, wording)
    (item,) = [each for each in (await linked(*held)).suppressed if each.value == RUNNER]
    assert said in item.why
    assert ("not this number" in item.why) == (wording == NOT_THIS)
