"""Tells an archive or folder in which several deliveries lie from one that is a single report.

Names alone decide, and the fronts that identification has looked at: whether it is worth going through file by file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from parsers.chat_names import is_media_name, title_of
from parsers.contract import Claim, ExtractionParser, Head, own_members, reads_together
from parsers.errors import InputRefused
from parsers.formats.ufdr.claims import is_one_delivery, others_beside, report_of
from parsers.identification import is_near
from parsers.members.folder_levels import folders_above, folders_down_to
from parsers.members.handset_files import folder_of, handset_root, last_of, packed_in_handsets
from parsers.members.neighbours import PACKED_SUFFIXES, TAR_SUFFIXES, could_be_delivery, is_of_a_mac
from parsers.members.packages import is_named_as_package
from parsers.members.told_fronts import is_store_named_as_litter, named_member, refused_by
from parsers.members.units import CONTAINER
from parsers.members.user_exports import is_chat_far_down, is_exported_by_tool, is_kept_archive, is_user_export
from parsers.registry import all_parsers, identify
from parsers.sidecar import states_members
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.tar_archive import is_packed
from parsers.tar_stream import is_tar

_LIKELY: Final = 50
_MIXED, _ANY, _TAR = 99, 10, 100
_ARCHIVES: Final = (".ufdr", ".ab")
_PERHAPS: Final = (
    ".zip",
    ".csv",
    ".tsv",
    ".xlsx",
    ".xls",
    ".ods",
    ".vcf",
    ".vmg",
    ".json",
    ".jsonl",
    ".jsonld",
    *(".txt", ".log", ".script", ".dump", ".hex", ".pdu", ".backup", ".smsbackup"),
    *TAR_SUFFIXES,
    *PACKED_SUFFIXES,
)
_TOLD_BY_FRONT: Final = ".xml"
"""Told by its front, which is not looked at further down."""
_EXPORT_DEPTH: Final = 4
_MOST_EXPORTS: Final = 100
"""Folders down, and folders, in which an export is looked for: officers nest what they pack three deep, and each
folder costs a look at its names."""
_CHAT_ARCHIVE = re.compile(r"whatsapp chat.*\.zip", re.IGNORECASE)
_STORE_ENDS: Final = (".db", ".sqlite", ".sqlitedb", ".storedata")
_APP_DATABASES: Final = "databases"
"""The folder in which Android keeps all databases of an application: beside the known one they are that one's."""
_STORE_WORDS = re.compile(r"mmssms|calllog|contacts2|telephony|sms|msgstore|chatstorage|callhistory|addressbook")
"""What a copy of a handset's database is called by under another name than the handset's own (``mmssms (1).db``)."""

_CHATS: Final = "whatsapp_text"
_REPORT: Final = "ufdr"
_REFUSED: Final = "a delivery that is refused"
"""A kind of its own: it must not hide what lies beside it, whoever reads that, nor be left out in silence."""
_PACKAGE_TYPES: Final = b"mimetypeapplication/"


def claim_on(head: Head) -> Claim | None:
    """Return the claim on a delivery."""
    if is_tar(head.first_bytes) or is_tar(head.inner_bytes):
        # As a whole: what is packed in it stands there as it is, and would be taken for the text of one file.
        return Claim(score=_TAR, reason="tar archive of files")
    if is_packed(head.first_bytes) and (head.inner_bytes or head.last_bytes):
        # The front of a member alone, as others ask for it, tells nothing of what it holds.
        return Claim(score=_TAR, reason="one packed file")
    if not head.members or is_package(head) or (head.is_folder and not head.has_sidecar and not _has_others(head)):
        return None
    kinds = kinds_of(head)
    if is_mixed(kinds) or states_members(head.members):
        shown = ", ".join(sorted(kinds)[:4])
        return Claim(score=_MIXED, reason=f"several deliveries: {shown}", is_whole=False)
    if head.is_folder and any(kind != _CHATS and names[0].endswith("/") for kind, names in kinds.items()):
        # Its reader would look for the export at the top, and another for single files of it.
        return Claim(score=_MIXED, reason="a folder that is one export, in a folder", is_whole=False)
    return Claim(score=_ANY, reason="archive or folder of files", is_whole=False)


def _has_others(head: Head) -> bool:
    """Whether a folder is the delivery of one report, and somebody put deliveries of other formats into it."""
    report = report_of(head)
    if report is not None and others_beside(head, report):
        return True
    # The files of one report, walked one by one, would each be an extraction of a device of its own.
    return any(own_members(parser, head) and _leaves_others(parser, head) for parser in all_parsers())


def _leaves_others(parser: ExtractionParser, head: Head) -> bool:
    """Whether a parser with files of its own at the top of a folder reads no others: it would only name them."""
    if reads_together(parser):
        return True
    claim = parser.identify(head)
    return claim is not None and not claim.is_whole


def is_package(head: Head) -> bool:
    """Whether the archive is a program or an office document."""
    return not head.is_folder and (is_named_as_package(head.members) or _PACKAGE_TYPES in head.first_bytes[:128])


def kinds_of(head: Head) -> dict[str, list[str]]:
    """Return what kinds of deliveries lie in an archive or folder, and the names that show it."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for name, front in head.member_heads.items():
        is_store = front.startswith(SQLITE_MAGIC)
        kind = None if is_store or is_of_a_mac(name) else _kind_of_front(last_of(name), front)
        if kind is not None and not is_exported_by_tool(name):
            kinds[kind].append(name)
    reports = [folder for name in kinds.get(_REPORT, ()) if _is_one_report(head, name, folder := folder_of(name))]
    beside = {other for name in kinds.get(_REPORT, ()) for other in others_beside(head, name)}
    chats: dict[str, bytes] = defaultdict(bytes)
    for name in kinds.get(_CHATS, ()):
        chats[folder_of(name)] += head.member_heads.get(name, b"")
    for kind, name in _stores_among(head, chats):
        kinds[kind].append(name)
    within = _put_exports(kinds, _exports_in(head, reports))
    of_handsets = packed_in_handsets(head.members)
    for name in head.members:
        if _is_of_export(name, within) or is_of_a_mac(name) or name in of_handsets:
            continue
        if any(not folder or name.startswith(f"{folder}/") for folder in reports):
            kind = _kind_beside_report(head, name, beside)
        else:
            kind = _kind_of_name(name, is_of_chat=_is_of_chat(head, name, chats.get(folder_of(name))))
            kind = _kind_of_named(head, name, kinds) if name in head.member_heads else kind
        if kind is not None:
            kinds[kind].append(name)
    return kinds


def _stores_among(head: Head, chats: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the databases whose front was looked at, each with its kind.

    The front alone does not say whose database it is; its name does where a handset gave it.
    """
    stores = [
        name
        for name, front in head.member_heads.items()
        if front.startswith(SQLITE_MAGIC)
        and handset_root(name) is None
        and (could_be_delivery(name) or is_store_named_as_litter(name, front))
    ]
    within = {folder for folder in map(folder_of, stores) if last_of(folder).casefold() == _APP_DATABASES}
    of_apps = {
        folder for name in head.members if within and (folder := folder_of(name)) in within and named_member(name)
    }
    for name in stores:
        folder, kind = folder_of(name), named_member(name)
        is_of_known = is_exported_by_tool(name) or folder in of_apps or _is_of_chat(head, name, chats.get(folder))
        if kind is not None or not is_of_known:
            yield kind or "file", name


def _kind_of_named(head: Head, name: str, kinds: Mapping[str, Collection[str]]) -> str | None:
    """Return the kind of a file that is called as a handset's database, while its front tells no format.

    Damaged or not what its name says, it must not hide what lies beside it. None: it is not so, or was told already.
    """
    front = head.member_heads[name]
    is_told = front.startswith(SQLITE_MAGIC) or any(name in names for names in kinds.values())
    return None if is_told or is_exported_by_tool(name) else named_member(name)


def _kind_beside_report(head: Head, name: str, beside: Collection[str]) -> str | None:
    """Return the kind of a delivery beside a report. None: a file of the report, as the handset's databases there are.

    Args:
        head: Of the archive or folder.
        name: A file in the folder of a report.
        beside: The files there that are deliveries of other formats; of those whose front was looked at that told it.
    """
    if last_of(name).casefold().endswith(".ufdr"):
        return ".ufdr"
    return (named_member(name) or "file") if name in beside and name not in head.member_heads else None


def _put_exports(kinds: dict[str, list[str]], exports: list[tuple[str, str]]) -> tuple[str, ...]:
    """Put folders that are one export in the place of what was told of their files; return the folders."""
    within = tuple(folder for _, folder in exports)
    for kind, names in list(kinds.items()):
        kinds[kind] = [name for name in names if not _is_of_export(name, within)]
        if not kinds[kind]:
            del kinds[kind]
    for parser, folder in exports:
        kinds[parser].append(folder)
    return within


def _is_of_export(name: str, within: tuple[str, ...]) -> bool:
    """Whether a file is one of an export by its folder; a handset's file system that lies beside it there is none."""
    return name.startswith(within) and handset_root(name) is None


def _exports_in(head: Head, reports: list[str]) -> list[tuple[str, str]]:
    """Return the folders that are one export as a whole: the parser's name, and the path with ``/`` behind it."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for name in head.members:
        by_folder[folder_of(name)].append(name)
    below: dict[str, list[str]] = defaultdict(list)
    loose = [place for place in by_folder if place and handset_root(f"{place}/") is None]
    near = folders_down_to((names[0] for names in map(by_folder.__getitem__, ("", *loose)) if names), _EXPORT_DEPTH)
    for place in loose:
        for above in folders_above(f"{place}/"):
            folder = f"{above}/"
            if above in near and (folder in below or len(below) < _MOST_EXPORTS):
                below[folder] += [name for name in by_folder[place] if not is_of_a_mac(name)]
    found: list[tuple[str, str]] = []
    for folder in sorted(below):
        is_taken = any(folder.startswith(taken) for _, taken in found)
        if is_taken or any(not report or folder.startswith(f"{report}/") for report in reports):
            continue
        parser = _parser_of_folder(head, folder, below[folder])
        if parser is not None and parser != _REPORT:
            found.append((parser, folder))
    return found


def _parser_of_folder(head: Head, folder: str, names: list[str]) -> str | None:
    fronts = {name.removeprefix(folder): front for name, front in head.member_heads.items() if name.startswith(folder)}
    members = tuple(name.removeprefix(folder) for name in names)
    own = Head(
        name=last_of(folder.rstrip("/")),
        is_folder=True,
        first_bytes=b"",
        mime_type="inode/directory",
        members=members,
        member_heads=fronts,
        is_within=True,
    )
    try:
        parser, claim = identify(own)
    except InputRefused:
        return None
    return parser.name if claim.is_whole and claim.score >= _LIKELY else None


def is_mixed(kinds: dict[str, list[str]]) -> bool:
    """Whether there are deliveries of several kinds, several reports, or databases of several handsets."""
    if len(kinds) > 1 or len(kinds.get(_REPORT, ())) > 1:
        return True
    if any(
        kind != _CHATS and len(names) > 1 and any(name.endswith("/") for name in names) for kind, names in kinds.items()
    ):
        # Beside a folder that is one export lies another of its kind; of chats the reader takes all that there are.
        return True
    stores = {parser.name for parser in all_parsers() if hasattr(parser, "is_member_name")}
    for kind, names in kinds.items():
        if kind in stores and len({handset_root(name) for name in names}) <= 1 and handset_root(names[0]) is None:
            bases = [last_of(name).casefold() for name in names]
            return len(set(bases)) < len(bases)
    return False


def _kind_of_front(name: str, front: bytes) -> str | None:
    if is_tar(front):
        return "archive"
    head = Head(name=name, is_folder=False, first_bytes=front, mime_type="text/plain")
    try:
        parser, claim = identify(head)
    except InputRefused:
        return _REFUSED if refused_by(name, front) is not None else None
    return parser.name if claim.score >= _LIKELY and parser.name != CONTAINER else None


def _kind_of_name(name: str, *, is_of_chat: bool) -> str | None:
    parser = named_member(name)
    if parser is not None:
        return parser
    if is_user_export(name):
        return "export"
    last = last_of(name).casefold()
    if is_kept_archive(name) or last.endswith(_ARCHIVES) or _CHAT_ARCHIVE.fullmatch(last):
        return "archive"
    is_store = last.endswith(_STORE_ENDS) and _STORE_WORDS.search(last) is not None
    if is_chat_far_down(name) and not is_of_chat:
        return _CHATS
    is_perhaps = last.endswith(_PERHAPS) or (last.endswith(_TOLD_BY_FRONT) and not is_near(name))
    is_file = is_store or (is_perhaps and not is_of_chat)
    return "file" if is_file and handset_root(name) is None else None


def _is_of_chat(head: Head, name: str, front: bytes | None) -> bool:
    """Whether a file beside exported chats is taken for one that was sent in them: ``front`` is how they begin.

    All is that lies in an archive which the application made; in one that somebody else packed it is what has a name
    of the application's, or what a chat names. Where one does so further down, ``units`` finds it.
    """
    if front is None:
        return False
    return title_of(head.name) is not None or is_media_name(name) or last_of(name).encode() in front


def _is_one_report(head: Head, report: str, folder: str) -> bool:
    prefix = f"{folder}/" if folder else ""
    below = tuple(name.removeprefix(prefix) for name in head.members if name.startswith(prefix))
    return is_one_delivery([report.removeprefix(prefix)], below)
