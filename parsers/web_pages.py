"""Says what a web page is that somebody sent for a delivery: whose export it is, and so which other one to ask for."""

from __future__ import annotations

import re
from typing import Final

_WEB_EXPORT: Final = "web_export_not_read"
_MARKS: Final = (
    (re.compile(rb"<title>\s*Exported Data\s*</title>.*class=\"page_wrap", re.DOTALL), "an export of Telegram"),
    (
        re.compile(rb"class=\"[^\"<>]{0,200}\b(?:_a6-[a-z]|_3-95|_2ph_|uiBoxWhite)(?![\w-])"),
        "an export of Facebook or Instagram",
    ),
)
_TAKEOUT: Final = re.compile(rb"class=\"(?:hChatLog|haudio)\b")
_LEAPP: Final = re.compile(rb"<title>[^<>]{0,80}LEAPP\b", re.IGNORECASE)
_SNAPCHAT: Final = re.compile(r"(?:chat|snap)_history(?:_[0-9]+)?\.html?", re.IGNORECASE)
_SPREADSHEET: Final = re.compile(rb"urn:schemas-microsoft-com:office:excel|content=[\"']?Excel\.Sheet", re.IGNORECASE)
_SPREADSHEET_NAMES: Final = (".xls", ".xlsx", ".xlsm")


def web_page(first_bytes: bytes, name: str) -> tuple[str, str]:
    """Return the notice code of a web page, and what the sentence calls it.

    Args:
        first_bytes: The front of the file, which is a web page.
        name: What it is called.
    """
    if name.casefold().endswith(_SPREADSHEET_NAMES) or _SPREADSHEET.search(first_bytes):
        return "workbook_form_not_read", "a web page with a table, as programs write it for Excel"
    for mark, export in _MARKS:
        if mark.search(first_bytes):
            return _WEB_EXPORT, export
    if _SNAPCHAT.fullmatch(name):
        return _WEB_EXPORT, "an export of Snapchat"
    if _TAKEOUT.search(first_bytes):
        return "web_alone_not_read", "an export of Google Voice (Takeout)"
    if _LEAPP.search(first_bytes):
        return "tool_page_not_read", "a page of a report of ALEAPP, iLEAPP or their kin"
    return "document_not_read", "a web page (HTML)"
