"""An explanation names what it weighs: which drugs, and not more without a name than the weightiest part alone."""

from __future__ import annotations

import re

import pytest

from nlp.analysis import build_analyser

MOST = 24


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("both on", "  Drugs: both = crack cocaine and heroin."),
        ("Rico on, brown 3 for 25, bit of weed", "  Drugs: brown = heroin; weed = cannabis."),
    ],
)
def test_the_drugs_that_are_named_are_told(text: str, said: str) -> None:
    assert said in list(build_analyser().explain(text))


@pytest.mark.parametrize("text", ["both on", "Rico line on, 3 for 25 both, bell 07700 900123"])
def test_what_has_no_name_weighs_no_more_than_the_weightiest_part(text: str) -> None:
    lines = list(build_analyser().explain(text))
    rest = next(place for place, line in enumerate(lines) if "further features together" in line)
    parts = [line for line in lines[:rest] if line.startswith("  Model")]
    first, left = (float(re.findall(r"[+-]\d+\.\d\d", line)[0]) for line in (parts[0], lines[rest]))
    assert len(parts) == MOST or abs(left) <= abs(first) + 0.01
    assert len(parts) > 6


def test_a_number_that_is_not_written_is_the_senders_own() -> None:
    lines = list(build_analyser().explain("its Remy this is my new number save it"))
    assert any(line.startswith("  Change of number: the sender's own number is the new one") for line in lines)
