"""What ``watch`` writes for those who dropped something: receipts, the report, and reasons where it was refused.

An outbox is often a share, and a share goes away for a minute: drops go on being taken, and what could not be written
waits in memory and is tried again.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import orjson

from ingest.assemble import Workspace
from ingest.command_errors import OutputRefused
from ingest.data_paths import write_file
from ingest.deliveries import shown_path
from ingest.errors import DataFolderRefused
from ingest.outcomes import Receipt
from ingest.printed.output import say, visible
from ingest.receipts import UNKNOWN_SHA256, is_of_litter
from ingest.report_files import reports_after
from search.errors import SearchError
from search.linkage.phrases import listed
from search.reports.forms import ReportForm

_ODD: Final = re.compile(r"[^\w .()+,@=-]")
_NAME_BYTES: Final = 120
"""With an id and an ending behind it a name stays within what file systems take (255 bytes)."""
_MODE: Final = 0o640
_MOST_NAMED: Final = 8
"""Files that are named where they could not be written to the end."""
_WAITING_BYTES: Final = 256 * 2**20
"""What may wait in memory for an outbox: an outbox may be away for days, and a report of many lines is large."""
_REPORT: Final = ".report."


class Outbox:
    """Writes into the data folder (reasons, the latest report), and into a folder that the user names."""

    def __init__(self, workspace: Workspace, folder: Path | None, tell: Callable[[str], None] = say) -> None:
        self._workspace = workspace
        self._folder = folder
        self._tell = tell
        self._waiting: dict[str, bytes] = {}
        # Names of what was more than may wait: written by no later look, and told.
        self._let_go: dict[str, None] = {}
        self._is_told = False
        self._lock = Lock()

    @property
    def unwritten(self) -> list[str]:
        """The names of the files that could not be written until now: those let go, then the one that waits longest."""
        return [*self._let_go, *self._waiting]

    def prepare(self) -> None:
        """Make the outbox, and write and remove a file in it. Blocks.

        Raises:
            OutputRefused: It cannot be written.
        """
        if self._folder is None:
            return
        # Two watches may share an outbox and begin at once.
        probe = self._folder / f".probe-{secrets.token_hex(8)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                write_file(probe, b"probe\n", _MODE)
            finally:
                for left in (probe, probe.with_name(f".{probe.name}.part")):
                    with contextlib.suppress(FileNotFoundError):
                        left.unlink()
        except OSError as exc:
            raise OutputRefused(f"The outbox {shown_path(self._folder)}", _why(exc)) from exc

    async def put(self, receipts: Sequence[Receipt], drop: Path | None = None) -> None:
        """Write what came of one drop; what cannot be written to the outbox waits there.

        Args:
            receipts: Of the drop.
            drop: The file or folder that was dropped: the report is named after it, whatever lay first in a folder,
                and so are receipts and reasons where it is a file, for what was held before has the name of then. In
                a folder they keep the names of their files. None: it is not known any more, and each names itself.

        Raises:
            DataFolderRefused: The reason cannot be written to the data folder.
        """
        dropped = None if drop is None else shown_path(Path(drop.name))
        name = None if drop is None or _is_folder(drop) else dropped
        for receipt in receipts:
            stem = _stem(receipt, name)
            if receipt["state"] == "refused" and not is_of_litter(receipt):
                reason = _reason(receipt)
                self._quarantine(f"{stem}.reason.txt", reason)
                self._add(f"{stem}.reason.txt", reason)
            self._add(f"{stem}.receipt.json", orjson.dumps(receipt, option=orjson.OPT_INDENT_2))
        read = [receipt for receipt in receipts if receipt["state"] != "refused"]
        if read:
            await self._put_report(read, _stem(read[0], dropped))
        await self.write_waiting()

    async def write_waiting(self) -> None:
        """Try to write what waits. Says once that it cannot be written, and once that all of it was."""
        if self._waiting:
            await asyncio.to_thread(self._write_waiting)

    def close(self) -> None:
        """Try a last time to write what waits, and name what is left. Blocks."""
        if self._waiting:
            self._write_waiting()
        if self.unwritten:
            self._tell(
                f"Not written to the outbox {self._shown}: {listed(self.unwritten, _MOST_NAMED)}. The"
                " deliveries are held; trapline ingest of the same file or folder prints its receipts again (--json as"
                " they are here), and trapline report writes the report."
            )

    async def _put_report(self, receipts: Sequence[Receipt], stem: str) -> None:
        try:
            forms = [ReportForm(name) for name in self._workspace.settings.watch.report_forms]
            files = await reports_after(self._workspace, receipts, forms)
        except SearchError:
            # The index is away: the receipt says that the drop waits for it, and a report would lack it.
            return
        for ending, content in files.items():
            self._add(f"{stem}.report.{ending}", content)

    @property
    def _shown(self) -> str:
        return "" if self._folder is None else shown_path(self._folder)

    def _quarantine(self, name: str, content: bytes) -> None:
        folder = self._workspace.paths.quarantine
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            write_file(folder / name, content)
        except OSError as exc:
            raise DataFolderRefused(str(folder), exc.strerror or "the reason cannot be written") from exc

    def _add(self, name: str, content: bytes) -> None:
        """Let a file wait to be written, in the place of an older one of its name."""
        if self._folder is None:
            return
        self._waiting.pop(name, None)
        self._let_go.pop(name, None)
        self._waiting[name] = content

    def _let_go_of_most(self) -> None:
        """Keep no more waiting than memory is meant for; reports go first, for they can be made at any time."""
        size = sum(map(len, self._waiting.values()))
        for name in sorted(self._waiting, key=lambda name: _REPORT not in name):
            if size <= _WAITING_BYTES:
                return
            size -= len(self._waiting.pop(name))
            self._let_go[name] = None

    def _write_waiting(self) -> None:
        # A watch that is cancelled closes its outbox while a thread may still be writing.
        with self._lock:
            reason = self._write_all()
            self._let_go_of_most()
        if reason is not None and not self._is_told:
            self._is_told = True
            self._tell(
                f"The outbox {self._shown} cannot be written: {reason}. Drops are taken all the same; what is for it"
                " waits until it can be written, or the watch ends."
            )
        elif reason is None and self._is_told:
            self._is_told = False
            lost = f" {len(self._let_go):,} that were too large to wait are named at the end." if self._let_go else ""
            self._tell(f"The outbox {self._shown} can be written again; all that waited for it is there.{lost}")

    def _write_all(self) -> str | None:
        """Write what waits, and return why not all of it could be; None: all of it was."""
        assert self._folder is not None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            return _why(exc)
        reason = None
        for name, content in list(self._waiting.items()):
            # One file that cannot be written (a folder has its name) keeps no other waiting.
            try:
                write_file(self._folder / name, content, _MODE)
            except OSError as exc:
                reason = reason or _why(exc)
            else:
                del self._waiting[name]
        return reason


def _why(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "it is no folder"
    return error.strerror or "unknown reason"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _stem(receipt: Receipt, name: str | None = None) -> str:
    name = _ODD.sub("_", name or str(receipt["file_name"])).strip(" .").encode()[:_NAME_BYTES].decode("utf-8", "ignore")
    return f"{name or 'drop'}-{receipt['extraction_id']}"


def _reason(receipt: Receipt) -> bytes:
    custody = receipt["custody"]
    assert isinstance(custody, dict)
    lines = [
        f"Delivery:  {visible(str(receipt['file_name']))}",
        f"Path:      {visible(str(custody['original_path']))} (left as it is)",
        f"SHA-256:   {'none: it was not read' if custody['sha256'] == UNKNOWN_SHA256 else custody['sha256']}",
        f"Received:  {custody['received_at']}",
        f"Refused:   {receipt['reason']}",
        f"To do:     {receipt['remedy'] or 'nothing'}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")
