"""Where reading goes on behind a malformed place of an export: at the next hit, or the next artifact.

A hit is of the artifact that is open, as far as the tags tell. Where the start of another one may be lost, the names of
the hit's values tell: an artifact has names of its own, and of a hit with others nothing says what it is of.
"""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import unescape

from parsers.xml_tags import Level

_ARTIFACT, _HITS, _HIT = "Artifact", "Hits", "Hit"
_FRAGMENT: Final = re.compile(rb"""<(?:[\w.-]{1,80}:)?Fragment\s+name\s*=\s*("[^"<]*"|'[^'<]*')""")
_HIT_END: Final = re.compile(rb"</(?:[\w.-]{1,80}:)?Hit\s*>")
_MOST_NAMES: Final = 2_000
_QUOTES: Final = {"&quot;": '"', "&apos;": "'"}


class ExportRule:
    """Tells where an export goes on.

    Attributes:
        names: Names of the values of the hits of the artifact in hand, as far as they were met.
    """

    def __init__(self, root_tag: str | None) -> None:
        """Take the start tag of the root, by which one is made where the root itself is torn."""
        name = re.match(r"[^\s/>]+", root_tag or "")
        prefix, colon, local = (name[0] if name is not None else "Artifacts").rpartition(":")
        self._root = Level(local, prefix + colon, f' xmlns:{prefix}="-"'.encode() if prefix else b"")
        self.names: set[str] = set()

    def learn(self, names: set[str]) -> None:
        """Take the names of the values of a hit of the artifact in hand."""
        if len(self.names) < _MOST_NAMES:
            self.names |= names

    def above(self, stack: list[Level], level: Level, ahead: bytes) -> list[Level] | None:
        """Return what stands above an element to go on at; see ``RecoveryRule``."""
        root = stack[0] if stack and stack[0].name not in {_ARTIFACT, _HITS, _HIT} else self._root
        if level.name == _ARTIFACT:
            del stack[1:]
            self.names = set()
            return [root]
        if level.name != _HIT:
            return None
        artifact = next((each for each in reversed(stack) if each.name == _ARTIFACT), None)
        if artifact is None or not self.is_of_artifact(_names_in(ahead)):
            artifact = Level(_ARTIFACT, root.prefix)
        return [root, artifact, Level(_HITS, root.prefix)]

    def is_of_artifact(self, names: set[str]) -> bool:
        """Whether others of the artifact have values of the names that a hit has, but for one at most."""
        return not self.names or len(names - self.names) <= 1


def _names_in(ahead: bytes) -> set[str]:
    """Return the names of the values of a hit, of what stands behind its start."""
    end = _HIT_END.search(ahead)
    content = ahead[: end.start()] if end is not None else ahead
    return {unescape(found[1][1:-1].decode("utf-8", "replace"), _QUOTES) for found in _FRAGMENT.finditer(content)}
