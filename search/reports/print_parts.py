"""Parts of the printed report that stand alone: links by line, what was kept from linking, sources, wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from search.linkage.phrases import counted
from search.reports.cited import Cited, is_assumed
from search.reports.cuts import Cut
from search.reports.frames import shown_pieces
from search.reports.grounds import quote
from search.reports.kept_apart import KeptApart
from search.reports.link_groups import LinkGroup, elsewhere, of_the_link
from search.reports.matrix import MatrixTable
from search.reports.page import BANDS, Page, band_words
from search.reports.page_text import day, grouped, size
from search.reports.print_text import print_sentence, printable
from search.reports.source_groups import SourceGroup, grave_notices

Item = Mapping[str, Any]
Printed = dict[str, Any]

_RECORDS: Final = 4


def print_frame(template: Item) -> list[list[Any]]:
    """Return a wording as pieces: whether each is a slot, and its words."""
    return [[is_slot, printable(words)] for is_slot, words in shown_pieces(template["text"])]


def print_wording(page: Page, template_id: str, example: Item | None) -> Printed:
    """Return a wording with a text that shows it, where there is one."""
    template = page.wordings[template_id]
    is_told = example is not None and example["text"] != template["text"]
    return {
        "frame": print_frame(template),
        "example": printable(quote(example["text"])) if is_told and example is not None else "",
    }


def print_links(page: Page, band: str) -> Printed:
    """Return the links of a band by line."""
    part = page.links[band]
    return {
        "band": band,
        "total": part.total,
        "groups": [_group(page, band, group) for group in part.groups],
    }


def _group(page: Page, band: str, group: LinkGroup) -> Printed:
    title = f"Line {page.line_titles[group.line_id]}" if group.line_id else "Of no line in this report"
    shown = f"; {group.left_out} of the links are not shown" if group.left_out else ""
    shown += f"; {more}" if (more := group.under_others_words(page.line_titles)) else ""
    where = elsewhere(page.line_titles.get(group.line_id, ""))
    are = "is" if group.left_out == 1 else "are"
    plural = "" if group.total == 1 else "s"
    across = f"({group.across} across cases) " if group.across else ""
    words = f"{title}: {group.total} {band} link{plural} {across}between {group.phone_count} phones{shown}"
    return {
        "title": printable(words),
        "saved": print_sentence(page.saved.get(group.line_id, "")),
        "shared": group.shared_words,
        "assumed": print_sentence(f"{group.assumed} So much is taken for granted in each of these links.")
        if group.assumed
        else "",
        "items": [
            print_link(page, {**link, "against": of_the_link(link["against"])}, group.line_id) for link in group.links
        ],
        "received": [
            counted(len(group.received.phones), "phone"),
            band,
            printable(group.received.words(band)),
            printable(where),
        ]
        if group.received
        else [],
        "cut": printable(f"{counted(group.left_out, 'more link')} of this line {are} not shown here. {where}")
        if group.left_out
        else "",
    }


def print_link(page: Page, link: Item, line_id: str = "") -> Printed:
    """Return one link; ``line_id``: the line under which it stands."""
    others = [page.line_titles[key] for key in link["line_ids"] if key in page.line_titles and key != line_id]
    a, b = page.end_names(link)
    also = "also line " if line_id else "line "
    return {
        "a": printable(a),
        "b": printable(b),
        "band": band_words(link),
        "lines": printable(also + ", ".join(others)) if others else "",
        "decision": verdict_words(link["decision"]),
        "estimate": _estimate(link),
        "reasons": [
            [print_sentence(held["sentence"]), print_cited(page.cited(held, link))]
            for held in link["reasons"]
            if not is_assumed(held)
        ],
        "against": [print_sentence(item["sentence"]) for item in link["against"]],
    }


def print_matrix(page: Page, table: MatrixTable) -> Printed:
    """Return a table of phones by line."""
    return {
        "lines": [printable(view.title) for view in table.views],
        "rows": [[printable(page.labels[device_id]), *cells] for device_id, cells in table.rows.items],
        "cut": cut_words(table.rows, "phones"),
    }


def _estimate(link: Item) -> str:
    """Return what the evidence gives of a link that a person decided on, where the page shows another band."""
    if link["decision"] is None:
        return ""
    if link["decision"]["verdict"] == "reject":
        return f"the evidence alone: {link['band']}"
    band = link["estimate"]["band"] if link["estimate"] else BANDS[0]
    return f"the evidence alone: {band}" if band != BANDS[0] else ""


def print_kept_apart(page: Page, row: KeptApart) -> Printed:
    """Return one row of what was kept from linking."""
    items = []
    for item in row.items:
        is_wording = item["kind"] == "template" and item["value"] in page.wordings
        items.append(
            {
                "wording": print_wording(page, item["value"], page.examples.get(item["value"])) if is_wording else None,
                "value": "" if is_wording else printable(grouped(item["value"])),
                "id": item["value"] if is_wording else "",
                "count": f"({item['device_count']})" if row.total > 1 else "",
            }
        )
    more = row.total - len(row.items)
    return {
        "what": row.what,
        "items": items,
        "more": f"and {more} more" if more else "",
        "phones": row.phones,
        "why": print_sentence(row.why),
    }


def print_source(group: SourceGroup) -> Printed:
    """Return the extractions of one exhibit."""
    return {
        "label": printable(group.label),
        "words": printable(" \u00b7 ".join(filter(None, (group.words, group.states, group.note, group.clocks)))),
        "tally": [printable(words) for words in group.tally],
        "corrected": [print_sentence(words) for words in group.corrected],
        "notices": [
            print_sentence(notice.sentence)
            + (f" ({notice.count})" if notice.count > 1 else "")
            + f" {notice.severity}"
            + (f", in {notice.files} extractions" if notice.files > 1 else "")
            for notice in group.notices.items
        ],
        "files": [_file(entry, is_alone=group.files.total == 1) for entry in group.files.items],
        "cut": cut_words(group.files, "files"),
    }


def _file(entry: Item, *, is_alone: bool) -> Printed:
    reader = printable(" ".join(filter(None, (entry["format"], entry["tool"], entry["tool_version"]))))
    superseded = f" by {entry['superseded_by']}" if entry["superseded_by"] else ""
    return {
        "file": f"{printable(entry['file_name'])} {size(entry['size_bytes'])}",
        "sha256": entry["sha256"],
        "id": entry["extraction_id"],
        "reader": f"{reader}, {entry['state'].replace('_', ' ')}{superseded}",
        "notices": [] if is_alone else [print_sentence(notice["sentence"]) for notice in grave_notices(entry)],
    }


def verdict_words(decision: Item | None) -> str:
    """Return what a person decided; nothing where nobody did."""
    if decision is None:
        return ""
    what = "Confirmed" if decision["verdict"] == "confirm" else "Rejected"
    who, note = printable(decision["decided_by"]), printable(decision["note"])
    since = ", before the line was split" if decision.get("is_before_split") else ""
    return f"{what} by a person on {day(decision['decided_at'])}{since} ({who}): {note}"


def print_cited(held: Cited) -> str:
    """Return records to open, of how many they are, and what finds others."""
    told = f"{held.words}: {printable(held.command)}" if held.command else held.words
    return " ".join([*held.record_ids, told]).strip()


def record_words(record_ids: Sequence[str]) -> str:
    """Return records to open."""
    return " ".join(record_ids[:_RECORDS]) + (" ..." if len(record_ids) > _RECORDS else "")


def cut_words(part: Cut, what: str) -> str:
    """Return what is not shown; nothing where all is."""
    if not part.left_out:
        return ""
    return f"{len(part.items)} of {part.total} {what} are shown here; the JSON form of this report holds all of them."
