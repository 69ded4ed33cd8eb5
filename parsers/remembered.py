"""What was made once for values that come again, within bounds of memory."""

from __future__ import annotations

from typing import Final, TypeVar

_MOST: Final = 4_096
_MOST_CHARS: Final = 1_024

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class Remembered(dict[_Key, _Made]):
    """Asked as a dictionary is; filled by ``keep`` alone.

    Args:
        most: What is remembered at once.
    """

    def __init__(self, most: int = _MOST) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: _Key, made: _Made, char_count: int) -> None:
        """Remember what was made; nothing that is long, and nothing of before where there is a lot.

        Args:
            key: What it was made of.
            made: What it is.
            char_count: Characters in the key.
        """
        if char_count <= _MOST_CHARS:
            if len(self) >= self._most:
                self.clear()
            self[key] = made
