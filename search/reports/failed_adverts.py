"""Adverts of a line that failed to send: counted at the phone that tried to, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.contract import Edge, EdgeKind
from search.linkage.keys import fold_name, is_number
from search.linkage.model import Line, Relation
from search.reports.line_source import LineSource


async def failed_adverts(source: LineSource, lines: Iterable[Line]) -> dict[tuple[str, str], tuple[Edge, ...]]:
    """Return what failed to send, by line id and device; of a phone that sent adverts of the line alone.

    Args:
        source: What the report shows of an index.
        lines: Those of the report.
    """
    edges = [
        edge
        async for edge in source.index.edges(EdgeKind.UNSENT)
        if edge.extraction_id in source.device_of and source.window.holds(edge.first_at, edge.last_at)
    ]
    found: dict[tuple[str, str], tuple[Edge, ...]] = {}
    for line in lines if edges else ():
        own = [edge for edge in edges if _is_of(edge, line, source)]
        for row in line.devices:
            if row.relation is Relation.SENT_ADVERTS:
                held = tuple(edge for edge in own if source.device_of[edge.extraction_id] == row.device_id)
                if held:
                    found[line.line_id, row.device_id] = held
    return found


def failed_count(edges: Sequence[Edge]) -> int:
    """Return how many records failed to send."""
    return sum(edge.count for edge in edges)


def _is_of(edge: Edge, line: Line, source: LineSource) -> bool:
    """Whether a failed text is of a line: in its wording, under no other name, from no number but its own."""
    wordings = set(map(source.groups.of, line.template_ids))
    is_from_own = not is_number(edge.key) or edge.key in {number.number for number in line.numbers}
    is_named_so = not edge.label or fold_name(edge.label) in line.folded_names
    return is_from_own and is_named_so and source.groups.of(edge.other) in wordings
