"""Drives the strict parser over a report and gives out each finished element, in flat memory.

No event is asked of the parser for each model: after each chunk, whatever has a following sibling is finished. It is
given out and dropped from the tree, so that lists longer than memory (tagged files, provenance, a chat of 100,000
messages) pass through. One element that grows beyond the limit ends the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from lxml import etree

from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.formats.ufdr.elements import MESSAGES, MODEL, TAGS, TYPE, Element, tags_of
from parsers.formats.ufdr.model_kinds import ROWS, is_chat
from parsers.xml_guard import MARK, CleanXml, strict_parser

_MODEL_TAGS: Final = frozenset(tags_of(MODEL))
_HEADER_TAGS: Final = frozenset(TAGS) - _MODEL_TAGS
_OPEN_TAGS: Final = frozenset(tags_of("metadata", "caseInformation", "file"))
_FIELD_TAGS: Final = frozenset(tags_of("multiModelField", "modelField", "multiField", "field"))
_STRAY_TAGS: Final = _FIELD_TAGS | frozenset(tags_of("value"))
_TYPE_TAGS: Final = frozenset(tags_of("modelType"))
_LIST_TAGS: Final = frozenset(tags_of("modelType", "decodedData"))
_HOLDER_TAGS: Final = _LIST_TAGS | frozenset(tags_of("project"))
_PEOPLE: Final = frozenset({"Participants", "Parties"})
_WAITING_MESSAGES: Final = 5_000
"""Messages of a chat that wait for participants that stand behind them (a re-saved file)."""

_BASE64: Final = b'="Base64String"'
_ROOT_END: Final = b"project>"
_TAIL_BYTES: Final = 64
_BYTES_A_CHARACTER: Final = 2
_DOCUMENT_END: Final = 5
"""libxml2's XML_ERR_DOCUMENT_END: something stands behind the root, or the root does not end."""
_RESOURCE_LIMIT: Final = 114
"""libxml2's XML_ERR_RESOURCE_LIMIT: more than 2,048 levels."""

_PROBE: Final = b" <!-- -->"
"""Fed at the end of the input: white space behind an element shows that it is finished."""


class Found(IntEnum):
    """What a finished element is."""

    TOP_MODEL = 1
    CHAT_MESSAGE = 2
    HEADER = 3
    STRAY = 4


_TOP_MODEL: Final = Found.TOP_MODEL
"""Named here because looking one up in its enumeration takes four times as long, and each model is one."""

FoundElement = tuple[Found, Element, Element | None]
"""What it is; the element; its parent, of a chat message the Chat.

A chat message is a model of any list of a Chat but those of its people.
"""


class ModelStream:
    """The finished elements of a report, in source order; the messages of a Chat before the Chat.

    Attributes:
        damage: Notice code, where the reading ended before the report did. None: it was whole.
        has_padding: Whether something that is no markup stands behind the end of the report.
        cut: The model that was begun and not finished, as ``FoundElement``. None: there is none.
        is_marked: Whether the element in hand may hold marks or Base64 values, which ``mend`` turns back.
        was_marked: Whether any element so far did.
        root: The root element, once it has begun.
    """

    def __init__(self, clean: CleanXml, limits: Limits) -> None:
        self.damage: str | None = None
        self.has_padding = False
        self.cut: FoundElement | None = None
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

    def elements(self) -> Iterator[FoundElement]:
        """Yield each finished element once. It is dropped when the generator goes on.

        Raises:
            InputRefused: The report declares a document type; before the first element.
        """
        parser = strict_parser(tuple(tags_of("project")), event="start")
        chunks = self._clean.chunks()
        try:
            for chunk in chunks:
                self._note_chunk(chunk)
                if self._clean.is_exhausted:
                    parser.feed(_PROBE)
                parser.feed(chunk)
                if self.root is None:
                    self._note_root(parser)
                yield from self._finished()
                if self._held_bytes > self._limit_bytes or self._is_too_deep():
                    self.damage = "limit_reached"
                    break
            else:
                parser.feed(_PROBE)
                self._last = b""
                parser.close()
        except etree.XMLSyntaxError as error:
            self._has_root_end = self._is_behind_root(error)
            self.damage = self._code_behind(chunks) if self._has_root_end else self._code_of(error)
            self._note_root(parser)
        yield from self._rest()

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
                if child.tag in _MODEL_TAGS and (child.get(TYPE) in ROWS or not is_chat(child, node)):
                    yield _TOP_MODEL, child, node
                elif node.tag in _LIST_TAGS and _is_stray(child, node):
                    yield Found.STRAY, child, node
                else:
                    yield from _found_in(child)
            if children:
                has_given = True
                self._held_bytes = 0
                children.clear()
                del node[:-1]
            if last.tag in _MODEL_TAGS:
                yield from self._open_chat(last, node)
                break
            node = None if last.tag in _OPEN_TAGS else last
        if has_given:
            # What is open now may hold what marked this chunk.
            self.is_marked = self._chunk_is_marked

    def _is_too_deep(self) -> bool:
        """Whether what is open is nested deeper than the limit; within one chunk 2,048 levels are libxml2's."""
        node, depth = self.root, 0
        while node is not None and len(node):
            node, depth = node[-1], depth + 1
            if depth > self._limit_depth:
                return True
        return False

    def _open_chat(self, chat: Element, holder: Element) -> Iterator[FoundElement]:
        """Give out and drop the finished messages of the open Chat, once its participants are known."""
        messages = _messages_of_open(chat, holder)
        if messages is None or len(messages) < 2:
            return
        if len(messages) < _WAITING_MESSAGES and not any(field.get("name") in _PEOPLE for field in chat):
            return
        finished: list[Element] = messages[:-1]  # type: ignore[index,assignment]  # as above
        for message in finished:
            if message.tag in _MODEL_TAGS:
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
            yield from _found_in(node)
            return
        yield from self._finished()
        parent = node
        while len(node) and node.tag not in _MODEL_TAGS:
            parent, node = node, node[-1]
            if _is_finished(node):
                yield from _found_in(node)
                return
        if node.tag in _MODEL_TAGS:
            messages = _messages_of_open(node, parent)
            if messages is None or not len(messages):
                self.cut = (Found.TOP_MODEL, node, parent)
                return
            for message in messages:
                if message.getnext() is not None or _is_finished(message):
                    yield Found.CHAT_MESSAGE, message, node
                else:
                    self.cut = (Found.CHAT_MESSAGE, message, node)

    def _is_behind_root(self, error: etree.XMLSyntaxError) -> bool:
        """Whether what the parser stumbled over stands behind the end of the root."""
        is_content = error.code == _DOCUMENT_END  # type: ignore[attr-defined]  # the stubs lack it
        return is_content and bool(self._last) and _ROOT_END in self._before_last + self._last

    def _code_behind(self, rest: Iterator[bytes]) -> str | None:
        """Tell markup behind the root from padding; replaced characters in padding are none of the report's."""
        near = self._before_last + self._last
        piece = near[near.index(_ROOT_END) + len(_ROOT_END) :]
        replaced = self._clean.replaced_count - piece.count(MARK.encode())
        while piece:
            if b"<" in piece:
                return "input_malformed"
            piece = next(rest, b"")
        self._clean.replaced_count = replaced
        self.has_padding = True
        return None

    def _code_of(self, error: etree.XMLSyntaxError) -> str:
        if error.code == _RESOURCE_LIMIT:  # type: ignore[attr-defined]  # the stubs lack it
            return "limit_reached"
        is_ended = self._clean.is_exhausted and not self._tail.rstrip().endswith(_ROOT_END)
        return "input_truncated" if is_ended else "input_malformed"


def _found_in(element: Element) -> Iterator[FoundElement]:
    """Yield what a finished element is, or holds at any depth: models that stand alone, parts of the header.

    Fields, values and unknown elements that stand among models come last.
    """
    for found in element.iter(*TAGS):
        parent = found.getparent()
        if found.tag in _HEADER_TAGS:
            yield Found.HEADER, found, parent
            continue
        if parent is None or parent.tag in _FIELD_TAGS or _has_model_above(parent):
            continue
        if is_chat(found, parent):
            for message in _listed_in(found):
                yield Found.CHAT_MESSAGE, message, found
        yield Found.TOP_MODEL, found, parent
    if element.tag in _HOLDER_TAGS:
        yield from _strays_in(element)


def _listed_in(chat: Element) -> Iterator[Element]:
    """Yield the models of all lists of a Chat but those of its people."""
    for field in chat:
        if field.get("name") not in _PEOPLE:
            yield from (model for model in field if model.tag in _MODEL_TAGS)


def _strays_in(element: Element) -> Iterator[FoundElement]:
    """Yield fields, values and unknown elements that stand among models."""
    for holder in element.iter(*_LIST_TAGS):
        for child in holder:
            if _is_stray(child, holder):
                yield Found.STRAY, child, holder


def _is_stray(child: Element, holder: Element) -> bool:
    """Whether a child of a list is no model and holds none, though it stands where models do."""
    if child.tag in _STRAY_TAGS:
        return True
    is_among_models = holder.tag in _TYPE_TAGS and child.tag not in _MODEL_TAGS
    return is_among_models and next(child.iter(*_MODEL_TAGS), None) is None


def _messages_of_open(chat: Element, holder: Element) -> Element | None:
    """Return the Messages field that is open; None where the model is no Chat, or is open at another field."""
    if not len(chat) or not is_chat(chat, holder):
        return None
    messages = chat[-1]
    return messages if messages.get("name") == MESSAGES else None


def _is_finished(element: Element) -> bool:
    """Whether the element has ended, by the white space behind it. Without any it counts as cut, and is named."""
    return element.tail is not None


def _has_model_above(element: Element) -> bool:
    return element.tag in _MODEL_TAGS or any(above.tag in _MODEL_TAGS for above in element.iterancestors())
