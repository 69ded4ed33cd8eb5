"""Beside records stands of how many they are, and a search that the query language takes and that finds the others."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from search.query.parse import parse_query
from search.reports.cited import cited, is_assumed, number_query, of_reason
from tests.fakes.phones import number

A, B = number(1), number(2)
PHONES = [{"device_id": f"dv-{place}", "exhibit_refs": [f"HW/{place}"], "extraction_ids": [f"ex-{place}"]}
          for place in (1, 2)]  # fmt: skip


def reason(kind: str, value: str, records: int = 4) -> dict[str, Any]:
    return {"kind": kind, "value": value, "a_count": 18, "b_count": 35, "sentence": "Both.",
            "record_ids": [f"r-{place}" for place in range(records)]}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "query"),
    [
        ("same_number", A, f"number:{A}"),
        ("same_template", "t-0571654e84b74649", "template:t-0571654e84b74649"),
        ("same_nickname", "young mo", 'is:advert line:"young mo"'),
    ],
)
def test_a_reason_says_how_many_records_there_are_and_what_lists_them(kind: str, value: str, query: str) -> None:
    held = of_reason(reason(kind, value), PHONES)
    assert held.words == "4 of 53"
    words = shlex.split(held.command)
    assert words[:2] == ["trapline", "search"]
    place = words.index("--exhibit")
    assert words[place:] == ["--exhibit", "HW/1", "--exhibit", "HW/2"]
    assert " ".join(words[2:place]) == query
    assert parse_query(query) is not None


def test_what_is_whole_and_what_nothing_finds_has_no_search() -> None:
    assert of_reason({**reason("same_number", A, 53), "a_count": 1, "b_count": 2}, PHONES).command == ""
    assert of_reason(reason("same_sim", "8944"), PHONES).words == ""
    assert of_reason(reason("same_number", "Rico"), PHONES).words == "4 of 53"
    assert of_reason(reason("same_number", "Rico"), PHONES).command == ""
    assert number_query([A, "Rico"]) == ""


def test_phones_without_an_exhibit_are_asked_for_by_their_extractions() -> None:
    bare = {**PHONES[1], "exhibit_refs": []}
    held = cited(["r-1"], 9, number_query([A, B]), [PHONES[0], bare], 3)
    (query,) = shlex.split(held.command)[2:]
    assert query == f"(number:{A} OR number:{B}) (extraction:ex-1 OR extraction:ex-2)"
    assert parse_query(query) is not None


def test_that_a_line_is_one_is_an_assumption_and_what_ties_two_phones_is_not() -> None:
    said = "That the line Rico is a deal line is taken to be likely; see its evidence."
    assert is_assumed({"kind": "same_line", "sentence": said})
    assert not is_assumed({"kind": "same_line", "sentence": "A/1 and A/2 carry traffic of one line: ..."})
