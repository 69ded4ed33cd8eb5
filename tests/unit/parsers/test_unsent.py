from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Direction
from parsers.unsent import is_failed, is_unsent
from tests.unit.parsers.made_records import message


@pytest.mark.parametrize(("direction", "status", "recipients", "is_one"), [
    (Direction.OUTGOING, "failed", 1, True),
    (Direction.OUTGOING, "Sending failed", 1, True),
    (Direction.OUTGOING, "failed", 3, False),  # it may have reached the others
    (Direction.OUTGOING, "queued", 1, False),
    (Direction.OUTGOING, "unsent", 1, False),
    (Direction.OUTGOING, "delivered", 1, False),
    (Direction.INCOMING, "failed", 1, False),
    (Direction.UNKNOWN, "failed", 1, False),
])  # fmt: skip
def test_what_failed_to_send_went_to_nobody(
    direction: Direction, status: str, recipients: int, *, is_one: bool
) -> None:
    made = message("1", direction=direction)
    made = msgspec.structs.replace(made, status=status, to=tuple(made.to or (made.from_party,)) * recipients)
    assert (is_failed(made), is_unsent(made)) == (is_one, is_one)
