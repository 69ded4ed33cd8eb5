"""The keys that edges stand under: numbers, senders without a number, folded nicknames, roles.

A sender is a number wherever there is one. Two kinds have none: a handset whose own number is not known
(``own:<extraction>``, or ``own:<extraction>:<SIM>`` where records tell SIMs apart), and a chat party that is shown by a
saved name alone (``name:<extraction>:<name>``).
Both are good on their own extraction only and never join two by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from parsers.phone_numbers import has_lost_digits, number_key, read_label
from parsers.records.facts import Message
from parsers.records.values import NumberRef, Party

OWN_PREFIX = "own:"
NAME_PREFIX = "name:"
_SERVICES_OF_NUMBERS = frozenset({"whatsapp", "signal", "viber"})
"""Where an account is a telephone number, and nothing else."""
WITH_PREFIX = "with "
"""Begins the name of a sender where a list says with which number a text was exchanged, and not who sent it."""
UNKNOWN_NUMBER = "unknown"
"""Key of an announcement that names no old number (a new number that announces itself)."""

_LANDLINES = ("+441", "+442", "+443")
_SHORTEST_NUMBER_DIGITS = 9
"""National numbers have nine digits or more after the country code; what is shorter is a short code."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ACCOUNT_ID = re.compile(rf"(?:user|channel|chat)[0-9]+|[^\s@]+@[^\s@]+|{_UUID.pattern}|[1-9][0-9]{{8,}}")
"""Telegram's ids, those of other services with a domain (``123@lid``, an e-mail address), Signal's UUIDs, and digits
that are no telephone number (``6888412059``, as most tools write an id): of those the key begins with a plus. A bare
name is none: who sends SMS may show one."""


_USER_ID = re.compile(r"user([0-9]+)")
"""The id of a Telegram user in the application's own export; other tools write the digits alone."""
_NUMBER_WRITTEN = re.compile(r"[+0][0-9() -]+|.*@(?:s\.whatsapp\.net|c\.us)")
"""A telephone number that stands where an account does."""


class Role(StrEnum):
    """What an extraction has to do with the key of an edge."""

    SENT = "sent"
    RECEIVED = "received"
    SENT_ADVERT = "sent_advert"
    RECEIVED_ADVERT = "received_advert"
    SENT_BULK = "sent_bulk"
    """A text that went to many, and is no advert: whoever is on a list has no one-to-one traffic by it."""
    CALLED = "called"
    CALLED_BY = "called_by"
    SAVED = "saved"
    SENT_CHANGE = "sent_change"
    """An advert that announces a change of number; it offers nothing, so it makes no line by itself."""
    RECEIVED_CHANGE = "received_change"
    RECEIVED_ANSWER = "received_answer"
    """A received text that answers one that was sent right before."""
    RECEIVED_NAMED = "received_named"
    """A received text, no answer, in which a name stands that the sender's adverts bear."""
    RECEIVED_NEARLY = "received_nearly"
    """A received text, no answer, of some length, that reads nearly like an advert."""
    RECEIVED_SHORT = "received_short"
    """A received text, no answer, of few words that reads like an advert."""
    RECEIVED_REPEATED = "received_repeated"
    """A received text, no answer, that its sender, of whom adverts came too, wrote on other days word for word."""
    NAMED = "named"
    """A nickname that stands in a text which is no advert."""
    CARRIED = "carried"
    OWNER = "owner"
    """A number of its own that the submitter states for the handset; it holds before what the file says it has."""
    ACCOUNT = "account"


SENT_ADVERT_ROLES = frozenset({Role.SENT, Role.SENT_CHANGE})
"""Roles of an edge of kind advert on the phone that sent it."""

CHANGE_ROLES = frozenset({Role.SENT_CHANGE, Role.RECEIVED_CHANGE})
"""Roles of an edge of kind advert that announces a change of number, on either phone."""

TALK_ROLES = frozenset({Role.SENT, Role.CALLED, Role.CALLED_BY})
"""Roles of an edge of kind number that show more than what came in unasked."""

TRAFFIC_ROLES = TALK_ROLES | {Role.RECEIVED}
"""Roles of an edge of kind number of one-to-one texts and calls."""

LISTED_ROLES = frozenset({Role.SENT_ADVERT, Role.SENT_BULK})
"""Roles of an edge of kind number whose party is on the list of a sending phone."""


class AnnouncedFrom(StrEnum):
    """Which number announced a change, and whether the text is an advert; role of an announcement edge.

    ``UNCLEAR`` announces nothing: the sender (the key) wrote another number (the other), and which of the two is new,
    if any, is not read. Nor does ``WARNED``: the sender says that whoever sends from the other number imitates it.
    ``BESIDE``: the sender says that the other number is in use beside its own, as one more.
    ``ASKED``: the sender (the other) was asked by one person whether it is who has the name (the label) or the number
    (the key), and said yes.
    ``DENIED``: the sender (the other) told one person that this is not the number of whom he asks for (``denials``).
    ``SERVED``: it wrote anything else to one person (the label) within an hour of what reads like his order.
    """

    OLD_ADVERT = "from_old_advert"
    NEW_ADVERT = "from_new_advert"
    OLD_PLAIN = "from_old_plain"
    NEW_PLAIN = "from_new_plain"
    UNCLEAR = "unclear"
    WARNED = "warned"
    BESIDE = "beside"
    ASKED = "asked"
    DENIED = "denied"
    SERVED = "served"

    @property
    def is_from_old(self) -> bool:
        """Whether the old number sent it."""
        return self in {AnnouncedFrom.OLD_ADVERT, AnnouncedFrom.OLD_PLAIN}

    @property
    def is_advert(self) -> bool:
        """Whether the analysis takes the announcing text for an advert."""
        return self in {AnnouncedFrom.OLD_ADVERT, AnnouncedFrom.NEW_ADVERT}


SPOKEN_BY_OTHER = frozenset(
    {
        AnnouncedFrom.NEW_ADVERT,
        AnnouncedFrom.NEW_PLAIN,
        AnnouncedFrom.ASKED,
        AnnouncedFrom.DENIED,
        AnnouncedFrom.SERVED,
    }
)
"""Roles of announcement edges whose sender is the other number, not the key."""


def party_key(party: Party | NumberRef | None) -> str | None:
    """Return the number key of a party: E.164, else as written without outer white space. None where it has none.

    A number that lost its digits (``4.47701E+11``) is nobody's key: who it is, is as unknown as who withheld his.
    """
    key = number_key(party.raw, party.e164) if party is not None else None
    return None if key is None or (key[:1] != "+" and has_lost_digits(key)) else key


def party_key_in(service: str | None, party: Party | None) -> str | None:
    """Return the number key of a party of a service. None: it has none, or a saved name stands where it should be.

    Some exports write the name under which a chat party is saved as its identifier too. Where every account is a
    telephone number such an identifier is no key: another phone may call somebody else so.
    """
    key = party_key(party)
    if key is None or party is None or party.e164 is not None or service not in _SERVICES_OF_NUMBERS:
        return key
    is_id = "@" in key or _UUID.fullmatch(key) is not None
    return None if not is_id and read_label(key).name is not None else key


def party_name(party: Party | None) -> str | None:
    """Return the name that a party without a key is shown by, without outer white space. None: by none."""
    name = (party.name or party.raw or "").strip() if party is not None else ""
    return None if not name or has_lost_digits(name) else name


def lost_recipient(party: Party, place: int) -> str | None:
    """Return a stand-in for somebody else in a text to several whose number lost its digits. None: it did not.

    Who it is, is not known, but that there was one more: it counts to how many the text went, and joins nothing.

    Args:
        party: One of those to whom it went.
        place: Its place among them.
    """
    return f"lost:{place}" if has_lost_digits((party.name or party.raw or "").strip()) else None


def recipient_keys(message: Message) -> list[str]:
    """Return to whom a text went, by key, else by the name shown, else by place."""
    return [who for place, party in enumerate(message.to) if (who := recipient_key(message, party, place))]


def recipient_key(message: Message, party: Party, place: int) -> str | None:
    """Return by what one of those to whom a text went is counted. None: nothing is shown of him."""
    shown = party_key_in(message.service, party) or party_name(party)
    return shown if shown or len(message.to) == 1 else lost_recipient(party, place)


def talk_key(sender: str, template_id: str) -> str:
    """Return the key of an edge of kind talk."""
    return f"{sender} {template_id}"


def named_alone(name: str) -> str:
    """Return what stands in keys of talk for a sender that phones show by a name alone, whichever shows it."""
    return f"{NAME_PREFIX}:{name}"


def is_named_alone(sender: str) -> bool:
    """Whether the sender in a key of talk is a name that phones show, and no key of a phone's own."""
    return sender.startswith(f"{NAME_PREFIX}:")


def sender_of_talk(key: str) -> str:
    """Return the sender in the key of an edge of kind talk."""
    return key.rpartition(" ")[0]


@lru_cache(maxsize=16_384)
def fold_name(name: str) -> str:
    """Return letters and digits, case folded: equal for ``R.I.C.O`` and ``rico``. Symbols alone are kept."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(filter(str.isalnum, text)) or text.strip()


def is_number(key: str) -> bool:
    """Whether the key is a telephone number in full: no short code, no alphanumeric sender, no stand-in."""
    digits = key.removeprefix("+")
    return digits.isdecimal() and len(digits) >= _SHORTEST_NUMBER_DIGITS


def is_landline(key: str) -> bool:
    """Whether the key is a number of no handset in the United Kingdom, from which shops and offices text.

    Of a place (01, 02) or of none (03). Numbers of other countries are not told: false, also for landlines.
    """
    return key.startswith(_LANDLINES)


@lru_cache(maxsize=16_384)
def is_account_id(key: str) -> bool:
    """Whether the key is the id of an application's account, and no telephone number."""
    return _ACCOUNT_ID.fullmatch(key) is not None


def account_of(shown: str, service: str) -> str:
    """Return an account of an application as one key, however it is written. Empty: it is a telephone number.

    Args:
        shown: An id or a user name.
        service: The application, by its one name.
    """
    account = shown.strip()
    if _NUMBER_WRITTEN.fullmatch(account) or (service in _SERVICES_OF_NUMBERS and account.isdecimal()):
        return ""
    user = _USER_ID.fullmatch(account)
    return user[1] if user else account


def is_name(key: str) -> bool:
    """Whether the key is a name that a sender shows, of an application's user or of who sends text messages."""
    digits = key.removeprefix("+")
    stands_in = key == UNKNOWN_NUMBER or key.startswith((NAME_PREFIX, OWN_PREFIX))
    return not digits.isdecimal() and not is_account_id(key) and not stands_in


def shown_sender(key: str) -> str:
    """Return how a phone shows a sender: a number, or the name under which a chat's party is saved."""
    return key.split(":", 2)[2] if key.startswith(NAME_PREFIX) else key


def number_exchanged_with(name: str) -> str | None:
    """Return the number in the name of who sent a text of no stated way. None: it is a name that somebody saved."""
    return name.removeprefix(WITH_PREFIX) if name.startswith(WITH_PREFIX) else None


def own_key(holder: str, sim: str | None = None) -> str:
    """Return what stands for a handset whose number is not known, or for a SIM of it."""
    return f"{OWN_PREFIX}{holder_of(holder, sim)}"


def holder_of(holder: str, sim: str | None = None) -> str:
    """Return what holds a number: a handset (an extraction, or a device), or a SIM of it."""
    return f"{holder}:{sim}" if sim else holder


def sim_in(key: str) -> str:
    """Return the SIM in the key of a handset whose number is not known; empty where it is of the handset."""
    return key.removeprefix(OWN_PREFIX).partition(":")[2]


def is_stand_in(key: str) -> bool:
    """Whether the key stands for a sender whose number is not known."""
    return key.startswith((OWN_PREFIX, NAME_PREFIX)) or key == UNKNOWN_NUMBER
