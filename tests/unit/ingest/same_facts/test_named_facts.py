"""A table that shows names for numbers, beside a reading that has the numbers: each message counts once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parsers.records.facts import Contact, Message, Record
from parsers.records.values import Moment, NumberRef, Party, SourceRef
from tests.unit.ingest.same_facts.test_near_facts import NAMES, PEOPLE, SHA, counted, text

NUMBERED = tuple(Party(each.raw, each.e164, name) for each, name in zip(PEOPLE, ("Jay", "Jay", "Mo"), strict=False))
JAY, OTHER_JAY, MO = NUMBERED
NAMED = {each.name: Party(name=each.name) for each in NUMBERED}


def came(second: float, party: Party, body: str = "ok") -> Message:
    return text(second, body, from_party=party)


def gone(second: float, party: Party, body: str = "on both", **more: Any) -> Message:
    return text(second, body, party, **more)


def alone(message: Message) -> Message:
    """The same, with the name alone."""
    if message.from_party is not None:
        return msgspec.structs.replace(message, from_party=Party(name=message.from_party.name))
    return msgspec.structs.replace(message, to=tuple(Party(name=each.name) for each in message.to))


def rough(message: Message) -> Message:
    """The same, with hours and minutes alone."""
    minute = (message.time.utc or "")[:16]
    return msgspec.structs.replace(message, time=Moment(minute.replace("T", " "), f"{minute}:00.000Z"))


def saved(party: Party, name: str | None = None) -> Contact:
    return Contact(
        source=SourceRef(SHA, "x", None, "row", "p", "1"),
        record_id="r-" + "0" * 20,
        extraction_id=NAMES[0],
        name=name or party.name,
        numbers=(NumberRef(party.raw or "", party.e164),),
    )


def in_all_orders(folder: Path, *readings: Sequence[Record], together: Sequence[int] = ()) -> int:
    """Return how many facts count, whichever reading is which."""
    found = set()
    for number, order in enumerate(permutations(range(len(readings)))):
        within = [order.index(place) for place in together]
        found.add(counted(folder / str(number), *(readings[place] for place in order), together=within))
    (count,) = found
    return count


TALK = [came(5, JAY), gone(9, MO), came(20, MO, "yes"), gone(31, JAY, "omw")]


@pytest.mark.parametrize(
    ("named", "numbered", "facts"),
    [
        ([*map(alone, TALK)], TALK, 4),
        ([*map(alone, TALK[:2])], TALK, 4),
        ([*map(alone, TALK)], TALK[:2], 4),
        # what differs stays
        ([alone(came(5, JAY))], [came(8, JAY)], 2),
        ([alone(came(5, JAY))], [came(5, MO)], 2),
        ([alone(came(5, JAY))], [came(5, PEOPLE[0])], 2),
        ([alone(came(5, JAY))], [came(5, JAY, "ok?")], 2),
        ([alone(came(5, JAY))], [gone(5, JAY, "ok")], 2),
        ([alone(gone(5, JAY))], [gone(5, JAY, service="whatsapp")], 2),
        # sent again within one second
        ([alone(came(5, JAY))] * 2, [came(5, JAY)], 2),
        ([alone(came(5, JAY))], [came(5, JAY)] * 2, 2),
        ([alone(came(5, JAY))] * 2, [came(5, JAY)] * 2, 2),
        # two people of one name, and one text to both: all of them, or none
        ([alone(gone(5, JAY))] * 2, [gone(5, JAY), gone(5, OTHER_JAY)], 2),
        ([alone(gone(5, JAY))], [gone(5, JAY), gone(5, OTHER_JAY)], 3),
        ([alone(gone(5, JAY))] * 3, [gone(5, JAY), gone(5, OTHER_JAY)], 5),
        ([alone(gone(5, JAY)), alone(gone(7, JAY))], [gone(5, JAY), gone(7, OTHER_JAY)], 2),
        # a delivery that has both
        ([alone(came(5, JAY)), came(5, JAY)], [came(5, JAY)], 2),
        ([alone(came(5, JAY)), came(5, JAY)], [alone(came(5, JAY))], 2),
    ],
)
def test_names_beside_numbers(tmp_path: Path, named: list[Message], numbered: list[Message], facts: int) -> None:
    assert in_all_orders(tmp_path, named, numbered) == facts


def test_a_broadcast_within_one_second_counts_once_for_each(tmp_path: Path) -> None:
    people = [Party(each.raw, each.e164, f"P{place}") for place, each in enumerate(PEOPLE)]
    sent = [gone(5, each) for each in people]
    assert in_all_orders(tmp_path / "a", [*map(alone, sent)], sent) == len(PEOPLE)
    assert in_all_orders(tmp_path / "b", [*map(alone, sent[:9])], sent[5:]) == len(PEOPLE)
    unnamed = [gone(5, each) for each in PEOPLE]
    assert in_all_orders(tmp_path / "c", [*map(alone, sent)], unnamed) == 2 * len(PEOPLE)


def test_a_contact_says_whose_number_a_name_is(tmp_path: Path) -> None:
    named, numbered = alone(came(5, JAY)), came(5, PEOPLE[0])
    assert in_all_orders(tmp_path / "a", [named], [numbered, saved(JAY)]) == 2
    assert in_all_orders(tmp_path / "b", [named], [numbered, came(5, PEOPLE[1]), saved(JAY)]) == 3
    assert in_all_orders(tmp_path / "c", [named], [numbered, saved(JAY), saved(OTHER_JAY)]) == 4, "it is two people's"
    assert in_all_orders(tmp_path / "d", [named], [came(5, PEOPLE[1]), saved(JAY)]) == 3


def test_three_readings(tmp_path: Path) -> None:
    named = [*map(alone, TALK)]
    assert in_all_orders(tmp_path / "a", named, TALK, [*map(rough, TALK)]) == 4
    assert in_all_orders(tmp_path / "b", named, TALK, [*map(rough, named)]) == 4
    assert in_all_orders(tmp_path / "c", named, TALK, named[:3]) == 4
    assert in_all_orders(tmp_path / "d", named, TALK[:3], TALK[1:]) == 4
    twice = [gone(5, JAY), gone(5, OTHER_JAY)]
    assert in_all_orders(tmp_path / "e", [*map(alone, twice)], twice, twice[:1]) == 2


def test_lists_of_one_delivery_are_left_as_they_were_paired(tmp_path: Path) -> None:
    named = [*map(alone, TALK)]
    assert in_all_orders(tmp_path / "a", named, TALK, together=(0, 1)) == 8
    assert in_all_orders(tmp_path / "b", named[:2], TALK[:2], TALK, together=(0, 1)) == 6
