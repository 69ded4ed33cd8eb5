"""Behind a malformed stretch a message is of the chat that it stands in, or of none that is told."""

from __future__ import annotations

import json
from typing import Any

from parsers.outcome import ReadState
from parsers.records.facts import Message
from tests.unit.parsers.formats.telegram_json.test_telegram import codes_of, messages_of, read_content


def message(number: int, body: str) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2024-09-13T18:45:00",
        "date_unixtime": "1726249500",
        "from": "Jay",
        "from_id": "user111",
        "text": body,
    }


def export(indent: int | None = 1) -> str:
    chats = [
        {
            "name": name,
            "type": "personal_chat",
            "id": number,
            "messages": [message(100 + each, f"{name} {each}") for each in range(5)],
        }
        for number, name in ((111, "Jay"), (222, "Bee"))
    ]
    return json.dumps({"about": "x", "chats": {"about": "y", "list": chats}}, indent=indent)


def told(content: str) -> tuple[list[tuple[str | None, str]], dict[str, int]]:
    result = read_content(content)
    for rows in result.tally.values():
        assert all(row.seen == row.indexed + row.merged + row.noticed for row in rows.values())
    # how much stood in a stretch nothing says: a region was unreadable
    assert "stretch_malformed" not in codes_of(result) or result.state is ReadState.PARTIAL
    found: list[Message] = messages_of(result)
    return [(each.body, each.source.locator.partition(" message")[0]) for each in found], codes_of(result)


WHOLE = [(f"{name} {each}", f"chat {number}") for number, name in ((111, "Jay"), (222, "Bee")) for each in range(5)]


def test_a_lost_quote_costs_its_message() -> None:
    for indent in (None, 1):
        found, codes = told(export(indent).replace('"Jay 2"', '"Jay 2'))
        assert found == [*WHOLE[:2], *WHOLE[3:]]
        assert codes == {"stretch_malformed": 1, "element_unreadable": 1}


def test_the_chat_whose_beginning_stands_in_the_stretch_is_read_there() -> None:
    for indent in (None, 1):
        found, codes = told(export(indent).replace('"Jay 4"', '"Jay 4'))
        assert found == [*WHOLE[:4], *WHOLE[5:]]
        assert codes == {"stretch_malformed": 1, "element_unreadable": 1}


def test_a_chat_whose_beginning_is_lost_is_not_taken_for_the_one_before() -> None:
    content = export()
    begin = content.index('"Jay 4"') + 3
    lost = content[begin : content.index('"Bee 0"') + 2]
    found, codes = told(content.replace(lost, "\0" * len(lost)))
    assert found[:4] == WHOLE[:4]
    assert found[-4:] == [(f"Bee {each}", "chat no. 1") for each in range(1, 5)]
    assert codes["chat_untold"] == 1
    torn = content[:begin] + "x" + "\0" * 200 + content[content.index('"Bee 0"') + 40 :]
    found, codes = told(torn)
    assert found[-3:] == [(f"Bee {each}", "chat no. 1") for each in range(2, 5)]
    assert codes["chat_untold"] == 1
    broken = content.replace('"name": "Bee"', '"name": Bee"')
    found, codes = told(broken)
    assert [body for body, _ in found] == [body for body, _ in WHOLE]
    assert codes["chat_untold"] == 1
    assert {where for body, where in found if (body or "").startswith("Bee")} == {"chat no. 2"}
