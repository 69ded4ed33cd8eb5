"""Hits that stand in the value of another one, because the end of its CDATA section was damaged: ``]^>`` for ``]]>``.

Such a section goes on to the end of the next one, and the export stays well-formed: what lies between is taken as text.
Markup as the export's own that goes on behind a value shows it.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr, unescape

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

_SECTION, _SECTION_END = "<![CDATA[", "]]>"
_NAME: Final = r"(?:[\w.-]{1,80}:)?"
_GOES_ON: Final = rf"</{_NAME}Fragment\s*>(?=\s*(?:<{_NAME}Fragment[\s>]|</{_NAME}Hit\s*>))"
# One octet of the three is another one, or is lost. Where it may be the first, what stands in its place may be the
# value's own and stays.
_LOST_END: Final = re.compile(rf"(?:\][^\]]>|\]\][^>]|\]>|\]\])(?={_GOES_ON})", re.DOTALL)
_SWALLOWED: Final = re.compile(_GOES_ON)
_HIT: Final = re.compile(rf"<{_NAME}Hit(?=[\s>])")
_NAMED: Final = re.compile(rf'<{_NAME}Artifact\s+name="([^"<]{{0,400}})"')


def is_swallowing(text: str) -> bool:
    """Whether markup stands in a value as text that was the export's own."""
    if "<" not in text:
        return False
    # Pages and scripts hold sections of their own, with their ends.
    return text.rfind(_SECTION) > text.rfind(_SECTION_END) or _SWALLOWED.search(text) is not None


def swallowed_count(text: str) -> int:
    """Return how many hits begin in a value."""
    return len(_HIT.findall(text))


def swallowed_artifact(text: str) -> str | None:
    """Return the name of the last artifact that begins in a value. None: none does."""
    found = _NAMED.findall(text)
    return unescape(found[-1], {"&quot;": '"', "&apos;": "'"}) if found else None


def mended(hit: Element, artifact: str, parser: etree.XMLParser) -> tuple[Element, int] | None:
    """Return a tree with the hit and those that its values swallowed, and how many ends were mended.

    None: the values do not show how it was.

    Args:
        hit: As it was parsed.
        artifact: Its name.
        parser: Parses the tree.
    """
    prefix = f"{hit.prefix}:" if hit.prefix else ""
    pieces: list[str] = []
    count = 0
    for element in hit:
        text = element.text or ""
        if len(element) or _SECTION_END in text:
            return None
        if "<" in text:
            text, found = _LOST_END.subn(lambda _: _SECTION_END, text)
            count += found
            text = f"{_SECTION}{text}{_SECTION_END}"
        else:
            text = escape(text, {"\r": "&#13;"})
        tag = f"{prefix}{etree.QName(element).localname}"
        name = element.get("name")
        named = "" if name is None else f" name={quoteattr(name)}"
        pieces.append(f"<{tag}{named}>{text}</{tag}>")
    if not count:
        return None
    declared = f' xmlns:{hit.prefix}="-"' if hit.prefix else ""
    front = f"<{prefix}Report{declared}><{prefix}Artifact name={quoteattr(artifact)}><{prefix}Hits><{prefix}Hit>"
    back = f"</{prefix}Hit></{prefix}Hits></{prefix}Artifact></{prefix}Report>"
    try:
        return etree.fromstring(f"{front}{''.join(pieces)}{back}".encode(), parser), count
    except etree.XMLSyntaxError:
        return None
