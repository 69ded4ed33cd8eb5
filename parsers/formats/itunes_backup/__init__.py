"""Finder and iTunes: the backup of an iPhone, whose files lie under hashed names. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

import msgspec

from parsers.contract import (
    Claim,
    Delivery,
    ExtractionPart,
    Head,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
    Tier,
)
from parsers.database_files import StoredNames
from parsers.errors import InputRefused
from parsers.formats import ios_db, whatsapp_db
from parsers.formats.ios_db.claims import is_database_name as is_ios_name
from parsers.formats.ios_plists import IosPlistParser, part_of
from parsers.formats.ios_plists.handset import HandsetFacts, device_of, gather, sims_of
from parsers.formats.itunes_backup.claims import backup_prefix, claim_on, is_kept_beside, own_members
from parsers.formats.itunes_backup.manifest import Listing, StoredFile, read_listing
from parsers.formats.whatsapp_db.claims import is_database_name as is_whatsapp_name
from parsers.members.sources import MemberSource, open_members
from parsers.part_book import shown_name
from parsers.plist_guard import MOST_BYTES, read_plist
from parsers.records import ids
from parsers.records.facts import Device, Sim
from parsers.records.notices import Notice
from parsers.store_reading import StoreFormat, StoreReading

_INFO, _MANIFEST_LIST = "Info.plist", "Manifest.plist"
_TOOL: Final = "Finder or iTunes backup"
_LOCATOR: Final = "Info.plist"
_ENCRYPTED: Final = "IsEncrypted"
_NO: Final = frozenset({"no", "false", "0"})
"""What programs that write such a list anew put as text."""
_WAL: Final = "-wal"
_NAMED: Final = 50


class ItunesBackupParser:
    """Reads the databases of messages, calls, contacts and WhatsApp in a backup, and what it says of the handset."""

    name: ClassVar[str] = "itunes_backup"
    version: ClassVar[str] = "17"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Finder or iTunes backup of an iPhone (folder or zip with Manifest.db)"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "encrypted backups: refused, with what to do",
        "files of other applications, media: counted by domain and named in a notice",
        "Manifest.mbdb (before iOS 10): known files are found by the hashes of their paths",
        "what the readers of the single databases leave out",
    )

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file is the backup's own, or one of a backup before it."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where a list of files lies beside the files that it lists."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the backup's own files in a folder into which other deliveries were put."""
        return own_members(head)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the handset, its cards, and what its databases hold; table by table."""
        with open_members(delivery, ctx.limits, ctx.scratch_dir) as source:
            prefix = backup_prefix(source.names, is_folder=delivery.is_folder)
            if prefix is None:
                raise InputRefused("format_unknown", "no backup in it")
            may_be_encrypted = _may_be_encrypted(source, prefix)
            listing = read_listing(
                source, prefix, _is_wanted, ctx.scratch_dir, ctx.limits, may_be_encrypted=may_be_encrypted
            )
            facts, unreadable = _facts(source, prefix, listing)
        listing = msgspec.structs.replace(listing, notices=(*listing.notices, *unreadable))
        yield from _events(delivery, ctx, listing, facts, prefix)


def _is_database(path: str) -> bool:
    name = path.rpartition("/")[2].removesuffix(_WAL)
    return is_ios_name(name) or is_whatsapp_name(name)


def _is_wanted(path: str) -> bool:
    return _is_database(path) or IosPlistParser.is_member_name(path)


def _may_be_encrypted(source: MemberSource, prefix: str) -> bool:
    """Whether the backup does not say that it has no password.

    Raises:
        InputRefused: It says that it has one.
    """
    name = prefix + _MANIFEST_LIST
    values = read_plist(source.front(name, MOST_BYTES + 1)) if source.has(name) else None
    stated = values.get(_ENCRYPTED) if values is not None else None
    if stated and str(stated).casefold() not in _NO:
        raise InputRefused("backup_encrypted", "a Finder or iTunes backup with a password")
    return stated is None


def _facts(source: MemberSource, prefix: str, listing: Listing) -> tuple[HandsetFacts, list[Notice]]:
    """Return what the property lists say of the handset, and which of them cannot be read."""
    facts = HandsetFacts()
    notices = [] if source.has(prefix + _INFO) else [Notice(code="member_missing", subject=_INFO)]
    lists = [prefix + _INFO, *(file.member for file in listing.files if IosPlistParser.is_member_name(file.path))]
    for name in lists:
        if not source.has(name):
            continue
        values = read_plist(source.front(name, MOST_BYTES + 1))
        if values is not None:
            gather(values, facts)
        else:
            notices.append(Notice(code="element_unreadable", subject="property list", first_locator=shown_name(name)))
    notices += (Notice(code="field_repeated", subject=key) for key, _ in facts.repeated)
    return facts, notices


def _events(
    delivery: Delivery, ctx: ReadContext, listing: Listing, facts: HandsetFacts, prefix: str
) -> Iterator[ReadEvent]:
    extraction_id = ids.extraction_id(delivery.sha256, None, None)
    stamp = SourceStamp(delivery, prefix + _INFO, ItunesBackupParser)
    records: list[Device | Sim] = []
    if not facts.is_empty:
        records = [device_of(facts, stamp, extraction_id, _LOCATOR), *sims_of(facts, stamp, extraction_id, _LOCATOR)]
    has_begun = False
    reading = StoreReading(delivery, ctx, _form(listing.files))
    try:
        for event in reading.events():
            if isinstance(event, ExtractionPart):
                yield _with_facts(event, facts)
                if not has_begun:
                    yield from records
                has_begun = True
            elif not (isinstance(event, Notice) and event.code == "member_not_read"):
                # What else lies there is counted by domain below: a hash names nothing.
                yield event
    except InputRefused:
        if has_begun or facts.is_empty:
            raise
        yield part_of(facts, extraction_id, tool=_TOOL)
        yield from records
        # Which databases are there that cannot be read.
        yield from reading.book.notices()
    yield from _notices(extraction_id, listing)
    for record in records:
        yield Seen(extraction_id=extraction_id, element=record.kind, count=1)


def _notices(extraction_id: str, listing: Listing) -> Iterator[Notice]:
    for notice in listing.notices:
        yield msgspec.structs.replace(notice, extraction_id=extraction_id)
    for path in listing.missing:
        yield Notice(code="member_missing", extraction_id=extraction_id, subject=shown_name(path))
    if listing.absent_count:
        yield Notice(code="member_absent", extraction_id=extraction_id, count=listing.absent_count)
    for name in listing.beside:
        yield Notice(code="member_not_read", extraction_id=extraction_id, subject=shown_name(name))
    counts = sorted(listing.other_counts.items(), key=lambda pair: (-pair[1], pair[0]))
    for domain, count in counts[:_NAMED]:
        yield Notice(code="member_not_read", extraction_id=extraction_id, subject=shown_name(domain), count=count)
    further = sum(count for _, count in counts[_NAMED:])
    if further:
        yield Notice(code="member_not_read", extraction_id=extraction_id, subject="further domains", count=further)


def _with_facts(part: ExtractionPart, facts: HandsetFacts) -> ExtractionPart:
    known = part_of(facts, part.extraction_id, tool=_TOOL)
    return msgspec.structs.replace(
        known,
        format_version=part.format_version,
        imei=tuple(dict.fromkeys((*known.imei, *part.imei))),
        iccid=tuple(dict.fromkeys((*known.iccid, *part.iccid))),
        imsi=tuple(dict.fromkeys((*known.imsi, *part.imsi))),
        msisdn=known.msisdn or part.msisdn,
    )


def _form(files: tuple[StoredFile, ...]) -> StoreFormat:
    """Return how the databases of this backup are read: those of iOS and of WhatsApp together."""
    databases = {file.member: file for file in files if _is_database(file.path) and not file.path.endswith(_WAL)}
    by_path = {(file.domain, file.path): file.member for file in files}
    beside = {
        f"{member}{_WAL}": log
        for member, file in databases.items()
        if (log := by_path.get((file.domain, f"{file.path}{_WAL}"))) is not None
    }
    return StoreFormat(
        parser=ItunesBackupParser,
        os="iOS",
        readers=(*ios_db.READERS, *whatsapp_db.IOS_READERS),
        is_bookkeeping=lambda table: ios_db.is_bookkeeping(table) or whatsapp_db.is_bookkeeping(table),
        is_wanted=databases.__contains__,
        stored_names=StoredNames(
            {member: file.path for member, file in databases.items()},
            beside,
            {member: f"{file.domain}/{file.path}" for member, file in databases.items()},
        ),
    )
