"""Phones that many know, and that a line rings as all others do: a taxi's, a takeaway's."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from search.linkage.decisions import Decision, LineKey, SenderKey, Verdict
from search.linkage.linkage import compute_linkage
from search.linkage.model import Band, Linkage
from tests.fakes.phones import Phone, campaign, finding, index_of, instant, link_between, linked, number, offer

LINE, SECOND, KNOWN = number(1), number(2), number(400)
WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
SPLIT = Decision(
    decision_id="dc-1",
    decided_at=instant(90),
    decided_by="dc 1234",
    verdict=Verdict.SPLIT,
    lines=tuple(LineKey(label=sender, senders=(SenderKey(sender=sender),)) for sender in (LINE, SECOND)),
    note="read them",
)


def talk(one: Phone, other: Phone, day: float, times: int = 3) -> None:
    """Let two phones write to each other; both hold it."""
    for place in range(times):
        one.text(other.own or KNOWN, day + place / 100, finding(f"be there at {place}"), sent=True)
        other.text(one.own or KNOWN, day + place / 100, finding(f"be there at {place}"), sent=False)


def of_a_line(numbers: Sequence[str] = (LINE,)) -> tuple[Phone, list[Phone]]:
    """Return a line's phone and those of ten who get its adverts; further numbers follow on the first."""
    held = [Phone(f"JB/{place}", 101 + place) for place in range(10)]
    own = Phone("HW/1", 1)
    for turn, sender in enumerate(numbers):
        for place, wording in enumerate(WORDINGS):
            campaign("Rico", sender, held, range(30 * turn + place, 30 * turn + 28, 9), wording)
        for place, phone in enumerate(held):
            phone.text(sender, 30 * turn + 4 + place / 10, finding("u about"), sent=True)
    for day in (1, 10, 19):
        for place, phone in enumerate(held):
            own.text(str(phone.own), day + place / 1440, offer("Rico", WORDINGS[1]), sent=True)
    return own, held


def against(linkage: Linkage, a: Phone, b: Phone) -> list[str]:
    link = link_between(linkage, a, b)
    return [] if link is None else [said.sentence for said in link.against if said.kind == "hub_number"]


@pytest.mark.parametrize(
    ("knowing", "unconcerned", "times", "band", "is_said"),
    [
        (10, 0, 3, Band.MODERATE, True),
        (5, 5, 3, Band.WEAK, True),
        (4, 0, 3, Band.STRONG, False),
        (5, 5, 9, Band.MODERATE, True),
    ],
    ids=["its customers ring it", "a taxi", "few know it", "a driver who is with the line more than with others"],
)
@pytest.mark.parametrize("own", [400, None], ids=["its number is known", "it is not"])
async def test_texts_and_calls_alone_of_a_phone_that_many_know_make_no_strong_link(
    knowing: int,
    unconcerned: int,
    times: int,
    band: Band,
    is_said: bool,  # noqa: FBT001  # a case of the test
    own: int | None,
) -> None:
    line, held = of_a_line()
    taxi = Phone("FG/1", own)
    others = [Phone(f"ZZ/{place}", 301 + place) for place in range(unconcerned)]
    talk(line, taxi, 12, times)
    for phone in (*held[:knowing], *others):
        talk(phone, taxi, 14)
    linkage = await linked(line, *held, *others, taxi)
    for other in (line, held[0]):
        link = link_between(linkage, taxi, other)
        assert link is not None
        assert link.band is band
        assert bool(against(linkage, taxi, other)) is is_said
    if is_said:
        (said,) = against(linkage, taxi, line)
        assert said.startswith(
            f"FG/1 (case OP/1) has texts or calls with 10 of {11 + unconcerned} other devices held, which received "
            "adverts of the line Rico or have nothing to do with it: "
        )
    assert against(linkage, line, held[0]) == []


async def test_who_orders_of_a_line_has_to_do_with_it_however_many_know_him() -> None:
    line, held = of_a_line()
    customer = Phone("CU/1", 400)
    for day in (3, 5, 7):
        customer.text(LINE, day, msgspec.structs.replace(finding("can i get 3"), order_score=0.9), sent=True)
    for phone in held[:7]:
        talk(customer, phone, 14)
    link = link_between(await linked(line, *held, customer), customer, line)
    assert link is not None
    assert link.band is Band.STRONG


async def test_the_people_of_ones_own_list_are_no_many_who_know_one() -> None:
    """Two lines' phones that write to each other, with customers of both who write back."""
    rico, held = of_a_line()
    vegas = Phone("VG/1", 300)
    for day in (2, 11, 20):
        for place, phone in enumerate(held):
            vegas.text(str(phone.own), day + place / 1440, offer("Vegas", WORDINGS[0]), sent=True)
            phone.text(str(vegas.own), day + place / 1440, offer("Vegas", WORDINGS[0]), sent=False)
    for phone in held:
        talk(phone, vegas, 15)
    talk(rico, vegas, 12)
    linkage = await linked(rico, *held, vegas)
    assert against(linkage, rico, vegas) == []


@pytest.mark.parametrize("is_advert", [False, True])
async def test_who_sends_many_texts_of_another_kind_is_known_by_them(*, is_advert: bool) -> None:
    """A trainer's phone: parents get his notices, and one of them, who holds a line's phone, writes back."""
    line, held = of_a_line()
    trainer = Phone("TR/1", 300)
    people = [*held, *(Phone(f"ZZ/{place}", 301 + place) for place in range(6))]
    said = offer("Vegas", WORDINGS[0]) if is_advert else finding("training is on at six today bring water")
    for day in (2, 11, 20):
        for place, other in enumerate((*people, line)):
            trainer.text(str(other.own), day + place / 1440, said, sent=True)
            other.text(str(trainer.own), day + place / 1440, said, sent=False)
    talk(line, trainer, 12)
    linkage = await linked(line, *people, trainer)
    for other in (line, held[0]):
        link = link_between(linkage, trainer, other)
        assert link is not None
        assert (link.band is Band.WEAK) is not is_advert
        sentences = against(linkage, trainer, other)
        assert bool(sentences) is not is_advert
        assert all("one of many that it sends texts to which are no adverts" in said for said in sentences)


async def test_texts_with_a_number_that_two_phones_state_are_nobodys() -> None:
    line, held = of_a_line()
    one, other = Phone("MB/1", 400), Phone("MB/2", 400)
    for phone in held:
        phone.text(str(one.own), 14, finding("on my way"), sent=True)
    one.text(LINE, 12, finding("outside"), sent=True)
    one.text(str(number(600)), 12, finding("hi"), sent=True)
    other.text(str(number(600)), 12, finding("hi"), sent=True)
    linkage = await linked(line, *held, one, other)
    assert against(linkage, one, line) == []


async def test_who_has_to_do_with_those_who_work_for_a_line_is_known_by_no_many() -> None:
    """Six phones that write to the line and got no adverts, and one that writes to all six and to the line."""
    line, held = of_a_line()
    boss = Phone("CT/1", 400)
    runners = [Phone(f"RN/{place}", 201 + place) for place in range(6)]
    for runner in runners:
        talk(line, runner, 12)
        talk(boss, runner, 13)
    talk(line, boss, 12)
    linkage = await linked(line, *held, *runners, boss)
    link = link_between(linkage, boss, line)
    assert link is not None
    assert link.band is Band.STRONG
    assert against(linkage, boss, line) == []


async def test_who_got_adverts_is_a_recipient_however_many_know_him() -> None:
    line, held = of_a_line()
    for phone in held[1:]:
        talk(held[0], phone, 14)
    linkage = await linked(line, *held)
    link = link_between(linkage, held[0], line)
    assert link is not None
    assert link.band is Band.STRONG


@pytest.mark.parametrize("decisions", [(), (SPLIT,)], ids=["one line", "split"])
async def test_a_line_that_is_split_makes_no_link_by_texts_and_calls_stronger(decisions: tuple[Decision, ...]) -> None:
    """One text with each number; in each half it is as doubtful whether the phone is of the line as it was."""
    line, held = of_a_line((LINE, SECOND))
    other = Phone("FG/1", 400)
    other.text(LINE, 12, finding("outside now"), sent=True)
    other.text(SECOND, 45, finding("outside now"), sent=True)
    linkage = await compute_linkage(await index_of([line, *held, other]), decisions=decisions)
    assert len(linkage.lines) == 1 + len(decisions)
    link = link_between(linkage, other, held[0])
    assert link is not None
    assert link.band is Band.MODERATE
