"""Rows of a party alone are the other side of the rows below them, and never a message or a call."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.records.facts import Call, Message
from parsers.tables.party_titles import number_in_name, party_of
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_text
from tests.unit.parsers.made_deliveries import codes_of

HEAD = "Date/Time,Direction,Message\n"
KAY, MO = "07700 900201 (Kay)", "07700 900202 (Mo)"


def told(records: list[Message] | list[Call]) -> list[tuple[str | None, str | None]]:
    """Return number and name of the one party of each record."""
    parties = [[party for party in (each.from_party, *each.to) if party is not None] for each in records]
    assert all(len(held) <= 1 for held in parties)
    return [(held[0].e164, held[0].name) if held else (None, None) for held in parties]


def rows(first: int, *ways: str) -> str:
    return "".join(f"25/07/2024 13:0{first + each},{way},{chr(97 + first + each)}\n" for each, way in enumerate(ways))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{KAY},,", f"{MO},,"),
        ("Conversation with +447700900201 (Kay),,", "Conversation with Mo <07700900202>,,"),
        (",Kay 07700900201,", ",Mo 07700900202,"),
        ("Contact: Kay (07700 900201),,", "Contact: Mo (07700 900202),,"),
    ],
)
def test_texts(tmp_path: Path, first: str, second: str) -> None:
    result = read_text(tmp_path, f"{HEAD}{first}\n{rows(0, 'In', 'Out')}{second}\n{rows(2, 'In')}")
    found = messages_of(result)
    assert told(found) == [("+447700900201", "Kay"), ("+447700900201", "Kay"), ("+447700900202", "Mo")]
    assert [each.body for each in found] == ["a", "b", "c"]
    codes = codes_of(result)
    assert (codes["side_by_title"], codes.get("side_not_read")) == (2, None)


def test_over_headings_that_come_again(tmp_path: Path) -> None:
    text = f"Conversation with {KAY},,\n{HEAD}{rows(0, 'In')}\nConversation with {MO},,\n{HEAD}{rows(1, 'In')}"
    result = read_text(tmp_path, text)
    assert told(messages_of(result)) == [("+447700900201", "Kay"), ("+447700900202", "Mo")]
    assert codes_of(result)["side_by_title"] == 2


@pytest.mark.parametrize(
    ("first", "second"), [("Kay - 07700900201", "Mo - 07700900202"), ("07700900201", "07700900202"), (KAY, MO)]
)
def test_a_party_alone_over_headings_that_come_again_below_another(tmp_path: Path, first: str, second: str) -> None:
    text = f"{first},,\n{HEAD}{rows(0, 'In', 'Out')}\n{second},,\n{HEAD}{rows(2, 'In')}"
    result = read_text(tmp_path, text)
    assert [number for number, _ in told(messages_of(result))] == ["+447700900201"] * 2 + ["+447700900202"]
    codes = codes_of(result)
    # The owner may stand over the first table, and parties over the others.
    assert (codes["side_by_title"], codes.get("side_not_read")) == (2, 3)


def test_the_owner_over_the_first_headings_is_no_party(tmp_path: Path) -> None:
    text = f"Own 07700900201,,\n{HEAD}{rows(0, 'In', 'Out')}\nMo 07700900202,,\n{HEAD}{rows(2, 'In')}"
    sidecar = Sidecar(owner_number="07700 900201")
    result = read_text(tmp_path, text.replace("Own", "Kay"), sidecar=sidecar)
    assert [number for number, _ in told(messages_of(result))] == [None, None, "+447700900202"]
    codes = codes_of(result)
    assert (codes["side_by_title"], codes["side_not_read"], codes.get("direction_contrary")) == (1, 3, None)


def test_over_headings_without_a_row_of_it_nobody_is_named(tmp_path: Path) -> None:
    text = f"Kay 07700900201,,\n{HEAD}Mo 07700900202,,\n{rows(0, 'In')}Jo 07700900203,,\n{HEAD}{rows(1, 'In')}"
    result = read_text(tmp_path, text)
    assert [number for number, _ in told(messages_of(result))] == ["+447700900202", "+447700900203"]
    named = [notice.subject or "" for notice in result.notices if notice.code == "side_by_title"]
    assert not any("07700900201" in subject for subject in named)


@pytest.mark.parametrize(
    ("first", "between"),
    [
        # The owner may stand over the first headings, and over those of each page.
        ("07700900201,,\n", "\n"),
        (f"{KAY},,\n", f"\n{KAY},,\n{HEAD}"),
        (f"{KAY},,\n", f"\n{MO},,\n{HEAD}{rows(2, 'In')}\n{KAY},,\n{HEAD}"),
        # The owner, by number, over parties by name and number.
        ("07700900201,,\n", f"\n{MO},,\n{HEAD}"),
        # Parties between the rows below one row of headings.
        (f"{KAY},,\n", f"\n{MO},,\n"),
        ("Subscriber: 07700900201,,\n", f"\n{MO},,\n{HEAD}"),
    ],
)
def test_what_stands_over_the_first_headings_alone_may_be_the_owner(tmp_path: Path, first: str, between: str) -> None:
    result = read_text(tmp_path, f"{first}{HEAD}{rows(0, 'In')}{between}{rows(1, 'In')}")
    assert told(messages_of(result))[0] == (None, None)


def test_under_the_heading_of_the_number(tmp_path: Path) -> None:
    lines = ("07700900201,,,", ",25/07/2024 13:00,In,a", "07700900202,,,", ",25/07/2024 13:01,Out,b")
    result = read_text(tmp_path, "Number,Date/Time,Direction,Message\n" + "\n".join(lines) + "\n")
    assert told(messages_of(result)) == [("+447700900201", None), ("+447700900202", None)]


def test_number_and_name(tmp_path: Path) -> None:
    lines = ("07700900201,Kay,,,", ",,25/07/2024 13:00,In,a", ",,25/07/2024 13:01,Out,b")
    result = read_text(tmp_path, "Number,Name,Date/Time,Direction,Message\n" + "\n".join(lines) + "\n")
    assert told(messages_of(result)) == [("+447700900201", "Kay")] * 2


def test_calls(tmp_path: Path) -> None:
    lines = ("07700 900201,,", "25/07/2024 13:00,In,00:01:05", "07700 900202,,", "25/07/2024 13:01,Out,00:00:05")
    result = read_text(tmp_path, "Date/Time,Direction,Duration\n" + "\n".join(lines) + "\n", name="calls.csv")
    found = calls_of(result)
    assert told(found) == [("+447700900201", None), ("+447700900202", None)]
    assert [each.duration_seconds for each in found] == [65, 5]
    assert "time_unreadable" not in codes_of(result)


def test_among_rows_that_have_parties_it_leads_none(tmp_path: Path) -> None:
    lines = ("25/07/2024 13:00,07700900201,In,a", ",07700900202,,", "25/07/2024 13:01,,In,b")
    text = "Date/Time,Number,Direction,Message\n" + "\n".join((*lines, "25/07/2024 13:02,07700900203,In,c")) + "\n"
    result = read_text(tmp_path, text)
    numbers = ["+447700900201", "+447700900202", None, "+447700900203"]
    assert told(messages_of(result)) == [(number, None) for number in numbers]


def test_calls_without_a_time_stay_calls(tmp_path: Path) -> None:
    text = "Number,Name,Date/Time,Duration\n07700900201,Kay,,\n07700900202,,,\n07700900203,Mo,,\n"
    found = calls_of(read_text(tmp_path, text, name="calls.csv"))
    assert [number for number, _ in told(found)] == ["+447700900201", "+447700900202", "+447700900203"]


@pytest.mark.parametrize("row", ["Contact: DC Smith 07700 900555", "07700900999 SIM 1", "Exhibit HW/7 page 2"])
def test_a_row_of_one_cell_ends_what_a_party_is_of(tmp_path: Path, row: str) -> None:
    result = read_text(tmp_path, f"{HEAD}{KAY},,\n{rows(0, 'In')}{row},,\n{rows(1, 'Out')}")
    assert told(messages_of(result)) == [("+447700900201", "Kay"), (None, None)]
    assert codes_of(result)["side_not_read"]


def test_a_bare_number_over_the_headings_stays_nobody(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"07700900999,,\n{HEAD}{rows(0, 'In')}{KAY},,\n{rows(1, 'Out')}")
    assert told(messages_of(result)) == [(None, None), ("+447700900201", "Kay")]
    assert {"side_by_title", "side_not_read"} <= codes_of(result).keys()
    assert any(KAY in (notice.subject or "") for notice in result.notices if notice.code == "side_by_title")


@pytest.mark.parametrize("over", ["07700900100,,", "Kay 07700900100,,", "Kay,,"])
def test_where_it_is_not_sure_it_is_said(tmp_path: Path, over: str) -> None:
    inside = over == "Kay,,"
    result = read_text(tmp_path, f"{HEAD}{over}\n{rows(0, 'In')}" if inside else f"{over}\n{HEAD}{rows(0, 'In')}")
    assert told(messages_of(result)) == [(None, None)]
    assert "side_not_read" in codes_of(result)


def test_a_number_as_a_text_stays_one(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{HEAD}{rows(0, 'In')},,07700900205\n{rows(1, 'In')}")
    assert [each.body for each in messages_of(result)] == ["a", "07700900205", "b"]


@pytest.mark.parametrize(("name", "code"), [("+447700900201.csv", "side_in_name"), ("texts.csv", "side_missing")])
def test_a_table_without_any_side_says_so(tmp_path: Path, name: str, code: str) -> None:
    result = read_text(tmp_path, f"{HEAD}{rows(0, 'In')}", name=name)
    assert code in codes_of(result)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Conversation with Kay", None),
        ("Conversation with Kay 07700900201", "Kay 07700900201"),
        ("Messages with attachments", None),
        ("Messages to 07700900201", None),
        ("Contact: DC Smith (07700 900555)", None),
        ("Reviewed DC Smith 07700900555", None),
        ("Chat with Kay, Mo and Zed", None),
        ("Kay", None),
        ("25/07/2024", None),
        ("Total: 3", None),
        ("Texts to/from: 07700900201", "07700900201"),
        ("Subscriber: 07700900100", None),
        ("Phone: 07700900100", None),
        ("My number 07700900100", None),
    ],
)
def test_what_is_a_party(text: str, party: str | None) -> None:
    assert party_of(text) == party


def test_a_number_in_a_name() -> None:
    assert number_in_name("Kay 07700 900201 texts.csv") == "07700 900201"
    assert number_in_name("sms-20240220100000.csv") is None
