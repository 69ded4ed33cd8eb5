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
from parsers.unreadable import POINTERS

_TRIED: Final = frozenset({"table_unknown", "delimiter_unknown", "chat_not_understood", "chat_unknown"})
"""Refusals of what is a table or reads as a chat, and holds what no reader understands."""

NOT_A_DELIVERY: Final = frozenset(
    {
        *("format_unknown", "input_empty", "document_not_read", "xml_unknown", "json_unknown", "database_unknown"),
        *("table_unknown", "program_not_read", "media_not_read", "mail_not_read", "office_text_not_read"),
        *("chat_not_understood", "chat_unknown", "delimiter_unknown", "tool_page_not_read", "plist_not_read"),
    }
)
"""Refusals of a member that only say that it is none of a delivery; any other says why one could not be read."""

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


def is_no_delivery(refused: InputRefused) -> bool:
    """Whether a refusal of a member only says that it is none of a delivery: a note, a picture, UFED's pointer."""
    return refused.code in NOT_A_DELIVERY or refused.subject in POINTERS


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
        if not self.is_export(key, refused):
            return False
        self.add(refused, refused.about(shown), shown)
        return True

    def is_export(self, key: str, refused: InputRefused) -> bool:
        """Whether a file that was refused may be an export that somebody made; see ``takes``."""
        name = self._place + key
        return _may_be_export(refused) and not name.startswith(self._of_handsets) and not is_exported_by_tool(name)

    def add(self, refused: InputRefused, subject: str, shown: str) -> None:
        """Keep a file that is missing, as notices name it (``subject``) and as it is called (``shown``)."""
        self._found.append((refused.code, subject, shown))

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
