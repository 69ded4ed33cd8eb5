"""``trapline analyse``: JSON lines in, JSON lines out, in order, without a data folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nlp.log_odds import chance_of
from tests.acceptance.cli_process import faults, fed
from tests.acceptance.command_line import CommandLine

TEXTS = [
    "Rico line on, 3 for 25 both, bell 07700 900123",
    "are you coming to mum's for tea",
    "Rico line on, 3 for 25 both, bell 07700 900123",
    "",
    "caf\u00e9 \U0001f600 \n\t",
]


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def lines_of(texts: list[str]) -> bytes:
    return b"".join(json.dumps({"id": str(n), "text": text}).encode() + b"\n" for n, text in enumerate(texts))


def test_each_text_gets_a_line_in_order(command_line: CommandLine) -> None:
    code, out, err = fed(command_line, lines_of(TEXTS), "analyse")
    assert code == 0, err
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == [str(n) for n in range(len(TEXTS))]
    assert faults("analysis", rows) == []
    assert rows[0]["is_advert"]
    assert not rows[1]["is_advert"]
    assert {**rows[0], "id": ""} == {**rows[2], "id": ""}
    for row, text in zip(rows, TEXTS, strict=True):
        assert all(text[drug["start"] : drug["end"]] == drug["surface"] for drug in row["drugs"])


def test_a_file_gives_the_same_as_standard_input(command_line: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(lines_of(TEXTS))
    assert fed(command_line, b"", "analyse", path)[1] == fed(command_line, lines_of(TEXTS), "analyse", "-")[1]
    assert command_line.strays() == []
    assert not command_line.data.exists()


def test_an_explanation_names_each_span_and_its_rule(command_line: CommandLine) -> None:
    _, out, _ = fed(command_line, lines_of(TEXTS[:1]), "analyse", "--explain", "--json")
    row = json.loads(out)
    assert row["spans"]
    assert all(TEXTS[0][span["start"] : span["end"]] == span["surface"] and span["rule"] for span in row["spans"])


def test_an_explanation_is_in_plain_words(command_line: CommandLine) -> None:
    code, out, _ = fed(command_line, lines_of(TEXTS[:2]), "analyse", "--explain")
    shown = out.decode()
    assert code == 0
    assert "0: [line:Rico line] " in shown
    assert "[price:3 for 25]" in shown
    assert "Taken for an advert" in shown
    assert "Rule   +1.90  holds a deal: a quantity for money" in shown
    assert "Model  " in shown
    assert "1: are you coming to mum's for tea\n  Not taken for an advert" in shown


@pytest.mark.parametrize("text", ["im back about 6", "wont b long 2day promis", "happy birthday mum x", "BEGIN:VCARD"])
def test_what_an_explanation_weighs_adds_up_to_the_score_that_it_states(command_line: CommandLine, text: str) -> None:
    _, out, _ = fed(command_line, lines_of([text]), "analyse", "--explain")
    shown = out.decode()
    stated = re.search(r"^  Sum    ([+-]\d+\.\d\d)  of what the ([a-z ]+) weighs", shown, re.MULTILINE)
    assert stated
    rows = re.findall(rf"^  {stated[2].capitalize()} +([+-]\d+\.\d\d)  ", shown, re.MULTILINE)
    # each row is rounded
    assert sum(map(float, rows)) == pytest.approx(float(stated[1]), abs=0.01 * len(rows))
    score = re.search(r"score (\d\.\d\d), limit", shown)
    assert score
    assert chance_of(float(stated[1])) == pytest.approx(float(score[1]), abs=0.01)


def test_a_line_that_holds_no_text_is_named_and_the_others_are_analysed(command_line: CommandLine) -> None:
    content = b'not json\n{"id": "a"}\n\n[1]\n{"id": 7, "text": "hello"}\n{"id": "b", "text": "\\ud800 x"}\n'
    code, out, err = fed(command_line, content, "analyse")
    assert code == 4
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["7", "b"]
    assert [word for word in ("line 1", "line 2", "line 4") if word not in err] == []
    assert "Traceback" not in err


def test_nothing_in_gives_nothing_out(command_line: CommandLine) -> None:
    assert fed(command_line, b"", "analyse") == (0, b"", "")


def test_a_file_that_is_not_there_is_refused(command_line: CommandLine, tmp_path: Path) -> None:
    code, out, _ = fed(command_line, b"", "analyse", tmp_path / "none.jsonl")
    assert (code, out) == (2, b"")
