"""The elements of a backup, one by one: each is cut out of the stream and parsed alone, by the strict parser.

So an element that is malformed costs itself and not what stands behind it, and memory is that of one element. An
element begins at its tag, which no value can hold, and is looked at up to the beginning of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec
from lxml import etree

from parsers.contract import Limits
from parsers.formats.sms_backup_restore.asides import TAG, Asides, may_hold_asides, without_asides
from parsers.formats.sms_backup_restore.lost_starts import START, Starts, elements_between
from parsers.formats.sms_backup_restore.media_skipper import MediaSkipper
from parsers.formats.sms_backup_restore.mends import MENDS, requoted
from parsers.xml_guard import MARK, CleanXml, attributes_of, unmark

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

SMS, MMS, CALL = "sms", "mms", "call"

_REACH: Final = 512
"""Bytes at the end of what was searched in which a tag may have begun."""

_ROOTS: Final = ("smses", "calls")
_ROOT_END = re.compile(rb"</(?:smses|calls)\s*>")
_NONE: Final[frozenset[str]] = frozenset()
_ESCAPE: Final = "\ufdd0"
_ESCAPE_BYTES: Final = _ESCAPE.encode()
_MARK_BYTES: Final = MARK.encode()
_BROKEN: Final = "markup_broken"
_BYTES_A_CHARACTER: Final = 2
_MOST_MENDED: Final = 1_000
"""Attributes of one element that hold marks. lxml takes time with the square of their number to set
them; no element of the application has as many attributes of any kind."""


_DIGITS_OF_MILLISECONDS: Final = 12
"""From 1973 on."""


class BackupElement(msgspec.Struct, frozen=True, kw_only=True):
    """One element.

    Attributes:
        kind: ``sms``, ``mms`` or ``call``.
        number: Its place among the elements of its kind, from 1.
        element: None where it could not be parsed.
        replaced: Attributes of any depth in which a character was replaced.
        replaced_count: How many characters were.
        mended: Notice code of what had to be mended before it could be parsed. None: nothing.
        is_cut: Whether the file ends in it.
        is_over_limit: Whether it was larger than the limit.
    """

    kind: str
    number: int
    element: Element | None = None
    replaced: frozenset[str] = frozenset()
    replaced_count: int = 0
    mended: str | None = None
    is_cut: bool = False
    is_over_limit: bool = False

    @property
    def locator(self) -> str:
        """Kind and place: ``sms 12``."""
        return f"{self.kind} {self.number}"

    def dated_locator(self, date: str | None) -> str:
        """Return kind, date as written and place: ``sms 1694706582123 #12``.

        The elements have no id. The millisecond is as good as one for what has one body, party and way: two backups
        laid together list a text twice, and nobody sends or gets the same text twice in a millisecond.
        """
        if date is None or len(date) < _DIGITS_OF_MILLISECONDS or not (date.isascii() and date.isdecimal()):
            return self.locator
        return f"{self.kind} {date} #{self.number}"


class ElementStream:
    """Reads the elements of one file, once.

    Attributes:
        has_end: Whether the end of the root was met.
        has_more_behind: Whether something but white space, comments and padding stands behind that end.
        has_padding_behind: Whether bytes stand behind it that are no text, as a storage medium pads a file.
        has_open_comment: Whether the file ends in a comment: what stands in it was not read.
        has_open_section: Whether a CDATA section or a processing instruction has no end: what stands behind its
            beginning was read all the same.
        has_large_gap: Whether more than the limit stands where an element has to begin: it was not read.
        others: Names of elements of other types since it was emptied last.
    """

    def __init__(self, clean: CleanXml, limits: Limits) -> None:
        root = clean.root or ""
        self.has_end = root.endswith("/") and root.startswith(_ROOTS)
        self.has_more_behind = False
        self.has_padding_behind = False
        self.has_open_comment = False
        self.has_open_section = False
        self.has_large_gap = False
        self.others: list[str] = []
        self._clean = clean
        self._limit_bytes = limits.text_chars * _BYTES_A_CHARACTER
        self._kept_bytes = 0
        self._numbers = dict.fromkeys((SMS, MMS, CALL), 0)
        self._asides = Asides()
        self._aside: list[tuple[str, int, bytes]] = []
        self._parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )

    def elements(self) -> Iterator[BackupElement]:
        """Yield every element in order."""
        rest = b""
        kind: bytes | None = None
        is_skipping = False
        for piece in self._portions():
            # Where a section has no end, what stands behind its beginning is looked at again at the end of the file.
            searched = max(1, len(rest) - _REACH) if piece else 1
            buffer = rest + piece
            begin = 0
            for found in self._starts(buffer, searched, is_last=not piece):
                if not is_skipping:
                    content = buffer[begin : found.start()]
                    if not self._put_aside(kind, content):
                        yield from self._parsed_together()
                        yield from self._made(content)
                is_skipping = False
                begin, kind = found.start(), found[1]
            yield from self._parsed_together()
            rest = buffer[begin:]
            self._kept_bytes = len(rest)
            self._asides.forget(begin)
            if len(rest) > self._limit_bytes:
                if not is_skipping:
                    yield from self._too_large(rest)
                is_skipping = True
                rest = rest[-_REACH:]
                self._asides.forget(None)
        self.has_open_comment = may_hold_asides(rest) and self._asides.end_of(rest, 0, len(rest)) > len(rest)
        self.has_open_section = self._asides.has_open
        if is_skipping:
            self._note_end(rest)
        else:
            yield from self._made(rest, is_last=True)

    def _starts(self, buffer: bytes, searched: int, *, is_last: bool) -> Iterator[re.Match[bytes]]:
        """Yield the tags that begin an element, from a place on that was not searched; those in an aside are none."""
        may_be_aside = may_hold_asides(buffer)
        if is_last:
            self._asides.end_file()
            if not may_be_aside:
                return
        begin, hidden, starts = 0, self._asides.walked, Starts(buffer)
        for found in START.finditer(buffer, searched):
            if found.start() < hidden or not starts.has(found, begin):
                continue
            if may_be_aside and self._asides.may_begin(buffer, begin, found.start()):
                hidden = self._asides.end_of(buffer, begin, found.start())
                if hidden > found.start():
                    continue
            begin = found.start()
            yield found

    def _portions(self) -> Iterator[bytes]:
        """Yield the pieces, as many together as make half of what is kept of those before.

        What is kept of an element that is far larger than a piece would be copied and looked through with each of them.
        """
        held: list[bytes] = []
        size = 0
        for piece in self._pieces():
            if held and (not piece or size >= self._kept_bytes // 2):
                yield b"".join(held)
                held, size = [], 0
            held.append(piece)
            size += len(piece)
        yield b"".join(held)

    def _pieces(self) -> Iterator[bytes]:
        """Yield what is searched; last an empty piece, and none is empty before."""
        skipper = MediaSkipper()
        for chunk in self._clean.chunks():
            if piece := skipper.feed(chunk):
                yield piece
        if piece := skipper.close():
            yield piece
        yield b""

    def _too_large(self, content: bytes) -> Iterator[BackupElement]:
        found = START.match(content)
        self.has_large_gap = self.has_large_gap or found is None
        if found is not None:
            yield BackupElement(kind=found[1].decode("ascii"), number=self._numbered(found[1]), is_over_limit=True)

    def _numbered(self, kind: bytes) -> int:
        name = kind.decode("ascii")
        self._numbers[name] += 1
        return self._numbers[name]

    def _made(self, content: bytes, *, is_last: bool = False) -> Iterator[BackupElement]:
        """Yield the element that the content begins with; the content in front of the first has none."""
        found = START.match(content)
        if found is None:
            yield from self._between(content)
            return
        kind, number = found[1].decode("ascii"), self._numbered(found[1])
        end = _end_of(content, found[1])
        if end is None:
            self._note_end(content)
            yield BackupElement(kind=kind, number=number, is_cut=is_last and not self.has_end)
            return
        yield self._parsed(kind, number, content[:end])
        yield from self._between(content[end:])

    def _put_aside(self, kind: bytes | None, content: bytes) -> bool:
        """Put an element aside to be parsed with others: one tag that is its own end, with no markup behind it."""
        end = content.find(b">") + 1
        if (
            kind is None
            or not content.endswith(b"/>", 0, end)
            or content.find(b">", end) != -1
            or content.find(b"<", 1) != -1
            or _ESCAPE_BYTES in content
        ):
            return False
        self._aside.append((kind.decode("ascii"), self._numbered(kind), content[:end]))
        return True

    def _parsed_together(self) -> Iterator[BackupElement]:
        """Yield the elements that were put aside.

        Each is one tag, and no tag can begin within another: where all together are well-formed, so is each alone.
        Where they are not, each is parsed alone.
        """
        aside, self._aside = self._aside, []
        together = self._element_of(b"<a>%b</a>" % b"".join([content for *_, content in aside])) if aside else None
        if together is None or len(together) != len(aside):
            for kind, number, content in aside:
                yield self._parsed(kind, number, content)
            return
        for (kind, number, _), element in zip(aside, together, strict=True):
            yield BackupElement(kind=kind, number=number, element=element)

    def _parsed(self, kind: str, number: int, content: bytes) -> BackupElement:
        element, mended, content = self._mended(content)
        if element is None:
            return BackupElement(kind=kind, number=number)
        unmarked = _unmark(element) if _ESCAPE_BYTES in content else (_NONE, 0)
        if unmarked is None:
            return BackupElement(kind=kind, number=number)
        replaced, count = unmarked
        return BackupElement(
            kind=kind, number=number, element=element, replaced=replaced, replaced_count=count, mended=mended
        )

    def _mended(self, content: bytes) -> tuple[Element | None, str | None, bytes]:
        """Return the element, the notice code of what was mended, and what was parsed."""
        element, mended, tried = self._element_of(content), None, content
        for code, mend in MENDS:
            if element is not None:
                return element, mended, tried
            mended, tried = code, mend(tried)
            element = self._element_of(tried)
        if element is None and (straight := requoted(content)) is not None:
            # Of the element as it stands: what was tried before took marks in its values for their ends.
            element, mended, tried = self._element_of(straight), _BROKEN, straight
        return element, mended, tried

    def _element_of(self, content: bytes) -> Element | None:
        try:
            return etree.fromstring(content, self._parser)
        except etree.XMLSyntaxError:
            return None

    def _note_end(self, content: bytes) -> int | None:
        """Note the end of the root, and return where it begins."""
        end = _ROOT_END.search(content)
        if end is None:
            return None
        behind = without_asides(content[end.end() :]).strip()
        has_more = bool(behind.replace(_MARK_BYTES, b"").strip())
        self.has_padding_behind = self.has_padding_behind or (bool(behind) and not has_more)
        self.has_more_behind = self.has_more_behind or self.has_end or has_more
        self.has_end = True
        return end.start()

    def _between(self, content: bytes) -> Iterator[BackupElement]:
        """Note what stands between two elements: the end of the root, and elements of other types.

        Yields:
            Elements of the application that could not be told by their beginning, because it is damaged.
        """
        content = without_asides(content)
        end = self._note_end(content)
        for found in elements_between(content[:end]):
            if found.kind is None:
                self.others.append(found.name.decode("ascii"))
                continue
            read = self._parsed(found.kind.decode("ascii"), self._numbered(found.kind), found.content)
            yield read if read.element is None else msgspec.structs.replace(read, mended=_BROKEN)


def _end_of(content: bytes, kind: bytes) -> int | None:
    """Return where the element at the beginning ends. None: it does not."""
    only = content.find(b">")
    if only != -1 and content.find(b">", only + 1) == -1 and content[only - 1 : only] == b"/":
        # As nearly every element is: no other end stands in it, whatever its values hold.
        return only + 1
    tag = TAG.match(content)
    if tag is None:
        # A raw ``<`` or ``>`` in a value, or a quotation mark too many: look for the end as the application writes it.
        stop = content.rfind(b"/>")
        return stop + 2 if stop != -1 and _ROOT_END.search(content, 0, stop) is None else None
    if content.endswith(b"/>", 0, tag.end()):
        return tag.end()
    closing = re.compile(rb"</" + kind + rb"\s*>").search(content, tag.end())
    return closing.end() if closing is not None else None


def _unmark(element: Element) -> tuple[frozenset[str], int] | None:
    """Turn marks back in every attribute; return the names of those in which a character was replaced, and how many.

    None: more than ``_MOST_MENDED`` hold marks, and the element was left as it is from there on.
    """
    names: set[str] = set()
    total = 0
    set_count = 0
    for each in element.iter():
        for name, value in attributes_of(each):
            if _ESCAPE in value:
                set_count += 1
                if set_count > _MOST_MENDED:
                    return None
                text, count = unmark(value)
                each.set(name, text)
                total += count
                if count:
                    names.add(name)
    return frozenset(names), total
