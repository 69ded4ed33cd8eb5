"""Names tables, chats and what else may hold messages in an archive or folder, and no reader understands: missing.

A note, a picture or a program beside deliveries is left out by design. A table or a chat is what deliveries come as:
one that lies there for itself may hold records until somebody has looked at it. So is XML, JSON or a database whose own
names are those of messages or calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from parsers.census import CENSUS_CODES
from parsers.errors import InputRefused
from parsers.members.census_words import may_hold_messages
from parsers.members.handset_files import handset_root
from parsers.members.user_exports import is_exported_by_tool
from parsers.records.notices import Notice

_TRIED: Final = frozenset({"table_unknown", "delimiter_unknown", "chat_not_understood", "chat_unknown"})
"""Refusals of what is a table or reads as a chat, and holds what no reader understands."""

_MOST_NAMED: Final = 50
_FURTHER: Final = "further members"

_PLACE: Final = re.compile(
    r"(?:full |file |source |item )?(?:path|name|location)|files?|filename|folder|directory", re.IGNORECASE
)
_MEASURE: Final = re.compile(
    r"(?:md5|sha[- _]?(?:1|256|512)|crc32|hash(?:es)?|checksum|(?:file |logical )?size)\b.*", re.IGNORECASE
)
"""What stands over the columns of a list of files, which tools write beside what they export: where each lies, with how
long it is or the sum of its bytes. No table of messages or calls has both for each row under such bare words."""


class TriedExports:
    """Tables and chats that no reader understands, in the order in which they were tried.

    Args:
        names: All files of the archive or folder.
        place: Where it was packed in others, with ``/`` behind it.
    """

    def __init__(self, names: Iterable[str], place: str) -> None:
        roots = {root for name in names if (root := handset_root(place + name)) is not None}
        self._of_handsets = tuple(f"{root}/" if root else "" for root in roots)
        self._place = place
        self._found: list[tuple[str, str, str]] = []

    def takes(self, key: str, shown: str, refused: InputRefused) -> bool:
        """Keep a file that was refused, where it may be an export that somebody made; whether it is kept.

        What lies in a handset's file system is a file of its programs, whatever form it has; so is what a tool puts
        beside its report, and a list of files is of the tool.

        Args:
            key: The file's name in the archive or folder.
            shown: Its name as notices show it.
            refused: Why nothing of it is read.
        """
        name = self._place + key
        if not _may_be_export(refused) or name.startswith(self._of_handsets) or is_exported_by_tool(name):
            return False
        self._found.append((refused.code, refused.about(shown), shown))
        return True

    def notices(self) -> Iterator[Notice]:
        """Yield a notice for each, with what it holds; of very many the further ones are counted by their reason."""
        for code, subject, shown in self._found[:_MOST_NAMED]:
            yield Notice(code=code, subject=subject, first_locator=shown)
        further: dict[str, list[str]] = {}
        for code, _, shown in self._found[_MOST_NAMED:]:
            further.setdefault(code, []).append(shown)
        for code, names in further.items():
            yield Notice(code=code, count=len(names), subject=_FURTHER, first_locator=names[0])


def _may_be_export(refused: InputRefused) -> bool:
    census = refused.subject or ""
    # Any program keeps such files: one may be an export where the names in it are those of messages or calls.
    if refused.code in CENSUS_CODES:
        return may_hold_messages(census)
    return refused.code in _TRIED and not _is_of_files(census)


def _is_of_files(census: str) -> bool:
    """Whether a table is a list of files by its columns."""
    headings = census.rpartition("columns ")[2].split(", ")
    return any(map(_PLACE.fullmatch, headings)) and any(map(_MEASURE.fullmatch, headings))
