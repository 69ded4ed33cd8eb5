"""How far down the folders of an archive or folder lie, as far as that says something of what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from parsers.members.handset_files import folder_of

_FILE: Final = ""
_MOST_DOWN: Final = 64
"""Folders of one path that are told apart: a hostile name has thousands."""


def folders_above(name: str) -> list[str]:
    """Return the folders in which a file lies, from the top down."""
    parts = folder_of(name).split("/")[:_MOST_DOWN]
    return [folder for depth in range(1, len(parts) + 1) if (folder := "/".join(parts[:depth]))]


def folders_down_to(names: Iterable[str], most_levels: int) -> set[str]:
    """Return the folders of files, down to so many levels.

    A folder that holds nothing but one other is no level: any number of them is put around a delivery where somebody
    packs it with the folders in which it lay.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for name in {folder_of(name): name for name in names}.values():
        above = ""
        for folder in folders_above(name):
            held[above].add(folder)
            above = folder
        held[above].add(_FILE)
    found: set[str] = set()
    level = [""]
    for _ in range(most_levels + 1):
        level = [_unwrapped(folder, held, found) for folder in level]
        found.update(level)
        level = [below for folder in level for below in held[folder] if below != _FILE]
    return found - {""}


def _unwrapped(folder: str, held: dict[str, set[str]], passed: set[str]) -> str:
    """Return the folder that holds something in a folder that may hold one other alone; those between are passed."""
    while len(held[folder]) == 1 and _FILE not in held[folder]:
        passed.add(folder)
        (folder,) = held[folder]
    return folder
