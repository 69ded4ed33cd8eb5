"""A number that a line had several times, in what the report says and draws of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import jsonschema

from search.reports.chart import chart_of
from search.reports.line_graph import line_graph
from search.reports.line_views import LineView, line_views
from search.reports.news import news_of
from search.reports.to_check import to_check
from tests.fakes.phones import Phone, campaign, finding, moved_to, number, offer
from tests.unit.search.reports.made_report import SINCE, report_of

A, B, C = number(1), number(2), number(3)
WORDINGS = ("{line} on both 3 for 25 all day", "{line} about best of both ring now")


async def made(until: int = 150, more: Iterable[Phone] = ()) -> dict[str, Any]:
    """Return the report of a line that had one number three times, up to some day."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    uses = {A: (*range(0, 30, 3), *range(61, 90, 3), *range(121, 150, 3)), B: range(31, 60, 3), C: range(91, 120, 3)}
    for sender, days in uses.items():
        for place, wording in enumerate(WORDINGS):
            campaign("Rico", sender, phones, [day + place / 10 for day in days if day < until], wording)
    for phone in phones:
        phone.text(A, 3.5, finding("u on"), sent=True)
        for old, new, day in ((A, B, 28), (B, A, 59.5), (C, A, 118.5)):
            if day < until:
                phone.text(old, day, moved_to(new, "Rico"), sent=False)
    return await report_of([*phones, *more])


def view_of(report: dict[str, Any]) -> LineView:
    labels = {device["device_id"]: device["device_id"] for device in report["devices"]}
    (view,) = line_views(report, labels)
    return view


async def test_each_use_says_what_it_took_over_from_and_what_was_said_of_it() -> None:
    view = view_of(await made())
    shown = [(each.held["succeeds"], each.held["number"]) for each in view.numbers.items]
    assert shown == [(None, A), (A, B), (B, A), (A, C), (C, A)]
    said = [[announcement.sender for announcement in each.announcements] for each in view.numbers.items]
    assert said == [[], [A], [B], [], [C]]
    assert all(len(set(each.told_at)) == len(each.told_at) for each in view.numbers.items)
    sentences = [sentence for each in view.numbers.items for sentence in each.basis]
    counts = [sentence for sentence in sentences if " from this number" in sentence]
    others = [sentence for sentence in sentences if sentence not in counts]
    assert len(set(others)) == len(others), "each sentence stands once"
    assert [" in all its times of use together, on " in sentence for sentence in counts] == [True, False, False]
    assert view.number_count == 3
    own = [frozenset(each.held["record_ids"]) for each in view.numbers.items if each.held["number"] == A]
    assert all(own), "each time of use names records of its own"
    assert len(frozenset().union(*own)) == sum(map(len, own))
    assert [held["last_seen_at"] for held in view.latest] == [
        max(each.held["last_seen_at"] for each in view.numbers.items)
    ]
    assert not any("at once" in sentence for sentence in view.grounds.to_check)


async def test_drawings_show_a_number_once_with_all_its_uses() -> None:
    report = await made()
    view = view_of(report)
    assert view.timeline is not None
    assert [(row.label, len(row.bars)) for row in view.timeline.rows] == [(A, 3), (B, 1), (C, 1)]
    for row in view.timeline.rows:
        assert all(any(x - 2 <= mark.x <= x + width + 2 for x, width in row.bars) for mark in row.marks)
    assert len(view.timeline.arrows) == 4
    assert all(arrow.x1 <= arrow.x2 for arrow in view.timeline.arrows), "each leads on in time"
    drawing = line_graph(view.line, {device["device_id"]: device["device_id"] for device in report["devices"]})
    assert drawing is not None
    assert [box.label for box in drawing.boxes if box.kind == "number"] == [A, B, C]
    ids = [edge.edge_id for edge in chart_of(report).edges]
    assert len(set(ids)) == len(ids)
    assert sum(f"{A}:{B}" in key or f"{B}:{A}" in key for key in ids) == 2


async def test_that_a_number_is_in_use_again_is_no_new_number() -> None:
    earlier, later = await made(60), await made()
    (entry,) = news_of(earlier, later, SINCE)["lines"]
    assert entry["numbers"] == [C]
    (entry,) = news_of({**earlier, "lines": []}, later, SINCE)["lines"]
    assert entry["numbers"] == [A, B, C]
    assert entry["sentences"][0].count(A) == 1


async def test_that_a_number_took_over_again_is_news_once() -> None:
    before, earlier, later = await made(60), await made(90), await made()
    (entry,) = news_of(before, earlier, SINCE)["lines"]
    assert entry["numbers"] == []
    assert entry["sentences"][0] == f"{A} in use in place of {B}, seen from 2024-03-02."
    (entry,) = news_of(earlier, later, SINCE)["lines"]
    assert [sentence for sentence in entry["sentences"] if "in place of" in sentence] == [
        f"New number {C} in place of {A}, seen from 2024-04-01.",
        f"{A} in use in place of {C}, seen from 2024-05-01.",
    ]
    assert news_of(later, later, SINCE)["lines"] == []


async def test_undated_copies_of_its_adverts_are_counted_once() -> None:
    undated = Phone("U/1", 120)
    for _ in range(7):
        undated.text(A, None, offer("Rico", "{line} on all the time now 2 for 15"), sent=False)
    report = await made(more=[undated])
    assert len([held for held in report["lines"][0]["numbers"] if held["number"] == A]) == 3
    counts = [text["message_count"] for text in report["lines"][0]["texts"] if "all the time" in text["text"]]
    assert counts
    assert set(counts) == {7}


def test_two_numbers_that_were_in_use_at_once_several_times_are_one_pair() -> None:
    uses = [
        {
            "number": held,
            "handovers": [],
            "first_seen_at": f"2024-{first}-01T09:00:00Z",
            "last_seen_at": f"2024-{last}-01T09:00:00Z",
        }
        for held, first, last in ((A, "01", "03"), (B, "01", "10"), (A, "05", "07"), (C, "11", "12"))
    ]
    line = {"numbers": uses, "devices": []}
    (sentence,) = to_check(line, [], {})
    assert sentence == (
        "+44 7700 900001 and +44 7700 900002 were in use at once, from 1 Jan 2024 to 1 Mar 2024, from 1 May 2024 to "
        "1 Jul 2024: one line with two numbers, or two lines taken for one."
    )


async def test_the_report_says_each_use_in_order_and_keeps_to_the_contract() -> None:
    report = await made()
    schema = json.loads(files("parsers.records").joinpath("schemas", "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    uses = [held for held in report["lines"][0]["numbers"] if held["number"] == A]
    assert [held["succeeds"] for held in uses] == [None, B, C]
    assert [held["first_seen_at"] for held in uses] == sorted(held["first_seen_at"] for held in uses)
