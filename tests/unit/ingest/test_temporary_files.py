"""Where libraries put their temporary files while data folders are written to."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ingest.assemble import _temporary_files_in


def test_folders_that_are_left_in_any_order_leave_nothing_behind(tmp_path: Path) -> None:
    before = os.environ.get("TMPDIR"), tempfile.tempdir
    one, other = _temporary_files_in(tmp_path / "one"), _temporary_files_in(tmp_path / "other")
    one.__enter__()
    other.__enter__()
    assert os.environ["TMPDIR"] == tempfile.tempdir == str(tmp_path / "other")
    one.__exit__(None, None, None)
    assert os.environ["TMPDIR"] == tempfile.tempdir == str(tmp_path / "other")
    other.__exit__(None, None, None)
    assert (os.environ.get("TMPDIR"), tempfile.tempdir) == before
