"""Looks a report through for the accounts and the cards that it states, before it has been read to them.

Accounts mostly stand behind all chats, and messages pass one by one in flat memory and in source order: none can wait
for them. So the report is opened once more, which costs a search of its bytes, and a parse as far as they name accounts
at all: a quarter of a reading. What chats say of their owner takes a parse of all of them, and is asked for last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from parsers.contract import Limits
from parsers.formats.ufdr.chats import ChatReader
from parsers.formats.ufdr.contacts import read_account
from parsers.formats.ufdr.container import Reopen
from parsers.formats.ufdr.elements import TYPE, Element, mend
from parsers.formats.ufdr.lost_sections import LostSections
from parsers.formats.ufdr.model_kinds import CHAT, USER_ACCOUNT, list_type_of, read_as
from parsers.formats.ufdr.model_stream import ModelStream
from parsers.formats.ufdr.model_tree import Found
from parsers.formats.ufdr.own_accounts import Identity
from parsers.formats.ufdr.parts import Part
from parsers.formats.ufdr.reading_state import ModelPlace, ReadingState
from parsers.formats.ufdr.sim_rows import SIM_DATA, is_blank_row, read_sim_row
from parsers.phone_numbers import number_key
from parsers.xml_guard import CleanXml

_MENTIONS: Final = (USER_ACCOUNT.encode(), SIM_DATA.encode())
_CHAT_MENTIONS: Final = (f'"{CHAT}"'.encode(), f"'{CHAT}'".encode())


def accounts_in(
    reopen: Reopen, limits: Limits, state: ReadingState, part_of: Callable[[Element], Part]
) -> Iterator[tuple[Part, Identity]]:
    """Yield each account and each row of a card of a report with the part that it is of.

    Args:
        reopen: Opens the report from its front.
        limits: As for the reading.
        state: One of its own, for what is noted here is noted when the model's turn comes.
        part_of: Gives the part that a model names.
    """
    last_mention = _last_mention(reopen, _MENTIONS)
    if last_mention is None:
        return
    with reopen() as raw:
        clean = CleanXml(raw, mend=LostSections().mended)
        stream = ModelStream(clean, limits)
        for found, model, parent in stream.elements():
            kind = _kind_of(model, parent) if found is Found.TOP_MODEL else None
            if kind in {USER_ACCOUNT, SIM_DATA}:
                if stream.is_marked:
                    mend(model)
                part = part_of(model)
                place = ModelPlace(part, "", "top", None)
                if kind == USER_ACCOUNT:
                    yield part, read_account(state, model, place)
                elif not is_blank_row(SIM_DATA, model):
                    yield part, read_sim_row(state, model, place)
            elif clean.byte_count > last_mention:
                # Elements come in order: this one stands behind the last of them.
                return


def owners_of_chats(
    reopen: Reopen, limits: Limits, state: ReadingState, part_of: Callable[[Element], Part]
) -> Iterator[tuple[Part, str]]:
    """Yield the telephone numbers under which chats state their owner, each with its part.

    Args:
        reopen: Opens the report from its front.
        limits: As for the reading.
        state: One of its own, as for ``accounts_in``.
        part_of: Gives the part that a model names.
    """
    last_mention = _last_mention(reopen, _CHAT_MENTIONS)
    if last_mention is None:
        return
    chats = ChatReader(state)
    with reopen() as raw:
        clean = CleanXml(raw, mend=LostSections().mended)
        stream = ModelStream(clean, limits)
        for found, _, parent in stream.elements():
            if found is Found.CHAT_MESSAGE and parent is not None:
                if chats.has_given(parent):
                    continue
                part = part_of(parent)
                thread = chats.thread_of(parent, part.own_keys, is_marked=stream.is_marked)
                keys = [number_key(each.raw, each.e164) for each in thread.owners]
                yield from ((part, key) for key in (thread.account_key, *keys) if key and key.startswith("+"))
            elif clean.byte_count > last_mention:
                return


def _last_mention(reopen: Reopen, mentions: tuple[bytes, ...]) -> int | None:
    """Return how many bytes had been read where a report names one of the types last. None: it does nowhere."""
    last = None
    with reopen() as raw:
        clean = CleanXml(raw)
        for chunk in clean.chunks():
            if any(mention in chunk for mention in mentions):
                last = clean.byte_count
    return last


def _kind_of(model: Element, parent: Element | None) -> str:
    listed = list_type_of(parent)
    return read_as(model.get(TYPE) or listed, listed)
