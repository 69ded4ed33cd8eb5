"""Tells Telegram Desktop's export from other JSON, by the keys that only it writes."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head
from parsers.json_encoding import json_front
from parsers.members.neighbours import has_neighbours
from parsers.members.told_fronts import neighbour_test

RESULT: Final = "result.json"
_FOLDERS: Final = frozenset(
    {
        *("photos", "video_files", "voice_messages", "round_video_messages", "video_messages", "animations"),
        *("stickers", "files", "contacts", "profile_pictures", "stories", "chats", "lists", "css", "js", "images"),
    }
)
"""The folders that the export makes beside its JSON, for media and for its form as HTML."""


_UNIX_TIME: Final = re.compile(rb'"date_unixtime"\s*:\s*["0-9]')
_SENDER: Final = re.compile(rb'"(?:from_id|actor_id)"\s*:\s*"(?:user|channel|chat)[0-9]+"')
_FULL: Final = re.compile(rb'"(?:personal_information|frequent_contacts|left_chats)"\s*:\s*\{')
_CHAT_TYPE: Final = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_group|private_supergroup|public_supergroup'
    rb'|private_channel|public_channel)"'
)
_OTHERS: Final = re.compile(rb'"(?:timestamp_ms|sender_name)"\s*:')


def is_result_name(name: str) -> bool:
    """Whether a member is named as the export names its JSON."""
    return name.rpartition("/")[2].casefold() == RESULT


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery; of an archive or folder where it is one export and no more."""
    if not head.members and not head.is_folder:
        return _claim_on_front(head.first_bytes)
    results = [name for name in head.members if is_result_name(name)]
    # In a folder the export stands at the top: anything deeper is a folder of deliveries.
    if head.is_folder and not any("/" not in name for name in results):
        return None
    told = [
        (name, claim) for name in results if (claim := _claim_on_front(head.member_heads.get(name, b""))) is not None
    ]
    if len(told) != 1:
        return None
    ((name, claim),) = told
    folder = name.rpartition("/")[0]
    return None if has_neighbours(folder, (name,), head.members, _FOLDERS, neighbour_test(head)) else claim


def own_members(head: Head) -> tuple[str, ...]:
    """Return the files of the export at the top of a folder, where other deliveries lie beside it. Empty: none does."""
    results = [
        name
        for name in head.members
        if "/" not in name and is_result_name(name) and _claim_on_front(head.member_heads.get(name, b"")) is not None
    ]
    if len(results) != 1:
        return ()
    return tuple(name for name in head.members if name in results or _folder_of(name) in _FOLDERS)


def _folder_of(name: str) -> str:
    folder, slash, _ = name.partition("/")
    return folder.casefold() if slash else ""


def _claim_on_front(first_bytes: bytes) -> Claim | None:
    front = json_front(first_bytes)
    if not front.startswith(b"{") or _OTHERS.search(front):
        return None
    if _UNIX_TIME.search(front) or _SENDER.search(front):
        return Claim(score=92, reason="messages with the keys of Telegram Desktop's export")
    if _FULL.search(front):
        return Claim(score=85, reason="lists of Telegram Desktop's export")
    if _CHAT_TYPE.search(front):
        return Claim(score=80, reason="a chat as Telegram Desktop exports it")
    return None


def is_kept_beside(path: str) -> bool:
    """Whether a file lies in a folder that the export keeps beside its JSON."""
    return any(folder.casefold() in _FOLDERS for folder in path.split("/")[:-1])
