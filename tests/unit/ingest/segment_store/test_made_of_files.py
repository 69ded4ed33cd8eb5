"""What was made of a file is kept for as long as the file lies there as it did, and for as long as there is room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.segment_store.made_of_files import MadeOfFiles


class Maker:
    """Makes the content of a file, and counts how often."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        return self.path.read_bytes()


def test_a_file_is_read_once(tmp_path: Path) -> None:
    made, maker = MadeOfFiles(), Maker(tmp_path / "a")
    maker.path.write_bytes(b"one")
    assert [made.of(str(maker.path), "whole", maker, len) for _ in range(3)] == [b"one"] * 3
    assert maker.count == 1
    made.of(str(maker.path), "other name", maker, len)
    assert maker.count == 2


def test_another_file_in_its_place_is_read(tmp_path: Path) -> None:
    made, maker = MadeOfFiles(), Maker(tmp_path / "a")
    maker.path.write_bytes(b"one")
    made.of(str(maker.path), "whole", maker, len)
    (tmp_path / "b").write_bytes(b"two")
    os.utime(tmp_path / "b", ns=(0, maker.path.stat().st_mtime_ns))
    (tmp_path / "b").replace(maker.path)
    assert made.of(str(maker.path), "whole", maker, len) == b"two"


def test_of_a_file_that_is_gone_its_maker_says_so(tmp_path: Path) -> None:
    made, maker = MadeOfFiles(), Maker(tmp_path / "a")
    maker.path.write_bytes(b"one")
    made.of(str(maker.path), "whole", maker, len)
    maker.path.unlink()
    with pytest.raises(FileNotFoundError):
        made.of(str(maker.path), "whole", maker, len)


def test_what_does_not_hold_any_more_is_made_again(tmp_path: Path) -> None:
    made, maker = MadeOfFiles(), Maker(tmp_path / "a")
    maker.path.write_bytes(b"one")
    made.of(str(maker.path), "whole", maker, len)
    made.of(str(maker.path), "whole", maker, len, holds=lambda whole: whole == b"one")
    assert maker.count == 1
    made.of(str(maker.path), "whole", maker, len, holds=lambda whole: whole == b"two")
    assert maker.count == 2


def test_memory_is_bounded_and_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    made = MadeOfFiles(most_bytes=5_000)
    makers = [Maker(tmp_path / str(number)) for number in range(4)]
    for maker in makers:
        maker.path.write_bytes(b"x" * 1_500)
        made.of(str(maker.path), "whole", maker, len)
        made.of(str(makers[0].path), "whole", makers[0], len)
        assert made.byte_count <= 5_000
    for maker in makers:
        made.of(str(maker.path), "whole", maker, len)
    assert makers[0].count == 1
    assert makers[1].count == 2


def test_what_is_larger_than_all_that_is_kept_is_not(tmp_path: Path) -> None:
    made, maker, small = MadeOfFiles(most_bytes=5_000), Maker(tmp_path / "a"), Maker(tmp_path / "b")
    maker.path.write_bytes(b"x" * 10_000)
    small.path.write_bytes(b"x")
    made.of(str(small.path), "whole", small, len)
    assert len(made.of(str(maker.path), "whole", maker, len)) == 10_000
    made.of(str(maker.path), "whole", maker, len)
    made.of(str(small.path), "whole", small, len)
    assert (maker.count, small.count) == (2, 1)
