"""The front of a JSON file with its long texts emptied, where one would fill it: the keys tell a format, not a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_LOOKED_AT: Final = 4 * 2**20
"""Bytes that are looked at for a front; a text that goes on behind them hides the keys behind it."""

_SHARE: Final = 8
"""A text is long that takes more than one part in so many of a front."""

_BEGIN: Final = re.compile(rb'(?:\xef\xbb\xbf)?[ \t\r\n]*(?:\{[ \t\r\n]*"|\[[ \t\r\n]*[\[{"])')
# The last may go on behind what was read.
_TEXT: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def front_with_keys(read_front: Callable[[int], bytes], size: int) -> bytes:
    """Return up to ``size`` bytes of the front of a file; of JSON in UTF-8 with long texts, the front without them.

    Args:
        read_front: Gives up to so many bytes from the front of the file, each time it is asked.
        size: As many as are wanted.
    """
    front = read_front(size)
    longest = size // _SHARE
    if len(front) < size or not _BEGIN.match(front):
        return front
    if all(len(found[0]) <= longest for found in _TEXT.finditer(front)):
        return front
    return _without_long_texts(read_front(_LOOKED_AT), size, longest)


def _without_long_texts(front: bytes, size: int, longest: int) -> bytes:
    kept: list[bytes] = []
    place = removed = 0
    for found in _TEXT.finditer(front):
        if found.start() - removed >= size:
            break
        if len(found[0]) > longest:
            kept += (front[place : found.start()], b'""')
            place = found.end()
            removed += len(found[0]) - len(b'""')
    return b"".join((*kept, front[place : place + size]))[:size]
