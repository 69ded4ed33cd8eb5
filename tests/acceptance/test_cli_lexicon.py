"""``trapline lexicon check``: a unit sees what is wrong with its file before the service does."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.command_line import CommandLine

GOOD = """[lexicon]
name = "unit"
kind = "drug"
source = "unit intelligence"
date = 2026-01-31
ambiguity = "med"

[[entry]]
terms = ["zorgle", "ket"]
canonical = "ketamine"
"""


def test_good_and_bad_files_are_told_apart(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace('canonical = "ketamine"', 'canonical = "ketamin"'))
    finished = command_line.run("lexicon", "check", good, data=False)
    assert finished.code == 0, finished.err
    assert "good.toml: 2 drug; 1 of them shipped already" in finished.out
    finished = command_line.run("lexicon", "check", good, bad, "--json", data=False)
    assert finished.code == 3
    ((_, first, second),) = [row if isinstance(row, list) else finished.rows() for row in finished.rows()[:1]]
    assert first["refusal"] is None
    assert "no canonical name that is known" in second["refusal"]


def test_the_shipped_lexicons_can_be_used(tmp_path: Path) -> None:
    finished = CommandLine(tmp_path).run("lexicon", "check", data=False)
    assert finished.code == 0, finished.err
    assert "version lex-" in finished.out
