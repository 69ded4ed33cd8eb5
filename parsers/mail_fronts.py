"""Tells a mail by its front: by its header, whatever line that begins with, or as Outlook keeps one."""

from __future__ import annotations

import re
from typing import Final

_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_STREAMS: Final = tuple(name.encode("utf-16-le") for name in ("__substg1.0_", "__properties_version1.0"))
_OUTLOOK_SUFFIX: Final = ".msg"
_BOX: Final = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +[0-9]{1,2} [0-9]{2}:[0-9]{2}")
_FIELD: Final = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?: |\t|\Z)")
_SENT: Final = frozenset({b"from", b"date"})
_ALONE_IN_MAILS: Final = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to"})
_SAVED_PAGE: Final = re.compile(rb"^(?:Snapshot-Content-Location:|From: *[<\"]Saved by )", re.MULTILINE | re.IGNORECASE)


def mail_told(first_bytes: bytes, last_bytes: bytes, name: str) -> tuple[str, str] | None:
    """Return the notice code of a mail, and what the sentence calls it. None: it is none.

    Args:
        first_bytes: The front of the file.
        last_bytes: Its end.
        name: What it is called.
    """
    if first_bytes.startswith(_OLE_MAGIC):
        has_streams = any(stream in part for stream in _OUTLOOK_STREAMS for part in (first_bytes, last_bytes))
        is_outlook = has_streams or name.casefold().endswith(_OUTLOOK_SUFFIX)
        return ("mail_not_read", "a mail of Outlook (.msg)") if is_outlook else None
    if _BOX.match(first_bytes):
        return "mail_not_read", "a box of mails"
    header = _header_of(first_bytes)
    fields = {found[1].lower() for line in header if (found := _FIELD.match(line))}
    if not (fields >= _SENT and fields & _ALONE_IN_MAILS):
        return None
    if _SAVED_PAGE.search(b"\n".join(header)):
        return "document_not_read", "a web page that a browser saved (MHTML)"
    return "mail_not_read", "a mail"


def _header_of(first_bytes: bytes) -> list[bytes]:
    """Return the lines in front of the first blank one; none where one of them is no field of a header."""
    front = first_bytes.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").lstrip(b"\n")
    lines = front.partition(b"\n\n")[0].split(b"\n")
    is_header = all(line[:1] in {b" ", b"\t"} or _FIELD.match(line) for line in lines)
    return lines if is_header else []
