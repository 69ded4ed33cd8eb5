from __future__ import annotations

from pathlib import Path

import pytest

from ingest.processes.text_findings import TextFindings
from ingest.processes.text_spill import TextSpill, portions, texts_of


def spilled(folder: Path) -> list[str]:
    return [text for portion in portions(folder) for text in texts_of(portion)]


def test_texts_come_out_once_in_order_and_in_portions(tmp_path: Path) -> None:
    spill = TextSpill(tmp_path, 10)
    for n in range(25):
        spill.add(f"text {n}")
        spill.add("again")
    assert spill.close() == 3
    assert spilled(tmp_path) == ["text 0", "again", *(f"text {n}" for n in range(1, 25))]


def test_odd_texts_survive(tmp_path: Path) -> None:
    texts = ["\ud83d lone", "\x00", "\U0001f600", " "]
    spill = TextSpill(tmp_path, 10)
    for text in texts:
        spill.add(text)
    spill.close()
    assert spilled(tmp_path) == texts


def test_long_texts_end_a_portion_early(tmp_path: Path) -> None:
    spill = TextSpill(tmp_path, 1000)
    for n in range(4):
        spill.add(str(n) * 1_500_000)
    assert spill.close() == 2


def test_no_texts_make_no_portion(tmp_path: Path) -> None:
    assert TextSpill(tmp_path, 10).close() == 0
    assert portions(tmp_path) == []


def test_findings_are_kept_by_version_and_the_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "texts.sqlite"
    ids = [n.to_bytes(16, "big") for n in range(1200)]
    with TextFindings(path, "1 a") as old, TextFindings(path, "1 b") as new:
        old.put((key, b"old") for key in ids)
        old.put([(ids[0], b"other")])
        assert old.get([*ids, b"x" * 16]) == dict.fromkeys(ids, b"old")
        assert new.get(ids) == {}
        new.put([(ids[0], b"new")])
    with TextFindings(path, "1 b") as again:
        assert again.get(ids) == {ids[0]: b"new"}


def test_a_put_that_fails_keeps_nothing(tmp_path: Path) -> None:
    with TextFindings(tmp_path / "texts.sqlite", "1 a") as kept:
        with pytest.raises(Exception, match="NOT NULL"):
            kept.put([(b"a" * 16, b"x"), (b"b" * 16, None)])  # type: ignore[list-item]  # what must not happen
        assert kept.get([b"a" * 16, b"b" * 16]) == {}
