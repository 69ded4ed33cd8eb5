"""SMS and MMS models: the native texts of the dialects up to 7."""

from __future__ import annotations

from typing import Final

from parsers.directions import text_direction, unread_way
from parsers.formats.ufdr.attached_files import read_attachments
from parsers.formats.ufdr.elements import Element, Field, Fields, fields_of, models_of, text_of, texts_of
from parsers.formats.ufdr.model_times import message_times, moment_of
from parsers.formats.ufdr.own_accounts import marked_owner
from parsers.formats.ufdr.parties import RoleParty, field_parties, owned, party, read_parties
from parsers.formats.ufdr.reading_state import (
    Extra,
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    stated_attributes,
)
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_TIMES, Attachment, Party
from parsers.services import is_sim

_KNOWN: Final = frozenset(
    {
        "UserMapping",
        "Source",
        "TimeStamp",
        "Body",
        "Snippet",
        "Folder",
        "SMSC",
        "Status",
        "Parties",
        "From",
        "To",
        "Cc",
        "Bcc",
        "Name",
        "Attachments",
        "Attachment",
        "attachment_extracted_path",
        "DateRead",
        "DateDelivered",
    }
)
_PLAIN: Final = _KNOWN - {"Name"}
_COMMON: Final = frozenset({"UserMapping", "Source", "TimeStamp", "Body", "Folder", "SMSC", "Status", "Parties"})
"""Every SMS of the real sample has no other fields: one look at their names then spares six."""
_PARTY_FIELDS: Final = ("From", "To", "Cc", "Bcc")
_SENDER: Final = "from"
_RECIPIENTS: Final = frozenset({"to", "cc", "bcc"})
_REPLACED = ("replaced_characters",)
_SNIPPET = ("truncated",)
_OF_ATTACHMENT: Final = frozenset(
    {"UserMapping", "Filename", "ContentType", "Charset", "Data", "attachment_extracted_path", "#jumptargets", "#file"}
)
"""Fields of an attachment that are read, or that say how its bytes are stored."""
_NO_ATTACHMENTS: tuple[Attachment, ...] = ()

_Sides = tuple[Party | None, tuple[Party, ...]]


def read_text(service: str, state: ReadingState, model: Element, place: ModelPlace) -> Message:
    """Return the record of an SMS or MMS model."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    folder, status, smsc = word_of(fields, "Folder"), word_of(fields, "Status"), word_of(fields, "SMSC")
    is_common = not repeats and fields.keys() <= _COMMON
    if is_common:
        parties = read_parties(state, (fields.get("Parties"),), extra)
    else:
        parties = _parties(state, fields, repeats, extra)
    sender, recipients, direction, basis = _sides(state, parties, folder, status, place)
    if direction is Direction.UNKNOWN:
        state.note_way(unread_way(folder, status), place)
    listing = place.listing
    if not is_common and (repeats or not fields.keys() <= _PLAIN):
        sender, recipients = _keep_further(state, fields, repeats, extra, place, (sender, recipients))
    source = fields.get("Source")
    # A field can be an element, whose truth is not whether it is there.
    if source is not None and source not in ("", "Phone"):
        add_field(extra, "Source", source)
        listing = "sim" if isinstance(source, str) and is_sim(source) else listing
    body, body_notices = body_of(fields, place)
    locator = place.locator
    return Message(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("message", locator),
        extraction_id=place.part.extraction_id,
        deleted=deleted,
        service=service,
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        body=body,
        body_notices=body_notices,
        status=status,
        folder=folder,
        smsc=smsc,
        attachments=_NO_ATTACHMENTS if is_common else attachments_of(state, fields, extra, locator),
        time=moment_of(model, fields, "TimeStamp", place.part.clock),
        times=NO_TIMES if is_common else message_times(model, fields, place.part.clock),
        listing=listing,
        extra=tuple(extra),
    )


def word_of(fields: Fields, name: str) -> str | None:
    """Return the text of a field that holds one word; None where it is absent or blank."""
    held = fields.get(name)
    return held if isinstance(held, str) and held[:1] > " " else text_of(held)


def _keep_further(
    state: ReadingState,
    fields: Fields,
    repeats: list[tuple[str, Field]],
    extra: Extra,
    place: ModelPlace,
    sides: _Sides,
) -> _Sides:
    """Keep what few texts have: unknown fields, repeated ones, and the name beside the parties of an early MMS."""
    for name, value in fields.items():
        if name not in _KNOWN:
            add_field(extra, name, value)
    add_repeats(state, place, extra, [each for each in repeats if each[0] != "Parties"])
    return _named(state, fields, sides, extra) if "Name" in fields else sides


def body_of(fields: Fields, place: ModelPlace) -> tuple[str | None, tuple[str, ...]]:
    """Return the body exactly as stored, and what is to be said of it. The snippet stands in for a missing body."""
    body = fields.get("Body")
    name = "Body"
    if body is None and (snippet := fields.get("Snippet")) is not None and snippet != "":
        body, name = snippet, "Snippet"
    if body is not None and not isinstance(body, str):
        body = "".join(texts_of(body)) or None
    notices: tuple[str, ...] = _SNIPPET if name == "Snippet" else ()
    if place.replaced and name in place.replaced:
        notices += _REPLACED
    return body, notices


def attachments_of(state: ReadingState, fields: Fields, extra: Extra, locator: str) -> tuple[Attachment, ...]:
    """Return the attachments; paths that no attachment model took are attachments of their own."""
    paths = texts_of(fields.get("attachment_extracted_path"))
    models = models_of(fields.get("Attachments")) + models_of(fields.get("Attachment"))
    for name in ("Attachments", "Attachment"):
        if isinstance(value := fields.get(name), str):
            add_field(extra, name, value)
    if not models and not paths:
        return _NO_ATTACHMENTS
    found = read_attachments(models, paths, state.files, locator)
    if not models:
        found = [
            Attachment(path.replace("\\", "/").rpartition("/")[2] or None, member=state.files.member(path, locator))
            for path in paths
        ]
    extra.extend(("attachment_extracted_path", path) for path in paths)
    for model in models:
        _keep_of_attachment(model, extra)
    return tuple(found)


def _keep_of_attachment(model: Element, extra: Extra) -> None:
    """Keep what an attachment says beside its file: a title, an address, what a machine heard in it."""
    stated: Extra = []
    for name, value in fields_of(model).items():
        if name not in _OF_ATTACHMENT:
            add_field(stated, f"Attachment.{name}", value)
    # One that two fields list is one.
    extra.extend(pair for pair in stated if pair not in extra)


def _parties(state: ReadingState, fields: Fields, repeats: list[tuple[str, Field]], extra: Extra) -> list[RoleParty]:
    lists: list[Field] = [fields.get("Parties")]
    if repeats:
        lists += [value for name, value in repeats if name == "Parties"]
    parties = read_parties(state, lists, extra)
    if not fields.keys().isdisjoint(_PARTY_FIELDS):
        for name in _PARTY_FIELDS:
            parties += field_parties(state, name.casefold(), fields.get(name), extra)
    return parties


def _sides(
    state: ReadingState, parties: list[RoleParty], folder: str | None, status: str | None, place: ModelPlace
) -> tuple[Party | None, tuple[Party, ...], Direction, str | None]:
    own_keys = place.part.own_keys
    if len(parties) == 1:
        # Most texts: no lists are made of one party.
        role, only = parties[0]
        if role == _SENDER:
            only = owned(only, own_keys)
            return only, (), *text_direction(folder, status, only, ())
        if role in _RECIPIENTS:
            to = (owned(only, own_keys),)
            return None, to, *text_direction(folder, status, None, to)
    senders: list[Party] = []
    recipients: list[Party] = []
    others: list[Party] = []
    for role, found in parties:
        side = owned(found, own_keys)
        (senders if role == _SENDER else recipients if role in _RECIPIENTS else others).append(side)
    sender = senders[0] if senders else None
    # A second sender is no recipient, but losing it would be worse.
    recipients += senders[1:]
    if sender is not None and recipients:
        sender, recipients = _told_apart(state, place, sender, recipients)
    direction, basis = text_direction(folder, status, sender, recipients)
    if others:
        if direction is Direction.INCOMING and sender is None:
            sender = others.pop(0)
        recipients += others
    return sender, tuple(recipients), direction, basis


def _told_apart(
    state: ReadingState, place: ModelPlace, sender: Party, recipients: list[Party]
) -> tuple[Party, list[Party]]:
    """Return the sides with the owner among them whom something else in the report states, if nothing here does."""
    if any(each.is_owner is not None for each in (sender, *recipients)):
        return sender, recipients
    owners = state.accounts.owners_among(place.part, None, (sender, *recipients))
    if len(owners) != 1:
        return sender, recipients
    (key,) = owners
    return marked_owner(sender, key), [marked_owner(each, key) for each in recipients]


def _named(state: ReadingState, fields: Fields, sides: _Sides, extra: Extra) -> _Sides:
    """Give the name of an early MMS, which stands beside its parties, to the only party that it can mean."""
    sender, recipients = sides
    name = text_of(fields.get("Name"))
    if name is None:
        return sides
    if sender is not None and not sender.is_owner and sender.name is None:
        return party(state, sender.raw, name), recipients
    if sender is None and len(recipients) == 1 and recipients[0].name is None:
        return sender, (party(state, recipients[0].raw, name),)
    extra.append(("Name", name))
    return sides
