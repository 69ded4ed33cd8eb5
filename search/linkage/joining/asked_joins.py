"""Numbers that said yes to somebody who asked whether they are whom he knows by another name or number.

"is this the same people as Rico?" - "yh its Vegas now". One asks so who got the earlier number's adverts and gets the
later one's. A yes is quickly said, to sell or in fun, and an imitator says it too: it counts where the earlier number
had fallen silent, about when the later one began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.counting_order import counting_order
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import days_between, earliest
from search.linkage.joining import gaps
from search.linkage.joining.announcements import ANNOUNCED_PAD_DAYS, FALLS_SILENT_DAYS, PlacedJoin
from search.linkage.keys import UNKNOWN_NUMBER
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted, day_of
from search.linkage.weights import JOIN_WEIGHTS

TOLD_WHEN_ASKED: Final = "told_when_asked"
_PEOPLE: Final = frozenset({"line", "lot", "lads", "boys", "crew", "team", "people", "ppl", "mob", "firm", "gang"})
_ASKED_AFTER_DAYS: Final = 60.0
"""How long after the later number began somebody asks whose it is. Reasoned; of 25 such questions of another maker all
were put within the week."""


def asked_joins(by_sender: Mapping[str, Sequence[Spell]], evidence: Evidence) -> Iterator[PlacedJoin]:
    """Yield one join for each pair of spells, however many asked."""
    by_form: dict[str, list[Spell]] = defaultdict(list)
    for spell in (spell for spells in by_sender.values() for spell in spells) if evidence.asked else ():
        for form in spell.forms:
            by_form[form].append(spell)
    said: dict[tuple[int, int], list[tuple[Spell, Spell, Evidenced]]] = defaultdict(list)
    for each in evidence.asked:
        for newer in by_sender.get(each.sender, ()):
            if (newer.is_broadcast or _gives_number(each)) and newer.covers(each.edge.first_at, ANNOUNCED_PAD_DAYS):
                older = _whom(each, newer, _asked_for(each, by_sender, by_form))
                if older is not None:
                    said[older.place, newer.place].append((older, newer, each))
    for places, held in sorted(said.items(), key=lambda item: item[0]):
        if _is_surely_asked(held[0][0], [each for _, _, each in held]):
            yield *places, _join(held[0][0], held[0][1], [each for _, _, each in held], evidence)


def _gives_number(said: Evidenced) -> bool:
    return said.edge.key != UNKNOWN_NUMBER


def _asked_for(
    said: Evidenced, by_sender: Mapping[str, Sequence[Spell]], by_form: Mapping[str, Sequence[Spell]]
) -> Sequence[Spell]:
    """Return the spells of the number, or of the longest name, that stands in the question."""
    if _gives_number(said):
        return by_sender.get(said.edge.key, ())
    words = _words(said)
    for length in range(len(words), 0, -1):
        names = {"".join(words[at : at + length]) for at in range(len(words) - length + 1)}
        forms = sorted({form for name in names for form in _written(name)})
        found = {spell.place: spell for form in forms for spell in by_form.get(form, ())}
        if found:
            return [*found.values()]
    return ()


def _words(said: Evidenced) -> list[str]:
    return [word for word in said.edge.label.split() if word not in _PEOPLE]


def _is_surely_asked(older: Spell, said: Sequence[Evidenced]) -> bool:
    """Whether all that stands in the place of the name is one, or two phones ask for what bears it.

    "is that blue cheese?" asks for no line that is called Blue.
    """
    names = {form for each in said for form in _written("".join(_words(each)))}
    is_whole = any(_gives_number(each) for each in said) or not names.isdisjoint(older.forms)
    return is_whole or len({each.device_id for each in said}) > 1


def _written(name: str) -> set[str]:
    """Return a name with what it is without the s of "Rico's line" and "Ricos lot"."""
    return {name, name.removesuffix("s")}


def _whom(said: Evidenced, newer: Spell, spells: Iterable[Spell]) -> Spell | None:
    """Return the spell that whoever asked knew and that the later one followed; of several the last that was in use.

    It went to him too, and had fallen silent when the later one was in use. Names are common words: where he gives none
    but the number, neither need be seen to send to several.
    """
    known = [
        spell
        for spell in spells
        if spell.sender != newer.sender
        and said.device_id in spell.recipients | spell.sending
        and (_gives_number(said) or (spell.is_broadcast and not spell.recipients.isdisjoint(newer.recipients)))
        and _follows(spell, newer, said.edge.first_at)
    ]
    return max(known, key=lambda spell: (spell.last_at or "", spell.place), default=None)


def _follows(older: Spell, newer: Spell, at: str | None) -> bool:
    if at is None or older.first_at is None or older.last_at is None or newer.first_at is None:
        return False
    is_before = days_between(older.first_at, newer.first_at) > 0 and days_between(older.last_at, at) >= 0
    is_silent = (
        days_between(at, older.last_at) <= 0 and days_between(newer.first_at, older.last_at) <= FALLS_SILENT_DAYS
    )
    is_soon = days_between(newer.first_at, at) <= _ASKED_AFTER_DAYS
    return is_before and is_silent and is_soon and gaps.follows(days_between(older.last_at, newer.first_at))


def _join(older: Spell, newer: Spell, said: Sequence[Evidenced], evidence: Evidence) -> Join:
    edges = [each.edge for each in said]
    at = earliest(edge.first_at for edge in edges)
    on = f", first on {day_of(at)}" if at else ""
    labels = sorted({evidence.label(each.device_id) for each in said}, key=counting_order)
    asked = " and ".join(dict.fromkeys(edge.label or edge.key for edge in edges))
    sentence = (
        f"{evidence.sender_label(newer.sender)} said yes when it was asked whether it is {asked}{on} "
        f"({counted(sum(edge.count for edge in edges), 'message')} on {', '.join(labels)}); "
        f"{evidence.sender_label(older.sender)} is what was asked for, and had fallen silent."
    )
    return Join(
        kind=TOLD_WHEN_ASKED,
        older=older.sender,
        newer=newer.sender,
        weight=JOIN_WEIGHTS[TOLD_WHEN_ASKED],
        sentence=sentence,
        record_ids=merged_record_ids(edges),
        at=at,
    )
