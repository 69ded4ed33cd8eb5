"""What was read since, of new phones and of phones held before; what a person merged and kept apart."""

from __future__ import annotations

from typing import Any

from search.linkage.decisions import Verdict
from search.reports.news import news_of
from search.reports.news_words import decided_words, read_words, since_words
from search.reports.page import page_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from tests.fakes.phones import Phone, number
from tests.unit.search.linkage.test_decisions import about_line, one_line_of_two_numbers, two_lines
from tests.unit.search.reports.test_decided_lines import SINCE, report_of

A, B = number(1), number(2)
LABELS = {"dv-1": "A/1", "dv-2": "A/2"}


def entry(key: str, device_id: str, superseded_by: str | None = None) -> dict[str, Any]:
    return {"extraction_id": key, "device_id": device_id, "superseded_by": superseded_by}


def words(new: list[str], devices: list[str], *entries: dict[str, Any]) -> str:
    report = {"new": {"extraction_ids": new, "device_ids": devices}, "extractions": list(entries)}
    return read_words(report, LABELS)


def test_extractions_of_phones_held_before_are_told_from_those_of_new_phones() -> None:
    old, whole, other = entry("ex-1", "dv-1", "ex-2"), entry("ex-2", "dv-1"), entry("ex-3", "dv-2")
    assert words([], [], old) == "No new extraction."
    assert words(["ex-3"], ["dv-2"], old, other) == "1 extraction of 1 new phone or SIM: A/2."
    assert words(["ex-2"], [], old, whole) == (
        "1 new extraction of 1 phone held before: A/1. 1 earlier one is replaced."
    )
    assert words(["ex-2", "ex-3"], ["dv-2"], old, whole, other) == (
        "1 extraction of 1 new phone or SIM: A/2. 1 new extraction of 1 phone held before: A/1. 1 earlier one is "
        "replaced."
    )


def test_against_an_instant_what_is_new_goes_by_when_it_was_taken_in() -> None:
    at = "2026-05-01T00:00:00Z"
    assert since_words({"at": at, "generated_at": None}).startswith("New by what was taken in or decided since 1 May")
    assert since_words({"at": None, "generated_at": at}).startswith("New since the report of 1 May 2026")


async def test_a_merge_is_said_as_what_a_person_did_and_on_every_page() -> None:
    phones: list[Phone] = two_lines()
    earlier, report = await report_of(phones), await report_of(phones, about_line(Verdict.MERGE, A, B))
    report["new"] = news_of(earlier, report, SINCE)
    (line,) = report["new"]["lines"]
    (decision,) = report["decisions"]
    assert [sentence for sentence in line["sentences"] if sentence.startswith("A person merged ")] == line["sentences"]
    held = decision["decision_id"]
    assert line["sentences"][0].endswith(f"({held}).")
    (words,) = page_of(report).new_decisions.items
    assert words == f"dc 1234 merged the lines +447700900001 and +447700900002 on 2024-06-01: it holds ({held})."
    assert render_html(report).count("merged the lines") == 1
    assert sum("merged the lines" in sentence for sentence in print_data(report)["news"]["sentences"]) == 1
    assert page_of(report).read_words == "No new extraction."


async def test_a_split_and_what_is_taken_back_are_said_so_too() -> None:
    phones = await one_line_of_two_numbers()
    whole, parted = await report_of(phones), await report_of(phones, about_line(Verdict.SPLIT, A, B))
    news: Any = news_of(whole, parted, SINCE)
    assert len(news["lines"]) == 2
    assert all(line["sentences"][0].startswith("A person keeps ") for line in news["lines"])
    back = {**whole, "decisions": [{**parted["decisions"][0], "state": "revoked",
                                    "line_ids": [line["line_id"] for line in whole["lines"]]}]}  # fmt: skip
    (line,) = news_of(parted, back, SINCE)["lines"]  # type: ignore[misc]  # a list of lines
    assert [sentence[: len("A person took back")] for sentence in line["sentences"]] == ["A person took back"]


def test_a_decision_about_another_line_says_nothing_of_this_one() -> None:
    held = {
        "verdict": "merge",
        "state": "holds",
        "line_ids": ["ln-1"],
        "subject": "Kayla, Dutch",
        "decision_id": "dc-1",
    }
    said = ["A person merged Kayla and Dutch (dc-1)."]
    assert decided_words({"line_id": "ln-1"}, [held], is_joined=True, is_parted=False) == said
    assert decided_words({"line_id": "ln-2"}, [held], is_joined=True, is_parted=False) == []
    assert decided_words({"line_id": "ln-1"}, [held], is_joined=False, is_parted=True) == []
