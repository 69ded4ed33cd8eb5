"""A report of a period counts what lies in it where that is known, and says of the rest that it reaches beyond it."""

from __future__ import annotations

import json

from search.contract import Edge, EdgeKind
from search.linkage.attribution.index_reading import Window
from search.linkage.attribution.of_period import cut_to_period
from search.reports.build import build_report, report_bytes
from search.reports.page_text import outside_words
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from search.reports.scope import Scope
from search.reports.summary_words import PERIOD_COUNTS
from tests.fakes.phones import Phone, campaign, finding, instant, number
from tests.unit.search.reports.recorded import recorded

LINE = number(1)
IN_MARCH = Scope(since=instant(5), until=instant(10))


def phones() -> list[Phone]:
    """Three phones with adverts before, in and after the period; the first writes to the line before and after."""
    held = [Phone(f"JB/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, held, (1, 6, 7, 20))
    campaign("Rico", LINE, held, (6, 8), "{line} about til late")
    held[0].text(LINE, 2, finding("u about"), sent=True)
    held[0].text(LINE, 21, finding("can i get 2"), sent=True)
    return held


async def of_period(held: list[Phone]) -> dict[str, object]:
    made = await build_report(
        await recorded(held), software={"version": "0.1.0"}, scope=IN_MARCH, generated_at="2024-06-01T12:00:00Z"
    )
    return dict(json.loads(report_bytes(made)))


async def test_few_records_that_reach_into_a_period_count_as_those_that_lie_in_it() -> None:
    report = await of_period(phones())
    (line,) = report["lines"]  # type: ignore[misc]  # a list of lines
    received = [row for row in line["devices"] if row["relation"] == "received_adverts"]
    assert [row["record_count"] for row in received] == [4, 4, 4]
    assert not [row for row in line["devices"] if row["relation"] == "contact_of_line"]


async def test_what_names_not_all_its_records_stays_whole_and_its_dates_are_marked() -> None:
    held = phones()
    campaign("Rico", LINE, held, (2, 3, 4, 22), "{line} on both 3 for 25")
    report = await of_period(held)
    (line,) = report["lines"]  # type: ignore[misc]  # a list of lines
    assert line["last_seen_at"] == instant(22)
    page, printed = render_html(report), print_data(report)
    assert "(after the period)" in page
    assert "(before the period)" in page
    assert page.count(PERIOD_COUNTS) == 2, "on the first page, and at the line"
    assert printed["overview"][0]["last_word"] == "last advert (after the period)"
    (shown,) = printed["lines"][0]["numbers"]
    assert (shown["first_outside"], shown["last_outside"]) == ("(before the period)", "(after the period)")


async def test_what_was_dated_anew_since_its_clock_was_wrong_is_not_cut() -> None:
    held = phones()
    index = await recorded(held)
    (edge, *_) = [
        each async for each in index.edges(EdgeKind.ADVERT, [LINE], [held[0].extraction_id]) if each.count == 4
    ]
    window = Window(instant(5), instant(10))
    (cut,) = await cut_to_period(index, [edge], window.holds)
    assert (cut.count, cut.first_at, cut.last_at) == (2, instant(6), instant(7))
    moved = Edge(
        kind=edge.kind, key=edge.key, role=edge.role, extraction_id=edge.extraction_id, count=edge.count,
        first_at=instant(1.5), last_at=instant(20.5), record_ids=edge.record_ids,
    )  # fmt: skip
    assert await cut_to_period(index, [moved], window.holds) == [moved]


def test_the_first_instant_of_a_period_lies_in_it_and_its_end_does_not() -> None:
    begin, end = instant(5), instant(10)
    said = [outside_words(at, begin, end) for at in (instant(4.9), begin, instant(9.9), end, None)]
    assert said == ["(before the period)", "", "", "(after the period)", ""]
    assert outside_words(instant(4), None, None) == ""
