"""Finds the files that messages name and that lie beside the delivery which names them, in the same archive or folder.

A database that is read by itself does not see the pictures next to it. Names repeat from handset to handset and from
folder to folder: a file is taken only where it is the one of its name that can be meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parsers.contract import names_member
from parsers.members.handset_files import folder_of, handset_root, last_of
from parsers.members.units import Unit

_MOST_FILES: Final = 200_000
"""Files that are told by name; a full file system holds more, of which these are the first."""


class BesideFiles:
    """The files of an archive or folder that are no delivery, by name."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._by_name: dict[str, list[str]] | None = None

    def member_of(self, kept_at: str, unit: Unit) -> str | None:
        """Return the file which a unit can mean.

        Args:
            kept_at: Its name, or its path on the handset, of which the name alone counts.
            unit: The unit.

        Returns:
            None: there is none of that name, or there are several.
        """
        if unit.parser is None or not names_member(unit.parser, unit.names[0]):
            # Only a handset's own database keeps its files apart; an export holds them, or lies in their folder.
            return None
        if self._by_name is None:
            self._by_name = {}
            for each in self._names[:_MOST_FILES]:
                self._by_name.setdefault(last_of(each).casefold(), []).append(each)
        name = last_of(kept_at.replace("\\", "/")).casefold()
        found = [each for each in self._by_name.get(name, ()) if _is_beside(each, unit)]
        return found[0] if len(found) == 1 else None


def _is_beside(name: str, unit: Unit) -> bool:
    """Whether a file lies in the file system of the handset that a unit is of, else in the folder of the unit."""
    if unit.root is not None:
        return handset_root(name) == unit.root
    folder = unit.key if unit.is_folder else folder_of(unit.key)
    return not folder or name.startswith(f"{folder}/")
