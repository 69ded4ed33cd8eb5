"""``trapline watch`` and a request to end: work under way is finished or left to the next run; nothing is lost."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ingest.demo.writers import damage
from tests.acceptance.cli_process import REAL_SAMPLE, faults, started
from tests.acceptance.command_line import CommandLine
from tests.fakes.drops import drop

PATIENCE_SECONDS = 60.0


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def drops(tmp_path: Path) -> Path:
    folder = tmp_path / "drops"
    folder.mkdir()
    return folder


def watching(command_line: CommandLine, drops: Path, *words: str | Path) -> subprocess.Popen[bytes]:
    return started(
        command_line,
        *("watch", drops, "--json", "--data", command_line.data, *words),
        TRAPLINE_WATCH__QUIET_SECONDS="0.3",
        TRAPLINE_WATCH__POLL_SECONDS="0.1",
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_watched_drop_gets_its_receipt_and_its_report(
    command_line: CommandLine, drops: Path, tmp_path: Path, number: signal.Signals
) -> None:
    outbox = tmp_path / "outbox"
    with watching(command_line, drops, "--outbox", outbox) as process:
        assert process.stdout is not None
        path = damage.write(drops / "3gs-report.xml", REAL_SAMPLE.read_bytes())
        receipt = json.loads(process.stdout.readline())
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    assert b"Traceback" not in err
    assert faults("receipt", [receipt]) == []
    assert receipt["state"] == "complete", receipt
    assert receipt["custody"]["original_path"] == str(path)
    assert path.read_bytes() == REAL_SAMPLE.read_bytes()
    assert sorted(each.suffix for each in outbox.iterdir()) == [".html", ".json", ".json"]
    assert command_line.strays() == []


def test_a_watch_that_leaves_files_for_the_outbox_unwritten_ends_partial(
    command_line: CommandLine, drops: Path, tmp_path: Path
) -> None:
    outbox = tmp_path / "outbox"
    with watching(command_line, drops, "--outbox", outbox) as process:
        assert process.stdout is not None
        damage.write(drops / "one.xml", REAL_SAMPLE.read_bytes())
        assert json.loads(process.stdout.readline())["state"] == "complete"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(list(outbox.glob("[!.]*"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        outbox.rename(tmp_path / "put-by")
        outbox.write_bytes(b"no folder")
        damage.write(drops / "two.xml", REAL_SAMPLE.read_bytes())
        assert process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 4, err
    assert b"Traceback" not in err
    assert f"Not written to the outbox {outbox}: two.xml-" in err.decode()


def test_an_outbox_that_cannot_be_written_ends_a_watch_before_it_begins(
    command_line: CommandLine, drops: Path, tmp_path: Path
) -> None:
    outbox = tmp_path / "outbox"
    outbox.write_bytes(b"no folder")
    ended = command_line.run("watch", drops, "--outbox", outbox)
    assert ended.code == 2
    assert f"The outbox {outbox} cannot be written: it is no folder" in ended.err


def test_a_run_that_is_ended_is_finished_by_the_next(command_line: CommandLine, drops: Path) -> None:
    path = damage.write(drops / "3gs-report.xml", REAL_SAMPLE.read_bytes())
    with started(command_line, "ingest", path, "--json", "--data", command_line.data) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (command_line.data / "journal.sqlite").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode in {0, 143}, err
    assert b"Traceback" not in err
    finished = command_line.run("ingest", path, "--json")
    assert finished.code == 0, finished.err
    assert {row["extraction_id"] for row in finished.rows()} >= {
        json.loads(line)["extraction_id"] for line in out.splitlines()
    }
    assert sum(record["kind"] == "message" for record in command_line.records()) == 57
    assert command_line.run("verify").code == 0
    assert list((command_line.data / "tmp").iterdir()) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_stopped_names_what_it_did_not_begin(
    command_line: CommandLine, drops: Path, number: signal.Signals, code: int
) -> None:
    for place in range(1, 9):
        # the second takes far longer than to be told of the first, however busy the machine is
        bodies = [f"see you at {hour}" for hour in range(20_000 if place == 2 else 1)]
        drop(drops, f"{place}", place=place, bodies=bodies)
    with started(command_line, "ingest", drops, "--json", "--data", command_line.data) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["file_name"] == "1.xml"
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == code, err
    assert "Stopped. Begun: " in err.decode()
    assert f"{drops / '8.xml'}). Run it again with the same paths" in err.decode()
    assert str(drops / "1.xml") not in err.decode()
