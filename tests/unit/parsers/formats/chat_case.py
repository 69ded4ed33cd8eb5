"""Chats of one account, in invented texts: what the fixtures of exported chats are written from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.demo.truth import (
    ChatThread,
    OwnedAccount,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    StoredFile,
    TextMessage,
    Travel,
)

AT = datetime(2024, 7, 8, 9, 15, 30, tzinfo=UTC)
ZARO = Peer("zaro_best", None, "Zaro \U0001f525")
UNSAVED = Peer("+44 7700 900456", "+447700900456")
OWNER = OwnedAccount(
    key="o",
    service="telegram",
    name="Kit",
    username="kit_owner",
    number=SavedNumber("+44 7700 900999", "+447700900999"),
)
VOICE = StoredFile(
    key="v", source_path="/v.ogg", local_path="voice_messages/audio_1.ogg", content=b"OggS", content_type="audio/ogg"
)
LEFT_OUT = StoredFile(key="w", source_path="/w.ogg", local_path="", content=None, content_type="audio/ogg")


def _said(
    key: str, body: str, *, by: Peer | None = ZARO, minutes: int = 0, files: tuple[StoredFile, ...] = ()
) -> TextMessage:
    return TextMessage(
        key=key,
        at=AT + timedelta(minutes=minutes),
        travel=Travel.OUT if by is None else Travel.IN,
        peers=() if by is None else (by,),
        body=body,
        service="telegram",
        files=files,
    )


PAIR = ChatThread(
    key="pair",
    service="telegram",
    account="kit_owner",
    participants=(ZARO,),
    messages=(
        _said("1", "Zaro line back on, bell 07700900321 \u2764\ufe0f"),
        _said("2", 'u about? "quoted" \\ back\nnew line', by=None, minutes=1),
        _said("3", "", minutes=2, files=(VOICE,)),
        _said("4", "caption", minutes=3, files=(LEFT_OUT,)),
    ),
)
GROUP = ChatThread(
    key="group",
    service="telegram",
    account="kit_owner",
    participants=(ZARO, UNSAVED),
    messages=(
        _said("5", "\u0412\u0441\u0451 \U0001f68c"),
        _said("6", "who", by=UNSAVED, minutes=5),
        _said("7", "me", by=None),
    ),
    name="Sunday lunch",
    is_group=True,
)
CONTACTS = (
    SavedContact(key="a", name="Zaro Best", numbers=(SavedNumber("+447700900123", "+447700900123"),)),
    SavedContact(key="b", name="Jay", numbers=(SavedNumber("07700 900456", "+447700900456"),)),
)
CALLS = (
    PhoneCall(key="c", at=AT, call_type="missed", peer=ZARO),
    PhoneCall(key="d", at=AT, call_type="outgoing", peer=ZARO, duration_seconds=61),
    PhoneCall(key="e", at=AT, call_type="rejected", peer=UNSAVED),
    PhoneCall(key="f", at=AT, call_type="incoming", peer=UNSAVED, duration_seconds=5),
)
BODIES = [message.body for chat in (PAIR, GROUP) for message in chat.messages]
