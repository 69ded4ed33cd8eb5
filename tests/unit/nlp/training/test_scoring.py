from __future__ import annotations

from nlp.analysis import Analyser
from nlp.training.corpora_reading import GoldText, Marked, read_batches
from nlp.training.curve import counts_of
from nlp.training.score_by_batch import rows_by_batch, rows_by_family, scored_batches
from nlp.training.scoring import Counts, Pair, name_pairs
from parsers.records.findings import TextFinding


def advert(surface: str, line: str, found: str | None, batch: str = "x") -> Pair:
    mark = Marked("line", 0, len(surface), surface)
    gold = GoldText(batch=batch, family="advert", text=surface, language="en", marks=(mark,), sender=line, line=line)
    return gold, TextFinding(
        text_id="x", template_id="x", is_advert=True, line=found, nlp_version="3", lexicon_version="1"
    )


def test_pairs_of_ways_to_write_a_name() -> None:
    gaz = [advert("Gaz", "Boro Gaz", "Gaz"), advert("Boro Gaz", "Boro Gaz", "Boro Gaz")]
    assert name_pairs(gaz) == Counts(right=0, wrong=0, missed=1)
    together = [advert("Gaz", "Boro Gaz", "Boro Gaz"), advert("Boro Gaz", "Boro Gaz", "Boro Gaz")]
    assert name_pairs(together) == Counts(right=1)
    assert name_pairs([*together, advert("Jay", "London Jay", "Jay"), advert("jay", "Jay", "Jay")]) == Counts(1, 1)


def test_copies_names_not_found_and_other_batches_make_no_pair() -> None:
    assert name_pairs([advert("GAZ", "Gaz", "Gaz"), advert("gaz", "Gaz", "Gaz")]) == Counts()
    assert name_pairs([advert("GAZ", "Gaz", "Gaz"), advert("gazz", "Gaz", None)]) == Counts()
    assert name_pairs([advert("Gaz", "Gaz", "Gaz"), advert("gaz", "Gaz", "Gaz", "y")]) == Counts()


def test_the_learning_curve_ends_with_all_batches() -> None:
    assert counts_of(1) == [1]
    assert counts_of(3) == [1, 2, 3]
    assert counts_of(30) == [1, 2, 4, 8, 16, 24, 30]


def test_the_tables_have_a_row_for_each_batch_and_for_each_family(analyser: Analyser) -> None:
    batches = scored_batches(analyser, ["ei", "ej"])
    head, _, *rows = rows_by_batch(batches)
    assert [row.split(" | ")[0] for row in rows] == ["| ei", "| ej", "| all"]
    texts = [int(row.split(" | ")[1]) for row in rows]
    assert texts == [427, 417, 844]
    assert {row.count("|") for row in rows} == {head.count("|")}
    families = {gold.family for gold in read_batches(["ei"]) if not gold.is_advert}
    listed = [row.split(" | ")[0].strip("| ") for row in rows_by_family(batches[:1]) if row.startswith("| ")]
    assert set(listed) == {*families, "family"}
