"""What the readers of single entities share while one export is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from parsers.clocks import Clock
from parsers.contract import SourceStamp
from parsers.formats.xry_text.entities import Entity
from parsers.formats.xry_text.export_files import ExportFile
from parsers.part_book import PartBook
from parsers.records.values import DeletedState

_NATIVE: Final = frozenset(
    {
        "phone",
        "device",
        "handset",
        "native",
        "native messages",
        "messages",
        "messaging",
        "sim",
        "sim card",
        "sms",
        "mms",
    }
)
_ALIASES: Final = {"whatsapp messenger": "whatsapp", "telegram messenger": "telegram", "signal messenger": "signal"}
_SIM_WORDS: Final = ("sim", "usim")
_YES: Final = ("yes", "true", "deleted")
_NO: Final = frozenset({"no", "false", "intact"})


class PartState:
    """One extraction of the delivery.

    Attributes:
        book: Counts what was seen, and gathers the notices.
        files: Lower-case base name of every file that was delivered, to its name as stored.
        own_keys: Number keys of the handset's own lines.
    """

    def __init__(self, extraction_id: str, region: str, files: Mapping[str, str]) -> None:
        self.extraction_id = extraction_id
        self.region = region
        self.files = files
        self.book = PartBook(extraction_id)
        self.own_keys: frozenset[str] = frozenset()


class FileState:
    """One file of the export.

    Attributes:
        member: Name inside the delivery. None: the delivery is the file.
        view: As the file names it.
        clock: Reads the times of its records.
        uncounted_clock: Reads times that no record rests on; what it has to assume goes into no notice.
    """

    def __init__(
        self, part: PartState, file: ExportFile, stamp: SourceStamp, clocks: tuple[Clock, Clock], *, is_utf16: bool
    ) -> None:
        self.part = part
        self.member = file.member
        self.view = file.header.view
        self.stamp = stamp
        self.clock, self.uncounted_clock = clocks
        self.is_utf16 = is_utf16

    def place(self, locator: str) -> str:
        """Return a locator that says the file too, for notices about an export of several files."""
        return locator if self.member is None else f"{self.member}: {locator}"


def service_name(application: str | None) -> str | None:
    """Return the service that an application stands for. None: none is stated, or the handset's own texts."""
    name = (application or "").strip().casefold()
    return _ALIASES.get(name, name) if name and name not in _NATIVE else None


def is_sim(storage: str | None) -> bool:
    """Whether ``Storage`` names the card."""
    return (storage or "").strip().casefold().startswith(_SIM_WORDS)


def stored_in(storage: str | None, application: str | None) -> str | None:
    """Return where a contact is stored: ``sim``, ``phone``, or the application's name. None: not stated."""
    name = (storage or "").strip().casefold()
    if is_sim(storage):
        return "sim"
    application = service_name(application)
    if application is not None:
        return application
    return None if not name else "phone" if name in _NATIVE or "phone" in name or "device" in name else name


def deleted_state(entity: Entity) -> DeletedState:
    """Return what the entity says of deletion; nothing said is not ``intact``."""
    stated = (entity.value("deleted") or "").casefold()
    if stated.startswith(_YES) or (entity.value("status") or "").casefold() == "deleted":
        return DeletedState.DELETED
    return DeletedState.INTACT if stated in _NO else DeletedState.UNKNOWN
