"""What ``watch`` writes for those who dropped something: receipts, the report, and reasons where it was refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from ingest.assemble import Workspace
from ingest.data_paths import write_file
from ingest.deliveries import shown_path
from ingest.errors import DataFolderRefused
from ingest.outcomes import Receipt
from ingest.printed.output import visible
from ingest.receipts import UNKNOWN_SHA256, is_of_litter
from ingest.report_files import reports_after
from search.errors import SearchError
from search.reports.forms import ReportForm

_ODD: Final = re.compile(r"[^\w .()+,@=-]")
_NAME_BYTES: Final = 120
"""With an id and an ending behind it a name stays within what file systems take (255 bytes)."""
_MODE: Final = 0o640


class Outbox:
    """Writes into the data folder (reasons, the latest report), and into a folder that the user names."""

    def __init__(self, workspace: Workspace, folder: Path | None) -> None:
        self._workspace = workspace
        self._folder = folder

    async def put(self, receipts: Sequence[Receipt], drop: Path | None = None) -> None:
        """Write what came of one drop.

        Args:
            receipts: Of the drop.
            drop: The file or folder that was dropped: the report is named after it, whatever lay first in a folder.
                None: it is not known any more, and the first receipt names it.

        Raises:
            DataFolderRefused: The outbox cannot be written.
        """
        for receipt in receipts:
            if receipt["state"] == "refused" and not is_of_litter(receipt):
                reason = _reason(receipt)
                self._workspace.paths.quarantine.mkdir(mode=0o700, exist_ok=True)
                write_file(self._workspace.paths.quarantine / f"{_stem(receipt)}.reason.txt", reason)
                self._write(f"{_stem(receipt)}.reason.txt", reason)
            self._write(f"{_stem(receipt)}.receipt.json", orjson.dumps(receipt, option=orjson.OPT_INDENT_2))
        read = [receipt for receipt in receipts if receipt["state"] != "refused"]
        if read:
            name = str(read[0]["file_name"]) if drop is None else shown_path(Path(drop.name))
            await self._put_report(read, _stem(read[0], name))

    async def _put_report(self, receipts: Sequence[Receipt], stem: str) -> None:
        try:
            forms = [ReportForm(name) for name in self._workspace.settings.watch.report_forms]
            files = await reports_after(self._workspace, receipts, forms)
        except SearchError:
            # The index is away: the receipt says that the drop waits for it, and a report would lack it.
            return
        for ending, content in files.items():
            self._write(f"{stem}.report.{ending}", content)

    def _write(self, name: str, content: bytes) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._folder / name, content, _MODE)
        except OSError as exc:
            raise DataFolderRefused(str(self._folder), exc.strerror or "the outbox cannot be written") from exc


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
