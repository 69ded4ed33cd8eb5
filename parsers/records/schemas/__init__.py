"""The contracts with other programs as JSON Schema (2020-12), shipped with the package."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Contract(StrEnum):
    """The shapes that other programs read."""

    RECORD = "record"
    RECEIPT = "receipt"
    REPORT = "report"
    ANALYSIS = "analysis"


@cache
def load_schema(contract: Contract) -> dict[str, Any]:
    """Return the schema of a contract; it MUST NOT be changed, one copy serves all."""
    text = files(__package__).joinpath(f"{contract.value}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
