"""The linkage report as data: everything that the index holds of a scope, in the shape of the report's contract.

Deterministic: the same index content and the same arguments give the same bytes. Lists are sorted by their first
key; links by score descending, then by device ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from parsers.garbage import collector_paused
from search.contract import EvidenceIndex, ExtractionEntry, TemplateEntry
from search.linkage.attribution.index_reading import Window
from search.linkage.decisions import Decision
from search.linkage.devices.traffic import FOUND_NONE
from search.linkage.kept import Kept
from search.linkage.linkage import compute_linkage
from search.linkage.model import ClockShift, Linkage, PlacedFlare
from search.reports import sections
from search.reports.broadcasts import BROADCASTS_SHOWN, broadcasts_of
from search.reports.caveats import CAVEATS, METHOD, PERIOD_CAVEAT
from search.reports.cuts import cut
from search.reports.decision_sections import decision_sections, rejected_line_section
from search.reports.failed_adverts import failed_adverts
from search.reports.grounds import quotes_of
from search.reports.line_source import LineSource
from search.reports.line_texts import LineTextReader
from search.reports.recovered_templates import recovered_templates
from search.reports.scope import EVERYTHING, Scope, Shown, shown_in
from search.reports.scope_words import numbers_outside
from search.reports.shown_clocks import clocks_of_flares, with_flares
from search.template_groups import TemplateGroups, note_text

SCHEMA = "trapline.linkage-report/1"
NONE_IN_PERIOD = FOUND_NONE.replace("found on it.", "found on it in the period of this report.")
"""Said of a phone where a period alone was looked at."""

Report = dict[str, object]


async def build_report(
    index: EvidenceIndex,
    *,
    software: Mapping[str, object],
    scope: Scope = EVERYTHING,
    generated_at: str,
    decisions: Sequence[Decision] = (),
    refused: Sequence[Mapping[str, object]] = (),
    kept: Kept | None = None,
) -> Report:
    """Return the report as one JSON object.

    Args:
        index: An open index, or what was held of it earlier.
        software: At least ``version``; what else is missing (parser, analysis and lexicon versions) is read from the
            extractions in the report.
        scope: What narrows the report.
        generated_at: RFC 3339 with ``Z``; the only part of the report that is not a function of the content.
        decisions: What people decided, oldest first.
        refused: Deliveries of which nothing was read, as extractions of the report; listed whatever the scope, since
            nothing says of which case they are.
        kept: What the report before was made from, of which it takes what is the same. None: nothing.

    Raises:
        IndexUnreachable: The store is not there.
    """
    with collector_paused():
        async with index.reading() as held:
            return await _built(held, software, scope, generated_at, decisions, refused, kept)


async def _built(
    index: EvidenceIndex,
    software: Mapping[str, object],
    scope: Scope,
    generated_at: str,
    decisions: Sequence[Decision],
    refused: Sequence[Mapping[str, object]],
    kept: Kept | None,
) -> Report:
    linkage = await compute_linkage(index, Window(scope.since, scope.until), decisions, kept)
    by_device: dict[str, list[ExtractionEntry]] = defaultdict(list)
    for entry in await index.entries():
        by_device[entry.device_id].append(entry)
    shown = shown_in(scope, by_device, linkage)
    entries = [entry for device_id in sorted(shown.device_ids) for entry in by_device[device_id]]
    flares = [placed for placed in linkage.flares if _is_shown(placed, shown)]
    device_of = {entry.extraction_id: entry.device_id for entry in entries}
    groups, held, lines_of = await _templates(index, linkage, flares, shown, device_of)
    lines = [line for line in linkage.lines if line.line_id in shown.line_ids]
    unshown = [line for line in linkage.lines if line.line_id not in shown.line_ids]
    source = LineSource(index, Window(scope.since, scope.until), device_of, groups)
    reader = LineTextReader(source, (entry for each in held.values() for entry in each))
    said = await reader.of_lines(lines, flares)
    flare_sections = [sections.flare_section(placed, groups) for placed in flares]
    await _quote(flare_sections, reader)
    failed = await failed_adverts(source, lines)
    line_sections = [
        sections.line_section(line, said[line.line_id], groups, linkage.decisions, failed)
        | {"outside_numbers": numbers_outside(line, unshown)}
        for line in lines
    ]
    flare_clocks = clocks_of_flares(linkage.flares)
    clocks = (
        clock
        for traffic in linkage.traffic
        for clock in with_flares(traffic.clocks, flare_clocks.get(traffic.device_id, ()))
    )
    await reader.put_doubts([text for line in line_sections for text in quotes_of(line)], clocks)
    return {
        "schema": SCHEMA,
        "generated_at": generated_at,
        "software": _software(software, entries),
        "scope": {
            "cases": sorted(scope.cases),
            "exhibits": sorted(scope.exhibits),
            "from": scope.since,
            "to": scope.until,
        },
        "extractions": sorted(
            [*map(sections.extraction_section, entries), *map(dict, refused)],
            key=lambda held: str(held["extraction_id"]),
        ),
        "devices": _of_period(_devices(linkage, shown, by_device, flare_clocks), scope),
        "templates": [
            sections.template_section(template_id, held[template_id], device_of, lines_of[template_id])
            for template_id in sorted(held)
        ],
        "flares": flare_sections,
        "flares_left_out": [
            sections.left_out_section(flare) for flare in linkage.flares_left_out if flare.device_id in shown.in_scope
        ],
        "lines": line_sections,
        "rejected_lines": [
            rejected_line_section(line)
            for line in linkage.rejected_lines
            if shown.in_scope.intersection(line.device_ids)
        ],
        "links": [sections.link_section(link) for link in linkage.links if shown.has(link)],
        "rejected_links": [sections.link_section(link) for link in linkage.rejected_links if shown.has(link)],
        "decisions": decision_sections(linkage.decisions, scope, shown),
        "suppressed": [
            sections.suppressed_section(item)
            for item in linkage.suppressed
            if not (scope.cases or scope.exhibits) or shown.in_scope & item.device_ids
        ],
        "events": [sections.event_section(event) for event in linkage.events if shown.in_scope & set(event.device_ids)],
        "new": None,
        "unfinished": [],
        "caveats": [PERIOD_CAVEAT, *CAVEATS] if scope.since or scope.until else list(CAVEATS),
        "method": METHOD,
    }


def report_bytes(report: Report) -> bytes:
    """Return the report as the JSON text that is printed and stored: UTF-8, indented, one line feed at the end."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


async def _quote(flares: Sequence[dict[str, object]], reader: LineTextReader) -> None:
    """Put the words of its first record to the first flare of each broadcast that pages list."""
    shown = cut(broadcasts_of(flares), BROADCASTS_SHOWN).items
    texts = await reader.texts_of(broadcast.record_ids[0] for broadcast in shown)
    for flare in flares:
        record_id = str(flare["first_record_id"])
        if record_id in texts:
            flare["text"] = texts[record_id]


def _is_shown(placed: PlacedFlare, shown: Shown) -> bool:
    return placed.device_id in shown.in_scope or (
        placed.device_id in shown.device_ids and placed.line_id is not None and placed.line_id in shown.line_ids
    )


def _devices(
    linkage: Linkage,
    shown: Shown,
    by_device: Mapping[str, Sequence[ExtractionEntry]],
    flare_clocks: Mapping[str, Sequence[tuple[ClockShift, int]]],
) -> list[sections.Section]:
    return [
        sections.device_section(
            traffic.device_id,
            by_device[traffic.device_id],
            traffic,
            flare_clocks.get(traffic.device_id, ()),
            in_scope=traffic.device_id in shown.in_scope,
        )
        for traffic in linkage.traffic
        if traffic.device_id in shown.device_ids
    ]


def _of_period(devices: list[sections.Section], scope: Scope) -> list[sections.Section]:
    """Return devices of which it is not said that nothing is on them where a period alone was looked at."""
    if not (scope.since or scope.until):
        return devices
    for device in devices:
        traffic = device["traffic"]
        assert isinstance(traffic, dict)
        traffic["reasons"] = [each.replace(FOUND_NONE, NONE_IN_PERIOD) for each in traffic["reasons"]]
    return devices


async def _templates(
    index: EvidenceIndex,
    linkage: Linkage,
    flares: Sequence[PlacedFlare],
    shown: Shown,
    device_of: Mapping[str, str],
) -> tuple[TemplateGroups, dict[str, list[TemplateEntry]], dict[str, set[str]]]:
    """Return templates of shown lines, of shown flares, and of adverts on phones in scope that are no line's.

    By the id of their group what each extraction holds of them, and the lines that use them; before these the groups,
    which are of all that the index holds.
    """
    of_lines: dict[str, set[str]] = defaultdict(set)
    for line in linkage.lines:
        if line.line_id in shown.line_ids:
            for template_id in line.template_ids:
                of_lines[template_id].add(line.line_id)
    texts: dict[str, str] = {}
    there: list[TemplateEntry] = []
    async for entry in index.templates():
        note_text(texts, entry)
        if entry.extraction_id in device_of:
            there.append(entry)
    groups = TemplateGroups(texts)
    wanted = {groups.of(key) for key in chain(of_lines, (placed.flare.template_id for placed in flares))}
    held: dict[str, list[TemplateEntry]] = defaultdict(list)
    for entry in there:
        group = groups.of(entry.template_id)
        if group in wanted or device_of[entry.extraction_id] in shown.in_scope:
            held[group].append(entry)
    counted = {(entry.template_id, entry.extraction_id) for entries in held.values() for entry in entries}
    for entry in await recovered_templates(index, counted, flares):
        held[groups.of(entry.template_id)].append(entry)
    lines_of: dict[str, set[str]] = defaultdict(set)
    for template_id, line_ids in of_lines.items():
        lines_of[groups.of(template_id)] |= line_ids
    return groups, held, lines_of


def _software(software: Mapping[str, object], entries: Sequence[ExtractionEntry]) -> dict[str, object]:
    """Return the versions that made the report; several of one kind stand side by side."""
    parsers: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        parsers[entry.format].add(entry.parser_version)
    found: dict[str, object] = {
        "parser_versions": {name: _versions(parsers[name]) for name in sorted(parsers)},
        "nlp_version": _versions(entry.nlp_version for entry in entries),
        "lexicon_version": _versions(entry.lexicon_version for entry in entries),
    }
    return found | {key: software[key] for key in sorted(software)}


def _versions(versions: Iterable[str]) -> str:
    return ", ".join(sorted({version for version in versions if version}))
