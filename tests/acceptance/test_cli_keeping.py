"""The verbs that keep house: verify, rebuild, reparse, amend, backup, doctor, formats, demo."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.acceptance.cli_process import faults
from tests.acceptance.command_line import CommandLine


def exported(command_line: CommandLine) -> str:
    finished = command_line.run("export")
    assert finished.code == 0, finished.err
    return finished.out


def test_what_was_taken_in_matches_its_checksums(held_case: CommandLine) -> None:
    finished = held_case.run("verify", "--json")
    assert finished.code == 0, finished.err
    (verification,) = finished.rows()
    assert verification["is_sound"]
    assert {check["name"] for check in verification["checks"]} >= {"vault", "segments", "audit", "index"}


def test_a_changed_original_is_found(own_case: CommandLine) -> None:
    original = next(
        path for path in (own_case.data / "vault").rglob("*") if path.is_file() and path.stat().st_size > 20_000
    )
    original.chmod(0o600)
    with original.open("r+b") as file:
        file.seek(100)
        file.write(b"\x00\xff\x00")
    finished = own_case.run("verify")
    assert finished.code == 4
    assert "NOT SOUND: vault" in finished.out


def test_a_rebuilt_index_answers_alike(own_case: CommandLine) -> None:
    words = ("search", "bell", "--json", "--size", "500")
    before = own_case.run(*words).out
    finished = own_case.run("rebuild", "--json")
    assert finished.code == 0, finished.err
    assert finished.rows()[0]["damaged"] == []
    assert own_case.run(*words).out == before


def test_reading_again_gives_the_same_records(own_case: CommandLine) -> None:
    before = exported(own_case)
    finished = own_case.run("reparse", "--json", timeout_seconds=600)
    assert finished.code == 0, finished.err
    assert faults("receipt", finished.rows()) == []
    assert exported(own_case) == before


def test_a_correction_holds_after_a_rebuild(own_case: CommandLine) -> None:
    extraction_id = own_case.run("status", "--json").rows()[0]["extractions"][0]["extraction_id"]
    words = ("amend", extraction_id, "--exhibit", "ZZ/99", "--json")
    assert own_case.run(*words).code == 2
    finished = own_case.run(*words, "--note", "label read again")
    assert finished.code == 0, finished.err
    assert faults("receipt", finished.rows()) == []
    assert "Exhibit ZZ/99 (" in finished.err
    assert "corrected on " in finished.err
    assert own_case.run("rebuild").code == 0
    record_id = own_case.run("search", "--exhibit", "ZZ/99", "--size", "1", "--ids").out.strip()
    shown = own_case.run("show", record_id).out
    assert "ZZ/99 (corrected by a person)" in shown
    exhibits = {row["exhibit_ref"] for row in own_case.run("export", "--exhibit", "ZZ/99").rows()}
    assert exhibits == {"ZZ/99"}


def test_an_extraction_that_is_not_held_cannot_be_corrected(own_case: CommandLine) -> None:
    finished = own_case.run("amend", "ex-00000000000000000000", "--exhibit", "A/1", "--note", "x")
    assert finished.code == 2
    assert "ex-00000000000000000000" in finished.err


def test_a_backup_is_the_whole_case(own_case: CommandLine, tmp_path: Path) -> None:
    place = tmp_path / "backup"
    assert own_case.run("backup", place, "--json").code == 0
    assert own_case.run("backup", place).code == 2
    other = CommandLine(tmp_path / "elsewhere")
    finished = other.run("backup", place, "--restore")
    assert finished.code == 0, finished.err
    assert other.run("rebuild").code == 0
    assert exported(other) == exported(own_case)


def test_the_doctor_shows_every_setting_with_its_place(own_case: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[elastic]\npassword = "hunter"\n[search]\npage_size = 7\n', encoding="utf-8")
    finished = own_case.run("doctor", "--json", "--settings", settings)
    assert finished.code in {0, 4}, finished.err
    (found,) = finished.rows()
    rows = {row["key"]: row for row in found["settings"]}
    assert rows["search.page_size"] == {"key": "search.page_size", "value": "7", "origin": str(settings)}
    assert rows["data_dir"]["origin"] == "command line"
    assert rows["elastic.password"]["value"] == "***"
    assert "hunter" not in finished.out
    sound = {check["name"]: check["is_sound"] for check in found["checks"]}
    assert [name for name, is_sound in sound.items() if not is_sound and name != "disk space"] == []
    assert {"data folder", "disk space", "writer lock", "schema version", "libmagic", "analysis (spaCy)"} <= set(sound)


def test_the_doctor_warns_of_a_cluster_without_encryption(own_case: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[elastic]\nurl = "http://search.invalid:9200"\nretry_seconds = 1.0\n', encoding="utf-8")
    finished = own_case.run("doctor", "--json", "--index", "elastic", "--settings", settings)
    assert finished.code == 5
    unsound = {check["name"] for check in finished.rows()[0]["checks"] if not check["is_sound"]}
    assert unsound >= {"Elasticsearch connection", "Elasticsearch access", "index (elastic)"}


def _unsound_of_doctor(command_line: CommandLine) -> tuple[int, set[str]]:
    finished = command_line.run("doctor", "--json")
    checks = finished.rows()[0]["checks"]
    return finished.code, {row["name"] for row in checks if not row["is_sound"]} - {"disk space"}


def test_the_doctor_opens_each_store(own_case: CommandLine) -> None:
    segment = next((own_case.data / "segments").glob("*/findings-*.seg"))
    segment.chmod(0o600)
    os.truncate(segment, segment.stat().st_size - 5)
    audit = own_case.data / "audit.jsonl"
    audit.write_bytes(b"".join(audit.read_bytes().splitlines(keepends=True)[:-1]))
    assert _unsound_of_doctor(own_case) == (4, {"segments", "audit log"})
    index = own_case.data / "index.sqlite"
    with index.open("r+b") as file:
        for offset in range(0x10000, index.stat().st_size, 0x40000):
            file.seek(offset)
            file.write(bytes(range(256)) * 16)
    assert _unsound_of_doctor(own_case) == (5, {"segments", "audit log", "index (embedded)"})


def test_the_doctor_sends_nobody_to_a_backup_for_a_folder_that_cannot_be_written(own_case: CommandLine) -> None:
    own_case.data.chmod(0o500)
    finished = own_case.run("doctor", keeps_to_modes=True)
    own_case.data.chmod(0o700)
    assert finished.code == 5, finished.err
    assert "copy the folder whole" in finished.out
    assert "Lay the last backup" not in finished.out
    assert "OperationalError" not in finished.out


def test_the_doctor_changes_nothing(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    assert command_line.run("doctor").code in {0, 4}
    assert not command_line.data.exists()
    assert command_line.strays() == []


def test_the_formats_are_what_the_readers_state(held_case: CommandLine) -> None:
    (formats,) = held_case.run("formats", "--json", data=False).rows()
    (ufdr,) = [row for row in formats if row["name"] == "ufdr"]
    assert ufdr["tier"] in {"proven", "documented"}
    assert ufdr["versions_seen"]
    assert ufdr["title"] in held_case.run("formats", data=False).out


def test_the_demonstration_is_the_same_twice(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    first, second = tmp_path / "first", tmp_path / "second"
    assert command_line.run("demo", first).code == command_line.run("demo", second).code == 0
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert len(files) > 12
    assert all((first / path).read_bytes() == (second / path).read_bytes() for path in files)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "something else").write_bytes(b"")
    assert command_line.run("demo", tmp_path / "taken").code == 2


def test_a_demonstration_in_a_new_data_folder_leaves_one_that_takes_it_in(tmp_path: Path) -> None:
    """A folder that holds the case alone would be a folder of other files, which no ingest writes beside."""
    command_line = CommandLine(tmp_path)
    case = command_line.data / "case"
    made = command_line.run("demo", case)
    assert made.code == 0
    assert made.out.endswith(f"Next: trapline ingest {case} --data {command_line.data}\n")
    assert command_line.run("ingest", case / "OP TAMARISK" / "HW-2.ufdr").code == 0
    assert command_line.run("verify").code == 0


@pytest.mark.parametrize("times", [2])
def test_the_demonstration_runs_in_one_command(tmp_path: Path, times: int) -> None:
    command_line = CommandLine(tmp_path)
    for _ in range(times):
        finished = command_line.run("demo", "--run", "--json", timeout_seconds=600)
        assert finished.code == 0, finished.err
        *receipts, last = finished.rows()
        assert faults("receipt", receipts) == []
        page, document = Path(last["report"]["html"]), Path(last["report"]["json"])
        assert page.is_relative_to(command_line.data)
        assert faults("report", [json.loads(document.read_bytes())]) == []
    assert command_line.strays() == []


def test_what_an_index_lacks_is_not_missed_in_silence(own_case: CommandLine) -> None:
    """A restored folder has no index yet, and a file can be lost: an empty answer must not pass for nothing found."""
    (page,) = own_case.run("search", "bell", "--size", "1", "--json").rows()
    record_id = page["hits"][0]["record"]["record_id"]
    for path in own_case.data.glob("index.sqlite*"):
        path.unlink()
    for words in (("search", "bell", "--json"), ("report", "--format", "json"), ("show", record_id)):
        finished = own_case.run(*words)
        assert finished.code == 5, words
        assert "trapline rebuild" in finished.err
    assert own_case.run("rebuild").code == 0
    for words in (("search", "bell", "--json"), ("report", "--format", "json"), ("show", record_id)):
        finished = own_case.run(*words)
        assert (finished.code, finished.err) == (0, ""), words


@pytest.mark.parametrize(
    "words",
    [
        *(("verify",), ("show", "r-1"), ("rebuild",), ("reparse",), ("backup", "copy"), ("status",), ("export",)),
        *(("search", "bell"), ("report", "--out", "page.html"), ("decide", "list"), ("amend", "ex-1", "--note", "so")),
    ],
)
@pytest.mark.parametrize("lying", [None, "letter.txt"])
def test_what_looks_after_a_folder_makes_none(tmp_path: Path, words: tuple[str, ...], lying: str | None) -> None:
    """With a slip in the path it would say that all is sound, find nothing, and copy nothing."""
    command_line = CommandLine(tmp_path)
    if lying is not None:
        command_line.data.mkdir(exist_ok=True)
        (command_line.data / lying).touch()
    finished = command_line.run(*words)
    assert (finished.code, finished.out) == (2, "")
    assert "There is no data folder at" in finished.err
    there = "a folder is there, but no data folder of Trapline" if lying else "nothing was ever taken in there"
    assert there in finished.err
    assert [path.name for path in command_line.data.glob("*")] == ([lying] if lying else [])
