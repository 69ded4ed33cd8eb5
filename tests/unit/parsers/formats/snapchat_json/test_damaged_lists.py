"""Behind a malformed stretch a message is of the list that it stands in, or of none that is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.records.facts import Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

LISTS = {
    name: [
        {
            "From": name,
            "Media Type": "TEXT",
            "Created": "2024-09-13 17:45:00 UTC",
            "Conversation Title": None,
            "IsSender": False,
            "Created(microseconds)": 1726249500000,
            "IsSaved": True,
            "Content": f"{name} {each}",
        }
        for each in range(3)
    ]
    for name in ("jay99", "bee11")
}


@pytest.mark.parametrize(
    ("old", "new", "lost", "thread"),
    [
        ('"jay99 1"', '"jay99 1', "jay99 1", "bee11"),
        ('"jay99 2"', '"jay99 2', "jay99 2", "bee11"),
        ('"jay99 2"}', '"jay99 2}', "jay99 2", "bee11"),
        ('"jay99 2"}], "bee11": [', '"jay99 2}], "bee11: [', "jay99 2", None),
    ],
)
def test_a_message_is_of_its_list(tmp_path: Path, old: str, new: str, lost: str, thread: str | None) -> None:
    path = tmp_path / "chat_history.json"
    content = json.dumps(LISTS)
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    result = read_path(path)
    found = [(message.body, message.thread) for message in of_kind(result, Message)]
    assert [pair for pair in found if pair[1] == "jay99"] == [
        (f"jay99 {each}", "jay99") for each in range(3) if f"jay99 {each}" != lost
    ]
    assert [pair for pair in found if pair[1] != "jay99"] == [(f"bee11 {each}", thread) for each in range(3)]
    assert codes_of(result).get("chat_untold", 0) == (thread is None)
    assert codes_of(result)["stretch_malformed"] == 1
