"""Backups of Nokia PC Suite: an archive whose folders the handset numbers, with messages in a form of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

NOKIA_BACKUP: Final = "nokia_backup_not_read"
"""Notice code of the refusal."""

_MESSAGES: Final = "predefmessages/"


def is_nokia_backup(names: Iterable[str]) -> bool:
    """Whether the files of an archive or folder are those of such a backup, by the folder of its messages."""
    return any(_MESSAGES in f"{name.casefold()}/" for name in names)
