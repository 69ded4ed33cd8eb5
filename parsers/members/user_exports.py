"""Exports that the user of a handset kept in its storage: a chat in Downloads, a backup of the texts, an archive."""

from __future__ import annotations

import re
from typing import Final

from parsers.chat_names import is_chat_name
from parsers.identification import is_near
from parsers.members.handset_files import handset_root, last_of
from parsers.members.neighbours import TAR_SUFFIXES, is_of_a_mac

_BACKUP: Final = re.compile(r"(?:sms|calls)-\d{4,14}[\w-]*\.xml", re.IGNORECASE)
"""What SMS Backup & Restore calls its files."""

_STORAGE = re.compile(
    r"(?:^|/)(?:data/media/[0-9]{1,4}|storage/emulated/[0-9]{1,4}|sdcard|Media/Downloads|File Provider Storage"
    r"|Mobile Documents/com~apple~CloudDocs)/(?!Android/(?:data|obb)/)"
)
"""Where a user's own files lie: what applications keep there for themselves is no export."""

_ARCHIVES: Final = (".zip", ".ab", *TAR_SUFFIXES)

_EXPORTED: Final = "/files/"


def is_user_export(name: str) -> bool:
    """Whether a file in a handset's file system is called as an application calls what it exports of messages."""
    return (_BACKUP.fullmatch(last_of(name)) is not None or is_chat_name(name)) and handset_root(name) is not None


def is_kept_archive(name: str) -> bool:
    """Whether a file in a handset's file system is an archive by its name that its user kept: ``Download/sms.zip``."""
    is_archive = name.casefold().endswith(_ARCHIVES) and not is_of_a_mac(name)
    return is_archive and handset_root(name) is not None and _STORAGE.search(name) is not None


def is_exported_by_tool(name: str) -> bool:
    """Whether a file lies where a tool puts what it exported of the handset beside its report."""
    return _EXPORTED in f"/{name.casefold()}"


def is_chat_far_down(name: str) -> bool:
    """Whether a file is an exported chat by its name that lies where no front is looked at."""
    return is_chat_name(name) and _is_far_down(name)


def is_export_far_down(name: str) -> bool:
    """Whether a file that lies where no front is looked at is an exported chat by its name, or some export in XML."""
    return (is_chat_name(name) or name.casefold().endswith(".xml")) and _is_far_down(name)


def _is_far_down(name: str) -> bool:
    return not is_near(name) and handset_root(name) is None and not is_exported_by_tool(name)
