"""Which parsers there are, and which of them reads a delivery.

The table is visible and ordered; nothing registers itself. Readers of others come in through the entry point group
``trapline.parsers``, after ours. One that cannot be used is said so on every run, and stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final, TypeAlias

import msgspec

from parsers.contract import Claim, ExtractionParser, Head
from parsers.errors import InputRefused
from parsers.records.notices import Notice
from parsers.sidecar import states_members
from parsers.unreadable import RTF_MAGIC, unreadable

PARSERS: Final[tuple[str, ...]] = (
    "parsers.formats.ufdr:CellebriteParser",
    "parsers.formats.whatsapp_text:WhatsAppTextParser",
    "parsers.formats.android_db:AndroidDatabaseParser",
    "parsers.formats.ios_db:IosDatabaseParser",
    "parsers.formats.whatsapp_db:WhatsAppDatabaseParser",
    "parsers.formats.xry_text:XryTextParser",
    "parsers.formats.sms_backup_restore:SmsBackupRestoreParser",
    "parsers.formats.pdu_lines:PduLinesParser",
    "parsers.formats.sim_files:SimFilesParser",
    "parsers.formats.ufed_workbook:UfedWorkbookParser",
    "parsers.formats.table:TableParser",
    "parsers.formats.at_log:AtLogParser",
    "parsers.formats.gammu:GammuParser",
    "parsers.formats.vcard:VCardParser",
    "parsers.formats.telegram_json:TelegramJsonParser",
    "parsers.formats.container:ContainerParser",
    "parsers.formats.meta_json:MetaJsonParser",
    "parsers.formats.ios_plists:IosPlistParser",
    "parsers.formats.itunes_backup:ItunesBackupParser",
    "parsers.formats.adb_backup:AdbBackupParser",
    "parsers.formats.axiom_xml:AxiomXmlParser",
    "parsers.formats.leapp:LeappParser",
    "parsers.formats.case_jsonld:CaseJsonldParser",
    "parsers.formats.snapchat_json:SnapchatJsonParser",
    "parsers.formats.vmg:VmgParser",
    "parsers.formats.signal_text:SignalTextParser",
    "parsers.formats.nokia_backup:NokiaBackupParser",
)
"""Our parsers as ``module:class``, in the order in which they are asked and listed. A new format is one line here."""

ENTRY_POINT_GROUP: Final = "trapline.parsers"

_LOG = logging.getLogger(__name__)
_REQUIRED: Final = ("name", "version", "tier", "title", "versions_seen", "not_read", "identify", "read")

_Loader: TypeAlias = Callable[[], object]


class _Loaded(msgspec.Struct, frozen=True):
    parsers: tuple[ExtractionParser, ...]
    unusable: tuple[str, ...]


def all_parsers() -> tuple[ExtractionParser, ...]:
    """Return every parser that can be used, in order."""
    return _loaded().parsers


def unusable_readers() -> Iterator[Notice]:
    """Yield a notice for each reader of others that could not be loaded."""
    for name in _loaded().unusable:
        yield Notice(code="reader_not_usable", subject=name)


def identify(head: Head) -> tuple[ExtractionParser, Claim]:
    """Return the parser with the highest claim on a delivery.

    A claim on the whole of an archive or folder is before any on what lies in it.

    Raises:
        InputRefused: No parser claims it (``format_unknown``, or the code of what it is known to be), several do alike
            (``format_ambiguous``), or the one that knows the format says that it cannot be read (its claim's code).
    """
    claims = [(parser, claim) for parser in _asked_about(head) if (claim := parser.identify(head)) is not None]
    if not claims:
        raise unreadable(head)
    if any(claim.is_whole and claim.refusal is None for _, claim in claims):
        # What a sidecar in an archive states something of is a delivery of its own.
        is_wanted = head.is_folder or not states_members(head.members)
        claims = [(parser, claim) for parser, claim in claims if claim.is_whole is is_wanted] or claims
    highest = max(claim.score for _, claim in claims)
    best = [(parser, claim) for parser, claim in claims if claim.score == highest]
    if len(best) > 1:
        raise InputRefused("format_ambiguous", ", ".join(parser.name for parser, _ in best))
    parser, claim = best[0]
    if claim.refusal is not None:
        raise InputRefused(claim.refusal, claim.reason)
    return parser, claim


def _asked_about(head: Head) -> tuple[ExtractionParser, ...]:
    """Return the parsers that are asked: of RTF none of ours.

    A text that was pasted into a document has the document's marks in every line: its lines are told, and read they
    would be other texts than were sent.
    """
    return all_parsers()[len(PARSERS) :] if head.first_bytes.startswith(RTF_MAGIC) else all_parsers()


@cache
def _loaded() -> _Loaded:
    parsers = [_checked(_load_own(dotted)) for dotted in PARSERS]
    names = {parser.name for parser in parsers}
    unusable = []
    for entry_point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda each: each.name):
        parser = _load_foreign(entry_point.name, entry_point.load)
        if parser is None or parser.name in names:
            unusable.append(entry_point.name)
        else:
            names.add(parser.name)
            parsers.append(parser)
    return _Loaded(tuple(parsers), tuple(unusable))


def _load_own(dotted: str) -> object:
    module, _, name = dotted.partition(":")
    return getattr(import_module(module), name)


def _load_foreign(name: str, load: _Loader) -> ExtractionParser | None:
    try:
        return _checked(load())
    except Exception as error:  # noqa: BLE001 - code of others: whatever it raises, ours must go on
        _LOG.warning("reader not usable", extra={"entry_point": name, "error": type(error).__name__})
        return None


def _checked(parser_type: object) -> ExtractionParser:
    """Return an instance of a parser.

    Raises:
        TypeError: It is no class, or lacks what the contract asks for.
    """
    missing = [name for name in _REQUIRED if not hasattr(parser_type, name)]
    if missing or not isinstance(parser_type, type):
        raise TypeError(f"no parser: it lacks {', '.join(missing) or 'a class'}")
    parser: ExtractionParser = parser_type()
    return parser
