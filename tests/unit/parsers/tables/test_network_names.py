"""Bills name whose line was called by its network: no person, and a text beside it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.reading import ReadResult
from parsers.tables.network_names import may_name_network, names_network_line
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text


def bill(folder: Path, heading: str, *kinds: str, number: str = "Number Called", last: str = "Cost") -> ReadResult:
    """Read a bill: each kind with a number of its own; what is called a text lasts no time."""
    lines = [
        f"16/07/2024,09:{place:02},0770090040{place},{kind},{'' if 'ext' in kind else '00:01:05'},0.10"
        for place, kind in enumerate(kinds)
    ]
    return read_text(folder, "\n".join([f"Date,Time,{number},{heading},Duration,{last}", *lines, ""]), name="bill.csv")


def names(result: ReadResult) -> list[str | None]:
    return [party.name for each in (*calls_of(result), *messages_of(result)) for party in each.to]


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Destination", ("O2 Mobile", "Text", "Vodafone Mobile", "Text")),
        ("Destination", ("UK Mobile (O2)", "Text (EE)", "UK Mobile (EE)", "Text (O2)")),
        ("Destination", ("Mobile - EE", "Text - Vodafone", "Mobile - O2", "Text - Three")),
        ("Destination", ("Vodafone", "Text Message", "O2", "Text Message")),
        ("Destination", ("Three", "Text Message", "EE", "Text Message")),
        ("Service", ("O2 Mobile", "Text", "Vodafone Mobile", "Text")),
        ("Call Description", ("UK Mobile", "UK Mobile Text", "UK Landline", "UK Mobile Text")),
        ("Call Type", ("Vodafone Mobile", "Text", "Three Mobile", "Text")),
        ("Description", ("Vodafone mobile", "Text message", "EE mobile", "Text message")),
        ("Called Network", ("EE", "Text", "Vodafone", "Text")),
        ("Location Called", ("Mobile Three", "SMS text", "Mobile EE", "SMS text")),
    ],
)
def test_a_text_beside_lines_of_networks_is_one_and_nobody_is_called_so(
    tmp_path: Path, heading: str, kinds: tuple[str, ...]
) -> None:
    result = bill(tmp_path, heading, *kinds)
    assert (len(calls_of(result)), len(messages_of(result))) == (2, 2)
    assert {message.service for message in messages_of(result)} == {"sms"}
    assert set(names(result)) == {None}
    assert (heading, kinds[0]) in calls_of(result)[0].extra


def test_beside_a_number_without_a_side_a_line_is_no_unknown_way(tmp_path: Path) -> None:
    result = bill(tmp_path, "Call Type", "Vodafone Mobile", "Text", "Three", number="Number Dialled")
    assert "direction_unreadable" not in codes_of(result)
    assert (len(calls_of(result)), len(messages_of(result))) == (2, 1)


def test_data_with_its_volume_is_no_number(tmp_path: Path) -> None:
    result = bill(tmp_path, "Destination", "O2 Mobile", "Text", "Data 3.2MB", "Voicemail")
    assert (len(calls_of(result)), len(messages_of(result))) == (2, 1)
    assert set(names(result)) == {None}


@pytest.mark.parametrize(
    "people",
    [
        ("Three", "Orange Lee", "Text me Dave", "Three"),
        ("Three", "Text", "Three", "Text"),
        ("Text me Dave", "Text me Dave", "Text me Dave", "Jay"),
        ("Sky", "Jay", "Vodafone", "Mum"),
    ],
)
def test_people_keep_their_names(tmp_path: Path, people: tuple[str, ...]) -> None:
    result = bill(tmp_path, "To", *people, last="Remark")
    assert sorted(filter(None, names(result))) == sorted(people)


@pytest.mark.parametrize(
    ("numbers", "people"),
    [
        (("07700900101", "07700900102", "07700900103"), ("Three", "Sky", "Orange")),
        (("07700900101", "01632960015", "07700900102"), ("Kent", "Kent", "Mum")),
    ],
)
def test_in_a_list_with_costs_too(tmp_path: Path, numbers: tuple[str, ...], people: tuple[str, ...]) -> None:
    rows = [f"{numbers[at]},{who},1{at}/07/2024 10:00:00,00:01:00,0.10" for at, who in enumerate(people)]
    content = "\n".join(["Called Number,Destination,Date,Duration,Cost", *rows, *rows[:2], ""])
    result = read_text(tmp_path, content, name="list.csv")
    assert set(names(result)) == set(people)


def test_names_of_networks() -> None:
    assert all(map(names_network_line, ("O2", "T-Mobile", "iD Mobile", "3 Mobile", "Orange mobile", "giffgaff")))
    assert not any(map(names_network_line, ("Three", "Orange Lee", "Mobile", "O2 Dave", "Sky", "Lee Mobile")))
    assert all(map(may_name_network, ("Three", "3", "Sky", "EE")))
    assert not any(map(may_name_network, ("Orange Lee", "UK Mobile", "")))


def test_short_headings_of_networks_lists(tmp_path: Path) -> None:
    rows = "20240716 090530,07700900401,07700900402,65\n"
    for heading in ("Event Start", "Start"):
        (call,) = calls_of(read_text(tmp_path, f"{heading},Calling Number,Called Number,Dur\n{rows}", name="a.csv"))
        assert (call.duration_seconds, call.time.utc is not None) == (65, True)


def test_identifiers_of_handsets_and_masts_look_like_no_times(tmp_path: Path) -> None:
    text = "Zzyzx,Caller,Called,Duration,Originating IMEI,Cell\n20240716090530,07700900401,07700900402,65,{},234-20-1\n"
    result = read_text(tmp_path, text.format("350000000000105"), name="a.csv")
    assert [each.subject for each in result.notices if each.code == "time_not_read"] == ["Zzyzx"]
