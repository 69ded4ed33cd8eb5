"""What ``message_summary_info`` says of a message that was edited or unsent (iOS 16 on): a binary property list.

``ec`` lists, part by part, what the text was: one entry a version, the oldest first, the last one as it is now; each
with its time (``d``, seconds since 2001) and the text (``t``, as in ``attributedBody``). ``rp`` lists the parts that
their sender took back.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from parsers.formats.ios_db.attributed_body import attributed_text
from parsers.plist_guard import read_plist

# Texts of two letters, as binary property lists write them: what holds neither needs not be read.
_EDITED, _TAKEN_BACK = b"\x52ec", b"\x52rp"
_MOST_VERSIONS: Final = 100
"""Earlier texts of one message: iOS lets it be edited five times. Lists in a property list may be one list again and
again, so that a short one stands for any number of them."""

_MOST_BYTES: Final = 1 << 20


class Edits(msgspec.Struct, frozen=True):
    """What was done to a message after it was sent.

    Attributes:
        earlier: Earlier texts in stored order, each with its time in seconds since 2001 (None: not stated).
        is_taken_back: Whether parts were taken back.
        unreadable_count: Earlier texts that could not be read; one for all where nothing could be, or for those beyond
            the first hundred.
    """

    earlier: tuple[tuple[str, float | None], ...] = ()
    is_taken_back: bool = False
    unreadable_count: int = 0


def edits_of(raw: object) -> Edits | None:
    """Return what the value says of edits. None: nothing."""
    if not isinstance(raw, bytes) or (_EDITED not in raw and _TAKEN_BACK not in raw):
        return None
    found = read_plist(raw) if len(raw) <= _MOST_BYTES else None
    if found is None:
        return Edits(unreadable_count=1)
    earlier: list[tuple[str, float | None]] = []
    unreadable = 0
    versions = list(islice(_earlier_versions(found.get("ec")), _MOST_VERSIONS + 1))
    for version in versions[:_MOST_VERSIONS]:
        held: dict[object, object] = version if isinstance(version, dict) else {}
        stored, at = held.get("t"), held.get("d")
        text = attributed_text(stored) if isinstance(stored, bytes) else None
        if text is None:
            unreadable += 1
            continue
        earlier.append((text[0], at if isinstance(at, int | float) and not isinstance(at, bool) else None))
    unreadable += len(versions) > _MOST_VERSIONS
    return Edits(tuple(earlier), bool(found.get("rp")), unreadable)


def _earlier_versions(parts: object) -> Iterator[object]:
    for versions in parts.values() if isinstance(parts, dict) else ():
        if isinstance(versions, list):
            yield from islice(versions, max(len(versions) - 1, 0))
