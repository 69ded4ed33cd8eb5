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
_OF_OTHERS: Final = frozenset(
    {"source", "found", "reply", "replied", "declined", "followed", "next", "previous", "technology", "tariff", "plan"}
    | {"network", "networks", "connection", "connected", "carried", "over", "via", "reason", "bundle", "allowance"}
)
_CALLED: Final = frozenset({"called", "dialled", "dialed"})
_NETWORKS: Final = frozenset({"network", "networks"})
_OF_THINGS: Final = frozenset(
    {"type", "types", "kind", "service", "usage", "product", "traffic", "bearer", "category", "event", "record"}
    | {"description"}
)
_VOLUMES: Final = frozenset(
    {"volume", "bytes", "byte", "octets", "kb", "mb", "gb", "kib", "mib", "kbytes", "mbytes", "kilobytes", "megabytes"}
    | {"uplink", "downlink", "upload", "download", "uploaded", "downloaded", "datenvolumen", "datavolume"}
)
_CHARGES: Final = frozenset({"cost", "costs", "charge", "charges", "price", "amount", "\u00a3", "gbp", "vat"})
_PICTURES: Final = frozenset({"mms", "picture", "pictures", "multimedia", "pxt"})
_NATIVE: Final = frozenset({"sms", "text", "texts", "txt"})
_OF_ANY_TALK: Final = frozenset(
    {"number", "numbers", "service", "services", "other", "to", "from", "same", "on", "off", "net"}
)
LINES: Final = (
    frozenset({"mobile", "mobiles", "landline", "landlines", "fixed", "uk", "gb", "local", "national", "international"})
    | {"roaming", "freephone", "premium", "rate", "geographic", "non", "special", "voicemail", "emergency", "directory"}
    | {"enquiries", "network", "networks", "cross", "eu", "world", "zone", "europe"}
    | _OF_ANY_TALK
)
"""Of what line a number is that was called: ``UK Mobile``, ``Premium Rate``."""

_SURE_LINES: Final = LINES - _OF_ANY_TALK
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


def names_line(words: frozenset[str]) -> bool:
    """Whether words name the line that was called, and nothing else."""
    return words <= LINES and not words.isdisjoint(_SURE_LINES)


def may_head_kinds(heading: str) -> bool:
    """Whether the heading of a column does not say that it is of something else than of what a row is.

    Args:
        heading: Words in lower case, with blanks between; whose name it is (``Name Source``) is something else too.
    """
    words = set(heading.split())
    if words & _CALLED:
        # A bill names the network of who was called where a text is called one.
        words -= _NETWORKS
    return not words & _OF_OTHERS and ("name" not in words or bool(words & _OF_THINGS))


def heads_kinds(heading: str) -> bool:
    """Whether the heading of a column says that it is of what a row is: ``Usage Type``, ``Bearer``."""
    return may_head_kinds(heading) and not _OF_THINGS.isdisjoint(heading.split())


def heads_volume(heading: str) -> bool:
    """Whether the heading of a column says that it is of how much data was carried."""
    return not _VOLUMES.isdisjoint(heading.split())


def heads_charge(heading: str) -> bool:
    """Whether the heading of a column says that it is of what a row cost, as bills have it."""
    return not _CHARGES.isdisjoint(heading.split())
