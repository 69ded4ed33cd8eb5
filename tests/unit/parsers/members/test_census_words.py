"""Whether a file may hold messages is told by the names in its census."""

from __future__ import annotations

import pytest

from parsers.members.census_words import may_hold_messages


@pytest.mark.parametrize(
    "census",
    [
        "1 table: messages",
        "3 tables: ZCALL, ZHANDLE, Z_METADATA",
        "an object of 1 key, each list; list of 5 items with sender/text/timestamp",
        "a list; 2 items with createdAt/userId/body",
        "root allsms; elements: sms 2, address 2, date 2, body 2, allsms 1",
        "an object with name (value), participants (list of 2 items), messages (list of 4 items with id)",
        "root log; elements: entry 3, caller 3, duration 3, time 3",
    ],
)
def test_names_of_messages_and_calls_are_known(census: str) -> None:
    assert may_hold_messages(census)


@pytest.mark.parametrize(
    "census",
    [
        "1 table: settings",
        "5 tables: android_metadata, cookies, history, moz_places, urls",
        "an object with version (value), settings (object of a)",
        "an object of 30 keys, each object; object of message/description",
        "root gpx; elements: trkpt 3, ele 2, time 3, gpx 1",
        "root catalog; elements: book 3, author 3, title 3",
        "a list; 2 items with id/name/email/phone",
        "an object with chat (object of enabled), call (object of x), theme (value)",
        "root rss; elements: item 3, author 3, pubDate 3, content 3",
        "a list; 3 items with date/address/text/price",
        "2 tables: call, trace",
        "nothing of its structure could be read",
        "2 tables: a, b; its list of tables is damaged, so that others may be there",
    ],
)
def test_what_programs_keep_for_themselves_is_not(census: str) -> None:
    assert not may_hold_messages(census)
