"""Rows of the report in the order of exhibits, for pages and tables: the data is in that of ids, which tell none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from search.linkage.counting_order import Place, counting_order

Item = Mapping[str, Any]

_SECTIONS: Final = ("devices", "extractions", "flares", "flares_left_out")


def in_exhibit_order(report: Item, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the report with its devices, what was read of each, and the devices of each line in the order of names.

    Args:
        report: Made by ``build_report``.
        labels: How pages name each device.
    """
    places = {device_id: counting_order(label) for device_id, label in labels.items()}
    told = {key: _in_order(report[key], places) for key in _SECTIONS}
    lines = [{**line, "devices": _in_order(line["devices"], places)} for line in report["lines"]]
    return {**report, **told, "lines": lines}


def _in_order(rows: Sequence[Item], places: Mapping[str, Place]) -> list[Item]:
    """Return rows by the name of their device, else as they stand; last such as are of none."""

    def place(row: Item) -> tuple[bool, Place]:
        held = places.get(row["device_id"])
        return held is None, held or counting_order(row.get("file_name") or "")

    return sorted(rows, key=place)
