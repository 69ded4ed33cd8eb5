"""Messages that were cut out of an export: one as the root of a file, or several, one behind the other (JSON lines)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from parsers.json_decoding import decode_json
from parsers.json_recovery import Gap, Keys, ListRule, RecoveringWalk
from parsers.json_stream import JsonDamaged, JsonWalk

_LARGEST_BYTES: Final = 1 << 16
_TYPES: Final = frozenset({"message", "service"})
_LISTS: Final = frozenset({"messages", "chats", "left_chats"})


def is_lone_message_next(walk: JsonWalk) -> bool:
    """Whether the object that comes next is a message itself and not an export; nothing is passed over."""
    front = walk.ahead(_LARGEST_BYTES)
    if not front.startswith(b"{"):
        return False
    try:
        held, _ = decode_json(JsonWalk(BytesIO(front), _LARGEST_BYTES).value())
    except (JsonDamaged, ValueError):
        return False
    return isinstance(held, dict) and _is_message(held)


def lone_objects(walk: RecoveringWalk) -> Iterator[tuple[Keys | None, int] | Gap]:
    """Yield the objects up to the end of the file, with the count of ``decode_json``, and gaps; None: it is no message.

    What is no object ends it, and is left to the caller.

    Raises:
        JsonDamaged: The file ends in one, or no whole message follows a malformed stretch.
    """
    while walk.kind() == "{":
        try:
            raw = walk.value()
        except JsonDamaged as damaged:
            yield from walk.behind(_RULE, code=damaged.code)
            continue
        try:
            held, replaced = decode_json(raw)
        except ValueError:
            held, replaced = None, 0
        yield (held, replaced) if isinstance(held, dict) and _is_message(held) else (None, 0)


def _is_message(held: Keys) -> bool:
    has_time = "date" in held or "date_unixtime" in held
    return held.get("type") in _TYPES and has_time and _LISTS.isdisjoint(held)


_RULE: Final = ListRule(_is_message)
