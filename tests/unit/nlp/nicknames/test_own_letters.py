from __future__ import annotations

import pytest

from nlp.analysis import build_analyser
from nlp.nicknames.own_letters import own_letters


@pytest.mark.parametrize(
    ("word", "plain", "body", "spelled"),
    [
        ("Młody", "Mlody", "Młody on both", "Młody"),
        ("Żółty", "Zolty", "Żółty on both", "Zolty"),
        ("Żółty", "Zolty", "Żółty już jest", "Żółty"),
        ("Rîçõ", "Rico", "Rîçõ on both", "Rico"),
        ("R\u0131co", "Rico", "R\u0131co on both", "Rico"),
        ("Rico", "Rico", "Rico już jest", "Rico"),
    ],
)
def test_marked_letters_are_a_names_own_where_a_language_has_them(
    word: str, plain: str, body: str, spelled: str
) -> None:
    assert own_letters(word, plain, body) == spelled


def test_a_line_is_called_as_it_spells_itself() -> None:
    found = list(
        build_analyser().find(["MŁODY on both 3 for 25", "Rîçõ on both 3 for 25", "its Zé, back on both til 11"])
    )
    assert [finding.line for finding in found] == ["Młody", "Rico", "Zé"]
