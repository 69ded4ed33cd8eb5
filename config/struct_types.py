"""Types of structs that msgspec must know before threads ask for them.

msgspec works out a type when it is first decoded or converted to, and keeps what it found. Two threads that come to
one type first and at one instant crash the process: the second reads what the first has half filled (msgspec 0.22,
one start in forty with six threads). So every type is met where it is declared, while its module is imported.
"""

from __future__ import annotations

from typing import Any

import msgspec


def prepare_types(*kinds: Any) -> None:
    """Have msgspec work out types now. A module that makes a decoder of its own at its top needs no more than that."""
    for kind in kinds:
        msgspec.json.Decoder(kind)
