"""A few mutations of every format in every run of the tests; ``make fuzz`` goes on for as long as it is let."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.registry import all_parsers
from tests.fuzz.checks import fault_of
from tests.fuzz.subjects import subjects


def test_every_parser_has_samples() -> None:
    assert set(subjects()) == {parser.name for parser in all_parsers()}


@pytest.mark.parametrize("name", sorted(subjects()))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.integers(min_value=0, max_value=1_000), seed=st.integers(min_value=0, max_value=2**48))
def test_a_mutated_sample_gives_records_notices_or_a_refusal(name: str, place: int, seed: int) -> None:
    held = subjects()[name]
    assert fault_of(held[place % len(held)], seed) is None
