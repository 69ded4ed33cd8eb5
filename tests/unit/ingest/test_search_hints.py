"""An empty answer to a slip must not pass for nothing found: what is held and like it is named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ingest.search_hints import bare_number, hints_of
from search.backends.embedded import EmbeddedIndex
from search.contract import EdgeKind, Filters, Index, SearchRequest
from search.query.parse import parse_query
from tests.fakes.index_loads import MadeLoad, document, edge, entry, template

NUMBER = "+447700900476"


@pytest.fixture
async def index(tmp_path: Path) -> AsyncIterator[Index]:
    held = EmbeddedIndex(tmp_path / "index.sqlite")
    await held.open()
    documents = [
        document("ex-1", 0, "Remy is on", numbers=(NUMBER,), line="Remy", drugs=("heroin", "crack cocaine")),
        document("ex-1", 1, f"brown {NUMBER}", numbers=(NUMBER,), line="Remy", drugs=("heroin",)),
        document("ex-1", 2, "ring 07700 900 476"),
        document("ex-1", 3, "parked on Harbour Road"),
        document("ex-1", 4, "ricos on", line="Rico", is_advert=True),
        document("ex-1", 5, "jaffa line is on", line="Jaffa", is_advert=True),
        document("ex-1", 6, "mum says tea at 6"),
        document("ex-1", 7, "summer deals on", is_advert=True),
    ]
    await held.load(MadeLoad(entry("ex-1"), documents, edges=(edge(EdgeKind.NUMBER, NUMBER, "ex-1"),)))
    yield held
    await held.close()


async def told(index: Index, query: str) -> tuple[str, ...]:
    tree = parse_query(query)
    return await hints_of(index, tree, Filters(), await index.search(SearchRequest(tree=tree)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("number:900476", f"Numbers held that end so: number:{NUMBER} (2)."),
        ("number:077OO9OO476", f"with figures for its letters: number:{NUMBER} (2)."),
        ("O77oo9OO476", f"with figures for its letters: number:{NUMBER} (2)."),
        ("O77oo 9OO 476", f"with figures for its letters: number:{NUMBER} (2)."),
        ("harbour rd", "With road for rd it finds 1."),
        ('"Harbour Rd" NOT white', "With road for rd it finds 1."),
        ("line:remmy", "No advert is read under the name remmy. Names like it: line:remy (2)."),
        ("line:ricos", "under the name ricos. 1 advert holds it as a word, read under line:Rico (1)."),
        ('line:"jaffa line"', "1 advert holds it as words, read under line:Jaffa (1)."),
        ("line:summer", "1 advert holds it as a word, read under no name."),
        ("line:mum", "No advert is read under the name mum. See the names"),
        ("line:xyz", "See the names: trapline search is:advert --facet line."),
        ("remmy on", "No text has the word remmy. Names like it: line:remy (2)."),
        ("drug:brown", 'The drugs held are drug:heroin (2), drug:"crack cocaine" (1). The word brown alone finds 1.'),
        ("900476", f"No text has the word 900476. Numbers held that have these figures: number:{NUMBER} (2)."),
        ("0476", f"No text has the word 0476. Numbers held that end so: number:{NUMBER} (2)."),
        ("0770090", f"Numbers held that have these figures: number:{NUMBER} (2)."),
        ("browwwwn", "No text has the word browwwwn. Without its stretched letters, brown, it finds 1."),
        ('line:"Remy (1 of 2)"', "Reports tell lines of one name apart: search line:remy, or a number that it has"),
        ('line:"Remy …0476"', "Reports tell lines of one name apart: search line:remy, or a number that it has there"),
        ("line:ln-109217c61c7ae71aa48b", "That is the id of a line in the report: search one of the numbers"),
        ("0044 7700 900476", f"{NUMBER} was looked for as a party (number:{NUMBER} finds 2) and as texts have it"),
    ],
)
async def test_what_found_nothing_names_what_is_like_it(index: Index, query: str, said: str) -> None:
    (sentence,) = await told(index, query)
    assert said in sentence


@pytest.mark.parametrize(
    "query",
    [
        "",
        "remy",
        "quay rd",
        "O77oo900999",
        "ring O77",
        "xylophone",
        "rem*y zz*",
        "number:07700900999",
        "NOT is:undated",
        "0000000",
        "077009",
        "90000",
    ],
)
async def test_nothing_is_said_where_nothing_is_like_it(index: Index, query: str) -> None:
    assert await told(index, query) == ()


@pytest.mark.parametrize("query", ["number:07700900476", "number:07700900476 OR white", "07700900476 white", "white"])
def test_only_a_query_that_is_a_number_is_a_bare_one(query: str) -> None:
    assert bare_number(parse_query(query)) is None
    assert bare_number(parse_query("07700 900-476")) == NUMBER


async def test_an_id_of_a_wording_says_what_finds_its_further_copies(tmp_path: Path) -> None:
    """Copies that count by the broadcast they came in have no id in the index; the report counts them."""
    held = EmbeddedIndex(tmp_path / "wordings.sqlite")
    await held.open()
    documents = [
        document("ex-1", 0, "Rico on both 3 for 25 bell me", template_id="t-1", is_advert=True),
        document("ex-1", 1, "Rico on both 3 for 25 bell me"),
    ]
    await held.load(MadeLoad(entry("ex-1"), documents, templates=(template("t-1", "ex-1"),)))
    (said,) = await told(held, "template:t-1")
    assert said.endswith('Words of it find more: "rico on both" (2).')
    (said,) = await told(held, "template:t-2")
    assert said.endswith("Words of a text as it was sent, in quotes, find its other copies.")
    assert await told(held, "template:t-1 both") == ()
    await held.close()


@pytest.mark.parametrize("query", ["number:07700900501", "white number:07700900501", "number:07700900501 OR remy"])
async def test_a_number_that_a_phone_has_as_its_own_says_which_phone(tmp_path: Path, query: str) -> None:
    """Texts that a phone sent name the other side alone, so that its own number finds none of them."""
    own = "+447700900501"
    held = EmbeddedIndex(tmp_path / "own.sqlite")
    await held.open()
    edges = (edge(EdgeKind.OWN_NUMBER, own, "ex-1"),)
    await held.load(MadeLoad(entry("ex-1", exhibit_ref="MB/1"), [document("ex-1", 0, "remy on")], edges=edges))
    await held.load(MadeLoad(entry("ex-2", exhibit_ref="CU/1"), [document("ex-2", 0, "white", numbers=(own,))]))
    (said,) = await told(held, query)
    assert said.startswith(f"MB/1 has {own} as its own number")
    assert said.endswith("All that it holds: --exhibit MB/1.")
    tree = parse_query(query)
    page = await held.search(SearchRequest(tree=tree))
    assert await hints_of(held, tree, Filters(extraction_ids=("ex-2",)), page) == ()
    await held.close()
