"""The report as a graph of devices, numbers and lines: what GraphML and the i2 pair are written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.reports.accounts import account_names, with_accounts_said
from search.reports.broadcasts import broadcast_counts
from search.reports.device_names import device_labels, in_words
from search.reports.line_names import line_titles, with_titles
from search.reports.line_phones import relation_words
from search.reports.page import traffic_words
from search.reports.page_text import with_zone

Item = Mapping[str, Any]
Value = str | int | float | None

KINDS: Final = ("device", "number", "account", "line")


class Node(msgspec.Struct, frozen=True):
    """One entity. ``values`` beside the label, by name; ``kind`` is one of ``KINDS``."""

    node_id: str
    kind: str
    label: str
    values: Mapping[str, Value]


class Edge(msgspec.Struct, frozen=True):
    """One tie between two entities.

    Attributes:
            ``took_over`` (old number to new), ``link`` (device to device).
        is_directed: Whether source and target may not be swapped.
    """

    edge_id: str
    kind: str
    source: str
    target: str
    label: str
    is_directed: bool
    values: Mapping[str, Value]


class Chart(msgspec.Struct, frozen=True):
    """All entities and ties, each by its id."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def chart_of(report: Item) -> Chart:
    """Return the chart of a report made by ``build_report``. Rejected lines and links are not in it."""
    names = account_names(report)
    told = with_titles(in_words(report, device_labels(report)), line_titles(report["lines"]))
    report = with_accounts_said(told, names)
    nodes = [*_devices(report), *_lines(report), *_numbers(report, names)]
    edges = [*_relations(report), *_line_numbers(report), *_links(report)]
    return Chart(
        nodes=tuple(sorted(nodes, key=lambda node: node.node_id)),
        edges=tuple(sorted(edges, key=lambda edge: edge.edge_id)),
    )


def joined(values: Iterable[object]) -> str:
    """Return a list as one text."""
    return "; ".join(str(value) for value in values)


def _devices(report: Item) -> Iterable[Node]:
    labels = device_labels(report)
    for device in report["devices"]:
        yield Node(
            f"device:{device['device_id']}",
            "device",
            labels[device["device_id"]],
            {
                "device_id": device["device_id"],
                "exhibits": joined(device["exhibit_refs"]),
                "cases": joined(device["case_refs"]),
                "own_numbers": joined(device["msisdn"]),
                "imei": joined(device["imei"]),
                "iccid": joined(device["iccid"]),
                "imsi": joined(device["imsi"]),
                "traffic": traffic_words(device),
                "message_count": device["message_count"],
                "first_at": device["first_message_at"],
                "last_at": device["last_message_at"],
            },
        )


def _lines(report: Item) -> Iterable[Node]:
    titles, counts = line_titles(report["lines"]), broadcast_counts(report["flares"])
    for line in report["lines"]:
        yield Node(
            f"line:{line['line_id']}",
            "line",
            titles[line["line_id"]],
            {
                "line_id": line["line_id"],
                "nicknames": joined(form["form"] for form in line["nicknames"]),
                "broadcast_count": counts[line["line_id"]],
                "first_at": line["first_seen_at"],
                "last_at": line["last_seen_at"],
                "decision": _decision(line),
            },
        )


def _numbers(report: Item, names: Mapping[str, str]) -> Iterable[Node]:
    periods: dict[str, list[Item]] = defaultdict(list)
    for line in report["lines"]:
        for number in line["numbers"]:
            periods[number["number"]].append(number)
    for number in sorted(periods):
        first = [held["first_seen_at"] for held in periods[number] if held["first_seen_at"]]
        last = [held["last_seen_at"] for held in periods[number] if held["last_seen_at"]]
        values: dict[str, Value] = {"number": number, "first_at": min(first, default=None)}
        kind, label = ("account", names[number]) if number in names else ("number", number)
        yield Node(f"number:{number}", kind, label, {**values, "last_at": max(last, default=None)})


def _relations(report: Item) -> Iterable[Edge]:
    for line in report["lines"]:
        for row in line["devices"]:
            yield Edge(
                f"relation:{row['device_id']}:{line['line_id']}:{row['relation']}",
                "relation",
                f"device:{row['device_id']}",
                f"line:{line['line_id']}",
                relation_words(row),
                is_directed=True,
                values={
                    "relation": row["relation"],
                    "advert_count": row["advert_count"],
                    "record_count": row["record_count"],
                    "numbers": joined(row["numbers"]),
                    "mentions": joined(row["mentions"]),
                    "record_ids": joined(row["record_ids"]),
                },
            )


def _line_numbers(report: Item) -> Iterable[Edge]:
    for line in report["lines"]:
        uses: dict[str, list[Item]] = defaultdict(list)
        changes: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for number in line["numbers"]:
            uses[number["number"]].append(number)
            if number["succeeds"] is not None:
                changes[number["succeeds"], number["number"]].append(number)
        for key, held in uses.items():
            yield Edge(
                f"number_of:{key}:{line['line_id']}",
                "number_of",
                f"number:{key}",
                f"line:{line['line_id']}",
                "number of",
                is_directed=True,
                values={
                    "first_at": min((use["first_seen_at"] for use in held if use["first_seen_at"]), default=None),
                    "last_at": max((use["last_seen_at"] for use in held if use["last_seen_at"]), default=None),
                    **_ground(held),
                },
            )
        for (old, new), held in changes.items():
            yield Edge(
                f"took_over:{old}:{new}:{line['line_id']}",
                "took_over",
                f"number:{old}",
                f"number:{new}",
                "followed by",
                is_directed=True,
                values={"first_at": held[0]["first_seen_at"], "record_count": _announced(held), **_ground(held)},
            )


def _announced(uses: Sequence[Item]) -> int | None:
    """Return how many messages announce a number; None where none does."""
    return sum(said["message_count"] for use in uses for said in use["announcements"]) or None


def _ground(uses: Sequence[Item]) -> dict[str, Value]:
    """Return what is said of one or several uses of a number, each sentence and record once."""
    return {
        "reasons": with_zone(" ".join(dict.fromkeys(sentence for use in uses for sentence in use["basis"]))),
        "record_ids": joined(dict.fromkeys(record for use in uses for record in use["record_ids"])),
    }


def _links(report: Item) -> Iterable[Edge]:
    for link in report["links"]:
        records = dict.fromkeys(name for reason in link["reasons"] for name in reason["record_ids"])
        yield Edge(
            f"link:{link['a_device_id']}:{link['b_device_id']}",
            "link",
            f"device:{link['a_device_id']}",
            f"device:{link['b_device_id']}",
            "link by decision" if link["is_by_decision"] else f"{link['band']} link",
            is_directed=False,
            values={
                "band": link["band"],
                "score": float(link["score"]),
                "decision": _decision(link),
                "reasons": with_zone(" ".join(reason["sentence"] for reason in link["reasons"])),
                "against": with_zone(" ".join(item["sentence"] for item in link["against"])),
                "record_ids": joined(records),
            },
        )


def _decision(item: Item) -> str | None:
    decision = item["decision"]
    if decision is None:
        return None
    since = " before the line was split" if decision.get("is_before_split") else ""
    return f"confirmed by a person{since}: {decision['note']}"
