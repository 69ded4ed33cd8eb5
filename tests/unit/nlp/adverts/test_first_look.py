"""The first look: it rules out most personal texts and hardly an advert, and says so."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.adverts.first_look import FirstLook, FirstLookFile, features_of, shipped_first_look
from nlp.analysis import Analyser
from nlp.training.corpora_reading import batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.logistic import Example
from nlp.training.train_first_look import line_of
from parsers.records.findings import NO_NUMBER_CHANGE

TALK = "im running late mum, can you pick up the kids from school and ill see you at home about six, sorry x"


def test_what_is_ruled_out_names_the_first_look(analyser: Analyser) -> None:
    (finding,) = analyser.find([TALK])
    assert not finding.is_advert
    assert finding.advert_score < 0.03
    assert [rule for rule in finding.rules if rule.startswith("first-look/1:-")]
    assert not [rule for rule in finding.rules if rule.startswith("model/")]
    assert any(line.startswith("  First look") for line in analyser.explain(TALK))


def test_an_advert_is_left_to_the_models(analyser: Analyser) -> None:
    text = "BRAMBLE LINE back on til 10, 3 for 25 both, bell me"
    (finding,) = analyser.find([text])
    assert finding.is_advert
    assert [rule for rule in finding.rules if rule.startswith("model/")]
    assert not any("First look" in line for line in analyser.explain(text))


def test_what_is_told_to_be_an_advert_is_not_ruled_out(analyser: Analyser) -> None:
    (finding,) = analyser.find([TALK], known_adverts={TALK: True})
    assert finding.is_advert
    assert not [rule for rule in finding.rules if rule.startswith("first-look/")]


def test_a_contact_card_is_no_advert_and_announces_nothing(analyser: Analyser) -> None:
    card = "BEGIN:VCARD\nVERSION:2.1\nN:;Rico new;;;\nTEL;CELL:+447700900123\nEND:VCARD"
    (finding,) = analyser.find([card])
    assert not finding.is_advert
    assert finding.line is None
    assert finding.number_change == NO_NUMBER_CHANGE
    assert [span.canonical for span in finding.spans] == ["+447700900123"]
    assert finding.rules[-1] == "contact-card/1:-6.00"
    assert not any(rule.startswith(("first-look/", "number-change")) for rule in finding.rules)
    explanation = list(analyser.explain(card))
    assert any(line.startswith("  Rule   -6.00  is a contact card") for line in explanation)
    assert not any(line.startswith("  First look") for line in explanation)


def test_cues_for_an_advert_keep_a_text_from_being_ruled_out(analyser: Analyser) -> None:
    strict = FirstLook(FirstLookFile(version="x", bias=-20.0, line=-4.0, weights={}))
    talk, advert = analyser.first_readings([TALK, "back on, 3 for 25, bell the line"])
    assert strict.verdict(talk) == -20.0
    assert strict.verdict(advert) is None


@given(st.text(max_size=80) | st.sampled_from([text.text for text in read_batches(["a"])]))
def test_what_it_is_trained_on_is_what_it_weighs(analyser: Analyser, text: str) -> None:
    model = shipped_first_look()
    (reading,) = analyser.first_readings([text])
    bias = FirstLook(FirstLookFile(version="x", bias=0.25, line=0.0, weights={})).log_odds(reading)
    assert bias == 0.25
    parts = model.parts(reading)
    assert set(parts) <= set(features_of(reading))
    empty = model.log_odds(analyser.first_readings([""])[0]) - sum(
        model.parts(analyser.first_readings([""])[0]).values()
    )
    assert model.log_odds(reading) == pytest.approx(empty + sum(parts.values()))


def test_hardly_an_advert_and_most_personal_texts_are_ruled_out(analyser: Analyser) -> None:
    model = shipped_first_look()
    adverts = [text.text for text in read_batches(batch_names("test")) if text.is_advert]
    lost = sum(model.verdict(reading) is not None for reading in analyser.first_readings(adverts))
    assert lost / len(adverts) < 0.02
    personal = ham_texts(held_out=True)
    ruled_out = sum(model.verdict(reading) is not None for reading in analyser.first_readings(personal))
    assert ruled_out / len(personal) > 0.55


def test_the_line_leaves_nearly_all_adverts_above_it() -> None:
    rows = [Example(f"b{at % 6}", "", ["on"] if at % 2 else ["mum"], is_right=at % 2 == 1) for at in range(240)]
    odd = [Example("b0", "", ["mum"], is_right=True)] * 4
    assert line_of(rows) == -2.5
    assert -8.0 < line_of([*rows, *odd]) < -2.5


def test_findings_are_the_same_in_every_process() -> None:
    """A set of words stands in another order in each: a sum over it may end in another digit."""
    script = (
        "import hashlib, msgspec\n"
        "from nlp.analysis import build_analyser\n"
        "from nlp.training.ham import ham_texts\n"
        "found = list(build_analyser().find(ham_texts(held_out=True)[:600]))\n"
        "print(hashlib.sha256(msgspec.msgpack.encode(found)).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
