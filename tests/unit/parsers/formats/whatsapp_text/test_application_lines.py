"""Lines that iOS shows under the chat's name, with a mark before the words: nobody wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.formats.whatsapp_text.line_bodies import is_omitted
from parsers.records.facts import Direction
from tests.unit.parsers.formats.whatsapp_text.made_chats import messages_of, read_lines

START = "[25/12/2023, 14:05:01] "
MARK = "\u200e"
OPENING = f"{START}Plug: {MARK}Nachrichten und Anrufe sind Ende-zu-Ende-verschl\u00fcsselt.\n"
WRITERS = f"{START}Jay: yo\n{START}Mo: hi\n" * 2


def _under_plug(folder: Path, lines: str, name: str = "WhatsApp Chat with Plug.txt") -> list[str | None]:
    """Return the status of what stands under the chat's name; ``sent`` where it is a person's."""
    found = messages_of(read_lines(folder, lines, name=name))
    return [
        each.status or "sent"
        for each in found
        if dict(each.extra).get("shown as") == "Plug" or (each.from_party and each.from_party.name == "Plug")
    ]


@pytest.mark.parametrize("name", ["WhatsApp Chat with Plug.txt", "_chat.txt"])
def test_under_a_groups_name_the_application_speaks_in_any_words(tmp_path: Path, name: str) -> None:
    told = f"{START}Plug: {MARK}Bob wurde entfernt\n{START}Plug: {MARK}Du nimmst nicht mehr teil\n"
    assert _under_plug(tmp_path, OPENING + told + WRITERS, name) == ["system"] * 3


def test_a_group_is_told_by_its_lines_too(tmp_path: Path) -> None:
    told = f"{START}Plug: {MARK}Jay added Bob\n{START}Plug: {MARK}Ann requested to join.\n{START}Jay: yo\n"
    assert _under_plug(tmp_path, told) == ["system"] * 2


def test_who_writes_under_that_name_is_a_person(tmp_path: Path) -> None:
    shown = f"{START}Plug: {MARK}View once photo\n"
    for written in ("on now", f"{MARK}image omitted", f"{MARK}This message was deleted."):
        assert _under_plug(tmp_path, f"{OPENING}{shown}{START}Plug: {written}\n{WRITERS}")[1:] == ["sent"] * 2


def test_in_a_chat_of_two_marked_words_are_the_other_ones(tmp_path: Path) -> None:
    lines = f"{OPENING}{START}Plug: {MARK}View once photo\n{START}Mo: hi\n{START}Mo: hi\n"
    assert _under_plug(tmp_path, lines) == ["system", "sent"]


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("You started a call", True),
        ("You updated the message timer.", True),
        ("This chat is with a business account.", True),
        ("You are no longer a participant in this group", True),
        ("You received a view once message. For added privacy, you can only open it on your phone.", False),
        ("You deleted this message.", False),
        ("Voice call, 3 min", False),
    ],
)
def test_what_is_told_to_the_owner_is_not_the_other_ones(tmp_path: Path, said: str, is_told: bool) -> None:  # noqa: FBT001 - one of a table
    lines = f"{START}Plug: {MARK}{said}\n{START}Plug: yo\n{START}Mo: hi\n"
    assert _under_plug(tmp_path, lines) == ["system" if is_told else "sent", "sent"]
    typed = f"{START}Plug: {said}\n{START}Plug: yo\n{START}Mo: hi\n"
    assert _under_plug(tmp_path, typed) == ["sent", "sent"]


def test_the_groups_name_is_no_other_party(tmp_path: Path) -> None:
    told = f"{START}Plug: {MARK}Bob wurde entfernt\n"
    found = messages_of(read_lines(tmp_path, OPENING + told + WRITERS, name="WhatsApp Chat with Plug.txt"))
    assert {each.direction for each in found} == {Direction.UNKNOWN}
    assert {each.to for each in found} == {()}


@pytest.mark.parametrize(
    "words", ["документ отсутствует", "видео отсутствует", "Bild ausgelassen", "ไม่มีวิดีโอ", "画像は含まれていません"]
)
def test_words_of_iphones_that_people_write_too_are_the_applications_alone_or_marked(words: str) -> None:
    assert is_omitted(words)
    assert is_omitted(f"{MARK}a list {words}")
    assert not is_omitted(f"\u0443 \u043c\u0435\u043d\u044f {words}")
