"""Facebook's and Instagram's messages: texts repaired with what was stored beside them, owners, files, and damage."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import ChatThread, Peer, PhoneCall, StoredFile, TextMessage, Travel
from ingest.demo.writers.meta_json import octets_as_characters, thread_export, write_thread
from parsers.errors import InputRefused
from parsers.formats.meta_json import MetaJsonParser
from parsers.formats.meta_json.texts import repaired
from parsers.identification import head_of
from tests.fakes.deliveries import (
    FEW,
    QUICK,
    bodies_of,
    calls_of,
    claim_on,
    codes_of,
    is_balanced,
    messages_of,
    read_content,
    read_path,
)
from tests.fakes.golden import golden_reading
from tests.unit.parsers.formats.chat_case import AT, GROUP, OWNER, PAIR, ZARO

OWN = Peer("kit", None, "Kit \u00e9")
PHOTO = StoredFile(key="p", source_path="/1.jpg", local_path="photos/1.jpg", content=b"x")
CALLS = (
    PhoneCall(key="c", at=AT, call_type="missed", peer=ZARO),
    PhoneCall(key="d", at=AT, call_type="outgoing", peer=ZARO, duration_seconds=61),
)
NEWEST_FIRST = [message.body for message in reversed(PAIR.messages)]


def plain(chat: ChatThread) -> ChatThread:
    """Return the chat without the files that only another application has."""
    messages = tuple(
        TextMessage(key=one.key, at=one.at, travel=one.travel, peers=one.peers, body=one.body) for one in chat.messages
    )
    return ChatThread(
        key=chat.key, service="x", account=None, participants=chat.participants, messages=messages, name=chat.name,
        is_group=chat.is_group,
    )  # fmt: skip


@pytest.mark.parametrize("is_newer", [False, True])
def test_a_conversation_of_two_is_read(*, is_newer: bool) -> None:
    result = read_content(json.dumps(thread_export(plain(PAIR), OWN, is_newer=is_newer)))
    found = messages_of(result)
    assert [message.body for message in found] == NEWEST_FIRST
    assert [message.direction.value for message in found] == ["incoming", "incoming", "outgoing", "incoming"]
    assert {message.direction_basis for message in found} == {"chat_name"}
    last = found[-1]
    assert last.from_party is not None
    assert (last.from_party.name, last.from_party.is_owner) == ("Zaro \U0001f525", False)
    assert [(party.name, party.is_owner) for party in last.to] == [("Kit \u00e9", True)]
    assert (last.time.utc, last.time.raw, last.time.basis) == (
        "2024-07-08T09:15:30.000Z",
        "1720430130000",
        "stated_utc",
    )
    assert is_balanced(result)
    if is_newer:
        assert codes_of(result) == {}
        assert last.body_notices == ()
    else:
        assert codes_of(result) == {"encoding_repaired": 1}
        assert last.body_notices == ("encoding_repaired",)
        assert dict(last.extra)["stored_text"] == octets_as_characters(last.body or "")


def test_calls_and_what_was_unsent() -> None:
    chat = plain(PAIR)
    gone = TextMessage(key="g", at=AT, travel=Travel.IN, peers=(ZARO,), body=None, deleted=True)
    export = thread_export(
        ChatThread(key="k", service="x", account=None, participants=(ZARO,), messages=(*chat.messages, gone)),
        OWN,
        CALLS,
    )
    result = read_content(json.dumps(export))
    assert {(call.call_type.value, call.duration_seconds) for call in calls_of(result)} == {
        ("missed", 0.0),
        ("outgoing", 61.0),
    }
    assert [(message.body, message.deleted.value) for message in messages_of(result) if message.body is None] == [
        (None, "deleted")
    ]
    assert is_balanced(result)


def test_a_whole_export_says_who_the_owner_is(tmp_path: Path) -> None:
    root = tmp_path / "facebook-kit"
    jay = Peer("j", None, "Jay")
    sent = TextMessage(key="1", at=AT, travel=Travel.IN, peers=(jay,), body="yo", files=(PHOTO,))
    other = ChatThread(key="jay", service="x", account=None, participants=(jay,), messages=(sent,))
    for chat in (plain(PAIR), plain(GROUP), other):
        write_thread(root / f"messages/inbox/{chat.key}_1234/message_1.json", thread_export(chat, OWN))
    photo = root / "messages/inbox/jay_1234/photos/1.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"x")
    with ZipFile(tmp_path / "facebook-kit.zip", "w") as archive:
        for path in sorted(root.rglob("*")):
            archive.write(path, f"your_facebook_activity/{path.relative_to(root).as_posix()}")
        archive.writestr("profile.json", "{}")
    for delivery, more in ((root, {}), (tmp_path / "facebook-kit.zip", {"member_not_read": 1})):
        result = read_path(delivery)
        found = messages_of(result)
        assert {message.direction.value for message in found} == {"incoming", "outgoing"}
        assert {message.service for message in found} == {"facebook"}
        group = [message for message in found if dict(message.extra).get("chat") == "Sunday lunch"]
        assert [message.direction.value for message in group] == ["incoming", "incoming", "outgoing"]
        for message in group:
            sides = [party for party in (message.from_party, *message.to) if party is not None]
            assert len(sides) == len(GROUP.participants) + 1
            assert [party.name for party in sides if party.is_owner] == ["Kit \u00e9"]
        start = "" if delivery == root else "your_facebook_activity/"
        assert [one.member for message in found for one in message.attachments] == [
            f"{start}messages/inbox/jay_1234/photos/1.jpg"
        ]
        assert (result.parts[0].vendor_name, len(result.parts)) == ("Kit \u00e9", 1)
        assert codes_of(result) == {"encoding_repaired": 2, **more}
        assert is_balanced(result)


def test_a_group_alone_does_not_say_who_the_owner_is() -> None:
    found = messages_of(read_content(json.dumps(thread_export(plain(GROUP), OWN))))
    assert {message.direction.value for message in found} == {"unknown"}
    assert OWNER.name == "Kit"


def group_of(people: list[str], *senders: str) -> str:
    messages = [
        {"sender_name": name, "timestamp_ms": 1720430130000 + n, "content": "x"} for n, name in enumerate(senders)
    ]
    return json.dumps({"participants": [{"name": name} for name in people], "messages": messages, "title": "Crew"})


def test_who_takes_part_in_a_group_stands_on_its_messages() -> None:
    found = messages_of(read_content(group_of(["Jay", "Zee", "Kit", "Zee"], "Kit", "Zee", "Gone")))
    assert [[party.name for party in message.to] for message in found] == [
        ["Jay", "Zee", "Zee"], ["Jay", "Kit", "Zee"], ["Jay", "Zee", "Kit", "Zee"],
    ]  # fmt: skip
    assert {party.is_owner for message in found for party in message.to} == {None}


def test_without_a_sender_no_way_is_told() -> None:
    export = {"participants": [{"name": "Jay"}, {"name": "Kit"}], "title": "Jay"}
    messages = [{"sender_name": name, "timestamp_ms": 1720430130000, "content": "x"} for name in ("", "Jay")]
    nobody, jay = messages_of(read_content(json.dumps({**export, "messages": messages})))
    assert (nobody.direction.value, nobody.from_party, nobody.to) == ("unknown", None, ())
    assert jay.direction.value == "incoming"


def test_the_people_of_a_crowd_are_left_out_and_that_is_said() -> None:
    result = read_content(group_of([f"Jay {number}" for number in range(1_025)], "Jay 1", "Jay 2"))
    assert [message.to for message in messages_of(result)] == [(), ()]
    assert codes_of(result) == {"recipients_left_out": 1, "owner_untold": 2}


def test_the_real_sample() -> None:
    result = golden_reading("meta_json/test_export.json")
    found = [(one.body, one.from_party.name if one.from_party else None, one.time.utc) for one in messages_of(result)]
    assert found == [
        ("Hello Jane!", "John Doe", "2020-01-17T20:49:00.000Z"),
        ("Hello John!", "Jane Doe", "2019-12-24T11:23:00.000Z"),
    ]
    assert codes_of(result) == {"owner_untold": 2}


@QUICK
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_repaired_and_a_right_one_stays(text: str) -> None:
    assert repaired(octets_as_characters(text)) == text
    if not any("\x80" <= char <= "\xff" for char in text) or any(char > "\xff" for char in text):
        assert repaired(text) == text


def test_a_text_that_was_written_rightly_stays() -> None:
    assert repaired("caf\u00e9 \u2764") == "caf\u00e9 \u2764"
    assert repaired("caf\u00e9") == "caf\u00e9"


def test_a_broken_message_costs_no_other_and_a_cut_one_ends_the_file() -> None:
    content = json.dumps(thread_export(plain(PAIR), OWN))
    result = read_content(content.replace('"caption"', "caption"))
    assert bodies_of(result) == NEWEST_FIRST[1:]
    assert codes_of(result) == {"element_unreadable": 1, "stretch_malformed": 1, "encoding_repaired": 1}
    result = read_content(content[: content.index("u about")])
    assert bodies_of(result) == NEWEST_FIRST[:2]
    assert codes_of(result) == {"input_truncated": 1, "owner_untold": 2}
    assert result.state == "partial"


def test_odd_types_are_no_reason_to_stop() -> None:
    export = {
        "participants": [1, {"name": 2}, None], "title": [], "thread_path": {},
        "messages": [
            1, None, {}, {"sender_name": "x", "timestamp_ms": "y"}, {"content": 5, "photos": [1, {"uri": 2}, {}]},
            {"timestamp_ms": 10**30}, {"call_duration": "x"}, {"share": 1, "reactions": [{}, 1], "sticker": []},
            {"sender_name": "x", "timestamp_ms": 1720430130000, "content": "last"},
        ],
    }  # fmt: skip
    result = read_content(json.dumps(export))
    assert bodies_of(result)[-1] == "last"
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


def test_a_call_of_less_than_no_time_has_no_duration() -> None:
    message = {"sender_name": "Zaro", "timestamp_ms": 1720430130000, "type": "Call", "call_duration": -5}
    (call,) = calls_of(read_content(json.dumps({"participants": [{"name": "Zaro"}], "messages": [message]})))
    assert (call.duration_seconds, call.extra) == (None, (("call_duration", "-5"),))


@pytest.mark.parametrize("content", ["{}", "[]", '{"messages": []}', "sender_name timestamp_ms"])
def test_what_is_no_export_is_not_claimed(content: str) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=4))
def test_any_change_is_a_record_or_a_notice(place: int, octets: bytes) -> None:
    content = bytearray(json.dumps(thread_export(plain(PAIR), OWN, CALLS)).encode())
    place %= len(content)
    content[place : place + len(octets)] = octets
    try:
        result = read_content(bytes(content))
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


def test_the_made_fixture() -> None:
    result = golden_reading("meta_json/made_facebook_message_1.json")
    assert bodies_of(result) == NEWEST_FIRST
    assert {message.service for message in messages_of(result)} == {"facebook"}
    assert is_balanced(result)


def test_two_of_the_owners_name_are_not_told_apart(tmp_path: Path) -> None:
    own = "Kit"
    pair = {"participants": [{"name": "Jay"}, {"name": own}], "title": "Jay"}
    same = {"participants": [{"name": own}, {"name": own}], "title": own}
    group = {"participants": [{"name": own}, {"name": "Jay"}, {"name": own}], "title": "Crew"}
    for number, (thread, senders) in enumerate(((pair, [own]), (same, [own]), (group, [own, "Jay"]))):
        messages = [{"sender_name": one, "timestamp_ms": 1720430130000 + number, "content": "x"} for one in senders]
        write_thread(tmp_path / f"messages/inbox/t_{number}/message_1.json", {**thread, "messages": messages})
    result = read_path(tmp_path)
    assert [message.direction.value for message in messages_of(result)] == [
        "outgoing", "unknown", "unknown", "incoming",
    ]  # fmt: skip
    assert result.parts[0].vendor_name == own
    assert [party.is_owner for party in messages_of(result)[-1].to] == [None, None]


def test_an_encrypted_conversation_has_a_number_behind_its_name() -> None:
    export = thread_export(plain(PAIR), OWN, is_newer=True)
    other = export["threadName"]
    result = read_content(json.dumps({**export, "threadName": f"{other}_12"}))
    assert [message.direction.value for message in messages_of(result)] == [
        "incoming", "incoming", "outgoing", "incoming",
    ]  # fmt: skip
    result = read_content(json.dumps({**export, "threadName": f"{other}_x"}))
    assert {message.direction.value for message in messages_of(result)} == {"unknown"}


def test_messages_in_another_form_are_named_as_not_read() -> None:
    export = thread_export(plain(PAIR), OWN)
    result = read_content(json.dumps({**export, "messages": {"0": export["messages"][0]}}))
    assert codes_of(result) == {"element_unreadable": 1}
    assert is_balanced(result)


def test_what_stands_behind_a_conversation_is_not_lost_in_silence() -> None:
    content = json.dumps(thread_export(plain(PAIR), OWN))
    for behind in (f"\n{content}", ', {"sender_name": "Zaro"}]}'):
        result = read_content(content + behind)
        assert [message.body for message in messages_of(result)] == NEWEST_FIRST
        assert codes_of(result)["element_unreadable"] == 1
        assert is_balanced(result)


def test_a_conversation_that_has_lost_the_list_of_its_messages_says_so() -> None:
    content = json.dumps(thread_export(plain(PAIR), OWN)).replace('"messages"', '"essages"')
    assert codes_of(read_content(content))["element_unreadable"] == 1


def test_messages_without_a_conversation_are_counted_one_by_one() -> None:
    lines = [json.dumps({"sender_name": "Zaro", "timestamp_ms": 1720430130000 + n, "content": "x"}) for n in range(3)]
    for end in ("", "\n", "\n{"):
        result = read_content("\n".join(lines) + end)
        assert codes_of(result)["element_unreadable"] == 3 + end.count("{")
        assert not result.records
        assert is_balanced(result)


def test_conversations_are_read_whatever_their_folder_is_called(tmp_path: Path) -> None:
    export = thread_export(plain(PAIR), OWN)
    for folder in ("inbox", "your_cross-app_messages", "community_chats"):
        write_thread(tmp_path / f"your_facebook_activity/messages/{folder}/zaro_1/message_1.json", export)
    (tmp_path / "your_facebook_activity/messages/autofill_information.json").write_text("{}", encoding="utf-8")
    result = read_path(tmp_path)
    assert bodies_of(result) == NEWEST_FIRST * 3
    assert codes_of(result) == {"encoding_repaired": 3, "member_not_read": 1}


def test_a_key_that_is_not_known_is_kept() -> None:
    export = thread_export(plain(PAIR), OWN, CALLS[1:])
    call, first = (
        next(one for one in export["messages"] if ("call_duration" in one) is is_call) for is_call in (True, False)
    )
    base = {key: value for key, value in first.items() if key != "content"}
    export["messages"] = [
        {**base, "#ontent": octets_as_characters("caf\u00e9"), "is_geoblocked_for_viewer": False},
        {**base, "users": [{"name": "Jay"}], "ip": "x", "is_taken_down": False},
        {**call, "missed": False, "rung": [1]},
    ]
    result = read_content(json.dumps(export))
    lost, nested = messages_of(result)
    assert (lost.body, lost.extra) == (None, (("#ontent", "caf\u00e9"),))
    assert nested.extra == (("users.name", "Jay"), ("ip", "x"), ("is_taken_down", "false"))
    assert ("rung", "1") in calls_of(result)[0].extra
    assert is_balanced(result)


def encrypted(people: list[str], title: str, *messages: tuple[str, str]) -> str:
    """Write an end-to-end encrypted conversation; of each message sender and text, or the path of what was sent."""
    sent = [
        {
            "isUnsent": False,
            "media": [{"uri": said}] if said.startswith("./") else [],
            "senderName": sender,
            "text": "" if said.startswith("./") else said,
            "timestamp": 1713576562686,
            "type": "text",
        }
        for sender, said in messages
    ]
    return json.dumps({"participants": people, "threadName": title, "messages": sent})


@pytest.mark.parametrize("folder", ["", "export/"])
def test_encrypted_conversations_in_one_archive_are_one_account(tmp_path: Path, folder: str) -> None:
    with ZipFile(tmp_path / "messages.zip", "w") as archive:
        pair = encrypted(["Ann", "Kit"], "Ann_3", ("Ann", "yo"), ("Kit", "./media/abc.jpg"))
        archive.writestr(f"{folder}Ann_3.json", pair)
        archive.writestr(
            f"{folder}Crew_7.json", encrypted(["Ann", "Kit", "Bo"], "Crew_7", ("Bo", "in"), ("Kit", "out"))
        )
        archive.writestr(f"{folder}media/abc.jpg", b"x")
    path = tmp_path / "messages.zip"
    assert MetaJsonParser().identify(head_of(path, path.name, is_folder=False)) is not None
    result = read_path(path)
    found = messages_of(result)
    assert [message.direction.value for message in found] == ["incoming", "outgoing", "incoming", "outgoing"]
    assert [file.member for message in found for file in message.attachments] == [f"{folder}media/abc.jpg"]
    assert (len(result.parts), result.parts[0].vendor_name) == (1, "Kit")
    assert codes_of(result) == {}


def test_that_nothing_tells_the_owner_is_said() -> None:
    result = read_content(encrypted(["Ann", "Kit", "Bo"], "Crew_7", ("Bo", "in"), ("Kit", "out")))
    assert codes_of(result) == {"owner_untold": 2}


def test_what_lies_beside_encrypted_conversations_is_read_by_itself(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("Ann_3.json", encrypted(["Ann", "Kit"], "Ann_3", ("Ann", "yo")))
        archive.writestr("texts.csv", "From,To,Text\n")
    assert MetaJsonParser().identify(head_of(tmp_path / "x.zip", "x.zip", is_folder=False)) is None
