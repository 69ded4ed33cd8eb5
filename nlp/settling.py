"""Settles the name of an advert beside the others of its input: its own proposals first, then the names that are known.

The one way in which the analysis of lines, the score and the training settle names.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from typing import TypeAlias

from nlp.readings import Name
from nlp.shared_names import SharedNames
from parsers.records.findings import SpanKind, TextFinding

LookAgain: TypeAlias = Callable[[Sequence[str], Container[str]], Iterable[list[Name]]]
"""Gives where each of some texts has known names (``nlp.analysis.Analyser.names_among``)."""


def numbers_of(finding: TextFinding) -> frozenset[str]:
    """Return the telephone numbers of a text, equal where they are one."""
    spans = [span for span in finding.spans if span.kind is SpanKind.NUMBER]
    return frozenset(span.canonical or "".join(filter(str.isdigit, span.surface)) for span in spans)


def settled_name(
    shared: SharedNames, text: str, wording: Hashable, proposals: Sequence[Name], look_again: LookAgain
) -> Name | None:
    """Return the name of an advert as its line usually calls itself; None: no name.

    Args:
        shared: What all adverts of the input propose.
        text: The advert.
        wording: As it was given to ``shared``.
        proposals: As they were given to ``shared``.
        look_again: Asked only where the words of the text say that it may bear a known name that it does not propose.
    """
    at = shared.settled(wording, proposals)
    if shared.may_bear_known(text, proposals, at):
        (known,) = look_again([text], shared.known)
        proposals = [*proposals, *known]
        at = shared.settled(wording, proposals)
    return None if at is None else proposals[at]._replace(canonical=shared.name(proposals[at].canonical))
