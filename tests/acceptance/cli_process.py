"""Starts the command line with input, a pipe or a signal, and reads the schemas that its output must keep."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.acceptance.command_line import CommandLine

REAL_SAMPLE = Path(__file__).parents[1] / "fixtures" / "ufdr" / "3gs-report.xml"


@cache
def schema(name: str) -> Draft202012Validator:
    """Return the schema that ships with the package: ``record``, ``receipt``, ``report`` or ``analysis``."""
    text = files("parsers.records").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def faults(name: str, rows: list[dict[str, Any]]) -> list[str]:
    """Return what of the rows does not keep the schema."""
    return [f"{error.json_path}: {error.message}" for row in rows for error in schema(name).iter_errors(row)]


def environment(command_line: CommandLine, **more: str) -> dict[str, str]:
    """Return the environment of a run: ours without any setting, an empty home, and what is given."""
    home, _, temporary = command_line.surroundings
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TRAPLINE_")}
    script_dir = str(Path(sys.executable).parent)
    return kept | {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PATH": f"{script_dir}{os.pathsep}{kept.get('PATH', '')}",
        **more,
    }


def started(command_line: CommandLine, *words: str | Path, **more: str) -> subprocess.Popen[bytes]:
    """Start ``python -m ingest`` with its streams open; the caller ends and reads it."""
    return subprocess.Popen(
        [sys.executable, "-m", "ingest", *map(str, words)],
        cwd=command_line.surroundings[1],
        env=environment(command_line, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def fed(command_line: CommandLine, content: bytes, *words: str | Path, **more: str) -> tuple[int, bytes, str]:
    """Run with the content on standard input; returns exit code, standard output and standard error."""
    with started(command_line, *words, **more) as process:
        out, err = process.communicate(content, timeout=120)
    return process.returncode, out, err.decode()


def shell(command_line: CommandLine, line: str) -> tuple[int, str, str]:
    """Run a line of shell with ``trapline`` on the path, in the working folder."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=command_line.surroundings[1],
        env=environment(command_line),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout, done.stderr
