"""Texts that look like the report's own lines: what the file shows as a whole tells which they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.parsers.formats.xry_text.export_text import (
    PEER,
    bodies_of,
    codes,
    export,
    is_balanced,
    message,
    messages_of,
    read_bytes,
    read_text,
    stored,
)

PLAIN = [message(number, f"plain {number}") for number in range(1, 5)]
TRICKY = [
    "first\n\nthird",
    "first\n\n\n\nfifth",
    "ends with empty lines\n\n",
    "\nbegins with one",
    "Time: 8pm by the shops",
    "see u\nTime: 8pm\nTel: 07700 900999\nStatus: ok",
    "Time:\t01/01/2020 00:00:00 (Network)",
    "ok\nStatus:\tDeleted\nType:\tSubmit",
    "ok\nStatus:\tDeleted",
    "ok\nDirection:\tOutgoing",
    "ok\nName:\tsomebody else",
    "ok\nTo\nTel:\t07700 900999",
    "ok\nFrom\nTel:\t07700 900999\nText:\tnothing",
    "To",
    "From\nTo\nParticipant",
    "Text: twice\nText:\tthrice",
    "hello\n\nMessages #\t99\nFrom\nTel:\t07700 900999\nText:\tmade up",
    "hello\n\nMessages #\t3\nFrom\nTel:\t07700 900999\nText:\tmade up",
    "hello\n\nMessages #\t1",
    "Messages #\t2",
    "hello\n\nCalls #\t2\nCall Type:\tMissed",
    "XRY Export\nCase: x\nCalls\n\n\nCalls #\t1\nCall Type:\tMissed",
    "http://example.org:80/x?a=1\nC:\\x",
    "  two  spaces in front and behind  ",
    "\ttab in front",
    "a\ttab\tin it: yes",
    ":",
    "#",
    "",
]


@pytest.mark.parametrize("body", TRICKY)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_text_is_read_to_the_character_whatever_it_looks_like(tmp_path: Path, body: str, place: int) -> None:
    entities = [f"plain {number}" for number in range(5)]
    entities[place] = body
    written = export(*(message(number, text) for number, text in enumerate(entities, 1)), count="5 items")
    result = read_text(tmp_path, written)
    assert bodies_of(result) == entities
    assert is_balanced(result)
    for each in messages_of(result):
        assert each.from_party is not None
        assert each.from_party.raw == PEER
        assert (each.time.utc, each.status, each.folder) == ("2023-09-13T17:45:00.000Z", "Read", "Inbox")
        assert each.direction == "incoming"


@pytest.mark.parametrize("body", TRICKY)
def test_without_a_count_in_the_header_too(tmp_path: Path, body: str) -> None:
    entities = ["plain 1", body, "plain 3", "plain 4", "plain 5"]
    result = read_text(tmp_path, export(*(message(number, text) for number, text in enumerate(entities, 1))))
    assert bodies_of(result) == entities


@pytest.mark.parametrize("body", [*TRICKY, "ok\nDeleted: Yes", "ok\nIndex:\t9\nService Center:\t1"])
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("count", ["", "3 items"])
def test_in_a_file_of_three_messages_too(tmp_path: Path, body: str, place: int, count: str) -> None:
    entities = ["alpha", "omega"]
    entities.insert(place, body)
    written = export(*(message(number, text) for number, text in enumerate(entities, 1)), count=count)
    result = read_text(tmp_path, written)
    assert bodies_of(result) == entities
    assert [each.direction for each in messages_of(result)] == ["incoming"] * 3


@pytest.mark.parametrize("body", ["a\n\nb", "ok\nStatus: Deleted", "ok\nTo\nok", "ok\n\nMessages #\t99\nTel:\t1"])
def test_what_looks_like_structure_is_said_and_kept_as_it_stands(tmp_path: Path, body: str) -> None:
    result = read_text(tmp_path, export(*PLAIN, message(5, body)))
    odd = messages_of(result)[4]
    assert odd.body_notices == ("structure_in_text",)
    assert body in dict(odd.extra)["entity as written"]
    assert codes(result) == {"structure_in_text": 1, "zone_assumed": 5}
    assert result.state == "complete"


def test_plain_texts_say_nothing(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(*PLAIN, message(5, "two\nlines")))
    assert all(not each.body_notices for each in messages_of(result))
    assert codes(result) == {"zone_assumed": 5}


def test_a_mark_of_deletion_is_believed_where_only_one_message_has_it(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(*PLAIN, message(5, "gone", tail="Time:\t13/09/2023 18:45:00\nDeleted:\tYes")))
    assert [each.deleted for each in messages_of(result)] == ["unknown"] * 4 + ["deleted"]


def test_keys_that_nobody_has_described_are_kept(tmp_path: Path) -> None:
    tail = "Time:\t13/09/2023 18:45:00 (Network)\nOdd Key:\todd\nStatus:\tRead"
    result = read_text(tmp_path, export(*PLAIN, message(5, "x", tail=tail)))
    odd = messages_of(result)[4]
    assert (odd.body, odd.status) == ("x", "Read")
    assert ("Odd Key", "odd") in odd.extra


def test_a_key_that_has_no_value_in_one_message_is_no_line_of_its_text(tmp_path: Path) -> None:
    sent = message(1, "never", head=f"To\nTel:\t{PEER}", tail="Status:\tSent\nType:\tSubmit")
    empty = message(2, "empty", head=f"To\nTel:\t{PEER}", tail="Time:\t\nStatus:\tSent\nType:\tSubmit")
    result = read_text(tmp_path, export(sent, empty))
    assert bodies_of(result) == ["never", "empty"]


def test_a_layout_with_the_text_last(tmp_path: Path) -> None:
    head = f"From\nTel:\t{PEER}\nTime:\t13/09/2023 18:45:00 (Device)\nStatus:\tRead"
    bodies = ["one", "two\n\nlines", "three\nStatus:\tDeleted", "four\n\nMessages #\t9\nTel:\t1", "five\n", "six"]
    texts = [message(number, body, head=head, tail="") for number, body in enumerate(bodies, 1)]
    texts += [message(number, f"plain {number}", head=head, tail="") for number in range(7, 12)]
    result = read_text(tmp_path, export(*texts, count="11 items"))
    assert bodies_of(result)[:6] == bodies
    assert all(each.time.basis == "device_local" for each in messages_of(result))


def test_line_feeds_alone_stand_in_a_text_where_the_file_ends_its_lines_otherwise(tmp_path: Path) -> None:
    """So even a text that ends with the very keys of its entity is told apart."""
    body = "ok\nDeleted:\tYes\nTime:\t01/01/2020 00:00:00 (Network)\nStatus:\tDeleted\n"
    raw = stored(export(*PLAIN, message(5, "@@"))).replace("@@".encode("utf-16-le"), body.encode("utf-16-le"))
    (*_, odd) = messages_of(read_bytes(tmp_path, raw))
    assert (odd.body, odd.deleted, odd.time.utc) == (body, "unknown", "2023-09-13T17:45:00.000Z")


def test_mixed_line_ends_are_line_ends(tmp_path: Path) -> None:
    lines = export(*PLAIN).split("\n")
    mixed = "".join(line + ("\n" if number % 3 else "\r\n") for number, line in enumerate(lines))
    result = read_bytes(tmp_path, stored(mixed, line_end="\n"))
    assert bodies_of(result) == [f"plain {number}" for number in range(1, 5)]
    assert all(each.time.utc for each in messages_of(result))


def test_keys_padded_with_spaces(tmp_path: Path) -> None:
    text = export(*PLAIN, message(5, "two\n\nlines")).replace("From\nTel:\t", "From   \n  Tel:         ")
    text = text.replace("Time:\t", "Time:        ").replace("Text:\t", "Text:  ").replace("Status:\t", "Status:     ")
    result = read_text(tmp_path, text.replace("Type:\t", "Type: ").replace("Folder:\t", "Folder: "))
    assert bodies_of(result)[:4] == [f"plain {number}" for number in range(1, 5)]
    assert messages_of(result)[4].body == "two\n\nlines"
    assert {each.status for each in messages_of(result)} == {"Read"}


def test_a_file_without_empty_lines_between_entities(tmp_path: Path) -> None:
    text = export(*PLAIN).replace("\n\nMessages", "\nMessages")
    assert bodies_of(read_text(tmp_path, text)) == [f"plain {number}" for number in range(1, 5)]


def test_one_empty_line_that_is_missing(tmp_path: Path) -> None:
    text = export(*PLAIN).replace("\n\nMessages #\t3", "\nMessages #\t3")
    assert bodies_of(read_text(tmp_path, text)) == [f"plain {number}" for number in range(1, 5)]


def test_numbers_that_are_left_out_are_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(message(1, "a"), message(2, "b"), message(7, "c"), message(9, "d")))
    assert bodies_of(result) == ["a", "b", "c", "d"]
    assert codes(result)["numbers_left_out"] == 5
    assert result.state == "complete"


def test_a_count_that_is_not_reached_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(*PLAIN, count="6 items"))
    assert codes(result)["count_short"] == 2
    assert result.state == "complete_with_notices"
    assert codes(read_text(tmp_path, export(*PLAIN, count="2 items")))["count_exceeded"] == 2


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "To", "From", "Tel:\t07700 900999", "Status: Read", "Time:\t1/1/2020", "Messages #\t2", "x"]
        ),
        st.text(st.characters(exclude_characters="\r\n\x00", codec="utf-16"), max_size=20),
    ),
    max_size=5,
)


@given(LINES, st.integers(0, 5))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_among_plain_ones_comes_back(tmp_path: Path, lines: list[str], place: int) -> None:
    body = "\n".join(lines)
    bodies = [f"plain {number}" for number in range(6)]
    bodies[place] = body
    result = read_text(tmp_path, export(*(message(number, text) for number, text in enumerate(bodies, 1))))
    assert bodies_of(result) == bodies
    assert is_balanced(result)
