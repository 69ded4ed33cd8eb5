"""Changes of number that a friend passed on: whoever got "new number is ..." from the line sends it on as it stands.

On the friend's phone it reads as if the sender's own number changed. Where the sender's phone is held it shows that the
text came to it first (``forwarded``). Where it is not, the rest of what is held tells: a sender of whom one phone holds
this text and no other advert says, in the words of a number that has sent adverts to others, and after it, that this
very number goes on under that one.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES, AnnouncedFrom, is_number

_MOST_COPIES = 2
"""A friend sends such a text on once, or once again."""
_ADVERTS_OF_A_LINE = 3
"""Adverts from which a number is one that sends them. Both reasoned."""


def passed_changes(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Return sender and template id of announcements that were passed on. Undated ones are not judged."""
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        of_sender[advert.sender].append(advert)
    announced: dict[str, dict[str, float]] = defaultdict(dict)
    for said in evidence.announcements:
        if AnnouncedFrom(said.edge.role).is_from_old and said.edge.first_at is not None:
            began, by_sender = to_seconds(said.edge.first_at), announced[said.edge.other]
            by_sender[said.sender] = min(began, by_sender.get(said.sender, began))
    of_lines = {
        sender: frozenset(advert.edge.other for advert in adverts)
        for sender, adverts in of_sender.items()
        if sum(advert.edge.count for advert in adverts) >= _ADVERTS_OF_A_LINE
    }
    found: set[tuple[str, str]] = set()
    for by_sender in announced.values():
        for sender, began in by_sender.items():
            held = of_sender.get(sender, [])
            if not is_number(sender) or not _may_be_a_friends(held):
                continue
            said_before = [
                of_lines[other]
                for other, before in by_sender.items()
                if other != sender and before < began and other in of_lines
            ]
            found |= {
                (sender, advert.edge.other)
                for advert in held
                if any(advert.edge.other in templates for templates in said_before)
            }
    return frozenset(found)


def _may_be_a_friends(adverts: list[Evidenced]) -> bool:
    """Whether one phone alone holds the adverts of a sender, and they are one wording, once or twice."""
    return (
        len({advert.device_id for advert in adverts}) == 1
        and len({advert.edge.other for advert in adverts}) == 1
        and sum(advert.edge.count for advert in adverts) <= _MOST_COPIES
        and all(advert.edge.role not in SENT_ADVERT_ROLES for advert in adverts)
    )


def without_passed_changes(evidence: Evidence, passed: frozenset[tuple[str, str]]) -> Evidence:
    """Return the evidence without the texts that were passed on and what they announce."""
    if not passed:
        return evidence
    senders = {sender for sender, _ in passed}
    return msgspec.structs.replace(
        evidence,
        adverts=tuple(advert for advert in evidence.adverts if (advert.sender, advert.edge.other) not in passed),
        announcements=tuple(said for said in evidence.announcements if said.sender not in senders),
    )
