"""The doctor looks at the index and at the place of the data folder, and changes neither."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ingest.assemble import open_workspace
from ingest.doctor_checks import index_check, local_checks
from tests.fakes.drops import drop, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")


async def test_the_index_is_looked_at_as_it_is_and_none_is_made(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    async with open_workspace(settings, is_writer=True) as workspace:
        await taken(workspace, drop(tmp_path / "drops", "one"))
    index = tmp_path / "data" / "index.sqlite"
    before = index.read_bytes(), index.stat().st_mtime_ns
    sound = await index_check(settings)
    assert sound.is_sound
    assert sound.detail.endswith(" ready")
    assert (index.read_bytes(), index.stat().st_mtime_ns) == before
    with sqlite3.connect(index) as held:
        held.execute("UPDATE made_with SET value = '0' WHERE name = 'tables'")
    held.close()
    outdated = await index_check(settings)
    assert not outdated.is_sound
    assert "made by another version" in outdated.detail
    index.unlink()
    lost = await index_check(settings)
    assert (lost.is_sound, lost.detail) == (False, "there is none, and extractions are held: 1")
    assert lost.remedy is not None
    assert "trapline rebuild" in lost.remedy
    assert not index.exists(), "an empty one would be taken for ready"


async def test_a_data_folder_in_which_nothing_was_read_lacks_no_index(tmp_path: Path) -> None:
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True):
        pass
    assert (await index_check(settings_for(tmp_path / "data"))).is_sound
    assert not (tmp_path / "data" / "index.sqlite").exists()


def test_a_folder_of_other_files_is_no_place_for_a_data_folder(tmp_path: Path) -> None:
    drop(tmp_path / "case", "one")
    (found,) = (check for check in local_checks(settings_for(tmp_path / "case")) if check.name == "data folder")
    assert not found.is_sound
    assert "no data folder of Trapline" in found.detail
