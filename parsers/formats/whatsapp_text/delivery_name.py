"""What the name of a delivery says of the chat in it: two files of the same bytes are two chats where it differs."""

from __future__ import annotations

import unicodedata

from parsers.contract import Delivery, ReadContext
from parsers.errors import InputRefused
from parsers.formats.whatsapp_text.chat_members import open_chats
from parsers.formats.whatsapp_text.chat_survey import survey_chat
from parsers.formats.whatsapp_text.owners import sides_of
from parsers.formats.whatsapp_text.text_lines import TextLines
from parsers.phone_numbers import to_e164


def said_by_name(delivery: Delivery, ctx: ReadContext) -> str:
    """Return what the chat's records say because of the delivery's name; empty where they say the same under any.

    A name in the form that the application gives names the chat. Any other name counts only where it tells who of
    the senders is who, which takes a look at the whole chat.
    """
    with open_chats(delivery, ctx.limits) as source:
        chat, *others = source.chats
        bare = source.under_any_name(chat)
        if others or bare.titles == chat.titles:
            return ""
        if chat.is_titled and not bare.is_titled:
            return "\n".join((_plain(chat.titles[0], ctx.default_region), *([chat.jid] if chat.jid else [])))
        try:
            with source.opened(chat) as stream:
                title = chat.titles[0] if chat.is_titled else None
                survey = survey_chat(TextLines(stream, ctx.limits.text_chars), title, ctx.sidecar.date_order)
        except InputRefused:
            return ""
        named, unnamed = (sides_of(each, survey, None, ctx.default_region) for each in (chat, bare))
        sides = (named.owner, named.other, named.title, *([named.other_id] if named.other_id else []))
        is_same = sides == (unnamed.owner, unnamed.other, unnamed.title)
        return "" if is_same else "\n".join(_plain(each or "", ctx.default_region) for each in sides)


def _plain(name: str, region: str) -> str:
    """Return a name as it is compared: a number however it is written, a name in one form of its characters."""
    return to_e164(name, region) or " ".join(unicodedata.normalize("NFC", name).split())
