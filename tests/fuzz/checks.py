"""Reads mutated bytes as the service does, and says what must not be: a crash, a hang, a count that does not add up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Final

import msgspec

from parsers.contract import Delivery, Limits, ReadContext
from parsers.errors import InputRefused
from parsers.reading import ReadResult, read_all
from parsers.records.notice_codes import NOTICE_TABLE
from tests.fuzz.mutations import mutated
from tests.fuzz.subjects import Subject

SECONDS_A_FILE: Final = 20
"""Seconds of this process; a mutated sample is at most a few hundred kilobytes, and one that takes longer is a hang."""

_WAITING: Final = 15
"""How many times as long it may take by the clock, on a machine that is busy with something else."""

_FAULTS: Final = frozenset({"reader_failed", "tally_differs"})
_LIMITS: Final = Limits(archive_members=2_000, member_bytes=64 * 2**20, text_chars=1_000_000)


class Hang(Exception):
    """Reading took longer than a file of this size may."""


def fault_of(subject: Subject, seed: int) -> str | None:
    """Return what was wrong with reading one mutation of a sample. None: nothing was."""
    random = Random(seed)  # mutations, no secrets
    content = mutated(subject.content, random)
    companions = [
        (suffix, mutated(held, random) if random.random() < 0.5 else held) for suffix, held in subject.companions
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / subject.name
        path.write_bytes(content)
        for suffix, held in companions:
            path.with_name(path.name + suffix).write_bytes(held)
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        delivery = Delivery(
            path=path,
            name=subject.name,
            is_folder=False,
            sha256=sha256(content).hexdigest(),
            companions=tuple(suffix for suffix, _ in companions),
        )
        try:
            with _at_most(SECONDS_A_FILE):
                result = read_all(delivery, ReadContext(scratch_dir=scratch, limits=_LIMITS))
        except InputRefused as refused:
            return None if refused.code in NOTICE_TABLE else f"a refusal that is not known: {refused.code}"
        except Hang:
            return f"longer than {SECONDS_A_FILE} s"
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is the finding
            return f"{type(error).__name__} outside the reader"
        left = [each.name for each in scratch.iterdir()]
        return f"left behind: {left}" if left else _fault_in(result)


def _fault_in(result: ReadResult) -> str | None:
    for notice in result.notices:
        if notice.code in _FAULTS:
            return f"{notice.code}: {notice.subject}"
    for rows in result.tally.values():
        for element, row in rows.items():
            if not row.is_balanced:
                return f"the tally of {element} does not add up"
    try:
        msgspec.msgpack.encode((result.parts, result.records, result.notices))
    except UnicodeEncodeError:
        return "a text that no segment can hold"
    ids = [record.record_id for record in result.records]
    return None if len(set(ids)) == len(ids) else "two records of one id"


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    alarms = ((signal.ITIMER_PROF, signal.SIGPROF, seconds), (signal.ITIMER_REAL, signal.SIGALRM, seconds * _WAITING))
    before = [(number, signal.signal(number, stop)) for _, number, _ in alarms]
    for timer, _, until in alarms:
        signal.setitimer(timer, until)
    try:
        yield
    finally:
        for timer, _, _ in alarms:
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)
