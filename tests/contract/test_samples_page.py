"""``SAMPLES.md`` says what every shipped sample gives; the page is made from the samples and held against them.

``python -m tests.contract.test_samples_page [FOLDER]`` writes the page anew, with a folder of public samples that are
not shipped also the table of those. Of that table the tests hold what can be held without the samples.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ingest.deliveries import Found, find_deliveries
from ingest.processes.parsing import holds_report
from parsers.choosing import parser_for
from parsers.contract import Delivery, ReadContext
from parsers.errors import InputRefused
from parsers.reading import ReadResult, read_all
from parsers.records.facts import RECORD_KINDS
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.registry import all_parsers
from tests.fakes.golden import FIXTURES

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "SAMPLES.md"
BEGIN, END = "<!-- samples: begin -->", "<!-- samples: end -->"
FURTHER_BEGIN, FURTHER_END = "<!-- further: begin -->", "<!-- further: end -->"
_MOST_NOTICES: Final = 4
_SHOWN: Final = (Severity.DAMAGED, Severity.SKIPPED, Severity.ASSUMED, Severity.OUTSIDE)


def deliveries() -> list[Found]:
    """The shipped samples as the service finds them, in order of their names."""
    folders = sorted(folder for folder in FIXTURES.iterdir() if folder.is_dir() and folder.name != "__pycache__")
    return [found for folder in folders for found in find_deliveries(folder, holds_report)]


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if each.is_file():
            digest.update(each.read_bytes())
    return digest.hexdigest()


def origins() -> dict[str, str]:
    """Who made each sample, by its path."""
    manifest = tomllib.loads((FIXTURES / "MANIFEST.toml").read_text(encoding="utf-8"))
    return {
        entry["path"]: "our writer" if entry["tool"].startswith("none: made up") else "real or of others"
        for entry in manifest["fixture"]
    }


def row_of(found: Found, origin: dict[str, str]) -> str:
    """One line of the table of what is shipped."""
    name = found.path.relative_to(FIXTURES).as_posix()
    made_by = origin.get(name) or next((who for each, who in origin.items() if each.startswith(f"{name}/")), "?")
    return f"| {name} | {made_by} | {reading_of(found)} |"


def reading_of(found: Found) -> str:
    """What a sample gives: reader, records, notices; or why it is refused."""
    path = found.path
    delivery = Delivery(
        path=path, name=path.name, is_folder=found.is_folder, sha256=sha256_of(path), companions=found.companions
    )
    with TemporaryDirectory() as scratch:
        ctx = ReadContext(scratch_dir=Path(scratch))
        try:
            parser = parser_for(delivery, ctx, has_sidecar=False).name
            result = read_all(delivery, ctx)
        except InputRefused as refused:
            return f"refused: `{refused.code}` | | {refused.subject or ''}"
    return f"{parser} | {counts_of(result)} | {notices_of(result)}"


def counts_of(result: ReadResult) -> str:
    counts = Counter(record.kind for record in result.records)
    said = ", ".join(f"{counts[kind.kind]} {kind.kind}" for kind in RECORD_KINDS if counts[kind.kind])
    repeated = sum(1 for record in result.records if record.duplicate_of is not None)
    extractions = len({part.extraction_id for part in result.parts})
    return (
        (said or "none")
        + (f" ({repeated} listed twice)" if repeated else "")
        + (f"; {extractions} extractions" if extractions > 1 else "")
    )


def notices_of(result: ReadResult) -> str:
    counts: Counter[str] = Counter()
    for notice in result.notices:
        counts[notice.code] += notice.count
    order = sorted(counts, key=lambda code: (_SHOWN.index(NOTICE_TABLE[code].severity), code))
    shown = ", ".join(f"`{code}` {counts[code]}" for code in order[:_MOST_NOTICES])
    return shown + (" ..." if len(order) > _MOST_NOTICES else "")


def table() -> str:
    origin = origins()
    head = "| sample | made by | reader | records | notices |\n|---|---|---|---|---|\n"
    return head + "\n".join(row_of(found, origin) for found in deliveries() if found.refusal is None)


def further_table(folder: Path) -> str:
    """The table of samples that are not shipped: those whose content is no fixture's."""
    shipped = {sha256_of(path) for path in FIXTURES.rglob("*") if path.is_file()}
    rows = []
    for kind in sorted(each for each in folder.iterdir() if each.is_dir()):
        for found in find_deliveries(kind, holds_report):
            path = found.path
            digest = sha256_of(path)
            if found.refusal is None and digest not in shipped and path.name != "PROVENANCE.txt":
                rows.append(f"| {path.relative_to(folder).as_posix()} | {digest[:12]} | {reading_of(found)} |")
    return "| sample | SHA-256 | reader | records | notices |\n|---|---|---|---|---|\n" + "\n".join(rows)


def between(begin: str, end: str) -> str:
    """What the page has between two marks."""
    return PAGE.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0].strip("\n")


def write_between(begin: str, end: str, made: str) -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    PAGE.write_text(f"{before}{begin}\n{made}\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def test_the_page_says_what_every_shipped_sample_gives() -> None:
    assert between(BEGIN, END) == table()


def test_what_the_page_says_of_further_samples_can_be_so() -> None:
    """They are not shipped; what reads them is registered, or the refusal is one that we give."""
    shipped = {sha256_of(path)[:12] for path in FIXTURES.rglob("*") if path.is_file()}
    readers = {parser.name for parser in all_parsers()}
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in between(FURTHER_BEGIN, FURTHER_END).split("\n")
    ]
    assert len(rows) > 2
    for _, digest, reader, *_ in rows[2:]:
        refused = reader.removeprefix("refused: ").strip("`")
        assert digest not in shipped
        assert reader in readers or refused in NOTICE_TABLE, reader


def main(folders: list[str]) -> None:
    """Write the page anew."""
    write_between(BEGIN, END, table())
    for folder in folders:
        write_between(FURTHER_BEGIN, FURTHER_END, further_table(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
