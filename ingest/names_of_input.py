"""The adverts of an input with their likeliest names, put aside until the last text was read, and settled then.

Which of its names an advert bears, the other texts of the input say (``nlp.shared_names``), and which text that is
nearly an advert is one since it bears the name of a line (``nlp.near_adverts``) or is worded as an advert is
(``nlp.near_wordings``). Memory grows with the distinct
wordings of adverts and with the near adverts that bear one of their names; what is kept of each text lies in a file.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import IO, Final, NamedTuple, TypeAlias

import msgspec

from nlp.near_adverts import Lifted, NearAdvert, lifted
from nlp.near_wordings import worded_alike
from nlp.readings import Name
from nlp.settling import LookAgain, numbers_of, settled_name
from nlp.shared_names import SharedNames
from parsers.records.findings import TextFinding

_LENGTH: Final = struct.Struct("<I")

_NearRow: TypeAlias = tuple[int, bytes, str, float, str]
"""Key, text, wording, log-odds, template."""

_Row: TypeAlias = tuple[int, bytes, str | None, str, list[Name]]
"""Key, text, the name that it has by itself, its wording, its likeliest names."""


class Renamed(NamedTuple):
    """An advert that bears another name than by itself.

    Attributes:
        key: As the caller gave it.
        wording: Its template id when judged alone.
        name: None: no name.
    """

    key: int
    text: str
    wording: str
    name: Name | None


class NamesOfInput:
    """Takes in adverts, then says which bear another name than they have by themselves."""

    def __init__(self, kept: IO[bytes], near: IO[bytes], threshold: float, look_again: LookAgain) -> None:
        self._kept = kept
        self._near = near
        self._look_again = look_again
        self._shared = SharedNames(threshold)

    def add(self, key: int, text: str, finding: TextFinding, names: Sequence[Name]) -> None:
        """Take in an advert, with a key of the caller's."""
        self._shared.add(finding.template_id, names, numbers_of(finding))
        row = (key, text.encode("utf-8", "surrogatepass"), finding.line, finding.template_id, names)
        _put(self._kept, msgspec.msgpack.encode(row))

    def add_near(self, near: NearAdvert) -> None:
        """Take in a text that is nearly an advert."""
        row = (near.key, near.text.encode("utf-8", "surrogatepass"), near.wording, near.odds, near.template)
        _put(self._near, msgspec.msgpack.encode(row))

    def lifted(self) -> Iterator[Lifted]:
        """Yield the texts that are adverts beside the others, in the order in which they were taken in."""
        return lifted(self._near_rows, self._shared, self._look_again)

    def worded_alike(self, adverts: Mapping[str, str], but: Collection[int]) -> Iterator[Lifted]:
        """Yield the texts that are adverts by their wording, in the order in which they were taken in.

        Args:
            adverts: Template text by id of the adverts, under the names that stand.
            but: Keys of the texts that are adverts by a name.
        """
        return worded_alike(self._near_rows, adverts, but, self._shared, self._look_again)

    def _near_rows(self) -> Iterator[NearAdvert]:
        decoder = msgspec.msgpack.Decoder(_NearRow)
        for packed in _taken(self._near):
            key, text, wording, odds, template = decoder.decode(packed)
            yield NearAdvert(key, text.decode("utf-8", "surrogatepass"), wording, odds, template)

    def renamed(self) -> Iterator[Renamed]:
        """Yield the adverts that bear another name, in the order in which they were taken in."""
        decoder = msgspec.msgpack.Decoder(_Row)
        for packed in _taken(self._kept):
            key, text, alone, wording, names = decoder.decode(packed)
            body = text.decode("utf-8", "surrogatepass")
            name = settled_name(self._shared, body, wording, names, self._look_again)
            if (name and name.canonical) != alone:
                yield Renamed(key, body, wording, name)


def _put(file: IO[bytes], packed: bytes) -> None:
    file.write(_LENGTH.pack(len(packed)))
    file.write(packed)


def _taken(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what was put into a file, from its start."""
    file.seek(0)
    while head := file.read(_LENGTH.size):
        yield file.read(_LENGTH.unpack(head)[0])
