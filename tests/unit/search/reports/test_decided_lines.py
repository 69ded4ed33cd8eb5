"""What pages say of a line that a person confirmed and then split, and of links that a merge alone makes."""

from __future__ import annotations

import json
from typing import Any

from search.linkage.decisions import Decision, Verdict
from search.reports.build import build_report, report_bytes
from search.reports.chart import chart_of
from search.reports.news import news_of
from search.reports.page import page_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from search.reports.table_columns import tables_of
from tests.fakes.phones import Phone, index_of, number
from tests.unit.search.linkage.test_decisions import about_line, one_line_of_two_numbers, two_lines

A, B = number(1), number(2)
SINCE = {"at": None, "generated_at": "2024-06-01T12:00:00Z", "sha256": "0" * 64}


async def report_of(phones: list[Phone], *decisions: Decision) -> dict[str, Any]:
    report = await build_report(
        await index_of(phones), software={"version": "0"}, generated_at="2024-06-01T12:00:00Z", decisions=decisions
    )
    return dict(json.loads(report_bytes(report)))


async def test_halves_of_a_line_that_was_confirmed_whole_are_not_called_confirmed() -> None:
    phones = await one_line_of_two_numbers()
    confirmed, split = about_line(Verdict.CONFIRM, A, B), about_line(Verdict.SPLIT, A, B, day=2)
    whole = await report_of(phones, confirmed)
    assert [line["decision"]["is_before_split"] for line in whole["lines"]] == [False]
    assert '<span class="flag ok">confirmed</span>' in render_html(whole)
    report = await report_of(phones, confirmed, split)
    assert [line["decision"]["is_before_split"] for line in report["lines"]] == [True, True]
    sentences = {held["verdict"]: held["sentence"] for held in report["decisions"]}
    assert sentences["split"] == f"Kept apart: {A} on one side, {B} on the other."
    page = render_html(report)
    assert '<span class="flag ok">' not in page
    assert page.count("confirmed before the split") == 2
    assert page.count("by a person on 1 Jun 2024, before the line was split") == 2
    assert [line["confirmed"] for line in print_data(report)["overview"]] == ["confirmed before the split"] * 2


async def test_links_that_a_merge_alone_makes_are_no_new_evidence() -> None:
    phones = two_lines()
    earlier, report = await report_of(phones), await report_of(phones, about_line(Verdict.MERGE, A, B))
    report["new"] = news_of(earlier, report, SINCE)
    made = [link for link in report["links"] if link["is_by_decision"]]
    assert len(made) == 9
    assert not any(link["is_by_decision"] for link in earlier["links"])
    assert page_of(report).new_link_words == ("9 links follow from what a person decided, not from new evidence")
    page = render_html(report)
    assert page.count(">by decision</span>") == 9
    assert [edge.label for edge in chart_of(report).edges].count("link by decision") == 9
    strong = sum(link["band"] == "strong" for link in made)
    assert f"{strong} more by decision: a person took two lines for one, or confirmed it" in page
    (links,) = (table for table in tables_of(report) if table.name == "links")
    assert links.columns[-1].heading == "is_by_decision"
    assert sum(links.columns[-1].value(link) for link in links.items) == 9
    (line,) = report["lines"]
    assert {line["name"], *line["other_names"]} == {"Rico", "Benny"}
    assert f"in some adverts the analysis also reads {line['other_names'][0]}" in page
