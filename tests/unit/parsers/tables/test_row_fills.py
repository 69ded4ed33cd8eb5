"""Ditto marks are what stands above them; a day that is not there is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import contacts_of, messages_of, read_text
from tests.unit.parsers.made_deliveries import codes_of

HEAD = "Date,Time,Number,Direction,Message\n"
FIRST = "25/07/2024,13:00,07700900201,In,a\n"


@pytest.mark.parametrize("mark", ['""""', '",,"', "''", "\u3003", '"-""-"'])
def test_a_mark_is_what_stands_above(tmp_path: Path, mark: str) -> None:
    result = read_text(tmp_path, f"{HEAD}{FIRST}{mark},13:01,{mark},{mark},b\n{mark},13:02,{mark},Out,c\n")
    found = messages_of(result)
    assert [each.time.utc for each in found] == [f"2024-07-25T12:0{minute}:00.000Z" for minute in range(3)]
    parties = [each.from_party or each.to[0] for each in found]
    assert [party.e164 for party in parties] == ["+447700900201"] * 3
    assert codes_of(result)["ditto_read"] == 5


@pytest.mark.parametrize("mark", ["''", ",,", "ditto", '"'])
def test_a_text_is_its_own(tmp_path: Path, mark: str) -> None:
    quoted = mark.replace('"', '""')
    result = read_text(tmp_path, f'{HEAD}{FIRST}25/07/2024,13:01,07700900201,In,"{quoted}"\n')
    assert [each.body for each in messages_of(result)] == ["a", mark]
    assert "ditto_read" not in codes_of(result)


def test_below_a_number_that_is_not_there_it_is_none(tmp_path: Path) -> None:
    rows = "25/07/2024,13:01,,In,b\n25/07/2024,13:02,\u3003,In,c\n"
    result = read_text(tmp_path, f"{HEAD}{FIRST}{rows}")
    assert "ditto_read" not in codes_of(result)


def test_a_word_may_be_a_name_but_in_times_and_directions(tmp_path: Path) -> None:
    text = "Name,Number\nKay,07700900201\nDitto,07700900202\nMo,07700900203\nDo.,07700900204\n"
    names = [each.name for each in contacts_of(read_text(tmp_path, text, name="contacts.csv"))]
    assert names == ["Kay", "Ditto", "Mo", "Do."]
    result = read_text(tmp_path, f"{HEAD}{FIRST}ditto,13:01,07700900202,Do.,b\n")
    assert [each.from_party and each.from_party.e164 for each in messages_of(result)][1] == "+447700900202"
    assert [notice.subject for notice in result.notices if notice.code == "ditto_read"] == ["ditto"]


def test_a_contact(tmp_path: Path) -> None:
    text = "First Name,Last Name,Mobile\nKay,Ash,07700900201\nMo,\u3003,07700900202\n"
    result = read_text(tmp_path, text, name="contacts.csv")
    assert [each.name for each in contacts_of(result)] == ["Kay Ash", "Mo Ash"]


def test_a_day_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{HEAD}{FIRST},13:01,07700900201,Out,b\n")
    assert [each.time.utc for each in messages_of(result)] == ["2024-07-25T12:00:00.000Z", None]
    assert codes_of(result)["day_missing"] == 1


def test_a_day_without_a_time_is_not(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{HEAD}{FIRST}25/07/2024,,07700900201,Out,b\n")
    assert "day_missing" not in codes_of(result)
