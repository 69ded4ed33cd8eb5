"""The flat form of the export: one line a record, for spreadsheets. The JSON lines are the whole form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from search.contract import ExtractionEntry
from search.reports.spreadsheet_cells import csv_line, guarded

COLUMNS: Final = (
    "record_id", "kind", "case_ref", "exhibit_ref", "device_id", "extraction_id", "utc", "time_raw", "time_basis",
    "direction", "service", "from_number", "from_name", "to_numbers", "to_names", "body", "duration_seconds", "name",
    "numbers", "deleted", "duplicate_of", "is_advert", "line", "template_id", "flare_id", "file_name", "file_sha256",
    "member", "locator", "line_alone", "line_rule",
)  # fmt: skip
"""The columns, in order."""

Record = Mapping[str, object]


def csv_lines(
    records: Iterable[Record], *, is_first: bool, extraction: ExtractionEntry | None = None
) -> Iterator[bytes]:
    """Yield each record as a line of CSV, the headings before the first."""
    del extraction
    if is_first:
        yield csv_line(COLUMNS)
    for record in records:
        yield csv_line([guarded(value) for value in _values(record)])


def _values(record: Record) -> Iterator[object]:
    time = _mapping(record.get("time"))
    sender = _mapping(record.get("from"))
    recipients = [_mapping(each) for each in _sequence(record.get("to"))]
    analysis, source = _mapping(record.get("analysis")), _mapping(record["source"])
    apart = {
        "utc": time.get("utc"),
        "time_raw": time.get("raw"),
        "time_basis": time.get("basis"),
        "direction": record.get("direction") or record.get("call_type"),
        "from_number": _number(sender),
        "from_name": sender.get("name"),
        "to_numbers": "; ".join(_number(each) for each in recipients),
        "to_names": "; ".join(str(each["name"]) for each in recipients if each["name"]),
        "numbers": "; ".join(_number(_mapping(each)) for each in _sequence(record.get("numbers"))),
    }
    for column in COLUMNS:
        if column in apart:
            yield apart[column]
        elif column in {"is_advert", "line", "template_id", "flare_id", "line_alone", "line_rule"}:
            yield analysis.get(column)
        elif column in {"file_name", "file_sha256", "member", "locator"}:
            yield source.get(column)
        else:
            yield record.get(column)


def _number(party: Record) -> str:
    return str(party.get("e164") or party.get("raw") or "")


def _mapping(value: object) -> Record:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()
