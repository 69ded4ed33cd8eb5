"""Files that a verb reads and takes nowhere: what is said where one is not there is the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.command_errors import FileMissing, NothingThere
from ingest.printed.output import visible
from parsers.errors import InputRefused


def existing_file(path: Path) -> Path:
    """Return the path of a file.

    Raises:
        FileMissing: There is nothing.
        InputRefused: It is a folder.
    """
    if path.is_dir():
        raise InputRefused("input_is_folder", path.name)
    if not path.exists():
        raise FileMissing(visible(str(path)))
    return path


def check_paths(paths: Sequence[Path]) -> None:
    """Look whether each path leads to something: a slip of the pen is no delivery, and is noted nowhere.

    What is there and cannot be looked at is a delivery that is refused, with a receipt of its own.

    Raises:
        NothingThere: One or more lead to nothing.
    """
    missing = [visible(str(path)) for path in paths if not _leads_somewhere(path)]
    if missing:
        raise NothingThere(missing)


def _leads_somewhere(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True
