"""Models whose type is none of the vendor's, in a list that says what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.outcome import ReadState
from parsers.records.facts import Account, Call, Contact, Sim
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    OWNER,
    chat,
    codes,
    field,
    message,
    messages_of,
    model,
    parties,
    party,
    read_text,
    report,
    sender,
    sms,
)

BOTH = parties(party(OWNER, name="Me", owner="True"), party(OTHER, name="Jay", owner="False"), name="Participants")


def listed(kind: str, *models: str) -> str:
    """A report with one list of the type."""
    return report("".join(models)).replace('<modelType type="X">', f'<modelType type="{kind}">')


@pytest.mark.parametrize("stated", ["SNS", "sms", " SMS ", "S8-9b44-e954ec0b9bca", "S\x01S"])
@pytest.mark.parametrize("list_type", ["SMS", "sms"])
def test_a_model_whose_type_is_none_is_read_by_its_list(tmp_path: Path, stated: str, list_type: str) -> None:
    broken = sms("m1").replace('type="SMS"', f'type="{stated}"')
    result = read_text(tmp_path, listed(list_type, broken, sms("m2"), broken.replace("m1", "m3")))
    assert [each.source.locator for each in messages_of(result)] == ["model m1", "model m2", "model m3"]
    assert {(each.service, each.direction) for each in messages_of(result)} == {("sms", "incoming")}
    (notice,) = [each for each in result.notices if each.code != "characters_replaced"]
    shown = stated.replace("\x01", "\ufffd")
    assert (notice.code, notice.subject, notice.count) == ("markup_broken", f"{shown}, read as SMS", 2)
    assert (notice.first_locator, notice.element) == ("model m1", None)
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].indexed) == (3, 3)


@pytest.mark.parametrize(
    ("kind", "content", "made"),
    [
        ("Call", field("Duration", "00:00:05") + parties(party(OTHER, "From")), Call),
        ("Voicemail", field("From", OTHER), Call),
        ("Contact", field("Name", "Jay"), Contact),
        ("UserAccount", field("Username", "jay77"), Account),
        ("SIMData", field("Name", "MSISDN 1") + field("Value", OWNER), Sim),
    ],
)
def test_each_list_that_is_read_says_what_its_models_are(
    tmp_path: Path, kind: str, content: str, made: type[object]
) -> None:
    result = read_text(tmp_path, listed(kind, model("Qq", "m1", content)))
    assert [type(each) for each in result.records if each.kind != "device"] == [made]
    assert codes(result) == {"markup_broken": 1}


def test_a_model_without_what_its_list_is_told_by_is_skipped_and_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, listed("SMS", model("SNS", "m1", field("Colour", "red")), sms("m2")))
    assert len(messages_of(result)) == 1
    (notice,) = result.notices
    assert (notice.code, notice.subject, notice.element) == ("element_unreadable", "SNS in a list of SMS", "other:SNS")
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize("stated", ["Location", "Note", "location"])
def test_a_known_type_in_a_list_of_another_stays_what_it_is(tmp_path: Path, stated: str) -> None:
    text = listed("SMS", model(stated, "m1", field("Body", "x")), model("Contact", "c1", field("Name", "Jay")))
    result = read_text(tmp_path, text)
    assert [each.kind for each in result.records] == ["contact", "device"]
    assert codes(result) == {"element_not_read": 1}


@pytest.mark.parametrize(("list_type", "stated"), [("Location", "Locaton"), ("Location", "sms"), ("New", "Newer")])
def test_what_stands_in_a_list_that_is_not_read_stays_outside(tmp_path: Path, list_type: str, stated: str) -> None:
    result = read_text(tmp_path, listed(list_type, model(stated, "m1", field("Body", "x"))))
    assert codes(result) == {"element_not_read": 1}
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize("stated", ['type="Chot" ', 'type="chat" ', ""])
@pytest.mark.parametrize("count", [2, 1_500])
@pytest.mark.parametrize("is_cut", [False, True])
def test_the_messages_of_a_chat_are_read_whatever_its_type_became(
    tmp_path: Path, stated: str, count: int, *, is_cut: bool
) -> None:
    many = "".join(message(f"m{number}", sender(party(OTHER)), body=f"{number} " * 80) for number in range(count))
    broken = chat("c1", field("Id", "t"), BOTH, messages=many).replace('type="Chat" ', stated, 1)
    text = listed("Chat", broken, chat("c2", BOTH, messages=message("n1")))
    if is_cut:
        text = text[: text.index("</multiModelField>\n</model>")]
    result = read_text(tmp_path, text)
    found = messages_of(result)
    assert [each.thread for each in found] == ["t"] * count + ([] if is_cut else ["c2"])
    assert {each.direction for each in found[:count]} == {"incoming"}
    if is_cut:
        assert codes(result) == {"input_truncated": 1}
    else:
        assert codes(result) == ({"markup_broken": 1} if stated else {})


def test_a_message_of_a_chat_whose_type_is_none_is_read(tmp_path: Path) -> None:
    broken = message("m1", sender(party(OTHER))).replace('type="InstantMessage"', 'type="InstbntMessage"')
    result = read_text(tmp_path, listed("Chat", chat("c1", BOTH, messages=broken + message("m2"))))
    assert [each.thread for each in messages_of(result)] == ["c1", "c1"]
    assert codes(result) == {"markup_broken": 1}


def test_a_model_that_was_cut_counts_as_what_its_list_holds(tmp_path: Path) -> None:
    text = listed("SMS", sms("m1"), sms("m2").replace('type="SMS"', 'type="SNS"'))
    result = read_text(tmp_path, text[: text.index('id="m2"') + 200])
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].noticed) == (2, 1)
