from __future__ import annotations

from pathlib import Path

import pytest

from nlp.analysis import build_analyser
from nlp.errors import LexiconRefused
from nlp.lexicons import LexiconKind, load_lexicons, parse_lexicon
from parsers.records.findings import SpanKind

SOURCE_OF_TRADES = "general knowledge of British trades, clubs and services"
HEAD = '[lexicon]\nname = "unit"\nkind = "drug"\nsource = "unit intelligence"\ndate = 2026-01-31\nambiguity = "low"\n'


def test_shipped_lexicons_hold_every_kind() -> None:
    lexicons = load_lexicons()
    assert {entry.kind for entry in lexicons.entries} == set(LexiconKind)
    assert all(entry.source for entry in lexicons.entries)


def test_words_of_trades_are_no_words_of_lines() -> None:
    entries = load_lexicons().entries
    speaking = {LexiconKind.DRUG, LexiconKind.MENU, LexiconKind.STOCK, LexiconKind.CUE}
    of_trades = {entry.term for entry in entries if entry.source == SOURCE_OF_TRADES}
    assert of_trades
    assert not of_trades & {entry.term for entry in entries if entry.kind in speaking}


def test_a_unit_adds_words_without_code(tmp_path: Path) -> None:
    text = "the zorbles are hidden in the shed"
    (tmp_path / "unit.toml").write_text(
        HEAD + '[[entry]]\nterm = "zorbles"\ncanonical = "ketamine"\n', encoding="utf-8"
    )
    analyser = build_analyser([tmp_path])
    drugs = [span for span in next(analyser.find([text])).spans if span.kind is SpanKind.DRUG]
    assert [(span.canonical, span.surface) for span in drugs] == [("ketamine", "zorbles")]
    assert analyser.lexicon_version != build_analyser().lexicon_version


def test_version_is_that_of_the_content_not_of_its_order(tmp_path: Path) -> None:
    entries = [f'[[entry]]\nterm = "{word}"\ncanonical = "other"\n' for word in ("abba", "babba")]
    versions = set()
    for name, parts in (("one", entries), ("two", entries[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        (folder / f"{name}.toml").write_text(HEAD + "".join(parts), encoding="utf-8")
        versions.add(load_lexicons([folder]).version)
    assert len(versions) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("not toml", "not valid TOML"),
        ('[[entry]]\nterm = "x"\n', "no [lexicon] table"),
        (HEAD.replace('"drug"', '"drugz"'), "its kind is 'drugz'"),
        (HEAD + '[[entry]]\ncanonical = "other"\n', "no term"),
        (HEAD + '[[entry]]\nterm = "x"\ncanonical = "unheard of"\n', "canonical name"),
        (HEAD + '[[entry]]\nterm = "x"\ncanonical = "other"\nambiguity = "huge"\n', "ambiguity 'huge'"),
        (HEAD + '[[entry]]\nterm = "x"\ncanonical = "other"\ndescriptuon = "y"\n', "unknown key 'descriptuon'"),
        (HEAD + '[[entry]]\nterm = "x"\ncanonical = "other"\ndate = "2020-01-01"\n', "no date"),
        (HEAD + '[[entry]]\nterm = "x"\ncanonical = "other"\nsource = ""\n', "no source"),
        (HEAD + '[[entry]]\nterms = ["x", "X"]\ncanonical = "other"\n', "stands in it twice"),
    ],
)
def test_a_bad_lexicon_is_refused_with_its_reason(content: str, problem: str) -> None:
    with pytest.raises(LexiconRefused) as refusal:
        parse_lexicon("unit.toml", content)
    assert problem in refusal.value.problem
    assert "unit.toml" in str(refusal.value)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconRefused, match="does not exist"):
        load_lexicons([tmp_path / "nowhere"])
