"""What lies in a watched folder and is no drop."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.left_lying import LeftLying, unfinished_suffix


@pytest.mark.parametrize(
    "suffix", [".filepart", ".crdownload", ".part", ".partial", ".tmp", ".!ut", ".download", ".PART", ".aria2"]
)
def test_the_end_of_a_name_says_that_a_copy_is_unfinished(suffix: str) -> None:
    assert unfinished_suffix(f"texts.csv{suffix}") == suffix.casefold()


@pytest.mark.parametrize("name", ["texts.csv", "part", "a.parts", "download.zip", "x.tmp.xml"])
def test_any_other_name_does_not(name: str) -> None:
    assert unfinished_suffix(name) is None


def test_each_is_told_of_once_and_again_where_it_stays_or_comes_back(tmp_path: Path) -> None:
    told: list[str] = []
    left, copying = LeftLying(told.append, 60.0), tmp_path / "a.csv.part"
    copying.touch()
    assert all(left.leaves(copying, now) for now in (0.0, 30.0, 60.0, 90.0))
    assert [" still " in sentence for sentence in told] == [False, True]
    left.forget_all_but(())
    assert left.leaves(copying, 100.0)
    assert len(told) == 3
