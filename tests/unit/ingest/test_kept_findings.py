from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.processes.text_findings import TextFindings, close_kept, kept_findings

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


def test_several_make_a_new_file_at_once(tmp_path: Path) -> None:
    """Two analysing processes begin with the first portions of a new data folder; none may fail for the other."""

    def opened(path: Path, together: threading.Barrier) -> bytes:
        together.wait()
        with TextFindings(path, "v1") as findings:
            findings.put([(KEY, b"finding")])
            return findings.get([KEY])[KEY]

    with ThreadPoolExecutor(4) as pool:
        for place in range(20):
            together = threading.Barrier(4)
            made = [pool.submit(opened, tmp_path / f"{place}.sqlite", together) for _ in range(4)]
            assert {each.result() for each in made} == {b"finding"}
