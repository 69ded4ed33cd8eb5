"""What the values of a record mean, whatever the record is called.

A meaning is attached to a field with ``Annotated[str, Meaning.PHONE]``. ``search.mapping`` turns meanings into index
types. The idea is FollowTheMoney's property types.
"""

from __future__ import annotations

from enum import StrEnum


class Meaning(StrEnum):
    """The meanings that a field of a record can have."""

    PHONE = "phone"
    HANDLE = "handle"
    EMAIL = "email"
    PERSON_NAME = "person_name"
    TEXT = "text"
    LABEL = "label"
    CODE = "code"
    HANDSET_ID = "handset_id"
    SIM_ID = "sim_id"
    SUBSCRIBER_ID = "subscriber_id"
    INSTANT = "instant"
    DURATION = "duration"
    LOCATOR = "locator"
    HASH = "hash"
