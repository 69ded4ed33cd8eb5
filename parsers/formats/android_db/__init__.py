"""Android: the handset's own databases of texts, calls, contacts and cards. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.formats.android_db.call_rows import CALLS, LOGS
from parsers.formats.android_db.claims import claim_on, is_member_path, is_wanted_path
from parsers.formats.android_db.contact_rows import CONTACTS
from parsers.formats.android_db.mms_rows import MMS
from parsers.formats.android_db.sim_rows import SIMS
from parsers.formats.android_db.sms_rows import CHATS, FILES, SMS, SPAM, holds_messages
from parsers.store_reading import StoreFormat, read_stores

_BOOKKEEPING: Final = frozenset(
    {
        *("android_metadata", "properties", "threads", "canonical_addresses", "pending_msgs", "sr_pending", "words"),
        *("voicemail_status", "_sync_state", "_sync_state_metadata", "directories", "default_directory", "name_lookup"),
        *("nickname_lookup", "phone_lookup", "packages", "mimetypes", "accounts", "visible_contacts", "search_index"),
        *("search_index_stat", "metadata_sync", "metadata_sync_state", "status_updates", "carriers", "rate"),
    }
)


class AndroidDatabaseParser:
    """Reads mmssms.db, calllog.db (Samsung: logs.db), contacts2.db and telephony.db."""

    name: ClassVar[str] = "android_db"
    version: ClassVar[str] = "16"
    tier: ClassVar[Tier] = Tier.PROVEN
    title: ClassVar[str] = "Android databases (mmssms.db, calllog.db, contacts2.db, telephony.db)"
    versions_seen: ClassVar[tuple[str, ...]] = (
        "mmssms user_version 57",
        "calllog user_version 5",
        "contacts2 of Android 4",
    )
    not_read: ClassVar[tuple[str, ...]] = (
        "rows that were deleted: SQLite's free pages and older states of the write-ahead log",
        "files of MMS: named on their messages; the files stay with the original",
        "reports of delivery and of reading (pdu), other tables: counted and named in a notice",
        "other tables of messages than sms, pdu and Samsung's spam_sms, im and ft: named with their rows (skipped)",
        "beginnings of messages in Samsung's logs.db, contacts of Android 1",
    )

    @staticmethod
    def is_member_name(path: str) -> bool:
        """Whether a file is one of the databases by its name; of Samsung's log by its folder too."""
        return is_member_path(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the tables are Android's, or an archive holds databases named as Android names them."""
        return claim_on(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset, its texts, calls, contacts and cards, and notices; table by table."""
        yield from read_stores(delivery, ctx, _FORM)


_FORM: Final = StoreFormat(
    parser=AndroidDatabaseParser,
    os="Android",
    readers=(SMS, SPAM, CHATS, FILES, MMS, CALLS, LOGS, CONTACTS, SIMS),
    is_bookkeeping=_BOOKKEEPING.__contains__,
    holds_messages=holds_messages,
    is_wanted=is_wanted_path,
)
