"""A line on WhatsApp alone, whose customers saved it under names of their own: one line, found by when it sends."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from search.linkage.model import Linkage, Relation
from tests.fakes.phones import Phone, finding, linked, members, number, offer

WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


async def told(saved_as: tuple[str, str], days: tuple[range, range], *, apart: float = 0.0) -> Linkage:
    """Return the linkage of two customers who got adverts of ``Rico`` under names that they saved."""
    phones = [Phone("A/1", 101), Phone("B/2", 102, case="OP/2")]
    for place, (phone, name, held) in enumerate(zip(phones, saved_as, days, strict=True)):
        for day in held:
            said = offer("Rico" if place == 0 or apart == 0 else "Echo", WORDINGS[day % len(WORDINGS)])
            phone.text(None, day + place * (apart or 0.001), said, sent=False, name=name, service="whatsapp")
    return await linked(*phones)


async def test_what_comes_under_two_saved_names_in_the_same_minutes_day_after_day_is_one_line() -> None:
    linkage = await told(("R", "Man"), (range(12), range(3, 15)))
    (line,) = linkage.lines
    assert members(line) == {"A/1", "B/2"}
    assert "one_broadcast" in {join.kind for join in line.joins}


async def test_the_same_wordings_hours_apart_say_nothing() -> None:
    linkage = await told(("R", "Man"), (range(12), range(12)), apart=0.3)
    assert len(linkage.lines) == 2


async def test_two_days_are_too_few() -> None:
    linkage = await told(("R", "Man"), (range(12), range(10, 22)))
    assert "one_broadcast" not in {join.kind for line in linkage.lines for join in line.joins}


ACCOUNT = "user1132372"
LINE, OTHER = number(1), number(2)


def told_by(phone: Phone, sender: str | None, name: str | None, *, days: Sequence[int], shift: float = 0.0) -> None:
    """Let the phone receive adverts of ``Rico`` by an application, whose ids are no numbers, and answer each."""
    service = "telegram" if sender is not None else "whatsapp"
    for day in days:
        phone.text(
            sender, day + shift, offer("Rico", WORDINGS[day % len(WORDINGS)]), sent=False, name=name, service=service
        )


async def seen_by_id(
    saved: Sequence[tuple[str, str]],
    *,
    shown_as: str = "Man",
    beside: str = LINE,
    shift: float = 0.00002,
    further: str | None = None,
) -> Linkage:
    """Return the linkage of a phone that shows an id, and of two that show a number.

    Args:
        saved: What the first one has in its contacts: numbers with names.
        shown_as: The name beside the id.
        beside: From which number the others got the broadcasts.
        shift: Days by which these came later.
        further: Another id under the name.
    """
    phones = [Phone("A/1", 101), Phone("B/2", 102), Phone("C/3", 103)]
    for other, name in saved:
        phones[0].save(other, name)
    told_by(phones[0], ACCOUNT, shown_as, days=range(12))
    said = finding("are you about")
    phones[0].text(ACCOUNT, 3.5, said, sent=True, name=shown_as, service="telegram")
    if further is not None:
        phones[0].text(further, 3.6, said, sent=False, name=shown_as, service="telegram")
    for phone in phones[1:]:
        told_by(phone, beside, None, days=range(12), shift=shift)
    return await linked(*phones)


def relations(linkage: Linkage, phone: str) -> set[Relation]:
    (line,) = linkage.lines
    return {row.relation for row in line.devices if row.device_id == f"dv-{phone}"}


async def test_an_id_has_the_number_that_is_saved_under_its_name() -> None:
    linkage = await seen_by_id([(LINE, "Man"), (OTHER, "Mum")], shift=0.3)
    (line,) = linkage.lines
    assert ([found.number for found in line.numbers], members(line)) == ([LINE], {"A/1", "B/2", "C/3"})
    assert relations(linkage, "A/1") == {Relation.RECEIVED_ADVERTS, Relation.CONTACT_OF_LINE}


async def test_an_id_has_the_number_from_which_its_broadcasts_came_elsewhere_in_the_same_seconds() -> None:
    linkage = await seen_by_id([])
    (line,) = linkage.lines
    assert ([found.number for found in line.numbers], members(line)) == ([LINE], {"A/1", "B/2", "C/3"})
    assert relations(linkage, "A/1") == {Relation.RECEIVED_ADVERTS, Relation.CONTACT_OF_LINE}


@pytest.mark.parametrize(
    ("saved", "further"),
    [
        ([], None),
        ([(LINE, "Mum")], None),
        ([(LINE, "Man"), (OTHER, "Man")], None),
        ([(LINE, "Man")], "user9900112"),
    ],
)
async def test_a_name_that_is_not_one_number_and_one_account_says_nothing(
    saved: Sequence[tuple[str, str]], further: str | None
) -> None:
    linkage = await seen_by_id(saved, shift=0.3, further=further)
    assert all(Relation.CONTACT_OF_LINE not in {row.relation for row in line.devices} for line in linkage.lines)
    assert all(members(line) != {"A/1", "B/2", "C/3"} or line.joins for line in linkage.lines)


async def test_broadcasts_from_another_number_in_the_same_seconds_say_more_than_a_name() -> None:
    linkage = await seen_by_id([(OTHER, "Man")])
    (line,) = linkage.lines
    assert [found.number for found in line.numbers] == [LINE]


async def test_a_line_of_an_application_is_known_by_its_account() -> None:
    for account in ("user9900111", "withheld"):
        phones = [Phone("A/1", 101), Phone("B/2", 102, case="OP/2")]
        for phone in phones:
            told_by(phone, account, "R", days=range(12))
        lines = (await linked(*phones)).lines
        if account == "withheld":
            assert not any(line.numbers for line in lines), "a word is no account"
            continue
        (line,) = lines
        (found,) = line.numbers
        assert (found.number, found.succeeds) == (account, None)
        assert found.device_ids == tuple(sorted(phone.device_id for phone in phones))
        assert found.first_seen_at == line.first_seen_at


async def test_an_id_and_a_saved_name_whose_broadcasts_coincide_are_one_line() -> None:
    phones = [Phone("A/1", 101), Phone("B/2", 102, case="OP/2")]
    told_by(phones[0], ACCOUNT, "R", days=range(12))
    told_by(phones[1], None, "Man", days=range(3, 15), shift=0.001)
    (line,) = (await linked(*phones)).lines
    assert members(line) == {"A/1", "B/2"}
    assert "one_broadcast" in {join.kind for join in line.joins}


async def test_what_one_phone_saved_names_the_account_on_every_phone_and_each_text_counts_once() -> None:
    phones = [Phone("A/1", 101), Phone("B/2", 102), Phone("C/3", 103)]
    phones[0].save(LINE, "Man")
    for phone, name in ((phones[0], "Man"), (phones[1], "R")):
        told_by(phone, ACCOUNT, name, days=range(12))
        phone.text(ACCOUNT, 3.5, finding("are you about"), sent=True, name=name, service="telegram")
    told_by(phones[2], LINE, None, days=range(12), shift=0.3)
    phones[2].text(LINE, 3.5, finding("are you about"), sent=True)
    (line,) = (await linked(*phones)).lines
    contacts = {row.device_id: row for row in line.devices if row.relation is Relation.CONTACT_OF_LINE}
    assert [found.number for found in line.numbers] == [LINE]
    assert [contacts[phone.device_id].traffic_count for phone in phones] == [1, 1, 1]


HALVES = 0.0006
"""Days between what the two phones of a line send: 50 seconds."""


async def halved(
    *,
    name: str = "Rico",
    apart: float = HALVES,
    days: int = 12,
    of_its_own: bool = False,
    case: str = "OP/1",
    wordings: Sequence[str] = WORDINGS,
) -> Linkage:
    """Return the linkage of customers of whom half get the adverts of ``Rico`` from one number, half from another.

    Args:
        name: Under which name the other number sends.
        apart: Days by which it sends later.
        days: On how many days it sends.
        of_its_own: It sends its wordings in another order.
        case: The case of those who get them from there.
        wordings: What both send.
    """
    phones = [Phone(f"A/{place}", 101 + place, case="OP/1" if place < 3 else case) for place in range(6)]
    for day in range(20):
        for phone in phones[:3]:
            phone.text(LINE, day, offer("Rico", wordings[day % len(wordings)]), sent=False)
    for day in range(4, 4 + days):
        for phone in phones[3:]:
            wording = wordings[(day + of_its_own) % len(wordings)]
            phone.text(OTHER, day + apart, offer(name, wording), sent=False)
    return await linked(*phones)


async def test_two_numbers_of_which_each_has_half_of_the_list_are_one_line() -> None:
    (line,) = (await halved()).lines
    assert {held.number for held in line.numbers} == {LINE, OTHER}
    assert {held.succeeds for held in line.numbers} == {None}, "both at once: neither follows the other"
    (join,) = {join.sentence for join in line.joins if join.kind == "one_broadcast"}
    assert "12 broadcasts" in join
    assert "on 12 days" in join


async def test_a_few_coincidences_of_many_broadcasts_join_nothing() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for day in range(20):
        for phone in phones[:3]:
            phone.text(LINE, day, offer("Rico", WORDINGS[day % len(WORDINGS)]), sent=False)
        # four days at once, else hours later
        for phone in phones[3:]:
            phone.text(OTHER, day + (HALVES if day < 4 else 0.3), offer("Rico", WORDINGS[day % 3]), sent=False)
    linkage = await linked(*phones)
    assert "one_broadcast" not in {join.kind for line in linkage.lines for join in line.joins}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": "Echo"}, id="under another name"),
        pytest.param({"apart": 0.02}, id="half an hour later, as one copies who got it"),
        pytest.param({"days": 2}, id="on two days"),
        pytest.param({"of_its_own": True}, id="in other wordings"),
        pytest.param({"case": "OP/2", "days": 5}, id="in two cases, on five days"),
        pytest.param({"wordings": WORDINGS[:1]}, id="in one everyday wording"),
        pytest.param({"case": "OP/2", "wordings": WORDINGS[:2]}, id="in two cases, in two wordings"),
    ],
)
async def test_two_numbers_stay_apart(other: dict[str, object]) -> None:
    linkage = await halved(**other)  # type: ignore[arg-type]  # each by its name
    assert all({LINE, OTHER} - {held.number for held in line.numbers} for line in linkage.lines)
