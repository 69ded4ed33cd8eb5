"""Guards against hostile and dirty XML: a strict parser behind a byte cleaner that counts what it replaces.

lxml's ``recover=True`` loses evidence in silence (a raw control character empties the whole body), so it is never
used. ``CleanXml`` makes the bytes well-formed where single characters and references are at fault, and leaves
everything else to the strict parser. A document type declaration is refused before anything is parsed; no entity and no
network is ever used.

What was replaced must be told from a U+FFFD that stands in the file. A replaced character therefore travels through
the parser as a pair of noncharacters (``MARK``); a genuine U+FDD0 is doubled. ``unmark`` turns both back.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

import numpy as np
from lxml import etree

from parsers.byte_streams import BYTE_ORDER_MARKS, ByteStream
from parsers.errors import InputRefused
from parsers.xml_passwords import PASSWORD_TYPE, open_password, wrap_passwords
from parsers.xml_sections import CDATA_END, LONGEST_START, Sections, section_end_behind

CHUNK_BYTES: Final = 1 << 16
"""Bytes read at a time. Above the allocator's threshold of 128 KiB the same work costs seven times as much."""

MARK: Final = "\ufdd0\ufdd1"
"""How a replaced character travels through the parser."""

_ESCAPE = "\ufdd0"
_PAIR = re.compile("\ufdd0([\ufdd0\ufdd1])")
_MARK_BYTES = MARK.encode()
_ESCAPE_BYTES = _ESCAPE.encode()
_PLACEHOLDER = "\udc80"  # a lone surrogate: no decoder yields one, so it can stand for what could not be decoded
_PROLOG_BYTES = 1 << 16
_REACH = 128  # bytes: more than the longest reference that is looked for

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_SPECIAL = re.compile(b"\xef(?:\xb7\x90|\xbf[\xbe\xbf])")  # U+FDD0, U+FFFE, U+FFFF
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));")
_ILLEGAL = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos);)"
    rb"(?:#(?:x([0-9A-Fa-f]{1,90})|([0-9]{1,90}));|(#[^\s;&<>\"']{0,90};|[A-Za-z_:][A-Za-z0-9_:.-]{0,90};))?"
)
"""An ampersand that is none of the five entities, with the reference that it begins; alone where it begins none."""
_MOST_DIGITS = 8
_SURROGATE_PAIR = re.compile(
    rb"&#(?:x0{0,4}([dD][89abAB][0-9A-Fa-f]{2})|0{0,5}(5[5-6][0-9]{3}));"
    rb"&#(?:x0{0,4}([dD][c-fC-F][0-9A-Fa-f]{2})|0{0,5}(5[6-7][0-9]{3}));"
)
_HIGH_AT_END = re.compile(rb"&#(?:x0{0,4}([dD][89abAB][0-9A-Fa-f]{2})|0{0,5}(5[5-6][0-9]{3}));\Z")
_LAST_HIGH = 0xDBFF
_PAIR_BYTES = 16
_DECLARED_ENCODING = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PROLOG_PART = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ROOT_NAME = re.compile(r"<[^\W\d][\w:.-]*(?:[ \t\r\n/>]|\Z)")
"""One of 256 files of chance bytes begins with ``<``."""
_SINGLE_BYTE = frozenset({"iso8859-1", "iso8859-15", "cp1252", "cp1250", "cp1251", "latin-1"})
_MANY_ATTRIBUTES: Final = 64
_EVERY_ATTRIBUTE = etree.XPath("@*")
_WITHOUT_BOM = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))


def encoding_of(first_bytes: bytes) -> tuple[str, int]:
    """Return the encoding of an XML file and how many bytes its byte order marks take: two, where it has two.

    A byte order mark wins over the declaration, which is often left as it was when a file is re-saved. Only
    single-byte code pages are believed from the declaration; everything else is UTF-8.
    """
    for bom, encoding in BYTE_ORDER_MARKS:
        if first_bytes.startswith(bom):
            return encoding, len(bom) * (2 if first_bytes.startswith(bom, len(bom)) else 1)
    for start, encoding in _WITHOUT_BOM:
        if first_bytes.startswith(start):
            return encoding, 0
    declared = _DECLARED_ENCODING.match(first_bytes.lstrip())
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            return "utf-8", 0
        if name in _SINGLE_BYTE:
            return name, 0
    return "utf-8", 0


def root_tag(first_bytes: bytes) -> str | None:
    """Return the start tag of the root element, as far as it lies in the first bytes, without its ``<``.

    Returns:
        None where the bytes are no XML, or where the root does not start in them.

    Raises:
        InputRefused: A document type declaration stands before the root, also behind comments.
    """
    encoding, skipped = encoding_of(first_bytes)
    text = first_bytes[skipped:].decode(encoding, "replace")
    place = 0
    while part := _PROLOG_PART.match(text, place):
        place = part.end()
    rest = text[place:].lstrip()
    if rest[:9].upper() == "<!DOCTYPE":
        raise InputRefused("doctype_refused")
    return rest[1:].partition(">")[0] if _ROOT_NAME.match(rest) else None


def strict_parser(tags: Sequence[str], event: Literal["start", "end"] = "end") -> etree.XMLPullParser:
    """Return a pull parser that reports the named elements and follows nothing that is outside the file.

    ``huge_tree`` lifts the limit of 10,000,000 characters a text; the caller bounds what it lets grow. Depth stays
    bounded by libxml2 at 2,048. The parser MUST be fed what ``CleanXml`` gives, which is always UTF-8.
    """
    return etree.XMLPullParser(
        events=(event,),
        tag=tuple(tags),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def unmark(text: str) -> tuple[str, int]:
    """Return the text as the source has it, each replaced character as U+FFFD, and how many were replaced."""
    pairs = _PAIR.findall(text)
    return _PAIR.sub(lambda pair: _ESCAPE if pair[1] == _ESCAPE else "\ufffd", text), len(pairs) - pairs.count(_ESCAPE)


def attributes_of(element: etree._Element) -> list[tuple[str, str]]:
    """Return name and value of each attribute, in source order.

    lxml looks each value up by its name, which takes time with the square of their number: minutes for a file of 2 MB
    that is one tag.
    """
    if len(element.attrib) < _MANY_ATTRIBUTES:
        return element.items()  # type: ignore[return-value]  # the parser gives text alone
    values: list[str] = _EVERY_ATTRIBUTE(element)  # type: ignore[assignment]  # values alone are asked for
    return [(str(name), str(value)) for name, value in zip(element.keys(), values, strict=True)]


def _is_xml_character(code: int) -> bool:
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


class CleanXml:
    """Makes a dirty stream of XML well-formed UTF-8, chunk by chunk, and counts every replacement.

    Clean input costs a decode, a scan for control characters and a few searches: about 1 GB/s on the author's machine.

    Attributes:
        replaced_count: Characters replaced so far.
        unescaped_count: Ampersands so far that begin no reference and were kept as the character.
            Neither counts what stands in comments and processing instructions, which are no part of any value.
        byte_count: Bytes read so far.
        is_exhausted: Whether everything was read.
        root: Start tag of the root element, as far as it stands in the first 64 KiB. None: it does not start there.
        chunk_has_marks: Whether the last chunk holds a ``MARK`` or a doubled U+FDD0, so that its texts need ``unmark``.
        chunk_offset: Bytes of the file before the last chunk.
        section_before: What ends the CDATA section, comment or instruction that the last chunk begins in; empty for
            none.
    """

    def __init__(
        self, raw: ByteStream, *, leaves_ampersands: bool = False, mend: Callable[[bytes, bytes], bytes] | None = None
    ) -> None:
        """Read the prolog.

        Args:
            raw: The file.
            leaves_ampersands: Whether an ampersand that begins no reference is left as it stands, for a reader that
                mends the element that it stands in and says which that is; else it is escaped and counted.
            mend: Mends a chunk of a format last, given what ends the section that it begins in. None: nothing does.

        Raises:
            InputRefused: The file declares a document type.
        """
        self.replaced_count = 0
        self.unescaped_count = 0
        self.byte_count = 0
        self.chunk_has_marks = False
        self.is_exhausted = False
        self.chunk_offset = 0
        self.section_before = b""
        self._raw = raw
        self._section_end = b""
        self._leaves_ampersands = leaves_ampersands
        self._mend = mend
        first = b""
        while len(first) < _PROLOG_BYTES and (more := self._read()):
            first += more
        self.root = root_tag(first)
        self._encoding, skipped = encoding_of(first)
        self._carry = first[skipped:]
        self._decoder: codecs.IncrementalDecoder | None = None
        if self._encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(self._encoding)(_DECODING_ERRORS)
        else:
            self._carry = self._carry.lstrip()

    def _read(self) -> bytes:
        piece = self._raw.read(CHUNK_BYTES)
        self.byte_count += len(piece)
        return piece

    def chunks(self) -> Iterator[bytes]:
        """Yield the cleaned bytes; each chunk ends behind a ``>`` where it can."""
        pending = b""
        piece, self._carry = self._carry, b""
        behind = self.byte_count - len(piece)
        is_last = False
        while True:
            if self._decoder is not None:
                piece = self._recoded(self._decoder.decode(piece, is_last))
            pending = pending + piece if pending else piece
            # Sought once in each piece: one that is cut off holds none either.
            has_password = PASSWORD_TYPE in pending
            end = len(pending) if is_last else _safe_end(pending, has_password=has_password)
            if end:
                whole, pending = pending[:end], pending[end:]
                self.chunk_offset, behind = behind, self.byte_count - self.raw_length(pending)
                yield self._clean(whole, has_password=has_password)
            if is_last:
                return
            piece = self._read()
            is_last = not piece
            self.is_exhausted = is_last

    def raw_length(self, content: bytes) -> int:
        """Return how many bytes of the file a part of a chunk takes; nearly, where characters of it were replaced."""
        if self._decoder is None:
            return len(content)
        return len(content.decode("utf-8", "replace").encode(self._encoding, "replace"))

    def _recoded(self, text: str) -> bytes:
        self.replaced_count += text.count(_PLACEHOLDER)
        if _ESCAPE in text:
            text = text.replace(_ESCAPE, _ESCAPE * 2)
        return text.replace(_PLACEHOLDER, MARK).encode()

    def _clean(self, chunk: bytes, *, has_password: bool) -> bytes:
        self.chunk_has_marks = False
        if not chunk.isascii() and self._decoder is None:
            chunk = self._clean_text(chunk)
        elif self._decoder is not None:
            self.chunk_has_marks = _ESCAPE_BYTES in chunk
            chunk = _SPECIAL.sub(self._keep_escapes, chunk)
        if _has_controls(chunk):
            chunk = _CONTROL.sub(self._mark, chunk)
        if has_password:
            # First: an ampersand in a password that was not escaped is no reference.
            chunk = wrap_passwords(chunk)
        if b"#" in chunk and b"&#" in chunk:
            chunk = self._clean_references(chunk)
        if b"&" in chunk and _ILLEGAL.search(chunk):
            chunk = self._mend_references(chunk)
        if self._mend is not None:
            chunk = self._mend(chunk, self._section_end)
        self.section_before = self._section_end
        self._section_end = section_end_behind(chunk, self._section_end)
        return chunk

    def _clean_text(self, chunk: bytes) -> bytes:
        try:
            chunk.decode()
        except UnicodeDecodeError:
            text = chunk.decode("utf-8", _DECODING_ERRORS)
            # An invalid byte run is one replaced character, however many sequences Python sees in it.
            text = re.sub(_PLACEHOLDER + "+", _PLACEHOLDER, text)
            if _ESCAPE in text or _PLACEHOLDER in text:
                self.chunk_has_marks = True
            chunk = self._recoded(text)
            return _SPECIAL.sub(self._keep_escapes, chunk)
        if b"\xef" in chunk and _SPECIAL.search(chunk):
            chunk = _SPECIAL.sub(self._escape_special, chunk)
        return chunk

    def _mark(self, _found: re.Match[bytes], *, is_counted: bool = True) -> bytes:
        self.replaced_count += is_counted
        self.chunk_has_marks = True
        return _MARK_BYTES

    def _escape_special(self, found: re.Match[bytes]) -> bytes:
        if found[0] == _ESCAPE_BYTES:
            self.chunk_has_marks = True
            return _ESCAPE_BYTES * 2
        return self._mark(found)

    def _keep_escapes(self, found: re.Match[bytes]) -> bytes:
        return found[0] if found[0] == _ESCAPE_BYTES else self._mark(found)

    def _clean_references(self, chunk: bytes) -> bytes:
        """Join pairs of surrogate references and mark illegal ones; inside CDATA a reference is plain text."""
        sections = Sections(chunk, self._section_end)

        def reference(found: re.Match[bytes]) -> bytes:
            code = int(found[1], 16) if found[1] else int(found[2])
            section = sections.end_at(found.start())
            if section == CDATA_END:
                return found[0]
            if code == ord(_ESCAPE):
                self.chunk_has_marks = True
                return _ESCAPE_BYTES * 2
            return found[0] if _is_xml_character(code) else self._mark(found, is_counted=not section)

        def pair(found: re.Match[bytes]) -> bytes:
            high = int(found[1], 16) if found[1] else int(found[2])
            low = int(found[3], 16) if found[3] else int(found[4])
            is_pair = 0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF
            if not is_pair or sections.end_at(found.start()) == CDATA_END:
                return found[0]
            return b"&#%d;" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

        chunk = _SURROGATE_PAIR.sub(pair, chunk)
        sections = Sections(chunk, self._section_end)
        return _REFERENCE.sub(reference, chunk)

    def _mend_references(self, chunk: bytes) -> bytes:
        """Mark what is left of references that XML does not allow, and escape ampersands that begin none."""
        sections = Sections(chunk, self._section_end)

        def mended(found: re.Match[bytes]) -> bytes:
            digits = found[1] or found[2]
            if digits is not None:
                digits = digits.lstrip(b"0")[: _MOST_DIGITS + 1] or b"0"
                if len(digits) <= _MOST_DIGITS and _is_xml_character(int(digits, 16 if found[1] else 10)):
                    return found[0]
            section = sections.end_at(found.start())
            if section == CDATA_END:
                return found[0]
            if digits is not None or found[3] is not None:
                return self._mark(found, is_counted=not section)
            if self._leaves_ampersands:
                return found[0]
            self.unescaped_count += not section
            return b"&amp;"

        return _ILLEGAL.sub(mended, chunk)


def _has_controls(chunk: bytes) -> bool:
    """Whether a control character stands in the chunk that XML does not allow; counting is faster than searching."""
    codes = np.frombuffer(chunk, np.uint8)
    low_count = int(np.count_nonzero(codes < 0x20)) - int(np.count_nonzero(codes == 0x0A))
    return low_count != 0 and low_count != chunk.count(b"\t") + chunk.count(b"\r")


def _safe_end(chunk: bytes, *, has_password: bool) -> int:
    """Return where the chunk can be cut: behind a tag; else where no character and no reference is split."""
    end = chunk.rfind(b">") + 1
    if end:
        held = open_password(chunk, end) if has_password else None
        return end if held is None else held
    if len(chunk) < CHUNK_BYTES:
        return 0
    end = max(len(chunk) - _REACH, 0)
    tag = chunk.rfind(b"<", max(end - LONGEST_START, 0), end)
    if tag != -1:
        end = tag
    reference = chunk.rfind(b"&", max(end - _REACH, 0), end)
    if reference != -1 and b";" not in chunk[reference:end]:
        end = reference
    high = _HIGH_AT_END.search(chunk[max(end - _PAIR_BYTES, 0) : end])
    if high is not None and (int(high[1], 16) if high[1] else int(high[2])) <= _LAST_HIGH:
        end -= len(high[0])
    for _ in range(3):
        if end and chunk[end] & 0xC0 == 0x80:
            end -= 1
    return end


def _replace_undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _PLACEHOLDER, error.end


_DECODING_ERRORS = "trapline-mark"
codecs.register_error(_DECODING_ERRORS, _replace_undecodable)
