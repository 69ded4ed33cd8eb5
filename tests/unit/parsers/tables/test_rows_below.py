"""Rows that say something of a table, and those that look as if they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text


@pytest.mark.parametrize(("name", "text"), [("Total", "5 mins"), ("Sum", "2 texts")])
def test_a_text_of_a_number_and_a_word_from_a_person_is_a_message(tmp_path: Path, name: str, text: str) -> None:
    result = read_text(tmp_path, f"Sender,Message\nJay,hi\n{name},{text}\n")
    assert [message.body for message in messages_of(result)] == ["hi", text]


@pytest.mark.parametrize("cell", ["0:05:00", "5.5", "1h 5m", "300"])
def test_the_sum_of_durations_is_no_call(tmp_path: Path, cell: str) -> None:
    rows = f"Date,Number,Direction,Duration\n13/05/2024 10:00,07700900456,Incoming,300\nTotal,,,{cell}\n"
    result = read_text(tmp_path, rows)
    assert len(calls_of(result)) == 1
    assert codes_of(result)["element_not_read"] == 1


@pytest.mark.parametrize(
    ("cell", "kind"), [("13/05/2024 10:01", "message"), ("12", "message"), ("Calls", "other:title of a table")]
)
def test_a_time_or_a_number_above_another_table_is_a_row_and_no_title(tmp_path: Path, cell: str, kind: str) -> None:
    result = read_text(
        tmp_path,
        f"Date,Direction,Number,Message\n13/05/2024 10:00,Incoming,07700900456,hi\n{cell},,,\n"
        "Date,Direction,Number,Duration\n13/05/2024 10:00,Incoming,07700900456,5\n",
    )
    (rows,) = result.tally.values()
    assert rows[kind].seen == (1 if kind.startswith("other") else 2)
    assert len(calls_of(result)) == 1


@pytest.mark.parametrize(
    "row",
    [
        "Total,,,2:04,\u00a30.10",
        "Total,,,2:04,0.10",
        ",,Total,2:04,\u00a30.10",
        "Grand Total,,,00:02:04,\u00a31234.10",
        "Total inc VAT,,,,\u00a30.10",
        "Total charges (excl. VAT),,2,124,0.10 GBP",
        "Sub-total,,,2:04,10p",
        "Total,,,44:00:00,\u00a32000",
        "Total,,,44:00:00,2000 GBP",
    ],
)
def test_the_sum_of_a_bill_is_no_call(tmp_path: Path, row: str) -> None:
    head = "Date,Time,Number Called,Duration,Cost\n13/06/2024,10:05,07700900601,00:01:05,\u00a30.10\n"
    result = read_text(tmp_path, f"{head}14/06/2024,10:05,07700900601,00:00:59,\u00a30.00\n{row}\n")
    assert len(calls_of(result)) == 2
    assert codes_of(result)["element_not_read"] == 1


def test_a_call_that_cost_something_is_a_call(tmp_path: Path) -> None:
    rows = "13/06/2024 10:05,Total,0:05,\u00a30.10\n13/06/2024 10:06,Jay,0:05,\u00a30.10\n"
    result = read_text(tmp_path, f"Date,Recipient,Duration,Cost\n{rows}")
    assert [each.to[0].name for each in calls_of(result)] == ["Total", "Jay"]
