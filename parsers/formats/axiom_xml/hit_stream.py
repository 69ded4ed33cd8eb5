"""The hits of an export, one by one, in flat memory: each is given out when it ends, and dropped from the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

import msgspec
from lxml import etree

from parsers.contract import Limits
from parsers.formats.axiom_xml.export_recovery import ExportRule
from parsers.formats.axiom_xml.long_texts import LongTextCutter, without_cut_mark
from parsers.formats.axiom_xml.swallowed_hits import is_swallowing, mended, swallowed_artifact, swallowed_count
from parsers.part_book import shown_name
from parsers.xml_guard import MARK, CleanXml, strict_parser, unmark
from parsers.xml_recovery import Resumed, Stretch, XmlRecovery, last_begun

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

_HITS: Final = ("{*}Hit",)
_FRAGMENT, _ARTIFACT, _HIT = "Fragment", "Artifact", "Hit"
NO_NAME: Final = "Artifact without a name"
_MOST_TORN: Final = 1_000
_ESCAPE: Final = "\ufdd0"
_RESOURCE_LIMIT: Final = 114
"""libxml2's XML_ERR_RESOURCE_LIMIT."""


class Fragment(msgspec.Struct, frozen=True):
    """One named value of a hit.

    Attributes:
        name: As the export writes it.
        text: The value; where elements stand in it their texts are part of it.
        replaced: How many characters of it could not be text.
        is_cut: Whether it was too long.
        markup: How a value is written in which elements stand. None: none do.
    """

    name: str
    text: str
    replaced: int
    is_cut: bool = False
    markup: str | None = None


class Hit(msgspec.Struct, frozen=True):
    """One hit.

    Attributes:
        artifact: Name of its artifact.
        number: Its place among the artifact's, from 1.
        fragments: Its values in source order.
        broken: How many of its values had no end, or have markup of the export in them.
        swallowed: How many hits begin in its values, and could not be read.
    """

    artifact: str
    number: int
    fragments: tuple[Fragment, ...]
    broken: int = 0
    swallowed: int = 0

    @property
    def locator(self) -> str:
        """Artifact and place: ``Android SMS/MMS 12``."""
        return f"{shown_name(self.artifact)} {self.number}"


class _Stopped(Exception):
    """The parser waits for what does not come."""


class HitStream:
    """Reads the hits of one file, once.

    Attributes:
        damage: Notice code, where the reading ended before the file did. None: it was whole.
        has_padding: Whether bytes that are no markup stand behind the end of the export.
        cut_count: Texts that were longer than the limit.
        first_stretch: What could not be read between two hits, the first such. None: there is none.
        stretch_count: How many such there are.
        torn: How many hits were begun and not finished before one, by artifact.
    """

    def __init__(self, clean: CleanXml, limits: Limits) -> None:
        self.damage: str | None = None
        self.has_padding = False
        self.first_stretch: Stretch | None = None
        self.stretch_count = 0
        self.torn: Counter[str] = Counter()
        self._rule = ExportRule(clean.root)
        self._recovery = XmlRecovery(clean, self._rule)
        self._chunks: Iterator[bytes] = iter(())
        self._root: Element | None = None
        self._last: Element | None = None
        self._learnt: Element | None = None
        self._is_waiting = False
        self._clean = clean
        self._cutter = LongTextCutter(limits.text_chars)
        self._numbers: Counter[str] = Counter()
        self._tail = b""
        self._others = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        self._renamed: tuple[Element, str] | None = None

    @property
    def cut_count(self) -> int:
        """See the class."""
        return self._cutter.cut_count

    def hits(self) -> Iterator[Hit]:
        """Yield every hit that is whole, in order."""
        self._chunks = self._clean.chunks()
        front, rest = b"", b""
        while True:
            parser = strict_parser(_HITS)
            self._root = self._last = None
            self._is_waiting = False
            code: str | None = None
            try:
                yield from self._read(parser, front, rest)
            except etree.XMLSyntaxError as error:
                code = self._code_of(error)
            except _Stopped:
                code = "input_malformed"
            ended = self._ended(parser)
            resumed = None
            if code is not None and code != "limit_reached":
                for element in ended:
                    self._learn(element, {fragment.name for fragment in _fragments(element)})
                resumed = self._recovery.resume(self._root, self._take, is_waiting=self._is_waiting)
            torn = self._torn_artifact(resumed)
            names = self._rule.names
            yield from self._finished(ended)
            self._rule.names = names
            if resumed is None or (resumed.above is None and not resumed.has_root_end):
                self.damage = code or self.damage
                return
            self.stretch_count += 1
            self.first_stretch = self.first_stretch or resumed.stretch
            if torn is not None:
                shown = shown_name(torn)
                self.torn[shown if shown in self.torn or len(self.torn) < _MOST_TORN else NO_NAME] += 1
            if resumed.above is None:
                return
            front, rest = b"".join(level.tag for level in resumed.above), resumed.rest

    def _read(self, parser: etree.XMLPullParser, front: bytes, rest: bytes) -> Iterator[Hit]:
        """Feed what was taken already, below what stands above it, then the stream; yield the hits that have ended.

        Raises:
            _Stopped: The parser would go on, and must not.
        """
        if front:
            self._cutter.restart()
            parser.feed(front)
            parser.feed(self._cutter.feed(rest))
            yield from self._finished(self._ended(parser))
        for chunk in self._chunks:
            if self._is_padding(chunk):
                self._pass_padding(chunk, self._chunks)
                break
            self._recovery.note(chunk, self._last)
            self._tail = (self._tail + chunk)[-64:]
            parser.feed(self._cutter.feed(chunk))
            ended = self._ended(parser)
            if self._recovery.is_waiting(self._last):
                self._is_waiting = True
                raise _Stopped
            yield from self._finished(ended)
        self._is_waiting = True
        parser.feed(self._cutter.close())
        parser.close()

    def _take(self) -> bytes | None:
        """Take a chunk that is searched for where reading goes on."""
        chunk = next(self._chunks, None)
        if chunk is not None:
            self._tail = (self._tail + chunk)[-64:]
        return chunk

    def _ended(self, parser: etree.XMLPullParser) -> list[Element]:
        """Return the hits that have ended, and note the root and what was begun last."""
        events: Iterator[tuple[str, Element]] = parser.read_events()  # type: ignore[assignment]  # only elements end
        ended = [element for _, element in events]
        if self._root is None and ended:
            self._root = ended[0].getroottree().getroot()
        self._last = last_begun(self._root)
        return ended

    def _torn_artifact(self, resumed: Resumed | None) -> str | None:
        """Return the artifact of the hit that was open at a malformed place. None: none was."""
        if resumed is None or self._last is None:
            return None
        line = [*reversed(list(self._last.iterancestors())), self._last][: resumed.open_count]
        names = [etree.QName(each).localname for each in line]
        if _HIT not in names:
            return None
        above = [each for each, name in zip(line, names, strict=True) if name == _ARTIFACT]
        return (above[-1].get("name") if above else None) or NO_NAME

    def _finished(self, ended: list[Element]) -> Iterator[Hit]:
        """Yield hits, and drop what stands before each."""
        for element in ended:
            yield from self._hits_of(element)
            parent = element.getparent()
            while parent is not None and (before := element.getprevious()) is not None:
                parent.remove(before)
            _drop_before(parent)

    def _hits_of(self, element: Element) -> Iterator[Hit]:
        """Yield a hit, and behind it those that its values swallowed."""
        above = _artifact_above(element)
        artifact = NO_NAME if above is None else above.get("name") or NO_NAME
        if self._renamed is not None:
            artifact = self._renamed[1] if self._renamed[0] is above else artifact
        fragments = tuple(_fragments(element))
        if not self._learn(element, {fragment.name for fragment in fragments}):
            yield self._hit(NO_NAME, fragments)
            return
        swallowing = [each.text for each in fragments if is_swallowing(each.text) and not each.is_cut]
        if not swallowing:
            yield self._hit(artifact, fragments)
            return
        found = mended(element, artifact, self._others)
        if found is None:
            yield self._hit(artifact, fragments, len(swallowing), sum(map(swallowed_count, swallowing)))
            name = swallowed_artifact(swallowing[-1])
            if above is not None and name is not None:
                self._renamed = (above, name)
            return
        tree, broken = found
        for each in tree.iter("{*}Hit"):
            over = next(up for up in each.iterancestors() if etree.QName(up).localname == _ARTIFACT)
            artifact = over.get("name") or NO_NAME
            yield self._hit(artifact, tuple(_fragments(each)), broken)
            broken = 0
        if above is not None:
            # The tag of the artifact that the next hits are of may have been swallowed too.
            self._renamed = (above, artifact)

    def _learn(self, hit: Element, names: set[str]) -> bool:
        """Take the names of the values of a hit of an artifact.

        False: the end of another hit is missing before it, and with it, it may be, the start of its own artifact.
        """
        above = _artifact_above(hit)
        if above is not self._learnt:
            self._learnt, self._rule.names = above, set()
        if _is_misplaced(hit, above) and not self._rule.is_of_artifact(names):
            return False
        self._rule.learn(names)
        return True

    def _hit(self, artifact: str, fragments: tuple[Fragment, ...], broken: int = 0, swallowed: int = 0) -> Hit:
        # By the name that locators show: of two long ones no two hits may have the same.
        shown = shown_name(artifact)
        self._numbers[shown] += 1
        return Hit(artifact, self._numbers[shown], fragments, broken, swallowed)

    def _is_padding(self, chunk: bytes) -> bool:
        """Whether a chunk holds more than white space, no markup, and stands behind the end of the root."""
        return b"<" not in chunk and self._has_end() and bool(chunk.strip())

    def _pass_padding(self, chunk: bytes, rest: Iterator[bytes]) -> None:
        """Pass what stands behind the end; characters that were replaced in padding are none of the export's."""
        replaced = self._clean.replaced_count - chunk.count(MARK.encode())
        for piece in rest:
            if b"<" in piece:
                self.damage = "input_malformed"
                return
        self._clean.replaced_count = replaced
        self.has_padding = True

    def _has_end(self) -> bool:
        root = (self._clean.root or "").partition(" ")[0].strip().rstrip("/")
        return self._tail.rstrip().endswith(f"</{root}>".encode())

    def _code_of(self, error: etree.XMLSyntaxError) -> str:
        if error.code == _RESOURCE_LIMIT:  # type: ignore[attr-defined]  # the stubs lack it
            return "limit_reached"
        is_ended = self._clean.is_exhausted and not self._tail.rstrip().endswith(b">")
        is_cut = is_ended or (self._clean.is_exhausted and not self._has_end())
        return "input_truncated" if is_cut else "input_malformed"


def _artifact_above(hit: Element) -> Element | None:
    return next((each for each in hit.iterancestors() if etree.QName(each).localname == _ARTIFACT), None)


def _is_misplaced(hit: Element, artifact: Element | None) -> bool:
    """Whether a hit stands elsewhere than in the list of its artifact."""
    holder = hit.getparent()
    return holder is not None and holder is not artifact and holder.getparent() is not artifact


def _drop_before(element: Element | None) -> None:
    """Drop the finished artifacts before the one that holds an element."""
    while element is not None:
        parent = element.getparent()
        while parent is not None and (before := element.getprevious()) is not None:
            parent.remove(before)
        element = parent


def _fragments(hit: Element) -> Iterator[Fragment]:
    for element in hit.iter("{*}" + _FRAGMENT):
        text = "".join(map(str, element.itertext())) if len(element) else str(element.text or "")
        replaced, is_cut = 0, False
        if _ESCAPE in text:
            text, is_cut = without_cut_mark(text)
            text, replaced = unmark(text)
        name = element.get("name") or ""
        markup = _markup_of(element) if len(element) else None
        yield Fragment(unmark(name)[0] if _ESCAPE in name else name, text, replaced, is_cut, markup)


def _markup_of(element: Element) -> str:
    """Return what stands between the tags of an element as it is written."""
    pieces = [escape(element.text or "")]
    pieces += [etree.tostring(child, encoding="unicode") for child in element]
    return unmark("".join(pieces))[0]
