"""What the readers of single models share while one report is read."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.first_values import FirstValues
from parsers.formats.ufdr.attached_files import AttachedFiles
from parsers.formats.ufdr.elements import MARKUP, Element, Field, leaves_of
from parsers.formats.ufdr.notice_book import NoticeBook
from parsers.formats.ufdr.own_accounts import OwnAccounts
from parsers.formats.ufdr.parts import Part
from parsers.records.values import DeletedState, Party
from parsers.services import before_account

Extra = list[tuple[str, str]]

_DELETED: Final = {
    "Intact": DeletedState.INTACT,
    "Deleted": DeletedState.DELETED,
    "Unknown": DeletedState.UNKNOWN,
}
_DELETED_WORDS: Final = {
    "intact": DeletedState.INTACT,
    "false": DeletedState.INTACT,
    "deleted": DeletedState.DELETED,
    "trash": DeletedState.DELETED,
    "true": DeletedState.DELETED,
}


class ReadingState:
    """The stamp, the notices, the files and the caches of one reading.

    Attributes:
        accounts: The handset's own, for where nothing else says whose side is whose.
        further: What ``fields_of`` finds of parties beside their fields; emptied after each list of them.
    """

    __slots__ = ("accounts", "files", "further", "notices", "parties", "region", "stamp")

    def __init__(
        self, stamp: SourceStamp, notices: NoticeBook, files: AttachedFiles, region: str, accounts: OwnAccounts
    ) -> None:
        self.accounts = accounts
        self.stamp = stamp
        self.notices = notices
        self.files = files
        self.further: list[tuple[str, Field]] = []
        self.region = region
        self.parties: dict[tuple[str | None, str | None, str | None], Party] = {}

    def note_way(self, written: str | None, place: ModelPlace) -> None:
        """Count a message or call of unknown direction by what is written where it would stand. None: nothing is."""
        if written is not None:
            values = FirstValues()
            values.add(written)
            self.notices.add(
                "direction_unreadable",
                extraction_id=place.part.extraction_id,
                subject=values.told,
                locator=place.locator,
            )

    def unsaid(self) -> ReadingState:
        """Return a state for models that are looked at before their turn: nothing of it is noted."""
        return ReadingState(self.stamp, NoticeBook(), AttachedFiles(None), self.region, self.accounts)


class ModelPlace(msgspec.Struct, frozen=True, gc=False):
    """Where a model stands: its part, its locator, and what is known of its texts.

    A struct, though it is not stored: one is made a message, in a third of the time of a class of Python.

    Attributes:
        listing: ``top``, ``chat`` or ``sim``.
        replaced: Names of the model's fields in which a character was replaced.
    """

    part: Part
    locator: str
    listing: str
    replaced: set[str] | None


def stated_attributes(model: Element) -> tuple[DeletedState, Extra]:
    """Return the model's own deleted state, and the attributes that say how sure the tool is.

    An absent state and ``Missed`` say nothing about deletion. ``High`` confidence is what every sound record has, and
    is left out.
    """
    extra: Extra = []
    confidence = model.get(b"decoding_confidence")
    if confidence is not None and confidence != "High":
        extra.append(("decoding_confidence", confidence))
    carved = model.get(b"iscarved")
    if carved is not None and carved.casefold() == "true":
        extra.append(("iscarved", carved))
    stated = model.get(b"deleted_state")
    if stated is None:
        return DeletedState.UNKNOWN, extra
    state = _DELETED.get(stated)
    if state is None:
        extra.append(("deleted_state", stated))
        state = _DELETED_WORDS.get(stated.strip().casefold(), DeletedState.UNKNOWN)
    return state, extra


def add_field(extra: Extra, name: str, value: Field) -> None:
    """Add a field that no other attribute of the record holds: its text, or the texts of all that it holds."""
    if value is None:
        return
    if isinstance(value, str):
        if value and not value.isspace():
            extra.append((name, value))
        return
    pairs = [(f"{name}.{below}" if below else name, text) for below, text in leaves_of(value)]
    # The vendor writes some fields twice, word for word.
    extra.extend(pair for pair in dict.fromkeys(pairs) if pair not in extra)


def application_of(source: str | None, extra: Extra) -> str | None:
    """Return the application that a source names; where an account stands behind it, the source is kept."""
    application = before_account(source) if source is not None else None
    if application is None:
        return source
    add_field(extra, "Source", source)
    return application


def add_repeats(state: ReadingState, place: ModelPlace, extra: Extra, repeats: list[tuple[str, Field]]) -> None:
    """Keep the further values of repeated fields, and values with elements in them, in ``extra``, and say so."""
    for name, value in repeats:
        before = len(extra)
        add_field(extra, name, value)
        if len(extra) > before:
            is_markup = name.startswith(MARKUP)
            state.notices.add(
                "markup_in_value" if is_markup else "field_repeated",
                extraction_id=place.part.extraction_id,
                subject=name.removeprefix(MARKUP),
                locator=place.locator,
            )
