"""What the printed report shows, as plain JSON: every string ready for paper. The layout is in ``report.typ``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from search.linkage.phrases import counted, listed
from search.reports.cuts import cut
from search.reports.doubtful_times import doubt_words, quote_words
from search.reports.drawing import Drawing
from search.reports.frames import says_more
from search.reports.glance import GLANCE_HEAD
from search.reports.grounds import quote
from search.reports.last_seen import last_word, number_words, used_words
from search.reports.line_adverts import Advert, adverts_cut
from search.reports.line_phones import PhoneRow
from search.reports.line_views import LineView, member_ids
from search.reports.link_cases import LINES_NAMED, CasePair, linked_figure
from search.reports.link_groups import LINKS_ORDER
from search.reports.news_words import since_words
from search.reports.number_views import Announcement, NumberView, said_words
from search.reports.page import BANDS, Page, page_of, traffic_words
from search.reports.page_text import day, day_and_time, grouped, national, period_words
from search.reports.print_decisions import print_decision, print_rejected_line
from search.reports.print_index import day_in, outside, print_glance, print_index
from search.reports.print_parts import (
    cut_words,
    print_cited,
    print_frame,
    print_kept_apart,
    print_link,
    print_links,
    print_matrix,
    print_source,
    record_words,
    verdict_words,
)
from search.reports.print_text import instants, print_sentence, printable
from search.reports.print_timeline import printed_sheets
from search.reports.scope_words import scope_words
from search.reports.summary_words import (
    FORMS_READ,
    FOUND_ORDER,
    MEANS,
    MEANS_NOT,
    PERIOD_COUNTS,
    PERIOD_NOTE,
    TIMES,
    also_called,
    capitalize_first,
    confirmed_words,
    figure_words,
    no_line_words,
    not_whole_words,
    read_figures,
    refused_words,
)

Item = Mapping[str, Any]
Printed = dict[str, Any]

LINES_PRINTED: Final = 100
"""Lines that are printed in full, those with most phones; the others stand in one table."""


def print_data(report: Item) -> Printed:
    """Return what ``report.typ`` lays out of a report made by ``build_report``."""
    page = page_of(report)
    report = page.report
    in_full = cut(page.lines, LINES_PRINTED)
    return {
        "made": day_and_time(report["generated_at"]),
        "created": report["generated_at"],
        "head": _head(report),
        "figures": _figures(page),
        "no_line": printable(no_line_words(report["extractions"], report["scope"], report.get("unfinished", ()))),
        "not_whole": [[printable(who), printable(what)] for who, what in not_whole_words(page.not_whole, page.held)],
        "news": _news(page),
        "glance_head": list(GLANCE_HEAD),
        "glance": print_glance(page),
        "glance_cut": cut_words(page.glances, "lines, those of the latest adverts,"),
        "found_order": FOUND_ORDER if len(page.lines) > 1 else "",
        "overview": [_overview(page, view) for view in page.first_lines.items],
        "more_lines": page.first_lines.left_out,
        "link_cases": [_case_pair(page, pair) for pair in page.link_cases.pairs.items],
        "link_cases_cut": cut_words(page.link_cases.pairs, "pairs of cases, those with most links,"),
        "means": list(MEANS),
        "means_not": list(MEANS_NOT),
        "matrix": [print_matrix(page, table) for table in page.matrix if table.rows.items],
        "relations": " · ".join(f"{letter} {words}" for letter, words in page.letters),
        "forms_read": FORMS_READ,
        "period_counts": PERIOD_COUNTS if report["scope"]["from"] or report["scope"]["to"] else "",
        "lines": [_line(page, view) for view in in_full.items],
        "other_lines": [_other_line(page, view) for view in page.lines[len(in_full.items) :]],
        "other_lines_cut": cut_words(in_full, "lines, those with most phones,"),
        "links_order": LINKS_ORDER,
        "links": [print_links(page, band) for band in BANDS if page.links[band].total],
        "rejected_links": [print_link(page, link) for link in page.rejected_links.items],
        "rejected_links_cut": cut_words(page.rejected_links, "links"),
        "decisions": [
            print_decision(held) for held in sorted(report["decisions"], key=lambda held: held["decided_at"])
        ],
        "rejected_lines": [print_rejected_line(line) for line in report["rejected_lines"]],
        "suppressed": [print_kept_apart(page, row) for row in page.kept_apart.items],
        "suppressed_cut": cut_words(page.kept_apart, "rows"),
        "events": [_event(page, event) for event in page.events.items],
        "events_cut": cut_words(page.events, "events"),
        "broadcasts": [_broadcast(page, row) for row in page.broadcasts.items],
        "broadcasts_cut": cut_words(page.broadcasts, "broadcasts, the largest first,"),
        "devices": [_device(page, held) for held in page.devices.items],
        "devices_cut": cut_words(page.devices, "phones and SIMs"),
        "sources": [print_source(group) for group in page.sources.items],
        "sources_cut": cut_words(page.sources, "exhibits"),
        "caveats": list(report["caveats"]),
        "method": list(report["method"]["sentences"]),
        "versions": _versions(report["software"]),
        "times": TIMES,
        "index": print_index(page),
    }


def _head(report: Item) -> list[list[str]]:
    scope = report["scope"]
    rows = [["Scope", printable(scope_words(report))]]
    if scope["from"] or scope["to"]:
        rows.append(["Period", f"{period_words(scope['from'], scope['to'])} ({PERIOD_NOTE})"])
    return [*rows, ["Made", " / ".join(instants(report["generated_at"]))]]


def _figures(page: Page) -> list[list[str]]:
    whole, read = read_figures(page.report["extractions"], page.not_whole)
    unset = printable(figure_words(page.report, page.labels))
    return [
        [str(len(page.lines)), "", f"deal line{'' if len(page.lines) == 1 else 's'} found"],
        [
            str(page.member_count),
            f"of {len(page.report['devices'])}",
            "phones and SIMs with traffic, a number or a mention of a line",
        ],
        _linked(page),
        [
            str(whole),
            f"of {read}",
            f"extractions read without loss{refused_words(page.not_whole)}{unset}",
        ],
    ]


def _linked(page: Page) -> list[str]:
    return list(linked_figure(page.link_cases, page.links["strong"].total, page.links["moderate"].total))


def _case_pair(page: Page, pair: CasePair) -> list[str]:
    named = "; ".join(f"{a} and {b}" for a, b in pair.named)
    more = f"; and {pair.own - len(pair.named)} more" if pair.own > len(pair.named) else ""
    own = f"{pair.own}: {named}{more}" if pair.own else "none: both received adverts or were in touch with the line"
    titles = [page.line_titles[key] for key in pair.line_ids if key in page.line_titles]
    return [printable(pair.cases), str(pair.total), printable(own), printable(listed(titles, LINES_NAMED))]


def _news(page: Page) -> Printed | None:
    news = page.report["new"]
    if not news:
        return None
    sentences = [page.read_words]
    refused = len(news["refused_ids"])
    if refused:
        sentences.append(f"{counted(refused, 'delivery', 'deliveries')} refused: nothing of it was read.")
    if page.new_link_words:
        sentences.append(f"{page.new_link_words}.")
    for entry in page.new_lines.items:
        kind = ", a new line" if entry["change"] == "new" else ""
        words = " ".join(entry["sentences"]).replace("New line: ", "")
        sentences.append(f"{page.line_titles[entry['line_id']]}{kind}: {words}")
    if page.new_lines.total > len(page.new_lines.items):
        sentences.append(f"{page.new_lines.total - len(page.new_lines.items)} more lines have something new.")
    sentences += [
        f"No longer listed: {line['name'] or 'a line without a name'}"
        + (" (a person rejected it)." if line["is_rejected"] else ".")
        for line in news["gone_lines"][:8]
    ]
    sentences += [f"No longer linked: {words}." for words in page.gone_links.items]
    if page.gone_links.left_out:
        others = counted(page.gone_links.left_out, "more strong or moderate link")
        sentences.append(f"{others} no longer there; the JSON form names all.")
    sentences += page.new_decisions.items
    if page.new_decisions.left_out:
        sentences.append(
            f"{counted(page.new_decisions.left_out, 'more decision')} of people since: see what people decided."
        )
    if not page.has_news:
        sentences = ["Nothing: no extraction was added, and no line, link or decision changed."]
    return {
        "since": since_words(news["since"]),
        "sentences": [print_sentence(sentence) for sentence in [*sentences, *news["remarks"]]],
    }


def _overview(page: Page, view: LineView) -> Printed:
    def phones(relation: str) -> str:
        rows = view.devices.get(relation, ())
        count = f"{len(rows)} phones: " if len(rows) > 1 else ""
        return printable(count + listed([page.labels[row["device_id"]] for row in rows], 3)) or "none held"

    more = len(view.grounds.against) - 1
    check, unsaid = view.grounds.to_check[:1], len(view.grounds.to_check) - 1
    return {
        "title": printable(view.title),
        "saved": print_sentence(view.saved),
        "cases": printable(", ".join(view.cases)) if len(view.cases) > 1 else "",
        "flag": view.change,
        "confirmed": confirmed_words(view.line),
        "also": printable(also_called(view.line)),
        "numbers": [
            [
                printable(grouped(held["number"])),
                f"after {printable(grouped(held['succeeds']))}" if held["succeeds"] else "",
            ]
            for held in view.latest[:2]
        ],
        "all_numbers": f"{view.number_count} numbers in all" if view.number_count > 1 else "",
        "last": instants(view.line["last_seen_at"]),
        "last_word": " ".join(filter(None, (last_word(view.line), outside(page, view.line["last_seen_at"])))),
        "used": used_words(view.line),
        "phones": [
            ["Sent from", phones("sent_adverts")],
            ["Received on", phones("received_adverts")],
            ["One-to-one with", phones("contact_of_line")],
        ],
        "rests_on": print_sentence(" ".join(view.grounds.for_it)),
        "against": print_sentence(view.grounds.strongest_against) + (f" And {more} more, below." if more > 0 else ""),
        "check": print_sentence(" ".join(check)) + (f" And {unsaid} more, below." if unsaid > 0 else ""),
        "quotes": [[printable(quote(text["text"])), _dated(text)] for text in view.grounds.quotes],
    }


def _dated(text: Item) -> str:
    words = quote_words(text)
    return " ".join(filter(None, (day(text["at"]) if text["at"] else "", f"({words})" if words else "")))


def _line(page: Page, view: LineView) -> Printed:
    line = view.line
    return {
        "title": printable(view.title),
        "saved": print_sentence(view.saved),
        "id": line["line_id"],
        "period": " to ".join(day_in(page, line[key]) for key in ("first_seen_at", "last_seen_at")),
        "also": printable(capitalize_first(also_called(line))),
        "basis": print_sentence(line["name_basis"]),
        "names": [
            [printable(form["form"]), f"({form['count']})", record_words(form["record_ids"][:1])]
            for form in line["nicknames"][:6]
        ],
        "decision": verdict_words(line["decision"]),
        "for_it": [print_sentence(sentence) for sentence in view.grounds.for_it],
        "against": [print_sentence(sentence) for sentence in view.grounds.against],
        "to_check": [print_sentence(sentence) for sentence in view.grounds.to_check],
        "timeline": [] if view.timeline is None else printed_sheets(view.timeline),
        "graph": None if view.graph is None else _graph(view.graph),
        "numbers": [_number(page, number) for number in view.numbers.items],
        "numbers_cut": cut_words(view.numbers, "uses of its numbers, the latest,"),
        "phones": [_phone(page, row) for row in view.phones.items],
        "phones_cut": cut_words(view.phones, "phones, the line's own first,"),
        "adverts": [_advert(advert) for advert in view.adverts.items],
        "adverts_cut": adverts_cut(view.adverts, "the JSON form of this report holds all of them"),
        "caveats": [print_sentence(sentence) for sentence in line["caveats"]],
    }


def _number(page: Page, number: NumberView) -> Printed:
    held = number.held
    basis = [*number.basis, *filter(None, (number.told_words,))]
    return {
        "number": printable(grouped(held["number"])),
        "national": national(held["number"]),
        "after": printable(grouped(held["succeeds"])) if held["succeeds"] else "",
        "first": instants(held["first_seen_at"]),
        "last": instants(held["last_seen_at"]),
        "first_outside": outside(page, held["first_seen_at"]),
        "last_outside": outside(page, held["last_seen_at"]),
        "used": number_words(held),
        "basis": [print_sentence(sentence) for sentence in basis],
        "announced": [_announced(page, said, held["number"]) for said in number.announcements],
        "records": record_words(held["record_ids"]),
    }


def _announced(page: Page, said: Announcement, number: str) -> Printed:
    phones = listed([page.labels[key] for key in said.device_ids], 3)
    spellings = (
        f", also in {said.spellings} other spelling{'' if said.spellings == 1 else 's'}" if said.spellings else ""
    )
    count = f"{said.message_count} message{'' if said.message_count == 1 else 's'} on {phones}{said.clock_words}"
    return {
        "who": printable(f"{grouped(said_words(said, number))}, {count}{spellings}"),
        "text": printable(said.text),
        "records": record_words(said.record_ids[:2]),
    }


def _phone(page: Page, row: PhoneRow) -> list[Any]:
    return [
        printable(page.labels[row.device_id]),
        [[shown.words, printable(shown.count), print_cited(shown.cited)] for shown in row.relations],
        [printable(grouped(number)) for number in row.numbers] or ["none shown"],
    ]


def _graph(drawing: Drawing) -> Printed:
    drawn: Printed = msgspec.to_builtins(drawing)
    for box, held in zip(drawn["boxes"], drawing.boxes, strict=True):
        box["words"] = [printable(grouped(words), "") for words in held.words]
    return drawn


def _other_line(page: Page, view: LineView) -> list[str]:
    line = view.line
    numbers = (
        printable(", ".join(dict.fromkeys(grouped(number["number"]) for number in line["numbers"]))) or "none known"
    )
    period = " to ".join(day_in(page, line[key]) for key in ("first_seen_at", "last_seen_at"))
    return [printable(view.title), numbers, str(len(member_ids(line))), period]


def _advert(advert: Advert) -> Printed:
    example = next(iter(advert.texts), None)
    return {
        "frame": print_frame(advert.template),
        "count": advert.words,
        "example": printable(example["text"]) if example else "",
        "record": example["record_id"] if example else "",
    }


def _event(page: Page, event: Item) -> list[Any]:
    lines = ", ".join(page.line_titles[key] for key in event["line_ids"] if key in page.line_titles)
    return [
        instants(event["at"]),
        print_sentence(event["sentence"]),
        printable(grouped(event["value"])),
        printable(lines),
    ]


def _broadcast(page: Page, row: Any) -> Printed:
    wording = page.wordings.get(row.template_id)
    rest = len(row.received_on) - 6
    received = ", ".join(page.labels[key] for key in row.received_on[:6]) + (f" and {rest} more" if rest > 0 else "")
    return {
        "start": instants(row.started_at),
        "end": instants(row.ended_at) if row.ended_at != row.started_at else [],
        "basis": doubt_words(row.bases),
        "sender": printable(grouped(row.sender)) if row.sender else "not stated",
        "inferred": print_sentence(" ".join(row.caveats)),
        "line": printable(page.line_titles[row.line_id]) if row.line_id in page.line_titles else "no line's",
        "frame": print_frame(wording) if wording else [],
        "text": printable(quote(row.text)) if says_more(wording, row.text) else "",
        "records": record_words(row.record_ids),
        "sent": printable(", ".join(page.labels[key] for key in row.sent_from) or page.sender_words(row)),
        "recipients": "not known" if row.recipients is None else str(row.recipients),
        "received": printable(received),
    }


def _device(page: Page, held: Item) -> Printed:
    keys = [("Number", held["msisdn"]), ("IMEI", held["imei"]), ("ICCID", held["iccid"]), ("IMSI", held["imsi"])]
    return {
        "label": printable(page.labels[held["device_id"]]),
        "model": printable(" ".join(filter(None, (held["make"], held["model"])))),
        "cases": printable(", ".join(held["exhibit_refs"])) if len(held["exhibit_refs"]) > 1 else "",
        "keys": [f"{name} {printable(', '.join(map(grouped, values)))}" for name, values in keys if values],
        "id": held["device_id"],
        "messages": str(held["message_count"]),
        "calls": str(held["call_count"]),
        "first": instants(held["first_message_at"]),
        "last": instants(held["last_message_at"]),
        "traffic": traffic_words(held),
        "reasons": [print_sentence(sentence) for sentence in held["traffic"]["reasons"]],
    }


def _versions(software: Item) -> str:
    readers: Iterable[str] = (f"reader {name} {version}" for name, version in software["parser_versions"].items())
    named = (f"Trapline {software['version']}", f"analysis {software['nlp_version']}")
    return printable(" · ".join((*named, f"lexicon {software['lexicon_version']}", *readers)))
