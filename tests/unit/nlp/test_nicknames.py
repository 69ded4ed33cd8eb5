from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.names import canonical_name
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("surface", "canonical"),
    [
        ("R1CO", "Rico"),
        ("rico line", "Rico"),
        ("Rico's", "Rico"),
        ("ricooo", "Rico"),
        ("RICO", "Rico"),
        ("lj", "LJ"),
        ("AJ", "AJ"),
        ("Ed", "Ed"),
        ("scouse mo", "Scouse Mo"),
        ("Frank", "Frank"),
        ("FRANKIE", "Frankie"),
        ("Jimmy", "Jimmy"),
        ("Lee", "Lee"),
        ("M0", "Mo"),
    ],
)
def test_canonical_forms(surface: str, canonical: str) -> None:
    assert canonical_name(surface) == canonical
    assert canonical_name(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "line", "surface"),
    [
        ("RICO LINE on both 3 for 25", "Rico", "RICO LINE"),
        ("its Rico, back on, bell me", "Rico", "Rico"),
        ("Yo Dave, rico on both, bell me", "Rico", "rico"),
        ("Rico here. On both til 11", "Rico", "Rico"),
        ("on both til late, bell me. Rico", "Rico", "Rico"),
        ("on both til late, bell me - rico x", "Rico", "rico"),
        ("R1co back on, best of both", "Rico", "R1co"),
        ("ricooo on both 2 4 15", "Rico", "ricooo"),
        ("Rico's new number, save it, on both", "Rico", "Rico's"),
        ("R I C O on both til 11", "Rico", "R I C O"),
        ("Scouse Ty back on, best of both", "Scouse Ty", "Scouse Ty"),
        ("LJ on both 7 for 50", "LJ", "LJ"),
        ("Anywhere line on both 7 for 50", "Anywhere", "Anywhere line"),
        ("new number for Rico on both bell me", "Rico", "Rico"),
        ("Frankie on both bell me", "Frankie", "Frankie"),
    ],
)
def test_name_in_any_position(find: Find, text: str, line: str, surface: str) -> None:
    finding = find(text)
    assert (finding.line, finding.line_surface) == (line, surface)


@pytest.mark.parametrize(
    "text",
    [
        "on both til late bell me",
        "our line is back on, best of both, bell me",
        "Back on. Both. 3 for 25. Bell me",
        "yo rico u about?",
        "Rico says hi, hes well excited for his party",
    ],
)
def test_no_name_is_invented(find: Find, text: str) -> None:
    assert find(text).line is None
