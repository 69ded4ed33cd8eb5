"""The hand-written texts with their truth, and the figures of a run on them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.records.findings import SpanKind, TextFinding

TEXTS = Path(__file__).parent / "texts"
BATCHES = ("a", "b", "c", "d")


def read_batch(name: str) -> list[dict[str, Any]]:
    """Return the rows of a batch without its head line."""
    lines = (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


@dataclass(frozen=True)
class Score:
    """Counts of right, wrong and missed things."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def advert_score(rows: Sequence[dict[str, Any]], findings: Sequence[TextFinding]) -> Score:
    pairs = Counter((bool(row["is_advert"]), f.is_advert) for row, f in zip(rows, findings, strict=True))
    return Score(pairs[True, True], pairs[False, True], pairs[True, False])


def span_score(rows: Sequence[dict[str, Any]], findings: Sequence[TextFinding], key: str) -> Score:
    """Score drugs (canonical name and surface), prices or numbers (surface) where the truth is stated."""
    kind = {"drugs": SpanKind.DRUG, "prices": SpanKind.PRICE, "numbers": SpanKind.NUMBER}[key]
    right = wrong = missed = 0
    for row, finding in zip(rows, findings, strict=True):
        if row[key] is None:
            continue
        spans = [span for span in finding.spans if span.kind is kind]
        is_drug = kind is SpanKind.DRUG
        found = Counter((s.canonical, s.surface) if is_drug else s.surface for s in spans)
        truth = Counter(tuple(item) if is_drug else item for item in row[key])
        hits = sum((found & truth).values())
        right += hits
        wrong += found.total() - hits
        missed += truth.total() - hits
    return Score(right, wrong, missed)


def names_right(rows: Iterable[dict[str, Any]], findings: Iterable[TextFinding]) -> tuple[int, int]:
    """Return how many adverts that name a line got its name, and how many name one."""
    pairs = [(row["line"], f.line) for row, f in zip(rows, findings, strict=True) if row["is_advert"] and row["line"]]
    return sum(_plain(line) == _plain(found or "") for line, found in pairs), len(pairs)


def names_invented(rows: Iterable[dict[str, Any]], findings: Iterable[TextFinding]) -> tuple[int, int]:
    """Return how many adverts that name no line got a name, and how many name none."""
    found = [f.line for row, f in zip(rows, findings, strict=True) if row["is_advert"] and not row["line"]]
    return sum(line is not None for line in found), len(found)


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())
