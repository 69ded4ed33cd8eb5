"""What a chat shows as a whole: who writes, which starts stand out of the order of time, and who is who."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Container, Iterable
from typing import Final

import msgspec
import numpy as np

from parsers.contract import Delivery
from parsers.formats.signal_text.claims import OWNER_NAME
from parsers.formats.signal_text.line_starts import read_start
from parsers.phone_numbers import number_key, to_e164
from parsers.plain_lines import PlainLine
from parsers.time_order import FAR, Standing, settled, standings

_FOLDER_STEMS: Final = frozenset({"index", "chat"})
"""What the tool calls every chat; the folder that it lies in has the chat's name."""

_SUFFIXES: Final = (".md", ".txt")
_MOST_SENDERS: Final = 10_000
_PAIR: Final = 2
_UNHELD: Final = -1
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


def survey_chat(lines: Iterable[PlainLine], delivery: Delivery) -> Survey:
    """Return what a chat shows; nothing of a text is kept.

    A start far out of order is taken for text where the tool's blank line is missing before it, where it is of a third
    one in a chat of two that is called as one of them, and where it is ahead of its time and of nobody else's lines.
    """
    keys = array("q")
    numbers: dict[str, int] = {}
    of_start = array("i")
    behind_blank = bytearray()
    is_behind_blank = False
    for line in lines:
        start = read_start(line.text)
        if start is not None:
            behind_blank.append(is_behind_blank)
            keys.append(start.key)
            is_held = start.sender in numbers or len(numbers) < _MOST_SENDERS
            of_start.append(numbers.setdefault(start.sender, len(numbers)) if is_held else _UNHELD)
        is_behind_blank = not line.text
    is_spaced = len(keys) > 1 and sum(behind_blank[1:]) * _SPACED_SHARE[1] >= (len(keys) - 1) * _SPACED_SHARE[0]
    names = list(numbers)
    far = standings(np.array(keys, dtype=np.int64))
    near = {of_start[at] for at, place in enumerate(far) if place not in FAR} - {_UNHELD}
    is_pair = len(near) == _PAIR and title_of(delivery, names) in {names[each] for each in near}

    def is_quoted(place: int) -> bool:
        if is_spaced and not behind_blank[place]:
            return True
        is_new = of_start[place] != _UNHELD and of_start[place] not in near
        return is_new and (is_pair or far[place] == Standing.AHEAD)

    places = settled(far, is_quoted)
    kept = (each for each, place in zip(of_start, places, strict=True) if place != Standing.TYPED and each != _UNHELD)
    senders = Counter(names[each] for each in kept)
    return Survey(places=places, senders=senders, is_spaced=is_spaced)


def sides_of(delivery: Delivery, survey: Survey, owner_number: str | None, region: str) -> Sides:
    """Return who is who: by the number that the submitter states, else by the name that the tool gives the owner."""
    title = title_of(delivery, survey.senders)
    owner = _numbered(survey, owner_number, region)
    basis = None if owner is None else "owner_number"
    if owner is None and OWNER_NAME in survey.senders:
        owner, basis = OWNER_NAME, "owner_flag"
    # Of a group only one other may have written: two senders alone do not make a chat of two, its name does.
    is_pair = owner is not None and title in survey.senders and title != owner and len(survey.senders) <= _PAIR
    return Sides(owner=owner, basis=basis, other=title if is_pair else None, title=title)


def title_of(delivery: Delivery, senders: Container[str]) -> str | None:
    """Return the chat's name. A file may be called anything: its name counts where a sender is called so."""
    stem = delivery.name
    for suffix in _SUFFIXES:
        if stem.casefold().endswith(suffix):
            stem = stem[: -len(suffix)]
    if stem.casefold() in _FOLDER_STEMS:
        return delivery.folder or None
    return stem if stem in senders else None


def _numbered(survey: Survey, owner_number: str | None, region: str) -> str | None:
    if owner_number is None:
        return None
    own = number_key(owner_number, to_e164(owner_number, region))
    return next((name for name in survey.senders if to_e164(name, region) == own), None)
