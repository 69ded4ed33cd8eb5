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


@pytest.mark.parametrize(
    ("honest", "advert"),
    [
        ("Sunbeds on now, lie down and stand up sunbed, 6 for 20", "Bruno on now, light and dark, 6 for 20"),
        ("Launderette open till 8, service wash 2 for 15", "Bruno open till 8, both 2 for 15"),
        ("Microchipping both for 20, ring Kez", "Dark and light both for 20, ring Kez"),
        ("Refer a friend, your next blow dry is on me. Kez", "Refer a friend, your next one is on me. Kez"),
        ("Refer a mate and your next eye test is on the house", "Refer a mate and your next one is on the house"),
    ],
)
def test_wares_and_services_of_a_trade_tell_its_text_from_an_advert(find: Find, honest: str, advert: str) -> None:
    assert (find(honest).is_advert, find(advert).is_advert) == (False, True)
