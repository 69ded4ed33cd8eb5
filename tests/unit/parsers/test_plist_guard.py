"""Property lists that are none: every fault of the library is one answer."""

from __future__ import annotations

import plistlib

import pytest

from parsers.plist_guard import read_plist

XML = plistlib.dumps({"IMEI": "356943000000013"})


def test_a_list_is_read() -> None:
    assert read_plist(XML) == {"IMEI": "356943000000013"}


@pytest.mark.parametrize(
    "content",
    [
        XML.replace(b"UTF-8", b"UTTF-8"),
        XML.replace(b"UTF-8", b"idna"),
        XML[:-20],
        b"bplist00" + b"\xff" * 40,
        b"<plist><dict><key>a</key><date>x</date></dict></plist>",
        b"",
    ],
)
def test_what_cannot_be_read_is_none(content: bytes) -> None:
    assert read_plist(content) is None
