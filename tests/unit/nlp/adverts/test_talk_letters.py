"""Letters without which a form of talk is not tried must stand in each text that has it, in every writing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.adverts import line_talk, plain_talk


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("place", "westmoor quick"),
        ("place", "bk of fenwick"),
        ("place", "come bk ov fenwick"),
        ("place", "rnd bk o fenwick 3 waiting"),
        ("place", "round fenwick with linda"),
        ("place", "down fenwick wiv our linda"),
        ("place", "over fenwick wi linda"),
        ("waiting", "bk of the park 3 waiting"),
        ("waiting", "at the park 2 waitin"),
        ("died", "sam has sadly died"),
        ("died", "sam's just passed away"),
        ("taken", "dex took 30 quid off me"),
        ("road", "the bridge is still shut big crash"),
        ("road", "mill lane closed, accident"),
        ("road", "mill lane blocked off. roadworks"),
        ("road", "mill lane rammed - smash"),
        ("ordered", "phone better be on"),
        ("ordered", "u betta not"),
        ("ordered", "he had bettr be on all night"),
        ("wish", "merry xmas to you and yours"),
        ("wish", "happy new year from sam and family"),
        ("wish", "hny to u n the kids"),
    ],
)
def test_forms_of_plain_talk_have_the_letters_that_they_need(kind: str, text: str) -> None:
    assert plain_talk._KINDS[kind].search(text)
    assert _has_any(text, plain_talk.NEEDED, kind)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("find_on_app", "find rico on whatsapp this number"),
        ("find_on_app", "add rico on the telegram, the same num"),
        ("find_on_app", "get rico in signal same one"),
        ("find_on_app", "search rico over on snap only"),
        ("find_on_app", "catch rico on wickr from now"),
        ("new_home", "telegram now search @rico thats the new home"),
        ("banned", "join up on telegram cos whatsapp keep banning me"),
        ("banned", "come over to signal they keeps blockin us"),
        ("banned", "get on telegram they keep on shutting down our"),
        ("orders_here", "all orders go thru here only"),
        ("orders_here", "order on this chat from now"),
        ("app_only", "telegram only from now on"),
        ("menu_on_app", "menu on telegram"),
        ("go_easy", "half wot u normally do"),
        ("drivers_out", "2 cars out no waiting"),
        ("deals_ask", "payday deals txt me"),
        ("switched_off", "ma phone's gettin switched aff"),
        ("switched_off", "line getting turned off"),
    ],
)
def test_forms_of_line_talk_have_the_letters_that_they_need(kind: str, text: str) -> None:
    assert line_talk._KINDS[kind].search(text)
    assert _has_any(text, line_talk.NEEDED, kind)


def _has_any(text: str, needed: Mapping[str, tuple[str, ...]], kind: str) -> bool:
    return any(letters in text for letters in needed[kind])
