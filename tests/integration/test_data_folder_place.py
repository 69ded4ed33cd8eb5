"""A folder of other files becomes no data folder; one that is new, or that a first run left, does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.assemble import open_workspace
from ingest.error_codes import code_of
from ingest.errors import DataFolderRefused
from tests.fakes.drops import drop, settings_for


async def opened(folder: Path) -> None:
    async with open_workspace(settings_for(folder), is_writer=True):
        pass


async def test_a_folder_of_evidence_becomes_no_data_folder(tmp_path: Path) -> None:
    case = tmp_path / "case"
    for place in range(1, 6):
        drop(case, f"HW-{place}", place=place)
    with pytest.raises(DataFolderRefused) as refused:
        await opened(case)
    assert str(refused.value) == (
        f"The data folder {case} cannot be used: it holds other files (HW-1.xml, HW-2.xml, HW-3.xml and 2 more) and is"
        " no data folder of Trapline, which puts nothing beside evidence; name a new or an empty folder with --data."
    )
    assert code_of(refused.value) == 2
    assert len(list(case.iterdir())) == 5, "nothing was made there"


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("lock",),
        ("lock", "tmp/"),
        ("vault/",),
        ("lost+found/", ".DS_Store"),
        ("case.toml", "demonstration/", "trapline.log"),
    ],
)
async def test_a_folder_that_is_new_or_was_just_begun_is_taken(tmp_path: Path, names: tuple[str, ...]) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for name in names:
        if name.endswith("/"):
            (data_dir / name).mkdir()
        else:
            (data_dir / name).touch()
    await opened(data_dir)
    assert (data_dir / "journal.sqlite").exists()


async def test_a_data_folder_with_files_of_others_in_it_goes_on(tmp_path: Path) -> None:
    await opened(tmp_path / "data")
    (tmp_path / "data" / "report.html").touch()
    await opened(tmp_path / "data")
    (tmp_path / "data" / "journal.sqlite").unlink()
    await opened(tmp_path / "data")
