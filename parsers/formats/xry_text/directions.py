"""Which way a message went and how a call went, from the words that a report uses; each says what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parsers.formats.xry_text.parties import FROM, TO, SideParty
from parsers.records.facts import CallType, Direction

_INCOMING, _OUTGOING = Direction.INCOMING, Direction.OUTGOING

_WORDS: Final = {
    **dict.fromkeys(("incoming", "received", "deliver", "in"), _INCOMING),
    **dict.fromkeys(("outgoing", "sent", "submit", "out"), _OUTGOING),
}
_FOLDERS: Final = {
    **dict.fromkeys(("inbox", "received", "incoming"), _INCOMING),
    **dict.fromkeys(("sent", "outbox", "outgoing", "sent items", "sent messages", "failed", "queued"), _OUTGOING),
}
_STATUSES: Final = {
    **dict.fromkeys(("read", "unread", "received"), _INCOMING),
    **dict.fromkeys(("sent", "delivered"), _OUTGOING),
}
_DRAFTS: Final = frozenset({"draft", "drafts"})
_NOT_SENT: Final = frozenset(
    {"unsent", "not sent", "sending failed", "failed", "queued", "sending", "pending", "to be sent"}
)
_REPORT: Final = "status report"

_CALLS: Final = {
    **dict.fromkeys(("incoming", "received", "answered", "in"), CallType.INCOMING),
    **dict.fromkeys(("outgoing", "dialed", "dialled", "last dialed", "last dialled", "out"), CallType.OUTGOING),
    **dict.fromkeys(("missed", "unanswered", "not answered"), CallType.MISSED),
    **dict.fromkeys(("rejected", "declined", "blocked", "refused"), CallType.REJECTED),
    "voicemail": CallType.VOICEMAIL,
}

Reading = tuple[Direction, str | None]


def message_direction(
    direction: str | None,
    type_name: str | None,
    parties: Sequence[SideParty],
    folder: str | None,
    status: str | None,
) -> Reading:
    """Return the direction of a message, and what it rests on.

    A draft before everything, then what was not sent; then ``Direction``, ``Type``, the namespace of the other side,
    the folder, the status. A delivery report is not a text that went either way: its direction is only what is stated.
    """
    words = {name: _key(text) for name, text in (("folder", folder), ("type", type_name), ("status", status))}
    draft = next((name for name, word in words.items() if word in _DRAFTS), None)
    if draft is not None:
        return Direction.DRAFT, draft
    stated = _WORDS.get(_key(direction))
    if words["status"] in _NOT_SENT and stated is not _INCOMING:
        return _OUTGOING, "status"
    if stated is not None:
        return stated, "direction"
    if words["type"] == _REPORT:
        return Direction.UNKNOWN, None
    for found, basis in (
        (_WORDS.get(words["type"]), "type"),
        (_role(parties), "party_role"),
        (_FOLDERS.get(words["folder"]), "folder"),
        (_STATUSES.get(words["status"]), "status"),
    ):
        if found is not None:
            return found, basis
    return Direction.UNKNOWN, None


def call_type(words: Sequence[str | None], parties: Sequence[SideParty]) -> CallType:
    """Return how a call went.

    An outgoing call stays outgoing, answered or not. A bare number under ``From`` came in, one under ``To`` went out.

    Args:
        words: ``Direction``, ``Call Type`` and ``Type``, as written.
        parties: The sides.
    """
    found = [_CALLS[_key(word)] for word in words if _key(word) in _CALLS]
    if CallType.OUTGOING in found:
        return CallType.OUTGOING
    for went in (CallType.VOICEMAIL, CallType.REJECTED, CallType.MISSED, CallType.INCOMING):
        if went in found:
            return went
    role = _role(parties)
    if role is None:
        return CallType.UNKNOWN
    return CallType.INCOMING if role is _INCOMING else CallType.OUTGOING


def _role(parties: Sequence[SideParty]) -> Direction | None:
    """Return the direction that the namespaces show: the owner is normally not listed."""
    for each in parties:
        if each.side == FROM:
            return _OUTGOING if each.party.is_owner else _INCOMING
    for each in parties:
        if each.side == TO:
            return _INCOMING if each.party.is_owner else _OUTGOING
    return None


def _key(text: str | None) -> str:
    return " ".join(text.split()).casefold() if text else ""
