"""The tally of one element type: ``seen = indexed + merged + noticed``."""

from __future__ import annotations

import msgspec


class TallyRow(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one element type of one extraction.

    Attributes:
        seen: Elements of this type that the reader met, counted before anything was made of them.
        indexed: Records without ``duplicate_of``.
        merged: Records with ``duplicate_of``.
        noticed: Elements that gave no record and are named in a notice.
    """

    seen: int = 0
    indexed: int = 0
    merged: int = 0
    noticed: int = 0

    @property
    def is_balanced(self) -> bool:
        """Whether nothing was lost between seeing and keeping."""
        return self.seen == self.indexed + self.merged + self.noticed
