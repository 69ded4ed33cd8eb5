"""A message without a direction counts once with the one that has it; where that is not sure, both count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.values import Party
from tests.unit.ingest.same_facts.test_near_facts import JAY, PEOPLE, call, counted, text

OWNER = Party("+447700900999", "+447700900999")
KAY = PEOPLE[1]


def untold(second: float, sender: Party | None, *to: Party, body: str = "u about", **more: Any) -> Message:
    """Return a text as a bundle without an owner states it."""
    return text(second, body, from_party=sender, to=to, direction=Direction.UNKNOWN, **more)


@pytest.mark.parametrize(
    ("bundle", "handset", "facts"),
    [
        ([untold(10, JAY, OWNER)], [text(10)], 1),
        ([untold(10, JAY)], [text(10)], 1),
        ([untold(10, OWNER, JAY)], [text(10, "u about", JAY)], 1),
        ([untold(10, None, JAY)], [text(10, "u about", JAY)], 1),
        ([untold(10, OWNER, JAY, KAY)], [text(10, "u about", JAY, KAY)], 1),
        ([untold(10, OWNER, JAY), untold(20, JAY, OWNER)], [text(10, "u about", JAY), text(20)], 2),
        # another second, text, application or side
        ([untold(13, JAY, OWNER)], [text(10)], 2),
        ([untold(10, JAY, OWNER, body="u about?")], [text(10)], 2),
        ([untold(10, JAY, OWNER, service="whatsapp")], [text(10)], 2),
        ([untold(10, KAY, OWNER)], [text(10)], 2),
        ([untold(10, OWNER, JAY)], [text(10)], 2),
        ([untold(10, OWNER, JAY, KAY)], [text(10, "u about", JAY)], 2),
        # which of them is the same is not sure
        ([untold(10, JAY, KAY)], [text(10), text(10, "u about", KAY)], 3),
        ([untold(10, JAY, OWNER), untold(10, JAY, KAY)], [text(10)], 3),
        ([untold(10, JAY, OWNER), untold(10, JAY, OWNER)], [text(10), text(10)], 2),
        ([untold(10, JAY, OWNER), text(10)], [text(10)], 2),
        # nothing to compare
        ([untold(10, JAY, OWNER, body="")], [text(10, "")], 2),
        ([untold(10, JAY, OWNER)], [untold(10, JAY, OWNER)], 1),
    ],
)
def test_a_message_without_a_direction_is_one_with_its_like(
    tmp_path: Path, bundle: Sequence[Message], handset: Sequence[Message], facts: int
) -> None:
    assert counted(tmp_path / "one", bundle, handset) == facts
    assert counted(tmp_path / "other", handset, bundle) == facts


def test_facts_of_one_delivery_are_left_as_they_were_paired(tmp_path: Path) -> None:
    assert counted(tmp_path / "x", [untold(10, JAY, OWNER)], [text(10)], together=(0, 1)) == 2


def test_the_order_of_three_readings_decides_nothing(tmp_path: Path) -> None:
    readings = ([untold(10, JAY, OWNER), untold(20, OWNER, KAY)], [text(10)], [text(10), text(20, "u about", KAY)])
    found = {counted(tmp_path / str(number), *each) for number, each in enumerate(permutations(readings))}
    assert found == {2}


def way(record: Call, kind: CallType, seconds: float = 65, *to: Party) -> Call:
    """Return a call as a tool states it: how it went, how long it took, and whom it went to."""
    sender = None if to else record.from_party
    return msgspec.structs.replace(record, call_type=kind, duration_seconds=seconds, from_party=sender, to=to)


@pytest.mark.parametrize(
    ("bundle", "handset", "facts"),
    [
        ([way(call(10), CallType.UNKNOWN, 65, JAY)], [way(call(10), CallType.INCOMING)], 1),
        ([way(call(10), CallType.UNKNOWN, 65, JAY)], [way(call(10), CallType.OUTGOING, 65, JAY)], 1),
        ([way(call(10), CallType.UNKNOWN, 0, JAY)], [way(call(10), CallType.MISSED, 0)], 1),
        ([way(call(10), CallType.UNKNOWN)], [way(call(10), CallType.INCOMING)], 1),
        ([way(call(10), CallType.UNKNOWN)], [way(call(10), CallType.OUTGOING, 65, JAY)], 2),
        ([way(call(10), CallType.UNKNOWN, 65, JAY)], [way(call(13), CallType.INCOMING)], 2),
        ([way(call(10), CallType.UNKNOWN, 66, JAY)], [way(call(10), CallType.INCOMING)], 2),
        ([way(call(10), CallType.UNKNOWN, 65, KAY)], [way(call(10), CallType.INCOMING)], 2),
        (
            [way(call(10), CallType.UNKNOWN, 65, JAY)],
            [way(call(10), CallType.INCOMING), way(call(10), CallType.OUTGOING, 65, JAY)],
            3,
        ),
        ([way(call(10), CallType.UNKNOWN, 65, JAY)] * 2, [way(call(10), CallType.INCOMING)], 3),
    ],
)
def test_a_call_without_a_way_is_one_with_its_like(
    tmp_path: Path, bundle: Sequence[Call], handset: Sequence[Call], facts: int
) -> None:
    assert counted(tmp_path / "one", bundle, handset) == facts
    assert counted(tmp_path / "other", handset, bundle) == facts
