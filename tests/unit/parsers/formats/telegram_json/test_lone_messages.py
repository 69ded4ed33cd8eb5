"""Messages that were cut out of an export are read where it is sure that they are some, and counted where it is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Direction
from tests.fakes.deliveries import bodies_of, calls_of, codes_of, is_balanced, messages_of, read_content

TEXT = {"type": "message", "date_unixtime": "1720430130", "from": "Zaro", "text": "u about"}


def message(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, **TEXT, "from_id": "user111", "text": f"text {number}", **more}


def read(*objects: dict[str, Any], end: str = "") -> ReadResult:
    result = read_content("\n".join(map(json.dumps, objects)) + end)
    assert is_balanced(result)
    return result


@pytest.mark.parametrize("held", [TEXT, {**TEXT, "id": 1}, {**TEXT, "date_unixtime": 1720430130}])
def test_one_message_is_read(held: dict[str, Any]) -> None:
    result = read(held)
    (found,) = messages_of(result)
    assert (found.body, found.time.utc, found.time.basis) == ("u about", "2024-07-08T09:15:30.000Z", "stated_utc")
    assert found.source.locator == f"no chat message {'1' if 'id' in held else 'no. 1'}"
    # Nothing says whose account it was in.
    assert (found.direction, found.thread) == (Direction.UNKNOWN, None)
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize("between", ["", "\n", "\r\n\r\n"])
def test_messages_one_behind_the_other_are_read(between: str) -> None:
    call = {"id": 4, "type": "service", "action": "phone_call", "date_unixtime": "1720430130", "actor": "Zaro"}
    result = read_content(between.join(json.dumps(each) for each in (message(1), message(2), message(3), call)))
    assert bodies_of(result) == ["text 1", "text 2", "text 3"]
    assert len(calls_of(result)) == 1
    assert result.state is ReadState.COMPLETE


def test_a_malformed_line_costs_itself() -> None:
    lines = [json.dumps(message(number)) for number in range(5)]
    lines[2] = lines[2].replace('"text 2"', '"text 2')
    result = read_content("\n".join([*lines, '{"other": 1}', json.dumps(message(5))[:-9]]))
    assert bodies_of(result) == ["text 0", "text 1", "text 3", "text 4"]
    codes = codes_of(result)
    assert (codes["stretch_malformed"], codes["element_unreadable"], codes["input_truncated"]) == (1, 2, 1)
    assert is_balanced(result)


def test_what_stands_behind_is_counted_one_by_one() -> None:
    result = read(message(1), end="\n[1, 2]\n[3]\nnotes")
    assert bodies_of(result) == ["text 1"]
    assert codes_of(result)["element_unreadable"] == 3
    chat = {"name": "Zaro", "type": "personal_chat", "id": 111, "messages": [message(1)]}
    result = read(chat, message(2), message(3))
    assert bodies_of(result) == ["text 1"]
    assert codes_of(result)["element_unreadable"] == 2


def test_an_object_that_is_no_message_and_has_no_lists_is_named() -> None:
    result = read({"from_id": "user111", "text": "u about"})
    assert not result.records
    assert codes_of(result)["element_unreadable"] == 1
    # Larger than any message is: it is walked as an export, and its lists are named.
    result = read({**message(1), "text": [{"type": "plain", "text": "x" * 100_000}]})
    assert result.state is not ReadState.COMPLETE or codes_of(result)


def test_times_as_numbers_without_dates_are_told_as_the_export_they_are() -> None:
    chat = {"messages": [{**TEXT, "date_unixtime": 1720430130}]}
    assert [found.time.utc for found in messages_of(read(chat))] == ["2024-07-08T09:15:30.000Z"]
