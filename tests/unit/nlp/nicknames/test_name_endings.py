from __future__ import annotations

import pytest

from nlp.nicknames.name_endings import NameLists, Surroundings, without_endings

NAMES = {"tomek", "pat", "chris", "kasia", "kasi", "anka", "lee"}
LISTS = NameLists(NAMES.__contains__, {"captain"}.__contains__, {"dundee", "cats"}.__contains__)


@pytest.mark.parametrize(
    ("written", "before", "right", "bare"),
    [
        ("TJs", "", "r:on", "TJ"),
        ("Pats", "", "r:line", "Pat"),
        ("Pats", "", "m:drug", "Pats"),
        ("Captains", "", "r:line", "Captain"),
        ("Chris", "", "r:line", "Chris"),
        ("Cats", "", "r:line", "Cats"),
        ("3 Pats", "", "r:line", "3 Pats"),
        ("Two Captains", "", "r:line", "Two Captains"),
        ("One Pats", "", "r:line", "One Pat"),
        ("Pats", "", "r:prep", "Pats"),
        ("Doctor Pats", "", "end", "Doctor Pats"),
        ("Dundeeeee", "", "end", "Dundee"),
        ("Leeee", "", "end", "Lee"),
        ("Ricooo", "", "end", "Ricooo"),
        ("Landit", "linja e", "r:open", "Landi"),
        ("LANDIT", "linja e", "r:open", "LANDI"),
        ("Landit", "ring", "r:open", "Landit"),
        ("Shqiponjes", "ri i", "end", "Shqiponja"),
        ("Tonin T", "pyet per", "end", "Toni T"),
        ("Tomka", "siema linia", "r:open", "Tomek"),
        ("Bociana", "pod", "g:W", "Bocian"),
        ("Bociana", "linia", "g:W", "Bociana"),
        ("Anka", "linia", "g:W", "Anka"),
        ("Kaspra", "do", "r:open", "Kasper"),
        ("MAKSA", "u", "r:open", "MAKS"),
        ("Karla", "do", "r:open", "Karl"),
        ("Lysego", "od", "end", "Lysy"),
        ("smoggys", "", "r:on", "smoggy"),
        ("Always", "", "r:on", "Always"),
        ("Emrys", "", "r:on", "Emrys"),
        ("smoggys", "", "end", "smoggys"),
        ("", "", "end", ""),
    ],
)
def test_what_the_sentence_adds_goes(written: str, before: str, right: str, bare: str) -> None:
    assert without_endings(written, Surroundings(before.split(), right), LISTS) == bare
