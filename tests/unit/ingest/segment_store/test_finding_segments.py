from __future__ import annotations

import msgspec

from ingest.segment_store.finding_segments import COLLECTED_AS, Recipe


def test_findings_that_were_collected_in_another_way_are_made_again() -> None:
    """Segments of before say nothing of it; their recipe differs from the one that is wanted, and they are renewed."""
    made = Recipe(
        records_sha256="a" * 64,
        nlp_version="1",
        lexicon_version="1",
        own_numbers=(),
        region="GB",
        skip_digest="",
        collected_as=COLLECTED_AS,
    )
    stored = msgspec.to_builtins(made)
    assert msgspec.convert(stored, Recipe) == made
    del stored["collected_as"]
    assert msgspec.convert(stored, Recipe) != made
