"""Texts that tell one person where somebody else is now: "mate Rico is on 07700 900123 now".

It reads as if the sender's own number changed. Of a sender of whom nothing else of the kind is held, one such text
says nothing of his own number, whenever it came: he calls whom he writes to a mate, and speaks of a third person. A
line that writes so to its list is held on more phones, or with adverts; one that says so of itself ("im on", "get me
on") does not speak of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import SENT_ADVERT_ROLES, is_number

Giving = Mapping[tuple[str, str], Sequence[Evidenced]]
"""Texts that hold another number, by device and sender (``texts_with_numbers``)."""

_TO_ONE: Final = re.compile(
    r"\W*(?:(?:yo|hi|hiya|hey|hello|alright|alrite|oi|fyi|btw|nah|yeah?)\W+)?"
    r"(?:my )?(?:mate|m8|bro|bruv|brother|pal|bud|buddy|cuz|cous|fella|lad|babe|hun|love)\W+(?=\w)",
    re.IGNORECASE,
)
"""How a text begins that calls one person."""
_OF_ANOTHER: Final = re.compile(
    r"\W*(?:(?:yo|hi|hey|mate|bro|my|pal|lad|babe|hun|love)\W+)*\{line\}(?:'s|s)? (?:(?:is|has) )?(?:now |just )?"
    r"(?:(?<=is )on|(?<=is now )on"
    r"|(?:got|on|has) (?:a )?(?:new|another|different|diff) (?:number|num|no|phone|sim)(?: is)?)"
    r"\W+\{number\}(?!.*\b(?:i|im|my|me|mine|us|we|our|this|dis|both|either|other)\b)[^{}]*$",
    re.IGNORECASE,
)
"""What a template says of a third person: his number, and nothing of its sender, of his phones or of what is sold."""
_DIGITS_COMPARED: Final = 9


def told_of_others(evidence: Evidence, giving: Giving, few: Mapping[str, Sequence[Evidenced]]) -> set[tuple[str, str]]:
    """Return sender and template id of such texts.

    Args:
        evidence: All that lines are made from.
        giving: Texts that hold another number.
        few: Adverts of senders of few, by sender.
    """
    found: set[tuple[str, str]] = set()
    for sender, held in few.items():
        if not is_number(sender) or len(held) != 1 or held[0].edge.count != 1:
            continue
        (advert,) = held
        numbers = [said.edge.other for said in giving.get((advert.device_id, sender), ())]
        if advert.edge.role not in SENT_ADVERT_ROLES and _is_of_another(advert.edge.other, numbers, evidence):
            found.add((sender, advert.edge.other))
    return found


def _is_of_another(template_id: str, numbers: Iterable[str], evidence: Evidence) -> bool:
    """Whether all texts of a template that are held with the numbers call somebody and speak of a third person."""
    if not _OF_ANOTHER.match(evidence.template_texts.get(template_id, "")):
        return False
    ends = tuple(number[-_DIGITS_COMPARED:] for number in numbers)
    bodies = [
        body
        for body in evidence.template_bodies.get(template_id, ())
        if any(end in re.sub(r"\D", "", body) for end in ends)
    ]
    return bool(bodies) and all(map(_TO_ONE.match, bodies))
