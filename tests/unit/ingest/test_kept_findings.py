from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.text_findings import TextFindings, close_kept, kept_findings

KEY = b"\x01" * 16


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_kept()


def test_the_file_stays_open_for_the_next_portion(tmp_path: Path) -> None:
    first = kept_findings(tmp_path / "texts.sqlite", "1")
    assert kept_findings(tmp_path / "texts.sqlite", "1") is first


def test_another_process_sees_what_was_kept(tmp_path: Path) -> None:
    kept_findings(tmp_path / "texts.sqlite", "1").put([(KEY, b"found")])
    with TextFindings(tmp_path / "texts.sqlite", "1") as other:
        assert other.get([KEY]) == {KEY: b"found"}


def test_another_version_has_findings_of_its_own(tmp_path: Path) -> None:
    kept_findings(tmp_path / "texts.sqlite", "1").put([(KEY, b"found")])
    assert kept_findings(tmp_path / "texts.sqlite", "2").get([KEY]) == {}


def test_a_file_that_was_thrown_away_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "texts.sqlite"
    kept_findings(path, "1").put([(KEY, b"found")])
    for part in tmp_path.iterdir():
        part.unlink()
    assert kept_findings(path, "1").get([KEY]) == {}
    kept_findings(path, "1").put([(KEY, b"again")])
    assert path.is_file()
