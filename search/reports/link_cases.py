"""Which links join phones of different cases, told first: within one case most are known to whoever works on it.

Two phones that receive one line's adverts are linked as well as its own phone and theirs; how many links have one of
the line's own phones is told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.counting_order import counting_order
from search.linkage.phrases import counted
from search.reports.cuts import Cut, cut
from search.reports.line_phones import OWN_PHONE

Item = Mapping[str, Any]

PAIRS_SHOWN: Final = 8
LINES_NAMED: Final = 3
LINKS_NAMED: Final = 3
OWN_WORDS: Final = "a phone that sent adverts or has a number of the line"


BY_DECISION_WORDS: Final = "by decision: a person took two lines for one, or confirmed it"


class CasePair(msgspec.Struct, frozen=True):
    """Strong links between phones of two cases.

    Attributes:
        cases: Both, in words.
        own: Of the links those with a phone that sent adverts of the line or has its number.
        named: The first of them, as the names of their phones.
        line_ids: Lines that tie them, that of most links first.
    """

    cases: str
    total: int
    own: int
    named: tuple[tuple[str, str], ...]
    line_ids: tuple[str, ...]


class LinkCases(msgspec.Struct, frozen=True):
    """How many strong links join phones of different cases, and of one; of others a case is not stated.

    Attributes:
        own: Of those across cases such with a phone that sent adverts of a line or has its number.
        by_decision: Links that hold because a person took two lines for one, or said so of the two;
            the other counts have none of them.
        own_all: Of all by evidence such with a phone that sent adverts of a line or has its number.
        moderate_by_decision: As ``by_decision``, of moderate links.
    """

    across: int
    own: int
    within: int
    unknown: int
    pairs: Cut
    by_decision: int = 0
    own_all: int = 0
    moderate_by_decision: int = 0

    @property
    def across_words(self) -> str:
        """What the links across cases do, to be put behind their count; how many have one of a line's own phones."""
        own = f"{self.own} of them with" if self.own else "none of them with"
        return f"{_join(self.across)} phones of different cases, {own} {OWN_WORDS}"

    @property
    def words(self) -> str:
        """What the links join, the count of those across cases aside; last how many are by decision alone."""
        rest = [*self._within_words, f"{self.by_decision} {BY_DECISION_WORDS}" if self.by_decision else ""]
        return "; ".join(filter(None, rest))

    @property
    def evidence_words(self) -> str:
        """As ``words``, of those by evidence alone."""
        return "; ".join(self._within_words)

    @property
    def _within_words(self) -> list[str]:
        rest = [f"{self.within} {_join(self.within)} phones of one case"] if self.within else []
        rest += [f"of {self.unknown} a case is not stated"] if self.unknown else []
        return rest

    @property
    def decided_words(self) -> str:
        """How many links come beside those by evidence, in words; empty where none does."""
        if not self.moderate_by_decision:
            return f"{self.by_decision} more {BY_DECISION_WORDS}" if self.by_decision else ""
        total = self.by_decision + self.moderate_by_decision
        bands = f"{self.by_decision} strong, {self.moderate_by_decision} moderate"
        return f"{total} more ({bands}) {BY_DECISION_WORDS}"


def _join(count: int) -> str:
    return "joins" if count == 1 else "join"


def linked_figure(joined: LinkCases, strong: int, moderate: int) -> tuple[str, str, str]:
    """Return what the first page counts of links: a figure, of how many that is, and what it counts.

    Args:
        joined: What the strong links join.
        strong: How many there are, with those by decision, which are told apart and not in the figure.
        moderate: How many moderate links there are, with those by decision likewise.
    """
    strong -= joined.by_decision
    moderate -= joined.moderate_by_decision
    decided = f"; {joined.decided_words}" if joined.decided_words else ""
    if not joined.across:
        own = f", {joined.own_all or 'none'} of them with {OWN_WORDS}" if strong else ""
        words = f"strong link{'' if strong == 1 else 's'} between phones{own}, and {moderate} moderate; "
        return str(strong), "", f"{words}none joins phones of different cases{decided}"
    rest = (f": {joined.evidence_words}" if joined.evidence_words else "") + decided
    words = (
        f"strong link{'' if joined.across == 1 else 's'} across cases with {OWN_WORDS}; all others are between phones "
        f"that received adverts or were in touch. {counted(strong, 'strong link')} in all{rest}. "
        f"{counted(moderate, 'moderate link')}"
    )
    return str(joined.own), f"of {joined.across}", words


def is_across(link: Item, cases: Mapping[str, Collection[str]]) -> bool:
    """Whether both phones are of known cases, and of none in common."""
    a, b = cases[link["a_device_id"]], cases[link["b_device_id"]]
    return bool(a) and bool(b) and set(a).isdisjoint(b)


def link_cases(
    links: Iterable[Item],
    lines: Iterable[Item],
    cases: Mapping[str, Sequence[str]],
    labels: Mapping[str, str],
    moderate: Iterable[Item] = (),
) -> LinkCases:
    """Return what links join.

    Args:
        links: Those of the strongest band.
        lines: Lines of the report.
        cases: Of each device.
        labels: How the page names each device.
        moderate: Links of the next band, of which those by decision are counted.
    """
    strong = list(links)
    by_evidence = [link for link in strong if not link.get("is_by_decision")]
    own: dict[str, set[str]] = {
        line["line_id"]: {row["device_id"] for row in line["devices"] if row["relation"] in OWN_PHONE} for line in lines
    }
    within = unknown = own_all = 0
    held: dict[tuple[str, str], list[tuple[int, str, str, Item]]] = defaultdict(list)
    for link in by_evidence:
        ends = (link["a_device_id"], link["b_device_id"])
        count = max((sum(end in own.get(key, ()) for end in ends) for key in link["line_ids"]), default=0)
        own_all += count > 0
        if is_across(link, cases):
            named = sorted(
                ((", ".join(cases[end]), labels[end]) for end in ends),
                key=lambda pair: (pair[0], counting_order(pair[1])),
            )
            held[named[0][0], named[1][0]].append((-count, named[0][1], named[1][1], link))
        elif all(cases[end] for end in ends):
            within += 1
        else:
            unknown += 1
    ordered = cut(sorted(held, key=lambda pair: (-len(held[pair]), pair)), PAIRS_SHOWN)
    return LinkCases(
        across=sum(map(len, held.values())),
        own=sum(count < 0 for links_held in held.values() for count, *_ in links_held),
        within=within,
        unknown=unknown,
        pairs=Cut(tuple(_pair(pair, held[pair]) for pair in ordered.items), ordered.total),
        by_decision=len(strong) - len(by_evidence),
        own_all=own_all,
        moderate_by_decision=sum(bool(link.get("is_by_decision")) for link in moderate),
    )


def _pair(cases: tuple[str, str], links: Sequence[tuple[int, str, str, Item]]) -> CasePair:
    counts = Counter(line_id for *_, link in links for line_id in link["line_ids"])
    own = sorted(
        (held[:3] for held in links if held[0]),
        key=lambda held: (held[0], counting_order(held[1]), counting_order(held[2])),
    )
    return CasePair(
        cases=" and ".join(cases),
        total=len(links),
        own=len(own),
        named=tuple((a, b) for _, a, b in own[:LINKS_NAMED]),
        line_ids=tuple(sorted(counts, key=lambda key: (-counts[key], key))),
    )
