"""One conversation twice in a delivery counts once; what a sender sent to many is as many conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.writers.container import write_archive
from parsers.part_devices import devices_of
from parsers.reading import ReadResult
from tests.unit.parsers.formats.whatsapp_text.made_chats import messages_of
from tests.unit.parsers.made_deliveries import read_path

TALK = "".join(
    f"13/09/2023, 19:{minute} - {'Rico' if minute % 2 else 'Jay'}: text {minute}\n" for minute in range(20, 30)
)
ADVERT = "13/09/2023, 19:44 - Rico: back on\n13/09/2023, 19:45 - Rico: bell me\n"


def read(tmp_path: Path, members: dict[str, str]) -> ReadResult:
    return read_path(write_archive(tmp_path / "drop.zip", {name: text.encode() for name, text in members.items()}))


def counts(result: ReadResult) -> tuple[int, int, int]:
    """Return messages, those that are listed a second time, and devices."""
    messages = messages_of(result)
    copies = sum(message.duplicate_of is not None for message in messages)
    return len(messages), copies, len(set(devices_of(result.parts).values()))


@pytest.mark.parametrize(
    "names",
    [
        ("A/WhatsApp Chat with Rico.txt", "B/WhatsApp Chat with Rico.txt"),
        ("WhatsApp Chat with Rico.txt", "copy/WhatsApp Chat with Rico.txt"),
        ("WhatsApp Chat with Rico.txt", "WhatsApp Chat with Rico (1).txt"),
        ("A/WhatsApp Chat - Rico/_chat.txt", "B/WhatsApp Chat - Rico/_chat.txt"),
    ],
)
def test_a_conversation_that_lies_there_twice_counts_once(tmp_path: Path, names: tuple[str, str]) -> None:
    result = read(tmp_path, dict.fromkeys(names, TALK))
    assert counts(result) == (20, 10, 1)
    assert {row["message"].merged for row in result.tally.values()} == {0, 10}


@pytest.mark.parametrize(
    "texts",
    [
        (ADVERT, ADVERT),
        (TALK, TALK.replace("text 21", "text 99")),
        (TALK + "13/09/2023, 19:44 - Bea: hi\n13/09/2023, 19:45 - Al: hi\n",) * 2,
    ],
    ids=["adverts that nobody answered", "another text", "a group"],
)
def test_what_may_be_of_two_handsets_is_left_apart(tmp_path: Path, texts: tuple[str, str]) -> None:
    names = ("A/WhatsApp Chat with Rico.txt", "B/WhatsApp Chat with Rico.txt")
    messages, copies, devices = counts(read(tmp_path, dict(zip(names, texts, strict=True))))
    assert (copies, devices) == (0, 2)
    assert messages == sum(text.count("\n") for text in texts)


def test_two_conversations_of_one_handset_stay_two(tmp_path: Path) -> None:
    names = {"WhatsApp Chat with Rico.txt": TALK, "WhatsApp Chat with Bea.txt": TALK.replace("Rico", "Bea")}
    assert counts(read(tmp_path, names))[1] == 0
