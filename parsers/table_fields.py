"""What a column of a table can hold, and the kinds of table; the words of mappings and of the reader alike."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class TableKind(StrEnum):
    """What a row becomes. ``mixed``: a message or a call, as the row itself says."""

    MESSAGE = "message"
    CALL = "call"
    CONTACT = "contact"
    ACCOUNT = "account"
    MIXED = "mixed"


class Field(StrEnum):
    """What a column holds.

    ``number`` and ``name`` are the other party's in a table of messages or calls, and the contact's own in one of
    contacts. ``chat`` is what a chat is called: a name, or the number of the other side. Several columns of one field
    are read in order; those of a time are its date and its time of day.
    """

    TIME = "time"
    SENT = "sent"
    RECEIVED = "received"
    READ = "read"
    DELIVERED = "delivered"
    FROM = "from"
    FROM_NAME = "from_name"
    TO = "to"
    TO_NAME = "to_name"
    NUMBER = "number"
    NAME = "name"
    PARTIES = "parties"
    PARTICIPANTS = "participants"
    ACCOUNT = "account"
    BODY = "body"
    DIRECTION = "direction"
    TYPE = "type"
    STATUS = "status"
    FOLDER = "folder"
    DURATION = "duration"
    SERVICE = "service"
    SMSC = "smsc"
    THREAD = "thread"
    CHAT = "chat"
    CHAT_NUMBER = "chat_number"
    DELETED = "deleted"
    ATTACHMENT = "attachment"
    EMAIL = "email"
    HANDLE = "handle"
    ENTRIES = "entries"
    STORED_IN = "stored_in"
    EXHIBIT = "exhibit"
    IMEI = "imei"
    ROW = "row"


TIME_FIELDS: Final = (Field.TIME, Field.SENT, Field.RECEIVED, Field.READ, Field.DELIVERED)
"""Fields that hold a time."""

PARTY_FIELDS: Final = (Field.FROM, Field.TO, Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS)
"""Fields that say who the sides of a message or call are."""
