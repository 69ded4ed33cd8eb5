"""The table of what reads a model, by its type."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from parsers.formats.ufdr.calls import read_call, read_voicemail
from parsers.formats.ufdr.contacts import read_account, read_contact
from parsers.formats.ufdr.elements import Element
from parsers.formats.ufdr.instant_messages import NO_THREAD, read_instant_message
from parsers.formats.ufdr.model_kinds import INSTANT_MESSAGE, USER_ACCOUNT
from parsers.formats.ufdr.reading_state import ModelPlace, ReadingState
from parsers.formats.ufdr.sim_rows import read_sim_row
from parsers.formats.ufdr.texts import read_text
from parsers.records.facts import Record

ModelReader = Callable[[ReadingState, Element, ModelPlace], Record]

READERS: Final[dict[str, ModelReader]] = {
    "SMS": partial(read_text, "sms"),
    "MMS": partial(read_text, "mms"),
    INSTANT_MESSAGE: partial(read_instant_message, NO_THREAD),
    "Call": read_call,
    "Voicemail": read_voicemail,
    "Contact": read_contact,
    USER_ACCOUNT: read_account,
    "SIMData": read_sim_row,
}
