"""Keys that nobody has described: what they hold is kept, and that it was not read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.xry_text.export_text import (
    AT,
    PEER,
    bodies_of,
    calls_of,
    codes,
    entity,
    export,
    message,
    messages_of,
    read_text,
)

GERMAN = "Zeit:\t14.09.2023 16:49:00 (Netzwerk)\nStatus:\tGelesen\nTyp:\tEmpfangen"
SWEDISH = "Tid:\t2023-09-14 16:49:00 (Nätverk)\nStatus:\tLäst\nTyp:\tInkommande"


@pytest.mark.parametrize(("side", "tail"), [("Von", GERMAN), ("Från", SWEDISH)])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_keys_in_another_language_are_said(tmp_path: Path, side: str, tail: str, count: int) -> None:
    held = [message(number, "hi", head=f"{side}\nTel:\t{PEER}", tail=tail) for number in range(1, count + 1)]
    result = read_text(tmp_path, export(*held))
    assert codes(result)["keys_unknown"] == count
    assert all("14" in str(each.extra) for each in messages_of(result))
    assert {each.direction.value for each in messages_of(result)} == {"unknown"}


@pytest.mark.parametrize("head", [f"Von\nTel:\t{PEER}", f"Von:\t{PEER}", f"Index:\t5\nVon\nTel:\t{PEER}"])
def test_a_side_alone_that_is_not_known_is_said(tmp_path: Path, head: str) -> None:
    held = [message(number, "hi", head=head, tail=f"Time:\t{AT}") for number in (1, 2, 3)]
    assert codes(read_text(tmp_path, export(*held)))["keys_unknown"] == 3


def test_calls_in_another_language_are_said(tmp_path: Path) -> None:
    call = entity("Calls", 1, ("Von", PEER), ("Zeit", "14.09.2023 16:49:00"), ("Dauer", "00:01:05"))
    result = read_text(tmp_path, export(call, view="Calls"))
    assert len(calls_of(result)) == 1
    assert codes(result)["keys_unknown"] == 1


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (f"To\nTel:\t{PEER}", "Status:\tSent\nType:\tSubmit\nStorage:\tSIM"),
        (f"From\nTel:\t{PEER}", f"Time:\t{AT}\nType:\tStatus Report"),
        (f"Participant\nTel:\t{PEER}", f"Time:\t{AT}\nDelivered:\t{AT}"),
        (f"Tel:\t{PEER}", f"Time:\t{AT}\nService Center:\t+447700900001"),
        (f"From:\t{PEER}", f"Time:\t{AT}\nPriority:\tHigh"),
        ("", "Folder:\tDrafts\nStatus:\tDraft"),
    ],
)
def test_what_a_message_lacks_and_no_key_holds_is_not_said(tmp_path: Path, head: str, tail: str) -> None:
    held = [message(number, "hi", head=head, tail=tail) for number in (1, 2, 3)]
    assert "keys_unknown" not in codes(read_text(tmp_path, export(*held)))


@pytest.mark.parametrize("line", ["Priority:\tHigh", f"Delivered:\t{AT}", "SIM Slot:\t1"])
def test_a_key_that_one_message_has_below_its_text_is_said(tmp_path: Path, line: str) -> None:
    held = [message(1, "a"), message(2, "b"), message(3, "c", line), message(4, "d")]
    result = read_text(tmp_path, export(*held))
    assert codes(result)["structure_in_text"] == 1
    assert messages_of(result)[2].body_notices == ("structure_in_text",)
    assert line in dict(messages_of(result)[2].extra)["entity as written"]


def test_a_line_with_a_colon_and_no_tab_is_text(tmp_path: Path) -> None:
    held = [message(1, "a"), message(2, "list", "Milk: 2", "PS:", "http://x.example"), message(3, "c")]
    result = read_text(tmp_path, export(*held))
    assert bodies_of(result)[1] == "list\nMilk: 2\nPS:\nhttp://x.example"
    assert "structure_in_text" not in codes(result)
