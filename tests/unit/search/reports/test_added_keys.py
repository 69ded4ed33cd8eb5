"""The keys that the report has beside its contract stand in one list, each once and none that is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from search.reports.build import report_bytes
from tests.meta.repository import ROOT
from tests.unit.search.reports.made_report import whole_report

SCHEMA: dict[str, Any] = json.loads(
    files("parsers.records").joinpath("schemas", "report.schema.json").read_text("utf-8")
)
HEADING = "## What the report has beside its contract\n"


def branches(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema and those that it is one of."""
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    yield schema
    for other in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from branches(other)


def added(value: object, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the keys of a value that its schema does not name; of what is below them none."""
    held = list(branches(schema))
    if isinstance(value, list):
        items: dict[str, Any] = next((each["items"] for each in held if "items" in each), {})
        for each in value:
            yield from added(each, items, f"{path}[]")
    elif isinstance(value, dict):
        named: dict[str, Any] = next((each["properties"] for each in held if "properties" in each), {})
        for key, each in value.items() if named else ():
            place = f"{path}.{key}".removeprefix(".")
            if key in named:
                yield from added(each, named[key], place)
            else:
                yield place


def listed_keys() -> list[str]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    firsts = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [key for first in firsts for key in re.findall(r"`([^`]+)`", first)]


async def test_every_key_that_is_added_to_the_contract_is_listed_once() -> None:
    report = json.loads(report_bytes(await whole_report()))
    keys = listed_keys()
    assert len(keys) == len(set(keys))
    found = set(added(report, SCHEMA))
    assert found - set(keys) == set()
    # What the made report has nothing of cannot be looked for; nothing else may be listed in vain.
    empty = {"links[].estimate", "extractions[].notices[].element", "extractions[].notices[].subject"}
    assert set(keys) - found <= empty


async def test_a_key_that_is_not_listed_is_found() -> None:
    report = json.loads(report_bytes(await whole_report()))
    report["devices"][0]["colour"] = "red"
    assert "devices[].colour" in set(added(report, SCHEMA)) - set(listed_keys())
