from __future__ import annotations

import io
import json

import msgspec
import pytest

from config.settings import NlpSettings
from ingest.analyse_lines import analyse_lines
from ingest.input_rows import InputRows
from nlp.analysis import Analyser, build_analyser
from nlp.nicknames.shared_names import RULE_ELSEWHERE
from nlp.training.corpora_reading import read_batches
from nlp.training.ham import ham_texts
from nlp.whole_input.input_share import RULE as SHARE_RULE
from nlp.whole_input.near_adverts import RULE as NEAR_RULE
from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.near_wordings import RULE as WORDED_RULE
from nlp.whole_input.settled_input import AdvertRow, SettledInput


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return build_analyser()


SURE = [
    "Steady line on both 3 for 25 bell 07700 900123",
    "STEADY LINE back on now, light and dark",
    "its steady, new number, delete the old one, both on",
]
UNSURE = "both ready steady 3 for 25"


def analysed(texts: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, object]]:
    lines = [json.dumps({"id": str(at), "text": text}).encode() for at, text in enumerate(texts)]
    assert analyse_lines(lines, NlpSettings(lexicon_dirs=()), is_explained=False) == 0
    return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def test_the_other_texts_of_the_input_name_a_line(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (alone,) = analysed([UNSURE], capsysbinary)
    assert alone["line"] is None
    first, *_ = rows = analysed([UNSURE, *SURE], capsysbinary)
    assert [row["id"] for row in rows] == ["0", "1", "2", "3"]
    assert [row["line"] for row in rows] == ["Steady"] * 4
    assert (first["line_surface"], first["advert_score"]) == ("steady", alone["advert_score"])
    assert RULE_ELSEWHERE in str(first["rules"])
    assert first["template"] != alone["template"]
    # Copies change nothing, wherever they stand, and the order of the texts neither.
    again = analysed([*reversed(SURE), *[UNSURE] * 30], capsysbinary)
    assert {(row["line"], row["cluster"]) for row in again} == {(row["line"], row["cluster"]) for row in rows}


def test_a_known_name_is_looked_for_in_the_other_texts(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    known = [
        "Steady line on both 3 for 25",
        "STEADY LINE back on now, light and dark",
        "its Steady, new number, delete the old one, both on",
        "only one number for Steady line, save this 07700 900123",
        "both on til late, 3 for 25. bell Steady line",
        "Steady line closed now, back on at 9",
    ]
    hidden = "both on, 3 for 25, dont go elsewhere wait on steady 15 mins"
    *_, found = analysed([*known, hidden], capsysbinary)
    assert (found["line"], found["line_surface"]) == ("Steady", "steady")


def test_a_text_that_is_nearly_an_advert_is_one_beside_those_that_bear_its_name(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    near = "its only Jordz"
    (alone,) = analysed([near], capsysbinary)
    assert (alone["is_advert"], alone["line"]) == (False, None)
    known = ["Jordz line on both 3 for 25", "JORDZ LINE back on now, light and dark", "its Jordz, new number, both on"]
    first, *_ = rows = analysed([near, *known], capsysbinary)
    assert (first["is_advert"], first["line"], first["line_surface"]) == (True, "Jordz", "Jordz")
    assert first["advert_score"] > 0.5  # type: ignore[operator]  # JSON
    assert NEAR_RULE in str(first["rules"])
    again = analysed([*reversed(known), near, near], capsysbinary)
    assert {(row["line"], row["cluster"]) for row in again} == {(row["line"], row["cluster"]) for row in rows}
    # where more of the input's other texts than adverts bear the name, it is somebody's
    talk = [
        "Jordz had his haircut n is back",
        "Jordz back from the barbers",
        "jordz passed his driving test",
        "Jordz home from his holidays",
        "Jordz has left his coat at mine",
        "Jordz wants to know when",
    ]
    assert analysed([near, *known[:2], *talk], capsysbinary)[0]["is_advert"] is False


def test_a_text_that_is_nearly_an_advert_is_one_in_the_words_of_an_advert(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    near = "picking the kids up then around till six"
    advert = "picking the kids up then around till 3. white 3 for 25 lenny"
    assert [row["is_advert"] for row in analysed([near], capsysbinary)] == [False]
    first, *_ = rows = analysed([near, advert], capsysbinary)
    assert [row["is_advert"] for row in rows] == [True, True]
    assert (first["line"], WORDED_RULE in str(first["rules"])) == (None, True)
    again = analysed([advert, near, near], capsysbinary)
    assert {(row["is_advert"], row["cluster"]) for row in again} == {(row["is_advert"], row["cluster"]) for row in rows}
    # what everybody says of a new number is worded as a line says it
    change = "new number lads please delete the old one and save this"
    assert [
        row["is_advert"]
        for row in analysed([f"Rico line on both 3 for 25, {change}", f"Dan here, {change}"], capsysbinary)
    ] == [True, False]


def test_a_short_name_is_given_as_the_long_one(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    texts = ["Salop Ken line on both 3 for 25", "its Salop Ken, new number, both on", "both on til 11, 3 for 25. Ken"]
    assert [row["line"] for row in analysed(texts, capsysbinary)] == ["Salop Ken"] * 3


def test_what_is_nearly_an_advert_is_one_where_many_texts_are(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    adverts = list(dict.fromkeys(gold.text for gold in read_batches(["ah"]) if gold.is_advert))
    rows = analysed(adverts, capsysbinary)
    raised = [text for text, row in zip(adverts, rows, strict=True) if SHARE_RULE in str(row["rules"])]
    assert raised
    assert [row["is_advert"] for row in analysed(raised, capsysbinary)] == [False] * len(raised)
    # a copy changes nothing, and the order neither
    again = {row["id"]: row for row in analysed([*adverts, *reversed(adverts)], capsysbinary)}
    assert [again[str(at)]["advert_score"] for at in range(len(adverts))] == [row["advert_score"] for row in rows]
    backwards = analysed(adverts[::-1], capsysbinary)[::-1]
    assert [(row["is_advert"], row["line"], row["advert_score"]) for row in backwards] == [
        (row["is_advert"], row["line"], row["advert_score"]) for row in rows
    ]


def test_what_is_just_an_advert_is_none_among_family_talk(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    texts = ham_texts(held_out=True)
    rows = analysed(texts, capsysbinary)
    lowered = {text: row for text, row in zip(texts, rows, strict=True) if SHARE_RULE in str(row["rules"])}
    assert lowered
    assert {(row["is_advert"], row["line"]) for row in lowered.values()} == {(False, None)}
    assert all(row["is_advert"] for row in analysed(list(lowered), capsysbinary))
    assert sum(bool(row["is_advert"]) for row in rows) <= 2


def test_what_falls_short_by_less_than_is_shown_is_no_advert_alone(analyser: Analyser) -> None:
    said = next(analyser.find([UNSURE]))
    short = msgspec.structs.replace(said, is_advert=False, advert_score=0.5)
    beside = SettledInput(analyser, InputRows(io.BytesIO(), AdvertRow), InputRows(io.BytesIO(), NearAdvert))
    beside.add(0, UNSURE, short, [])
    assert list(beside.settled()) == []


def test_rows_come_back_in_order_and_more_may_be_added_between_two_readings() -> None:
    rows = InputRows(io.BytesIO(), NearAdvert)
    first, second = NearAdvert(1, "b\u00e4", "t-1", -0.5, "b"), NearAdvert(2, "", "t-2", -3.25, "")
    rows.add(first)
    assert list(rows) == [first]
    rows.add(second)
    assert [list(rows), list(rows)] == [[first, second]] * 2
