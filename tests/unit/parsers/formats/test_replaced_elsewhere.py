"""Exports as JSON: a character that is replaced outside the text of a message says nothing of the text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fakes.deliveries import bodies_of, codes_of, messages_of, read_content

MARK = "MARK"
TELEGRAM = {
    "name": "Jay",
    "type": "personal_chat",
    "id": 7,
    "messages": [
        {
            "id": 1,
            "type": "message",
            "date": "2024-02-05T12:00:00",
            "date_unixtime": "1707134400",
            "from": MARK,
            "from_id": "user1",
            "text": "hi",
        }
    ],
}
META = {
    "participants": [{"name": "Jay"}, {"name": "Me"}],
    "messages": [{"sender_name": MARK, "timestamp_ms": 1707134400000, "content": "hi"}],
    "title": "Jay",
    "thread_path": "inbox/jay_1",
}
SNAPCHAT = {
    "jay": [
        {
            "From": MARK,
            "Media Type": "TEXT",
            "Created": "2024-02-05 12:00:00 UTC",
            "Content": "hi",
            "IsSender": False,
            "IsSaved": True,
        }
    ]
}
CASE = {
    "@context": {"uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/"},
    "@graph": [
        {
            "@id": "kb:m",
            "@type": "uco-observable:Message",
            "uco-core:hasFacet": [
                {"@type": "uco-observable:MessageFacet", "uco-observable:messageText": "hi", "uco-observable:a": MARK}
            ],
        }
    ],
}


@pytest.mark.parametrize("export", [TELEGRAM, META, SNAPCHAT, CASE], ids=["telegram", "meta", "snapchat", "case"])
def test_a_text_says_of_itself_only_what_was_replaced_in_it(export: dict[str, Any]) -> None:
    written = json.dumps(export).encode()
    beside = read_content(written.replace(MARK.encode(), b"J\xffy"), "x.json")
    assert bodies_of(beside) == ["hi"]
    assert [message.body_notices for message in messages_of(beside)] == [()]
    assert codes_of(beside)["characters_replaced"] == 1
    within = read_content(written.replace(b'"hi"', b'"h\xff"'), "x.json")
    assert bodies_of(within) == ["h\ufffd"]
    assert [message.body_notices for message in messages_of(within)] == [("replaced_characters",)]
