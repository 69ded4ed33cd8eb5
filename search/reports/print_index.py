"""What leads through the printed report: all lines with their pages, and an index of numbers and exhibits at its end.

The layout knows the pages: an entry names places, by the ids of lines and devices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from search.linkage.counting_order import counting_order
from search.linkage.phrases import counted, listed
from search.reports.line_views import member_ids
from search.reports.page import Page
from search.reports.page_text import day, grouped, national, outside_words
from search.reports.print_text import printable

Printed = dict[str, Any]

_PHONES_NAMED: Final = 2


def print_glance(page: Page) -> list[Printed]:
    """Return all lines, a row each."""
    return [
        {
            "id": row.anchor,
            "cells": [
                printable(row.title),
                printable(grouped(row.number)) if row.number else "not known",
                day_in(page, row.last_at) + (" (announced)" if row.is_announced else ""),
                printable(listed([page.labels[key] for key in row.sent_from], _PHONES_NAMED)) or "none held",
                counted(row.received, "phone"),
            ],
        }
        for row in page.glances.items
    ]


def outside(page: Page, instant: str | None) -> str:
    """Return on which side of the report's period an instant lies; empty where it lies in it."""
    scope = page.report["scope"]
    return outside_words(instant, scope["from"], scope["to"])


def day_in(page: Page, instant: str | None) -> str:
    """Return the day of an instant, and where it lies outside the report's period on which side."""
    return " ".join(filter(None, (day(instant), outside(page, instant))))


def print_index(page: Page) -> Printed:
    """Return the index: numbers of lines and of phones, and exhibits, each with what it stands with and where."""
    return {"numbers": list(_numbers(page)), "exhibits": list(_exhibits(page))}


def _numbers(page: Page) -> Iterable[Printed]:
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for view in page.lines:
        for held in view.line["numbers"]:
            places[held["number"]][view.anchor] = view.title
    for device in page.devices.items:
        for number in device["msisdn"]:
            places[number][device["device_id"]] = page.labels[device["device_id"]]
    for number in sorted(places):
        forms = ", ".join(filter(None, (grouped(number), national(number))))
        yield {"words": printable(forms), "places": _places(places[number])}


def _exhibits(page: Page) -> Iterable[Printed]:
    lines: dict[str, dict[str, str]] = defaultdict(dict)
    for view in page.lines:
        for device_id in member_ids(view.line):
            lines[device_id][view.anchor] = view.title
    shown = {device["device_id"] for device in page.devices.items}
    for device_id in sorted(shown, key=lambda key: counting_order(page.labels[key])):
        places = {device_id: "Phones and SIMs", **lines[device_id]}
        yield {"words": printable(page.labels[device_id]), "places": _places(places)}


def _places(named: Mapping[str, str]) -> list[list[str]]:
    return [[key, printable(words)] for key, words in named.items()]
