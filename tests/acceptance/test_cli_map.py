"""``trapline map``: from an unknown table to records, by a mapping that a person has put beside it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.acceptance.cli_process import faults
from tests.acceptance.command_line import CommandLine, snapshot

UNKNOWN = (
    "Log,of,HW/7,,\n\nalpha,beta,gamma,delta,epsilon\n"
    "13/04/2024 10:00,1,07700 900123,hello you there,x\n13/04/2024 10:01,2,07700 900123,5 mins,y\n"
)


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    folder = tmp_path / "drops"
    folder.mkdir()
    path = folder / "texts.csv"
    path.write_text(UNKNOWN)
    return path


def test_an_unknown_table_is_refused_mapped_and_read(command_line: CommandLine, table: Path) -> None:
    refused = command_line.run("ingest", table, "--json")
    assert refused.code == 3
    (receipt,) = refused.rows()
    assert "alpha, beta, gamma, delta, epsilon" in receipt["reason"]
    assert "trapline map" in receipt["remedy"]
    assert "hello" not in refused.out + refused.err

    sidecar = table.with_name(table.name + ".trapline.toml")
    sidecar.write_text('exhibit_ref = "HW/7"\nowner_number = "07700 900999"\n')
    before = snapshot(table.parent)
    mapped = command_line.run("map", table, data=False)
    assert mapped.code == 0, mapped.err
    assert snapshot(table.parent) == before, "nothing is written beside the table"
    proposed = tomllib.loads(mapped.out)
    assert proposed["exhibit_ref"] == "HW/7"
    assert proposed["table"][0]["columns"] == {"time": ["alpha"], "number": ["gamma"], "body": ["delta"]}
    assert "07700 900123" in mapped.err, "a person sees the first cells"

    corrected = mapped.out.replace("[table.columns]", '[table.columns]\ndirection = ["beta"]')
    sidecar.write_text(corrected + '\n[table.values.direction]\n"1" = "incoming"\n"2" = "outgoing"\n')
    done = command_line.run("ingest", table, "--json")
    assert done.code == 0, done.out
    assert faults("receipt", done.rows()) == []
    records = command_line.records()
    assert faults("record", records) == []
    assert [(each["body"], each["direction"], each["exhibit_ref"]) for each in records] == [
        ("hello you there", "incoming", "HW/7"),
        ("5 mins", "outgoing", "HW/7"),
    ]
    assert [each["time"]["utc"] for each in records] == ["2024-04-13T09:00:00.000Z", "2024-04-13T09:01:00.000Z"]
    held = list(command_line.data.rglob("sidecar-*.toml"))
    assert "[table.columns]" in held[-1].read_text(), "the mapping lies in custody"
    assert command_line.strays() == []


def test_a_corrected_mapping_has_the_delivery_read_again(command_line: CommandLine, table: Path) -> None:
    sidecar = table.with_name(table.name + ".trapline.toml")
    wrong = '[[table]]\nkind = "message"\nheader_row = 3\n[table.columns]\nbody = ["epsilon"]\nnumber = ["gamma"]\n'
    sidecar.write_text(wrong)
    assert command_line.run("ingest", table).code == 0
    assert [each["body"] for each in command_line.records()] == ["x", "y"]
    sidecar.write_text(wrong.replace("epsilon", "delta"))
    assert command_line.run("ingest", table).code == 0
    assert [each["body"] for each in command_line.records()] == ["hello you there", "5 mins"]


def test_the_result_goes_to_a_file_and_as_json(command_line: CommandLine, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "working" / "mapping.toml"
    written = command_line.run("map", table, "--out", out, data=False)
    assert (written.code, written.out) == (0, "")
    assert tomllib.loads(out.read_text())["table"][0]["kind"] == "message"
    told = json.loads(command_line.run("map", table, "--json", data=False).out)
    assert told["sidecar"] == out.read_text()
    assert told["tables"][0]["columns"][0] == {"letter": "A", "heading": "alpha", "field": "time"}
    assert told["tables"][0]["date_order"] == "day_first"


@pytest.mark.parametrize(("content", "code"), [("Dear all\nplease see\nthe phone\n", 3), (None, 2)])
def test_what_is_no_table(command_line: CommandLine, tmp_path: Path, content: str | None, code: int) -> None:
    path = tmp_path / "notes.txt"
    if content is not None:
        path.write_text(content)
    finished = command_line.run("map", path, data=False)
    assert finished.code == code
    assert finished.out == ""
    assert "Traceback" not in finished.err


def test_a_mapping_that_does_not_fit_is_refused_with_the_reason(command_line: CommandLine, table: Path) -> None:
    sidecar = table.with_name(table.name + ".trapline.toml")
    sidecar.write_text('[[table]]\nkind = "message"\nheader_row = 3\n[table.columns]\nbody = ["omega"]\n')
    finished = command_line.run("ingest", table, "--json")
    assert finished.code == 3
    assert "no column 'omega' in row 3" in finished.rows()[0]["reason"]


def test_it_takes_a_data_folder_as_every_verb_does(command_line: CommandLine, table: Path) -> None:
    mapped = command_line.run("map", table)
    assert mapped.code == 0, mapped.err
    assert tomllib.loads(mapped.out)["table"][0]["columns"]["body"] == ["delta"]
