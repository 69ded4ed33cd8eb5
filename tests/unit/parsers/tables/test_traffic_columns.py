"""Lists of networks have calls, texts and data below each other: the words of a column tell, whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.reading import ReadResult
from parsers.records.facts import CallType, Direction
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text

OWN = "447700900314"


def listed(folder: Path, *rows: tuple[str, int], heading: str = "Usage Type", more: str = "") -> ReadResult:
    """Read a list of a network: one row of each kind with its seconds."""
    lines = [
        f"{OWN},4477009003{20 + place},{13 + place % 15}/06/2024,13:30:05,{seconds},{kind}{more}"
        for place, (kind, seconds) in enumerate(rows)
    ]
    headings = f"Calling Number,Called Number,Date,Time,Duration,{heading}"
    return read_text(folder, "\n".join([headings, *lines, ""]), name="list.csv")


@pytest.mark.parametrize(
    "heading",
    [
        *("Usage Type", "Service", "Product", "Traffic Type", "Description", "Call Description", "Category", "Kind"),
        *("Bearer", "Event", "Type of Call", "Service Type", "Event Type", "Record Type", "Type", "Zzyzx"),
    ],
)
def test_whatever_the_column_is_called(tmp_path: Path, heading: str) -> None:
    rows = (("Voice", 65), ("SMS", 0), ("MMS", 0), ("Data", 900), ("Voice", 12))
    result = listed(tmp_path, *rows, heading=heading)
    assert [call.duration_seconds for call in calls_of(result)] == [65, 12]
    assert [message.service for message in messages_of(result)] == ["sms", "mms"]
    (notice,) = [each for each in result.notices if each.code == "element_not_read"]
    assert (notice.subject, notice.count) == ("Data", 1)


@pytest.mark.parametrize(
    ("call", "text", "picture", "data"),
    [
        ("MOC", "SMS-MO", "MMS-MO", "GPRS"),
        ("Speech", "SMSMO", "MMSMO", "PDP"),
        ("moCallRecord", "moSMSRecord", "MO_MMS", "GPRS call"),
        ("Call", "Text", "Picture", "Internet"),
        ("Voice call", "Text message", "Picture message", "Mobile Data"),
        ("Sprache", "SMS", "Bildnachricht", "Daten"),
        ("Voix", "Texto", "Message multimédia", "Données"),
        ("Spraak", "SMS", "Fotobericht", "Dataverkeer"),
        ("Voz", "SMS", "Mensaje multimedia", "Datos"),
        ("Głosowe", "SMS", "MMS", "Transmisja danych"),
        ("Llais", "SMS", "Neges llun", "Data"),
    ],
)
def test_codes_and_languages(tmp_path: Path, call: str, text: str, picture: str, data: str) -> None:
    result = listed(tmp_path, (call, 65), (text, 0), (picture, 0), (data, 900))
    assert [each.duration_seconds for each in calls_of(result)] == [65]
    assert [each.service for each in messages_of(result)] == ["sms", "mms"]
    assert codes_of(result)["element_not_read"] == 1


def test_a_code_says_which_way(tmp_path: Path) -> None:
    result = listed(tmp_path, ("MOC", 65), ("MTC", 5), ("SMS-MO", 0), ("SMSMT", 0), ("MO_SMS", 0))
    assert [call.call_type for call in calls_of(result)] == [CallType.OUTGOING, CallType.INCOMING]
    ways = [message.direction for message in messages_of(result)]
    assert ways == [Direction.OUTGOING, Direction.INCOMING, Direction.OUTGOING]


@pytest.mark.parametrize("kind", ["Zzyzx", "T62", ""])
def test_a_row_of_no_kind_that_is_known_and_no_seconds_is_no_call(tmp_path: Path, kind: str) -> None:
    result = listed(tmp_path, ("Voice", 65), ("SMS", 0), ("SMS", 0), (kind, 0))
    assert len(calls_of(result)) == 1
    assert codes_of(result)["element_unreadable"] == 1


def test_what_lasted_or_was_missed_is_a_call_of_whatever_line(tmp_path: Path) -> None:
    result = listed(tmp_path, ("Voice", 65), ("SMS", 0), ("SMS", 0), ("UK Landline", 12), ("Unanswered", 0))
    assert [call.duration_seconds for call in calls_of(result)] == [65, 12, 0]


@pytest.mark.parametrize("kind", ["SMS", "Text"])
def test_a_list_of_texts_alone(tmp_path: Path, kind: str) -> None:
    result = listed(tmp_path, (kind, 0), (kind, 0))
    assert (calls_of(result), len(messages_of(result))) == ([], 2)


def test_the_way_stays_read_beside_it(tmp_path: Path) -> None:
    content = (
        "Number,Date,Time,Type,Duration,Product\n"
        "07700900123,13/06/2024,13:30,Incoming,65,Voice\n"
        "07700900124,14/06/2024,13:30,Outgoing,0,SMS\n"
    )
    result = read_text(tmp_path, content, name="list.csv")
    (call,), (message,) = calls_of(result), messages_of(result)
    assert (call.call_type, message.direction) == (CallType.INCOMING, Direction.OUTGOING)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Connection", ("Mobile data", "WiFi", "Mobile data")),
        ("Line", ("Mobile", "Landline", "Mobile")),
        ("Notes", ("text", "he called about the car", "no idea")),
        ("Application", ("Messages", "Phone", "Messages")),
        ("Network", ("4G", "3G", "GSM")),
        ("Kind", ("Video call", "Voice call", "Voice call")),
    ],
)
def test_other_columns_leave_calls_calls(tmp_path: Path, heading: str, cells: tuple[str, ...]) -> None:
    result = listed(tmp_path, *((cell, place) for place, cell in enumerate(cells)), heading=heading)
    assert len(calls_of(result)) == len(cells)


def log(folder: Path, heading: str, cells: tuple[str, ...], *, volumes: tuple[str, ...] = ()) -> ReadResult:
    """Read a log of calls that all lasted and went one way, with a column more; and one of volumes, if any."""
    lines = [
        f"+44770090012{place},{('Incoming', 'Outgoing')[place % 2]},2024-02-0{place + 1} 10:00:00,0:00:1{place},{cell}"
        + (f",{volumes[place]}" if volumes else "")
        for place, cell in enumerate(cells)
    ]
    headings = f"Number,Direction,Date/Time,Duration,{heading}" + (",Volume (KB)" if volumes else "")
    return read_text(folder, "\n".join([headings, *lines, ""]), name="list.csv")


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Cell Technology", ("GPRS",) * 3),
        ("Zzyzx", ("GPRS",) * 3),
        ("Carried over", ("Voice network", "Mobile data", "Mobile data")),
        ("Zzyzx", ("Voice network", "Mobile data", "Mobile data")),
        ("Connection", ("Voice", "Wifi", "Voice")),
        ("Zzyzx", ("Voice", "Wifi", "SMS")),
        ("Found In", ("Call log", "Notification", "WhatsApp application")),
        ("Reply", ("SMS",) * 3),
        ("Zzyzx", ("SMS",) * 3),
        ("Declined with", ("Text", "Text", "Message")),
        ("Followed by", ("Text", "Call", "Text")),
        ("Zzyzx", ("Text", "Call", "Text")),
        ("Name Source", ("Contacts", "Call Log", "Contacts")),
        ("Zzyzx", ("Contacts", "Call Log", "Contacts")),
        ("Tariff", ("Voice bundle", "Text bundle", "Data bundle")),
        ("Media", ("Voice", "Internet", "Voice")),
    ],
)
def test_what_lasted_and_went_one_way_is_a_call_with_the_cell_beside(
    tmp_path: Path, heading: str, cells: tuple[str, ...]
) -> None:
    result = log(tmp_path, heading, cells)
    assert [dict(call.extra).get(heading) for call in calls_of(result)] == list(cells)
    assert [call.call_type for call in calls_of(result)][:2] == [CallType.INCOMING, CallType.OUTGOING]


def test_data_with_a_volume_is_no_call(tmp_path: Path) -> None:
    result = log(tmp_path, "Usage", ("Voice", "Data", "Voice"), volumes=("0", "512", "0"))
    assert (len(calls_of(result)), codes_of(result)["element_not_read"]) == (2, 1)


def test_texts_among_calls_that_lasted_are_texts(tmp_path: Path) -> None:
    content = (
        "Number,Direction,Date/Time,Duration,Zzyzx\n"
        "07700900123,Outgoing,2024-02-01 10:00:00,0:00:10,Voice\n"
        "07700900123,Outgoing,2024-02-02 10:00:00,0:00:00,Text\n"
        "07700900123,Incoming,2024-02-03 10:00:00,0:00:00,Text\n"
    )
    result = read_text(tmp_path, content, name="list.csv")
    assert (len(calls_of(result)), len(messages_of(result))) == (1, 2)


def test_a_text_that_is_counted_as_one_unit_is_a_text(tmp_path: Path) -> None:
    result = listed(tmp_path, ("Voice", 65), ("SMS", 1), ("Text", 1))
    assert (len(calls_of(result)), len(messages_of(result))) == (1, 2)


def test_under_a_heading_that_says_nothing_data_that_lasts_is_told_by_its_volume(tmp_path: Path) -> None:
    rows = (("Voice", 65), ("Mobile data", 30), ("Voice", 5))
    assert len(calls_of(listed(tmp_path, *rows, heading="Zzyzx"))) == 3
    told = listed(tmp_path, *rows, heading="Zzyzx,Volume", more=",512")
    assert (len(calls_of(told)), codes_of(told)["element_not_read"]) == (2, 1)


def billed(folder: Path, *rows: tuple[str, str], heading: str = "Destination") -> ReadResult:
    """Read a bill, whose lines say where a call went beside the number."""
    lines = [
        f"{13 + place % 15}/06/2024,10:05,077009006{place:02},{what},{span},0.10"
        for place, (what, span) in enumerate(rows)
    ]
    return read_text(folder, "\n".join([f"Date,Time,Number Called,{heading},Duration,Cost", *lines, ""]))


@pytest.mark.parametrize("heading", ["Destination", "Called Party"])
@pytest.mark.parametrize(("call", "text"), [("Mobile", "Text Message"), ("UK Mobile", "SMS"), ("Voice", "Picture")])
def test_texts_of_a_bill_beside_the_number(tmp_path: Path, heading: str, call: str, text: str) -> None:
    result = billed(
        tmp_path, (call, "0:01:05"), (text, ""), (text, ""), (call, "0:00:00"), ("London", "0:05"), heading=heading
    )
    assert [(each.duration_seconds, each.to[0].name) for each in calls_of(result)] == [
        *((65, None), (0, None), (5, None)),
    ]
    assert [(each.to[0].e164, each.to[0].name) for each in messages_of(result)] == [
        *(("+447700900601", None), ("+447700900602", None)),
    ]
    assert {each.direction for each in messages_of(result)} == {Direction.OUTGOING}


def test_lines_beside_the_number_are_nobodys_names(tmp_path: Path) -> None:
    result = billed(tmp_path, ("UK Mobile", "0:05"), ("UK Landline", "0:05"), ("London", "0:05"))
    assert [(each.to[0].name, dict(each.extra)["Destination"]) for each in calls_of(result)] == [
        *((None, "UK Mobile"), (None, "UK Landline"), (None, "London")),
    ]


def test_names_beside_the_number_are_names(tmp_path: Path) -> None:
    result = billed(tmp_path, ("Jay", "0:05"), ("Kay", "0:05"), ("Mobile", "0:05"))
    assert [each.to[0].name for each in calls_of(result)] == ["Jay", "Kay", "Mobile"]


@pytest.mark.parametrize(("cell", "names"), [("Mum", ["Mum"]), ("UK Mobile", [])])
def test_without_a_number_a_name_among_lines_is_the_other_side(tmp_path: Path, cell: str, names: list[str]) -> None:
    lines = [f"13/06/2024,07700900601,{line},0:05" for line in ("UK Mobile", "Voice", "UK Landline")]
    last = calls_of(
        read_text(
            tmp_path, "\n".join(["Date,Number Called,Destination,Duration", *lines, f"13/06/2024,,{cell},0:05", ""])
        )
    )[-1]
    assert ([each.name for each in last.to], last.call_type) == (names, CallType.OUTGOING)


def test_without_a_number_a_name_among_texts_and_lines_is_the_other_side(tmp_path: Path) -> None:
    lines = [f"13/06/2024,07700900601,{line},{span}" for line, span in (("Mobile", "0:05"), ("Text Message", ""))]
    result = read_text(
        tmp_path, "\n".join(["Date,Number Called,Destination,Duration", *lines, "13/06/2024,,Mum,0:05", ""])
    )
    assert [([each.name for each in call.to], call.call_type) for call in calls_of(result)] == [
        ([None], CallType.OUTGOING),
        (["Mum"], CallType.OUTGOING),
    ]


def bill(folder: Path, *rows: tuple[str, str, str], heading: str = "Number", cost: str = "Cost (£)") -> ReadResult:
    """Read a bill: number, destination and duration of each row."""
    lines = [f'1{at}/07/2024,09:05,{number},"{where}",{span},0.10' for at, (number, where, span) in enumerate(rows)]
    return read_text(folder, "\n".join([f"Date,Time,{heading},Destination,Duration,{cost}", *lines, ""]), name="x.csv")


_NUMBERS = ("07700 900123", "07700 900124", "020 7946 0001", "01632 960001")


@pytest.mark.parametrize("heading", ["Number", "Number dialled", "Telephone Number", "Phone number", "Number Called"])
@pytest.mark.parametrize("span", ["", "0", "1", "00:00:00"])
def test_the_destination_of_a_bill_is_nobody_and_tells_texts(tmp_path: Path, heading: str, span: str) -> None:
    rows = zip(_NUMBERS, ("UK Mobile", "Text UK Mobile", "London"), ("00:01:05", span, "00:00:20"), strict=False)
    result = bill(tmp_path, *rows, heading=heading)
    assert [(call.duration_seconds, call.call_type) for call in calls_of(result)] == [
        (65, CallType.OUTGOING),
        (20, CallType.OUTGOING),
    ]
    (message,) = messages_of(result)
    assert message.direction is Direction.OUTGOING
    for record in (*calls_of(result), message):
        assert [(party.name, party.e164 is not None) for party in record.to] == [(None, True)]
    assert ("Destination", "London") in calls_of(result)[1].extra


def test_towns_are_nobody_in_a_bill(tmp_path: Path) -> None:
    numbers = ("01632 960002", "07700 900124", "07700 900125", "01632 960001", "07700 900126")
    towns = ("Leeds", "SMS", "Voicemail", "London", "UK Mobile")
    result = bill(tmp_path, *zip(numbers, towns, ("00:01:05", "", "00:00:09", "00:00:20", "00:00:21"), strict=True))
    assert [party.name for call in calls_of(result) for party in call.to] == [None] * 4
    assert len(messages_of(result)) == 1


@pytest.mark.parametrize(
    "towns",
    [("Mobile, Hull", "Leeds", "UK Mobile"), ("Leeds", "Hull", "Leeds"), ("Newcastle upon Tyne", "Landline", "Bath")],
)
@pytest.mark.parametrize("heading", ["Number", "Number Called"])
def test_a_town_beside_a_mobile_number_is_nobody_in_a_bill(
    tmp_path: Path, towns: tuple[str, ...], heading: str
) -> None:
    numbers = ("07700 900123", "07700 900124", "07700 900125")
    result = bill(tmp_path, *zip(numbers, towns, ("00:00:05",) * 3, strict=True), heading=heading)
    assert [[(each.name, each.raw) for each in call.to] for call in calls_of(result)] == [
        [(None, number)] for number in numbers
    ]
    assert [dict(call.extra)["Destination"] for call in calls_of(result)] == list(towns)


def test_people_who_are_called_as_towns_keep_their_names(tmp_path: Path) -> None:
    rows = zip(_NUMBERS, ("Kent", "Mum", "Big Dave"), ("00:01:05", "00:00:02", "00:00:20"), strict=False)
    calls = calls_of(bill(tmp_path, *rows))
    assert [party.name for call in calls for party in call.to] == ["Kent", "Mum", "Big Dave"]
    rows = zip(_NUMBERS, ("Kent", "Chelsea", "Chester"), ("00:01:05", "00:00:02", "00:00:20"), strict=False)
    calls = calls_of(bill(tmp_path, *rows, cost="Notes"))
    assert [party.name for call in calls for party in call.to] == ["Kent", "Chelsea", "Chester"]


@pytest.mark.parametrize("headings", ["Number,To", "Number Called,Destination", "To,Recipient", "From,To,Recipient"])
@pytest.mark.parametrize("names", [("Lincoln", "Kent", "Chester"), ("Kent", "Chester", "Dave")])
def test_a_name_that_goes_with_one_number_is_a_persons(tmp_path: Path, headings: str, names: tuple[str, ...]) -> None:
    own = "07700900999," if headings.startswith("From") else ""
    lines = [f"1{at}/07/2024 09:05,{own}0770090012{at % 3},{names[at % 3]},00:01:05,0.10" for at in range(3, 9)]
    calls = calls_of(read_text(tmp_path, "\n".join([f"Date,{headings},Duration,Cost", *lines, ""]), name="x.csv"))
    assert {party.name for call in calls for party in call.to} == set(names)


@pytest.mark.parametrize("numbers", [("07700 900121", "07700 900122"), ("01632 960001", "01632 960002")])
def test_people_among_lines_keep_their_names(tmp_path: Path, numbers: tuple[str, str]) -> None:
    rows = [("07700 900123", "Mobile", "0:05"), ("07700 900124", "Mobile", "0:05"), ("07700 900125", "Mobile", "0:05")]
    people = zip(numbers, ("Dave", "Mum"), ("0:05", "0:05"), strict=True)
    calls = calls_of(bill(tmp_path, *rows, *people, heading="Number Called"))
    assert [party.name for call in calls for party in call.to] == [None, None, None, "Dave", "Mum"]


def test_a_destination_that_names_people_goes_with_their_numbers(tmp_path: Path) -> None:
    rows = zip(_NUMBERS, ("Jay", "Mum", "Voicemail"), ("00:01:05", "00:00:02", "00:00:20"), strict=False)
    calls = calls_of(bill(tmp_path, *rows))
    assert [[(party.name, party.raw) for party in call.to] for call in calls[:2]] == [
        [("Jay", "07700 900123")],
        [("Mum", "07700 900124")],
    ]


def test_people_of_a_bill_keep_their_names_beside_lines(tmp_path: Path) -> None:
    rows = (("Jay", 123), ("UK Mobile", 124), ("Text Message", 125), ("Mum", 126), ("Big Dave", 126), ("Ann", 126))
    calls = calls_of(bill(tmp_path, *((f"07700 900{number}", name, "00:00:05") for name, number in rows)))
    named = {party.name for call in calls for party in call.to}
    assert {"Jay", "Mum", "Big Dave", "Ann"} <= named
    few = calls_of(bill(tmp_path, *((f"07700 900{number}", name, "00:00:05") for name, number in rows[:3])))
    assert [(party.name, party.raw) for party in few[0].to] == [("Jay", "07700 900123")]


def test_no_call_is_to_nobody(tmp_path: Path) -> None:
    lines = [f"01/02/2024,10:05:00,07700900999,{cells},10,1" for cells in ("07700900123,Jay", ",Landline", ",Mobile")]
    headings = "Date,Time,Calling Number,Number,To,Duration,Charge"
    calls = calls_of(read_text(tmp_path, "\n".join([headings, *lines, ""]), name="x.csv"))
    assert [party.name for call in calls for party in call.to] == ["Jay", "Landline", "Mobile"]


@pytest.mark.parametrize(
    "names", [("Jay", "Ann", "Kay"), ("Jay", "Work Mobile", "Ann"), ("Jay", "Voicemail", "Text Message")]
)
@pytest.mark.parametrize("heading", ["Phone Number", "Number", "Phone"])
def test_one_number_in_all_rows_is_nobody_elses(tmp_path: Path, names: tuple[str, ...], heading: str) -> None:
    lines = [f"01/02/2024,10:05:00,Outgoing,{name},07700900999,10" for name in names]
    content = "\n".join([f"Date,Time,Direction,To,{heading},Duration", *lines, ""])
    calls = calls_of(read_text(tmp_path, content, name="x.csv"))
    assert [[(party.name, party.raw) for party in call.to] for call in calls] == [
        [(name, None), (None, "07700900999")] for name in names
    ]


def test_an_own_number_is_nobody_elses(tmp_path: Path) -> None:
    lines = [
        f"01/02/2024,10:0{at}:00,Incoming,{name},0770090099{own},10,0770090099{own}"
        for at, (name, own) in enumerate((("Jay", 8), ("Ann", 9), ("Bo", 9)))
    ]
    content = "\n".join(["Date,Time,Direction,From,Own Number,Duration,Number", *lines, ""])
    calls = calls_of(read_text(tmp_path, content, name="x.csv"))
    assert [(call.from_party.name, call.from_party.raw) for call in calls if call.from_party is not None] == [
        ("Jay", None),
        ("Ann", None),
        ("Bo", None),
    ]
