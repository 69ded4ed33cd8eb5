"""What each kind of evidence adds: linkage with that kind taken out of what the phones gave, beside linkage with all.

Evidence is taken out of the edges, so that the linker is the same; nothing in it knows of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from search.contract import Edge, EdgeKind
from search.linkage.keys import TRAFFIC_ROLES, Role
from tests.linkage_score.in_memory import Made
from tests.linkage_score.measures import MODERATE, STRONG, at_threshold, average_precision, brier
from tests.linkage_score.scoring import WorldScore

_LISTS = frozenset({Role.SENT_ADVERT, Role.SENT_BULK})
_LABELLED = frozenset({EdgeKind.ADVERT, EdgeKind.ANNOUNCEMENT})


def _edges(made: Made, keep: Callable[[Edge], Edge | None]) -> Made:
    entry, collected = made
    edges = tuple(kept for edge in collected.edges if (kept := keep(edge)) is not None)
    return entry, msgspec.structs.replace(collected, edges=edges)


def _without_kind(*kinds: EdgeKind) -> Callable[[Made], Made]:
    return lambda made: _edges(made, lambda edge: None if edge.kind in kinds else edge)


def _without_roles(roles: frozenset[Role]) -> Callable[[Made], Made]:
    return lambda made: _edges(made, lambda edge: None if edge.kind == EdgeKind.NUMBER and edge.role in roles else edge)


def _without_names(made: Made) -> Made:
    """Take away names that are read; what words stand in the wordings cannot be."""

    def nameless(edge: Edge) -> Edge | None:
        if edge.kind == EdgeKind.NICKNAME:
            return None
        return msgspec.structs.replace(edge, label="") if edge.kind in _LABELLED else edge

    return _edges(made, nameless)


def _with_wordings_apart(made: Made) -> Made:
    """Let no two senders have a wording in common."""
    entry, collected = made

    def apart(edge: Edge) -> Edge:
        if edge.kind in {EdgeKind.ADVERT, EdgeKind.WORDING, EdgeKind.TALK}:
            return msgspec.structs.replace(edge, other=f"{edge.other} of {edge.key}")
        return edge

    flares = tuple(
        msgspec.structs.replace(flare, template_id=f"{flare.template_id} of {flare.sender}")
        for flare in collected.flares
    )
    return _edges((entry, msgspec.structs.replace(collected, flares=flares, templates=())), apart)


def _without_own_numbers(made: Made) -> Made:
    entry, collected = _without_kind(EdgeKind.OWN_NUMBER)(made)
    return msgspec.structs.replace(entry, msisdn=(), iccid=(), imsi=()), collected


WITHOUT: Mapping[str, Callable[[Made], Made]] = {
    "announced changes of number": _without_kind(EdgeKind.ANNOUNCEMENT),
    "names that are read": _without_names,
    "wordings in common": _with_wordings_apart,
    "lists of recipients": _without_roles(_LISTS),
    "one-to-one texts and calls": _without_roles(TRAFFIC_ROLES),
    "own numbers and SIMs": _without_own_numbers,
    "adverts that analysis missed": _without_kind(EdgeKind.WORDING, EdgeKind.TALK),
}


def ablation_table(whole: WorldScore, without: Mapping[str, WorldScore]) -> Iterator[str]:
    """Yield the lines of the table: with all evidence, then without each kind."""
    yield "what each kind of evidence adds"
    columns = ("lines", "succession", "membership", "moderate", "strong P", "strong R", "links AP", "Brier", "traps")
    yield f"  {'':38}{''.join(f'{column:>11}' for column in columns)}"
    for name, score in (("all", whole), *((f"without {name}", score) for name, score in without.items())):
        strong = at_threshold(score.pairs, STRONG)
        values = (
            f"{score.lines.f1:.3f}",
            f"{score.succession.f1:.3f}",
            f"{score.membership.f1:.3f}",
            f"{at_threshold(score.pairs, MODERATE).f1:.3f}",
            f"{strong.precision:.3f}",
            f"{strong.recall:.3f}",
            f"{average_precision(score.pairs):.4f}",
            f"{brier(score.pairs)[0]:.5f}",
            f"{sum(bool(trap.violations) for trap in score.traps)}",
        )
        yield f"  {name:38}{''.join(f'{value:>11}' for value in values)}"
