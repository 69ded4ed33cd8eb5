"""InstantMessage models: messages of applications, and in later dialects the native texts too.

At top level a message stands alone. In a Chat the account, the participants and the name of the thread stand beside
it: recipients that a message leaves out are the participants without its sender.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.application_lines import SYSTEM_STATUS, is_system
from parsers.directions import (
    folder_direction,
    owner_direction,
    role_direction,
    stated_direction,
    unread_way,
)
from parsers.formats.ufdr.elements import Element, Field, Fields, fields_of, text_of
from parsers.formats.ufdr.model_times import message_times, moment_of
from parsers.formats.ufdr.own_accounts import marked_owner
from parsers.formats.ufdr.parties import field_parties, owned, read_parties
from parsers.formats.ufdr.reading_state import (
    Extra,
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    application_of,
    stated_attributes,
)
from parsers.formats.ufdr.texts import attachments_of, body_of
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import DeletedState, Party
from parsers.services import application_service, before_account, is_sim, message_service, service_of_addresses

_TELL_DELETION: Final = frozenset({"Erased", "DateDeleted"})
_NO_DAY: Final = "1970-01-01"
"""Of a time that is none: what a database counts from, or an earlier one."""
_KNOWN: Final = frozenset(
    {
        "UserMapping",
        "Source",
        "SourceApplication",
        "Type",
        "From",
        "To",
        "Cc",
        "Bcc",
        "Parties",
        "Body",
        "Snippet",
        "TimeStamp",
        "DateRead",
        "DateDelivered",
        "Status",
        "Folder",
        "SMSC",
        "Attachments",
        "Attachment",
        "attachment_extracted_path",
        "FromIsOwner",
        "ChatId",
    }
)
_MOST_RECIPIENTS: Final = 1_024
"""Participants of a chat that are repeated with each of its messages: as many as a group of WhatsApp can have. Channels
have a hundred times as many, and with each message a report would grow by all of them."""

_MOST_SERVICES: Final = 4
"""Applications of one chat's messages of which the owner is sought: there is one."""

_BOTH: Final = 2
_NATIVE: Final = frozenset({"sms", "mms"})
_OWNER: Final = {"true": True, "false": False}


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """What a Chat says of all its messages.

    Attributes:
        thread_id: The vendor's id of the thread, else the model's.
        application: ``Source`` of the chat.
        account_key: Number key of the owner's account. None: not stated.
        participants: By number key, else by raw text.
        owners: Those of them that are the handset's owner.
        by_account: Itself, by application, with what the accounts say of its owner; where nothing else does.
        is_told_apart: Whether an account may still say which party of a message is the owner: not where accounts name
            several of the participants.
        extra: Name and kind of the thread.
    """

    thread_id: str | None
    application: str | None = None
    account_key: str | None = None
    participants: dict[str, Party] = {}
    owners: tuple[Party, ...] = ()
    knows_owner: bool = False
    is_told_apart: bool = True
    by_account: dict[str, Thread] = {}
    extra: tuple[tuple[str, str], ...] = ()


NO_THREAD: Final = Thread(thread_id=None)


def read_thread(state: ReadingState, fields: Fields, chat_id: str | None, own_keys: set[str]) -> Thread:
    """Return what the fields of a Chat say of its messages."""
    account = text_of(fields.get("Account"))
    account_key = _key(account, state.region)
    participants: dict[str, Party] = {}
    for _, found in read_parties(state, [fields.get("Participants"), fields.get("Parties")]):
        if is_system(found):
            continue
        side = owned(found, own_keys)
        if account_key and side.is_owner is None and number_key(side.raw, side.e164) == account_key:
            side = msgspec.structs.replace(side, is_owner=True)
        participants.setdefault(_told_by(side), side)
    extra: Extra = []
    for name in ("Name", "Description", "ChatType"):
        add_field(extra, f"Chat.{name}", fields.get(name))
    if all(account != each.raw for each in participants.values()):
        add_field(extra, "Chat.Account", account)
    return Thread(
        thread_id=text_of(fields.get("Id")) or chat_id,
        application=text_of(fields.get("Source")),
        account_key=account_key,
        participants=participants,
        owners=tuple(each for each in participants.values() if each.is_owner),
        knows_owner=bool(account_key) or any(each.is_owner for each in participants.values()),
        extra=tuple(extra),
    )


def read_instant_message(thread: Thread, state: ReadingState, model: Element, place: ModelPlace) -> Message:
    """Return the record of an InstantMessage model."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    if not fields.keys() <= _KNOWN:
        for name, value in fields.items():
            if name not in _KNOWN:
                add_field(extra, name, value)
    if repeats:
        add_repeats(state, place, extra, repeats)
    if _TELL_DELETION & fields.keys():
        deleted = _told_deleted(model, fields, place, deleted, extra)
    extra.extend(thread.extra)
    type_name, source = text_of(fields.get("Type")), text_of(fields.get("Source"))
    application = source or text_of(fields.get("SourceApplication")) or thread.application
    application = application_of(application, extra)
    service = message_service(application, type_name)
    folder, status = text_of(fields.get("Folder")), text_of(fields.get("Status"))
    sender, recipients = _parties(state, fields, thread, place, extra)
    if not application:
        service = service_of_addresses((sender, *recipients)) or service
    if sender is not None and is_system(sender):
        _keep_system(sender, recipients, status, extra)
        sender, recipients, status = None, (), SYSTEM_STATUS
        direction, basis = Direction.UNKNOWN, None
    else:
        if not thread.knows_owner:
            thread, sender, recipients = _told_by_account(state, fields, thread, place, sender, recipients)
        direction, basis = _direction(fields, sender, recipients, thread, service)
        sender = _flagged(fields, sender)
    _note_way(state, fields, (direction, status), service, place, extra)
    if status is not SYSTEM_STATUS and thread.participants:
        recipients = _completed(thread, (sender, recipients), state, place, extra)
    body, body_notices = body_of(fields, place)
    smsc = text_of(fields.get("SMSC"))
    stamp = state.stamp
    locator = place.locator
    return Message(
        source=stamp.source(locator),
        record_id=stamp.record_id("message", locator),
        extraction_id=place.part.extraction_id,
        deleted=deleted,
        service=service,
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        body=body,
        body_notices=body_notices,
        thread=text_of(fields.get("ChatId")) or thread.thread_id,
        status=status,
        folder=folder,
        smsc=smsc,
        attachments=attachments_of(state, fields, extra, locator),
        time=moment_of(model, fields, "TimeStamp", place.part.clock),
        times=message_times(model, fields, place.part.clock),
        listing="sim" if source and is_sim(source) else place.listing,
        extra=tuple(extra),
    )


def _told_deleted(
    model: Element, fields: Fields, place: ModelPlace, deleted: DeletedState, extra: Extra
) -> DeletedState:
    """Return the deleted state with what the application itself says; the tool speaks of its row in the database.

    Where the two differ, what the tool says is kept beside the record.
    """
    is_erased = (text_of(fields.get("Erased")) or "").strip().casefold() == "true"
    at = moment_of(model, fields, "DateDeleted", place.part.clock).utc
    if deleted is DeletedState.DELETED or not (is_erased or (at is not None and at[:10] > _NO_DAY)):
        return deleted
    stated = model.get(b"deleted_state")
    if stated is not None and ("deleted_state", stated) not in extra:
        extra.append(("deleted_state", stated))
    return DeletedState.DELETED


def _told_by_account(
    state: ReadingState,
    fields: Fields,
    thread: Thread,
    place: ModelPlace,
    sender: Party | None,
    recipients: tuple[Party, ...],
) -> tuple[Thread, Party | None, tuple[Party, ...]]:
    """Return the thread and the sides, with the owner whom an account with the application names.

    Of a text of the handset itself anything of the report's that names one. As they are where the message says itself
    who sent it, and where such a text lists one side alone: the owner is normally not listed.
    """
    people = recipients if sender is None else (sender, *recipients)
    if (sender is not None and sender.is_owner is not None) or any(each.is_owner for each in recipients):
        return thread, sender, recipients
    application = text_of(fields.get("Source")) or text_of(fields.get("SourceApplication")) or thread.application
    application = before_account(application or "") or application
    service = application_service(application)
    if service is None and len(people) < _BOTH and len(thread.participants) < _BOTH:
        return thread, sender, recipients
    if (text_of(fields.get("FromIsOwner")) or "").strip().casefold() in _OWNER:
        return thread, sender, recipients
    if thread.participants:
        thread = _thread_of_account(state, thread, place, service)
    key = thread.account_key
    if key is None and thread.is_told_apart and people:
        owners = state.accounts.owners_among(place.part, service, people)
        key = owners.pop() if len(owners) == 1 else None
    if key is None:
        return thread, sender, recipients
    sides = tuple(marked_owner(each, key) for each in recipients)
    return thread, (None if sender is None else marked_owner(sender, key)), sides


def _thread_of_account(state: ReadingState, thread: Thread, place: ModelPlace, service: str | None) -> Thread:
    """Return the thread with the participant as its owner whom an account names; several are none."""
    held = thread.by_account.get(service or "")
    if held is not None or len(thread.by_account) >= _MOST_SERVICES:
        return held or thread
    owners = state.accounts.owners_among(place.part, service, thread.participants.values())
    if len(owners) == 1:
        (key,) = owners
        owner = msgspec.structs.replace(thread.participants[key], is_owner=True)
        told = msgspec.structs.replace(
            thread, account_key=key, participants=thread.participants | {key: owner}, owners=(owner,), knows_owner=True
        )
    else:
        told = msgspec.structs.replace(thread, is_told_apart=not owners)
    thread.by_account[service or ""] = told
    return told


def _others_of(thread: Thread, sender: Party | None, state: ReadingState, place: ModelPlace) -> tuple[Party, ...]:
    """Return the participants of a thread but the sender; of a crowd the handset's owner alone."""
    others = thread.participants.values()
    if len(others) <= _MOST_RECIPIENTS:
        return tuple(each for each in others if not _is_same(each, sender))
    state.notices.add("recipients_left_out", extraction_id=place.part.extraction_id, locator=place.locator)
    return tuple(each for each in thread.owners if not _is_same(each, sender))


def _completed(
    thread: Thread,
    sides: tuple[Party | None, tuple[Party, ...]],
    state: ReadingState,
    place: ModelPlace,
    extra: Extra,
) -> tuple[Party, ...]:
    """Return the recipients that a message states, else the participants of its thread.

    Of those whom a message with recipients does not name nothing says that it went to them: they are kept beside it; of
    a crowd none.
    """
    sender, recipients = sides
    if not recipients:
        return _others_of(thread, sender, state, place)
    named = {_told_by(each) for each in (recipients if sender is None else (sender, *recipients))}
    if len(thread.participants) > max(_MOST_RECIPIENTS, len(named)):
        state.notices.add("recipients_left_out", extraction_id=place.part.extraction_id, locator=place.locator)
        return recipients
    for key, each in thread.participants.items():
        if key not in named:
            add_field(extra, "Chat.Participants.Identifier", each.raw)
            add_field(extra, "Chat.Participants.Name", each.name)
    return recipients


def _keep_system(sender: Party, recipients: tuple[Party, ...], status: str | None, extra: Extra) -> None:
    """Keep beside a line of the application what the report writes as its sides and its status."""
    for name, text in (
        ("From", sender.raw or sender.name),
        *(("To", each.raw or each.name) for each in recipients),
        ("Status", status),
    ):
        if text:
            add_field(extra, name, text)


def _parties(
    state: ReadingState, fields: Fields, thread: Thread, place: ModelPlace, extra: Extra
) -> tuple[Party | None, tuple[Party, ...]]:
    senders = [found for _, found in field_parties(state, "from", fields.get("From"), extra)]
    recipients = [
        found for name in ("To", "Cc", "Bcc") for _, found in field_parties(state, "to", fields.get(name), extra)
    ]
    if "Parties" in fields:
        for role, found in read_parties(state, [fields["Parties"]], extra):
            (senders if role == "from" else recipients).append(found)
    own_keys = place.part.own_keys
    sides = [_known(found, thread, own_keys) for found in senders]
    others = tuple(_known(found, thread, own_keys) for found in (*recipients, *senders[1:]))
    return (sides[0] if sides else None), others


def _known(found: Party, thread: Thread, own_keys: set[str]) -> Party:
    """Return the party with what the thread's list of participants says of the same one."""
    if found.is_owner is None or found.name is None:
        listed = thread.participants.get(found.e164 or found.raw or "")
        if listed is not None:
            owner = found.is_owner if found.is_owner is not None else listed.is_owner
            found = Party(found.raw, found.e164, found.name or listed.name, owner)
    if found.is_owner is None and thread.account_key and number_key(found.raw, found.e164) == thread.account_key:
        return Party(found.raw, found.e164, found.name, is_owner=True)
    return owned(found, own_keys) if own_keys else found


def _direction(
    fields: Fields, sender: Party | None, recipients: tuple[Party, ...], thread: Thread, service: str | None
) -> tuple[Direction, str | None]:
    folder, status = text_of(fields.get("Folder")), text_of(fields.get("Status"))
    found = stated_direction(folder, status, text_of(fields.get("Type"))) or owner_direction(sender, recipients)
    if found is not None:
        return found
    from_owner = _OWNER.get((text_of(fields.get("FromIsOwner")) or "").strip().casefold())
    if from_owner is not None:
        return (Direction.OUTGOING if from_owner else Direction.INCOMING), "owner_flag"
    if sender is not None and sender.raw and thread.knows_owner:
        return Direction.INCOMING, "account"
    found = folder_direction(folder)
    if found is None and service in _NATIVE:
        found = role_direction(sender, recipients)
    if found is None and sender is None and recipients:
        found = Direction.OUTGOING, "party_role"
    return found or (Direction.UNKNOWN, None)


def _flagged(fields: Fields, sender: Party | None) -> Party | None:
    is_open = sender is not None and sender.is_owner is None and "FromIsOwner" in fields
    is_owner = is_open and _OWNER.get((text_of(fields["FromIsOwner"]) or "").strip().casefold())
    return msgspec.structs.replace(sender, is_owner=True) if sender is not None and is_owner else sender


def _note_way(
    state: ReadingState,
    fields: Fields,
    read: tuple[Direction, str | None],
    service: str | None,
    place: ModelPlace,
    extra: Extra,
) -> None:
    """Count a message of unknown direction that has words where one would stand; ``read`` is direction and status."""
    direction, status = read
    if direction is not Direction.UNKNOWN or status is SYSTEM_STATUS:
        return
    flag = text_of(fields.get("FromIsOwner"))
    add_field(extra, "FromIsOwner", flag)
    state.note_way(unread_way(flag, text_of(fields.get("Folder")), status if service in _NATIVE else None), place)


def _is_same(one: Party, other: Party | None) -> bool:
    if other is None:
        return False
    key = number_key(one.raw, one.e164)
    return key == number_key(other.raw, other.e164) if key is not None else one.name == other.name


def _told_by(found: Party) -> str:
    return number_key(found.raw, found.e164) or found.name or ""


def _key(number: str | None, region: str) -> str | None:
    return number_key(number, to_e164(number, region)) if number else None
