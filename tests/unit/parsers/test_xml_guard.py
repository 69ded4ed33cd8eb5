"""The byte cleaner and the strict parser behind it."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parsers.errors import InputRefused
from parsers.xml_guard import MARK, CleanXml, attributes_of, encoding_of, root_tag, strict_parser, unmark


class Trickle:
    """Gives bytes in pieces of a fixed size, whatever is asked for."""

    def __init__(self, content: bytes, size: int) -> None:
        self._stream = BytesIO(content)
        self._size = size

    def read(self, size: int, /) -> bytes:
        return self._stream.read(min(size, self._size))


def cleaned(content: bytes, size: int = 1 << 16) -> tuple[str, CleanXml]:
    clean = CleanXml(Trickle(content, size))
    return b"".join(clean.chunks()).decode(), clean


def text_of(content: bytes) -> tuple[str, CleanXml]:
    """Return the text of the root after cleaning and parsing, marks turned back."""
    clean = CleanXml(BytesIO(content))
    parser = strict_parser(["a"])
    for chunk in clean.chunks():
        parser.feed(chunk)
    root = parser.close()
    return unmark("".join(map(str, root.itertext())))[0], clean


def test_clean_input_passes_unchanged() -> None:
    content = '<?xml version="1.0"?>\n<a b="c">£5 \U0001f44d &amp; &#128077; <![CDATA[x ]]]]><![CDATA[> y]]></a>\n'
    text, clean = cleaned(content.encode())
    assert text == content
    assert clean.replaced_count == 0


@pytest.mark.parametrize(
    ("content", "expected", "count"),
    [
        (b"<a>x\x01y</a>", "x\ufffdy", 1),
        (b"<a><![CDATA[x\x00\x1fy]]></a>", "x\ufffd\ufffdy", 2),
        (b"<a>x&#x0;y</a>", "x\ufffdy", 1),
        (b"<a>x&#x1F;&#xFFFE;y</a>", "x\ufffd\ufffdy", 2),
        (b"<a>x\xef\xbf\xbey</a>", "x\ufffdy", 1),
        (b"<a>x\xff\xfe\xfdy</a>", "x\ufffdy", 1),
        (b"<a>x\xc3</a>", "x\ufffd", 1),
        (b"<a>x\xed\xa0\xbdy</a>", "x\ufffdy", 1),
        (b"<a>&#xD83D;</a>", "\ufffd", 1),
        (b"<a>&#xDE00;&#xD83D;</a>", "\ufffd\ufffd", 2),
        (b"<a>&#55357;&#56832;</a>", "\U0001f600", 0),
        (b"<a>&#xD83D;&#xde00;</a>", "\U0001f600", 0),
        (b"<a>x&#xD;&#10;y</a>", "x\r\ny", 0),
        (b"<a>x\r\ny</a>", "x\ny", 0),
        ("<a>\x85\x9f\x7f</a>".encode(), "\x85\x9f\x7f", 0),
        ("<a>\ufffd</a>".encode(), "\ufffd", 0),
        ("<a>\ufdd0\ufdd1 \ufdd0</a>".encode(), "\ufdd0\ufdd1 \ufdd0", 0),
        (b"<a>&#xFDD0;&#xFDD1;</a>", "\ufdd0\ufdd1", 0),
    ],
)
def test_what_cannot_be_text_is_replaced_and_counted(content: bytes, expected: str, count: int) -> None:
    text, clean = text_of(content)
    assert text == expected
    assert clean.replaced_count == count


def test_a_reference_inside_cdata_is_plain_text() -> None:
    content = b"<a><![CDATA[&#x0; &#55357;&#56832; &#xFDD0;]]>&#x0;</a>"
    text, clean = text_of(content)
    assert text == "&#x0; &#55357;&#56832; &#xFDD0;\ufffd"
    assert clean.replaced_count == 1


def test_cdata_is_known_across_chunks() -> None:
    filler = b"<b>" + b"x>" * 40_000 + b"</b>"
    content = b"<a><![CDATA[" + filler + b" &#x0; " + filler + b"]]></a>"
    text, clean = text_of(content)
    assert " &#x0; " in text
    assert clean.replaced_count == 0


def test_a_genuine_replacement_character_is_told_from_a_replaced_one() -> None:
    text, _ = cleaned("<a>\ufffd\x01</a>".encode())
    assert text == f"<a>\ufffd{MARK}</a>"
    assert unmark("\ufffd" + MARK) == ("\ufffd\ufffd", 1)


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 16])
def test_pieces_of_any_size_give_the_same(size: int) -> None:
    body = "&#xD83D;&#xDE00; £ \U0001f44d &#x0; \x01 " * 50
    content = b"\xef\xbb\xbf<a>" + body.encode() + b"\xff\xfe</a>"
    text, clean = cleaned(content, size)
    assert text == cleaned(content)[0]
    assert clean.replaced_count == 101


def test_a_long_text_without_tags_is_cut_between_characters() -> None:
    body = ("é" * 31 + "&#xD83D;&#xDE00;") * 6_000
    text, clean = cleaned(b"<a>" + body.encode() + b"</a>", 997)
    assert text == "<a>" + body.replace("&#xD83D;&#xDE00;", "&#128512;") + "</a>"
    assert clean.replaced_count == 0


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0" encoding="utf-8"?><a>\U0001f44d £</a>'.encode("utf-16"),
        '<?xml version="1.0" encoding="utf-16"?><a>\U0001f44d £</a>'.encode("utf-16-le"),
        b"\xfe\xff" + '<?xml version="1.0"?><a>\U0001f44d £</a>'.encode("utf-16-be"),
        '<?xml version="1.0" encoding="utf-16"?><a>\U0001f44d £</a>'.encode(),
    ],
)
def test_the_encoding_is_that_of_the_bytes(content: bytes) -> None:
    assert text_of(content)[0] == "\U0001f44d £"


def test_a_declared_code_page_is_read() -> None:
    assert text_of('<?xml version="1.0" encoding="windows-1252"?><a>£ €</a>'.encode("cp1252"))[0] == "£ €"


def test_lone_surrogates_of_utf_16_are_replaced_one_by_one() -> None:
    content = "<a>x".encode("utf-16-le") + b"\x3d\xd8\x3d\xd8" + "y\ufffd\ufdd0\ufdd1\uffff</a>".encode("utf-16-le")
    text, clean = text_of(b"\xff\xfe" + content)
    assert text == "x\ufffd\ufffdy\ufffd\ufdd0\ufdd1\ufffd"
    assert clean.replaced_count == 3


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE a>",
        '<?xml version="1.0"?>\n<!-- x --> <?y z?><!DOCTYPE a [<!ENTITY b "c">]>',
        "\n <!doctype a>",
        "<!--" + "x" * 60_000 + "--><!DOCTYPE a>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused_before_anything_is_parsed(prolog: str, encoding: str) -> None:
    if encoding == "utf-16" and len(prolog) > 30_000:
        prolog = prolog.replace("x" * 60_000, "x" * 20_000)
    with pytest.raises(InputRefused) as refusal:
        CleanXml(BytesIO((prolog + "<a/>").encode(encoding)))
    assert refusal.value.code == "doctype_refused"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("marks", [1, 2])
def test_a_byte_order_mark_before_another_is_none_of_the_text(marks: int, encoding: str) -> None:
    assert text_of(("\ufeff" * marks + "<a>yo</a>").encode(encoding))[0] == "yo"


def test_the_word_doctype_in_a_text_is_no_document_type() -> None:
    assert text_of(b"<a>&lt;!DOCTYPE x> <![CDATA[<!DOCTYPE y>]]></a>")[0] == "<!DOCTYPE x> <!DOCTYPE y>"


def test_a_document_type_behind_a_prolog_without_end_is_not_expanded() -> None:
    bomb = b"<!--" + b"x" * (1 << 17) + b'--><!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>'
    clean = CleanXml(BytesIO(bomb))
    assert clean.root is None
    parser = strict_parser(["a"])
    for chunk in clean.chunks():
        parser.feed(chunk)
    assert "boom" not in "".join(map(str, parser.close().itertext()))


def test_an_unescaped_password_is_made_text() -> None:
    model = b'<model type="Password" id="1"><field name="Data" type="String">\n<value type="String">p<w&d</value>'
    content = b"<a>" + model + b"</field></model><c>&amp;</c></a>"
    assert text_of(content)[0].split() == ["p<w&d&"]


@pytest.mark.parametrize("size", [1 << 16, 13])
def test_a_password_is_wrapped_wherever_the_chunks_end(size: int) -> None:
    model = (
        b'<model type="Password" id="1"><field name="Data" type="String"><value type="String">a<b&c</value></field>'
        b'<field name="Label" type="String"><value type="String"><![CDATA[x]]></value></field></model>'
    )
    content = b"<a>" + b"<x>y</x>" * 9_000 + model * 50 + b"</a>"
    text, _ = cleaned(content, size)
    assert text.count("<![CDATA[a<b&c]]>") == 50
    etree.fromstring(text.encode())


def test_an_escaped_password_stays_as_it_is() -> None:
    model = '<model type="Password"><field name="Data"><value>a&lt;b&#62;</value></field></model>'
    assert cleaned(f"<a>{model}</a>".encode())[0] == f"<a>{model}</a>"


def test_endless_ampersands_are_not_held_back() -> None:
    text, _ = cleaned(b"<a>" + b"&" * 400_000 + b"\x80" * 400_000, 1 << 16)
    assert text.startswith("<a>&amp;&amp;&amp;")


def test_root_tag_and_encoding() -> None:
    assert root_tag(b'\xef\xbb\xbf<?xml version="1.0"?><!-- a --><project id="1">') == 'project id="1"'
    assert root_tag(b"SQLite format 3\x00") is None
    assert root_tag(b"") is None
    assert root_tag(b"<sms") == "sms"
    assert root_tag("<prüf:bericht/>".encode()) == "prüf:bericht/"
    assert encoding_of(b"<?xml version='1.0' encoding='no-such'?>") == ("utf-8", 0)
    assert encoding_of(b'<?xml version="1.0" encoding="utf-7"?>') == ("utf-8", 0)


@pytest.mark.parametrize("content", [b"<\xfa\x03", b"<7 a>", b"<O\x0b\xe8>", b"\x0c<\xda\x91\x1d", b"< a>", b"<"])
def test_bytes_that_only_begin_with_a_bracket_are_no_xml(content: bytes) -> None:
    assert root_tag(content) is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([1, 3, 64]))
def test_any_bytes_are_cleaned_to_utf_8(content: bytes, size: int) -> None:
    try:
        clean = CleanXml(Trickle(content, size))
    except InputRefused:
        return
    for chunk in clean.chunks():
        chunk.decode()
        assert not any(code < 0x20 and code not in b"\t\n\r" for code in chunk)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_unmark_gives_back_what_the_cleaner_escaped(body: str) -> None:
    legal = "".join(c for c in body if c in "\t\n" or (c >= " " and c not in "<>&\ufffe\uffff"))
    text, clean = text_of(f"<a>{legal}</a>".encode())
    assert text == legal
    assert clean.replaced_count == 0


REFERENCES = [
    ("&#99999999999;", "\ufffd", 1, 0),
    ("&#x1FFFFFFFF;", "\ufffd", 1, 0),
    ("&#" + "0" * 40 + "1;", "\ufffd", 1, 0),
    ("&#" + "0" * 40 + "65;", "A", 0, 0),
    ("&#-5;", "\ufffd", 1, 0),
    ("&#X41;", "\ufffd", 1, 0),
    ("&#x;&#;", "\ufffd\ufffd", 2, 0),
    ("&#xZZ;", "\ufffd", 1, 0),
    ("&nbsp;", "\ufffd", 1, 0),
    ("&a:b.c-d;", "\ufffd", 1, 0),
    ("fish & chips, B&B, ?a=1&b=2", "fish & chips, B&B, ?a=1&b=2", 0, 3),
    ("&&amp;&&lt;", "&&&<", 0, 2),
    ("&# 5; &#12", "&# 5; &#12", 0, 2),
    ("&#" + "1" * 500 + ";", "&#" + "1" * 500 + ";", 0, 1),
    ("&amp;&lt;&gt;&quot;&apos;&#65;&#x41;", "&<>\"'AA", 0, 0),
    ("<![CDATA[& &nbsp; &#-5;]]>&", "& &nbsp; &#-5;&", 0, 1),
]


def mended(content: bytes, size: int = 1 << 16) -> tuple[str, CleanXml]:
    clean = CleanXml(Trickle(content, size))
    parser = strict_parser(["a"])
    for chunk in clean.chunks():
        parser.feed(chunk)
    return unmark("".join(map(str, parser.close().itertext())))[0], clean


@pytest.mark.parametrize(("written", "text", "replaced", "unescaped"), REFERENCES)
def test_no_reference_ends_the_reading(written: str, text: str, replaced: int, unescaped: int) -> None:
    found, clean = mended(f"<a>x{written}y</a>".encode())
    assert found == f"x{text}y"
    assert (clean.replaced_count, clean.unescaped_count) == (replaced, unescaped)


@pytest.mark.parametrize("size", [1 << 16, 61])
@pytest.mark.parametrize("aside", ["<!--{}-->", "<?x {}?>"])
def test_what_stands_in_a_comment_is_none_of_the_values(aside: str, size: int) -> None:
    """The file that an application writes names it in a comment: ``SMS Backup & Restore``."""
    aside = aside.format(" a & b &nbsp; &#0; &#99999999999; <![CDATA[ > ")
    content = f"{aside}<a>{aside}&amp;{aside * 2_000}x</a>{aside}".encode()
    found, clean = mended(content, size)
    assert found == "&x"
    assert (clean.replaced_count, clean.unescaped_count) == (0, 0)
    content = f"{aside}<a>{aside}&{aside * 2_000}&nbsp;<![CDATA[<!-- <? & ]]>&#0;x&</a>{aside}".encode()
    found, clean = mended(content, size)
    assert found == "&\ufffd<!-- <? & \ufffdx&"
    assert (clean.replaced_count, clean.unescaped_count) == (2, 2)


@pytest.mark.parametrize("filler", range(65_455, 65_475))
def test_the_start_of_cdata_is_whole_wherever_a_chunk_ends(filler: int) -> None:
    found, clean = mended(b"<a>" + b"." * filler + b"<![CDATA[" + b"&#0; " * 100 + b"]]></a>", 64)
    assert found == "." * filler + "&#0; " * 100
    assert (clean.replaced_count, clean.unescaped_count) == (0, 0)


def test_ampersands_can_be_left_to_the_reader() -> None:
    clean = CleanXml(BytesIO(b"<a>&&nbsp;&#-5;&amp;</a>"), leaves_ampersands=True)
    assert b"".join(clean.chunks()).decode() == f"<a>&{MARK}{MARK}&amp;</a>"
    assert (clean.replaced_count, clean.unescaped_count) == (2, 0)


@pytest.mark.parametrize("filler", [1, 7, 100, 1_000])
def test_a_reference_is_whole_wherever_a_chunk_ends(filler: int) -> None:
    """Without a tag between them chunks are cut in the text."""
    whole = [row for row in REFERENCES if "<" not in row[0] and len(row[0]) < 100]
    written = "".join("." * filler + row[0] for row in whole)
    text = "".join("." * filler + row[1] for row in whole)
    times = 400_000 // len(written)
    found, clean = mended(f"<a>{written * times}</a>".encode(), 4_096)
    assert found == text * times
    assert clean.replaced_count == times * sum(row[2] for row in whole)
    assert clean.unescaped_count == times * sum(row[3] for row in whole)


def test_a_file_of_illegal_references_takes_linear_time() -> None:
    for content in (b"&" * 3_000_000, b"&#0;" * 750_000, b"&#" + b"0" * 3_000_000, b"&n" * 1_500_000, b"&#x" * 999_999):
        clean = CleanXml(BytesIO(b"<a>" + content + b"</a>"))
        assert sum(map(len, clean.chunks())) >= len(content)


@pytest.mark.parametrize("count", [0, 1, 63, 64, 5_000])
def test_attributes_are_in_order_however_many_there_are(count: int) -> None:
    stated = [(f"a{number}", f"v{number}") for number in range(count)]
    element = etree.fromstring("<a " + " ".join(f"{name}='{value}'" for name, value in stated) + "/>")
    assert attributes_of(element) == stated == list(element.items())
