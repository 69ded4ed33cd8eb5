from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from search.reports import page_text
from search.reports.build import build_report, report_bytes
from search.reports.render_html import render_html
from search.reports.timeline import draw
from tests.fakes.phones import Phone, campaign, finding, index_of, moved_to, number, offer

HOSTILE = '<script>alert("x")</script> &lt; \u202enimda\u202c on\u200b both <img src=x onerror=alert(1)> {deal}'
_ALLOWED = frozenset(
    "html head meta title style body main header footer nav section div h1 h2 h3 h4 p ul li dl dt dd table thead tbody "  # noqa: SIM905  # a list of forty strings reads worse
    "tr th td a b br span details summary bdi time svg line text rect circle g path".split()
)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


async def page_of(*phones: Phone) -> str:
    report = await build_report(
        await index_of(phones), software={"version": "0.1.0"}, generated_at="2024-06-01T12:00:00Z"
    )
    return render_html(json.loads(report_bytes(report)))


def hostile_phones() -> list[Phone]:
    a, b = Phone("<b>A</b>/1", 101, case="<i>OP</i>"), Phone("A/2", 102)
    for phone in (a, b):
        for day in range(4):
            phone.text(
                number(1),
                day,
                finding(HOSTILE, template="{line} <script>x</script> {deal", line="<u>Rico", advert=True),
                sent=False,
            )
        phone.call('"><script>', 2, made=True)
        phone.text("<svg onload=alert(1)>", 2, offer("Rico"), sent=False)
    return [a, b]


async def test_no_evidence_becomes_markup() -> None:
    elements = _Elements()
    elements.feed(await page_of(*hostile_phones()))
    # title is also the tooltip of a mark in the drawing
    assert {tag for tag, _ in elements.seen} <= _ALLOWED
    attributes = {name for _, held in elements.seen for name in held}
    assert not [name for name in attributes if name.startswith("on")]


async def test_the_page_refers_to_nothing_outside_itself() -> None:
    page = await page_of(*hostile_phones())
    elements = _Elements()
    elements.feed(page)
    for _, attributes in elements.seen:
        assert not {"src", "srcset", "action", "xlink:href"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in page


async def test_every_anchor_has_its_target() -> None:
    elements = _Elements()
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", number(1), [a, b], range(4))
    elements.feed(await page_of(a, b))
    ids = {attributes["id"] for _, attributes in elements.seen if "id" in attributes}
    assert {attributes["href"] for _, attributes in elements.seen if "href" in attributes} <= {
        f"#{name}" for name in ids
    }


async def test_what_would_not_show_is_marked() -> None:
    page = await page_of(*hostile_phones())
    for mark in ("U+202E", "U+202C", "U+200B"):
        assert f"<span class='hid'>{mark}</span>" in page
    assert not {"\u202e", "\u202c", "\u200b"} & set(page)


async def test_the_page_says_what_a_broadcast_and_a_wording_are_called_elsewhere() -> None:
    page = await page_of(*hostile_phones())
    assert "in a search (is:flare) and in the json report a broadcast is a flare" in page.lower()
    assert "In the JSON report a wording is a template" in page


async def test_no_score_is_printed() -> None:
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", number(1), [a, b], range(4))
    report = await build_report(
        await index_of([a, b]), software={"version": "0.1.0"}, generated_at="2024-06-01T12:00:00Z"
    )
    (link,) = json.loads(report_bytes(report))["links"]
    page = render_html(report)
    assert str(link["score"]) not in page
    assert f'class="band {link["band"]}"' in page
    assert page_text.grouped(link["reasons"][0]["sentence"].split(",")[0]) in page


async def test_the_first_page_says_what_was_not_read_before_anything_else() -> None:
    a = Phone("A/1", 101)
    campaign("Rico", number(1), [a], range(4))
    report = json.loads(
        report_bytes(
            await build_report(await index_of([a]), software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
        )
    )
    report["extractions"][0]["state"] = "partial"
    report["extractions"][0]["notices"] = [
        {"code": "input_truncated", "severity": "damaged", "count": 1, "sentence": "The file ends before its end."}
    ]
    page = render_html(report)
    assert page.index("The file ends before its end.") < page.index("What was found")


async def test_the_same_data_gives_the_same_page_and_an_empty_report_has_one() -> None:
    assert await page_of(*hostile_phones()) == await page_of(*reversed(hostile_phones()))
    assert "Nothing has been taken in here yet." in await page_of()
    assert "No deal line was found" in await page_of(Phone("A/1", 101))


async def test_a_change_of_number_is_drawn() -> None:
    a = Phone("A/1", 101)
    campaign("Rico", number(1), [a], range(10))
    a.text(number(1), 10, moved_to(number(2), "Rico"), sent=False)
    campaign("Rico", number(2), [a], range(11, 60))
    page = await page_of(a)
    timeline = page[page.index("Timeline of the numbers") : page.index("Bar: first to last")]
    assert timeline.count("<rect") == 2
    assert len(re.findall(r"stroke-dasharray", timeline)) == 1
    graph = page[page.index("Phones that send for the line") : page.index("Above: phones that sent")]
    assert (graph.count("<rect"), graph.count('stroke="#7a4b00"')) == (3, 1)
    assert "took over from" in page


async def test_a_report_of_hundreds_of_phones_stays_a_page_that_opens() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(300)]
    for start in range(0, 300, 10):
        sender, of_line = number(600 + start // 10), phones[start : start + 10]
        for wording in (f"{{line}} wording {start}", f"{{line}} back on {start}"):
            campaign(f"Line{start}", sender, of_line, [0, 5], wording)
        for phone in of_line:
            phone.text(sender, 1, finding("can i get 2"), sent=True)
    started = time.process_time()
    page = await page_of(*phones)
    assert len(page) < 3_000_000
    assert "linked with one another by that alone (45 strong links): A/" in page
    assert page.count("linked with one another by that alone (45 strong links") == 30
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<b", "a&lt;b"),
        ("one\r\ntwo", "<bdi>one<span class='hid'>\u23ce</span>\ntwo</bdi>"),
        ("👨\u200d👩", "<bdi>👨\u200d👩</bdi>"),
        ("R\u200dico", "<bdi>R<span class='hid'>U+200D</span>ico</bdi>"),
        ("5️⃣", "<bdi>5️⃣</bdi>"),
        ("\x00", "<bdi><span class='hid'>U+0000</span></bdi>"),
        ("مرحبا", "<bdi>مرحبا</bdi>"),
        ("\ud800", "<bdi><span class='hid'>U+D800</span></bdi>"),
        ("\u3164", "<bdi><span class='hid'>U+3164</span></bdi>"),
        ("x" * 2003, f"<bdi>{'x' * 2000}</bdi><span class='hid'>3 more characters</span>"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert str(page_text.visible(text)) == shown


def test_instants_stand_in_utc_and_uk_time() -> None:
    assert "18 May 2020 23:06:19 UTC<span class='uk'>19 May 00:06:19 UK" in page_text.when("2020-05-18T23:06:19.000Z")
    assert "1 Jan 2020 10:00:00 UTC<span class='uk'>10:00:00 UK" in page_text.when("2020-01-01T10:00:00.000Z")
    assert "no date" in page_text.when(None)
    assert page_text.day_and_time("2024-06-30T23:00:00.000Z") == "30 Jun 2024 23:00 UTC (1 Jul 00:00 UK)"
    assert page_text.day_and_time("2024-01-30T23:00:00.000Z") == "30 Jan 2024 23:00 UTC (23:00 UK)"
    period = "from 30 Apr 2024 23:00 UTC (1 May 00:00 UK), before 31 May 2024 23:00 UTC (1 Jun 00:00 UK)"
    assert page_text.period_words("2024-04-30T23:00:00.000Z", "2024-05-31T23:00:00.000Z") == period
    assert page_text.period_words(None, None) == ""


def whole_words(drawing: Any) -> bool:
    """Whether the date at every tick ends before the drawing does; its letters are 7 wide at most."""
    return all(tick.label_x + len(tick.label) * 7 / 2 <= 1000 for tick in drawing.ticks)


@pytest.mark.parametrize(("days", "most"), [(0, 2), (3, 9), (40, 9), (400, 9), (4000, 9)])
def test_a_timeline_of_any_length_has_ticks_that_can_be_read(days: int, most: int) -> None:
    last = f"{2010 + days // 365}-01-{1 + days % 365 % 28:02d}T00:00:00.000Z"
    row = {
        "number": "+447700900001",
        "first_seen_at": "2010-01-01T00:00:00.000Z",
        "last_seen_at": last,
        "succeeds": None,
    }
    drawing = draw([row], [])
    assert drawing is not None
    assert 1 <= len(drawing.ticks) <= most + 2
    assert all(0 <= tick.x <= 1000 for tick in drawing.ticks)
    assert whole_words(drawing)


@pytest.mark.parametrize("hour", range(24))
def test_no_date_under_a_timeline_is_cut_off(hour: int) -> None:
    for days in (0, 1, 20, 75, 108):
        first = datetime(2024, 2, 12, hour, tzinfo=UTC)
        row = {
            "number": "+447700900001",
            "first_seen_at": first.isoformat(),
            "last_seen_at": (first + timedelta(days=days)).isoformat(),
            "succeeds": None,
        }
        drawing = draw([row], [])
        assert drawing is not None
        assert drawing.ticks
        assert whole_words(drawing)


def test_a_line_without_dates_has_no_timeline() -> None:
    assert draw([{"number": "1", "first_seen_at": None, "last_seen_at": None, "succeeds": None}], []) is None


async def test_a_sender_that_the_phone_does_not_state_says_what_it_is_taken_from() -> None:
    phone, customer = Phone("L/1", None), Phone("A/1", 100)
    for day in range(3):
        for place in range(12):
            phone.text(number(100 + place), day + place / 1440, offer("Rico"), sent=True)
        customer.text(number(1), day, offer("Rico"), sent=False)
    said = "The sender is taken from 1 phone that received this broadcast; L/1 (case OP/1) states no number."
    assert (await page_of(phone, customer)).count(said) == 3
