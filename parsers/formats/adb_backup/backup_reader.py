"""Goes through an adb backup once: texts as they come, databases put aside for their own readers, all else counted."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import msgspec

from parsers.archive_names import is_unsafe_name
from parsers.contract import (
    Delivery,
    ExtractionParser,
    ExtractionPart,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
    names_member,
)
from parsers.epoch_times import EpochClock
from parsers.errors import InputRefused, is_out_of_room
from parsers.formats.adb_backup.backup_stream import BackupHeader, InflatedStream, open_stream
from parsers.formats.adb_backup.backup_tree import TEXTS, BackupTree
from parsers.formats.adb_backup.messages import BackupMessages
from parsers.json_decoding import decode_json
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.members.members_reader import MembersReader
from parsers.members.units import COMPANION_SUFFIXES
from parsers.part_book import FURTHER_MEMBERS, PartBook, left_of, shown_name
from parsers.phone_numbers import number_key, to_e164
from parsers.records import ids
from parsers.records.facts import Message
from parsers.records.notices import Notice
from parsers.records.values import Party
from parsers.registry import all_parsers
from parsers.remembered import Remembered
from parsers.tar_stream import TarDamaged, TarMember, TarStream

_APP = re.compile(r"(?:apps/[^/]+|shared/[^/]+)/")
_MOST_VALUE_BYTES: Final = 64 * 2**20
_MOST_NAMED: Final = 50
_MOST_NUMBERS: Final = 16
_TOOL: Final = "adb backup"
_CUT: Final = "input_truncated"


class BackupReader:
    """Reads one backup."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, parser: type[ExtractionParser]) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._parser = parser
        self._book = PartBook(ids.extraction_id(delivery.sha256, None, None))
        self._clock = EpochClock()
        self._own: dict[str, None] = {}
        owner = ctx.sidecar.owner_number
        self._owners = Remembered[str, Party]()
        self._own_keys = {number_key(owner, to_e164(owner, ctx.default_region))} if owner else set()
        self._messages = BackupMessages(self._book.extraction_id, self._clock, self._party)
        self._others: Counter[str] = Counter()
        self._read_groups: set[str] = set()
        self._put_aside = 0
        self._left_bytes = ctx.limits.member_bytes
        self._has_part = False

    def events(self) -> Iterator[ReadEvent]:
        """Yield the handset, its texts, and what its databases hold.

        Raises:
            InputRefused: It has a password, is no backup, or holds nothing that can be read.
        """
        aside = self._ctx.scratch_dir / "aside"
        aside.mkdir()
        try:
            yield from self._stream_events(aside)
            kept: list[ReadEvent] = []
            if self._put_aside:
                for event in self._database_events(aside):
                    # What was seen comes last of all.
                    if isinstance(event, Notice | Seen):
                        kept.append(event)
                    else:
                        yield event
            if not self._has_part:
                raise InputRefused("members_unknown", self._listed())
            yield from self._closing()
            yield from kept
        finally:
            shutil.rmtree(aside)

    def _stream_events(self, aside: Path) -> Iterator[ReadEvent]:
        if self._delivery.is_folder:
            tree = BackupTree(self._delivery.path)
            for member in tree.members():
                yield from self._member_events(tree, member, None, aside)
            return
        with self._delivery.path.open("rb") as file:
            header, stream = open_stream(file, self._delivery.path.stat().st_size, self._ctx.limits.archive_ratio)
            tar = TarStream(stream)
            damage = within = None
            try:
                for member in tar.members():
                    within = member.name
                    yield from self._member_events(tar, member, header, aside)
            except TarDamaged as damaged:
                damage = damaged.code
            damage = (stream.damage if isinstance(stream, InflatedStream) else None) or damage
            if damage == _CUT and within is not None:
                self._book.note("backup_cut", subject=within, locator=within, ends_reading=True)
            elif damage is not None:
                self._book.note(damage, subject=self._delivery.name, ends_reading=True)

    def _member_events(
        self, tar: TarStream | BackupTree, member: TarMember, header: BackupHeader | None, aside: Path
    ) -> Iterator[ReadEvent]:
        if not member.is_file:
            return
        texts = TEXTS.fullmatch(member.name)
        if texts is not None:
            if not self._has_part:
                self._has_part = True
                yield self._part(header)
            self._read_groups.add(_group_of(member.name))
            known = len(self._own)
            yield from self._texts(tar, member.name, is_multimedia=texts[1] == "mms")
            if len(self._own) > known:
                yield self._part(header)
        elif is_unsafe_name(member.name):
            self._book.note("member_refused", subject=member.name)
        elif _is_known(member.name):
            self._read_groups.add(_group_of(member.name))
            self._copy(tar, member, aside)
        else:
            group = _group_of(member.name)
            self._others[group if group in self._others or len(self._others) < _MOST_NAMED else FURTHER_MEMBERS] += 1

    def _texts(self, tar: TarStream | BackupTree, name: str, *, is_multimedia: bool) -> Iterator[Message]:
        stamp = SourceStamp(self._delivery, name, self._parser)
        stream = InflatedStream(tar, self._ctx.limits.member_bytes)
        place = 0
        try:
            walk = JsonWalk(stream, _MOST_VALUE_BYTES)
            walk.enter()
            while walk.has_next():
                place += 1
                message = self._message(walk.value(), stamp, place, is_multimedia=is_multimedia)
                if message is not None:
                    yield message
            if not walk.is_at_end() or stream.read(1) or stream.is_followed():
                # A second list, or what was never one.
                self._book.note("input_malformed", subject=name, ends_reading=True)
        except JsonDamaged as damaged:
            self._book.note(stream.damage or damaged.code, subject=name, ends_reading=True)

    def _message(self, raw: bytes, stamp: SourceStamp, place: int, *, is_multimedia: bool) -> Message | None:
        locator = f"message {place}"
        try:
            held, replaced = decode_json(raw)
        except ValueError:
            held, replaced = None, 0
        if not isinstance(held, dict):
            self._book.lose("message", locator, "message")
            return None
        self._book.saw("message")
        if replaced:
            self._book.note("characters_replaced", count=replaced, locator=locator)
        make = self._messages.multimedia if is_multimedia else self._messages.text
        return make(held, replaced, stamp, locator)

    def _copy(self, tar: TarStream | BackupTree, member: TarMember, aside: Path) -> None:
        """Put a database aside; its name is safe, and lies in the scratch folder."""
        self._left_bytes -= member.size_bytes
        if self._left_bytes < 0:
            self._book.note("limit_reached", subject=member.name, ends_reading=True)
            return
        target = aside / member.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=aside, delete=False) as file:
                while piece := tar.read(1 << 16):
                    file.write(piece)
            shutil.move(file.name, target)
        except OSError as error:
            if is_out_of_room(error):
                raise
            self._book.note("member_refused", subject=member.name)
            return
        self._put_aside += 1

    def _database_events(self, aside: Path) -> Iterator[ReadEvent]:
        folder = msgspec.structs.replace(self._delivery, path=aside, is_folder=True, companions=())
        first = self._book.extraction_id if self._has_part else None
        try:
            for event in MembersReader(folder, self._ctx).events():
                if isinstance(event, ExtractionPart):
                    self._has_part = True
                    first = first or event.extraction_id
                    owner = first if first != event.extraction_id else None
                    yield msgspec.structs.replace(event, unit=None, tool=_TOOL, belongs_to=owner)
                else:
                    yield event
        except InputRefused as refused:
            if not self._has_part:
                raise
            self._book.note(refused.code, subject=refused.subject)

    def _closing(self) -> Iterator[ReadEvent]:
        """Yield notices, and last what was seen; on the backup's own extraction where it gave one."""
        seen = list(self._book.seen())
        has_own = bool(seen)
        for notice in (*self._book.notices(), *self._clock.notices(self._book.extraction_id)):
            yield notice if has_own else msgspec.structs.replace(notice, extraction_id=None)
        for group, count in self._others.items():
            yield Notice(code="member_not_read", subject=left_of(group, self._read_groups), count=count)
        for element, count in seen:
            yield Seen(extraction_id=self._book.extraction_id, element=element, count=count)

    def _part(self, header: BackupHeader | None) -> ExtractionPart:
        return ExtractionPart(
            extraction_id=self._book.extraction_id,
            member=None,
            kind=PartKind.HANDSET,
            tool=_TOOL,
            format_version=str(header.version) if header is not None else None,
            os="Android",
            msisdn=tuple(self._own),
        )

    def _party(self, raw: str | None, *, is_owner: bool = False) -> Party | None:
        if is_owner and (known := self._owners.get(raw or "")) is not None:
            # Every text names the owner.
            return known
        if raw is None or not raw.strip():
            return None
        if is_owner and len(self._own) < _MOST_NUMBERS:
            self._own.setdefault(raw)
        e164 = to_e164(raw, self._ctx.default_region)
        key = number_key(raw, e164)
        if is_owner:
            self._own_keys.add(key)
        party = Party(raw, e164, None, key in self._own_keys or None)
        if is_owner:
            self._owners.keep(raw, party, len(raw))
        return party

    def _listed(self) -> str:
        shown = ", ".join(shown_name(group.rstrip("/")) for group in list(self._others)[:8])
        return shown or "an adb backup with nothing in it"


def _group_of(name: str) -> str:
    """Return the application that a member is of, as its folder; of none, its own name."""
    found = _APP.match(name)
    return found[0] if found is not None else name


def _is_known(name: str) -> bool:
    base = next((name.removesuffix(suffix) for suffix in COMPANION_SUFFIXES if name.endswith(suffix)), name)
    return any(names_member(parser, base) for parser in all_parsers())
