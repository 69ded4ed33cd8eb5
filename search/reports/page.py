"""What the page shows, from the report's data: labels, tables and counts. It adds no statement of its own.

A page that nobody can open helps nobody: long lists are cut at a limit that the page states, the data holds them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.counting_order import counting_order
from search.reports.accounts import account_names, with_accounts
from search.reports.bridges import bridge_graph
from search.reports.broadcasts import BROADCASTS_SHOWN, Broadcast, broadcasts_of, sender_words
from search.reports.cited import Cited, Searches, of_reason, searches_of
from search.reports.cuts import Cut, cut
from search.reports.device_names import device_labels, in_words, with_gone
from search.reports.drawing import Drawing
from search.reports.exhibit_order import in_exhibit_order
from search.reports.frames import example_of, with_neutral_slots
from search.reports.glance import glances
from search.reports.kept_apart import kept_apart
from search.reports.line_names import line_titles, with_titles
from search.reports.line_views import LineView, line_views
from search.reports.link_cases import LinkCases, link_cases
from search.reports.link_groups import LinkPart, link_part
from search.reports.matrix import MatrixTable, letters_shown, matrix_tables
from search.reports.news_decisions import decision_words, without_decisions
from search.reports.news_words import read_words
from search.reports.scope_words import outside_scope
from search.reports.shown_clocks import clock_words_of
from search.reports.source_groups import source_groups
from search.reports.split_links import Split, split_words, splits_of
from search.reports.summary_words import FIRST_PAGE_LINES, broadcasts_of_no_line, is_whole
from search.reports.wording_shares import wording_shares

Item = Mapping[str, Any]
"""One object of the report; its keys are those of the contract."""

TEMPLATES_SHOWN = 80
DEVICES_SHOWN = 400
SMALL_TABLES = 100
NEWS_LINES = 8
VALUES_SHOWN = 12

_TRAFFIC: Final = {
    "broadcasts_adverts": "sends adverts",
    "receives_adverts": "receives adverts",
    "one_to_one_with_line": "one-to-one with a line",
    "none_seen": "none seen",
}
_SENT_TO_MANY: Final = "sent to many, of no line"
BANDS = ("strong", "moderate", "weak")
_CHANGES = {
    "new": "new {0} link{1}",
    "stronger": "link{1} now {0}",
    "weaker": "link{1} now only {0}",
    "gone": "{0} link{1} no longer there",
}
_BY_DECISION = "by decision"
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


def traffic_words(device: Item) -> str:
    """Return what the traffic of a phone looks like; adverts to many are some, where no line is made of them too."""
    traffic = device["traffic"]
    is_sending = traffic["kind"] == "none_seen" and broadcasts_of_no_line(device)
    return _SENT_TO_MANY if is_sending else _TRAFFIC[traffic["kind"]]


class Page(msgspec.Struct, frozen=True):
    """Everything that the templates read."""

    report: Item
    labels: Mapping[str, str]
    held: Mapping[str, Item]
    """Devices of the report by id."""
    searches: Searches
    lines: tuple[LineView, ...]
    line_titles: Mapping[str, str]
    saved: Mapping[str, str]
    """Of each line that no advert names where its name comes from."""
    not_whole: tuple[Item, ...]
    first_lines: Cut
    glances: Cut
    """All lines, a row each."""
    links: Mapping[str, LinkPart]
    link_cases: LinkCases
    """Of the strong links."""
    rejected_links: Cut
    kept_apart: Cut
    events: Cut
    sources: Cut
    matrix: tuple[MatrixTable, ...]
    letters: tuple[tuple[str, str], ...]
    """What the key of the tables explains."""
    bridges: tuple[Drawing, int] | None
    """Graph of phones that carry traffic of several lines, and how many there are."""
    broadcasts: Cut
    wordings: Mapping[str, Item]
    examples: Mapping[str, Item]
    """Of each wording the text that shows it best."""
    templates: Cut
    shares: Mapping[str, str]
    """Of which lines the messages of each shown wording are, in words."""
    devices: Cut
    member_count: int
    """Phones that stand with any line, those with a mere mention of it too."""
    has_news: bool
    read_words: str
    """What was read since the earlier report."""
    new_lines: Cut
    new_link_words: str
    new_decisions: Cut
    """What people decided or took back since, in words."""
    gone_links: Cut
    """Strong and moderate links of the earlier report that are in this one no more, in words."""

    def sender_words(self, row: Broadcast) -> str:
        """Return from which phone a broadcast came that none is seen to have sent."""
        return sender_words(row, self.report["devices"], self.labels)

    def ends(self, link: Item) -> tuple[Item, Item]:
        """Return the two devices of a link."""
        return self.held[link["a_device_id"]], self.held[link["b_device_id"]]

    def end_names(self, link: Item) -> list[str]:
        """Return the names of the two devices of a link, in order."""
        return sorted((self.labels[link[end]] for end in ("a_device_id", "b_device_id")), key=counting_order)

    def cited(self, reason: Item, link: Item) -> Cited:
        """Return the records of a reason for a link."""
        return of_reason(reason, self.ends(link), self.searches)


def page_of(data: Item) -> Page:
    """Return the page of a report."""
    labels = device_labels(data)
    named = with_accounts(with_titles(in_words(data, labels), line_titles(data["lines"])), account_names(data))
    report = in_exhibit_order(named, labels)
    lines = line_views(report, labels)
    titles = {view.line["line_id"]: view.title for view in lines}
    members = {row["device_id"] for view in lines for row in view.line["devices"]}
    shown = map(with_neutral_slots, report["templates"])
    templates = sorted(shown, key=lambda t: (not t["line_ids"], -t["message_count"], t["template_id"]))
    devices = sorted(
        report["devices"],
        key=lambda device: (device["device_id"] not in members, counting_order(labels[device["device_id"]])),
    )
    cases = {device["device_id"]: device["case_refs"] for device in devices}
    by_band = {band: [link for link in report["links"] if link["band"] == band] for band in BANDS}
    ordered = [device["device_id"] for device in devices if device["device_id"] in members]
    examples = {
        template["template_id"]: example for template in templates if (example := example_of(template)) is not None
    }
    matrix = matrix_tables(lines, ordered)
    return Page(
        report=report,
        labels=labels,
        held={device["device_id"]: device for device in devices},
        searches=searches_of(report),
        lines=lines,
        line_titles=titles,
        saved={view.line["line_id"]: view.saved for view in lines if view.saved},
        not_whole=tuple(entry for entry in report["extractions"] if not is_whole(entry)),
        glances=glances(lines),
        first_lines=cut(lines, FIRST_PAGE_LINES),
        links={band: link_part(by_band[band], [view.line for view in lines], cases, labels) for band in BANDS},
        link_cases=link_cases(by_band[BANDS[0]], report["lines"], cases, labels, by_band[BANDS[1]]),
        rejected_links=cut(report["rejected_links"], SMALL_TABLES),
        kept_apart=cut(kept_apart(report["suppressed"], titles, frozenset(labels.values())), SMALL_TABLES),
        events=cut(sorted(report["events"], key=_by_date), SMALL_TABLES),
        sources=source_groups(
            report["extractions"], labels, outside_scope(report["devices"]), clock_words_of(report["devices"])
        ),
        matrix=matrix,
        letters=letters_shown(matrix),
        bridges=bridge_graph(lines, labels),
        broadcasts=cut([_in_order(row, labels) for row in broadcasts_of(report["flares"])], BROADCASTS_SHOWN),
        wordings={template["template_id"]: template for template in templates},
        examples=examples,
        templates=(part := cut(templates, TEMPLATES_SHOWN)),
        shares=wording_shares(part.items, report["lines"], titles),
        devices=cut(devices, DEVICES_SHOWN),
        member_count=len(members),
        **_news(report, labels),
    )


def _by_date(event: Item) -> tuple[bool, str]:
    """Return where an event stands on a page: by its instant, those without one last."""
    return event["at"] is None, event["at"] or ""


def _in_order(row: Broadcast, labels: Mapping[str, str]) -> Broadcast:
    """Return a broadcast with its phones in the order of their names."""
    sent, received = (
        tuple(sorted(keys, key=lambda key: counting_order(labels[key]))) for keys in (row.sent_from, row.received_on)
    )
    return msgspec.structs.replace(row, sent_from=sent, received_on=received)


def _news(report: Item, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return what the first page says of what is new."""
    news: Item = report["new"] or {}
    told = ("extraction_ids", "refused_ids", "lines", "gone_lines", "links", "gone_links", "event_ids", "decision_ids")
    entries = without_decisions(news.get("lines", ()), report)
    lines = sorted(entries, key=lambda entry: (entry["change"] != "new", -len(entry["device_ids"])))
    links = news.get("links", ())
    gone, named, splits = news.get("gone_links", ()), with_gone(labels, news), splits_of(report, news)
    counts = Counter((link["change"], link["band"]) for link in links if not link["is_by_decision"])
    decided = sum(link["is_by_decision"] for link in links)
    counts.update(("gone", link["was"]) for link in gone)
    words = [
        f"{counts[change, band]} {_CHANGES[change].format(band, '' if counts[change, band] == 1 else 's')}"
        for change, band in _NEWS_ORDER
        if counts[change, band]
    ]
    if decided:
        follow = "link follows" if decided == 1 else "links follow"
        words.append(f"{decided} {follow} from what a person decided, not from new evidence")
    return {
        "has_news": any(news.get(key) for key in told),
        "read_words": read_words(report, labels) if news else "",
        "new_lines": cut(lines, NEWS_LINES),
        "new_link_words": ", ".join(words),
        "new_decisions": cut(decision_words(report), NEWS_LINES),
        "gone_links": cut([_gone_link(link, named, splits) for link in gone if link["was"] != BANDS[-1]], NEWS_LINES),
    }


def _gone_link(link: Item, labels: Mapping[str, str], splits: Sequence[Split]) -> str:
    a, b = (labels.get(link[key], link[key]) for key in ("a_device_id", "b_device_id"))
    why = ": a person rejected the link" if link["is_rejected"] else split_words(link, splits)
    return f"{a} and {b}, {link['was']} before{why}"


def band_words(link: Item) -> str:
    """Return how sure a link is, or that it rests on a person's decision and no evidence of its own."""
    return _BY_DECISION if link["is_by_decision"] else str(link["band"])
