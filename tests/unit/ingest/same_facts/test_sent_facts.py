"""A text that one delivery dates by its arrival and another by its sending counts once; two texts stay two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from parsers.records.facts import Direction, Message
from parsers.records.values import MessageTimes, Party
from tests.unit.ingest.same_facts.test_near_facts import JAY, PEOPLE, at, counted, text


def came(second: float, sent: float, body: str = "u about", sender: Party = JAY) -> Message:
    """Return a text as a handset states it: when it came, and when it was sent."""
    return text(second, body, from_party=sender, times=MessageTimes(sent=at(sent)))


@pytest.mark.parametrize(
    ("handset", "card", "facts"),
    [
        ([came(40, 10)], [text(10)], 1),
        ([came(40, 10)], [text(10.4)], 1),
        ([came(40, 10)], [text(13)], 2),
        ([came(40, 10)], [text(10, "u about?")], 2),
        ([came(40, 10, sender=PEOPLE[1])], [text(10)], 2),
        ([came(40, 10)], [text(10, service="whatsapp")], 2),
        ([came(40, 10)], [text(10), text(20)], 2),
        # what one delivery lists as two stays two
        ([came(40, 10)], [text(10), text(10)], 2),
        ([came(40, 10)], [text(10), text(40)], 2),
        ([came(40, 10), came(50, 10)], [text(10)], 2),
        ([came(40, 10), came(50, 10)], [text(10), text(10)], 2),
        ([came(40, 10), text(10)], [text(10)], 2),
        ([came(40, 10), text(10)], [text(10), text(10)], 2),
        ([came(40, 10), came(100, 70)], [text(10), text(300)], 3),
        ([came(40, 10)], [came(40, 10)], 1),
    ],
)
def test_a_copy_that_is_dated_by_its_sending_counts_once(
    tmp_path: Path, handset: Sequence[Message], card: Sequence[Message], facts: int
) -> None:
    assert counted(tmp_path / "one", handset, card) == facts
    assert counted(tmp_path / "other", card, handset) == facts


def test_what_went_out_has_no_arrival(tmp_path: Path) -> None:
    sent = text(40, "u about", JAY, direction=Direction.OUTGOING, times=MessageTimes(sent=at(10)))
    assert counted(tmp_path / "x", [sent], [text(10, "u about", JAY)]) == 2


def test_facts_of_one_delivery_are_left_as_they_were_paired(tmp_path: Path) -> None:
    assert counted(tmp_path / "x", [came(40, 10)], [text(10)], together=(0, 1)) == 2


def test_the_order_of_three_readings_decides_nothing(tmp_path: Path) -> None:
    readings = ([came(40, 10), came(90, 65, "yo")], [text(10), text(65, "yo")], [came(41, 10)])
    found = {counted(tmp_path / str(number), *each) for number, each in enumerate(permutations(readings))}
    assert found == {2}
