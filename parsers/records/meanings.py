"""What the values of a record mean, whatever the record is called.

A meaning is attached to a field with ``Annotated[str, Meaning.PHONE]``. It says whether equal values may
join devices, whether the value is personal data, and how a page captions it. ``search.mapping`` turns
meanings into index types; linkage reads which of them may link. The idea is FollowTheMoney's property types.
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

    @property
    def may_link(self) -> bool:
        """Whether equal values on two devices may be evidence for a link (subject to specificity)."""
        return self in _LINKING

    @property
    def is_personal(self) -> bool:
        """Whether the value is personal data, which no log line or exception text may hold."""
        return self in _PERSONAL


_LINKING = frozenset({Meaning.PHONE, Meaning.HANDLE, Meaning.HANDSET_ID, Meaning.SIM_ID, Meaning.SUBSCRIBER_ID})
_PERSONAL = _LINKING | {Meaning.EMAIL, Meaning.PERSON_NAME, Meaning.TEXT, Meaning.LABEL}
