"""What a child process gets of the environment: its scratch folder, and one thread of arithmetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.assemble import _child_environment


def test_a_child_has_one_thread_of_arithmetic_whatever_the_service_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "8")
    environment = _child_environment(tmp_path)
    assert environment["OPENBLAS_NUM_THREADS"] == "1"
    assert environment["TMPDIR"] == environment["SQLITE_TMPDIR"] == str(tmp_path)
