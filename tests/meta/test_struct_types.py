"""No type is first worked out by msgspec where several threads may come to it at once (``config.struct_types``)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.meta.repository import ROOT, modules

ONE_THREAD = {
    "config/struct_types.py": "what prepares the types",
    "parsers/side_table.py": "a reading process has one thread",
    "nlp/model_files.py": "the analysis is loaded once, before anything is analysed",
    "nlp/training/corpora_reading.py": "training has one thread",
    "nlp/training/feature_bag.py": "training has one thread",
    "nlp/training/word_windows.py": "training has one thread",
    "search/linkage/extraction/row_runs.py": "linkage has one thread beside its reads",
    "ingest/input_rows.py": "an analysing process has one thread",
    "ingest/analyse_lines.py": "it has one thread",
    "ingest/processes/worker_process.py": "the event loop, and the one thread of the process that it talks to",
    "ingest/linkage_decisions.py": "prepared beside it",
    "ingest/decisions.py": "prepared beside it",
    "ingest/journal.py": "prepared beside it",
    "ingest/processes/text_spill.py": "lists of bytes alone",
}
"""Modules that work out types in their functions, and why they may."""


def test_types_are_worked_out_while_modules_are_imported() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("config", "parsers", "nlp", "search", "ingest")
        for path in modules(package)
        if any(_in_functions(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == ONE_THREAD.keys()


def _in_functions(tree: ast.AST) -> Iterator[ast.Call]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Call) and _works_out(node))


def _works_out(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or not ast.unparse(call.func).startswith("msgspec."):
        return False
    has_type = any(keyword.arg == "type" for keyword in call.keywords)
    return call.func.attr in {"Decoder", "convert"} or (call.func.attr == "decode" and has_type)
