"""The id of a text: the digest under which its finding is kept. Apart from the analysis, which takes long to load."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

_TEXT_ID_BYTES: Final = 16


def text_id(text: str) -> str:
    """Return the digest of a text exactly as stored, lone surrogates included: 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_TEXT_ID_BYTES).hexdigest()


def text_key(text: str) -> bytes:
    """Return the bytes of ``text_id``."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_TEXT_ID_BYTES).digest()
