"""Tells the messages that Facebook and Instagram export as JSON, by their keys and by the names of their files."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head
from parsers.members.neighbours import has_neighbours

_FOLDERS: Final = "inbox|message_requests|archived_threads|filtered_threads|e2ee_cutover|secret_groups|legacy_threads"
_MEMBER: Final = re.compile(rf"(?:^|/)(?:{_FOLDERS})/[^/]+/message_[0-9]+\.json$", re.IGNORECASE)
_AT_TOP: Final = re.compile(
    rf"^(?:your_(?:facebook|instagram)_activity/)?(?:messages/)?(?:{_FOLDERS})/[^/]+/message_[0-9]+\.json$",
    re.IGNORECASE,
)
_KEYS: Final = ((b'"sender_name"', b'"timestamp_ms"'), (b'"senderName"', b'"isUnsent"'))


def is_message_file(name: str) -> bool:
    """Whether a member is a file of messages, by its path."""
    return _MEMBER.search(name) is not None


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    is_alone = not has_neighbours("", (), head.members)
    if head.is_folder:
        # Deeper down it would be a folder of deliveries.
        found = any(_AT_TOP.search(name) for name in head.members) and (is_alone or head.has_sidecar)
        reason = "folder with the message files of an export"
        return Claim(score=88, reason=reason, is_whole=is_alone) if found else None
    if head.members:
        found = any(map(is_message_file, head.members))
        reason = "archive with the message files of an export"
        return Claim(score=88, reason=reason, is_whole=is_alone) if found else None
    front = head.first_bytes.removeprefix(b"\xef\xbb\xbf").lstrip()
    if front.startswith(b"{") and any(all(key in front for key in keys) for keys in _KEYS):
        return Claim(score=90, reason="messages with the keys of Facebook's and Instagram's export")
    return None


def service_of(names: str) -> str:
    """Return the application that a path names; ``meta``: it names neither, and the files of both look alike."""
    lowered = names.lower()
    is_facebook, is_instagram = "facebook" in lowered, "instagram" in lowered
    if is_facebook is is_instagram:
        return "meta"
    return "facebook" if is_facebook else "instagram"
