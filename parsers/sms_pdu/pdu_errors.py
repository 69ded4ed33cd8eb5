"""What ends the reading of one stored SMS; the reader of the file makes a notice of it."""

from __future__ import annotations


class PduMalformed(ValueError):
    """The octets are no whole SMS.

    Attributes:
        reason: What is wrong, in words; never evidence text.
        is_cut: Whether they end before their end.
    """

    def __init__(self, reason: str, *, is_cut: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_cut = is_cut
