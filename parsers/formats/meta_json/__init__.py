"""Facebook and Instagram: messages of an account that was downloaded as JSON. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from parsers.contract import (
    Claim,
    Delivery,
    ExtractionPart,
    Head,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
    Tier,
)
from parsers.epoch_times import EpochClock
from parsers.errors import InputRefused
from parsers.formats.meta_json.claims import (
    claim_on,
    is_kept_beside,
    is_message_file,
    message_files,
    own_members,
    service_of,
)
from parsers.formats.meta_json.messages import MessageMaker, end_of
from parsers.formats.meta_json.threads import Thread, owner_of, thread_of
from parsers.json_decoding import Json, decode_json
from parsers.json_recovery import Gap, Keys, ListRule, RecoveringWalk
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.member_files import MemberFiles, open_members
from parsers.part_book import PartBook
from parsers.records.facts import Record
from parsers.records.ids import extraction_id

_MOST_VALUE_BYTES: Final = 64 * 2**20
_MESSAGES: Final = "messages"
_OTHER_FORM: Final = "messages in another form"
_BEHIND: Final = "text behind the conversation"


class MetaJsonParser:
    """Reads conversations file by file, each twice: once for who takes part, once for its messages."""

    name: ClassVar[str] = "meta_json"
    version: ClassVar[str] = "12"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Facebook and Instagram messages (message_1.json; folder or zip)"
    versions_seen: ClassVar[tuple[str, ...]] = ("sender_name and timestamp_ms", "senderName and timestamp (end-to-end)")
    not_read: ClassVar[tuple[str, ...]] = (
        "everything in an export beside its messages: named",
        "media: named on their messages; the files stay with the original",
        "who the owner is, where no conversation of two says it; and the export as HTML",
    )
    reads_text: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file lies in a folder of the account's conversations."""
        return is_kept_beside(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where keys or paths are those of the export."""
        return claim_on(head)

    def own_members(self, head: Head) -> tuple[str, ...]:
        """Return the messages of an account at the top of a folder in which other deliveries lie."""
        return own_members(head)

    def said_by_name(self, delivery: Delivery, ctx: ReadContext) -> str:
        """Return the application that the delivery's name tells, where the paths in it do not."""
        with open_members(delivery, ctx.limits) as files:
            members = [member or "" for member in _chosen(files)]
        told = [service_of(f"{delivery.name} {member}") for member in members]
        return "" if told == [service_of(member) for member in members] else " ".join(sorted(set(told)))

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, then the messages and calls of each file, in its order (newest first)."""
        with open_members(delivery, ctx.limits) as files:
            members = _chosen(files)
            yield from _Reading(delivery, ctx, files, members).events()


def _chosen(files: MemberFiles) -> list[str | None]:
    return files.chosen(message_files(files.names or ()).__contains__, "message file")


def _folder_of(members: list[str | None]) -> str:
    """Return the folder of encrypted conversations, with its ``/``; empty where an account's messages are read."""
    first = members[0] or ""
    return "" if is_message_file(first) else first[: first.rfind("/") + 1]


class _Reading:
    """Reads one delivery."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, files: MemberFiles, members: list[str | None]) -> None:
        self._delivery = delivery
        self._region = ctx.default_region
        self._files = files
        self._members = members
        self._book = PartBook(extraction_id(delivery.sha256, None, None))
        self._epoch = EpochClock()
        self._used = {name for name in members if name is not None}

    def events(self) -> Iterator[ReadEvent]:
        """Yield everything that the delivery holds."""
        threads = [self._survey(member) for member in self._members]
        owner = owner_of(threads)
        yield ExtractionPart(
            extraction_id=self._book.extraction_id,
            member=None,
            kind=PartKind.CHAT,
            tool="Facebook or Instagram (downloaded account)",
            vendor_name=owner or (threads[0].title if len(threads) == 1 else None),
        )
        media = None
        if self._files.names is not None:
            folder = _folder_of(self._members)
            media = {end_of(name.removeprefix(folder)): name for name in self._files.names}
        for member, thread in zip(self._members, threads, strict=True):
            stamp = SourceStamp(self._delivery, member, MetaJsonParser)
            service = service_of(f"{self._delivery.name} {member or ''}")
            maker = MessageMaker(stamp, self._book, self._epoch, self._region, service, media)
            yield from self._records(member, thread, owner, maker)
            self._used |= maker.used
        yield from self._files.notices(self._used)
        yield from self._book.notices()
        yield from self._epoch.notices(self._book.extraction_id)
        for element, count in self._book.seen():
            yield Seen(extraction_id=self._book.extraction_id, element=element, count=count)

    def _survey(self, member: str | None) -> Thread:
        """Return what a file says of its conversation, most of it behind the messages."""
        head: dict[str, Json] = {}
        for recovers in (False, True):
            try:
                with self._files.opened(member) as stream:
                    _look_through(RecoveringWalk(stream, _MOST_VALUE_BYTES), head, recovers=recovers)
                    break
            except (JsonDamaged, InputRefused):
                pass  # the reading itself comes to the same place, and says so
        return thread_of(head)

    def _records(self, member: str | None, thread: Thread, owner: str | None, maker: MessageMaker) -> Iterator[Record]:
        name = member or self._delivery.name
        try:
            with self._files.opened(member) as stream:
                walk = RecoveringWalk(stream, _MOST_VALUE_BYTES)
                walk.enter()
                has_messages = False
                while (key := walk.next_key()) is not None:
                    has_messages = has_messages or key == _MESSAGES
                    if key == _MESSAGES and walk.kind() == "[":
                        yield from self._messages(walk, member, thread, owner, maker)
                    else:
                        is_lost = key == _MESSAGES and walk.kind() in {"{", '"'}
                        walk.skip()
                        if is_lost:
                            self._book.leave_out(_OTHER_FORM, member or key, code="element_unreadable")
                if not has_messages:
                    # Every file of a conversation has the list, an empty one too.
                    self._book.leave_out("conversation without its messages", name, code="element_unreadable")
                if behind := walk.values_left():
                    self._book.leave_out(_BEHIND, name, code="element_unreadable", count=behind)
        except JsonDamaged as damaged:
            self._book.note(damaged.code, subject=name, ends_reading=True)
        except InputRefused as refused:
            if member is None:
                raise
            self._book.note(refused.code, subject=refused.about(name))
        damage = self._files.damage(member)
        if damage is not None:
            self._book.note(damage, subject=name, ends_reading=damage != "checksum_wrong")

    def _messages(
        self, walk: RecoveringWalk, member: str | None, thread: Thread, owner: str | None, maker: MessageMaker
    ) -> Iterator[Record]:
        walk.enter()
        for place, found in enumerate(walk.elements(_RULE), start=1):
            if isinstance(found, Gap):
                found.note(self._book, member or self._delivery.name, "message", "message")
                continue
            held, replaced = found
            locator = f"message no. {place}"
            if held is not None:
                yield maker.record(thread, owner, held, locator, replaced)
            else:
                self._book.lose("message", f"{member}: {locator}" if member else locator, "message")


def _is_message(held: Keys) -> bool:
    return ("sender_name" in held and "timestamp_ms" in held) or ("senderName" in held and "timestamp" in held)


_RULE: Final = ListRule(_is_message)


def _look_through(walk: RecoveringWalk, head: dict[str, Json], *, recovers: bool) -> None:
    """Take what stands beside the messages. ``recovers``: they are malformed, and passed over one by one."""
    walk.enter()
    while (key := walk.next_key()) is not None:
        if key != _MESSAGES:
            head[key] = _decoded(walk)
        elif recovers and walk.kind() == "[":
            walk.enter()
            for _ in walk.elements(_RULE):
                pass
        else:
            walk.skip()


def _decoded(walk: JsonWalk) -> Json:
    try:
        value, _ = decode_json(walk.value())
    except ValueError as error:
        raise JsonDamaged("input_malformed") from error
    return value
