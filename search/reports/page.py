"""What the page shows, from the report's data: labels, tables and counts. It adds no statement of its own.

A page that nobody can open helps nobody: long lists are cut at a limit that the page states, the data holds them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from search.reports.bridges import bridge_graph
from search.reports.broadcasts import broadcasts_of
from search.reports.drawing import Drawing
from search.reports.line_views import RELATIONS, LineView, line_views, member_ids

Item = Mapping[str, Any]
"""One object of the report; its keys are those of the contract."""

LINKS_SHOWN = 120
BROADCASTS_SHOWN = 100
TEMPLATES_SHOWN = 80
DEVICES_SHOWN = 400
NEWS_LINES = 8
NEWS_DEVICES = 12
MATRIX_LINES = 12
MATRIX_DEVICES = 80
VALUES_SHOWN = 12
PHONES_SHOWN = 30
"""Of one line and one relation."""
ADVERTS_SHOWN = 6

TRAFFIC = {
    "broadcasts_adverts": "sends adverts",
    "receives_adverts": "receives adverts",
    "one_to_one_with_line": "one-to-one with a line",
    "none_seen": "none seen",
}
BANDS = ("strong", "moderate", "weak")
_CHANGES = {"new": "new {0} link{1}", "stronger": "link{1} now {0}", "weaker": "link{1} now only {0}"}
_NEWS_ORDER = [(change, band) for change in _CHANGES for band in BANDS]
DECIDED = {"confirm": "confirmed", "reject": "rejected", "merge": "merged", "split": "kept apart"}
STATES = {
    "holds": "holds",
    "revoked": "taken back",
    "replaced": "replaced by a later decision",
    "no_longer_fits": "fits nothing that is held now",
}
BASES = {
    "stated_offset": "time with its offset",
    "stated_utc": "time stated in UTC",
    "network": "network time",
    "device_local": "handset's clock",
    "assumed_zone": "time zone assumed",
    "none": "no time",
}
_WHOLE = frozenset({"complete", "superseded"})


class Cut(msgspec.Struct, frozen=True):
    """A list that may be cut: what is shown, and how many there are."""

    items: tuple[Any, ...]
    total: int


class Page(msgspec.Struct, frozen=True):
    """Everything that the templates read."""

    report: Item
    labels: Mapping[str, str]
    lines: tuple[LineView, ...]
    line_titles: Mapping[str, str]
    not_whole: tuple[Item, ...]
    links: Mapping[str, Cut]
    matrix: Cut
    bridges: tuple[Drawing, int] | None
    """Graph of phones that carry traffic of several lines, and how many there are."""
    broadcasts: Cut
    wordings: Mapping[str, Item]
    templates: Cut
    devices: Cut
    member_count: int
    has_news: bool
    new_devices: Cut
    new_lines: Cut
    new_links: Cut
    new_link_words: str


def page_of(report: Item) -> Page:
    """Return the page of a report."""
    labels = device_labels(report["devices"])
    lines = line_views(report, labels)
    members = {device_id for view in lines for device_id in member_ids(view.line)}
    templates = sorted(report["templates"], key=lambda t: (not t["line_ids"], -t["message_count"], t["template_id"]))
    devices = sorted(
        report["devices"], key=lambda device: (device["device_id"] not in members, labels[device["device_id"]])
    )
    shown = [device["device_id"] for device in devices if device["device_id"] in members][:MATRIX_DEVICES]
    return Page(
        report=report,
        labels=labels,
        lines=lines,
        line_titles={view.line["line_id"]: view.title for view in lines},
        not_whole=tuple(entry for entry in report["extractions"] if entry["state"] not in _WHOLE),
        links={band: _cut([link for link in report["links"] if link["band"] == band], LINKS_SHOWN) for band in BANDS},
        matrix=Cut(tuple((device_id, _cells(device_id, lines[:MATRIX_LINES])) for device_id in shown), len(members)),
        bridges=bridge_graph(lines, labels),
        broadcasts=_cut(broadcasts_of(report["flares"]), BROADCASTS_SHOWN),
        wordings={template["template_id"]: template for template in report["templates"]},
        templates=_cut(templates, TEMPLATES_SHOWN),
        devices=_cut(devices, DEVICES_SHOWN),
        member_count=len(members),
        **_news(report),
    )


def _news(report: Item) -> dict[str, Any]:
    """Return what the first page says of what is new."""
    news: Item = report["new"] or {}
    told = ("extraction_ids", "lines", "gone_lines", "links", "gone_links", "event_ids", "decision_ids")
    lines = sorted(news.get("lines", ()), key=lambda entry: (entry["change"] != "new", -len(entry["device_ids"])))
    links = news.get("links", ())
    counts = Counter((link["change"], link["band"]) for link in links)
    words = [
        f"{counts[change, band]} {_CHANGES[change].format(band, '' if counts[change, band] == 1 else 's')}"
        for change, band in _NEWS_ORDER
        if counts[change, band]
    ]
    return {
        "has_news": any(news.get(key) for key in told),
        "new_devices": _cut(news.get("device_ids", ()), NEWS_DEVICES),
        "new_lines": _cut(lines, NEWS_LINES),
        "new_links": _cut(links, LINKS_SHOWN),
        "new_link_words": ", ".join(words),
    }


def _cut(items: Sequence[Any], limit: int) -> Cut:
    return Cut(tuple(items[:limit]), len(items))


def device_labels(devices: Iterable[Item]) -> dict[str, str]:
    """Return how the page names each device: its exhibit, with the case where one reference stands in several."""
    wanted = {device["device_id"]: ", ".join(device["exhibit_refs"]) for device in devices}
    cases = {device["device_id"]: ", ".join(device["case_refs"]) for device in devices}
    often = Counter(wanted.values())
    labels = {}
    for device_id, exhibit in wanted.items():
        label = exhibit or device_id
        if often[exhibit] > 1 and exhibit:
            label = f"{exhibit} of {cases[device_id]}" if cases[device_id] else f"{exhibit} ({device_id})"
        labels[device_id] = label
    again = Counter(labels.values())
    return {key: label if again[label] == 1 else f"{label} ({key})" for key, label in labels.items()}


def _cells(device_id: str, lines: Iterable[LineView]) -> tuple[str, ...]:
    """Return, for each line, the letters of what the device has to do with it."""
    return tuple(
        " ".join(
            letter
            for relation, (letter, _) in RELATIONS.items()
            if any(row["device_id"] == device_id for row in view.devices.get(relation, ()))
        )
        for view in lines
    )
