"""Which line the adverts of several extractions name, beside each other: what an export states of them.

What a text says of its line when it is read alone stays as it is stored, so that edges can stand under it before all
extractions are there: "Smoky joe on" of a phone with three adverts is no name yet, or ``Smoky``. Beside the others it
is settled as ``trapline analyse`` settles an input, with one thing more that a text does not hold: who sent it. Two
forms of a name that one number sends in one month are tied as by a number in the text; two that seven wordings each
bear, never from one number, are two lines'.

A name goes from some adverts to others only where a number that sent the one sent the other within a month of it: who
buys of Jay and of Jay R has both on one phone, and whoever drops "all over kent" is no line of that name because a
customer of his buys of Kent too. A sender that is no number is one on one phone alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from nlp.analysis import Analyser
from nlp.nicknames.name_forms import name_key
from nlp.nicknames.shared_names import RULE_ELSEWHERE, RULE_NOT_ELSEWHERE
from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.settled_input import AdvertRow, Rows, SettledInput
from parsers.records.findings import TextFinding
from search.contract import Edge, EdgeKind, TemplateEntry
from search.linkage.keys import is_number

_MONTHS: Final = 12
_Borne: TypeAlias = tuple[str, str]
"""Template id of a wording and the name that it has by itself; empty: none."""


class LineName(NamedTuple):
    """What a text calls its line, and by which rule; ``rule`` is None where it is what the text says by itself."""

    line: str | None
    surface: str | None
    rule: str | None = None


class LineNames:
    """Gives the name under which the line of an advert is stated.

    Args:
        version: Of the analysis that settled the names; what another one found stays as it is.
        of_text: The names that are others than those that the texts have by themselves.
        of_wording: The same of wordings all texts of which have one, for such texts as no wording keeps.
    """

    def __init__(
        self, version: str, of_text: Mapping[str, LineName], of_wording: Mapping[_Borne, Collection[LineName]]
    ) -> None:
        self._version = version
        self._of_text = of_text
        self._of_wording = of_wording

    def of(self, finding: TextFinding, text: str) -> LineName:
        """Return the name of the line of a text, of which the finding was made."""
        alone = LineName(finding.line, finding.line_surface)
        if not finding.is_advert or finding.nlp_version != self._version:
            return alone
        if (settled := self._of_text.get(text)) is not None:
            return settled
        for name in self._of_wording.get((finding.template_id, finding.line or ""), ()):
            if name.surface is None:
                return name
            if found := re.search(rf"(?<!\w){re.escape(name.surface)}(?!\w)", text, re.IGNORECASE):
                return name._replace(surface=found[0])
        return alone


NO_NAMES: Final = LineNames("", {}, {})


class NameEvidence:
    """Takes in what extractions hold of adverts: which texts there are, and who sent which name to which phone."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}
        self._sent: dict[_Borne, set[str]] = {}

    @property
    def has_adverts(self) -> bool:
        """Whether any advert was taken in."""
        return bool(self._texts)

    def add_template(self, entry: TemplateEntry) -> None:
        """Take in a wording; one that has no advert changes nothing."""
        if entry.is_advert:
            self._texts.update((text, None) for text, _, _ in entry.variants)

    def add_edge(self, edge: Edge) -> None:
        """Take in who sent adverts of a wording; other edges change nothing."""
        if edge.kind is EdgeKind.ADVERT:
            borne = edge.other, edge.label
            sender = edge.key if is_number(edge.key) else f"{edge.extraction_id} {edge.key}"
            self._sent.setdefault(borne, set()).update(f"{sender} {month}" for month in _months(edge))

    def settled(self, analyser: Analyser, adverts: Rows[AdvertRow], near: Rows[NearAdvert]) -> LineNames:
        """Return the names of the adverts beside each other; the same in whatever order they were taken in.

        Args:
            analyser: Looks at the texts again.
            adverts: Keeps the adverts meanwhile; empty.
            near: Keeps nothing: which texts are adverts each phone says.
        """
        beside = SettledInput(analyser, adverts, near, is_told=True)
        texts = sorted(self._texts)
        alone: dict[int, tuple[str, LineName]] = {}
        for at, (finding, names) in enumerate(analyser.find_with_names(texts)):
            if finding.is_advert:
                beside.add(at, texts[at], finding, names, self._sent.get(_borne(finding), ()))
                alone[at] = finding.template_id, LineName(finding.line, finding.line_surface)
        bearers = self._bearers()
        named = {at: name for at, (_, name) in alone.items()}
        for each in beside.settled():
            wording, own = alone[each.key]
            line = each.finding.line
            if line is None or self._goes((wording, own.line or ""), line, bearers):
                rule = RULE_NOT_ELSEWHERE if line is None else RULE_ELSEWHERE
                named[each.key] = LineName(line, each.finding.line_surface, rule)
        of_text = {texts[at]: name for at, name in named.items() if name.rule is not None}
        return LineNames(analyser.nlp_version, of_text, _of_wordings(alone, named))

    def _bearers(self) -> dict[str, set[str]]:
        """Return who sent each name, by its key: senders, each with a month."""
        found: dict[str, set[str]] = defaultdict(set)
        for (_, name), sent in self._sent.items():
            if name:
                found[name_key(name)] |= sent
        return found

    def _goes(self, borne: _Borne, line: str, bearers: Mapping[str, set[str]]) -> bool:
        """Whether a name may go to an advert that has another one or none by itself."""
        theirs = bearers.get(name_key(line))
        # A name that no text has by itself is one that all have in part.
        if theirs is None or (borne[1] and name_key(borne[1]) == name_key(line)):
            return True
        return not theirs.isdisjoint(self._sent.get(borne, ()))


def _borne(finding: TextFinding) -> _Borne:
    return finding.template_id, finding.line or ""


def _months(edge: Edge) -> Iterator[int | None]:
    """Yield the months in which a sender sent, and the one after; None of an edge without an instant."""
    if edge.first_at is None:
        yield None
    else:
        yield from range(_month(edge.first_at), _month(edge.last_at or edge.first_at) + 2)


def _month(instant: str) -> int:
    return _MONTHS * int(instant[:4]) + int(instant[5:7])


def _of_wordings(
    alone: Mapping[int, tuple[str, LineName]], named: Mapping[int, LineName]
) -> dict[_Borne, list[LineName]]:
    """Return the other name of wordings that have one in all their texts, once for each way in which it is written."""
    lines: dict[_Borne, set[LineName]] = defaultdict(set)
    for at, (wording, own) in alone.items():
        lines[wording, own.line or ""].add(named[at])
    return {
        borne: sorted({name._replace(surface=name.surface and name.surface.casefold()) for name in names}, key=repr)
        for borne, names in lines.items()
        if len({name.line for name in names}) == 1 and all(name.rule is not None for name in names)
    }
