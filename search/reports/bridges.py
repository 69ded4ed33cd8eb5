"""Phones that carry traffic of several lines, as a graph: lines above, such phones below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from search.linkage.counting_order import counting_order
from search.reports.drawing import BOX_HEIGHT, Box, Drawing, Tie, row_of, short
from search.reports.line_views import LineView, member_ids

_LINES: Final = 8
_PHONES: Final = 10
_GAP: Final = 90.0
_TOP: Final = 4.0


def bridge_graph(views: Sequence[LineView], labels: Mapping[str, str]) -> tuple[Drawing, int] | None:
    """Return the graph and how many such phones there are in all; None where no phone has traffic of two lines."""
    lines_of: dict[str, list[LineView]] = defaultdict(list)
    for view in views:
        for device_id in member_ids(view.line):
            lines_of[device_id].append(view)
    shared = {device_id: held for device_id, held in lines_of.items() if len(held) > 1}
    if not shared:
        return None
    phones = sorted(shared, key=lambda key: (-len(shared[key]), counting_order(labels[key])))[:_PHONES]
    counts: dict[str, int] = defaultdict(int)
    for device_id in phones:
        for view in shared[device_id]:
            counts[view.line["line_id"]] += 1
    chosen = sorted(
        (view for view in views if view.line["line_id"] in counts),
        key=lambda view: (-counts[view.line["line_id"]], view.title),
    )[:_LINES]
    top = row_of([("line", short(view.title), view.title) for view in chosen], _TOP, 150.0)
    y = _TOP + BOX_HEIGHT + _GAP
    bottom = row_of([("phone", short(labels[key]), labels[key]) for key in phones], y, 120.0)
    box_of: dict[str, Box] = {view.line["line_id"]: box for view, box in zip(chosen, top, strict=True)}
    ties = [
        Tie(box_of[view.line["line_id"]].middle, box_of[view.line["line_id"]].bottom, box.middle, box.y, "adverts")
        for key, box in zip(phones, bottom, strict=True)
        for view in shared[key]
        if view.line["line_id"] in box_of
    ]
    return Drawing(height=y + BOX_HEIGHT + _TOP, boxes=(*top, *bottom), ties=tuple(ties)), len(shared)
