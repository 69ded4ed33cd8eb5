"""Behind a malformed place a report is read on: each model once, none out of its parent, and the gap is told."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers import xml_recovery
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Message
from parsers.xml_tags import Level
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    OWNER,
    chat,
    codes,
    delivery_of,
    extractions,
    field,
    items,
    message,
    messages_of,
    model,
    parties,
    party,
    read_delivery,
    read_text,
    report,
    sender,
    sms,
)


def listed(kind: str, *models: str) -> str:
    return f'<modelType type="{kind}">\n{"".join(models)}</modelType>\n'


def thread(chat_id: str, *ids: str) -> str:
    people = parties(party(OTHER), party(OWNER), name="Participants")
    messages = "".join(message(each, sender(party(OTHER)), field("Status", "Read")) for each in ids)
    return chat(chat_id, people, field("Id", chat_id), messages=messages)


def whole_report() -> str:
    lists = (
        listed("SMS", *(sms(f"m{number}") for number in range(4))),
        listed("Chat", thread("c1", "i0", "i1", "i2", "i3"), thread("c2", "j0", "j1", "j2")),
        listed("Call", *(model("Call", f"k{number}", field("Duration", "00:00:01")) for number in range(2))),
        listed("Contact", *(model("Contact", f"p{number}", field("Name", "Jay")) for number in range(2))),
    )
    header = extractions(("0", "Phone")) + items("Device Info", ("IMEI", "356943000000013"))
    return report("HERE", header=header).replace('<modelType type="X">\nHERE</modelType>\n', "".join(lists))


def compact(text: str) -> bytes:
    return "".join(line.strip() for line in text.splitlines()).encode()


WHOLE = whole_report()
FORMS = (WHOLE.encode(), compact(WHOLE))
IDS = re.compile(rb'<model type="(?:SMS|InstantMessage|Call|Contact)" id="([a-z][0-9])"')


def spans(content: bytes) -> dict[str, tuple[int, int]]:
    """Where each model of a record stands."""
    found = {}
    for start in IDS.finditer(content):
        depth = 0
        for tag in re.finditer(rb"<model |</model>", content[start.start() :]):
            depth += 1 if tag[0] == b"<model " else -1
            if not depth:
                found[start[1].decode()] = (start.start(), start.start() + tag.end())
                break
    return found


SPANS = tuple(spans(form) for form in FORMS)


def ids_of(result: ReadResult) -> list[str]:
    return [record.source.locator.split()[1] for record in result.records if record.source.locator.startswith("model ")]


def bodies(result: ReadResult) -> list[str]:
    return [each.source.locator for each in messages_of(result)]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.integers(0, 1),
    place=st.floats(0, 1),
    damage=st.sampled_from(["flip", "lost", "put", "zeros", "twice"]),
    octet=st.integers(0, 7),
    put=st.sampled_from([b"<", b">", b'"', b"&", b"x", b"</model>", b"<model>"]),
    length=st.sampled_from([8, 64, 512]),
)
def test_every_model_that_no_damage_touches_is_read_once(
    tmp_path: Path, form: int, place: float, damage: str, octet: int, put: bytes, length: int
) -> None:
    content = FORMS[form]
    first = content.index(b"<decodedData")
    at = first + int(place * (len(content) - first - len("</decodedData></project>") - 4))
    end = at + {"put": 0, "zeros": length}.get(damage, 1)
    new = {"flip": bytes((content[at] ^ 1 << octet,)), "put": put, "zeros": bytes(end - at), "lost": b""}
    if damage == "twice":
        end, new["twice"] = at, content[max(first, at - length) : at]
    result = read_text(tmp_path, content[:at] + new[damage] + content[end:])
    found = ids_of(result)
    untouched = [key for key, (begin, ended) in SPANS[form].items() if ended <= at or begin >= end]
    if damage == "flip" and content[at : at + 1].isalnum():
        # An id that became another one's.
        found = list(dict.fromkeys(found))
    missing = [key for key in untouched if key not in found]
    assert not missing or (damage in {"zeros", "twice"} and len(missing) <= 4), missing
    if damage != "twice":
        assert all(found.count(key) == 1 for key in untouched if key in found)
    assert not {"reader_failed", "tally_differs"} & codes(result).keys()


def test_the_messages_of_a_torn_chat_are_read_and_their_chat_is_untold(tmp_path: Path) -> None:
    content = WHOLE.replace('id="i1"', 'id="i1" <', 1)
    result = read_text(tmp_path, content)
    assert codes(result) == {"stretch_malformed": 1, "chat_untold": 1}
    held = {each.source.locator.split()[1]: each for each in messages_of(result)}
    assert [held[key].thread for key in ("i0", "i2", "i3", "j0")] == ["c1", None, None, "c2"]
    assert held["i2"].listing == "chat"
    gap = next(notice for notice in result.notices if notice.code == "stretch_malformed")
    assert gap.subject == "the report"
    offset, length = map(int, re.findall(r"[0-9]+", gap.first_locator or ""))
    raw = content.encode("utf-8-sig")
    assert raw[offset - 1 : offset + 80].count(b'id="i1" <') == 1
    assert raw[offset + length :].startswith(b'<model type="InstantMessage" id="i2"')


def test_what_stands_in_a_torn_message_is_not_taken_out_of_it(tmp_path: Path) -> None:
    quoted = f'<modelField name="EmbeddedInstantMessage" type="InstantMessage">{message("q1")}</modelField>'
    shared = f'<multiModelField name="SharedContacts" type="Contact">{model("Contact", "s1")}</multiModelField>'
    torn = message("i1", quoted, shared, body="HERE").replace("<![CDATA[HERE]]>", "<")
    result = read_text(tmp_path, report(listed("Chat", chat("c1", messages=message("i0") + torn + message("i2")))))
    assert ids_of(result) == ["i0", "i2"]


@pytest.mark.parametrize("lost", ["</model>\n", "</multiModelField>\n", "</field>\n"])
def test_an_end_that_is_lost_costs_its_own_model(tmp_path: Path, lost: str) -> None:
    torn = "".join(sms("m1").rpartition(lost)[::2])
    result = read_text(tmp_path, report(sms("m0") + torn + "".join(sms(f"m{number}") for number in range(2, 900))))
    assert bodies(result) == ["model m0"] + [f"model m{number}" for number in range(2, 900)]
    assert codes(result) == {"stretch_malformed": 1, "element_unreadable": 1}


def test_what_is_found_at_the_end_alone_may_stumble_again(tmp_path: Path) -> None:
    content = FORMS[1]
    begin = content.index(b'<modelType type="Call">') + len("<modelT")
    end = content.index(b'0" deleted_state', begin)
    result = read_text(tmp_path, content[:begin] + content[end:])
    assert set(ids_of(result)) == SPANS[1].keys() - {"k0"}


def test_a_lost_quotation_mark_does_not_hide_the_rest_of_a_large_report(tmp_path: Path) -> None:
    many = "".join(sms(f"m{number}") for number in range(1_000)).replace('id="m500"', 'id="m500', 1)
    result = read_text(tmp_path, report(many))
    assert len(messages_of(result)) == 999
    assert codes(result) == {"stretch_malformed": 1}


@pytest.mark.parametrize("end", ["]^>", "^]>", "]]^", "]>", "]]", "]]x>", "]\n>"])
@pytest.mark.parametrize("field_name", ["Body", "Status"])
def test_a_model_that_a_section_without_its_end_has_swallowed_is_read(
    tmp_path: Path, end: str, field_name: str
) -> None:
    value = {"Body": "u about?", "Status": "Read"}[field_name]
    torn = sms("m1").replace(f"{value}]]>", f"{value}{end}")
    result = read_text(tmp_path, report(sms("m0") + torn + sms("m2") + sms("m3")))
    assert bodies(result) == ["model m0", "model m1", "model m2", "model m3"]
    assert (messages_of(result)[1].body or "").rstrip("^") == "u about?"
    assert codes(result) == {"markup_broken": 1}


def test_a_section_whose_end_is_gone_costs_its_own_model(tmp_path: Path) -> None:
    torn = sms("m1").replace("Read]]></value>", "Read")
    result = read_text(tmp_path, report(sms("m0") + torn + sms("m2") + sms("m3")))
    assert bodies(result) == ["model m0", "model m2", "model m3"]
    assert codes(result) == {"stretch_malformed": 1, "element_unreadable": 1}


def test_a_report_that_somebody_pasted_into_a_text_is_a_text(tmp_path: Path) -> None:
    pasted = report(sms("evil"), sms("evil2"))
    (found,) = messages_of(read_text(tmp_path, report(sms("m1", body=pasted))))
    assert found.body == pasted


def test_a_start_in_a_text_is_none_to_go_on_at(tmp_path: Path) -> None:
    forged = sms("evil").replace("<![CDATA[", "").replace("]]>", "")
    result = read_text(tmp_path, report(sms("m1").replace("id=", "< id=") + sms("m2", body=forged) + sms("m3")))
    assert bodies(result) == ["model m2", "model m3"]
    section = (
        sms("m1", body=forged).replace("<![CDATA[\n", "<![CDXTA[\n").replace(f"<![CDATA[{forged}", f"<![CDX[{forged}")
    )
    assert bodies(read_text(tmp_path, report(section + sms("m2")))) == ["model m2"]


def test_damage_in_front_of_the_models_costs_no_model(tmp_path: Path) -> None:
    result = read_text(tmp_path, WHOLE.replace('section="Device Info"', 'section="Device Info', 1))
    assert len(result.records) >= len(SPANS[0])
    assert codes(result) == {"stretch_malformed": 1}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_and_archives(tmp_path: Path, encoding: str) -> None:
    content = WHOLE.replace('id="m1"', 'id="m1" <', 1).encode(encoding)
    result = read_text(tmp_path, content)
    with zipfile.ZipFile(tmp_path / "a.ufdr", "w") as archive:
        archive.writestr("report.xml", content)
    packed = read_delivery(delivery_of(tmp_path / "a.ufdr"))
    for each in (result, packed):
        assert codes(each)["stretch_malformed"] == 1
        assert set(ids_of(each)) == SPANS[0].keys() - {"m1"}
    gap = next(notice for notice in result.notices if notice.code == "stretch_malformed")
    offset, length = map(int, re.findall(r"[0-9]+", gap.first_locator or ""))
    assert (
        content[offset + length :]
        .decode(encoding[:6] + "-le" * (encoding == "utf-16"))
        .startswith('<model type="SMS" id="m2"')
    )


def test_every_fifth_model_broken_ends_in_proportion(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        models = [sms(f"m{number}") for number in range(count)]
        models[::5] = [each.replace("id=", "< id=", 1) for each in models[::5]]
        content = report("".join(models))
        began_at = time.process_time()
        result = read_text(tmp_path, content)
        assert sum(isinstance(each, Message) for each in result.records) == count - len(models[::5])
        assert result.state is ReadState.PARTIAL
        return time.process_time() - began_at

    few = seconds(1_000)
    assert seconds(4_000) < 12 * few + 2


@pytest.mark.parametrize(
    "hostile",
    ['<model type="SMS" id="1"><', '<model type="SMS" id="1" ', "<![CDATA[", "<!--", "<?x ", "<", "<ab </zz>"],
)
def test_what_is_sought_in_vain_ends(tmp_path: Path, hostile: str) -> None:
    began_at = time.process_time()
    read_text(tmp_path, report(sms("m1") + hostile * 20_000))
    assert time.process_time() - began_at < 30


@pytest.mark.parametrize(("free", "wanted"), [(1 << 28, ["m1", "m2"]), (1 << 18, ["m1"])])
def test_the_tags_that_are_walked_in_vain_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, wanted: list[str]
) -> None:
    monkeypatch.setattr(xml_recovery, "_FREE_BYTES", free)
    content = report(sms("m1", body="m1") + "<" * 50_000 + sms("m2", body="m2"))
    result = read_text(tmp_path, content)
    assert [each.body for each in messages_of(result)] == wanted
    assert ("input_malformed" in codes(result)) == (wanted == ["m1"])


def test_no_more_is_open_than_a_report_nests() -> None:
    """An end looks through all that is open, so that torn starts must not pile up."""
    levels = xml_recovery._MOST_LEVELS
    stack: list[Level] = []
    for _ in range(levels + 50):
        xml_recovery._take_torn(stack, b"<ab ")
    assert len(stack) == levels
