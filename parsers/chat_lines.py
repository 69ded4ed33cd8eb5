"""Tells a text that reads as a chat of some application: a time, a name and a text on most of its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_CLOCK: Final = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?"
_NAME: Final = r"(?P<name>[^\W\d][^:\t\[\]]{0,40}?)"
_FORMS: Final = (
    # [LINE]: 10:00<tab>Jay<tab>hello; iMazing, KakaoTalk: January 2, 2024 10:00 AM, Jay : hello. People who keep a log
    # of what they did, programs too, put the colon right behind the name: 10:15 PC Smith: arrived.
    re.compile(rf"[^\t:]{{0,30}}?\b{_CLOCK}[\]\s,;\-|]{{1,4}}{_NAME}(?:\t|\s:\s)\s*\S", re.IGNORECASE),
    # WhatsApp's form, of other applications too: 05.02.2024, 10:00 - Jay: hello
    re.compile(rf"\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},? {_CLOCK} - {_NAME}:\s\s*\S", re.IGNORECASE),
    # KakaoTalk on a computer: [Jay] [10:00 AM] hello
    re.compile(rf"\[(?P<name>[^\]]{{1,40}})\]\s?\[[^\]]{{0,20}}{_CLOCK}\]\s*\S", re.IGNORECASE),
)
_LEVEL: Final = re.compile(r"info|debug|warn(?:ing)?|error|trace|notice|fatal|critical|status", re.IGNORECASE)
"""What a program's log has where a chat has names."""
_FEWEST: Final = 3


def read_as_chat(lines: Sequence[str]) -> bool:
    """Whether half of the lines that are not blank, and three at least, are a chat's, and one name stands in two."""
    filled = [line.strip() for line in lines if line.strip()]
    names = Counter(name for line in filled if (name := _name_in(line)) is not None)
    return names.total() >= max(_FEWEST, len(filled) // 2) and max(names.values(), default=0) > 1


def _name_in(line: str) -> str | None:
    found = next((match for form in _FORMS if (match := form.match(line)) is not None), None)
    return None if found is None or _LEVEL.fullmatch(found["name"]) else found["name"]
