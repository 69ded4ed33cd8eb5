"""iOS: the handset's own databases of messages, calls and contacts. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.ios_db.call_rows import CALLS, is_people_table
from parsers.formats.ios_db.claims import claim_on, is_database_name
from parsers.formats.ios_db.contact_rows import CONTACTS
from parsers.formats.ios_db.message_rows import MESSAGES
from parsers.formats.ios_db.old_rows import OLD_CALLS, OLD_MESSAGES
from parsers.store_reading import StoreFormat, read_stores

_BOOKKEEPING: Final = frozenset(
    {
        *("_sqlitedatabaseproperties", "properties", "abstore", "abaccount", "abpersonchanges", "abpersonsearchkey"),
        *("abmultivaluechanges", "abgroupchanges", "abphonelastfour", "abpersonfulltextsearch", "clientcursor"),
        *("clientsequence", "firstsortsectioncount", "lastsortsectioncount", "firstsortsectioncounttotal"),
        *("lastsortsectioncounttotal", "zcalldbproperties", "z_primarykey", "z_metadata", "z_modelcache"),
        *(
            "kvtable",
            "message_processing_task",
            "sync_deleted_messages",
            "sync_deleted_chats",
        ),
        *("sync_deleted_attachments", "chat_lookup", "chat_service", "scheduled_messages_pending_cloudkit_delete"),
    }
)


class IosDatabaseParser:
    """Reads sms.db, CallHistory.storedata, call_history.db and AddressBook.sqlitedb."""

    name: ClassVar[str] = "ios_db"
    version: ClassVar[str] = "17"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "iOS databases (sms.db, CallHistory.storedata, call_history.db, AddressBook.sqlitedb)"
    versions_seen: ClassVar[tuple[str, ...]] = ("chat.db of 2015", "AddressBook of iOS 16", "AddressBook of iOS 17")
    not_read: ClassVar[tuple[str, ...]] = (
        "rows that were deleted: SQLite's free pages and older states of the write-ahead log",
        "attachments: named on their messages; the files stay with the original",
        "attributes of texts (mentions, links); of attributedBody only the string is read",
        "parts of messages that were deleted alone (recoverable_message_part): counted",
        "deleted_messages: guids without content, counted",
    )

    @staticmethod
    def is_member_name(path: str) -> bool:
        """Whether a file is one of the databases by its name."""
        return is_database_name(path.rpartition("/")[2])

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the tables are those of iOS, or an archive holds databases named as iOS names them."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset, its messages, calls and contacts, and notices; table by table."""
        yield from read_stores(delivery, ctx, _FORM)


READERS: Final = (MESSAGES, OLD_MESSAGES, CALLS, OLD_CALLS, CONTACTS)


def is_bookkeeping(table: str) -> bool:
    """Whether a table of these databases holds nothing of a person."""
    return table in _BOOKKEEPING or is_people_table(table)


_FORM: Final = StoreFormat(
    parser=IosDatabaseParser,
    # The same databases stand on a Mac; nothing in them says which.
    os=None,
    readers=READERS,
    is_bookkeeping=is_bookkeeping,
    is_wanted=IosDatabaseParser.is_member_name,
)
