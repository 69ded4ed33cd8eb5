"""A column of parties is proposed as that, and never as the text, though its cells are the longest."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Limits
from parsers.mapping_proposal import propose

PARTIES = [
    "De: +447700900123 Jay\nPara: +447700900999 (propriet\u00e1rio)",
    "De: +447700900999 (propriet\u00e1rio)\nPara: +447700900123 Jay",
    "447700900456@s.whatsapp.net Kay Lee\n447700900999@s.whatsapp.net Me",
]
TEXTS = ["u about m8", "5 mins at the shop", "ok"]
NUMBERED = ["07700 900123 is my new one pass it on", "07700900123 bell me, on all day", "new number: 07700900123 bell"]


def columns(tmp_path: Path, *cells: list[str]) -> dict[str, tuple[str, ...]]:
    rows = [["Quando", *(f"X{place}" for place in range(len(cells)))]]
    rows += [[f"13/04/2024 10:0{number}:00", *row] for number, row in enumerate(zip(*cells, strict=True))]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    (table,) = propose(path, Limits())
    assert table.mapping is not None
    return dict(table.mapping.columns)


@pytest.mark.parametrize("is_first", [True, False])
def test_the_text_beside_a_column_of_parties_is_the_text(tmp_path: Path, *, is_first: bool) -> None:
    found = columns(tmp_path, PARTIES, TEXTS) if is_first else columns(tmp_path, TEXTS, PARTIES)
    parties, text = ("X0", "X1") if is_first else ("X1", "X0")
    assert (found["parties"], found["body"]) == ((parties,), (text,))


def test_texts_that_tell_numbers_are_texts(tmp_path: Path) -> None:
    assert columns(tmp_path, NUMBERED)["body"] == ("X0",)


def test_a_column_of_parties_alone_is_no_text(tmp_path: Path) -> None:
    assert "body" not in columns(tmp_path, PARTIES)
