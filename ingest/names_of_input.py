"""The adverts of an input with their likeliest names, put aside until the last text was read, and settled then.

Which of its names an advert bears, the other texts of the input say (``nlp.shared_names``). Memory grows with the
distinct wordings of adverts; what is kept of each text lies in a file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import IO, Final, NamedTuple, TypeAlias

import msgspec

from nlp.readings import Name
from nlp.settling import LookAgain, numbers_of, settled_name
from nlp.shared_names import SharedNames
from parsers.records.findings import TextFinding

_LENGTH: Final = struct.Struct("<I")

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

    def __init__(self, kept: IO[bytes], threshold: float, look_again: LookAgain) -> None:
        self._kept = kept
        self._look_again = look_again
        self._shared = SharedNames(threshold)

    def add(self, key: int, text: str, finding: TextFinding, names: Sequence[Name]) -> None:
        """Take in an advert, with a key of the caller's."""
        self._shared.add(finding.template_id, names, numbers_of(finding))
        row = (key, text.encode("utf-8", "surrogatepass"), finding.line, finding.template_id, names)
        packed = msgspec.msgpack.encode(row)
        self._kept.write(_LENGTH.pack(len(packed)))
        self._kept.write(packed)

    def renamed(self) -> Iterator[Renamed]:
        """Yield the adverts that bear another name, in the order in which they were taken in."""
        decoder = msgspec.msgpack.Decoder(_Row)
        self._kept.seek(0)
        while head := self._kept.read(_LENGTH.size):
            key, text, alone, wording, names = decoder.decode(self._kept.read(_LENGTH.unpack(head)[0]))
            body = text.decode("utf-8", "surrogatepass")
            name = settled_name(self._shared, body, wording, names, self._look_again)
            if (name and name.canonical) != alone:
                yield Renamed(key, body, wording, name)
