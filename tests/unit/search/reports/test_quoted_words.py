"""Words that a page puts beside a record are that record's, and a line's adverts are its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from search.reports.broadcasts import broadcasts_of
from search.reports.build import _quote, build_report, report_bytes
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from tests.fakes.phones import Phone, finding, number
from tests.unit.search.reports.recorded import recorded

LIST = [number(200 + place) for place in range(14)]


async def report_of(*phones: Phone) -> dict[str, Any]:
    report = await build_report(await recorded(phones), software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
    return dict(json.loads(report_bytes(report)))


def priced(price: str) -> Any:
    return finding(f"Rico on both {price}", template="{line} on both {deal}", line="Rico", advert=True)


def broadcasting() -> list[Phone]:
    """Return a line's own phone that sent another price each day, one that received, and one of a choir."""
    own, other, choir = Phone("HW/1", 1), Phone("KT/1", 101), Phone("JB/2", 44)
    for day, price in enumerate(("3 for 25", "5 for 40", "one for 10", "2 for 15")):
        for place, to in enumerate([*LIST, number(101)]):
            own.text(to, day + place / 2000, priced(price), sent=True)
        other.text(number(1), day + 0.001, priced(price), sent=False)
    other.text(number(1), 2.5, finding("can i get 2"), sent=True)
    for place, to in enumerate(LIST):
        said = finding("Hi all its Karen on both", template="{line} on both {deal}")
        choir.text(to, 9 + place / 2000, said, sent=True)
    return [own, other, choir]


async def test_a_broadcast_is_quoted_in_the_words_of_the_record_beside_it() -> None:
    phones = broadcasting()
    bodies = {record.record_id: getattr(record, "body", None) for phone in phones for record, _ in phone.rows}
    report = await report_of(*phones)
    page = render_html(report)
    rows = page[page.index('id="broadcasts"') : page.index('id="devices"')].split("<tr>")[2:]
    assert len(rows) == 5
    for row in rows:
        (quoted,) = re.findall("“(.*?)”", row)
        assert bodies[re.findall(r"\b(r-[0-9a-f]{20})\b", row)[0]] == quoted
    printed = print_data(report)["broadcasts"]
    assert {row["text"] for row in printed} == {
        "Rico on both 3 for 25", "Rico on both 5 for 40", "Rico on both one for 10", "Rico on both 2 for 15",
        "Hi all its Karen on both",
    }  # fmt: skip
    for row in printed:
        assert bodies[row["records"].split()[0]] == row["text"]


async def test_a_text_of_nobodys_line_stands_under_no_line_though_its_wording_does() -> None:
    report = await report_of(*broadcasting())
    (line,) = report["lines"]
    (template,) = [held for held in report["templates"] if held["template_id"] in line["template_ids"]]
    assert template["message_count"] == 4 * 15 + 4 + 14
    (wording,) = line["wordings"]
    assert (wording["message_count"], wording["device_ids"]) == (4 * 15 + 4, ["dv-HW/1", "dv-KT/1"])
    page = render_html(report)
    section = page[page.index("<h4>Its adverts</h4>") : page.index('id="links"')]
    assert "Karen" not in section
    assert (
        "64 messages of it on 2 phones; 14 further messages of similar wording not counted here: by themselves they "
        "are adverts of nobody&#39;s line" in section
    )
    (advert,) = print_data(report)["lines"][0]["adverts"]
    assert advert["example"].startswith("Rico on both ")
    assert "14 further messages" in advert["count"]


async def test_what_a_phone_sent_from_no_stated_number_is_the_lines_own() -> None:
    own = Phone("HW/1", None)
    for day in range(4):
        for place, to in enumerate(LIST):
            own.text(to, day + place / 2000, priced("3 for 25"), sent=True)
    (line,) = (await report_of(own))["lines"]
    assert [(held["message_count"], held["device_ids"]) for held in line["wordings"]] == [(56, ["dv-HW/1"])]
    assert {text["text"] for text in line["texts"]} == {"Rico on both 3 for 25"}


async def test_of_a_broadcast_that_several_phones_show_the_record_is_read_that_is_quoted() -> None:
    read: list[str] = []

    class Reader:
        async def texts_of(self, record_ids: Iterable[str]) -> dict[str, str]:
            read.extend(record_ids)
            return dict.fromkeys(read, "Rico on")

    at = "2024-01-01T12:00:00Z"
    flares: list[dict[str, object]] = [
        {"flare_id": f"fl-{place}", "sender": number(1), "line_id": None, "device_id": f"dv-{place}",
         "template_id": "t-1", "started_at": at, "ended_at": at, "direction": "received", "recipient_count": 1,
         "message_count": 1, "time_basis": "device", "first_record_id": f"r-{place}"} for place in range(3)
    ]  # fmt: skip
    await _quote(flares, Reader())  # type: ignore[arg-type]
    (broadcast,) = broadcasts_of(flares)
    assert read == [broadcast.record_ids[0]]
    assert broadcast.text == "Rico on"


async def test_what_the_line_broadcast_in_a_wording_is_its_own_though_by_its_words_no_advert() -> None:
    own = Phone("HW/1", 1)
    said = priced("3 for 25")
    for place, to in enumerate(LIST):
        text = said if place < 5 else msgspec.structs.replace(said, is_advert=False)
        own.text(to, place / 2000, text, sent=True)
    for day in (1, 2, 3):
        for place, to in enumerate(LIST):
            own.text(to, day + place / 2000, said, sent=True)
    page = render_html(await report_of(own))
    assert "nobody&#39;s line" not in page
    assert "further messages in its broadcasts, no adverts by their words alone" in page
