"""A report of one case says which of its phones are of another one, and what its sentences say of lines outside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from search.reports.build import build_report
from search.reports.page import page_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from search.reports.scope import Scope
from search.reports.scope_words import OUTSIDE, numbers_outside, scope_words, with_outside
from tests.fakes.phones import Phone, campaign, finding, index_of, number

A, B = "+447700900001", "+447700900002"


def report(*devices: tuple[bool, list[str]], cases: tuple[str, ...] = ("OP/1",)) -> dict[str, Any]:
    return {
        "scope": {"cases": list(cases), "exhibits": []},
        "devices": [{"in_scope": is_in, "case_refs": held} for is_in, held in devices],
    }


@pytest.mark.parametrize(("held", "words"), [
    (report((True, ["OP/1"]), cases=()), "all cases held"),
    (report((True, ["OP/1"]), (True, ["OP/1"])), "OP/1 (2 phones and SIMs)"),
    (report((True, ["OP/1"]), (False, ["OP/2"])), ("OP/1 (1 phone or SIM), and 1 phone or SIM of OP/2 that has "
     "to do with the same lines")),
    (report((True, ["OP/1"]), (False, ["OP/2"]), (False, []), (False, ["OP/2"])), ("OP/1 (1 phone or SIM), and 2 "
     "phones and SIMs of OP/2, 1 phone or SIM of no stated case that have to do with the same lines")),
])  # fmt: skip
def test_the_scope_counts_its_phones_and_those_of_others(held: dict[str, Any], words: str) -> None:
    assert scope_words(held) == words


async def test_a_page_of_one_case_says_so_at_the_scope_and_at_the_sources() -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102), Phone("B/1", 111, case="OP/2")]
    for wording in ("{line} on both", "{line} back on"):
        campaign("Rico", number(1), phones, range(5), wording)
    phones[0].text(number(1), 1.5, finding("can i get 2"), sent=True)
    made: dict[str, Any] = await build_report(
        await index_of(phones),
        software={"version": "0"},
        scope=Scope(cases=("OP/1",)),
        generated_at="2024-06-01T12:00:00Z",
    )
    words = "OP/1 (2 phones and SIMs), and 1 phone or SIM of OP/2 that has to do with the same lines"
    assert f"<dd>{words}</dd>" in render_html(made)
    printed = print_data(made)
    assert printed["head"][0] == ["Scope", words]
    notes = {group.label: group.note for group in page_of(made).sources.items}
    assert notes == {"A/1 (case OP/1)": "", "A/2 (case OP/1)": "", "B/1 (case OP/2)": OUTSIDE}
    assert [OUTSIDE in source["words"] for source in printed["sources"]] == [False, False, True]


def test_what_speaks_against_a_line_may_name_numbers_of_lines_outside_the_report() -> None:
    def line(key: str, *said: str) -> Any:
        return SimpleNamespace(numbers=[SimpleNamespace(number=key)], conflicts=said[:1], evidence=[
            SimpleNamespace(sentence=sentence) for sentence in said[1:]
        ])  # fmt: skip

    conflict = f"{A} and {B} sent adverts under one name to some of the same recipients."
    assert numbers_outside(line(A, conflict), [line(B)]) == [B]
    assert numbers_outside(line(A, "Nothing.", conflict), [line(B), line(A)]) == [B]
    assert numbers_outside(line(A, conflict), []) == []


def test_a_number_outside_is_named_where_it_stands() -> None:
    said = f"{A} and {B} sent adverts under one name."
    assert with_outside(said, []) == said
    assert with_outside(said, [B]) == f"{said} (+44 7700 900002 is a number of a line that is not in this report.)"
    assert with_outside(said, [A, B]).endswith("are numbers of lines that are not in this report.)")
    assert with_outside("Nothing.", [B]) == "Nothing."
