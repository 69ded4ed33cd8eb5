"""Under which names phones have a line's numbers among their contacts: the word of people, that no analysis reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.keys import Role, fold_name
from search.linkage.model import Line
from search.linkage.phrases import counted
from search.linkage.saved_names import SavedName

_FORMS_SHOWN = 5
"""Ways in which contacts write a name that the sentence lists."""


def with_saved_names(
    lines: Iterable[Line],
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
    titled: Collection[str],
) -> list[Line]:
    """Return the lines with the names under which their numbers are saved.

    What a line is called by its adverts says how many phones saved a number of it so.

    Args:
        lines: All lines.
        traffic: Edges of kind number, by number; those of contacts have their names as labels.
        device_of: Device by extraction.
        titled: Ids of lines whose title was made of everything held, and says so already.
    """
    found = []
    for line in lines:
        saved = tuple(_saved(line, traffic, device_of))
        basis = line.name_basis
        if line.name and not line.name_saved_on and line.line_id not in titled:
            basis += _told([name for name in saved if _bears(name.name, line.folded_names)])
        found.append(msgspec.structs.replace(line, name_basis=basis, saved_names=saved))
    return found


def _saved(line: Line, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]) -> Iterable[SavedName]:
    for number in sorted({held.number for held in line.numbers}):
        by_name: dict[str, list[Edge]] = defaultdict(list)
        for edge in traffic.get(number, ()):
            if edge.role == Role.SAVED and edge.label.strip() and edge.extraction_id in device_of:
                by_name[edge.label.strip()].append(edge)
        for name, edges in sorted(by_name.items()):
            device_ids = tuple(sorted({device_of[edge.extraction_id] for edge in edges}))
            yield SavedName(number=number, name=name, device_ids=device_ids, record_ids=merged_record_ids(edges))


def _bears(saved: str, names: Collection[str]) -> bool:
    """Whether a contact's name is one of a line's, or has one among its words: "Marble new"."""
    return not {fold_name(saved), *map(fold_name, saved.split())}.isdisjoint(names)


def _told(saved: Sequence[SavedName]) -> str:
    if not saved:
        return ""
    phones = {device_id for name in saved for device_id in name.device_ids}
    forms = sorted({name.name for name in saved})
    more = len(forms) - _FORMS_SHOWN
    ways = f"{', '.join(forms[:_FORMS_SHOWN])}{f' and in {more} more ways' if more > 0 else ''}"
    return f" {counted(len(phones), 'phone')} saved a number of it under that name (as {ways})."
