"""What ``message_summary_info`` says of a message that was edited or unsent (iOS 16 on): a binary property list.

``ec`` lists, part by part, what the text was: one entry a version, the oldest first, the last one as it is now; each
with its time (``d``, seconds since 2001) and the text (``t``, as in ``attributedBody``). ``rp`` lists the parts that
their sender took back.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.formats.ios_db.attributed_body import attributed_text
from parsers.plist_guard import read_plist

# Texts of two letters, as binary property lists write them: what holds neither needs not be read.
_EDITED, _TAKEN_BACK = b"\x52ec", b"\x52rp"
_MOST_VERSIONS: Final = 1_000


class Edits(msgspec.Struct, frozen=True):
    """What was done to a message after it was sent.

    Attributes:
        earlier: Earlier texts in stored order, each with its time in seconds since 2001 (None: not stated).
        is_taken_back: Whether parts were taken back.
        unreadable_count: Earlier texts that could not be read; one where nothing could be.
    """

    earlier: tuple[tuple[str, float | None], ...] = ()
    is_taken_back: bool = False
    unreadable_count: int = 0


def edits_of(raw: object) -> Edits | None:
    """Return what the value says of edits. None: nothing."""
    if not isinstance(raw, bytes) or (_EDITED not in raw and _TAKEN_BACK not in raw):
        return None
    found = read_plist(raw)
    if found is None:
        return Edits(unreadable_count=1)
    earlier: list[tuple[str, float | None]] = []
    unreadable = 0
    parts = found.get("ec")
    for versions in parts.values() if isinstance(parts, dict) else ():
        for version in versions[:-1] if isinstance(versions, list) else ():
            stored = version.get("t") if isinstance(version, dict) else None
            text = attributed_text(stored) if isinstance(stored, bytes) else None
            if text is None or len(earlier) >= _MOST_VERSIONS:
                unreadable += 1
                continue
            at = version.get("d")
            earlier.append((text[0], at if isinstance(at, int | float) and not isinstance(at, bool) else None))
    return Edits(tuple(earlier), bool(found.get("rp")), unreadable)
