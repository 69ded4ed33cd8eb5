"""What a heading says: which field its column holds, and which zone and order of day and month it states.

The headings that are known stand in ``parsers.tables.known_headings``. One is compared without case, spaces,
underscores and punctuation, so that ``Timestamp: Date``, ``timestamp_date`` and ``Timestamp-Date`` are one. A row in
another language is read by the English headings that its own stand for (``parsers/language_words.toml``). One that
states a zone or an order of day and month (``Sent Date/Time - UTC+00:00 (dd/MM/yyyy)``) is known without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from parsers.language_words import heading_key, headings, language_of, named_kinds
from parsers.locale_times import DAY_FIRST, MONTH_FIRST, YEAR_FIRST
from parsers.number_headings import heads_number_beside_others, kind_in_heading
from parsers.plain_characters import to_plain_characters
from parsers.table_fields import TIME_FIELDS, Field, TableKind
from parsers.tables.epoch_counts import Epoch
from parsers.tables.known_headings import LABELS
from parsers.tables.side_headings import side_in
from parsers.tables.spans import PART_UNITS, SpanUnit, bracketed_unit, worded_unit

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[\s_:/().,;\-\u2013\u2014?*]+")
_ORDER = re.compile(
    r"\(?\b(d{1,2}[/.-]m{1,2}[/.-]y{2,4}|m{1,2}[/.-]d{1,2}[/.-]y{2,4}|y{2}(?:yy)?[/.-]m{1,2}[/.-]d{1,2})[^)]*\)?\s*$",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?:[\s\-(\[]*\b|_)(?:utc|gmt)\s*([+-]\s*[0-9]{1,2}(?::?[0-9]{2})?|00?(?::?00)?)?\s*[)\]]?\s*$", re.IGNORECASE
)
_ZONE_FIRST = re.compile(r"\s*(?:utc|gmt)[\s\-]+(?=\S)", re.IGNORECASE)
_SUMMER = re.compile(r"(?:\s*[(\[]|[\s\-]+)BST\s*[)\]]?\s*$")
# Whose clock it is, or how it is printed: what a heading of times may say besides, and no zone that is stated.
_BESIDE = re.compile(
    r"[\s\-(\[_]+(?:local(?: time)?|uk(?: time| local)?|gmt ?/ ?bst|bst ?/ ?gmt|europe/london|london"
    r"|device|handset|phone|network|(?:24 ?)?(?:h|hrs?|hours?)|hh?:?mm(?::?ss)?"
    r"|ms|msecs?|milli(?:second)?s|micro(?:second)?s|nano(?:second)?s|[u\u00b5]s|ns)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(attachment|file|entry|e ?mail|(?:(?:mobile |tele)?phone|tel|mobile)(?: number)?|(?:contact )?number)s?"
    r" ?#? ?[0-9]+( value)?$"
)
_ORDERS: Final = {"d": DAY_FIRST, "m": MONTH_FIRST, "yy/": YEAR_FIRST, "yy-": YEAR_FIRST, "yy.": YEAR_FIRST}
_KIND_OF_NUMBER = re.compile(r"(phone [0-9]{1,2}) (?:type|label)")

_FIELDS: Final = {label: field for field, labels in LABELS.items() for label in labels.split(" | ")}

_IN_UTC: Final = frozenset({"isodate", "isodate read"})
"""Headings of times of MVT, whose published source writes them in UTC and without a zone."""

_OF_UTC: Final = "Z"

_DATES: Final = frozenset({"date", "timestamp date", "call date", "message date", "day", "start date", "date local"})
"""Headings of a day: of two columns of one time they are read first."""

_TIMES_OF_DAY: Final = frozenset({"time", "time of day", "time local", "local time"})
"""Headings of a time of day, and of a whole time alike."""

_CONTACT_NUMBER_LABELS: Final = frozenset(
    {"mobile", "home", "work", "fax", "cell", "mobile phone", "home phone", "work phone", "business phone"}
    | {"other phone", "mobile number"}
)
_ENDS_IN_PLACE = re.compile(r" [0-9]+(?: value)?$")
"""``Mobile 2``: which of several it is."""

_COPIES: Final = frozenset({"cc", "bcc"})
_ANDROIDS_NUMBERS: Final = frozenset({"address", "number"})
_ROW_ID: Final = "contact id"
_DOUBTFUL_NUMBERS: Final = frozenset(
    {"mobile phone number", "cell phone", "cell number", "cell phone number", "cellphone"}
)
_UNSURE_NUMBERS: Final = frozenset({"cell", _ROW_ID}) | _DOUBTFUL_NUMBERS
"""Headings of a number, and of a mast or of a row in another table alike."""

_ID_WORDS: Final = ("from id", "to id", " jid")
"""Ends of headings of ids."""

_UNSURE_DIRECTION: Final = "direction or address"
"""Stands for a heading that is both in its language: it does not tell a list of calls from one of people."""

SURNAMES: Final = frozenset({"last name", "surname", "family name"})
NAME_PARTS: Final = SURNAMES | {"first name", "forename", "given name", "middle name"}
"""Headings of what is one name together."""
NICKNAME: Final = "nickname"
"""Heading of what somebody is called besides."""

_IN_CONTACTS: Final = {Field.SERVICE: Field.STORED_IN, Field.FOLDER: Field.STORED_IN, Field.THREAD: Field.HANDLE}
_IN_ACCOUNTS: Final = {Field.THREAD: Field.HANDLE, Field.FOLDER: Field.SERVICE, Field.ACCOUNT: Field.HANDLE}
_CALL_WORDS: Final = frozenset({"call", "calls", "calllog", "calllogs", "caller"})
_TEXT_WORDS: Final = frozenset(
    {"sms", "mms", "message", "messages", "text", "texts", "chat", "chats", "imessage", "im"}
)
_CONTACT_WORDS: Final = frozenset({"contact", "contacts", "phonebook", "addressbook"})
_ACCOUNT_WORDS: Final = frozenset({"account", "accounts"})
_NAMED_KINDS: Final = {
    "messages": TableKind.MESSAGE,
    "calls": TableKind.CALL,
    "contacts": TableKind.CONTACT,
    "accounts": TableKind.ACCOUNT,
}
_WORD = re.compile(r"[a-z]+|#")
_EPOCH_WORDS: Final = (
    (Epoch.UNIX, frozenset({"unix", "unixtime", "epoch", "posix"})),
    (Epoch.APPLE, frozenset({"mac", "cocoa", "core", "cf", "cfabsolutetime", "cfabsolute", "apple", "nsdate"})),
    (Epoch.WINDOWS, frozenset({"filetime", "windows"})),
    (Epoch.WEBKIT, frozenset({"webkit", "web", "chrome"})),
)
"""Words of headings of times that state what a count below them begins with."""


class Label(msgspec.Struct, frozen=True, gc=False):
    """What a heading says.

    Attributes:
        key: By which it is compared.
        field: What the column holds. None: not known.
        zone: What the heading states for its times, as it is put behind one: ``Z``, ``+01:00``, `` BST``. None: none.
        date_order: Order of day and month that it states. None: none.
        unit: What it says that the durations below it count. None: it says nothing, or each cell does.
    """

    key: str
    field: Field | None
    zone: str | None = None
    date_order: str | None = None
    unit: SpanUnit | None = None

    @property
    def is_date(self) -> bool:
        """Whether it is the heading of a day."""
        return self.key in _DATES

    @property
    def is_time_of_day(self) -> bool:
        """Whether the column may hold a time of day without its day."""
        return self.key in _TIMES_OF_DAY

    @property
    def is_printed_time(self) -> bool:
        """Whether the column prints for people what another one counts, as SMS Backup & Restore does."""
        return self.key == "readable date"

    @property
    def is_made_time(self) -> bool:
        """Whether the column may hold when a row was made or exported, in place of when something was sent."""
        return self.key == "created"

    @property
    def epoch(self) -> Epoch | None:
        """What a count under the heading of a time begins with. None: the heading does not say."""
        if self.field not in TIME_FIELDS:
            return None
        words = set(_WORD.findall(self.key))
        return next((epoch for epoch, known in _EPOCH_WORDS if words & known), None)

    @property
    def is_minutes_alone(self) -> bool:
        """Whether the column counts minutes or seconds, and its heading does not say of what: undated, a sum."""
        return self.unit is not None and self.key in PART_UNITS

    @property
    def is_unsure_number(self) -> bool:
        """Whether the column holds numbers in some tables only: its cells tell."""
        return self.key in _UNSURE_NUMBERS

    @property
    def is_address_alone(self) -> bool:
        """Whether the column is Android's own of addresses, which are never saved names."""
        return self.key == "address"

    @property
    def is_recipients_address(self) -> bool:
        """Whether the column holds whom something went to, so that ``address`` beside it is who sent it."""
        return self.key == "to address"

    @property
    def is_name_part(self) -> bool:
        """Whether the column holds a first or a last name."""
        return self.key in NAME_PARTS

    @property
    def speaks_of_deletion(self) -> bool:
        """Whether the column is called deleted, and not after a state that may be another."""
        return "deleted" in self.key

    @property
    def may_be_person_id(self) -> bool:
        """Whether the column may hold the row of an address book in place of a name, as in Android's own tables."""
        return self.key == "person"

    @property
    def is_saved_number(self) -> bool:
        """Whether the column holds numbers of some kind in a list of people: ``Home Tel``, ``Old number``."""
        return self.field is None and kind_in_heading(self.key) is not None

    @property
    def may_head_number(self) -> bool:
        """Whether the column may hold numbers where others of the same people do: ``Other``, ``Main``."""
        return self.field is None and heads_number_beside_others(self.key)

    @property
    def is_doubtful_number(self) -> bool:
        """Whether what the column holds in a list of people may be no numbers: makes of handsets, cells of a prison."""
        return self.key in _DOUBTFUL_NUMBERS or self.is_saved_number or self.may_head_number

    @property
    def is_androids_number(self) -> bool:
        """Whether the column may be that of numbers in Android's own tables."""
        return self.key in _ANDROIDS_NUMBERS

    @property
    def holds_details(self) -> bool:
        """Whether the column holds what has no column of its own, in lines of ``Remote party: Jay``."""
        return self.key == "details"

    @property
    def is_copy(self) -> bool:
        """Whether the column holds whom a copy went to: nobody whom another column of recipients names."""
        return self.key in _COPIES

    @property
    def is_platform(self) -> bool:
        """Whether the column names an application in some tables, and in others what kind of device was written on."""
        return self.key == "platform"

    @property
    def is_handle_alone(self) -> bool:
        """Whether the column is Apple's own of handles, which are the other side of what came in and went out."""
        return self.key == "handle"

    @property
    def numbered_kind(self) -> str | None:
        """Which of several numbers the column says the kind of: ``phone 1`` of ``Phone 1 - Type``. None: of none."""
        found = _KIND_OF_NUMBER.fullmatch(self.key)
        return found[1] if found is not None else None

    @property
    def numbered_value(self) -> str | None:
        """Which of several numbers the column holds: ``phone 1`` of ``Phone 1 - Value``. None: of no several."""
        return self.key.removesuffix(" value") if self.key.endswith(" value") else None

    @property
    def is_row_id(self) -> bool:
        """Whether it may be the id of a row in an address book."""
        return self.key == _ROW_ID

    @property
    def is_id(self) -> bool:
        """Whether the column holds what an application knows a side by: another column of that side is its name."""
        return self.key.endswith(_ID_WORDS)

    @property
    def is_unsure_direction(self) -> bool:
        """Whether the column holds addresses in a list of people."""
        return self.key == _UNSURE_DIRECTION

    @property
    def is_call(self) -> bool:
        """Whether the heading itself speaks of calls."""
        return not _CALL_WORDS.isdisjoint(_WORD.findall(self.key))


def language_of_row(texts: Sequence[str]) -> str | None:
    """Return the language of a row of headings. None: English, or not told."""
    known = {heading_key(bare_heading(text)) for text in texts if read_label(text).field is not None}
    keys = [heading_key(bare_heading(text)) for text in texts]
    return language_of(keys, known) if len(known) < len(set(keys)) else None


def is_heading_anywhere(text: str) -> bool:
    """Whether a text is a heading that is known, in whatever language."""
    if read_label(text).field is not None:
        return True
    key = heading_key(bare_heading(text))
    return any(key in own for own in headings().values())


def bare_heading(text: str) -> str:
    """Return a heading without the zone and the order that it states."""
    plain = to_plain_characters(text)
    order = _ORDER.search(plain)
    return _without_zone(plain if order is None else plain[: order.start()])[0]


@lru_cache(maxsize=4_096)
def read_label(text: str, language: str | None = None) -> Label:
    """Return what a heading says in a row of the language (None: English)."""
    plain = to_plain_characters(text)
    order = _ORDER.search(plain)
    date_order = None
    if order is not None:
        date_order = _ORDERS.get(order[1][: 3 if order[1][0] in "yY" else 1].casefold())
        plain = plain[: order.start()]
    plain, stated = _without_zone(plain)
    english = headings()[language].get(heading_key(plain)) if language is not None else None
    key = english or label_key(plain)
    field = _FIELDS.get(key) or _numbered(key) or side_in(key)
    beside = _BESIDE.search(plain) if field is None else None
    if beside is not None and _FIELDS.get(label_key(plain[: beside.start()])) in TIME_FIELDS:
        key = label_key(plain[: beside.start()])
        field = _FIELDS[key]
    unit = None
    if field is None and (worded := worded_unit(key)) is not None:
        field, unit = Field.DURATION, worded
    elif field is None and (held := bracketed_unit(plain)) is not None and _is_duration(*held, language):
        field, unit = Field.DURATION, held[1]
    return Label(key, field, stated or (_OF_UTC if key in _IN_UTC else None), date_order, unit)


def _is_duration(text: str, unit: SpanUnit | None, language: str | None) -> bool:
    english = headings()[language].get(heading_key(text)) if language is not None else None
    key = english or label_key(text)
    # A text has a length too, in characters.
    return _FIELDS.get(key) is Field.DURATION and not (key == "length" and unit is SpanUnit.UNKNOWN)


def label_key(text: str) -> str:
    """Return the form of a heading by which it is compared."""
    return _MARKS.sub(" ", _CAMEL.sub(" ", text)).strip().casefold()


def number_label(heading: str, label: Label) -> str | None:
    """Return the label that a contact's number has by its column; None where the heading says no more than number."""
    is_headed = kind_in_heading(label.key) is not None or label.may_head_number
    is_kind = label.key in _CONTACT_NUMBER_LABELS or (is_headed and not _ENDS_IN_PLACE.search(label.key))
    return heading.strip() if is_kind else None


def field_in(kind: TableKind, field: Field) -> Field:
    """Return what a field is in a table of this kind: an application is where a contact is stored."""
    if kind is TableKind.CONTACT:
        return _IN_CONTACTS.get(field, field)
    return _IN_ACCOUNTS.get(field, field) if kind is TableKind.ACCOUNT else field


def kind_named(name: str) -> TableKind | None:
    """Return the kind that the name of a sheet or file states. None: it states none, or two."""
    words = set(_WORD.findall(label_key(name)))
    kinds = [
        kind
        for kind, known in (
            (TableKind.CALL, _CALL_WORDS),
            (TableKind.MESSAGE, _TEXT_WORDS),
            (TableKind.CONTACT, _CONTACT_WORDS),
            (TableKind.ACCOUNT, _ACCOUNT_WORDS),
        )
        if words & known
    ]
    kinds += [_NAMED_KINDS[each] for each in sorted(named_kinds(name)) if _NAMED_KINDS[each] not in kinds]
    return kinds[0] if len(kinds) == 1 else None


def service_named(name: str) -> str | None:
    """Return the service of texts that the name of a sheet or file states. None: it states none."""
    words = set(_WORD.findall(label_key(name))) | set(_WORD.findall(name.casefold()))
    services = [
        each for each in ("sms", "mms", "whatsapp", "imessage", "telegram", "signal", "snapchat") if each in words
    ]
    if not services and words & {"text", "texts"}:
        return "sms"
    return services[0] if len(services) == 1 else None


def _without_zone(plain: str) -> tuple[str, str | None]:
    """Return a heading without the zone that it states, and the zone as it is put behind a time (None: none)."""
    zone = _ZONE.search(plain)
    if zone is not None and plain[: zone.start()].strip():
        return plain[: zone.start()], _offset(zone[1])
    summer = _SUMMER.search(plain)
    if summer is not None and _FIELDS.get(label_key(plain[: summer.start()])) in TIME_FIELDS:
        return plain[: summer.start()], " BST"
    first = _ZONE_FIRST.match(plain)
    if first is not None and _FIELDS.get(label_key(plain[first.end() :])) in TIME_FIELDS:
        return plain[first.end() :], "Z"
    return plain, None


def _numbered(key: str) -> Field | None:
    found = _NUMBERED.match(key)
    if found is None:
        return None
    word = found[1].replace(" ", "")
    return {"entry": Field.ENTRIES, "attachment": Field.ATTACHMENT, "file": Field.ATTACHMENT, "email": Field.EMAIL}.get(
        word, Field.NUMBER
    )


def _offset(text: str | None) -> str:
    if text is None or not text.strip("0:"):
        return "Z"
    digits = text.replace(" ", "").replace(":", "")
    hours, minutes = digits[1:3] if len(digits) > 3 else digits[1:], digits[3:] if len(digits) > 3 else "00"
    return f"{digits[0]}{int(hours):02}:{int(minutes):02}"
