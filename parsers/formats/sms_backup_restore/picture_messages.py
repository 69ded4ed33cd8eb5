"""``mms`` elements, with their parts and addresses."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Final

from parsers.android_codes import (
    FROM,
    NOTIFICATION,
    RECIPIENTS,
    SEND_REQUEST,
    box_of,
    status_of,
)
from parsers.formats.sms_backup_restore.element_stream import BackupElement, Element
from parsers.formats.sms_backup_restore.media_skipper import media_size
from parsers.formats.sms_backup_restore.reading_state import FileState
from parsers.formats.sms_backup_restore.values import (
    PLACEHOLDER,
    address_of,
    addresses_of,
    moment_of,
    name_of,
    sent_at,
    text_of,
    whole_of,
    word_of,
)
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, MessageTimes, Party
from parsers.stored_text import decode_stored

_TEXT_TYPE: Final = "text/plain"
_LAYOUT_TYPE: Final = "application/smil"
_UTF8_CHARSET: Final = 106
_KEPT: Final = ("m_id", "tr_id", "ct_l", "sub_id", "sim_slot", "sim_imsi", "creator", "retr_st", "resp_st", "m_size")

Extra = list[tuple[str, str]]


def read_picture_message(state: FileState, found: BackupElement, element: Element) -> Message:
    """Return the record of a picture message."""
    kind = whole_of(element, "m_type")
    folder, direction, basis = box_of(whole_of(element, "msg_box"))
    if direction is Direction.UNKNOWN and kind is not None:
        direction, basis = (Direction.OUTGOING if kind == SEND_REQUEST else Direction.INCOMING), "type"
    extra: Extra = [(name, text) for name in _KEPT if (text := word_of(element, name)) is not None]
    if folder is None and (box := word_of(element, "msg_box")) is not None:
        extra.append(("msg_box", box))
        if direction is Direction.UNKNOWN:
            state.note_way(box, found.locator)
    subject = _subject(element)
    if subject is not None:
        extra.insert(0, ("subject", subject))
    sender, recipients = _sides(state, element, direction, extra)
    parts = sorted(element.iter("part"), key=_place)
    body, notices = _body(state, found, parts)
    status = "notification" if kind == NOTIFICATION else status_of(folder, None, whole_of(element, "read"))
    return Message(
        source=state.stamp.source(found.locator),
        record_id=state.stamp.record_id("message", found.locator),
        extraction_id=state.extraction_id,
        deleted=DeletedState.INTACT,
        service="mms",
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        body=body,
        body_notices=notices,
        status=status,
        folder=folder,
        attachments=tuple(_attachment(part) for part in parts if _is_file(part)),
        time=moment_of(element, "date", state.clock, may_be_seconds=True),
        times=MessageTimes(sent=sent_at(element, state.clock, may_be_seconds=True)),
        listing=state.listing,
        extra=tuple(extra),
    )


def _sides(
    state: FileState, element: Element, direction: Direction, extra: Extra
) -> tuple[Party | None, tuple[Party, ...]]:
    """Return the sender and every recipient, from the addresses, else from the value that lists them all."""
    listed = addresses_of(text_of(element, "address"), state.parties.region)
    name = name_of(element)
    if len(listed) > 1:
        extra.append(("address", word_of(element, "address") or ""))
        if name is not None:
            extra.append(("contact_name", name))
            name = None
    listed_keys = {state.parties.key(address) for address in listed}
    stated = [(whole_of(addr, "type"), address_of(addr)) for addr in element.iter("addr")]
    # The handset itself stands there by its placeholder; else it is told below, by what the conversation leaves out.
    is_own_known = any(kind in RECIPIENTS and address == PLACEHOLDER for kind, address in stated)
    stated = [(kind, address) for kind, address in stated if address not in {None, PLACEHOLDER}]
    came_in = direction is Direction.INCOMING
    unlisted = [
        address
        for kind, address in stated
        if kind in RECIPIENTS and address is not None and state.parties.key(address) not in listed_keys
    ]
    senders: dict[str | None, Party] = {}
    recipients: dict[str | None, Party] = {}
    for kind, address in stated:
        key = state.parties.key(address or "")
        if kind == FROM:
            is_owner = direction is Direction.OUTGOING or None
        else:
            # What came in for one address that the conversation does not list came in for the handset itself.
            is_owner = (came_in and not is_own_known and unlisted == [address]) or None
        shown = name if key in listed_keys and not is_owner else None
        party = state.parties.party(address, shown, is_owner=is_owner)
        if party is not None:
            (senders if kind == FROM else recipients).setdefault(key, party)
    known = senders.keys() | recipients.keys()
    unstated = {key: each for each in listed if (key := state.parties.key(each)) not in known}
    named = {key: party for key, each in unstated.items() if (party := state.parties.party(each, name)) is not None}
    if came_in and not senders and len(listed) == 1:
        senders, named = named, {}
    # A second sender is no recipient, but losing it would be worse.
    first, further = [*senders.values()][:1], [*senders.values()][1:]
    return (first[0] if first else None), (*recipients.values(), *named.values(), *further)


def _place(part: Element) -> int:
    """Return the place of a part in its message; most are 0, and stay in the order in which they stand."""
    return whole_of(part, "seq") or 0


def _body(state: FileState, found: BackupElement, parts: list[Element]) -> tuple[str | None, tuple[str, ...]]:
    texts = [text for part in parts if (text := _text(part)) is not None]
    notices = state.body_notices(found, "text", "data") if texts else ()
    if len(texts) > 1:
        notices += ("joined_parts",)
    return ("\n".join(texts) if texts else None), notices


def _text(part: Element) -> str | None:
    """Return the text that a part is; some handsets keep it as Base64, as they keep a file."""
    if (word_of(part, "ct") or "").partition(";")[0].strip().casefold() != _TEXT_TYPE:
        return None
    text = text_of(part, "text")
    packed = word_of(part, "data")
    if text is not None or packed is None or packed.startswith("#"):
        return text
    try:
        return decode_stored(b64decode("".join(packed.split()), validate=True))[0]
    except (Base64Error, ValueError):
        return None


def _is_file(part: Element) -> bool:
    """Whether a part is a file: neither the text nor the layout."""
    return word_of(part, "ct") != _LAYOUT_TYPE and _text(part) is None


def _attachment(part: Element) -> Attachment:
    name = next((found for key in ("name", "fn", "cl") if (found := word_of(part, key)) is not None), None)
    packed = word_of(part, "data")
    return Attachment(name, word_of(part, "ct"), media_size(packed) if packed is not None else None)


def _subject(element: Element) -> str | None:
    """Return the subject; Android keeps its bytes as if each were a character."""
    text = word_of(element, "sub")
    if text is None or text.isascii() or whole_of(element, "sub_cs") != _UTF8_CHARSET:
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
