"""The trained models as they are shipped: one packed MessagePack file each, in ``nlp/model``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import zstandard

_FOLDER: Final = "model"
_LEVEL: Final = 19

FileT = TypeVar("FileT", bound=msgspec.Struct)


def shipped_file(name: str, kind: type[FileT]) -> FileT:
    """Return a model as it is stored."""
    packed = files("nlp").joinpath(_FOLDER, name).read_bytes()
    return msgspec.msgpack.decode(zstandard.decompress(packed), type=kind)


def write_file(name: str, stored: msgspec.Struct) -> int:
    """Write a model beside this module, for the training, and return the size of the file in octets."""
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(msgspec.msgpack.encode(stored))
    folder = Path(__file__).parent / _FOLDER
    folder.mkdir(exist_ok=True)
    return folder.joinpath(name).write_bytes(packed)
