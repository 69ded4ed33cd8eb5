"""What every index promises (``search.contract.Index``), held against each back end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

import msgspec
import pytest

from search.contract import FACETS, Edge, EdgeKind, Filters, Hit, Index, LoadedCounts, Page, SearchRequest
from search.errors import IndexConflict, QueryRefused
from search.query.parse import parse_query
from search.query.tree import FieldTerm, any_of, none_of
from tests.fakes.index_loads import BrokenLoad, MadeLoad, document, edge, entry, flare, load, template

ValueT = TypeVar("ValueT")


async def gathered(values: AsyncIterator[ValueT]) -> list[ValueT]:
    return [value async for value in values]


async def found(index: Index, query: str = "", **changes: object) -> Page:
    return await index.search(msgspec.structs.replace(SearchRequest(tree=parse_query(query)), **changes))


async def ordinals(index: Index, query: str = "", **changes: object) -> list[int]:
    page = await found(index, query, **changes)
    assert page.total == len(page.hits)
    return [int(hit.record_id.rpartition("-")[2]) for hit in page.hits]


async def test_an_empty_index_answers(index: Index) -> None:
    assert (await index.health()).is_ready
    assert (await found(index, "rico", facets=FACETS)).total == 0
    assert await index.get("r-1") is None
    assert await index.entries() == ()
    assert await index.counts("ex-1") == LoadedCounts(0, 0)
    assert await gathered(index.edges(EdgeKind.NUMBER)) == []
    assert await gathered(index.shared_keys(EdgeKind.NUMBER, 2)) == []
    assert await gathered(index.flares()) == []
    assert await gathered(index.templates()) == []
    await index.remove("ex-1")
    await index.open()


async def test_a_load_is_counted_and_given_back_whole(index: Index) -> None:
    made = load("ex-1", "Rico on both bell me", "ok \U0001f525", finding=b"\x00\xff")
    counts = await index.load(made)
    assert counts == LoadedCounts(2, made.crc_sum) == await index.counts("ex-1")
    assert await index.document_counts(["ex-1", "ex-2"]) == {"ex-1": 2, "ex-2": 0}
    assert await index.entries() == (made.entry,)
    hit = await index.get("r-ex-1-000001")
    assert hit == Hit(
        record_id="r-ex-1-000001",
        extraction_id="ex-1",
        utc="2020-05-18T21:01:00.000Z",
        text="ok \U0001f525",
        highlights=(),
        record=made.documents[1].record,
        finding=b"\x00\xff",
    )


WORD_QUERIES = [
    ("bell", [0, 1, 4]),
    ("BELL me", [0, 1]),
    ('"bell me"', [0]),
    ('"me bell"', [1]),
    ("deliv*", [2, 3]),
    ("deliv* -fast", [3]),
    ("bell OR deliveries", [0, 1, 2, 4]),
    ("NOT bell", [2, 3, 5, 6, 7]),
    ("NOT (bell OR deliv*)", [5, 6, 7]),
    ("(bell me) OR (fast deliv*)", [0, 1, 2]),
    ("\U0001f525", [4, 5]),
    ("caf\u00e9", [6]),
    ("cafe\u0301", [6]),
    ("STRASSE", [6]),
    ("can't", [7]),
    ('"can\u2019t"', [7]),
    ("cant", [7]),
    ("bel'l", [0, 1, 4]),
    ("white", [7]),
    ("20", [5]),
    ("bel", []),
    ("-bel*", [2, 3, 5, 6, 7]),
]


async def test_words_find_texts(index: Index) -> None:
    await index.load(
        load(
            "ex-1",
            "Yo bell me now",
            "me? bell!",
            "FAST deliveries",
            "delivery soon",
            "bell \U0001f525\U0001f3fd",
            "only \u00a320 \U0001f525",
            "caf\u00e9 stra\u00dfe",
            "can't wh\u200bite",
        )
    )
    for query, expected in WORD_QUERIES:
        assert await ordinals(index, query) == expected, query


async def test_a_bare_number_finds_parties_and_texts_in_whatever_form(index: Index) -> None:
    documents = [
        document("ex-1", 0, "a", numbers=("+447700900123",)),
        document("ex-1", 1, "my new number is 07700 900 123"),
        document("ex-1", 2, "ring +44(0)7700-900123 now"),
        document("ex-1", 3, "ring 07700 900124"),
        document("ex-1", 4, "07700900123"),
    ]
    await index.load(MadeLoad(entry("ex-1"), documents))
    for query in ("07700900123", "+44 7700 900123", "0044 7700900123", "07700 900 123"):
        assert await ordinals(index, query) == [0, 1, 2, 4], query
    assert await ordinals(index, "07700 900123 ring") == [2]
    assert await ordinals(index, '"07700 900 123"') == [1]


async def test_fields_find_documents(index: Index) -> None:
    documents = [
        document("ex-1", 0, "a", numbers=("+447700900123", "Vodafone"), line="Rico Line", is_advert=True),
        document("ex-1", 1, "b", drugs=("crack cocaine", "heroin"), template_id="t-Ab", flare_id="f-1"),
        document("ex-1", 2, "c", kind="call", direction="incoming", service="whatsapp"),
        document("ex-1", 3, "d", deleted="deleted", utc="2020-01-01T00:00:00.000Z", numbers=("60777",)),
        document("ex-1", 4, "e", is_duplicate=True, is_order=True),
        document("ex-1", 5, "f", utc="2020-01-02T00:00:00.000Z", is_order=True),
    ]
    await index.load(MadeLoad(entry("ex-1"), documents))
    for query, expected in {
        "number:07700900123": [0],
        "number:+447700900123": [0],
        "number:vodafone": [0],
        "number:60777": [3],
        "number:6077": [],
        'line:"rico LINE"': [0],
        "line:rico": [],
        "drug:Heroin": [1],
        'drug:"crack cocaine"': [1],
        "template:t-Ab": [1],
        "template:t-ab": [],
        "flare:f-1": [1],
        "kind:call": [2],
        "-kind:call": [3, 5, 0, 1],
        "direction:incoming": [2],
        "-direction:incoming": [3, 5, 0, 1],
        "service:WhatsApp": [2],
        "-service:whatsapp": [3, 5, 0, 1],
        "-template:t-Ab": [3, 5, 0, 2],
        "is:advert": [0],
        "is:deleted": [3],
        "is:flare": [1],
        "is:order": [5],
        "-is:order": [3, 0, 1, 2],
        "is:undated": [0, 1, 2],
        "-is:undated": [3, 5],
        "extraction:ex-1 -number:60777": [5, 0, 1, 2],
        "extraction:ex-2": [],
        "is:duplicate": [],
        "a number:07700900123": [0],
        "b number:07700900123": [],
    }.items():
        assert await ordinals(index, query) == expected, query
    assert await ordinals(index, "is:duplicate", filters=Filters(include_duplicates=True)) == [4]
    tree = FieldTerm("line", "Rico  Line")
    assert (await index.search(SearchRequest(tree=tree))).total == 1


async def test_a_wording_may_be_thousands_of_templates(index: Index) -> None:
    documents = [document("ex-1", place, "a", template_id=f"t-{place}" if place else None) for place in range(4)]
    await index.load(MadeLoad(entry("ex-1"), documents))
    asked = any_of([FieldTerm("template", f"t-{place}") for place in range(2, 70_000)])
    for tree, found in ((asked, 2), (none_of(asked), 2), (any_of([FieldTerm("kind", "call"), asked]), 2)):
        assert (await index.search(SearchRequest(tree=tree))).total == found


async def test_filters_narrow(index: Index) -> None:
    await index.load(load("ex-1", "a", "a", "a", "a"))
    await index.load(MadeLoad(entry("ex-2"), [document("ex-2", 9, "a", kind="call")]))
    assert await ordinals(index, "a") == [0, 1, 2, 3, 9]
    for filters, expected in (
        (Filters(extraction_ids=("ex-1",)), [0, 1, 2, 3]),
        (Filters(extraction_ids=("ex-2", "ex-none")), [9]),
        (Filters(extraction_ids=()), []),
        (Filters(extraction_ids=tuple(f"ex-{number}" for number in range(1, 100))), [0, 1, 2, 3, 9]),
        (Filters(kinds=("call", "contact")), [9]),
        (Filters(since="2020-05-18T21:01:00Z"), [1, 2, 3]),
        (Filters(until="2020-05-18T22:01:00+01:00"), [0]),
        (Filters(since="2020-05-18T21:01:00Z", until="2020-05-18T21:02:00.001Z"), [1, 2]),
        (Filters(since="1969-01-01T00:00:00Z", kinds=("message",)), [0, 1, 2, 3]),
    ):
        assert await ordinals(index, "a", filters=filters) == expected, filters


async def test_pages_follow_in_order_of_time_and_id_with_undated_last(index: Index) -> None:
    same = "2020-05-18T21:00:00.000Z"
    documents = [
        document("ex-1", 0, "a"),
        document("ex-1", 1, "a", utc=same, record_id="r-z"),
        document("ex-1", 2, "a", utc=same, record_id="r-\U0001f525"),
        document("ex-1", 3, "a", utc="1950-01-01T00:00:00.000Z"),
        document("ex-1", 4, "a"),
        document("ex-1", 5, "a", utc=same, record_id="r-A"),
        document("ex-1", 6, "b"),
    ]
    await index.load(MadeLoad(entry("ex-1"), documents))
    whole = await found(index, "a")
    expected = ["r-ex-1-000003", "r-A", "r-z", "r-\U0001f525", "r-ex-1-000000", "r-ex-1-000004"]
    assert [hit.record_id for hit in whole.hits] == expected
    assert whole.hits[0].utc == "1950-01-01T00:00:00.000Z"
    assert whole.hits[-1].utc is None
    assert whole.next_after is None
    for size in (1, 2, 3, 5, 6):
        pages: list[str] = []
        after = None
        while True:
            page = await found(index, "a", size=size, after=after)
            assert page.total == 6
            pages.extend(hit.record_id for hit in page.hits)
            after = page.next_after
            if after is None:
                break
            assert len(page.hits) == size
        assert pages == expected
    assert (await found(index, "a", size=0)).hits == ()


async def test_facets_are_exact_and_never_cut(index: Index) -> None:
    many = [document("ex-1", at, "a", template_id=f"t-{at:05}", service="sms") for at in range(2_300)]
    few = [
        document("ex-2", 0, "a", line="Rico", is_advert=True, drugs=("heroin", "crack"), direction="incoming"),
        document("ex-2", 1, "a", line="Jay", is_advert=True, drugs=("crack", "crack"), direction="incoming"),
        document("ex-2", 2, "a", line="Jay", is_duplicate=True),
        document("ex-2", 3, "b", line="Jay", kind="call", template_id="t-00000"),
    ]
    await index.load(MadeLoad(entry("ex-1"), many))
    await index.load(MadeLoad(entry("ex-2"), few))
    page = await found(index, "a", size=3, facets=FACETS)
    assert page.total == 2_302
    facets = page.facets
    assert set(facets) == set(FACETS)
    assert facets["template_id"] == tuple((f"t-{at:05}", 1) for at in range(2_300))
    assert facets["line"] == (("Jay", 1), ("Rico", 1))
    assert facets["drugs"] == (("crack", 2), ("heroin", 1))
    assert facets["is_advert"] == (("false", 2_300), ("true", 2))
    assert facets["extraction_id"] == (("ex-1", 2_300), ("ex-2", 2))
    assert facets["kind"] == (("message", 2_302),)
    assert facets["service"] == (("sms", 2_300),)
    assert facets["direction"] == (("incoming", 2),)
    assert (await found(index, "b", facets=("kind",))).facets == {"kind": (("call", 1),)}


async def test_highlights_are_spans_of_the_stored_text(index: Index) -> None:
    await index.load(load("ex-1", "\U0001f525 Bell  me, BELL nobody"))
    hit = (await found(index, '"bell me" OR nob*')).hits[0]
    assert [hit.text[start:end] for start, end in hit.highlights] == ["Bell  me", "nobody"]


async def test_loading_again_changes_nothing(index: Index) -> None:
    made = load("ex-1", "bell me", "bell you")
    assert await index.load(made) == await index.load(made)
    assert await ordinals(index, "bell") == [0, 1]
    assert len(await index.entries()) == 1


async def test_a_new_reading_leaves_nothing_of_the_old_one(index: Index) -> None:
    old = MadeLoad(
        entry("ex-1", parser_version="1"),
        load("ex-1", "old bell", "old me", "old you").documents,
        [edge(EdgeKind.NUMBER, "+447700900123", "ex-1"), edge(EdgeKind.NUMBER, "+447700900124", "ex-1")],
        [flare("f-1", "ex-1"), flare("f-2", "ex-1")],
        [template("t-1", "ex-1"), template("t-2", "ex-1")],
    )
    new = MadeLoad(
        entry("ex-1", parser_version="2"),
        load("ex-1", "new bell").documents,
        [edge(EdgeKind.NUMBER, "+447700900125", "ex-1")],
        [flare("f-3", "ex-1")],
        [template("t-2", "ex-1")],
    )
    await index.load(old)
    assert await index.load(new) == LoadedCounts(1, new.crc_sum)
    assert await ordinals(index, "old") == []
    assert await ordinals(index, "bell") == [0]
    assert await index.get("r-ex-1-000002") is None
    assert [each.key for each in await gathered(index.edges(EdgeKind.NUMBER))] == ["+447700900125"]
    assert [each.flare_id for each in await gathered(index.flares())] == ["f-3"]
    assert [each.template_id for each in await gathered(index.templates())] == ["t-2"]
    assert [each.parser_version for each in await index.entries()] == ["2"]


async def test_many_records_are_given_at_once(index: Index) -> None:
    assert await index.get_all([]) == await index.get_all(["r-1"]) == {}
    for made in (load("ex-1", "bell", "bell me"), load("ex-2", "ring")):
        await index.load(made)
    held = ["r-ex-2-000000", "r-ex-1-000001"]
    found = await index.get_all([*held, "r-none", held[0]])
    assert found == {record_id: await index.get(record_id) for record_id in held}
    assert [found[record_id].text for record_id in held] == ["ring", "bell me"]
    # more than one statement or answer holds
    assert set(await index.get_all([*(f"r-{place}" for place in range(12_000)), *held])) == set(held)
    await index.remove("ex-2")
    assert set(await index.get_all(held)) == {held[1]}


async def test_an_extraction_is_removed_whole_and_alone(index: Index) -> None:
    for extraction_id in ("ex-1", "ex-2"):
        made = MadeLoad(
            entry(extraction_id),
            load(extraction_id, "bell me", "bell me", drugs=("crack",), numbers=("+447700900123",)).documents,
            [edge(EdgeKind.NUMBER, "+447700900123", extraction_id)],
            [flare(f"f-{extraction_id}", extraction_id)],
            [template("t-1", extraction_id)],
        )
        await index.load(made)
    await index.remove("ex-1")
    assert await index.counts("ex-1") == LoadedCounts(0, 0)
    assert await index.get("r-ex-1-000000") is None
    assert {hit.extraction_id for hit in (await found(index, "bell number:07700900123 drug:crack")).hits} == {"ex-2"}
    assert [each.extraction_id for each in await gathered(index.edges(EdgeKind.NUMBER))] == ["ex-2"]
    assert [each.extraction_id for each in await gathered(index.flares())] == ["ex-2"]
    assert [each.extraction_id for each in await gathered(index.templates())] == ["ex-2"]
    assert [each.extraction_id for each in await index.entries()] == ["ex-2"]
    await index.remove("ex-1")
    await index.load(load("ex-1", "bell again"))
    assert (await found(index, "bell")).total == 3


async def test_a_load_that_breaks_is_not_found_and_can_be_run_again(index: Index) -> None:
    whole = load("ex-1", *["bell me"] * 20)
    with pytest.raises(InterruptedError):
        await index.load(BrokenLoad(whole.entry, whole.documents))
    await index.load(load("ex-2", "bell you"))
    assert (await found(index, "bell")).total == 1
    assert await index.counts("ex-1") == LoadedCounts(0, 0)
    assert await index.get("r-ex-1-000000") is None
    assert [each.extraction_id for each in await index.entries()] == ["ex-2"]
    await index.load(whole)
    assert (await found(index, "bell")).total == 21


@pytest.mark.parametrize("ordinal", [0, 5])
async def test_a_load_that_gives_other_documents_than_announced_is_refused(index: Index, ordinal: int) -> None:
    made = load("ex-1", "bell me", "bell you")
    made.documents = [made.documents[0], document("ex-1", ordinal, "bell")][: 1 if ordinal else 2]
    with pytest.raises(IndexConflict):
        await index.load(made)
    assert (await found(index, "bell")).total == 0
    assert await index.entries() == ()


async def test_entries_are_put_and_replaced(index: Index) -> None:
    await index.load(load("ex-2", "bell"))
    await index.put_entries([entry("ex-2", case_ref="C-9"), entry("ex-1", superseded_by="ex-2")])
    assert await index.entries() == (entry("ex-1", superseded_by="ex-2"), entry("ex-2", case_ref="C-9"))
    await index.put_entries([entry("ex-2", case_ref="C-10")])
    assert [each.case_ref for each in await index.entries()] == [None, "C-10"]
    assert (await found(index, "bell")).total == 1


EDGES = [
    edge(EdgeKind.NUMBER, "+447700900123", "ex-1", "sent", label="Jay", first_at="2020-05-18T21:00:00.000Z"),
    edge(EdgeKind.NUMBER, "+447700900123", "ex-1", "received", record_ids=("r-1", "r-2")),
    edge(EdgeKind.NUMBER, "+447700900123", "ex-2"),
    edge(EdgeKind.NUMBER, "+447700900124", "ex-1"),
    edge(EdgeKind.NUMBER, "Vodafone", "ex-3"),
    edge(EdgeKind.NUMBER, "vodafone", "ex-2"),
    edge(EdgeKind.NUMBER, "Vodafone", "ex-1", other="a"),
    edge(EdgeKind.NUMBER, "Vodafone", "ex-1", other="b"),
    edge(EdgeKind.NICKNAME, "rico", "ex-1"),
    edge(EdgeKind.NICKNAME, "rico", "ex-2"),
    edge(EdgeKind.NICKNAME, "rico", "ex-3"),
    edge(EdgeKind.CHAT_COPY, "t-1", "ex-1", "sent", other="own:ex-1", label="2020-05-18 stated_offset Jay"),
    edge(EdgeKind.CHAT_COPY, "t-1", "ex-2", "sent", other="own:ex-2", label="2020-05-18 stated_offset Len"),
    edge(EdgeKind.CHAT_COPY, "t-2", "ex-2", "sent", other="own:ex-2", label="2020-05-18 stated_offset Len"),
]


async def put_all_edges(index: Index) -> None:
    for extraction_id in ("ex-1", "ex-2", "ex-3"):
        mine = [each for each in EDGES if each.extraction_id == extraction_id]
        await index.load(MadeLoad(entry(extraction_id), [], mine))


async def test_edges_come_in_order_and_narrowed(index: Index) -> None:
    await put_all_edges(index)

    def expected(kind: EdgeKind, keys: set[str] | None = None, owners: set[str] | None = None) -> list[Edge]:
        kept = [
            each
            for each in EDGES
            if each.kind is kind
            and (keys is None or each.key in keys)
            and (owners is None or each.extraction_id in owners)
        ]
        return sorted(kept, key=lambda each: (each.key, each.extraction_id, each.role, each.other, each.label))

    number = EdgeKind.NUMBER
    assert await gathered(index.edges(number)) == expected(number)
    assert await gathered(index.edges(EdgeKind.NICKNAME)) == expected(EdgeKind.NICKNAME)
    for keys in ({"Vodafone"}, {"+447700900124", "+447700900123", "nobody"}, set[str]()):
        assert await gathered(index.edges(number, keys=sorted(keys))) == expected(number, keys)
        assert await gathered(index.edges(number, sorted(keys), ["ex-1"])) == expected(number, keys, {"ex-1"})
    assert await gathered(index.edges(number, extraction_ids=["ex-3", "ex-1"])) == expected(
        number, None, {"ex-1", "ex-3"}
    )
    assert await gathered(index.edges(number, extraction_ids=[])) == []
    many = [f"key-{at}" for at in range(12_000)]
    assert await gathered(index.edges(number, [*many, "vodafone"], [*many, "ex-2"])) == expected(number, {"vodafone"})


async def test_shared_keys_stand_on_so_many_extractions(index: Index) -> None:
    await put_all_edges(index)
    assert await gathered(index.shared_keys(EdgeKind.NUMBER, 2)) == ["+447700900123", "Vodafone"]
    assert await gathered(index.shared_keys(EdgeKind.NUMBER, 3)) == []
    assert await gathered(index.shared_keys(EdgeKind.NICKNAME, 3)) == ["rico"]
    assert await gathered(index.shared_keys(EdgeKind.CHAT_COPY, 2)) == ["t-1"]
    every = await gathered(index.shared_keys(EdgeKind.NUMBER, 1))
    assert every == sorted({each.key for each in EDGES if each.kind is EdgeKind.NUMBER})
    await index.remove("ex-2")
    assert await gathered(index.shared_keys(EdgeKind.NUMBER, 2)) == ["Vodafone"]


async def test_edges_are_replaced_apart_from_documents(index: Index) -> None:
    await index.load(MadeLoad(entry("ex-1"), load("ex-1", "bell").documents, EDGES[:2], [flare("f-1", "ex-1")]))
    await index.load(MadeLoad(entry("ex-2"), [], [EDGES[2]]))
    await index.put_edges("ex-1", [EDGES[3]], [], [template("t-1", "ex-1")])
    assert await gathered(index.edges(EdgeKind.NUMBER)) == [EDGES[2], EDGES[3]]
    assert await gathered(index.flares()) == []
    assert await gathered(index.templates()) == [template("t-1", "ex-1")]
    assert (await found(index, "bell")).total == 1


async def test_flares_and_templates_come_in_order_and_narrowed(index: Index) -> None:
    for extraction_id in ("ex-2", "ex-1"):
        made = MadeLoad(
            entry(extraction_id),
            [],
            [],
            [flare(f"f-{extraction_id}-b", extraction_id), flare(f"f-{extraction_id}-a", extraction_id)],
            [template("t-2", extraction_id), template("t-1", extraction_id)],
        )
        await index.load(made)
    flares = await gathered(index.flares())
    assert flares == [flare(f"f-{owner}-{which}", owner) for owner in ("ex-1", "ex-2") for which in "ab"]
    assert await gathered(index.flares(["ex-2"])) == flares[2:]
    assert await gathered(index.flares([])) == []
    templates = await gathered(index.templates())
    assert templates == [template(each, owner) for each in ("t-1", "t-2") for owner in ("ex-1", "ex-2")]
    assert await gathered(index.templates(["t-2", "t-9"])) == templates[2:]


async def test_what_is_read_for_a_linkage_is_what_is_held(index: Index) -> None:
    for made in (MadeLoad(entry("ex-1"), [], [edge(EdgeKind.NUMBER, "1", "ex-1")]), MadeLoad(entry("ex-2"))):
        await index.load(made)
        async with index.reading() as held, held.reading() as again:
            assert await again.entries() == await held.entries() == await index.entries()
            assert await gathered(again.edges(EdgeKind.NUMBER)) == await gathered(index.edges(EdgeKind.NUMBER))
            assert await again.get("r-none") is None


async def test_a_reader_may_walk_away(index: Index) -> None:
    await put_all_edges(index)
    async for each in index.edges(EdgeKind.NUMBER):
        assert each.key
        break
    assert len(await gathered(index.edges(EdgeKind.NUMBER))) == 8


HOSTILE = [
    "'; DROP TABLE documents; --",
    '{"query": {"match_all": {}}} "x" AND (NEAR',
    "\x00nul\x00inside\x00",
    "\u202ereversed\u202c and \ufffd",
    "\n\r\t lines \u2028 and \u2029 and \x1e",
    "lone \ud83d surrogate",
    "x" * 40_000,
    "\U0001f525" * 9_000,
    "*?[]~^\\+-&|!(){}:/",
    "",
]


async def test_hostile_text_is_kept_and_found(index: Index) -> None:
    await index.load(load("ex-1", *HOSTILE))
    page = await found(index, "", size=100)
    clean = [text.replace("\ud83d", "\ufffd") for text in HOSTILE]
    assert [hit.text for hit in page.hits] == clean
    for query, expected in {
        '"drop table documents"': [0],
        "near": [1],
        "inside": [2],
        "reversed": [3],
        "lines": [4],
        "surrogate": [5],
        "x*": [1, 6],
        "-x*": [0, 2, 3, 4, 5, 7, 8, 9],
        "\U0001f525": [7],
    }.items():
        assert await ordinals(index, query) == expected, query


async def test_hostile_values_are_kept_and_found(index: Index) -> None:
    values = [*HOSTILE[:6], "y" * 50_000]
    documents = [
        document("ex-1", at, "", numbers=(value,), line=value, service=value, drugs=(value,))
        for at, value in enumerate(values)
    ]
    edges = [edge(EdgeKind.NUMBER, value, "ex-1", label=value) for value in values]
    named = entry("ex-1", file_name="\ud83d.ufdr", case_ref=HOSTILE[0])
    await index.load(MadeLoad(named, documents, edges, [], []))
    for at, value in enumerate(values):
        plain = value.replace("\ud83d", "\ufffd")
        assert (await index.search(SearchRequest(tree=FieldTerm("number", plain)))).hits[0].record_id.endswith(str(at))
        assert (await index.search(SearchRequest(tree=FieldTerm("line", plain)))).total >= 1
        kept = await gathered(index.edges(EdgeKind.NUMBER, [value]))
        assert [(each.key, each.label) for each in kept] == [(plain, plain)]
    assert [each.file_name for each in await index.entries()] == ["\ufffd.ufdr"]
    assert len((await found(index, facets=("line", "service", "drugs"))).facets["line"]) == len(values)


async def test_a_cursor_that_is_none_of_ours_is_refused(index: Index) -> None:
    for cursor in ("nonsense", "\ud800", "AAAA"):
        with pytest.raises(QueryRefused, match="cursor"):
            await found(index, "bell", after=cursor)
