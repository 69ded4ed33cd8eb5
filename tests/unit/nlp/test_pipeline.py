from __future__ import annotations

import pytest

from nlp.errors import LexiconRefused
from nlp.factories import pinned_lexicons, register
from nlp.lexicons import load_lexicons
from nlp.pipeline import build_pipeline
from nlp.readings import reading_of

COMPONENTS = [
    "trapline_normal_forms",
    "trapline_terms",
    "trapline_numbers",
    "trapline_prices",
    "trapline_hours",
    "trapline_drugs",
    "trapline_drug_prices",
    "trapline_number_changes",
    "trapline_cues",
    "trapline_first_look",
    "trapline_nicknames",
    "trapline_adverts",
    "trapline_advert_model",
    "trapline_decisions",
    "trapline_drug_menu",
    "trapline_bare_amounts",
    "trapline_offers",
    "trapline_places",
    "trapline_template",
    "trapline_stretches",
    "trapline_orders",
]


def test_components_run_in_this_order() -> None:
    """The list is the reference: who adds a component adds it here, in its place."""
    assert build_pipeline(load_lexicons()).pipe_names == COMPONENTS


def test_registering_again_changes_nothing() -> None:
    register()
    register()


def test_pipeline_takes_a_plain_text() -> None:
    pipeline = build_pipeline(load_lexicons())
    assert reading_of(pipeline("RICO LINE on both 3 for 25 bell me")).is_advert


def test_a_pipeline_of_other_lexicons_is_refused() -> None:
    with pytest.raises(LexiconRefused, match="build the pipeline again"):
        pinned_lexicons((), "lex-000000000000")
