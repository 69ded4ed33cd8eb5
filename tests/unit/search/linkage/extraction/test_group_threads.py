"""What somebody posts in a group is one message to all of it, and no trace of a broadcast."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Direction, Message
from parsers.records.findings import TextFinding
from parsers.records.values import Party
from search.linkage.extraction.group_threads import GroupThreads
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer, the_line

POST = finding("training is off tonight the pitch is under water")


def post(sender: str, thread: str, service: str, *others: str) -> Message:
    phone = Phone("A/1", 101)
    phone.text(sender, 3.5, POST, sent=False, service=service)
    (message, _) = phone.rows[0]
    assert isinstance(message, Message)
    to = (*message.to, *(Party(raw=other, e164=other) for other in others))
    return msgspec.structs.replace(message, thread=thread, to=to)


@pytest.mark.parametrize(
    ("thread", "service", "others", "expected"),
    [
        ("120363000000000001@g.us", "whatsapp", (), True),
        ("team", "whatsapp", (number(8), number(9)), True),
        ("team", "whatsapp", (), False),
        ("12", "mms", (number(8), number(9)), False),
    ],
)
def test_a_group_is_told_by_its_id_and_by_whom_a_message_came_to(
    thread: str, service: str, others: tuple[str, ...], *, expected: bool
) -> None:
    assert GroupThreads().is_in_one(post(number(7), thread, service, *others), number(7)) is expected


def test_a_group_is_told_by_a_second_person_who_writes_in_it() -> None:
    groups = GroupThreads()
    said = [groups.is_in_one(post(sender, "team", "telegram"), sender) for sender in (number(7), number(8), number(7))]
    assert said == [False, True, True]


def in_group(phone: Phone) -> Phone:
    phone.rows = [
        (msgspec.structs.replace(record, thread="120363000000000001@g.us"), said)
        if isinstance(record, Message)
        else (record, said)
        for record, said in phone.rows
    ]
    return phone


async def test_what_three_phones_have_of_a_group_is_no_received_flare() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for phone in phones:
        phone.text(number(7), 3.5, POST, sent=False, service="whatsapp")
    assert len((await linked(*phones)).flares) == 3
    assert not (await linked(*map(in_group, phones))).flares


async def test_an_advert_in_a_group_is_looked_at_like_any_other() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for phone in phones:
        phone.text(number(7), 3.5, offer("Rico"), sent=False, service="whatsapp")
    assert len((await linked(*map(in_group, phones))).flares) == 3


SUBS = msgspec.structs.replace(finding("subs 5 quid correct money pls", advert=True), advert_score=0.61)


def flares_of(*posts: tuple[int, TextFinding]) -> int:
    """Return how many broadcasts a phone has of a group in which these posted."""
    phone = Phone("A/1", 101)
    for day, (place, said) in enumerate(posts):
        phone.text(number(place), day + 1, said, sent=False, service="whatsapp")
    return len(in_group(phone).collected().flares)


def test_what_is_hardly_an_advert_is_talk_where_others_wrote_before() -> None:
    assert flares_of((7, POST), (8, finding("im in")), (7, SUBS), (9, SUBS)) == 0


@pytest.mark.parametrize(
    "posts",
    [
        ((7, SUBS),),
        ((7, POST), (7, SUBS)),
        ((8, finding("u on?")), (7, offer("Rico"))),
        ((8, finding("u on?")), (7, finding("both on 3 for 25", advert=True))),
    ],
)
def test_who_posts_alone_or_surely_advertises_posts_adverts(posts: tuple[tuple[int, TextFinding], ...]) -> None:
    assert flares_of(*posts) == 1


def test_of_who_surely_advertised_in_a_group_every_further_advert_counts() -> None:
    assert flares_of((7, offer("Rico")), (8, finding("u on?")), (7, SUBS)) == 2


@pytest.mark.parametrize("sent", [False, True])
async def test_who_is_in_a_group_with_a_lines_number_is_no_contact_of_it(*, sent: bool) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", number(1), phones, [1, 3, 5, 9])
    for phone in phones:
        phone.text(number(1), 2.5, finding("u about"), sent=True)
    alone, grouped = Phone("B/1", 110), Phone("B/2", 111)
    for phone in (alone, grouped):
        for day in (3, 4, 6):
            phone.text(number(1), day, finding("see you at the match"), sent=sent, service="whatsapp")
    linkage = await linked(*phones, alone, in_group(grouped))
    assert members(the_line(linkage, "Rico")) == {"A/0", "A/1", "A/2", "B/1"}


async def test_what_nobody_wrote_in_a_chat_makes_no_group_of_it() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for phone in phones:
        phone.text(number(7), 3.5, POST, sent=False, service="whatsapp")
        ((came, said),) = phone.rows
        assert isinstance(came, Message)
        note = msgspec.structs.replace(
            came,
            record_id=f"{came.record_id}-note",
            thread="chat",
            from_party=None,
            direction=Direction.UNKNOWN,
            body="Messages and calls are end-to-end encrypted.",
        )
        phone.rows = [(note, finding(note.body or "")), (msgspec.structs.replace(came, thread="chat"), said)]
    assert len((await linked(*phones)).flares) == 3
