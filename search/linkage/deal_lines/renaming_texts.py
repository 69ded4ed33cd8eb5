"""The text in which a line says that it changed its name, at the question that two names of one number raise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import Final

from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import earliest
from search.linkage.joining.groups import LineGroup, names_conflict
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.told_renames import tells_its_new_name
from search.linkage.phrases import counted, day_of

_RECORDS_NAMED: Final = 2


def conflicts_with_renaming(group: LineGroup, texts: Mapping[str, str]) -> Iterable[str]:
    """Yield what does not fit together in a group, with the text that says of two names that the one is the next.

    Args:
        group: The group.
        texts: Constants and slots of templates, by id.
    """
    said = {
        names_conflict(spell): words for spell in group.spells if len(spell.names) > 1 if (words := _told(spell, texts))
    }
    for sentence in group.conflicts:
        yield f"{sentence} {said[sentence]}" if sentence in said else sentence


def _told(spell: Spell, texts: Mapping[str, str]) -> str:
    """Return where it says so, with records; empty where it does not."""
    telling = [
        advert.edge
        for advert in spell.adverts
        if any(
            tells_its_new_name([advert], texts, before, after)
            for before, after in permutations(spell.common_names.names, 2)
        )
    ]
    if not telling:
        return ""
    records = merged_record_ids(telling, _RECORDS_NAMED)
    at = earliest(edge.first_at for edge in telling)
    on = f" of {day_of(at)}" if at else ""
    return (
        f"A text{on} says that it was renamed ({counted(sum(edge.count for edge in telling), 'message')}: "
        f"{' '.join(records)})."
    )
