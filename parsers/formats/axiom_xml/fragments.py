"""Names of fragments: what each holds, and for times the zone and the order of day and month that the name states.

``Message Sent Date/Time - UTC+00:00 (dd/MM/yyyy)`` is the time of sending, in that zone, with the day in front;
older exports write the zone in brackets (``- (UTC) (MM/dd/yyyy)``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from parsers.formats.axiom_xml.time_names import read_time_name
from parsers.number_headings import kind_in_heading

_BRACKET = re.compile(r"\s*\((?:s|es|number|id|seconds|secs|hh:mm:ss|h:mm:ss|bytes)\)\s*$", re.IGNORECASE)
_SPACE = re.compile(r"[\s_]+")
_FILE = re.compile(
    r"(?:(?:attachment|media)s?(?: ?files?)?|attached(?: media)? ?files?)(?: ?(?:names?|paths?))?", re.IGNORECASE
)
"""Of a file that a message came with: ``Attachment File Name``, ``Media Path``, ``Attached File``."""

_LONGEST_NAME: Final = 120

_MEANINGS: Final = {
    "body": ("message", "message body", "text", "body", "message text", "content", "message content", "sms text"),
    "sender": ("sender", "from", "sender id", "sender number", "sender phone number", "author", "caller"),
    "sender_name": ("sender name", "from name", "author name"),
    "recipient": ("recipient", "recipients", "receiver", "to", "recipient id", "receiver id", "callee"),
    "recipient_name": ("recipient name", "receiver name", "recipient names"),
    "partner": ("partner", "partners", "participant", "participants", "participant information", "other party",
                "remote party", "partner number", "address", "partner id", "partner ids", "partner identifier",
                "partner phone number", "participant id", "participant ids", "participant number", "other party id",
                "other party number", "remote party id", "remote party number"),
    "partner_name": ("partner name", "partners name", "partner names", "participant name", "caller name"),
    "local_user": ("local user", "local user id", "local username", "local user name"),
    "direction": ("direction", "message direction", "call direction"),
    "type": ("type", "message type", "call type"),
    "status": ("status", "message status", "call status", "read status", "state", "answered"),
    "folder": ("folder", "message folder", "box", "folder name"),
    "service": ("service", "protocol", "application", "app name", "service name"),
    "service_beside": ("service type", "call service", "source application", "service provider"),
    "thread": ("threadid", "thread id", "chat id", "conversation id", "conversation name", "chat name", "chatid"),
    "duration": ("duration", "call duration", "length"),
    "smsc": ("service center", "service centre", "smsc", "service center address"),
    "recovery": ("recovery method",),
    "deleted": ("deleted", "is deleted"),
    "evidence": ("evidence number", "evidence", "exhibit number"),
    "attachment": ("image", "video", "audio", "file", "file name", "filename"),
    "name": ("display name", "full name", "contact name", "name", "whatsapp name", "profile name", "nickname"),
    "organization": ("organization", "organisation", "organization name", "company", "company name"),
    "first_name": ("first name", "given name"),
    "last_name": ("last name", "family name", "surname"),
    "number": ("phone number", "phone numbers", "phone", "number", "mobile", "mobile number", "telephone number",
               "phone number(s)", "msisdn", "last used msisdn"),
    "home_number": ("home phone", "home phone number", "home number"),
    "work_number": ("work phone", "work phone number", "work number", "business phone"),
    "email": ("email", "emails", "email address", "email addresses", "e-mail"),
    "handle": ("username", "user name", "user id", "user", "whatsapp id", "account id", "jid", "screen name", "handle"),
    "imei": ("imei", "imeis", "imei 1", "imei 2", "imei1", "imei2", "imse"),
    "imsi": ("imsi", "imsis", "subscriber id", "subscriber identity"),
    "iccid": ("iccid", "iccids", "sim serial number", "icc id", "sim iccid", "last used iccid"),
    "make": ("manufacturer", "make", "vendor", "brand"),
    "model": ("model", "model id", "model name", "device model", "product", "product type"),
    "os": ("os version", "os", "operating system", "operating system version", "android version", "ios version"),
}  # fmt: skip
_BY_NAME: Final = {name: meaning for meaning, names in _MEANINGS.items() for name in names}
_NUMBERED = re.compile(r"((?:phone|mobile|telephone|home|work|business|e-?mail).*?) ?[0-9]{1,2}")
_IN_SEVERAL: Final = frozenset({"number", "home_number", "work_number", "email"})
"""What somebody has several of, each under a name with its place behind: ``Phone Number 2``."""
_TIMES: Final = (
    ("sent", "sent_time"),
    ("received", "received_time"),
    ("delivered", "delivered_time"),
    ("read", "read_time"),
)
_OTHER_TIMES: Final = frozenset(
    {"modified", "accessed", "edited", "deleted", "updated", "end", "expiry", "expiration", "birth"}
)


class FragmentName(msgspec.Struct, frozen=True):
    """What a fragment's name says.

    Attributes:
        meaning: What its value is. None: nothing that a field holds.
        zone: What it states, as it is put behind a time: ``-04:00``, `` Europe/London``. None: none.
        is_local: Whether it names the handset's own time.
        date_order: Order of day and month. None: it states none.
        zone_name: What names a zone: not understood, where ``zone`` is None; else it stands beside the offset.
        is_time: Whether it is the name of a time.
    """

    meaning: str | None
    zone: str | None = None
    is_local: bool = False
    date_order: str | None = None
    zone_name: str | None = None
    is_time: bool = False


@lru_cache(maxsize=8_192)
def read_name(name: str) -> FragmentName:
    """Return what the name of a fragment says."""
    plain = _SPACE.sub(" ", name).strip()
    if len(plain) > _LONGEST_NAME:
        return FragmentName(None)
    bare = _BRACKET.sub("", plain).strip().casefold()
    meaning = _BY_NAME.get(plain.casefold()) or _BY_NAME.get(bare) or _by_words(plain, bare)
    if meaning is not None:
        return FragmentName(meaning)
    found = read_time_name(plain)
    if found is None:
        return FragmentName(None)
    return FragmentName(
        _time_meaning(found.words), found.zone, found.is_local, found.date_order, found.zone_name, is_time=True
    )


def _by_words(plain: str, bare: str) -> str | None:
    """Return what a value is whose name is told by its words, whole and without the bracket behind it."""
    if bare.startswith("call duration"):
        return "duration"
    if _FILE.fullmatch(bare):
        return "attachment"
    numbered = _NUMBERED.fullmatch(bare)
    if numbered is not None and (meaning := _BY_NAME.get(numbered[1])) in _IN_SEVERAL:
        return meaning
    return "saved_number" if kind_in_heading(plain) is not None else None


def _time_meaning(name: str) -> str | None:
    words = set(re.findall(r"[a-z]+", name.casefold()))
    if words & _OTHER_TIMES:
        return None
    return next((meaning for word, meaning in _TIMES if word in words), "time")
