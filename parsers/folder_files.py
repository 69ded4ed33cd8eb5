"""Walks a delivery that is a folder: what lies in it, and what in it leads elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from parsers.contract import Limits
from parsers.errors import InputRefused

LINK: Final = "member_refused"
"""Notice code of a link, which is not followed: what it leads to is no part of the delivery."""


def files_below(folder: Path, limits: Limits, on_link: Callable[[str], object]) -> Iterator[str]:
    """Yield the files of a folder by their paths in it, folder by folder, a folder's own first, each by name.

    Args:
        folder: The delivery.
        limits: Bounds on hostile input.
        on_link: Is told the path of each link, to a file or to a folder.

    Raises:
        InputRefused: ``archive_refused``: it has more files than an archive may have.
    """
    count = 0
    for root, folders, files in os.walk(folder):
        is_link = {name: Path(root, name).is_symlink() for name in sorted([*folders, *files])}
        for name in filter(is_link.__getitem__, is_link):
            on_link(Path(root, name).relative_to(folder).as_posix())
        folders[:] = sorted(name for name in folders if not is_link[name])
        for name in sorted(files):
            if is_link[name]:
                continue
            count += 1
            if count > limits.archive_members:
                raise InputRefused("archive_refused", f"more than {limits.archive_members} files")
            yield Path(root, name).relative_to(folder).as_posix()
