"""Equal copies of one phone, of which one states the zone of its times: that one counts, whichever came first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.acceptance.command_line import CommandLine

SIDECAR = 'case_ref = "OP ZONE"\nexhibit_ref = "HW/7"\n'
STATED, ASSUMED = "stated.csv", "assumed.csv"


def written(folder: Path, name: str, offset: str) -> Path:
    # The same instants; a name that sorts first, and one that sorts last, has no zone.
    path = folder / name
    rows = [f"2023-09-1{day} 18:45:00{offset},Incoming,07700 900123,,text {day}" for day in range(3, 6)]
    path.write_text("\n".join(["Timestamp,Direction,From,To,Body", *rows, ""]), encoding="utf-8")
    path.with_name(f"{name}.trapline.toml").write_text(SIDECAR, encoding="utf-8")
    return path


def held(folder: Path, names: tuple[str, ...]) -> list[dict[str, Any]]:
    (folder / "drops").mkdir(parents=True)
    command_line = CommandLine(folder)
    for name in names:
        path = written(folder / "drops", name, "+01:00" if name == STATED else "")
        assert command_line.run("ingest", path, "--json").code == 0
    return [record for record in command_line.records() if record["kind"] == "message"]


def test_the_one_that_states_its_zone_counts_whichever_came_first(tmp_path: Path) -> None:
    found = [held(tmp_path / "first", (STATED, ASSUMED)), held(tmp_path / "last", (ASSUMED, STATED))]
    assert found[0] == found[1]
    bases = {record["source"]["file_name"]: record["time"]["basis"] for record in found[0]}
    assert bases == {STATED: "stated_offset", ASSUMED: "assumed_zone"}
    counted = [record for record in found[0] if record["duplicate_of"] is None]
    assert [record["source"]["file_name"] for record in counted] == [STATED] * 3
