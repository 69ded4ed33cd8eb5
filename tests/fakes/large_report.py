"""A report of thousands of phones, made from one line of ten by writing its ids anew: what pages must bear."""

from __future__ import annotations

import json
import re
from typing import Any

from search.reports.build import build_report, report_bytes
from search.reports.news import news_of
from tests.fakes.phones import Phone, campaign, finding, index_of, moved_to, number, offer

PHONES_A_LINE = 10
WORDINGS = (
    "{line} on both 3 for 25 bell me",
    "{line} back with the best til 11",
    "{line} live and direct 2 for 15",
    "{line} up and running all day",
)
_SECTIONS = ("extractions", "devices", "templates", "flares", "lines", "links")
_ID = re.compile(r'"((?:dv|ex|ln|fl|t|r|A)[-/][^"]*)"')
_NUMBER = re.compile(r"\+447700900(\d{3})")


def _phones() -> list[Phone]:
    own, *customers = [Phone(f"A/{place}", 100 + place) for place in range(PHONES_A_LINE)]
    for place, wording in enumerate(WORDINGS):
        for day in range(place, 120, 20):
            for party in range(12):
                own.text(number(300 + party), day + party / 1440, offer("Rico", wording), sent=True)
        campaign("Rico", number(100), customers, range(place, 120, 20), wording)
    for customer in customers:
        customer.text(number(100), 2, finding("can i get 2"), sent=True)
    customers[0].text(number(100), 121, moved_to(number(2), "Rico"), sent=False)
    campaign("Rico", number(2), customers, range(122, 180, 10), WORDINGS[0])
    return [own, *customers]


async def large_report(line_count: int = 200) -> dict[str, Any]:
    """Return a report of so many lines with ten phones each, a twentieth of them new, as it comes out of its JSON."""
    report = await build_report(
        await index_of(_phones()), software={"version": "0.1.0"}, generated_at="2024-06-01T12:00:00Z"
    )
    one: dict[str, Any] = json.loads(report_bytes(report))
    text = json.dumps({section: one[section] for section in _SECTIONS})
    copies = [json.loads(_renamed(text, place)) for place in range(line_count)]

    def together(count: int) -> dict[str, Any]:
        return {
            **one,
            **{section: [item for copy in copies[:count] for item in copy[section]] for section in _SECTIONS},
        }

    whole = together(line_count)
    since = {"at": "2024-05-01T00:00:00.000Z", "generated_at": None, "sha256": None}
    whole["new"] = news_of(together(line_count - max(1, line_count // 20)), whole, since)
    return whole


def _renamed(text: str, place: int) -> str:
    renamed = _ID.sub(lambda match: f'"{match[1]}-{place}"', text).replace('"Rico', f'"Rico{place}')
    return _NUMBER.sub(lambda match: f"+4477{place:05d}{match[1]}", renamed)
