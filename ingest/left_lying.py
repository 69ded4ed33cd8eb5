"""What lies in a watched folder and is no drop: files under the name of an unfinished copy, and litter of systems.

A person is told of each once, and again where an unfinished copy stays so: nothing waits without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from ingest.deliveries import is_left_litter, shown_path

UNFINISHED: Final = (
    ".filepart",
    *(".crdownload", ".opdownload", ".download", ".part", ".partial", ".tmp", ".!ut", ".!qb", ".aria2"),
)
"""Ends of names, in small letters, that programs give a file (or, Safari, a folder) until it is copied whole."""


def unfinished_suffix(name: str) -> str | None:
    """Return the end of a name that says that the copy is not finished. None: it has no such end."""
    lowered = name.casefold()
    return next((suffix for suffix in UNFINISHED if lowered.endswith(suffix)), None)


class LeftLying:
    """Knows what of a watched folder is no drop, and whom it told.

    Args:
        tell: Gets one sentence at a time, for a person.
        long_seconds: How long an unfinished copy lies there before it is said again.
    """

    def __init__(self, tell: Callable[[str], None], long_seconds: float) -> None:
        self._tell = tell
        self._long_seconds = long_seconds
        self._since: dict[Path, float] = {}
        self._told_long: set[Path] = set()

    def leaves(self, path: Path, now: float) -> bool:
        """Whether a path is no drop as it is named and as it is; ``now`` in monotonic seconds. Tells of it."""
        suffix = unfinished_suffix(path.name)
        if suffix is None:
            is_litter = is_left_litter(path)
            if is_litter and path not in self._since:
                self._since[path] = now
                self._tell(f"{shown_path(path)} is left where it lies: systems and programs leave such files behind.")
            return is_litter
        since = self._since.get(path)
        if since is None:
            self._since[path] = now
            self._tell(
                f"{shown_path(path)} waits: {suffix} is the name of an unfinished copy. It is taken when it is renamed."
            )
        elif now - since >= self._long_seconds and path not in self._told_long:
            self._told_long.add(path)
            self._tell(
                f"{shown_path(path)} still waits after {round(now - since)} s: was its copy broken off?"
                f" Copy it again, or rename it without {suffix}."
            )
        return True

    def unfinished(self) -> list[Path]:
        """Return what lies there under the name of an unfinished copy, by path."""
        return sorted(path for path in self._since if unfinished_suffix(path.name) is not None)

    def forget_all_but(self, present: Collection[Path]) -> None:
        """Forget what lies there no more: it is told of anew if it comes back."""
        self._since = {path: since for path, since in self._since.items() if path in present}
        self._told_long.intersection_update(present)
