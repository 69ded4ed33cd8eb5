"""Append-only JSON lines in which each line carries the hash of the line before.

A line that was changed, removed or put in between breaks the chain. The file alone cannot show that its last lines
are gone, therefore ``<name>.head`` holds number and hash of the newest line; it is written after the line, so that
a head that is behind is a crash and a head that is ahead is a loss.

Several processes append: each does so under a lock on the file itself. A line that a crash left unfinished was never
acknowledged; the next append closes it and says so in a line of its own.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import orjson

from ingest.data_paths import sync_folder, write_file
from ingest.errors import ChainBroken

_START = "0" * 64
_TORN = "torn_line_closed"
_TAIL_BYTES = 64 * 1024
_CUT = "lines that were written are missing from the end"
_NO_HEAD = "the head of the chain is missing"

Line = dict[str, object]


class _Tail(msgspec.Struct, frozen=True):
    """The end of a file: unfinished bytes (and whether a line feed ends them), and the newest whole line."""

    torn: bytes
    is_ended: bool
    line: Line | None


class ChainedLog:
    """One hash-chained file. Safe between processes; every append is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._head_path = path.with_name(path.name + ".head")

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._path

    def append(self, fields: Mapping[str, object]) -> Line:
        """Write one line with the fields, and return it with its number, its predecessor's hash and its own.

        Raises:
            ChainBroken: The newest line on disk does not match its own hash, or lines behind it are gone: a new line
                and its head would hide that for good.
        """
        is_new = not self._path.exists()
        with self._locked() as handle:
            tail = self._newest(handle)
            last = tail.line
            self._check_head(last)
            if tail.torn:
                mark = {"action": _TORN, "sha256": hashlib.sha256(tail.torn).hexdigest()}
                last = self._write(handle, last, mark, before=b"" if tail.is_ended else b"\n")
            line = self._write(handle, last, fields)
            os.fsync(handle)
            if is_new:
                sync_folder(self._path.parent)
            write_file(self._head_path, orjson.dumps({"seq": line["seq"], "hash": line["hash"]}))
        return line

    def lines(self) -> Iterator[Line]:
        """Yield the lines, oldest first, without the marks of closed torn lines.

        Raises:
            ChainBroken: A line does not follow from the one before, or the newest ones are gone.
        """
        for line in self._checked():
            if line.get("action") != _TORN:
                yield line

    def count(self) -> int:
        """Return how many lines were written, from the head; 0 where there is none."""
        head = self._head()
        return _number(head) if head else 0

    def verify(self) -> int:
        """Check every line and the head, and return the number of lines.

        Raises:
            ChainBroken: The chain does not hold, or its newest lines are gone.
        """
        return sum(1 for _ in self._checked())

    def check_end(self) -> int:
        """Check the newest line and the head as ``append`` does, write nothing, and return the number of lines.

        Reads the end of the file alone; 0 where there is no file and no head.

        Raises:
            ChainBroken: The newest line does not match its own hash, or lines behind it are gone.
            OSError: The file cannot be read.
        """
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            self._check_head(None)
            return 0
        try:
            # Another process may be between a line and its head.
            fcntl.flock(handle, fcntl.LOCK_SH)
            last = self._newest(handle).line
            self._check_head(last)
            self._check_hash(last)
        finally:
            os.close(handle)
        return _number(last) if last else 0

    def _check_hash(self, last: Line | None) -> None:
        if last is not None and last["hash"] != _hash_of(last):
            raise ChainBroken(self._path.name, _number(last), "the newest line does not match its hash")

    def _check_head(self, last: Line | None) -> None:
        """Compare the head with the newest line, before another takes the place of both."""
        head, number = self._head(), _number(last) if last else 0
        if head is None and number > 1:
            raise ChainBroken(self._path.name, 1, _NO_HEAD)
        if head is None or last is None:
            is_met = head is None
        else:
            # A head that is behind is a crash between the line and its head.
            is_met = _number(head) < number or (_number(head), head["hash"]) == (number, last["hash"])
        if not is_met:
            raise ChainBroken(self._path.name, number + 1, _CUT)

    def _head(self) -> Line | None:
        try:
            head = orjson.loads(self._head_path.read_bytes())
        except FileNotFoundError:
            return None
        except orjson.JSONDecodeError:
            head = None
        if not isinstance(head, dict) or not isinstance(head.get("seq"), int) or "hash" not in head:
            raise ChainBroken(self._head_path.name, 1, "the head of the chain is not readable")
        return head

    @contextmanager
    def _locked(self) -> Iterator[int]:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)

    def _newest(self, handle: int) -> _Tail:
        size = os.fstat(handle).st_size
        reach = _TAIL_BYTES
        while True:
            start = max(0, size - reach)
            *whole, rest = os.pread(handle, size - start, start).split(b"\n")
            if len(whole) > 1 or start == 0:
                break
            reach *= 4
        if rest:
            return _Tail(rest, is_ended=False, line=_parsed(whole[-1]) if whole else None)
        if not whole:
            return _Tail(b"", is_ended=True, line=None)
        newest = _parsed(whole[-1])
        if newest is not None:
            return _Tail(b"", is_ended=True, line=newest)
        # A crash came between closing a torn line and marking it.
        return _Tail(whole[-1], is_ended=True, line=_parsed(whole[-2]) if len(whole) > 1 else None)

    def _write(self, handle: int, last: Line | None, fields: Mapping[str, object], before: bytes = b"") -> Line:
        self._check_hash(last)
        line: Line = {
            "seq": _number(last) + 1 if last else 1,
            **fields,
            "previous": last["hash"] if last else _START,
        }
        line["hash"] = _hash_of(line)
        text = before + orjson.dumps(line) + b"\n"
        if os.write(handle, text) != len(text):
            raise OSError(errno.ENOSPC, "the line could not be written whole", str(self._path))
        return line

    def _checked(self) -> Iterator[Line]:
        # Before the lines: another process may append meanwhile, and then the head is behind.
        head = self._head()
        seen, is_met = 0, head is None
        for line in self._chained():
            seen += 1
            if head is not None and line["seq"] == head["seq"]:
                is_met = line["hash"] == head["hash"]
            yield line
        if not is_met:
            raise ChainBroken(self._path.name, seen + 1, _CUT)
        if head is None and seen > 1 and self._head() is None:
            raise ChainBroken(self._path.name, 1, _NO_HEAD)

    def _chained(self) -> Iterator[Line]:
        previous, seq, torn = _START, 0, b""
        try:
            file = self._path.open("rb")
        except FileNotFoundError:
            return
        with file:
            for number, text in enumerate(file, 1):
                line = _parsed(text.removesuffix(b"\n")) if text.endswith(b"\n") else None
                if line is None:
                    if torn:
                        raise ChainBroken(self._path.name, number, "the line cannot be read")
                    torn = text
                    continue
                if torn and not _closes(line, torn):
                    raise ChainBroken(self._path.name, number - 1, "the line cannot be read")
                torn = b""
                seq += 1
                if line["hash"] != _hash_of(line) or line["previous"] != previous or line["seq"] != seq:
                    raise ChainBroken(self._path.name, number, "the line does not follow from the one before")
                previous = str(line["hash"])
                yield line
        if torn.endswith(b"\n"):
            raise ChainBroken(self._path.name, seq + 1, "the line cannot be read")


def _closes(line: Line, torn: bytes) -> bool:
    return line.get("action") == _TORN and line.get("sha256") == hashlib.sha256(torn.removesuffix(b"\n")).hexdigest()


def _parsed(text: bytes) -> Line | None:
    try:
        line = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return line if isinstance(line, dict) and {"seq", "previous", "hash"} <= line.keys() else None


def _number(line: Line) -> int:
    return int(str(line["seq"]))


def _hash_of(line: Line) -> str:
    body = {key: value for key, value in line.items() if key != "hash"}
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
