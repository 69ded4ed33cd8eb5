"""Numbers that a line took on beside its own, from another line (``passed_numbers``): both are of the line.

Two numbers at once under one name, to the same people, are what an imitator has too. Who imitates a line does not send
from the number that was another line's of the town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.keys import fold_name
from search.linkage.model import Join
from search.linkage.number_use.passed_numbers import Pass, PassedNumbers
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import day_of
from search.linkage.weights import JOIN_WEIGHTS


def taken_on_joins(spells: Sequence[Spell], evidence: Evidence) -> Iterator[PlacedJoin]:
    """Yield the joins of numbers that lines took on with those that they had beside, by number and place."""
    by_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        by_sender[advert.sender].append(advert)
    for each in PassedNumbers(by_sender, evidence.announcements, evidence.template_texts).every():
        if each.beside is None:
            continue
        taken = [spell for spell in spells if spell.sender == each.number and _is_of_who_took_it(spell, each)]
        own = [spell for spell in spells if spell.sender == each.beside and _is_of_who_took_it(spell, each)]
        for later in taken:
            for spell in own:
                yield spell.place, later.place, _join(spell, later, evidence)


def _is_of_who_took_it(spell: Spell, each: Pass) -> bool:
    """Whether a use of a number is under the name of the line that took the number on, and none under the other."""
    names = {fold_name(advert.edge.label) for advert in spell.adverts if advert.edge.label}
    return not names.isdisjoint(each.after) and names.isdisjoint(each.before)


def _join(own: Spell, later: Spell, evidence: Evidence) -> Join:
    number, beside = evidence.sender_label(later.sender), evidence.sender_label(own.sender)
    until = f" {day_of(later.first_at)}" if later.first_at else ""
    return Join(
        kind="taken_on",
        older=own.sender,
        newer=later.sender,
        weight=JOIN_WEIGHTS["taken_on"],
        sentence=(
            f"{number} sent under another name before{until}, and from then on under the one under which {beside} had "
            "sent and went on, to some of the same phones: the line took it on beside its own."
        ),
        record_ids=merged_record_ids([advert.edge for spell in (own, later) for advert in spell.adverts[:2]], 4),
    )
