"""The console script: the table of verbs, and the way from an argument to the verb's module.

A verb's module is imported only when the verb is called: each needs other heavy libraries, and ``trapline --help``
needs none of them. A verb is the function ``run`` of ``ingest.commands.<verb>``: it parses arguments, calls one
function, prints, and returns an exit code. ``EXAMPLE`` in the same module ends its help.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from ingest.boundary import Invocation, guarded
from ingest.exit_codes import ExitCode
from ingest.printed.output import say

VERBS: Final[dict[str, str]] = {
    "ingest": "Take deliveries in and print a receipt for each extraction.",
    "watch": "Take what is dropped into folders, until stopped.",
    "status": "Show what is held, what waits and what was not finished.",
    "search": "Find records by words, numbers, lines and times.",
    "show": "Show records whole: where each stands in the evidence.",
    "export": "Write the records as JSON lines, CSV or a CASE bundle.",
    "report": "Write the linkage report, to read, to print or for programs.",
    "analyse": "Analyse texts, one JSON line each; needs no data folder.",
    "lexicon": "Check lexicons of your own.",
    "formats": "List the formats that are read, and what of them is not.",
    "map": "Propose what the columns of a table hold.",
    "verify": "Compare vault, segments, logs and index with their checksums.",
    "rebuild": "Make the index anew from the segments.",
    "reparse": "Read deliveries again from the vault with today's readers.",
    "decide": "Confirm, reject, merge or split lines and links; reversible.",
    "amend": "Correct the case, exhibit or owner of an extraction.",
    "backup": "Copy the data folder, or lay a copy into a new one.",
    "doctor": "Check the machine, the settings and the stores.",
    "demo": "Write the demonstration case, and run it.",
}
"""Every verb with its line of help, in the order in which help lists them."""

_ABOUT: Final = """Link county-lines deal lines across seized handsets.

Results go to standard output, everything else to standard error. Exit codes: 0 whole, 2 usage, 3 refused,
4 partial or with skipped or damaged items, 5 index not reachable, 6 no room on a disk, 70 internal error, 130 and
143 ended by Ctrl-C or SIGTERM before its end (watch, which ends in order: 0).
"""
_CALLED_OTHERWISE: Final = {
    "search": {
        **dict.fromkeys(("--limit", "--max", "--count", "-n"), "--size"),
        **dict.fromkeys(("--since", "--after-date"), "--from"),
        **dict.fromkeys(("--until", "--before"), "--to"),
    }
}
"""What other programs call an option, by verb: the parser's own guess goes by the letters alone."""
_BESIDE_CHOICES: Final = {
    "--kind": (
        " A text of any service is a message: --kind message; those of one service are found by trapline search"
        " service:sms."
    )
}
"""What is said beside the values that an option takes, where another one was given."""
_ROOT_OPTIONS: Final = frozenset({"--version", "-h", "--help"})
_EXAMPLE: Final = "trapline demo --run --data case-data"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    _open_closed_streams()
    # Before a verb loads NumPy: the matrices are small, and a second thread of arithmetic only waits for the first.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = sys.argv[1:] if arguments is None else list(arguments)
    if told := _before_its_verb(given) or _called_otherwise(given):
        say(f"trapline: {told}")
        sys.exit(ExitCode.USAGE)
    called = next((argument for argument in given if not argument.startswith("-")), None)
    try:
        app = app_for(called)
    except ImportError as exc:
        say(f"trapline: the module {exc.name} cannot be loaded. Install the locked dependencies again.")
        sys.exit(ExitCode.INTERNAL)
    except KeyboardInterrupt:
        say("Interrupted before anything was done.")
        sys.exit(ExitCode.INTERRUPTED)
    app(args=given, prog_name="trapline")


def _before_its_verb(given: Sequence[str]) -> str | None:
    """Return what is said of an option of a verb that stands before it. None: none does."""
    option = given[0] if given else ""
    verb = next((argument for argument in given if argument in VERBS), None)
    if verb is None or not option.startswith("-") or option in _ROOT_OPTIONS:
        return None
    name = option.partition("=")[0]
    return f"{name} stands before the verb: options come behind it, as in trapline {verb} ... {name} ..."


def _called_otherwise(given: Sequence[str]) -> str | None:
    """Return what is said of an option that a verb has under another name. None: there is none."""
    names = _CALLED_OTHERWISE.get(given[0], {}) if given else {}
    options = given[: given.index("--")] if "--" in given else given
    found = next((name for option in options if (name := option.partition("=")[0]) in names), None)
    return None if found is None else f"There is no option {found}: it is called {names[found]} here."


def _open_closed_streams() -> None:
    """Give the process the standard streams that whoever started it closed, as a scheduler may: they lead nowhere.

    A file that is opened later would take the number of one, and be printed into.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115  # for as long as the process lives


class _Verb(TyperCommand):
    """A verb whose options say in plain words what they take."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; the word that the parser's library puts before its sentences means nothing here."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as exc:
            options = exc.param.opts if exc.param is not None else ()
            exc.message = exc.message.removeprefix("Value error, ")
            exc.message += next((_BESIDE_CHOICES[option] for option in options if option in _BESIDE_CHOICES), "")
            raise


def app_for(called: str | None) -> typer.Typer:
    """Return the command line in which the called verb is whole, and every other one a line in the help."""
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        help=_ABOUT,
        epilog=_example_text(_EXAMPLE),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    app.callback()(_root)
    for name, line in VERBS.items():
        if name == called:
            module = import_module(f"ingest.commands.{name}")
            app.command(name, cls=_Verb, short_help=line, epilog=_example_text(module.EXAMPLE))(guarded(module.run))
        else:
            app.command(name, help=line)(_not_called)
    return app


def _example_text(example: str) -> str:
    # \b keeps the line from being wrapped: it is there to be copied.
    return f"Example:\n\n\b\n  {example}"


def _print_version(is_asked: bool) -> None:  # noqa: FBT001  # typer's signature of an option's callback
    if is_asked:
        typer.echo(f"trapline {version('trapline')}")
        raise typer.Exit


def _root(
    ctx: typer.Context,
    *,
    is_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    del is_version
    ctx.obj = Invocation(environ=dict(os.environ))


def _not_called() -> None:
    """Stand for a verb in the list of verbs."""
