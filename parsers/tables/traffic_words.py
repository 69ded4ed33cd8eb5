"""Words for what a network carried: speech, texts, picture messages, data; as networks and their bills write them.

The codes are those of charging records (3GPP TS 32.250: ``MOC``, ``MTC``, ``SMS-MO``, ``moSMSRecord``; TS 32.251: PDP
contexts). Words of other languages stand in ``parsers/language_words.toml``.
"""

from __future__ import annotations

import re
from typing import Final

SPEECH: Final = frozenset({"speech", "moc", "mtc"})
TEXTS: Final = frozenset({"picture", "pictures", "multimedia", "txt", "pxt"})
DATA: Final = frozenset({"data", "gprs", "internet", "pdp", "apn", "packet", "wap", "browsing", "ussd", "sgsn", "ggsn"})
_PICTURES: Final = frozenset({"mms", "picture", "pictures", "multimedia", "pxt"})
_NATIVE: Final = frozenset({"sms", "text", "texts", "txt"})
_SESSIONS: Final = frozenset({"gprs", "pdp"})
# ``SMSMO``, ``MO_SMS``, ``moSMSRecord``, ``SM-MT``: what was carried and which way, in one word.
_GLUED = re.compile(r"(mo|mt)?(sms?|mms?)(mo|mt)?(?:records?|cdr)?")
_WHOLE: Final = {"sm": "sms", "mm": "mms"}


def parts_of(word: str) -> frozenset[str]:
    """Return the words of which a code is made (``smsmo``: ``sms`` and ``mo``). Empty: it is no such code.

    Args:
        word: Letters alone, in lower case.
    """
    found = _GLUED.fullmatch(word)
    if found is None or (found[2] in _WHOLE and not (found[1] or found[3])):
        return frozenset()
    return frozenset({_WHOLE.get(found[2], found[2]), *(part for part in (found[1], found[3]) if part)})


def text_service(words: frozenset[str]) -> str | None:
    """Return the service of a text that a network carried: ``mms`` of one with a picture. None: no word for one."""
    if words & _PICTURES:
        return "mms"
    return "sms" if words & _NATIVE else None


def is_session(words: frozenset[str]) -> bool:
    """Whether words name a session of data, although one of them may be a call: ``GPRS call``."""
    return not words.isdisjoint(_SESSIONS)
