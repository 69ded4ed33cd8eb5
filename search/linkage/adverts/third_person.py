"""What one person tells another of a line's number in the third person: "bennys phone got took his new 1 is ...".

It reads as if the sender's own number were the line's and changed. A line speaks of itself so to many. Who does so to
one person alone, to whom he sent nothing else that reads like an advert, and wrote nothing to many, tells what he
heard.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import SENT_ADVERT_ROLES, is_number

_NOUN: Final = r"(?:phones?|fone|number|num|numba|sim|line|new|old|1|one)"
_OF_ANOTHER: Final = re.compile(
    rf"(?<!\w)(?:his|her|their) (?:\w+ )?{_NOUN}(?!\w)"
    r"|(?<!\w)(?:he'?s|she'?s|he is|she is|theyre|they're) (?:now )?(?:on|got|changed|swapped|using)(?!\w)"
    rf"|(?<!\w)(?!(?:this|its|dis|ths|is|was|lines|as|us)\s)\S+?'?s {_NOUN} (?:got|was|is|has|went|changed)(?!\w)"
    r"|(?<!\w)if (?:u|you|ya) (?:want|need|after) (?:\{line\}|\{nickname\}) (?:its|it's|ring|use)",
    re.IGNORECASE,
)
"""Of somebody wanted his name stands there: "if u need food ring ..." is what a line says of itself."""
_MOST_COPIES: Final = 2


def told_of_others(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Return sender and template id of texts in which one person tells another of a line's change of number."""
    announcing = {said.sender for said in evidence.announcements if is_number(said.sender)}
    broadcasting = {sender for _, _, sender in evidence.sent_flares}
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        if advert.sender in announcing and advert.sender not in broadcasting:
            of_sender[advert.sender].append(advert)
    found: set[tuple[str, str]] = set()
    for sender, adverts in sorted(of_sender.items()):
        received = [advert for advert in adverts if advert.edge.role not in SENT_ADVERT_ROLES]
        if _wrote_to_many(received):
            continue
        for key in sorted({advert.edge.other for advert in adverts}):
            if _OF_ANOTHER.search(evidence.template_texts.get(key, "")) and _is_to_one(key, adverts, received):
                found.add((sender, key))
    return frozenset(found)


def _wrote_to_many(received: list[Evidenced]) -> bool:
    phones: dict[str, set[str]] = defaultdict(set)
    for advert in received:
        phones[advert.edge.other].add(advert.device_id)
    return any(len(held) > 1 for held in phones.values())


def _is_to_one(key: str, adverts: list[Evidenced], received: list[Evidenced]) -> bool:
    """Whether a wording went to one phone once or twice, and that got nothing else like it from its sender."""
    held = [advert for advert in adverts if advert.edge.other == key]
    most = max(advert.edge.count for advert in held)
    got = {advert.device_id for advert in held} & {advert.device_id for advert in received}
    return most <= _MOST_COPIES and all(advert.edge.other == key for advert in received if advert.device_id in got)
