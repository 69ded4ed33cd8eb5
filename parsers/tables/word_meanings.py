"""Words in cells: which way a message went, how a call went, what was deleted, how long it took.

Words of other languages count as the English ones that they stand for (``parsers.language_words``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from parsers.directions import (
    call_type,
    folder_direction,
    owner_direction,
    role_direction,
    stated_direction,
    status_direction,
)
from parsers.language_words import english_cell, english_span, english_words
from parsers.records.facts import CallType, Direction
from parsers.records.values import DeletedState, Party
from parsers.tables.network_names import may_name_network, names_network_line
from parsers.tables.traffic_words import DATA, SPEECH, TEXTS, is_session, names_line, parts_of, text_service

_MARKUP = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[a-z]+")
# As British lists of calls write it, which would be taken apart into letters.
_INTO_CALL, _OUT_OF_CALL = (re.compile(rf"\b{short}\b", re.IGNORECASE) for short in ("i/c", "o/g"))

_WITHIN_WORD = re.compile(r"(?<=[a-z])['\u2019](?=[a-z])")
_IN: Final = frozenset(
    {
        "in",
        "incoming",
        "inbound",
        "received",
        "receive",
        "rcvd",
        "recd",
        "rx",
        "deliver",
        "inbox",
        "mt",
        "from",
        "answered",
        # as networks' lists of calls write it: mobile terminating call
        "mtc",
        "terminating",
    }
)
_OUT: Final = frozenset(
    {"out", "outgoing", "outbound", "sent", "send", "tx", "submit", "outbox", "dialled", "dialed", "mo", "to", "placed"}
    | {"made", "moc", "originating"}
)
_SURELY_IN: Final = frozenset({"incoming", "inbound"})
_SURELY_OUT: Final = frozenset({"outgoing", "outbound"})
"""Words that say nothing else, whatever stands beside them of how a call ended: ``Outgoing (not answered)``."""

_TAKEN: Final = frozenset({"answered", "connected", "established"})
_DRAFT: Final = frozenset({"draft", "drafts"})
_NOT: Final = frozenset({"not", "un", "unable"})
_OUTCOMES: Final = (
    ("voicemail", frozenset({"voicemail"})),
    ("rejected", frozenset({"rejected", "declined", "blocked", "refused"})),
    ("missed", frozenset({"missed", "unanswered"})),
)
_DELETED: Final = frozenset(
    {"deleted", "yes", "y", "true", "trash", "1", "carving", "carved", "recovered", "unallocated"}
)
_INTACT: Final = frozenset(
    {"intact", "no", "n", "false", "0", "live", "existing", "active", "not deleted", "allocated"}
)
_CALLS: Final = frozenset({"call", "calls", "voice", "telephony", "dialled", "dialed", "missed", "voicemail"})
_TEXTS: Final = frozenset({"sms", "mms", "message", "messages", "text", "chat", "im", "imessage"})
_APPLICATIONS: Final = frozenset({"whatsapp", "telegram", "snapchat", "viber", "messenger", "wickr", "kik", "threema"})
_MEDIA: Final = frozenset({"video", "audio", "fax", "facetime", "volte", "unknown"})
"""What a kind of call may name besides: by what it was made, or that it is not known."""

_LINES: Final = frozenset(
    {"mobile", "landline", "cellular", "gsm", "umts", "lte", "g", "voip", "roaming"}
    | {"local", "national", "international", "emergency", "conference", "data", "native", "phone", "standard"}
)
"""Of what line a call was (``Mobile``, ``4G``), where nothing else is said: ``Mobile terminated`` says which way."""

_THINGS: Final = (
    ("call", _CALLS | SPEECH),
    ("message", _TEXTS | TEXTS | {"texts", "chats", "imessages"}),
    ("contact", frozenset({"contact", "contacts", "phonebook"})),
)
OTHER_THINGS: Final = "other"
"""Stands for things that are neither messages nor calls nor contacts."""

_OTHERS: Final = DATA | frozenset(
    {
        *(
            "email",
            "emails",
            "mail",
            "mails",
            "location",
            "locations",
            "journey",
            "journeys",
            "web",
            "cookie",
            "cookies",
        ),
        *("browser", "bookmark", "bookmarks", "searched", "search", "searches", "calendar", "appointment", "note"),
        *("notes", "notification", "notifications", "password", "passwords", "application", "applications", "wifi"),
        *("wireless", "bluetooth", "tower", "towers"),
    }
)
_LONGEST_WORDS: Final = 200
"""A longer cell is no word for anything."""

_SPAN = re.compile(
    r"(?:(?:(?P<days>[0-9]{1,5})[.:\s](?=[0-9]+:[0-9]+:))?(?P<hours>[0-9]{1,6}):)?(?P<minutes>[0-9]{1,6}):"
    r"(?P<seconds>[0-9]{1,2})(?:[.,](?P<fraction>[0-9]{1,9}))?(?:\s*\(?(?:hh?:)?mm?:ss\)?)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,9}))?\s*(?:s|sec|secs|seconds?)?\.?", re.IGNORECASE)
_WORDED = re.compile(
    r"(?:(?P<hours>[0-9]{1,6})\s*(?:h|hrs?|hours?)[\s,]*)?(?:(?P<minutes>[0-9]{1,6})\s*(?:m|mins?|minutes?)[\s,]*)?"
    r"(?:(?P<seconds>[0-9]{1,6})(?:[.,](?P<fraction>[0-9]{1,9}))?\s*(?:s|secs?|seconds?))?",
    re.IGNORECASE,
)

_ISO_SPAN: Final = re.compile(r"P(?:0D)?T(?=[0-9])", re.IGNORECASE)
"""What stands before a duration of ISO 8601: ``PT1M5S``."""

ANDROID_TEXT_TYPES: Final = {"1": "incoming", "2": "outgoing", "3": "draft", **dict.fromkeys("456", "outgoing")}
"""What the numbers under ``type`` mean in Android's table of texts, which some tools write out as it is."""

ANDROID_CALL_TYPES: Final = {
    "1": "incoming",
    "2": "outgoing",
    "3": "missed",
    "4": "voicemail",
    "5": "rejected",
    "6": "blocked",
    "7": "incoming",
}
"""The same in its table of calls; 7 was answered on another device of the same number."""

Reading = tuple[Direction, str | None]


def direction_word(text: str | None) -> Direction | None:
    """Return the direction that a cell states. None: none, or both."""
    if not text or len(text) > _LONGEST_WORDS:
        return None
    words = _words(text)
    if words & _DRAFT:
        return Direction.DRAFT
    came_in, went_out = not words.isdisjoint(_SURELY_IN), not words.isdisjoint(_SURELY_OUT)
    if came_in == went_out:
        came_in, went_out = bool(words & _IN), bool(words & _OUT)
        if words & _NOT:
            return None
    if came_in == went_out:
        return None
    return Direction.INCOMING if came_in else Direction.OUTGOING


def counted_way(type_text: str | None) -> str | None:
    """Return the type of a message where it may say which way it went. None: it may not.

    A number stands for a word; a word under the type may say what the message is and nothing else.
    """
    return type_text if type_text is not None and type_text.strip().isdigit() else None


def message_direction(
    stated: Sequence[tuple[str, str | None]],
    folder: str | None,
    status: str | None,
    sides: tuple[Party | None, Sequence[Party]],
    *,
    is_native: bool,
    named: Reading | None = None,
) -> Reading:
    """Return the direction of a message, and what it rests on.

    Args:
        stated: Columns that may state it, by name, in the order in which they hold: direction, type.
        folder: As written.
        status: As written; of a message of an application it is no clue.
        sides: Sender and recipients, where columns of their own or roles name them.
        is_native: Whether it is a text of the handset itself.
        named: What the name of the sheet or file says, and whose name it is: of rows with both sides nothing. None: it
            says nothing.
    """
    folder, status = english_cell(folder), english_cell(status)
    found = stated_direction(folder, status, english_cell(dict(stated).get("type")))
    if found is not None:
        return found
    for name, text in stated:
        way = direction_word(text)
        if way is not None:
            return way, name
    unsent = stated_direction(None, english_cell(dict(stated).get("type")))
    if unsent is not None:
        return unsent[0], "type"
    sender, recipients = sides
    has_both = sender is not None and bool(recipients)
    told = folder_direction(folder) or (status_direction(status) if is_native else None)
    # Which side is the owner's is another in each row.
    named = None if has_both else named
    is_draft = told is None and named is not None and named[0] is Direction.DRAFT
    return (
        owner_direction(sender, recipients)
        or (named if is_draft else None)
        or (role_direction(sender, recipients) if is_native and not has_both else None)
        or told
        or named
        or (Direction.UNKNOWN, None)
    )


def call_went(direction: str | None, type_text: str | None, status: str | None, role: Direction | None) -> CallType:
    """Return how a call went; an outgoing one stays outgoing, whatever became of it."""
    way = direction_word(direction) or direction_word(type_text)
    outcomes = [outcome_of(text) for text in (direction, type_text, status)]
    stated = next((each for each in outcomes[:2] if each), None)
    return call_type(way.value if way is not None else None, stated, outcomes[2], role)


def states_way(text: str | None) -> bool:
    """Whether a cell of a call says which way it went, and not how it ended alone: ``Answered`` may be either."""
    if direction_word(text) is None or text is None:
        return False
    return not _words(text).isdisjoint((_IN | _OUT) - _TAKEN)


def says_taken(text: str | None) -> bool:
    """Whether a cell says that a call was answered."""
    if not text or len(text) > _LONGEST_WORDS or outcome_of(text) is not None:
        return False
    words = _words(text)
    return not words.isdisjoint(_TAKEN) and words.isdisjoint(_NOT)


def unknown_kind(type_text: str | None) -> str | None:
    """Return the kind of a call where it may say which way it went, in words that are not known. None: it may not."""
    if type_text is None or thing_named(type_text) is not None or outcome_of(type_text) is not None:
        return None
    if names_network_line(type_text) or may_name_network(type_text):
        return None
    words = _words(type_text)
    is_line = bool(words) and words <= _LINES
    return None if is_line or names_application(type_text) or words & _MEDIA else type_text


def row_is_call(*texts: str | None) -> bool | None:
    """Whether a row of a mixed table says that it is a call. None: it does not say."""
    for text in texts:
        words = _words(text) if text and len(text) <= _LONGEST_WORDS else frozenset()
        if words & _CALLS:
            return True
        if words & _TEXTS:
            return False
    return None


def names_text(type_text: str | None) -> bool:
    """Whether the type of a row is that of a text, and of no call."""
    if not type_text or len(type_text) > _LONGEST_WORDS:
        return False
    words = _words(type_text)
    return bool(words & {"sms", "mms"}) and not words & _CALLS


def service_of_text(type_text: str | None) -> str | None:
    """Return the service of what a network carried, by its type: ``sms``, ``mms``. None: the type names no text."""
    return text_service(_words(type_text)) if type_text and len(type_text) <= _LONGEST_WORDS else None


def names_session(type_text: str) -> bool:
    """Whether the type of a row is that of a session of data, and of nothing else."""
    return len(type_text) <= _LONGEST_WORDS and is_session(_words(type_text))


def names_line_called(text: str) -> bool:
    """Whether a cell names the line that was called (``UK Mobile``), and nobody."""
    return len(text) <= _LONGEST_WORDS and not any(map(str.isdigit, text)) and names_line(_words(text))


@lru_cache(maxsize=4_096)
def thing_named(type_text: str | None) -> str | None:
    """Return what the type of a row names: ``call``, ``message``, ``contact``, other things. None: none of these."""
    if not type_text or len(type_text) > _LONGEST_WORDS:
        return None
    words = _words(type_text)
    if is_session(words):
        return OTHER_THINGS
    found = next((thing for thing, known in _THINGS if words & known), None)
    return found or (OTHER_THINGS if words & _OTHERS else None)


def thing_carried(type_text: str | None) -> str | None:
    """Return the same of what a network carries: ``call``, ``message``, other things for data. None: none of these."""
    thing = thing_named(type_text)
    if thing == OTHER_THINGS:
        return thing if type_text is not None and not _words(type_text).isdisjoint(DATA) else None
    return None if thing == "contact" else thing


def names_application(type_text: str) -> bool:
    """Whether the type of a row is an application for messages."""
    return len(type_text) <= _LONGEST_WORDS and not _words(type_text).isdisjoint(_APPLICATIONS)


def deleted_state(text: str) -> DeletedState | None:
    """Return what a cell says of deletion. None: a word that is not known."""
    if len(text) > _LONGEST_WORDS:
        return None
    plain = " ".join(_MARKUP.sub("", text).split()).casefold()
    words = english_words(plain)
    if plain in _INTACT or words & _INTACT or (words & _NOT and words & _DELETED):
        return DeletedState.INTACT
    if plain in _DELETED or words & _DELETED or _words(plain) & {"deleted", "carving", "trash"}:
        return DeletedState.DELETED
    return DeletedState.UNKNOWN if plain in {"", "parsing"} or "unknown" in {plain, *words} else None


def seconds_of(text: str) -> float | None:
    """Return a duration in seconds: ``00:01:05``, ``1:05``, ``65``, ``65 s``, ``1m 5s``, ``PT1M5S``.

    None: in another form.
    """
    plain = text.strip()
    if len(plain) > _LONGEST_WORDS:
        return None
    if iso := _ISO_SPAN.match(plain):
        plain = plain[iso.end() :]
    span = _SPAN.fullmatch(plain)
    if span is not None:
        days, hours, minutes, seconds = (int(span[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
        return float(f"{days * 86_400 + hours * 3_600 + minutes * 60 + seconds}.{span['fraction'] or 0}")
    counted = _COUNTED.fullmatch(plain)
    if counted is not None:
        return float(f"{counted[1]}.{counted[2] or 0}")
    worded = _WORDED.fullmatch(english_span(plain))
    if worded is None or not any(worded.groups()):
        return None
    hours, minutes, seconds = (int(worded[name] or 0) for name in ("hours", "minutes", "seconds"))
    return float(f"{hours * 3_600 + minutes * 60 + seconds}.{worded['fraction'] or 0}")


@lru_cache(maxsize=4_096)
def _words(text: str) -> frozenset[str]:
    plain = _MARKUP.sub(" ", text)
    if "/" in plain:
        plain = _OUT_OF_CALL.sub("outgoing", _INTO_CALL.sub("incoming", plain))
    words = _WORD.findall(_WITHIN_WORD.sub("", plain.casefold()))
    return frozenset(words).union(english_words(plain), *map(parts_of, words))


def outcome_of(text: str | None) -> str | None:
    """Return how a call ended: ``unanswered``, ``voicemail``, ``rejected``, ``missed``. None: the text does not say."""
    if not text or len(text) > _LONGEST_WORDS:
        return None
    words = _words(text)
    if words & _NOT and words & {"answered", "answer", "established"}:
        return "unanswered"
    if "no" in words and words & {"answer", "answered"}:
        return "unanswered"
    return next((name for name, known in _OUTCOMES if words & known), None)
