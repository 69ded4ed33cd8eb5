from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ingest.decisions import Amendment, DecisionJournal


def test_later_corrections_are_laid_over_earlier_ones(tmp_path: Path) -> None:
    decisions = DecisionJournal(tmp_path / "decisions.jsonl", lambda: datetime(2026, 11, 25, tzinfo=UTC))
    decisions.amend("ex-1", Amendment(case_ref="OP A", exhibit_ref="A/1"), "label misread")
    decisions.amend("ex-2", Amendment(case_ref="OP B"), "wrong case")
    decisions.amend("ex-1", Amendment(exhibit_ref=""), "not an exhibit")
    again = DecisionJournal(tmp_path / "decisions.jsonl", lambda: datetime(2026, 11, 26, tzinfo=UTC))
    assert again.amendments() == {
        "ex-1": Amendment(case_ref="OP A", exhibit_ref=""),
        "ex-2": Amendment(case_ref="OP B"),
    }
    assert again.count() == again.verify() == 3
