"""What a spreadsheet program made of what was typed: errors, and dates in place of texts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_file, read_text

HEAD = ("Date", "Number", "Direction", "Message")
AT = "13/06/2024 09:05"
NUMBER = "07700900601"


def book(tmp_path: Path, number: str, text: str, value: str | None = None, day: datetime | None = None) -> Path:
    path = tmp_path / "sms.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("SMS")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, (AT, number, "In"))
        if day is not None:
            sheet.write_datetime(1, 3, day, made.add_format({"num_format": "d-mmm"}))
        elif value is not None:
            sheet.write_formula(1, 3, text, None, value)
        else:
            sheet.write_string(1, 3, text)
    return path


def test_a_text_that_was_taken_for_a_formula(tmp_path: Path) -> None:
    result = read_file(book(tmp_path, NUMBER, "=-hi", "#NAME?"))
    (found,) = messages_of(result)
    assert (found.body, dict(found.extra)["Message formula"]) == ("#NAME?", "=-hi")
    assert codes_of(result)["cell_error"] == 1


def test_a_text_that_was_taken_for_a_day(tmp_path: Path) -> None:
    result = read_file(book(tmp_path, NUMBER, "", day=datetime(2024, 6, 10)))  # noqa: DTZ001 - a workbook has no zone
    assert [each.body for each in messages_of(result)] == ["2024-06-10"]
    assert codes_of(result)["cell_turned"] == 1


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!"])
def test_an_error_is_nobodys_name(tmp_path: Path, error: str) -> None:
    result = read_text(tmp_path, f"{','.join(HEAD)}\n{AT},{error},In,a\n{AT},{NUMBER},In,b\n")
    first = messages_of(result)[0]
    assert (first.from_party, first.to, dict(first.extra)["Number"]) == (None, (), error)
    assert codes_of(result)["cell_error"] == 1


@pytest.mark.parametrize("text", ["#name", "# N/A", "see #N/A", "2024-06-10"])
def test_texts_that_only_look_so(tmp_path: Path, text: str) -> None:
    result = read_text(tmp_path, f"{','.join(HEAD)}\n{AT},{NUMBER},In,{text}\n")
    assert [each.body for each in messages_of(result)] == [text]
    assert not codes_of(result).keys() & {"cell_error", "cell_turned"}


def test_an_error_leaves_the_way_and_what_else_is_known(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date,From,From Name,Message\n{AT},#NAME?,Jay,a\n{AT},{NUMBER},#NAME?,b\n")
    first, second = messages_of(result)
    assert [(each.from_party.raw, each.from_party.name) for each in (first, second) if each.from_party is not None] == [
        (None, "Jay"),
        (NUMBER, None),
    ]
    result = read_text(tmp_path, f"Date,From,Message\n{AT},#NAME?,a\n{AT},{NUMBER},b\n")
    assert [each.direction for each in messages_of(result)] == ["incoming", "incoming"]


def test_a_text_alone_may_be_the_rest_of_the_one_above(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{','.join(HEAD)}\n{AT},{NUMBER},In,first\n,,,second\n{AT},{NUMBER},Out,b\n")
    assert [each.body for each in messages_of(result)] == ["first", "second", "b"]
    assert codes_of(result)["text_alone"] == 1


def test_texts_of_a_table_of_nothing_else_are_texts(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{','.join(HEAD)}\n{AT},{NUMBER},In,first\n,{NUMBER},,second\n")
    assert "text_alone" not in codes_of(result)
