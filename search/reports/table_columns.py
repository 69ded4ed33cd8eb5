"""Which tables the report has, and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from search.reports.broadcasts import broadcast_counts
from search.reports.caveats import SCORE_CAVEAT
from search.reports.device_names import device_labels, in_words, with_gone
from search.reports.exhibit_order import in_exhibit_order
from search.reports.line_names import line_titles, with_titles
from search.reports.table_rows import (
    about_rows,
    new_rows,
    notices_rows,
    of_lines_rows,
    reasons_rows,
    tally_rows,
    values_rows,
)
from search.reports.tables import Column, Item, Table, said, text, times, zoned

_VERDICTS: Final = {"confirm": "confirmed by a person", "reject": "rejected by a person"}


def tables_of(report: Item) -> tuple[Table, ...]:
    """Return the tables of a report made by ``build_report``, in a fixed order; empty ones too."""
    exhibits = device_labels(report)
    names = line_titles(report["lines"])
    report = in_exhibit_order(with_titles(in_words(report, exhibits), names), exhibits)
    news = report["new"] or {}
    subjects = {
        held["decision_id"]: f"{held['verdict']} {held['about']}: {held['subject']}" for held in report["decisions"]
    }
    return (
        Table("about", _ABOUT, list(about_rows(report))),
        Table("new", _NEW, list(new_rows(news, with_gone(exhibits, news) | subjects | names))),
        Table("lines", (*_LINES, _title(names), _broadcasts(report)), report["lines"]),
        Table("line_numbers", _LINE_NUMBERS, list(of_lines_rows(report["lines"], "numbers", names))),
        Table(
            "line_devices", (*_LINE_DEVICES, _exhibit(exhibits)), list(of_lines_rows(report["lines"], "devices", names))
        ),
        Table("links", _links(exhibits, names), report["links"]),
        Table("link_reasons", _LINK_REASONS, list(reasons_rows(report["links"]))),
        Table("rejected_links", _links(exhibits, names), report["rejected_links"]),
        Table("rejected_lines", _REJECTED_LINES, report["rejected_lines"]),
        Table("decisions", _DECISIONS, report["decisions"]),
        Table("flares", (*_FLARES, _exhibit(exhibits), _line_name(names)), report["flares"]),
        Table("flares_left_out", (*_FLARES_LEFT_OUT, _exhibit(exhibits)), report["flares_left_out"]),
        Table("templates", _TEMPLATES, report["templates"]),
        Table("template_values", _TEMPLATE_VALUES, list(values_rows(report["templates"]))),
        Table("devices", _DEVICES, report["devices"]),
        Table("extractions", _EXTRACTIONS, report["extractions"]),
        Table("tally", _TALLY, list(tally_rows(report["extractions"]))),
        Table("notices", _NOTICES, list(notices_rows(report["extractions"]))),
        Table("events", _EVENTS, report["events"]),
        Table("suppressed", _SUPPRESSED, report["suppressed"]),
    )


def _broadcasts(report: Item) -> Column:
    counts = broadcast_counts(report["flares"])
    return Column("broadcast_count", "broadcasts of it, each once", lambda line: counts[line["line_id"]])


def _links(exhibits: Mapping[str, str], names: Mapping[str, str]) -> tuple[Column, ...]:
    return (
        text("a_device_id", "one device"),
        Column(
            "a_exhibit",
            "its name: exhibit and case, else model, number or file",
            lambda link: exhibits.get(link["a_device_id"]),
        ),
        text("b_device_id", "the other device"),
        Column(
            "b_exhibit",
            "its name: exhibit and case, else model, number or file",
            lambda link: exhibits.get(link["b_device_id"]),
        ),
        text("band", "strong, moderate or weak"),
        text("score", SCORE_CAVEAT),
        Column("estimated_score", "what the evidence alone gives, where a person decided", _estimate),
        Column("decision", "what a person decided", _decision("verdict", _VERDICTS)),
        Column("decision_note", "why", _decision("note")),
        Column("decided_utc", "when, UTC", _decision("decided_at")),
        text("line_ids", "lines that both belong to"),
        Column("line_names", "their names", lambda link: [names.get(key) or key for key in link["line_ids"]]),
        Column("reasons", "why, in sentences", lambda link: zoned([held["sentence"] for held in link["reasons"]])),
        Column("against", "what speaks against it", lambda link: zoned([held["sentence"] for held in link["against"]])),
        Column("record_ids", "records to open with trapline show", _record_ids),
        text(
            "is_by_decision", "it holds by a person's decision: two lines taken for one, or confirmed without evidence"
        ),
    )


def _estimate(link: Item) -> float | None:
    return link["estimate"]["score"] if link["estimate"] else None


def _record_ids(link: Item) -> list[str]:
    return list(dict.fromkeys(name for reason in link["reasons"] for name in reason["record_ids"]))


def _decision(key: str, words: Mapping[str, str] | None = None) -> Any:
    def value(item: Item) -> Any:
        held = item["decision"]
        return None if held is None else (words or {}).get(held[key], held[key])

    return value


def _exhibit(exhibits: Mapping[str, str]) -> Column:
    return Column(
        "exhibit",
        "name of the device: exhibit and case, else model, number or file",
        lambda item: exhibits.get(item["device_id"]),
    )


def _title(names: Mapping[str, str]) -> Column:
    return Column(
        "title",
        "what the report calls it; of lines of one name the last digits of the number that each had last",
        lambda line: names[line["line_id"]],
    )


def _line_name(names: Mapping[str, str]) -> Column:
    return Column("line_name", "name of the line", lambda item: names.get(item["line_id"]))


_ABOUT: Final = (text("what", "what is stated"), text("value", "its value"))
_NEW: Final = (
    text("what", "extraction, refused delivery, device, event, decision, line or link"),
    text("change", "new, changed, stronger, weaker or gone"),
    text("id", "its id; of a link both devices"),
    text("called", "exhibit or name; of a decision what it is about"),
    text("detail", "what changed"),
)
_LINES: Final = (
    text("line_id", "id of the line"),
    text("name", "its name; empty where its adverts carry none"),
    Column("nicknames", "forms of its name", lambda line: [form["form"] for form in line["nicknames"]]),
    Column("numbers", "its numbers", lambda line: list(dict.fromkeys(number["number"] for number in line["numbers"]))),
    *times("first_seen_at", "first advert"),
    *times("last_seen_at", "last advert"),
    Column(
        "device_count",
        "devices with its traffic or a number of it",
        lambda line: len({row["device_id"] for row in line["devices"] if row["relation"] != "mentions_line"}),
    ),
    Column(
        "flare_count",
        "broadcasts of it as each phone shows them: one that ten phones received is ten",
        lambda line: len(line["flare_ids"]),
    ),
    Column(
        "rests_on",
        "why it is taken for a line",
        lambda line: zoned([held["sentence"] for held in line["evidence"] if held["weight"] >= 0]),
    ),
    Column(
        "against",
        "what of that speaks against it",
        lambda line: zoned([held["sentence"] for held in line["evidence"] if held["weight"] < 0]),
    ),
    Column("decision", "what a person decided", _decision("verdict", _VERDICTS)),
    Column("decision_note", "why", _decision("note")),
    said("conflicts", "what does not fit together"),
    said("caveats", "what to bear in mind"),
)
_LINE_NUMBERS: Final = (
    text("line_id", "id of the line"),
    text("line_name", "what the report calls it"),
    text("number", "a number of it"),
    *times("first_seen_at", "first seen as the line's"),
    *times("last_seen_at", "last seen as the line's"),
    *times("last_used_at", "last text or call with it, where that is after its last advert"),
    text("succeeds", "the number that it took over from"),
    said("basis", "what this rests on"),
    text("device_ids", "devices that show it"),
    text("record_ids", "records to open with trapline show"),
)
_LINE_DEVICES: Final = (
    text("line_id", "id of the line"),
    text("line_name", "what the report calls it"),
    text("device_id", "a device"),
    text("relation", "what it has to do with the line; mentions_line makes no member"),
    text("advert_count", "adverts behind it"),
    text("recovered_count", "of these such as the words alone do not show"),
    text("record_count", "records behind it"),
    text("numbers", "numbers of the line through which"),
    text("mentions", "what a mention rests on; traffic is not shown to be with the line"),
    text("record_ids", "records to open with trapline show"),
)
_LINK_REASONS: Final = (
    text("a_device_id", "one device"),
    text("b_device_id", "the other device"),
    text("is_for", "for or against the link"),
    text("kind", "kind of evidence"),
    text("value", "number, template, name or SIM"),
    text("a_count", "records on the one device"),
    text("b_count", "records on the other"),
    text("device_count", "devices on which it stands in all"),
    text("weight", "natural logarithm of the likelihood ratio"),
    said("sentence", "in words"),
    text("record_ids", "records to open with trapline show"),
)
_REJECTED_LINES: Final = (
    text("line_id", "id of what was taken for a line"),
    text("name", "what it was called"),
    text("numbers", "its numbers"),
    text("numbers_not_decided", "those of its numbers that the decision does not name"),
    *times("first_seen_at", "first text"),
    *times("last_seen_at", "last text"),
    text("device_ids", "devices that show it"),
    Column("decision_note", "why it is none", _decision("note")),
    Column("decided_utc", "when that was decided, UTC", _decision("decided_at")),
    Column("decided_by", "by whom", _decision("decided_by")),
)
_DECISIONS: Final = (
    text("decision_id", "id of the decision"),
    text("verdict", "confirm, reject, merge or split"),
    text("about", "link or line"),
    text("subject", "what it was called"),
    text("note", "why"),
    *times("decided_at", "when"),
    text("decided_by", "by whom"),
    text("state", "holds, revoked, replaced or no_longer_fits"),
    said("sentence", "why it does not hold"),
    text("device_ids", "devices concerned"),
    text("line_ids", "lines concerned"),
)
_FLARES: Final = (
    text("flare_id", "id of the broadcast on one device"),
    text("device_id", "the device"),
    text("direction", "sent or received"),
    text("sender", "number that sent it"),
    text("sender_is_inferred", "whether the number is inferred from other phones, and not stated by the sending phone"),
    text("template_id", "its wording"),
    text("line_id", "its line; empty: no line's"),
    *times("started_at", "first text"),
    *times("ended_at", "last text"),
    text("time_basis", "what the times rest on"),
    text("clock_shift_seconds", "to be added to the times, as other phones show; 0: nothing shows a wrong clock"),
    text(
        "recipient_count",
        "recipients, each once; 1 of a received one: its own phone, how many more got it is not known",
    ),
    text("message_count", "texts"),
    text("variant_count", "variants of the wording"),
    text("first_record_id", "its first record"),
    text("last_record_id", "its last record"),
    text("caveats", "what its sender is taken from, where the phone does not state it"),
)
_FLARES_LEFT_OUT: Final = (
    text("flare_id", "id that stands on its records"),
    text("device_id", "the device"),
    text("sender", "who sent it"),
    *times("started_at", "first text"),
    text("first_record_id", "its first record"),
    text("why", "why it is no broadcast beside everything held"),
)
_TEMPLATES: Final = (
    text("template_id", "id of the wording"),
    text("text", "constant words, and slots in braces"),
    text("message_count", "texts"),
    text("variant_count", "variants"),
    text("device_ids", "devices that hold it"),
    text("line_ids", "lines that use it"),
    Column("examples", "texts as stored", lambda item: [example["text"] for example in item["examples"]]),
    Column("record_ids", "their records", lambda item: [example["record_id"] for example in item["examples"]]),
)
_TEMPLATE_VALUES: Final = (
    text("template_id", "id of the wording"),
    text("slot", "name of the slot"),
    text("kind", "kind of the slot"),
    text("value", "what stood in it"),
    text("count", "how often"),
)
_DEVICES: Final = (
    text("device_id", "id of the handset, or of a SIM read alone"),
    text("exhibit_refs", "exhibits"),
    text("case_refs", "cases"),
    text("make", "make"),
    text("model", "model"),
    text("msisdn", "own numbers"),
    text("imei", "IMEI"),
    text("iccid", "ICCID"),
    text("imsi", "IMSI"),
    text("message_count", "messages"),
    text("call_count", "calls"),
    text("contact_count", "contacts"),
    *times("first_message_at", "first message"),
    *times("last_message_at", "last message"),
    Column("traffic", "what its traffic looks like; about the device, not a person", lambda d: d["traffic"]["kind"]),
    Column("traffic_reasons", "why", lambda device: device["traffic"]["reasons"]),
    text("extraction_ids", "its extractions"),
)
_EXTRACTIONS: Final = (
    text("extraction_id", "id of the extraction"),
    text("exhibit_ref", "exhibit"),
    text("case_ref", "case"),
    text("device_id", "device"),
    text("file_name", "file"),
    text("sha256", "SHA-256 of the delivery"),
    text("size_bytes", "its size in bytes"),
    text("format", "reader"),
    text("tool", "tool that made it"),
    text("tool_version", "its version"),
    text("state", "complete, complete_with_notices, partial, refused or superseded"),
    text("superseded_by", "the extraction of its device that covers it"),
)
_TALLY: Final = (
    text("extraction_id", "id of the extraction"),
    text("element", "type of element"),
    text("seen", "seen in the source"),
    text("indexed", "kept as records"),
    text("merged", "kept, and listed twice"),
    text("noticed", "no record; named in a notice"),
)
_NOTICES: Final = (
    text("extraction_id", "id of the extraction"),
    text("exhibit_ref", "exhibit"),
    text("code", "code of the notice"),
    text("severity", "outside, assumed, skipped or damaged"),
    text("count", "how often"),
    said("sentence", "in words"),
    text("remedy", "what to do"),
    text("first_locator", "where it was first met"),
)
_EVENTS: Final = (
    text("event_id", "id of the event"),
    text("kind", "what happened"),
    *times("at", "when"),
    text("value", "SIM, number or extraction"),
    text("device_ids", "devices"),
    text("line_ids", "lines concerned"),
    said("sentence", "in words"),
    text("record_ids", "records to open with trapline show"),
)
_SUPPRESSED: Final = (
    text("kind", "number, template, nickname or shared_contacts"),
    text("value", "what is shared"),
    text("device_count", "devices on which it stands"),
    text("why", "why it links nothing"),
)
