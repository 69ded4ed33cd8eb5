"""Who exported the chat: said by the file's name, by a line of it, or by the submitter; never by a name alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parsers.chat_names import title_of
from parsers.contract import Sidecar
from parsers.identification import head_of
from parsers.reading import ReadResult
from parsers.records.facts import Direction
from parsers.records.values import Party
from parsers.registry import identify
from tests.unit.parsers.formats.whatsapp_text.made_chats import codes_of, messages_of, read_chat, read_lines

START = "25/12/2023, 14:05 - "


def directions(folder: Path, *senders: str, extra: str = "", **more: Any) -> list[tuple[str, str | None]]:
    lines = "".join(f"{START}{sender}: x\n" for sender in senders) + extra
    found = messages_of(read_lines(folder, lines, **more))
    return [(message.direction.value, message.direction_basis) for message in found[: len(senders)]]


IN, OUT, UNKNOWN = ("incoming", "file_name"), ("outgoing", "file_name"), ("unknown", None)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("WhatsApp Chat with Jay.txt", "Jay"),
        ("WhatsApp Chat with Jay (2).txt", "Jay"),
        ("WhatsApp Chat with Jay.md", "Jay"),
        ("WhatsApp Chat with Jay (2).LOG", "Jay"),
        ("WhatsApp Chat with Jay.B", "Jay.B"),
        ("WhatsApp Chat - Jay B.zip", "Jay B"),
        ("WhatsApp-Chat mit Jay.txt", "Jay"),
        ("Chat de WhatsApp con Jay.txt", "Jay"),
        ("WhatsApp Chat with +44 7700 900123.txt", "+44 7700 900123"),
        ("Czat WhatsApp z użytkownikiem Jay.txt", "Jay"),
        ("Conversație WhatsApp cu Jay B.txt", "Jay B"),
        ("Чат WhatsApp с контактом Jay.txt", "Jay"),  # noqa: RUF001  # Russian
        ("محادثة واتساب مع Jay.txt", "Jay"),
        ("Sgwrs WhatsApp gyda Jay.txt", "Jay"),
        ("Jay B ile WhatsApp Sohbeti.txt", "Jay B"),
        ("WhatsApp with the lads.txt", "the lads"),
        ("my WhatsApp export.txt", None),
        ("_chat.txt", None),
        ("Jay.txt", None),
    ],
)
def test_titles(name: str, title: str | None) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize("name", ["WhatsApp Chat with Jay.txt", "whatsapp chat with JAY.txt", "Jay.txt", "Jay (1).txt"])
def test_the_files_name_is_the_other_party(tmp_path: Path, name: str) -> None:
    assert directions(tmp_path, "Jay", "Mo", "Jay", name=name) == [IN, OUT, IN]


@pytest.mark.parametrize("name", ["WhatsApp-keskustelu Jay B.txt", "WhatsApp-beszélgetés – Jay B.txt"])  # noqa: RUF001
def test_a_name_in_any_language_ends_with_the_other_party(tmp_path: Path, name: str) -> None:
    assert directions(tmp_path, "Jay B", "Mo", name=name) == [IN, OUT]
    assert directions(tmp_path, "Jay B", "B", name=name) == [IN, OUT]
    assert directions(tmp_path, "Jay", "Mo", name=name) == [UNKNOWN] * 2


def test_the_end_of_a_groups_name_does_not_say_it(tmp_path: Path) -> None:
    assert directions(tmp_path, "Jay", "Mo", name="WhatsApp Chat with the Jay.txt") == [UNKNOWN] * 2


def test_characters_that_file_names_cannot_hold(tmp_path: Path) -> None:
    assert directions(tmp_path, "Jay 24/7 \U0001f525", "Mo", name="WhatsApp Chat with Jay 24_7 .txt") == [IN, OUT]


def test_a_number_in_another_form(tmp_path: Path) -> None:
    found = directions(tmp_path, "+44 7700 900123", "Mo", name="WhatsApp Chat with 07700 900123.txt")
    assert found == [IN, OUT]


def test_a_group_does_not_say_it(tmp_path: Path) -> None:
    assert directions(tmp_path, "Jay", "Mo", "Al", name="WhatsApp Chat with Footy.txt") == [UNKNOWN] * 3
    assert directions(tmp_path, "Jay", "Mo", name="WhatsApp Chat with Footy.txt") == [UNKNOWN] * 2
    assert directions(tmp_path, "Jay", "Mo", "Al", "Mo", "Al", name="Jay.txt") == [UNKNOWN] * 5


def test_a_group_that_is_called_as_one_of_its_members_does_not_say_it(tmp_path: Path) -> None:
    made = f'{START}+44 7700 900999 created group "Jay"\n'
    name = "WhatsApp Chat with Jay.txt"
    assert directions(tmp_path, "Jay", "Mo", extra=made, name=name) == [UNKNOWN] * 2
    lines = f"{made}{START}Jay: x\n{START}Mo: y\n{START}Mo: You deleted this message\n"
    assert [each.to for each in messages_of(read_lines(tmp_path, lines, name=name))] == [()] * 4


def test_lines_in_another_language_may_tell_of_a_group(tmp_path: Path) -> None:
    made = f"{START}Jay hat die Gruppe \u201eFu\u00dfball\u201c erstellt\n"
    name = "WhatsApp Chat mit Fu\u00dfball.txt"
    assert directions(tmp_path, "Jay", extra=made, name=name) == [UNKNOWN]
    begins = f"{START}Nachrichten und Anrufe sind Ende-zu-Ende-verschl\u00fcsselt.\n{START}Missed voice call\n"
    assert directions(tmp_path, "Mo", extra=begins, name="WhatsApp Chat mit Jay.txt") == [OUT]


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Jay", "WhatsApp Chat with Jay HW-7.txt"),
        ("Jay Bee", "WhatsApp Chat with Jay.txt"),
        ("~ Jay", "WhatsApp Chat with +44 7700 900123.txt"),
        ("~\u202fJay", "WhatsApp Chat with +44 7700 900123.txt"),
    ],
)
def test_who_may_be_the_other_party_is_not_the_owner(tmp_path: Path, sender: str, name: str) -> None:
    assert directions(tmp_path, sender, name=name) == [UNKNOWN]


def test_a_copy_has_the_name_of_its_chat(tmp_path: Path) -> None:
    assert directions(tmp_path, "Jay", name="WhatsApp Chat with Jay - Copy (2).txt") == [IN]


def test_no_name_does_not_say_it(tmp_path: Path) -> None:
    assert directions(tmp_path, "Jay", "Mo", name="_chat.txt") == [UNKNOWN] * 2


def test_that_nothing_says_it_is_said_once_of_a_chat_of_two(tmp_path: Path) -> None:
    def told(*senders: str, extra: str = "", **more: Any) -> int | None:
        lines = extra + "".join(f"{START}{sender}: x\n" for sender in senders)
        return codes_of(read_lines(tmp_path, lines, **more)).get("owner_untold")

    assert told("Jay", "Mo", "Jay", name="_chat.txt") == 3
    assert told("Jay", name="_chat.txt") == 1
    assert told("Jay", "Mo", name="WhatsApp Chat with Jay.txt") is None
    assert told("+44 7700 900456", "Mo", name="_chat.txt", sidecar=Sidecar(owner_number="07700 900456")) is None
    # of a group the owner is never known
    assert told("Jay", "Mo", "Al", name="WhatsApp Chat with Footy.txt") is None
    assert told("Jay", "Mo", name="_chat.txt", extra=f'{START}Jay created group "Footy"\n') is None


def test_a_file_from_ios_has_the_name_of_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "content"
    path.write_text(f"{START}Jay: x\n{START}Mo: y\n", encoding="utf-8")
    for name, folder, told in (
        ("_chat.txt", "WhatsApp Chat - Jay", [IN, OUT]),
        ("_chat.txt", "drops", [UNKNOWN] * 2),
        ("notes.txt", "WhatsApp Chat - Jay", [UNKNOWN] * 2),
    ):
        found = messages_of(read_chat(path, name=name, folder=folder))
        assert [(each.direction.value, each.direction_basis) for each in found] == told


def test_only_the_owner_wrote(tmp_path: Path) -> None:
    assert directions(tmp_path, "Mo", name="WhatsApp Chat with Jay.txt") == [OUT]
    added = f"{START}You were added\n"
    assert directions(tmp_path, "Mo", extra=added, name="WhatsApp Chat with Footy.txt") == [UNKNOWN]


def test_only_the_other_party_wrote(tmp_path: Path) -> None:
    assert directions(tmp_path, "Jay", name="WhatsApp Chat with Jay.txt") == [IN]


def test_the_submitter_says_the_owners_number(tmp_path: Path) -> None:
    sidecar = Sidecar(owner_number="07700 900456")
    found = directions(tmp_path, "Jay", "+44 7700 900456", "Al", name="_chat.txt", sidecar=sidecar)
    assert found == [("incoming", "owner_number"), ("outgoing", "owner_number"), ("incoming", "owner_number")]


def test_a_deleted_message_of_the_exporter_says_it(tmp_path: Path) -> None:
    deleted = f"{START}Mo: You deleted this message\n"
    found = directions(tmp_path, "Jay", "Mo", "Al", extra=deleted, name="_chat.txt")
    assert found == [("incoming", "owner_flag"), ("outgoing", "owner_flag"), ("incoming", "owner_flag")]


DELETED = "You deleted this message"


def owner_codes(result: ReadResult) -> set[str]:
    return {code for code in codes_of(result) if code.startswith("owner_")}


@pytest.mark.parametrize(
    "said", [DELETED, "Du hast diese Nachricht gel\u00f6scht", "Usuni\u0119to t\u0119 wiadomo\u015b\u0107"]
)
def test_typed_words_do_not_turn_round_what_the_files_name_says(tmp_path: Path, said: str) -> None:
    typed = f"{START}Jay: {said}\n"
    assert directions(tmp_path, "Jay", "Mo", extra=typed, name="WhatsApp Chat with Jay.txt") == [IN, OUT]
    lines = f"{START}Jay: x\n{START}Mo: x\n"
    doubtful = read_lines(tmp_path, lines + typed, name="WhatsApp Chat with Jay.txt")
    assert owner_codes(doubtful) == {"owner_text_doubtful"}
    meant = read_lines(tmp_path, f"{lines}{START}Mo: {said}\n", name="WhatsApp Chat with Jay.txt")
    assert owner_codes(meant) == set()


def test_that_nothing_but_words_that_may_be_typed_tells_the_owner_is_said(tmp_path: Path) -> None:
    lines = f"{START}Jay: x\n{START}Al: x\n{START}Mo: {DELETED}\n"
    group = read_lines(tmp_path, lines, name="WhatsApp Chat with Footy.txt")
    assert owner_codes(group) == {"owner_by_text"}
    assert [each.direction.value for each in messages_of(group)] == ["incoming", "incoming", "outgoing"]
    two = read_lines(tmp_path, f"{lines}{START}Al: {DELETED}\n", name="WhatsApp Chat with Footy.txt")
    assert owner_codes(two) == {"owner_text_doubtful"}
    assert {each.direction.value for each in messages_of(two)} == {"unknown"}


@pytest.mark.parametrize("behind", ["\nlol\n", " lol\n"])
def test_words_with_others_behind_them_were_typed(tmp_path: Path, behind: str) -> None:
    lines = f"{START}Jay: x\n{START}Al: x\n{START}Mo: {DELETED}{behind}"
    assert owner_codes(read_lines(tmp_path, lines, name="WhatsApp Chat with Footy.txt")) == set()


def test_words_without_the_mark_were_typed_where_the_application_marks_its_own(tmp_path: Path) -> None:
    start = "[25/12/2023, 14:05:06] "
    lines = f"{start}Jay: x\n{start}Al: x\n{start}Al: {DELETED}.\n{start}Mo: \u200e{DELETED}.\n"
    found = read_lines(tmp_path, lines, name="_chat.txt")
    assert [each.direction.value for each in messages_of(found)] == ["incoming"] * 3 + ["outgoing"]
    alone = f"{start}Jay: \u200eimage omitted\n{start}Al: x\n{start}Al: {DELETED}.\n"
    assert {each.direction.value for each in messages_of(read_lines(tmp_path, alone, name="_chat.txt"))} == {"unknown"}


@pytest.mark.parametrize(
    ("sender", "name"),
    [("~ Jay", "WhatsApp Chat with +44 7700 900123.txt"), ("Jay", "WhatsApp Chat with Jay HW-7.txt")],
)
def test_typed_words_make_no_owner_of_who_may_be_the_other_party(tmp_path: Path, sender: str, name: str) -> None:
    result = read_lines(tmp_path, f"{START}Mo: x\n{START}{sender}: {DELETED}\n", name=name)
    assert {each.direction.value for each in messages_of(result)} == {"unknown"}
    assert owner_codes(result) == {"owner_untold", "owner_text_doubtful"}


def test_the_part_is_a_chat_and_states_a_number_only_where_the_owner_is_one(tmp_path: Path) -> None:
    lines = f"{START}Jay: x\n{START}+44 7700 900456: y\n"
    (part,) = read_lines(tmp_path, lines).parts
    assert (part.kind.value, part.vendor_name, part.msisdn) == ("chat", "Jay", ("+44 7700 900456",))


CAPTURED = (
    "13/02/2023, 16:26 - Ann: u about?\n13/02/2023, 16:27 - Kay: yes\n"
    "13/02/2023, 16:28 - Ann: IMG-20230213-WA0002.jpg (file attached)\n"
)


def captured(folder: Path, name: str, lines: str = CAPTURED) -> Path:
    """Write a chat as Cellebrite keeps one that it had the application export."""
    folder.mkdir()
    (folder / name).write_text(lines)
    (folder / "IMG-20230213-WA0002.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def test_a_captured_export_states_the_other_ones_number(tmp_path: Path) -> None:
    folder = captured(tmp_path / "WhatsApp Chat with Ann", "CHAT_447700900521@s.whatsapp.net.txt")
    assert identify(head_of(folder, folder.name, is_folder=True))[0].name == "whatsapp_text"
    result = read_chat(folder)
    came, went, sent = messages_of(result)
    assert came.from_party == Party("447700900521@s.whatsapp.net", "+447700900521", "Ann", is_owner=False)
    assert went.to == (came.from_party,)
    assert (came.direction, went.direction, came.thread) == (Direction.INCOMING, Direction.OUTGOING, "Ann")
    assert [file.member for file in sent.attachments] == ["IMG-20230213-WA0002.jpg"]
    assert not codes_of(result).keys() & {"owner_untold", "member_not_read", "member_missing"}


def test_a_captured_export_alone_has_the_name_of_its_folder(tmp_path: Path) -> None:
    name = "CHAT_447700900521@s.whatsapp.net.txt"
    path = captured(tmp_path / "x", name) / name
    came, *_ = messages_of(read_chat(path, folder="WhatsApp Chat with Ann"))
    assert came.from_party is not None
    assert (came.from_party.e164, came.from_party.name) == ("+447700900521", "Ann")
    numbered = CAPTURED.replace("Ann", "+44 7700 900521")
    came, went, *_ = messages_of(read_lines(tmp_path, numbered, name=name))
    assert (came.direction, went.direction) == (Direction.INCOMING, Direction.OUTGOING)
    assert [message.direction for message in messages_of(read_lines(tmp_path, CAPTURED, name=name))] == (
        [Direction.UNKNOWN] * 3
    )


def test_a_captured_export_does_not_take_the_name_of_whatever_folder_it_lies_in(tmp_path: Path) -> None:
    name = "CHAT_447700900521@s.whatsapp.net.txt"
    path = captured(tmp_path / "Kay", name) / name
    for result in (read_chat(path, folder="Kay"), read_chat(path.parent)):
        found = messages_of(result)
        assert {(message.direction, message.thread) for message in found} == {(Direction.UNKNOWN, None)}


def test_the_id_of_a_group_tells_that_it_is_one(tmp_path: Path) -> None:
    folder = captured(tmp_path / "WhatsApp Chat with Ann", "CHAT_447700900500-1580000000@g.us.txt")
    found = messages_of(read_chat(folder))
    assert {message.direction for message in found} == {Direction.UNKNOWN}
    assert {message.from_party.raw for message in found if message.from_party} == {None}
