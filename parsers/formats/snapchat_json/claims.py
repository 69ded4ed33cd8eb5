"""Tells the histories of Snapchat's export from other JSON, by the keys that only it writes."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head
from parsers.json_encoding import json_front
from parsers.members.neighbours import has_neighbours
from parsers.members.told_fronts import format_told, neighbour_test

_NAMES: Final = frozenset({"chat_history.json", "snap_history.json"})
_FOLDER: Final = "json"
_FOLDERS: Final = frozenset({"html", "chat_media", "shared_story", "memories", "media"})
"""The folders that the export makes beside its histories where it makes none for them."""

_NEWER: Final = (b'"Media Type"', b'"Created"', b'"From"')
_NEWER_ALONE: Final = (b'"IsSender"', b'"IsSaved"', b'"Created(microseconds)"', b'"Conversation Title"')
_OLDER: Final = re.compile(rb'"(?:Received|Sent) (?:Saved Chat|Snap) History"\s*:')
_NONE_SAVED: Final = rb'"[^"]{0,200}"\s*:\s*\[\s*\]\s*'
_EMPTY: Final = re.compile(rb"\{\s*(?:" + _NONE_SAVED + rb"(?:,\s*" + _NONE_SAVED + rb")*)?\}\s*")
"""Of somebody who had saved no chat, or of whose conversations none had one."""


def is_history_name(name: str) -> bool:
    """Whether a member is named as the export names its histories."""
    return name.rpartition("/")[2].casefold() in _NAMES


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery; of an archive or folder where it is one export and no more."""
    if not head.members and not head.is_folder:
        return _claim_on_front(head.first_bytes, head.name)
    histories = [name for name in head.members if is_history_name(name)]
    if head.is_folder:
        # In a folder the export stands at the top, or in the ``json`` that it makes: deeper lie deliveries.
        histories = [name for name in histories if name.rpartition("/")[0].casefold() in {"", _FOLDER}]
    told = [
        claim for name in histories if (claim := _claim_on_front(head.member_heads.get(name, b""), name)) is not None
    ]
    folders = {name.rpartition("/")[0] for name in histories}
    if not told or len(folders) != 1:
        return None
    (folder,) = folders
    # What the export puts beside its histories is JSON too, in the same folder.
    beside = [
        name
        for name in head.members
        if name.rpartition("/")[0] == folder
        and name.endswith(".json")
        and (is_history_name(name) or format_told(head, name) is None)
    ]
    return None if has_neighbours(folder, beside, head.members, _FOLDERS, neighbour_test(head)) else told[0]


def _claim_on_front(first_bytes: bytes, name: str) -> Claim | None:
    front = json_front(first_bytes)
    if not front.startswith(b"{"):
        return None
    if _OLDER.search(front):
        return Claim(score=92, reason="lists of Snapchat's saved chats")
    if all(key in front for key in _NEWER) and any(key in front for key in _NEWER_ALONE):
        return Claim(score=92, reason="messages with the keys of Snapchat's export")
    if is_history_name(name) and _EMPTY.fullmatch(front):
        return Claim(score=60, reason="an empty history under the name that Snapchat's export gives it")
    return None


def is_kept_beside(path: str) -> bool:
    """Whether a file lies in a folder that the export keeps beside its histories."""
    return any(folder.casefold() in _FOLDERS for folder in path.split("/")[:-1])
