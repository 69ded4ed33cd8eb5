"""Long texts: one message, exported as one entity a segment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.parsers.formats.xry_text.export_text import (
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

TO = "To\nTel:\t07700900456"


def segment(
    number: int, text: str, place: int, total: int | None = 2, *, reference: str = "17", head: str = TO, time: str = ""
) -> str:
    lines = [f"Reference Number:\t{reference}"]
    lines += [f"Segments:\t{total}"] if total is not None else []
    lines += [f"Segment Number:\t{place}", *([f"Time:\t{time}"] if time else []), "Storage:\tDevice"]
    return message(number, text, head=head, tail="\n".join(lines))


FIRST_AT = "13/09/2023 18:46:10 (Network)"


def test_segments_are_joined_with_nothing_between(tmp_path: Path) -> None:
    text = export(message(1, "x"), segment(2, "mehr e", 1, time=FIRST_AT), segment(3, "rhalten", 2), message(4, "y"))
    result = read_text(tmp_path, text)
    assert bodies_of(result) == ["x", "mehr erhalten", "y"]
    long = messages_of(result)[1]
    assert long.body_notices == ("joined_parts",)
    assert (long.time.utc, [each.raw for each in long.to]) == ("2023-09-13T17:46:10.000Z", ["07700900456"])
    assert long.source.locator.startswith("Messages 2,")
    assert any(name == "segment" and text.startswith("Messages 3,") for name, text in long.extra)
    assert codes(result)["segments_joined"] == 1
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].indexed, rows["other:segment"].noticed) == (3, 3, 1)
    assert result.state == "complete"


def test_a_character_that_was_cut_in_two_is_one_again(tmp_path: Path) -> None:
    text = stored(export(segment(1, "look \ud83d", 1), segment(2, "\ude02 here", 2)))
    result = read_bytes(tmp_path, text)
    assert bodies_of(result) == ["look \U0001f602 here"]
    assert messages_of(result)[0].body_notices == ("joined_parts",)
    assert "characters_replaced" not in codes(result)


def test_a_missing_segment_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(segment(1, "one ", 1, 3), segment(2, "three", 3, 3), message(3, "y")))
    assert bodies_of(result) == ["one three", "y"]
    assert messages_of(result)[0].body_notices == ("joined_parts", "missing_parts")
    notice = next(each for each in result.notices if each.code == "segments_missing")
    assert (notice.count, notice.first_locator) == (1, "Messages 1, line 6")
    assert result.state == "complete_with_notices"
    assert is_balanced(result)


def test_one_segment_alone(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(segment(1, "the second", 2), message(2, "y")))
    assert bodies_of(result) == ["the second", "y"]
    assert messages_of(result)[0].body_notices == ("joined_parts", "missing_parts")


def test_segments_out_of_order_and_between_others(tmp_path: Path) -> None:
    text = export(
        segment(1, "two", 2), message(2, "x"), segment(3, "B1 ", 1, reference="18"), segment(4, "one ", 1),
        segment(5, "B2", 2, reference="18"), message(6, "y"),
    )  # fmt: skip
    assert bodies_of(read_text(tmp_path, text)) == ["one two", "x", "B1 B2", "y"]


def test_a_reference_that_comes_round_again(tmp_path: Path) -> None:
    text = export(segment(1, "a", 1), segment(2, "b", 2), segment(3, "c", 1), segment(4, "d", 2))
    assert bodies_of(read_text(tmp_path, text)) == ["ab", "cd"]
    lost = export(segment(1, "a", 1), segment(2, "c", 1), segment(3, "d", 2))
    assert bodies_of(read_text(tmp_path, lost)) == ["a", "cd"] or bodies_of(read_text(tmp_path, lost)) == ["ad", "c"]


def test_one_reference_of_two_senders_is_two_texts(tmp_path: Path) -> None:
    other = "From\nTel:\t07700900123"
    text = export(
        segment(1, "a1", 1), segment(2, "b1", 1, head=other), segment(3, "a2", 2), segment(4, "b2", 2, head=other)
    )
    assert bodies_of(read_text(tmp_path, text)) == ["a1a2", "b1b2"]


def test_segments_far_apart_in_time_are_two_texts(tmp_path: Path) -> None:
    text = export(
        segment(1, "a", 1, time="13/09/2023 18:46:10 (Network)"),
        segment(2, "b", 2, time="15/09/2023 10:00:00 (Network)"),
    )
    assert bodies_of(read_text(tmp_path, text)) == ["a", "b"]


def test_segments_without_a_total(tmp_path: Path) -> None:
    text = export(segment(1, "a", 1, None), segment(2, "b", 2, None), message(3, "y"))
    assert bodies_of(read_text(tmp_path, text)) == ["ab", "y"]


def test_a_single_segment_is_a_whole_text(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(segment(1, "a", 1, 1), segment(2, "b", 1, 1)))
    assert bodies_of(result) == ["a", "b"]
    assert all(not each.body_notices for each in messages_of(result))


def test_numbers_that_are_none_join_nothing(tmp_path: Path) -> None:
    odd = "Reference Number:\tx\nSegments:\t99999\nSegment Number:\t-1\nStorage:\tDevice"
    result = read_text(tmp_path, export(message(1, "a", tail=odd), message(2, "b", tail=odd)))
    assert bodies_of(result) == ["a", "b"]


def test_what_later_segments_say_differently_is_kept(tmp_path: Path) -> None:
    second = segment(2, "b", 2).replace("Storage:\tDevice", "Storage:\tDevice\nIndex:\t8")
    text = export(segment(1, "a", 1).replace("Storage:\tDevice", "Storage:\tDevice\nIndex:\t7"), second)
    (long,) = messages_of(read_text(tmp_path, text))
    assert ("Index", "7") in long.extra
    assert ("Index, segment 2", "8") in long.extra


def test_a_text_in_segments_that_looks_like_structure(tmp_path: Path) -> None:
    plain = [message(number, f"plain {number}") for number in range(3, 8)]
    text = export(segment(1, "one\n\nStatus: Deleted", 1), segment(2, "\nTo\nend", 2), *plain)
    result = read_text(tmp_path, text)
    assert bodies_of(result)[0] == "one\n\nStatus: Deleted\nTo\nend"


@given(st.text(st.characters(exclude_characters="\r\x00", codec="utf-16"), min_size=2, max_size=60), st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_order_of_segments_comes_back(tmp_path: Path, text: str, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, max(1, len(text) // 2)))
    units = text.encode("utf-16-le")
    pieces = [units[start : start + 2 * size] for start in range(0, len(units), 2 * size)][:60]
    order = data.draw(st.permutations(range(len(pieces))))
    whole = b"".join(pieces).decode("utf-16-le", "replace")
    entities = [message(1, "plain"), message(2, "plain"), message(3, "plain"), message(4, "plain")]
    entities += [
        segment(number, pieces[place].decode("utf-16-le", "surrogatepass"), place + 1, len(pieces))
        for number, place in enumerate(order, 5)
    ]
    result = read_bytes(tmp_path, stored(export(*entities)))
    assert bodies_of(result)[4:] == [whole]
    assert is_balanced(result)


TAIL = "Status:\tRead\nType:\tDeliver\nStorage:\tSIM\nFolder:\tInbox"
STATED = f"Time:\t{FIRST_AT}\n{TAIL}"


def standing(place: int, total: int = 3) -> str:
    return f"Segments:\t{total}\nSegment Number:\t{place}\nReference Number:\t77"


def in_three(second: str = "of word ", third: str = "last") -> list[str]:
    """A text in which only the first segment has all keys, and the keys of segments stand last."""
    return [
        message(1, "first ", tail=f"{STATED}\n{standing(1)}"),
        message(2, second, head="", tail=standing(2)),
        message(3, third, head="", tail=standing(3)),
    ]


def test_segments_that_have_few_keys_do_not_outvote_the_others(tmp_path: Path) -> None:
    long, alone = messages_of(read_text(tmp_path, export(*in_three(), message(4, "alone", tail=STATED))))
    assert (long.body, alone.body) == ("first of word last", "alone")
    assert (long.time.utc, long.status, long.folder) == ("2023-09-13T17:46:10.000Z", "Read", "Inbox")
    assert long.body_notices == ("joined_parts",)


@pytest.mark.parametrize("typed", ["Status:\tDeleted", "Folder:\tDrafts\nIndex:\t9", "see\n\nStorage: x"])
def test_a_segment_that_has_few_keys_may_hold_lines_like_keys(tmp_path: Path, typed: str) -> None:
    text = export(*in_three(f"ok\n{typed}"), message(4, "alone", tail=STATED), message(5, "x", tail=STATED))
    long = messages_of(read_text(tmp_path, text))[0]
    assert long.body == f"first ok\n{typed}last"
    assert (long.status, long.body_notices) == ("Read", ("joined_parts", "structure_in_text"))


def test_a_file_of_further_segments_alone(tmp_path: Path) -> None:
    (long,) = messages_of(read_text(tmp_path, export(*in_three("two\nStatus:\tDeleted")[1:])))
    assert (long.body, long.status) == ("two\nStatus:\tDeletedlast", None)
