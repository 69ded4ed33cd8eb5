"""Which way a message went, told by answers, letters and arrows; what is not understood is named with its values."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.reading import ReadResult
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

IN, OUT = ("incoming", "07700900123", ()), ("outgoing", None, ("07700900123",))


def read_columns(
    tmp_path: Path, heading: str, came_in: str, went_out: str, *, number_first: bool = False
) -> ReadResult:
    heads = ("Number", "WAY") if number_first else ("WAY", "Number")
    body = read_lines(heads, came_in, went_out)
    head = ",".join(("Date", *heads, "Message")).replace("WAY", heading)
    return read_text(tmp_path, f"{head}\n{body}")


def read_lines(heads: tuple[str, ...], came_in: str, went_out: str) -> str:
    lines = []
    for day, way in ((13, came_in), (14, went_out), (15, came_in)):
        cells = [way if head == "WAY" else "07700900123" for head in heads]
        lines.append(",".join((f"{day}/02/2024 10:00:00", *cells, f"text {day}")))
    return "\n".join(lines) + "\n"


def ways_of(result: ReadResult) -> list[tuple[str, str | None, tuple[str | None, ...]]]:
    return [
        (each.direction.value, each.from_party.raw if each.from_party else None, tuple(to.raw for to in each.to))
        for each in messages_of(result)
    ]


@pytest.mark.parametrize(
    ("heading", "came_in", "went_out"),
    [
        ("Sent?", "No", "Yes"),
        ("Received", "Y", "N"),
        ("is_from_me", "0", "1"),
        ("isFromMe", "false", "true"),
        ("Sent by me?", "no", "yes"),
        ("Incoming?", "Y", "N"),
        ("I/O", "I", "O"),
        ("Direction", "R", "S"),
        ("Direction", "<-", "->"),
        ("Direction", "\u2190", "\u2192"),
        ("To/From", "From", "To"),
        ("Sent/Received", "Rec'd", "Sent"),
        ("Direction", "Rec\u2019d", "Sent"),
    ],
)
def test_what_the_whole_column_tells_is_read(tmp_path: Path, heading: str, came_in: str, went_out: str) -> None:
    result = read_columns(tmp_path, heading, came_in, went_out)
    assert ways_of(result) == [IN, OUT, IN]
    assert not codes_of(result).keys() & {"direction_unreadable", "direction_untold", "time_unreadable"}


def test_numbers_of_androids_own_headings_whatever_form_its_times_have(tmp_path: Path) -> None:
    heads = "date,type,address,body\n"
    result = read_text(tmp_path, heads + read_lines(("WAY", "Number"), "1", "2"))
    assert ways_of(result) == [IN, OUT, IN]
    result = read_text(tmp_path, heads + read_lines(("WAY", "Number"), "1", "7"))
    assert codes_of(result)["direction_unreadable"] == 3


@pytest.mark.parametrize(
    ("heading", "came_in", "went_out", "number_first"),
    [
        ("Direction", "Q", "Z", False),
        ("Direction", "1", "2", False),
        ("Direction", "I", "Z", False),
        # behind the number an arrow points from it, or away from the handset
        ("Direction", "<-", "->", True),
    ],
)
def test_what_is_not_understood_is_named_with_its_values(
    tmp_path: Path, heading: str, came_in: str, went_out: str, *, number_first: bool
) -> None:
    result = read_columns(tmp_path, heading, came_in, went_out, number_first=number_first)
    assert {way for way, _, _ in ways_of(result)} == {"unknown"}
    (notice,) = [each for each in result.notices if each.code == "direction_unreadable"]
    assert (notice.count, notice.subject) == (3, f"{came_in}, {went_out}")


def test_a_text_that_stands_there_is_not_shown(tmp_path: Path) -> None:
    result = read_columns(tmp_path, "Direction", "bell me on this one", "bell me on that one")
    (notice,) = [each for each in result.notices if each.code == "direction_unreadable"]
    assert (notice.count, notice.subject) == (3, "not shown")


def test_answers_that_leave_the_way_open(tmp_path: Path) -> None:
    rows = "".join(f"{day}/02/2024 10:00,07700900123,07700900456,No,hi\n" for day in (13, 14))
    result = read_text(tmp_path, f"Date,From,To,Sent,Message\n{rows}")
    # with both sides told, it says whether the message went out at all
    assert {message.direction.value for message in messages_of(result)} == {"unknown"}
    assert [message.extra for message in messages_of(result)] == [(("Sent", "No"),)] * 2
    assert "time_unreadable" not in codes_of(result)


def test_a_column_of_times_stays_one(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Sent,Number,Message\n13/02/2024 10:00,07700900123,hi\nNo,07700900123,ho\n")
    assert messages_of(result)[0].time.utc == "2024-02-13T10:00:00.000Z"
    assert codes_of(result)["direction_untold"] == 2


def test_where_nothing_tells_the_way_it_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Date,Number,Message\n" + read_lines(("Number",), "", ""))
    assert codes_of(result)["direction_untold"] == 3
