"""The national shift tables of 3GPP TS 23.038 annex A: characters that a text announces in its header.

The tables of the Indian languages are one pattern laid over the blocks of Unicode, which were made to be parallel; what
a block does not hold is void. So they are stated as the block, what is void in it, and the few cells that differ. Each
cell was compared with two published transcriptions, which differ from each other in twelve cells; there the pattern
of all languages decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

VOID: Final = "\0"
"""Stands for a cell that no character has."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"

_TURKISH: Final = (
    "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\0ŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà"
)
_PORTUGUESE: Final = (
    "@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|\0ÂâÊÉ !\"#º%&'()*+,-./0123456789:;<=>?"
    "ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà"
)

# Offsets into a block of Unicode, with the characters that stand between them in every table. ``\x1b`` is the escape.
_PATTERN: Final[tuple[int | str, ...]] = (
    *(1, 2, 3, 5, 6, 7, 8, 9, 10, 11, "\n", 12, 13, "\r", 14, 15),
    *(*range(0x10, 0x1B), "\x1b", *range(0x1B, 0x1F)),
    *(" ", "!", *range(0x1F, 0x25), ")", "(", 0x25, 0x26, ",", 0x27, ".", 0x28),
    *(*_DIGITS, ":", ";", 0x29, 0x2A, 0x2B, "?"),
    *(*range(0x2C, 0x3A), 0x3C, 0x3D),
    *range(0x3E, 0x4E),
)


class _Block(msgspec.Struct, frozen=True):
    """One language: block, void offsets as hexadecimal, the cell before ``a`` and the five behind ``z``."""

    start: int
    void: str
    before_a: str
    after_z: str


_BLOCKS: Final[Mapping[int, _Block]] = {
    4: _Block(0x0980, "0d0e111229313334354546494a", "\u09ce", "\u09d7\u09dc\u09dd\u09f0\u09f1"),
    5: _Block(0x0A80, "0e12293134464a", "\u0ad0", "\u0ae0\u0ae1\u0ae2\u0ae3\u0af1"),
    6: _Block(0x0900, "", "\u0950", "\u0972\u097b\u097c\u097e\u097f"),
    7: _Block(0x0C80, "010d1129344549", "\u0cd5", "\u0cd6\u0ce0\u0ce1\u0ce2\u0ce3"),
    8: _Block(0x0D00, "010d11293c4549", "\u0d57", "\u0d60\u0d61\u0d62\u0d63\u0d79"),
    9: _Block(0x0B00, "0d0e11122931344546494a", "\u0b56", "\u0b57\u0b60\u0b61\u0b62\u0b63"),
    10: _Block(0x0A00, "0b0c0d0e1112293134373d43444546494a", "\u0a51", "\u0a70\u0a71\u0a72\u0a73\u0a74"),
    11: _Block(
        0x0B80,
        "010b0c0d111617181b1d2021222526272b2c2d3c3d43444549",
        "\u0bd0",
        "\u0bd7\u0bf0\u0bf1\u0bf2\u0bf9",
    ),
    12: _Block(0x0C00, "0d1129343c4549", "\u0c55", "\u0c56\u0c60\u0c61\u0c62\u0c63"),
}

_URDU: Final = (
    "\u0627\u0622\u0628\u067b\u0680\u067e\u06a6\u062a\u06c2\u067f\n\u0679\u067d\r\u067a\u067c"
    "\u062b\u062c\u0681\u0684\u0683\u0685\u0686\u0687\u062d\u062e\u062f\0\u068c\u0688\u0689\u068a"
    " !\u068f\u068d\u0630\u0631\u0691\u0693)(\u0699\u0632,\u0696.\u0698"
    "0123456789:;\u069a\u0633\u0634?"
    "\u0635\u0636\u0637\u0638\u0639\u0641\u0642\u06a9\u06aa\u06ab\u06af\u06b3\u06b1\u0644\u0645\u0646"
    "\u06ba\u06bb\u06bc\u0648\u06c4\u06d5\u06c1\u06be\u0621\u06cc\u06d0\u06d2\u064d\u0650\u064f\u0657"
    "\u0654abcdefghijklmnopqrstuvwxyz\u0655\u0651\u0653\u0656\u0670"
)

EXTENSION: Final[Mapping[int, str]] = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}
"""The extension table of the default alphabet: what stands behind an escape."""


def _cells(written: str) -> Mapping[int, str]:
    """Return septet to character, written one behind the other: two hexadecimal digits and the character."""
    return {int(written[place : place + 2], 16): written[place + 2] for place in range(0, len(written), 3)}


# Behind an escape in the Indian tables and in Urdu: signs first, capitals where the default alphabet has them.
_INDIAN_SIGNS: Final[Mapping[int, str]] = {
    **_cells("00@01£02$03¥04¿05\"06¤07%08&09'0B*0C+0E-0F/10<11=12>13¡15¡16_17#18*"),
    **{0x41 + place: letter.upper() for place, letter in enumerate(_LETTERS)},
}
_INDIAN_CELLS: Final = (0x19, 0x1A, *range(0x1C, 0x28), *range(0x2A, 0x2F), *range(0x30, 0x3C), 0x3F)
_INDIAN_EXTRAS: Final[Mapping[int, str]] = {
    4: "\u09e6\u09e7\u09e8\u09e9\u09ea\u09eb\u09ec\u09ed\u09ee\u09ef\u09df\u09e0\u09e1\u09e2\u09e3\u09f2\u09f3\u09f4"
    "\u09f5\u09f6\u09f7\u09f8\u09f9\u09fa",
    5: "\u0964\u0965\u0ae6\u0ae7\u0ae8\u0ae9\u0aea\u0aeb\u0aec\u0aed\u0aee\u0aef",
    6: "\u0964\u0965\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e\u096f\u0951\u0952\u0953\u0954\u0958\u0959"
    "\u095a\u095b\u095c\u095d\u095e\u095f\u0960\u0961\u0962\u0963\u0970\u0971",
    7: "\u0964\u0965\u0ce6\u0ce7\u0ce8\u0ce9\u0cea\u0ceb\u0cec\u0ced\u0cee\u0cef\u0cde\u0cf1\u0cf2",
    8: "\u0964\u0965\u0d66\u0d67\u0d68\u0d69\u0d6a\u0d6b\u0d6c\u0d6d\u0d6e\u0d6f\u0d70\u0d71\u0d72\u0d73\u0d74\u0d75"
    "\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f",
    9: "\u0964\u0965\u0b66\u0b67\u0b68\u0b69\u0b6a\u0b6b\u0b6c\u0b6d\u0b6e\u0b6f\u0b5c\u0b5d\u0b5f\u0b70\u0b71",
    10: "\u0964\u0965\u0a66\u0a67\u0a68\u0a69\u0a6a\u0a6b\u0a6c\u0a6d\u0a6e\u0a6f\u0a59\u0a5a\u0a5b\u0a5c\u0a5e\u0a75",
    11: "\u0964\u0965\u0be6\u0be7\u0be8\u0be9\u0bea\u0beb\u0bec\u0bed\u0bee\u0bef\u0bf3\u0bf4\u0bf5\u0bf6\u0bf7\u0bf8"
    "\u0bfa",
    12: "\0\0\u0c66\u0c67\u0c68\u0c69\u0c6a\u0c6b\u0c6c\u0c6d\u0c6e\u0c6f\u0c58\u0c59\u0c78\u0c79\u0c7a\u0c7b\u0c7c"
    "\u0c7d\u0c7e\u0c7f",
    13: "\u0600\u0601\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u060c\u060d\u060e\u060f\u0610\u0611"
    "\u0612\u0613\u0614\u061b\u061f\u0640\u0652\u0658\u066b\u066c\u0672\u0673\u06cd\u06d4",
}
_LATIN_EXTRAS: Final[Mapping[int, Mapping[int, str]]] = {
    1: _cells("47Ğ49İ53Ş63ç67ğ69\u013173ş"),
    2: _cells("09ç41Á49Í4FÓ55Ú61á69í6Fó75ú"),
    3: _cells("05ê09ç0BÔ0Cô0EÁ0Fá12Φ13Γ15Ω16Π17Ψ18Σ19Θ1FÊ41À49Í4FÓ55Ú5BÃ5CÕ61Â69í6Fó75ú7Bã7Cõ7Fâ"),
}


def _indian_locking(block: _Block) -> str:
    void = {int(block.void[place : place + 2], 16) for place in range(0, len(block.void), 2)}
    cells = [
        (VOID if cell in void else chr(block.start + cell)) if isinstance(cell, int) else cell.replace("\x1b", VOID)
        for cell in _PATTERN
    ]
    return "".join(cells) + block.before_a + _LETTERS + block.after_z


def _indian_single(extras: str) -> Mapping[int, str]:
    # The full stop of Urdu stands in the last cell; the others end where their digits and signs end.
    cells = {cell: char for cell, char in zip(_INDIAN_CELLS, extras, strict=False) if char != VOID}
    return {**EXTENSION, **_INDIAN_SIGNS, **cells}


LOCKING: Final[Mapping[int, str]] = {
    1: _TURKISH,
    3: _PORTUGUESE,
    **{language: _indian_locking(block) for language, block in _BLOCKS.items()},
    13: _URDU,
}
"""Language to the 128 characters that take the place of the default alphabet. Spanish (2) has none."""

SINGLE: Final[Mapping[int, Mapping[int, str]]] = {
    **{language: {**EXTENSION, **extras} for language, extras in _LATIN_EXTRAS.items()},
    **{language: _indian_single(extras) for language, extras in _INDIAN_EXTRAS.items()},
}
"""Language to what stands behind an escape, in place of the extension table."""
