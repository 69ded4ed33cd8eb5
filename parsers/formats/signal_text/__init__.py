"""Signal: a chat that signal-export and the like write as text or Markdown. See README.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, SourceStamp, Tier
from parsers.errors import InputRefused
from parsers.formats.signal_text.chat_reader import ChatReader
from parsers.formats.signal_text.chat_survey import Survey, survey_chat, title_of
from parsers.formats.signal_text.claims import claim_on
from parsers.plain_lines import PlainLines


class SignalTextParser:
    """Reads a chat line by line, twice: once to learn who writes and in which order, once for its messages."""

    name: ClassVar[str] = "signal_text"
    version: ClassVar[str] = "2"
    tier: ClassVar[Tier] = Tier.DOCUMENTED
    title: ClassVar[str] = "Signal chat exported as text (signal-export: index.md, chat.md, .txt)"
    versions_seen: ClassVar[tuple[str, ...]] = ()
    not_read: ClassVar[tuple[str, ...]] = (
        "media: named on their messages; the files stay with the original",
        "quotes, reactions and stickers: they stand in the text as the tool writes them",
        "who is in a group, and to whom the owner wrote where the chat's name is none of the senders",
        "the export as HTML or JSON",
    )
    reads_text: ClassVar[bool] = True
    has_no_zeros: ClassVar[bool] = True

    def identify(self, head: Head) -> Claim | None:
        """Return a claim where the lines start as those of an exported chat, and show that it is not WhatsApp's."""
        return claim_on(head)

    def said_by_name(self, delivery: Delivery, ctx: ReadContext) -> str:
        """Return what the chat is called, as far as the name of the file or its folder says it."""
        return title_of(delivery, _surveyed(delivery, ctx).senders) or ""

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        """Yield the part, then the messages in the order of the file, and notices.

        Raises:
            InputRefused: No line starts a message.
        """
        survey = _surveyed(delivery, ctx)
        if not survey.senders:
            raise InputRefused("format_unknown", "no line starts as one of an exported chat")
        yield from ChatReader(delivery, ctx, survey, SourceStamp(delivery, None, SignalTextParser)).events()


def _surveyed(delivery: Delivery, ctx: ReadContext) -> Survey:
    with delivery.path.open("rb") as stream:
        return survey_chat(PlainLines(stream, ctx.limits.text_chars), delivery)
