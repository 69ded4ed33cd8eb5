"""From which score on a text counts for an order to a line, wherever that is said."""

from __future__ import annotations

from typing import Final

ORDER_SCORE: Final = 0.88
