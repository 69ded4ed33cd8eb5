"""A message to a group, or from nobody who is named, counts once however a tool tells who is on its other side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from parsers.records.facts import Direction, Message
from parsers.records.values import Party
from tests.unit.ingest.same_facts.test_near_facts import GROUP, PEOPLE, counted, text

OTHER_GROUP = "447700900102-1500000000@g.us"
NAMES = (Party(name="Jay"), Party(name="Mo"))


def sent(*to: Party, second: float = 10, body: str = "omw", **more: Any) -> Message:
    """A message to a group."""
    return text(second, body, *to, **{"service": "whatsapp"} | more)


def untold(second: float = 10, **more: Any) -> Message:
    """What came in, and nobody says from whom."""
    return text(second, **{"from_party": None, "direction": Direction.INCOMING} | more)


ACCOUNT, OTHER_ACCOUNT = "user5133306919", "user5133311914"


def to_account(account: str = ACCOUNT) -> Message:
    """As Telegram's own export has it."""
    return sent(Party(account, name="Jay"), service="telegram", thread=account)


def from_account() -> Message:
    """The same, come in."""
    return text(10, service="telegram", from_party=Party(ACCOUNT, name="Jay"))


def to_number(place: int = 0, second: float = 10) -> Message:
    """As other tools have it."""
    return sent(PEOPLE[place], second=second, service="telegram")


TO_GROUP = sent(Party(GROUP, name="Party Grp"), thread=GROUP)


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        ([TO_GROUP], [sent(*PEOPLE[:2], thread="2")], 1),
        ([TO_GROUP], [sent(*NAMES)], 1),
        ([sent(*PEOPLE[:2], thread="2")], [sent(*NAMES, thread="7")], 1),
        ([sent(Party(name="chat99"), service="imessage")], [sent(*PEOPLE[:2], service="sms", thread="chat99")], 1),
        ([untold()], [text(10)], 1),
        ([untold()], [untold()], 1),
        ([to_account()], [to_number()], 1),
        ([to_account()], [sent(Party(ACCOUNT[4:]), service="telegram")], 1),
        ([from_account()], [text(10, service="telegram")], 1),
        ([to_account(), to_account(OTHER_ACCOUNT)], [to_number(), to_number(1)], 2),
        # what may be two stays two
        ([to_account()], [sent(Party(OTHER_ACCOUNT), service="telegram")], 2),
        ([to_account()], [to_number(second=12)], 2),
        ([to_account()], [to_number(), to_number(1)], 3),
        ([to_account()], [sent(PEOPLE[0], service="sms")], 2),
        ([to_account()], [sent(*PEOPLE[:2], service="telegram")], 2),
        ([to_number()], [to_number(1)], 2),
        ([TO_GROUP], [sent(Party(OTHER_GROUP), thread=OTHER_GROUP)], 2),
        ([sent(*PEOPLE[:2])], [sent(*PEOPLE[2:5])], 2),
        ([sent(*PEOPLE[:2], service="sms")], [sent(*PEOPLE[2:4], service="sms")], 2),
        ([TO_GROUP], [sent(PEOPLE[0])], 2),
        ([TO_GROUP], [sent(*NAMES, second=13)], 2),
        ([TO_GROUP], [sent(*NAMES, body="on my way")], 2),
        ([TO_GROUP], [sent(*NAMES, service="signal")], 2),
        ([TO_GROUP, sent(Party(OTHER_GROUP), thread=OTHER_GROUP)], [sent(*NAMES)], 3),
        ([untold()], [text(10), text(10, from_party=PEOPLE[1])], 3),
        ([text(10)], [text(10, from_party=PEOPLE[1])], 2),
    ],
)
def test_sides_told_unlike(tmp_path: Path, one: Sequence[Message], other: Sequence[Message], facts: int) -> None:
    assert counted(tmp_path / "one", one, other) == facts
    assert counted(tmp_path / "other", other, one) == facts


def test_facts_of_one_delivery_are_left_as_they_were_paired(tmp_path: Path) -> None:
    assert counted(tmp_path / "x", [TO_GROUP], [sent(*NAMES)], together=(0, 1)) == 2


def test_the_order_of_three_readings_decides_nothing(tmp_path: Path) -> None:
    readings = ([TO_GROUP, text(50, "ok")], [sent(*PEOPLE[:2], thread="2")], [sent(*NAMES)])
    found = {counted(tmp_path / str(number), *each) for number, each in enumerate(permutations(readings))}
    assert found == {2}
