"""``trapline ingest`` as other programs call it: receipts, exit codes, and nothing written where it should not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.writers import damage
from tests.acceptance.cli_process import REAL_SAMPLE, environment, faults, started
from tests.acceptance.command_line import CommandLine, Finished, snapshot


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    drops = tmp_path / "drops"
    drops.mkdir()
    return damage.write(drops / "3gs-report.xml", REAL_SAMPLE.read_bytes())


def index_of_nowhere(command_line: CommandLine, *words: str | Path) -> Finished:
    """Run with an Elasticsearch that is not there."""
    with started(
        command_line,
        *words,
        "--index",
        "elastic",
        TRAPLINE_ELASTIC_URL="http://127.0.0.1:9",
        TRAPLINE_ELASTIC__RETRY_SECONDS="1",
    ) as process:
        out, err = process.communicate(timeout=120)
    return Finished(process.returncode, out.decode(), err.decode())


def test_a_real_export_gives_a_receipt_that_keeps_the_contract(command_line: CommandLine, sample: Path) -> None:
    before = snapshot(sample.parent)
    finished = command_line.run("ingest", sample, "--json")
    assert finished.code == 0, finished.err
    rows = finished.rows()
    assert faults("receipt", rows) == []
    tally = rows[0]["tally"]
    # 46 SMS and 11 MMS, 22 calls, 11 contacts: counted in the vendor's reader.
    assert (tally["message"]["seen"], tally["call"]["seen"], tally["contact"]["seen"]) == (57, 22, 11)
    assert all(row["seen"] == row["indexed"] + row["merged"] + row["noticed"] for row in tally.values())
    assert snapshot(sample.parent) == before
    assert command_line.strays() == []


def test_the_same_delivery_again_is_one_extraction(command_line: CommandLine, sample: Path) -> None:
    first = command_line.run("ingest", sample, "--json").rows()
    again = command_line.run("ingest", sample, "--json")
    assert again.code == 0
    assert [row["extraction_id"] for row in again.rows()] == [row["extraction_id"] for row in first]
    assert all(row["already_held"] for row in again.rows())
    assert len(command_line.records()) == sum(
        counts["indexed"] + counts["merged"] for row in first for counts in row["tally"].values()
    )


def test_a_person_reads_one_receipt_a_drop(command_line: CommandLine, sample: Path) -> None:
    finished = command_line.run("ingest", sample)
    assert finished.code == 0, finished.err
    assert finished.out.count(sample.name) >= 1
    for word in ("SHA-256", "message", "57", "call", "22", "Next:", "trapline report"):
        assert word in finished.out
    assert "\x1b" not in finished.out + finished.err


def test_what_nobody_reads_is_refused_with_a_remedy(command_line: CommandLine, tmp_path: Path) -> None:
    path = damage.write(tmp_path / "holiday.bin", bytes(range(256)) * 40)
    finished = command_line.run("ingest", path, "--json")
    assert finished.code == 3
    (row,) = finished.rows()
    assert faults("receipt", [row]) == []
    assert row["state"] == "refused"
    assert row["reason"]
    assert row["remedy"]
    assert [notice["code"] for notice in row["notices"]] == ["format_unknown"]
    assert "Traceback" not in finished.err


def test_a_path_with_nothing_at_it_is_a_slip_and_is_noted_nowhere(
    command_line: CommandLine, sample: Path, tmp_path: Path
) -> None:
    finished = command_line.run("ingest", sample, tmp_path / "no such file")
    assert (finished.code, finished.out) == (2, "")
    assert f"There is nothing at {tmp_path / 'no such file'}, so nothing was taken in." in finished.err
    assert list(command_line.data.glob("*")) == []


def test_refused_beside_whole_is_partial(command_line: CommandLine, sample: Path) -> None:
    damage.write(sample.parent / "other.bin", b"\x00\x01" * 5000)
    finished = command_line.run("ingest", sample.parent, "--json")
    assert finished.code == 4, finished.err
    assert {row["state"] for row in finished.rows()} >= {"refused"}


def test_a_file_that_was_cut_is_partial_and_keeps_what_was_whole(command_line: CommandLine, sample: Path) -> None:
    content = sample.read_bytes()
    path = damage.write(sample.with_name("cut.xml"), content[: len(content) * 2 // 3])
    finished = command_line.run("ingest", path, "--json")
    assert finished.code == 4
    (row,) = finished.rows()
    assert row["state"] == "partial"
    assert row["tally"]["message"]["indexed"] > 0


@pytest.mark.parametrize("words", [(), ("ingest",), ("ingest", "x", "--no-such-option"), ("no-such-verb",)])
def test_usage_errors_end_with_2(command_line: CommandLine, words: tuple[str, ...]) -> None:
    finished = command_line.run(*words, data=False)
    assert finished.code == 2
    assert "Usage: trapline" in finished.err
    assert "Traceback" not in finished.err


def test_a_setting_that_is_not_known_is_a_usage_error(command_line: CommandLine, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[search]\npage_sise = 3\n", encoding="utf-8")
    finished = command_line.run("status", "--settings", settings)
    assert finished.code == 2
    assert "page_sise" in finished.err


def test_a_data_folder_that_is_a_file_is_a_usage_error(command_line: CommandLine, sample: Path) -> None:
    command_line.data.write_bytes(b"")
    finished = command_line.run("ingest", sample)
    assert finished.code == 2
    assert str(command_line.data) in finished.err


def test_an_index_that_is_away_stops_the_loading_only(command_line: CommandLine, sample: Path) -> None:
    data = ("--data", command_line.data)
    finished = index_of_nowhere(command_line, "ingest", sample, "--json", *data)
    assert finished.code == 5, finished.err
    assert finished.rows()[0]["waits_for_index"] is True
    assert faults("receipt", finished.rows()) == []
    waiting = index_of_nowhere(command_line, "status", "--json", *data)
    assert waiting.code == 0, waiting.err
    assert waiting.rows()[0]["waiting_count"] == len(finished.rows())
    assert index_of_nowhere(command_line, "search", "anything", *data).code == 5
    assert command_line.run("rebuild", "--json").code == 0
    assert command_line.run("search", "--json").rows()[0]["total"] > 0


def test_a_reader_that_goes_away_does_not_end_the_run(command_line: CommandLine, sample: Path) -> None:
    damage.write(sample.with_name("other.bin"), b"\x00\x01" * 5000)
    with started(command_line, "ingest", sample.parent, "--json", "--data", command_line.data) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=120)
    assert process.returncode == 4
    assert err == b""
    assert len(command_line.records()) > 0


def test_the_environment_says_where_the_data_folder_is(command_line: CommandLine, sample: Path) -> None:
    assert "TRAPLINE_DATA" not in environment(command_line)
    with started(command_line, "ingest", sample, "--json", TRAPLINE_DATA=str(command_line.data)) as process:
        process.communicate(timeout=120)
    assert process.returncode == 0
    assert len(command_line.records()) > 0


def test_what_is_held_is_its_owners_alone(command_line: CommandLine, sample: Path) -> None:
    assert command_line.run("ingest", sample, "--json").code == 0
    held = [path for path in command_line.data.rglob("*") if not path.is_symlink()]
    assert {"journal.sqlite", "index.sqlite", "texts.sqlite"} <= {path.name for path in held}
    assert [path.name for path in held if path.stat().st_mode & 0o077] == []
