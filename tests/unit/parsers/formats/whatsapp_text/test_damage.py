"""Cut, broken and hostile deliveries: what can be read is read, the rest is named, and nothing runs away."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.writers import damage
from ingest.demo.writers.damage import Member
from ingest.demo.writers.whatsapp_text import ANDROID_UK, chat_text
from parsers.contract import Limits, Sidecar
from parsers.errors import InputRefused
from parsers.formats.whatsapp_text import WhatsAppTextParser
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.registry import identify
from tests.unit.parsers.formats.whatsapp_text.made_chats import (
    bodies_of,
    chat,
    codes_of,
    messages_of,
    read_chat,
    read_lines,
    text,
)

CHAT = chat_text(chat(*(text(n, f"text {n}") for n in range(20))), ANDROID_UK)
NAME = "WhatsApp Chat with Jay.txt"


def archive(folder: Path, *members: Member, name: str = "WhatsApp Chat - Jay.zip") -> Path:
    return damage.write(folder / name, damage.archive_of(members))


def test_an_open_last_line_is_named(tmp_path: Path) -> None:
    result = read_lines(tmp_path, CHAT.rstrip("\n"))
    assert codes_of(result) == {"end_unmarked": 1}
    assert messages_of(result)[-1].body_notices == ("end_unmarked",)
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize(
    ("front", "first"),
    [("25/12/2023, 14:05 - ", "25/12/2"), ("[25/12/2023, 14:05:01] ", "[25/12/2"), ("12/25/23, 2:05 PM - ", "12/25/2")],
)
def test_a_file_that_ends_in_the_start_of_a_message_lost_one(tmp_path: Path, front: str, first: str) -> None:
    whole = f"{front}Jay: one\n{front}Mo: two\n"
    for end in range(len(first), len(front.rstrip("] "))):
        result = read_lines(tmp_path, whole + front[:end])
        assert codes_of(result) == {"element_unreadable": 1, "end_unmarked": 1, "start_in_text": 1}, front[:end]
        assert bodies_of(result) == ["one", f"two\n{front[:end]}"]
    for typed in ("25/12", "2", "see 25/12/2023", "25.12.2023"):
        assert codes_of(read_lines(tmp_path, whole + typed)) == {"end_unmarked": 1}


def test_a_file_that_ends_inside_a_character_is_cut(tmp_path: Path) -> None:
    result = read_lines(tmp_path, CHAT.encode() + "25/12/2024, 14:05 - Jay: \U0001f600".encode()[:-1])
    assert codes_of(result) == {"end_unmarked": 1, "characters_replaced": 1, "input_truncated": 1}
    assert result.state is ReadState.PARTIAL
    assert len(messages_of(result)) == 22


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("cut", [9, 0])
def test_a_copy_that_was_broken_off_ends_in_zeros(tmp_path: Path, cut: int, encoding: str) -> None:
    chat = "25/12/2023, 14:05 - Jay: one\n25/12/2023, 14:06 - Jay: two\n"
    result = read_lines(tmp_path, (chat[: len(chat) - cut]).encode(encoding) + b"\0" * 4096)
    assert "".join(body or "" for body in bodies_of(result)).startswith("one")
    assert not any("\0" in (body or "") for body in bodies_of(result))
    assert codes_of(result)["input_truncated"] == 1


def test_lines_before_the_first_start_are_named(tmp_path: Path) -> None:
    result = read_lines(tmp_path, "of a text\n\nthat was cut\n" + CHAT)
    assert codes_of(result) == {"element_unreadable": 2}
    (rows,) = result.tally.values()
    assert (rows["other:line before the first message"].seen, rows["message"].seen) == (2, 21)
    assert all(row.is_balanced for row in rows.values())


@pytest.mark.parametrize("note", ["Exhibit JB/1\n", "Exported by lab PC 3.\nExhibit JB/1, see MG11\n\n"])
def test_a_note_in_front_of_a_chat_does_not_hide_it(tmp_path: Path, note: str) -> None:
    path = tmp_path / "WhatsApp Chat with Jay.txt"
    path.write_text(note + "25/12/2023, 14:05 - Jay: one\n25/12/2023, 14:06 - Kel: two\n", encoding="utf-8")
    assert WhatsAppTextParser().identify(head_of(path, path.name, is_folder=False)) is not None


def test_a_chat_of_single_bytes_is_read_in_its_code_page(tmp_path: Path) -> None:
    lines = "25/12/2023, 14:05 - Ren\u00e9: caf\u00e9 \u00a310\n25/12/2023, 14:06 - Kel: \u2018yes\u2019\n"
    result = read_lines(tmp_path, lines.encode("cp1252"))
    assert bodies_of(result) == ["caf\u00e9 \u00a310", "\u2018yes\u2019"]
    assert codes_of(result)["encoding_assumed"] == 1
    assert "characters_replaced" not in codes_of(result)


def test_a_damaged_place_of_a_chat_in_utf_8_is_no_code_page(tmp_path: Path) -> None:
    lines = "25/12/2023, 14:05 - Jay: caf\u00e9 \u00a310 \U0001f600\n".encode() + b"25/12/2023, 14:06 - Kel: x\xe9x\n"
    result = read_lines(tmp_path, lines)
    assert bodies_of(result) == ["caf\u00e9 \u00a310 \U0001f600", "x\ufffdx"]
    assert "encoding_assumed" not in codes_of(result)


def test_a_line_without_end_stops_at_the_limit(tmp_path: Path) -> None:
    result = read_lines(tmp_path, CHAT + "25/12/2024, 14:05 - Jay: " + "x" * 300_000, limits=Limits(text_chars=10_000))
    assert codes_of(result)["limit_reached"] == 1
    assert result.state is ReadState.PARTIAL
    assert len(messages_of(result)) == 21


def test_a_text_of_a_million_lines_is_cut_at_the_limit_and_says_so(tmp_path: Path) -> None:
    result = read_lines(tmp_path, CHAT + "more\n" * 100_000, limits=Limits(text_chars=10_000))
    last = messages_of(result)[-1]
    assert last.body_notices == ("truncated",)
    assert len(last.body or "") <= 10_000
    assert codes_of(result) == {"limit_reached": 1}


def test_a_hostile_file_takes_a_bounded_time(tmp_path: Path) -> None:
    started = time.process_time()
    lines = "".join(f"{25 - n % 20}/12/2023, 14:05 - {'[' * 200}: {'(' * 200}\n" for n in range(20_000))
    read_lines(tmp_path, lines + "1/1/1, " * 50_000)
    assert time.process_time() - started < 20


def test_an_archive_of_several_chats_gives_one_extraction_each(tmp_path: Path) -> None:
    members = [Member(name=f"WhatsApp Chat with {who}.txt", content=CHAT.encode()) for who in ("Jay", "Jay (1)")]
    result = read_chat(archive(tmp_path, *members, Member(name="notes.md", content=b"x")))
    assert [part.member for part in result.parts] == [member.name for member in members]
    assert codes_of(result) == {"member_not_read": 1}
    (first, second) = (rows["message"] for rows in result.tally.values())
    # nothing says that both are of one handset
    assert (first.seen, first.indexed, second.seen, second.indexed) == (21, 21, 21, 21)


def test_chats_in_folders_have_the_names_of_their_folders_and_the_files_beside_them(tmp_path: Path) -> None:
    file = "00000003-PHOTO-2023-12-25-14-05-01.jpg"
    lines = f"[25/12/2023, 14:05:01] {{}}: \u200e<attached: {file}>\n[25/12/2023, 14:06:01] Mo: ok\n"
    members = [
        Member(name=f"WhatsApp Chat - {who}/{last}", content=content)
        for who in ("Jay", "Kit", "Al")
        for last, content in (("_chat.txt", lines.format(who).encode()), (file, who.encode()))
        if (who, last) != ("Al", file)
    ]
    result = read_chat(archive(tmp_path, *members, name="HW-7.zip"))
    found = messages_of(result)
    assert [(each.thread, each.direction.value) for each in found[::2]] == [
        ("Jay", "incoming"),
        ("Kit", "incoming"),
        ("Al", "incoming"),
    ]
    named = [each.attachments[0].member for each in found[::2]]
    assert named == [f"WhatsApp Chat - Jay/{file}", f"WhatsApp Chat - Kit/{file}", None]
    assert codes_of(result) == {"member_missing": 1}


def test_an_unpacked_export_without_media_has_the_name_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "WhatsApp Chat - Jay"
    folder.mkdir()
    (folder / "_chat.txt").write_text("[25/12/2023, 14:05:01] Jay: hi\n[25/12/2023, 14:06:01] Mo: ok\n", "utf-8")
    assert [(each.thread, each.direction.value) for each in messages_of(read_chat(folder))] == [
        ("Jay", "incoming"),
        ("Jay", "outgoing"),
    ]


def test_a_file_is_found_elsewhere_only_where_there_is_one_of_its_name(tmp_path: Path) -> None:
    lines = "".join(f"[25/12/2023, 14:0{n}:01] Jay: \u200e<attached: {n}-caf\u00e9.pdf>\n" for n in (1, 2))
    names = ("a/1-cafe\u0301.pdf", "a/2-cafe\u0301.pdf", "b/2-caf\u00e9.pdf")
    members = [Member(name="_chat.txt", content=lines.encode()), *(Member(name=name, content=b"x") for name in names)]
    result = read_chat(archive(tmp_path, *members))
    assert [each.attachments[0].member for each in messages_of(result)] == ["a/1-cafe\u0301.pdf", None]
    assert [notice.subject for notice in result.notices if notice.code == "member_not_read"] == list(names[1:])


def test_an_archive_with_unsafe_members(tmp_path: Path) -> None:
    members = (Member(name="_chat.txt", content=CHAT.encode()), Member(name="../../evil.jpg", content=b"x"))
    result = read_chat(archive(tmp_path, *members))
    assert len(messages_of(result)) == 21
    assert codes_of(result) == {"member_refused": 1}


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    content = damage.marked_encrypted(damage.archive_of([Member(name="_chat.txt", content=CHAT.encode())]))
    with pytest.raises(InputRefused) as refused:
        read_chat(damage.write(tmp_path / "c.zip", content))
    assert refused.value.code == "input_protected"


def test_a_chat_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_chat(archive(tmp_path, Member(name="_chat.txt", content=b"nothing of the kind\n")))
    assert refused.value.code == "format_unknown"


def test_a_cut_archive_keeps_what_was_whole(tmp_path: Path) -> None:
    content = damage.cut_archive(damage.archive_of([Member(name="_chat.txt", content=CHAT.encode(), deflated=False)]))
    result = read_chat(damage.write(tmp_path / "WhatsApp Chat - Jay.zip", content))
    assert result.state is ReadState.PARTIAL
    assert 0 < len(messages_of(result)) < 21
    assert set(bodies_of(result)[1:-1]) <= {f"text {n}" for n in range(20)}


def test_a_wrong_checksum_is_named(tmp_path: Path) -> None:
    content = damage.with_wrong_checksum(damage.archive_of([Member(name="_chat.txt", content=CHAT.encode())]))
    result = read_chat(damage.write(tmp_path / "WhatsApp Chat - Jay.zip", content))
    assert codes_of(result) == {"checksum_wrong": 1}
    assert len(messages_of(result)) == 21


def test_an_unpacked_export_is_one_delivery_and_a_folder_of_chats_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "WhatsApp Chat - Jay"
    folder.mkdir()
    lines = CHAT + "25/12/2024, 14:05 - Jay: IMG-20241225-WA0001.jpg (file attached)\n"
    (folder / "_chat.txt").write_bytes(lines.encode())
    with pytest.raises(InputRefused):
        # Under a name that says nothing, the file in it is a delivery of its own.
        identify(head_of(folder, "downloads", is_folder=True))
    (folder / "IMG-20241225-WA0001.jpg").write_bytes(b"\xff\xd8")
    assert len(messages_of(read_chat(folder, sidecar=Sidecar(exhibit_ref="HW/7")))) == 22
    result = read_chat(folder)
    assert [each.member for each in messages_of(result)[-1].attachments] == ["IMG-20241225-WA0001.jpg"]
    (folder / "HW-7.ufdr").write_bytes(b"PK")
    with pytest.raises(InputRefused):
        identify(head_of(folder, folder.name, is_folder=True))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.txt", "2024-01-05 10:00:00 INFO started\n2024-01-05 10:00:01 INFO went on\n"),
        ("log.txt", "[2024-01-05 10:00:00] INFO started\n"),
        ("log.txt", "24/03/2014 13:59:59: WARNING: hot\n24/03/2014 14:00:59: WARNING: hotter\n"),
        ("signal.txt", "[2019-12-24, 12:23] Jane Doe: Hello John!\n[2020-01-17, 21:49] John Doe: Hello\n"),
        ("times.csv", "date;time\n25/12/2023;14:05\n"),
        ("notes.txt", "see 25/12/2023, 14:05 - Jay: it was there\n"),
    ],
)
def test_other_texts_are_not_claimed(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert WhatsAppTextParser().identify(head_of(path, name, is_folder=False)) is None


@settings(max_examples=200, deadline=None)
@given(
    pieces=st.lists(
        st.one_of(
            st.binary(max_size=30),
            st.sampled_from(
                [
                    b"\n", b"\r\n", b": ", b"\xe2\x80\x8e", b"\xff", b"\x00", b"25/12/2023, 14:05 - Jay: x\n",
                    b"[01/02/03, 04:05:06] ", b"99/99/9999, 99:99 - ", b"12/25/23, 2:05 PM - Mo: y\n",
                ]
            ),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_any_bytes_give_records_and_notices(pieces: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        result = read_lines(Path(folder), b"25/12/2023, 14:05 - Jay: first\n" + b"".join(pieces), name=NAME)
    assert "reader_failed" not in codes_of(result)
    for rows in result.tally.values():
        assert all(row.is_balanced for row in rows.values())
    assert (messages_of(result)[0].body or "").startswith("first")
