"""A name under which phones have a number among their contacts."""

from __future__ import annotations

import msgspec


class SavedName(msgspec.Struct, frozen=True, kw_only=True):
    """A name under which phones have a number of a line among their contacts, as it is written there."""

    number: str
    name: str
    device_ids: tuple[str, ...]
    record_ids: tuple[str, ...]
