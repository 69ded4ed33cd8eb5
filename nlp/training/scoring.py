"""Figures of a run on texts with truth, as MEASURES defines them, each with its interval.

Counts first, ratios last: figures of several batches are added up, never averaged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

import msgspec

from nlp.templates.families import group_templates
from nlp.training.corpora_reading import GoldText
from parsers.records.findings import NumberChangeRole, SpanKind, TextFinding

_Z: Final = 1.96
"""Of the normal distribution: intervals are of 95 %."""
_DIGITS_OF_NUMBER: Final = 10

Pair = tuple[GoldText, TextFinding]


class Counts(msgspec.Struct, frozen=True):
    """What was right, what was found and is not there, what is there and was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def interval(self) -> tuple[float, float]:
        """Bounds of F1, taken as a share of the decisions that it counts (Wilson)."""
        return wilson(2 * self.right, 2 * self.right + self.wrong + self.missed)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return the bounds of a share; 0 to 1 where nothing was counted (Wilson 1927)."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, _Z * _Z
    centre = share + square / (2 * count)
    spread = _Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    return (centre - spread) / (1 + square / count), (centre + spread) / (1 + square / count)


def advert_counts(pairs: Iterable[Pair]) -> Counts:
    """Count adverts over all texts."""
    found = Counter((gold.is_advert, finding.is_advert) for gold, finding in pairs)
    return Counts(found[True, True], found[False, True], found[True, False])


def false_alarms(pairs: Iterable[Pair]) -> dict[str, tuple[int, int]]:
    """Return, by family of what is no advert, how many were taken for one and how many there are."""
    flagged: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for gold, finding in pairs:
        if not gold.is_advert:
            total[gold.family] += 1
            flagged[gold.family] += finding.is_advert
    return {family: (flagged[family], total[family]) for family in sorted(total)}


def plain(name: str | None) -> str:
    """Return letters and digits of a name, case folded: how MEASURES compares names."""
    return "".join(char for char in (name or "").casefold() if char.isalnum())


def is_name_right(gold: GoldText, finding: TextFinding) -> bool:
    """Whether the line found is the canonical name or the surface."""
    return plain(finding.line) in {plain(gold.line), *(plain(mark.surface) for mark in gold.marked("line"))}


def _is_name_found(gold: GoldText, finding: TextFinding) -> bool:
    """Whether the name was found, be it taken for a form of another line's."""
    found = plain(finding.line_surface)
    return is_name_right(gold, finding) or any(plain(mark.surface) == found for mark in gold.marked("line"))


def names_right(pairs: Iterable[Pair]) -> tuple[int, int]:
    """Return how many of the adverts that name a line got its name, and how many there are."""
    named = [is_name_right(gold, finding) for gold, finding in pairs if gold.is_advert and gold.line]
    return sum(named), len(named)


def names_invented(pairs: Iterable[Pair]) -> tuple[int, int]:
    """Return how many of the adverts that name no line got a name, and how many there are."""
    found = [finding.line is not None for gold, finding in pairs if gold.is_advert and not gold.line]
    return sum(found), len(found)


def name_pairs(pairs: Iterable[Pair]) -> Counts:
    """Count pairs of ways in which the texts of one batch write a name: whether two are taken for one line's.

    Only of texts whose name was found, where it stands or by what it is: canonicalisation is judged apart from finding.
    """
    given: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for gold, finding in pairs:
        surfaces = [mark.surface.casefold() for mark in gold.marked("line")]
        if gold.is_advert and gold.line and surfaces and finding.line is not None and _is_name_found(gold, finding):
            given[gold.batch, gold.line].setdefault(surfaces[0], plain(finding.line))
    total = Counts()
    for batch in {batch for batch, _ in given}:
        rows = [(line, name) for (held, line), forms in given.items() if held == batch for name in forms.values()]
        lines, names, both = Counter(line for line, _ in rows), Counter(name for _, name in rows), Counter(rows)
        right, found, there = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, names, lines))
        total += Counts(right, found - right, there - right)
    return total


def _drugs(pair: Pair) -> tuple[Counter[object], Counter[object]]:
    gold, finding = pair
    truth = Counter[object]((name, mark.surface) for mark in gold.marked("drug") for name in mark.values)
    return truth, Counter((s.canonical, s.surface) for s in finding.spans if s.kind is SpanKind.DRUG)


def _prices(pair: Pair) -> tuple[Counter[object], Counter[object]]:
    gold, finding = pair
    truth = Counter[object](mark.surface for mark in gold.marked("price"))
    return truth, Counter(span.surface for span in finding.spans if span.kind is SpanKind.PRICE)


def _numbers(pair: Pair) -> tuple[Counter[object], Counter[object]]:
    gold, finding = pair
    truth = Counter[object](_last_digits(mark.surface) for mark in gold.marked("number"))
    return truth, Counter(_last_digits(span.surface) for span in finding.spans if span.kind is SpanKind.NUMBER)


def _hours(pair: Pair) -> tuple[Counter[object], Counter[object]]:
    return _surfaces(pair, "hours", SpanKind.HOURS)


def _offers(pair: Pair) -> tuple[Counter[object], Counter[object]]:
    return _surfaces(pair, "offer", SpanKind.OFFER)


def _places(pair: Pair) -> tuple[Counter[object], Counter[object]]:
    return _surfaces(pair, "place", SpanKind.PLACE)


def _surfaces(pair: Pair, mark: str, kind: SpanKind) -> tuple[Counter[object], Counter[object]]:
    gold, finding = pair
    truth = Counter[object](marked.surface for marked in gold.marked(mark))
    return truth, Counter(span.surface for span in finding.spans if span.kind is kind)


def is_change_right(pair: Pair) -> bool:
    """Whether the change of number has the right role and, by its last ten digits, the right number."""
    gold, finding = pair
    truth = (gold.change.role, key_of(gold.change.number)) if gold.change else (NumberChangeRole.NONE.value, None)
    found = finding.number_change
    return truth == (found.role.value, key_of(found.number))


def key_of(surface: str | None) -> str | None:
    """Return the last digits of a number, or its words where it is spelled."""
    return None if surface is None else _last_digits(surface) or plain(surface)


def changes_right(pairs: Iterable[Pair], *, announced: bool) -> tuple[int, int]:
    """Return how many texts that announce a change of number, or none, are right, and how many there are."""
    right = [is_change_right(pair) for pair in pairs if (pair[0].change is not None) == announced]
    return sum(right), len(right)


def _last_digits(surface: str) -> str:
    return "".join(char for char in surface.upper().replace("O", "0") if char.isdigit())[-_DIGITS_OF_NUMBER:]


TASKS: Final[Mapping[str, Callable[[Pair], tuple[Counter[object], Counter[object]]]]] = {
    "drugs": _drugs,
    "prices": _prices,
    "numbers": _numbers,
    "hours": _hours,
    "offers": _offers,
    "places": _places,
}
"""Spans by task: what is there and what was found, compared as MEASURES says."""


def span_counts(pairs: Iterable[Pair], task: str) -> Counts:
    """Count the spans of one task."""
    total = Counts()
    for pair in pairs:
        truth, found = TASKS[task](pair)
        hits = (truth & found).total()
        total += Counts(hits, found.total() - hits, truth.total() - hits)
    return total


def b_cubed(wordings: Sequence[str], clusters: Sequence[str]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 of clusters against wordings, each by item (Bagga and Baldwin 1998)."""
    if not wordings:
        return 1.0, 1.0, 1.0
    both = Counter(zip(wordings, clusters, strict=True))
    of_wording, of_cluster = Counter(wordings), Counter(clusters)
    precision = sum(count * count / of_cluster[cluster] for (_, cluster), count in both.items()) / len(wordings)
    recall = sum(count * count / of_wording[wording] for (wording, _), count in both.items()) / len(wordings)
    return precision, recall, 2 * precision * recall / (precision + recall)


def clusters_of(findings: Iterable[TextFinding]) -> list[str]:
    """Return the cluster of each finding among all of them, as ``trapline analyse`` gives it."""
    ids = [(finding.template_id, finding.template or "") for finding in findings]
    groups = group_templates(dict(ids))
    return [groups[template_id] for template_id, _ in ids]
