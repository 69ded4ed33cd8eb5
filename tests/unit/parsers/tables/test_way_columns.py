"""Which way a message went, told by answers, letters and arrows; what is not understood is named with its values."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from parsers.contract import Limits
from parsers.mapping_proposal import propose, render
from parsers.reading import ReadResult
from parsers.table_mapping import TableMapping, read_mappings
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text

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


@pytest.mark.parametrize(
    "headings",
    [
        "Date,From Tel No,To Tel No,Text",
        "Date Sent,From Phone,To Phone,Body",
        "Message Date,Message From,Message To,Message Text",
        "Date (UK),From (number),To (number),Message (as sent)",
    ],
)
def test_sides_are_known_by_from_and_to_with_words_of_a_number_beside(tmp_path: Path, headings: str) -> None:
    result = read_text(tmp_path, f"{headings}\n13/02/2024 10:00,07700900123,07700900456,hi\n")
    (message,) = messages_of(result)
    assert message.from_party is not None
    assert (message.from_party.raw, [party.raw for party in message.to]) == ("07700900123", ["07700900456"])


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("=+447700900123", ["+447700900123"]),
        ("07700900123|07700900456", ["+447700900123", "+447700900456"]),
    ],
)
def test_numbers_as_people_write_them_into_cells(tmp_path: Path, cell: str, keys: list[str]) -> None:
    result = read_text(tmp_path, f"Date,To,Text\n13/02/2024 10:00,{cell},hi\n")
    assert [party.e164 for party in messages_of(result)[0].to] == keys


def test_the_owner_named_beside_a_number_is_no_second_side(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Date,From,From,To,To,Text\n13/02/2024 10:00,07700900123,Jay,07700900456,Me,hi\n")
    (message,) = messages_of(result)
    assert [(party.e164, party.is_owner) for party in message.to] == [("+447700900456", True)]
    assert (message.from_party and message.from_party.name, message.direction.value) == ("Jay", "incoming")


def proposed(tmp_path: Path, content: str) -> TableMapping:
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    (table,) = propose(path, Limits())
    assert table.mapping is not None
    return table.mapping


def test_a_proposal_states_what_cells_say_of_the_way(tmp_path: Path) -> None:
    rows = "13/02/2024 10:00,07700900123,No,hi there\n14/02/2024 10:00,07700900123,Yes,hello you\n"
    mapping = proposed(tmp_path, f"When,Other,Sent by me?,Said\n{rows}")
    assert mapping.columns["direction"] == ("Sent by me?",)
    assert mapping.values == {"direction": {"No": "incoming", "Yes": "outgoing"}}
    # as it stands it is a mapping that reads the table
    path = tmp_path / "t.csv"
    assert read_mappings(tomllib.loads(render(propose(path, Limits())))["table"]) == (mapping,)


def test_a_proposal_of_rows_without_text_is_of_calls(tmp_path: Path) -> None:
    rows = "13/02/2024 10:00,07700900123,in,65\n14/02/2024 10:00,07700900123,out,10\n"
    mapping = proposed(tmp_path, f"When it rang,Who,Which way,How long\n{rows}")
    assert (mapping.kind, mapping.columns["duration"]) == ("call", ("How long",))


def test_a_proposal_takes_hours_without_a_mark_and_counts_for_the_time(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, "Giorno,Hour,Tel A,Txt\n13/02/2024,1649,07700900123,hi there\n")
    assert mapping.columns["time"] == ("Giorno", "Hour")
    mapping = proposed(tmp_path, "Istante,Tel A,Txt\n1694630662000,07700900123,hi there\n")
    assert mapping.columns["time"] == ("Istante",)


def test_where_nothing_tells_the_way_it_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Date,Number,Message\n" + read_lines(("Number",), "", ""))
    assert codes_of(result)["direction_untold"] == 3


@pytest.mark.parametrize(
    ("came_in", "went_out"),
    [
        ("I/C", "O/G"),
        ("I/C call", "O/G call"),
        ("MTC", "MOC"),
        ("Terminating", "Originating"),
        ("Received", "Calls Made"),
    ],
)
def test_kinds_of_calls_in_lists_of_networks_and_analysts(tmp_path: Path, came_in: str, went_out: str) -> None:
    rows = "".join(f"13/02/2024 10:00,{kind},07700900123,65\n" for kind in (came_in, went_out))
    result = read_text(tmp_path, f"Date/Time,Call Type,Number,Duration\n{rows}")
    assert [call.call_type.value for call in calls_of(result)] == ["incoming", "outgoing"]
    assert set(codes_of(result)) == {"zone_assumed"}


def test_of_what_line_a_call_was_is_no_way_that_was_not_understood(tmp_path: Path) -> None:
    kinds = ("Mobile", "Landline", "GSM", "VoIP", "4G", "Local", "International roaming")
    rows = "".join(f"13/02/2024 10:00,{kind},07700900123,65\n" for kind in (*kinds, "Mobile diverted"))
    result = read_text(tmp_path, f"Date/Time,Call Type,Number,Duration\n{rows}")
    notices = {each.code: (each.count, each.subject) for each in result.notices}
    assert notices["direction_untold"] == (len(kinds), None)
    assert notices["direction_unreadable"] == (1, "Mobile diverted")


def test_kinds_of_calls_that_are_not_known_are_named(tmp_path: Path) -> None:
    kinds = ("Cancelled", "No answer", "Voice call", "Diverted", "Video", "Not answered", "WhatsApp")
    rows = "".join(f"13/02/2024 10:00,{kind},07700900123,65\n" for kind in kinds)
    result = read_text(tmp_path, f"Date/Time,Call Type,Number,Duration\n{rows}")
    assert {call.call_type.value for call in calls_of(result)} == {"unknown"}
    notices = {each.code: (each.count, each.subject) for each in result.notices}
    # what is known tells what became of a call, and what it is, and not which way it went
    assert notices["direction_unreadable"] == (2, "Cancelled, Diverted")
    assert notices["direction_untold"] == (5, None)


@pytest.mark.parametrize("heading", ["Call", "Log", "Call kind", "Event", "Way"])
def test_words_for_ways_under_a_heading_of_something_else(tmp_path: Path, heading: str) -> None:
    rows = "Dialled,13/06/2024 10:05,0:05,07700900601\nMissed,13/06/2024 10:06,0:00,07700900601\n"
    result = read_text(tmp_path, f"{heading},Date,Duration,Number\n{rows}")
    assert [each.call_type for each in calls_of(result)] == ["outgoing", "missed"]


@pytest.mark.parametrize("cells", [("Answered", "Not answered"), ("Made", "Made"), ("Dialled", "Jay")])
def test_words_that_leave_the_way_of_calls_open(tmp_path: Path, cells: tuple[str, str]) -> None:
    rows = "".join(f"{cell},13/06/2024 10:05,0:05,07700900601\n" for cell in cells)
    result = read_text(tmp_path, f"Event,Date,Duration,Number\n{rows}")
    assert [each.call_type for each in calls_of(result)] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("cells", "ways"),
    [(("Sent", "Received"), ["outgoing", "incoming"]), (("Sent", "Sent"), ["unknown", "unknown"])],
)
def test_words_for_ways_of_texts(tmp_path: Path, cells: tuple[str, str], ways: list[str]) -> None:
    rows = "".join(f"{cell},13/06/2024 10:05,a,07700900601\n" for cell in cells)
    result = read_text(tmp_path, f"Event,Date,Message,Number\n{rows}")
    assert [each.direction for each in messages_of(result)] == ways


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Allowance", ("In", "Out")),
        ("Bundle", ("In bundle", "Out of bundle")),
        ("Out of bundle?", ("In", "Out")),
        ("Event", ("Received", "Sent")),
    ],
)
def test_what_stands_beside_the_number_that_was_called_says_no_way(
    tmp_path: Path, heading: str, cells: tuple[str, str]
) -> None:
    rows = "".join(f"13/06/2024 10:05,07700900601,0:05,{cell}\n" for cell in cells)
    result = read_text(tmp_path, f"Date,Number called,Duration,{heading}\n{rows}")
    assert [each.call_type for each in calls_of(result)] == ["outgoing", "outgoing"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Roamer", ("Inbound", "Outbound")), ("Event", ("In", "Out")), ("Event", ("In bundle", "Out of bundle"))],
)
def test_words_that_may_be_of_something_else_say_no_way(tmp_path: Path, heading: str, cells: tuple[str, str]) -> None:
    rows = "".join(f"13/06/2024 10:05,07700900601,0:05,{cell}\n" for cell in cells)
    result = read_text(tmp_path, f"Date,Number,Duration,{heading}\n{rows}")
    assert [each.call_type for each in calls_of(result)] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Stock", ("in", "out")), ("Dialogue", ("Sent", "Received")), ("Event", ("Sent", "Received"))],
)
def test_the_owner_tells_the_way_whatever_else_is_said(tmp_path: Path, heading: str, cells: tuple[str, str]) -> None:
    sides = ("07700900601,Me", "Me,07700900602")
    rows = "".join(f"13/06/2024 10:05,{side},a,{cell}\n" for side, cell in zip(sides, cells, strict=True))
    result = read_text(tmp_path, f"Date,From,To,Message,{heading}\n{rows}")
    assert [each.direction for each in messages_of(result)] == ["incoming", "outgoing"]
