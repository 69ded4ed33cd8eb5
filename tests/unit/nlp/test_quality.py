"""Floors under the quality on hand-written texts. The batches were used for development: a fall is a regression, the
figures themselves are no promise for texts never seen (those are in each batch's provenance)."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.analysis import Analyser
from parsers.records.findings import TextFinding
from tests.unit.nlp.gold import BATCHES, advert_score, names_invented, names_right, read_batch, span_score


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [row for batch in BATCHES for row in read_batch(f"batch_{batch}")]


@pytest.fixture(scope="module")
def findings(analyser: Analyser, rows: list[dict[str, Any]]) -> list[TextFinding]:
    return list(analyser.find(row["text"] for row in rows))


def test_adverts_are_told_from_lookalikes(rows: list[dict[str, Any]], findings: list[TextFinding]) -> None:
    score = advert_score(rows, findings)
    assert score.precision >= 0.96
    assert score.recall >= 0.90


@pytest.mark.parametrize(("key", "floor"), [("drugs", 0.95), ("prices", 0.97), ("numbers", 0.99)])
def test_spans_are_exact(key: str, floor: float, rows: list[dict[str, Any]], findings: list[TextFinding]) -> None:
    assert span_score(rows, findings, key).f1 >= floor


def test_names_are_found_and_few_are_invented(rows: list[dict[str, Any]], findings: list[TextFinding]) -> None:
    right, named = names_right(rows, findings)
    invented, unnamed = names_invented(rows, findings)
    assert right / named >= 0.88
    assert invented / unnamed < 0.10


def test_personal_texts_are_hardly_ever_adverts(analyser: Analyser) -> None:
    ham = [row["text"] for row in read_batch("uci_ham")]
    assert len(ham) > 900
    assert sum(finding.is_advert for finding in analyser.find(ham)) <= 1


def test_adverts_of_one_group_have_one_template(rows: list[dict[str, Any]], findings: list[TextFinding]) -> None:
    groups: dict[str, set[str]] = {}
    for row, finding in zip(rows, findings, strict=True):
        if row["group"]:
            groups.setdefault(row["group"], set()).add(finding.template_id)
    assert {group: len(ids) for group, ids in groups.items()} == dict.fromkeys(groups, 1)
