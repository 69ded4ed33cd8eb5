"""Tar archives, packed or not: told by their first block, indexed once, their members read by their places.

Also what else gzip, bzip2 or xz packed: one file.

A packed one (gzip, bzip2, xz; several streams behind each other too) is unpacked into a scratch file first, bounded by
what the caller allows: its members lie behind each other and cannot be reached otherwise. Nothing is written to a path
that an archive names.
"""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, BinaryIO, Final, Protocol

import msgspec

from parsers.archive_names import safe_names
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.inflation import Inflater
from parsers.tar_stream import TarDamaged, TarStream, is_tar

_CHUNK_BYTES: Final = 1 << 16
_PIECE_BYTES: Final = 1 << 20
_BLOCK: Final = 512
_FRONT_CHUNKS: Final = 32
"""So many chunks are read for the first block: bzip2 gives nothing before 900 kB of content are read."""

_XZ_MEMORY_BYTES: Final = 1 << 28
"""What ``xz -9`` takes, four times."""

_HERE: Final = "./"


class _Unpacker(Protocol):
    """One stream of a packed file, as ``bz2`` and ``lzma`` have it."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gunzip:
    """The same for gzip."""

    def __init__(self) -> None:
        self._inner = Inflater(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._inner.is_ended

    @property
    def needs_input(self) -> bool:
        return self._inner.wants_more

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        piece = self._inner.inflated(data, max_length)
        if not piece and self._inner.is_damaged:
            raise zlib.error
        return piece


def _unxz() -> _Unpacker:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY_BYTES)


_FORMS: Final[tuple[tuple[re.Pattern[bytes], Callable[[], _Unpacker]], ...]] = (
    (re.compile(rb"\x1f\x8b\x08"), _Gunzip),
    # The first block, or the end of what is empty: a note may begin with the three letters.
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2Decompressor),
    (re.compile(rb"\xfd7zXZ\x00"), _unxz),
)
_FORM_BYTES: Final = 10
_BEGUN: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
BEHIND_END: Final = "packed_behind_end"
"""Notice code of octets behind what is packed that are of no packed form; all that was packed came out."""

_MOST_LINE_BYTES: Final = 1 << 20
_UNPACKING_ERRORS: Final = (zlib.error, lzma.LZMAError, OSError, ValueError)


class TarPlace(msgspec.Struct, frozen=True):
    """Where the content of a file lies in an archive."""

    offset: int
    size_bytes: int


class TarArchive:
    """A tar archive that was found safe to open.

    Attributes:
        places: The files by name, a leading ``./`` taken off.
        refused: Names of entries that are not safe: links, devices, files with holes, names that lead elsewhere or
            stand there twice.
        damage: Notice code of what was wrong with it. None: nothing was.
    """

    def __init__(
        self, file: IO[bytes], places: dict[str, TarPlace], refused: tuple[str, ...], damage: str | None
    ) -> None:
        self.places = places
        self.refused = refused
        self.damage = damage
        self._file = file

    def pieces(self, name: str, size: int | None = None) -> Iterator[bytes]:
        """Yield the content of a file, up to so many bytes of it; fewer than it states where the archive ends in it."""
        place = self.places[name]
        left = place.size_bytes if size is None else min(size, place.size_bytes)
        self._file.seek(place.offset)
        while left and (piece := self._file.read(min(left, _CHUNK_BYTES))):
            left -= len(piece)
            yield piece


def inner_bytes(path: Path, first_bytes: bytes) -> bytes:
    """Return the first block of what a gzip, bzip2 or xz file holds; empty for any other file."""
    unpacker = _unpacker_of(first_bytes)
    if unpacker is None:
        return b""
    front = b""
    with path.open("rb") as file:
        inner = unpacker()
        for _ in range(_FRONT_CHUNKS):
            try:
                front += inner.decompress(file.read(_CHUNK_BYTES) if inner.needs_input else b"", _BLOCK - len(front))
            except _UNPACKING_ERRORS:
                break
            if inner.eof or len(front) >= _BLOCK:
                break
    return front


def is_packed(first_bytes: bytes) -> bool:
    """Whether a file is packed with gzip, bzip2 or xz."""
    return _unpacker_of(first_bytes) is not None


def is_cut(path: Path, most_bytes: int) -> bool:
    """Whether a gzip, bzip2 or xz file ends before its content does; False where more than so many bytes come out."""
    left_bytes = most_bytes

    def spend(size: int) -> None:
        nonlocal left_bytes
        left_bytes -= size
        if left_bytes < 0:
            raise InputRefused("archive_refused")

    with path.open("rb") as file:
        unpacker = _unpacker_of(file.read(_BLOCK))
        file.seek(0)
        try:
            return unpacker is not None and _unpack(file, unpacker, None, spend) == "input_truncated"
        except InputRefused:
            return False


def is_tar_file(path: Path) -> bool:
    """Whether a file is a tar archive, packed or not."""
    with path.open("rb") as file:
        first = file.read(_BLOCK)
    return is_tar(first) or is_tar(inner_bytes(path, first))


def is_packed_file(path: Path) -> bool:
    """Whether a file is packed with gzip, bzip2 or xz, whatever it holds."""
    with path.open("rb") as file:
        return is_packed(file.read(_BLOCK))


def is_packed_alone(path: Path) -> bool:
    """Whether a file is one that gzip, bzip2 or xz packed, and no tar."""
    return is_packed_file(path) and not is_tar_file(path)


@contextmanager
def open_tar(path: Path, limits: Limits, scratch_dir: Path, spend: Callable[[int], None]) -> Iterator[TarArchive]:
    """Open a tar archive, packed or not.

    Args:
        path: The archive.
        limits: Bounds on hostile input.
        scratch_dir: Where a packed one is unpacked, into a file without a name.
        spend: Told how many bytes were unpacked; refuses further ones.

    Raises:
        InputRefused: Nothing in it can be read, it has too many entries or an XML file twice, or it unpacks to more
            than ``spend`` lets it.
    """
    with path.open("rb") as file:
        unpacker = _unpacker_of(file.read(_BLOCK))
        file.seek(0)
        if unpacker is None:
            yield _indexed(file, limits, None)
            return
        with TemporaryFile(dir=scratch_dir) as unpacked:
            damage = _unpack(file, unpacker, unpacked, spend)
            unpacked.seek(0)
            yield _indexed(unpacked, limits, damage)


@contextmanager
def unpacked(path: Path, scratch_dir: Path, spend: Callable[[int], None]) -> Iterator[tuple[Path, str | None]]:
    """Unpack a gzip, bzip2 or xz file; what came out is gone when the block ends.

    Of a text that is cut off the line in which it ends is left out: it is torn, and would pass for a whole one.

    Args:
        path: The packed file.
        scratch_dir: Where it is unpacked.
        spend: Told how many bytes were unpacked; refuses further ones.

    Yields:
        Where the content lies, and the notice code of what cut it short; None: nothing did.

    Raises:
        InputRefused: It is packed in none of the three ways, nothing comes out of it, or it unpacks to more than
            ``spend`` lets it.
    """
    with path.open("rb") as file:
        unpacker = _unpacker_of(file.read(_BLOCK))
        if unpacker is None:
            raise InputRefused("archive_refused", "no packed file")
        file.seek(0)
        with NamedTemporaryFile(dir=scratch_dir) as target:
            damage = _unpack(file, unpacker, target, spend)
            if not target.tell():
                raise _refusal(damage)
            if damage == "input_truncated":
                _drop_torn_line(target)
            target.flush()
            yield Path(target.name), damage


def _unpacker_of(first_bytes: bytes) -> Callable[[], _Unpacker] | None:
    return next((unpacker for magic, unpacker in _FORMS if magic.match(first_bytes)), None)


def _refusal(damage: str | None) -> InputRefused:
    """Return why nothing came out of a packed file."""
    if damage == "input_truncated":
        return InputRefused("packed_cut")
    if damage == "input_malformed":
        return InputRefused(
            "archive_refused", "what is packed is damaged, or takes more memory to unpack than is given"
        )
    return InputRefused("input_empty")


def _drop_torn_line(target: IO[bytes]) -> None:
    """Take the line that a text ends in off it; what is no text, or one long line, stays as it is."""
    size = target.tell()
    target.seek(0)
    is_text = b"\x00" not in target.read(_BLOCK)
    start = max(0, size - _MOST_LINE_BYTES)
    target.seek(start)
    line_end = target.read().rfind(b"\n")
    if is_text and line_end >= 0:
        target.truncate(start + line_end + 1)


def _code_behind(rest: bytes, unpacker: Callable[[], _Unpacker]) -> str | None:
    """Return the notice code of what stands behind the end of a stream. None: another stream."""
    if _unpacker_of(rest) is unpacker:
        return None
    return "input_truncated" if len(rest) < _FORM_BYTES and rest.startswith(_BEGUN) else BEHIND_END


def _unpack(
    file: BinaryIO, unpacker: Callable[[], _Unpacker], target: IO[bytes] | None, spend: Callable[[int], None]
) -> str | None:
    """Unpack a file, one stream after the other, if need be to nowhere; return the notice code of what cut it short."""
    inner, rest = unpacker(), b""
    while True:
        if inner.eof:
            # Padding of zeros may follow a stream, and another stream.
            rest = inner.unused_data.lstrip(b"\x00")
            while not rest and (more := file.read(_CHUNK_BYTES)):
                rest = more.lstrip(b"\x00")
            if not rest:
                return None
            if len(rest) < _FORM_BYTES:
                rest += file.read(_CHUNK_BYTES)
            code = _code_behind(rest, unpacker)
            if code is not None:
                return code
            inner = unpacker()
        packed = rest or (file.read(_CHUNK_BYTES) if inner.needs_input else b"")
        is_over = not packed and inner.needs_input
        rest = b""
        try:
            piece = inner.decompress(packed, _PIECE_BYTES)
        except _UNPACKING_ERRORS:
            return "input_malformed"
        if is_over and not piece and not inner.eof:
            return "input_truncated"
        spend(len(piece))
        if target is not None:
            target.write(piece)


def _indexed(file: IO[bytes], limits: Limits, damage: str | None) -> TarArchive:
    stream = TarStream(file, lambda size: file.seek(size, 1))
    places: list[tuple[str, TarPlace | None]] = []
    try:
        for member in stream.members():
            if len(places) >= limits.archive_members:
                raise InputRefused("archive_refused", f"more than {limits.archive_members} members")
            if not member.is_folder:
                is_wanted = (
                    member.is_file and not member.name.endswith("/") and member.size_bytes <= limits.member_bytes
                )
                place = TarPlace(file.tell(), member.size_bytes) if is_wanted else None
                places.append((member.name.removeprefix(_HERE), place))
    except TarDamaged as damaged:
        damage = damage or damaged.code
    names = [name for name, _ in places]
    safe = safe_names(names, names)
    found = {name: place for (name, place), is_safe in zip(places, safe, strict=True) if is_safe and place is not None}
    if not found and damage is not None:
        raise InputRefused("archive_refused", "damaged tar archive")
    return TarArchive(file, found, tuple(name for name in names if name not in found), damage)
