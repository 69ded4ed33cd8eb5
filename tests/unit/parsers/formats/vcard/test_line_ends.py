"""Line ends of several kinds in one file of cards."""

from __future__ import annotations

import pytest

from tests.fakes.deliveries import codes_of, contacts_of, read_content

LINES = [
    line for n in range(4) for line in ("BEGIN:VCARD", "VERSION:3.0", f"FN:c{n}", f"TEL:0770090040{n}", "END:VCARD")
]


@pytest.mark.parametrize(
    "ends", [("\r\n", "\r\n", "\r"), ("\n", "\r"), ("\r\n", "\n", "\r"), ("\r", "\n"), ("\r\r\n",)]
)
def test_mixed_line_ends(ends: tuple[str, ...]) -> None:
    result = read_content("".join(line + ends[place % len(ends)] for place, line in enumerate(LINES)))
    assert [(one.name, [number.raw for number in one.numbers]) for one in contacts_of(result)] == [
        (f"c{n}", [f"0770090040{n}"]) for n in range(4)
    ]
    # A carriage return behind the last line may be half of its end.
    assert set(codes_of(result)) <= {"end_unmarked"}


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("one\rtwo", {}),
        ("see\rhttp://example.org", {}),
        ("tel: call\r5pm", {}),
        ("one\rNick:Jay", {"structure_in_text": 1}),
    ],
)
def test_a_return_within_a_value_stays(note: str, codes: dict[str, int]) -> None:
    result = read_content(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nNOTE:{note}\r\nEND:VCARD\r\n")
    (contact,) = contacts_of(result)
    assert dict(contact.extra)["NOTE"] == note
    assert codes_of(result) == codes
