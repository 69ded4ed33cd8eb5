"""Snapchat's histories: both forms, written and read back; entities, groups, damage."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import ChatThread
from ingest.demo.writers.snapchat_json import chat_history, older_history, write_history
from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.formats.snapchat_json import SnapchatJsonParser
from parsers.formats.snapchat_json.claims import claim_on
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.records.facts import Direction
from parsers.records.values import DeletedState
from tests.fakes.deliveries import FEW, bodies_of, codes_of, is_balanced, messages_of, read_content, read_path
from tests.fakes.golden import golden_reading
from tests.unit.parsers.formats.chat_case import GROUP, PAIR

CHATS = (PAIR, GROUP)
OWNER = "kit_owner"
NEWER, OLDER = chat_history(CHATS, OWNER), older_history((PAIR,))
NEWEST_FIRST = [message.body for chat in CHATS for message in reversed(chat.messages)]


def content(history: object) -> bytes:
    return json.dumps(history).encode()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    result = read_path(write_history(tmp_path / "chat_history.json", NEWER))
    messages = messages_of(result)
    assert [message.body for message in messages] == NEWEST_FIRST
    truth = [message for chat in CHATS for message in reversed(chat.messages)]
    assert [message.direction.value for message in messages] == [
        "incoming" if each.peers else "outgoing" for each in truth
    ]
    assert [message.time.utc for message in messages] == [
        f"{each.at:%Y-%m-%dT%H:%M:%S}.000Z" for each in truth if each.at is not None
    ]
    assert {message.time.basis.value for message in messages} == {"stated_utc"}
    assert is_balanced(result)
    assert result.parts[0].vendor_name == OWNER


def test_sides_of_pairs_and_groups(tmp_path: Path) -> None:
    messages = messages_of(read_path(write_history(tmp_path / "chat_history.json", NEWER)))
    sent, came_in = messages[2], messages[3]
    assert sent.from_party is not None
    assert (sent.from_party.raw, sent.from_party.is_owner) == (OWNER, True)
    assert [party.raw for party in sent.to] == ["zaro_best"]
    assert came_in.from_party is not None
    assert (came_in.from_party.raw, came_in.from_party.is_owner, came_in.thread) == ("zaro_best", False, "zaro_best")
    of_group = messages[4]
    assert (of_group.thread, of_group.to) == ("group", ())
    assert dict(of_group.extra)["Conversation Title"] == GROUP.name


def test_entities_are_read_and_kept_as_stored(tmp_path: Path) -> None:
    result = read_path(write_history(tmp_path / "chat_history.json", NEWER))
    quoted = messages_of(result)[2]
    assert quoted.body == 'u about? "quoted" \\ back\nnew line'
    assert quoted.body_notices == ("encoding_repaired",)
    assert dict(quoted.extra)["stored_text"] == "u about? &quot;quoted&quot; \\ back\nnew line"
    assert codes_of(result)["encoding_repaired"] == 1


def test_media_are_named_by_their_ids(tmp_path: Path) -> None:
    result = read_path(write_history(tmp_path / "chat_history.json", NEWER))
    assert [file.name for message in messages_of(result) for file in message.attachments] == ["b~w", "b~v"]


def test_the_older_form_says_its_direction_by_the_list(tmp_path: Path) -> None:
    result = read_path(write_history(tmp_path / "x.json", OLDER))
    messages = messages_of(result)
    assert [message.direction for message in messages] == [*[Direction.INCOMING] * 3, Direction.OUTGOING]
    assert [party.raw for party in messages[-1].to] == ["zaro_best"]
    assert {message.direction_basis for message in messages} == {"folder"}
    assert {message.thread for message in messages} == {"zaro_best"}


def test_a_time_by_its_count_where_there_is_no_other() -> None:
    element = {"From": "a", "Media Type": "TEXT", "IsSender": False, "Content": "x", "Created": None}
    counts = (1704103200123, 1704103200123456)
    history = {"a": [{**element, "Created(microseconds)": count} for count in counts]}
    assert [message.time.utc for message in messages_of(read_content(content(history)))] == [
        "2024-01-01T10:00:00.123Z"
    ] * 2


def test_an_export_as_folder_and_what_lies_beside(tmp_path: Path) -> None:
    write_history(tmp_path / "mydata" / "json" / "chat_history.json", NEWER)
    write_history(tmp_path / "mydata" / "json" / "snap_history.json", OLDER)
    write_history(tmp_path / "mydata" / "json" / "friends.json", {"Friends": []})
    (tmp_path / "mydata" / "index.html").write_text("<html></html>", encoding="utf-8")
    result = read_path(tmp_path / "mydata")
    assert len(messages_of(result)) == len(NEWEST_FIRST) + 4
    assert len(result.parts) == 1
    assert codes_of(result)["member_not_read"] == 2


def test_a_folder_of_deliveries_is_none(tmp_path: Path) -> None:
    write_history(tmp_path / "chat_history.json", NEWER)
    (tmp_path / "sms.xml").write_text("<smses/>", encoding="utf-8")
    assert SnapchatJsonParser().identify(head_of(tmp_path, "drop", is_folder=True)) is None


def test_a_broken_element_costs_itself_and_a_cut_keeps_what_was_before() -> None:
    whole = content(NEWER)
    broken = read_content(whole.replace(b'"Media Type": "TEXT"', b'"Media Type": nonsense', 1))
    assert len(messages_of(broken)) == len(NEWEST_FIRST) - 1
    assert codes_of(broken)["element_unreadable"] == 1
    cut = read_content(whole[: len(whole) // 2])
    assert 0 < len(messages_of(cut)) < len(NEWEST_FIRST)
    assert cut.state is ReadState.PARTIAL


@FEW
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=12))
def test_any_bytes_give_records_notices_or_a_refusal(place: int, octets: bytes) -> None:
    held = bytearray(content(NEWER))
    place %= len(held)
    held[place : place + len(octets)] = octets
    try:
        result = read_content(bytes(held))
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@FEW
@given(st.text(max_size=40))
def test_any_text_comes_back(body: str) -> None:
    message = msgspec.structs.replace(PAIR.messages[0], body=body)
    history = chat_history((ChatThread(key="p", service="snapchat", account=OWNER, participants=PAIR.participants,
                                       messages=(message,)),), OWNER)  # fmt: skip
    assert bodies_of(read_content(json.dumps(history, ensure_ascii=True).encode())) == [body]


def test_the_made_fixture() -> None:
    result = golden_reading("snapchat_json/chat_history.json")
    assert bodies_of(result) == NEWEST_FIRST


@pytest.mark.parametrize(
    ("stored", "body", "replaced"),
    [
        ("https://a.example/?a=1&copy=2&notes=3", "https://a.example/?a=1&copy=2&notes=3", 0),
        ("&amp;copy; &amp;#39; &amp;amp;", "&copy; &#39; &amp;", 0),
        ("&lt;3 &#39;n&#x27; &quot;q&quot; &nbsp;&euro;5", "<3 'n' \"q\" \u00a0\u20ac5", 0),
        ("&#55357;&#56832; &#x1F44D;", "\U0001f600 \U0001f44d", 0),
        ("a&#0;b&#55357;c&#99999999999999999999;&#56832;", "a\ufffdb\ufffdc\ufffd\ufffd", 4),
        ("&#1; &pound5 &nosuch; & &; &#; &#x;", "\x01 &pound5 &nosuch; & &; &#; &#x;", 0),
    ],
)
def test_references_end_with_a_semicolon_and_name_one_character(stored: str, body: str, replaced: int) -> None:
    element = {"From": "a", "Media Type": "TEXT", "IsSender": False, "Content": stored, "Created": None}
    result = read_content(content({"a": [{**element, "IsSaved": True}]}))
    (message,) = messages_of(result)
    assert message.body == body
    assert ("replaced_characters" in message.body_notices) is bool(replaced)
    assert codes_of(result).get("characters_replaced", 0) == replaced
    assert dict(message.extra).get("stored_text", body) == stored


def test_a_group_without_a_title_is_no_party() -> None:
    element = {"From": OWNER, "Media Type": "TEXT", "IsSender": True, "Content": "x", "Created": None}
    key = "5e1c0f6e-0a1b-4c2d-8e3f-0123456789ab"
    (message,) = messages_of(read_content(content({key: [{**element, "Conversation Title": None}]})))
    assert (message.to, message.thread) == ((), key)


def test_a_number_in_place_of_a_user_name_is_one() -> None:
    element = {"From": "+44 7700 900456", "Media Type": "TEXT", "IsSender": False, "Content": "x", "Created": None}
    (message,) = messages_of(read_content(content({"+44 7700 900456": [element]})))
    assert message.from_party is not None
    assert (message.from_party.raw, message.from_party.e164) == ("+44 7700 900456", "+447700900456")


@pytest.mark.parametrize(
    ("kind", "count"), [("STATUSERASEDMESSAGE", 0), ("SHARE", 0), ("LOCATION", 0), ("NOTE", 1), ("IMAGE", 1)]
)
def test_what_the_application_did_is_no_file(kind: str, count: int) -> None:
    element = {"From": "a", "Media Type": kind, "IsSender": False, "Content": None, "Created": None}
    (message,) = messages_of(read_content(content({"a": [element]})))
    assert len(message.attachments) == count
    assert dict(message.extra)["Media Type"] == kind


def test_a_key_that_is_not_known_is_kept() -> None:
    (name, (first, *_)), *_ = NEWER.items()
    other = {key: value for key, value in first.items() if key != "Content"}
    history = {name: [first, {**other, "#ontent": "u", "Later": {"a": ["b"]}}]}
    message = messages_of(read_content(content(history)))[1]
    assert message.body is None
    assert message.extra[-2:] == (("#ontent", "u"), ("Later.a", "b"))


def test_what_stands_behind_a_history_is_counted_one_by_one() -> None:
    message = {"From": "zaro", "Media Type": "TEXT", "Created": "2024-07-08 09:15:30 UTC", "IsSender": False}
    content = json.dumps({"zaro": [message]})
    result = read_content("\n".join([content, *[json.dumps(message)] * 2]))
    assert len(messages_of(result)) == 1
    assert codes_of(result)["element_unreadable"] == 2
    assert is_balanced(result)


def test_an_erased_message_is_deleted_and_files_are_tied_by_their_ids(tmp_path: Path) -> None:
    element = {"From": "a", "Created": "2024-04-20 01:31:22 UTC", "Content": "", "IsSender": False}
    sent = {**element, "Media Type": "MEDIA", "Media IDs": "b~AAA111 | b~BBB222 | b~CCC333"}
    erased = {**element, "Media Type": "STATUSERASEDMESSAGE", "Media IDs": ""}
    (tmp_path / "json").mkdir()
    (tmp_path / "chat_media").mkdir()
    (tmp_path / "json/chat_history.json").write_bytes(content({"a": [sent, erased]}))
    for name in ("2024-04-20_b~AAA111.jpg", "2024-04-20_b~BBB222.jpg", "2024-04-21_b~BBB222.mp4"):
        (tmp_path / "chat_media" / name).write_bytes(b"x")
    result = read_path(tmp_path)
    found, gone = messages_of(result)
    assert [(file.name, file.member) for file in found.attachments] == [
        ("b~AAA111", "chat_media/2024-04-20_b~AAA111.jpg"),
        ("b~BBB222", None),
        ("b~CCC333", None),
    ]
    assert (found.deleted, gone.deleted, gone.attachments) == (DeletedState.UNKNOWN, DeletedState.DELETED, ())
    assert codes_of(result)["member_not_read"] == 2


@pytest.mark.parametrize("content", ["{}", "{ }\n", '{"jay_k9": []}'])
def test_a_history_without_a_message_is_told_by_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "chat_history.json"
    path.write_text(content, encoding="utf-8")
    result = read_path(path)
    assert (result.state, messages_of(result)) == (ReadState.COMPLETE, [])
    other = path.rename(tmp_path / "other.json")
    with pytest.raises(InputRefused):
        read_path(other)


def _head(content: str) -> Head:
    return Head(name="chat_history.json", is_folder=False, first_bytes=content.encode(), mime_type="application/json")


@pytest.mark.parametrize("content", ['{"a":[] "b":[]}', '{"a":[],}', '{,"a":[]}', '{"a":["x"]}'])
def test_what_is_no_list_of_empty_chats_is_no_empty_history(content: str) -> None:
    # Where nothing need stand between two chats, a search would try each way to part the blanks between them.
    assert claim_on(_head(content)) is None


def test_several_empty_chats_are_an_empty_history() -> None:
    assert claim_on(_head('{"a": [],\n "b": [ ] , "c":[]}\n')) is not None
