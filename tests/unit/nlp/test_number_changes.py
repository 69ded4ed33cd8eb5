"""Changes of number, announced from the old and from the new one, by lines and by others, in several languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.components.number_changes import _LETTERS
from nlp.lexicons import LexiconKind, load_lexicons
from parsers.records.findings import NumberChangeRole, SpanKind, TextFinding

Find = Callable[[str], TextFinding]

SPELLED = "oh double seven double oh nine double oh six four two"


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        # from the new number
        ("lost my phone, this is me now", "new", None),
        ("got a new work phone, save this one x", "new", None),
        ("new sim same me", "new", None),
        ("bin my old num x kelly", "new", None),
        ("mum its me on a mates phone, text me on this", "new", None),
        ("lost all my contacts, who is this", "new", None),
        ("Zmieni\u0142em numer, stary usu\u0144. Tomek", "new", None),
        ("Am num\u0103r nou, \u0219terge-l pe cel vechi", "new", None),
        ("Ky \u00ebsht\u00eb numri im i ri, fshije t\u00eb vjetrin", "new", None),
        ("Rhif newydd gen i, dilea'r hen un", "new", None),
        # from the old number
        ("this phone is finishing friday, use 07700 900188", "new", "07700 900188"),
        ("from tomorrow im on 07700 900188", "new", "07700 900188"),
        ("the line has moved to 07700 900188", "new", "07700 900188"),
        ("07700 900188 from now on", "new", "07700 900188"),
        ("my number is now 07700 900188", "new", "07700 900188"),
        ("new number for the chippy delete the old one 01632 960188", "new", "01632 960188"),
        ("Numarul nou e 07700 900188", "new", "07700 900188"),
        ("moj nowy nr 07700 900188", "new", "07700 900188"),
        ("07700 900187 is finished, lucky is 07700 900188", "new", "07700 900188"),
        ("LOSE 07700 900187!!! its not ours now, we are on 07700 900188", "new", "07700 900188"),
        ("plz save my other num 07700 900188. Flash line", "new", "07700 900188"),
        ("text me on my other phone 07700 900188", "new", "07700 900188"),
        # what is given up
        ("dont use my other number 07700 900188", "old", "07700 900188"),
        ("dont ring 07700 900188 no more", "old", "07700 900188"),
        ("delete 07700 900188", "old", "07700 900188"),
        ("old num 07700 900188 is dead", "old", "07700 900188"),
        ("07700 900188 isnt us, dont fall for it", "old", "07700 900188"),
        ("stary numer 07700 900188 ju\u017c nie dzia\u0142a", "old", "07700 900188"),
        ("this number goes off tonight, message me on insta", "old", None),
        # none
        ("ring dont text 07700 900188", "none", None),
        ("call 07700 900188 now", "none", None),
        ("you have 2 missed calls from 07700 900188", "none", None),
        ("have you got his new number", "none", None),
        ("new shop same number", "none", None),
        ("we have not changed number", "none", None),
        ("Phone died sorry. On now", "none", None),
        ("Tank new number soon, til then this one", "none", None),
        ("get me 5 new numbers and 2 are free", "none", None),
        ("is this Dexys new number", "none", None),
        ("New login from Luton. If not you call 020 7946 0771 now", "none", None),
        # on the way out, and out
        ("Jojo changin numbers after this text", "old", None),
        ("Im on the other phone from now. 07700 900318", "new", "07700 900318"),
        ("07700 900284 this is the one now yeah", "new", "07700 900284"),
    ],
)
def test_number_changes(find: Find, text: str, role: str, number: str | None) -> None:
    change = find(text).number_change
    assert (change.role, change.number) == (NumberChangeRole(role), number)


def test_of_an_old_and_a_new_number_the_new_one_is_named(find: Find) -> None:
    change = find("number 07700 900137 is finished, take this: 07700 900154").number_change
    assert (change.role, change.number, change.e164) == (NumberChangeRole.NEW, "07700 900154", "+447700900154")


def test_a_word_has_one_class() -> None:
    """The letter of a word would hang on the order of the entries."""
    entries = [entry for entry in load_lexicons().of_kind(LexiconKind.PATTERN) if entry.cue in _LETTERS]
    assert len({entry.term for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"new one. {SPELLED}", SPELLED),
        ("3 strips 12 quid 01632 960 918", "01632 960 918"),
        ("raat 11 bajay tak, order 07700 900 031", "07700 900 031"),
    ],
)
def test_numbers_behind_other_digits(find: Find, text: str, number: str) -> None:
    spans = [span.surface for span in find(text).spans if span.kind is SpanKind.NUMBER]
    assert spans == [number]
