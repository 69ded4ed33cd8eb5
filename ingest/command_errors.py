"""Errors of the command line itself; all are the user's to mend, exit code 2.

``CommandError``
    ``OutputRefused``   a file or folder that the user named for a result cannot be written
    ``EarlierReportRefused``  the file that a report is to be compared with is none
    ``RecordUnknown``   no record is held under an id that the user named
    ``NothingThere``    a path that the user named leads to nothing
    ``SelectionUnknown``  nothing is held of a case or an exhibit that the user named
"""

from __future__ import annotations

from collections.abc import Sequence


class CommandError(Exception):
    """Base of all errors that the command line raises on purpose."""


class OutputRefused(CommandError):
    """A file that the user named for the result cannot be written. ``detail`` says why."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.path} cannot be written: {self.detail}"


class EarlierReportRefused(CommandError):
    """The file that a report is to be compared with is no earlier report. ``detail`` says why."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return f"--since {self.path}: {self.detail}"


class RecordUnknown(CommandError):
    """No record is held under an id. ``record_id`` is the id as asked for."""

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self.record_id = record_id

    def __str__(self) -> str:
        return f"No record is held under {self.record_id}. Ids are printed by trapline search and trapline export."


class NothingThere(CommandError):
    """Paths that the user named lead to nothing. ``paths`` are as they were written."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(paths)
        self.paths = tuple(paths)

    def __str__(self) -> str:
        named = ", ".join(self.paths)
        return f"There is nothing at {named}, so nothing was taken in. Check how it is spelt, and run it again."


class FileMissing(CommandError):
    """A file that a verb reads is not there. ``path`` is as it was written."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"There is nothing at {self.path}. Check how it is spelt, and run it again."


class SelectionUnknown(CommandError):
    """Nothing is held of a case or an exhibit that the user named. ``sentence`` says which, and what is held."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
