"""Names of British networks, by which a bill says whose line was called (``O2 Mobile``, ``Mobile - EE``, ``Three``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from parsers.tables.traffic_words import names_line

_LONGEST: Final = 200
_TOKEN = re.compile(r"[^\W_]+")

_SURE: Final = (
    *("o2", "ee", "vodafone", "giffgaff", "giff gaff", "lebara", "lycamobile", "lyca mobile", "lyca", "voxi", "spusu"),
    *("t mobile", "tmobile", "bt mobile", "tesco mobile", "sky mobile", "id mobile", "virgin mobile", "virgin media"),
    *("virgin media o2", "asda mobile", "talkmobile", "talk mobile", "plusnet mobile", "talktalk", "h3g"),
    *("hutchison 3g", "telefonica", "1pmobile", "everything everywhere"),
)
_UNSURE: Final = ("three", "3", "orange", "smarty", "sky", "id", "virgin", "tesco", "bt")
"""What people are called as well, or what may be anything: networks beside a word for a line, or among other lines."""

_NETWORKS: Final = {tuple(name.split()): name in _SURE for name in (*_SURE, *_UNSURE)}
_MOST_TOKENS: Final = max(map(len, _NETWORKS))


@lru_cache(maxsize=4_096)
def networks_in(text: str) -> tuple[frozenset[str], bool | None]:
    """Return the words of a text that name no network, and whether one is surely named. None: none is."""
    if len(text) > _LONGEST:
        return frozenset(), None
    tokens = tuple(_TOKEN.findall(text.casefold()))
    left, is_sure, place = [], None, 0
    while place < len(tokens):
        ends = range(min(place + _MOST_TOKENS, len(tokens)), place, -1)
        end = next((end for end in ends if tokens[place:end] in _NETWORKS), None)
        if end is None:
            left.append(tokens[place])
            place += 1
        else:
            is_sure = bool(is_sure) or _NETWORKS[tokens[place:end]]
            place = end
    return frozenset(left), is_sure


def names_network_line(text: str) -> bool:
    """Whether a text names a line of a network (``O2``, ``Three Mobile``), and surely nobody."""
    left, is_sure = networks_in(text)
    return is_sure is not None and (names_line(left) or (is_sure and not left))


def may_name_network(text: str) -> bool:
    """Whether a text is the name of a network and nothing else, which may be that of somebody: ``Three``."""
    left, is_sure = networks_in(text)
    return is_sure is not None and not left
