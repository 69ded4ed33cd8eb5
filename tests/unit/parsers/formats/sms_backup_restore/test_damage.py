"""Broken and hostile backups: what was whole is kept, the rest is named, and nothing runs away."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.contract import Delivery, Limits, ReadContext
from parsers.errors import InputRefused
from parsers.formats.sms_backup_restore import SmsBackupRestoreParser
from parsers.outcome import ReadState
from parsers.records.facts import Message
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    addr,
    backup,
    bodies_of,
    call,
    calls_of,
    codes,
    is_balanced,
    messages_of,
    mms,
    part,
    read_text,
    sms,
)

BODIES = ["one", "two > two", "three", "four", "five"]
WHOLE = backup(
    sms("one"),
    sms("two > two"),
    mms(part("text/plain", "three"), addresses=(addr("60777", 137),)),
    sms("four"),
    sms("five"),
)


def test_every_cut_is_noticed_and_keeps_what_was_whole(tmp_path: Path) -> None:
    content = WHOLE.encode()
    for place in range(content.index(b"<smses") + 80, len(content) - 1, 5):
        result = read_text(tmp_path, content[:place])
        assert bodies_of(result) == BODIES[: len(bodies_of(result))], place
        assert "input_truncated" in codes(result), place
        assert result.state is ReadState.PARTIAL, place
        assert is_balanced(result), place
        (rows,) = result.tally.values()
        seen = rows["message"].seen if "message" in rows else 0
        told = [notice.subject for notice in result.notices if notice.code == "count_cut"]
        assert told == ([f"5 messages and holds {seen}: {5 - seen}"] if seen < 5 else []), place
        assert "count_short" not in codes(result), place


def test_a_cut_element_is_counted_and_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, WHOLE[: WHOLE.index("four") + 2])
    assert bodies_of(result) == ["one", "two > two", "three"]
    notice = next(each for each in result.notices if each.code == "element_unreadable")
    assert (notice.count, notice.element, notice.first_locator) == (1, "message", "sms 3")
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].indexed, rows["message"].noticed) == (4, 3, 1)


@pytest.mark.parametrize(
    "bad",
    [
        '<sms address="1" body="said "hi" and left" />',
        '<sms address="1" address="2" body="x" />',
        '<sms address="1" body=not quoted type="1" />',
        '<sms address="1" bo?dy="x" date="1" type="1" />',
        "<sms protocol />",
        "<sms address='1' body='it's' />",
        '<sms address="1" body="never closed />',
        '<mms address="1"><parts><part ct="text/plain" text="x"></parts></mms>',
        '<mms address="1"><parts>',
    ],
)
def test_a_malformed_element_costs_itself_alone(tmp_path: Path, bad: str) -> None:
    result = read_text(tmp_path, backup(sms("before"), bad, sms("after")))
    assert bodies_of(result) == ["before", "after"]
    assert codes(result) == {"element_unreadable": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert is_balanced(result)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("fish & chips", "fish & chips"),
        ("a < b", "a < b"),
        ("2 for 5 <sms me>", "2 for 5 <sms me>"),
        ("&& &; &#12 &# 5;", "&& &; &#12 &# 5;"),
        ("a <!-- b", "a <!-- b"),
        ("a --> <!-- b <?", "a --> <!-- b <?"),
        ("&amp; & &lt; <", "& & < <"),
    ],
)
def test_characters_that_should_be_escaped_are_read_as_they_stand(tmp_path: Path, body: str, read: str) -> None:
    result = read_text(tmp_path, backup(sms(body), sms("after")))
    assert bodies_of(result) == [read, "after"]
    assert codes(result) == {"markup_unescaped": 1}
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize(
    ("body", "read", "replaced"),
    [
        ("&nbsp;&bogus;", "\ufffd\ufffd", 2),
        ("x&#99999999999;y", "x\ufffdy", 1),
        ("&#-5;&#X41;&#0;", "\ufffd\ufffd\ufffd", 3),
    ],
)
def test_references_that_xml_does_not_allow_are_replaced_characters(
    tmp_path: Path, body: str, read: str, replaced: int
) -> None:
    result = read_text(tmp_path, backup(sms("before"), sms(body), mms(part("text/plain", body)), sms("after")))
    assert bodies_of(result) == ["before", read, read, "after"]
    assert [each.body_notices for each in messages_of(result)[1:3]] == [("replaced_characters",)] * 2
    assert [(each.code, each.count, each.first_locator) for each in result.notices] == [
        ("characters_replaced", 2 * replaced, "sms 2")
    ]
    assert result.state is ReadState.COMPLETE


def test_an_illegal_reference_beside_raw_markup(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(sms("&nbsp; & < &#000000000065;"), sms("after")))
    assert bodies_of(result) == ["\ufffd & < A", "after"]
    assert codes(result) == {"characters_replaced": 1, "markup_unescaped": 1}


def test_the_comment_in_which_the_application_names_itself_is_no_damage(tmp_path: Path) -> None:
    head = "<!--File Created By SMS Backup & Restore v10.21.002 on 10/05/2024 16:31:00-->\n<!-- &nbsp; -->\n"
    result = read_text(tmp_path, backup(sms("one"), head=head))
    assert (bodies_of(result), codes(result)) == (["one"], {})


def test_what_looks_like_a_comment_in_a_value_hides_nothing(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        backup(sms("a <!-- b"), sms("two"), mms(part("text/plain", "<!--")), "<!-- <sms body='no' /> -->", sms("end")),
    )
    assert bodies_of(result) == ["a <!-- b", "two", "<!--", "end"]
    assert codes(result) == {"markup_unescaped": 2, "count_short": 1}


def test_a_comment_without_an_end_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(sms("one"), "<!-- note", sms("hidden")).replace("-->", ""))
    assert bodies_of(result) == ["one"]
    assert codes(result)["input_malformed"] == 1
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize(
    "aside",
    [f"<![CDATA[{sms('no')} <!-- </smses> ]]>", f"<?note {sms('no')} </smses> ?>", f"<!-- <![CDATA[ {sms('no')}-->"],
)
def test_elements_in_what_is_no_markup_are_none(tmp_path: Path, aside: str) -> None:
    result = read_text(tmp_path, backup(sms("one"), aside, sms("two"), aside, count=2))
    assert (bodies_of(result), codes(result)) == (["one", "two"], {})
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize("opening", ["<![CDATA[", "<?note "])
def test_a_section_without_an_end_hides_nothing_and_is_said(tmp_path: Path, opening: str) -> None:
    result = read_text(tmp_path, backup(sms("one"), opening, sms("two"), opening, sms("three"), count=3))
    assert bodies_of(result) == ["one", "two", "three"]
    assert codes(result) == {"input_malformed": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_what_looks_like_a_section_in_a_value_hides_nothing(tmp_path: Path) -> None:
    typed = sms("a <![CDATA[ b"), sms('a "<?b <![CDATA[ c'), sms("two ]]> ?>"), sms("end")
    result = read_text(tmp_path, backup(*typed))
    assert bodies_of(result) == ["a <![CDATA[ b", "two ]]> ?>", "end"]
    assert codes(result) == {"markup_unescaped": 1, "element_unreadable": 1}


def test_openings_of_sections_take_linear_time(tmp_path: Path) -> None:
    started = time.process_time()
    result = read_text(tmp_path, backup(sms("one"), "<![CDATA[<?a " * 100_000, sms("<![CDATA[<?a "), count=2))
    assert bodies_of(result) == ["one", "<![CDATA[<?a "]
    result = read_text(tmp_path, backup(sms("one"), f"<![CDATA[{sms('no')}]]>" * 10_000, sms("two"), count=2))
    assert time.process_time() - started < 20
    assert (bodies_of(result), codes(result)) == (["one", "two"], {})


@pytest.mark.parametrize("padding", [b"\0" * 4_000, b"\n\xff\xff\xff\n", b"\0" * 300_000])
def test_padding_behind_the_end_is_no_damage(tmp_path: Path, padding: bytes) -> None:
    result = read_text(tmp_path, WHOLE.encode() + padding)
    assert bodies_of(result) == BODIES
    assert codes(result) == {"padding_behind_end": 1}
    assert result.state is ReadState.COMPLETE


def test_a_block_of_elements_in_a_comment_takes_linear_time(tmp_path: Path) -> None:
    started = time.process_time()
    result = read_text(tmp_path, backup(sms("one"), f"<!--{sms('no') * 30_000}-->", sms("two"), count=2))
    assert time.process_time() - started < 20
    assert (bodies_of(result), codes(result)) == (["one", "two"], {})


def test_attributes_that_touch_are_read_and_said(tmp_path: Path) -> None:
    touching = sms("a b").replace('" read=', '"read=')
    result = read_text(tmp_path, backup(touching, sms("after")))
    assert bodies_of(result) == ["a b", "after"]
    assert messages_of(result)[0].status == "read"
    assert codes(result) == {"markup_broken": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_elements_of_other_types_are_counted_and_named(tmp_path: Path) -> None:
    other = '<rcs body="x > y" /><rcs body="&lt;sms&gt;"></rcs><!-- <sms body="no" /> --><sticker id="1"/>'
    result = read_text(tmp_path, backup(sms("one"), other, sms("two"), count=2))
    assert bodies_of(result) == ["one", "two"]
    assert {(each.subject, each.count) for each in result.notices} == {("rcs", 2), ("sticker", 1)}
    assert is_balanced(result)
    assert result.state is ReadState.COMPLETE


def test_calls_among_texts_are_read(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(sms("one"), call(), sms("two")))
    assert (len(messages_of(result)), len(calls_of(result))) == (2, 1)


def test_what_stands_behind_the_end_is_read_and_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, WHOLE + "\n" + backup(sms("six")))
    assert bodies_of(result) == [*BODIES, "six"]
    assert codes(result) == {"more_behind_end": 1, "count_exceeded": 1}
    assert codes(read_text(tmp_path, WHOLE + "<more/>")) == {"more_behind_end": 1}
    assert codes(read_text(tmp_path, WHOLE + "\n<!-- end -->\n")) == {}


def test_an_empty_backup(tmp_path: Path) -> None:
    for text in (backup(), '<smses count="0" backup_set="x" />'):
        result = read_text(tmp_path, text)
        assert (result.records, codes(result), len(result.parts)) == ((), {}, 1)


@pytest.mark.parametrize("declaration", ["<!DOCTYPE smses>", '<!DOCTYPE smses [<!ENTITY e "x">]>'])
def test_a_document_type_is_refused(tmp_path: Path, declaration: str) -> None:
    text = backup(sms("&e;" if "ENTITY" in declaration else "x"))
    with pytest.raises(InputRefused) as refused:
        read_text(tmp_path, text.replace("?>", f"?>\n{declaration}", 1))
    assert refused.value.code == "doctype_refused"


def test_an_element_larger_than_the_limit_costs_itself(tmp_path: Path) -> None:
    text = backup(sms("before"), sms("x" * 300_000), sms("after"))
    result = read_text(tmp_path, text, limits=Limits(text_chars=10_000))
    assert bodies_of(result) == ["before", "after"]
    assert codes(result) == {"element_unreadable": 1, "limit_reached": 1}
    assert result.state is ReadState.PARTIAL
    assert is_balanced(result)


def test_a_long_body_within_the_limit(tmp_path: Path) -> None:
    body = "0123456789abcdef" * 200_000
    assert bodies_of(read_text(tmp_path, backup(sms(body), sms("x")))) == [body, "x"]


@pytest.mark.parametrize(
    "filling",
    [
        "<!--" * 400_000,
        "<?" * 400_000,
        '<sms a="' * 100_000,
        "<sms " + " " * 1_000_000,
        "<part " * 200_000,
        '<part data="' * 100_000,
        "&" * 1_000_000,
        "'\"" * 400_000,
        "</smses" * 100_000,
        "<sms a='<!--" * 100_000,
        "<!-- <sms a='' --> " * 100_000,
        "<!-- " + "<sms a='" * 100_000,
        "<a " * 200_000 + "<!--" + "<sms a='" * 100_000,
    ],
    ids=range(13),
)
def test_hostile_fillings_take_bounded_time(tmp_path: Path, filling: str) -> None:
    started = time.process_time()
    result = read_text(tmp_path, backup(sms("before"), filling, sms("after")))
    assert time.process_time() - started < 20
    assert "before" in bodies_of(result)
    assert is_balanced(result)


@given(st.binary(max_size=60), st.integers(0, 2_000))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_anywhere_give_records_notices_or_a_refusal(tmp_path: Path, raw: bytes, place: int) -> None:
    content = WHOLE.encode()
    try:
        result = read_text(tmp_path, content[:place] + raw + content[place + len(raw) // 2 :])
    except InputRefused:
        return
    assert is_balanced(result)
    assert not {"reader_failed", "tally_differs"} & set(codes(result))


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write('<smses count="60000" backup_set="x">\n')
        for number in range(60_000):
            file.write(sms(f"text {number}") + "\n")
        file.write("</smses>")
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    events = SmsBackupRestoreParser().read(delivery, ReadContext(scratch_dir=tmp_path))
    assert sum(isinstance(event, Message) for event in events) == 60_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024


def test_an_element_of_many_attributes_takes_linear_time(tmp_path: Path) -> None:
    many = " ".join(f'a{number}="1"' for number in range(60_000))
    started = time.process_time()
    texts = backup(sms("one").replace("<sms", f"<sms {many}"), call().replace("<call", f"<call {many}"), sms("two"))
    result = read_text(tmp_path, texts)
    assert time.process_time() - started < 10
    assert bodies_of(result) == ["one", "two"]
    assert len(messages_of(result)[0].extra) == 60_000
    assert is_balanced(result)


@pytest.mark.parametrize("value", ["&#0;", "\ufdd0"])
def test_an_element_of_many_broken_attributes_is_named(tmp_path: Path, value: str) -> None:
    many = " ".join(f'a{number}="{value}"' for number in range(60_000))
    started = time.process_time()
    result = read_text(tmp_path, backup(sms("one").replace("<sms", f"<sms {many}"), sms("two")))
    assert time.process_time() - started < 10
    assert bodies_of(result) == ["two"]
    assert codes(result) == {"element_unreadable": 1}
    assert is_balanced(result)
