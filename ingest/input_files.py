"""Files that a verb reads and takes nowhere: what is said where one is not there is the same for all."""

from __future__ import annotations

from pathlib import Path

from parsers.errors import InputRefused


def existing_file(path: Path) -> Path:
    """Return the path of a file.

    Raises:
        InputRefused: There is nothing, or a folder.
    """
    if path.is_dir():
        raise InputRefused("input_is_folder", path.name)
    if not path.exists():
        raise InputRefused("input_missing", path.name)
    return path
