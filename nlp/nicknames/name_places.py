"""What the spelling of a word says of a place: endings and beginnings of British place names, and postcode districts.

Endings are Old English, Norse and Scots, beginnings Welsh, Gaelic and Irish elements of settlement names (the "Key to
English Place-Names" of the English Place-Name Society; the Ordnance Survey's guides to Welsh, Gaelic and Scots origins
of place names). It is evidence and no more: ``Skelton`` is a man as well.
"""

from __future__ import annotations

import re
from typing import Final

_ENDINGS: Final = (
    "ham", "ton", "ford", "bury", "borough", "burgh", "brough", "worth", "thorpe", "wick", "stead", "minster", "mouth",
    "pool", "dale", "combe", "hurst", "bourne", "field", "church", "haven", "holme", "bridge", "cliffe", "hythe",
    "leigh", "ley", "sea", "moor", "well", "wood", "shaw", "wold", "gate", "side", "kirk", "ington", "ingham",
)  # fmt: skip
_BEGINNINGS: Final = ("llan", "aber", "pont", "inver", "auch", "bally", "strath", "caer", "kirk", "drum", "craig")
_FEWEST_LETTERS: Final = 6
"""Letters of a word, at least, for a beginning or an ending to say anything: ``Elton`` is a first name."""

_DISTRICT: Final = re.compile(
    r"(?:a[bl]|b[abdhlnrst]|c[abfhmortvw]|d[adeghlnty]|e[chnx]|f[ky]|g[lu]|h[adgprsux]|i[gpv]|k[atwy]|l[adelnsu]|m[ekl]"
    r"|n[egnprw]|o[lx]|p[aehlor]|r[ghm]|s[aegklmnoprstwy]|t[adfnqrsw]|ub|w[acdfnrsv]|yo|ze)\d{1,2}"
)
"""Postcode areas of two letters (Royal Mail); those of one letter are spelled as names are (``E1``, ``L9``)."""


def is_place_shaped(word: str) -> bool:
    """Whether a word in lower case is spelled like a British settlement: ``hillmorton``, ``llanrumney``."""
    return len(word) >= _FEWEST_LETTERS and (word.endswith(_ENDINGS) or word.startswith(_BEGINNINGS))


def is_postcode(word: str) -> bool:
    """Whether a word in lower case is a postcode district with an area of two letters: ``ub7``, ``ng11``."""
    return _DISTRICT.fullmatch(word) is not None
