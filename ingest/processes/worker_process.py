"""A child process that does one job after the other: reading evidence, and analysing it.

Both are bound by the processor and eat hostile input, and a process can be ended: on a time limit, on a memory limit,
by the system. The child talks MessagePack over its standard input and output, each message behind its length. It ends
when its input ends, and when its parent is gone, so that a killed service leaves no process behind that still writes.

The child is started as ``python -P -m ingest.processes.worker_process``: it does not import the command line, and a
folder named ``ingest`` in the working folder is not taken for ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import os
import resource
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO, Final, TypeVar, get_type_hints

import msgspec

from ingest.errors import DataFolderFull, SegmentDamaged, WorkerLost
from parsers.errors import InputRefused, is_out_of_room

_LENGTH: Final = struct.Struct("<I")
_PARENT_CHECK_SECONDS: Final = 0.5
_STOP_SECONDS: Final = 2.0
_COLLECT_EVERY: Final = 100_000
_MOST_TRIES: Final = 2
"""A child that the system ended may have been unlucky; a job that ended two is not asked for again."""
_SET_PARENT_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of linux/prctl.h

Answer = TypeVar("Answer")

JOBS: Final[Mapping[str, str]] = {
    "find": "ingest.processes.parsing:find",
    "ask_name": "ingest.processes.parsing:ask_name",
    "read_sidecars": "ingest.processes.parsing:read_sidecars",
    "parse": "ingest.processes.parsing:parse",
    "spill_texts": "ingest.processes.parsing:spill_texts",
    "versions": "ingest.processes.analysing:versions",
    "analyse": "ingest.processes.analysing:analyse",
    "collect": "ingest.processes.collecting:collect",
    "make_rows": "ingest.processes.row_making:make_rows",
}
"""Job by name: a function of one argument, a msgspec structure. Imported in the child alone."""


class _Request(msgspec.Struct):
    target: str
    argument: msgspec.Raw


class _Reply(msgspec.Struct, omit_defaults=True):
    """Either an answer, or why there is none.

    ``refused``: code and subject of an ``InputRefused``. ``damaged``: fields of a ``SegmentDamaged``. ``fault``: type
    and place of an error of our own. ``is_out_of_room``: the disk is full.
    """

    answer: msgspec.Raw = msgspec.Raw()
    refused: tuple[str, str | None] | None = None
    damaged: tuple[str, str] | None = None
    fault: str = ""
    is_out_of_room: bool = False


class WorkerFault(Exception):
    """A job failed by an error of our own. ``detail`` is the error's type and its frames; never its message."""

    def __init__(self, job: str, detail: str) -> None:
        super().__init__(job, detail)
        self.job = job
        self.detail = detail


class WorkerProcess:
    """One child, started when the first job comes and again after it was lost. One job at a time.

    Args:
        name: For messages.
        environment: Of the child: temporary files in the data folder.
        memory_bytes: Limit of the child's data; an allocation beyond it fails.
    """

    def __init__(self, name: str, environment: Mapping[str, str], memory_bytes: int) -> None:
        self._name = name
        self._environment = environment
        self._memory_bytes = memory_bytes
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The child's process id. None: it is not running."""
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start the child before its first job, so that the job need not wait; one that ended since is replaced."""
        # A job that comes while the child is being started must not start another, which nobody would end.
        async with self._starting:
            if self._process is not None and self._process.returncode is not None:
                await self._end(self._process)
            if self._process is None:
                self._process = await asyncio.create_subprocess_exec(
                    *(
                        sys.executable,
                        "-P",
                        "-m",
                        "ingest.processes.worker_process",
                        str(self._memory_bytes),
                        str(os.getpid()),
                    ),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    env=dict(self._environment),
                )

    async def run(
        self,
        job: str,
        argument: msgspec.Struct,
        answer: type[Answer],
        timeout_seconds: float,
        *,
        in_new_child: bool = False,
    ) -> Answer:
        """Do one job.

        Args:
            job: Of ``JOBS``.
            argument: Of the job.
            answer: Type of what the job returns.
            timeout_seconds: After which the child is ended.
            in_new_child: End the child that there is first: what earlier jobs left in pieces of memory goes with it.

        Raises:
            InputRefused: The job refused its input.
            SegmentDamaged: The job read a segment that is damaged.
            WorkerLost: The child ended, or did not answer in time and was ended.
            DataFolderFull: The job found no room on the disk.
            WorkerFault: The job failed by an error of our own.
        """
        async with self._turn:
            if in_new_child:
                await self.close()
            await self.start()
            assert self._process is not None
            try:
                async with asyncio.timeout(timeout_seconds):
                    reply = await self._ask(self._process, job, argument)
            except TimeoutError:
                await self._end(self._process)
                raise WorkerLost("time limit") from None
            except (asyncio.IncompleteReadError, ConnectionError):
                raise WorkerLost(await self._cause(self._process)) from None
            except BaseException:
                # The job goes on in the child while nobody waits for its answer: the next job needs another child.
                await asyncio.shield(self._end(self._process))
                raise
        if reply.refused is not None:
            raise InputRefused(*reply.refused)
        if reply.damaged is not None:
            raise SegmentDamaged(*reply.damaged)
        if reply.is_out_of_room:
            raise DataFolderFull
        if reply.fault:
            raise WorkerFault(job, reply.fault)
        return msgspec.msgpack.decode(reply.answer, type=answer)

    async def run_again_if_lost(
        self,
        job: str,
        argument_of_try: Callable[[int], msgspec.Struct],
        answer: type[Answer],
        timeout_seconds: float,
        *,
        in_new_child: bool = False,
    ) -> Answer:
        """Do one job, and once more in a new child where the first was lost.

        Args:
            job: Of ``JOBS``.
            argument_of_try: Returns the argument of a try, from 0; what the first left half done is in no other's way.
            answer: As ``run``; so for ``timeout_seconds``, ``in_new_child`` and what is raised.
            timeout_seconds: Of each try.
            in_new_child: Whether there is a new child for the first try too.
        """
        for number in range(_MOST_TRIES - 1):
            with contextlib.suppress(WorkerLost):
                argument = argument_of_try(number)
                return await self.run(job, argument, answer, timeout_seconds, in_new_child=in_new_child)
        return await self.run(job, argument_of_try(_MOST_TRIES - 1), answer, timeout_seconds)

    async def close(self) -> None:
        """End the child. Safe to call twice."""
        process = self._process
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                await process.wait()
        await self._end(process)

    async def _ask(self, process: asyncio.subprocess.Process, job: str, argument: msgspec.Struct) -> _Reply:
        assert process.stdin is not None
        assert process.stdout is not None
        request = msgspec.msgpack.encode(_Request(JOBS[job], msgspec.Raw(msgspec.msgpack.encode(argument))))
        process.stdin.write(_LENGTH.pack(len(request)) + request)
        await process.stdin.drain()
        (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
        return msgspec.msgpack.decode(await process.stdout.readexactly(length), type=_Reply)

    async def _cause(self, process: asyncio.subprocess.Process) -> str:
        code = await process.wait()
        await self._end(process)
        return f"killed by signal {-code}" if code < 0 else f"ended with code {code}"

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._process = None
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(ConnectionError):
            await process.stdin.wait_closed()


def main() -> None:
    """Be the child."""
    memory_bytes, parent = int(sys.argv[1]), int(sys.argv[2])
    # Ctrl-C reaches the whole group; the parent decides what becomes of the job.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Jobs make many small objects and no cycles; looking for cycles at the usual pace costs a tenth of their time.
    gc.set_threshold(_COLLECT_EVERY)
    end_with_parent(parent)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not come between the messages.
    os.dup2(2, 1)
    while (request := _read(source)) is not None:
        reply = msgspec.msgpack.encode(_done(msgspec.msgpack.decode(request, type=_Request)))
        sink.write(_LENGTH.pack(len(reply)) + reply)
        sink.flush()


def _done(request: _Request) -> _Reply:
    try:
        module_name, _, name = request.target.partition(":")
        function = getattr(import_module(module_name), name)
        argument = msgspec.msgpack.decode(request.argument, type=get_type_hints(function)["argument"])
        return _Reply(answer=msgspec.Raw(msgspec.msgpack.encode(function(argument))))
    except InputRefused as exc:
        return _Reply(refused=(exc.code, exc.subject))
    except SegmentDamaged as exc:
        return _Reply(damaged=(exc.extraction_id, exc.detail))
    except Exception as exc:  # noqa: BLE001  # the boundary of one job: the parent makes a receipt of it
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(exc.__traceback__)]
        fault = "\n".join([type(exc).__qualname__, *frames])
        return _Reply(fault=fault, is_out_of_room=is_out_of_room(exc))


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = source.read(length)
    return body if len(body) == length else None


def end_with_parent(parent: int) -> None:
    """Let this process end when its parent does."""
    # Linux alone; elsewhere the thread that looks after the parent does it half a second later.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    threading.Thread(target=_look_after_parent, args=(parent,), daemon=True).start()


def _look_after_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
