"""Reads a tar archive from a stream, member by member, bounded: nothing is unpacked to a path that it names.

Long names come in two ways, GNU's and POSIX's; both are read, and sizes that only an attack has are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from parsers.byte_streams import ByteStream

_BLOCK: Final = 512
_CHUNK_BYTES: Final = 1 << 16
_MOST_NAME_BYTES: Final = 1 << 16
_FILES: Final = (b"0", b"\x00", b"7")
_FOLDER, _SPARSE = b"5", b"S"
_WITHOUT_CONTENT: Final = (b"1", b"2", b"3", b"4", b"5", b"6")
_GNU_NAME, _GNU_TARGET, _PAX, _PAX_ALL = b"L", b"K", b"x", b"g"
_SPARSE_FLAG, _FURTHER_FLAG = 482, 504
_SPARSE_KEY: Final = "GNU.sparse."


class TarDamaged(ValueError):
    """The archive cannot be read further. ``code`` is the notice code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TarMember(msgspec.Struct, frozen=True):
    """One entry of the archive.

    Attributes:
        name: As stored.
        size_bytes: Of its content.
        is_file: Whether it is a file that is stored as it is: no folder, link, device, or file with holes.
        is_folder: Whether it is a folder.
    """

    name: str
    size_bytes: int
    is_file: bool
    is_folder: bool = False


def is_tar(first_bytes: bytes) -> bool:
    """Whether a file that begins so is a tar archive: its first block has the right sum."""
    header = first_bytes[:_BLOCK]
    try:
        return len(header) == _BLOCK and bool(header[0]) and _has_checksum(header)
    except TarDamaged:
        return False


class TarStream:
    """Reads an archive from its front; each member is read, or passed over, before the next one comes.

    Args:
        stream: The archive.
        skip: Passes over so many bytes of it. None: they are read.
    """

    def __init__(self, stream: ByteStream, skip: Callable[[int], object] | None = None) -> None:
        self._stream = stream
        self._skip = skip
        self._left_bytes = 0
        self._padding = 0

    def members(self) -> Iterator[TarMember]:
        """Yield the members in order; ``read`` gives the content of the one that was yielded last.

        Raises:
            TarDamaged: The archive ends before its end, or is none.
        """
        long_name: str | None = None
        stated: dict[str, str] = {}
        while True:
            self._pass_over()
            header = self._exactly(_BLOCK)
            if not header.strip(b"\x00"):
                self._check_end()
                return
            if not _has_checksum(header):
                raise TarDamaged("input_malformed")
            size, kind = _number(header[124:136]), header[156:157]
            if kind in (_GNU_NAME, _GNU_TARGET, _PAX, _PAX_ALL):
                content = self._whole(size)
                if kind == _GNU_NAME:
                    long_name = content.rstrip(b"\x00").decode("utf-8", "replace")
                elif kind == _PAX:
                    stated = _pax_values(content)
                continue
            if stated.get("size", "").isdecimal():
                size = int(stated["size"])
            name = stated.get("path") or long_name or _name_in(header)
            is_file = kind in _FILES and not any(key.startswith(_SPARSE_KEY) for key in stated)
            long_name, stated = None, {}
            is_further = kind == _SPARSE and header[_SPARSE_FLAG]
            while is_further:
                is_further = self._exactly(_BLOCK)[_FURTHER_FLAG]
            self._left_bytes = 0 if kind in _WITHOUT_CONTENT else size
            self._padding = -self._left_bytes % _BLOCK
            # The oldest archives tell a folder by its name alone.
            is_folder = kind == _FOLDER or (is_file and name.endswith("/") and not self._left_bytes)
            yield TarMember(name, self._left_bytes, is_file and not is_folder, is_folder)

    def read(self, size: int) -> bytes:
        """Return the next bytes of the member that was yielded last; none at its end.

        Raises:
            TarDamaged: The archive ends in it.
        """
        wanted = min(size, self._left_bytes)
        if not wanted:
            return b""
        piece = self._stream.read(min(wanted, _CHUNK_BYTES))
        if not piece:
            raise TarDamaged("input_truncated")
        self._left_bytes -= len(piece)
        return piece

    def _pass_over(self) -> None:
        if self._skip is not None:
            self._skip(self._left_bytes)
            self._left_bytes = 0
        while self._left_bytes:
            self.read(_CHUNK_BYTES)
        if self._padding:
            self._exactly(self._padding)
            self._padding = 0

    def _check_end(self) -> None:
        """Read what follows the first of the two empty blocks at the end: whole blocks, at least one."""
        total = 0
        while piece := self._stream.read(_CHUNK_BYTES):
            total += len(piece)
        if not total or total % _BLOCK:
            raise TarDamaged("input_truncated")

    def _whole(self, size: int) -> bytes:
        if size > _MOST_NAME_BYTES:
            raise TarDamaged("limit_reached")
        content = self._exactly(size)
        self._exactly(-size % _BLOCK)
        return content

    def _exactly(self, size: int) -> bytes:
        content = bytearray()
        while len(content) < size:
            piece = self._stream.read(size - len(content))
            if not piece:
                raise TarDamaged("input_truncated")
            content += piece
        return bytes(content)


def _has_checksum(header: bytes) -> bool:
    total = sum(header[:148]) + 8 * 0x20 + sum(header[156:])
    return _number(header[148:156]) == total


def _number(field: bytes) -> int:
    """Return a number in octal, or in the binary form that GNU writes for what octal cannot hold."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \x00")
    try:
        return int(digits, 8) if digits else 0
    except ValueError:
        raise TarDamaged("input_malformed") from None


def _name_in(header: bytes) -> str:
    name = header[:100].partition(b"\x00")[0].decode("utf-8", "replace")
    prefix = header[345:500].partition(b"\x00")[0].decode("utf-8", "replace")
    return f"{prefix}/{name}" if prefix and header[257:262] == b"ustar" else name


def _pax_values(content: bytes) -> dict[str, str]:
    values: dict[str, str] = {}
    while content:
        length, _, rest = content.partition(b" ")
        if not length.isdigit() or int(length) <= len(length) + 1 or int(length) > len(content):
            break
        line = rest[: int(length) - len(length) - 1]
        key, _, value = line.rstrip(b"\n").partition(b"=")
        values[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        content = content[int(length) :]
    return values
