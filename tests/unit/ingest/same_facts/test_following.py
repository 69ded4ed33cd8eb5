"""What repeats a message by the minute, or by a name, stays with it when that message is told to be a third one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from parsers.records.facts import Message
from tests.unit.ingest.same_facts.test_named_facts import JAY, alone, came, in_all_orders, rough
from tests.unit.ingest.same_facts.test_near_facts import PEOPLE, counted, text

MORE = [text(50, "more"), text(52, "and more")]
UNTOLD = text(10, from_party=None)


@pytest.mark.parametrize(
    ("readings", "facts"),
    [
        # seconds apart, and a copy by the minute or under names
        (([text(10), *MORE], [text(11)], [rough(text(10))]), 3),
        (([text(10), text(30), *MORE], [text(11), text(31)], [rough(text(10))] * 2), 4),
        (([came(10, JAY), *MORE], [came(11, JAY)], [alone(came(11, JAY))]), 3),
        # nobody named in one of them
        (([text(10)], [UNTOLD], [rough(text(10))]), 1),
        # no more follow than went
        (([text(10), *MORE], [text(11)], [rough(text(10))] * 2), 4),
    ],
)
def test_a_copy_stays_with_what_it_repeats(tmp_path: Path, readings: Sequence[list[Message]], facts: int) -> None:
    assert in_all_orders(tmp_path, *readings) == facts


def test_a_broadcast_stays_as_many_as_it_went_to(tmp_path: Path) -> None:
    sent = [text(10 + place, "on both", each) for place, each in enumerate(PEOPLE)]
    later = [text(11 + place, "on both", each) for place, each in enumerate(PEOPLE[:9])]
    for number, order in enumerate(permutations((sent, later, [*map(rough, sent)]))):
        assert counted(tmp_path / str(number), *order) == len(PEOPLE)
