from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files

from jsonschema import Draft202012Validator

from nlp.analysis_export import analysis_line
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


def test_line_keeps_to_the_contract(find: Find) -> None:
    schema = json.loads(files("parsers.records.schemas").joinpath("analysis.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    for text in ("RICO LINE on both 3 for 25 til 11, new number 07700 900123", "im outside", "", "\ud800"):
        validator.validate(analysis_line("7", text, find(text)))


def test_line_holds_what_was_found(find: Find) -> None:
    text = "RICO LINE on both 3 for 25 til 11, new number 07700 900123, fresh batch"
    line = analysis_line("7", text, find(text))
    assert line["id"] == "7"
    assert (line["is_advert"], line["line"], line["line_surface"]) == (True, "Rico", "RICO LINE")
    assert {(drug["canonical"], drug["start"], drug["end"]) for drug in line["drugs"]} == {
        ("heroin", 13, 17),
        ("crack cocaine", 13, 17),
    }
    assert (line["prices"], line["hours"]) == (["3 for 25"], ["til 11"])
    assert (line["numbers"], line["numbers_e164"]) == (["07700 900123"], ["+447700900123"])
    assert line["number_change"] == {"role": "new", "number": "07700 900123"}
    assert line["stock_words"] == ["batch"]
