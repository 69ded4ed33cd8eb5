"""The report as a pair of CSV files for i2 Analyst's Notebook: entities and links, with the columns explained beside.

An import specification maps one row of ``links.csv`` to a link between two entities that ``entities.csv`` describes;
``Entity ID`` is the identity in both. The score is left out: charts are printed, and print shows bands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from search.reports.chart import Edge, Node, chart_of
from search.reports.render_csv import HOW_TO_READ, csv_text

_ENTITY_TYPES: Final = {
    "device": "Mobile phone",
    "number": "Telephone number",
    "account": "Account",
    "line": "Deal line",
}
_LINK_TYPES: Final = {
    "relation": "Relation to line",
    "number_of": "Number of line",
    "took_over": "Number followed by",
    "link": "Linked phones",
}
_TENTATIVE: Final = frozenset({"weak", "mentions_line"})

ENTITY_COLUMNS: Final = {
    "Entity ID": "Identity of the entity: set it as identity in the import specification",
    "Entity Type": "Mobile phone, Telephone number, Account (of an application) or Deal line: set it as type",
    "Label": "What stands under the icon: exhibit, number, account or name of the line",
    "Exhibits": "Exhibit references of a phone",
    "Cases": "Cases of a phone",
    "Own Numbers": "Own numbers of a phone",
    "IMEI": "IMEI of a phone",
    "ICCID": "ICCID of its SIM",
    "IMSI": "IMSI of its SIM",
    "Traffic": "What the traffic on the phone looks like; about the phone, never about a person",
    "Names Used": "Forms of the line's name",
    "First Seen Date": "dd/mm/yyyy, UTC: first message, or first advert of the line or the number",
    "First Seen Time": "hh:mm:ss, UTC",
    "Last Seen Date": "dd/mm/yyyy, UTC",
    "Last Seen Time": "hh:mm:ss, UTC",
    "Decision": "What a person decided, with the note",
}
LINK_COLUMNS: Final = {
    "Link ID": "Identity of the link",
    "From Entity ID": "Identity of the first end",
    "From Label": "Its label",
    "To Entity ID": "Identity of the second end",
    "To Label": "Its label",
    "Link Type": "Relation to line, Number of line, Number followed by, or Linked phones: set it as type",
    "Direction": "A to B, or None",
    "Strength": (
        "Line style: Confirmed only where a person confirmed it, Tentative for a weak link and a mere mention, else "
        "Unconfirmed: what is computed is to be checked"
    ),
    "Band": "strong, moderate or weak, where it is a link between phones",
    "Label": "What stands at the line",
    "Date": (
        "dd/mm/yyyy, UTC: first seen; of Number of line and Number followed by, the other two types state no dates"
    ),
    "Time": "hh:mm:ss, UTC",
    "End Date": "dd/mm/yyyy, UTC: last seen",
    "End Time": "hh:mm:ss, UTC",
    "Records": (
        "How many records are behind it: of Relation to line, and of Number followed by the messages with those of the "
        "announcing texts that the report quotes; of the other types see Record IDs"
    ),
    "Reasons": "Why, in sentences",
    "Against": "What speaks against it",
    "Decision": "What a person decided, with the note",
    "Record IDs": "Records to open with trapline show",
}


def i2_files(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of a report made by ``build_report``, by name."""
    chart = chart_of(report)
    labels = {node.node_id: node.label for node in chart.nodes}
    return {
        "entities.csv": csv_text(ENTITY_COLUMNS, map(_entity, chart.nodes)),
        "links.csv": csv_text(LINK_COLUMNS, (_link(edge, labels) for edge in chart.edges)),
        "columns.csv": csv_text(("File", "Column", "Meaning"), _meanings()),
    }


def _meanings() -> Iterable[tuple[str, str, str]]:
    yield "", "", HOW_TO_READ
    for name, columns in (("entities.csv", ENTITY_COLUMNS), ("links.csv", LINK_COLUMNS)):
        for column, meaning in columns.items():
            yield name, column, meaning


def _entity(node: Node) -> tuple[object, ...]:
    held = node.values.get
    texts = [held(key) for key in ("exhibits", "cases", "own_numbers", "imei", "iccid", "imsi", "traffic", "nicknames")]
    return (
        node.node_id,
        _ENTITY_TYPES[node.kind],
        node.label,
        *texts,
        *_day_and_time(held("first_at")),
        *_day_and_time(held("last_at")),
        held("decision"),
    )


def _link(edge: Edge, labels: Mapping[str, str]) -> tuple[object, ...]:
    held = edge.values.get
    return (
        edge.edge_id,
        edge.source,
        labels.get(edge.source),
        edge.target,
        labels.get(edge.target),
        _LINK_TYPES[edge.kind],
        "A to B" if edge.is_directed else "None",
        _strength(edge),
        held("band"),
        edge.label,
        *_day_and_time(held("first_at")),
        *_day_and_time(held("last_at")),
        held("record_count"),
        held("reasons"),
        held("against"),
        held("decision"),
        held("record_ids"),
    )


def _strength(edge: Edge) -> str:
    if edge.values.get("decision") is not None:
        return "Confirmed"
    return "Tentative" if {edge.values.get("band"), edge.values.get("relation")} & _TENTATIVE else "Unconfirmed"


def _day_and_time(instant: object) -> tuple[str | None, str | None]:
    if instant is None:
        return None, None
    at = datetime.fromisoformat(str(instant))
    return f"{at:%d/%m/%Y}", f"{at:%H:%M:%S}"
