"""Finds what lies in an archive or folder that can be read as a delivery of its own, and what cannot be one.

In this order: folders that are one vendor's report; the databases that a handset keeps under fixed names, which are
read together; exports of several files in one folder; and every other file by itself.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

import msgspec

from parsers.contract import ExtractionParser, Head, Limits, names_member, own_members, reads_together, sends_files
from parsers.errors import InputRefused
from parsers.identification import head_of_members, mime_type_of
from parsers.json_fronts import front_with_keys
from parsers.members.folder_levels import folders_down_to
from parsers.members.handset_files import folder_of, handset_root, last_of, packed_in_handsets
from parsers.members.litter import FRONT_BYTES, is_litter, is_named_as_litter
from parsers.members.neighbours import PACKED_SUFFIXES, TAR_SUFFIXES, could_be_delivery
from parsers.members.sources import MemberSource
from parsers.members.strays import strays_of
from parsers.members.user_exports import is_kept_archive, is_user_export
from parsers.registry import all_parsers, identify
from parsers.sidecar_names import Beside, attached_sidecars, fault_of_name, is_meant_as_sidecar, sidecar_among
from parsers.sqlite_pages import SQLITE_MAGIC, WAL_SUFFIX, written_suffixes
from parsers.stray_logs import LOG_ALONE
from parsers.zip_headers import ZIP_MAGICS

COMPANION_SUFFIXES: Final = (WAL_SUFFIX, "-shm", "-journal")
CONTAINER: Final = "container"
"""Name of the parser of archives and folders that hold several deliveries; it is never asked about a folder in one."""

_ARCHIVE_SUFFIXES: Final = (".ufdr", ".zip", ".ab", *TAR_SUFFIXES, *PACKED_SUFFIXES)
_TELLING_SUFFIXES: Final = (
    *_ARCHIVE_SUFFIXES,
    *(".xml", ".json", ".jsonld", ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".vcf", ".vmg", ".plist", ".lava"),
    *(".db", ".sqlite", ".sqlitedb", ".storedata", ".backup", ".smsbackup", ".script", "_chat.txt"),
)
"""Ends of names under which deliveries come. Where there are more files than are looked at, these are the first."""

_FRONT_BYTES: Final = 64 * 1024
_MOST_CHAT_BYTES: Final = 64 * 2**20
_END_BYTES: Final = 4
_MOST_NAMED: Final = 100_000
"""Bytes of a name by which it is looked for in a chat, and how often one such end is looked at."""

_MEDIA_TYPES: Final = ("image/", "video/", "audio/", "font/", "application/font", "application/vnd.ms-opentype")
_MOST_FOLDERS: Final = 200
_FOLDER_DEPTH: Final = 4
_APP_FOLDERS: Final = frozenset({"databases", "shared_prefs"})
_NOT_A_REPORT: Final = frozenset({"format_unknown", "format_ambiguous"})


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """Members that are read as one delivery.

    Attributes:
        key: What names it in the archive or folder: a file, or the folder that holds its files (``""``: the top).
        names: Its files as stored.
        is_folder: Whether it is read as a folder.
        parser: The parser that reads it. None: that is told by the file itself.
        root: Folder of the handset that it is of. None: nothing says so.
        refusal: Why it cannot be read, where that is known already.
    """

    key: str
    names: tuple[str, ...]
    is_folder: bool = False
    parser: ExtractionParser | None = None
    root: str | None = None
    refusal: tuple[str, str | None] | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of an archive or folder.

    Attributes:
        units: In the order in which they are read.
        rest: Files that are none of a delivery: media, and what a handset's file system holds beside known files.
        litter: What systems and programs leave beside files.
        over_limit: Files that were not looked at, because there are more than the limit; what is none of a delivery by
            its name (pictures, pages) is in ``rest`` then.
    """

    units: tuple[Unit, ...]
    rest: tuple[str, ...]
    litter: tuple[str, ...] = ()
    over_limit: tuple[str, ...] = ()


def plan_of(source: MemberSource, limits: Limits) -> Plan:
    """Return what is read of an archive or folder, and by which parser where that is known."""
    litter = [name for name in source.names if _is_litter_in(source, name)]
    left = _without_attached(set(source.names).difference(litter))
    folders = list(_whole_folders(source, left))
    taken = {name for unit in folders for name in unit.names}
    left = [name for name in left if name not in taken]
    top = _whole_folder(source, "", [name for name in left if not name.casefold().endswith(_ARCHIVE_SUFFIXES)])
    if top is not None:
        folders.append(top)
        taken = set(top.names)
        left = [name for name in left if name not in taken]
        # The top is another report: of a folder in it nothing more is known there.
        below = list(_whole_folders(source, left, is_within=False))
        folders += below
        left = sorted(set(left).difference(*(unit.names for unit in below)))
    stray = strays_of(source, left)
    lost = [Unit(key=name, names=(name,), refusal=(LOG_ALONE, None)) for name in stray]
    left = [name for name in left if name not in stray]
    stated = [name for name in left if _is_stated(source, name)]
    stores = list(_stores([name for name in left if name not in stated]))
    taken = {name for unit in stores for name in unit.names}
    left = [name for name in left if name not in taken]
    of_handsets = packed_in_handsets(source.names).difference(stated)
    left = [name for name in left if name not in of_handsets]
    loose = [name for name in left if handset_root(name) is None or is_user_export(name) or is_kept_archive(name)]
    rest = sorted(of_handsets.union(left).difference(loose))
    looked_at, over_limit = _looked_at(source, loose, limits.container_members)
    rest += [name for name in over_limit if not could_be_delivery(name)]
    over_limit = [name for name in over_limit if could_be_delivery(name)]
    files, media = _loose_units(source, looked_at)
    units = sorted((*folders, *stores, *files, *lost), key=lambda unit: (unit.key, unit.names))
    return Plan(
        units=tuple(units), rest=tuple(sorted((*rest, *media))), litter=tuple(litter), over_limit=tuple(over_limit)
    )


def _is_litter_in(source: MemberSource, name: str) -> bool:
    if not is_named_as_litter(name) or _is_stated(source, name):
        return False
    try:
        return is_litter(name, source.front(name, FRONT_BYTES))
    except InputRefused:
        return False


def _looked_at(source: MemberSource, names: list[str], most: int) -> tuple[list[str], list[str]]:
    """Return the files that are looked at one by one, and those beyond the limit; both by name.

    What a delivery may be by its name is looked at before notes, and those before media, wherever they stand.
    """
    if len(names) <= most:
        return names, []

    def rank(name: str) -> int:
        if name.casefold().endswith(_TELLING_SUFFIXES) or _is_stated(source, name):
            return 0
        return 1 if could_be_delivery(name) else 2

    ranked = sorted(names, key=rank)
    return sorted(ranked[:most]), sorted(ranked[most:])


def _without_attached(names: Iterable[str]) -> list[str]:
    """Return the names without those that belong to another file: a database's log, a sidecar."""
    present = set(names)
    sidecars = attached_sidecars(present)
    return [
        name
        for name in sorted(present)
        if not any(
            name.endswith(written_suffixes(each)) and name[: -len(each)] in present for each in COMPANION_SUFFIXES
        )
        and name not in sidecars
    ]


def _is_stated(source: MemberSource, name: str) -> bool:
    """Whether a file or folder has a sidecar of its own."""
    return sidecar_among(name, source.has) is not None


def _is_lone_sidecar(source: MemberSource, name: str) -> bool:
    """Whether a file is called or written as a sidecar and stands for itself, while nothing is stated of it."""
    try:
        return is_meant_as_sidecar(last_of(name), partial(source.front, name)) and not _is_stated(source, name)
    except InputRefused:
        return False


class _Folders:
    """What lies in each folder of a source, asked for by a file in it; each folder is looked through once."""

    def __init__(self, source: MemberSource) -> None:
        self._source = source
        self._names: defaultdict[str, set[str]] | None = None
        self._beside: dict[str, Beside] = {}

    def beside(self, name: str) -> Beside:
        """Return the files and folders that lie where a file lies."""
        folder = name.rpartition("/")[0]
        if folder not in self._beside:
            self._beside[folder] = Beside(self._by_folder()[folder])
        return self._beside[folder]

    def _by_folder(self) -> defaultdict[str, set[str]]:
        if self._names is None:
            self._names = defaultdict(set)
            for name in self._source.names:
                place = name
                while place:
                    folder, _, last = place.rpartition("/")
                    if last in self._names[folder]:
                        break  # so are the folders above
                    self._names[folder].add(last)
                    place = folder
        return self._names


def _whole_folders(source: MemberSource, names: list[str], *, is_within: bool = True) -> Iterator[Unit]:
    """Yield the folders that are one vendor's report, from the top down; ``names`` are sorted."""
    # What lies in a handset's file system is no folder of a delivery; such names come by the hundred thousand.
    folders = folders_down_to((name for name in names if handset_root(name) is None), _FOLDER_DEPTH)
    taken: list[str] = []
    of_reports: set[str] = set()
    for folder in sorted(folders, key=lambda each: (each.count("/"), each))[:_MOST_FOLDERS]:
        if any(folder.startswith(f"{above}/") for above in taken):
            continue
        # Sorted names of one folder stand together; "0" is what comes behind "/".
        below = names[bisect_left(names, f"{folder}/") : bisect_left(names, f"{folder}0")]
        if of_reports:
            below = [name for name in below if name not in of_reports]
        unit = _whole_folder(source, folder, below, is_within=is_within)
        if unit is not None:
            if len(unit.names) == len(below):
                taken.append(folder)
            else:
                of_reports.update(unit.names)
            yield unit


def _whole_folder(source: MemberSource, folder: str, names: list[str], *, is_within: bool = False) -> Unit | None:
    """Return a folder as a delivery where it is one vendor's report; the top, too, of what is left of it.

    Where other deliveries lie beside a report, it is the report's own files.
    """
    if folder and _is_stated(source, folder):
        return Unit(key=folder, names=tuple(names), is_folder=True)
    prefix = f"{folder}/" if folder else ""
    members = tuple(name.removeprefix(prefix) for name in names)
    head = head_of_members(last_of(folder), members, lambda member, size: source.front(prefix + member, size))
    head = msgspec.structs.replace(head, is_within=is_within)
    try:
        parser, claim = identify(head)
    except InputRefused as refused:
        if refused.code in _NOT_A_REPORT:
            return _report_among(head, folder, prefix)
        # Of the top it says nothing of the other files.
        refusal = (refused.code, refused.subject)
        return Unit(key=folder, names=tuple(names), is_folder=True, refusal=refusal) if folder else None
    if not claim.is_whole:
        return _report_among(head, folder, prefix)
    return Unit(key=folder, names=tuple(names), is_folder=True, parser=parser)


def _report_among(head: Head, folder: str, prefix: str) -> Unit | None:
    for parser in all_parsers():
        own = own_members(parser, head)
        if own:
            return Unit(key=folder, names=tuple(prefix + name for name in own), is_folder=True, parser=parser)
    return None


def _stores(names: list[str]) -> Iterator[Unit]:
    """Yield the databases that handsets keep under fixed names: those of one handset and one parser together."""
    for parser in all_parsers():
        for group in _by_handset([name for name in names if names_member(parser, name)]):
            root = handset_root(group[0])
            if len(group) == 1:
                yield Unit(key=group[0], names=tuple(group), parser=parser, root=root)
            else:
                yield Unit(key=common_folder(group), names=tuple(group), is_folder=True, parser=parser, root=root)


def _by_handset(names: list[str]) -> list[list[str]]:
    """Group files by the handset that they are of.

    Files outside any handset's file system are of one handset, unless two have one name: then those of one folder are.
    """
    loose = Counter(last_of(name).casefold() for name in names if handset_root(name) is None)
    is_one = max(loose.values(), default=0) <= 1
    groups: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for name in names:
        root = handset_root(name)
        key = (False, "" if is_one else _folder_of_app(name)) if root is None else (True, root)
        groups[key].append(name)
    return list(groups.values())


def _folder_of_app(name: str) -> str:
    """Return the folder of a file, or that of the application where it lies in one that Android makes in each."""
    folder = folder_of(name)
    return folder_of(folder) if last_of(folder).casefold() in _APP_FOLDERS else folder


def common_folder(names: Iterable[str]) -> str:
    """Return the folder that holds all of the files, ``""`` where only the top does."""
    folders = [folder_of(name).split("/") for name in names]
    common: list[str] = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return "/".join(common)


def _loose_units(source: MemberSource, names: list[str]) -> tuple[list[Unit], list[str]]:
    """Return the other files as deliveries, those of one export together, and the files that are media."""
    units: list[Unit] = []
    media: list[str] = []
    folders = _Folders(source)
    together: dict[tuple[str, str], tuple[ExtractionParser, list[str]]] = {}
    for name in names:
        if _is_lone_sidecar(source, name):
            fault = fault_of_name(last_of(name), folders.beside(name))
            units.append(Unit(key=name, names=(name,), refusal=("sidecar_refused", fault)))
            continue
        try:
            front = front_with_keys(partial(source.front, name), _FRONT_BYTES)
        except InputRefused as refused:
            units.append(Unit(key=name, names=(name,), refusal=(refused.code, refused.subject)))
            continue
        mime_type = mime_type_of(front) if front else ""
        if not front or mime_type.startswith(_MEDIA_TYPES):
            media.append(name)
            continue
        # What has a sidecar of its own is a delivery of its own.
        parser = None if _is_stated(source, name) else _grouping_parser(name, front, mime_type)
        if parser is None:
            units.append(Unit(key=name, names=(name,), root=handset_root(name)))
        else:
            together.setdefault((parser.name, folder_of(name)), (parser, []))[1].append(name)
    for (_, folder), (parser, group) in together.items():
        beside = [name for name in media if folder_of(name) == folder]
        if sends_files(parser):
            sent = _sent_in(source, group, [unit for unit in units if folder_of(unit.key) == folder])
            units = [unit for unit in units if unit.key not in sent]
            beside += sent
        if len(group) == 1 and not beside:
            units.append(Unit(key=group[0], names=tuple(group), root=handset_root(group[0])))
            continue
        root = handset_root(f"{folder}/")
        units.append(Unit(key=folder, names=(*group, *beside), is_folder=True, parser=parser, root=root))
        media = [name for name in media if name not in beside]
    return units, media


def _sent_in(source: MemberSource, chats: list[str], others: list[Unit]) -> list[str]:
    """Return the files beside chats that these name; what has a sidecar of its own is none."""
    names = [unit.key for unit in others if unit.refusal is None and not _is_stated(source, unit.key)]
    if not names:
        return []
    written = {form: name for name in names for form in _forms_of(last_of(name))}
    sent: set[str] = set()
    for chat in chats:
        sent.update(_named_in(source.front(chat, _MOST_CHAT_BYTES), written))
    return [name for name in names if name in sent]


def _forms_of(name: str) -> set[bytes]:
    """Return how a chat may write the name of a file: letters with marks in one piece or two, in UTF-8 or UTF-16."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")} | {name}
    return {form.encode(encoding, "surrogatepass") for form in forms for encoding in ("utf-8", "utf-16-le")}


def _named_in(text: bytes, written: Mapping[bytes, str]) -> Iterator[str]:
    """Yield the files that a text names; by the ends of their names, so that time follows the text and no product."""
    lengths: dict[bytes, set[int]] = defaultdict(set)
    for form in written:
        lengths[form[-_END_BYTES:]].add(len(form))
    for end, sizes in lengths.items():
        place = text.find(end)
        for _ in range(_MOST_NAMED):
            if place < 0:
                break
            behind = place + len(end)
            yield from (
                written[form] for size in sizes if size <= behind and (form := text[behind - size : behind]) in written
            )
            place = text.find(end, place + 1)


def _grouping_parser(name: str, front: bytes, mime_type: str) -> ExtractionParser | None:
    """Return the parser of a file, where its files of one folder are read together."""
    if front.startswith((*ZIP_MAGICS, SQLITE_MAGIC)):
        return None
    head = Head(name=last_of(name), is_folder=False, first_bytes=front, mime_type=mime_type)
    try:
        parser, _ = identify(head)
    except InputRefused:
        return None
    return parser if reads_together(parser) else None
