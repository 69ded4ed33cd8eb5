from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from ingest.processes.analysing import analyse, find_missing, loaded_analyser, versions_of
from ingest.processes.analysis_jobs import AnalyseRequest
from ingest.processes.text_findings import TextFindings, close_kept
from ingest.processes.text_spill import TextSpill, portions
from ingest.processes.twins import twins
from nlp.analysis import Analyser
from nlp.text_ids import text_id

TEXTS = [f"Bramble on til {hour} 3 for 25" for hour in range(1, 10)] + ["see you at the match", "\ud800 odd"]


def test_each_twin_does_its_share_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with twins(lambda name: (tmp_path / name).write_text(str(os.getpid())), ["a", "b"]) as running:
        assert running.left_over() == []
    told = {int((tmp_path / name).read_text()) for name in "ab"}
    assert len(told) == 2
    assert os.getpid() not in told
    for process_id in told:
        with pytest.raises(ProcessLookupError):
            os.kill(process_id, 0)


@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0, lambda: sys.exit(0)])
def test_a_share_that_a_twin_did_not_do_is_named(
    end: object, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def work(name: str) -> None:
        if name == "lost":
            end()  # type: ignore[operator]  # one of the functions above
        (tmp_path / name).touch()

    with twins(work, ["done", "lost"]) as running:
        assert running.left_over() == [1]
    assert [path.name for path in tmp_path.iterdir()] == ["done"]
    capfd.readouterr()


def test_twins_end_when_their_parent_fails() -> None:
    def fail() -> None:
        with twins(time.sleep, [600]):
            children.extend(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())
            raise ZeroDivisionError

    children: list[str] = []
    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(ProcessLookupError):
        os.kill(int(children[-1]), 0)


def test_twins_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time, pathlib, os\n"
        "from ingest.processes.twins import twins\n"
        "def work(path):\n"
        "    pathlib.Path(path).write_text(str(os.getpid())); time.sleep(600)\n"
        "with twins(work, [sys.argv[1]]): time.sleep(600)\n"
    )
    told = tmp_path / "told"
    parent = subprocess.Popen([sys.executable, "-c", script, str(told)])
    while not (told.exists() and told.read_text()):
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    process_id, until = int(told.read_text()), time.monotonic() + 20
    while _runs(process_id) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(process_id)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_portions_are_analysed_whoever_does_it(processes: int, tmp_path: Path) -> None:
    assert _analysed(tmp_path, processes) == _alone()


def test_what_a_lost_twin_left_is_done_by_the_process_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()

    def lost_in_a_twin(analyser: Analyser, known: TextFindings, texts: list[str]) -> None:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        find_missing(analyser, known, texts)

    monkeypatch.setattr("ingest.processes.analysing.find_missing", lost_in_a_twin)
    assert _analysed(tmp_path, 2) == _alone()


def _analysed(folder: Path, processes: int) -> dict[str, bytes]:
    loaded_analyser(())
    (folder / "texts").mkdir()
    spill = TextSpill(folder / "texts", portion_texts=2)
    for text in TEXTS:
        spill.add(text)
    spill.close()
    request = AnalyseRequest(
        portions=tuple(map(str, portions(folder / "texts"))),
        findings=str(folder / "findings"),
        lexicon_dirs=(),
        processes=processes,
    )
    try:
        assert analyse(request).text_count == len(TEXTS)
    finally:
        close_kept()
    assert portions(folder / "texts") == []
    with TextFindings(folder / "findings", versions_of(loaded_analyser(())).key) as known:
        held = known.get([bytes.fromhex(text_id(text)) for text in TEXTS])
    return {key.hex(): finding for key, finding in held.items()}


def _alone() -> dict[str, bytes]:
    found = loaded_analyser(()).find(TEXTS)
    return {text_id(text): msgspec.msgpack.encode(finding) for text, finding in zip(TEXTS, found, strict=True)}


def _runs(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"
