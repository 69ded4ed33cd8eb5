"""Lines that mimic the start of a message: nothing is lost, nobody's words become another's unflagged."""

from __future__ import annotations

from pathlib import Path

from ingest.demo.truth import Travel
from ingest.demo.writers.whatsapp_text import ANDROID_UK, IOS_UK, chat_text
from tests.unit.parsers.formats.whatsapp_text.made_chats import (
    bodies_of,
    chat,
    codes_of,
    messages_of,
    read_lines,
    text,
)

TYPED = "so he said\n25/12/2023, 14:05 - Bob: bring it all\nand left"


def test_a_typed_start_far_out_of_order_stays_in_its_text(tmp_path: Path) -> None:
    sent = [text(n, TYPED if n == 5 else f"t{n}", Travel.OUT if n % 2 else Travel.IN) for n in range(10)]
    result = read_lines(tmp_path, chat_text(chat(*sent), ANDROID_UK))
    found = messages_of(result)[1:]
    assert [message.body for message in found] == [message.body for message in sent]
    assert found[5].body_notices == ("start_in_text",)
    assert found[5].direction.value == "outgoing"
    assert codes_of(result) == {"start_in_text": 1}


def test_a_typed_start_in_the_future(tmp_path: Path) -> None:
    typed = "look\n01/01/2031, 00:00 - Bob: x"
    sent = [text(n, typed if n == 5 else f"t{n}") for n in range(10)]
    result = read_lines(tmp_path, chat_text(chat(*sent), ANDROID_UK))
    assert bodies_of(result)[1:] == [message.body for message in sent]
    assert codes_of(result) == {"start_in_text": 1}


def test_a_start_of_another_layout_is_text(tmp_path: Path) -> None:
    typed = "look\n[06/02/2024, 14:05:01] Bob: x\n2/6/24, 2:05 PM - Bob: y"
    sent = [text(n, typed if n == 1 else f"t{n}") for n in range(10)]
    result = read_lines(tmp_path, chat_text(chat(*sent), ANDROID_UK))
    assert bodies_of(result)[1:] == [message.body for message in sent]
    assert codes_of(result) == {"start_in_text": 2}


def test_a_message_that_came_late_is_a_message_of_its_own_and_flagged(tmp_path: Path) -> None:
    lines = (
        "25/12/2023, 14:05 - Jay: one\n25/12/2023, 14:06 - Jay: two\n25/12/2023, 13:00 - Mo: late\n"
        "25/12/2023, 14:07 - Jay: three\n"
    )
    result = read_lines(tmp_path, lines)
    assert bodies_of(result) == ["one", "two", "late", "three"]
    assert [message.body_notices for message in messages_of(result)] == [(), (), ("start_out_of_order",), ()]
    assert codes_of(result) == {"start_out_of_order": 1}


def test_of_two_lines_out_of_order_the_later_one_came_late(tmp_path: Path) -> None:
    lines = (
        "25/12/2023, 13:00 - Jay: one\n25/12/2023, 14:05 - Jay: two\n25/12/2023, 14:04 - Mo: late\n"
        "25/12/2023, 14:07 - Jay: three\n"
    )
    for text_lines in (lines, lines.partition("\n")[2], "".join(lines.splitlines(keepends=True)[:3])):
        result = read_lines(tmp_path, text_lines)
        flagged = [message.body for message in messages_of(result) if message.body_notices]
        assert "late" in flagged
        assert codes_of(result)["start_out_of_order"] == 1


def test_two_exports_in_one_file_are_not_taken_for_typed_lines(tmp_path: Path) -> None:
    later = chat_text(chat(*(text(n, f"a{n}") for n in range(30, 50))), ANDROID_UK)
    earlier = chat_text(chat(*(text(n, f"b{n}") for n in range(12))), ANDROID_UK)
    result = read_lines(tmp_path, later + earlier)
    assert len(messages_of(result)) == 34
    assert codes_of(result) == {"start_out_of_order": 13}


def test_two_exports_of_different_layouts_in_one_file(tmp_path: Path) -> None:
    sent = [text(n, f"t{n}") for n in range(20)]
    both = chat_text(chat(*sent), ANDROID_UK) + chat_text(chat(*sent), IOS_UK).replace("\r\n", "\n")
    result = read_lines(tmp_path, both)
    assert len(messages_of(result)) == 42
    assert codes_of(result) == {}


def test_a_pasted_piece_of_another_chat_is_text_however_long(tmp_path: Path) -> None:
    pasted = "look" + "".join(f"\n[12/01/2024, 10:{n:02}:00] Bob: p{n}" for n in range(12))
    sent = [text(n, pasted if n == 20 else f"t{n}") for n in range(30)]
    result = read_lines(tmp_path, chat_text(chat(*sent), ANDROID_UK))
    assert bodies_of(result)[1:] == [message.body for message in sent]
    assert codes_of(result) == {"start_in_text": 12}


def test_a_log_that_is_pasted_at_the_end_is_text(tmp_path: Path) -> None:
    pasted = "look" + "".join(f"\n24/03/2025, 13:{n:02}:59: Kit: line {n}" for n in range(12))
    sent = [text(n, pasted if n == 29 else f"t{n}", Travel.OUT if n % 2 else Travel.IN) for n in range(30)]
    result = read_lines(tmp_path, chat_text(chat(*sent), ANDROID_UK))
    assert bodies_of(result)[1:] == [message.body for message in sent]
    assert codes_of(result) == {"start_in_text": 12}
    assert [message.direction.value for message in messages_of(result)[-2:]] == ["incoming", "outgoing"]


def test_a_typed_third_name_does_not_hide_the_owner(tmp_path: Path) -> None:
    sent = [text(n, f"t{n}", Travel.OUT if n % 2 else Travel.IN) for n in range(30)]
    lines = chat_text(chat(*sent), ANDROID_UK)
    place = lines.index("t20\n")
    at = lines[lines.rindex("\n", 0, place) + 1 :][:17]
    result = read_lines(tmp_path, f"{lines[:place]}t20\n{at} - Bob: typed\n{lines[place + 4 :]}")
    found = messages_of(result)
    assert [message.direction.value for message in found if message.body == "typed"] == ["unknown"]
    assert {message.direction.value for message in found if message.body == "t21"} == {"outgoing"}


def test_a_typed_start_is_known_where_day_and_month_are_not(tmp_path: Path) -> None:
    typed = "x\n25/12/2023, 09:00 - Bob: y"
    lines = "".join(f"03/04/2024, 10:0{n} - {'Mo' if n == 1 else 'Jay'}: {typed if n == 2 else n}\n" for n in range(5))
    result = read_lines(tmp_path, lines)
    assert bodies_of(result) == ["0", "1", typed, "3", "4"]
    assert codes_of(result) == {"start_in_text": 1, "day_month_order_unknown": 5}


OLD = "05/09/2023, 13:00"
NOW = "14/09/2023, 12:0"


def lines_of(*messages: str) -> str:
    return "".join(f"{line}\n" for line in messages)


def test_a_message_that_came_days_late_is_a_message_of_its_own_and_flagged(tmp_path: Path) -> None:
    cases = (
        ("01/08/2023, 10:00 - Jay: one", f"{NOW}0 - Mo: two", f"{OLD} - Jay: late", f"{NOW}5 - Mo: three"),
        ("01/08/2022, 10:00 - Jay: one", f"{NOW}0 - Mo: two", "05/09/2022, 13:00 - Mo: late", f"{NOW}5 - Jay: three"),
        (f"{NOW}0 - Jay: one", f"{NOW}1 - Jay: two", f"{OLD} - Mo: late"),
        (f"{NOW}0 - Jay: one", f"{NOW}1 - Mo: two", f"{OLD} - Jay: late"),
    )
    for lines in cases:
        result = read_lines(tmp_path, lines_of(*lines))
        assert bodies_of(result) == ["one", "two", "late", "three"][: len(lines)], lines
        assert [bool(message.body_notices) for message in messages_of(result)][:3] == [False, False, True], lines
        assert codes_of(result) == {"start_out_of_order": 1}


def test_several_that_came_late_are_late_not_the_one_before_them_early(tmp_path: Path) -> None:
    old = [f"0{n}/08/2023, 10:00 - {'Jay' if n % 2 else 'Mo'}: old {n}" for n in range(1, 6)]
    late = [f"{15 + n}/08/2023, 09:00 - Jay: late {n}" for n in range(3)]
    result = read_lines(tmp_path, lines_of(*old, "26/08/2023, 12:00 - Mo: back", *late, "26/08/2023, 12:05 - Jay: 2"))
    assert bodies_of(result)[5:] == ["back", "late 0", "late 1", "late 2", "2"]
    flagged = [message.body for message in messages_of(result) if message.body_notices]
    assert flagged == ["late 0", "late 1", "late 2"]
    assert codes_of(result) == {"start_out_of_order": 3}


def test_a_third_name_may_have_come_late_where_more_than_two_may_write(tmp_path: Path) -> None:
    lines = (f"{NOW}0 - Jay: one", f"{NOW}1 - Mo: two", f"{OLD} - Kay: late", f"{NOW}5 - Mo: three")
    group = f'{NOW}0 - Mo created group "Boys"'
    for told, name in (((group, *lines), "Boys"), (lines, "Boys"), ((group, *lines), "Jay")):
        result = read_lines(tmp_path, lines_of(*told), name=f"WhatsApp Chat with {name}.txt")
        assert bodies_of(result)[-4:] == ["one", "two", "late", "three"], (told, name)
        assert codes_of(result)["start_out_of_order"] == 1
    slashed = (line.replace("Jay", "J/ay") for line in lines)
    assert len(messages_of(read_lines(tmp_path, lines_of(*slashed), name="WhatsApp Chat with J_ay.txt"))) == 3
    result = read_lines(tmp_path, lines_of(*lines))
    assert bodies_of(result) == ["one", f"two\n{lines[2]}", "three"]
    assert codes_of(result) == {"start_in_text": 1}


def test_what_is_copied_from_the_chat_is_text(tmp_path: Path) -> None:
    sent = [f"{n:02}/09/2023, 10:00 - {'Jay' if n % 2 else 'Mo'}: text {n}" for n in range(1, 20)]
    pasted = f"14/09/2023, 11:00 - Jay: u said\n{sent[2]}\n{sent[3]}"
    result = read_lines(tmp_path, lines_of(*sent[:14], pasted, *sent[14:]))
    assert bodies_of(result)[14] == f"u said\n{sent[2]}\n{sent[3]}"
    assert len(messages_of(result)) == len(sent) + 1
    assert codes_of(result) == {"start_in_text": 2}


def test_a_piece_of_another_chat_is_text_with_the_lines_of_whom_both_have(tmp_path: Path) -> None:
    sent = [f"{n:02}/09/2023, 10:00 - {'Jay' if n % 2 else 'Mo'}: text {n}" for n in range(1, 20)]
    pasted = f"14/09/2023, 11:00 - Jay: look\n{OLD[:10]}, 20:01 - Jay: u on\n{OLD[:10]}, 20:02 - Bob: yh"
    result = read_lines(tmp_path, lines_of(*sent[:14], pasted, *sent[14:]))
    assert bodies_of(result)[14] == pasted.partition(": ")[2]
    assert codes_of(result) == {"start_in_text": 2}


def test_words_of_a_deletion_that_came_late_tell_no_owner(tmp_path: Path) -> None:
    lines = (f"{NOW}0 - Jay: one", f"{NOW}1 - Mo: two", f"{OLD} - Jay: You deleted this message", f"{NOW}5 - Mo: 3")
    result = read_lines(tmp_path, lines_of(*lines), name="_chat.txt")
    assert codes_of(result) == {"start_out_of_order": 1, "owner_untold": 4}
