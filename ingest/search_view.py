"""Answers a search: the query read, the index asked, the audit written, and only then the result handed out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.known_clocks import KnownClocks, known_clocks
from ingest.printed.instants_text import uk_time
from ingest.printed.output import emphasised, visible
from ingest.record_view import RecordView, entry_of_hit, view_of
from ingest.report_files import latest_report
from ingest.search_hints import hints_of
from ingest.selection import Selection, selected_ids
from ingest.settled_templates import with_settled_templates
from parsers.contact_notes import notes_of
from parsers.records.facts import Contact
from parsers.records.values import DeletedState
from parsers.unsent import says_failed
from search.contract import Filters, Page, SearchRequest
from search.query.parse import parse_query
from search.reports.doubtful_times import DELETED_WORDS, WRONG_CLOCK, doubt_words, doubts_of
from search.reports.forms import ReportForm


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is searched for.

    Attributes:
        text: The query as the user wrote it; empty: every record.
        after: Cursor of the page before.
    """

    text: str
    selection: Selection
    kinds: tuple[str, ...] = ()
    size: int
    after: str | None = None
    facets: tuple[str, ...] = ()
    has_duplicates: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits, each with where it stands in the evidence."""

    total: int
    next_after: str | None
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    hits: tuple[RecordView, ...]
    clocks: KnownClocks = KnownClocks()
    hints: tuple[str, ...] = ()
    """What a bare number was taken for, or what is held that is like what found nothing."""


async def find_records(workspace: Workspace, question: Question) -> Answer:
    """Return a page of hits, after the search was written to the audit log.

    Raises:
        QueryRefused: The query cannot be read.
        IndexUnreachable: The index is not there.
    """
    tree = parse_query(question.text)
    async with workspace.open_index() as index:
        entries = {entry.extraction_id: entry for entry in await index.entries()}
        filters = Filters(
            extraction_ids=selected_ids(question.selection, entries.items()),
            kinds=question.kinds,
            since=question.selection.since,
            until=question.selection.until,
            include_duplicates=question.has_duplicates,
        )
        asked = await with_settled_templates(index, tree)
        page: Page = await index.search(
            SearchRequest(tree=asked, filters=filters, size=question.size, after=question.after, facets=question.facets)
        )
        hints = await hints_of(index, tree, filters, page) if question.after is None else ()
        if any(hit.extraction_id not in entries for hit in page.hits):
            # Loaded since the catalogue was read.
            entries = {entry.extraction_id: entry for entry in await index.entries()}
    await workspace.audit.append(
        "search",
        {
            "query": question.text,
            **question.selection.as_scope(),
            "kinds": list(question.kinds),
            "total": page.total,
            "record_ids": [hit.record_id for hit in page.hits],
        },
    )
    hits = tuple(view_of(hit, entry_of_hit(hit, entries)) for hit in page.hits)
    latest = latest_report(workspace, ReportForm.JSON)
    clocks = await asyncio.to_thread(known_clocks, latest) if hits else KnownClocks()
    return Answer(
        total=page.total, next_after=page.next_after, facets=page.facets, hits=hits, clocks=clocks, hints=hints
    )


def answer_json(answer: Answer) -> dict[str, object]:
    """Return the answer as the JSON that other programs read; highlights are code-point spans in ``text``."""
    return {
        "total": answer.total,
        "next_after": answer.next_after,
        "hints": list(answer.hints),
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in answer.facets.items()
        },
        "hits": [
            {
                "text": hit.text,
                "highlights": [list(span) for span in hit.highlights],
                "is_in_note": bool(hit.highlights) and hit.highlights[-1][1] > len(hit.text) - len(_note_of(hit)),
                "time_doubts": _doubts(hit, answer.clocks),
                "record": hit.exported,
            }
            for hit in answer.hits
        ],
    }


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield the hits as a person reads them, then the facets, then where the next page is."""
    for hit in answer.hits:
        exported = hit.exported
        when = f"{hit.utc} ({uk_time(hit.utc)})" if hit.utc else "no time"
        doubts = _doubts(hit, answer.clocks)
        if doubts:
            when += f" [{doubt_words(doubts)}{_SAYS_REPORT if WRONG_CLOCK in doubts else ''}]"
        # An exhibit is unique only within its case.
        places = [str(exported[key]) for key in ("case_ref", "exhibit_ref") if exported[key]]
        where = visible(" ".join(places) or str(exported["extraction_id"]))
        yield f"{when}  {where}  {_what(exported)}  {exported['record_id']}"
        yield from (f"    {line}" for line in _text_lines(hit))
    for name, counts in answer.facets.items():
        yield ""
        yield f"by {name}:"
        for value, count in counts:
            yield f"  {count:>8,}  {visible(value)}"
    if answer.hits:
        yield ""
    yield f"{answer.total:,} found, {len(answer.hits)} shown."
    yield from map(visible, answer.hints)
    if answer.next_after is not None:
        yield f"The next page: the same search with --after {visible(answer.next_after)!r}"


_SAYS_REPORT: Final = " by the latest report"
"""What was taken in since may show more: a search does not wait for the linkage that finds it."""


def _doubts(hit: RecordView, clocks: KnownClocks) -> list[str]:
    time = hit.exported.get("time")
    basis = str(time["basis"]) if isinstance(time, Mapping) else None
    return doubts_of(basis, clocks.seconds(hit.exported)) if hit.utc else []


def _text_lines(hit: RecordView) -> Iterator[str]:
    """Yield the body, and apart from it what else is searched, which is not the message.

    The parties of a message stand above: they are told again where the query found them, or beside attachments.
    """
    if note := _note_of(hit):
        yield from _noted_lines(hit, note)
        return
    body = str(hit.exported.get("body") or "")
    end = len(body) if hit.text.startswith(body) else 0
    if end:
        yield _highlighted(body, _within(hit.highlights, 0, end))
    start = end + 1 if end else 0
    is_told = not end or hit.exported.get("attachments") or any(stop > end for _, stop in hit.highlights)
    if is_told and (lines := list(_parts(hit, start))):
        yield f"{'with: ' if end else ''}{', '.join(lines)}"


def _note_of(hit: RecordView) -> str:
    """Return what was noted beside a contact, which stands last in what is searched; empty: nothing."""
    if hit.exported["kind"] != Contact.kind:
        return ""
    extra = (held for held in _sequence(hit.exported.get("extra")) if isinstance(held, Mapping))
    note = "\n".join(notes_of((str(held["name"]), str(held["text"])) for held in extra))
    return note if hit.text.endswith(note) else ""


def _noted_lines(hit: RecordView, note: str) -> Iterator[str]:
    start = len(hit.text) - len(note)
    if lines := list(_parts(hit, 0, max(0, start - 1))):
        yield ", ".join(lines)
    yield f"note: {_highlighted(note, _within(hit.highlights, start, len(hit.text)))}"


def _parts(hit: RecordView, start: int, stop: int | None = None) -> Iterator[str]:
    for line in hit.text[start:stop].split("\n"):
        end = start + len(line)
        if line:
            yield _highlighted(line, _within(hit.highlights, start, end))
        start = end + 1


def _within(highlights: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans, or what of them lies between two places, counted from the first of these."""
    return [(max(a, start) - start, min(b, end) - start) for a, b in highlights if a < end and b > start]


def _what(exported: Mapping[str, object]) -> str:
    way = exported.get("direction") or exported.get("call_type")
    parties = [exported.get("from"), *_sequence(exported.get("to"))]
    shown = [_party(party) for party in parties if isinstance(party, Mapping) and not party["is_owner"]]
    status, folder = (str(exported.get(key) or "") for key in ("status", "folder"))
    failed = "failed to send" if way == "outgoing" and says_failed(status, folder) else ""
    deleted = f"[{DELETED_WORDS}]" if exported.get("deleted") == DeletedState.DELETED else ""
    words = [exported["kind"], way, failed, ", ".join(shown), deleted]
    return visible(" ".join(str(word) for word in words if word))


def _party(party: Mapping[str, object]) -> str:
    return " ".join(str(party[key]) for key in ("raw", "name") if party[key]) or "unknown"


def _highlighted(text: str, highlights: Sequence[tuple[int, int]]) -> str:
    parts, place = [], 0
    for start, end in highlights:
        parts += [visible(text[place:start]), emphasised(visible(text[start:end]))]
        place = end
    return "".join([*parts, visible(text[place:])])


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
