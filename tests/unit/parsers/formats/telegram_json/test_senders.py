"""Who is the owner of a chat of two that was exported alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parsers.records.facts import Direction
from tests.fakes.deliveries import messages_of, read_content

JAY, ME, DELETED = "user123", "user999", "user555"


def _chat(*senders: tuple[str | int | None, str | None], number: int = 123, behind: bool = False) -> str:
    messages = [
        {
            "id": place,
            "type": "message",
            "date": "2024-05-13T11:11:12",
            "from": name,
            **({} if sender is None else {"from_id": sender}),
            "text": 'hi "from_id": "user777"',
        }
        for place, (sender, name) in enumerate(senders, 1)
    ]
    head: dict[str, Any] = {"name": "Jay", "type": "personal_chat", "id": number}
    return json.dumps({"messages": messages, **head} if behind else {**head, "messages": messages})


def _told(content: str) -> list[tuple[Direction, bool | None]]:
    found = messages_of(read_content(content))
    return [(each.direction, None if each.from_party is None else each.from_party.is_owner) for each in found]


IN, OUT, OPEN = (Direction.INCOMING, False), (Direction.OUTGOING, True), (Direction.UNKNOWN, None)


@pytest.mark.parametrize("behind", [False, True])
def test_of_several_who_are_not_the_other_one_none_is_the_owner(behind: bool) -> None:  # noqa: FBT001 - a case
    assert _told(_chat((JAY, "Jay"), (ME, "Me"), (DELETED, None), behind=behind)) == [IN, OPEN, OPEN]
    assert _told(_chat((123, "Jay"), (999, "Me"), number=1, behind=behind)) == [OPEN, OPEN]
    assert _told(_chat((None, "Jay"), (None, "Me"), (None, "Kit"), behind=behind)) == [IN, OPEN, OPEN]


def test_one_who_is_not_the_other_one_is_the_owner() -> None:
    assert _told(_chat((JAY, "Jay"), (ME, "Me"), (ME, "Kit"))) == [IN, OUT, OUT]
    assert _told(_chat((None, "Jay"), (None, "Me"))) == [IN, OUT]
    assert _told(_chat((ME, "Me"))) == [OUT]


def test_whom_the_export_names_as_the_owner_is_the_owner_whoever_else_writes() -> None:
    held = json.loads(_chat((JAY, "Jay"), (ME, "Me"), (DELETED, None)))
    account = {"personal_information": {"user_id": 999, "first_name": "Me"}, "chats": {"list": [held]}}
    assert _told(json.dumps(account)) == [IN, OUT, IN]
