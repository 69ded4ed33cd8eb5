"""Patterns of JSON as octets: values are told by their brackets and quotation marks, before they are decoded."""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = re.compile(rb"[ \t\r\n]*")
# A quote alone is a string that goes on behind the buffer.
# Possessive, because a string without its end would be tried in every way to cut it.
TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)


def _containers(depth: int) -> str:
    """Return a pattern of a whole object or array with at most so many others in each other.

    Every part is possessive and begins as no other does, so that it is tried in one way only.
    """
    inner = "" if depth == 0 else f"|{_containers(depth - 1)}"
    return rf'[{{\[](?:[^"{{}}\[\]]++|"(?:[^"\\]++|\\.)*+"{inner})*+[}}\]]'


SHALLOW: Final = re.compile(_containers(4).encode(), re.DOTALL)
"""Most values of an export: passed over at once, and not bracket by bracket."""

NEXT_SHALLOW: Final = re.compile(rb"[ \t\r\n]*+,?[ \t\r\n]*+(" + _containers(4).encode() + b")", re.DOTALL)
"""The next of an array's values, with what stands before it, where it is such a one."""

UP_TO_VALUE: Final = re.compile(rb"[ \t\r\n]*+,?[ \t\r\n]*+")
PASSED: Final = re.compile(_containers(4).encode() + b"|" + TOKEN.pattern, re.DOTALL)
STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
# The same white space as between values: what ends a value must be passed over after it, or the walk would stand still.
SCALAR_END: Final = re.compile(rb"[,\]} \t\r\n]")
