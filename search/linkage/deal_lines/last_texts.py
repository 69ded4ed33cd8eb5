"""The last text of a number, which may be of the police: whoever got nothing else has nothing to do with the line."""

from __future__ import annotations

from collections import defaultdict

from search.contract import Edge
from search.linkage.deal_lines.relation_rows import RelationRows
from search.linkage.instants import days_between, earliest, latest
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import CHANGE_ROLES, fold_name
from search.linkage.model import Relation
from search.linkage.number_use.spells import Spell

_MEMBERS = frozenset(Relation) - {Relation.MENTIONS_LINE}
_SURE = 0.75
"""Advert score from which a text is no notice of the police: of 458 such of the batches for test the highest has 0.66.
"""
_WORDINGS_BEFORE = 3
"""Wordings of a number from which its last one can be told from the others."""


def demote_last_texts(group: LineGroup, rows: RelationRows) -> None:
    """Take devices for mentions that have to do with the line by the last text of a number alone.

    What comes last from a number, in one wording that carries none of its names and that the line never used before,
    may be of the police, who text everybody who was in touch with it; not one that surely is an advert by its words.
    """
    last = {(spell.sender, template_id) for spell in group.spells for template_id in _last_wordings(group, spell)}
    for device_id, relation in rows.every():
        is_only = all(other == relation for held, other in rows.every() if held == device_id and other in _MEMBERS)
        edges = rows.edges(device_id, relation) if relation is Relation.RECEIVED_ADVERTS and is_only else ()
        is_sure = any(edge.score >= _SURE for edge in edges)
        if edges and not is_sure and all((edge.key, edge.other) in last for edge in edges):
            rows.demote(device_id, relation)


def _last_wordings(group: LineGroup, spell: Spell) -> set[str]:
    """Return the wording that a spell sent last, on one day, if it may be another's: nameless, and nowhere before."""
    others = [held for held in group.spells if held is not spell]
    ends: dict[str, list[Edge]] = defaultdict(list)
    for advert in spell.adverts:
        ends[spell.wording_of[advert.edge.other]].append(advert.edge)
    latest_of = {wording: latest(edge.last_at for edge in edges) or "" for wording, edges in ends.items()}
    if len(latest_of) < _WORDINGS_BEFORE:
        return set()
    wording = max(latest_of, key=lambda key: (latest_of[key], key))
    edges = ends[wording]
    first = earliest(edge.first_at for edge in edges)
    before = latest(end for key, end in latest_of.items() if key != wording and end)
    said_before = {fold_name(edge.label) for key, held in ends.items() if key != wording for edge in held if edge.label}
    if first is None or before is None:
        return set()
    if any(edge.role in CHANGE_ROLES or fold_name(edge.label) in said_before for edge in edges):
        return set()
    is_once = days_between(first, latest_of[wording]) <= 1 and days_between(before, first) > 0
    is_known = any(wording in held.wordings for held in others)
    return {edge.other for edge in edges} if is_once and not is_known else set()
