"""The file that PC Suite wrote of one handset (.nfb, .nfc): a head, then folders and files one behind the other."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec

_NUMBER: Final = struct.Struct("<I")
_MOST_CHARS: Final = 1_024
_FILE, _FOLDER = 1, 2
_MOST_FRONT: Final = 4 * (_MOST_CHARS + 4)
_NAME_START: Final = "\\"


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The head: two names of the handset, how many entries follow, and where they begin."""

    model: str
    phone: str
    count: int
    end: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A file in the backup: its path, and where its octets stand."""

    name: str
    start: int
    size: int


class EntryRange:
    """Reads the octets of one entry; another may be read in between."""

    def __init__(self, file: BinaryIO, entry: Entry) -> None:
        self._file = file
        self._place, self._left = entry.start, entry.size

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` octets; none at the end."""
        self._file.seek(self._place)
        piece = self._file.read(min(size, self._left))
        self._place += len(piece)
        self._left -= len(piece)
        return piece


def front_of(octets: bytes) -> Front | None:
    """Return the head of a backup. None: it is none, for the first entry behind it is no file and no folder."""
    model = _string(octets, _NUMBER.size)
    phone = None if model is None else _string(octets, model[1])
    if model is None or phone is None or len(octets) < phone[1] + 2 * _NUMBER.size:
        return None
    count, kind = _NUMBER.unpack_from(octets, phone[1])[0], _NUMBER.unpack_from(octets, phone[1] + _NUMBER.size)[0]
    first = _string(octets, phone[1] + 2 * _NUMBER.size)
    if not count or kind not in {_FILE, _FOLDER} or first is None or not first[0].startswith(_NAME_START):
        return None
    return Front(model=model[0], phone=phone[0], count=count, end=phone[1] + _NUMBER.size)


class Entries:
    """Walks the entries of a backup.

    Attributes:
        is_cut: Whether fewer are there than the head states, or one that cannot be followed; known at the end.
        missing_count: How many could not be reached.
    """

    def __init__(self, file: BinaryIO, front: Front) -> None:
        self.is_cut = False
        self.missing_count = 0
        self._file = file
        self._front = front
        self._size = file.seek(0, 2)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the files, in their order; the last one may be shorter than it says."""
        place = self._front.end
        for number in range(self._front.count):
            self._file.seek(place)
            octets = self._file.read(_MOST_FRONT)
            kind = _NUMBER.unpack_from(octets)[0] if len(octets) >= _NUMBER.size else 0
            name = _string(octets, _NUMBER.size) if kind in {_FILE, _FOLDER} else None
            if name is None or (kind == _FILE and len(octets) < name[1] + _NUMBER.size):
                self._end(self._front.count - number)
                return
            place += name[1]
            if kind == _FOLDER:
                continue
            size = _NUMBER.unpack_from(octets, name[1])[0]
            start = place + _NUMBER.size
            # A number of four octets stands behind each file.
            place = start + size + _NUMBER.size
            yield Entry(name=name[0], start=start, size=min(size, max(0, self._size - start)))
            if place > self._size:
                self._end(self._front.count - number)
                return

    def _end(self, missing_count: int) -> None:
        self.is_cut = True
        self.missing_count = missing_count


def _string(octets: bytes, place: int) -> tuple[str, int] | None:
    """Return the text whose length in characters stands at a place, and where it ends. None: none stands there."""
    if len(octets) < place + _NUMBER.size:
        return None
    start = place + _NUMBER.size
    end = start + 2 * min(_NUMBER.unpack_from(octets, place)[0], _MOST_CHARS + 1)
    if end > len(octets) or end - start > 2 * _MOST_CHARS:
        return None
    text = octets[start:end].decode("utf-16-le", "replace")
    return (text, end) if text.isprintable() else None
