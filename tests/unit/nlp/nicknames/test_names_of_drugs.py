"""First names that are words for drugs too: who sends is named where names of senders stand, else a drug is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.analysis import Analyser
from nlp.training.score import settled_over
from parsers.records.findings import SpanKind, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Billy on till late 3 for 25", "Billy"),
        ("billy on both, 2 for 15", "Billy"),
        ("molly open again both 3 for 25", "Molly"),
        ("mandy here both on 3 for 25", "Mandy"),
        ("both on till 9 ring billy", "Billy"),
        ("light n dark 3 for 25 bell tina", "Tina"),
        ("xmas deals 3 for 20 charlie", "Charlie"),
        ("giro day 2 for 15 molly", "Molly"),
        ("3 for 20 all weekend. charlie", "Charlie"),
    ],
)
def test_a_drug_that_is_a_first_name_names_who_sends(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    "text",
    [
        "charlie on 60 a g ring",
        "mandy on \u00a335 a gram ring kenzo",
        "charlie on 1 for 70 2 for 120",
        "got billy and charlie on tonight 3 for 25",
        "billy 10 a g base 15",
        "mandy in for the weekend 30 a g",
        "got charlie on",
        "kenzo got billy",
        "charlie back in the building 60 a g",
        "mandy landed",
        "flake 80 charlie 60 ring kenzo",
    ],
)
def test_what_is_sold_by_the_gram_or_stands_in_a_list_stays_a_drug(find: Find, text: str) -> None:
    finding = find(text)
    assert finding.line in {None, "Kenzo"}
    assert any(span.kind is SpanKind.DRUG for span in finding.spans)


def test_a_name_that_some_texts_surely_bear_is_found_in_the_others(analyser: Analyser) -> None:
    texts = ["chico back", "giro day deals 3 for 20 chico", "merry xmas from chico open all over xmas 3 for 20"]
    assert {finding.line for finding in settled_over(analyser, texts)} == {"Chico"}
    texts = ["bring a friend to Billy and get one on me", "Billy on till late 3 for 25", "Billy on 3 for 25 both"]
    assert {finding.line for finding in settled_over(analyser, texts)} == {"Billy"}
