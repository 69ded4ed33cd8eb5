"""What the suites of the service share."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.processes import worker_process
from tests.fakes.quick_analysis import QUICK_JOBS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def quick_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an analysis that loads in no time in the place of the real one, in this process's children."""
    monkeypatch.setattr(worker_process, "JOBS", QUICK_JOBS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
