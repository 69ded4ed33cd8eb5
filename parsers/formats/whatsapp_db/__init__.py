"""WhatsApp: the databases that it keeps on Android and iOS. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.whatsapp_db import android_calls, android_messages, ios_calls, ios_messages
from parsers.formats.whatsapp_db.claims import claim_on, is_database_name
from parsers.formats.whatsapp_db.contact_rows import ANDROID_CONTACTS, IOS_CONTACTS
from parsers.formats.whatsapp_db.number_changes import NUMBER_CHANGES
from parsers.formats.whatsapp_db.own_account import FILES, own_account, owner_beside
from parsers.store_reading import StoreFormat, read_stores

_BOOKKEEPING: Final = frozenset(
    {
        *("android_metadata", "props", "jid", "jid_map", "chat", "chat_list", "message_ftsv2", "messages_fts"),
        *("z_primarykey", "z_metadata", "z_modelcache", "zwaprofilepictureitem"),
        *(
            "receipt_device",
            "receipt_orphaned",
            "message_details",
            "messages_hydrated_four_row_template",
        ),
        *(
            "wa_last_entry_point",
            "wa_biz_profiles",
            "system_contacts_version_table",
            "media_refs",
            "media_hash_thumbnail",
        ),
    }
)


class WhatsAppDatabaseParser:
    """Reads msgstore.db, wa.db, ChatStorage.sqlite, CallHistory.sqlite and ContactsV2.sqlite."""

    name: ClassVar[str] = "whatsapp_db"
    version: ClassVar[str] = "17"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "WhatsApp databases (msgstore.db, wa.db, ChatStorage.sqlite and its companions)"
    versions_seen: ClassVar[tuple[str, ...]] = ("ChatStorage of 2023 (iOS 15)",)
    not_read: ClassVar[tuple[str, ...]] = (
        "msgstore.db.crypt12, crypt14, crypt15: refused, the key is needed",
        "rows that were deleted: SQLite's free pages and older states of the write-ahead log",
        "times of receipts of single recipients, reactions, votes in polls, locations, members of groups",
        "media files: named on their messages; the files stay with the original",
    )

    @staticmethod
    def is_member_name(path: str) -> bool:
        """Whether a file is one of the databases, or the preferences beside them, by its name."""
        name = path.rpartition("/")[2]
        return is_database_name(name) or name.casefold() in FILES

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the tables are WhatsApp's, or an archive holds databases named as it names them."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset, its messages, calls and contacts, and notices; table by table."""
        yield from read_stores(delivery, ctx, _FORM)


ANDROID_READERS: Final = (
    android_messages.MESSAGES,
    android_messages.OLD_MESSAGES,
    android_calls.CALLS,
    ANDROID_CONTACTS,
    NUMBER_CHANGES,
)
IOS_READERS: Final = (ios_messages.MESSAGES, ios_calls.CALLS, IOS_CONTACTS)


def is_bookkeeping(table: str) -> bool:
    """Whether a table of these databases holds nothing of a person, or is read along with another."""
    return table in _BOOKKEEPING


_FORM: Final = StoreFormat(
    parser=WhatsAppDatabaseParser,
    os=None,
    readers=(*ANDROID_READERS, *IOS_READERS),
    is_bookkeeping=is_bookkeeping,
    is_wanted=lambda path: is_database_name(path.rpartition("/")[2]),
    read_beside=own_account,
    owner_of=owner_beside,
)
