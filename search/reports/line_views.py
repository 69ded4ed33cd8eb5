"""Lines as pages show them: titles that tell them apart, devices by what they have to do with each, latest numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.deal_lines.disowned_numbers import NOT_JOINED
from search.reports.accounts import on_their_numbers
from search.reports.alike_names import alike_names
from search.reports.broadcasts import clock_shift, is_undated, with_dated_copies
from search.reports.cited import Searches, searches_of
from search.reports.cuts import Cut, cut_latest
from search.reports.drawing import Drawing
from search.reports.grounds import Grounds, grounds_of
from search.reports.like_named import conflicts_of
from search.reports.line_adverts import adverts_of, sent_in_wordings
from search.reports.line_graph import line_graph
from search.reports.line_names import line_titles, saved_words
from search.reports.line_phones import RELATIONS, phone_rows
from search.reports.number_views import NumberView, number_views
from search.reports.same_phones import same_phones
from search.reports.timeline import Timeline, draw

NUMBERS_SHOWN: Final = 100
"""Uses of numbers of one line that pages list and draw, the latest."""

Item = Mapping[str, Any]
"""One object of the report; its keys are those of the contract."""


class LineView(msgspec.Struct, frozen=True):
    """A line as the page shows it."""

    line: Item
    title: str
    saved: str
    """Where its name comes from, where no advert bears it; empty where one does, or it has none."""
    anchor: str
    timeline: Timeline | None
    graph: Drawing | None
    devices: Mapping[str, tuple[Item, ...]]
    """Rows of devices by relation."""
    phones: Cut
    """The same, one row each phone."""
    latest: tuple[Item, ...]
    """Numbers that no other number of the line took over from."""
    grounds: Grounds
    numbers: Cut
    """In the order in which they came into use, those without a date last; one that was in use again stands twice.

    Of very many the latest.
    """
    number_count: int
    adverts: Cut
    """Its wordings, those it used most first, each with texts of this very line."""
    cases: tuple[str, ...]
    """Cases of the phones with its traffic."""
    inferred: frozenset[str]
    """Phones that sent broadcasts of it from a number that other phones alone show."""
    change: str
    """``new`` or ``changed`` against the earlier report; empty where it is neither, or nothing was compared."""


def line_views(report: Item, labels: Mapping[str, str]) -> tuple[LineView, ...]:
    """Return the lines, those with most members first; ``labels``: how the page names each device."""
    flares: dict[str, list[Item]] = defaultdict(list)
    for flare in report["flares"]:
        if flare["line_id"] is not None:
            flares[flare["line_id"]].append(flare)
    titles = line_titles(report["lines"])
    shared = _Shared(
        titles=titles,
        flares=flares,
        templates={template["template_id"]: template for template in report["templates"]},
        changes={entry["line_id"]: entry["change"] for entry in (report["new"] or {}).get("lines", ())},
        devices={device["device_id"]: device for device in report["devices"]},
        stated={device["device_id"]: device["msisdn"] for device in report["devices"]},
        sent_in=sent_in_wordings(report["lines"]),
        is_narrowed=bool(report["scope"]["from"] or report["scope"]["to"]),
        disowned={
            item["value"]: item["why"]
            for item in report["suppressed"]
            if item["kind"] == "number" and NOT_JOINED in item["why"]
        },
        alike=alike_names(report["lines"], titles, labels),
        conflicts=conflicts_of(report["lines"], titles),
        searches=searches_of(report),
    )
    views = [_line_view(line, shared, labels) for line in report["lines"]]
    return tuple(sorted(views, key=lambda view: (-len(member_ids(view.line)), view.title)))


class _Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What views of lines are made from beside the lines: flares and changes by line, templates, devices.

    Also which numbers each device states, how many messages lines sent in each wording, whether the report is of a
    period, and which numbers write for another one by their own texts; and of each line what is said of others with a
    name like its own, and what does not fit together.
    """

    titles: Mapping[str, str]
    flares: Mapping[str, Sequence[Item]]
    templates: Mapping[str, Item]
    changes: Mapping[str, str]
    devices: Mapping[str, Item]
    stated: Mapping[str, Sequence[str]]
    sent_in: Mapping[str, int]
    is_narrowed: bool
    disowned: Mapping[str, str]
    alike: Mapping[str, tuple[str, ...]]
    conflicts: Mapping[str, tuple[str, ...]]
    searches: Searches


def _line_view(line: Item, shared: _Shared, labels: Mapping[str, str]) -> LineView:
    rows: dict[str, list[Item]] = defaultdict(list)
    for row in line["devices"]:
        rows[row["relation"]].append(row)
    wordings = [shared.templates[key] for key in line["template_ids"] if key in shared.templates]
    latest = [number for number in line["numbers"] if not _is_given_up(number, line["numbers"])]
    flares = shared.flares.get(line["line_id"], ())
    dated = on_their_numbers((flare for flare in flares if not clock_shift(flare)), line["numbers"])
    copies = on_their_numbers(with_dated_copies(flares), line["numbers"])
    received = (shared.devices.get(row["device_id"]) for row in rows["received_adverts"])
    untimed = [labels[held["device_id"]] for held in received if held is not None and is_undated(held)]
    numbers = cut_latest(number_views(line["numbers"]), NUMBERS_SHOWN, _last_at)
    return LineView(
        line=line,
        title=shared.titles[line["line_id"]],
        saved=saved_words(line),
        anchor=line["line_id"],
        timeline=draw([number.held for number in numbers.items], _drawn(copies, numbers, line), untimed),
        graph=line_graph(line, labels),
        devices={relation: tuple(rows[relation]) for relation in RELATIONS if rows[relation]},
        phones=phone_rows(line["devices"], shared.devices, labels, shared.searches, flares),
        latest=tuple(sorted(latest, key=lambda number: number["last_seen_at"] or "", reverse=True)),
        grounds=grounds_of(
            line,
            dated,
            labels,
            shared.disowned,
            (*same_phones(member_ids(line), shared.devices, labels), *shared.alike.get(line["line_id"], ())),
            shared.stated,
            shared.conflicts[line["line_id"]],
        ),
        numbers=numbers,
        number_count=len({number["number"] for number in line["numbers"]}),
        adverts=adverts_of(line, wordings, shared.sent_in, flares, is_narrowed=shared.is_narrowed),
        cases=tuple(sorted({case for key in member_ids(line) for case in _cases(shared.devices.get(key))})),
        inferred=frozenset(flare["device_id"] for flare in flares if flare["sender_is_inferred"]),
        change=shared.changes.get(line["line_id"], ""),
    )


def _last_at(number: NumberView) -> str | None:
    held = number.held
    instants = [held["first_seen_at"], held["last_seen_at"], held["last_used_at"]]
    return max((str(each) for each in instants if each is not None), default=None)


def _drawn(flares: Sequence[Item], numbers: Cut, line: Item) -> list[Item]:
    """Return the broadcasts but those of uses of its numbers that are not shown."""
    if not numbers.left_out:
        return [*flares]
    shown: dict[str, str] = {}
    for number in numbers.items:
        first_at = number.held["first_seen_at"] or ""
        shown[number.held["number"]] = min(first_at, shown.get(number.held["number"], first_at))
    left_out = {number["number"] for number in line["numbers"]} - shown.keys()
    return [
        flare
        for flare in flares
        if flare["sender"] not in left_out and (flare["ended_at"] or "") >= shown.get(flare["sender"], "")
    ]


def _is_given_up(number: Item, numbers: Iterable[Item]) -> bool:
    """Whether another one took over from a number and was seen later, or the number itself was in use again.

    What rested for another may have come back.
    """
    seen = number["last_seen_at"] or ""
    return any(
        each is not number
        and number["number"] in {each["succeeds"], each["number"]}
        and (each["last_seen_at"] or "~") >= seen
        for each in numbers
    )


def _cases(device: Item | None) -> Sequence[str]:
    return device["case_refs"] if device is not None else ()


def member_ids(line: Item) -> set[str]:
    """Return the devices with traffic of the line; a mention makes none."""
    return {row["device_id"] for row in line["devices"] if row["relation"] != "mentions_line"}
