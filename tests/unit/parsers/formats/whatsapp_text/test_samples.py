"""The fixtures: layouts as handsets of five settings write them, and two chats of our own writer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.golden.compare import assert_golden
from tests.unit.parsers.formats.whatsapp_text.made_chats import codes_of, messages_of, read_chat

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures" / "whatsapp_text"
MINED = sorted(path.name for path in FIXTURES.glob("test_*.txt"))
MADE = ("WhatsApp Chat - Jay.zip", "WhatsApp Chat with +44 7700 900456.txt")
SENDERS = [
    "John Doe",
    "John Doe",
    "Jahn Doe",
    "John-John Doe",
    None,
    None,
    "John Doe \U0001f913",
    "\U0001f913",
    "John Doe",
]


@pytest.mark.parametrize("name", MINED)
def test_the_same_chat_in_five_layouts_is_the_same(tmp_path: Path, name: str) -> None:
    result = read_chat(Path(shutil.copy(FIXTURES / name, tmp_path)))
    found = messages_of(result)
    assert [message.from_party.name if message.from_party else None for message in found] == SENDERS
    assert found[2].body == "Lorem ipsum dolor sit amet,\nconsectetur adipiscing elit. Duis libero."
    assert [str(message.time.utc)[:16] for message in found] == [
        "2019-01-01T11:25",
        "2019-01-20T11:23",
        "2019-01-30T20:49",
        "2020-06-10T14:55",
        "2020-06-19T23:08",
        "2020-06-30T08:10",
        "2021-12-10T10:10",
        "2021-12-20T12:10",
        "2021-12-30T22:01",
    ]
    assert codes_of(result) == {"end_unmarked": 1}


@pytest.mark.parametrize("name", [*MINED, *MADE])
def test_the_records_are_those_of_the_golden_file(tmp_path: Path, name: str) -> None:
    result = read_chat(Path(shutil.copy(FIXTURES / name, tmp_path)))
    assert_golden(result, f"whatsapp_text/{Path(name).stem}")
