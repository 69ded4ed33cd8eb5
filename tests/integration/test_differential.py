"""The two indexes beside each other: the same corpus and the same questions, and no difference in any answer.

Corpora and queries are random but seeded: words, emoji, odd scripts, hostile strings; absent times, equal times,
duplicates, extractions loaded again and removed.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar

import msgspec
import orjson
import pytest

from search.backends.elastic import ElasticIndex
from search.backends.elastic_settings import ElasticSettings
from search.backends.embedded import EmbeddedIndex
from search.contract import FACETS, EdgeKind, EvidenceIndex, Filters, Index, Page, RecordDocument, SearchRequest
from search.query.fields import FIELDS, field_value
from search.query.tree import FieldTerm, Phrase, QueryNode, Term, all_of, any_of, none_of
from search.query.words import words
from search.reports.build import build_report
from tests.elastic.fixtures import open_index
from tests.fakes.index_loads import MadeLoad, document, edge, entry, flare, template
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, moved_to, number, offer
from tests.fakes.through_mirror import mirrored

pytestmark = pytest.mark.elastic

ValueT = TypeVar("ValueT")

QUERIES = 150
EXTRACTIONS = [f"ex-{place}" for place in range(6)]
NUMBERS = [*(number(place) for place in range(12)), "60777", "Vodafone", "EE", "*100#", "Private", "\u202e999"]
LINES = ["Rico", "Tony line", "J\u00e0y", "rico", "\U0001f525"]
DRUGS = ["heroin", "crack cocaine", "Cannabis"]
VOCABULARY = [
    *("bell", "BELL", "bells", "me", "rico", "Rico's", "deal", "deals", "deliver", "delivery", "3-for-25", "\u00a320"),
    *("caf\u00e9", "cafe\u0301", "stra\u00dfe", "STRASSE", "\u0130stanbul", "na\u00efve", "\ufb01ne"),
    *("\u24d2\u24de\u24da\u24d4", "\U0001f525", "\U0001f525\U0001f3fd", "\u2744\ufe0f", "1\ufe0f\u20e3", "\U0001fadf"),
    *("\u0939\u093f\u0928\u094d\u0926\u0940", "wh\u200bite", "\u65e5\u672c\u8a9e", "\u0645\u0631\u062d\u0628\u0627"),
    *("can't", "can\u2019t", "a_b", "\x00", "\ufffd", "x" * 130, "\u13a0\u13a3", "\u00bd", "\u2122", '"', "AND", "*"),
    *("\\", "\u2028", "\ud83d", "07700900003"),
]


class Corpus:
    """Random extractions and questions, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def load(self, extraction_id: str) -> MadeLoad:
        chance = self._chance
        documents = [self._document(extraction_id, ordinal) for ordinal in range(chance.randrange(20, 120))]
        edges = [
            edge(
                chance.choice(list(EdgeKind)),
                chance.choice([*NUMBERS, *LINES]),
                extraction_id,
                chance.choice(["sent", "received", "saved"]),
                other=chance.choice(["", *NUMBERS[:3]]),
                label=chance.choice(["", *LINES]),
                count=chance.randrange(1, 9),
            )
            for _ in range(80)
        ]
        flares = [flare(f"f-{extraction_id}-{place}", extraction_id) for place in range(chance.randrange(3))]
        templates = [template(f"t-{place}", extraction_id) for place in range(chance.randrange(4))]
        catalogue = entry(extraction_id, case_ref=chance.choice([None, "OP/1", "OP/2"]))
        return MadeLoad(catalogue, documents, list(dict.fromkeys(edges)), flares, templates)

    def _document(self, extraction_id: str, ordinal: int) -> RecordDocument:
        chance = self._chance
        second = f"2020-05-18T21:{chance.randrange(3):02}:{chance.randrange(5):02}.{chance.choice(['000', '500'])}Z"
        made = document(
            extraction_id,
            ordinal,
            " ".join(chance.choices(VOCABULARY, k=chance.randrange(0, 8))),
            utc=chance.choice([None, second, second, second]),
            kind=chance.choice(["message", "message", "call", "contact"]),
            direction=chance.choice([None, "incoming", "outgoing", "draft"]),
            service=chance.choice([None, "sms", "whatsapp"]),
            deleted=chance.choice(["intact", "deleted", "unknown"]),
            is_duplicate=chance.random() < 0.1,
            numbers=tuple(chance.sample(NUMBERS, chance.randrange(3))),
            is_advert=chance.random() < 0.3,
            line=chance.choice([None, *LINES]),
            template_id=chance.choice([None, "t-1", "t-2"]),
            flare_id=chance.choice([None, None, "f-1"]),
            drugs=tuple(chance.sample(DRUGS, chance.randrange(3))),
        )
        # Ids that do not follow the order of the source, so that ties are told by the id.
        return msgspec.structs.replace(made, record_id=f"r-{chance.randrange(2**40):x}-{extraction_id}-{ordinal}")

    def tree(self, depth: int = 3) -> QueryNode:
        chance = self._chance
        if depth and chance.random() < 0.6:
            operands = [self.tree(depth - 1) for _ in range(chance.randrange(1, 4))]
            return chance.choice([all_of(operands), any_of(operands), none_of(all_of(operands))])
        if chance.random() < 0.3:
            field = chance.choice(list(FIELDS))
            values = {"number": NUMBERS, "line": LINES, "drug": DRUGS, "template": ["t-1", "t-9"], "flare": ["f-1"]}
            value = chance.choice(list(FIELDS[field]) or values.get(field) or [*EXTRACTIONS, "sms"])
            return FieldTerm(field, field_value(field, value))
        found = words(" ".join(chance.choices(VOCABULARY, k=chance.randrange(1, 4)))) or ["bell"]
        if len(found) > 1 and chance.random() < 0.5:
            return Phrase(tuple(found[:3]))
        word = found[0]
        return Term(word[: chance.randrange(1, 4)], is_prefix=True) if chance.random() < 0.3 else Term(word)

    def request(self) -> SearchRequest:
        chance = self._chance
        return SearchRequest(
            tree=chance.choice([None, self.tree(), self.tree(), self.tree()]),
            filters=Filters(
                extraction_ids=chance.choice([None, None, tuple(chance.sample(EXTRACTIONS, 2)), ()]),
                kinds=chance.choice([(), (), ("message",), ("call", "contact")]),
                since=chance.choice([None, None, "2020-05-18T21:01:02.500Z"]),
                until=chance.choice([None, None, "2020-05-18T23:02:01+01:00"]),
                include_duplicates=chance.random() < 0.3,
            ),
            size=chance.choice([1, 3, 20, 500]),
            facets=tuple(chance.sample(FACETS, chance.randrange(len(FACETS)))),
        )


@pytest.fixture
async def both(tmp_path: Path, elastic_settings: ElasticSettings) -> AsyncIterator[tuple[EmbeddedIndex, ElasticIndex]]:
    """Both indexes, empty; Elasticsearch with two shards, so that answers are merged."""
    embedded = EmbeddedIndex(tmp_path / "index.sqlite")
    await embedded.open()
    settings = msgspec.structs.replace(elastic_settings, shards=2, mirror=tmp_path / "mirror.sqlite")
    async with open_index(settings) as elastic:
        yield embedded, elastic
    await embedded.close()


async def gathered(values: AsyncIterator[ValueT]) -> list[ValueT]:
    return [value async for value in values]


async def all_pages(index: Index, request: SearchRequest) -> list[Page]:
    """Return each page, up to the tenth."""
    pages: list[Page] = []
    while len(pages) < 10:
        page = await index.search(request)
        pages.append(page)
        if page.next_after is None:
            break
        request = msgspec.structs.replace(request, after=page.next_after)
    return pages


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_answer_differs(both: tuple[EmbeddedIndex, ElasticIndex], seed: int) -> None:
    corpus = Corpus(seed)
    loads = [corpus.load(extraction_id) for extraction_id in EXTRACTIONS]
    again, removed = corpus.load(EXTRACTIONS[1]), EXTRACTIONS[2]
    for index in both:
        for made in [*loads, again]:
            await index.load(made)
        await index.remove(removed)
    embedded, elastic = both
    matching = 0
    for place in range(QUERIES):
        request = corpus.request()
        expected = await all_pages(embedded, request)
        assert await all_pages(elastic, request) == expected, f"seed {seed}, query {place}: {request}"
        matching += expected[0].total > 0
    assert matching > QUERIES / 4, "the queries must find something"
    assert await embedded.entries() == await elastic.entries()
    for made in loads:
        for each in made.documents[::7]:
            assert await embedded.get(each.record_id) == await elastic.get(each.record_id)
        extraction_id = made.entry.extraction_id
        assert await embedded.counts(extraction_id) == await elastic.counts(extraction_id)
    await assert_same_links(embedded, elastic)
    async with mirrored(elastic) as mirror:
        await assert_same_links(embedded, mirror)
        assert await mirror.entries() == await elastic.entries()


async def assert_same_links(embedded: EvidenceIndex, elastic: EvidenceIndex) -> None:
    for kind in EdgeKind:
        for keys, owners in ((None, None), (NUMBERS[::2], None), (None, EXTRACTIONS[:2]), (LINES, EXTRACTIONS[1:])):
            mine = await gathered(embedded.edges(kind, keys, owners))
            assert mine == await gathered(elastic.edges(kind, keys, owners))
        for minimum in (1, 2, 5):
            shared = await gathered(embedded.shared_keys(kind, minimum))
            assert shared == await gathered(elastic.shared_keys(kind, minimum))
    assert await gathered(embedded.flares()) == await gathered(elastic.flares())
    assert await gathered(embedded.templates()) == await gathered(elastic.templates())


def phones(seed: int) -> list[Phone]:
    """Return a world of phones: two lines, their customers, and people who have nothing to do with either."""
    chance = random.Random(seed)
    made = [Phone(f"p{place}", place, imei=f"35693803564{place:03}") for place in range(8)]
    for place, phone in enumerate(made):
        line = ("Rico", "Tony", None)[place % 3]
        for step in range(40):
            other, day = number(20 + chance.randrange(60)), chance.random() * 30
            if line is not None and place < 3:
                phone.text([number(20 + each) for each in range(15)], step / 2, offer(line), sent=True)
            elif line is not None:
                phone.text(number(place % 3), day, offer(line), sent=False, name=f"{line} line")
            else:
                phone.call(other, day, made=chance.random() < 0.5)
            if step % 10 == 0:
                phone.save(other, chance.choice(["Mum", "Rico", "Tone"]))
        if line is not None:
            phone.text(number(place % 3), 31, moved_to(number(90 + place % 3), line), sent=False)
    return made


async def test_the_report_does_not_differ(
    both: tuple[EmbeddedIndex, ElasticIndex], elastic_settings: ElasticSettings
) -> None:
    """Of the embedded index, of the mirror, of the cluster itself, and of one in memory."""
    elsewhere = msgspec.structs.replace(elastic_settings, prefix=f"{elastic_settings.prefix}-direct")
    async with open_index(elsewhere) as direct:
        reports = [await report_of(index) for index in (*both, direct, MemoryIndex())]
    assert reports == reports[:1] * len(reports)
    assert orjson.loads(reports[0])["lines"], "the world must hold something to report"


async def report_of(index: Index) -> bytes:
    for phone in phones(7):
        collected = phone.collected()
        load = MadeLoad(phone.entry(), [], collected.edges, collected.flares, collected.templates)
        await index.load(load)
    report = await build_report(index, software={"version": "0"}, generated_at="2024-06-01T00:00:00.000Z")
    return orjson.dumps(report)
