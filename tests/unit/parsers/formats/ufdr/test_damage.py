"""Broken and hostile reports: what was whole is kept, the rest is named, and nothing runs away."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.contract import Delivery, Limits, ReadContext
from parsers.errors import InputRefused
from parsers.outcome import ReadState
from parsers.reading import read
from parsers.records.facts import Message
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    chat,
    codes,
    delivery_of,
    field,
    message,
    messages_of,
    model,
    parties,
    party,
    read_delivery,
    read_text,
    report,
    sms,
    write,
)


def test_a_truncated_report_keeps_what_was_whole(tmp_path: Path) -> None:
    text = report(*(sms(f"m{number}") for number in range(10))).encode()
    cut = text[: text.index(b'id="m7"') + 200]
    result = read_text(tmp_path, cut)
    assert [each.source.locator for each in messages_of(result)] == [f"model m{number}" for number in range(7)]
    assert codes(result) == {"input_truncated": 1, "element_unreadable": 1}
    assert result.state is ReadState.PARTIAL
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].noticed) == (8, 1)


def test_a_report_cut_between_two_models_has_no_unreadable_one(tmp_path: Path) -> None:
    text = report(*(sms(f"m{number}") for number in range(3))).encode()
    cut = text[: text.rindex(b"</model>") + len(b"</model>")]
    result = read_text(tmp_path, cut)
    assert len(messages_of(result)) == 3
    assert codes(result) == {"input_truncated": 1}


@pytest.mark.parametrize("behind", [b"\0" * 5_000, b"\0\0garbage", b"\n\0", b"x" * 300_000, b"\xff\xfe", b">" * 70_000])
def test_padding_behind_the_end_is_no_truncation(tmp_path: Path, behind: bytes) -> None:
    result = read_text(tmp_path, report(sms("m1"), sms("m2", body="x\x01")).encode() + behind)
    assert len(messages_of(result)) == 2
    assert result.state is ReadState.COMPLETE
    assert codes(result) == {"padding_behind_end": 1, "characters_replaced": 1}
    (replaced,) = [notice.count for notice in result.notices if notice.code == "characters_replaced"]
    assert replaced == 1


@pytest.mark.parametrize("padding", [b"", b"\0" * 70_000, b"x" * 70_000])
def test_a_second_report_behind_the_end_is_said(tmp_path: Path, padding: bytes) -> None:
    whole = report(sms("m1")).encode()
    result = read_text(tmp_path, whole + padding + report(sms("m2")).encode())
    assert len(messages_of(result)) == 1
    assert codes(result)["document_behind_end"] == 1
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_second_report_right_behind_the_first_is_no_malformed_place(tmp_path: Path, encoding: str) -> None:
    """The declaration of the second is the first thing that the parser stumbles over."""
    joined = "\n".join(report(sms("m1"), sms(each)) for each in ("m2", "m3"))
    for text in (joined, compact(joined).decode(), joined.replace("\n<?xml", "\r\n\r\n<?xml")):
        result = read_text(tmp_path, text.encode(encoding))
        assert [each.source.locator for each in messages_of(result)] == ["model m1", "model m2"]
        assert codes(result) == {"document_behind_end": 1}
        assert result.state is ReadState.PARTIAL


def test_a_declaration_in_a_report_is_a_malformed_place(tmp_path: Path) -> None:
    text = report(sms("m1"), sms("m2", body="HERE"), sms("m3")).replace("<![CDATA[HERE]]>", '<?xml version="1.0"?>')
    assert "document_behind_end" not in codes(read_text(tmp_path, text))


def test_markup_behind_the_end_costs_no_message_however_the_report_is_spaced(tmp_path: Path) -> None:
    whole = "".join(line.strip() for line in report(sms("m1"), sms("m2")).splitlines())
    result = read_text(tmp_path, whole.encode() + b"x<!-- not closed")
    assert [each.source.locator for each in messages_of(result)] == ["model m1", "model m2"]
    assert set(codes(result)) == {"input_malformed"}
    assert result.state is ReadState.PARTIAL


def test_a_model_without_type_that_looks_like_a_message_is_missing(tmp_path: Path) -> None:
    text = report(sms("m1")).replace("</decodedData>", f'<model id="x">{field("Body", "whose")}</model></decodedData>')
    result = read_text(
        tmp_path, text.replace("</decodedData>", '<model id="y"><field name="A"/></model></decodedData>')
    )
    assert codes(result) == {"element_unreadable": 1, "element_not_read": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    (rows,) = result.tally.values()
    assert rows["other:model without type"].noticed == 2


def compact(text: str) -> bytes:
    return "".join(line.strip() for line in text.splitlines()).encode()


def test_a_compact_report_cut_between_two_models_keeps_both(tmp_path: Path) -> None:
    text = compact(report(sms("m1") + sms("m2") + sms("m3")))
    for behind in (b"", b"<mod", b"<model type="):
        cut = text[: text.index(b'<model type="SMS" id="m3"')] + behind
        result = read_text(tmp_path, cut)
        assert [each.source.locator for each in messages_of(result)] == ["model m1", "model m2"]
        assert codes(result) == {"input_truncated": 1}


def test_a_compact_report_that_is_malformed_keeps_the_model_before_the_place(tmp_path: Path) -> None:
    text = compact(report(sms("m1") + sms("m2") + sms("m3"))).replace(b'id="m3"', b'id="m3" <')
    result = read_text(tmp_path, text)
    assert [each.source.locator for each in messages_of(result)] == ["model m1", "model m2"]
    assert codes(result) == {"stretch_malformed": 1}


def test_every_cut_gives_a_balanced_tally_and_a_partial_state(tmp_path: Path) -> None:
    text = report(
        sms("m1"),
        chat("c1", parties(party(OTHER), name="Participants"), messages=message("m2") + message("m3")),
        model("Location", "l1"),
    ).encode()
    for place in range(text.index(b"<decodedData"), len(text) - 2, 37):
        result = read_text(tmp_path, text[:place])
        assert result.state is ReadState.PARTIAL, place


def test_a_malformed_middle_costs_itself(tmp_path: Path) -> None:
    text = report(sms("m1"), sms("m2"), sms("m3")).replace('id="m2"', 'id="m2" <', 1)
    result = read_text(tmp_path, text)
    assert [each.source.locator for each in messages_of(result)] == ["model m1", "model m3"]
    assert codes(result) == {"stretch_malformed": 1}
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize("bad", ["</field>", "<a b=c>"])
def test_malformed_content_is_said_and_counted(tmp_path: Path, bad: str) -> None:
    text = report(sms("m1"), sms("m2", body="HERE")).replace("<![CDATA[HERE]]>", bad)
    result = read_text(tmp_path, text)
    assert len(messages_of(result)) == 1
    assert codes(result) == {"stretch_malformed": 1, "element_unreadable": 1}


def test_rubbish_behind_the_end_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(sms("m1")) + "<more/>")
    assert len(messages_of(result)) == 1
    assert codes(result) == {"input_malformed": 1}


def test_an_unescaped_password_breaks_nothing(tmp_path: Path) -> None:
    bad = model("Password", "p1", '<field name="Data" type="String"><value type="String">a<b&c</value></field>')
    result = read_text(tmp_path, report(bad, sms("m1")))
    assert len(messages_of(result)) == 1
    assert codes(result) == {"element_not_read": 1}


def nested(depth: int) -> Iterator[bytes]:
    text = report("").encode()
    start, end = text.split(b'<modelType type="X">')
    yield start + b'<modelType type="X">' + sms("m1").encode()
    for number in range(depth):
        yield b'<model type="SMS" id="n%d"><multiModelField name="Parties">' % number
    yield b"</multiModelField></model>" * depth + end


@pytest.mark.parametrize("depth", [50, 900, 10_000])
def test_deep_nesting_is_bounded(tmp_path: Path, depth: int) -> None:
    result = read_text(tmp_path, b"".join(nested(depth)))
    assert messages_of(result)[0].source.locator == "model m1"
    if depth > 2_000:
        assert codes(result)["limit_reached"] == 1
        assert result.state is ReadState.PARTIAL


def write_long(folder: Path, start: str, filler: bytes, count: int, end: str) -> Delivery:
    path = folder / "report.xml"
    before, after = report(sms("m1") + model("SMS", "m2", start + "HERE" + end), sms("m3")).split("HERE")
    with path.open("wb") as stream:
        stream.write(before.encode())
        for _ in range(count):
            stream.write(filler)
        stream.write(after.encode())
    return delivery_of(path)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ('<field name="Body"><value><![CDATA[', "]]></value></field>"),
        ('<field name="Body" x="', '"><value>y</value></field>'),
        ('<field name="Body"><value>', "</value></field>"),
        ("<!--", "-->"),
    ],
)
def test_one_endless_piece_ends_the_reading_in_bounded_memory(tmp_path: Path, start: str, end: str) -> None:
    delivery = write_long(tmp_path, start, b"x" * (1 << 20), 40, end)
    limits = Limits(text_chars=1 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = read_delivery(delivery, limits=limits)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024
    assert [each.source.locator for each in messages_of(result)] == ["model m1"]
    assert codes(result)["limit_reached"] == 1
    assert result.state is ReadState.PARTIAL


def test_a_long_text_within_the_limit_is_read_whole(tmp_path: Path) -> None:
    delivery = write_long(tmp_path, '<field name="Body"><value><![CDATA[', b"x" * (1 << 20), 12, "]]></value></field>")
    result = read_delivery(delivery)
    assert len(messages_of(result)) == 3
    assert len(messages_of(result)[1].body or "") == 12 << 20


def test_memory_does_not_grow_with_lists_that_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    before, after = report(sms("m1"), after="<extraInfos>HERE</extraInfos>").split("HERE")
    one = b'<extraInfo type="model" id="%d"><sourceInfo><nodeInfo id="1" name="mmssms.db"/></sourceInfo></extraInfo>\n'
    with path.open("wb") as stream:
        stream.write(before.encode())
        for number in range(300_000):
            stream.write(one % number)
        stream.write(after.encode())
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = read_delivery(delivery_of(path))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start < 30 * 1024
    assert len(messages_of(result)) == 1
    assert codes(result) == {}


def test_bodies_that_look_like_markup_are_bodies(tmp_path: Path) -> None:
    body = '</value></field></model><model type="SMS" id="evil"> ]]> <!DOCTYPE x> <model type="Password">'
    (found,) = messages_of(read_text(tmp_path, report(sms("m1", body=body))))
    assert found.body == body


def test_reading_may_be_abandoned(tmp_path: Path) -> None:
    delivery = write(tmp_path, report(*(sms(f"m{number}") for number in range(100))))
    events = read(delivery, ReadContext(scratch_dir=tmp_path))
    assert next(event for event in events if isinstance(event, Message)).body == "u about?"
    events.close()  # type: ignore[attr-defined]


_SEED = report(
    sms("m1", field("Folder", "Sent"), parties(party(OTHER, "To"))),
    chat("c1", parties(party(OTHER), name="Participants"), messages=message("m2") + message("m3")),
    model("Call", "k1", field("Duration", "00:00:01")),
    model("Contact", "k2", field("Name", "Jay")),
).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_gives_records_notices_or_a_refusal_in_bounded_time(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(_SEED)
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(content)))
        content[place : place + data.draw(st.integers(0, 40))] = data.draw(
            st.one_of(
                st.binary(max_size=12), st.sampled_from([b"<", b"&", b"]]>", b"</model>", b"&#0;", b"\xed\xa0\xbd"])
            )
        )
    began_at = time.process_time()
    try:
        result = read_text(tmp_path, bytes(content[: data.draw(st.integers(len(content) // 3, len(content)))]))
    except InputRefused:
        return
    finally:
        assert time.process_time() - began_at < 5
    assert "reader_failed" not in codes(result)
    if result.state is not ReadState.PARTIAL:
        assert messages_of(result) or result.notices


def test_models_deeper_than_the_limit_end_the_reading(tmp_path: Path) -> None:
    deep = "".join(f'<model type="X" id="d{number}"><field name="a" type="X">' for number in range(40))
    filler = "<value>" + "x" * 400_000 + "</value>"
    text = report(sms("before"), deep + filler + "</field></model>" * 40, sms("after"))
    ended = read_text(tmp_path, text, limits=Limits(nesting_depth=60))
    assert codes(ended)["limit_reached"] == 1
    assert ended.state is ReadState.PARTIAL
    assert len(messages_of(ended)) == 1
    assert len(messages_of(read_text(tmp_path, text))) == 2


def test_an_element_of_many_broken_attributes_takes_bounded_time(tmp_path: Path) -> None:
    many = " ".join(f'a{number}="&#0;"' for number in range(50_000))
    started = time.process_time()
    result = read_text(tmp_path, report(sms("m1").replace("<field ", f"<field {many} ", 1), sms("m2")))
    assert time.process_time() - started < 10
    assert [each.body for each in messages_of(result)] == ["u about?", "u about?"]
    assert codes(result)["element_unreadable"] == 1


@pytest.mark.parametrize(("count", "noticed"), [(1_000, 0), (1_500, 1), (2_500, 1)])
def test_a_field_of_a_chat_with_many_broken_attributes_is_named_once(tmp_path: Path, count: int, noticed: int) -> None:
    many = " ".join(f'a{number}="&#0;"' for number in range(count))
    people = parties(party(OTHER), name="Participants").replace("<multiModelField ", f"<multiModelField {many} ", 1)
    result = read_text(tmp_path, report(chat("c1", people, messages=message("m1") + message("m2"))))
    assert len(messages_of(result)) == 2
    assert codes(result).get("element_unreadable", 0) == noticed


def test_an_unknown_element_among_models_is_counted(tmp_path: Path) -> None:
    renamed = sms("m1").replace("<model ", "<record ").replace("</model>", "</record>")
    result = read_text(tmp_path, report(sms("m0") + renamed, renamed.replace("m1", "m2"), sms("m3")))
    assert len(messages_of(result)) == 2
    found = {notice.subject: notice.count for notice in result.notices if notice.code == "element_unreadable"}
    assert found == {"record among models": 2}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
