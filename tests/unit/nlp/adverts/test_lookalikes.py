"""Words that tell honest broadcasts from adverts, whatever else both say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("honest", "advert"),
    [
        ("Docs line is on, double up at Kempton", "Docs line is on, double up tonight"),
        ("RESTOCKED 600S, 4 FOR 20, CASH ONLY", "Bruno restocked, 4 for 20, cash only"),
        ("Bens line is on, two good ones at Lingfield", "Bens line is on, two good ones in Haydock"),
    ],
)
def test_one_word_of_the_races_or_of_vapes_tells_a_text_from_an_advert(find: Find, honest: str, advert: str) -> None:
    assert (find(honest).is_advert, find(advert).is_advert) == (False, True)
