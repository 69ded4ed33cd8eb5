"""Files that a verb reads: what is not there, and what is a folder, is said in the same way by all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.settings import NlpSettings
from ingest.analyse_lines import open_lines
from ingest.backup import restore
from ingest.command_errors import FileMissing, NothingThere
from ingest.error_codes import sentence_of_error
from ingest.errors import BackupRefused
from ingest.exit_codes import ExitCode
from ingest.input_files import check_paths, existing_file
from ingest.lexicon_checks import check_lexicons, exit_code_of
from parsers.errors import InputRefused


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("none", FileMissing, "There is nothing at {path}. Check"), ("folder", InputRefused, "This is a folder")],
)
def test_what_is_no_file_is_said(tmp_path: Path, name: str, kind: type[Exception], said: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(kind) as refused:
        existing_file(tmp_path / name)
    assert said.format(path=tmp_path / name) in sentence_of_error(refused.value)
    with pytest.raises(kind), open_lines(tmp_path / name):
        pass
    checks = check_lexicons([tmp_path / name], NlpSettings(lexicon_dirs=()))
    assert exit_code_of(checks) is ExitCode.REFUSED
    assert "save it as UTF-8" not in str(checks[-1]["refusal"])


def test_paths_with_nothing_at_them_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    # What cannot be looked at, as a path longer than systems take, is refused with a receipt of its own.
    check_paths([tmp_path / "there", tmp_path / "link", tmp_path.joinpath(*["n" * 200] * 25)])
    missing = [tmp_path / "gone", tmp_path / "there" / "below"]
    with pytest.raises(NothingThere) as refused:
        check_paths([missing[0], tmp_path / "there", missing[1]])
    assert f"There is nothing at {missing[0]}, {missing[1]}, so nothing" in str(refused.value)


async def test_what_is_no_backup_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(BackupRefused, match="it is no backup of a data folder"):
        await restore(tmp_path / "folder", tmp_path / "data")
    with pytest.raises(FileMissing):
        await restore(tmp_path / "none", tmp_path / "data")
    assert os.listdir(tmp_path) == ["folder"]  # noqa: PTH208  # iterdir blocks as well
