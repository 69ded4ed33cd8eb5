"""What a chat shows as a whole: who writes, which starts stand out of the order of time, and who is who."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec
import numpy as np

from parsers.contract import Delivery
from parsers.formats.signal_text.claims import OWNER_NAME
from parsers.formats.signal_text.line_starts import read_start
from parsers.phone_numbers import number_key, to_e164
from parsers.plain_lines import PlainLine
from parsers.time_order import standings

_FOLDER_STEMS: Final = frozenset({"index", "chat"})
"""What the tool calls every chat; the folder that it lies in has the chat's name."""

_SUFFIXES: Final = (".md", ".txt")
_MOST_SENDERS: Final = 10_000
_PAIR: Final = 2
_SPACED_SHARE: Final = (9, 10)
"""Starts behind a blank line: a start that somebody typed into a text has none."""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What a first reading found.

    Attributes:
        places: The standing of each start, in file order.
        senders: How many starts each sender has.
        is_spaced: Whether a blank line stands before nearly each start but the first: the tool's, and part of no text.
    """

    places: bytearray
    senders: Counter[str]
    is_spaced: bool


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Who is who.

    Attributes:
        owner: As written. None: not known.
        basis: What the owner was read from: ``owner_number``, ``owner_flag``.
        other: The other party of a chat of two. None: a group, or not known.
        title: Name of the chat. None: the delivery gives none.
    """

    owner: str | None
    basis: str | None
    other: str | None
    title: str | None


def survey_chat(lines: Iterable[PlainLine]) -> Survey:
    """Return what a chat shows; nothing of a text is kept."""
    keys = array("q")
    senders: Counter[str] = Counter()
    spaced = 0
    is_behind_blank = False
    for line in lines:
        start = read_start(line.text)
        if start is not None:
            spaced += is_behind_blank and bool(keys)
            keys.append(start.key)
            if start.sender in senders or len(senders) < _MOST_SENDERS:
                senders[start.sender] += 1
        is_behind_blank = not line.text
    return Survey(
        places=standings(np.array(keys, dtype=np.int64)),
        senders=senders,
        is_spaced=len(keys) > 1 and spaced * _SPACED_SHARE[1] >= (len(keys) - 1) * _SPACED_SHARE[0],
    )


def sides_of(delivery: Delivery, survey: Survey, owner_number: str | None, region: str) -> Sides:
    """Return who is who: by the number that the submitter states, else by the name that the tool gives the owner."""
    title = title_of(delivery, survey)
    owner = _numbered(survey, owner_number, region)
    basis = None if owner is None else "owner_number"
    if owner is None and OWNER_NAME in survey.senders:
        owner, basis = OWNER_NAME, "owner_flag"
    # Of a group only one other may have written: two senders alone do not make a chat of two, its name does.
    is_pair = owner is not None and title in survey.senders and title != owner and len(survey.senders) <= _PAIR
    return Sides(owner=owner, basis=basis, other=title if is_pair else None, title=title)


def title_of(delivery: Delivery, survey: Survey) -> str | None:
    """Return the chat's name. A file may be called anything: its name counts where a sender is called so."""
    stem = delivery.name
    for suffix in _SUFFIXES:
        if stem.casefold().endswith(suffix):
            stem = stem[: -len(suffix)]
    if stem.casefold() in _FOLDER_STEMS:
        return delivery.folder or None
    return stem if stem in survey.senders else None


def _numbered(survey: Survey, owner_number: str | None, region: str) -> str | None:
    if owner_number is None:
        return None
    own = number_key(owner_number, to_e164(owner_number, region))
    return next((name for name in survey.senders if to_e164(name, region) == own), None)
