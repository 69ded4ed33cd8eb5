"""Wordings that are one have one template in the export of a whole data folder, whichever extraction holds which."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.assemble import Workspace, open_workspace
from ingest.export.export_records import export_records, json_lines
from ingest.selection import Selection
from tests.fakes.drops import exported, settings_for, taken

TYPED = ("Rico about all day in the town both bell me", "rico about all day in town, both, bell me x")
OTHER = "Marlo line back on 3 for 25 ring now"


def backup(folder: Path, place: int, *bodies: str) -> Path:
    rows = "".join(
        f'<sms protocol="0" address="+44770090000{place}" date="{1_704_103_200_000 + 86_400_000 * at}" type="1" '
        f'body="{body}" read="1" status="-1" />'
        for at, body in enumerate(bodies)
    )
    path = folder / f"sms-2024010{place}.xml"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?><smses count="{len(bodies)}">{rows}</smses>', "utf-8")
    return path


async def test_wordings_that_are_one_are_exported_as_one_template(tmp_path: Path) -> None:
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        await taken(workspace, backup(tmp_path, 1, TYPED[0], OTHER), backup(tmp_path, 2, TYPED[1]))
        of_text = {str(row["body"]): row["analysis"] for row in await exported(workspace) if row["kind"] == "message"}
        ids = {body: analysis["template_id"] for body, analysis in of_text.items()}  # type: ignore[index]  # an object
    assert ids[TYPED[0]] == ids[TYPED[1]] != ids[OTHER]


async def test_the_line_of_a_text_is_named_beside_the_other_phones(tmp_path: Path) -> None:
    unread = "Bring a mate to smoky joe and get one free white and brown"
    named = [
        "Smoky Joe on both 3 for 25",
        "Smoky Joe back on now light and dark bell me",
        "its Smoky Joe here best of both 2 for 15",
        "Smoky Joe about till late b n w banging",
    ]
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        (tmp_path / "other").mkdir()
        await taken(workspace, backup(tmp_path, 1, unread), backup(tmp_path / "other", 1, *named))
        of_text = {row["body"]: row["analysis"] for row in await exported(workspace) if row["kind"] == "message"}
    analysis = of_text[unread]
    assert isinstance(analysis, dict)
    said = {key: analysis[key] for key in ("line", "line_surface", "line_alone", "line_rule")}
    assert said == {
        "line": "Smoky Joe",
        "line_surface": "smoky joe",
        "line_alone": None,
        "line_rule": "nicknames/2:named-elsewhere",
    }


async def test_an_export_without_messages_groups_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: Workspace) -> None:
        raise AssertionError

    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        await taken(workspace, backup(tmp_path, 1, *TYPED))
        monkeypatch.setattr("ingest.export.export_records.beside_all", never)
        written: list[bytes] = []
        await export_records(workspace, Selection(), ("call",), json_lines, written.append)
    assert written == []
