"""WhatsApp: the chat that a handset exports as text, alone or with its media in a zip. See README.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import ClassVar, Final

from parsers.chat_names import is_media_name
from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, ShownOrder, SourceStamp, Tier
from parsers.errors import InputRefused
from parsers.formats.whatsapp_text.chat_members import ChatSource, open_chats
from parsers.formats.whatsapp_text.chat_reader import ChatReader
from parsers.formats.whatsapp_text.chat_survey import Survey
from parsers.formats.whatsapp_text.claims import claim_on
from parsers.formats.whatsapp_text.delivery_name import said_by_name
from parsers.formats.whatsapp_text.lent_orders import agreed_orders, shown_orders, untold_forms
from parsers.members.neighbours import could_be_delivery
from parsers.members.told_fronts import is_delivery
from parsers.part_book import shown_name
from parsers.records.notices import Notice

_NAMED_MEMBERS: Final = 50
_LOOKED_AT_MEMBERS: Final = 200


class WhatsAppTextParser:
    """Reads exported chats line by line, each twice: once to learn how it is written, once for its messages."""

    name: ClassVar[str] = "whatsapp_text"
    version: ClassVar[str] = "23"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "WhatsApp exported chat (_chat.txt, WhatsApp Chat with ....txt, zip)"
    versions_seen: ClassVar[tuple[str, ...]] = ("Android layouts", "iOS layouts")
    not_read: ClassVar[tuple[str, ...]] = (
        "media: named on their messages; the files stay with the original",
        "calls: the application writes them as lines of text, and they are read as such",
        "lines of the application in other languages than English under a name (iOS), but the first of a chat",
        "who the owner is, where neither the file's name, nor a line of the chat, nor a sidecar says it",
    )
    reads_text: ClassVar[bool] = True
    has_no_zeros: ClassVar[bool] = True
    reads_together: ClassVar[bool] = True
    sends_files: ClassVar[bool] = True

    @staticmethod
    def keeps_member(path: str) -> bool:
        """Whether a file has a name that the application gives what is sent."""
        return is_media_name(path)

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the lines start as those of an exported chat, or a member is named as one."""
        return claim_on(head)

    def said_by_name(self, delivery: Delivery, ctx: ReadContext) -> str:
        """Return whom the name of the file or archive says the chat is with."""
        return said_by_name(delivery, ctx)

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, messages and notices of each chat; in source order."""
        with open_chats(delivery, ctx.limits) as source:
            notices: list[Notice] = []
            readers = _with_lent_orders(list(_surveyed(delivery, ctx, source, notices)), ctx)
            used: set[str] = set()
            first_of: dict[str, str] = {}
            for reader, survey in readers:
                yield from reader.events(survey, first_of)
                used |= reader.used
            yield from notices
            yield from _members_not_read(source, used)
            if not source.has_end:
                yield Notice(code="input_truncated", ends_reading=True)


def _surveyed(
    delivery: Delivery, ctx: ReadContext, source: ChatSource, notices: list[Notice]
) -> Iterator[tuple[ChatReader, Survey]]:
    """Yield a reader for each chat that can be read.

    Raises:
        InputRefused: None can.
    """
    refusal: InputRefused | None = None
    has_any = False
    for chat in source.chats:
        reader = ChatReader(delivery, ctx, source, chat, SourceStamp(delivery, chat.member, WhatsAppTextParser))
        name = shown_name(chat.member or delivery.name)
        try:
            survey = reader.survey()
        except InputRefused as error:
            refusal = refusal or error
            notices.append(Notice(code=error.code, subject=name))
            continue
        if survey.start_count == 0:
            refusal = refusal or InputRefused("format_unknown", "no line starts as one of an exported chat")
            notices.append(Notice(code="element_unreadable", subject=f"exported chat ({name})"))
            continue
        has_any = True
        yield reader, survey
    if not has_any and refusal is not None:
        raise refusal


def _with_lent_orders(readers: list[tuple[ChatReader, Survey]], ctx: ReadContext) -> list[tuple[ChatReader, Survey]]:
    """Return the readers with their surveys, those of chats that show no order with the order of the others.

    Folders of a delivery may be of several handsets: lent is within one of them.
    """
    shown: dict[str, set[ShownOrder]] = defaultdict(set)
    for reader, survey in readers:
        shown[reader.handset_folder].update(shown_orders(survey))
    found: list[tuple[ChatReader, Survey]] = []
    for reader, survey in readers:
        agreed = agreed_orders(shown[reader.handset_folder] | {*ctx.orders_beside.get(reader.extraction_id, ())})
        is_lent = not untold_forms(survey, ctx.sidecar.date_order).isdisjoint(agreed)
        found.append((reader, reader.survey_again(survey, agreed) if is_lent else survey))
    return found


def _members_not_read(source: ChatSource, used: set[str]) -> Iterator[Notice]:
    """Yield a notice for each member that no message names, up to a bound; the rest are counted together."""
    counts: Counter[tuple[str, str]] = Counter()
    left = _LOOKED_AT_MEMBERS
    for name in source.names or ():
        if name in used:
            continue
        code = "member_not_read"
        if left and could_be_delivery(name):
            left -= 1
            code = "report_not_read" if is_delivery(name, source.front_of(name)) else code
        shown = shown_name(name)
        key = (code, shown)
        counts[key if key in counts or len(counts) < _NAMED_MEMBERS else (code, "further members")] += 1
    for (code, shown), count in counts.items():
        yield Notice(code=code, subject=shown, count=count)
    for code, name in source.left_out:
        yield Notice(code=code, subject=shown_name(name))
