"""InstantMessages: alone, and in chats."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Direction
from parsers.records.values import DeletedState
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    OWNER,
    chat,
    codes,
    field,
    items,
    message,
    messages_of,
    model,
    only_message,
    parties,
    party,
    read_text,
    report,
    sender,
)

FRIEND = party(OTHER, "From", "Jay", owner="False")
PHONE = party(OWNER, "From", owner="True")
BOTH = parties(party(OWNER, name="Me", owner="True"), party(OTHER, name="Jay", owner="False"), name="Participants")
JID, OWN_JID = "447700900123@s.whatsapp.net", "447700900100@s.whatsapp.net"


@pytest.mark.parametrize(
    ("content", "direction", "basis"),
    [
        (sender(FRIEND), "incoming", "owner_flag"),
        (sender(PHONE) + parties(party(OTHER), name="To"), "outgoing", "owner_flag"),
        (sender(PHONE) + field("Status", "Read"), "outgoing", "owner_flag"),
        (sender(party(OTHER)) + field("FromIsOwner", "True"), "outgoing", "owner_flag"),
        (sender(party(OTHER)) + field("FromIsOwner", "False"), "incoming", "owner_flag"),
        (sender(party(OTHER)) + parties(party(OWNER, owner="True"), name="To"), "incoming", "owner_flag"),
        (sender(PHONE) + field("Folder", "Drafts"), "draft", "folder"),
        (sender(FRIEND) + field("Status", "Unsent"), "outgoing", "status"),
        (sender(party(OTHER)) + field("Folder", "Sent"), "outgoing", "folder"),
        (sender(party(OTHER)), "incoming", "party_role"),
        (parties(party(OTHER), name="To"), "outgoing", "party_role"),
        (field("Status", "Read"), "unknown", None),
        (sender(party("jay77")) + field("Source", "Snapchat"), "unknown", None),
        (field("From", OTHER) + field("Folder", "Inbox"), "incoming", "folder"),
    ],
)
def test_direction_of_a_message_that_stands_alone(
    tmp_path: Path, content: str, direction: str, basis: str | None
) -> None:
    found = only_message(tmp_path, report(message("m1", content)))
    assert (found.direction, found.direction_basis) == (direction, basis)


@pytest.mark.parametrize(("flag", "is_owner"), [("True", True), ("true", True), ("False", None), ("maybe", None)])
def test_a_sender_who_is_flagged_as_the_owner_is_marked_so(tmp_path: Path, flag: str, is_owner: bool | None) -> None:  # noqa: FBT001 - a case
    content = sender(party(OTHER)) + parties(party(OWNER), name="To") + field("FromIsOwner", flag)
    found = only_message(tmp_path, report(message("m1", content)))
    assert found.from_party is not None
    assert found.from_party.is_owner is is_owner
    assert not any(each.is_owner for each in found.to)


@pytest.mark.parametrize(
    ("content", "service"),
    [
        (field("Source", None), "sms"),
        (field("Source", "Native Messages"), "sms"),
        (field("Type", "MMS"), "mms"),
        (field("Source", "") + field("Type", "SMS"), "sms"),
        (field("Source", "WhatsApp"), "whatsapp"),
        (field("SourceApplication", "Signal"), "signal"),
        (field("Source", "iMessage") + field("Type", "AppMessage"), "imessage"),
        (field("Source", "Kik: the app"), "kik: the app"),
    ],
)
def test_service(tmp_path: Path, content: str, service: str) -> None:
    assert only_message(tmp_path, report(message("m1", content))).service == service


@pytest.mark.parametrize("account", ["+447700900100", "+44 7700 900100", "jay@example.com", "e:jay@example.com"])
def test_an_account_behind_the_application_is_no_part_of_its_name(tmp_path: Path, account: str) -> None:
    source = f"iMessage: {account}"
    alone = message("m1", sender(FRIEND) + field("Source", source))
    inside = model("Chat", "c1", field("Source", source), parties(FRIEND, name="Participants"), message("m2"))
    call = model("Call", "k1", field("Source", source.replace("iMessage", "FaceTime")))
    result = read_text(tmp_path, report(alone, inside, call))
    texts = messages_of(result)
    (called,) = [record for record in result.records if isinstance(record, Call)]
    assert [each.service for each in texts] == ["imessage"] * len(texts)
    assert ("Source", source) in texts[0].extra
    assert (called.service, called.extra) == ("facetime", (("Source", f"FaceTime: {account}"),))


def whatsapp(*content: str, messages: str) -> str:
    return chat("c1", field("Source", "WhatsApp"), field("Id", "thread-1"), *content, messages=messages)


def test_recipients_that_a_message_leaves_out_are_the_other_participants(tmp_path: Path) -> None:
    sent, got = message("m1", sender(party(OWNER))), message("m2", sender(party(OTHER)), parties(name="To"))
    first, second = messages_of(read_text(tmp_path, report(whatsapp(BOTH, messages=sent + got))))
    assert (first.direction, first.direction_basis) == (Direction.OUTGOING, "owner_flag")
    assert [each.raw for each in first.to] == [OTHER]
    assert (second.direction, second.listing, second.thread) == (Direction.INCOMING, "chat", "thread-1")
    assert [(each.raw, each.is_owner) for each in second.to] == [(OWNER, True)]
    assert second.from_party is not None
    assert second.from_party.name == "Jay"
    assert second.service == "whatsapp"
    assert second.source.locator == "model m2 in chat c1"


def test_the_chats_account_tells_the_owner(tmp_path: Path) -> None:
    people = parties(party(OWN_JID), party(JID), name="Participants")
    sent, got = message("m1", sender(party(OWN_JID))), message("m2", sender(party(JID)))
    text = report(whatsapp(field("Account", OWN_JID), people, messages=sent + got))
    first, second = messages_of(read_text(tmp_path, text))
    assert (first.direction, second.direction) == (Direction.OUTGOING, Direction.INCOMING)
    assert second.direction_basis == "account"
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.is_owner) == (OWN_JID, True)


def test_the_handsets_number_tells_the_owner_of_a_chat(tmp_path: Path) -> None:
    people = parties(party(OWNER), party(OTHER), name="Participants")
    text = report(
        whatsapp(people, messages=message("m1", sender(party("07700900100"))) + message("m2", sender(party(OTHER)))),
        header=items("Device Info", ("MSISDN", OWNER)),
    )
    first, second = messages_of(read_text(tmp_path, text))
    assert (first.direction, second.direction) == (Direction.OUTGOING, Direction.INCOMING)


def test_a_group_message_goes_to_everybody_else(tmp_path: Path) -> None:
    people = parties(
        party(OWNER, owner="True"), party(OTHER), party("07700 900124"), party("07700 900125"), name="Participants"
    )
    text = report(whatsapp(people, field("ChatType", "Group"), messages=message("m1", sender(party(OTHER)))))
    found = only_message(tmp_path, text)
    assert [each.raw for each in found.to] == [OWNER, "07700 900124", "07700 900125"]
    assert found.direction is Direction.INCOMING
    assert ("Chat.ChatType", "Group") in found.extra


@pytest.mark.parametrize(("count", "is_crowd"), [(1_022, False), (1_023, True)])
def test_the_participants_of_a_channel_are_not_repeated_with_each_message(
    tmp_path: Path, count: int, *, is_crowd: bool
) -> None:
    crowd = [party(f"member-{number}") for number in range(count)]
    people = parties(party(OWNER, owner="True"), party(OTHER), *crowd, name="Participants")
    sent, got = message("m1", sender(party(OWNER))), message("m2", sender(party(OTHER)))
    stated = message("m3", sender(party(OWNER)), parties(party(OTHER), name="To"))
    result = read_text(tmp_path, report(whatsapp(people, messages=sent + got + stated)))
    first, second, third = messages_of(result)
    assert [first.direction, second.direction] == [Direction.OUTGOING, Direction.INCOMING]
    assert len(first.to) == (0 if is_crowd else count + 1)
    assert [each.raw for each in second.to if each.is_owner] == [OWNER]
    assert len(second.to) == (1 if is_crowd else count + 1)
    assert [each.raw for each in third.to] == [OTHER]
    assert {each.thread for each in (first, second, third)} == {"thread-1"}
    notices = {notice.code: notice.count for notice in result.notices}
    assert notices.get("recipients_left_out") == (3 if is_crowd else None)
    beside = [text for name, text in third.extra if name == "Chat.Participants.Identifier"]
    assert beside == ([] if is_crowd else [f"member-{number}" for number in range(count)])


def test_participants_whom_a_message_does_not_name_stand_beside_it(tmp_path: Path) -> None:
    silent = party("07700 900124", name="Silent")
    people = parties(party(OWNER, owner="True"), party(OTHER), silent, name="Participants")
    got = message("m1", sender(party(JID)), parties(party(OWNER), name="To"))
    chatted = whatsapp(people, field("Account", OWN_JID), messages=got)
    found = only_message(tmp_path, report(chatted))
    assert [each.raw for each in found.to] == [OWNER]
    assert [pair for pair in found.extra if pair[0].startswith("Chat.")] == [
        ("Chat.Account", OWN_JID),
        ("Chat.Participants.Identifier", "07700 900124"),
        ("Chat.Participants.Name", "Silent"),
    ]


def test_nobody_sent_a_line_of_the_application(tmp_path: Path) -> None:
    """The tool writes ``System Message`` where the application itself speaks: no person, and no other side."""
    spoken = message("m1", sender(party("System Message")), field("Status", "Read"), body="Jay joined")
    found = only_message(tmp_path, report(whatsapp(BOTH, messages=spoken)))
    assert (found.from_party, found.to, found.body) == (None, (), "Jay joined")
    assert (found.direction, found.direction_basis, found.status) == (Direction.UNKNOWN, None, "system")
    assert {("From", "System Message"), ("Status", "Read")} <= set(found.extra)


def test_a_quoted_message_is_no_message_of_the_chat(tmp_path: Path) -> None:
    quoted = (
        '<multiModelField name="EmbeddedInstantMessage" type="InstantMessage">'
        f"{message('q1', sender(party(OTHER)), body='the older text')}</multiModelField>"
    )
    text = report(whatsapp(BOTH, messages=message("m1", sender(party(OWNER)), quoted, quoted, body="yes")))
    result = read_text(tmp_path, text)
    (found,) = messages_of(result)
    assert found.body == "yes"
    assert [pair for pair in found.extra if pair[1] == "the older text"] == [
        ("EmbeddedInstantMessage.Body", "the older text")
    ]
    (rows,) = result.tally.values()
    assert rows["message"].seen == 1


def test_a_chat_inside_a_quoted_message_is_not_taken_for_one(tmp_path: Path) -> None:
    inner = f'<modelField name="Origin" type="Chat">{chat("c2", messages=message("x1"))}</modelField>'
    result = read_text(tmp_path, report(whatsapp(BOTH, messages=message("m1", inner))))
    assert len(messages_of(result)) == 1


def test_the_same_message_in_a_chat_and_at_top_level_counts_once(tmp_path: Path) -> None:
    at = field("TimeStamp", "2024-11-03T19:46:47.000+00:00", "TimeStamp")
    top = message("m1", sender(FRIEND), at)
    text = report(top, chat("c1", field("Id", "t"), BOTH, messages=message("m1", sender(FRIEND), at)))
    result = read_text(tmp_path, text)
    first, second = messages_of(result)
    assert (first.duplicate_of, second.duplicate_of) == (None, first.record_id)
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].indexed, rows["message"].merged) == (2, 1, 1)


def test_participants_behind_the_messages_are_waited_for(tmp_path: Path) -> None:
    listed = f'<multiModelField name="Messages" type="InstantMessage">{message("m1", sender(party(OTHER)))}'
    listed += f"{message('m2', sender(party(OWNER)))}</multiModelField>"
    text = report(model("Chat", "c1", field("Source", "WhatsApp"), listed, BOTH), message("m3", sender(FRIEND)))
    first, second, third = messages_of(read_text(tmp_path, text))
    assert [each.source.locator for each in (first, second, third)] == [
        "model m1 in chat c1",
        "model m2 in chat c1",
        "model m3",
    ]
    assert (first.direction, second.direction) == (Direction.INCOMING, Direction.OUTGOING)
    assert [each.raw for each in first.to] == [OWNER]


def test_many_messages_without_participants_are_read_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parsers.formats.ufdr.model_stream._WAITING_MESSAGES", 50)
    many = "".join(message(f"m{number}", sender(party(OTHER)), body="x" * 400) for number in range(2_000))
    result = read_text(tmp_path, report(chat("c1", messages=many)))
    assert [each.source.locator for each in messages_of(result)] == [f"model m{n} in chat c1" for n in range(2_000)]


def test_messages_of_a_long_chat_are_given_out_before_the_chat_ends(tmp_path: Path) -> None:
    many = "".join(message(f"m{number}", sender(party(OTHER)), body=f"{number} " * 80) for number in range(3_000))
    whole = report(whatsapp(BOTH, messages=many)).encode()
    result = read_text(tmp_path, whole[: len(whole) // 2])
    found = messages_of(result)
    assert 1_300 < len(found) < 1_700
    assert all(each.direction is Direction.INCOMING for each in found)
    assert codes(result) == {"input_truncated": 1, "element_unreadable": 1}


def test_a_chat_without_messages_is_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(chat("c1", BOTH), model("Chat", "c2", BOTH)))
    (notice,) = result.notices
    assert (notice.code, notice.count, notice.element) == ("element_not_read", 2, "other:Chat")


def test_another_model_among_the_messages_is_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(whatsapp(BOTH, messages=model("Poll", "p1") + message("m1"))))
    assert len(messages_of(result)) == 1
    assert [(notice.element, notice.count) for notice in result.notices] == [("other:Poll", 1)]


@pytest.mark.parametrize("size", [1, 400])
@pytest.mark.parametrize("stands_before", [True, False])
def test_further_lists_of_a_chat_are_read_or_named(tmp_path: Path, size: int, *, stands_before: bool) -> None:
    further = (
        parties(message("p1", body="pinned"), name="PinnedMessages"),
        parties(model("Call", "c1", field("Type", "Incoming")), name="CallLogs"),
        '<multiModelField name="Polls" type="Poll"><model id="x1"/><model type="Vote" id="x2"/></multiModelField>',
    )
    bodies = [f"{number}" * 200 for number in range(size)]
    listed = parties(*(message(f"m{number}", body=body) for number, body in enumerate(bodies)), name="Messages")
    content = (*further, BOTH, listed) if stands_before else (BOTH, listed, *further)
    result = read_text(tmp_path, report(model("Chat", "c", *content)))
    assert sorted(each.body or "" for each in messages_of(result)) == sorted([*bodies, "pinned"])
    assert {each.thread for each in messages_of(result)} == {"c"}
    (call,) = [record for record in result.records if isinstance(record, Call)]
    assert call.source.locator == "model c1 in chat c"
    assert codes(result) == {"element_not_read": 2}
    (rows,) = result.tally.values()
    assert (rows["other:Poll"].noticed, rows["other:Vote"].noticed) == (1, 1)


@pytest.mark.parametrize(
    ("address", "named", "service"),
    [
        (JID, "", "whatsapp"),
        ("1203630@g.us", "", "whatsapp"),
        (JID, field("Source", "Signal"), "signal"),
        (OTHER, "", "sms"),
        ("jay@example.org", "", "sms"),
    ],
)
def test_a_message_that_names_no_application_is_of_that_of_its_addresses(
    tmp_path: Path, address: str, named: str, service: str
) -> None:
    said = message("m1", sender(party(address, "From")) + named)
    assert only_message(tmp_path, report(said)).service == service


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (field("Erased", "True", "Boolean"), DeletedState.DELETED),
        (field("DateDeleted", "2024-11-03T20:00:00.000+00:00", "TimeStamp"), DeletedState.DELETED),
        (field("Erased", "False", "Boolean"), DeletedState.INTACT),
        (field("Erased", None, "Boolean") + field("DateDeleted", None, "TimeStamp"), DeletedState.INTACT),
        (field("DateDeleted", "0001-01-01T00:00:00.000+00:00", "TimeStamp"), DeletedState.INTACT),
        (field("DateDeleted", "1970-01-01T00:00:00.000+00:00", "TimeStamp"), DeletedState.INTACT),
        ("", DeletedState.INTACT),
    ],
)
def test_what_the_application_says_was_deleted_is_deleted(tmp_path: Path, fields: str, state: DeletedState) -> None:
    found = only_message(tmp_path, report(model("InstantMessage", "i", field("Body", "u about"), fields)))
    assert found.deleted is state
    assert (("deleted_state", "Intact") in found.extra) is (state is DeletedState.DELETED)
