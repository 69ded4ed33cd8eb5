"""Looks at the front of a delivery, at its end, and at the names inside: all that a format is told by.

The extension of a name says nothing: files arrive as ``.txt`` that are XML, as ``.ufdr`` that are something else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO, Final

# First: it makes python-magic find the libmagic that is packaged with it, and not the system's or none.
import pylibmagic

# isort: split
import magic
import msgspec

from parsers.archive_guard import DAMAGED_ARCHIVE, Archive, ArchiveMember, open_archive
from parsers.contract import Head, Limits
from parsers.errors import InputRefused
from parsers.json_fronts import front_with_keys
from parsers.members.handset_files import handset_root
from parsers.members.litter import is_named_as_litter
from parsers.members.neighbours import TAR_SUFFIXES, could_be_delivery
from parsers.sqlite_pages import SQLITE_MAGIC, table_names, table_words
from parsers.tar_archive import inner_bytes
from parsers.zip_headers import ZIP_MAGICS

_FIRST_BYTES: Final = 64 * 1024
_LAST_BYTES: Final = 4 * 1024
_PIECE_BYTES: Final = 1_048_576
_FOLDER_TYPE: Final = "inode/directory"
_UNKNOWN_TYPE: Final = "application/octet-stream"

# A folder of a vendor has its report at the top; the walk only has to show what else is there.
_FOLDER_MEMBERS: Final = 20_000
_FOLDER_DEPTH: Final = 16
# Members whose front is looked at: XML, plain text, and what is called otherwise and could be a delivery (logs, dumps).
# They lie at the top or up to four folders down; in a handset's file system, where such names come by the thousand, up
# to two. Text tells its format in its first lines, and a vendor may write one such file for each of its views.
_HEAD_DEPTH: Final = 4
_HANDSET_HEAD_DEPTH: Final = 2
MOST_XML_HEADS: Final = 32
_MOST_TEXT_HEADS: Final = 64
_MOST_OTHER_HEADS: Final = 32
"""Fronts of members that no ending tells; each costs an opening."""
_MOST_STORE_HEADS: Final = 32
"""Fronts of databases by their names: whether one is SQLite. What lies in a handset's file system goes by its name."""
_STORE_SUFFIXES: Final = (".db", ".sqlite", ".sqlitedb", ".storedata")
_TEXT_HEAD_BYTES: Final = 8 * 1024
_TEXT_SUFFIX: Final = ".txt"
_JSON_SUFFIX: Final = ".json"
_XML_SUFFIX: Final = ".xml"
# Archives, databases and workbooks are told by their names, by what stands inside or by a walk through all.
TOLD_OTHERWISE: Final = (
    *(_TEXT_SUFFIX, _JSON_SUFFIX, _XML_SUFFIX, ".plist", ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".vcf", ".vmg"),
    *(".zip", ".ufdr", ".ab", ".7z", ".rar", ".gz", *_STORE_SUFFIXES, *TAR_SUFFIXES),
)
_WRITTEN_SUFFIXES: Final = {".docx": "a Word document", ".pptx": "a presentation", ".odt": "a text document (ODT)"}
_DEFAULT_LIMITS: Final = Limits()


def head_of(
    path: Path, name: str, *, is_folder: bool, limits: Limits = _DEFAULT_LIMITS, has_sidecar: bool = False
) -> Head:
    """Return what identification may look at.

    Args:
        path: The file or folder; it is opened for reading only.
        name: Name it was dropped under.
        is_folder: Whether it is a folder.
        limits: Bounds on a hostile archive.
        has_sidecar: Whether the submitter stated something beside it.

    Raises:
        InputRefused: The file is empty or missing, or an archive that is not safe to open.
        OSError: It cannot be read.
    """
    head = _head_of_folder(path, name) if is_folder else _head_of_file(path, name, limits)
    return msgspec.structs.replace(head, has_sidecar=True) if has_sidecar else head


def mime_type_of(first_bytes: bytes) -> str:
    """Return what libmagic makes of the front of a file."""
    try:
        return str(_detector().from_buffer(first_bytes))
    except magic.MagicException:
        return _UNKNOWN_TYPE


@cache
def _detector() -> magic.Magic:
    return magic.Magic(mime=True, magic_file=str(pylibmagic.data / "magic.mgc"))


@contextmanager
def _opened(path: Path, name: str, limits: Limits) -> Iterator[Archive]:
    """Open an archive; one that is a written document by its name and damaged is refused as that, not as an archive.

    Whole, it would be refused as what it is too.
    """
    what = _WRITTEN_SUFFIXES.get(Path(name).suffix.casefold())
    try:
        archive = open_archive(path, limits)
    except InputRefused as refused:
        if what is None or refused.subject != DAMAGED_ARCHIVE:
            raise
        raise InputRefused("office_text_not_read", f"{what} (damaged)") from refused
    with archive:
        yield archive


def _head_of_file(path: Path, name: str, limits: Limits) -> Head:
    try:
        with path.open("rb") as file:
            first = front_with_keys(lambda most: _read_front(file, most), _FIRST_BYTES)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LAST_BYTES))
            last = file.read(_LAST_BYTES)
            holds_other_octets = len({*first, *last}) == 1 and _holds_other(file, first[:1])
    except FileNotFoundError as error:
        raise InputRefused("input_missing") from error
    if not first:
        raise InputRefused("input_empty")
    members: tuple[str, ...] = ()
    heads: dict[str, bytes] = {}
    if first.startswith(ZIP_MAGICS):
        with _opened(path, name, limits) as archive:
            members = tuple(member.name for member in archive.members)
            heads = _heads_in(archive, limits)
    return Head(
        name=name,
        is_folder=False,
        first_bytes=first,
        mime_type=mime_type_of(first),
        members=members,
        member_heads=heads,
        last_bytes=last,
        holds_other_octets=holds_other_octets,
        tables=table_names(path) if first.startswith(SQLITE_MAGIC) else (),
        columns=table_words(path) if first.startswith(SQLITE_MAGIC) else {},
        inner_bytes=inner_bytes(path, first),
    )


def _holds_other(file: BinaryIO, octet: bytes) -> bool:
    """Whether a file holds another octet than the one; read up to the first."""
    file.seek(0)
    return any(piece.strip(octet) for piece in iter(partial(file.read, _PIECE_BYTES), b""))


def _read_front(file: BinaryIO, most: int) -> bytes:
    file.seek(0)
    return file.read(most)


def _heads_in(archive: Archive, limits: Limits) -> dict[str, bytes]:
    by_name: dict[str, ArchiveMember] = {member.name: member for member in archive.members}
    heads = {}
    for name in _telling(by_name):
        try:
            front = front_with_keys(partial(_front_of, archive, by_name[name], limits), _head_bytes(name))
        except InputRefused:
            # Encrypted, or packed in a way that is not read: its front is not known, which is not a refusal yet.
            continue
        heads[name] = front
    return heads


def _front_of(archive: Archive, member: ArchiveMember, limits: Limits, wanted: int) -> bytes:
    stream = archive.open(member, limits)
    front = bytearray()
    while len(front) < wanted and (piece := stream.read(wanted - len(front))):
        front += piece
    return bytes(front)


def _head_of_folder(path: Path, name: str) -> Head:
    def front(member: str, size: int) -> bytes:
        with (path / member).open("rb") as file:
            return file.read(size)

    return head_of_members(name, tuple(_names_below(path)), front)


def head_of_members(name: str, members: tuple[str, ...], front: Callable[[str, int], bytes]) -> Head:
    """Return the head of a folder, wherever its files lie.

    Args:
        name: Name of the folder.
        members: Its files, relative to it.
        front: Gives up to so many bytes of one of them; one that it refuses is left without a front.
    """
    heads: dict[str, bytes] = {}
    for member in _telling(members):
        with suppress(InputRefused):
            heads[member] = front_with_keys(partial(front, member), _head_bytes(member))
    return Head(
        name=name,
        is_folder=True,
        first_bytes=b"",
        mime_type=_FOLDER_TYPE,
        members=members,
        member_heads=heads,
    )


def _names_below(folder: Path) -> Iterator[str]:
    """Yield the files below a folder with ``/`` between, nearest first; links are not followed and not named."""
    level = [""]
    left = _FOLDER_MEMBERS
    for _ in range(_FOLDER_DEPTH):
        deeper = []
        for prefix in level:
            for entry in sorted((folder / prefix).iterdir()):
                mode = entry.lstat().st_mode
                if stat.S_ISDIR(mode):
                    deeper.append(f"{prefix}{entry.name}/")
                elif stat.S_ISREG(mode):
                    yield f"{prefix}{entry.name}"
                    left -= 1
                if not left:
                    return
        level = deeper


def is_near(name: str) -> bool:
    """Whether a member lies where fronts are looked at."""
    depth = name.count("/")
    return depth <= _HANDSET_HEAD_DEPTH or (depth <= _HEAD_DEPTH and handset_root(name) is None)


def _telling(names: Iterable[str]) -> list[str]:
    """Return the names of the members whose front tells a format, the likeliest of each kind first, up to its bound."""
    near = [name for name in names if is_near(name)]
    near.sort(key=lambda name: (not name.casefold().endswith("report.xml"), name.count("/"), name))
    xml = [name for name in near if name.casefold().endswith(_XML_SUFFIX)]
    texts = [name for name in near if _is_text(name)]
    others = [name for name in near if not name.casefold().endswith(TOLD_OTHERWISE) and could_be_delivery(name)]
    stores = sorted((name for name in near if _is_loose_store(name)), key=is_named_as_litter)
    told = xml[:MOST_XML_HEADS] + texts[:_MOST_TEXT_HEADS] + others[:_MOST_OTHER_HEADS]
    return told + stores[:_MOST_STORE_HEADS]


def _is_loose_store(name: str) -> bool:
    could_be = could_be_delivery(name) or is_named_as_litter(name)
    return name.casefold().endswith(_STORE_SUFFIXES) and could_be and handset_root(name) is None


def _is_text(name: str) -> bool:
    return name.casefold().endswith((_TEXT_SUFFIX, _JSON_SUFFIX))


def _head_bytes(name: str) -> int:
    return _FIRST_BYTES if name.casefold().endswith(_XML_SUFFIX) else _TEXT_HEAD_BYTES
