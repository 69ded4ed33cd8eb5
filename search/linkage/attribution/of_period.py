"""Edges that reach into a period, cut to the records that lie in it where all of them are known.

An edge counts its records together, from the first to the last: of one whose first lies before a period and whose last
lies behind it, none may lie in it. It names its earliest five records. One that has no more can be cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from parsers.records.facts import Call, Message, Record
from search.contract import Edge, EvidenceIndex
from search.linkage.keys import Role

_RECORDS_A_READ = 5_000
_RECORD_DECODER = msgspec.msgpack.Decoder(Record)

Holds = Callable[[str | None, str | None], bool]
"""Whether evidence from a first to a last instant has a part in the period (``Window.holds``)."""


async def cut_to_period(index: EvidenceIndex, edges: Iterable[Edge], holds: Holds) -> list[Edge]:
    """Return the edges that have a part in a period, in their order; one of which no record lies in it is left out.

    What names not all its records, or was dated anew since its clock was wrong, stays whole.
    """
    held = [edge for edge in edges if holds(edge.first_at, edge.last_at)]
    asked = sorted({record_id for edge in held if _reaches_out(edge, holds) for record_id in edge.record_ids})
    instants: dict[str, str | None] = {}
    for start in range(0, len(asked), _RECORDS_A_READ):
        instants |= await _instants(index, asked[start : start + _RECORDS_A_READ])
    cut = (_cut(edge, instants, holds) if _reaches_out(edge, holds) else edge for edge in held)
    return [edge for edge in cut if edge is not None]


async def cut_by_number(
    index: EvidenceIndex, found: Mapping[str, Iterable[Edge]], holds: Holds
) -> dict[str, list[Edge]]:
    """Return edges of numbers, by number, cut to a period; saved contacts have no time, and stay."""
    every = [edge for edges in found.values() for edge in edges]
    dated = await cut_to_period(index, (edge for edge in every if edge.role != Role.SAVED), holds)
    cut: dict[str, list[Edge]] = defaultdict(list)
    for edge in (*(edge for edge in every if edge.role == Role.SAVED), *dated):
        cut[edge.key].append(edge)
    return cut


def _reaches_out(edge: Edge, holds: Holds) -> bool:
    """Whether an edge has an end outside the period, and names all its records."""
    is_whole = holds(edge.first_at, edge.first_at) and holds(edge.last_at, edge.last_at)
    return not is_whole and edge.count == len(edge.record_ids)


def _cut(edge: Edge, instants: dict[str, str | None], holds: Holds) -> Edge | None:
    dated = [(at, record_id) for record_id in edge.record_ids if (at := instants.get(record_id)) is not None]
    if not dated or (min(dated)[0], max(dated)[0]) != (edge.first_at, edge.last_at):
        return edge
    inside = [(at, record_id) for at, record_id in dated if holds(at, at)]
    if not inside:
        return None
    return msgspec.structs.replace(
        edge,
        count=len(inside),
        first_at=min(inside)[0],
        last_at=max(inside)[0],
        record_ids=tuple(record_id for _, record_id in inside),
    )


async def _instants(index: EvidenceIndex, record_ids: Sequence[str]) -> dict[str, str | None]:
    """Return the instant of each message and call; None where it has none."""
    found: dict[str, str | None] = {}
    for record_id, hit in (await index.get_all(record_ids)).items():
        record = _RECORD_DECODER.decode(hit.record)
        if isinstance(record, Message | Call):
            found[record_id] = record.time.utc
    return found
