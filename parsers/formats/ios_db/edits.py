"""What ``message_summary_info`` says of a message that was edited or unsent (iOS 16 on): a binary property list.

``ec`` lists, part by part, what the text was: one entry a version, the oldest first, the last one as it is now; each
with its time (``d``, seconds since 2001) and the text (``t``, as in ``attributedBody``). ``rp`` lists the parts that
their sender took back: of these nothing is there now, and the last version too is what the text was before.
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


def edits_of(raw: object, *, is_gone: bool = False) -> Edits | None:
    """Return what the value says of edits. None: nothing.

    Args:
        raw: The value.
        is_gone: Whether the message was unsent whole, by its other columns.
    """
    if not isinstance(raw, bytes) or (_EDITED not in raw and _TAKEN_BACK not in raw):
        return None
    found = read_plist(raw) if len(raw) <= _MOST_BYTES else None
    if found is None:
        return Edits(unreadable_count=1)
    earlier: list[tuple[str, float | None]] = []
    unreadable = 0
    taken_back = None if is_gone else _taken_back(found.get("rp"))
    versions = list(islice(_earlier_versions(found.get("ec"), taken_back), _MOST_VERSIONS + 1))
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


def _taken_back(parts: object) -> frozenset[str]:
    """Return the numbers of the parts that were taken back, as keys of ``ec`` are."""
    return frozenset(map(str, islice(parts, _MOST_VERSIONS))) if isinstance(parts, list) else frozenset()


def _earlier_versions(parts: object, taken_back: frozenset[str] | None) -> Iterator[object]:
    """Yield what the parts were before; all of what those were that were taken back (None: all were)."""
    for part, versions in parts.items() if isinstance(parts, dict) else ():
        if not isinstance(versions, list) or not versions:
            continue
        is_back = taken_back is None or str(part) in taken_back
        last = versions[-1]
        # The last entry of a part that was taken back may say that nothing is left.
        has_text = is_back and not (isinstance(last, dict) and "t" not in last)
        yield from islice(versions, len(versions) if has_text else len(versions) - 1)
