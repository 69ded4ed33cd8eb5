"""Two numbers that one text gives as new, and that are somebody else's: a customer's, or a taxi's.

The old number's word is enough for one next number. Two numbers beside each other stand in texts of other things as
well, so that of these it is asked whether anything held speaks against it. Only numbers from which nothing came are
left out: what is in use after the old one has taken its place, whoever holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from search.linkage.attribution.evidence import Evidence
from search.linkage.instants import days_between, earliest
from search.linkage.joining.slips import Told
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import day_of

GOES_ON_DAYS = 14.0
"""How long the old number may go on after a text that gives it up. Reasoned: customers are told more than once."""


def of_others(told: Collection[Told], evidence: Evidence) -> list[tuple[Spell, Spell, str]]:
    """Return the spells of such numbers, each with the spell that gave it as new and the sentence.

    Args:
        told: What each number announced as its next ones.
        evidence: All that lines are made from.
    """
    found: list[tuple[Spell, Spell, str]] = []
    by_speaker: dict[int, list[Told]] = defaultdict(list)
    for each in told:
        by_speaker[each[0].place].append(each)
    for held in by_speaker.values():
        for each in held:
            old, new, _ = each
            beside = [other for other in held if other is not each and _texts(other) >= _texts(each)]
            if new.is_announced_only and beside:
                why = next(_against(each, beside, evidence), None)
                if why is not None:
                    found.append((old, new, f"{old.sender} gave {new.sender} and another number as new; {why}"))
    return found


def _texts(told: Told) -> set[str]:
    return {record_id for said in told[2] for record_id in said.edge.record_ids}


def _against(told: Told, beside: Sequence[Told], evidence: Evidence) -> Iterator[str]:
    """Yield what speaks against it that a number took the place of the old one."""
    old, new, said = told
    at = earliest(each.edge.first_at for each in said)
    if at is None:
        return
    holder = evidence.own_device.get(new.sender)
    if holder is not None and _is_customer(old, new.sender, holder, at, evidence):
        yield (
            f"that is the number of {evidence.label(holder)}, which had it and got adverts of {old.sender} before, and "
            "nothing came from it: it is not taken for a number of the line."
        )
    is_unseen = all(other.is_announced_only for _, other, _ in beside)
    if is_unseen and old.last_at is not None and days_between(at, old.last_at) > GOES_ON_DAYS:
        yield (
            f"nothing came from either, and {old.sender}, which gave itself up on {day_of(at)}, sent adverts until "
            f"{day_of(old.last_at)}: neither is taken for a number of the line."
        )


def _is_customer(old: Spell, number: str, holder: str, at: str, evidence: Evidence) -> bool:
    """Whether a phone had the number, and got adverts of the old one, before it was given as new."""
    had_from = evidence.devices[holder].period_of(number)[0]
    got_from = earliest(advert.edge.first_at for advert in old.adverts if advert.device_id == holder)
    is_theirs = holder in old.receiving and holder not in old.sending
    return is_theirs and all(since is not None and days_between(since, at) > 0 for since in (had_from, got_from))
