"""Settles the name of an advert beside the others of its input: its own proposals first, then the names that are known.

The one way in which the analysis of lines, the score and the training settle names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from nlp.nicknames.shared_names import SharedNames
from nlp.readings import Name
from nlp.words.folding import fold
from parsers.records.findings import SpanKind, TextFinding

_BETWEEN_WORDS: Final = r"\s{1,3}"

LookAgain: TypeAlias = Callable[[Sequence[str], Container[str]], Iterable[list[Name]]]
"""Gives where each of some texts has known names (``nlp.analysis.Analyser.names_among``)."""


def numbers_of(finding: TextFinding) -> frozenset[str]:
    """Return the telephone numbers of a text, equal where they are one."""
    spans = [span for span in finding.spans if span.kind is SpanKind.NUMBER]
    return frozenset(span.canonical or "".join(filter(str.isdigit, span.surface)) for span in spans)


class AdvertNames(NamedTuple):
    """An advert whose name is settled: ``wording`` and ``proposals`` as they were given to ``shared_names``."""

    text: str
    wording: Hashable
    proposals: Sequence[Name]


def settled_names(shared: SharedNames, adverts: Sequence[AdvertNames], look_again: LookAgain) -> list[Name | None]:
    """Return the name of each advert as its line usually calls itself; None: no name.

    Args:
        shared: What all adverts of the input propose.
        adverts: Not more than fit in memory with all that is read of them, some 3 KB each.
        look_again: Asked only for texts whose words say that they may bear a known name that they do not propose; once,
            since a step over many texts is quicker than over each.
    """
    places = [shared.settled(each.wording, each.proposals) for each in adverts]
    again = [
        at
        for at, (each, place) in enumerate(zip(adverts, places, strict=True))
        if shared.may_bear_known(each.text, each.proposals, place)
    ]
    known = look_again([adverts[at].text for at in again], shared.known) if again else ()
    names_of = {
        at: [*adverts[at].proposals, *(name for name in names if shared.is_form(name.canonical))]
        for at, names in zip(again, known, strict=True)
    }
    for at, proposals in names_of.items():
        places[at] = shared.settled(adverts[at].wording, proposals)
    return [
        None if place is None else _as_called(shared, names_of.get(at, each.proposals)[place], each.text)
        for at, (each, place) in enumerate(zip(adverts, places, strict=True))
    ]


def _as_called(shared: SharedNames, name: Name, text: str) -> Name:
    """Return a name as its line calls itself, and in full where it stands so: no drug is the Cali of "cali corner"."""
    canonical = shared.name(name.canonical)
    words = canonical.lower().split()
    if canonical != name.canonical and len(words) > len(name.canonical.split()):
        written = _BETWEEN_WORDS.join(map(re.escape, words))
        for whole in re.finditer(rf"(?<!\w){written}(?!\w)", fold(text).lower):
            if whole.start() <= name.start and name.end <= whole.end():
                name = name._replace(start=whole.start(), end=whole.end())
    return name._replace(canonical=canonical)
