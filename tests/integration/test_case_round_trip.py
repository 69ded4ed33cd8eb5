"""The CASE export of a data folder, taken in again: the same devices, and the same facts listed twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.assemble import open_workspace
from ingest.demo.cast import imei
from ingest.export.export_case import ENDING, CaseLines
from ingest.export.export_records import export_records
from ingest.selection import Selection
from tests.fakes.drops import drop, exported, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")


async def bundle_of(data_dir: Path, path: Path, *kinds: str) -> Path:
    written: list[bytes] = []
    async with open_workspace(settings_for(data_dir)) as workspace:
        await export_records(workspace, Selection(), kinds, CaseLines(), written.append, ending=ENDING)
    return put(path, b"".join(written))


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


async def test_the_identity_that_a_sidecar_states_comes_back(tmp_path: Path) -> None:
    shared = ("on my way", "who is this")
    for name, bodies in (("a", shared), ("b", (*shared, "later")), ("c", shared)):
        path = drop(
            tmp_path / "drops", name, place=None, case_ref=None, exhibit_ref=None, only_bodies=True, bodies=bodies
        )
        stated = f'imei = "{imei(8 if name == "c" else 7)}"\n'
        path.with_name(f"{path.name}.trapline.toml").write_text(stated, encoding="utf-8")
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        before = await taken(workspace, tmp_path / "drops")
        records = await exported(workspace)
    bundle = await bundle_of(tmp_path / "data", tmp_path / "bundle.jsonld")
    async with open_workspace(settings_for(tmp_path / "again"), is_writer=True) as workspace:
        after = await taken(workspace, bundle)
        again = await exported(workspace)
    assert sorted(str(each["device_id"]) for each in after) == sorted(str(each["device_id"]) for each in before)
    assert len({each["device_id"] for each in after}) == 2
    copies = [sum(record["duplicate_of"] is not None for record in each) for each in (records, again)]
    assert copies == [2, 2]


async def test_a_bundle_of_one_kind_has_one_head(tmp_path: Path) -> None:
    """Extractions of which nothing is looked at write nothing."""
    for place, only_bodies in enumerate((True, True, False, True), start=1):
        drop(tmp_path / "drops", f"h{place}", place=place, only_bodies=only_bodies, bodies=(f"text {place}",))
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        await taken(workspace, tmp_path / "drops")
    bundle = await bundle_of(tmp_path / "data", tmp_path / "calls.jsonld", "call")
    nodes = json.loads(bundle.read_bytes())["@graph"]
    assert sum(node["@type"] == "uco-observable:Call" for node in nodes) == 1
    nothing = await bundle_of(tmp_path / "data", tmp_path / "none.jsonld", "sim")
    assert nothing.read_bytes() == b""
