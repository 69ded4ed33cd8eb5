"""Telegram's export: account and single chat to the same messages, any order of keys, damage, and the real samples."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Peer
from ingest.demo.writers.telegram_json import account_export, chat_export, write_export
from parsers.errors import InputRefused
from parsers.json_decoding import decode_json
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.reading import ReadResult
from parsers.records.facts import Account
from tests.fakes.deliveries import (
    FEW,
    QUICK,
    bodies_of,
    calls_of,
    claim_on,
    codes_of,
    contacts_of,
    is_balanced,
    messages_of,
    others_of,
    read_content,
    read_path,
)
from tests.fakes.golden import golden_reading
from tests.unit.parsers.formats.chat_case import BODIES, CALLS, CONTACTS, GROUP, OWNER, PAIR, VOICE

EXPORT = account_export(OWNER, (PAIR, GROUP), CONTACTS, CALLS)
OWN = Peer("kit_owner", None, "Kit")


def read(export: Any) -> ReadResult:
    return read_content(json.dumps(export))


def test_an_account_is_read() -> None:
    result = read(EXPORT)
    found = messages_of(result)
    assert [message.body for message in found] == BODIES
    assert [message.direction.value for message in found] == [
        "incoming", "outgoing", "incoming", "incoming", "incoming", "incoming", "outgoing",
    ]  # fmt: skip
    assert {message.direction_basis for message in found} == {"account"}
    first, second, voice, left_out, _, number, _ = found
    assert first.from_party is not None
    assert (first.from_party.name, first.from_party.is_owner) == ("Zaro \U0001f525", False)
    assert (first.from_party.raw or "").startswith("user")
    assert second.from_party is not None
    assert second.from_party.is_owner
    assert [party.name for party in second.to] == ["Zaro \U0001f525"]
    assert (first.time.utc, first.time.basis, first.time.raw) == (
        "2024-07-08T09:15:30.000Z",
        "stated_utc",
        "1720430130",
    )
    assert dict(first.extra)["date"] == "2024-07-08T10:15:30"
    assert [(one.name, one.content_type, one.member) for one in voice.attachments] == [
        ("audio_1.ogg", "audio/ogg", None)
    ]
    assert [(one.name, one.content_type) for one in left_out.attachments] == [(None, "audio/ogg")]
    assert number.from_party is not None
    assert (number.from_party.raw, number.from_party.e164) == ("+44 7700 900456", "+447700900456")
    assert dict(number.extra)["chat"] == "Sunday lunch"
    assert is_balanced(result)


def test_the_account_its_contacts_and_its_calls() -> None:
    result = read(EXPORT)
    (account,) = others_of(result)
    assert isinstance(account, Account)
    assert (account.name, account.numbers[0].e164) == ("Kit", "+447700900999")
    assert account.handles[0] == "@kit_owner"
    assert [(contact.name, contact.numbers[0].e164) for contact in contacts_of(result)] == [
        ("Zaro Best", "+447700900123"),
        ("Jay", "+447700900456"),
    ]
    assert [(call.call_type.value, call.duration_seconds) for call in calls_of(result)] == [
        ("missed", None),
        ("outgoing", 61.0),
        ("rejected", None),
        ("incoming", 5.0),
    ]
    assert {call.service for call in calls_of(result)} == {"telegram"}
    assert codes_of(result) == {"element_not_read": 1}


def test_a_single_chat_is_told_by_its_other_side() -> None:
    result = read(chat_export(PAIR, OWN))
    assert [message.direction.value for message in messages_of(result)] == [
        "incoming",
        "outgoing",
        "incoming",
        "incoming",
    ]
    assert {message.direction_basis for message in messages_of(result)} == {"chat_id"}
    assert bodies_of(result) == BODIES[:4]


def test_a_group_alone_does_not_say_who_the_owner_is() -> None:
    assert {message.direction.value for message in messages_of(read(chat_export(GROUP, OWN)))} == {"unknown"}


@pytest.mark.parametrize("export", [EXPORT, chat_export(PAIR, OWN)])
def test_the_order_of_keys_does_not_matter(export: dict[str, Any]) -> None:
    straight = read(export)
    turned = read_content(json.dumps(_turned(export)))
    key = [(message.body, message.direction, message.from_party, message.thread) for message in messages_of(straight)]
    assert [(m.body, m.direction, m.from_party, m.thread) for m in messages_of(turned)] == key
    assert codes_of(turned) == codes_of(straight)


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned(inner) for key, inner in reversed(value.items())}
    return [_turned(inner) for inner in value] if isinstance(value, list) else value


def test_a_folder_and_a_zip_with_media(tmp_path: Path) -> None:
    folder = tmp_path / "ChatExport_2024-07-08"
    (folder / "voice_messages").mkdir(parents=True)
    write_export(folder / "result.json", chat_export(PAIR, OWN))
    (folder / VOICE.local_path).write_bytes(b"OggS")
    (folder / "export.css").write_bytes(b"x")
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"ChatExport/{path.relative_to(folder).as_posix()}")
    for delivery, prefix in ((folder, ""), (tmp_path / "export.zip", "ChatExport/")):
        result = read_path(delivery)
        assert bodies_of(result) == BODIES[:4]
        assert [one.member for message in messages_of(result) for one in message.attachments] == [
            f"{prefix}voice_messages/audio_1.ogg",
            None,
        ]
        assert messages_of(result)[0].source.member == f"{prefix}result.json"
        assert codes_of(result) == {"member_not_read": 1}


def test_a_file_that_was_not_delivered_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write_export(folder / "result.json", chat_export(PAIR, OWN))
    assert codes_of(read_path(folder)) == {"member_missing": 1}


def test_the_real_samples() -> None:
    single, batch = (golden_reading(f"telegram_json/test_{kind}_export.json") for kind in ("single", "batch"))
    for result in (single, batch):
        assert bodies_of(result) == ["Minimal Message", "Link:https://telegram.org/"]
        assert [(m.from_party.name if m.from_party else None, m.time.utc) for m in messages_of(result)] == [
            ("Author 1", "2018-12-05T10:39:10.000Z"),
            ("Author 2", "2018-12-05T10:49:24.000Z"),
        ]
        assert codes_of(result) == {}


def test_older_exports_have_local_times_and_bare_numbers() -> None:
    export = chat_export(PAIR, OWN)
    for message in export["messages"]:
        del message["date_unixtime"]
        message["from_id"] = int(message["from_id"].removeprefix("user"))
    result = read(export)
    assert messages_of(result)[0].time.utc == "2024-07-08T09:15:30.000Z"
    assert messages_of(result)[0].time.basis == "assumed_zone"
    assert [message.direction.value for message in messages_of(result)][:2] == ["incoming", "outgoing"]


def test_a_counted_time_that_is_no_instant_gives_way_to_the_written_one() -> None:
    export = chat_export(PAIR, OWN)
    export["messages"][0]["date_unixtime"] = "-99999999999999999"
    result = read(export)
    first = messages_of(result)[0]
    assert (first.time.utc, first.time.basis) == ("2024-07-08T09:15:30.000Z", "assumed_zone")
    assert ("date_unixtime", "-99999999999999999") in first.extra
    assert codes_of(result)["time_unreadable"] == 1


def test_what_json_does_not_know_is_read() -> None:
    content = json.dumps(chat_export(PAIR, OWN)).replace("caption", "a\\x1fb \\ud83d c\x01")
    result = read_content(content)
    assert bodies_of(result)[3] == "a\x1fb \ufffd c\x01"
    assert messages_of(result)[3].body_notices == ("replaced_characters",)


def test_a_broken_message_costs_no_other() -> None:
    content = json.dumps(chat_export(PAIR, OWN)).replace('"caption"', "caption")
    result = read_content(content)
    assert bodies_of(result) == BODIES[:3]
    assert codes_of(result) == {"element_unreadable": 1, "stretch_malformed": 1}
    assert is_balanced(result)


@pytest.mark.parametrize("share", [n / 40 for n in range(10, 40)])
def test_a_file_that_is_cut_off_keeps_what_is_whole(share: float) -> None:
    content = json.dumps(EXPORT)
    result = read_content(content[: int(len(content) * share)])
    assert bodies_of(result) == BODIES[: len(bodies_of(result))]
    assert codes_of(result)["input_truncated"] == 1
    assert result.state == "partial"
    assert is_balanced(result)


def test_odd_types_are_no_reason_to_stop() -> None:
    export = {
        "name": 7, "type": "personal_chat", "id": "x",
        "messages": [
            1, None, [], {}, {"type": "message"}, {"text": 5}, {"text": [1, {"text": 2}, None]},
            {"type": "message", "date_unixtime": "x", "from_id": {}, "text": {"a": 1}},
            {"type": "service", "action": 5}, {"type": "service"}, {"date_unixtime": "99999999999999999999"},
            {"from_id": "user1", "text": "last"},
        ],
    }  # fmt: skip
    result = read(export)
    assert bodies_of(result)[-1] == "last"
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


def test_service_messages_are_counted_by_their_action() -> None:
    export = chat_export(PAIR, OWN)
    export["messages"] += [{"id": 9, "type": "service", "action": "pin_message", "actor_id": "user1"}] * 2
    result = read(export)
    assert {notice.subject: notice.count for notice in result.notices} == {"service message pin_message": 2}
    assert is_balanced(result)


@pytest.mark.parametrize(
    "content",
    ["{}", "[]", '{"smses": 1}', "x", '{"messages": 1}'],
)
def test_what_is_no_export_is_not_claimed(content: str) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=4))
def test_any_change_is_a_record_or_a_notice(place: int, octets: bytes) -> None:
    content = bytearray(json.dumps(EXPORT, ensure_ascii=False).encode())
    place %= len(content)
    content[place : place + len(octets)] = octets
    try:
        result = read_content(bytes(content))
    except InputRefused:
        return
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


class Pieces:
    """A stream that gives as many bytes as it likes."""

    def __init__(self, content: bytes, size: int) -> None:
        self._stream, self._size = BytesIO(content), size

    def read(self, size: int, /) -> bytes:
        return self._stream.read(min(size, self._size))


@QUICK
@given(st.dictionaries(st.text(max_size=4), JSON_VALUES, max_size=5), st.integers(1, 50), st.booleans())
def test_a_walk_sees_what_a_parser_sees(value: dict[str, Any], size: int, spaced: bool) -> None:  # noqa: FBT001 - hypothesis
    content = json.dumps(value, indent=1 if spaced else None).encode()
    walk = JsonWalk(Pieces(content, size), 1_000_000)
    seen: dict[str, Any] = {}
    walk.enter()
    while (key := walk.next_key()) is not None:
        if walk.kind() == "[":
            walk.enter()
            seen[key] = []
            while walk.has_next():
                seen[key].append(decode_json(walk.value())[0])
        else:
            seen[key] = decode_json(walk.value())[0]
    assert seen == value
    assert walk.is_at_end()
    skipping = JsonWalk(Pieces(content, size), 1_000_000)
    skipping.skip()
    assert skipping.is_at_end()


@QUICK
@given(st.binary(max_size=60), st.integers(1, 10))
def test_a_walk_over_anything_ends(content: bytes, size: int) -> None:
    walk = JsonWalk(Pieces(content, size), 1_000)
    code = None
    try:
        walk.enter()
        while walk.next_key() is not None:
            walk.value()
    except JsonDamaged as damaged:
        code = damaged.code
    assert code in {None, "input_truncated", "input_malformed", "limit_reached"}


def test_a_value_larger_than_the_limit_ends_the_walk() -> None:
    walk = JsonWalk(Pieces(b'["' + b"x" * 100_000 + b'"]', 1_000), 10_000)
    walk.enter()
    assert walk.has_next()
    with pytest.raises(JsonDamaged, match="limit_reached"):
        walk.value()


def test_the_made_fixture() -> None:
    result = golden_reading("telegram_json/made_account.json")
    assert bodies_of(result) == BODIES
    assert is_balanced(result)


@pytest.mark.parametrize("between", [b"\x0c", b"\x0b\x0c", b"\x85", b"\x1f"])
def test_an_octet_that_is_no_white_space_of_json_does_not_hold_the_walk(between: bytes) -> None:
    walk = JsonWalk(BytesIO(b'[{"a": 1}' + between + b'\n {"b": 2}, 3]'), 1_000)
    walk.enter()
    values = []
    while walk.has_next():
        values.append(walk.value())
        assert len(values) < 9
    assert values == [b'{"a": 1}', between, b'{"b": 2}', b"3"]


SHIFT = 1 << 32
OLDER = {
    "a user's number": (0, 0),
    "a chat's with what it is of": (0, SHIFT),
    "both with what they are of": (SHIFT, SHIFT),
}


@pytest.mark.parametrize(("of_sender", "of_chat"), OLDER.values(), ids=OLDER)
def test_ids_of_older_exports_say_what_they_are_of_in_their_upper_half(of_sender: int, of_chat: int) -> None:
    account = account_export(OWNER, (PAIR,))
    for export in (account, {"chats": account["chats"]}):
        (chat,) = export["chats"]["list"]
        known = [message["from_id"] for message in chat["messages"]]
        older = {**chat, "id": chat["id"] + of_chat}
        older["messages"] = [
            {**message, "from_id": int(message["from_id"].removeprefix("user")) + of_sender}
            for message in chat["messages"]
        ]
        result = read({**export, "chats": {"list": [older]}})
        came_in, sent, *_ = found = messages_of(result)
        assert [message.direction.value for message in found] == ["incoming", "outgoing", "incoming", "incoming"]
        assert came_in.from_party is not None
        assert sent.from_party is not None
        assert [came_in.from_party.raw, sent.from_party.raw, sent.to[0].raw] == [known[0], known[1], known[0]]
        assert dict(came_in.extra)["from_id"] == str(older["messages"][0]["from_id"])


def test_a_user_of_today_is_told_by_all_of_its_id() -> None:
    export = chat_export(PAIR, OWN)
    export["id"] = SHIFT + 222
    for message, user in zip(export["messages"], (SHIFT + 222, 222, SHIFT + 222, SHIFT + 222), strict=True):
        message["from_id"] = f"user{user}"
    came_in, sent, *_ = messages_of(read(export))
    assert (came_in.direction.value, sent.direction.value) == ("incoming", "outgoing")
    assert [party.raw for party in sent.to] == [f"user{SHIFT + 222}"]


@pytest.mark.parametrize(
    "export",
    [
        {**EXPORT, "chats": EXPORT["chats"]["list"]},
        {**EXPORT, "chats": {"list": {"0": EXPORT["chats"]["list"][0]}}},
        {**EXPORT, "chats": {"list": [{**EXPORT["chats"]["list"][0], "messages": {"0": {}}}]}},
        {**chat_export(PAIR, OWN), "messages": {"0": chat_export(PAIR, OWN)["messages"][0]}},
        {**EXPORT, "contacts": EXPORT["contacts"]["list"]},
    ],
)
def test_lists_in_another_form_are_named_as_not_read(export: dict[str, Any]) -> None:
    result = read(export)
    assert codes_of(result)["element_unreadable"] == 1
    assert is_balanced(result)


def test_a_message_that_the_application_did_not_export_is_no_empty_message() -> None:
    export = chat_export(PAIR, OWN)
    export["messages"] += [{"id": 9, "type": "unsupported"}, {"id": 10, "type": "later", "text": "x"}]
    result = read(export)
    assert bodies_of(result) == [*BODIES[:4], "x"]
    assert [(notice.code, notice.subject) for notice in result.notices] == [
        ("element_unreadable", "message unsupported")
    ]
    assert is_balanced(result)


def test_what_a_message_holds_beside_its_text() -> None:
    export = chat_export(PAIR, OWN)
    export["messages"] = [
        {**export["messages"][0], "photo": "photos/1.jpg", "photo_file_size": 123},
        {**export["messages"][0], "id": 2, "contact_vcard": "contacts/1.vcard", "contact_vcard_file_size": 45},
        {
            **export["messages"][0],
            "id": 3,
            "poll": {"question": "2nite?", "answers": [{"text": "yes"}, {"text": "no"}]},
        },
        {**export["messages"][0], "id": 4, "game_title": "x", "invoice_information": '{"title": "y"}'},
        {
            **export["messages"][0],
            "id": 5,
            "inline_bot_buttons": [[{"type": "url", "text": "go", "data": "a.example"}]],
        },
    ]
    photo, card, poll, game, buttons = messages_of(read(export))
    assert [(one.name, one.content_type, one.size_bytes) for one in (*photo.attachments, *card.attachments)] == [
        ("1.jpg", "image/jpeg", 123),
        ("1.vcard", "text/vcard", 45),
    ]
    assert [text for name, text in poll.extra if name == "poll.answers.text"] == ["yes", "no"]
    assert {("game_title", "x"), ("invoice_information", '{"title": "y"}')} <= set(game.extra)
    assert ("inline_bot_buttons.data", "a.example") in buttons.extra


def test_a_key_that_is_not_known_is_kept() -> None:
    export = chat_export(PAIR, OWN)
    first = export["messages"][0]
    call = {
        "id": 3,
        "type": "service",
        "action": "phone_call",
        "actor": "Kit",
        "actor_id": "user9",
        "date": "2024-01-02T03:04:05",
    }
    export["messages"] = [
        {**{key: value for key, value in first.items() if key != "text"}, "#ext": "on both", "width": 3},
        {**first, "id": 2, "later": {"a": [True, None, ""], "b": {"c": 7}}, "text_entities": [{"text": "x"}]},
        {**call, "conference": {"with": "Jay"}, "text": ""},
    ]
    result = read(export)
    lost, nested = messages_of(result)
    assert lost.body is None
    assert ("#ext", "on both") in lost.extra
    assert [pair for pair in nested.extra if pair[0].startswith("later")] == [("later.a", "true"), ("later.b.c", "7")]
    assert not {"width", "text_entities", "text_entities.text"} & {name for name, _ in (*lost.extra, *nested.extra)}
    assert ("conference.with", "Jay") in calls_of(result)[0].extra
    assert is_balanced(result)


@pytest.mark.parametrize("has_account", [True, False])
def test_what_was_saved_of_somebody_else_is_not_the_owners(*, has_account: bool) -> None:
    kept = [
        {"id": 1, "type": "message", "date": "2024-06-01T13:30:00", "from": "Kai", "from_id": "user111", "text": "own"},
        {
            "id": 2,
            "type": "message",
            "date": "2024-06-01T13:31:00",
            "from": "Zed",
            "from_id": "user222",
            "text": "other",
        },
    ]
    chat = {"type": "saved_messages", "id": 111, "messages": kept}
    account = {"personal_information": {"user_id": 111, "first_name": "Kai"}} if has_account else {}
    own, other = messages_of(read({**account, "chats": {"about": "", "list": [chat]}}))
    assert (own.direction.value, own.direction_basis) == ("outgoing", "chat_type")
    assert own.from_party is not None
    assert own.from_party.is_owner
    assert (other.direction.value, other.direction_basis) == ("unknown", None)
    assert other.from_party is not None
    assert (other.from_party.name, other.from_party.is_owner) == ("Zed", None)
