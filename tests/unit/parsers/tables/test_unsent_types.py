"""A message that was not sent went out, and says so in its status, wherever the table states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import messages_of, read_text


@pytest.mark.parametrize(
    ("said", "direction", "status"),
    [
        ("Failed", "outgoing", "Failed"),
        ("Queued", "outgoing", "Queued"),
        ("Sent", "outgoing", None),
        ("Received", "incoming", None),
        ("Draft", "draft", None),
    ],
)
def test_a_type_that_says_that_it_was_not_sent_is_the_status(
    tmp_path: Path, said: str, direction: str, status: str | None
) -> None:
    (message,) = messages_of(
        read_text(tmp_path, f"Type,Time,Number,Message\n{said},2024-01-22 10:00:00,07700900123,hi\n")
    )
    assert (message.direction.value, message.status) == (direction, status)
    assert ("Type", said) in message.extra


def test_a_status_of_its_own_stays(tmp_path: Path) -> None:
    (message,) = messages_of(
        read_text(tmp_path, "Type,Status,Time,Number,Message\nFailed,Read,2024-01-22 10:00:00,07700900123,hi\n")
    )
    assert message.status == "Read"
