"""Password models of Cellebrite, whose values some versions write without escaping them: made text before parsing."""

from __future__ import annotations

import re
from typing import Final

PASSWORD_TYPE: Final = b'type="Password"'
_PASSWORD = re.compile(rb'<model\b[^<>]*\btype="Password"')
_PASSWORD_VALUE = re.compile(
    rb'(<field\b[^<>]*\bname="Data"[^<>]*>\s*<value\b[^<>]*(?<!/)>)(?!<!\[CDATA\[)(.{0,4096}?)(</value>\s*</field>)',
    re.DOTALL,
)
_PASSWORD_HOLD_BYTES = 1 << 20
_UNESCAPED = re.compile(rb"<|&(?!#?\w{1,10};)")


def open_password(chunk: bytes, end: int) -> int | None:
    """Return where a Password model starts that does not end before ``end``; None where there is none."""
    if len(chunk) > _PASSWORD_HOLD_BYTES:
        return None
    last = None
    for last in _PASSWORD.finditer(chunk, 0, end):  # noqa: B007 - the last one is wanted
        pass
    if last is None or b"</model>" in chunk[last.end() : end]:
        return None
    return last.start()


def wrap_passwords(chunk: bytes) -> bytes:
    """Wrap the values of Password models that the vendor writes without escaping, so that they are text."""

    def wrap(found: re.Match[bytes]) -> bytes:
        if not _UNESCAPED.search(found[2]):
            return found[0]
        return found[1] + b"<![CDATA[" + found[2].replace(b"]]>", b"]]]]><![CDATA[>") + b"]]>" + found[3]

    pieces: list[bytes] = []
    place = 0
    for model in _PASSWORD.finditer(chunk):
        if model.start() < place:
            continue
        end = chunk.find(b"</model>", model.end())
        end = len(chunk) if end == -1 else end
        pieces += (chunk[place : model.start()], _PASSWORD_VALUE.sub(wrap, chunk[model.start() : end]))
        place = end
    pieces.append(chunk[place:])
    return b"".join(pieces)
