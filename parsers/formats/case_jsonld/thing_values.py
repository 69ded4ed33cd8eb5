"""What every record takes from a thing: its place, whether it was deleted, its times, and what no field holds."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.case_words import CLOCK_TIMES, TIMES
from parsers.contract import SourceStamp
from parsers.formats.case_jsonld.parties import People
from parsers.formats.case_jsonld.reading_state import PartState
from parsers.formats.case_jsonld.references import References, Thing
from parsers.records.values import NO_MOMENT, DeletedState, Moment
from parsers.tables.word_meanings import deleted_state, direction_word

# Nobody needs them to compare lines; they stay where they are.
_SECRETS: Final = frozenset({"password", "keypadUnlockCode", "PIN", "PUK", "authenticationKey", "dataPayload"})
_KEPT_BACK: Final = "(in the original)"
_LONGEST_LISTING: Final = 200
_OWN_WORDS: Final = ("recordId", "kind", "extractionId", "caseRef", "exhibitRef", "deviceId")
_OWN_LISTS: Final = ("numberRaw", "numberE164", "handle")
_MOMENT_PARTS: Final = ("Raw", "Utc", "OffsetMinutes", "Basis")


class Place(msgspec.Struct, frozen=True):
    """Where a thing stands, and what its record is made with."""

    stamp: SourceStamp
    locator: str
    state: PartState
    people: People
    references: References
    region: str
    replaced: int = 0


def deleted_of(thing: Thing) -> DeletedState:
    """Return what a thing says of deletion; that it was recovered says that it was deleted."""
    stated = thing.word("deleted", "allocationStatus")
    found = deleted_state(stated) if stated is not None else None
    if found is not None:
        return found
    recovered = thing.facet("RecoveredObject", "RecoverableObject")
    return DeletedState.DELETED if recovered is not None else DeletedState.UNKNOWN


def listing_of(thing: Thing) -> str:
    """Return where the original listed it, as our own export says; ``top`` for all others."""
    return (thing.text("listing") or "top")[:_LONGEST_LISTING]


def extra_of(thing: Thing, beside: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return what no field holds; the words of our own facet that are ours alone among it are not repeated."""
    own = thing.own
    written: list[tuple[str, str]] = []
    if own is not None:
        own.texts(
            *_OWN_WORDS,
            *_OWN_LISTS,
            *(f"{name}{part}" for name in (*TIMES, *CLOCK_TIMES) for part in _MOMENT_PARTS),
            "directionBasis",
        )
        names, texts = own.items("extraName"), own.items("extraText")
        written = [(str(name), str(text)) for name, text in zip(names, texts, strict=False)]
    left = [(name, _KEPT_BACK if name.partition(".")[0] in _SECRETS else text) for name, text in thing.left()]
    # What our own export repeats the record had twice.
    return (*written, *dict.fromkeys(each for each in (*beside, *left) if each not in written))


def moment_of(thing: Thing, place: Place, *names: str) -> Moment:
    """Return the first time that a thing has under one of some names."""
    text = thing.text(*names)
    return place.state.clock.iso(text) if text is not None else NO_MOMENT


def if_stated(moment: Moment) -> Moment | None:
    """Return a time. None: it was not stated."""
    return None if moment.raw is None else moment


def named(*pairs: tuple[str, str | None]) -> list[tuple[str, str]]:
    """Return the words that say more than a direction, with their names."""
    return [(name, text) for name, text in pairs if text is not None and direction_word(text) is None]
