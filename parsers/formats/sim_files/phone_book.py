"""Reads EF.PBR: under which ids a USIM keeps its phone book. They differ from card to card.

Source: TS 31.102, 4.4.2.1: constructed objects A8, A9 and AA, in them one object a file, with its id in two octets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from parsers.formats.sim_files.card_files import CardContent

REFERENCE: Final = "PBR"
_CONSTRUCTED: Final = frozenset({0xA8, 0xA9, 0xAA})
_NAMES: Final[Mapping[int, str]] = {0xC0: "ADN", 0xC2: "EXT1"}
_MOST_IDS: Final = 512


def ids_in(contents: Iterable[CardContent]) -> dict[str, str]:
    """Return id to name of the files of the phone book that are read, as the card's own list states them."""
    found: dict[str, str] = {}
    for content in contents:
        if content.file.name == REFERENCE and content.octets is not None:
            for number, name in _files(content.octets):
                if len(found) < _MOST_IDS:
                    found.setdefault(number, name)
    return found


def _files(octets: bytes) -> Iterator[tuple[str, str]]:
    for tag, value in _objects(octets):
        if tag in _CONSTRUCTED:
            for inner, content in _objects(value):
                if inner in _NAMES and len(content) >= 2:
                    yield content[:2].hex(), _NAMES[inner]


def _objects(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and value of each object; what does not fit ends them."""
    place = 0
    while place + 2 <= len(octets) and octets[place] not in {0x00, 0xFF}:
        size = octets[place + 1]
        value = octets[place + 2 : place + 2 + size]
        if len(value) < size:
            return
        yield octets[place], value
        place += 2 + size
