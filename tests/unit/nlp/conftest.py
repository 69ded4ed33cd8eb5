from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.analysis import Analyser, build_analyser
from parsers.records.findings import TextFinding


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return build_analyser()


@pytest.fixture(scope="session")
def find(analyser: Analyser) -> Callable[[str], TextFinding]:
    """Analyse one text."""
    return lambda text: next(analyser.find([text]))
