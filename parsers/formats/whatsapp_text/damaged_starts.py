"""Lines that were the start of a message before something in their date or time was damaged.

No start can be made of them, so that they stay in the text in which they stand; but that they were one is likely enough
to be said: numbers as of a date and a time, and behind them a sender whom other lines show.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from parsers.formats.whatsapp_text.line_starts import START_CHARS

_DIGIT_SOON: Final = re.compile(r".{0,3}[0-9]", re.DOTALL)
_BREAK: Final = re.compile("[ \u00a0\u2009\u202f][-\u2013\u2014][ \u00a0\u2009\u202f]|\\] ?")
_DATED: Final = re.compile(
    r"\[?[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?\s[0-9:.]{3,10}(?:\s?[ap]\.?\s?m\.?)?", re.IGNORECASE
)
_FEWEST_DIGITS: Final = 6
_MOST_LETTERS: Final = 4
_NAME_CHARS: Final = 256
_UNKNOWN_NAME: Final = re.compile(r"[^:\n]{1,40}: ")


def is_damaged_start(line: str, senders: Container[str]) -> bool:
    """Whether a line that begins no message looks as if it had.

    Args:
        line: Without its line end.
        senders: Those of the chat, as written.
    """
    if _DIGIT_SOON.match(line) is None:
        return False
    found = _BREAK.search(line, 0, START_CHARS)
    if found is None:
        return False
    moment, rest = line[: found.start()], line[found.end() : found.end() + _NAME_CHARS]
    if sum(map(str.isdigit, moment)) < _FEWEST_DIGITS or sum(map(str.isalpha, moment)) > _MOST_LETTERS:
        return False
    sender, separator, _ = rest.partition(": ")
    if separator and sender in senders:
        return True
    # Of a sender whom no other line shows the moment alone tells, where it is nearly whole.
    return _DATED.fullmatch(moment) is not None and _UNKNOWN_NAME.match(rest) is not None
