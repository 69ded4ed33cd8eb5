"""WhatsApp's numbers for what a row is and what became of it.

Source: WhatsApp-Chat-Exporter (MIT), iLEAPP and ALEAPP (MIT).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

SERVICE, BUSINESS_SERVICE = "whatsapp", "whatsapp business"
_EDITION: Final = re.compile(r"com\.whatsapp(?:\.w4b)?|net\.whatsapp\.WhatsApp(?:SMB)?|WhatsAppSMB", re.IGNORECASE)
"""In paths of an edition: its package, or its group of applications on iOS."""

_OF_BUSINESS: Final = ("w4b", "smb")
_BUSINESS_FOLDER: Final = re.compile(r"(?:^|/)WhatsApp Business/(?:Databases|Backups)(?:/|$)", re.IGNORECASE)
"""In the storage; any other folder may be called so by whoever made it."""

ANDROID_SYSTEM: Final = 7
ANDROID_DELETED: Final = frozenset({15, 64})
ANDROID_MEDIA: Final = frozenset({1, 2, 3, 9, 13, 20, 42, 43})
"""A picture, sound, video, document, animation or sticker; 42 and 43 are to be seen once."""
ANDROID_SENT: Final = {0: "unsent", 4: "sent", 5: "delivered", 8: "played", 13: "read", 20: "failed"}
ANDROID_SYSTEM_STATUS: Final = 6
ANDROID_OLD_PLACES: Final = frozenset({5, 16})
"""A place, or one that is followed; in the older table it stands in columns that are not read."""
ANDROID_OLD_CARDS: Final = frozenset({4, 14})
"""One contact card or several; the name beside them is the person's and no file's."""

IOS_SYSTEM: Final = frozenset({6, 10})
IOS_DELETED: Final = 14
IOS_CONTENT_NOT_READ: Final = {4: "contact card", 5: "location"}
"""What stands beside the message in columns that are not read."""

GROUP_SUFFIX: Final = "@g.us"
BROADCAST_SUFFIX: Final = "@broadcast"
LID_SUFFIX: Final = "@lid"
STATUS_SUFFIX: Final = "@status"
PERSON_SUFFIX: Final = "@s.whatsapp.net"
_STATUSES: Final = "status@broadcast"


@lru_cache(maxsize=256)
def service_at(place: str) -> str:
    """Return the edition of a database or a file by its path; the tables of both are the same.

    The innermost folder that names one decides: above it stand names that an examiner gave.
    """
    for part in (place.rpartition("/")[0], place):
        if named := _EDITION.findall(part):
            return BUSINESS_SERVICE if named[-1].casefold().endswith(_OF_BUSINESS) else SERVICE
    return BUSINESS_SERVICE if _BUSINESS_FOLDER.search(place) is not None else SERVICE


def is_group(jid: str | None) -> bool:
    """Whether an id is that of a group."""
    return jid is not None and jid.endswith(GROUP_SUFFIX)


def is_broadcast(jid: str | None) -> bool:
    """Whether an id is that of a broadcast list, or of the list of those who see a status; nobody writes as one."""
    return jid is not None and jid.endswith(BROADCAST_SUFFIX)


def is_list(jid: str | None) -> bool:
    """Whether an id is that of a broadcast list that somebody made."""
    return is_broadcast(jid) and jid != _STATUSES


def group_named(jid: str | None, name: str | None) -> tuple[tuple[str, str], ...]:
    """Return the name of the group in which a message stands, under the key of other applications' chats."""
    return (("chat", name),) if name is not None and is_group(jid) else ()
