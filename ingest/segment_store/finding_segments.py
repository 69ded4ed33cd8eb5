"""Finding segments: what the analysis says of one extraction, and the edges, flares and templates that follow.

Frame by frame beside the record segment: frame n holds what is said of the records of frame n, each distinct finding
of the frame once. Reading both side by side needs memory for one frame of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.errors import SegmentDamaged
from ingest.segment_store.segment_file import SealedFile, SegmentFile, SegmentFileWriter
from search.contract import Edge, Flare, TemplateEntry

_MAGIC: Final = b"TLFND\x00\x001"
_FINDINGS, _FLARE_OF, _EDGES, _FLARES, _TEMPLATES = "findings", "flare_of", "edges", "flares", "templates"
_ROWS_A_FRAME: Final = 1000
_FLARE_DTYPE: Final = np.dtype("<i4")
NONE: Final = -1
"""Place that means: no finding, no flare."""

ELSEWHERE: Final = -2
"""Place of a flare that means: none, and the record's fact counts in another extraction of the device."""
_ELSEWHERE_CRC: Final = crc32(b"counts elsewhere")

COLLECTED_AS: Final = "19"
"""Changes with what edges and flares are made of the same records and findings: then they are made again. 2: sent
bursts of near wordings are one flare, and exported chats keep their copies. 3: a flare says whether the phone writes
with its sender where that has no number. 4: variants that differ in several slots are one flare.
5: what may be a broadcast by how it came is kept, an advert that comes like an answer is one, and the number that the
submitter states holds before the file's. 6: texts of services that show a name or a short code are kept, what comes
again in the midst of a talk is not, and a short answer is one for half an hour. 7: a
further part of a long text is none of its own. 8: what a new number says that the old one was called. 9: a text that
is typed anew for part of its recipients is one flare. 10: nor is a further part
that its sender numbered, a broadcast that another delivery has too is shown with all that this one holds of it, and of
what reads like an advert a text of few words is told from others. 11: a bare number is of a part where all are there,
and further parts may be listed first. 12: which account of an application an entry states with a number.
13: what a saved name may have sent to many is kept, what an application writes in place of a text is nobody's, and who
gives up the number that he writes from does not announce it. 14: who says that two numbers are in use tells of both,
and an answer that offers nothing and a member's talk in a group are no broadcast. 15: what somebody who gives no old
number says that he was called. 16: whom somebody told that this is not the number of whom he asks for.
17: a few words that are no sure advert, or a price alone, are an answer where they come minutes after a text; whom
somebody answered otherwise than that this is not the number of whom he asks for."""

_Row = TypeVar("_Row", Edge, Flare, TemplateEntry)


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What a finding segment was made from; equal recipes give equal segments.

    Attributes:
        own_numbers: Numbers of the handset, as the file or the submitter states them.
        is_owner_stated: They are the submitter's word, which holds before that of the file.
        skip_digest: Digest of the ordinals whose facts count in another extraction of the device; empty: none.
        collected_as: Which edges and flares are made of records and findings; see ``COLLECTED_AS``.
    """

    records_sha256: str
    nlp_version: str
    lexicon_version: str
    own_numbers: tuple[str, ...]
    is_owner_stated: bool = False
    region: str
    skip_digest: str
    collected_as: str = "1"


class FindingMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What a finding segment says of itself. ``crc_sum`` is over records and findings, as an index holds them."""

    extraction_id: str
    recipe: Recipe
    document_count: int
    crc_sum: int


class _FindingFrame(msgspec.Struct, frozen=True, array_like=True):
    """Distinct findings (MessagePack), and for each record of the frame the place of its finding."""

    findings: list[bytes]
    places: list[int]


_META_DECODER: Final = msgspec.msgpack.Decoder(FindingMeta)
_FRAME_DECODER: Final = msgspec.msgpack.Decoder(_FindingFrame)
_EDGES_DECODER: Final = msgspec.msgpack.Decoder(list[Edge])
_FLARES_DECODER: Final = msgspec.msgpack.Decoder(list[Flare])
_TEMPLATES_DECODER: Final = msgspec.msgpack.Decoder(list[TemplateEntry])


class FindingSegmentWriter:
    """Writes what is said of one extraction. Findings come first, frame by frame; then ``seal`` with the rest."""

    def __init__(self, path: Path, level: int) -> None:
        self._file = SegmentFileWriter(path, _MAGIC, level)

    def add_frame(self, findings: list[bytes], places: list[int]) -> None:
        """Add what is said of the records of the next frame; a place is an index into the findings, or ``NONE``."""
        self._file.add_frame(_FINDINGS, msgspec.msgpack.encode(_FindingFrame(findings, places)), len(places))

    def seal(
        self,
        meta: FindingMeta,
        *,
        edges: Iterable[Edge],
        flares: Iterable[Flare],
        templates: Iterable[TemplateEntry],
        flare_of: npt.NDArray[np.int32],
    ) -> SealedFile:
        """End the segment; ``flare_of`` is, by ordinal, an index into ``flares``, ``NONE`` or ``ELSEWHERE``."""
        self._file.add_frame(_FLARE_OF, flare_of.astype(_FLARE_DTYPE, copy=False).tobytes(), len(flare_of))
        self._add_rows(_EDGES, edges)
        self._add_rows(_FLARES, flares)
        self._add_rows(_TEMPLATES, templates)
        return self._file.seal(meta)

    def discard(self) -> None:
        """Remove the unfinished segment."""
        self._file.discard()

    def _add_rows(self, name: str, rows: Iterable[Edge] | Iterable[Flare] | Iterable[TemplateEntry]) -> None:
        remaining = iter(rows)
        while portion := list(islice(remaining, _ROWS_A_FRAME)):
            self._file.add_frame(name, msgspec.msgpack.encode(portion), len(portion))


class FindingSegment(SegmentFile[FindingMeta]):
    """Reads a finding segment."""

    def __init__(self, path: Path, extraction_id: str) -> None:
        super().__init__(path, _MAGIC, _META_DECODER, extraction_id)

    def batches(self) -> Iterator[tuple[list[bytes], list[int]]]:
        """Yield, for each frame of the record segment, its distinct findings and each record's place among them."""
        for ref in self.frames_of(_FINDINGS):
            try:
                frame = _FRAME_DECODER.decode(self.frame(ref))
            except msgspec.DecodeError as exc:
                raise SegmentDamaged(self.extraction_id, "a frame of findings cannot be read") from exc
            yield frame.findings, frame.places

    def flare_of(self) -> npt.NDArray[np.int32]:
        """Return, by ordinal, an index into the flares, ``NONE`` or ``ELSEWHERE``. Shape (n,)."""
        (ref,) = self.frames_of(_FLARE_OF)
        return np.frombuffer(self.frame(ref), dtype=_FLARE_DTYPE).astype(np.int32)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges."""
        return self._rows(_EDGES, _EDGES_DECODER)

    def flares(self) -> Iterator[Flare]:
        """Yield the flares, by flare id."""
        return self._rows(_FLARES, _FLARES_DECODER)

    def templates(self) -> Iterator[TemplateEntry]:
        """Yield the templates of adverts and flares."""
        return self._rows(_TEMPLATES, _TEMPLATES_DECODER)

    def _rows(self, name: str, decoder: msgspec.msgpack.Decoder[list[_Row]]) -> Iterator[_Row]:
        for ref in self.frames_of(name):
            try:
                yield from decoder.decode(self.frame(ref))
            except msgspec.DecodeError as exc:
                raise SegmentDamaged(self.extraction_id, f"a frame of its {name} cannot be read") from exc


def elsewhere_crc(record_crc: int) -> int:
    """Return the checksum of a document whose fact counts in another extraction of the device."""
    return record_crc ^ _ELSEWHERE_CRC


def document_crc(record_crc: int, finding: bytes, flare_id: str | None) -> int:
    """Return the checksum of what an index holds of one record: the record, its finding and its flare.

    Sums of these tell an index that holds an older finding from one that holds this one.
    """
    crc = record_crc
    if finding:
        crc ^= crc32(finding)
    if flare_id is not None:
        crc ^= crc32(flare_id.encode("ascii"), 1)
    return crc
