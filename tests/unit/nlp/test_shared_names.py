from __future__ import annotations

from nlp.shared_names import Proposal, name_key, settled_names


def test_other_adverts_make_an_everyday_word_a_name() -> None:
    sure = [Proposal("Steady", 4.0)]
    unsure = [Proposal("Both", -3.0), Proposal("Steady", -1.5)]
    assert settled_names([unsure, sure, sure]) == [1, 0, 0]
    assert settled_names([unsure]) == [None]


def test_a_name_that_no_other_text_has_must_be_surer() -> None:
    weak, strong = [Proposal("Portal", 1.0)], [Proposal("Rico", 3.0)]
    assert settled_names([weak, strong]) == [None, 0]


def test_a_text_does_not_support_itself() -> None:
    assert settled_names([[Proposal("Portal", 1.0), Proposal("Portal", 0.9)]]) == [None]


def test_texts_without_proposals_have_no_name() -> None:
    assert settled_names([[], []]) == [None, None]


def test_keys_of_one_name() -> None:
    assert name_key("Bennys") == name_key("benny")
    assert name_key("2 Tone") == name_key("2Tone")
    assert name_key("Frank") != name_key("Frankie")
