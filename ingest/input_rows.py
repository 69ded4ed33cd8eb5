"""What is to be looked at again of an input once its last text was read, put aside in a file."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import IO, Final, Generic, TypeVar

import msgspec

from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.settled_input import AdvertRow

_LENGTH: Final = struct.Struct("<I")
_RowT = TypeVar("_RowT", AdvertRow, NearAdvert)


class InputRows(Generic[_RowT]):
    """Rows of one kind in a file, in the order in which they were added; may be added to between two readings."""

    def __init__(self, file: IO[bytes], kind: type[_RowT]) -> None:
        self._file = file
        self._decoder: msgspec.msgpack.Decoder[_RowT] = msgspec.msgpack.Decoder(kind)

    def add(self, row: _RowT) -> None:
        """Put a row behind the others."""
        packed = msgspec.msgpack.encode(row)
        self._file.seek(0, os.SEEK_END)
        self._file.write(_LENGTH.pack(len(packed)))
        self._file.write(packed)

    def __iter__(self) -> Iterator[_RowT]:
        """Yield the rows; none is to be added meanwhile."""
        self._file.seek(0)
        while head := self._file.read(_LENGTH.size):
            yield self._decoder.decode(self._file.read(_LENGTH.unpack(head)[0]))
