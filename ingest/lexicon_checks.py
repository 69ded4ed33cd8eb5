"""What is to say of lexicon files: whether they can be used, and what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from config.settings import NlpSettings
from ingest.exit_codes import ExitCode
from nlp.errors import LexiconRefused
from nlp.lexicons import load_lexicons, parse_lexicon


class LexiconCheck(TypedDict):
    """One file, or the shipped lexicons together; ``refusal`` is the reason why it cannot be used, None where it can.

    ``known`` counts the entries whose term the shipped lexicons hold already with the same kind.
    """

    name: str
    refusal: str | None
    entries: dict[str, int]
    known: int
    version: str | None


def check_lexicons(paths: Sequence[Path], settings: NlpSettings) -> list[LexiconCheck]:
    """Return a row for the shipped lexicons with those of the settings, and one for each path."""
    try:
        used = load_lexicons(settings.lexicon_dirs)
    except LexiconRefused as exc:
        return [_refused("shipped and of the settings", exc)]
    shipped = {(entry.kind, entry.term) for entry in load_lexicons().entries}
    kinds = Counter(str(entry.kind) for entry in used.entries)
    rows = [
        LexiconCheck(
            name="shipped and of the settings",
            refusal=None,
            entries=dict(sorted(kinds.items())),
            known=len(shipped),
            version=used.version,
        )
    ]
    return rows + [_checked(path, shipped) for path in paths]


def _checked(path: Path, shipped: Collection[tuple[str, str]]) -> LexiconCheck:
    try:
        entries = parse_lexicon(path.name, path.read_text(encoding="utf-8"))
    except LexiconRefused as exc:
        return _refused(path.name, exc)
    except FileNotFoundError:
        return _refused(path.name, LexiconRefused(path.name, "there is nothing at this path; check it"))
    except IsADirectoryError:
        return _refused(path.name, LexiconRefused(path.name, "it is a folder; name the files in it"))
    except (OSError, UnicodeDecodeError):
        return _refused(path.name, LexiconRefused(path.name, "it cannot be read as UTF-8 text; save it as UTF-8"))
    kinds = Counter(str(entry.kind) for entry in entries)
    known = sum(1 for entry in entries if (entry.kind, entry.term) in shipped)
    return LexiconCheck(name=path.name, refusal=None, entries=dict(sorted(kinds.items())), known=known, version=None)


def _refused(name: str, exc: LexiconRefused) -> LexiconCheck:
    return LexiconCheck(name=name, refusal=str(exc), entries={}, known=0, version=None)


def exit_code_of(checks: Sequence[LexiconCheck]) -> ExitCode:
    """Return the exit code of a check."""
    return ExitCode.REFUSED if any(check["refusal"] for check in checks) else ExitCode.WHOLE


def check_lines(checks: Sequence[LexiconCheck]) -> Iterator[str]:
    """Yield the lines that a terminal shows."""
    for check in checks:
        if check["refusal"]:
            yield f"{check['name']}: cannot be used. {check['refusal']}"
            continue
        held = ", ".join(f"{count} {kind}" for kind, count in check["entries"].items()) or "no entries"
        version = f"; version {check['version']}" if check["version"] else f"; {check['known']} of them shipped already"
        yield f"{check['name']}: {held}{version}"
