"""What programs and office documents are packed with: an archive that holds one of these holds no delivery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_PACKAGES: Final = frozenset(
    {"[content_types].xml", "meta-inf/manifest.mf", "androidmanifest.xml", "meta-inf/container.xml"}
)
_TYPE: Final = "mimetype"
_DOCUMENT: Final = "content.xml"
_LOOKED_AT: Final = 200


def is_named_as_package(names: Sequence[str]) -> bool:
    """Whether files are those of a program or an office document, by the names that its kind asks for."""
    first = {name.casefold() for name in names[:_LOOKED_AT]}
    return bool(first & _PACKAGES) or {_TYPE, _DOCUMENT} <= first
