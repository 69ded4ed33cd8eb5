"""Errors of the service.

``IngestError``
    ``DataFolderError``
        ``DataFolderLocked``     another process writes to the data folder
        ``DataFolderNewer``      the data folder was written by a newer Trapline
        ``DataFolderFull``       no room is left on its disk, or a limit stops a file
        ``DataFolderRefused``    the path cannot be a data folder
        ``DataFolderMissing``    there is no data folder, and the verb makes none
    ``SegmentDamaged``           a segment is missing or does not match its checksums; ``reparse`` mends it
    ``ChainBroken``              an audit log or decision journal does not hold together
    ``WorkerLost``               a worker process ended without an answer: killed, out of memory or out of time
    ``ExtractionUnknown``        nothing is held under this id
    ``AmendmentRefused``         a correction cannot be made as asked
    ``DecisionRefused``          a decision about a link or a line cannot be made as asked
    ``BackupRefused``            a backup cannot be written or restored there

No message holds evidence text. All survive pickling: the fields are the arguments.
"""

from __future__ import annotations


class IngestError(Exception):
    """Base of all errors that the service raises on purpose."""


class DataFolderError(IngestError):
    """The data folder cannot be used as asked. ``path`` is the folder."""

    sentence = "The data folder {path} cannot be used: {detail}."

    def __init__(self, path: str, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return self.sentence.format(path=self.path, detail=self.detail)


class DataFolderLocked(DataFolderError):
    """Another process writes to the data folder."""

    sentence = "Another trapline process is writing to {path} ({detail}). Wait until it has ended, or stop it."


class DataFolderNewer(DataFolderError):
    """The data folder has a schema version that this version does not know."""

    sentence = "The data folder {path} was written by a newer Trapline ({detail}). Install that version."


class DataFolderFull(DataFolderError):
    """No room is left on the disk of the data folder, or a limit stops a file in it from growing.

    ``path`` is the data folder; empty where the error arose in a process that does not know it.
    """

    sentence = (
        "No room is left on the disk{of}, or a limit of the system (ulimit -f) stops a file there from growing. Nothing"
        " that is held is lost: make room there and run the same command again."
    )

    def __init__(self, path: str = "") -> None:
        super().__init__(path)

    def __str__(self) -> str:
        return self.sentence.format(of=f" of the data folder {self.path}" if self.path else "")

    def __reduce__(self) -> tuple[type[DataFolderFull], tuple[str]]:
        return type(self), (self.path,)


class DataFolderRefused(DataFolderError):
    """The path is a file or is not writable, its disk is full, or what it holds is damaged. ``detail`` says which."""


class DataFolderMissing(DataFolderError):
    """There is no data folder at the path; what is there, if anything, is not ours."""

    sentence = "There is no data folder at {path}: {detail}. Check --data, TRAPLINE_DATA and the settings file."


class SegmentDamaged(IngestError):
    """A segment is missing or damaged."""

    def __init__(self, extraction_id: str, detail: str) -> None:
        super().__init__(extraction_id, detail)
        self.extraction_id = extraction_id
        self.detail = detail

    def __str__(self) -> str:
        return (
            f"The segment of {self.extraction_id} is damaged ({self.detail}). "
            "The original is in the vault: run trapline reparse."
        )


class ChainBroken(IngestError):
    """A hash-chained log does not hold together at a line (from 1)."""

    def __init__(self, path: str, line: int, detail: str) -> None:
        super().__init__(path, line, detail)
        self.path = path
        self.line = line
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.detail}. {self.remedy}"

    @property
    def remedy(self) -> str:
        """What to do, as sentences."""
        return (
            "Keep the file and compare it with a backup. To go on, lay the last backup into a new data folder; or move "
            "the file and its head elsewhere: a new one begins, and nothing that stood in it counts any more."
        )


class WorkerLost(IngestError):
    """A worker process ended without an answer. ``detail`` says how: ``killed by signal 9``, ``time limit``."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ExtractionUnknown(IngestError):
    """Nothing is held under this id."""

    def __init__(self, extraction_id: str) -> None:
        super().__init__(extraction_id)
        self.extraction_id = extraction_id

    def __str__(self) -> str:
        return f"No extraction is held under {self.extraction_id}. See trapline status."


class AmendmentRefused(IngestError):
    """A correction cannot be made as asked. ``detail`` says why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class DecisionRefused(IngestError):
    """A decision about a link or a line cannot be made as asked. ``detail`` says why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class BackupRefused(IngestError):
    """A backup cannot be written or restored there. ``detail`` says why."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}"
