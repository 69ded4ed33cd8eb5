"""SMS, MMS and InstantMessage models, and the Chats around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.demo.truth import ChatThread, Peer, StoredFile, TextMessage, Travel
from ingest.demo.writers.ufdr.elements import (
    STEP,
    ElementWriter,
    field,
    model_field,
    multi_field,
    multi_model_field,
)

TOP = STEP * 3
"""Indentation of a top-level model."""

_FOLDERS = {Travel.IN: "Inbox", Travel.OUT: "Sent", Travel.DRAFT: "Drafts"}
_STATUSES = {Travel.IN: "Read", Travel.OUT: "Sent", Travel.DRAFT: "Unsent"}
_BLANK_SMSC = " " * 16  # the real 3.0 report writes sixteen blanks where the handset keeps no service centre


def _state(*, deleted: bool) -> str:
    return "Deleted" if deleted else "Intact"


def sms(writer: ElementWriter, text: TextMessage, extraction: int) -> str:
    """Return one SMS model; one with several recipients has one Party each."""
    pad = TOP + STEP
    role = "From" if text.travel is Travel.IN else "To"
    parties = "".join(
        writer.party(
            pad + STEP, writer.guid("party", str(extraction), text.key, str(place)), peer, role, extraction=extraction
        )
        for place, peer in enumerate(text.peers)
    )
    time = writer.time(pad, "TimeStamp", text.at, zoneless=text.zoneless)
    status = field(pad, "Status", "MessageStatus", text.status or _STATUSES[text.travel])
    parties = multi_model_field(pad, "Parties", "Party", parties)
    folder = field(pad, "Folder", "String", text.folder or _FOLDERS[text.travel])
    body = field(pad, "Body", "String", text.body)
    source = field(pad, "Source", "String", "SIM" if text.on_sim else "Phone")
    if writer.dialect.has_long_attributes:
        mapping = field(pad, "UserMapping", "DecodingSourceOptions", None) if writer.dialect.has_user_mapping else ""
        smsc = field(pad, "SMSC", "String", text.smsc)
        fields = mapping + source + time + body + folder + smsc + status + parties
    else:
        smsc = field(pad, "SMSC", "String", text.smsc or _BLANK_SMSC)
        fields = time + status + parties + folder + smsc + body + source
    model_id = writer.guid("text", str(extraction), text.key)
    return writer.model(TOP, "SMS", model_id, fields, state=_state(deleted=text.deleted), extraction=extraction)


def _attachment(writer: ElementWriter, pad: str, text: TextMessage, stored: StoredFile, extraction: int) -> str:
    inner = pad + STEP
    size = len(stored.content or b"")
    fields = (
        field(inner, "Filename", "String", stored.name)
        + field(inner, "ContentType", "String", stored.content_type)
        + field(inner, "Charset", "String", None)
        + f'{inner}<dataField name="Data" type="MemoryRange">\n'
        + f'{inner}  <source length="{size}" />\n{inner}</dataField>\n'
    )
    if writer.dialect.has_long_attributes:
        fields += field(inner, "attachment_extracted_path", "String", stored.local_path.replace("/", "\\"))
    model_id = writer.guid("attachment", str(extraction), text.key, stored.key)
    return writer.model(pad, "Attachment", model_id, fields, extraction=extraction)


def mms(writer: ElementWriter, text: TextMessage, extraction: int) -> str:
    """Return one MMS model. Its parties are plain strings in 3.0 and Party models later."""
    pad = TOP + STEP
    sender = text.peers[0] if text.travel is Travel.IN else None
    recipients = () if sender else text.peers
    if writer.dialect.has_long_attributes:
        names = [writer.guid("party", str(extraction), text.key, str(place)) for place in range(len(text.peers))]
        model = (
            writer.party(pad + STEP, names[0], sender, "From", owner=False, extraction=extraction) if sender else None
        )
        parties = model_field(pad, "From", "Party", model) + multi_model_field(
            pad,
            "To",
            "Party",
            "".join(
                writer.party(pad + STEP, name, peer, "To", owner=False, extraction=extraction)
                for name, peer in zip(names, recipients, strict=False)
            ),
        )
    else:
        parties = (
            field(pad, "From", "String", sender.written if sender else None)
            + multi_field(pad, "To", "String", [peer.written for peer in recipients])
            + multi_field(pad, "Cc", "String", [])
            + multi_field(pad, "Bcc", "String", [])
        )
    attachments = "".join(_attachment(writer, pad + STEP, text, stored, extraction) for stored in text.files)
    fields = (
        field(pad, "Name", "String", text.peers[0].name if text.peers else None)
        + field(pad, "Folder", "String", text.folder or _FOLDERS[text.travel])
        + field(pad, "Status", "MessageStatus", text.status or _STATUSES[text.travel])
        + parties
        + field(pad, "Subject", "String", "")
        + field(pad, "Body", "String", text.body)
        + writer.time(pad, "TimeStamp", text.at, zoneless=text.zoneless)
        + field(pad, "Priority", "MailPriority", "Normal")
        + multi_model_field(pad, "Attachments", "Attachment", attachments)
    )
    if text.files and not writer.dialect.has_long_attributes:
        fields += field(pad, "attachment_extracted_path", "String", text.files[0].local_path.replace("/", "\\"))
    model_id = writer.guid("text", str(extraction), text.key)
    return writer.model(TOP, "MMS", model_id, fields, state=_state(deleted=text.deleted), extraction=extraction)


def instant_message(
    writer: ElementWriter,
    text: TextMessage,
    extraction: int,
    *,
    pad: str = TOP,
    model_id: str | None = None,
    account: str | None = None,
) -> str:
    """Return one InstantMessage model: a native text of the newest dialect, or a message of a chat.

    An incoming message has an empty ``To``. An outgoing native text shows the owner as an empty identifier.
    """
    inner = pad + STEP
    names = [writer.guid("party", str(extraction), text.key, str(place)) for place in range(len(text.peers) + 1)]
    is_native = text.service in {"sms", "mms"}
    if text.travel is Travel.IN:
        sender = writer.party(inner + STEP, names[0], text.peers[0], "From", owner=False, extraction=extraction)
        recipients = ""
    else:
        owner = Peer(account or "")
        sender = writer.party(inner + STEP, names[-1], owner, "From", owner=True, extraction=extraction)
        recipients = "".join(
            writer.party(inner + STEP, name, peer, "To", owner=False, extraction=extraction)
            for name, peer in zip(names, text.peers, strict=False)
        )
    attachments = "".join(_attachment(writer, inner + STEP, text, stored, extraction) for stored in text.files)
    fields = (
        field(inner, "UserMapping", "DecodingSourceOptions", "Decoding")
        + field(inner, "Source", "String", None if is_native else _shown_name(text.service))
        + model_field(inner, "From", "Party", sender)
        + multi_model_field(inner, "To", "Party", recipients)
        + field(inner, "Body", "String", text.body)
        + field(inner, "Identifier", "String", None)
        + writer.time(inner, "TimeStamp", text.at, zoneless=text.zoneless)
        + model_field(inner, "Attachment", "Attachment", None)
        + multi_model_field(inner, "Attachments", "Attachment", attachments)
        + field(inner, "Status", "MessageStatus", text.status or _STATUSES[text.travel])
        + field(inner, "Folder", "String", (text.folder or _FOLDERS[text.travel]) if is_native else None)
        + field(inner, "SMSC", "String", text.smsc)
        + field(inner, "SourceApplication", "String", None)
        + field(inner, "Type", "InstantMessageType", text.service.upper() if is_native else "AppMessage")
    )
    return writer.model(
        pad,
        "InstantMessage",
        model_id or writer.guid("text", str(extraction), text.key),
        fields,
        state=_state(deleted=text.deleted),
        extraction=extraction,
    )


def _shown_name(service: str) -> str:
    return {"whatsapp": "WhatsApp", "imessage": "iMessage", "snapchat": "Snapchat"}.get(service, service.title())


def chat(
    writer: ElementWriter,
    thread: ChatThread,
    extraction: int,
    *,
    keep_ids: bool = True,
) -> Iterator[str]:
    """Yield a Chat model piece by piece, its messages one at a time in the order of the thread.

    ``keep_ids``: a message that is also listed at top level has the same model id here.
    """
    inner = TOP + STEP
    times = [message.at for message in thread.messages if message.at is not None]
    is_native = thread.service in {"sms", "mms"}
    yield writer.model_start(TOP, "Chat", writer.guid("chat", str(extraction), thread.key), extraction=extraction)
    yield field(inner, "Source", "String", "Native Messages" if is_native else _shown_name(thread.service))
    yield field(inner, "Id", "String", thread.key)
    yield field(inner, "Name", "String", thread.name)
    yield writer.time(inner, "StartTime", min(times, default=None))
    yield writer.time(inner, "LastActivity", max(times, default=None))
    yield field(inner, "Account", "String", thread.account)
    yield field(inner, "ChatType", "ChatType", "Group" if thread.is_group else "OneOnOne")
    people = [(Peer(thread.account or ""), True), *((peer, False) for peer in thread.participants)]
    yield multi_model_field(
        inner,
        "Participants",
        "Party",
        "".join(
            writer.party(
                inner + STEP,
                writer.guid("participant", str(extraction), thread.key, str(place)),
                peer,
                "General",
                owner=owner,
                extraction=extraction,
            )
            for place, (peer, owner) in enumerate(people)
        ),
    )
    yield multi_model_field(inner, "Photos", "ContactPhoto", "")
    yield f'{inner}<multiModelField name="Messages" type="InstantMessage">\n'
    for message in thread.messages:
        model_id = None if keep_ids else writer.guid("text in chat", str(extraction), message.key)
        yield instant_message(writer, message, extraction, pad=inner + STEP, model_id=model_id, account=thread.account)
    yield f"{inner}</multiModelField>\n{TOP}</model>\n"


def native_threads(texts: Iterable[TextMessage], account: str | None) -> list[ChatThread]:
    """Return the native texts as threads, one a set of peers, as the newest dialect lists them a second time.

    Needs all texts in memory: not for big files.
    """
    groups: dict[tuple[str, ...], list[TextMessage]] = {}
    for text in texts:
        groups.setdefault(tuple(sorted(peer.number or peer.written for peer in text.peers)), []).append(text)
    return [
        ChatThread(
            key="native-" + "-".join(people),
            service="sms",
            account=account,
            participants=group[0].peers,
            messages=tuple(group),
            is_group=len(people) > 1,
        )
        for people, group in groups.items()
    ]
