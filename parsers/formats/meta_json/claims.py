"""Tells the messages that Facebook and Instagram export as JSON, by their keys and by the names of their files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.contract import Claim, Head
from parsers.formats.meta_json.threads import thread_of
from parsers.json_decoding import Json, decode_json
from parsers.json_encoding import json_front
from parsers.members.neighbours import EXPORT_NAMES, has_neighbours
from parsers.members.told_fronts import format_told, neighbour_test

_FOLDERS: Final = frozenset(
    {
        *("inbox", "message_requests", "archived_threads", "filtered_threads", "e2ee_cutover", "secret_groups"),
        "legacy_threads",
    }
)
_ALL: Final = "messages"
"""Of a whole account the folders of conversations stand in this one; what they are called changes with the years."""

_ACTIVITY: Final = "your_"
_FILE = re.compile(r"message_[0-9]+\.json", re.IGNORECASE)
_LEAST_PARTS: Final = 3
_OF_ACCOUNT: Final = (".json", ".txt")
_OWN_FORMATS: Final = frozenset({None, "meta_json"})
_ENCRYPTED: Final = (b'"senderName"', b'"isUnsent"')
_KEYS: Final = ((b'"sender_name"', b'"timestamp_ms"'), _ENCRYPTED)
_MEDIA: Final = "media"
"""The folder of what was sent in encrypted conversations, beside them."""

_TABLES: Final = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
"""What was sent may be a table, which is read by itself."""

_TOLD: Final = {
    "participants": re.compile(rb'"participants"\s*:\s*(\[[^\[\]]*\])'),
    "threadName": re.compile(rb'"threadName"\s*:\s*("(?:[^"\\]|\\.)*")'),
}


def message_files(names: Sequence[str]) -> frozenset[str]:
    """Return the files of messages of a delivery: those of an account, else those of encrypted conversations."""
    found = frozenset(name for name in names if is_message_file(name))
    return found or frozenset(name for name in names if _is_encrypted_chat(name))


def _is_encrypted_chat(name: str) -> bool:
    """Whether a file of an export of end-to-end encrypted conversations is one of them, by its name: any JSON."""
    return name.casefold().endswith(".json") and _MEDIA not in name.casefold().split("/")[:-1]


def is_message_file(name: str) -> bool:
    """Whether a member is a file of messages, by its path: ``inbox/zaro_123/message_1.json``."""
    return _place_of(name) is not None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery; of an archive or folder where it is one account and no more."""
    if not head.is_folder and not head.members:
        front = json_front(head.first_bytes)
        if front.startswith(b"{") and any(all(key in front for key in keys) for keys in _KEYS):
            return Claim(score=90, reason="messages with the keys of Facebook's and Instagram's export")
        return None
    places = {place for name in head.members if (place := _place_of(name)) is not None}
    accounts = {account for account, _ in places}
    if not places:
        return _claim_on_encrypted(head)
    if len(accounts) != 1:
        return None
    (account,) = accounts
    # Deeper down in a folder it would be a folder of deliveries.
    if (head.is_folder and account) or _lies_beside(account, {messages for _, messages in places}, head):
        return None
    kind = "folder" if head.is_folder else "archive"
    return Claim(score=88, reason=f"{kind} with the message files of an export")


def _claim_on_encrypted(head: Head) -> Claim | None:
    """Return the claim on an export of end-to-end encrypted conversations: a JSON each in one folder, and ``media``.

    Any JSON may lie in a folder, so each file is looked at; where there are more than are, each is read by itself.
    """
    chats = frozenset(name for name in head.members if _is_encrypted_chat(name))
    folders = {name.rpartition("/")[0] for name in chats}
    if len(folders) != 1 or (head.is_folder and folders != {""}):
        return None
    (folder,) = folders
    media = (f"{folder}/{_MEDIA}/" if folder else f"{_MEDIA}/").casefold()
    others = [name.casefold() for name in head.members if name not in chats]
    if not all(name.startswith(media) and not name.endswith(_TABLES) for name in others):
        return None
    if (head.is_folder and not others) or not chats <= head.member_heads.keys():
        return None
    fronts = [json_front(head.member_heads[name]) for name in chats]
    if not all(front.startswith(b"{") and all(key in front for key in _ENCRYPTED) for front in fronts):
        return None
    if len({owner for front in fronts if (owner := thread_of(_told_in(front)).owner) is not None}) > 1:
        return None  # of several accounts, which are extractions of their own
    kind = "folder" if head.is_folder else "archive"
    return Claim(score=88, reason=f"{kind} with end-to-end encrypted conversations")


def _told_in(front: bytes) -> dict[str, Json]:
    """Return who takes part in an encrypted conversation and what it is called, as far as its front has it."""
    told: dict[str, Json] = {}
    for key, pattern in _TOLD.items():
        found = pattern.search(front)
        try:
            told[key] = decode_json(found[1])[0] if found is not None else None
        except ValueError:
            continue
    return told


def own_members(head: Head) -> tuple[str, ...]:
    """Return the messages of the account at the top of a folder, where other deliveries lie beside it. Empty: none."""
    places = {place for name in head.members if (place := _place_of(name)) is not None}
    of_messages = tuple(f"{messages}/" for account, messages in places if not account)
    return tuple(name for name in head.members if of_messages and name.startswith(of_messages))


def _place_of(name: str) -> tuple[str, str] | None:
    """Return the folder of the account and the one of its messages, of a file of messages. None: it is none."""
    parts = name.split("/")
    if len(parts) < _LEAST_PARTS or not _FILE.fullmatch(parts[-1]):
        return None
    folders = parts[: -_LEAST_PARTS + 1]
    is_known = folders[-1].casefold() in _FOLDERS
    messages = folders[:-1]
    if messages and messages[-1].casefold() == _ALL:
        folders, account = messages, messages[:-1]
    elif is_known:
        account = messages
    else:
        return None
    if account and account[-1].casefold().startswith(_ACTIVITY):
        account = account[:-1]
    return "/".join(account), "/".join(folders)


def _lies_beside(account: str, messages: set[str], head: Head) -> bool:
    """Whether something lies beside the messages that is no data of the account, and could be a delivery.

    The rest of an account is JSON or text in folders of many names; what was sent with a message stands at it.
    """
    prefix = f"{account}/" if account else ""
    sent = tuple(f"{folder}/" for folder in messages)
    others = [name for name in head.members if not name.startswith(sent)]
    if any(name.rpartition("/")[2].casefold() in EXPORT_NAMES for name in others):
        return True
    own = [
        name
        for name in others
        if name.startswith(prefix) and name.casefold().endswith(_OF_ACCOUNT) and format_told(head, name) in _OWN_FORMATS
    ]
    return has_neighbours(account, own, others, frozenset(), neighbour_test(head))


def service_of(names: str) -> str:
    """Return the application that a path names; ``meta``: it names neither, and the files of both look alike."""
    lowered = names.lower()
    is_facebook, is_instagram = "facebook" in lowered, "instagram" in lowered
    if is_facebook is is_instagram:
        return "meta"
    return "facebook" if is_facebook else "instagram"


def is_kept_beside(path: str) -> bool:
    """Whether a file lies in a folder of the account's conversations, where what was sent stands."""
    folders = {folder.casefold() for folder in path.split("/")[:-1]}
    return not folders.isdisjoint({*_FOLDERS, _ALL, _MEDIA})
