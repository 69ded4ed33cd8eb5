"""``trapline search``: finds records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import msgspec
import typer

from ingest.assemble import open_workspace
from ingest.commands._options import (
    CaseOption,
    DataOption,
    ExhibitOption,
    FromOption,
    IndexOption,
    JsonOption,
    KindOption,
    SettingsOption,
    ToOption,
    kinds_of,
    selection_of,
    settings_of,
)
from ingest.index_standing import Standing, standing
from ingest.printed.output import print_json, print_lines
from ingest.running import run_async
from ingest.search_view import Answer, Question, answer_json, answer_lines, find_records
from ingest.status import held_selection
from ingest.unfinished import cut_off_words, told_beside_answer
from search.contract import FACETS

EXAMPLE: Final = "trapline search 'is:advert white' --from 2024-01-01 --facet line --data case-data"

Facet = StrEnum("Facet", {name: name for name in FACETS})  # type: ignore[misc]  # the names stand in the contract alone


def run(
    ctx: typer.Context,
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY", help='Words, "phrases", prefix*, field:value (number, line, drug, is ...), AND OR NOT.'
        ),
    ] = None,
    case: CaseOption = None,
    exhibit: ExhibitOption = None,
    since: FromOption = None,
    until: ToOption = None,
    kind: KindOption = None,
    facet: Annotated[
        list[Facet] | None, typer.Option("--facet", help="Count the hits by this field; may be given several times.")
    ] = None,
    size: Annotated[
        int | None, typer.Option("--size", min=1, max=10_000, help="Hits a page. Default: settings.")
    ] = None,
    after: Annotated[
        str | None,
        typer.Option("--after", metavar="CURSOR", help="The page after this cursor, which a page ends with."),
    ] = None,
    has_duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Find the same fact every time that a delivery lists it.")
    ] = False,
    ids_only: Annotated[bool, typer.Option("--ids", help="Print record ids alone, for trapline show -.")] = False,
    data: DataOption = None,
    index: IndexOption = None,
    settings_file: SettingsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Find records, oldest first.

    line: finds the name that the analysis reads in a text. Forms of one name in one delivery (rico, ricos, rico line)
    stand under one of them: --facet line lists those, and a word alone finds a form as it is typed. The report puts the
    names of one line together.

    The search is written to the audit log before its result is shown. Exit code 4 where a delivery was cut off and
    not read to its end, 5 where the index lacks extractions that were read, or is not this data folder's.
    """
    settings = settings_of(ctx, data, index, settings_file)
    question = Question(
        text=" ".join(query or ()),
        selection=selection_of(settings, case, exhibit, since, until),
        kinds=kinds_of(kind),
        size=size or settings.search.page_size,
        after=after,
        facets=tuple(str(name) for name in facet or ()),
        has_duplicates=has_duplicates,
    )

    async def work() -> tuple[Answer, Standing, str]:
        async with open_workspace(settings, must_exist=True) as workspace:
            held = held_selection(workspace, question.selection)
            found = await find_records(workspace, msgspec.structs.replace(question, selection=held))
            return found, await standing(workspace), cut_off_words(workspace)

    answer, stands, cut_off = run_async(work)
    if ids_only:
        print_lines(str(hit.exported["record_id"]) for hit in answer.hits)
    elif as_json:
        print_json(answer_json(answer))
    else:
        print_lines(answer_lines(answer))
    return told_beside_answer(stands, cut_off)
