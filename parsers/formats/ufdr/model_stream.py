"""Drives the strict parser over a report and gives out each finished element, in flat memory.

No event is asked of the parser for each model: after each chunk, whatever has a following sibling is finished. It is
given out and dropped from the tree, so that lists longer than memory (tagged files, provenance, a chat of 100,000
messages) pass through. One element that grows beyond the limit ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.formats.ufdr.elements import MESSAGES, TYPE, Element, tags_of
from parsers.formats.ufdr.model_kinds import PEOPLE, ROWS, is_chat
from parsers.formats.ufdr.model_tree import (
    LIST_TAGS,
    MODEL_TAGS,
    OPEN_TAGS,
    Found,
    FoundElement,
    depth_of,
    drop_from,
    found_in,
    is_stray,
    is_swallowed,
    listed_below,
    listed_in,
    messages_of_open,
)
from parsers.formats.ufdr.report_recovery import ReportRule
from parsers.xml_guard import MARK, CleanXml, strict_parser
from parsers.xml_recovery import Resumed, Stretch, XmlRecovery

_WAITING_MESSAGES: Final = 5_000
"""Messages of a chat that wait for participants that stand behind them (a re-saved file)."""

_BASE64: Final = b'="Base64String"'
_MARK_START: Final = MARK[0].encode()
_LISTS_OF_MODELS: Final = frozenset({"multiModelField", "modelField"})
_ROOT_END: Final = b"project>"
_DOCUMENT_START: Final = re.compile(rb"<\?xml\b|<(?:[\w.-]{1,80}:)?project[\s>]")
_DECLARED_BEHIND: Final = re.compile(rb"</(?:[\w.-]{1,80}:)?project\s*>\s*<\?xml\b")
_TAIL_BYTES: Final = 64
_BYTES_A_CHARACTER: Final = 2
_DOCUMENT_END: Final = 5
"""libxml2's XML_ERR_DOCUMENT_END: something stands behind the root, or the root does not end."""
_RESERVED_NAME: Final = 64
"""libxml2's XML_ERR_RESERVED_XML_NAME: an XML declaration stands elsewhere than at the front."""
_RESOURCE_LIMIT: Final = 114
"""libxml2's XML_ERR_RESOURCE_LIMIT: more than 2,048 levels."""

_PROBE: Final = b" <!-- -->"
"""Fed at the end of the input: white space behind an element shows that it is finished."""


_TOP_MODEL: Final = Found.TOP_MODEL
"""Named here because looking one up in its enumeration takes four times as long, and each model is one."""


class _Stopped(Exception):
    """The parser goes on over a malformed place."""


class ModelStream:
    """The finished elements of a report, in source order; the messages of a Chat before the Chat.

    Attributes:
        damage: Notice code, where the reading ended before the report did. None: it was whole.
        has_padding: Whether something that is no markup stands behind the end of the report.
        cut: The model that was begun and not finished, as ``FoundElement``. None: there is none. At a stretch, that
            before it.
        stretch: What could not be read last.
        is_chat_untold: Whether the messages behind it are of a Chat of which nothing is known.
        is_marked: Whether the element in hand may hold marks or Base64 values, which ``mend`` turns back.
        was_marked: Whether any element so far did.
        root: The root element, once it has begun.
    """

    def __init__(self, clean: CleanXml, limits: Limits) -> None:
        self.damage: str | None = None
        self.has_padding = False
        self.cut: FoundElement | None = None
        self.stretch: Stretch | None = None
        self.is_chat_untold = False
        self.is_marked = False
        self.was_marked = False
        self.root: Element | None = None
        self._clean = clean
        self._limit_bytes = limits.text_chars * _BYTES_A_CHARACTER
        self._limit_depth = limits.nesting_depth
        self._held_bytes = 0
        self._tail = b""
        self._last = self._before_last = b""
        self._chunk_is_marked = False
        self._has_root_end = False
        self._recovery = XmlRecovery(clean, ReportRule(clean.root))
        self._chunks: Iterator[bytes] = iter(())
        self._open_count: int | None = None
        self._swallowed: Element | None = None
        self._is_waiting = False

    def elements(self) -> Iterator[FoundElement]:
        """Yield each finished element once. It is dropped when the generator goes on.

        Raises:
            InputRefused: The report declares a document type; before the first element.
        """
        self._chunks = self._clean.chunks()
        front, rest = b"", b""
        while True:
            self._swallowed, self._is_waiting = None, False
            parser = strict_parser(tuple(tags_of("project")), event="start")
            try:
                yield from self._read(parser, front, rest)
            except etree.XMLSyntaxError as error:
                self._note_root(parser)
                self._has_root_end = self._is_behind_root(error)
                self.damage = self._code_behind(self._chunks) if self._has_root_end else self._code_of(error)
                if self._has_root_end or self.damage == "limit_reached":
                    break
                self._swallowed = self._look_down()[2]
            except _Stopped:
                self.damage = "input_malformed"
            else:
                break
            resumed = self._recovery.resume(self.root, self._take, self._swallowed, is_waiting=self._is_waiting)
            if resumed is None:
                break
            self._open_count = resumed.open_count
            drop_from(self._swallowed)
            yield from self._rest()
            if resumed.above is None:
                if resumed.has_root_end:
                    yield from self._stretch(resumed)
                return
            yield from self._stretch(resumed)
            front, rest = b"".join(level.tag for level in resumed.above), resumed.rest
        yield from self._rest()

    def _read(self, parser: etree.XMLPullParser, front: bytes, rest: bytes) -> Iterator[FoundElement]:
        """Feed what was taken already, below what stands above it, then the stream; yield what is finished.

        Raises:
            _Stopped: The parser would go on, and must not.
        """
        last, depth = None, 0
        if front:
            parser.feed(front)
            self._note_root(parser)
            self._last, self._before_last = rest, b""
            parser.feed(rest)
            last, depth = self._looked_down()
            yield from self._finished()
        for chunk in self._chunks:
            self._recovery.note(chunk, last)
            self._note_chunk(chunk)
            if self._clean.is_exhausted:
                parser.feed(_PROBE)
            parser.feed(chunk)
            if self.root is None:
                self._note_root(parser)
            last, depth = self._looked_down()
            yield from self._finished()
            if self._held_bytes > self._limit_bytes or depth > self._limit_depth:
                self.damage = "limit_reached"
                return
        parser.feed(_PROBE)
        self._last, self._is_waiting = b"", True
        parser.close()

    def _looked_down(self) -> tuple[Element | None, int]:
        """Return what was begun last, and how deep it stands.

        Raises:
            _Stopped: A model has lost its end, or a tag a quotation mark.
        """
        last, depth, self._swallowed = self._look_down()
        self._is_waiting = self._swallowed is None and self._recovery.is_waiting(last)
        if self._swallowed is not None or self._is_waiting:
            raise _Stopped
        return last, depth

    def _take(self) -> bytes | None:
        """Take a chunk that is searched for where reading goes on."""
        chunk = next(self._chunks, None)
        if chunk is not None:
            self._note_chunk(chunk)
        return chunk

    def _stretch(self, resumed: Resumed) -> Iterator[FoundElement]:
        """Yield what could not be read, and forget what was parsed before it."""
        self.stretch = resumed.stretch
        above = resumed.above or []
        self.is_chat_untold = bool(above) and above[-1].name in _LISTS_OF_MODELS
        root, self.root = self.root, None
        yield Found.STRETCH, root if root is not None else etree.Element("project"), None
        self.damage = self.cut = self._open_count = None
        self._held_bytes = 0
        self.is_marked = self._chunk_is_marked = _MARK_START in resumed.rest or _BASE64 in resumed.rest
        self.was_marked = self.was_marked or self.is_marked

    def _note_chunk(self, chunk: bytes) -> None:
        self._held_bytes += len(chunk)
        self._last, self._before_last = chunk, self._tail
        self._tail = (self._tail + chunk)[-_TAIL_BYTES:] if len(chunk) < _TAIL_BYTES else chunk[-_TAIL_BYTES:]
        self._chunk_is_marked = self._clean.chunk_has_marks or _BASE64 in chunk
        if self._chunk_is_marked:
            self.is_marked = self.was_marked = True

    def _note_root(self, parser: etree.XMLPullParser) -> None:
        events: Iterator[tuple[str, Element]] = parser.read_events()  # type: ignore[assignment]  # only elements start
        for _, element in events:
            if self.root is None:
                tree = element.getroottree()
                if tree.docinfo.doctype:  # type: ignore[attr-defined]  # the stubs lack it
                    # The prolog was looked at before; this holds whatever encoding could have hidden it.
                    raise InputRefused("doctype_refused")
                self.root = tree.getroot()

    def _finished(self) -> Iterator[FoundElement]:
        """Give out and drop what stands before the open element, level by level."""
        node = self.root
        has_given = False
        while node is not None and len(node):
            children: list[Element] = node[:]  # type: ignore[index,assignment]  # the stubs do not know slices
            last = children.pop()
            for child in children:
                if child.tag in MODEL_TAGS and (child.get(TYPE) in ROWS or not is_chat(child, node)):
                    yield _TOP_MODEL, child, node
                elif node.tag in LIST_TAGS and is_stray(child, node):
                    yield Found.STRAY, child, node
                else:
                    yield from found_in(child)
            if children:
                has_given = True
                self._held_bytes = 0
                children.clear()
                del node[:-1]
            if last.tag in MODEL_TAGS:
                yield from self._open_chat(last, node)
                break
            node = None if last.tag in OPEN_TAGS else last
        if has_given:
            # What is open now may hold what marked this chunk.
            self.is_marked = self._chunk_is_marked

    def _look_down(self) -> tuple[Element | None, int, Element | None]:
        """Return what was begun last, how deep it stands, and the first model that stands directly in an open one.

        Of these there is none in a good report: the end of the one that holds it is missing.
        """
        node, depth = self.root, 0
        swallowed = None
        has_model = False
        while node is not None and len(node):
            last = node[-1]
            has_model = has_model or node.tag in MODEL_TAGS
            if has_model and swallowed is None and is_swallowed(last, node):
                swallowed = next(child for child in node if is_swallowed(child, node))
            node, depth = last, depth + 1
        return node, depth, swallowed

    def _open_chat(self, chat: Element, holder: Element) -> Iterator[FoundElement]:
        """Give out and drop the finished messages of the open Chat, once its participants are known."""
        messages = messages_of_open(chat, holder)
        if messages is None or len(messages) < 2:
            return
        if len(messages) < _WAITING_MESSAGES and not any(field.get("name") in PEOPLE for field in chat):
            return
        finished: list[Element] = messages[:-1]  # type: ignore[index,assignment]  # as above
        for message in finished:
            if message.tag in MODEL_TAGS:
                yield Found.CHAT_MESSAGE, message, chat
        finished.clear()
        del messages[:-1]
        self._held_bytes = 0

    def _rest(self) -> Iterator[FoundElement]:
        """Give out what is left at the end; of a report that ended early what is finished of it."""
        node = self.root
        if node is None:
            return
        if self.damage is None or self._has_root_end:
            # Whatever stands behind the root, all of it is finished.
            yield from found_in(node)
            return
        yield from self._finished()
        parent, depth = node, 0
        while len(node) and node.tag not in MODEL_TAGS:
            parent, node, depth = node, node[-1], depth + 1
            if self._is_finished(node, depth):
                yield from found_in(node)
                if node.get("name") == MESSAGES:
                    # The start of their Chat is torn.
                    yield from ((_TOP_MODEL, message, None) for message in node if message.tag in MODEL_TAGS)
                return
        if node.tag in MODEL_TAGS:
            messages = list(listed_in(node)) or listed_below(node) if is_chat(node, parent) else []
            if not messages:
                self.cut = (Found.TOP_MODEL, node, parent)
            for message in messages:
                is_last = message.getnext() is None and message is messages[-1]
                if is_last and not self._is_finished(message, depth_of(message)):
                    self.cut = (Found.CHAT_MESSAGE, message, node)
                else:
                    yield Found.CHAT_MESSAGE, message, node

    def _is_finished(self, element: Element, depth: int) -> bool:
        """Whether the element has ended, by the white space behind it, or by the tags before a malformed place.

        Of a report that ends early nothing else tells: without any white space it counts as cut, and is named.
        """
        return element.tail is not None or (self._open_count is not None and depth >= self._open_count)

    def _is_behind_root(self, error: etree.XMLSyntaxError) -> bool:
        """Whether what the parser stumbled over stands behind the end of the root."""
        near = self._before_last + self._last if self._last else b""
        if error.code == _RESERVED_NAME:  # type: ignore[attr-defined]  # the stubs lack it
            return _DECLARED_BEHIND.search(near) is not None
        return error.code == _DOCUMENT_END and _ROOT_END in near  # type: ignore[attr-defined]  # as above

    def _code_behind(self, rest: Iterator[bytes]) -> str | None:
        """Tell a second document behind the root from other markup, and both from padding.

        Replaced characters in padding are none of the report's.
        """
        near = self._before_last + self._last
        piece = near[near.index(_ROOT_END) + len(_ROOT_END) :]
        replaced = self._clean.replaced_count - piece.count(MARK.encode())
        while piece:
            if (place := piece.find(b"<")) != -1:
                return "document_behind_end" if _DOCUMENT_START.match(piece, place) else "input_malformed"
            piece = next(rest, b"")
        self._clean.replaced_count = replaced
        self.has_padding = True
        return None

    def _code_of(self, error: etree.XMLSyntaxError) -> str:
        if error.code == _RESOURCE_LIMIT:  # type: ignore[attr-defined]  # the stubs lack it
            return "limit_reached"
        is_ended = self._clean.is_exhausted and not self._tail.rstrip().endswith(_ROOT_END)
        return "input_truncated" if is_ended else "input_malformed"
