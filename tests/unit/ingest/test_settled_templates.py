"""What is printed as one template is found under its id, whichever of its wordings a text has."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.settled_templates import with_settled_templates
from search.backends.embedded import EmbeddedIndex
from search.contract import SearchRequest, TemplateEntry
from search.query.parse import parse_query
from search.template_groups import groups_of
from tests.fakes.index_loads import MadeLoad, document, entry


def template(key: str, text: str) -> TemplateEntry:
    return TemplateEntry(
        template_id=key, text=text, slots=(), message_count=1, variant_count=1, extraction_id="ex-1", is_advert=True
    )


WORDINGS = (
    template("t-1", "{line} on both {deal} bell me now"),
    template("t-2", "{line} on both {deal} bel me now"),
    template("t-3", "havin an early one so get in by 8"),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("template:t-1", 2),
        ("template:t-2", 2),
        ("template:t-3", 1),
        ("template:t-9", 0),
        ("template:t-1 NOT template:t-3", 2),
        ("NOT template:t-2", 1),
        ("template:t-1 OR template:t-3", 3),
        ("early", 1),
    ],
)
async def test_a_template_finds_all_wordings_that_are_one_with_it(tmp_path: Path, query: str, found: int) -> None:
    assert groups_of(WORDINGS).of("t-2") == "t-1"
    index = EmbeddedIndex(tmp_path / "index.sqlite")
    await index.open()
    documents = [
        document("ex-1", place, "early" if place == 2 else "bell me", template_id=each.template_id)
        for place, each in enumerate(WORDINGS)
    ]
    await index.load(MadeLoad(entry("ex-1"), documents, templates=WORDINGS))
    tree = await with_settled_templates(index, parse_query(query))
    assert (await index.search(SearchRequest(tree=tree))).total == found
    await index.close()
