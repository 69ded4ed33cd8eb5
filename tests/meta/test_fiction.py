"""Texts and numbers of the repository are invented: telephone numbers come from Ofcom's drama ranges alone."""

from __future__ import annotations

import re

from tests.meta.repository import ROOT, files

UK_MOBILE = re.compile(r"(?<![\d.])(?:\+44\s?|0044\s?|0)7\d(?:[\s-]?\d){8}(?!\d)")
DRAMA = re.compile(r"77009\d")
SHA256 = re.compile(r"\b[0-9a-f]{64}\b")
APART = re.compile(r"[\s-]")
NOT_OURS = {"tests/fixtures/ufdr/3gs-report.xml", "tests/golden/ios_db/imessage_chat.db.jsonl"}
SERVICE_CENTRE = {"+447785016005"}
"""A network's public message centre, which every text of that network carries."""


def test_mobile_numbers_lie_in_the_drama_range() -> None:
    outside: dict[str, set[str]] = {}
    for path in files():
        relative = path.relative_to(ROOT)
        if relative.as_posix() in NOT_OURS:
            continue
        if path.suffix not in {".py", ".toml", ".md", ".jsonl", ".json", ".xml", ".html", ".txt", ".yaml"}:
            continue
        found = {
            match.group()
            for match in UK_MOBILE.finditer(SHA256.sub("", path.read_text(encoding="utf-8", errors="replace")))
        }
        strangers = {
            number for number in found if not DRAMA.search(APART.sub("", number)) and number not in SERVICE_CENTRE
        }
        if strangers:
            outside[relative.as_posix()] = strangers
    assert outside == {}
