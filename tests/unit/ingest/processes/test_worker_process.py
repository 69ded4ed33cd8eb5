from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import pytest_asyncio

from ingest.errors import DataFolderFull, WorkerLost
from ingest.processes import worker_process
from ingest.processes.worker_process import WorkerFault, WorkerProcess
from parsers.errors import InputRefused
from tests.fakes.jobs import Answer, Question

ROOT = Path(__file__).parents[4]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
MEMORY_BYTES = 2**30
JOBS = {
    name: f"tests.fakes.jobs:{name}"
    for name in ("echo", "refuse", "fail", "fill", "die", "die_first", "sleep", "swell", "scratch")
}


@pytest_asyncio.fixture
async def worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[WorkerProcess]:
    monkeypatch.setattr(worker_process, "JOBS", JOBS)
    made = WorkerProcess("test", {**ENVIRONMENT, "TMPDIR": str(tmp_path)}, MEMORY_BYTES)
    yield made
    await made.close()


async def ask(worker: WorkerProcess, job: str, text: str = "", number: float = 0, seconds: float = 30) -> Answer:
    return await worker.run(job, Question(text, number), Answer, seconds)


async def test_one_process_does_one_job_after_the_other(worker: WorkerProcess) -> None:
    answers = await asyncio.gather(*(ask(worker, "echo", str(n)) for n in range(5)))
    assert [answer.text for answer in answers] == ["0", "1", "2", "3", "4"]
    assert len({answer.pid for answer in answers}) == 1
    assert answers[0].pid != os.getpid()


async def test_a_job_that_wants_a_child_of_its_own_waits_for_the_job_before_it(worker: WorkerProcess) -> None:
    alone = worker.run("echo", Question("alone", 0), Answer, 30, in_new_child=True)
    slept, made, after = await asyncio.gather(ask(worker, "sleep", number=0.3), alone, ask(worker, "echo", "after"))
    assert made.text == "alone"
    assert slept.pid != made.pid == after.pid


async def test_long_messages_pass(worker: WorkerProcess) -> None:
    text = "\U0001f600" * 500_000
    assert (await ask(worker, "echo", text)).text == text


async def test_a_refusal_comes_back_as_it_was(worker: WorkerProcess) -> None:
    with pytest.raises(InputRefused) as caught:
        await ask(worker, "refuse")
    assert (caught.value.code, caught.value.subject) == ("input_protected", "a password")


async def test_a_fault_tells_type_and_place_and_never_its_message(worker: WorkerProcess) -> None:
    with pytest.raises(WorkerFault) as caught:
        await ask(worker, "fail", "07700 900123 evidence")
    assert caught.value.detail.startswith("ValueError\n")
    assert "jobs.py" in caught.value.detail
    assert "evidence" not in str(caught.value)
    assert (await ask(worker, "echo", "still here")).text == "still here"


async def test_a_full_disk_is_told_apart_from_a_fault(worker: WorkerProcess) -> None:
    with pytest.raises(DataFolderFull):
        await ask(worker, "fill", "a name that is evidence")
    assert (await ask(worker, "echo", "still here")).text == "still here"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
async def test_a_process_that_is_killed_is_lost_and_started_again(worker: WorkerProcess, number: int) -> None:
    before = (await ask(worker, "echo")).pid
    with pytest.raises(WorkerLost, match=f"killed by signal {int(number)}"):
        await ask(worker, "die", number=number)
    assert worker.pid is None
    assert (await ask(worker, "echo")).pid != before


async def test_a_job_that_was_lost_once_is_done_again_and_not_for_ever(worker: WorkerProcess, tmp_path: Path) -> None:
    tries: list[int] = []

    def asked(number: int) -> Question:
        tries.append(number)
        return Question(str(tmp_path), 3)

    with pytest.raises(WorkerLost, match="killed by signal 9"):
        await worker.run_again_if_lost("die_first", asked, Answer, 30)
    assert (await worker.run_again_if_lost("die_first", asked, Answer, 30)).text == "3"
    assert tries == [0, 1, 0, 1]


async def test_a_process_that_ended_between_two_jobs_is_replaced(worker: WorkerProcess) -> None:
    before = (await ask(worker, "echo")).pid
    os.kill(before, signal.SIGKILL)
    assert worker._process is not None
    await worker._process.wait()
    assert (await ask(worker, "echo")).pid != before


async def test_a_job_that_comes_while_the_process_is_started_starts_no_other(
    worker: WorkerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    create = asyncio.create_subprocess_exec

    async def counted(*command: str, **options: Any) -> asyncio.subprocess.Process:
        started.append(command[0])
        return await create(*command, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    await asyncio.gather(worker.start(), ask(worker, "echo"))
    assert len(started) == 1


async def test_a_job_that_takes_too_long_is_ended(worker: WorkerProcess) -> None:
    before = (await ask(worker, "echo")).pid
    with pytest.raises(WorkerLost, match="time limit"):
        await ask(worker, "sleep", number=60, seconds=0.3)
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert (await ask(worker, "echo", "again")).text == "again"


async def test_a_job_that_wants_too_much_memory_does_not_get_it(worker: WorkerProcess) -> None:
    with pytest.raises(WorkerFault, match="MemoryError"):
        await ask(worker, "swell", number=2 * MEMORY_BYTES)
    assert (await ask(worker, "swell", number=1000)).text == "1000"


async def test_an_answer_that_nobody_waits_for_goes_to_nobody_else(worker: WorkerProcess) -> None:
    task = asyncio.create_task(ask(worker, "sleep", number=0.5))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await ask(worker, "echo", "mine")).text == "mine"


async def test_temporary_files_go_where_they_are_told(worker: WorkerProcess, tmp_path: Path) -> None:
    assert (await ask(worker, "scratch")).text == str(tmp_path)


async def test_a_closed_worker_can_be_closed_again_and_leaves_no_process(worker: WorkerProcess) -> None:
    pid = (await ask(worker, "echo")).pid
    await worker.close()
    await worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_does_not_outlive_its_parent(tmp_path: Path) -> None:
    """An orphan would go on writing into a data folder that the next run takes for its own."""
    script = textwrap.dedent("""
        import asyncio, os, sys
        from ingest.processes import worker_process
        from tests.fakes.jobs import Answer, Question
        worker_process.JOBS = {"echo": "tests.fakes.jobs:echo", "sleep": "tests.fakes.jobs:sleep"}
        async def main():
            worker = worker_process.WorkerProcess("test", dict(os.environ), 2**30)
            print((await worker.run("echo", Question(), Answer, 30)).pid, flush=True)
            await worker.run("sleep", Question("", 600), Answer, 900)
        asyncio.run(main())
    """)
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env={**ENVIRONMENT, "TMPDIR": str(tmp_path)}, text=True
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    ended = Event()
    for _ in range(100):
        if not is_alive(pid):
            return
        ended.wait(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the worker went on")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
