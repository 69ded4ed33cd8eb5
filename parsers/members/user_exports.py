"""Exports that the user of a handset kept in its storage: a chat in Downloads, a backup of the texts."""

from __future__ import annotations

import re
from typing import Final

from parsers.formats.whatsapp_text.chat_members import is_chat_name
from parsers.members.handset_files import handset_root, last_of

_BACKUP: Final = re.compile(r"(?:sms|calls)-\d{4,14}[\w-]*\.xml", re.IGNORECASE)
"""What SMS Backup & Restore calls its files."""


def is_user_export(name: str) -> bool:
    """Whether a file in a handset's file system is called as an application calls what it exports of messages."""
    return (_BACKUP.fullmatch(last_of(name)) is not None or is_chat_name(name)) and handset_root(name) is not None
