"""Lines that are decoded together give what each gives alone."""

from __future__ import annotations

import json
from itertools import product

import pytest

from config.settings import NlpSettings
from ingest import analyse_lines as analysing
from ingest.analyse_lines import analyse_lines, explain_lines
from nlp.analysis import Analyser, build_analyser

PLAIN = b'{"id": "a", "text": "hello there"}\n'
ODD = (
    b'{"id": "b", "text": "one"}{"id": "c", "text": "two"}\n',
    b'{"id": "d",\n',
    b'"text": "split"}\n',
    b"\n",
    b'{"id": "e", "text": "lone \\ud800"}\r\n',
    b'{"id": "f", "text": "x"}\r{"id": "g", "text": "y"}\n',
    b'{"id": "h", "text": "more", "further": [{}]}\n',
    b'{"id": 7, "text": "a number"}\n',
    b'{"id": "i", "text": "no end"}',
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return build_analyser()


@pytest.fixture(autouse=True)
def _built_once(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "build_analyser", lambda _: analyser)


def answered(lines: list[bytes], capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[list[str], int]:
    """Return the ids that are answered, and how many lines held no text."""
    faults = analyse_lines(lines, NlpSettings(lexicon_dirs=()), is_explained=False)
    return [json.loads(line)["id"] for line in capsysbinary.readouterr().out.splitlines()], faults


def test_a_line_gives_the_same_whatever_stands_beside_it(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    alone = {line: answered([line], capsysbinary) for line in {PLAIN, *ODD}}
    for one, other in product((PLAIN, *ODD[:6]), repeat=2):
        if (one, other) == (ODD[1], ODD[2]):
            continue
        ids, faults = answered([one, other, PLAIN], capsysbinary)
        assert ids == [*alone[one][0], *alone[other][0], "a"]
        assert faults == alone[one][1] + alone[other][1]


def test_lines_without_a_text_are_named_together_and_the_shape_once(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = [b"both on\n", b"bell me\n", PLAIN, b"[1]\n", b"no\n"]
    assert analyse_lines(lines, NlpSettings(lexicon_dirs=()), is_explained=False) == 4
    shape = 'Each line must be an object of its own: {"id": "1", "text": "the text"}'
    assert capsysbinary.readouterr().err.decode().splitlines() == [
        f"trapline: lines 1 to 2 are not JSON; they were not analysed. {shape}",
        "trapline: line 4 is no object with an id and a text; it was not analysed.",
        "trapline: line 5 is not JSON; it was not analysed.",
    ]


def test_and_all_of_them_together_so(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    ids, faults = answered([PLAIN, *ODD, PLAIN], capsysbinary)
    assert (ids, faults) == (["a", "e", "h", "7", "i", "a"], 4)


def test_an_explanation_says_that_each_text_was_taken_alone(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert explain_lines([PLAIN], NlpSettings(lexicon_dirs=())) == 0
    said = capsysbinary.readouterr()
    assert b"each text is explained by itself" in said.err
    assert said.out.startswith(b"a: ")
