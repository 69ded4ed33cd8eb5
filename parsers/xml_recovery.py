"""Reads on behind a malformed place of XML: at the next element that stands where the reader gives elements out.

A strict parser stops at the first malformed place, and what stands behind it is as good as what stands before. So the
place is found in the bytes, and from there the tags are walked, each of which may be torn: an end that closes nothing
is passed over, one that closes several closes them all. At each start a rule of the format says whether an element
that is given out begins there. A new parser begins there, below the elements that stand above it.

A start in a CDATA section or a comment is none. What stands before the place where reading goes on is passed once and
kept nowhere, and how often reading may go on is bounded by what was passed, so that time stays in proportion to the
size of the file and memory flat, whatever is in it. Of a file that is well-formed nothing is walked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Protocol, TypeAlias
from xml.sax.saxutils import quoteattr

import msgspec
from lxml import etree

from parsers.xml_guard import CleanXml, attributes_of
from parsers.xml_tags import Level, TagWalk, ends_at_end, first_malformed

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements


_TORN: Final = re.compile(rb"""<(?P<end>/?)(?P<name>[^\s/<>="'!?]{1,80})""")
_LONGEST_TORN: Final = 96
"""What that matches, at most."""

_FREE_BYTES: Final = 1 << 28
_BYTES_A_BYTE: Final = 64
_PARSING: Final = 16
_TAG_BYTES: Final = 256
"""What a tag that is walked costs, however short it is: of tags of some length none costs more than it brings."""

_MOST_LEVELS: Final = 256
"""What is open beyond is none of a reader's format; an end looks through all that is open."""
_RESUMING_BYTES: Final = 1 << 13
"""What it costs to go on, beside what is fed once more; no more than the free bytes is spent so, and 64 for each that
was read."""


class RecoveryRule(Protocol):
    """Where reading can go on."""

    def above(self, stack: list[Level], level: Level, ahead: bytes) -> list[Level] | None:
        """Return what stands above an element that begins, root first. None: it is none to go on at.

        Args:
            stack: What is open, as far as the tags tell; what cannot hold the element is taken from it.
            level: What begins.
            ahead: Some of what stands behind its start.
        """
        ...


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read.

    Attributes:
        offset: Bytes of the file before the malformed place.
        length: Bytes from there to where reading goes on.
    """

    offset: int
    length: int

    @property
    def locator(self) -> str:
        """Where it is."""
        return f"byte {self.offset}, {self.length} bytes"


class Resumed(msgspec.Struct, frozen=True, kw_only=True):
    """What is behind a malformed place.

    Attributes:
        stretch: What could not be read.
        open_count: How many elements were open at the malformed place, the root among them.
        above: What stands above the element where reading goes on, root first. None: nothing follows.
        rest: The bytes from there on that were taken from the stream.
        has_root_end: Where nothing follows, whether the end of the root does.
    """

    stretch: Stretch
    open_count: int
    above: list[Level] | None = None
    rest: bytes = b""
    has_root_end: bool = False


class XmlRecovery:
    """Remembers what a parser was fed last, and finds the way on where it stumbles."""

    def __init__(self, clean: CleanXml, rule: RecoveryRule) -> None:
        self._clean = clean
        self._rule = rule
        self._before = b""
        self._before_section = b""
        self._chunk = b""
        self._section = b""
        self._offset = 0
        self._mark: Element | None = None
        self._given = 0
        self._spent = 0
        self._resumed_at = -1

    def is_waiting(self, last: Element | None) -> bool:
        """Whether the parser waits for the end of a tag of which a quotation mark is lost: it would to the end.

        Args:
            last: The element that was begun last, now that the chunk was fed.
        """
        if last is None or last is not self._mark:
            return False
        content = self._before + self._chunk
        place = first_malformed(content, self._before_section if self._before else self._section)
        return place is not None and content.find(b"<", place + 1) != -1

    def note(self, chunk: bytes, last: Element | None) -> None:
        """Take the chunk that is fed next, and the element that was begun last before it."""
        self._before, self._before_section = self._chunk, self._section
        self._chunk, self._section, self._offset = chunk, self._clean.section_before, self._clean.chunk_offset
        self._mark, self._given = last, 0

    def resume(
        self,
        root: Element | None,
        take: Callable[[], bytes | None],
        lost_end_before: Element | None = None,
        *,
        is_waiting: bool = False,
    ) -> Resumed | None:
        """Return what stands behind the place where the parser stumbled.

        Args:
            root: Of what was parsed.
            take: Gives the next chunk of the stream; None at its end.
            lost_end_before: An element that begins where the end of the one that holds it is missing. None: the
                parser stumbled.
            is_waiting: Whether the parser waited for the end of a tag.

        Returns:
            None where reading went on too often for what was read.
        """
        self._spent += _RESUMING_BYTES
        if self._spent > _FREE_BYTES + _BYTES_A_BYTE * self._clean.byte_count:
            return None
        walk = TagWalk(self._clean, self._chunk, self._offset, take)
        stack = self._stack_at_damage(walk, root, lost_end_before, is_waiting=is_waiting)
        self._mark = None
        if root is not None and not stack:
            # What stands behind the end of the root is none of it.
            return Resumed(stretch=Stretch(offset=walk.offset, length=0), open_count=0)
        begun, open_count = walk.offset, len(stack)
        root_name = root_level.name if (root_level := next(iter(stack), None)) is not None else ""
        has_root_end = False
        # Where reading went on and stumbled at once, it would stumble again.
        is_refused = lost_end_before is None and begun == self._resumed_at
        for token in walk.tokens():
            self._spent += _TAG_BYTES
            if self._spent > _FREE_BYTES + _BYTES_A_BYTE * self._clean.byte_count:
                return None
            is_first, is_refused = is_refused, False
            if token["name"] is None:
                _take_torn(stack, walk.ahead(token.start(), _LONGEST_TORN))
                continue
            level = _level_of(token)
            if token["end"]:
                has_root_end = has_root_end or level.name == root_name
                _close(stack, level.name)
                continue
            above = self._rule.above(stack, level, walk.ahead(token.end()))
            if above is not None and not is_first and not walk.is_in_section_without_start(token.end()):
                rest = walk.rest(token.start())
                stretch = Stretch(offset=begun, length=walk.offset_of(token.start()) - begun)
                # Where the parser did not stumble it has parsed all of it.
                self._spent += len(rest) * (_PARSING if lost_end_before is not None or is_waiting else 1)
                self._before, self._chunk, self._section = b"", rest, b""
                self._offset = stretch.offset + stretch.length
                self._given = len(above)
                self._resumed_at = self._offset
                return Resumed(stretch=stretch, open_count=open_count, above=above, rest=rest)
            if not token["alone"]:
                _open(stack, level)
        stretch = Stretch(offset=begun, length=walk.offset - begun)
        return Resumed(stretch=stretch, open_count=open_count, has_root_end=has_root_end)

    def _stack_at_damage(
        self, walk: TagWalk, root: Element | None, until: Element | None, *, is_waiting: bool
    ) -> list[Level]:
        """Bring the walk to the malformed place, and return what is open there."""
        if is_waiting:
            stack = _levels_to(last_begun(root))
            walk.put_before(self._before)
            ended = walk.pass_well_formed(self._before_section if self._before else self._section)
            return stack[: len(stack) - ended]
        count, last = self._begun_in_chunk(root, until)
        stack = _levels_to(last)
        if count == 0 and self._before:
            # Which of them have ended tells the chunk before.
            stack = stack[: len(stack) - ends_at_end(self._before, self._before_section)]
        if self._before and not self._before.endswith(b">") and (cut := self._before.rfind(b"<")) != -1:
            # A tag may have begun there, and the parser waited for its end.
            walk.put_before(self._before[cut:])
        walk.pass_starts(count, self._section)
        if count and walk.passed_alone:
            stack.pop()
        if until is None:
            walk.pass_ends(stack)
        else:
            # What is not its own parent has ended between the last start and this one.
            stack = _levels_to(until.getparent())
            walk.pass_to_start()
        return stack

    def _begun_in_chunk(self, root: Element | None, until: Element | None) -> tuple[int, Element | None]:
        """Return how many elements the parser has begun since the chunk began, and which was the last."""
        count, last = -self._given if self._mark is None else 0, self._mark
        if root is None:
            return 0, None
        is_behind = self._mark is None
        for element in root.iter("*"):
            if element is until:
                break
            if is_behind:
                count, last = count + 1, element
            elif element is self._mark:
                is_behind = True
        return max(count, 0), last


def _level_of(token: re.Match[bytes]) -> Level:
    prefix, colon, name = token["name"].decode("utf-8", "replace").rpartition(":")
    return Level(name, prefix + colon, token["written"])


def _take_torn(stack: list[Level], content: bytes) -> None:
    """Take what a tag begins or ends of which the rest is torn."""
    torn = _TORN.match(content)
    if torn is None:
        return
    name = torn["name"].decode("utf-8", "replace").rpartition(":")[2]
    if torn["end"]:
        _close(stack, name)
    else:
        _open(stack, Level(name))


def _open(stack: list[Level], level: Level) -> None:
    if len(stack) < _MOST_LEVELS:
        stack.append(level)


def _close(stack: list[Level], name: str) -> None:
    """Close the innermost element of a name, and all that stands within it; none of that name, and nothing ends."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].name == name:
            del stack[place:]
            return


def last_begun(root: Element | None) -> Element | None:
    """Return the element of a tree in the making that was begun last. None: none was."""
    node = root
    while node is not None and len(node):
        node = node[-1]
    return node


def _levels_to(element: Element | None) -> list[Level]:
    """Return an element and all that stands above it, root first, as levels."""
    levels: list[Level] = []
    while element is not None:
        above = element.getparent()
        names = etree.QName(element)
        held = ((key, value) for key, value in attributes_of(element) if key[0] != "{")
        written = "".join(f" {key}={quoteattr(value)}" for key, value in held)
        declared = {} if above is None else above.nsmap
        written += "".join(
            f" xmlns{':' if prefix else ''}{prefix or ''}={quoteattr(address)}"
            for prefix, address in element.nsmap.items()
            if declared.get(prefix) != address
        )
        prefix = f"{element.prefix}:" if element.prefix else ""
        levels.append(Level(names.localname, prefix, written.encode()))
        element = above
    return levels[::-1]
