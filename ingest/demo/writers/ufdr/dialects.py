"""The dialects of Cellebrite's report.xml: what differs from version to version.

Source: the format guide's table of versions; the 3.0 forms are those of a real report (iPhone 3GS, 2012), the later
ones are attested one by one in published readers, their exact combination is composed.
"""

from __future__ import annotations

import msgspec

NAMESPACE = "http://pa.cellebrite.com/report/2.0"


class Dialect(msgspec.Struct, frozen=True, kw_only=True):
    """One dialect.

    Attributes:
        has_extraction_list: ``sourceExtractions`` and ``caseInformation`` are written; else plain English items.
        has_long_attributes: Models carry decoding_confidence, isrelated, source_index and extractionId.
        has_milliseconds: Times carry milliseconds and a ``format`` attribute.
        has_formatted_timestamp: Times carry the ``formattedTimestamp`` attribute too.
        has_call_direction: Calls carry ``Direction``.
        has_call_type: Calls carry ``Type``.
        texts_are_instant_messages: Native texts are top-level InstantMessage models; there are no SMS and MMS models.
        has_user_mapping: Messages carry ``UserMapping``.
        has_owner_flag: Parties of chats and instant messages carry ``IsPhoneOwner``.
    """

    name: str
    report_version: str
    tool_version: str
    has_extraction_list: bool = True
    has_long_attributes: bool = True
    has_milliseconds: bool = True
    has_formatted_timestamp: bool = True
    has_call_direction: bool = True
    has_call_type: bool = True
    texts_are_instant_messages: bool = False
    has_user_mapping: bool = True
    has_owner_flag: bool = True


PA_3 = Dialect(
    name="3.0",
    report_version="3.0",
    tool_version="3.5.1.5",
    has_extraction_list=False,
    has_long_attributes=False,
    has_milliseconds=False,
    has_formatted_timestamp=False,
    has_call_direction=False,
    has_owner_flag=False,
)
PA_5 = Dialect(
    name="5.2",
    report_version="5.2.0.0",
    tool_version="5.2.0.213",
    has_formatted_timestamp=False,
    has_user_mapping=False,
    has_owner_flag=False,
)
PA_7 = Dialect(name="7.60", report_version="5.5.2.1", tool_version="7.60.0.114")
PA_10 = Dialect(
    name="10", report_version="8.5", tool_version="10.2.1.57", has_call_type=False, texts_are_instant_messages=True
)

DIALECTS = (PA_3, PA_5, PA_7, PA_10)
"""All dialects, oldest first."""
