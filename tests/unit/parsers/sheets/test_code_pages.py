"""The code page of a text of single bytes is told by words and letters; what shows nothing is western."""

from __future__ import annotations

import pytest

from parsers.sheets.code_pages import CENTRAL, WESTERN, code_page_of
from parsers.sheets.text_encoding import encoding_of_text


@pytest.mark.parametrize(
    "text",
    [
        "Data;Numer;Treść\n13.05.2024;07700900456;hej\n",
        "Data;Kierunek\n13.05.2024;Wychodzące\n",
        "Time;Text\n1;była może dziś\n2;mówiła że źle\n",
        "cześć źle",
    ],
)
def test_a_text_of_central_europe(text: str) -> None:
    assert code_page_of(iter((text.encode("cp1250"),))) == CENTRAL
    assert encoding_of_text(text.encode("cp1250")).is_assumed
    assert encoding_of_text(text.encode()).name == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        "Zeit;Länge;Text\n1;2;für Größe\n",
        "Durée;Numéro\n1;sœur, œuvre, fœtus, L'Haÿ\n",
        "Texto\n¿Que tal? mañana, nº 5, 1ª\n",
        "Message\n£20 a bag, 5 m² and 20°, it\u2019s naïve\n",
        "Tekst\n£20 za była może\n",
        "smørrebrød på færgen",
        "plain",
        "20 m³ by³a",
    ],
)
def test_a_western_text_or_one_that_shows_nothing(text: str) -> None:
    assert code_page_of(iter((text.encode("cp1252", "replace"),))) == WESTERN


def test_the_pieces_of_a_large_file_are_weighed_together() -> None:
    assert code_page_of(iter(("była".encode("cp1250"), b"ascii", "może".encode("cp1250")))) == CENTRAL
