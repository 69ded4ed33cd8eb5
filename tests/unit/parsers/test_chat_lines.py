"""A chat of an application that is not known is told by a time, a name and a text on its lines."""

from __future__ import annotations

import pytest

from parsers.chat_lines import read_as_chat


@pytest.mark.parametrize(
    "text",
    [
        "2024/02/05\n10:00\tJay\thi\n10:01\tMe\tyo\n10:02\tJay\tu about\n",
        "Feb 5, 2024 10:00 AM, Jay : hi\nFeb 5, 2024 10:01 AM, Kay : yo\nFeb 5, 2024 10:02 AM, Jay : ok\n",
        "[Jay] [10:00 AM] hi\n[Kay] [10:01 AM] yo\n[Jay] [10:02 AM] ok\n",
        "05.02.2024 10:00 - Jay: hi\n05.02.2024 10:01 - Kay: yo\nand more\n05.02.2024 10:02 - Jay: ok\n",
    ],
)
def test_chats_are_told(text: str) -> None:
    assert read_as_chat(text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10:00 began\n10:30 imaged\n11:00 ended\n",
        "The phone was seized at 10:00: it was locked.\nIt was read at 11:00.\nBy DC 1: Smith.\n",
        "2024-02-05 10:00:01 INFO: read\n2024-02-05 10:00:02 INFO: read\n2024-02-05 10:00:03 ERROR: no\n",
        "10:00\tJay\thi\n10:01\tMe\tyo\n",
        "name,time\na,10:00\nb,10:01\nc,10:02\n",
        "10:15 PC Smith: arrived\n10:20 PC Smith: seized\n10:30 PC Smith: left\n",
        "2026-03-01 10:00:05 Main: connected\n2026-03-01 10:00:06 Main: read\n2026-03-01 10:00:07 Main: done\n",
        "00:10 Q: Where were you?\n00:15 A: At home\n00:20 Q: When?\n00:25 A: At six\n",
        "MD5: 0cc175b9\nSHA1: 92eb5ffe\nSize: 10:20\n",
    ],
)
def test_notes_logs_and_lists_are_not(text: str) -> None:
    assert not read_as_chat(text.splitlines())
