"""The file under both kinds of segment: compressed frames, then a table of contents, then a fixed footer.

    magic (8 bytes)
    frame*             zstd, each with its checksum
    contents frame     zstd of MessagePack: frames by name, and the meta structure of the kind
    footer             offset and length of the contents frame, CRC-32 of it, magic

A file is written under a temporary name, synced, and renamed to its SHA-256; a reader therefore sees a whole file or
none. What a disk does later to it is found by the checksum of the frame that is read, or by ``verify``.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Generic, Self, TypeVar
from zlib import crc32

import msgspec
import zstandard

from ingest.errors import SegmentDamaged

_FOOTER = struct.Struct("<QII8s")
_MAGIC_BYTES = 8
_MAX_FRAME_BYTES = 2**31

Meta = TypeVar("Meta", bound=msgspec.Struct)


class FrameRef(msgspec.Struct, frozen=True, array_like=True):
    """Where a frame lies. ``items`` counts what is in it, ``crc_sum`` adds up the CRC-32 of them."""

    name: str
    offset: int
    length: int
    items: int
    crc_sum: int


class _Contents(msgspec.Struct, frozen=True):
    frames: tuple[FrameRef, ...]
    meta: msgspec.Raw


_CONTENTS_DECODER: Final = msgspec.msgpack.Decoder(_Contents)


class SealedFile(msgspec.Struct, frozen=True):
    """A finished file that still has its temporary name."""

    path: str
    sha256: str
    size_bytes: int


class SegmentFileWriter:
    """Writes one file. Call ``seal`` at the end or ``discard``; memory is one frame."""

    def __init__(self, path: Path, magic: bytes, level: int) -> None:
        self._path = path
        self._magic = magic
        self._compressor = zstandard.ZstdCompressor(level=level, write_checksum=True)
        self._frames: list[FrameRef] = []
        self._hash = hashlib.sha256()
        self._offset = 0
        self._file = path.open("xb")
        self._write(magic)

    def add_frame(self, name: str, content: bytes | bytearray, items: int = 1, crc_sum: int = 0) -> None:
        """Compress and write one frame."""
        packed = self._compressor.compress(content)
        self._frames.append(FrameRef(name, self._offset, len(packed), items, crc_sum))
        self._write(packed)

    def seal(self, meta: msgspec.Struct) -> SealedFile:
        """Write contents and footer, sync, and return the hash of the whole file."""
        contents = _Contents(tuple(self._frames), msgspec.Raw(msgspec.msgpack.encode(meta)))
        packed = self._compressor.compress(msgspec.msgpack.encode(contents))
        offset = self._offset
        self._write(packed)
        self._write(_FOOTER.pack(offset, len(packed), crc32(packed), self._magic))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.chmod(0o400)
        return SealedFile(str(self._path), self._hash.hexdigest(), self._offset)

    def discard(self) -> None:
        """Close and remove the unfinished file."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._hash.update(content)
        self._offset += len(content)


class SegmentFile(Generic[Meta]):
    """Reads one file. Every fault of the file is a ``SegmentDamaged``."""

    def __init__(
        self, path: Path, magic: bytes, meta_decoder: msgspec.msgpack.Decoder[Meta], extraction_id: str
    ) -> None:
        self.extraction_id = extraction_id
        self._decompressor = zstandard.ZstdDecompressor()
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as exc:
            raise SegmentDamaged(extraction_id, exc.strerror or "cannot be opened") from exc
        try:
            contents = self._contents(magic)
            self.frames = contents.frames
            self.meta = meta_decoder.decode(contents.meta)
        except (msgspec.DecodeError, zstandard.ZstdError, struct.error, OSError) as exc:
            self.close()
            raise SegmentDamaged(extraction_id, "its table of contents cannot be read") from exc
        except SegmentDamaged:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._file.close()

    def frame(self, ref: FrameRef) -> bytes:
        """Return the content of a frame."""
        try:
            packed = os.pread(self._file.fileno(), ref.length, ref.offset)
            return self._decompressor.decompress(packed, max_output_size=_MAX_FRAME_BYTES)
        except (zstandard.ZstdError, OSError, MemoryError) as exc:
            raise SegmentDamaged(self.extraction_id, f"a frame of its {ref.name} cannot be read") from exc

    def frames_of(self, name: str) -> Sequence[FrameRef]:
        """Return the frames of one name, in order."""
        return [ref for ref in self.frames if ref.name == name]

    def _contents(self, magic: bytes) -> _Contents:
        size = os.fstat(self._file.fileno()).st_size
        footer = os.pread(self._file.fileno(), _FOOTER.size, max(0, size - _FOOTER.size))
        offset, length, checksum, end_magic = _FOOTER.unpack(footer)
        if end_magic != magic or os.pread(self._file.fileno(), _MAGIC_BYTES, 0) != magic:
            raise SegmentDamaged(self.extraction_id, "it is cut short, or no segment of this kind")
        packed = os.pread(self._file.fileno(), length, offset)
        if len(packed) != length or crc32(packed) != checksum:
            raise SegmentDamaged(self.extraction_id, "its table of contents does not match its checksum")
        return _CONTENTS_DECODER.decode(self._decompressor.decompress(packed, max_output_size=_MAX_FRAME_BYTES))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_file_sound(path: Path, sha256: str) -> bool:
    """Whether a file is there, is a file, and matches its hash."""
    try:
        return file_sha256(path) == sha256
    except OSError:
        return False
