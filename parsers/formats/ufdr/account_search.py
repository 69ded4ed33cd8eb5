"""Looks a report through for the accounts that it states, before it has been read to them.

They mostly stand behind all chats, and messages pass one by one in flat memory and in source order: none can wait for
them. So the report is opened once more, which costs a search of its bytes, and a parse as far as they name accounts at
all: a quarter of a reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from parsers.contract import Limits
from parsers.formats.ufdr.contacts import read_account
from parsers.formats.ufdr.container import Reopen
from parsers.formats.ufdr.elements import TYPE, Element, mend
from parsers.formats.ufdr.lost_sections import LostSections
from parsers.formats.ufdr.model_kinds import USER_ACCOUNT, list_type_of, read_as
from parsers.formats.ufdr.model_stream import ModelStream
from parsers.formats.ufdr.model_tree import Found
from parsers.formats.ufdr.parts import Part
from parsers.formats.ufdr.reading_state import ModelPlace, ReadingState
from parsers.records.facts import Account
from parsers.xml_guard import CleanXml

_MENTION: Final = USER_ACCOUNT.encode()


def accounts_in(
    reopen: Reopen, limits: Limits, state: ReadingState, part_of: Callable[[Element], Part]
) -> Iterator[tuple[Part, Account]]:
    """Yield each account of a report with the part that it is of.

    Args:
        reopen: Opens the report from its front.
        limits: As for the reading.
        state: One of its own, for what is noted here is noted when the account's turn comes.
        part_of: Gives the part that a model names.
    """
    last_mention = _last_mention(reopen)
    if last_mention is None:
        return
    with reopen() as raw:
        clean = CleanXml(raw, mend=LostSections().mended)
        stream = ModelStream(clean, limits)
        for found, model, parent in stream.elements():
            if found is Found.TOP_MODEL and _is_account(model, parent):
                if stream.is_marked:
                    mend(model)
                part = part_of(model)
                yield part, read_account(state, model, ModelPlace(part, "", "top", None))
            elif clean.byte_count > last_mention:
                # Elements come in order: this one stands behind the last account.
                return


def _last_mention(reopen: Reopen) -> int | None:
    """Return how many bytes had been read where a report names the type last. None: it does nowhere."""
    last = None
    with reopen() as raw:
        clean = CleanXml(raw)
        for chunk in clean.chunks():
            if _MENTION in chunk:
                last = clean.byte_count
    return last


def _is_account(model: Element, parent: Element | None) -> bool:
    listed = list_type_of(parent)
    return read_as(model.get(TYPE) or listed, listed) == USER_ACCOUNT
