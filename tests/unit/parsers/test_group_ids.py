from __future__ import annotations

import pytest

from parsers.group_ids import is_apple_group, is_whatsapp_group


@pytest.mark.parametrize(
    ("text", "is_apple", "is_whatsapp"),
    [
        ("chat123", True, False),
        (" chat123 ", True, False),
        ("chat", False, False),
        ("chatty", False, False),
        ("447700900123-1400000000@g.us ", False, True),
        ("447700900123@s.whatsapp.net", False, False),
        ("+447700900123", False, False),
        (None, False, False),
    ],
)
def test_a_group_is_told_by_its_id(
    text: str | None,
    is_apple: bool,  # noqa: FBT001  # cases of the test
    is_whatsapp: bool,  # noqa: FBT001  # cases of the test
) -> None:
    assert is_apple_group(text) is is_apple
    assert is_whatsapp_group(text) is is_whatsapp
