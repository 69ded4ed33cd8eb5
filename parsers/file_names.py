"""Names of files that stand in one text: ``a.jpg, b.jpg``."""

from __future__ import annotations

import re

_LINE = re.compile(r"(?:_x000D_)?[\r\n]+|_x000D_\s*$")
_BETWEEN_FILES = re.compile(r"[;|,]")
_FILE = re.compile(
    r".{0,300}[^\s.]\.(?:jpe?g|jpe|png|gif|webp|hei[cf]|avif|bmp|tiff?|svg|dng|mp4|m4v|mov|3gpp?2?|3g2|avi|mkv|webm|mpe?g"
    r"|wmv|mp3|m4[ab]|aac|amr|awb|opus|og[gav]|oga|wav|wma|flac|mid|caf|qcp|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|tsv"
    r"|vcf|vcard|vcs|ics|html?|xml|json|eml|smil?|zip|rar|7z|apk|gpx|km[lz]|pages|numbers|plist|webarchive|was|dat)",
    re.IGNORECASE,
)
"""Names with an ending that is known: ``St.Mary, Oct.2024.pdf`` is one file."""


def files_in(text: str) -> list[str]:
    """Return the files that a cell names: one a line, or several with a mark between where each has its ending."""
    found = []
    for line in _LINE.split(text):
        pieces = [piece.strip() for piece in _BETWEEN_FILES.split(line) if piece.strip()]
        found += pieces if len(pieces) > 1 and all(map(_FILE.fullmatch, pieces)) else [line]
    return found
