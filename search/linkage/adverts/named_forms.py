"""How often a sender's names stand in its adverts, where these bear other names than the analysis read in each.

The analysis counts the forms of a name that it reads, text by text. An advert that is named by the others of its sender
counts for that name, as it is written there; a word that is no name of the sender any more counts for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.contract import EdgeKind
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import unstretched
from search.linkage.keys import SENT_ADVERT_ROLES, Role, fold_name

_WORD: Final = re.compile(r"\w+(?:['\u2019]\w+)?")


def nicknames_as_named(
    nicknames: Sequence[Evidenced],
    read: Sequence[Evidenced],
    named: Sequence[Evidenced],
    bodies: Mapping[str, Sequence[str]],
) -> tuple[Evidenced, ...]:
    """Return edges of kind nickname as adverts are named.

    Args:
        nicknames: As the analysis read them, senders resolved.
        read: Adverts as the analysis named them.
        named: The same adverts, in their order, as they are named beside each other.
        bodies: Some texts of each template as they were sent.
    """
    changed = [after for before, after in zip(read, named, strict=True) if before.edge.label != after.edge.label]
    if not changed:
        return tuple(nicknames)
    gone = _names(read) - _names(named)
    kept = [it for it in nicknames if (it.sender, it.edge.key) not in gone]
    return (*kept, *(_nickname(advert, bodies) for advert in changed if advert.edge.label))


def _names(adverts: Iterable[Evidenced]) -> set[tuple[str, str]]:
    return {(advert.sender, fold_name(advert.edge.label)) for advert in adverts if advert.edge.label}


def _nickname(advert: Evidenced, bodies: Mapping[str, Sequence[str]]) -> Evidenced:
    edge = advert.edge
    is_sent = edge.role in SENT_ADVERT_ROLES
    found = msgspec.structs.replace(
        edge,
        kind=EdgeKind.NICKNAME,
        key=fold_name(edge.label),
        role=Role.SENT if is_sent else Role.RECEIVED,
        other=edge.key,
        label=_as_written(edge.label, bodies.get(edge.other, ())),
        score=0.0,
    )
    return msgspec.structs.replace(advert, edge=found)


def _as_written(label: str, bodies: Iterable[str]) -> str:
    """Return a name as it stands in the first text; of a name of several words as the analysis writes it."""
    name = unstretched(fold_name(label))
    words = (word for body in bodies for word in _WORD.findall(body))
    return next((word for word in words if unstretched(fold_name(word)) == name), label)
