"""All lines stand in one table first; the printed report has their pages, and an index of numbers and exhibits."""

from __future__ import annotations

import io
from typing import Any

import pypdf

from search.reports.glance import glances
from search.reports.page import page_of
from search.reports.page_text import national
from search.reports.print_index import print_glance, print_index
from search.reports.render_html import render_html
from search.reports.render_pdf import render_pdf
from tests.fakes.phones import Phone, campaign, finding, number
from tests.unit.search.reports.test_line_parts import report_of


async def two_lines() -> dict[str, Any]:
    own = Phone("B/9", 3, case="OP/2")
    phones = [Phone(f"A/{place}", 100 + place) for place in (1, 2, 10)]
    others = [Phone(f"B/{place}", 120 + place, case="OP/2") for place in (1, 2)]
    for name, sender, held, last in (("Rico", 1, phones, 4), ("Vegas", 3, others, 9)):
        for wording in (f"{{line}} on both 3 for {sender}", f"{{line}} back with the best {sender}"):
            campaign(name, number(sender), held, range(last), wording)
        for phone in held:
            phone.text(number(sender), 1, finding("can i get 2"), sent=True)
    said = finding("Vegas on both 3 for 3", template="{line} on both 3 for 3", line="Vegas", advert=True)
    for place in range(12):
        own.text(number(120 + place), 2 + place / 1440, said, sent=True)
    return await report_of(own, *phones, *others)


async def test_the_line_of_the_latest_advert_stands_first_with_its_number_and_its_phones() -> None:
    report = await two_lines()
    page = page_of(report)
    assert [view.title for view in page.lines] == ["Rico", "Vegas"]
    rico, vegas = print_glance(page)[::-1]
    assert vegas["cells"][:2] == ["Vegas", "+44 7700 900003"]
    assert vegas["cells"][3:] == ["B/9 (case OP/2)", "2 phones"]
    assert rico["cells"][3:] == ["none held", "3 phones"]
    html = render_html(report)
    table = html[html.index('class="glance stack"') : html.index("What was found")]
    assert table.index("Vegas") < table.index("B/9 (case OP/2)") < table.index("Rico") < table.index("none held")
    assert glances(page.lines[:1]).items == ()


async def test_the_index_names_lines_of_numbers_and_of_exhibits() -> None:
    page = page_of(await two_lines())
    index = print_index(page)
    numbers = {entry["words"]: [words for _, words in entry["places"]] for entry in index["numbers"]}
    assert numbers["+44 7700 900001, 07700 900001, 07700900001"] == ["Rico"]
    assert numbers["+44 7700 900003, 07700 900003, 07700900003"] == ["Vegas", "B/9 (case OP/2)"]
    exhibits = {entry["words"]: [words for _, words in entry["places"]] for entry in index["exhibits"]}
    assert list(exhibits)[:3] == ["A/1 (case OP/1)", "A/2 (case OP/1)", "A/10 (case OP/1)"]
    assert exhibits["B/9 (case OP/2)"] == ["Phones and SIMs", "Vegas"]


async def test_the_printed_report_has_pages_for_each_of_them() -> None:
    report = await two_lines()
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_pdf(report))).pages]
    of_lines = next(place for place, text in enumerate(pages, start=1) if "Which phone".upper() in text)
    assert f"Lines {of_lines} ·" in pages[0]
    last = " ".join(pages[-2:])
    assert "07700900003" in last
    assert f"Vegas {of_lines}" in last or f"Vegas {of_lines + 1}" in last


def test_a_number_is_shown_as_it_is_dialled_in_the_uk() -> None:
    assert national("+447700900852") == "07700 900852, 07700900852"
    assert [national(key) for key in ("+12025550123", "5000017528", "60777", "+44 7700")] == ["", "", "", ""]


async def test_the_table_of_numbers_has_both_forms() -> None:
    assert "07700 900003, 07700900003" in render_html(await two_lines())
